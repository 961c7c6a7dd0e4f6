// SPDX-License-Identifier: MIT
// What a cause does to an effect, as sets: the parts that every reading of the causal model shares.
#include "framing/causal.hpp"

#include <algorithm>
#include <bit>
#include <set>

namespace parley::framing {
namespace {

Movement towards(int direction) { return Movement{1} << (direction + 1); }

/// One pair of before and after. `stood`, `stands`: does the cause act; `step`: which way it went.
Movement of_pair(bool stood, bool stands, int step, bool latch, Reading reading) {
  if (reading == Reading::change) return towards(latch && step < 0 ? 0 : step);
  // In the course of things what acts goes on acting. Where there is less of it than before, what it has
  // moved may turn back; where it no longer acts at all, that, or it stays.
  const bool less = step < 0 && !latch;
  if (stands) return less ? kAnyMovement : kUpward;
  return stood && less ? kUnmoved | kDownward : kUnmoved;
}

Movement of_variable(const Masks& base, const Masks& state, std::size_t v, bool latch, Reading reading,
                     bool changed) {
  Movement moved = 0;
  for (int a = 0; a < kMostLevels; ++a) {
    if ((state[v] >> a & 1U) == 0) continue;
    for (int b = 0; b < kMostLevels; ++b)
      if (changed ? (base[v] >> b & 1U) != 0 : b == a)
        moved |= of_pair(b > 0, a > 0, a > b ? 1 : a < b ? -1 : 0, latch, reading);
  }
  return moved;
}

Movement of_condition(const Truth& before, const Truth& after, bool latch, Reading reading, bool changed) {
  Movement moved = 0;
  for (const bool a : {false, true}) {
    if (!(a ? after.can_hold : after.can_fail)) continue;
    for (const bool b : {false, true})
      if (changed ? (b ? before.can_hold : before.can_fail) : b == a)
        moved |= of_pair(b, a, static_cast<int>(a) - static_cast<int>(b), latch, reading);
  }
  return moved;
}

}  // namespace

Movement together(Movement a, Movement b) {
  Movement sum = 0;
  for (int x = -1; x <= 1; ++x)
    for (int y = -1; y <= 1; ++y) {
      if ((a & towards(x)) == 0 || (b & towards(y)) == 0) continue;
      if (x == 0 || y == 0 || x == y)
        sum |= towards(x != 0 ? x : y);
      else
        sum |= kAnyMovement;
    }
  return sum;
}

Movement times(Movement movement, int sign) {
  Movement result = 0;
  for (int x = -1; x <= 1; ++x) {
    if ((movement & towards(x)) == 0) continue;
    if (sign != 0)
      result |= towards(x * sign);
    else
      result |= x == 0 ? kUnmoved : (kDownward | kUpward);
  }
  return result;
}

Movement movement_of(const SignedInfluence& influence, const Situation& s, const Masks& base,
                     const Masks& state, Reading reading, bool changed) {
  if (influence.cause_variable < 0)
    return of_condition(evaluate(influence.cause, base), evaluate(influence.cause, state), influence.latch,
                        reading, changed);
  const auto c = static_cast<std::size_t>(influence.cause_variable);
  if (s.variables[c].kind == VariableKind::quantity) return state[c];
  return of_variable(base, state, c, influence.latch, reading, changed);
}

LevelMask reachable_levels(const Variable& v, LevelMask base) {
  if (!v.never_falls || !v.ordered || base == 0) return every_level(v);
  return every_level(v) & ~((LevelMask{1} << std::countr_zero(base)) - 1);
}

LevelMask level_after(const Variable& v, LevelMask base, Movement moved) {
  if (v.kind == VariableKind::quantity) return together(base, moved);
  LevelMask result = 0;
  for (int b = 0; b < v.size(); ++b) {
    if ((base >> b & 1U) == 0) continue;
    result |= LevelMask{1} << b;
    if ((moved & kUpward) != 0) result |= every_level(v) & ~((LevelMask{2} << b) - 1);
    if ((moved & kDownward) != 0 && !v.never_falls) result |= (LevelMask{1} << b) - 1;
  }
  return result;
}

LevelMask within(const Variable& v, LevelMask base, LevelMask anchor, LevelMask mask, const Excluded& out) {
  if ((out.sure | out.may) == 0) return mask;
  LevelMask left = mask & ~out.sure;
  if ((anchor & (out.sure | out.may)) == 0) return left != 0 ? left : mask;
  left |= reachable_levels(v, base) & ~out.sure;
  // From the highest level at which it may stand there is least to go to.
  const LevelMask least = reachable_levels(v, base == 0 ? 0 : std::bit_floor(base));
  if ((least & ~(out.sure | out.may)) == 0) left |= mask;
  return left;
}

std::vector<int> led_to(const CausalModel& model, const std::vector<int>& from) {
  std::set<int> reached(from.begin(), from.end()), led;
  const auto starts = [&](const Formula& cause) {
    const auto touched = expression::touched(cause);
    return std::any_of(touched.begin(), touched.end(), [&](int v) { return reached.contains(v); });
  };
  for (bool grown = true; grown;) {
    grown = false;
    const auto add = [&](int v) {
      led.insert(v);
      grown = reached.insert(v).second || grown;
    };
    for (const SignedInfluence& influence : model.drives)
      if (influence.cause_variable >= 0 ? reached.contains(influence.cause_variable)
                                        : starts(influence.cause))
        add(influence.effect);
    for (const TriggeredAction& action : model.chances)
      if (std::any_of(action.triggers.begin(), action.triggers.end(), starts))
        for (const auto& [v, levels] : action.act) add(v);
    for (const ExclusionRule& rule : model.shuts)
      if (rule.variable >= 0 && starts(rule.cause)) add(rule.variable);
  }
  return {led.begin(), led.end()};
}

std::pair<Formula, int> effect_of(const TriggeredAction& action) {
  std::vector<Formula> acts;
  for (const auto& [variable, levels] : action.act)
    acts.push_back(Formula::atom(variable, action.prevents ? levels.complement() : levels));
  return {Formula::all(std::move(acts)), action.prevents ? -1 : +1};
}

}  // namespace parley::framing
