// SPDX-License-Identifier: MIT
#include "framing/states.hpp"

#include <algorithm>
#include <bit>

namespace parley::framing {
namespace {

constexpr LevelMask kAnyway = 0b111;  ///< a quantity that may fall, stay or rise

LevelMask as_mask(int direction) { return LevelMask{1} << (direction + 1); }

LevelMask full(const Variable& v) { return static_cast<LevelMask>((std::uint64_t{1} << v.size()) - 1); }

}  // namespace

LevelMask together(LevelMask a, LevelMask b) {
  LevelMask sum = 0;
  for (int x = -1; x <= 1; ++x)
    for (int y = -1; y <= 1; ++y) {
      if ((a & as_mask(x)) == 0 || (b & as_mask(y)) == 0) continue;
      if (x == 0 || y == 0 || x == y)
        sum |= as_mask(x != 0 ? x : y);
      else
        sum |= kAnyway;
    }
  return sum;
}

LevelMask times(LevelMask movement, int sign) {
  LevelMask result = 0;
  for (int x = -1; x <= 1; ++x) {
    if ((movement & as_mask(x)) == 0) continue;
    if (sign != 0)
      result |= as_mask(x * sign);
    else
      result |= x == 0 ? as_mask(0) : (as_mask(-1) | as_mask(1));
  }
  return result;
}

LevelMask level_after(const Variable& v, LevelMask base, LevelMask moved) {
  if (v.kind == VariableKind::quantity) return moved;
  LevelMask result = 0;
  for (int b = 0; b < v.size(); ++b) {
    if (!(base >> b & 1U)) continue;
    result |= LevelMask{1} << b;
    if (moved & as_mask(1)) result |= full(v) & ~((LevelMask{2} << b) - 1);
    if (moved & as_mask(-1)) result |= (LevelMask{1} << b) - 1;
  }
  return result;
}

namespace {

/// How the truth of a cause changed: comes true (+1), ends (-1), stays.
LevelMask change(const Truth& before, const Truth& after, bool latch) {
  LevelMask result = 0;
  for (int b = 0; b <= 1; ++b)
    for (int a = 0; a <= 1; ++a) {
      const bool possible =
          (b == 1 ? before.can_hold : before.can_fail) && (a == 1 ? after.can_hold : after.can_fail);
      if (possible) result |= as_mask(latch && a < b ? 0 : a - b);
    }
  return result;
}

/// An ordered variable's own movement against the present.
LevelMask movement(LevelMask before, LevelMask after) {
  LevelMask result = 0;
  for (int b = 0; b < kMostLevels; ++b)
    for (int a = 0; a < kMostLevels; ++a)
      if ((before >> b & 1U) && (after >> a & 1U)) result |= as_mask(a > b ? 1 : a < b ? -1 : 0);
  return result;
}

LevelMask quantity_now(const Rules& rules, const Situation& s, const Masks& base,
                       const std::vector<int>& signs, const Masks& state, int variable) {
  LevelMask sum = as_mask(0);
  for (std::size_t d = 0; d < rules.drives.size(); ++d) {
    const Drive& drive = rules.drives[d];
    if (drive.effect != variable) continue;
    LevelMask moved = as_mask(0);
    if (drive.cause_variable >= 0) {
      const auto c = static_cast<std::size_t>(drive.cause_variable);
      moved = s.variables[c].kind == VariableKind::quantity ? state[c] : movement(base[c], state[c]);
    } else {
      moved = change(evaluate(drive.cause, base), evaluate(drive.cause, state), drive.latch);
    }
    sum = together(sum, times(moved, drive.sign != 0 ? drive.sign : signs[d]));
  }
  return sum;
}

void shut(const Rules& rules, const Situation& s, const std::vector<bool>& fixed, Masks& state) {
  for (const Shut& rule : rules.shuts) {
    if (rule.variable < 0 || fixed[static_cast<std::size_t>(rule.variable)]) continue;
    const Truth truth = evaluate(rule.cause, state);
    if (truth.impossible()) continue;
    LevelMask& mask = state[static_cast<std::size_t>(rule.variable)];
    LevelMask left = mask & ~mask_of(rule.out);
    if (left == 0) left = full(s.variables[static_cast<std::size_t>(rule.variable)]) & ~mask_of(rule.out);
    if (left == 0) continue;
    mask = truth.sure() ? left : (mask | left);
  }
}

}  // namespace

LevelMask mask_of(const LevelSet& set) {
  LevelMask mask = 0;
  for (int l = 0; l < set.size(); ++l)
    if (set.has(l)) mask |= LevelMask{1} << l;
  return mask;
}

Truth evaluate(const Formula& f, const Masks& masks) {
  switch (f.kind) {
    case Formula::Kind::constant:
      return {f.value, !f.value};
    case Formula::Kind::atom: {
      const LevelMask mask = masks[static_cast<std::size_t>(f.variable)], in = mask_of(f.levels);
      return {(mask & in) != 0, (mask & ~in) != 0};
    }
    case Formula::Kind::negation: {
      const Truth inner = evaluate(f.parts[0], masks);
      return {inner.can_fail, inner.can_hold};
    }
    case Formula::Kind::all: {
      Truth truth{true, false};
      for (const Formula& part : f.parts) {
        const Truth t = evaluate(part, masks);
        truth.can_hold = truth.can_hold && t.can_hold;
        truth.can_fail = truth.can_fail || t.can_fail;
      }
      return truth;
    }
    case Formula::Kind::any: {
      Truth truth{false, true};
      for (const Formula& part : f.parts) {
        const Truth t = evaluate(part, masks);
        truth.can_hold = truth.can_hold || t.can_hold;
        truth.can_fail = truth.can_fail && t.can_fail;
      }
      return truth;
    }
  }
  return {};
}

void settle(const Rules& rules, const Situation& s, const Masks& base, const std::vector<int>& signs,
            const std::vector<bool>& fixed, Masks& state) {
  std::vector<int> effects;
  for (const Drive& drive : rules.drives)
    if (!fixed[static_cast<std::size_t>(drive.effect)]) effects.push_back(drive.effect);
  std::sort(effects.begin(), effects.end());
  effects.erase(std::unique(effects.begin(), effects.end()), effects.end());
  const Masks start = state;
  // Signs travel at most once round the graph; where loops keep turning, levels are only added, so it ends.
  const std::size_t patience = effects.size() + 2;
  for (std::size_t round = 0; round < patience * 3; ++round) {
    const Masks before = state;
    for (const int v : effects) {
      const auto i = static_cast<std::size_t>(v);
      const LevelMask moved = quantity_now(rules, s, base, signs, before, v);
      LevelMask next = level_after(s.variables[i], start[i], moved);
      if (round >= patience) next |= before[i];
      state[i] = next;
    }
    if (state == before) break;
  }
  shut(rules, s, fixed, state);
  for (const auto& [variable, condition] : s.outcomes) {
    const Truth truth = evaluate(condition, state);
    state[static_cast<std::size_t>(variable)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
}

void carry_out(const ChanceRule& rule, const Situation& s, Masks& state) {
  for (const auto& [variable, levels] : rule.act) {
    LevelMask& mask = state[static_cast<std::size_t>(variable)];
    const LevelMask wanted = mask_of(levels);
    if ((mask & ~wanted) == 0) continue;  // already there
    const bool ordered = s.variables[static_cast<std::size_t>(variable)].ordered;
    mask = ordered ? LevelMask{1} << std::countr_zero(wanted) : wanted;
  }
}

}  // namespace parley::framing
