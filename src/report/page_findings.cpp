// SPDX-License-Identifier: MIT
// What heads the page: findings that join sentences, and the audit of threats and promises.
#include <fmt/format.h>

#include <algorithm>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostFindings = 8;

/// "S16" and "as_statehood" of "art.S16" and "as_statehood".
std::string short_origin(const std::string& origin) {
  const auto dot = origin.find('.');
  return dot == std::string::npos ? origin : origin.substr(dot + 1);
}

std::string origins(const Json& finding) {
  std::vector<std::string> list;
  for (const auto& origin : part(finding, "origins")) list.push_back(short_origin(origin.get<std::string>()));
  return fmt::format("{}", fmt::join(list, ", "));
}

/// "It falls without any one of a, b and c", "... without a and b together"
std::string falls(const Json& finding) {
  std::vector<std::string> sets;
  std::size_t size = 0;
  for (const auto& set : part(finding, "falls_without")) {
    const auto rows = set.get<std::vector<std::string>>();
    size = rows.size();
    sets.push_back(listed(rows));
  }
  if (sets.empty()) return "";
  if (size == 1)
    return sets.size() == 1 ? fmt::format(" It falls without {}.", sets.front())
                            : fmt::format(" It falls without any one of {}.", listed(sets));
  return fmt::format(" It falls without {} together.", fmt::join(sets, "; or "));
}

std::string where(const Json& finding, std::size_t readings) {
  const Json& gone = part(finding, "not_in");
  if (gone.empty() || readings == 0) return "";
  if (gone.size() >= readings) return " In none of the other readings.";
  std::vector<std::string> ids;
  for (const auto& id : gone)
    if (ids.size() < 4) ids.push_back(fmt::format("`{}`", id.get<std::string>()));
  return gone.size() > ids.size()
             ? fmt::format(" Not in the readings {} and {} more.", fmt::join(ids, ", "),
                           gone.size() - ids.size())
             : fmt::format(" Not in the reading{} {}.", ids.size() == 1 ? "" : "s", listed(ids));
}

std::string sentence(const Json& finding, std::size_t readings) {
  return bullet(fmt::format("{}. [{}]{}{}", finding.value("words", ""), origins(finding), falls(finding),
                            where(finding, readings)));
}

}  // namespace

std::string findings_of_account(const Account& account) {
  std::size_t readings = part(account.data, "by_alternative").size();
  readings -= readings > 0 ? 1 : 0;
  std::string text;
  std::size_t said = 0;
  const Json& list = part(account.data, "findings");
  for (const auto& finding : list)
    if (said++ < kMostFindings) text += sentence(finding, readings);
  if (said > kMostFindings) text += fmt::format("- and {} more in results.json\n", said - kMostFindings);
  return text.empty()
             ? "Nothing joins: no two sentences pull against each other by signs and conditions alone.\n"
             : text;
}

std::string section_findings(const std::vector<Account>& accounts) {
  std::string text;
  for (const auto& account : accounts) {
    if (!account.data.contains("findings")) continue;
    text +=
        accounts.size() > 1
            ? fmt::format("**What sentences of the account `{}` say together, and none of them alone:**\n\n",
                          account.name)
            : "**What sentences say together, and none of them alone:**\n\n";
    text += findings_of_account(account) + "\n";
  }
  return text;
}

}  // namespace parley::report
