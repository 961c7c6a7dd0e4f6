// SPDX-License-Identifier: MIT
// Inverse analysis (Kinsara, Kilgour and Hipel 2015): which preferences would make a wished state stable.
//
// For one decision maker i and the wished state e every definition of section 3 is a monotone condition on
// the set D of states that i does not prefer to e: Nash needs R_i(e) in D; GMR, for each x in R_i(e), x or
// some reply to x in D; SMR and symmetric sequential also everything that i reaches from that reply. The
// minimal sets D are the answer. Credible replies (SEQ, symmetric sequential) are those of the others'
// preferences as given.
#pragma once
#include <optional>
#include <vector>

#include "logic/minimal_sets.hpp"
#include "stability/graph.hpp"
#include "stability/individual.hpp"

namespace parley::stability {

struct InverseAnswer {
  std::vector<std::vector<State>> conditions;  ///< minimal sets: none of these may be better than e
  bool complete = true;
  /// The condition that the given ranking is closest to (the first of several), and how many places e rises
  /// in it, so as to tie with the best state of that set: the fewest exchanges of neighbours in the ranking
  /// that do it.
  std::size_t closest = 0;
  std::size_t places = 0;
};

inline constexpr std::size_t kMostConditions = 1'000;

/// Nothing: a limit of reach.hpp, or stopped.
[[nodiscard]] std::optional<InverseAnswer> inverse(const Graph& graph, const Rankings& ranks, std::size_t dm,
                                                   State wished, Concept named, const Watch& watch = {});

}  // namespace parley::stability
