// SPDX-License-Identifier: MIT
// What the account puts in no order, in words that never deny a row that speaks of it.
#pragma once
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace parley::report {

struct Silences {
  std::vector<std::string> without_row;  ///< "Iran wants of force and weapons": no row of its own names them
  std::vector<std::string> named;  ///< "Iran wants of force (named by `iran_goal`)", and ordered by none
};
/// Of [{party, on, consequence, rows}], one entry for each party, by id.
[[nodiscard]] Silences silences_of(const nlohmann::ordered_json& silent,
                                   const std::function<std::string(const std::string&)>& called);
/// " (named by `a` and `b`)"; "" of no rows.
[[nodiscard]] std::string named_by(const nlohmann::ordered_json& rows);

}  // namespace parley::report
