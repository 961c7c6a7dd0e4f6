// SPDX-License-Identifier: MIT
// Tables too large to list: what limits alone decide, against direct enumeration.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "language/read.hpp"
#include "questions/columns.hpp"
#include "report/results.hpp"

namespace {

using namespace parley;
using Rows = std::set<std::string>;

constexpr int kIssues = 12;  // of three levels: 531,441 packages

std::string account(const std::string& positions, int parties = 3) {
  std::vector<std::string> names, issues;
  for (int p = 0; p < parties; ++p) names.push_back(fmt::format("a{}", p));
  std::string text = "parley: 1\naccount: wide\nassumptions:\n  A1: {is: an exercise, owner: analyst}\n";
  text += "actors:\n  assumed: A1\n";
  for (const auto& name : names) text += fmt::format("  {}: {{is: a side}}\n", name);
  text += "issues:\n  assumed: A1\n";
  for (int k = 0; k < kIssues; ++k) {
    issues.push_back(fmt::format("i{}", k));
    text += fmt::format("  i{}: {{settled_by: [{}], levels: [l0, l1, l2], now: l0}}\n", k,
                        fmt::join(names, ", "));
  }
  text += fmt::format("talks:\n  assumed: A1\n  t: {{parties: [{}], issues: [{}]}}\n", fmt::join(names, ", "),
                      fmt::join(issues, ", "));
  return text + "positions:\n  assumed: A1\n" + positions;
}

std::string insists(int row, int party, int issue, int level) {
  return fmt::format("  p{}: {{by: a{}, on: i{}, insists: l{}}}\n", row, party, issue, level);
}

questions::ColumnAnswer answer(const std::string& text) {
  const auto reading = language::read_texts({{"wide.yaml", text}});
  EXPECT_TRUE(reading.ok());
  questions::SolveOptions options;
  options.draws = 50;
  return questions::solve(questions::columns_of(reading.base, {}, framing::Options{}).front(), options);
}

std::set<Rows> rows_of(const questions::TableAnswer& t, const std::vector<std::vector<int>>& sets) {
  std::set<Rows> out;
  for (const auto& set : sets) {
    Rows rows;
    for (const int i : set)
      for (const auto& row : questions::rows_of(t, i)) rows.insert(row);
    out.insert(rows);
  }
  return out;
}

TEST(Wide, FewPackagesWithinTheLimitsAreWorkedOut) {
  std::string positions;
  for (int k = 0; k < 8; ++k) positions += insists(k, k % 3, k, 1);
  const auto column = answer(account(positions));
  const auto& t = column.tables.at(0);
  ASSERT_TRUE(t.framed.too_large.empty());
  EXPECT_EQ(t.framed.ensemble.packages.size(), 81U);  // four issues of three levels are open
  for (const auto& package : t.framed.ensemble.packages)
    for (std::size_t k = 0; k < 8; ++k) ASSERT_EQ(package[k], 1);
  EXPECT_EQ(t.answer.worlds, 50);
  EXPECT_FALSE(t.answer.complete);
  EXPECT_TRUE(t.framed.by_limits && t.framed.by_limits->with_package == 1);
  const auto warnings = report::not_answered({column});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "only-within-limits");
}

TEST(Wide, LimitsThatClashExcludeAZoneWithReasons) {
  std::string positions = insists(0, 0, 0, 1) + insists(1, 1, 0, 2) + insists(2, 2, 5, 1) +
                          insists(3, 0, 5, 0) + insists(4, 1, 7, 2);
  const auto column = answer(account(positions));
  const auto& t = column.tables.at(0);
  ASSERT_FALSE(t.framed.too_large.empty());
  ASSERT_TRUE(t.framed.by_limits);
  EXPECT_TRUE(t.framed.by_limits->excluded());
  EXPECT_TRUE(t.framed.by_limits->complete);
  EXPECT_TRUE(t.answer.proved && !t.answer.possible && !t.answer.necessary);
  EXPECT_EQ(rows_of(t, t.framed.by_limits->conflicts), (std::set<Rows>{{"p0", "p1"}, {"p2", "p3"}}));
  EXPECT_EQ(rows_of(t, t.framed.by_limits->relaxations),
            (std::set<Rows>{{"p0", "p2"}, {"p0", "p3"}, {"p1", "p2"}, {"p1", "p3"}}));
}

TEST(Wide, WhatCannotBeListedIsSaidAndNothingIsProved) {
  for (const int parties : {3, 13}) {
    const auto column = answer(account(insists(0, 0, 0, 1), parties));
    const auto& t = column.tables.at(0);
    ASSERT_FALSE(t.framed.too_large.empty());
    ASSERT_TRUE(t.framed.by_limits);
    EXPECT_EQ(t.framed.by_limits->with_package, 1U);
    EXPECT_FALSE(t.framed.by_limits->excluded());
    EXPECT_FALSE(t.answer.proved);
    const auto warnings = report::not_answered({column});
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].code, "not-answered");
  }
}

}  // namespace
