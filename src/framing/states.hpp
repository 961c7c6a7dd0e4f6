// SPDX-License-Identifier: MIT
// States of the world as sets of possible levels, and what can be said of a condition in one.
#pragma once
#include <cstdint>
#include <vector>

#include "framing/situation.hpp"

namespace parley::framing {

/// Bit l: the variable may be at level l. One bit = known.
using LevelMask = std::uint32_t;
using Masks = std::vector<LevelMask>;  ///< per variable of the situation

[[nodiscard]] LevelMask mask_of(const LevelSet& set);
[[nodiscard]] LevelMask every_level(const Variable& variable);

/// Kleene's strong three-valued logic: may the formula be true, may it be false?
struct Truth {
  bool can_hold = false, can_fail = false;
  [[nodiscard]] bool sure() const { return can_hold && !can_fail; }
  [[nodiscard]] bool impossible() const { return !can_hold; }
};
[[nodiscard]] Truth evaluate(const Formula& formula, const Masks& masks);

/// One level each, and what follows for outcomes: a settled world.
[[nodiscard]] Masks masks_of(const Situation& situation, const std::vector<int>& levels);

}  // namespace parley::framing
