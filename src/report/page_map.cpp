// SPDX-License-Identifier: MIT
// Sections 5 and 6: named packages on the map; what orders alone decide and the order of salience that would.
#include <fmt/format.h>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

std::vector<std::string> package_row(const Account& account, const Json& column, const std::string& id,
                                     const Json& package) {
  std::vector<std::string> row = {account.name, id};
  if (package.contains("not_placed")) {
    row.push_back("not placed: " + package.value("not_placed", ""));
    return row;
  }
  row.push_back(percent(package["in_zone"]));
  for (const auto& party : column["parties"]) {
    const Json& place = package.value(party.get<std::string>(), Json::object());
    const Json& up = place["given_up"];
    std::string text =
        fmt::format("{:.0f} % ({:.0f} to {:.0f}), {}", 100 * up.value("median", 0.0),
                    100 * up.value("low", 0.0), 100 * up.value("high", 0.0), place.value("by_orders", ""));
    if (!place["crosses"].empty()) text += "; crosses " + cite(account, place["crosses"]);
    row.push_back(text);
  }
  return row;
}

std::string best(const Account& account) {
  const Json& column = account.base();
  const Json& list = part(column, "best");
  if (list.empty()) return "";
  std::vector<std::string> levels;
  for (const auto& [issue, level] : list[0]["options"].items())
    levels.push_back(issue + " " + level.get<std::string>());
  return wrapped(fmt::format(
             "In `{}` the package that is most often the Nash point: {} (Nash point in {}, Kalai-Smorodinsky "
             "point in {}, in the zone in {} of worlds).",
             account.name, listed(levels), percent(list[0]["nash"]), percent(list[0]["kalai_smorodinsky"]),
             percent(list[0]["in_zone"]))) +
         "\n";
}

std::string salience_sentence(const Json& probe) {
  if (probe.value("decided", false)) return "";
  const std::string talks = probe.value("talks", "");
  if (!probe.value("found", false))
    return fmt::format(
        "Orders alone decide nothing at {}, and no order of salience or wish that Parley tried would decide "
        "it.",
        talks);
  std::vector<std::string> said;
  for (const auto& s : probe["statements"])
    said.push_back(s.value("wish", false)
                       ? fmt::format("{} would rather have {} {} than {}", s.value("party", ""),
                                     s.value("on", ""), s.value("more", ""), s.value("less", ""))
                       : fmt::format("{} weighs {} at least as much as {}", s.value("party", ""),
                                     s.value("more", ""), s.value("less", "")));
  const bool certain = probe.value("outcome", "") == "certain";
  std::string text = fmt::format(
      "Orders alone decide nothing at {}. The fewest further statements found that would: if {}, then {}",
      talks, listed(said),
      certain ? "an agreement is acceptable to all in every world"
              : "no package is acceptable to all in any world");
  if (certain)
    text +=
        fmt::format(" (the package: {})", fmt::join(probe["package"].get<std::vector<std::string>>(), ", "));
  return text +
         ". These are the inputs worth having first; leave out any one of them and the orders decide "
         "nothing.";
}

}  // namespace

std::string section_packages(const std::vector<Account>& accounts) {
  std::string text = "## 5. Where the named packages lie\n\n";
  std::vector<std::string> head = {"account", "package", "in the zone"};
  std::vector<std::vector<std::string>> rows;
  for (const auto& account : accounts) {
    const Json& column = account.base();
    if (!column.contains("packages")) continue;
    if (head.size() == 3)
      for (const auto& party : column["parties"]) head.push_back(party.get<std::string>() + " gives up");
    for (const auto& [id, package] : column["packages"].items())
      rows.push_back(package_row(account, column, id, package));
  }
  if (rows.empty()) return text + "The account names no package that fits its table.\n\n";
  text += table(head, rows);
  text +=
      wrapped(
          "Given up: the weighted share of its stakes that the package takes from a party against its ideal, "
          "every stake "
          "at its best; median, and lowest to highest over worlds. By orders alone a package is dead, open "
          "or necessary "
          "for a party against no deal. What a package leaves open stays as it is now where that is known.") +
      "\n";
  for (const auto& account : accounts) text += best(account);
  return text;
}

std::string section_orders(const std::vector<Account>& accounts) {
  std::string text = "## 6. What orders alone decide\n\n";
  for (const auto& account : accounts) {
    if (account.base().contains("zone"))
      text += wrapped(fmt::format("`{}`: by orders alone a zone is {}.", account.name,
                                  by_orders(account.base()["zone"])));
    for (const auto& probe : part(account.data, "salience")) {
      const std::string sentence = salience_sentence(probe);
      if (!sentence.empty()) text += wrapped(sentence);
    }
    text += "\n";
  }
  return text;
}

}  // namespace parley::report
