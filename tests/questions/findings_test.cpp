// SPDX-License-Identifier: MIT
// Findings that join sentences: each kind where it is and where it is not, on small accounts; against an
// enumeration of paths that shares no code with what it checks; and the rows without which each falls.
#include "questions/findings.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "language/read.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace parley;
using questions::Finding;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using Rows = std::vector<std::string>;
using Kind = Finding::Kind;

constexpr const char* kHead = R"(parley: 1
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
talks: {t: {parties: [a, b], issues: [water], from: ex.S0}}
)";

account::Account account_of(const std::string& body) {
  const auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << body;
  return reading.base;
}

questions::Column column_of(account::Account account) {
  return {"small", "base", "", false, {}, std::move(account)};
}

questions::Findings found(const account::Account& account, bool ablate = true) {
  return questions::findings_of(column_of(account), {}, {ablate, nullptr});
}

std::vector<Finding> of_kind(const questions::Findings& findings, Kind kind) {
  std::vector<Finding> list;
  for (const auto& f : findings.list)
    if (f.kind == kind) list.push_back(f);
  return list;
}

std::vector<Finding> of_kind(const std::string& body, Kind kind) {
  return of_kind(found(account_of(body)), kind);
}

account::Account without(const account::Account& account, const Rows& rows) {
  account::Account copy = account;
  std::erase_if(copy.rows,
                [&](const auto& row) { return std::find(rows.begin(), rows.end(), row.id) != rows.end(); });
  return copy;
}

constexpr const char* kThreat = R"(commitments:
  threat: {by: a, to: [b], kind: threat, if: t failed, will: patrols is sent, from: ex.S1}
)";
constexpr const char* kChain = R"(quantities: {tension: {is: tension, from: ex.S0}}
mechanisms:
  fear: {cause: patrols is sent, raises: [tension], from: ex.S2}
  spread: {cause: tension, lowers: [calm], from: ex.S3}
)";
constexpr const char* kGoal = "objectives: {rest: {by: a, needs: [calm is present], from: ex.S4}}\n";

TEST(OwnGoal, AThreatThatWorksAgainstItsMakersGoalByTwoSteps) {
  const auto list = of_kind(std::string(kThreat) + kChain + kGoal, Kind::own_goal);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "fear", "spread", "rest"}));
  EXPECT_EQ(list[0].joined, 4);
  EXPECT_TRUE(list[0].proved);
  EXPECT_THAT(list[0].falls_without,
              UnorderedElementsAre(Rows{"threat"}, Rows{"fear"}, Rows{"spread"}, Rows{"rest"}));
}

TEST(OwnGoal, NotAnothersGoalNorAnUnknownSignNorTwoWaysThatDisagree) {
  EXPECT_TRUE(of_kind(std::string(kThreat) + kChain +
                          "objectives: {rest: {by: b, needs: [calm is present], from: ex.S4}}\n",
                      Kind::own_goal)
                  .empty());
  EXPECT_TRUE(of_kind(std::string(kThreat) + R"(mechanisms:
  fear: {cause: patrols is sent, moves: [calm], from: ex.S2}
)" + kGoal,
                      Kind::own_goal)
                  .empty());
  EXPECT_TRUE(of_kind(std::string(kThreat) + kChain +
                          "  other: {cause: patrols is sent, raises: [calm], from: ex.S5}\n" + kGoal,
                      Kind::own_goal)
                  .empty());
}

TEST(OwnGoal, ThePriceOfAPromiseIsNoneAndOfAThreatIsOne) {
  const std::string wish = "preferences: {own: {by: a, on: patrols, order: withheld > sent, from: ex.S4}}\n";
  EXPECT_EQ(of_kind(kThreat + wish, Kind::own_goal).size(), 1U);
  EXPECT_TRUE(
      of_kind("commitments: {word: {by: a, to: [b], kind: promise, if: water is much, will: patrols is sent, "
              "from: ex.S1}}\n" +
                  wish,
              Kind::own_goal)
          .empty());
}

TEST(OwnGoal, WhatIsPressedForCountsAndWhatIsOnlyPreferredDoesNot) {
  const std::string rest = R"(mechanisms: {drain: {cause: water, lowers: [calm], from: ex.S2}}
)" + std::string(kGoal);
  const auto list =
      of_kind("positions: {want: {by: a, on: water, presses: much, from: ex.S1}}\n" + rest, Kind::own_goal);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"want", "drain", "rest"}));
  EXPECT_TRUE(
      of_kind("positions: {want: {by: a, on: water, prefers: much, from: ex.S1}}\n" + rest, Kind::own_goal)
          .empty());
}

TEST(OwnGoal, AJointCauseWorksOnlyWhereTheActMakesItTrue) {
  const std::string joint =
      R"(mechanisms: {both: {cause: patrols is sent and water is much, makes_likely: calm is absent, from: ex.S2}}
)";
  EXPECT_TRUE(of_kind(kThreat + joint + kGoal, Kind::own_goal).empty());
  const auto list = of_kind(
      "commitments: {threat: {by: a, to: [b], kind: threat, if: t failed, will: patrols is sent and water is "
      "much, from: "
      "ex.S1}}\n" +
          joint + kGoal,
      Kind::own_goal);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "both", "rest"}));
}

TEST(OwnGoal, OneSentenceThatSaysAllOfItRestatesItself) {
  std::string body = std::string(kThreat) + kChain + kGoal;
  for (const char* other : {"ex.S2", "ex.S3", "ex.S4"}) {
    const auto at = body.find(other);
    body.replace(at, 5, "ex.S1");
  }
  EXPECT_TRUE(of_kind(body, Kind::own_goal).empty());
}

TEST(OwnGoal, TwoWaysOfOneSignFallOnlyTogether) {
  const auto list =
      of_kind(std::string(kThreat) + kChain +
                  "  direct: {cause: patrols is sent, makes_likely: calm is absent, from: ex.S5}\n" + kGoal,
              Kind::own_goal);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "direct", "rest"}));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"threat"}, Rows{"rest"}));
  const auto twice = of_kind(
      std::string(kThreat) +
          R"(  again: {by: a, to: [b], kind: threat, if: t failed, may: patrols is sent, restates: threat, from: ex.S6}
)" + kChain +
          "  direct: {cause: patrols is sent, makes_likely: calm is absent, from: ex.S5}\n" +
          "objectives: {rest: {by: a, needs: [calm is present], from: ex.S4}, quiet: {by: a, needs: [calm is "
          "present], from: ex.S7}}\n",
      Kind::own_goal);
  ASSERT_EQ(twice.size(), 1U);
  EXPECT_THAT(twice[0].falls_without, ElementsAre(Rows{"threat"}));
}

TEST(NeedsCollide, WhateverServesTheOneHarmsTheOther) {
  const std::string both =
      R"(objectives: {order: {by: c, needs: [calm is present, water is much], from: ex.S1}}
)";
  const std::string floods = R"(quantities: {rain: {is: rain, from: ex.S0}}
mechanisms:
  floods: {cause: rain, lowers: [calm], from: ex.S2}
)";
  const std::string fills = "  fills: {cause: rain, raises: [water], from: ex.S3}\n";
  EXPECT_TRUE(of_kind(both + floods, Kind::needs_collide).empty());
  // Only less rain serves calm, and it takes the water.
  const auto list = of_kind(both + floods + fills, Kind::needs_collide);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_THAT(list[0].rows, UnorderedElementsAre("order", "floods", "fills"));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"order"}, Rows{"floods"}, Rows{"fills"}));
  EXPECT_THAT(list[0].words, HasSubstr("rain falls"));
  // A lever that serves one without harm is a way out; and so is one whose harm is not known.
  const std::string well = "  well: {cause: trade, raises: [calm], from: ex.S4}\n";
  EXPECT_TRUE(of_kind(both + floods + fills + well, Kind::needs_collide).empty());
  EXPECT_TRUE(
      of_kind(both + floods + "  fills: {cause: rain, moves: [water], from: ex.S3}\n", Kind::needs_collide)
          .empty());
  // Two goals of one actor are no one goal.
  EXPECT_TRUE(of_kind("objectives: {one: {by: c, needs: [calm is present], from: ex.S1}, two: {by: c, needs: "
                      "[water is much], "
                      "from: ex.S5}}\n" +
                          floods + fills,
                      Kind::needs_collide)
                  .empty());
}

constexpr const char* kShut =
    R"(mechanisms: {floods: {cause: dam is built, rules_out: access is open, latch: yes, from: ex.S1}}
)";

TEST(Shut, AnActRulesOutWhatACommitmentRequires) {
  const std::string bar =
      "commitments: {bar: {by: c, to: [b], kind: condition, will: trade is some, only_if: access is open, "
      "from: ex.S2}}\n";
  const auto list = of_kind(kShut + bar, Kind::shut);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"dam", "floods", "bar"}));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"floods"}, Rows{"bar"}));
  EXPECT_THAT(list[0].words, HasSubstr("the other side alone decides"));
  EXPECT_THAT(list[0].words, HasSubstr("never again"));
  // What requires something else is not shut; nor is anything where the act rules out nothing.
  EXPECT_TRUE(
      of_kind(kShut + std::string(
                          "commitments: {bar: {by: c, to: [b], will: trade is some, only_if: water is much, "
                          "from: ex.S2}}\n"),
              Kind::shut)
          .empty());
  EXPECT_TRUE(of_kind(bar, Kind::shut).empty());
}

TEST(Shut, AnActRulesOutWhatAGoalNeedsAndWhatAPromiseIsFor) {
  const auto goal = of_kind(
      kShut + std::string(
                  "objectives: {trade_road: {by: a, needs: [access is open, water is much], from: ex.S2}}\n"),
      Kind::shut);
  ASSERT_EQ(goal.size(), 1U);
  EXPECT_EQ(goal[0].rows, (Rows{"dam", "floods", "trade_road"}));
  EXPECT_EQ(
      of_kind(
          kShut +
              std::string(
                  "commitments: {word: {by: c, to: [b], kind: promise, if: access is open, will: trade is "
                  "some, from: ex.S2}}\n"),
          Kind::shut)
          .size(),
      1U);
  // The condition of a threat is nothing that anybody requires.
  EXPECT_TRUE(
      of_kind(
          kShut + std::string(
                      "commitments: {word: {by: c, to: [b], kind: threat, if: access is open, will: trade "
                      "is closed, from: ex.S2}}\n"),
          Kind::shut)
          .empty());
}

TEST(Limits, WhatIsHeldLeavesNothingAndFailureIsWorse) {
  const std::string held = R"(positions:
  a_water: {by: a, on: water, presses: much, from: ex.S1}
  b_water: {by: b, on: water, insists: half, from: ex.S2}
)";
  const std::string rest =
      R"(mechanisms: {break: {cause: t failed, makes_likely: calm is absent, from: ex.S3}}
)" + std::string(kGoal);
  const auto list = of_kind(held + rest, Kind::limits);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"a_water", "b_water", "break", "rest"}));
  EXPECT_THAT(list[0].falls_without,
              UnorderedElementsAre(Rows{"a_water"}, Rows{"b_water"}, Rows{"break"}, Rows{"rest"}));
  // Failure that harms nobody who holds a limit; and limits that leave a package.
  EXPECT_TRUE(
      of_kind(held + std::string("objectives: {rest: {by: c, needs: [calm is present], from: ex.S4}}\n"),
              Kind::limits)
          .empty());
  EXPECT_TRUE(
      of_kind(
          "positions: {a_water: {by: a, on: water, presses: much, from: ex.S1}, b_water: {by: b, on: water, "
          "insists: at least half, from: ex.S2}}\n" +
              rest,
          Kind::limits)
          .empty());
}

// --- the oracle
// ------------------------------------------------------------------------------------------------------

struct Edge {
  int from, to, sign;  // sign 0: unknown
};

/// Signs of all elementary paths, by trying every one.
void all_paths(const std::vector<Edge>& edges, int at, int goal, int sign, std::set<int>& seen,
               std::set<int>& signs) {
  if (at == goal) {
    signs.insert(sign);
    return;
  }
  for (const Edge& e : edges) {
    if (e.from != at || seen.contains(e.to)) continue;
    seen.insert(e.to);
    all_paths(edges, e.to, goal, sign * e.sign, seen, signs);
    seen.erase(e.to);
  }
}

/// Every path there is lowers: node 0 is what the act raises.
bool lowers(const std::vector<Edge>& edges, int goal) {
  std::set<int> seen = {0}, signs;
  all_paths(edges, 0, goal, 1, seen, signs);
  return signs == std::set<int>{-1};
}

std::string text_of(const std::vector<Edge>& edges, int nodes, int goal) {
  std::string text = "quantities:\n  from: ex.S0\n";
  for (int n = 1; n < nodes; ++n) text += fmt::format("  q{}: q\n", n);
  if (!edges.empty()) text += "mechanisms:\n";
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const char* verb = edges[i].sign > 0 ? "raises" : edges[i].sign < 0 ? "lowers" : "moves";
    text +=
        fmt::format("  m{}: {{cause: {}, {}: [q{}], from: ex.M{}}}\n", i,
                    edges[i].from == 0 ? "patrols" : fmt::format("q{}", edges[i].from), verb, edges[i].to, i);
  }
  return text + kThreat +
         fmt::format("objectives: {{rest: {{by: a, needs: [q{} rises], from: ex.S4}}}}\n", goal);
}

TEST(Oracle, SignsAgreeWithTheEnumerationOfPaths) {
  std::mt19937 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int there = 0;
  for (int round = 0; round < 1'500; ++round) {
    const int nodes = 3 + below(4);
    std::vector<Edge> edges;
    for (int k = 1 + below(2 * nodes); k > 0; --k) {
      const Edge e{below(nodes), 1 + below(nodes - 1), below(8) == 0 ? 0 : below(2) == 0 ? 1 : -1};
      if (e.from != e.to) edges.push_back(e);
    }
    const int goal = 1 + below(nodes - 1);
    const auto account = account_of(text_of(edges, nodes, goal));
    const auto list = of_kind(found(account, round % 10 == 0), Kind::own_goal);
    ASSERT_EQ(!list.empty(), lowers(edges, goal)) << text_of(edges, nodes, goal);
    if (list.empty()) continue;
    ++there;
    if (round % 10 != 0) continue;
    // The rows without which it falls, by trying each mechanism alone.
    std::set<Rows> alone = {{"threat"}, {"rest"}};
    for (std::size_t i = 0; i < edges.size(); ++i) {
      auto fewer = edges;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!lowers(fewer, goal)) alone.insert({fmt::format("m{}", i)});
    }
    EXPECT_EQ(std::set<Rows>(list[0].falls_without.begin(), list[0].falls_without.end()), alone)
        << text_of(edges, nodes, goal);
  }
  EXPECT_GT(there, 150);
}

// --- the founding account
// ---------------------------------------------------------------------------------------------

const language::Reading& founding() {
  static const auto reading =
      language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026");
  return reading;
}

const questions::Findings& founding_findings() {
  static const auto findings = found(founding().base);
  return findings;
}

const Finding* by_id(const questions::Findings& findings, const std::string& id) {
  const auto at =
      std::find_if(findings.list.begin(), findings.list.end(), [&](const auto& f) { return f.id == id; });
  return at == findings.list.end() ? nullptr : &*at;
}

TEST(Founding, JoinsSentencesThatNoneOfThemSaysAlone) {
  for (const char* id : {"own-goal:us_threat:spillover", "shut:annexation is done:saudi_bar",
                         "shut:annexation is done:us_order", "limits:indirect"})
    EXPECT_NE(by_id(founding_findings(), id), nullptr) << id;
  for (const auto& f : founding_findings().list) EXPECT_GE(f.joined, 2) << f.id;
}

TEST(Founding, EachFallsWithoutItsRowsAndWithoutNoOther) {
  const auto other =
      found(without(founding().base, {"sanctions_rial", "houthi_truce", "numbers_iran"}), false);
  for (const auto& f : founding_findings().list) {
    ASSERT_FALSE(f.falls_without.empty()) << f.id;
    for (const auto& set : f.falls_without)
      EXPECT_EQ(by_id(found(without(founding().base, set), false), f.id), nullptr)
          << f.id << " without " << set.front();
    const auto* same = by_id(other, f.id);
    ASSERT_NE(same, nullptr) << f.id;
    EXPECT_EQ(same->words, f.words);
  }
}

TEST(Founding, TheOrderOfTheRowsChangesNothing) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto other = found(questions::permuted(founding().base, seed));
    ASSERT_EQ(other.list.size(), founding_findings().list.size());
    for (std::size_t i = 0; i < other.list.size(); ++i) {
      EXPECT_EQ(other.list[i].id, founding_findings().list[i].id);
      EXPECT_EQ(other.list[i].words, founding_findings().list[i].words);
      EXPECT_EQ(other.list[i].rows, founding_findings().list[i].rows);
      EXPECT_EQ(other.list[i].falls_without, founding_findings().list[i].falls_without);
    }
  }
}

TEST(Founding, ReadingsThatDissolveAFindingAreNamed) {
  std::vector<questions::Column> readings;
  for (const auto& column : questions::columns_of(founding().base, founding().alternatives, {}))
    if (column.alternative != "base") readings.push_back(column);
  const auto findings = questions::findings_of(column_of(founding().base), readings, {false, nullptr});
  EXPECT_THAT(by_id(findings, "shut:annexation is done:saudi_bar")->not_in,
              UnorderedElementsAre("saudi_framework", "saudi_pathway"));
}

}  // namespace
