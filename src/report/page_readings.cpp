// SPDX-License-Identifier: MIT
// Sections 2 and 3: what holds in every reading, the readings and the accounts side by side, claims.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

constexpr double kMoves = 0.15;  ///< a share that moves by more than this is named

struct Range {
  double low = 2, high = -1;
  std::string at_low, at_high;
};

Range zone_range(const Account& account) {
  Range range;
  for (const auto& [id, column] : account.data["by_alternative"].items()) {
    if (!column.contains("zone")) continue;
    const double share = column["zone"].value("share", 0.0);
    if (share < range.low) range = {share, range.high, id, range.at_high};
    if (share > range.high) range = {range.low, share, range.at_low, id};
  }
  return range;
}

std::string first_opener(const Json& column) {
  const Json& list = part(column, "openers_by_limits");
  return list.empty() ? "" : listed(list[0]["owners"].get<std::vector<std::string>>());
}

std::string same_everywhere(const Account& account) {
  bool possible = true, excluded = true, certain = true, none_certain = true;
  std::string opener;
  bool same_opener = true;
  for (const auto& [id, column] : account.data["by_alternative"].items()) {
    if (!column.contains("zone")) continue;
    const Json& zone = column["zone"];
    possible = possible && zone.value("possible", false);
    excluded = excluded && !zone.value("possible", false);
    certain = certain && zone.value("necessary", false);
    none_certain = none_certain && !zone.value("necessary", false);
    const std::string first = first_opener(column);
    if (first.empty()) {
      same_opener = same_opener && zone.value("share", 0.0) >= 1;
      continue;
    }
    same_opener = same_opener && (opener.empty() || opener == first);
    opener = first;
  }
  std::vector<std::string> said;
  if (possible && excluded) return "No reading has a table that was answered.";
  if (certain) said.push_back("an agreement acceptable to all is certain");
  if (excluded) said.push_back("an agreement is excluded");
  if (possible && !certain) said.push_back("an agreement is possible");
  if (none_certain && !excluded) said.push_back("no agreement is certain");
  std::string text = said.empty() ? "No statement about a zone holds in every reading."
                                  : "In every reading " + listed(said) + ".";
  if (same_opener && !opener.empty())
    text +=
        fmt::format(" In every reading the one who could most often open a zone by conceding is {}.", opener);
  return text;
}

std::string movers(const Account& account) {
  const Json& base = account.base();
  if (!base.contains("zone")) return "";
  const double start = base["zone"].value("share", 0.0);
  std::vector<std::string> list;
  for (const auto& [id, column] : account.data["by_alternative"].items()) {
    if (!column.contains("zone") || std::abs(column["zone"].value("share", 0.0) - start) <= kMoves) continue;
    list.push_back(fmt::format("`{}` to {}", id, percent(column["zone"].value("share", 0.0))));
  }
  if (list.empty())
    return fmt::format("No reading moves the share of worlds with a zone ({}) by more than 15 points.",
                       percent(start));
  return fmt::format("Readings that move the share of worlds with a zone ({}) by more than 15 points: {}.",
                     percent(start), listed(list));
}

/// Does a reading change anything worth a line: what orders decide, who opens, or the share by more than 3
/// points?
bool changes(const Json& base, const Json& column) {
  constexpr double kVisible = 0.03;
  return !base.contains("zone") || by_orders(base["zone"]) != by_orders(column["zone"]) ||
         first_opener(base) != first_opener(column) ||
         std::abs(base["zone"].value("share", 0.0) - column["zone"].value("share", 0.0)) > kVisible;
}

std::string reading_table(const Account& account) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> same;
  for (const auto& [id, column] : account.data["by_alternative"].items()) {
    if (!column.contains("zone")) continue;
    const std::string name = id + (column.value("automatic", false) ? " *" : "");
    if (id == "base" || changes(account.base(), column))
      rows.push_back({name, by_orders(column["zone"]), percent(column["zone"]), openers(column, 2),
                      column.value("reading", "")});
    else
      same.push_back(name);
  }
  std::string text =
      table({"reading", "a zone, by orders", "worlds with a zone", "who can open one", "in words"}, rows);
  if (!same.empty())
    text +=
        wrapped(fmt::format("No difference worth a line (within 3 points, same proof, same owner first): {}.",
                            fmt::join(same, ", "))) +
        "\n";
  return text;
}

std::string between_accounts(const std::vector<Account>& accounts) {
  if (accounts.size() < 2) return "";
  std::vector<std::string> head = {"as it is written"};
  for (const auto& account : accounts) head.push_back(account.name);
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& title, auto&& value) {
    std::vector<std::string> row = {title};
    for (const auto& account : accounts)
      row.push_back(account.base().contains("zone") ? value(account) : "no table");
    rows.push_back(std::move(row));
  };
  add("packages within every limit", [](const Account& a) {
    return a.base().value("within_limits", "") + " of " + a.base().value("n_packages", "");
  });
  add("a zone, by orders alone", [](const Account& a) { return by_orders(a.base()["zone"]); });
  add("worlds with a zone", [](const Account& a) { return percent(a.base()["zone"]); });
  add("who can open one", [](const Account& a) { return openers(a.base(), 3); });
  add("over all its readings", [](const Account& a) {
    const Range range = zone_range(a);
    return fmt::format("{} to {}", percent(range.low), percent(range.high));
  });
  std::string text = "### The accounts side by side\n\n" + table(head, rows);
  for (std::size_t i = 1; i < accounts.size(); ++i) {
    std::vector<std::string> changed;
    for (const auto& [id, row] : part(accounts[i].data, "rows").items()) {
      const auto& first = accounts[0].data["rows"];
      const bool differs = !first.contains(id) || first[id] != row;
      if (differs && row.value("concept", "") != "assumptions" && row.value("concept", "") != "speakers")
        changed.push_back(id);
    }
    text += wrapped(fmt::format("`{}` revises `{}` in {} rows: {}.", accounts[i].name, accounts[0].name,
                                changed.size(), fmt::join(changed, ", "))) +
            "\n";
  }
  return text;
}

}  // namespace

std::string section_comparisons(const std::vector<Account>& accounts) {
  std::string text = "## 2. What holds in every reading, and what the readings change\n\n";
  for (const auto& account : accounts) {
    if (accounts.size() > 1) text += fmt::format("### Readings of `{}`\n\n", account.name);
    text += wrapped(same_everywhere(account) + " " + movers(account)) + "\n" + reading_table(account);
  }
  text += "Readings are tried one at a time, never averaged; * marks those that framing adds by itself.\n\n";
  return text + between_accounts(accounts);
}

std::string section_claims(const std::vector<Account>& accounts) {
  std::size_t claims = 0;
  if (!accounts.empty())
    for (const auto& [id, row] : part(accounts.front().data, "rows").items())
      claims += row.value("concept", "") == "claims";
  if (claims == 0) return "";
  return fmt::format(
      "## 3. Claims\n\n{}\n",
      wrapped(fmt::format(
          "The account holds {} claim{}. This version does not test claims yet: it gives no verdict on {}.",
          claims, claims == 1 ? "" : "s", claims == 1 ? "it" : "them")));
}

}  // namespace parley::report
