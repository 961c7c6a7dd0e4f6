// SPDX-License-Identifier: MIT
// The deals lens: one bargaining problem in, zone, frontier, solutions and reasons out, exact and certified.
#pragma once
#include <atomic>
#include <functional>
#include <string>

#include "deals/answer.hpp"
#include "deals/problem.hpp"

namespace parley::deals {

struct Options {
  double time_limit = 0;  ///< seconds; 0 = none. Reached: the best so far with certified / complete = false
  int threads = 0;        ///< 0 = all cores; never changes an answer
  bool reasons = true;    ///< conflicts, relaxations, near misses, cheapest concession when there is no zone
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress;  ///< 0..1, may be empty
};

[[nodiscard]] Answer solve(const BargainProblem& problem, const Options& options = {});

/// With a watch that the caller made, of the same options.
class Watch;
[[nodiscard]] Answer solve(const BargainProblem& problem, const Options& options, const Watch& watch);

}  // namespace parley::deals
