// SPDX-License-Identifier: MIT
// Random formulas over random variables, for property tests.
#pragma once
#include <rapidcheck.h>

#include <utility>
#include <vector>

#include "expression/formula.hpp"

namespace parley::testing {

inline expression::LevelSet random_levels(int size) {
  expression::LevelSet levels(size);
  for (int level = 0; level < size; ++level)
    if (*rc::gen::arbitrary<bool>()) levels.add(level);
  return levels;
}

inline expression::Formula random_formula(const std::vector<int>& sizes, int depth) {
  using expression::Formula;
  const int kind = depth == 0 ? *rc::gen::inRange(0, 6) : *rc::gen::inRange(0, 12);
  if (kind == 0) return Formula::constant(*rc::gen::arbitrary<bool>());
  if (kind < 6) {
    const int variable = *rc::gen::inRange(0, static_cast<int>(sizes.size()));
    return Formula::atom(variable, random_levels(sizes[static_cast<std::size_t>(variable)]));
  }
  if (kind < 8) return Formula::negation(random_formula(sizes, depth - 1));
  std::vector<Formula> parts;
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) parts.push_back(random_formula(sizes, depth - 1));
  return kind < 10 ? Formula::all(std::move(parts)) : Formula::any(std::move(parts));
}

/// The next assignment in mixed-radix order, the first variable least significant; false after the last.
inline bool next_assignment(std::vector<int>& levels, const std::vector<int>& sizes) {
  for (std::size_t v = 0; v < sizes.size(); ++v) {
    if (++levels[v] < sizes[v]) return true;
    levels[v] = 0;
  }
  return false;
}

}  // namespace parley::testing
