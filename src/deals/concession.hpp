// SPDX-License-Identifier: MIT
// The cheapest concession of a set of parties who lower their reservation values by the same amount.
#pragma once
#include <optional>

#include "deals/answer.hpp"
#include "deals/soft.hpp"
#include "deals/tables.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

struct Concession {
  std::optional<UniformCut> cut;  ///< nothing where no cut opens the zone
  bool exact = true;              ///< false: a smaller cut, or one at all, is not excluded
};

/// min over packages that satisfy everything but the reservations of `givers` (indices into `soft`,
/// reservations all) of max over givers of r_i - u_i; of the packages that attain it, the leximin-best.
/// Precondition: the zone is empty.
template <class Number>
[[nodiscard]] Concession cheapest_concession(const Plan& plan, const Tables<Number>& tables,
                                             const std::vector<Soft>& soft, const logic::IndexSet& givers,
                                             const Watch& watch);

}  // namespace parley::deals
