// SPDX-License-Identifier: MIT
// The lowering of a formula to a table over the variables that it touches (one bit per combination of their
// levels).
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "expression/formula.hpp"

namespace parley::expression {

struct Table {
  std::vector<int> variables;          ///< touched variables, ascending
  std::vector<std::uint64_t> strides;  ///< same length; the first variable is least significant
  std::uint64_t cells = 1;             ///< product of the variables' sizes
  std::vector<std::uint64_t> bits;     ///< cell c holds iff bits[c/64] >> (c%64) & 1

  [[nodiscard]] bool holds(std::span<const int> levels) const;
};

/// The widest table that is made: 2^22 cells (half a megabyte). Wider formulas stay formulas.
inline constexpr std::uint64_t kTableCells = std::uint64_t{1} << 22;

/// `sizes[v]` = number of levels of v. Nothing when the table would pass kTableCells, or when a touched
/// variable has no size.
[[nodiscard]] std::optional<Table> lower(const Formula& formula, std::span<const int> sizes);

}  // namespace parley::expression
