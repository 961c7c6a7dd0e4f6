// SPDX-License-Identifier: MIT
// Section 1: what blocks every package (what follows from several sentences before mere collisions), who can
// open a zone, and how that hangs on where the line of `binding` is drawn.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "questions/answer_id.hpp"
#include "report/page_parts.hpp"

namespace parley::report {
namespace {

constexpr double kLeastConflictSaid = 0.05;  ///< a conflict in fewer worlds than this is left to results.json
constexpr std::size_t kMostConflicts = 4;

std::string what_binds(const std::string& binding) {
  if (binding == "insists") return "only what somebody insists on";
  if (binding == "presses") return "what somebody presses for, too";
  return "nothing that is stated";
}

/// "the United States signs nothing worse than no deal"
std::string id_words(const Account& account, const std::string& id) {
  if (id.starts_with("reservation:"))
    return called(account, id.substr(12)) + " signs nothing worse for it than no deal";
  return words(account, id);
}

std::string conflict_sentence(const Account& account, const Json& conflict) {
  std::vector<std::string> said;
  for (const auto& id : conflict.at("ids")) said.push_back(id_words(account, id.get<std::string>()));
  std::string text = capital(listed(said));
  std::set<std::string> held;
  for (const auto& id : part(conflict, "held")) held.insert(id.get<std::string>().substr(5));
  if (said.size() > 1)
    text += ": no package meets " + std::string(said.size() == 2 ? "both" : "all of these");
  if (said.size() == 1) text += ": no package meets this";
  if (!held.empty())
    text += fmt::format(", because {} {} where {} now unless the agenda opens {} ({})",
                        listed({held.begin(), held.end()}), held.size() == 1 ? "stays" : "stay",
                        held.size() == 1 ? "it is" : "they are", held.size() == 1 ? "it" : "them",
                        cite(account, part(conflict, "held_rows")));
  const double share = conflict.value("share", 0.0);
  text += share >= 1 ? ". So in every world." : fmt::format(". So in {} of worlds.", percent(conflict));
  std::set<std::string> rows;
  Json cited = Json::array();
  for (const auto& id : conflict.at("ids"))
    if (!id.get<std::string>().starts_with("reservation:")) cited.push_back(id);
  if (!cited.empty()) text += " Rows: " + cite(account, cited) + ".";
  if (cited.size() < conflict.at("ids").size()) text += " What no deal rests on stands below.";
  return text;
}

std::string conflicts_of_kind(const Account& account, const Json& column, const std::string& kind) {
  std::string text;
  std::size_t said = 0, more = 0;
  for (const auto& conflict : part(column, "conflicts")) {
    if (conflict.value("kind", "") != kind || conflict.value("share", 0.0) < kLeastConflictSaid) continue;
    if (said++ < kMostConflicts)
      text += bullet(conflict_sentence(account, conflict));
    else
      ++more;
  }
  if (more > 0) text += fmt::format("- and {} more of this kind in results.json\n", more);
  return text;
}

/// Where the account says what opening a zone would mean for who opens it: the finding that does.
std::string what_that_means(const Account& account, const std::string& owner) {
  std::size_t at = 0;
  for (const auto& finding : part(account.data, "findings")) {
    ++at;
    const std::string id = finding.value("id", "");
    const auto opening = questions::finding_answer_id(id);
    if (opening.question != "opening" || opening.about.size() != 2 || opening.about[1] != owner) continue;
    if (!account.talks.empty() && opening.about[0] != account.talks) continue;
    return at <= kMostFindings ? fmt::format(". What that would mean for {} by this account: ({}) above",
                                             called(account, owner), at)
                               : ". What that would mean: " + finding.value("words", "");
  }
  return "";
}

/// "- us alone: us_agenda (S19), us_missiles (S28, S33) and us_network (S28, S37) in 75 %"
std::string what_opens(const Account& account, const Json& column) {
  constexpr std::size_t kMostOwners = 3, kMostWays = 2;
  std::string text;
  std::size_t said = 0;
  for (const auto& opener : part(column, "openers_by_limits")) {
    if (said == kMostOwners || opener.value("share", 0.0) < kLeastConflictSaid) break;
    std::vector<std::string> ways;
    for (const auto& way : part(column, "relaxations")) {
      if (way["owners"] != opener["owners"] || ways.size() == kMostWays) continue;
      std::vector<std::string> given;
      for (const auto& id : way["ids"]) given.push_back(cite(account, id.get<std::string>()));
      // What somebody would sign although it is worse than no deal is no limit that was stated.
      if (std::none_of(way["ids"].begin(), way["ids"].end(),
                       [](const Json& id) { return id.get<std::string>().starts_with("reservation:"); }))
        ways.push_back(fmt::format("{} in {}", listed(given), percent(way.value("share", 0.0))));
    }
    if (ways.empty()) continue;
    ++said;
    const auto owners = opener["owners"].get<std::vector<std::string>>();
    text += bullet(fmt::format("{}{}, giving up {}{}", capital(listed(called(account, opener["owners"]))),
                               owners.size() == 1 ? " alone" : " together", fmt::join(ways, "; or "),
                               owners.size() == 1 ? what_that_means(account, owners.front()) : ""));
  }
  return text.empty() ? "" : "What would have to be given up, in which share of worlds:\n\n" + text + "\n";
}

std::string opening_sentence(const Account& account, const Json& column) {
  const Json& zone = column["zone"];
  if (zone.value("of", std::int64_t{0}) == 0) return "";
  if (zone.value("share", 0.0) >= 1)
    return "In every drawn world some package is acceptable to all: nobody needs to concede.";
  const bool never = !zone.value("possible", false) && zone.value("proved", false);
  std::string text = never ? "No package is acceptable to all in any world. "
                           : fmt::format("In {} of worlds no package is acceptable to all. ",
                                         percent(1 - zone.value("share", 0.0)));
  if (!part(column, "openers_by_limits").empty())
    text += fmt::format(
        "Who could open a zone there by giving up what is stated, everybody still signing nothing worse than "
        "no deal: {}. ",
        openers(account, column, 4));
  if (part(column, "limits").empty())
    return text + fmt::format(
                      "No limit is stated that somebody could give up: somebody would have to sign what is "
                      "worse for it than no deal: {}. Shares are of all worlds.",
                      openers(account, column, 3, "openers"));
  if (part(column, "no_opener").value("share", 0.0) > 0)
    text += fmt::format(
        "In {} no stated limit would do: somebody would have to sign what is worse for it than no deal. Were "
        "that counted as a concession, too: {}. ",
        percent(column["no_opener"]), openers(account, column, 3, "openers"));
  return text +
         "Shares are of all worlds, and one world may be opened in several ways; limits of one actor that "
         "must yield together are one concession.";
}

std::string clashes(const Account& account, const Json& column) {
  std::string text;
  for (const auto& clash : part(column, "clashes"))
    text += bullet(fmt::format("Of {}, {}, so no world is consistent with the account: {}.",
                               called(account, clash.value("party", "")), clash.value("why", ""),
                               cite(account, clash["rows"])));
  return text;
}

/// A proof needs no share: sampling adds nothing to it.
std::string in_worlds(const Json& zone) {
  if (zone.value("of", 0) == 0) return "no world is consistent with the account";
  if (zone.value("necessary", false)) return "it is there in every world";
  if (!zone.value("possible", false) && zone.value("proved", false)) return "it is there in no world";
  return fmt::format("it is there in {} of worlds", percent(zone));
}

/// How much of a share is draws of what no row speaks of.
std::string rests_on_silence(const Account& account, const Json& column) {
  std::size_t without_row = 0, named = 0;
  for (const auto& one : part(column, "silent")) ++(part(one, "rows").empty() ? without_row : named);
  if (without_row + named == 0 || decided(column["zone"])) return "";
  std::vector<std::string> wholly;
  for (const auto& party : part(column, "wholly_silent"))
    wholly.push_back(called(account, party.get<std::string>()));
  std::vector<std::string> what;
  if (without_row > 0)
    what.push_back(fmt::format("holds no row on what parties want of {} of their stakes", without_row));
  if (named > 0)
    what.push_back(fmt::format("puts in no order what {} of {} that rows name",
                               without_row > 0 ? "they want" : "parties want",
                               named == 1 ? "one stake" : fmt::format("{} stakes", named)));
  std::string text = fmt::format(
      " The account {} (section 8): every order of these is drawn alike, and the share rests on that draw.",
      fmt::join(what, ", and "));
  if (!wholly.empty())
    text += fmt::format(" It holds no row on what {} wants of anything here.", fmt::join(wholly, " or "));
  return text;
}

std::string one_line(const Account& account, const std::string& binding, const Json& column) {
  std::string text = fmt::format("**If {} binds** (`binding={}`): ", what_binds(binding), binding);
  if (!column.contains("zone"))
    return text + column.value("no_table", column.value("not_answered", "")) + "\n\n";
  if (column["zone"].value("of", std::int64_t{0}) == 0 && !column["zone"].value("proved", false))
    return text + "no world is consistent with the account.\n\n" + clashes(account, column) + "\n";
  const std::string packages = column.value("n_packages", "0"), within = column.value("within_limits", "0");
  text += fmt::format(
      "{} packages can be put together on this table, {} of them within every limit. By orders alone a zone "
      "of agreement is {}; {}.",
      packages, within, by_orders(column["zone"]), in_worlds(column["zone"]));
  text += rests_on_silence(account, column);
  text = wrapped(text) + "\n";
  text += clashes(account, column);
  for (const auto& [kind, title] :
       {std::pair{"follows", "What follows from several rows together:"},
        std::pair{"collision", "Mere collisions:"}, std::pair{"asserted", "Asserted by one row:"}}) {
    const std::string list = conflicts_of_kind(account, column, kind);
    if (!list.empty()) text += std::string(title) + "\n\n" + list + "\n";
  }
  return text + wrapped(opening_sentence(account, column)) + "\n" + what_opens(account, column);
}

/// Of a rival account, for a line of binding that is not printed whole: what blocks every package in some
/// world.
std::string what_blocks(const Account& account, const Reading& binding) {
  std::string text;
  for (const auto& [kind, title] :
       {std::pair{"follows", "What follows from several rows together:"},
        std::pair{"collision", "Mere collisions:"}, std::pair{"asserted", "Asserted by one row:"}}) {
    const std::string list = conflicts_of_kind(account, binding.table, kind);
    if (!list.empty()) text += std::string(title) + "\n\n" + list + "\n";
  }
  if (text.empty()) return "";
  return fmt::format("What blocks if {} binds (`binding={}`):\n\n", what_binds(binding.id), binding.id) +
         text;
}

/// What no deal is worth rests on rows, too (rule 8).
std::string no_deal_rows(const Account& account) {
  std::string text;
  for (const auto& [id, rows] : part(account.base(), "reservations").items())
    if (!rows.empty())
      text += bullet(fmt::format("What no deal is worth to {} rests on {}.", called(account, id.substr(12)),
                                 cite(account, rows)));
  return text.empty() ? "" : text + "\n";
}

}  // namespace

std::string ratification_of(const Account& account) {
  std::string text;
  for (const auto& one : part(account.base(), "ratification")) {
    Json cited = Json::array();
    for (const char* rows : {"limits", "preferences"})
      for (const auto& row : part(one, rows)) cited.push_back(row);
    text += bullet(capital(one.value("words", "")) +
                   (cited.empty() ? "." : fmt::format(" [{}].", cite(account, cited))));
  }
  return text.empty() ? "" : "Who must ratify what:\n\n" + text + "\n";
}

namespace {

/// Rule 5: a share stands beside the share that the placebo gives.
std::string beside_placebo(const Account& account) {
  const auto [verdict, worlds] = placebo_zone(account);
  // Where nothing was drawn there is no share to set beside another.
  if (verdict == nullptr || part(account.base(), "zone").value("of", std::int64_t{0}) == 0) return "";
  return wrapped(fmt::format(
             "Read these shares beside the placebo: with every preference, commitment and mechanism made "
             "unknown, {} of worlds have a zone, against {} with them (the account as it is written, {} "
             "worlds "
             "each). {}",
             percent(verdict->value("other_share", 0.0)), percent(verdict->value("base_share", 0.0)), worlds,
             verdict->value("survives", false) ? "So that share is the frame's and not the account's."
                                               : "So the account makes that difference.")) +
         "\n";
}

std::string heading(const Account& account) {
  const std::string title = account.data.value("title", "");
  return fmt::format("### In the account {}{}\n\n", account.label(), title.empty() ? "" : ": " + title);
}

std::string follows_in(const Account& account, bool whole) {
  std::string text;
  const auto bindings = readings_of(account, "by_binding");
  if (bindings.empty()) text += one_line(account, "insists", account.base());
  // A rival account in short: its answer as written, and the table.
  for (std::size_t i = 0; i < bindings.size(); ++i)
    text += whole || i == 0 ? one_line(account, bindings[i].id, bindings[i].table)
                            : what_blocks(account, bindings[i]);
  std::vector<std::vector<std::string>> rows;
  for (const auto& [binding, column, table] : bindings)
    if (table.contains("zone"))
      rows.push_back({binding, std::to_string(table["limits"].size()), table.value("within_limits", ""),
                      by_orders(table["zone"]), worlds_with(table["zone"]), openers(account, table, 3)});
  if (!rows.empty())
    text += table({"binding", "limits", "packages within", "a zone, by orders alone", "worlds with a zone",
                   "who can open one"},
                  rows);
  return text + ratification_of(account) + beside_placebo(account) + no_deal_rows(account);
}

/// A reading that turns "some" into "none", or "all", or back.
std::string flips(const Account& account, const char* which, const std::string& when) {
  const auto readings = readings_of(account, which);
  const auto base =
      std::find_if(readings.begin(), readings.end(), [](const Reading& r) { return r.id == "base"; });
  if (base == readings.end() || !base->answered()) return "";
  const Json& zone = base->table["zone"];
  const double start = zone.value("share", 0.0);
  std::string text;
  for (const auto& reading : readings) {
    if (reading.id == "base" || !reading.answered()) continue;
    const Json& other = reading.table["zone"];
    const double share = other.value("share", 0.0);
    // A flip is a change that sampling alone could not have made: of a proof, or of shares that lie apart.
    const bool crosses = (start > 0) != (share > 0) || (start >= 1) != (share >= 1);
    if (!crosses || !(decided(zone) || decided(other) || apart(zone, other))) continue;
    text +=
        bullet(fmt::format("{}: the reading `{}` ({}) flips whether there is a zone{}: worlds with one go "
                           "from {} to {}.",
                           account.label(), reading.id,
                           part(account.data["by_alternative"], reading.id.c_str()).value("reading", ""),
                           when, worlds_with(zone), worlds_with(other)));
  }
  return text;
}

}  // namespace

std::string section_follows(const std::vector<Account>& accounts) {
  std::string text =
      "## 1. What follows: what sentences say together, what stands in the way, and who could open it\n\n" +
      section_findings(accounts) + "**What stands in the way of an agreement, and who could open one.**\n\n" +
      wrapped(
          "A *package* puts one level on each issue of the talks. The *zone* holds the packages that keep to "
          "every limit that binds and that everybody prefers to no deal. *By orders alone* is by proof "
          "from what is stated, whatever the weights. The *placebo* is the same account with its content "
          "made unknown.") +
      "\n";
  const auto views = views_of(accounts);
  for (const auto& view : views) {
    if (views.size() > 1) text += heading(view);
    text += follows_in(view, view.name == accounts.front().name);
  }
  return text;
}

std::string section_collisions(const std::vector<Account>& accounts) {
  std::string text;
  for (const auto& account : views_of(accounts)) {
    std::set<std::string> said;
    for (const auto& [binding, column, table] : readings_of(account, "by_binding"))
      for (const auto& conflict : part(table, "conflicts"))
        if (conflict.value("kind", "") == "collision" && said.insert(conflict["ids"].dump()).second)
          text +=
              bullet(fmt::format("{}, binding={}: {} say the two sides of one issue; this restates the text "
                                 "and adds nothing.",
                                 account.label(), binding, cite(account, conflict["ids"])));
    text += flips(account, "by_alternative", "");
    text += flips(account, "by_alternative_pressed", " if what somebody presses for binds, too");
  }
  if (text.empty() && std::none_of(accounts.begin(), accounts.end(), answered))
    text = "Not worked out: no table was answered.\n";
  return "## 4. What blocks by mere collision, and which reading flips something\n\n" +
         (text.empty() ? "Nothing.\n\n" : text + "\n");
}

}  // namespace parley::report
