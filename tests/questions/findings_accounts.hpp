// SPDX-License-Identifier: MIT
// Small accounts for the tests of findings: one table, three sides, and what stands beside it.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "language/read.hpp"
#include "questions/findings.hpp"

namespace parley::testing {

using questions::Finding;
using Rows = std::vector<std::string>;
using Kind = Finding::Kind;

inline constexpr const char* kHead = R"(parley: 1
account: small
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex.S0, a: one side, b: the other side, c: a third}
issues:
  from: ex.S0
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  patrols: {chosen_by: a, levels: [withheld, sent], now: withheld}
  calm: {nature: yes, levels: [absent, present], now: present}
  dam: {chosen_by: b, levels: [absent, planned, built], now: planned}
  access: {settled_by: [a, c], levels: [closed, open], now: closed}
  trade: {settled_by: [b, c], levels: [closed, some], now: closed}
talks: {t: {parties: [a, b], issues: [water, dam], from: ex.S0}}
)";

inline account::Account account_of(const std::string& body) {
  const auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << body;
  return reading.base;
}

inline questions::Column column_of(account::Account account) {
  return {"small", "base", "", false, {}, std::move(account)};
}

inline questions::Findings found(const account::Account& account, bool ablate = true) {
  return questions::findings_of(column_of(account), {}, {ablate, nullptr});
}

inline std::vector<Finding> of_kind(const questions::Findings& findings, Kind kind) {
  std::vector<Finding> list;
  for (const auto& f : findings.list)
    if (f.kind == kind) list.push_back(f);
  return list;
}

inline std::vector<Finding> of_kind(const std::string& body, Kind kind) {
  return of_kind(found(account_of(body)), kind);
}

inline account::Account without(const account::Account& account, const Rows& rows) {
  account::Account copy = account;
  std::erase_if(copy.rows,
                [&](const auto& row) { return std::find(rows.begin(), rows.end(), row.id) != rows.end(); });
  return copy;
}

inline const language::Reading& founding() {
  static const auto reading =
      language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026");
  return reading;
}

inline const questions::Findings& founding_findings() {
  static const auto findings = found(founding().base);
  return findings;
}

inline const Finding* by_id(const questions::Findings& findings, const std::string& id) {
  const auto at =
      std::find_if(findings.list.begin(), findings.list.end(), [&](const auto& f) { return f.id == id; });
  return at == findings.list.end() ? nullptr : &*at;
}

}  // namespace parley::testing
