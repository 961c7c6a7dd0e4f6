// SPDX-License-Identifier: MIT
// Coalition stability (Inohara and Hipel 2008) over all non-empty coalitions, and equilibrium jumps (Kilgour,
// Hipel, Fang and Peng 2001).
//
// A coalition H moves by legal sequences of its members; t is an improvement from s where every member
// prefers t to s (states on the way do not count). A reply deters H where some member does not prefer it to
// s.
//   CNash  no improvement                    CGMR  each is deterred by a sequence of the others
//   CSMR   and no sequence of H leads out    CSEQ  deterred by coalition improvements of the others' own
//                                                  sub-coalitions, none twice in a row
// Where nobody is left outside H there is no sanction.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "stability/graph.hpp"
#include "stability/relation.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

enum class CoalitionConcept : std::uint8_t { cnash, cgmr, csmr, cseq };
inline constexpr std::size_t kCoalitionConcepts = 4;
using Coalition = std::uint32_t;  ///< a set of decision makers, one bit each

inline constexpr std::size_t kMostCoalitionMembers = 8;  ///< decision makers, so 255 coalitions
inline constexpr std::size_t kMostCoalitionStates = std::size_t{1} << 13;

struct CoalitionAnswer {
  /// stable[concept][i]: stable for every coalition that i belongs to.
  std::array<std::vector<Bits>, kCoalitionConcepts> stable;
  /// by_coalition[concept][H - 1]
  std::array<std::vector<Bits>, kCoalitionConcepts> by_coalition;
};

/// Nothing: a limit above or of reach.hpp, or stopped. Unknown preferences are no improvements here.
[[nodiscard]] std::optional<CoalitionAnswer> coalition_stable(
    const Graph& graph, const std::vector<Relation>& relations,
    const std::array<bool, kCoalitionConcepts>& concepts, const Watch& watch = {});

/// From an equilibrium, a coalition can go to another one that all its members prefer.
struct Jump {
  State from = 0, to = 0;
  Coalition coalition = 0;
};
/// Jumps of coalitions with two members or more, each a coalition of which no part could jump so; at most
/// `limit`.
[[nodiscard]] std::vector<Jump> equilibrium_jumps(const Graph& graph, const std::vector<Relation>& relations,
                                                  const Bits& equilibria, std::size_t limit,
                                                  const Watch& watch = {});

}  // namespace parley::stability
