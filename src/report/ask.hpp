// SPDX-License-Identifier: MIT
// What `ask` found: claims with their verdicts, and what-ifs; as JSON, and from that in sentences.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "questions/claims.hpp"
#include "questions/what_if.hpp"

namespace parley::report {

/// `claims` of `parley.ask/1`.
[[nodiscard]] nlohmann::ordered_json claims_json(const std::vector<questions::ClaimAnswer>& claims);
/// `what_if` of `parley.ask/1`.
[[nodiscard]] nlohmann::ordered_json what_if_json(const std::vector<questions::WhatIf>& answers);

/// Both in sentences, from the JSON alone.
[[nodiscard]] std::string ask_text(const nlohmann::ordered_json& answer);
/// "2 entailed, 6 contested and 10 not testable here"
[[nodiscard]] std::string claim_counts(const nlohmann::ordered_json& claims, bool glossed);
/// Claims with counts: a section of the page of `run`.
[[nodiscard]] std::string claims_text(const nlohmann::ordered_json& claims, bool brief);

}  // namespace parley::report
