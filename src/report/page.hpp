// SPDX-License-Identifier: MIT
// The page of `parley run`: a function of results.json alone.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace parley::report {

/// Markdown. Precondition: `results` is an object of schema parley.run/1 (what is missing is left out).
[[nodiscard]] std::string page(const nlohmann::ordered_json& results);

/// The text of `parley deals` for an account: one table and a few sentences a column.
[[nodiscard]] std::string deals_page(const nlohmann::ordered_json& results);

}  // namespace parley::report
