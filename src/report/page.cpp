// SPDX-License-Identifier: MIT
#include "report/page.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <set>

#include "questions/answer_id.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/results_parts.hpp"

namespace parley::report {
namespace {

const Json& rows(const Account& account) { return part(account.data, "rows"); }

}  // namespace

const Json& part(const Json& object, const char* name) {
  static const Json none = Json::object();
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string Account::label() const {
  return talks.empty() ? fmt::format("`{}`", name) : fmt::format("`{}` (talks {})", name, talks);
}

std::vector<Account> accounts_of(const Json& results) {
  std::vector<Account> list;
  for (const auto& [name, data] : results.at("by_account").items()) list.push_back({name, data, ""});
  return list;
}

std::vector<Account> views_of(const std::vector<Account>& accounts) {
  std::vector<Account> list;
  for (const auto& account : accounts) {
    const Json& tables = part(account.base(), "tables");
    if (tables.empty()) list.push_back(account);
    for (const auto& [talks, table] : tables.items()) list.push_back({account.name, account.data, talks});
  }
  return list;
}

std::vector<Reading> readings_of(const Account& account, const char* which) {
  std::vector<Reading> list;
  for (const auto& [id, column] : part(account.data, which).items())
    list.push_back({id, column, account.table(column)});
  return list;
}

std::string percent(double share) {
  const double p = 100 * share;
  if (p > 0 && p < 1) return "under 1 %";
  if (p < 100 && p > 99) return "over 99 %";
  return fmt::format("{:.0f} %", p);
}

std::string percent(const Json& share) {
  if (share.contains("open"))
    return fmt::format("{:.0f} to {:.0f} % (open)", std::floor(100 * share.value("low", 0.0)),
                       std::ceil(100 * share.value("high", 1.0)));
  return fmt::format("{} ({:.0f} to {:.0f})", percent(share.value("share", 0.0)),
                     std::floor(100 * share.value("low", 0.0)), std::ceil(100 * share.value("high", 1.0)));
}

bool decided(const Json& zone) {
  return zone.value("necessary", false) || (!zone.value("possible", false) && zone.value("proved", false));
}

std::string worlds_with(const Json& zone) {
  if (zone.value("of", 0) == 0) return "no world";
  if (decided(zone)) return zone.value("necessary", false) ? "all (proved)" : "none (proved)";
  return percent(zone);
}

bool answered(const Account& account) {
  for (const auto& view : views_of({account}))
    if (view.base().contains("zone")) return true;
  return false;
}

bool apart(const Json& one, const Json& other) {
  return one.value("low", 0.0) > other.value("high", 1.0) || other.value("low", 0.0) > one.value("high", 1.0);
}

std::string by_orders(const Json& zone) {
  if (zone.value("of", 0) == 0) return "no consistent world";
  const bool possible = zone.value("possible", false), necessary = zone.value("necessary", false);
  if (necessary) return "certain (proved)";
  if (!possible) return zone.value("proved", false) ? "excluded (proved)" : "not found, and not excluded";
  return zone.value("proved", false) ? "possible, not certain (proved)"
                                     : "possible; certainty not proved either way";
}

std::string called(const Account& account, const std::string& actor) {
  const auto found = rows(account).find(actor);
  return found == rows(account).end() ? actor : found->value("name", found->value("label", actor));
}

std::vector<std::string> called(const Account& account, const Json& actors) {
  std::vector<std::string> list;
  for (const auto& actor : actors) list.push_back(called(account, actor.get<std::string>()));
  return list;
}

std::string cite(const Account& account, const std::string& row) {
  const auto found = rows(account).find(row);
  if (found == rows(account).end()) return row;
  std::vector<std::string> sentences;
  for (const auto& from : (*found)["from"]) {
    const auto text = from.get<std::string>();
    const auto dot = text.find('.');
    sentences.push_back(dot == std::string::npos ? text : text.substr(dot + 1));
  }
  // A row may rest on both: what the text says, and what the analyst took it to mean.
  std::string origin = fmt::format("{}", fmt::join(sentences, ", "));
  if (found->contains("assumed"))
    origin += fmt::format("{}assumed: {}", origin.empty() ? "" : "; ",
                          fmt::join((*found)["assumed"].get<std::vector<std::string>>(), ", "));
  return origin.empty() ? row : fmt::format("{} ({})", row, origin);
}

std::string cite(const Account& account, const Json& list) {
  std::vector<std::string> cited;
  for (const auto& row : list) cited.push_back(cite(account, row.get<std::string>()));
  return fmt::format("{}", fmt::join(cited, ", "));
}

std::string words(const Account& account, const std::string& row) {
  const auto found = rows(account).find(row);
  return found == rows(account).end() ? row : found->value("words", row);
}

Placebo placebo_zone(const Account& account) {
  const std::string talks = account.talks.empty() ? account.base().value("talks", "") : account.talks;
  for (const auto& test : part(account.data, "self_tests")) {
    if (test.value("id", "") != "placebo") continue;
    for (const auto& verdict : test["verdicts"]) {
      const auto id = questions::AnswerId::parse(verdict.value("answer", ""));
      if (id && id->is(questions::Lens::deals, "zone") && (talks.empty() || id->scope.name == talks))
        return {&verdict, test.value("worlds", 0)};
    }
  }
  return {};
}

std::string openers(const Account& account, const Json& column, std::size_t most, const char* which) {
  std::vector<std::string> list;
  for (const auto& one : part(column, which)) {
    if (list.size() >= most || (one.value("share", 0.0) < 0.005 && !list.empty())) break;
    const auto owners = called(account, one.at("owners"));
    list.push_back(fmt::format("{}{} {}", listed(owners), owners.size() == 1 ? " alone" : " together",
                               percent(one.value("share", 0.0))));
  }
  if (list.empty() && part(column, "zone").value("share", 0.0) >= 1) return "nobody needs to";
  if (list.empty())
    return part(column, "limits").empty() ? "no limit is stated" : "no limit given up would do";
  return fmt::format("{}", fmt::join(list, "; "));
}

namespace {

/// "S19 is a sentence of the source", where sentences are cited in that way.
std::string how_cited(const std::vector<Account>& accounts) {
  for (const auto& account : accounts)
    for (const auto& [id, row] : rows(account).items())
      for (const auto& from : part(row, "from")) {
        const auto text = from.get<std::string>();
        const auto dot = text.find('.');
        if (dot != std::string::npos && dot + 1 < text.size())
          return fmt::format(" {} is a sentence or place of the source `{}`.", text.substr(dot + 1),
                             text.substr(0, dot));
      }
  return "";
}

}  // namespace

std::string page(const Json& given) {
  const Json results = inert_json(known_only(given));
  const auto accounts = accounts_of(results);
  const Json& manifest = results.at("manifest");
  std::string text = "# ";
  const std::string title = accounts.empty() ? "" : accounts.front().data.value("title", "");
  text += (title.empty() && !accounts.empty() ? accounts.front().name : title) + "\n\n";
  text +=
      wrapped(fmt::format("This is what follows from the account{} as written; nothing here was checked "
                          "against the world. Parley solved {} bargaining "
                          "problems over {} worlds: draws of weights and values that agree with every stated "
                          "order. A share of worlds is no "
                          "probability. Numbers in brackets after a share are its 95 % sampling interval.{}",
                          accounts.size() > 1 ? "s" : "", manifest.value("problems", 0),
                          manifest.value("worlds", std::int64_t{0}), how_cited(accounts)));
  if (manifest.value("stopped", false))
    text += "\n" + wrapped("**Stopped early: what is here is complete, the rest is missing.**");
  text += "\n" + section_short(accounts) + section_follows(accounts) + section_comparisons(accounts) +
          section_claims(accounts) + section_collisions(accounts) + section_packages(accounts) +
          section_orders(accounts) + section_stability(accounts) + section_silence(accounts) +
          section_islands(accounts) + section_self_tests(accounts) + section_limits(results, accounts);
  return markdown(text);
}

std::string deals_page(const Json& given) {
  const Json results = inert_json(known_only(given));
  std::string text;
  for (const auto& account : accounts_of(results)) {
    text += fmt::format("## Account {}\n\n", account.name);
    std::vector<std::vector<std::string>> lines;
    for (const auto& [id, column] : account.data.at("by_alternative").items()) {
      if (!column.contains("zone")) {
        lines.push_back({id, column.value("no_table", column.value("not_answered", "")), "", "", ""});
        continue;
      }
      lines.push_back({id, by_orders(column["zone"]), worlds_with(column["zone"]),
                       openers(account, column, 2), column.value("reading", "")});
    }
    text += table({"reading", "a zone by orders alone", "worlds with a zone", "who can open one by conceding",
                   "in words"},
                  lines);
    for (const auto& view : views_of({account})) {
      const std::string ratified = ratification_of(view);
      if (!ratified.empty())
        text += "\n" + (view.talks.empty() ? "" : fmt::format("Talks {}. ", view.talks)) + ratified;
    }
  }
  return markdown(text);
}

}  // namespace parley::report
