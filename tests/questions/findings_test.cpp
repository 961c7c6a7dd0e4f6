// SPDX-License-Identifier: MIT
// Findings that join sentences: each kind where it is and where it is not, on small accounts.
#include "questions/findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings_accounts.hpp"

namespace {

using namespace parley;
using namespace parley::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

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
  // What stands already goes on without its condition.
  EXPECT_TRUE(
      of_kind(kShut + std::string("commitments: {bar: {by: c, to: [b], kind: condition, will: trade is "
                                  "closed, only_if: access is open, from: ex.S2}}\n"),
              Kind::shut)
          .empty());
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

TEST(Opening, WhatIsLeftWorksAgainstWhoGivesWayAndAThreatThatAnAgreementLiftsDoesNot) {
  const std::string held = R"(positions:
  a_water: {by: a, on: water, presses: much, from: ex.S1}
  b_water: {by: b, on: water, insists: half, from: ex.S2}
)";
  const std::string drain =
      "mechanisms: {drain: {cause: water is much, makes_likely: calm is absent, from: ex.S3}}\n";
  const std::string goal = "objectives: {rest: {by: b, needs: [calm is present], from: ex.S4}}\n";
  const auto list = of_kind(held + drain + goal, Kind::opening);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].id, "opening:t:b");
  EXPECT_EQ(list[0].rows, (Rows{"b_water", "a_water", "drain", "rest"}));
  EXPECT_THAT(list[0].falls_without,
              UnorderedElementsAre(Rows{"a_water"}, Rows{"b_water"}, Rows{"drain"}, Rows{"rest"}));
  EXPECT_TRUE(of_kind(held + drain + "objectives: {rest: {by: c, needs: [calm is present], from: ex.S4}}\n",
                      Kind::opening)
                  .empty());
  const std::string threat =
      "commitments: {threat: {by: a, to: [b], kind: threat, if: water is much, will: patrols is sent, from: "
      "ex.S5}}\n";
  const std::string wish =
      "preferences: {calm_b: {by: b, on: patrols, order: withheld > sent, from: ex.S6}}\n";
  EXPECT_TRUE(of_kind(held + threat + wish, Kind::opening).empty());
}

TEST(OwnGoal, AJointCauseFurtherOnThatTheActLeavesOpenIsNoWay) {
  EXPECT_TRUE(of_kind(std::string(kThreat) + R"(quantities: {tension: {is: tension, from: ex.S0}}
mechanisms:
  fear: {cause: patrols is sent, raises: [tension], from: ex.S2}
  both: {cause: tension rises and water is much, makes_likely: calm is absent, from: ex.S3}
)" + kGoal,
                      Kind::own_goal)
                  .empty());
}

TEST(OwnGoal, AReadingInWhichWaysDisagreeLacksIt) {
  const std::string body = std::string(kThreat) + kChain + kGoal;
  const std::string other = std::string(kThreat) + kChain +
                            "  calms: {cause: patrols is sent, raises: [calm], from: ex.S5}\n" + kGoal;
  auto reading = column_of(account_of(other));
  reading.alternative = "calmer";
  const auto findings = questions::findings_of(column_of(account_of(body)), {reading}, {false, nullptr});
  ASSERT_EQ(of_kind(findings, Kind::own_goal).size(), 1U);
  EXPECT_THAT(of_kind(findings, Kind::own_goal)[0].not_in, ElementsAre("calmer"));
}

TEST(Shut, WhatTwoMustSettleIsNoActOfOne) {
  EXPECT_TRUE(
      of_kind(
          "mechanisms: {floods: {cause: water is much, rules_out: access is open, from: ex.S1}}\n"
          "commitments: {bar: {by: c, to: [b], will: trade is some, only_if: access is open, from: ex.S2}}\n",
          Kind::shut)
          .empty());
}

TEST(Opening, WhatIsGivenUpIsItselfNoFurtherHarm) {
  EXPECT_TRUE(of_kind(R"(positions:
  a_water: {by: a, on: water, presses: much, from: ex.S1}
  b_water: {by: b, on: water, insists: half, from: ex.S2}
preferences: {less_b: {by: b, on: water, wants: less, from: ex.S4}}
)",
                      Kind::opening)
                  .empty());
}

}  // namespace
