// SPDX-License-Identifier: MIT
// Sections 2 and 3: what holds in every reading, the readings and the accounts side by side, claims.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/ask.hpp"
#include "report/compare.hpp"
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
  for (const auto& [id, column, table] : readings_of(account)) {
    if (!table.contains("zone")) continue;
    const double share = table["zone"].value("share", 0.0);
    if (share < range.low) range = {share, range.high, id, range.at_high};
    if (share > range.high) range = {range.low, share, range.at_low, id};
  }
  return range;
}

std::string first_opener(const Account& account, const Json& column) {
  const Json& list = part(column, "openers_by_limits");
  return list.empty() ? "" : listed(called(account, list[0]["owners"]));
}

std::string same_everywhere(const Account& account) {
  bool possible = true, excluded = true, certain = true, none_certain = true;
  std::string opener;
  bool same_opener = true;
  for (const auto& [id, column, table] : readings_of(account)) {
    if (!table.contains("zone")) continue;
    const Json& zone = table["zone"];
    const bool proved = zone.value("proved", false);
    possible = possible && zone.value("possible", false);
    excluded = excluded && !zone.value("possible", false) && proved;
    certain = certain && zone.value("necessary", false);
    none_certain = none_certain && !zone.value("necessary", false) && proved;
    const std::string first = first_opener(account, table);
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
  if (none_certain && !excluded) said.push_back("an agreement is not certain");
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
  for (const auto& [id, column, table] : readings_of(account)) {
    if (!table.contains("zone") || std::abs(table["zone"].value("share", 0.0) - start) <= kMoves) continue;
    list.push_back(fmt::format("`{}` to {}", id, percent(table["zone"].value("share", 0.0))));
  }
  if (list.empty())
    return fmt::format("No reading moves the share of worlds with a zone ({}) by more than 15 points.",
                       percent(start));
  return fmt::format("Readings that move the share of worlds with a zone ({}) by more than 15 points: {}.",
                     percent(start), listed(list));
}

/// Does a reading change anything worth a line: what orders decide, who opens, or the share by more than 3
/// points?
bool changes(const Account& account, const Json& column) {
  constexpr double kVisible = 0.03;
  const Json& base = account.base();
  return !base.contains("zone") || by_orders(base["zone"]) != by_orders(column["zone"]) ||
         first_opener(account, base) != first_opener(account, column) ||
         std::abs(base["zone"].value("share", 0.0) - column["zone"].value("share", 0.0)) > kVisible;
}

/// The same reading where what somebody presses for binds, too: "excluded (proved)", "possible, in 78 % ..."
std::string pressed_cell(const std::vector<Reading>& pressed, const std::string& id) {
  for (const auto& reading : pressed)
    if (reading.id == id && reading.answered()) return worlds_with(reading.table["zone"]);
  return "";
}

/// Under presses a difference must stand out of the sampling of fewer worlds.
bool changes_pressed(const std::vector<Reading>& pressed, const std::string& id) {
  const Reading *base = nullptr, *other = nullptr;
  for (const auto& reading : pressed) {
    if (reading.id == "base") base = &reading;
    if (reading.id == id) other = &reading;
  }
  if (base == nullptr || other == nullptr || !base->answered() || !other->answered()) return false;
  return by_orders(base->table["zone"]) != by_orders(other->table["zone"]) ||
         apart(base->table["zone"], other->table["zone"]);
}

std::string reading_table(const Account& account) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> same;
  const auto pressed = readings_of(account, "by_alternative_pressed");
  for (const auto& [id, column, table] : readings_of(account)) {
    if (!table.contains("zone")) continue;
    const std::string name = id + (column.value("automatic", false) ? " *" : "");
    if (id != "base" && !changes(account, table) && !changes_pressed(pressed, id)) {
      same.push_back(name);
      continue;
    }
    std::vector<std::string> row = {name, by_orders(table["zone"]), worlds_with(table["zone"]),
                                    openers(account, table, 2)};
    if (!pressed.empty()) row.push_back(pressed_cell(pressed, id));
    row.push_back(column.value("reading", ""));
    rows.push_back(std::move(row));
  }
  std::vector<std::string> head = {"reading", "a zone, by orders", "worlds with a zone", "who can open one"};
  if (!pressed.empty()) {
    std::int64_t worlds = 0;
    for (const auto& reading : pressed)
      if (reading.answered()) worlds = std::max(worlds, reading.table["zone"].value("of", std::int64_t{0}));
    head.emplace_back(fmt::format("worlds with a zone if pressing binds, too (of {})", worlds));
  }
  head.emplace_back("in words");
  std::string text = table(head, rows);
  if (!same.empty())
    text +=
        wrapped(fmt::format("No difference worth a line (within 3 points, same proof, same owner first): {}.",
                            fmt::join(same, ", "))) +
        "\n";
  return text;
}

/// Which rows a rival account changes.
std::string revisions(const std::vector<Account>& accounts) {
  std::string text;
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

std::string between_accounts(const std::vector<Account>& accounts) {
  if (accounts.size() < 2) return "";
  std::vector<std::string> head = {"as it is written"};
  for (const auto& account : accounts)
    head.push_back(account.talks.empty() ? account.name : account.name + ", talks " + account.talks);
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
  add("worlds with a zone", [](const Account& a) { return worlds_with(a.base()["zone"]); });
  add("who can open one", [](const Account& a) { return openers(a, a.base(), 3); });
  add("over all its readings", [](const Account& a) {
    const Range range = zone_range(a);
    return fmt::format("{} to {}", percent(range.low), percent(range.high));
  });
  return "### The accounts side by side\n\n" + table(head, rows);
}

}  // namespace

std::string section_comparisons(const std::vector<Account>& accounts) {
  std::string text = "## 2. What holds in every reading, and what the readings change\n\n";
  const auto views = views_of(accounts);
  for (const auto& account : views) {
    if (views.size() > 1) text += fmt::format("### Readings of {}\n\n", account.label());
    text += wrapped(same_everywhere(account) + " " + movers(account)) + "\n" + reading_table(account);
  }
  text += "Readings are tried one at a time, never averaged; * marks those that framing adds by itself.\n\n";
  if (accounts.size() > 1) text += between_accounts(views) + revisions(accounts);
  for (const auto& account : accounts)
    if (account.data.contains("against"))
      text += fmt::format("### Which premises explain where `{}` and `{}` part\n\n{}", accounts.front().name,
                          account.name, compare_summary(part(account.data, "against")));
  return text;
}

std::string section_claims(const std::vector<Account>& accounts) {
  if (accounts.empty()) return "";
  const Json& claims = part(accounts.front().data, "claims");
  if (claims.empty()) return "";
  return fmt::format("## 3. Claims\n\n{}\n", claims_text(claims, true));
}

}  // namespace parley::report
