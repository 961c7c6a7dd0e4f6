// SPDX-License-Identifier: MIT
// The edges of the tests behind claims and of the course of things: each caught a comparison turned round
// that nothing else did.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "claim_account.hpp"

namespace {

using namespace claims;

questions::ClaimAnswer with_land(const std::string& claim, const char* latch, const std::string& rows) {
  std::string text = kHead;
  text.insert(text.find("  treaty:"),
              fmt::format("  land: {{nature: yes, levels: [keep, split, gone], now: split{}}}\n", latch));
  const auto reading =
      language::read_texts({{"land.yaml", text + rows + "claims: {c: {" + claim + ", from: ex.S1}}\n"}});
  EXPECT_TRUE(reading.ok());
  return asked(reading, 5).at(0);
}

TEST(ClaimEdges, NeedsThatNobodyJoinsOrThatMayBeMetStayOpen) {
  EXPECT_EQ(base_of("", "necessary: patrols is sent, for: calm is present"), V::undetermined)
      << "where it stands, and nobody joins the two";
  EXPECT_EQ(base_of("mechanisms: {push: {cause: patrols is withheld, moves: [fear], from: ex.S2}}\n",
                    "necessary: patrols is sent, for: fear rises"),
            V::undetermined);
}

TEST(ClaimEdges, AConditionThatSomebodyMakesAndThatIsNotMet) {
  const std::string moves =
      "mechanisms: {m: {cause: calm is absent, makes_likely: state is full, from: ex.S3}";
  const std::string bar = "commitments: {bar: {by: b, will: treaty is signed, only_if: {}, from: ex.S2}}\n";
  const auto with = [&](const std::string& rows, const char* condition) {
    std::string text = bar;
    text.replace(text.find("{}"), 2, condition);
    return base_of(rows + text, "not_sufficient: patrols is sent, for: treaty is signed");
  };
  EXPECT_EQ(with(moves + "}\n", "state is full"), V::entailed);
  EXPECT_EQ(with("", "state is full"), V::undetermined) << "nothing moves the condition";
  EXPECT_EQ(with(moves + "}\n", "state is full or calm is present"), V::undetermined)
      << "it is met otherwise";
  EXPECT_EQ(
      with(moves + ", n: {cause: fear, makes_likely: treaty is signed, from: ex.S4}}\n", "calm is present"),
      V::undetermined)
      << "that the goal is not there yet is no condition";
  // What cannot be is neither enough nor not enough.
  EXPECT_EQ(with(moves + ", n: {cause: calm is present, rules_out: patrols is sent, from: ex.S4}, "
                         "o: {cause: calm is absent, rules_out: patrols is sent, from: ex.S5}}\n",
                 "state is full"),
            V::undetermined);
}

TEST(ClaimEdges, WhatRulesOutAWholeIsNotEnoughForIt) {
  EXPECT_EQ(
      base_of("mechanisms: {shut: {cause: patrols is sent, rules_out: treaty is signed and calm is present, "
              "from: ex.S2}}\n",
              "not_sufficient: patrols is sent, for: treaty is signed and calm is present"),
      V::entailed);
}

TEST(ClaimEdges, OrderingsThatSayBothDecideNothing) {
  const std::string both = R"(orderings:
  one: {more: fear, less: trade, from: ex.S2}
  two: {more: trade, less: fear, from: ex.S3}
)";
  EXPECT_EQ(base_of(both, "more: fear, less: trade"), V::undetermined);
  EXPECT_EQ(one("claims: {c: {more: fear, less: fear, from: ex.S1}}\n").base.why,
            "no ordering joins the two");
}

TEST(ClaimEdges, WhatMattersByAGoalByARowAndByWhatMayBeDone) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
objectives: {goal: {by: a, needs: [fear falls], from: ex.S4}}
commitments: {m: {by: a, may: treaty is signed, if: fear rises, from: ex.S5}}
)";
  EXPECT_EQ(base_of(rows, "matters: [goal], for: trade falls"), V::entailed);
  EXPECT_EQ(one(rows + "claims: {c: {matters: [push], for: trade falls, from: ex.S1}}\n").premises,
            (Rows{"pull", "push"}));
  EXPECT_EQ(base_of(rows, "matters: [push], for: treaty is signed"), V::entailed);
}

TEST(ClaimEdges, WhatPushedAnIssueBeforeHasDoneItsPart) {
  const std::string rows = R"(mechanisms:
  up: {cause: calm is present, raises: [water], from: ex.S2}
  down: {cause: patrols is sent, lowers: [water], from: ex.S3}
)";
  EXPECT_EQ(base_of(rows, "entails: water is little, given: patrols is sent"), V::entailed);
}

TEST(ClaimEdges, AtItsLowestLevelAnIssuePushesNothingAndBackDownItTurnsBack) {
  EXPECT_EQ(base_of(R"(mechanisms:
  up: {cause: water, raises: [fear], from: ex.S2}
  down: {cause: calm is present, lowers: [fear], from: ex.S3}
)",
                    "entails: fear falls"),
            V::entailed);
  const std::string calm = "mechanisms: {up: {cause: calm, raises: [fear], from: ex.S2";
  EXPECT_EQ(base_of(calm + "}}\n", "entails: not fear falls, given: calm is absent"), V::undetermined);
  EXPECT_EQ(base_of(calm + ", latch: yes}}\n", "entails: not fear falls, given: calm is absent"),
            V::entailed);
}

TEST(ClaimEdges, WhatOnlyMayBeDoneChangesNothingForCertain) {
  std::string text = kHead;
  text.replace(text.find("fear: fear"), 10, "fear: {is: fear, now: falling}");
  text += R"(commitments: {m: {by: a, may: fear rises, if: patrols is sent, from: ex.S2}}
claims: {c: {entails: fear falls, given: patrols is sent, from: ex.S1}}
)";
  const auto reading = language::read_texts({{"may.yaml", text}});
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(asked(reading, 5).at(0).base.verdict, V::entailed);
}

TEST(ClaimEdges, AThreatThatStandsIsPartOfThePresent) {
  EXPECT_EQ(base_of("commitments: {k: {by: a, will: treaty is signed, if: calm is present, from: ex.S2}}\n",
                    "entails: treaty is absent, given: calm is present"),
            V::entailed);
}

TEST(ClaimEdges, NothingFollowsFromALevelBelowALatch) {
  const std::string follows = R"(
  spook: {cause: land is keep, raises: [fear], from: ex.S5}
  ease: {cause: patrols is sent, lowers: [fear], from: ex.S6}
)";
  for (const char* leads : {"lowers: [land]", "makes_likely: land is keep"}) {
    const std::string rows =
        fmt::format("mechanisms:\n  to: {{cause: patrols is sent, {}, from: ex.S2}}", leads) + follows;
    EXPECT_EQ(
        with_land("entails: fear falls, given: patrols is sent", ", never_falls: yes", rows).base.verdict,
        V::entailed)
        << leads;
    EXPECT_EQ(with_land("entails: fear falls, given: patrols is sent", "", rows).base.verdict,
              V::undetermined)
        << leads;
  }
}

/// The head with one declaration otherwise.
V declared(const std::string& from, const std::string& to, const std::string& rows,
           const std::string& claim) {
  std::string text = kHead;
  text.replace(text.find(from), from.size(), to);
  const auto reading =
      language::read_texts({{"d.yaml", text + rows + "claims: {c: {" + claim + ", from: ex.S1}}\n"}});
  EXPECT_TRUE(reading.ok());
  return asked(reading, 5).at(0).base.verdict;
}

TEST(ClaimEdges, AStatedTrendIsSetAsideWhereItIsAskedWhatActs) {
  EXPECT_EQ(declared("trust: trust", "trust: {is: trust, now: falling}", "",
                     "not_sufficient: patrols is sent, for: patrols is sent and trust rises"),
            V::undetermined);
  const std::string fear = "fear: fear", falling = "fear: {is: fear, now: falling}";
  EXPECT_EQ(
      declared(fear, falling, "mechanisms: {up: {cause: patrols is sent, raises: [fear], from: ex.S2}}\n",
               "possible: fear rises, given: patrols is sent"),
      V::entailed);
  EXPECT_EQ(
      declared(fear, falling, "mechanisms: {up: {cause: calm is present, raises: [fear], from: ex.S2}}\n",
               "possible: fear rises"),
      V::undetermined);
}

TEST(ClaimEdges, WhatNothingIsSaidAboutPushesNothing) {
  EXPECT_EQ(
      base_of("mechanisms: {up: {cause: fear, raises: [trade], from: ex.S2}}\n", "possible: trade rises"),
      V::undetermined);
  EXPECT_EQ(
      declared("levels: [absent, full], now: absent", "levels: [absent, full]",
               "mechanisms: {up: {cause: state, raises: [fear], from: ex.S2}}\n", "possible: fear rises"),
      V::undetermined);
  EXPECT_EQ(base_of("mechanisms: {up: {cause: state, raises: [fear], from: ex.S2}}\n",
                    "possible: not fear rises and not fear falls"),
            V::undetermined);
}

TEST(ClaimEdges, WhatIsGivenMustTakePart) {
  for (const char* cause : {"calm", "calm is present"})
    EXPECT_EQ(
        base_of(fmt::format("mechanisms: {{down: {{cause: {}, lowers: [fear], from: ex.S2}}}}\n", cause),
                "possible: fear falls, given: patrols is sent"),
        V::undetermined)
        << cause;
  EXPECT_EQ(base_of("", "possible: water is much, given: water at least half"), V::undetermined);
}

TEST(ClaimEdges, WhatIsSetIsFreeOfItsOwnConditions) {
  EXPECT_EQ(
      base_of("commitments: {bar: {by: b, will: treaty is signed, only_if: state is full, from: ex.S2}}\n",
              "entails: state is absent, given: treaty is signed"),
      V::entailed);
  EXPECT_EQ(base_of("commitments: {m: {by: a, may: treaty is signed, if: patrols is sent, from: ex.S2}}\n",
                    "sufficient: patrols is sent, for: treaty is absent"),
            V::undetermined);
}

TEST(ClaimEdges, WhatIsSoWithoutAnyRowIsSaidByNone) {
  const auto claim = one(R"(mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}
claims: {c: {entails: fear rises or not fear rises, from: ex.S1}}
)");
  EXPECT_EQ(claim.base.verdict, V::entailed);
  EXPECT_TRUE(claim.own_rows.empty());
  EXPECT_TRUE(claim.placebo);
}

}  // namespace
