// SPDX-License-Identifier: MIT
// Pieces of results.json, private to this room.
#pragma once
#include <nlohmann/json.hpp>

#include "questions/answer.hpp"

namespace parley::report {

/// Shares and utilities are printed to six decimals: far finer than their sampling error.
[[nodiscard]] double rounded(double x);
/// `share`, `low` and `high` are null where there is no world.
[[nodiscard]] nlohmann::ordered_json share_json(const worlds::Share& share);
/// `in` (all, some, no), `proved`, and the share.
[[nodiscard]] nlohmann::ordered_json worlds_json(const questions::Answer& answer);
/// JSON without members that are null: what the pages read, which say themselves where no world is.
[[nodiscard]] nlohmann::ordered_json known_only(const nlohmann::ordered_json& json);
/// Ids of answers or scopes as text.
template <typename Ids>
[[nodiscard]] std::vector<std::string> texts(const Ids& ids) {
  std::vector<std::string> list;
  for (const auto& id : ids) list.push_back(id.text());
  return list;
}
/// One table of one column: the zone, what blocks it, who could open it, where packages lie, what was
/// assumed.
/// Who must ratify what at these talks, and what that does: by a stated limit, by a stated preference, or
/// open.
[[nodiscard]] nlohmann::ordered_json ratification_json(const questions::TableAnswer& table);
[[nodiscard]] nlohmann::ordered_json table_json(const questions::TableAnswer& table);

}  // namespace parley::report
