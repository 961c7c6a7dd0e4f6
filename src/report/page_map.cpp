// SPDX-License-Identifier: MIT
// Sections 5 and 6: named packages on the map; what orders alone decide and the order of salience that would.
#include <fmt/format.h>

#include <algorithm>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

/// Where worlds differ by more than this, the middle of them says how Parley draws and not what the account
/// says: then the range alone is printed.
constexpr double kWide = 0.5;

constexpr const char* kGivenUp =
    "Given up: the weighted share of its stakes that the package takes from a party against its ideal, every "
    "stake at its best: median, lowest and highest over worlds; the two ends alone where they lie so far "
    "apart "
    "that preferences nobody stated decide. By orders alone a package is dead (worse than no deal), "
    "necessary "
    "(better) or open for a party. What a package leaves open stays as it is now where that is known.";

std::string given_up(const Json& up) {
  const double low = 100 * up.value("low", 0.0), high = 100 * up.value("high", 0.0);
  if (high - low > 100 * kWide) return fmt::format("{:.0f} to {:.0f} %", low, high);
  return fmt::format("{:.0f} % ({:.0f} to {:.0f})", 100 * up.value("median", 0.0), low, high);
}

std::vector<std::string> package_row(const Account& account, const Json& column, const std::string& id,
                                     const Json& package, bool name_party) {
  std::vector<std::string> row = {account.talks.empty() ? account.name : account.name + ", " + account.talks,
                                  called(account, id)};
  if (package.contains("not_placed")) {
    row.push_back("not placed: " + package.value("not_placed", ""));
    return row;
  }
  bool crosses = false, certain = package.value("within_limits", true);
  for (const auto& party : column["parties"]) {
    const Json& place = part(package, party.get<std::string>().c_str());
    crosses = crosses || !part(place, "crosses").empty();
    certain = certain && place.value("by_orders", "") == "necessary";
  }
  std::string ratified;
  for (const auto& one : part(column, "ratification")) {
    const std::string who = one.value("ratifier", "");
    const Json& place = part(package, who.c_str());
    crosses = crosses || !part(place, "crosses").empty();
    const std::string stands = place.value("by_orders", "");
    certain = certain && (stands.empty() || stands == "necessary");
    if (!part(place, "crosses").empty())
      ratified += fmt::format("; {} bars it: {}", called(account, who), cite(account, place["crosses"]));
    else if (place.value("by_orders", "") == "dead")
      ratified += fmt::format("; {} would not ratify it (proved)", called(account, who));
  }
  const Json& zone = column["zone"];
  const bool never = crosses || (zone.value("proved", false) && !zone.value("possible", false));
  row.push_back(never                                    ? "none (proved)"
                : certain && zone.value("proved", false) ? "all (proved)"
                                                         : percent(package["in_zone"]));
  row.back() += ratified;
  for (const auto& party : column["parties"]) {
    const Json& place = package.value(party.get<std::string>(), Json::object());
    std::string text = (name_party ? called(account, party.get<std::string>()) + ": " : "") +
                       given_up(place["given_up"]) + ", " + place.value("by_orders", "");
    if (!place["crosses"].empty()) text += "; crosses " + cite(account, place["crosses"]);
    row.push_back(text);
  }
  return row;
}

/// "Left open: a and b. The account holds no wish of a party on them."
std::string left_open_words(const Json& issues) {
  std::vector<std::string> list;
  for (const auto& issue : issues) list.push_back(issue.get<std::string>());
  return list.empty() ? ""
                      : fmt::format("Left open: {}. The account holds no wish of a party on {}.",
                                    listed(list), list.size() == 1 ? "it" : "them");
}

std::string best(const Account& account) {
  const Json& column = account.base();
  const Json& list = part(column, "best");
  if (list.empty()) return "";
  std::vector<std::string> levels;
  for (const auto& [issue, level] : list[0]["options"].items())
    levels.push_back(issue + " " + level.get<std::string>());
  std::string rest = left_open_words(part(column, "left_open"));
  if (levels.empty())
    return wrapped(fmt::format("In {} no package is named as fair. {}", account.label(), rest)) + "\n";
  if (!rest.empty()) rest = " " + rest;
  const bool stands_out = list[0]["nash"].value("share", 0.0) >= 0.5;
  return wrapped(fmt::format(
             "In {} {}: {}. It is so in {} of worlds by the one rule and in {} by the other, and acceptable "
             "to "
             "all in {}{}{}",
             account.label(),
             stands_out ? "one package stands out as fair by the usual rules of fair division (Nash: the "
                          "largest product "
                          "of what each gains over no deal; Kalai and Smorodinsky: equal shares of what each "
                          "could gain)"
                        : "no package stands out as fair. By the usual rules of fair division (Nash: the "
                          "largest product of "
                          "what each gains over no deal; Kalai and Smorodinsky: equal shares of what each "
                          "could gain) the one "
                          "that comes out most often is",
             listed(levels), percent(list[0]["nash"]), percent(list[0]["kalai_smorodinsky"]),
             percent(list[0]["in_zone"]),
             stands_out ? "." : "; in most worlds it is another, so this is no recommendation.", rest)) +
         "\n";
}

std::string salience_sentence(const Account& account, const Json& probe) {
  if (probe.value("decided", false)) return "";
  const std::string talks = probe.value("talks", "");
  if (!probe.value("found", false))
    return fmt::format(
        "Orders alone decide nothing at {}, and no orders of salience or wishes that Parley tried would make "
        "one package acceptable to all in every world, or shut out every one. (Where the present is unknown, "
        "another package may do for each; section 8 says what single answers would change.)",
        talks);
  std::vector<std::string> said;
  for (const auto& s : probe["statements"])
    said.push_back(
        s.value("wish", false)
            ? fmt::format("{} would rather have {} {} than {}", called(account, s.value("party", "")),
                          s.value("on", ""), s.value("more", ""), s.value("less", ""))
            : fmt::format("{} weighs {} at least as much as {}", called(account, s.value("party", "")),
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
  if (const std::string rest = left_open_words(part(probe, "left_open")); certain && !rest.empty())
    text += fmt::format(". {} The proof is of a package that leaves that as it is without a deal", rest);
  return text +
         ". These are the inputs worth having first; leave out any one of them and the orders decide "
         "nothing.";
}

}  // namespace

std::string section_packages(const std::vector<Account>& accounts) {
  std::string text = "## 5. Where the named packages lie\n\n";
  std::vector<std::string> head = {"account", "package", "in the zone"};
  std::vector<std::vector<std::string>> rows;
  const auto views = views_of(accounts);
  std::size_t most = 0;
  for (const auto& account : views) most = std::max(most, part(account.base(), "parties").size());
  const bool same = std::all_of(views.begin(), views.end(), [&](const Account& account) {
    return part(account.base(), "parties") == part(views.front().base(), "parties");
  });
  for (std::size_t p = 0; p < most; ++p)
    head.push_back(same ? called(views.front(), part(views.front().base(), "parties")[p].get<std::string>()) +
                              " gives up"
                        : fmt::format("party {} gives up", p + 1));
  for (const auto& account : views)
    for (const auto& [id, package] : part(account.base(), "packages").items())
      rows.push_back(package_row(account, account.base(), id, package, !same));
  if (rows.empty()) text += "The account names no package that fits its table.\n\n";
  if (!rows.empty()) text += table(head, rows) + wrapped(kGivenUp) + "\n";
  for (const auto& account : views)
    for (const auto& [id, package] : part(account.base(), "packages").items())
      if (const std::string open = left_open_words(part(package, "left_open")); !open.empty())
        text += wrapped(fmt::format("{}`{}`: {}", views.size() > 1 ? account.label() + ", " : "", id, open));
  for (const auto& account : views) text += best(account);
  return text;
}

std::string section_orders(const std::vector<Account>& accounts) {
  std::string text = "## 6. What orders alone decide\n\n";
  if (std::none_of(accounts.begin(), accounts.end(), answered))
    return text + "Not worked out: no table was answered.\n\n";
  for (const auto& account : views_of(accounts)) {
    if (account.base().contains("zone"))
      text += wrapped(fmt::format("{}: by orders alone a zone is {}.", account.label(),
                                  by_orders(account.base()["zone"])));
    for (const auto& probe : part(account.data, "salience")) {
      if (!account.talks.empty() && probe.value("talks", "") != account.talks) continue;
      const std::string sentence = salience_sentence(account, probe);
      if (!sentence.empty()) text += wrapped(sentence);
    }
    text += "\n";
  }
  return text;
}

}  // namespace parley::report
