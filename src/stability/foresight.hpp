// SPDX-License-Identifier: MIT
// Stability with foresight: limited moves L_h and non-myopic (Fang, Hipel and Kilgour 1993, chapter 3).
//
// G_h(i, s) is where play ends when i may move first and at most h moves are left: G_0(i, s) = s; otherwise i
// looks at G_{h-1}(j, t) for each t in R_i(s), j being who moves next, takes the best, and goes there if it
// prefers that to s; else play ends at s. s is L_h-stable for i iff G_h(i, s) = s, and non-myopically stable
// iff that holds for all h from some h on. L_1 is Nash.
// Ties among the best ends: i takes the one that is worst for who moved before (pessimistic), then the state
// that comes first.
#pragma once
#include <optional>
#include <vector>

#include "stability/bits.hpp"
#include "stability/graph.hpp"
#include "stability/individual.hpp"

namespace parley::stability {

inline constexpr int kMostHorizon = 10'000;  ///< moves looked ahead

/// Who moves next: with two decision makers the other one. With more the definition leaves it open: in file
/// order, the first after the last (a named variant).
[[nodiscard]] std::optional<std::vector<Bits>> limited_move_stable(const Graph& graph, const Rankings& ranks,
                                                                   int horizon, const Watch& watch = {});

/// Nothing: stopped, or G_h has not come to a cycle within kMostHorizon moves.
[[nodiscard]] std::optional<std::vector<Bits>> nonmyopic_stable(const Graph& graph, const Rankings& ranks,
                                                                const Watch& watch = {});

}  // namespace parley::stability
