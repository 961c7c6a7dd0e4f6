// SPDX-License-Identifier: MIT
// Complete weak orders as dense ranks: 0 best, equal ranks tie, no rank left out.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::stability {

/// The ranking of decision maker `dm`: its `ranks` made dense, or its statements evaluated and compared
/// lexicographically (never summed: any number of statements), or all zero.
/// Source: option prioritisation, Fang, Hipel, Kilgour and Peng (2003).
[[nodiscard]] tl::expected<std::vector<Rank>, std::string> ranks_of(const GraphGame& game, const Space& space,
                                                                    std::size_t dm);

/// Values (lower is better) as dense ranks.
[[nodiscard]] std::vector<Rank> dense(const std::vector<Rank>& values);

/// Utilities (higher is better) as dense ranks.
[[nodiscard]] std::vector<Rank> ranks_of_utilities(const std::vector<double>& utilities);

}  // namespace parley::stability
