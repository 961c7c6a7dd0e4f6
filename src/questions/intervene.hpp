// SPDX-License-Identifier: MIT
// Interventions: do(X is v) as a patch. X is v whatever else happens: what would move it is cut, and where it
// is on a table it is no longer negotiated.
#pragma once
#include <optional>
#include <string>

#include "framing/course.hpp"

namespace parley::questions {

/// The variables that a condition fixes: a conjunction of levels, one each. Nothing and a sentence where it
/// leaves a choice open (`or`, several levels of an issue).
[[nodiscard]] std::optional<framing::Forced> forced_by(const framing::Situation& situation,
                                                       const framing::Formula& formula, bool one_level,
                                                       std::string* why);

/// The account under do(...). A quantity's trend becomes its start; framing reads starts only, so it changes
/// what tables say only through rows that name it as a condition.
[[nodiscard]] account::Account intervene(const framing::Situation& situation, const framing::Forced& forced);

}  // namespace parley::questions
