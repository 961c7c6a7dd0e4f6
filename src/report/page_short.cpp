// SPDX-License-Identifier: MIT
// The opening of the page: the answers in a few lines, each told at length below. Nothing is said here that
// is not said there, with its rows.
#include <fmt/format.h>

#include <algorithm>

#include "report/ask.hpp"
#include "report/page_parts.hpp"
#include "report/stability_words.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostOpeners = 2;

/// `framed`: the share is the placebo's, too, and is said apart.
std::string room(const std::string& when, const Json& table, bool framed) {
  const Json& zone = table["zone"];
  std::string text = fmt::format("{}, an agreement is {}", when, by_orders(zone));
  if (!framed && !decided(zone) && zone.value("of", std::int64_t{0}) > 0)
    text += fmt::format(", and there in {} of worlds", percent(zone));
  return text;
}

std::string agreement(const Account& account) {
  const auto bindings = readings_of(account, "by_binding");
  if (bindings.empty() || !account.base().contains("zone")) return "";
  const Json* placebo = placebo_zone(account).verdict;
  const bool framed =
      !decided(account.base()["zone"]) && placebo != nullptr && placebo->value("survives", false);
  std::vector<std::string> said;
  for (const auto& [id, column, table] : bindings) {
    if (!table.contains("zone") || id == "none") continue;
    said.push_back(room(id == "insists" ? "Where only what somebody insists on binds"
                                        : "where what somebody presses for binds, too",
                        table, framed && id == "insists"));
  }
  std::string text = fmt::format("{}.", fmt::join(said, "; "));
  if (framed)
    text += fmt::format(
        " In how many worlds ({}) is not for the account to say: with its content made unknown it is in {}.",
        percent(account.base()["zone"]), percent(placebo->value("other_share", 0.0)));
  return text;
}

/// The first thing that blocks every package by several rows together, under the line of `binding` that
/// leaves the least room.
std::string in_the_way(const Account& account) {
  for (const char* kind : {"follows", "collision", "asserted"})
    for (const auto& [id, column, table] : readings_of(account, "by_binding")) {
      if (!table.contains("zone") || table["zone"].value("share", 1.0) >= 0.5) continue;
      for (const auto& conflict : part(table, "conflicts")) {
        if (conflict.value("kind", "") != kind) continue;
        std::vector<std::string> said;
        Json cited = Json::array();
        for (const auto& one : conflict["ids"]) {
          const auto name = one.get<std::string>();
          if (name.starts_with("reservation:")) break;
          said.push_back(words(account, name));
          cited.push_back(one);
        }
        if (said.empty() || said.size() < conflict["ids"].size()) continue;
        return fmt::format("In the way stands that {} [{}].", listed(said), cite(account, cited));
      }
    }
  return "";
}

std::string who_opens(const Account& account) {
  for (const auto& [id, column, table] : readings_of(account, "by_binding"))
    if (table.contains("zone") && table["zone"].value("share", 1.0) < 0.5 &&
        !part(table, "openers_by_limits").empty())
      return fmt::format("By giving up what is stated a zone could be opened by {} of worlds.",
                         openers(account, table, kMostOpeners));
  return "";
}

/// What a share of worlds in which the present holds owes to the frame, or to silence, and not to the
/// account.
std::string not_its_own(const Account& account, const Json& game) {
  const std::string talks = game.contains("talks") && game["talks"].is_string() ? game["talks"] : "";
  for (const auto& test : part(account.data, "self_tests"))
    for (const auto& verdict : test.value("id", "") == "placebo" ? test["verdicts"] : Json::array())
      if (!talks.empty() && verdict.value("answer", "") == "stability:" + talks + ".now:seq" &&
          verdict.value("survives", false))
        return fmt::format(" (no more than with its content made unknown: {})",
                           percent(verdict.value("other_share", 0.0)));
  const Json& silent = part(game, "silent");
  if (silent.empty()) return "";
  const bool without_row =
      std::any_of(silent.begin(), silent.end(), [](const Json& one) { return part(one, "rows").empty(); });
  return without_row ? " (the account holds no row on what they want of much that they decide)"
                     : " (the account puts in no order what they want of much that they decide)";
}

std::string situations(const Account& account) {
  std::vector<std::string> said;
  for (const Json& game : games_of(part(part(part(account.data, "stability"), "by_alternative"), "base"))) {
    const Json& now = part(game, "now");
    if (!now.contains("equilibrium")) continue;
    const Json& share = now["equilibrium"]["seq"];
    const std::string who = listed(called(account, part(game, "decision_makers")));
    said.push_back(share.contains("open") ? fmt::format("in {} of worlds between {}: {} of what they decide",
                                                        percent(share), who, no_order_words(game))
                                          : fmt::format("in {} of worlds between {}{}", percent(share), who,
                                                        not_its_own(account, game)));
  }
  if (said.empty()) return "";
  return fmt::format("The present situation holds against credible replies {}.", fmt::join(said, "; "));
}

std::string rivals(const std::vector<Account>& accounts) {
  std::string text;
  for (const auto& account : accounts) {
    std::size_t opposite = 0;
    for (const auto& answer : part(part(account.data, "against"), "answers"))
      opposite += answer.value("difference", "") == "opposite" ? 1 : 0;
    if (opposite > 0)
      text +=
          bullet(fmt::format("**The account `{}`** gives the opposite answer to {} question{}; section 2 "
                             "says which of its rows make it so.",
                             account.name, opposite, opposite == 1 ? "" : "s"));
  }
  return text;
}

void add(std::string& text, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : " ") + more;
}

}  // namespace

std::string section_short(const std::vector<Account>& accounts) {
  if (accounts.empty()) return "";
  std::string text;
  for (const auto& view : views_of({accounts.front()})) {
    std::string said;
    for (const auto& more : {agreement(view), in_the_way(view), who_opens(view)}) add(said, more);
    if (!said.empty())
      text += bullet((view.talks.empty() ? "**An agreement.** "
                                         : fmt::format("**An agreement in the talks {}.** ", view.talks)) +
                     said);
  }
  const std::size_t found = part(accounts.front().data, "findings").size();
  if (found > 0)
    text += bullet(fmt::format("**What sentences say only together:** {} finding{}, the first below.", found,
                               found == 1 ? "" : "s"));
  if (const Json& claims = part(accounts.front().data, "claims"); !claims.empty())
    text += bullet(fmt::format("**Claims** ({}): {}.", claims.size(), claim_counts(claims, true)));
  if (const auto said = situations(accounts.front()); !said.empty())
    text += bullet("**The present.** " + said);
  text += rivals(accounts);
  return text.empty() ? "" : "## In short\n\n" + text + "\n";
}

}  // namespace parley::report
