// SPDX-License-Identifier: MIT
#include "framing/states.hpp"

namespace parley::framing {

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

LevelMask every_level(const Variable& v) {
  return static_cast<LevelMask>((std::uint64_t{1} << v.size()) - 1);
}

Masks masks_of(const Situation& s, const std::vector<int>& levels) {
  Masks masks;
  masks.reserve(levels.size());
  for (const int level : levels) masks.push_back(LevelMask{1} << level);
  for (const auto& [variable, condition] : s.outcomes) {
    const Truth truth = evaluate(condition, masks);
    masks[static_cast<std::size_t>(variable)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
  return masks;
}

}  // namespace parley::framing
