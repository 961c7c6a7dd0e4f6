// SPDX-License-Identifier: MIT
// The bargaining solutions, chosen exactly among the points of a frontier. Conventions: DESIGN.md, JSON
// contract.
#pragma once
#include "deals/answer.hpp"
#include "deals/problem.hpp"

namespace parley::deals {

class Watch;

/// Fills nash, kalai_smorodinsky, egalitarian and welfare of `answer` from its frontier; nothing where that
/// is empty or there is no party. gain_i = u_i - r_i (r_i = 0 where a party has none). With g a frontier
/// point's gains:
///   nash                max prod g_i where every g_i > 0, else 0 (Nash 1950)
///   kalai_smorodinsky   max min g_i / (best g_i inside the zone), the ratio being 1 where that best is not
///   positive
///                       (Kalai and Smorodinsky 1975, discrete max-min form)
///   egalitarian         max min g_i (Kalai 1977)
///   welfare             max sum u_i
/// Precondition: the frontier holds every undominated utility vector of the zone, ordered; since all four
/// criteria never fall when a gain rises, their optima over the zone are attained on it. Once `watch` says
/// stop, the first points of the frontier have to do.
void choose_solutions(const BargainProblem& problem, Answer& answer, const Watch* watch = nullptr);

/// Ascending comparison of the sorted utilities: true iff `a` is leximin-better than `b`.
[[nodiscard]] bool leximin_better(std::vector<mpq_class> a, std::vector<mpq_class> b);

}  // namespace parley::deals
