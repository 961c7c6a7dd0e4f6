// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "questions/answer_id.hpp"
#include "report/ask.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/words.hpp"

namespace parley::report {
namespace {

constexpr const char* kVerdicts[] = {"entailed", "holds",        "contested",   "asserted",
                                     "fails",    "undetermined", "not_testable"};

std::string verdict_words(const std::string& verdict) {
  return verdict == "not_testable" ? "not testable here" : verdict;
}

/// What a verdict means: in a few words, and in a line.
struct Meaning {
  const char *verdict, *gloss, *line;
};
constexpr Meaning kMeanings[] = {
    {"entailed", "proved from other rows",
     "it follows by proof from rows that do not say it themselves, in every reading of the account that can "
     "test it"},
    {"holds", "true in nearly all worlds",
     "it is true in nearly all worlds in every reading (95 %, unless `--option holds=` says otherwise)"},
    {"contested", "readings of the account differ",
     "readings of the account (its alternatives, listed beside the claim) come to different verdicts"},
    {"asserted", "said, and not argued for", "the account says it, and nothing else in it supports it"},
    {"fails", "the account says otherwise", "rows say otherwise, or it is true in hardly any world (5 %)"},
    {"undetermined", "left open", "rows leave it open, or it is true in some worlds and not in others"},
    {"not_testable", "no test",
     "nothing in the account could test it; the reason stands beside it where it is asked for"}};

std::string meanings(const Json& claims) {
  std::string text;
  for (const Meaning& meaning : kMeanings)
    if (std::any_of(claims.begin(), claims.end(),
                    [&](const Json& claim) { return claim.value("verdict", "") == meaning.verdict; }))
      text += bullet(fmt::format("*{}*: {}.", verdict_words(meaning.verdict), meaning.line));
  return text + "\n";
}

constexpr std::size_t kMostShifts = 24;  ///< answers that change, of one what-if

std::vector<std::string> names(const Json& list) { return list.get<std::vector<std::string>>(); }

int real_tests(const Json& claims) {
  int n = 0;
  for (const auto& [id, claim] : claims.items()) n += claim.value("alone", "") != "not_testable";
  return n;
}

/// Readings whose verdict differs from that of the account as it is written.
std::string apart_words(const Json& claim) {
  std::map<std::string, std::vector<std::string>> others;
  const Json& columns = part(claim, "by_alternative");
  const std::string base = columns.value("base", "");
  for (const auto& [id, verdict] : columns.items())
    if (id != "base" && verdict != base && verdict != "not_testable")
      others[verdict.get<std::string>()].push_back(id);
  std::vector<std::string> list;
  for (const auto& [verdict, ids] : others)
    list.push_back(fmt::format("{} under {}", verdict_words(verdict), listed(ids)));
  return fmt::format("{}", fmt::join(list, "; "));
}

/// Readings in which the claim cannot be tested, with the reason.
std::string untestable_words(const Json& claim) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const auto& [id, why] : part(claim, "not_testable_under").items())
    by_reason[why.get<std::string>()].push_back(id);
  std::vector<std::string> list;
  for (const auto& [why, ids] : by_reason) list.push_back(fmt::format("{} ({})", listed(ids), why));
  return fmt::format("{}", fmt::join(list, "; "));
}

std::string accounts_words(const Json& claim) {
  std::vector<std::string> list;
  const Json& accounts = part(claim, "by_account");
  if (accounts.empty()) return "";
  const std::string own = accounts.begin().value().get<std::string>();
  for (const auto& [id, verdict] : accounts.items()) {
    const std::string test = part(claim, "test_in").value(id, "");
    if (verdict == own && test.empty()) continue;
    list.push_back(fmt::format("{} in the account `{}`{}", verdict_words(verdict.get<std::string>()), id,
                               test.empty() ? "" : fmt::format(", which says: {}", test)));
  }
  return fmt::format("{}", fmt::join(list, "; "));
}

/// "In 19 % (16 to 22) of worlds some package ..." or what decides it without counting.
std::string reason(const Json& claim) {
  std::string why = claim.value("why", "");
  const bool counted = claim.contains("share") && !claim["share"].is_null();
  // Sampling adds nothing to a proof.
  if (counted && !claim.value("proved", false))
    return fmt::format("In {} of worlds {}.", percent(claim), why);
  if (!why.empty() && why[0] >= 'a' && why[0] <= 'z') why[0] = static_cast<char>(why[0] - 'a' + 'A');
  return fmt::format("{}{}.", why,
                     counted                        ? " (proved)"
                     : claim.value("proved", false) ? " (by logic and signs alone)"
                                                    : "");
}

/// "it is entailed", "it fails"
std::string is_verdict(const std::string& verdict) {
  if (verdict == "fails" || verdict == "holds") return "it " + verdict;
  return "it is " + verdict_words(verdict);
}

/// "a", "a or b", "any one of a, b and c"
std::string either(const std::vector<std::string>& list) {
  if (list.size() <= 2) return fmt::format("{}", fmt::join(list, " or "));
  return "any one of " + listed(list);
}

std::string claim_text(const std::string& id, const Json& claim) {
  const std::string verdict = claim.value("verdict", "");
  std::string text = fmt::format("### {}: {}\n\n", id, verdict_words(verdict));
  if (!claim.value("quote", "").empty())
    text += wrapped(claim.value("by", "").empty()
                        ? fmt::format("\"{}\"", claim.value("quote", ""))
                        : fmt::format("\"{}\" ({})", claim.value("quote", ""), claim.value("by", "")));
  if (!claim.value("test", "").empty()) text += wrapped("Test: " + claim.value("test", "") + ".");
  text += wrapped(reason(claim));
  if (const auto premises = names(claim["premises"]); !premises.empty())
    text += bullet(
        (verdict == "fails" && claim.value("proved", false) ? "Rows that refute it: " : "It rests on ") +
        listed(premises) + ".");
  if (const auto guards = names(part(claim, "guards")); !guards.empty())
    text += bullet("Without " + either(guards) + " something else in the account would leave it open.");
  if (verdict == "asserted" || claim.value("with_own_rows", "") != claim.value("without_own_rows", ""))
    text += bullet(fmt::format("Without the rows that say it themselves ({}) {}.",
                               listed(names(claim["own_rows"])),
                               is_verdict(claim.value("without_own_rows", ""))));
  if (const auto defaults = names(claim["defaults"]); !defaults.empty())
    text += bullet("Taken for granted on the way: " + listed(defaults) + ".");
  if (const auto flips = names(claim["flips"]); !flips.empty())
    text += bullet("It hangs on the assumptions " + listed(flips) + ".");
  if (const Json& share = part(claim, "flips_at_end"); share.is_string())
    text += bullet(fmt::format("It hangs on its own number: at one end of {} it is another verdict.",
                               share.get<std::string>()));
  for (const auto& one : part(claim, "settled_without"))
    text += bullet(fmt::format("Without {} {}.", one.value("row", ""), is_verdict(one.value("verdict", ""))));
  if (const auto other = apart_words(claim); !other.empty()) text += bullet("Other readings: " + other + ".");
  if (const auto other = untestable_words(claim); !other.empty())
    text += bullet("Readings that cannot test it: " + other + ".");
  if (const auto other = accounts_words(claim); !other.empty())
    text += bullet("Other accounts: " + other + ".");
  if (!claim.value("inherited_from", "").empty())
    text += bullet(fmt::format("By itself {}; it rests on the claim {} and takes its verdict.",
                               is_verdict(claim.value("alone", "")), claim.value("inherited_from", "")));
  if (claim.value("placebo", false))
    text += bullet(
        "The same comes out of the account with its content made unknown: the verdict is not the account's.");
  for (const auto& [test, other] : part(claim, "self_tests").items())
    if (other != claim["self_tests"]["as_it_is"])
      text += bullet(fmt::format("Under the self-test {} {}.", test, is_verdict(other.get<std::string>())));
  for (const auto& left : claim["not_tested"]) text += bullet("Not tested: " + left.get<std::string>() + ".");
  return text + "\n";
}

std::string level_words(const Json& levels) {
  const auto list = names(levels);
  return list.empty() ? "nothing" : listed(list);
}

std::string state_words(const std::string& state) {
  return state == "holds"      ? "it is so in any case"
         : state == "excluded" ? "it is shut out"
         : state == "not_now"  ? "it is not so, and not shut out"
                               : "it may be so";
}

std::string then_text(const Json& then) {
  const std::string before = then.value("before", ""), after = then.value("after", "");
  std::string text = then.value("condition", "") + ": ";
  text += before == after ? fmt::format("{}, before and after", state_words(before))
                          : fmt::format("{} before; {} after", state_words(before), state_words(after));
  for (const auto& [id, both] : part(then, "levels").items())
    if (both["before"] != both["after"] && after != "excluded")
      text += fmt::format("; {}: {} before, {} after", id, level_words(both["before"]),
                          level_words(both["after"]));
  const auto way = names(then["way"]), defaults = names(then["defaults"]);
  // A row that may bear on it need not push it that way.
  const bool decided = after == "holds" || after == "excluded";
  text += way.empty() ? "; no row leads there" : (decided ? "; by " : "; what reaches it: ") + listed(way);
  if (!defaults.empty()) text += fmt::format(" (taken for granted: {})", listed(defaults));
  return text + ".";
}

std::string side_words(const Json& side) {
  const std::string in = side.value("in_worlds", "");
  if (side.value("proved", false)) return in == "all" ? "in all worlds (proved)" : "in no world (proved)";
  return "in " + percent(side) + " of worlds";
}

questions::AnswerId id_of(const Json& shift) {
  return questions::AnswerId::parse(shift.value("id", "")).value_or(questions::AnswerId{});
}

std::string points(double x) { return fmt::format("{:+.0f}", 100 * x); }

std::string shift_text(const Json& shift) {
  const Json &before = shift["before"], &after = shift["after"];
  // A finding about what is supposed to be done already is not refuted by that.
  const auto answer = id_of(shift);
  if (answer.scope.lens == questions::Lens::findings) {
    const bool was = before.value("in_worlds", "") != "no", is = after.value("in_worlds", "") != "no";
    if (was != is)
      return fmt::format(
          "{}: {}.", was ? "found before; then refuted, or its subject is no longer open" : "found only then",
          shift.value("proposition", ""));
  }
  // What logic and signs decide of a claim follows or does not.
  if (answer.scope.lens == questions::Lens::claims && questions::decided_by_rows(answer))
    return fmt::format(
        "{}: {}.", shift.value("proposition", ""),
        before.value("in_worlds", "") == "no" ? "only then (proved)" : "before (proved), and no longer");
  std::string text = fmt::format("{}: {} before, {} after", shift.value("proposition", ""),
                                 side_words(before), side_words(after));
  if (!before.value("proved", false) || !after.value("proved", false))
    text += fmt::format("; difference {} points ({} to {})", points(shift.value("difference", 0.0)),
                        points(shift.value("low", 0.0)), points(shift.value("high", 0.0)));
  return text + ".";
}

bool by_rows(const std::string& id) {
  const auto answer = questions::AnswerId::parse(id);
  return answer && questions::decided_by_rows(*answer);
}

/// The readings of one intervention side by side: what each makes of what is asked about, and every answer
/// that changes in one of them.
std::string readings_text(const std::vector<const Json*>& readings) {
  std::vector<std::string> head = {""};
  std::vector<std::pair<std::string, std::string>> asked;  // id, words
  for (const Json* reading : readings) {
    head.push_back(reading->value("reading", ""));
    const Json& base = part(part(*reading, "by_alternative"), "base");
    for (const auto& shift : part(base, "answers")) {
      const std::string id = shift.value("id", "");
      const bool known =
          std::any_of(asked.begin(), asked.end(), [&](const auto& each) { return each.first == id; });
      // A finding is a paragraph, which stands below.
      if (shift.value("changed", false) && !known)
        asked.emplace_back(id, id_of(shift).scope.lens == questions::Lens::findings
                                   ? "finding: " + finding_title(id_of(shift))
                                   : shift.value("proposition", ""));
    }
  }
  // What is counted in worlds first: few answers, and what was asked about most often.
  std::stable_partition(asked.begin(), asked.end(), [](const auto& each) { return !by_rows(each.first); });
  std::vector<std::vector<std::string>> rows;
  const Json& first = part(part(part(*readings.front(), "by_alternative"), "base"), "then");
  for (std::size_t i = 0; i < first.size(); ++i) {
    rows.push_back({first[i].value("condition", "")});
    for (const Json* reading : readings) {
      const Json& then = part(part(part(*reading, "by_alternative"), "base"), "then");
      rows.back().push_back(i < then.size() ? state_words(then[i].value("after", "")) : "");
    }
  }
  for (const auto& [id, words] : asked) {
    if (rows.size() >= kMostShifts) break;
    rows.push_back({words});
    for (const Json* reading : readings) {
      std::string cell = "not asked";
      for (const auto& shift : part(part(part(*reading, "by_alternative"), "base"), "answers"))
        if (shift.value("id", "") == id)
          cell = !shift.value("changed", false)       ? "same"
                 : !by_rows(id)                       ? points(shift.value("difference", 0.0))
                 : shift.value("difference", 0.0) > 0 ? "only then"
                                                      : "no longer";
      rows.back().push_back(cell);
    }
  }
  return rows.empty() ? "" : table(head, rows);
}

/// Accounts whose intervention has several readings.
std::string side_by_side(const Json& answers) {
  std::map<std::string, std::vector<const Json*>> by_account;
  for (const auto& one : answers)
    if (!one.value("reading", "").empty()) by_account[one.value("account", "")].push_back(&one);
  std::string text;
  for (const auto& [account, readings] : by_account)
    if (readings.size() > 1)
      if (const std::string cells = readings_text(readings); !cells.empty())
        text += fmt::format("## The readings side by side (account {})\n\n{}{}\n", account,
                            wrapped("What is asked about, after each; and by how many points of the worlds "
                                    "each answer changes that changes in one of them (a proof: 100)."),
                            "\n" + cells);
  return text;
}

std::string what_if_text(const Json& answer) {
  std::string text = fmt::format(
      "## If {}{} (account {})\n\n", fmt::join(names(answer["if"]), " and "),
      answer.value("reading", "").empty() ? "" : fmt::format(", reading `{}`", answer.value("reading", "")),
      answer.value("account", ""));
  const Json& base = part(part(answer, "by_alternative"), "base");
  for (const auto& then : part(base, "then")) text += bullet(then_text(then));
  std::set<std::string> asked;  // what is asked for by name stands once
  for (const auto& named : part(base, "then_answers")) {
    if (part(named, "answers").empty())
      text += bullet(named.value("asked", "") + ": " + named.value("why", "") + ".");
    for (const auto& shift : part(named, "answers")) {
      if (!asked.insert(shift.value("id", "")).second) continue;
      text += bullet(shift_text(shift));
    }
  }
  std::size_t same = 0, changed = 0;
  for (const auto& shift : part(base, "answers")) {
    if (asked.contains(shift.value("id", ""))) continue;
    if (!shift.value("changed", false))
      ++same;
    else if (changed++ < kMostShifts)
      text += bullet(shift_text(shift));
  }
  if (changed > kMostShifts)
    text += bullet(fmt::format("{} more answers change; they are in the JSON.", changed - kMostShifts));
  text += bullet(fmt::format("{} answer{} do{} not change beyond sampling.", same, same == 1 ? "" : "s",
                             same == 1 ? "es" : ""));
  // Readings in which what is asked about comes out otherwise.
  std::map<std::string, std::vector<std::string>> others;
  for (const auto& [id, column] : part(answer, "by_alternative").items())
    for (std::size_t i = 0; id != "base" && i < part(column, "then").size(); ++i)
      if (column["then"][i]["after"] != base["then"][i]["after"])
        others[fmt::format("{}: {} after", column["then"][i].value("condition", ""),
                           state_words(column["then"][i].value("after", "")))]
            .push_back(id);
  for (const auto& [words, ids] : others) text += bullet(fmt::format("{}, under {}.", words, listed(ids)));
  return text + "\n";
}

/// One verdict's claims on the page of `run`: those that say something of their own each, the others in a
/// row.
std::string group_text(const std::string& verdict, const Json& claims) {
  std::string text;
  std::vector<std::string> short_ones;
  for (const auto& [id, claim] : claims.items()) {
    if (claim.value("verdict", "") != verdict) continue;
    const auto premises = names(claim["premises"]);
    if (verdict == "asserted" || verdict == "not_testable") {
      std::vector<std::string> beside;
      if (const auto other = accounts_words(claim); !other.empty()) beside.push_back(other);
      if (const auto other = untestable_words(claim); verdict == "asserted" && !other.empty())
        beside.push_back("cannot be tested under " + other);
      for (const auto& left : part(claim, "not_tested"))
        beside.push_back("not tested: " + left.get<std::string>());
      short_ones.push_back(fmt::format(
          "`{}`{}{}", id, premises.empty() ? "" : fmt::format(" by {}", fmt::join(premises, ", ")),
          beside.empty() ? "" : fmt::format(" ({})", fmt::join(beside, "; "))));
      continue;
    }
    std::string line = fmt::format("**{}**: `{}` ({}). {}", verdict_words(verdict), id,
                                   claim.value("test", ""), reason(claim));
    if (!premises.empty()) line += fmt::format(" It rests on {}.", listed(premises));
    if (const auto other = apart_words(claim); !other.empty())
      line += fmt::format(" Other readings: {}.", other);
    if (const auto other = accounts_words(claim); !other.empty())
      line += fmt::format(" Elsewhere: {}.", other);
    if (const auto other = untestable_words(claim); !other.empty())
      line += fmt::format(" Readings that cannot test it: {}.", other);
    if (claim.value("placebo", false)) line += " Not the account's: its placebo gives the same.";
    for (const auto& left : part(claim, "not_tested"))
      line += fmt::format(" Not tested: {}.", left.get<std::string>());
    text += bullet(line);
  }
  if (!short_ones.empty())
    text += bullet(fmt::format("**{}**: {}.", verdict_words(verdict), fmt::join(short_ones, "; ")));
  return text;
}

}  // namespace

std::string claim_counts(const Json& claims, bool glossed) {
  std::map<std::string, int> by_verdict;
  for (const auto& [id, claim] : claims.items()) ++by_verdict[claim.value("verdict", "")];
  std::vector<std::string> list;
  for (const Meaning& meaning : kMeanings)
    if (const int n = by_verdict[meaning.verdict]; n > 0)
      list.push_back(fmt::format("{} {}{}", n, verdict_words(meaning.verdict),
                                 glossed ? fmt::format(" ({})", meaning.gloss) : ""));
  return listed(list);
}

std::string claims_text(const nlohmann::ordered_json& claims, bool brief) {
  if (claims.empty()) return "No claim was judged.\n";
  std::string text =
      wrapped(fmt::format("{} claim{}: {}. {} could be tested at all. In these words:", claims.size(),
                          claims.size() == 1 ? "" : "s", claim_counts(claims, false), real_tests(claims)));
  text += "\n" + meanings(claims);
  if (!brief) {
    for (const auto& [id, claim] : claims.items()) text += claim_text(id, claim);
    return text;
  }
  for (const char* verdict : kVerdicts) text += group_text(verdict, claims);
  return text;
}

std::string ask_text(const nlohmann::ordered_json& given) {
  const nlohmann::ordered_json answer = inert_json(given);
  std::string text;
  if (answer.contains("claims") && !answer["claims"].empty())
    text += "## Claims\n\n" + claims_text(answer["claims"], false);
  for (const auto& [account, claims] : part(answer, "own_claims").items())
    text += fmt::format("## Claims that only the account {} makes\n\n", account) + claims_text(claims, false);
  text += side_by_side(part(answer, "what_if"));
  for (const auto& one : part(answer, "what_if")) text += what_if_text(one);
  return markdown(text);
}

}  // namespace parley::report
