// SPDX-License-Identifier: MIT
// The constraints that may be relaxed, numbered: soft reservations first, in the order of the parties, then
// the rows.
#pragma once
#include <string>
#include <vector>

#include "deals/reader.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::deals {

struct Soft {
  std::string id;
  int constraint = -1;  ///< row of the problem, or
  int party = -1;       ///< whose reservation it is
};

[[nodiscard]] std::vector<Soft> soft_constraints(const BargainProblem& problem);

/// Everything hard except the soft constraints of `without`.
[[nodiscard]] Ask ask_without(const BargainProblem& problem, const std::vector<Soft>& soft,
                              const logic::IndexSet& without);

/// What a package is worth to a party.
[[nodiscard]] mpq_class utility_of(const Party& party, const std::vector<int>& package);

/// The soft constraints that a package breaks.
[[nodiscard]] logic::IndexSet broken_by(const BargainProblem& problem, const std::vector<Soft>& soft,
                                        const std::vector<int>& package);

}  // namespace parley::deals
