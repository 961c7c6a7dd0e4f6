// SPDX-License-Identifier: MIT
// The edges of verdicts: thresholds, own sentences, precedence, what settles and what flips, and a rival's
// own tests. Each caught a mutation that nothing else did.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "claim_account.hpp"

namespace {

using namespace claims;

/// A table at which worlds differ: b's reservation decides.
constexpr const char* kTable = R"(preferences:
  a_more: {by: a, on: water, order: much > half > little, from: ex.S2}
  b_less: {by: b, on: water, order: little > half > much, from: ex.S3}
packages:
  big: {options: {water: much}, from: ex.S4}
  small: {options: {water: half}, from: ex.S5}
assumptions:
  as_share: {is: how much counts as a lot, range: 1% to 80%, owner: analyst}
)";

questions::ClaimAnswer counted(const std::string& claim, double holds, int draws = 64) {
  const auto reading = read(std::string(kTable) + "claims: {c: {" + claim + ", from: ex.S9}}\n");
  questions::ClaimOptions options;
  options.solve.draws = draws;
  options.holds = holds;
  return questions::ask({{reading.base, {}}}, options).at(0);
}

TEST(ClaimVerdicts, TheStatedShareItselfHoldsAndFails) {
  bool seen[2] = {false, false};
  for (const char* least : {"5% to 30%", "70% to 95%"}) {
    const std::string takes = fmt::format("takes: small, of: b, share: {}", least);
    const auto claim = counted(takes, 0.95);
    ASSERT_TRUE(claim.base.share);
    const double share = claim.base.share->value();
    ASSERT_NE(share, 0.5);
    ASSERT_GT(share, 0);
    ASSERT_LT(share, 1);
    const bool most = share > 0.5;
    seen[most] = true;
    EXPECT_EQ(counted(takes, most ? share : 1 - share).base.verdict, most ? V::holds : V::fails);
    EXPECT_EQ(counted(takes, (most ? share : 1 - share) + 1e-9).base.verdict, V::undetermined);
  }
  EXPECT_TRUE(seen[0] && seen[1]);
}

TEST(ClaimVerdicts, TheMoreIsGivenUpTheMoreItAsks) {
  EXPECT_EQ(counted("asks_more: big, than: small, of: b", 0.95).base.verdict, V::holds);
  EXPECT_EQ(counted("asks_more: small, than: big, of: b", 0.95).base.verdict, V::fails);
  EXPECT_EQ(counted("takes: big, of: b, share: 90% to 95%", 0.95).base.verdict, V::holds);
  EXPECT_EQ(counted("takes: big, of: a, share: 5% to 10%", 0.95).base.verdict, V::fails);
}

TEST(ClaimVerdicts, OfCountedWorldsTheRowsThatDecideAndTheNumberThatFlips) {
  const auto more = counted("asks_more: big, than: small, of: b", 0.95);
  EXPECT_EQ(more.premises, Rows{"b_less"});
  const auto takes = counted("takes: small, of: b, share: as_share, assumed: as_share", 0.95);
  EXPECT_EQ(takes.flips, Rows{"as_share"});
  // At neither end of its range is it another verdict.
  EXPECT_TRUE(counted("takes: big, of: a, share: as_share, assumed: as_share", 0.95).flips.empty());
  EXPECT_TRUE(more.flips.empty());
}

TEST(ClaimVerdicts, FlipsAreIdsOfAssumptionsAndNoRange) {
  const auto written = counted("takes: small, of: b, share: 5% to 95%", 0.95);
  EXPECT_TRUE(written.flips.empty());
  EXPECT_EQ(written.flips_at_end, "5% to 95%");
  // Named once, although its rows go with it and its range ends.
  const auto named = counted("takes: small, of: b, share: as_share, assumed: as_share", 0.95);
  EXPECT_EQ(named.flips, Rows{"as_share"});
  EXPECT_EQ(named.flips_at_end, "");
}

TEST(ClaimVerdicts, AChainWithALinkFromTheClaimsOwnSentenceIsAsserted) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
)";
  for (const char* from : {"ex.S2", "ex.S3", "[ex.S2, ex.S3]"}) {
    const auto claim =
        one(rows +
            fmt::format("claims: {{c: {{entails: trade falls, given: patrols is sent, from: {}}}}}\n", from));
    EXPECT_EQ(claim.verdict, V::asserted) << from;
    EXPECT_EQ(claim.base.verdict, V::entailed) << from;
    EXPECT_EQ(claim.without, V::undetermined) << from;
  }
}

TEST(ClaimVerdicts, WhatFollowsTwiceIsEntailedByTheRowsOfOtherSentences) {
  const auto claim = one(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  says_so: {cause: patrols is sent, lowers: [trade], from: ex.S1}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.verdict, V::entailed);
  EXPECT_EQ(claim.own_rows, Rows{"says_so"});
  EXPECT_EQ(claim.premises, (Rows{"pull", "push"}));
}

TEST(ClaimVerdicts, AssertedComesBeforeContested) {
  const auto claim = one(R"(mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S1}}
claims: {c: {entails: fear rises, given: patrols is sent, from: ex.S1}}
alternatives: {no_push: {without: [push], from: ex.S1}}
)");
  EXPECT_EQ(claim.by_alternative.at("no_push").verdict, V::undetermined);
  EXPECT_EQ(claim.verdict, V::asserted);
}

TEST(ClaimVerdicts, ARowThatHidesAnOppositeIsNamed) {
  const auto claim = one(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  way: {cause: patrols is sent, moves: [trade], from: ex.S4}
claims: {c: {entails: trade rises, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.verdict, V::undetermined);
  EXPECT_EQ(claim.settled_without, (std::vector<std::pair<std::string, V>>{{"way", V::fails}}));
  EXPECT_FALSE(claim.placebo) << "what is open says nothing of the placebo";
}

TEST(ClaimVerdicts, AnAssumptionWithoutWhoseRowsItFallsIsAFlip) {
  const auto claim =
      one(R"(assumptions: {as_one: {is: one thing, owner: analyst}, as_two: {is: another, owner: analyst}}
mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2, assumed: as_one}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  other: {cause: fear, raises: [trust], from: ex.S3, assumed: as_two}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.flips, Rows{"as_one"});
}

TEST(ClaimVerdicts, WhatIsGivenInSeveralWaysMustFollowFromEach) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  calms: {cause: treaty is signed, lowers: [fear], from: ex.S4}
)";
  EXPECT_EQ(one(rows + "claims: {c: {entails: trade falls, given: patrols is sent or treaty is signed, "
                       "from: ex.S1}}\n")
                .verdict,
            V::undetermined);
  EXPECT_EQ(one(rows + "claims: {c: {entails: trade falls, given: patrols is sent or fear rises, "
                       "from: ex.S1}}\n")
                .verdict,
            V::entailed);
}

TEST(ClaimVerdicts, RowsThatContradictEachOtherDecideNothing) {
  // Where it stands, what rules that out and what is so together leave no state.
  EXPECT_EQ(one(R"(mechanisms:
  shut: {cause: calm is present, rules_out: patrols is withheld, from: ex.S2}
claims: {c: {entails: patrols is withheld and calm is present, from: ex.S1}}
)")
                .base.verdict,
            V::undetermined);
}

TEST(ClaimVerdicts, WhatAnObjectiveNeedsIsAPremise) {
  const auto claim = one(R"(objectives: {goal: {by: a, needs: [fear rises], from: ex.S3}}
mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}
claims: {c: {entails: goal, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.base.verdict, V::entailed);
  EXPECT_EQ(claim.premises, (Rows{"goal", "push"}));
}

TEST(ClaimVerdicts, PossibleLater) {
  EXPECT_EQ(one(R"(mechanisms: {opens: {cause: calm is present, makes_likely: state is full, from: ex.S2}}
claims: {c: {possible: state is full, from: ex.S1}}
)")
                .base.verdict,
            V::entailed);
  EXPECT_EQ(one("claims: {c: {possible: state is full, from: ex.S1}}\n").base.verdict, V::undetermined);
  // What only may be done makes it possible, and nothing else does.
  EXPECT_EQ(one(R"(commitments: {may: {by: a, may: treaty is signed, if: calm is absent, from: ex.S2}}
claims: {c: {possible: treaty is signed, given: calm is absent, from: ex.S1}}
)")
                .base.verdict,
            V::entailed);
  const auto shut =
      one(R"(mechanisms: {shut: {cause: calm is absent, rules_out: treaty is signed, from: ex.S2}}
claims: {c: {possible: treaty is signed, given: calm is absent, from: ex.S1}}
)");
  EXPECT_EQ(shut.base.verdict, V::fails);
}

TEST(ClaimVerdicts, NeededForWhatCannotBeIsOpen) {
  const std::string shut = R"(mechanisms:
  one: {cause: calm is present, rules_out: state is full, from: ex.S2}
  two: {cause: calm is absent, rules_out: state is full, from: ex.S3}
)";
  EXPECT_EQ(
      one(shut + "claims: {c: {necessary: patrols is sent, for: state is full, from: ex.S1}}\n").base.verdict,
      V::undetermined);
  EXPECT_EQ(one(shut + "claims: {c: {sufficient: state is full, for: patrols is sent, from: ex.S1}}\n")
                .base.verdict,
            V::undetermined);
}

TEST(ClaimVerdicts, ARowMattersOnlyWhereItLeads) {
  const std::string rows = R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  apart: {cause: calm is absent, raises: [trust], from: ex.S4}
)";
  const auto of = [&](const char* names) {
    return one(rows + fmt::format("claims: {{c: {{matters: [{}], for: trade falls, from: ex.S1}}}}\n", names))
        .base.verdict;
  };
  EXPECT_EQ(of("push"), V::entailed);
  EXPECT_EQ(of("apart"), V::undetermined);
  EXPECT_EQ(of("push, apart"), V::undetermined);
}

TEST(ClaimVerdicts, ARivalIsAskedItsOwnTest) {
  const auto base = read(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
)");
  auto rival = read(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
claims:
  c: {entails: trade rises, given: patrols is sent, from: ex.S1}
  own: {entails: fear rises, given: patrols is sent, from: ex.S2}
)");
  rival.base.name = "rival";
  questions::ClaimOptions options;
  options.solve.draws = 10;
  const std::vector<questions::AccountInput> accounts = {{base.base, {}}, {rival.base, {}}};
  const auto list = questions::ask(accounts, options);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].by_account.at("small"), V::entailed);
  EXPECT_EQ(list[0].by_account.at("rival"), V::fails);
  EXPECT_EQ(list[0].test_in.at("rival"), "trade rises, given patrols is sent");
  const auto own = questions::own_claims(accounts, options);
  ASSERT_EQ(own.size(), 1U);
  ASSERT_EQ(own.at("rival").size(), 1U);
  EXPECT_EQ(own.at("rival")[0].id, "own");
  EXPECT_EQ(own.at("rival")[0].verdict, V::asserted);
}

}  // namespace
