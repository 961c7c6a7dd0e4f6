// SPDX-License-Identifier: MIT
// The frontier of the zone: exact where the work allows, and otherwise the best that a beam finds, with a
// bound on what it may have missed.
#pragma once
#include "deals/answer.hpp"
#include "deals/stages.hpp"

namespace parley::deals {

/// A frontier of more packages than this lists one for each point.
inline constexpr unsigned long kListedPackages = 2'000;

/// Fills `frontier`, `agreement`, the solutions, `certified`, `complete` and `gap` of `answer`. Runs with
/// wider and wider beams; each prunes by what the ones before it found, and the first that needs no beam is
/// exact.
template <class Number>
void find_frontier(const Plan& plan, const Tables<Number>& tables, const Watch& watch, Answer& answer);

}  // namespace parley::deals
