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
  /// Keeps only `levels` of the variable, for the reasons given; what contradicts what is known says nothing.
  void narrow(int variable, LevelMask levels, std::vector<std::string> rows);
  [[nodiscard]] std::vector<std::string> behind(const Formula& cause, const std::string& row) const;

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
  const LevelMask left = next_.masks[v] & levels;
  if (left == 0 || (start_[v] & ~levels) == 0) return;
  next_.masks[v] = left;
  auto& because = next_.because[v];
  for (auto& row : rows)
    if (std::find(because.begin(), because.end(), row) == because.end()) because.push_back(std::move(row));
}

/// What a mechanism makes likely counts as happening, and what it makes unlikely as kept away.
void CertainCourse::actions(const Masks& before) {
  for (const TriggeredAction& action : model_.chances) {
    if (action.never || (!action.mechanism && !action.certain)) continue;
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

/// Of a quantity: the sum of all that surely pushes it. Where two oppose each other nothing is sure.
void CertainCourse::influences(const Masks& before) {
  for (const int variable : model_.moved) {
    const auto v = static_cast<std::size_t>(variable);
    if (s_.variables[v].kind != VariableKind::quantity || start_[v] != every_level(s_.variables[v])) continue;
    Movement sum = kUnmoved;
    std::vector<std::string> rows;
    for (const int d : model_.drives_on[v]) {
      const SignedInfluence& influence = model_.drives[static_cast<std::size_t>(d)];
      Movement moved = 0;
      std::vector<std::string> reasons;
      if (influence.cause_variable >= 0) {
        const auto c = static_cast<std::size_t>(influence.cause_variable);
        if (s_.variables[c].kind == VariableKind::quantity) moved = before[c];
        reasons = result_.because[c];
        reasons.push_back(influence.row);
      } else if (evaluate(influence.cause, before).sure()) {
        moved = kUpward;
        reasons = behind(influence.cause, influence.row);
      }
      if (moved != kUpward && moved != kDownward) continue;
      sum = together(sum, times(moved, influence.sign));
      rows.insert(rows.end(), reasons.begin(), reasons.end());
    }
    if (sum == kUpward || sum == kDownward) narrow(variable, sum, std::move(rows));
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
