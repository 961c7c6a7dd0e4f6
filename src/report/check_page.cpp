// SPDX-License-Identifier: MIT
#include "report/check_page.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "report/layout.hpp"

namespace parley::report {
namespace {

using Json = nlohmann::ordered_json;

Json tables_json(const questions::Check& check) {
  Json list = Json::array();
  for (const auto& table : check.base.tables) {
    Json silent = Json::array(), unread = Json::array(), clashes = Json::array(), open = Json::array();
    for (const auto& s : table.framed.silent)
      silent.push_back({{"party", s.party}, {"on", s.variable}, {"consequence", s.consequence}});
    for (const auto& u : table.framed.unread) unread.push_back({{"row", u.row}, {"why", u.why}});
    for (const auto& o : table.framed.open_conditions) open.push_back({{"row", o.row}, {"words", o.words}});
    for (const auto& c : table.framed.clashes)
      clashes.push_back({{"party", c.party}, {"on", c.variable}, {"rows", c.rows}});
    list.push_back({{"talks", table.framed.table},
                    {"packages", std::to_string(table.framed.ensemble.packages.size())},
                    {"worlds", table.answer.worlds},
                    {"not_answered", table.framed.too_large},
                    {"silent", silent},
                    {"unread", unread},
                    {"open_conditions", open},
                    {"clashes", clashes}});
  }
  return list;
}

std::string counts(const Json& account) {
  std::vector<std::string> said;
  for (const auto& [name, n] : account["rows"].items())
    said.push_back(fmt::format("{} {}", n.get<int>(), name));
  return fmt::format("{}", fmt::join(said, ", "));
}

std::string table_text(const Json& table) {
  std::string text =
      fmt::format("Talks `{}`: {} packages.\n", table.value("talks", ""), table.value("packages", ""));
  if (!table.value("not_answered", "").empty())
    text += wrapped("Not answered: " + table.value("not_answered", "") + ".");
  for (const auto& c : table["clashes"])
    text += bullet(fmt::format("no consistent world: {}'s rows on {} contradict each other: {}",
                               c.value("party", ""), c.value("on", ""),
                               fmt::join(c["rows"].get<std::vector<std::string>>(), ", ")));
  std::map<std::string, std::vector<std::string>> silent;
  for (const auto& s : table["silent"])
    silent[s.value("party", "")].push_back(s.value("on", "") +
                                           (s.value("consequence", false) ? " (a consequence)" : ""));
  for (const auto& [party, issues] : silent)
    text += bullet(fmt::format("silent, so unknown: what {} wants of {}", party, listed(issues)));
  for (const auto& o : table["open_conditions"]) text += bullet("open, not binding: " + o.value("words", ""));
  for (const auto& u : table["unread"])
    text += bullet(fmt::format("not read by this lens: {} ({})", u.value("row", ""), u.value("why", "")));
  return text;
}

}  // namespace

Json check_json(const questions::Check& check) {
  std::map<std::string, int> rows;
  for (const auto& row : check.account.rows) ++rows[row.concept_name];
  Json islands = Json::array();
  for (const auto& island : check.reach.islands)
    islands.push_back({{"rows", island.rows}, {"variables", island.variables}, {"link", island.link}});
  return {
      {"rows", rows},
      {"reach",
       {{"deals", check.reach.used.size()}, {"context", check.reach.context.size()}, {"islands", islands}}},
      {"tables", tables_json(check)},
      {"no_consistent_world", check.no_consistent_world},
      {"next_input", questions::next_input(check)}};
}

std::string check_page(const Json& answer) {
  std::string text;
  for (const auto& [name, account] : answer.at("by_account").items()) {
    text += fmt::format("## Account {}\n\n", name) + wrapped("Rows: " + counts(account) + ".");
    const Json& reach = account["reach"];
    text += wrapped(fmt::format(
        "{} rows reach a bargaining problem (lens deals); {} say who, what source or which reading.",
        reach["deals"].get<int>(), reach["context"].get<int>()));
    if (account["tables"].empty()) text += "No table: nothing to bargain over.\n";
    for (const auto& table : account["tables"]) text += table_text(table);
    if (!reach["islands"].empty()) text += "Rows that reach no answer:\n";
    for (const auto& island : reach["islands"])
      text += bullet(fmt::format("{}: {}", fmt::join(island["rows"].get<std::vector<std::string>>(), ", "),
                                 island.value("link", "")));
    text += wrapped("The next input worth having: " + account.value("next_input", "") + ".") + "\n";
  }
  return text;
}

}  // namespace parley::report
