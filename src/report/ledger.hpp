// SPDX-License-Identifier: MIT
// The ledger as JSON and as text.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "questions/ledger.hpp"

namespace parley::report {

/// `sentences`, `answers`, `read`, `counts`, `ablated`, `complete` (docs/command-line.md).
[[nodiscard]] nlohmann::ordered_json ledger_json(const questions::Ledger& ledger);

/// Everything, for `parley show --ledger`: a function of that object alone.
[[nodiscard]] std::string ledger_page(const nlohmann::ordered_json& json);

/// The sentences that move most and how many move nothing, for the page of `run`. Without a heading.
[[nodiscard]] std::string ledger_summary(const nlohmann::ordered_json& json);

}  // namespace parley::report
