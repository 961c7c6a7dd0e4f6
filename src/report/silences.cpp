// SPDX-License-Identifier: MIT
#include "report/silences.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "report/page_parts.hpp"

namespace parley::report {

using Json = nlohmann::ordered_json;

std::string named_by(const Json& rows) {
  std::vector<std::string> list;
  for (const auto& row : rows) list.push_back(fmt::format("`{}`", row.get<std::string>()));
  return list.empty() ? "" : fmt::format(" (named by {})", listed(list));
}

Silences silences_of(const Json& silent, const std::function<std::string(const std::string&)>& called) {
  struct Of {
    std::vector<std::string> on;
    std::set<std::string> rows;
  };
  std::map<std::string, Of> without_row, named;
  for (const auto& one : silent) {
    const Json& rows = part(one, "rows");
    Of& of = (rows.empty() ? without_row : named)[one.value("party", "")];
    of.on.push_back(one.value("on", "") + (one.value("consequence", false) ? " (a consequence)" : ""));
    for (const auto& row : rows) of.rows.insert(row.get<std::string>());
  }
  Silences silences;
  for (const auto& [party, of] : without_row)
    silences.without_row.push_back(fmt::format("{} wants of {}", called(party), listed(of.on)));
  for (const auto& [party, of] : named)
    silences.named.push_back(
        fmt::format("{} wants of {}{}", called(party), listed(of.on), named_by(Json(of.rows))));
  return silences;
}

}  // namespace parley::report
