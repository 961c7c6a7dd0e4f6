// SPDX-License-Identifier: MIT
// What surely follows from an act alone, whatever else is the case (docs/methods/causes.md, "What an act
// surely leads to").
#include <algorithm>
#include <set>

#include "framing/causal.hpp"

namespace parley::framing {
namespace {

class CertainCourse {
 public:
  CertainCourse(const CausalModel& model, const Situation& s, const Masks& start)
      : model_(model),
        s_(s),
        start_(start),
        result_{start, std::vector<std::vector<std::string>>(start.size())} {}
  Certain follow();

 private:
  void actions(const Masks& before);
  void exclusions(const Masks& before);
  void influences(const Masks& before);
  /// Keeps only `levels` of the variable, for the reasons given.
  void narrow(int variable, LevelMask levels, std::vector<std::string> rows);
  [[nodiscard]] std::vector<std::string> behind(const Formula& cause, const std::string& row) const;
  [[nodiscard]] static std::vector<std::string> behind(std::vector<std::string> rows,
                                                       const std::string& row) {
    rows.push_back(row);
    return rows;
  }
  [[nodiscard]] Movement pushes(const SignedInfluence& influence, const Masks& before) const;

  const CausalModel& model_;
  const Situation& s_;
  const Masks& start_;
  Certain result_, next_;
};

std::vector<std::string> CertainCourse::behind(const Formula& cause, const std::string& row) const {
  std::vector<std::string> rows;
  for (const int v : expression::touched(cause))
    for (const auto& each : result_.because[static_cast<std::size_t>(v)]) rows.push_back(each);
  rows.push_back(row);
  return rows;
}

void CertainCourse::narrow(int variable, LevelMask levels, std::vector<std::string> rows) {
  const auto v = static_cast<std::size_t>(variable);
  if ((start_[v] & ~levels) == 0) return;
  next_.masks[v] &= levels;
  auto& because = next_.because[v];
  for (auto& row : rows)
    if (std::find(because.begin(), because.end(), row) == because.end()) because.push_back(std::move(row));
}

/// What a mechanism makes likely counts as happening, and what it makes unlikely as kept away, at the odds
/// that the words stand for; lower ones make nothing likely.
void CertainCourse::actions(const Masks& before) {
  for (const TriggeredAction& action : model_.chances) {
    if (action.never || (!action.mechanism && !action.certain)) continue;
    if (action.mechanism && believed(s_, action, "").first < mpq_class(11, 20)) continue;
    for (std::size_t t = 0; t < action.triggers.size(); ++t)
      if (evaluate(action.triggers[t], before).sure())
        for (const auto& [v, levels] : action.act)
          narrow(v, mask_of(levels), behind(action.triggers[t], action.occasions[t]));
  }
}

void CertainCourse::exclusions(const Masks& before) {
  for (const ExclusionRule& rule : model_.shuts)
    if (rule.variable >= 0 && evaluate(rule.cause, before).sure())
      narrow(rule.variable, ~mask_of(rule.out), behind(rule.cause, rule.row));
}

/// How a cause that the act bears on pushes, as a set; 0: the act says nothing of it.
Movement CertainCourse::pushes(const SignedInfluence& influence, const Masks& before) const {
  const auto open = [&](int variable) {
    const auto v = static_cast<std::size_t>(variable);
    return before[v] == every_level(s_.variables[v]);
  };
  const auto touched = influence.cause_variable >= 0 ? std::vector<int>{influence.cause_variable}
                                                     : expression::touched(influence.cause);
  if (std::all_of(touched.begin(), touched.end(), open)) return 0;
  return movement_of(influence, s_, before, before, Reading::course, false);
}

/// Of a quantity: the sum of all that is known to push it. Where two oppose each other nothing is sure.
void CertainCourse::influences(const Masks& before) {
  for (const int variable : model_.moved) {
    const auto v = static_cast<std::size_t>(variable);
    if (s_.variables[v].kind != VariableKind::quantity || start_[v] != every_level(s_.variables[v])) continue;
    Movement sum = kUnmoved;
    bool acting = false;
    std::vector<std::string> rows;
    for (const int d : model_.drives_on[v]) {
      const SignedInfluence& influence = model_.drives[static_cast<std::size_t>(d)];
      const Movement moved = times(pushes(influence, before), influence.sign);
      if (moved == 0 || moved == kUnmoved) continue;
      acting = acting || (moved & kUnmoved) == 0;
      sum = together(sum, moved);
      const auto reasons =
          influence.cause_variable >= 0
              ? behind(result_.because[static_cast<std::size_t>(influence.cause_variable)], influence.row)
              : behind(influence.cause, influence.row);
      rows.insert(rows.end(), reasons.begin(), reasons.end());
    }
    // Where perhaps nothing pushes it, it may go any way.
    if (acting && sum != kAnyMovement) narrow(variable, sum, std::move(rows));
  }
}

Certain CertainCourse::follow() {
  // Each round works everything out anew from what the round before knew; where that keeps turning, only what
  // two rounds agree on is sure.
  const std::size_t patience = s_.variables.size() + 2;
  for (std::size_t round = 0; round < 3 * patience; ++round) {
    next_ = {start_, std::vector<std::vector<std::string>>(start_.size())};
    actions(result_.masks);
    exclusions(result_.masks);
    influences(result_.masks);
    for (std::size_t v = 0; v < start_.size(); ++v)
      if (next_.masks[v] == 0) {  // rows contradict each other, and say nothing
        next_.masks[v] = start_[v];
        next_.because[v].clear();
      }
    for (std::size_t v = 0; round >= patience && v < start_.size(); ++v) next_.masks[v] |= result_.masks[v];
    const bool same = next_.masks == result_.masks;
    result_ = std::move(next_);
    if (same) break;
  }
  return std::move(result_);
}

}  // namespace

Certain certainly_after(const CausalModel& model, const Situation& situation, const Masks& start) {
  return CertainCourse(model, situation, start).follow();
}

}  // namespace parley::framing
