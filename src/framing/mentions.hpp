// SPDX-License-Identifier: MIT
// Rows by which an actor speaks of a variable without putting its levels in order: they make no taste
// (wishes.hpp), and what they say is not nothing.
#pragma once
#include <string>
#include <vector>

#include "framing/situation.hpp"

namespace parley::framing {

/// Rows of the actor's own that name the variable and order none of its levels: needs of its objectives,
/// weights, positions on packages, commitments, orderings as it sees them. Ids, in the order of the account.
[[nodiscard]] std::vector<std::string> rows_naming(const Situation& situation, const std::string& actor,
                                                   int variable);

}  // namespace parley::framing
