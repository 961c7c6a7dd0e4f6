// SPDX-License-Identifier: MIT
// constraints.json beside a Genius domain: linkages, red lines, reservation values, impossible combinations.
//
//   {"constraints": [
//     {"id": ID, "type": "implies", "if_issue": I, "if_options": [O...], "then_issue": J, "then_options":
//     [O...]},
//     {"id": ID, "type": "red_line", "party": N, "issue": I, "forbidden_options": [O...]},
//     {"id": ID, "type": "reservation", "party": N, "min_utility": U},
//     {"id": ID, "type": "impossible", "when": {I: [O...], J: [O...]}} ]}
//
// N = position of the profile among all profiles of the folder, in byte order of their file names, counted
// from 0: a selection of parties does not change it. An option of an integer issue is a number.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "deals/problem.hpp"
#include "foreign/genius_domain.hpp"

namespace parley::foreign {

/// Adds the constraints to `problem`, whose issues are the domain's. `seats[N]` = position in problem.parties
/// of the folder's N-th profile, or -1 when it does not take part: its reservation and its red lines are then
/// left out. `names[N]` = its party id, for messages. Errors go to `messages`.
void read_constraints(const std::string& path, std::string_view text, const GeniusDomain& domain,
                      const std::vector<int>& seats, const std::vector<std::string>& names,
                      deals::BargainProblem& problem, Messages& messages);

}  // namespace parley::foreign
