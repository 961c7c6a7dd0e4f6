// SPDX-License-Identifier: MIT
// How far the printed solutions of a run that was not exact may be from the optimum.
#pragma once
#include <functional>

#include "deals/answer.hpp"
#include "deals/bounds.hpp"
#include "deals/problem.hpp"

namespace parley::deals {

/// Answer::gap of an answer whose frontier and solutions are filled. `lost` bounds what was let go;
/// `most(i)` is no less than any package is worth to party i, asked only where doubles overflow.
[[nodiscard]] mpq_class gap_bound(const BargainProblem& problem, const Answer& answer, const Bounds& lost,
                                  const std::function<mpq_class(std::size_t)>& most);

}  // namespace parley::deals
