// SPDX-License-Identifier: MIT
// How many packages satisfy a set of constraints and reservations, exactly, without listing them. The issues
// are split: the packages of the inner issues form a block, whose utilities are replaced by their ranks (so
// that the inner loop compares 16-bit integers whatever the exact numbers are); each package of the outer
// issues asks the block for the rows whose ranks pass its thresholds.
#pragma once
#include <gmpxx.h>

#include "deals/kernels.hpp"
#include "deals/stages.hpp"
#include "deals/tables.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

struct Count {
  mpz_class packages;
  bool exact = true;  ///< false: a lower bound; the work limit or the time limit was reached
};

/// The most steps (rows compared, or queries sorted) that counting may take; about a minute on two cores.
inline constexpr double kCountingSteps = 2e11;

/// Nodes of rules that inner and outer issues read: where there are more, classes of outer packages are
/// seldom met twice, and what would be merged for a class is at first looked at row by row.
inline constexpr std::size_t kFewCrossing = 16;

/// The least number of packages that are counted by halves; where their rules allow it, and three parties at
/// most have a reservation that can bind.
inline constexpr double kHalvesFrom = 1e9;

/// `ask` as for Stages; marked constraints are ignored. `block`: most rows of the inner block, at most
/// kBlock; a space that is not larger is walked through without one. `few`: instead of kFewCrossing;
/// `halves`: instead of kHalvesFrom.
template <class Number>
[[nodiscard]] Count count_packages(const Plan& plan, const Tables<Number>& tables, const Ask& ask,
                                   const Watch& watch, int threads, std::size_t block = kBlock,
                                   std::size_t few = kFewCrossing, double halves = kHalvesFrom);

}  // namespace parley::deals
