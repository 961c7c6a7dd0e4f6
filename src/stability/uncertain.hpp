// SPDX-License-Identifier: MIT
// Stability where preferences are strong and mild (Hamouda, Kilgour and Hipel 2004), not all known (Li,
// Hipel, Kilgour and Fang 2004), or both (hybrid): by sets of states, straight from the definitions.
#pragma once
#include <optional>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"
#include "stability/relation.hpp"

namespace parley::stability {

inline constexpr std::size_t kMostUncertainStates = std::size_t{1} << 15;

/// How unknown preferences count.
///   a  tempted also by what may be better; a sanction must be certain
///   b  tempted by what is better only;     a sanction must be certain
///   c  tempted also by what may be better; what may be worse sanctions, too
///   d  tempted by what is better only;     what may be worse sanctions, too
/// In all of them the others' credible moves include those to what they may like better.
enum class Extension : std::uint8_t { a, b, c, d };

struct UncertainRule {
  Concept named = Concept::nash;
  Extension extension = Extension::a;
  bool strong = false;  ///< a sanction must be to something greatly worse (GMR, SMR, SEQ)
};

/// Stable states of each decision maker. Nothing: more than kMostUncertainStates, a limit of reach.hpp, or
/// stopped.
[[nodiscard]] std::optional<std::vector<Bits>> uncertain_stable(const Graph& graph,
                                                                const std::vector<Relation>& relations,
                                                                const UncertainRule& rule,
                                                                const Watch& watch = {});

/// The moves of each decision maker to what it prefers, for certain or (`unknown`) perhaps.
[[nodiscard]] std::vector<Arcs> improving(const Graph& graph, const std::vector<Relation>& relations,
                                          bool unknown);

}  // namespace parley::stability
