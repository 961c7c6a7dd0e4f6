// SPDX-License-Identifier: MIT
// One party of a Genius folder: a file whose root is `utility_space`. Semantics: docs/foreign-formats.md.
//
// Additive: u = sum over issues of weight * value, with
//   discrete issue: value = evaluation / (largest evaluation of the issue in this profile), 0 where that is
//   not positive integer issue:  value = clamp(offset + slope * (x - lowerbound), 0, 1)
// Hyper-rectangles: u = min(1, sum of weight * utility over the satisfied rectangles / maxutility).
// (Genius: AdditiveUtilitySpace, EvaluatorDiscrete, EvaluatorInteger, NonlinearUtilitySpace.)
#pragma once
#include <optional>
#include <string>

#include "deals/problem.hpp"
#include "foreign/genius_domain.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {

/// Nothing when the profile cannot be used; `messages` then says why. `leave_out`: how to go on without the
/// party, for hints; may be empty. `values_left` is what is left of
/// kTableValues (limits.hpp), shared by the profiles of a folder.
[[nodiscard]] std::optional<deals::Party> read_profile(const XmlFile& file, const GeniusDomain& domain,
                                                       const std::string& party, const std::string& leave_out,
                                                       std::uint64_t& values_left, Messages& messages);

}  // namespace parley::foreign
