// SPDX-License-Identifier: MIT
// A situation is called by what it is: not by the order in which an account lists its issues, nor by how they
// are called; and accounts are compared on situations that both have.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "account/renamed.hpp"
#include "framing/stability.hpp"
#include "language/read.hpp"
#include "questions/compare.hpp"
#include "questions/lens_answers.hpp"
#include "questions/self_tests.hpp"
#include "questions/solved.hpp"

namespace {

using namespace parley;
using questions::Lens;

account::Account account_of(const std::string& text) {
  const auto reading = language::read_texts({{"pass.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  return reading.base;
}

/// Two issues that both sides settle; `issues` and `talks` as the account lists them.
account::Account pass(const std::string& issues, const std::string& talks) {
  return account_of(
      "parley: 1\naccount: pass\nfrom: talk\nsources: {talk: {title: t, standpoint: exercise}}\n"
      "actors: {north: the northern valley, south: the southern valley}\nissues:\n" +
      issues + "talks: {winter: {parties: [north, south], issues: " + talks + R"(}}
preferences:
  north_road: {by: north, on: road, order: open > escorted > shut}
  north_toll: {by: north, on: toll, order: free > low > high}
  south_road: {by: south, on: road, order: shut > escorted > open}
  south_toll: {by: south, on: toll, order: high > low > free}
)");
}

constexpr const char* kRoad =
    "  road: {settled_by: [north, south], levels: [shut, escorted, open], now: shut}\n";
constexpr const char* kToll = "  toll: {settled_by: [north, south], levels: [free, low, high], now: free}\n";
constexpr const char* kClosed = "  toll: {nature: yes, levels: [free, low, high], now: free}\n";

questions::CompareOptions quick() {
  questions::CompareOptions options;
  options.solve.draws = 60;
  options.solve.threads = 1;
  return options;
}

std::vector<questions::AnswerId> situations_of(const account::Account& account,
                                               questions::AnswerList* all = nullptr) {
  const questions::LensAnswers lens({quick().solve, false});
  auto list = lens.of(account, {});
  std::vector<questions::AnswerId> ids;
  for (const auto& answer : list.answers)
    if (answer.id.is(Lens::stability, "holds")) ids.push_back(answer.id);
  if (all != nullptr) *all = std::move(list);
  return ids;
}

TEST(SituationNames, TheOrderOfAListIsNoDifference) {
  const auto a = pass(std::string(kRoad) + kToll, "[road, toll]"),
             b = pass(std::string(kToll) + kRoad, "[toll, road]");
  EXPECT_EQ(situations_of(a), situations_of(b));
  EXPECT_FALSE(situations_of(a).empty());
  for (const auto& id : situations_of(a)) EXPECT_TRUE(std::is_sorted(id.about.begin(), id.about.end()));
  const auto comparison = questions::compare(a, b, quick());
  EXPECT_TRUE(comparison.rows.empty());
  EXPECT_TRUE(comparison.answers.empty());
  EXPECT_TRUE(comparison.only_a.empty() && comparison.only_b.empty());
}

/// What is on the table stands first in a focus: with the road off it, that is another order of the same
/// issues.
TEST(SituationNames, AnIssueOffTheTableIsTheSamePart) {
  const auto a = pass(std::string(kRoad) + kToll, "[road, toll]"),
             b = pass(std::string(kRoad) + kToll, "[toll]");
  questions::AnswerList of_b;
  situations_of(b, &of_b);
  const auto ids = situations_of(a);
  ASSERT_FALSE(ids.empty());
  for (const auto& id : ids) EXPECT_TRUE(of_b.gives(id)) << id.text();
  // Whatever the focus begins with, the name begins with the road.
  const auto named = situations_of(b);
  ASSERT_FALSE(named.empty());
  for (const auto& id : named) EXPECT_TRUE(id.about.at(0).starts_with("road is")) << id.text();
  EXPECT_EQ(of_b.situations.at(questions::game_scope("winter")).size(), 2U);
}

/// Where an issue is no part of the game at all, its situations are not those of the other account.
TEST(SituationNames, AccountsAreComparedOnSituationsThatBothHave) {
  const auto a = pass(std::string(kRoad) + kToll, "[road, toll]"),
             b = pass(std::string(kRoad) + kClosed, "[road]");
  questions::AnswerList of_a, of_b;
  const auto in_a = situations_of(a, &of_a), in_b = situations_of(b, &of_b);
  ASSERT_FALSE(in_a.empty() || in_b.empty());
  EXPECT_EQ(in_a.front().about.size(), 2U);
  EXPECT_EQ(in_b.front().about.size(), 1U);
  for (const auto& id : in_a) EXPECT_FALSE(of_b.gives(id)) << id.text();
  for (const auto& id : in_b) EXPECT_FALSE(of_a.gives(id)) << id.text();
  for (const auto& answer : questions::compare(a, b, quick()).answers)
    EXPECT_FALSE(answer.a.id.is(Lens::stability, "holds")) << answer.a.id.text();
  // A level that the other does not know makes another situation; one that it excludes is one.
  auto other = std::string(kRoad);
  other.replace(other.find("escorted"), 8, "guarded");
  questions::AnswerList of_c;
  const std::string text = other + kToll;
  const auto reading = language::read_texts(
      {{"c.yaml",
        "parley: 1\naccount: pass\nfrom: talk\nsources: {talk: {title: t, standpoint: exercise}}\n"
        "actors: {north: n, south: s}\nissues:\n" +
            text +
            "talks: {winter: {parties: [north, south], issues: [road, toll]}}\n"
            "preferences: {p: {by: north, on: road, order: open > guarded > shut},\n"
            "  q: {by: south, on: toll, order: high > low > free}}\n"}});
  ASSERT_TRUE(reading.ok());
  situations_of(reading.base, &of_c);
  for (const auto& id : in_a) {
    const bool escorted = std::find(id.about.begin(), id.about.end(), "road is escorted") != id.about.end();
    EXPECT_EQ(of_c.gives(id), !escorted) << id.text();
  }
}

/// A game without talks is called after an issue, and keeps its answers under other names of the issues.
TEST(SituationNames, UnderOtherNamesAGameWithoutTalksKeepsItsAnswers) {
  const auto account = account_of(R"(parley: 1
account: ferry
from: talk
sources: {talk: {title: t, standpoint: exercise}}
actors: {north: the north bank, south: the south bank}
issues:
  boat: {chosen_by: north, levels: [tied, sails], now: sails}
  pier: {chosen_by: south, levels: [shut, open], now: open}
preferences:
  nb: {by: north, on: boat, order: sails > tied}
  np: {by: north, on: pier, order: open > shut}
  sb: {by: south, on: boat, order: tied > sails}
  sp: {by: south, on: pier, order: open > shut}
)");
  questions::SolveOptions options = quick().solve;
  const auto column = questions::columns_of(account, {}, {}).front();
  int seen = 0;
  for (const auto& test : questions::self_tests(questions::solve(column, options), options)) {
    if (test.id != "permutation") continue;
    for (const auto& verdict : test.verdicts) {
      seen += verdict.answer.scope.lens == Lens::stability ? 1 : 0;
      EXPECT_TRUE(verdict.survives) << verdict.answer.text();
    }
  }
  EXPECT_GT(seen, 2);
}

/// A focus that is cut to size is cut by what the account says of its issues.
TEST(SituationNames, WhatIsLeftOutOfAFocusHangsOnNoName) {
  std::string text =
      "parley: 1\naccount: wide\nfrom: talk\nsources: {talk: {title: t, standpoint: exercise}}\n"
      "actors: {north: n, south: s}\nissues:\n";
  // No two are alike: each has a level of its own.
  for (int k = 0; k < 16; ++k)
    text += fmt::format("  i{:02}: {{chosen_by: {}, levels: [l{}, high], now: high}}\n", k,
                        k % 2 == 0 ? "north" : "south", k);
  text += "preferences: {p: {by: north, on: i01, order: high > l1}}\n";
  const auto account = account_of(text);
  const auto names = account::turned_round(account);
  account::Renaming back;
  for (const auto& [one, other] : names) back.emplace(other, one);
  const auto focus_of = [](const account::Account& rows) {
    const auto situation = framing::make_situation(rows, {});
    std::set<std::string> issues, left_out;
    for (const auto& game : framing::frame_stability(situation, {}, {})) {
      for (const auto& issue : game.focus) issues.insert(issue.id);
      for (const auto& out : game.left_out) left_out.insert(out.id);
    }
    return std::pair(issues, left_out);
  };
  const auto [issues, left_out] = focus_of(account);
  EXPECT_EQ(issues.size(), 10U);  // 1,024 states
  EXPECT_EQ(left_out.size(), 6U);
  std::set<std::string> other;
  for (const auto& id : focus_of(questions::permuted(account::renamed(account, names), 3)).first)
    other.insert(back.at(id));
  EXPECT_EQ(other, issues);
}

}  // namespace
