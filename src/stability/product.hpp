// SPDX-License-Identifier: MIT
// Individual stability in option form without storing a single move.
//
// All moves of decision maker j from a state stay within one *line*: the states that differ only in j's own
// issues. A line falls into sublines, one for each setting of j's one-way issues; within a subline, and from
// one subline to those that the directions allow, every move is possible. Sorted by j's rank, the states of a
// subline from which y is an improvement are those behind y. A flood only ever moves a mark from the end of
// the subline towards its front, so the work is linear in states, lines and the pairs of sublines that are in
// reach of each other; the moves are never listed.
#pragma once
#include <optional>

#include "stability/individual.hpp"
#include "stability/space.hpp"

namespace parley::stability {

/// The same answer as ArcSolver, on option forms. Nothing where the form does not fit: explicit or merged
/// states, states that are not perceived, more than four vectors of levels for each feasible one (then
/// listing the moves costs less), or too many one-way issues of one owner. Memory: about 20 bytes for each
/// vector of levels and 12 for each state with four decision makers, besides `ranks`.
[[nodiscard]] bool fits_product(const GraphGame& game, const Space& space);

/// Precondition: fits_product, dense ranks.
void solve_product(const GraphGame& game, const Space& space, const Rankings& ranks,
                   const ConceptSet& concepts, Individual& result, const Watch& watch = {});

}  // namespace parley::stability
