// SPDX-License-Identifier: MIT
// What an answer hangs on, as JSON and as text.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "questions/sensitivity.hpp"

namespace parley::report {

/// `parley.sensitivity/1` without `schema` and `diagnostics` (docs/command-line.md).
[[nodiscard]] nlohmann::ordered_json sensitivity_json(const questions::Sensitivity& sensitivity,
                                                      const account::Account& account);
/// A function of that object alone.
[[nodiscard]] std::string sensitivity_page(const nlohmann::ordered_json& json);

/// Where no answer was named: `answers` [{id, proposition, in, ...}].
[[nodiscard]] nlohmann::ordered_json answer_list_json(const questions::AnswerList& list);
[[nodiscard]] std::string answer_list_page(const nlohmann::ordered_json& json);

}  // namespace parley::report
