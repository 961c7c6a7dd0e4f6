// SPDX-License-Identifier: MIT
// Section 1: what blocks every package (what follows from several sentences before mere collisions), who can
// open a zone, and how that hangs on where the line of `binding` is drawn.
#include <fmt/format.h>

#include <set>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

constexpr double kWorthSaying = 0.05;  ///< a conflict in fewer worlds than this is left to results.json
constexpr std::size_t kMostConflicts = 4;

std::string what_binds(const std::string& binding) {
  if (binding == "insists") return "only what somebody insists on";
  if (binding == "presses") return "what somebody presses for, too";
  return "nothing that is stated";
}

/// "us accepts nothing worse than no deal"
std::string id_words(const Account& account, const std::string& id) {
  if (id.starts_with("reservation:")) return id.substr(12) + " signs nothing worse for it than no deal";
  return words(account, id);
}

std::string conflict_sentence(const Account& account, const Json& conflict) {
  std::vector<std::string> said;
  for (const auto& id : conflict.at("ids")) said.push_back(id_words(account, id.get<std::string>()));
  std::string text = listed(said);
  std::set<std::string> held;
  for (const auto& id : part(conflict, "held")) held.insert(id.get<std::string>().substr(5));
  if (said.size() > 1)
    text += ": no package meets " + std::string(said.size() == 2 ? "both" : "all of these");
  if (said.size() == 1) text += ": no package meets this";
  if (!held.empty())
    text += fmt::format(", because {} {} where {} now unless the agenda opens {}",
                        listed({held.begin(), held.end()}), held.size() == 1 ? "stays" : "stay",
                        held.size() == 1 ? "it is" : "they are", held.size() == 1 ? "it" : "them");
  const double share = conflict.value("share", 0.0);
  text += share >= 1 ? ". So in every world." : fmt::format(". So in {} of worlds.", percent(conflict));
  std::set<std::string> rows;
  Json cited = Json::array();
  for (const auto& id : conflict.at("ids"))
    if (!id.get<std::string>().starts_with("reservation:")) cited.push_back(id);
  if (!cited.empty()) text += " Rows: " + cite(account, cited) + ".";
  return text;
}

std::string conflicts_of_kind(const Account& account, const Json& column, const std::string& kind) {
  std::string text;
  std::size_t said = 0, more = 0;
  for (const auto& conflict : part(column, "conflicts")) {
    if (conflict.value("kind", "") != kind || conflict.value("share", 0.0) < kWorthSaying) continue;
    if (said++ < kMostConflicts)
      text += bullet(conflict_sentence(account, conflict));
    else
      ++more;
  }
  if (more > 0) text += fmt::format("- and {} more of this kind in results.json\n", more);
  return text;
}

std::string opening_sentence(const Json& column) {
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
        openers(column, 4));
  if (part(column, "no_opener").value("share", 0.0) > 0)
    text += fmt::format(
        "In {} no stated limit would do: somebody would have to sign what is worse for it than no deal. Were "
        "that counted as a concession, too, over all worlds without a zone: {}. ",
        percent(column["no_opener"]), openers(column, 3, "openers"));
  return text + "Shares are of all worlds; limits of one actor that must yield together are one concession.";
}

std::string clashes(const Account& account, const Json& column) {
  std::string text;
  for (const auto& clash : part(column, "clashes"))
    text += bullet(fmt::format(
        "What {} is said to want on {} contradicts itself, so no world is consistent with the account: {}.",
        clash.value("party", ""), clash.value("on", ""), cite(account, clash["rows"])));
  return text;
}

/// A proof needs no share: sampling adds nothing to it.
std::string in_worlds(const Json& zone) {
  if (zone.value("of", 0) == 0) return "no world is consistent with the account";
  if (zone.value("necessary", false)) return "it is there in every world";
  if (!zone.value("possible", false) && zone.value("proved", false)) return "it is there in no world";
  return fmt::format("it is there in {} of worlds", percent(zone));
}

std::string one_line(const Account& account, const std::string& binding, const Json& column) {
  std::string text = fmt::format("**If {} binds** (`binding={}`): ", what_binds(binding), binding);
  if (!column.contains("zone"))
    return text + column.value("no_table", column.value("not_answered", "")) + "\n\n";
  const std::string packages = column.value("n_packages", "0"), within = column.value("within_limits", "0");
  text += fmt::format(
      "{} packages can be put together on this table, {} of them within every limit. By orders alone a zone "
      "of agreement is {}; {}.",
      packages, within, by_orders(column["zone"]), in_worlds(column["zone"]));
  text = wrapped(text) + "\n";
  text += clashes(account, column);
  for (const auto& [kind, title] :
       {std::pair{"follows", "What follows from several rows together:"},
        std::pair{"collision", "Mere collisions:"}, std::pair{"asserted", "Asserted by one row:"}}) {
    const std::string list = conflicts_of_kind(account, column, kind);
    if (!list.empty()) text += std::string(title) + "\n\n" + list + "\n";
  }
  return text + wrapped(opening_sentence(column)) + "\n";
}

}  // namespace

namespace {

/// Rule 5: a share stands beside the share that the placebo gives.
std::string beside_placebo(const Account& account) {
  for (const auto& test : part(account.data, "self_tests")) {
    if (test.value("id", "") != "placebo") continue;
    for (const auto& v : test["verdicts"])
      if (v.value("answer", "").ends_with(".zone"))
        return wrapped(fmt::format("Read shares beside the placebo: with every preference, commitment and "
                                   "mechanism made unknown, "
                                   "{} of worlds have a zone, against {} with them (the account as it is "
                                   "written, {} worlds each). "
                                   "{}",
                                   percent(v.value("other_share", 0.0)), percent(v.value("base_share", 0.0)),
                                   test.value("worlds", 0),
                                   v.value("survives", false)
                                       ? "So that share is the frame's and not the account's."
                                       : "So the account makes that difference.")) +
               "\n";
  }
  return "";
}

}  // namespace

std::string section_follows(const std::vector<Account>& accounts) {
  std::string text = "## 1. What follows: what stands in the way of an agreement, and who could open one\n\n";
  for (const auto& account : accounts) {
    if (accounts.size() > 1)
      text +=
          fmt::format("### In the account `{}`{}\n\n", account.name,
                      account.data.value("title", "").empty() ? "" : ": " + account.data.value("title", ""));
    text += beside_placebo(account);
    const Json& bindings = part(account.data, "by_binding");
    if (bindings.empty()) text += one_line(account, "insists", account.base());
    // A rival account in short: its answer as written, and the table.
    const bool whole = &account == &accounts.front();
    for (const auto& [binding, column] : bindings.items())
      if (whole || &column == &bindings.begin().value()) text += one_line(account, binding, column);
    std::vector<std::vector<std::string>> rows;
    for (const auto& [binding, column] : bindings.items())
      if (column.contains("zone"))
        rows.push_back({binding, std::to_string(column["limits"].size()), column.value("within_limits", ""),
                        by_orders(column["zone"]), percent(column["zone"]), openers(column, 3)});
    if (!rows.empty())
      text += table({"binding", "limits", "packages within", "a zone, by orders alone", "worlds with a zone",
                     "who can open one"},
                    rows);
  }
  return text;
}

std::string section_collisions(const std::vector<Account>& accounts) {
  std::string text = "## 4. What blocks by mere collision, and which reading flips something\n\n";
  bool any = false;
  for (const auto& account : accounts) {
    std::set<std::string> said;
    for (const auto& [binding, column] : part(account.data, "by_binding").items())
      for (const auto& conflict : part(column, "conflicts"))
        if (conflict.value("kind", "") == "collision" && said.insert(conflict["ids"].dump()).second) {
          any = true;
          text += bullet(fmt::format(
              "`{}`, binding={}: {} say the two sides of one issue; this restates the text and adds nothing.",
              account.name, binding, cite(account, conflict["ids"])));
        }
    const double base = account.base().contains("zone") ? account.base()["zone"].value("share", 0.0) : 0;
    for (const auto& [id, column] : account.data["by_alternative"].items()) {
      if (id == "base" || !column.contains("zone")) continue;
      const double share = column["zone"].value("share", 0.0);
      if ((base > 0) != (share > 0) || (base >= 1) != (share >= 1)) {
        any = true;
        text += bullet(fmt::format(
            "`{}`: the reading `{}` ({}) flips whether there is a zone: worlds with one go from {} to {}.",
            account.name, id, column.value("reading", ""), percent(base), percent(share)));
      }
    }
  }
  return text + (any ? "\n" : "Nothing.\n\n");
}

}  // namespace parley::report
