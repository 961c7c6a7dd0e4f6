// SPDX-License-Identifier: MIT
// What rows say may come about: from facts, and from what is set, along signs and levels. Unlike a view,
// which leaves open whatever is not said, silence is no ground here.
#include <algorithm>
#include <bit>
#include <functional>

#include "framing/course.hpp"

namespace parley::framing {
namespace {

/// An act is one set of levels for each variable; any other condition is not something that one row brings.
std::vector<std::pair<int, LevelMask>> act_of(const Formula& formula) {
  std::vector<std::pair<int, LevelMask>> act;
  const auto parts = formula.kind == Formula::Kind::all ? formula.parts : std::vector<Formula>{formula};
  for (const Formula& part : parts) {
    if (part.kind != Formula::Kind::atom) return {};
    act.emplace_back(part.variable, mask_of(part.levels));
  }
  return act;
}

/// Its parts where any of them will do.
std::vector<Formula> each_way(const Formula& formula) {
  return formula.kind == Formula::Kind::any ? formula.parts : std::vector<Formula>{formula};
}

/// Grounds grow until nothing new is said to come about.
class Grower {
 public:
  Grower(const Situation& s, const Masks& base, const View& view, Grounds& grounds, std::vector<bool> changed)
      : s_(s), base_(base), view_(view), g_(grounds), changed_(std::move(changed)) {}

  /// What a push makes of its effect, as far as it is said; `through`: it comes from the change.
  Movement moved(const Push& push, const std::function<bool(const Formula&)>& can, bool* through) const;
  bool add(int variable, LevelMask levels, bool through);
  [[nodiscard]] bool from_change(const Formula& f) const {
    const auto touched = expression::touched(f);
    return std::any_of(touched.begin(), touched.end(),
                       [&](int v) { return changed_[static_cast<std::size_t>(v)]; });
  }

 private:
  [[nodiscard]] Movement of_variable(const SignedInfluence& influence, bool through) const;
  [[nodiscard]] Movement of_condition(const SignedInfluence& influence, bool can, bool through) const;

  const Situation& s_;
  const Masks& base_;
  const View& view_;
  Grounds& g_;
  std::vector<bool> changed_;
};

/// Only where something says where it stood has it come down.
Movement Grower::of_variable(const SignedInfluence& influence, bool through) const {
  const auto c = static_cast<std::size_t>(influence.cause_variable);
  const Variable& cause = s_.variables[c];
  if (cause.kind == VariableKind::quantity) return g_.masks[c] != 0 ? g_.masks[c] : kUnmoved;
  const LevelMask known = g_.masks[c] != 0 ? g_.masks[c] : view_.masks[c];
  // Nothing says that it stands above its lowest level.
  if (g_.masks[c] == 0 && (known & 1U) != 0) return kUnmoved;
  Masks state = view_.masks;
  state[c] = known;
  return movement_of(influence, s_, base_, state, Reading::course, through && base_[c] != every_level(cause));
}

Movement Grower::of_condition(const SignedInfluence& influence, bool can, bool through) const {
  const Truth now = evaluate(influence.cause, view_.masks);
  const bool ends = through && now.can_fail && !influence.latch && evaluate(influence.cause, base_).sure();
  return (can ? kUpward : kUnmoved) | (can && !now.sure() ? kUnmoved : 0) | (ends ? kDownward : 0);
}

Movement Grower::moved(const Push& push, const std::function<bool(const Formula&)>& can,
                       bool* through) const {
  const SignedInfluence& influence = push.drive;
  *through = false;
  if (push.acts_anyway) return times(kUpward, influence.sign);
  if (influence.cause_variable >= 0) {
    *through = changed_[static_cast<std::size_t>(influence.cause_variable)];
    return times(of_variable(influence, *through), influence.sign);
  }
  *through = from_change(influence.cause);
  return times(of_condition(influence, can(influence.cause), *through), influence.sign);
}

bool Grower::add(int variable, LevelMask levels, bool through) {
  const auto v = static_cast<std::size_t>(variable);
  const LevelMask before = g_.masks[v], before_through = g_.through[v];
  g_.masks[v] |= levels;
  if (through) g_.through[v] |= levels;
  if (g_.through[v] != 0) changed_[v] = true;
  return g_.masks[v] != before || g_.through[v] != before_through;
}

}  // namespace

LevelMask Course::allowed(int variable, const RowSet& without) const {
  const Variable& v = s_.variables[static_cast<std::size_t>(variable)];
  for (const Fact& fact : facts_)
    if (fact.variable == variable && !without.contains(fact.row)) return reachable_levels(v, fact.levels);
  return every_level(v);
}

/// Chances, and what somebody says that it may do. An act that hangs on a condition which the sources do not
/// give may still be done.
void Course::find_occasions() {
  for (const ChanceRule& rule : rules_.chances)
    for (std::size_t t = 0; t < rule.triggers.size() && !rule.never; ++t) {
      Occasion occasion{rule.occasions[t], rule.triggers[t], {}, rule.perhaps_never};
      for (const auto& [v, levels] : rule.act) occasion.act.emplace_back(v, mask_of(levels));
      occasions_.push_back(std::move(occasion));
    }
  for (const account::Row* row : s_.of("commitments")) {
    const auto *may = row->condition("may"), *will = row->condition("will"),
               *only = row->condition("only_if");
    const auto* when = row->condition(row->value("only_if") != nullptr ? "only_if" : "if");
    const auto* act = may != nullptr ? may : will != nullptr && only != nullptr ? will : nullptr;
    const auto effect = act != nullptr ? bind(s_, *act) : std::nullopt;
    const auto trigger =
        when == nullptr ? Formula::constant(true) : bind(s_, *when).value_or(Formula::constant(false));
    if (effect) occasions_.push_back({row->id, trigger, act_of(*effect), false});
  }
}

Formula Course::on_grounds(const Formula& f, bool positive, const Grounds& grounds, const View& view,
                           std::set<int> seen) const {
  if (f.kind == Formula::Kind::constant) return f;
  if (f.kind != Formula::Kind::atom) {
    Formula copy = f;
    const bool flip = f.kind == Formula::Kind::negation;
    for (auto& part : copy.parts) part = on_grounds(part, positive != flip, grounds, view, seen);
    return copy;
  }
  const auto v = static_cast<std::size_t>(f.variable);
  if (s_.variables[v].kind == VariableKind::outcome && seen.insert(f.variable).second)
    for (const auto& [outcome, formula] : s_.outcomes)
      if (outcome == f.variable) {
        if (f.levels.count() != 1) return Formula::constant(f.levels.count() == 2);
        return f.levels.has(1) ? on_grounds(formula, positive, grounds, view, seen)
                               : Formula::negation(on_grounds(formula, !positive, grounds, view, seen));
      }
  if (grounds.masks[v] != 0) return f;
  const Truth truth = evaluate(f, view.masks);
  if (truth.can_hold && truth.can_fail) return Formula::constant(!positive);
  return Formula::constant(truth.can_hold);
}

void Course::narrow(const Change& change, Masks& masks) const {
  const Masks before = masks;
  std::set<int> joined;
  for (const auto& constraint : constraints_)
    for (const int v : expression::touched(constraint.formula)) joined.insert(v);
  for (const int v : joined) {
    const auto at = static_cast<std::size_t>(v);
    const Variable& variable = s_.variables[at];
    if (variable.kind == VariableKind::outcome || variable.kind == VariableKind::quantity) continue;
    LevelMask left = 0;
    for (int l = 0; l < variable.size(); ++l) {
      LevelSet one(variable.size());
      one.add(l);
      if ((before[at] >> l & 1U) != 0 &&
          possible(Formula::atom(v, one), before, change.without, change.forced))
        left |= LevelMask{1} << l;
    }
    if (left != 0) masks[at] = left;
  }
}

Grounds Course::grounds(const Change& change, const View& view) const {
  Grounds g{Masks(s_.variables.size()), Masks(s_.variables.size())};
  std::vector<bool> forced(s_.variables.size());
  for (const auto& [v, levels] : change.forced) {
    forced[static_cast<std::size_t>(v)] = true;
    // Of several levels none in particular is what is supposed.
    if (std::has_single_bit(levels))
      g.masks[static_cast<std::size_t>(v)] = g.through[static_cast<std::size_t>(v)] = levels;
  }
  const std::vector<bool> reached = reached_from(change.forced, change.without);
  std::vector<bool> stated(s_.variables.size());
  for (const Fact& fact : facts_) {
    const auto v = static_cast<std::size_t>(fact.variable);
    const bool quantity = s_.variables[v].kind == VariableKind::quantity;
    if (forced[v] || change.without.contains(fact.row) || (quantity && reached[v])) continue;
    if (std::find(change.open.begin(), change.open.end(), fact.variable) != change.open.end()) continue;
    stated[v] = true;
    if (std::has_single_bit(fact.levels)) g.masks[v] = fact.levels;
  }
  // Where rows leave a variable one level, they say that it is there.
  for (std::size_t v = 0; v < s_.variables.size(); ++v)
    if (const auto kind = s_.variables[v].kind; kind != VariableKind::quantity &&
                                                kind != VariableKind::outcome && !forced[v] &&
                                                std::has_single_bit(view.masks[v]))
      g.masks[v] = view.masks[v];
  const Masks base = this->stated(change);
  Grower grower(s_, base, view, g, forced);
  const auto can = [&](const Formula& f) {
    Masks masks = view.masks;
    for (std::size_t v = 0; v < masks.size(); ++v)
      if (g.masks[v] != 0) masks[v] = g.masks[v];
    const Formula said = on_grounds(f, true, g, view, {});
    return evaluate(said, masks).can_hold && possible(said, masks, change.without, change.forced);
  };
  const auto push_all = [&](std::size_t v) {
    Movement sum = kUnmoved;
    bool acting = false, through = false;
    for (const int p : pushes_on_[v]) {
      const Push& push = pushes_[static_cast<std::size_t>(p)];
      if (push.left_out(change.without)) continue;
      bool from_there = false;
      const Movement effect = grower.moved(push, can, &from_there);
      if (effect == kUnmoved) continue;
      acting = true;
      through = through || from_there;
      sum = together(sum, effect);
    }
    if (!acting) return false;
    const bool quantity = s_.variables[v].kind == VariableKind::quantity;
    const LevelMask levels = quantity ? sum
                                      : level_after(s_.variables[v], g.masks[v], sum) &
                                            allowed(static_cast<int>(v), change.without);
    return grower.add(static_cast<int>(v), levels, through);
  };
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t v = 0; v < s_.variables.size(); ++v) {
      const bool quantity = s_.variables[v].kind == VariableKind::quantity;
      if (!forced[v] && !(quantity && stated[v]) && push_all(v)) grown = true;
    }
    for (const Occasion& occasion : occasions_) {
      if (change.without.contains(occasion.row) || (occasion.perhaps_never && !change.any_odds)) continue;
      for (const Formula& way : each_way(occasion.trigger)) {
        if (!can(way)) continue;
        for (const auto& [v, levels] : occasion.act)
          if (!forced[static_cast<std::size_t>(v)] &&
              grower.add(v, levels & allowed(v, change.without), grower.from_change(way)))
            grown = true;
      }
    }
  }
  return g;
}

bool Course::grounded(const Formula& formula, const Change& change) const {
  View present = view(change);
  narrow(change, present.masks);
  const Grounds g = grounds(change, present);
  Masks masks = present.masks;
  for (std::size_t v = 0; v < masks.size(); ++v)
    if (g.masks[v] != 0) masks[v] = g.masks[v];
  for (const Formula& way : each_way(formula)) {
    const Formula said = Formula::all({way, on_grounds(way, true, g, present, {})});
    if (!possible(said, masks, change.without, change.forced)) continue;
    if (change.forced.empty()) return true;
    for (const int v : expression::touched(said)) {
      const auto at = static_cast<std::size_t>(v);
      if (g.through[at] == 0) continue;
      Masks there = masks;
      there[at] = g.through[at];
      if (possible(said, there, change.without, change.forced)) return true;
    }
  }
  return false;
}

}  // namespace parley::framing
