// SPDX-License-Identifier: MIT
// Two accounts side by side, as JSON and as text.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "questions/compare.hpp"

namespace parley::report {

/// One entry of `comparisons` of `parley.compare/1` (docs/command-line.md).
[[nodiscard]] nlohmann::ordered_json comparison_json(const questions::Comparison& comparison,
                                                     const account::Account& a, const account::Account& b);

/// A function of `comparisons` alone.
[[nodiscard]] std::string compare_page(const nlohmann::ordered_json& comparisons);

/// The same in short, for the page of `run`: answers that are opposite or change their word, what explains
/// them, and what makes no difference. Without a heading.
[[nodiscard]] std::string compare_summary(const nlohmann::ordered_json& comparison);

}  // namespace parley::report
