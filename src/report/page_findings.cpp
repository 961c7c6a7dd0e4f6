// SPDX-License-Identifier: MIT
// What heads the page: findings that join sentences, and the audit of threats and promises.
#include <fmt/format.h>

#include <algorithm>

#include "report/page_parts.hpp"

namespace parley::report {
namespace {

/// "S09, S76; assumed: as_stability"
std::string origins(const Json& finding) {
  std::vector<std::string> said;
  for (const auto& sentence : part(finding, "sentences")) {
    const auto text = sentence.get<std::string>();
    const auto dot = text.find('.');
    said.push_back(dot == std::string::npos ? text : text.substr(dot + 1));
  }
  const auto assumed = finding.value("assumed", std::vector<std::string>{});
  return fmt::format("{}{}{}{}", fmt::join(said, ", "), said.empty() || assumed.empty() ? "" : "; ",
                     assumed.empty() ? "" : "assumed: ", fmt::join(assumed, ", "));
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

/// `number`: 0 = none.
std::string sentence(const Json& finding, std::size_t readings, std::size_t number) {
  return bullet(fmt::format("{}{}. [{}]{}{}", number > 0 ? fmt::format("({}) ", number) : "",
                            finding.value("words", ""), origins(finding), falls(finding),
                            where(finding, readings)));
}

std::size_t other_readings(const Account& account) {
  const std::size_t all = part(account.data, "by_alternative").size();
  return all > 0 ? all - 1 : 0;
}

}  // namespace

std::string findings_of_account(const Account& account) {
  const std::size_t readings = other_readings(account);
  std::string text;
  std::size_t said = 0;
  const Json& list = part(account.data, "findings");
  for (const auto& finding : list)
    if (said++ < kMostFindings) text += sentence(finding, readings, said);
  if (said > kMostFindings) text += fmt::format("- and {} more in results.json\n", said - kMostFindings);
  return text.empty()
             ? "Nothing joins: no two sentences pull against each other by signs and conditions alone.\n"
             : text;
}

namespace {

std::string question_words(const std::string& question) {
  if (question == "own_goals") return "Carried out, against its maker's own goals";
  if (question == "compliance") return "What it asks for, if it got it, against the same goals";
  if (question == "target") return "For those it is made to";
  if (question == "lifted") return "Does giving way end it";
  if (question == "undone") return "Could what is undertaken in return be undone";
  if (question == "others") return "Who else pays";
  return "Does the other side want it";
}

std::string audit_text(const Account& account, const Json& audit) {
  std::string text =
      fmt::format("*{}*, said in {}", audit.value("words", ""), cite(account, audit.value("row", "")));
  if (!part(audit, "restated").empty()) text += " and again in " + cite(account, audit["restated"]);
  text = wrapped(text + ":") + "\n";
  std::vector<std::string> unsaid;
  for (const auto& item : part(audit, "items")) {
    const std::string question = question_words(item.value("question", ""));
    if (item.value("said", false))
      text += bullet(fmt::format("{}: {}.", question, item.value("words", "")));
    else
      unsaid.push_back(fmt::format("{}? {}", question, item.value("words", "")));
  }
  if (!unsaid.empty())
    text += bullet(fmt::format("Questions that the account leaves open: {}.", fmt::join(unsaid, ". ")));
  return text + "\n";
}

}  // namespace

std::string audits_of_account(const Account& account) {
  std::string text;
  for (const auto& audit : part(account.data, "audits")) text += audit_text(account, audit);
  return text;
}

namespace {

/// Of a rival account: what it has beside the findings of the first.
Json fresh(const Account& first, const Account& account, std::size_t& same) {
  Json list = Json::array();
  for (const auto& finding : part(account.data, "findings")) {
    bool known = false;
    for (const auto& other : part(first.data, "findings")) known = known || other["id"] == finding["id"];
    if (known)
      ++same;
    else
      list.push_back(finding);
  }
  return list;
}

/// "(1), (3) and 2 of those in results.json"
std::string numbers(const Account& first, const Account& account, bool had) {
  std::vector<std::string> list;
  std::size_t at = 0, more = 0;
  for (const auto& finding : part(first.data, "findings")) {
    ++at;
    bool there = false;
    for (const auto& other : part(account.data, "findings")) there = there || other["id"] == finding["id"];
    if (there != had) continue;
    if (at <= kMostFindings)
      list.push_back(fmt::format("({})", at));
    else
      ++more;
  }
  if (more > 0) list.push_back(fmt::format("{} of those in results.json", more));
  return list.empty() ? "none" : listed(list);
}

std::string rival(const Account& first, const Account& account) {
  std::size_t same = 0, said = 0;
  const Json list = fresh(first, account, same);
  std::string text = wrapped(fmt::format(
      "**The account `{}`** has of these {}; it lacks {}{}", account.name, numbers(first, account, true),
      numbers(first, account, false), list.empty() ? ", and has no other." : ". It has these of its own:"));
  for (const auto& finding : list) {
    if (said == 0) text += "\n";
    if (said++ < kMostFindings) text += sentence(finding, other_readings(account), 0);
  }
  return text;
}

}  // namespace

std::string section_findings(const std::vector<Account>& accounts) {
  std::string text;
  for (const auto& account : accounts) {
    if (!account.data.contains("findings")) continue;
    if (account.name != accounts.front().name) {
      text += rival(accounts.front(), account) + "\n";
      continue;
    }
    text +=
        "**What sentences say together, and none of them alone.** In brackets the sentences and assumptions "
        "that each "
        "joins:\n\n" +
        findings_of_account(account) + "\n";
    const std::string audits = audits_of_account(account);
    if (!audits.empty()) text += "**Each threat and promise, asked the same questions:**\n\n" + audits;
  }
  return text;
}

}  // namespace parley::report
