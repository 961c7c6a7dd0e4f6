// SPDX-License-Identifier: MIT
// Claims about how talks end: the table answers them, and nothing that holds today does. A small account with
// its right answers, and random ones against what their packages say by orders alone.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "claim_account.hpp"
#include "questions/columns.hpp"

namespace {

using namespace claims;

constexpr const char* kFarms = R"(parley: 1
account: farms
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {hill: the farm on the hill, valley: the farm in the valley}
issues:
  flow: {settled_by: [hill, valley], levels: [low, mid, high], now: low}
  fee: {settled_by: [hill, valley], levels: [none-yet, small, large], now: none-yet}
talks: {summer: {parties: [hill, valley], issues: [flow, fee]}}
preferences:
  h1: {by: hill, on: flow, order: low > mid > high}
  h2: {by: hill, on: fee, order: large > small > none-yet}
  v1: {by: valley, on: flow, order: high > mid > low}
  v2: {by: valley, on: fee, order: none-yet > small > large}
packages: {halfway: {options: {flow: mid, fee: small}}}
outcomes: {a_deal: {when: flow at least mid}}
)";
const std::string kAll = "  all: {by: valley, on: flow, insists: high}\n";
const std::string kHalf = "  half: {by: hill, on: flow, insists: at most mid}\n";

std::map<std::string, questions::ClaimAnswer> ask(const std::string& rest, int draws = 200) {
  const auto reading = language::read_texts({{"farms.yaml", kFarms + rest}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << rest;
  std::map<std::string, questions::ClaimAnswer> list;
  for (auto& claim : asked(reading, draws)) list[claim.id] = claim;
  return list;
}

const std::string kClaims = R"(claims:
  fails: {quote: no agreement, entails: summer failed}
  not_high: {quote: not high, entails: not flow is high}
  comes: {quote: a deal, entails: not summer failed}
  agreed: {quote: a deal, entails: summer agreed}
  halfway_possible: {quote: halfway is possible, possible: halfway}
  mid_possible: {quote: mid is possible, possible: flow is mid}
  named: {quote: a deal, possible: a_deal}
  unlikely_deal: {quote: a deal is unlikely, unlikely: summer agreed}
  likely_deal: {quote: a deal is likely, likely: summer agreed}
)";

TEST(ClaimEnds, AShutTableAnswersThemByTheRowsOfItsConflict) {
  auto claims = ask("positions:\n" + kAll + kHalf + kClaims);
  EXPECT_EQ(claims["fails"].verdict, V::entailed);
  EXPECT_EQ(claims["fails"].premises, (Rows{"all", "half"}));
  EXPECT_EQ(claims["not_high"].verdict, V::entailed);
  EXPECT_EQ(claims["not_high"].premises, Rows{"half"});
  for (const char* id : {"comes", "agreed"}) {
    EXPECT_EQ(claims[id].verdict, V::fails) << id;
    EXPECT_TRUE(claims[id].base.proved) << id;
    EXPECT_EQ(claims[id].premises, (Rows{"all", "half"})) << id;
  }
  for (const char* id : {"halfway_possible", "mid_possible"}) {
    EXPECT_EQ(claims[id].verdict, V::fails) << id;
    EXPECT_TRUE(claims[id].base.proved) << id;
    EXPECT_EQ(claims[id].premises, Rows{"all"}) << id;
  }
  EXPECT_EQ(claims["named"].verdict, V::fails);
  EXPECT_EQ(claims["named"].premises, (Rows{"a_deal", "all", "half"}));  // with what it means
  EXPECT_EQ(claims["unlikely_deal"].verdict, V::entailed);
  EXPECT_EQ(claims["likely_deal"].verdict, V::fails);
  for (const auto& [id, claim] : claims) EXPECT_FALSE(claim.placebo) << id;
}

TEST(ClaimEnds, WithoutALimitTheyAreOtherwise) {
  auto claims = ask("positions:\n" + kHalf + kClaims);
  EXPECT_EQ(claims["fails"].verdict, V::undetermined);
  EXPECT_EQ(claims["comes"].verdict, V::undetermined);
  EXPECT_EQ(claims["agreed"].verdict, V::undetermined);
  EXPECT_EQ(claims["not_high"].verdict, V::entailed);
  EXPECT_EQ(claims["halfway_possible"].verdict, V::undetermined);
  EXPECT_NE(claims["unlikely_deal"].verdict, V::entailed);
  ASSERT_TRUE(claims["fails"].base.share);
  EXPECT_GT(claims["fails"].base.share->yes, 0);
  EXPECT_LT(claims["fails"].base.share->yes, claims["fails"].base.share->of);
}

TEST(ClaimEnds, WhereAZoneIsCertainTheTableSupportsWhatIsInIt) {
  std::string text = kFarms;
  // Both want the flow at mid: a package that moves it there alone is better for both.
  const auto swap = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  swap("order: low > mid > high", "order: mid > low > high");
  swap("order: high > mid > low", "order: mid > low > high");
  const auto reading = language::read_texts({{"farms.yaml", text + kClaims}});
  std::map<std::string, questions::ClaimAnswer> claims;
  for (auto& claim : asked(reading, 100)) claims[claim.id] = claim;
  EXPECT_EQ(claims["mid_possible"].verdict, V::entailed);
  EXPECT_EQ(claims["mid_possible"].premises, (Rows{"h1", "v1"}));
  EXPECT_EQ(claims["named"].verdict, V::entailed);
  // That they can agree is no proof that they will.
  EXPECT_EQ(claims["comes"].verdict, V::undetermined);
  EXPECT_EQ(claims["fails"].verdict, V::undetermined);
  EXPECT_EQ(claims["halfway_possible"].verdict, V::undetermined);
}

TEST(ClaimEnds, WhatIsGivenLeavesTheEndsThatHaveIt) {
  auto claims = ask("positions:\n" + kHalf + R"(claims:
  a: {entails: flow is mid, given: not flow is low}
  b: {entails: flow is low, given: summer failed}
  c: {possible: fee is large, given: flow is high}
)");
  EXPECT_EQ(claims["a"].verdict, V::entailed);
  EXPECT_EQ(claims["a"].premises, Rows{"half"});
  EXPECT_EQ(claims["b"].base.proved, true);
  EXPECT_EQ(claims["b"].base.verdict, V::entailed);
  EXPECT_NE(claims["c"].verdict, V::entailed);
}

TEST(ClaimEnds, ARatifierCountsAmongTheLimits) {
  std::string text = kFarms;
  text.insert(text.find("issues:"), "parts: {board: {of: hill, is: a board, ratifies: [flow]}}\n");
  const auto reading = language::read_texts(
      {{"farms.yaml",
        text + "positions:\n" + kAll + "  bars: {by: board, on: flow, insists: at most mid}\n" + kClaims}});
  std::map<std::string, questions::ClaimAnswer> claims;
  for (auto& claim : asked(reading, 50)) claims[claim.id] = claim;
  EXPECT_EQ(claims["fails"].verdict, V::entailed);
  EXPECT_EQ(claims["fails"].premises, (Rows{"all", "bars"}));
}

TEST(ClaimEnds, WhatRowsMoveWithoutTheTalksIsNotTakenToStandStill) {
  const std::string rain = "mechanisms: {rain: {cause: a_deal, raises: [flow]}}\n";
  auto claims = ask("positions:\n" + kHalf + rain + kClaims);
  EXPECT_NE(claims["not_high"].verdict, V::entailed);
}

TEST(ClaimEnds, LikelyRestsOnRowsThatSaySo) {
  const std::string rows =
      "mechanisms: {m: {cause: patrols is sent, makes_likely: treaty is signed, from: ex.S2}}\n";
  EXPECT_EQ(base_of(rows, "likely: treaty is signed, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "unlikely: treaty is signed, given: patrols is sent"), V::fails);
  EXPECT_EQ(base_of(rows, "unlikely: treaty is absent, given: patrols is sent"), V::entailed);
  // Its cause does not hold now: nothing speaks to it. Where that is given, it is neither likely nor
  // unlikely.
  EXPECT_EQ(base_of(rows, "unlikely: treaty is signed, given: patrols is withheld"), V::undetermined);
  EXPECT_EQ(base_of(rows, "likely: treaty is signed"), V::not_testable);
  EXPECT_EQ(base_of("", "unlikely: treaty is signed"), V::not_testable);
  // Where it stands now is no forecast, and nothing leads from the one to the other.
  EXPECT_EQ(base_of("", "likely: calm is present, given: patrols is sent"), V::not_testable);
  EXPECT_EQ(base_of("mechanisms: {m: {cause: patrols is sent, rules_out: calm is present, from: ex.S2}}\n",
                    "unlikely: calm is present, given: patrols is sent"),
            V::entailed);
  const std::string weak =
      "mechanisms: {m: {cause: patrols is sent, makes_likely: treaty is signed, strength: 10% to 90%, from: "
      "ex.S2}}\n";
  EXPECT_EQ(base_of(weak, "likely: treaty is signed, given: patrols is sent"), V::undetermined);
  const std::string both = rows.substr(0, rows.size() - 2) +
                           ", n: {cause: patrols is sent, makes_likely: treaty is absent, from: ex.S3}}\n";
  EXPECT_EQ(base_of(both, "likely: treaty is signed, given: patrols is sent"), V::undetermined);
}

TEST(ClaimEnds, RandomAccountsNeverContradictTheirPackages) {
  std::mt19937 g(7);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(g); };
  const std::vector<std::string> flow = {"low", "mid", "high"}, fee = {"none-yet", "small", "large"};
  int failed = 0, supported = 0, refuted = 0;
  for (int round = 0; round < 60; ++round) {
    std::string text = kFarms;
    std::map<std::string, std::string> worst;
    for (const char* row : {"h1", "v1"}) {
      auto levels = flow;
      std::shuffle(levels.begin(), levels.end(), g);
      const auto at = text.find("order: ", text.find(fmt::format("  {}: ", row)));
      text.replace(at, text.find('}', at) - at, fmt::format("order: {}", fmt::join(levels, " > ")));
      worst[row[0] == 'h' ? "hill" : "valley"] = levels[2];
    }
    std::string positions;
    for (const char* by : {"hill", "valley"})
      if (below(2) == 0)
        positions += fmt::format("  p_{}: {{by: {}, on: flow, refuses: {}}}\n", by, by, worst[by]);
    if (!positions.empty()) positions = "positions:\n" + positions;
    std::string asks = "claims:\n  f: {entails: summer failed}\n";
    for (const auto& level : flow) {
      asks += fmt::format("  p_{}: {{possible: flow is {}}}\n  e_{}: {{entails: not flow is {}}}\n", level,
                          level, level, level);
    }
    // Ids of positions and claims are apart.
    for (const char* by : {"hill", "valley"})
      if (const auto at = positions.find(fmt::format("p_{}", by)); at != std::string::npos)
        positions[at] = 'q';
    const auto reading = language::read_texts({{"farms.yaml", text + positions + asks}});
    ASSERT_TRUE(reading.ok()) << text << positions << asks;
    questions::SolveOptions solve;
    solve.draws = 40;
    const auto column = questions::solve(questions::columns_of(reading.base, {}, {}).front(), solve);
    const auto& t = column.tables.at(0);
    const bool excluded = t.answer.proved && !t.answer.possible;
    std::map<std::string, questions::ClaimAnswer> claims;
    for (auto& claim : asked(reading, 40)) claims[claim.id] = claim;
    EXPECT_EQ(claims["f"].base.proved && claims["f"].base.verdict == V::entailed, excluded);
    failed += excluded ? 1 : 0;
    for (int l = 0; l < 3; ++l) {
      const auto &possible = claims["p_" + flow[static_cast<std::size_t>(l)]].base,
                 &never = claims["e_" + flow[static_cast<std::size_t>(l)]].base;
      bool may = false, seen = false, sure = false;
      for (std::size_t x = 0; x < t.framed.ensemble.packages.size(); ++x) {
        if (t.framed.ensemble.packages[x][0] != l) continue;
        const auto& standing = t.answer.packages[x].standing;
        const bool within = t.framed.ensemble.resolutions[0].broken[x] == 0;
        may = may || (within && !excluded && std::none_of(standing.begin(), standing.end(), [](auto s) {
                        return s == deals::Standing::dead;
                      }));
        sure = sure || (within && std::all_of(standing.begin(), standing.end(),
                                              [](auto s) { return s == deals::Standing::necessary; }));
        seen = seen || t.answer.packages[x].in_zone.yes > 0;
      }
      // Low is where it stands: a table that fails leaves it there.
      const bool stays = l == 0;
      EXPECT_EQ(possible.proved && possible.verdict == V::fails, !may && !stays) << text << positions;
      EXPECT_EQ(never.proved && never.verdict == V::entailed, !may && !stays);
      if (sure) {
        EXPECT_TRUE(possible.proved && possible.verdict == V::entailed) << text << positions;
      }
      if (seen) {
        EXPECT_NE(possible.verdict, V::fails);
      }
      supported += sure ? 1 : 0;
      refuted += !may && !stays ? 1 : 0;
    }
  }
  EXPECT_GT(failed, 3);
  EXPECT_GT(supported, 3);
  EXPECT_GT(refuted, 5);
}

}  // namespace
