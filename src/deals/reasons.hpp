// SPDX-License-Identifier: MIT
// Why there is no deal: conflicts, relaxations, cheapest concessions and near misses of an empty zone.
#pragma once
#include "deals/answer.hpp"
#include "deals/tables.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

/// Fills conflicts, relaxations, cheapest_concession, single_concessions and near_misses.
/// Soft constraints are linkages, red lines and the reservations of parties with reservation_soft; each
/// package has the set of soft constraints that it breaks. The minimal sets are the relaxations (minimal
/// correction sets), and the minimal sets that meet all of those are the conflicts (Reiter 1987).
///
/// One run over the issues keeps all broken sets apart; where that has more than `marked_width` partial
/// packages, a search asks for set after set instead (MARCO). Precondition: the zone is proved empty.
template <class Number>
void explain(const Plan& plan, const Tables<Number>& tables, const Watch& watch, int threads, Answer& answer,
             std::size_t marked_width = 200'000);

inline constexpr std::size_t kNearMisses = 20;

}  // namespace parley::deals
