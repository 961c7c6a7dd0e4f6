// SPDX-License-Identifier: MIT
// Claims that count the worlds of a table: each expectation caught a comparison turned round that nothing
// else did.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "claim_account.hpp"

namespace {

using namespace claims;

/// Two issues on which a and b want opposite things, weather that nobody decides, and sky that nobody knows.
std::string table(const std::string& talks = "t: {parties: [a, b], issues: [water, gold], from: ex.S0}") {
  return R"(parley: 1
account: small
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex.S0, a: one side, b: the other side}
issues:
  from: ex.S0
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  gold: {settled_by: [a, b], levels: [kept, given], now: kept}
  weather: {nature: yes, levels: [dry, wet], now: dry}
  sky: {nature: yes, levels: [clear, dark]}
packages:
  flood: {options: {water: much}, from: ex.S2}
preferences:
  a_water: {by: a, on: water, order: much > half > little, from: ex.S3}
  a_gold: {by: a, on: gold, order: kept > given, from: ex.S4}
  b_gold: {by: b, on: gold, order: given > kept, from: ex.S5}
)" + ("talks: {" + talks + "}\n");
}
const std::string kOpposed = "  b_water: {by: b, on: water, order: little > half > much, from: ex.S6}\n";

questions::ClaimAnswer put(std::string text, const std::string& claim, int draws = 200) {
  const auto reading =
      language::read_texts({{"t.yaml", text + "claims: {c: {" + claim + ", from: ex.S1}}\n"}});
  for (const auto& d : reading.diagnostics) EXPECT_NE(d.severity, language::Severity::error) << d.message;
  return asked(reading, draws).at(0);
}
std::string opposed() {
  std::string text = table();
  return text.insert(text.find("talks:"), kOpposed);
}
worlds::Share share(const std::string& claim) {
  const auto answer = put(opposed(), claim);
  EXPECT_TRUE(answer.base.share) << answer.base.why;
  return answer.base.share.value_or(worlds::Share{});
}

TEST(ClaimTable, EnoughAndNotEnoughShareTheWorlds) {
  // Gold buys water in some worlds; where gold is not given none is acceptable to b, who wants little.
  const auto enough = share("sufficient: gold is given, for: water is much and gold is given"),
             not_enough = share("not_sufficient: gold is given, for: water is much and gold is given");
  EXPECT_GT(not_enough.yes, 0);
  EXPECT_EQ(enough.of, not_enough.of);
  EXPECT_EQ(enough.yes + not_enough.yes, enough.of);
}

TEST(ClaimTable, OnlyWorldsInWhichItMakesADifferenceCount) {
  // Both want all of the water flowing: with or without the gold some package with it is acceptable.
  std::string willing = table();
  willing.insert(willing.find("talks:"),
                 "  b_water: {by: b, on: water, order: much > half > little, from: ex.S6}\n");
  const auto idle = put(willing, "sufficient: gold is kept, for: water is much").base;
  EXPECT_EQ(idle.verdict, V::undetermined);
  EXPECT_FALSE(idle.share) << idle.why;
  // Had the gold gone already, what b gets for the water is no longer for sale: fewer worlds than before.
  const auto sold = put(opposed(), "sufficient: gold is given, for: water is much").base;
  ASSERT_TRUE(sold.share);
  EXPECT_GT(sold.share->of, 0);
  EXPECT_LT(sold.share->yes, sold.share->of);
}

/// Silver as well as gold can pay for the water.
std::string two_prices(const std::string& a_silver) {
  std::string text = table("t: {parties: [a, b], issues: [water, gold, silver], from: ex.S0}");
  text.insert(text.find("  weather:"), "  silver: {settled_by: [a, b], levels: [kept, given], now: kept}\n");
  text.insert(text.find("talks:"), kOpposed + a_silver);
  return text;
}
const std::string kSilver =
    "  a_silver: {by: a, on: silver, order: kept > given, from: ex.S8}\n"
    "  b_silver: {by: b, on: silver, order: given > kept, from: ex.S9}\n";

TEST(ClaimTable, WorldsInWhichTheGoalIsThereWithAndWithoutItDoNotCount) {
  // What was given away beforehand pays for nothing, and the other price still may.
  const auto enough = put(two_prices(kSilver), "sufficient: silver is given, for: water is much").base,
             not_enough =
                 put(two_prices(kSilver), "not_sufficient: silver is given, for: water is much").base;
  ASSERT_TRUE(enough.share && not_enough.share);
  EXPECT_GT(enough.share->of, 0);
  EXPECT_LT(enough.share->of, 200);
  EXPECT_EQ(enough.share->yes, 0);
  EXPECT_EQ(not_enough.share->yes, not_enough.share->of);
}

TEST(ClaimTable, WhatNobodyCaresForIsNeitherEnoughNorTooLittle) {
  const std::string text = two_prices("") +
                           "positions:\n  a_not: {by: a, on: silver, indifferent: yes, from: ex.S8}\n"
                           "  b_not: {by: b, on: silver, indifferent: yes, from: ex.S9}\n";
  for (const char* test : {"sufficient", "not_sufficient"}) {
    const auto claim = put(text, fmt::format("{}: silver is given, for: water is much", test)).base;
    EXPECT_EQ(claim.verdict, V::undetermined) << claim.why;
    EXPECT_FALSE(claim.share);
  }
}

TEST(ClaimTable, TheGoalItselfIsEnough) {
  EXPECT_EQ(put(opposed(), "sufficient: water is much, for: water is much").base.verdict, V::entailed);
  EXPECT_EQ(put(opposed(), "not_sufficient: water is much, for: water is much").base.verdict, V::fails);
}

TEST(ClaimTable, WhatOneSideDecidesAloneIsNotNegotiated) {
  std::string text = table("t: {parties: [a, b], issues: [water, gold, gate], from: ex.S0}");
  text.insert(text.find("  weather:"), "  gate: {chosen_by: a, levels: [shut, open], now: shut}\n");
  text.insert(text.find("talks:"), kOpposed);
  const auto claim =
      put(text + "mechanisms: {opens: {cause: weather is wet, rules_out: gate is shut, from: ex.S8}}\n",
          "sufficient: weather is wet, for: gate is open")
          .base;
  EXPECT_EQ(claim.verdict, V::entailed);
  EXPECT_FALSE(claim.share);
}

TEST(ClaimTable, WhatIsPlacedAtTwoTablesIsAskedAtNeither) {
  const std::string two = table(
      "t1: {parties: [a, b], issues: [gold, water], from: ex.S0}, t2: {parties: [a, b], issues: [water], "
      "from: "
      "ex.S0}");
  EXPECT_EQ(put(two, "takes: flood, of: a, share: 1% to 2%").base.verdict, V::not_testable);
}

TEST(ClaimTable, WhatLeavesTheTableAsItIsIsNeitherEnoughNorTooLittle) {
  const std::string shut =
      opposed() + "positions: {firm: {by: b, on: water, insists: little, from: ex.S7}}\n";
  for (const std::string& text : {opposed(), shut})
    for (const char* test : {"sufficient", "not_sufficient"}) {
      const auto claim = put(text, fmt::format("{}: weather is wet, for: water is much", test)).base;
      EXPECT_EQ(claim.verdict, V::undetermined);
      EXPECT_FALSE(claim.share);
      EXPECT_FALSE(claim.proved);
    }
}

TEST(ClaimTable, AnEmptyZoneProvesThatNothingIsEnough) {
  const std::string shut =
      opposed() + "positions: {firm: {by: b, on: water, insists: little, from: ex.S7}}\n";
  const auto enough = put(shut, "sufficient: gold is given, for: water is much");
  EXPECT_EQ(enough.base.verdict, V::fails);
  EXPECT_TRUE(enough.base.proved);
  EXPECT_EQ(put(shut, "not_sufficient: gold is given, for: water is much").base.verdict, V::entailed);
}

TEST(ClaimTable, ANeedIsAskedOfEveryPackageThatHasTheGoal) {
  // Only worlds with such a package count; what b gives up on water it wants back.
  const auto back = share("necessary: gold is given, for: water is much");
  EXPECT_GT(back.of, 0);
  EXPECT_LT(back.of, 200);
  EXPECT_EQ(back.yes, back.of);
  // Where both levels of water are acceptable neither is needed.
  const auto half = share("necessary: water is half, for: gold is given"),
             much = share("necessary: water is much, for: gold is given");
  EXPECT_EQ(half.of, much.of);
  EXPECT_GT(half.yes, 0);
  EXPECT_GT(much.yes, 0);
  EXPECT_LT(half.yes + much.yes, half.of);
}

TEST(ClaimTable, WhatIsLeftOpenTakesItsLeastAndTheSameIsNotMore) {
  EXPECT_EQ(put(opposed(), "takes: flood, of: a, share: 1% to 2%").base.verdict, V::fails)
      << "a gives up nothing where it keeps the gold";
  EXPECT_EQ(put(opposed(), "asks_more: flood, than: flood, of: b").base.verdict, V::fails);
}

TEST(ClaimTable, OnlyWhatTheTableDecidesIsCounted) {
  const auto unknown = put(opposed(), "sufficient: weather is wet, for: water is much and sky is clear");
  EXPECT_EQ(unknown.base.verdict, V::not_testable) << "no package is sure to have it";
  const auto off =
      put(opposed() + "mechanisms: {dry: {cause: weather is dry, rules_out: water is much, from: ex.S8}}\n",
          "necessary: weather is wet, for: water is much");
  EXPECT_EQ(off.base.verdict, V::entailed);
  EXPECT_TRUE(off.base.proved);
  EXPECT_EQ(off.premises, Rows{"dry"});
}

TEST(ClaimTable, TheTableThatHasTheGoalIsAsked) {
  const std::string two = table(
      "t1: {parties: [a, b], issues: [gold], from: ex.S0}, t2: {parties: [a, b], issues: [water], from: "
      "ex.S0}");
  std::string willing = two;
  willing.insert(willing.find("talks:"),
                 "  b_water: {by: b, on: water, order: much > half > little, from: ex.S6}\n");
  EXPECT_EQ(put(willing, "necessary: water is much, for: water is much").base.verdict, V::holds);
}

TEST(ClaimTable, WhatNobodyDecidesIsNotNegotiated) {
  const std::string text = table("t: {parties: [a, b], issues: [water, gold, weather], from: ex.S0}");
  const auto reading = language::read_texts(
      {{"t.yaml", text + "claims: {c: {sufficient: gold is given, for: weather is wet, from: ex.S1}}\n"}});
  ASSERT_TRUE(reading.ok());
  const auto claim = asked(reading, 20).at(0);
  EXPECT_EQ(claim.base.verdict, V::undetermined);
  EXPECT_FALSE(claim.base.share);
}

}  // namespace
