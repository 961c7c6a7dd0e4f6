// SPDX-License-Identifier: MIT
// Simultaneous sanctioning (Fraser and Hipel 1984), in two named variants. Needs states with options.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"
#include "stability/space.hpp"

namespace parley::stability {

/// Combinations whose joint change leads to no state are skipped in both.
enum class Simultaneous : std::uint8_t {
  /// Each improvement x of i is met by some combination of the others' own improvements from s, each of them
  /// free to stay, whose joint change with x is not better than s for i.
  each_reply,
  /// Two decision makers, both with improvements from s: every pair of improvements, made at once, is worse
  /// than s for both. s is then stable for both, and for none otherwise (Jacobi 2017; the tableau's form).
  tableau,
};

inline constexpr std::uint64_t kMostCombinations = std::uint64_t{1} << 28;  ///< of all states together

/// The error is one sentence: states without options, moves that change what belongs to others, a limit.
[[nodiscard]] tl::expected<std::vector<Bits>, std::string> simultaneous_stable(
    const GraphGame& game, const Space& space, const Graph& graph, const Rankings& ranks,
    Simultaneous variant, const Watch& watch = {});

}  // namespace parley::stability
