// SPDX-License-Identifier: MIT
// Talks that end together, what follows from how they end, and what they need: small accounts with their
// right answers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "claim_account.hpp"
#include "questions/claim_test.hpp"

namespace {

using namespace claims;

/// Two talks on one issue. Only high is acceptable to all: down would rather keep low than have mid.
constexpr const char* kSeasons = R"(parley: 1
account: seasons
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {up: the village upstream, down: the village downstream, patron: the patron}
issues:
  x: {settled_by: [up, down], levels: [low, mid, high], now: low}
  y: {nature: yes, levels: [absent, given], now: absent}
  war: {nature: yes, levels: [absent, present], now: absent}
talks:
  spring: {parties: [up, down], issues: [x]}
  autumn: {parties: [up, down], issues: [x]}
preferences:
  a: {by: up, on: x, order: high > mid > low}
  b: {by: down, on: x, order: high > low > mid}
)";
const std::string kSilent = R"(positions:
  up_y: {by: up, on: y, indifferent: yes}
  down_y: {by: down, on: y, indifferent: yes}
  up_war: {by: up, on: war, indifferent: yes}
  down_war: {by: down, on: war, indifferent: yes}
)";
const std::string kShut =
    "  only_high: {by: up, on: x, insists: high}\n  no_high: {by: down, on: x, refuses: high}\n";

std::map<std::string, questions::ClaimAnswer> ask_all(const std::string& text, int draws = 100) {
  const auto reading = language::read_texts({{"seasons.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  std::map<std::string, questions::ClaimAnswer> list;
  for (auto& claim : asked(reading, draws)) list[claim.id] = claim;
  return list;
}

questions::ClaimAnswer ask_one(const std::string& text, const std::string& claim, int draws = 100) {
  return ask_all(text + "claims: {c: {" + claim + "}}\n", draws)["c"];
}

const std::string kTwo = kSeasons + kSilent;

TEST(ClaimJointEnds, ASharedIssueIsAtWhatTheTableThatAgreedLeavesItAt) {
  for (const char* talks : {"spring", "autumn"}) {
    const auto claim = ask_one(kTwo, fmt::format("entails: x is high, given: {} agreed", talks));
    EXPECT_EQ(claim.verdict, V::entailed) << talks;
    EXPECT_TRUE(claim.base.proved);
  }
  EXPECT_EQ(ask_one(kTwo, "possible: x is high").verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo, "entails: x is low, given: spring failed and autumn failed").verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo, "entails: x is low, given: spring failed").verdict, V::undetermined);
  EXPECT_EQ(ask_one(kTwo, "possible: x is mid").base.verdict, V::fails);
}

TEST(ClaimJointEnds, OneMayFailWhereTheOtherAgrees) {
  const auto claim = ask_one(kTwo, "possible: spring failed and autumn agreed");
  ASSERT_TRUE(claim.base.share);
  EXPECT_EQ(claim.base.share->yes, claim.base.share->of);
  EXPECT_FALSE(claim.base.proved) << "nobody says that one of them fails";
  // Talks about something else give no reason why these should fail.
  std::string apart = kTwo;
  apart.replace(apart.find("autumn: {parties: [up, down], issues: [x]}"), 42,
                "autumn: {parties: [up, down], issues: [z]}");
  apart.insert(apart.find("  y: {nature"), "  z: {settled_by: [up, down], levels: [low, high], now: low}\n");
  const auto other = ask_one(apart, "possible: spring failed and autumn agreed");
  EXPECT_EQ(other.base.verdict, V::undetermined);
  EXPECT_FALSE(other.base.share && other.base.share->yes > 0) << other.base.why;
}

TEST(ClaimJointEnds, WhatTheyLeaveDifferentlyIsEither) {
  // Each table by itself excludes what the other leaves.
  std::string text = kTwo;
  text.replace(text.find("order: high > low > mid"), 23, "order: high > mid > low");
  text += "outcomes: {some: {when: x at least mid}}\n";
  EXPECT_EQ(ask_one(text, "entails: x is high, given: spring agreed and autumn agreed").verdict,
            V::undetermined);
  EXPECT_EQ(ask_one(text, "entails: some, given: spring agreed and autumn agreed").verdict, V::entailed);
  EXPECT_EQ(ask_one(text, "entails: some, given: spring agreed").verdict, V::entailed);
}

const std::string kPromise =
    "commitments: {promise: {by: patron, if: x is high, will: y is given, carried_out: 100%}}\n";

TEST(ClaimJointEnds, WhatFollowsFromTheOnlyPackageFollowsFromTheAgreement) {
  const auto agreed = ask_one(kTwo + kPromise, "entails: y is given, given: autumn agreed");
  EXPECT_EQ(agreed.verdict, V::entailed);
  EXPECT_EQ(agreed.premises, (Rows{"b", "promise"})) << "that down would not have mid leaves high";
  EXPECT_EQ(ask_one(kTwo + kPromise, "entails: y is given, given: x is high").base.verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo + kPromise, "possible: y is given").verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo + kPromise, "entails: y is absent, given: autumn agreed").base.verdict, V::fails);
  // That it may not be kept leaves it open, and possible.
  const std::string weak = "commitments: {promise: {by: patron, if: x is high, will: y is given}}\n";
  EXPECT_EQ(ask_one(kTwo + weak, "entails: y is given, given: autumn agreed").base.verdict, V::undetermined);
  EXPECT_EQ(ask_one(kTwo + weak, "possible: y is given, given: autumn agreed").base.verdict, V::entailed);
}

TEST(ClaimJointEnds, WhatAnAgreementLiftsDoesNotFollowFromIt) {
  const auto by_up = [](const std::string& kind) {
    return fmt::format(
        "commitments: {{k: {{by: up, to: down, if: x is high, will: y is given, {}"
        "carried_out: 100%}}}}\n",
        kind);
  };
  EXPECT_EQ(
      ask_one(kTwo + by_up("kind: promise, "), "entails: y is given, given: autumn agreed").base.verdict,
      V::entailed);
  EXPECT_EQ(ask_one(kTwo + by_up("kind: threat, "), "entails: y is given, given: autumn agreed").base.verdict,
            V::fails);
  // That it is a threat is only a default: nothing is proved either way.
  EXPECT_EQ(ask_one(kTwo + by_up(""), "entails: y is given, given: autumn agreed").base.verdict,
            V::undetermined);
}

TEST(ClaimJointEnds, WhatIsDoneAboutAnAgreedIssueMayPrevail) {
  const std::string undone =
      "commitments: {k: {by: patron, if: autumn agreed, will: x is low, carried_out: 100%}}\n";
  EXPECT_EQ(ask_one(kTwo + undone, "entails: x is high, given: autumn agreed").base.verdict, V::undetermined);
}

const std::string kStrike =
    "commitments: {threat: {by: patron, if: spring failed, will: war is present, carried_out: 100%}}\n"
    "outcomes: {strife: {when: war is present and not x is high}}\n"
    "objectives: {ruin: {by: patron, needs: [war is present, x is low]}}\n";

std::string one_table(const std::string& positions) {
  std::string text = kTwo;
  const std::string autumn = "  autumn: {parties: [up, down], issues: [x]}\n";
  text.erase(text.find(autumn), autumn.size());
  if (!positions.empty()) text.replace(text.find("order: high > low > mid"), 23, "order: low > mid > high");
  return text + positions + kStrike;
}

TEST(ClaimJointEnds, WhatIsSurelyDoneWhereTalksFailIsPossibleWhereTheyMust) {
  auto claims = ask_all(one_table(kShut) + R"(claims:
  c_war: {possible: war is present}
  c_calm: {possible: y is given}
  c_given: {entails: war is present, given: spring failed}
  c_both: {entails: spring failed and war is present}
  c_strife: {entails: strife}
  c_ruin: {entails: ruin}
  c_ruin_may: {possible: ruin}
)");
  EXPECT_EQ(claims["c_war"].verdict, V::entailed);
  EXPECT_EQ(claims["c_war"].premises, (Rows{"b", "threat"})) << "down would rather keep low";
  EXPECT_EQ(claims["c_calm"].verdict, V::undetermined);
  EXPECT_EQ(claims["c_given"].base.verdict, V::entailed);
  for (const char* id : {"c_both", "c_strife", "c_ruin", "c_ruin_may"})
    EXPECT_EQ(claims[id].verdict, V::entailed) << id;
  // Where a package may be acceptable nothing of it follows.
  auto open =
      ask_all(one_table("") + "claims: {c_war: {possible: war is present}, c_ruin: {entails: ruin}}\n");
  EXPECT_EQ(open["c_war"].verdict, V::undetermined);
  EXPECT_NE(open["c_ruin"].verdict, V::entailed);
}

TEST(ClaimJointEnds, RowsThatContradictEachOtherProveNothing) {
  std::string text = one_table(kShut);
  text.insert(text.find("positions:"), "  a2: {by: up, on: x, order: low > mid > high}\n");
  for (const char* claim :
       {"entails: spring failed", "entails: not spring failed", "possible: not spring failed",
        "possible: war is present", "unlikely: spring agreed", "likely: not spring failed",
        "possible: spring agreed", "necessary: x is high, for: spring agreed",
        "sufficient: spring failed, for: x is low", "necessary: spring agreed, for: x is high"}) {
    const auto answer = ask_one(text, claim, 20).base;
    EXPECT_FALSE(answer.proved) << claim << ": " << answer.why;
    EXPECT_EQ(answer.verdict, V::undetermined) << claim << ": " << answer.why;
  }
}

TEST(ClaimJointEnds, WhatIsGivenAndCannotBeProvesNothing) {
  for (const char* claim : {"entails: x is mid, given: x is mid", "possible: x is mid, given: x is mid",
                            "entails: y is given, given: spring agreed and x is low"})
    EXPECT_EQ(ask_one(kTwo, claim).base.verdict, V::undetermined) << claim;
}

TEST(ClaimJointEnds, WhatTalksNeedToAgreeIsAskedOfEveryPackage) {
  const auto need = ask_one(kTwo, "necessary: x is high, for: autumn agreed");
  EXPECT_EQ(need.verdict, V::entailed);
  EXPECT_EQ(need.premises, Rows{"b"});
  EXPECT_EQ(ask_one(kTwo, "necessary: x is mid, for: autumn agreed").base.verdict, V::fails);
  // Where no package is acceptable nothing is needed.
  EXPECT_EQ(ask_one(one_table(kShut), "necessary: x is high, for: spring agreed").base.verdict,
            V::undetermined);
  const auto enough = ask_one(kTwo, "sufficient: autumn agreed, for: x is high");
  EXPECT_EQ(enough.verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo, "not_sufficient: autumn agreed, for: x is high").base.verdict, V::fails);
  EXPECT_EQ(ask_one(kTwo, "sufficient: autumn agreed, for: y is given").base.verdict, V::undetermined)
      << "nothing joins the two";
  EXPECT_EQ(ask_one(one_table(""), "necessary: spring agreed, for: x is high").base.verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo, "necessary: spring agreed, for: x is high").base.verdict, V::undetermined);
}

/// Relief and checks: without full relief down takes no checks.
std::string relief(const std::string& positions) {
  return R"(parley: 1
account: relief
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {up: one side, down: the other side}
issues:
  relief: {settled_by: [up, down], levels: [none-yet, full], now: none-yet}
  checks: {settled_by: [up, down], levels: [none-yet, many], now: none-yet}
  oil: {nature: yes, levels: [cheap, dear], now: cheap}
talks: {t: {parties: [up, down], issues: [relief, checks]}}
preferences:
  p1: {by: up, on: relief, order: none-yet > full}
  p2: {by: up, on: checks, order: many > none-yet}
  p3: {by: down, on: relief, order: full > none-yet}
  p4: {by: down, on: checks, order: many > none-yet}
positions:
  up_oil: {by: up, on: oil, indifferent: yes}
  down_oil: {by: down, on: oil, indifferent: yes}
)" + positions;
}

TEST(ClaimJointEnds, WhatSufficesForAnAgreementMakesAPackageAcceptable) {
  // Down insists on relief, which up refuses at the table: set beforehand it leaves checks, which both want.
  const std::string barred =
      relief(
          "  r1: {by: down, on: relief, insists: full}\n  r2: {by: up, on: checks, insists: many}\n"
          "  r3: {by: up, on: relief, prefers: none-yet}\n") +
      "commitments: {r4: {by: up, will: relief is full, only_if: oil is dear}}\n";
  const auto enough = ask_one(barred, "sufficient: relief is full, for: t agreed");
  EXPECT_EQ(enough.verdict, V::entailed) << enough.base.why;
  EXPECT_TRUE(enough.base.proved);
  EXPECT_EQ(ask_one(barred, "not_sufficient: relief is full, for: t agreed").base.verdict, V::fails);
  EXPECT_EQ(ask_one(barred, "sufficient: relief is none-yet, for: t agreed").base.verdict, V::fails);
  EXPECT_EQ(ask_one(barred, "sufficient: relief is full, for: t failed").base.verdict, V::fails);
  EXPECT_EQ(ask_one(barred, "necessary: oil is dear, for: t agreed").base.verdict, V::entailed);
  EXPECT_EQ(ask_one(barred, "necessary: oil is cheap, for: t agreed").base.verdict, V::undetermined);
  EXPECT_EQ(ask_one(barred, "sufficient: oil is dear, for: t failed").base.verdict, V::fails);
  EXPECT_EQ(ask_one(barred, "necessary: oil is cheap, for: t failed").base.verdict, V::undetermined)
      << "with dear oil there may be a package, or none";
  // Where they can agree as things stand it makes no difference.
  const auto idle = ask_one(relief(""), "sufficient: relief is full, for: t agreed").base;
  EXPECT_EQ(idle.verdict, V::undetermined);
  EXPECT_FALSE(idle.proved);
}

TEST(ClaimJointEnds, ARowMattersForTalksWhoseTableReadsIt) {
  EXPECT_EQ(ask_one(kTwo, "matters: [a], for: autumn agreed").base.verdict, V::entailed);
  EXPECT_EQ(ask_one(kTwo, "matters: [x], for: autumn failed").base.verdict, V::entailed);
  EXPECT_EQ(
      ask_one(kTwo + "quantities: {rain: {is: rain}}\n", "matters: [rain], for: autumn agreed").base.verdict,
      V::undetermined);
}

TEST(ClaimJointEnds, WhyReadsWellWithAShareAndWithout) {
  EXPECT_EQ(ask_one(kTwo, "entails: not spring failed").base.why, "it is so however the talks end");
  EXPECT_EQ(ask_one(kTwo, "entails: not spring failed", 0).base.why,
            "the talks may end with it, and without it");
  EXPECT_EQ(ask_one(kTwo, "possible: spring failed and autumn agreed").base.why,
            "the talks have a way to end with it");
  EXPECT_EQ(ask_one(kTwo, "possible: spring failed and autumn agreed", 0).base.why,
            "no row excludes that the talks end with it, and none says that they may");
  EXPECT_EQ(ask_one(relief(""), "unlikely: relief is full").base.why, "it is not so however the talks end");
}

TEST(ClaimJointEnds, BeyondSoManyWaysNothingIsDecided) {
  std::string text =
      "parley: 1\naccount: many\nfrom: ex\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
      "actors: {up: one side, down: the other side}\nissues:\n";
  std::string talks = "talks:\n", all;
  for (int i = 0; i < 11; ++i) {
    text += fmt::format("  x{}: {{settled_by: [up, down], levels: [low, high], now: low}}\n", i);
    talks += fmt::format("  t{}: {{parties: [up, down], issues: [x{}]}}\n", i, i);
    all += fmt::format("{}x{} is high", i == 0 ? "" : " and ", i);
  }
  const auto many = ask_one(text + talks, "entails: " + all, 5).base;
  EXPECT_EQ(many.verdict, V::undetermined);
  EXPECT_EQ(many.why, "the talks may end in more than 1024 ways together");
  EXPECT_NE(ask_one(text + talks, "entails: x0 is high", 5).base.why, many.why);
}

}  // namespace
