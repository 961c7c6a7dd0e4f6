// SPDX-License-Identifier: MIT
// Numbers of weights are shares of everything: what is not on the table, and what a deal leads to, included.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "language/read.hpp"
#include "questions/factors.hpp"
#include "questions/run.hpp"

namespace {

using namespace parley;

constexpr const char* kHead =
    "parley: 1\naccount: small\nfrom: s\nsources: {s: {title: t}}\nactors: {a: A, b: B}\n";

questions::TableAnswer solved(const std::string& text) {
  const auto reading = language::read_texts({{"small.yaml", kHead + text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.message << "\n" << text;
  questions::SolveOptions options;
  options.draws = 60;
  options.threads = 1;
  return questions::solve(questions::columns_of(reading.base, {}, {}).front(), options).tables.at(0);
}

std::string three_issues(const std::string& on_table) {
  return fmt::format(R"(issues:
  x: {{settled_by: [a, b], levels: [low, high], now: low}}
  y: {{settled_by: [a, b], levels: [low, high], now: low}}
  z: {{settled_by: [a, b], levels: [low, high], now: low}}
talks: {{t: {{parties: [a, b], issues: [{}]}}}}
preferences:
  ax: {{by: a, on: x, order: high > low}}
  ay: {{by: a, on: y, order: low > high}}
  az: {{by: a, on: z, order: high > low}}
  bx: {{by: b, on: x, order: high > low}}
  by_: {{by: b, on: y, order: high > low}}
  bz: {{by: b, on: z, order: high > low}}
saliences:
  sa: {{by: a, weights: {{x: 50%, y: 30%, z: 20%}}}}
  sb: {{by: b, weights: {{x: 20%, y: 20%, z: 60%}}}}
)",
                     on_table);
}

/// With x and y alone the weights of a are 5/8 and 3/8; with y and z 3/5 and 2/5: both exactly, in proof and
/// draw.
TEST(WeightsElsewhere, WhatIsNotOnTheTableLeavesItsShareToTheOthers) {
  for (const char* issues : {"x", "x, y", "x, z", "x, y, z"}) {
    const auto table = solved(three_issues(issues));
    EXPECT_TRUE(table.framed.clashes.empty()) << issues;
    EXPECT_TRUE(table.answer.proved && table.answer.necessary) << issues;
    EXPECT_EQ(table.answer.zone.yes, 60) << issues;
  }
  const auto table = solved(three_issues("y, z"));
  const auto& bounds = table.framed.ensemble.parties.at(0).order.weight_bounds;
  ASSERT_EQ(bounds.size(), 2U);
  EXPECT_EQ(bounds[0].second.first, mpq_class(3, 5));
  EXPECT_EQ(bounds[1].second.second, mpq_class(2, 5));
}

/// The same numbers in one row or in two, in either order: one whole is split.
TEST(WeightsElsewhere, RowsOfOnePartySplitOneWhole) {
  const std::string one = three_issues("y, z"), before = "  sa: {by: a, weights: {x: 50%, y: 30%, z: 20%}}\n";
  const auto with = [&](const std::string& rows) {
    std::string text = one;
    return text.replace(text.find(before), before.size(), rows);
  };
  const auto bounds_of = [](const std::string& text) {
    std::map<int, expression::Interval> bounds;
    const auto table = solved(text);
    EXPECT_TRUE(table.framed.clashes.empty()) << text;
    EXPECT_EQ(table.answer.worlds, 60) << text;
    for (const auto& [stake, share] : table.framed.ensemble.parties.at(0).order.weight_bounds)
      bounds.emplace(stake, share);
    return bounds;
  };
  const auto right = bounds_of(one);
  ASSERT_EQ(right.size(), 2U);
  const char* rows[] = {"  s1: {by: a, weights: {x: 50%, y: 30%}}\n  s2: {by: a, weights: {z: 20%}}\n",
                        "  s1: {by: a, weights: {z: 20%}}\n  s2: {by: a, weights: {y: 30%, x: 50%}}\n",
                        "  s1: {by: a, weights: {z: 20%, y: 30%}}\n  s2: {by: a, weights: {x: 50%}}\n",
                        // Of two numbers for one thing both hold.
                        "  s1: {by: a, weights: {x: 50%, y: 30%}}\n"
                        "  s2: {by: a, weights: {x: 40% to 60%, z: 20%}}\n"};
  for (const char* each : rows) EXPECT_EQ(bounds_of(with(each)), right) << each;
}

std::string threat(const std::string& weights) {
  return R"(issues:
  x: {settled_by: [a, b], levels: [low, high], now: low}
  war: {chosen_by: b, levels: [peace, begun], now: peace}
talks: {t: {parties: [a, b], issues: [x]}}
commitments:
  th: {by: b, to: a, kind: threat, will: war is begun, if: t failed, carried_out: 60%}
preferences:
  ax: {by: a, on: x, order: low > high}
  aw: {by: a, on: war, order: peace > begun}
  bx: {by: b, on: x, order: high > low}
  bw: {by: b, on: war, indifferent: yes}
saliences:
  sa: {by: a, )" +
         weights + "}\n";
}

/// a signs where 0.6 of the weight of war is at least the weight of x.
TEST(WeightsElsewhere, WhatRowsSayOfConsequencesTakesThePlaceOfTheDefault) {
  const auto numbers = solved(threat("weights: {x: 30%, war: 70%}"));
  EXPECT_TRUE(numbers.framed.clashes.empty());
  EXPECT_TRUE(numbers.answer.proved && numbers.answer.necessary);
  const auto few = solved(threat("weights: {x: 40%, war: 60%}"));
  EXPECT_TRUE(few.answer.proved && !few.answer.possible);
  const auto tie = solved(threat("weights: {x: 37.5%, war: 62.5%}"));  // 0.375 = 0.6 x 0.625
  EXPECT_TRUE(tie.answer.proved && tie.answer.necessary);
  const auto order = solved(threat("order: war > x"));
  EXPECT_TRUE(order.answer.proved && order.answer.possible && !order.answer.necessary);
  EXPECT_GT(order.answer.zone.yes, 0);
  EXPECT_LT(order.answer.zone.yes, 60);
}

/// The default is a factor where somebody goes by it, and none where rows have taken its place.
TEST(WeightsElsewhere, TheDefaultIsAFactorOnlyWhereSomebodyGoesByIt) {
  const auto listed = [](const std::string& text) {
    const auto reading = language::read_texts({{"small.yaml", kHead + text}});
    EXPECT_TRUE(reading.ok()) << text;
    const auto factors = questions::factors_of({reading.base, {}});
    return std::any_of(factors.begin(), factors.end(),
                       [](const auto& factor) { return factor.id == "default:consequences"; });
  };
  EXPECT_FALSE(listed(threat("weights: {x: 30%, war: 70%}")));
  EXPECT_FALSE(listed(threat("order: war > x")));
  const std::string silent = threat("order: war > x");
  EXPECT_TRUE(listed(silent.substr(0, silent.find("saliences:"))));
  EXPECT_FALSE(listed(three_issues("x, y")));  // nothing follows from a deal
}

}  // namespace
