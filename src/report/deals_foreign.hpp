// SPDX-License-Identifier: MIT
// The answer of the deals lens about one problem with numbers (a foreign format), as JSON and as text.
#pragma once
#include <gmpxx.h>

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "deals/answer.hpp"
#include "deals/problem.hpp"

namespace parley::report {

/// The double nearest to a rational, ties to even; beyond the range of doubles the largest one of that sign.
[[nodiscard]] double nearest_double(const mpq_class& value);

/// A package as {issue: option}; an option of an integer issue is a number.
[[nodiscard]] nlohmann::ordered_json package_json(const deals::BargainProblem& problem,
                                                  const deals::Package& package);

/// The keys of DESIGN.md's JSON contract for `deals` on a foreign problem, without `schema` and
/// `diagnostics`. Counts are strings, utilities are the nearest doubles and print so that they read back as
/// the same double. Added keys: `near_misses` [{package, breaks}], and `n_packages` (a string) at each point
/// of a frontier that holds more than 2,000 packages.
[[nodiscard]] nlohmann::ordered_json deals_json(const deals::BargainProblem& problem,
                                                const deals::Answer& answer);

/// The same in sentences and tables. `title` names the problem.
[[nodiscard]] std::string deals_text(const std::string& title, const deals::BargainProblem& problem,
                                     const deals::Answer& answer);

}  // namespace parley::report
