// SPDX-License-Identifier: MIT
// Sections 7 to 10: silence, islands, self-tests, and what the page cannot say.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/ledger.hpp"
#include "report/page_parts.hpp"
#include "report/silences.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostSilent = 8;
constexpr std::size_t kMostIslandRows = 8;

/// "`the package p is acceptable to every party` (16 % to 34 %)"
std::string answer_words(const Json& v, bool shares) {
  const std::string said = v.value("proposition", v.value("answer", ""));
  if (!shares) return "\"" + said + "\"";
  const auto in = [&](const char* word, const char* share) {
    const std::string worlds = v.value(word, "");
    return worlds == "some" ? "in " + percent(v.value(share, 0.0)) : "in " + worlds + " worlds";
  };
  return fmt::format("\"{}\" ({}, then {})", said, in("base", "base_share"), in("other", "other_share"));
}

std::string some_of(std::vector<std::string> list) {
  constexpr std::size_t kMost = 4;
  const std::size_t n = list.size();
  if (n > kMost) list.resize(kMost);
  return fmt::format("{}{}", fmt::join(list, "; "), n > kMost ? fmt::format("; and {} more", n - kMost) : "");
}

/// What the placebo leaves standing is the frame's.
std::string survivors(const Json& test) {
  std::vector<std::string> kept;
  for (const auto& v : test["verdicts"])
    if (v.value("survives", false) && v.value("base", "") != "no") kept.push_back(answer_words(v, false));
  if (kept.empty()) return "no answer is given alike without the account's content.";
  return "these answers are given alike without the account's content, and so are the frame's: " +
         some_of(std::move(kept)) + ".";
}

std::string fallen(const Json& test) {
  std::vector<std::string> list;
  for (const auto& v : test["verdicts"])
    if (!v.value("survives", false)) list.push_back(answer_words(v, true));
  return list.empty() ? "every answer stays." : "these fall: " + some_of(std::move(list)) + ".";
}

std::string defaults(const Account& account) {
  std::string text;
  for (const auto& row : part(account.base(), "defaults"))
    text += bullet(fmt::format("`{}`: {}", row.value("id", ""), row.value("words", "")));
  return text;
}

}  // namespace

std::string section_silence(const std::vector<Account>& accounts) {
  std::string text = "## 8. What the account is silent about, and would matter most\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& account : accounts)
    if (!account.data.contains("silence")) return text + "Not worked out: the run was stopped.\n\n";
  if (std::none_of(accounts.begin(), accounts.end(), answered))
    return text + "Not worked out: no table was answered.\n\n";
  std::vector<std::string> quiet;
  for (const auto& account : accounts) {
    std::size_t said = 0;
    for (const auto& probe : part(account.data, "silence")) {
      const std::string on =
          probe.value("on", "") + (probe.value("consequence", false) ? " (a consequence)" : "");
      const std::string by = named_by(part(probe, "rows"));
      const Json& wishes = probe["wishes"];
      // What sampling alone could have made is no finding.
      if (wishes.size() < 2 || !apart(wishes[0], wishes[1]) || said == kMostSilent) {
        quiet.push_back(fmt::format("{} on {}{}{}", called(account, probe.value("party", "")),
                                    probe.value("on", ""), by,
                                    accounts.size() > 1 ? " (" + account.name + ")" : ""));
        continue;
      }
      ++said;
      std::vector<std::string> row = {account.name, called(account, probe.value("party", "")), on + by};
      for (const auto& wish : wishes)
        row.push_back(fmt::format("{}: {}", wish.value("wish", ""), percent(wish)));
      rows.push_back(std::move(row));
    }
  }
  if (rows.empty() && quiet.empty())
    return text + "Nothing on the table: every party's order on every ordered issue is stated.\n\n";
  text += wrapped("Silence is taken as unknown, never as indifference.") + "\n";
  if (!rows.empty())
    text += "If it were known, worlds with a zone:\n\n" +
            table({"account", "party", "on", "if one way", "if the other"}, rows);
  if (!quiet.empty())
    text += wrapped(fmt::format("{}ilences that alone move the share by no more than sampling might: {}.",
                                rows.empty() ? "S" : "Other s", fmt::join(quiet, "; "))) +
            "\n";
  return text;
}

std::string section_islands(const std::vector<Account>& accounts) {
  std::string text = "## 9. Rows that reach no bargaining problem, and what would join them\n\n";
  if (accounts.empty()) return "";
  if (!accounts.front().data.contains("reach")) return text + "Not worked out: the run was stopped.\n\n";
  if (!answered(accounts.front())) return text + "Not worked out: no table was answered.\n\n";
  const Json& reach = part(accounts.front().data, "reach");
  text += wrapped(fmt::format(
              "Of `{}`, {} rows reach a bargaining problem, {} say who, what source or which "
              "reading, and {}{}",
              accounts.front().name, part(reach, "used").size(), part(reach, "context").size(),
              part(reach, "islands").empty() ? "no row is left over." : "the rest, below, reach none.",
              part(reach, "islands").empty()
                  ? ""
                  : fmt::format(" Signs, findings and claims rest on many of these; {} rows, marked *, reach "
                                "no answer at all.",
                                part(reach, "none").size()))) +
          "\n";
  const auto none =
      reach.contains("none") ? reach["none"].get<std::set<std::string>>() : std::set<std::string>();
  for (const auto& island : part(reach, "islands")) {
    auto rows = island["rows"].get<std::vector<std::string>>();
    const std::size_t n = rows.size();
    if (n > kMostIslandRows) rows.resize(kMostIslandRows);
    for (auto& row : rows)
      if (none.contains(row)) row += "*";
    text += bullet(fmt::format("{}{}: {}.", fmt::join(rows, ", "),
                               n > rows.size() ? fmt::format(" and {} more", n - rows.size()) : "",
                               island.value("link", "")));
  }
  text += "\n";
  if (accounts.front().data.contains("ledger"))
    text += "### Sentences\n\n" + ledger_summary(part(accounts.front().data, "ledger"));
  return text;
}

std::string section_self_tests(const std::vector<Account>& accounts) {
  std::string text = "## 10. Self-tests: which of these answers lean on what\n\n";
  text += wrapped(
      "An answer falls when a proof of it goes, when it changes between all, some and no worlds by more than "
      "sampling might, or when its share moves by "
      "more than 15 points. Tests that nothing fell in are one line.");
  for (const auto& account : accounts) {
    const Json& tests = part(account.data, "self_tests");
    if (tests.empty() || !answered(account)) continue;
    text += fmt::format("\n`{}`, {} worlds each:\n\n", account.name, tests[0].value("worlds", 0));
    std::vector<std::string> quiet;
    for (const auto& test : tests) {
      if (test.value("id", "") == "placebo")
        text += bullet(fmt::format("placebo ({}): {}", test.value("says", ""), survivors(test)));
      else if (test.value("fallen", 0) == 0)
        quiet.push_back(test.value("says", ""));
      else
        text +=
            bullet(fmt::format("{} ({}): {}", test.value("id", ""), test.value("says", ""), fallen(test)));
    }
    if (!quiet.empty()) text += bullet(fmt::format("Every answer stays with {}.", fmt::join(quiet, "; ")));
  }
  return text + "\n";
}

std::string section_limits(const Json& results, const std::vector<Account>& accounts) {
  std::string text = "## 11. What this page cannot say, and how it was made\n\n";
  text += bullet(
      "No probabilities: the account gives no rates, so there are no likelihood bands here, and a share of "
      "worlds is only how "
      "much of what is consistent with the account agrees with an answer.");
  text += bullet(
      "What can be agreed, what signs and conditions exclude, which situations hold and what claims rest on; "
      "how things unfold in time, and how likely anything is, this version does not say.");
  std::set<std::string> said;
  for (const auto& account : accounts) {
    for (const auto& u : part(account.base(), "unread"))
      if (said.insert(u.value("row", "")).second)
        text +=
            bullet(fmt::format("`{}` could not be read here: {}.", u.value("row", ""), u.value("why", "")));
    for (const auto& o : part(account.base(), "open_conditions"))
      if (said.insert(o.value("row", "") + o.value("words", "")).second)
        text += bullet(fmt::format("Open condition, not binding: {} [{}].", o.value("words", ""),
                                   cite(account, o.value("row", ""))));
    for (const auto& id : part(account.base(), "lifted"))
      if (said.insert("lifted:" + id.get<std::string>()).second)
        text +=
            bullet(fmt::format("The threat {} is lifted by any agreement that its maker signs (the literal "
                               "reading is a column of section 2).",
                               cite(account, id.get<std::string>())));
  }
  if (!accounts.empty()) {
    const std::string list = defaults(accounts.front());
    if (!list.empty()) text += "\nDefaults that were applied, each a row that can be patched:\n\n" + list;
  }
  const Json& m = results.at("manifest");
  std::vector<std::string> options;
  for (const auto& [name, value] : part(m, "options").items())
    options.push_back(fmt::format("{}={}", name, value.get<std::string>()));
  text += "\n" + wrapped(fmt::format("Parley {}; seed {}; {} worlds a reading, {} a self-test; {}. Measure: "
                                     "{}. Inputs: {} files, hashes in results.json.",
                                     m.value("version", ""), m.value("seed", 0), m.value("draws", 0),
                                     m.value("patch_draws", 0), fmt::join(options, ", "),
                                     m.value("measure", ""), part(m, "files").size()));
  return text;
}

}  // namespace parley::report
