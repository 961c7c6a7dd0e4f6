// SPDX-License-Identifier: MIT
// What silence does not prove: a need, a possibility, a view that is somebody's, a verdict that was cut
// short.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "claim_account.hpp"
#include "questions/claim_test.hpp"

namespace {

using namespace claims;

TEST(ClaimGrounds, ThatNothingElseIsSaidToBringItShowsNoNeed) {
  const std::string push = "mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}\n";
  EXPECT_EQ(base_of(push, "necessary: patrols is sent, for: fear rises"), V::undetermined);
  // Nor does it where something pushes the other way: whatever else could bring it is not spoken of.
  EXPECT_EQ(base_of("mechanisms: {calms: {cause: patrols is withheld, lowers: [fear], from: ex.S2}}\n",
                    "necessary: patrols is sent, for: fear rises"),
            V::undetermined);
  // That it comes about without refutes.
  EXPECT_EQ(base_of(push, "necessary: patrols is withheld, for: fear rises"), V::fails);
  EXPECT_EQ(base_of(push, "necessary: patrols is withheld and trade falls, for: fear rises"), V::fails);
}

TEST(ClaimGrounds, APossibilityNeedsARowThatLeadsThere) {
  EXPECT_EQ(base_of("", "possible: state is full"), V::undetermined);
  EXPECT_EQ(base_of("", "possible: fear rises"), V::undetermined);
  // Where it stands is said.
  const auto now = one("claims: {c: {possible: calm is present, from: ex.S1}}\n");
  EXPECT_EQ(now.base.verdict, V::entailed);
  EXPECT_EQ(now.premises, Rows{"calm"});
  EXPECT_FALSE(now.placebo);
  // A way whose start nothing speaks for is none; one that starts from what is so is.
  EXPECT_EQ(base_of("mechanisms: {opens: {cause: fear, makes_likely: state is full, from: ex.S2}}\n",
                    "possible: state is full"),
            V::undetermined);
  const auto led = one(R"(mechanisms:
  opens: {cause: fear, makes_likely: state is full, from: ex.S2}
  push: {cause: calm is present, raises: [fear], from: ex.S3}
claims: {c: {possible: state is full, from: ex.S1}}
)");
  EXPECT_EQ(led.verdict, V::entailed);
  EXPECT_EQ(led.premises, (Rows{"calm", "opens", "push"}));
  EXPECT_FALSE(led.placebo);
}

TEST(ClaimGrounds, AWayIsFollowedWithSignsAndLevels) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  opens: {cause: fear, makes_likely: state is full, from: ex.S3}
  bars: {cause: patrols is sent, rules_out: treaty is signed, from: ex.S4}
  eases: {cause: fear falls, makes_likely: calm is absent, from: ex.S5}
)";
  EXPECT_EQ(base_of(rows, "possible: fear rises, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "possible: fear falls, given: patrols is sent"), V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: state is full, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "possible: state is full, given: patrols is withheld"), V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: calm is absent, given: patrols is sent"), V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: calm is absent or fear rises, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "possible: calm is absent and fear rises, given: patrols is sent"),
            V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: treaty is absent, given: patrols is sent"), V::undetermined)
      << "what is ruled out leads nowhere";
  EXPECT_EQ(base_of(rows, "possible: treaty is signed, given: patrols is sent"), V::fails);
  // Of each of several conditions.
  EXPECT_EQ(base_of(rows, "possible: fear rises, given: patrols is sent or trade rises"), V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: fear rises, given: treaty is signed and patrols is sent"),
            V::undetermined)
      << "what is given cannot be";
}

TEST(ClaimGrounds, WhatSomebodySaysThatItMayDoIsPossible) {
  EXPECT_EQ(base_of("commitments: {m: {by: a, may: treaty is signed, from: ex.S2}}\n",
                    "possible: treaty is signed"),
            V::entailed);
  EXPECT_EQ(base_of("commitments: {m: {by: a, may: treaty is signed, if: unstated, from: ex.S2}}\n",
                    "possible: treaty is signed"),
            V::entailed);
  EXPECT_EQ(base_of("commitments: {m: {by: a, may: treaty is signed, if: calm is absent, from: ex.S2}}\n",
                    "possible: treaty is signed"),
            V::undetermined);
  EXPECT_EQ(base_of("commitments: {m: {by: a, will: treaty is signed, if: calm is present, from: ex.S2}}\n",
                    "possible: treaty is signed"),
            V::entailed);
  EXPECT_EQ(
      base_of("commitments: {m: {by: a, will: treaty is signed, only_if: calm is absent, from: ex.S2}}\n",
              "possible: treaty is signed, given: calm is absent"),
      V::entailed);
}

TEST(ClaimGrounds, PushesOnAnIssueGoFromWhereItStandsTheirWay) {
  const std::string up = "mechanisms: {up: {cause: calm is present, raises: [water], from: ex.S2}}\n";
  EXPECT_EQ(base_of(up, "possible: water is half"), V::entailed);
  EXPECT_EQ(base_of("mechanisms: {up: {cause: calm is absent, raises: [water], from: ex.S2}}\n",
                    "possible: water is half"),
            V::undetermined);
  EXPECT_EQ(base_of("mechanisms: {down: {cause: calm is present, lowers: [water], from: ex.S2}}\n",
                    "possible: water is half"),
            V::undetermined);
  // An issue acts where it stands above its lowest level.
  EXPECT_EQ(base_of("mechanisms: {up: {cause: calm, raises: [fear], from: ex.S2}}\n", "possible: fear rises"),
            V::entailed);
  EXPECT_EQ(
      base_of("mechanisms: {up: {cause: water, raises: [fear], from: ex.S2}}\n", "possible: fear rises"),
      V::undetermined);
}

TEST(ClaimGrounds, ANamedConditionIsAsPossibleAsWhatItStandsFor) {
  const std::string rows = R"(outcomes: {crisis: {when: fear rises and calm is present, from: ex.S4}}
mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}
)";
  EXPECT_EQ(base_of(rows, "possible: crisis"), V::undetermined);
  EXPECT_EQ(base_of(rows, "possible: crisis, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "possible: not crisis, given: patrols is sent"), V::undetermined);
}

/// Issues of two levels, some with a present; chances and offers that bring one level of another, rows that
/// bar: what is possible, by closing facts under them by hand.
TEST(ClaimGrounds, PossibleAgreesWithClosingFactsUnderChances) {
  constexpr int kIssues = 5;
  std::mt19937 rng(23);
  int seen[3] = {0, 0, 0};
  for (int trial = 0; trial < 1'500; ++trial) {
    struct Arc {
      int from, from_level, to, to_level;
      bool bars, offer;
    };
    int now[kIssues];
    std::vector<Arc> arcs;
    std::string text =
        "parley: 1\naccount: small\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
        "actors: {from: ex.S0, a: one side}\nissues:\n  from: ex.S0\n";
    for (int i = 0; i < kIssues; ++i) {
      now[i] = static_cast<int>(rng() % 3) - 1;
      text += fmt::format("  x{}: {{nature: yes, levels: [l0, l1]{}}}\n", i,
                          now[i] < 0 ? "" : fmt::format(", now: l{}", now[i]));
    }
    std::string mechanisms, commitments;
    const int n = 2 + static_cast<int>(rng() % 6);
    for (int m = 0; m < n; ++m) {
      Arc arc{static_cast<int>(rng() % kIssues),
              static_cast<int>(rng() % 2),
              0,
              static_cast<int>(rng() % 2),
              rng() % 4 == 0,
              rng() % 4 == 0};
      do arc.to = static_cast<int>(rng() % kIssues);
      while (arc.to == arc.from);
      arcs.push_back(arc);
      if (arc.offer)
        commitments += fmt::format("  m{}: {{by: a, will: x{} is l{}, only_if: x{} is l{}, from: ex.S2}}\n",
                                   m, arc.to, arc.to_level, arc.from, arc.from_level);
      else
        mechanisms +=
            fmt::format("  m{}: {{cause: x{} is l{}, {}: x{} is l{}, from: ex.S2}}\n", m, arc.from,
                        arc.from_level, arc.bars ? "rules_out" : "makes_likely", arc.to, arc.to_level);
    }
    if (!mechanisms.empty()) text += "mechanisms:\n" + mechanisms;
    if (!commitments.empty()) text += "commitments:\n" + commitments;
    text += "claims: {c: {possible: x0 is l1 and x1 is l0, from: ex.S1}}\n";
    const auto reading = language::read_texts({{"p.yaml", text}});
    ASSERT_TRUE(reading.ok()) << text;
    const auto barred = [&](int state) {
      return std::any_of(arcs.begin(), arcs.end(), [&](const Arc& arc) {
        const bool from = (state >> arc.from & 1) == arc.from_level,
                   to = (state >> arc.to & 1) == arc.to_level;
        if (!arc.offer) return arc.bars && from && to;
        // An offer bars what does not stand yet, and what nothing else leads to.
        const bool yet = now[arc.to] == 1 - arc.to_level,
                   otherwise = std::any_of(arcs.begin(), arcs.end(), [&](const Arc& other) {
                     return !other.offer && other.to == arc.to &&
                            (other.bars ? other.to_level == now[arc.to] : other.to_level == arc.to_level);
                   });
        return yet && !otherwise && to && !from;
      });
    };
    bool said[kIssues][2] = {};
    // Where facts and bars leave one level, that is said, too.
    bool left[kIssues][2] = {};
    for (int state = 0; state < 1 << kIssues; ++state) {
      bool fits = !barred(state);
      for (int i = 0; i < kIssues; ++i) fits = fits && (now[i] < 0 || (state >> i & 1) == now[i]);
      for (int i = 0; fits && i < kIssues; ++i) left[i][state >> i & 1] = true;
    }
    if (!left[0][0] && !left[0][1]) continue;  // facts that cannot be together say nothing
    for (int i = 0; i < kIssues; ++i)
      for (const int l : {0, 1}) said[i][l] = left[i][l] && !left[i][1 - l];
    /// Is there a state that nothing bars with these levels, each variable at a level that is said or, where
    /// nothing is said of it, at any?
    const auto can = [&](const std::vector<std::pair<int, int>>& wanted) {
      for (int state = 0; state < 1 << kIssues; ++state) {
        bool fits = !barred(state);
        for (int i = 0; i < kIssues; ++i)
          fits = fits && (said[i][state >> i & 1] || (!said[i][0] && !said[i][1]));
        for (const auto& [i, level] : wanted) fits = fits && (state >> i & 1) == level && said[i][level];
        if (fits) return true;
      }
      return false;
    };
    for (bool grown = true; grown;) {
      grown = false;
      for (const Arc& arc : arcs)
        if ((arc.offer || !arc.bars) && !said[arc.to][arc.to_level] && can({{arc.from, arc.from_level}}))
          grown = said[arc.to][arc.to_level] = true;
    }
    bool excluded = true;
    for (int state = 0; state < 1 << kIssues; ++state)
      if (!barred(state) && (state & 3) == 1) excluded = false;
    const V expected = excluded ? V::fails : can({{0, 1}, {1, 0}}) ? V::entailed : V::undetermined;
    const auto claim = asked(reading, 5).at(0);
    EXPECT_EQ(claim.base.verdict, expected) << trial << "\n" << text;
    if (expected == V::entailed) {
      EXPECT_FALSE(claim.premises.empty());
      EXPECT_FALSE(claim.placebo);
    }
    ++seen[expected == V::fails ? 0 : expected == V::entailed ? 1 : 2];
  }
  EXPECT_GT(std::min({seen[0], seen[1], seen[2]}), 10);
}

/// An issue that never falls, where it stands half way.
constexpr const char* kLand = R"(
mechanisms:
  eats: {cause: patrols is sent, lowers: [land], from: ex.S2}
  gives: {cause: patrols is sent, makes_likely: land is keep, from: ex.S3}
  shut: {cause: land at least split, rules_out: state is full, from: ex.S4}
)";

questions::ClaimAnswer of_land(const std::string& claim, const char* latch = ", never_falls: yes") {
  std::string text = kHead;
  text.insert(text.find("  treaty:"),
              fmt::format("  land: {{nature: yes, levels: [keep, split, gone], now: split{}}}\n", latch));
  const auto reading =
      language::read_texts({{"land.yaml", text + kLand + "claims: {c: {" + claim + ", from: ex.S1}}\n"}});
  EXPECT_TRUE(reading.ok());
  return asked(reading, 5).at(0);
}

TEST(ClaimGrounds, WhatNeverFallsIsNotBelowWhereItStands) {
  EXPECT_EQ(of_land("possible: land is keep, given: patrols is sent", "").base.verdict, V::entailed);
  EXPECT_EQ(of_land("possible: land is keep, given: patrols is sent").base.verdict, V::fails);
  EXPECT_EQ(of_land("possible: land is keep").base.verdict, V::fails);
  EXPECT_EQ(of_land("entails: land at least split, given: patrols is sent").base.verdict, V::entailed);
  EXPECT_EQ(of_land("entails: land at least split, given: patrols is sent", "").base.verdict,
            V::undetermined);
  const auto need = of_land("necessary: land is gone, for: land is not split");
  EXPECT_EQ(need.base.verdict, V::entailed);
  EXPECT_EQ(need.premises, Rows{"land"});
  EXPECT_EQ(of_land("possible: state is full").base.verdict, V::fails);
  EXPECT_EQ(of_land("possible: state is full", "").base.verdict, V::undetermined);
  // Nothing follows from what cannot be.
  EXPECT_EQ(of_land("entails: fear rises, given: land is keep").base.verdict, V::undetermined);
  EXPECT_EQ(of_land("entails: land is keep, given: land is keep").base.verdict, V::undetermined);
}

TEST(ClaimGrounds, WhatCauseAndGoalShareJoinsThem) {
  const std::string rows = "mechanisms: {pull: {cause: fear, lowers: [trade], from: ex.S3}}\n";
  EXPECT_EQ(base_of(rows, "sufficient: fear rises, for: fear rises and trade falls"), V::entailed);
  EXPECT_EQ(base_of(rows, "sufficient: fear rises, for: fear rises and trade rises"), V::fails);
  EXPECT_EQ(base_of(rows, "not_sufficient: fear rises, for: fear rises and trust rises"), V::undetermined)
      << "the rest is held still";
  EXPECT_EQ(base_of(rows, "sufficient: fear rises, for: fear rises and calm is present"), V::entailed);
  EXPECT_EQ(base_of(rows, "not_sufficient: fear rises, for: fear rises and calm is absent"), V::undetermined)
      << "where it stands, and nobody joins it to the cause";
  const auto part =
      one(rows + "claims: {c: {matters: [fear], for: fear rises and trade falls, from: ex.S1}}\n");
  EXPECT_EQ(part.base.verdict, V::entailed);
  EXPECT_EQ(base_of(rows, "matters: [pull], for: fear rises and trade falls"), V::entailed);
}

TEST(ClaimGrounds, AnOrderingAsSomebodySeesItIsEvidenceOfThatView) {
  const std::string orders = R"(groups: {both: {surely: [a, b], from: ex.S0}}
orderings:
  one: {more: fear, less: trade, seen_by: a, from: ex.S2}
  two: {more: trade, less: trust, seen_by: both, from: ex.S3}
  three: {more: trust, less: fear, from: ex.S4}
)";
  EXPECT_EQ(base_of(orders, "more: fear, less: trade"), V::undetermined);
  EXPECT_EQ(base_of(orders, "more: fear, less: trade, seen_by: a"), V::entailed);
  EXPECT_EQ(base_of(orders, "more: fear, less: trust, seen_by: a"), V::entailed) << "a is one of both";
  EXPECT_EQ(base_of(orders, "more: trade, less: trust, seen_by: both"), V::entailed);
  EXPECT_EQ(base_of(orders, "more: fear, less: trade, seen_by: both"), V::undetermined);
  EXPECT_EQ(base_of(orders, "more: fear, less: trade, seen_by: b"), V::undetermined);
  EXPECT_EQ(base_of(orders, "more: trade, less: fear, seen_by: a"), V::fails);
  EXPECT_EQ(base_of(orders, "more: trust, less: fear"), V::entailed);
  EXPECT_EQ(base_of(orders, "more: trust, less: fear, seen_by: a"), V::fails);
  const auto why = one(orders + "claims: {c: {more: fear, less: trade, from: ex.S1}}\n").base.why;
  EXPECT_NE(why.find("as seen by a"), std::string::npos) << why;
  EXPECT_EQ(one(orders + "claims: {c: {more: fear, less: trade, seen_by: a, from: ex.S1}}\n").test,
            "fear is more than trade, as seen by a");
}

TEST(ClaimGrounds, AnyNumberOfRowsThatSayTheSameLeavesItAsserted) {
  std::string rows = "mechanisms:\n";
  for (int i = 0; i < 15; ++i)
    rows += fmt::format("  m{:02}: {{cause: patrols is sent, raises: [fear], from: ex.S{}}}\n", i, i + 2);
  const auto claim = one(rows + "claims: {c: {entails: fear rises, given: patrols is sent, from: ex.S1}}\n");
  EXPECT_EQ(claim.verdict, V::asserted);
  EXPECT_EQ(claim.own_rows.size(), 15U);
  EXPECT_EQ(claim.without, V::undetermined);
}

TEST(ClaimGrounds, OnceTimeIsUpNothingIsProved) {
  const auto reading = read(R"(mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}
claims: {c: {entails: fear rises, given: patrols is sent, from: ex.S1}}
)");
  std::atomic<bool> cancel = false;
  questions::Column column;
  column.alternative = "base";
  column.rows = reading.base;
  questions::SolveOptions solve;
  solve.cancel = &cancel;
  const questions::ClaimTester tester(column, solve);
  const account::Row& claim = *reading.base.find("c");
  EXPECT_TRUE(tester.test(claim).yes());
  EXPECT_EQ(questions::says_the_same(tester, claim), std::set<std::string>{"push"});
  cancel = true;
  EXPECT_FALSE(tester.test(claim).yes());
  EXPECT_TRUE(questions::minimal_premises(tester, claim, {}).empty());
  EXPECT_TRUE(questions::says_the_same(tester, claim).empty());
  questions::ClaimOptions options;
  options.solve.cancel = &cancel;
  EXPECT_TRUE(questions::ask({{reading.base, {}}}, options).empty());
}

TEST(ClaimGrounds, AReadingThatCannotTestAClaimIsListed) {
  const auto claim = one(R"(preferences:
  a_more: {by: a, on: water, order: much > half > little, from: ex.S2}
  b_less: {by: b, on: water, order: little > half > much, from: ex.S3}
packages:
  big: {options: {water: much}, from: ex.S4}
  small: {options: {water: half}, from: ex.S5}
claims: {c: {asks_more: big, than: small, of: b, not_tested: by how much, from: ex.S1}}
alternatives: {other_table: {set: {t.issues: [patrols]}, from: ex.S3}}
)");
  EXPECT_EQ(claim.verdict, V::holds);
  ASSERT_TRUE(claim.by_alternative.contains("other_table"));
  EXPECT_EQ(claim.by_alternative.at("other_table").verdict, V::not_testable);
  EXPECT_FALSE(claim.by_alternative.at("other_table").why.empty());
  EXPECT_EQ(claim.not_tested, Rows{"by how much"});
}

TEST(ClaimGrounds, EveryAccountInheritsFromItsOwnClaims) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
)";
  const std::string claim =
      "  c: {entails: trade falls, given: patrols is sent, rests_on: [d], from: ex.S1}\n";
  const auto base =
      read(rows + "claims:\n" + claim + "  d: {entails: trade falls, given: fear rises, from: ex.S3}\n");
  auto rival = read(rows +
                    "claims:\n  c: {entails: trade falls, given: patrols is sent, rests_on: [e], "
                    "from: ex.S1}\n  e: {entails: trust falls, from: ex.S1}\n");
  auto other =
      read(rows + "claims:\n" + claim + "  d: {entails: trade rises, given: fear rises, from: ex.S3}\n");
  rival.base.name = "rival";
  other.base.name = "other";
  questions::ClaimOptions options;
  options.solve.draws = 10;
  options.only = {"c"};
  const auto list = questions::ask({{base.base, {}}, {rival.base, {}}, {other.base, {}}}, options);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].alone, V::entailed);
  EXPECT_EQ(list[0].verdict, V::asserted);
  EXPECT_EQ(list[0].by_account.at("small"), V::asserted);
  EXPECT_EQ(list[0].by_account.at("rival"), V::undetermined) << "of a claim that only the rival makes";
  EXPECT_EQ(list[0].by_account.at("other"), V::fails);
}

}  // namespace
