// SPDX-License-Identifier: MIT
// Accounts on which a verdict was once too strong: each keeps a proof from being drawn where there is none.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "claim_account.hpp"
#include "questions/compare.hpp"
#include "questions/factors.hpp"

namespace {

using namespace claims;

TEST(ClaimTraps, WhatIsRuledOutWhereItStandsMoves) {
  const std::string rows = R"(mechanisms:
  shut: {cause: patrols is sent, rules_out: calm is present, from: ex.S2}
  push: {cause: calm is absent, raises: trade, from: ex.S3}
)";
  EXPECT_EQ(base_of(rows, "sufficient: patrols is sent, for: trade rises"), V::entailed);
  EXPECT_EQ(base_of(rows, "not_sufficient: patrols is sent, for: trade rises"), V::fails);
  EXPECT_EQ(base_of(rows, "entails: trade rises, given: patrols is sent"), V::entailed);
  EXPECT_EQ(base_of(rows, "entails: calm is present"), V::entailed) << "nothing has ruled it out yet";
}

TEST(ClaimTraps, OppositeClaimsAreNotBothProved) {
  const std::string rows = R"(mechanisms:
  one: {cause: patrols is sent, rules_out: calm is present, from: ex.S2}
  two: {cause: calm is present, rules_out: state is full, from: ex.S3}
)";
  const auto full = base_of(rows, "sufficient: patrols is sent, for: state is full"),
             absent = base_of(rows, "sufficient: patrols is sent, for: state is absent");
  EXPECT_FALSE(full == V::fails && absent == V::fails);
  EXPECT_EQ(base_of(rows, "not_sufficient: patrols is sent, for: calm is absent and state is absent"),
            V::fails);
}

TEST(ClaimTraps, NothingFollowsFromAContradiction) {
  const std::string rows = R"(mechanisms:
  bar: {cause: calm is present, rules_out: state is absent, from: ex.S2}
  shut: {cause: calm is present, rules_out: state is full, from: ex.S3}
  keep: {cause: water is little, rules_out: calm is absent, from: ex.S4}
  low: {cause: treaty is absent, rules_out: water at least half, from: ex.S5}
  high: {cause: treaty is signed, rules_out: water at least half, from: ex.S6}
)";
  for (const char* level : {"full", "absent"}) {
    EXPECT_EQ(base_of(rows, fmt::format("necessary: state is {}, for: treaty is signed", level)),
              V::undetermined);
    EXPECT_EQ(base_of(rows, fmt::format("sufficient: treaty is signed, for: state is {}", level)),
              V::undetermined);
  }
}

TEST(ClaimTraps, NothingBringsWhatCannotBeEitherWay) {
  std::string rows = "mechanisms:\n";
  for (const char* calm : {"present", "absent"})
    for (const char* state : {"full", "absent"})
      rows += fmt::format("  m_{0}_{1}: {{cause: calm is {0}, rules_out: state is {1}, from: ex.S2}}\n", calm,
                          state);
  for (const char* state : {"full", "absent"}) {
    EXPECT_EQ(base_of(rows, fmt::format("sufficient: patrols is sent, for: state is {}", state)),
              V::undetermined);
    EXPECT_EQ(base_of(rows, fmt::format("not_sufficient: patrols is sent, for: state is {}", state)),
              V::undetermined);
  }
}

/// c insists on little at one of two tables; at the other a and b alone want more.
std::string two_tables(const std::string& talks) {
  return R"(parley: 1
account: two
from: ex.S0
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side, c: a third}
issues:
  water: {settled_by: [a, b], levels: [little, much], now: little}
  gold: {settled_by: [a, b], levels: [kept, given], now: kept}
  silver: {settled_by: [a, b], levels: [kept, given], now: kept}
positions: {firm: {by: c, on: water, insists: little}, hard: {by: c, on: silver, insists: kept}}
preferences:
  a_water: {by: a, on: water, order: much > little}
  b_water: {by: b, on: water, order: little > much}
  b_gold: {by: b, on: gold, order: given > kept}
  b_silver: {by: b, on: silver, order: given > kept}
claims:
  enough: {sufficient: gold is given, for: water is much, from: ex.S1}
  needed: {necessary: gold is given, for: water is much, from: ex.S1}
talks:
)" + talks;
}

TEST(ClaimTraps, EveryTableCountsWhereverItStands) {
  const auto verdicts = [](const std::string& talks) {
    const auto reading = language::read_texts({{"two.yaml", two_tables(talks)}});
    EXPECT_TRUE(reading.ok());
    std::vector<std::string> said;
    for (const auto& claim : asked(reading, 200))
      said.push_back(fmt::format("{} {} {}", static_cast<int>(claim.base.verdict),
                                 claim.base.share ? claim.base.share->of : -1, claim.base.proved));
    return said;
  };
  const std::string issues = "issues: [water, gold, silver]}\n";
  const std::string shut = "{parties: [a, b, c], " + issues, open = "{parties: [a, b], " + issues;
  const auto first = verdicts("  t1: " + shut + "  t2: " + open);
  EXPECT_EQ(first, verdicts("  t1: " + open + "  t2: " + shut));
  EXPECT_EQ(first, verdicts("  t2: " + open + "  t1: " + shut));
  EXPECT_FALSE(first[0].ends_with("true")) << "at one table it is excluded, at the other it is not";
  EXPECT_NE(first[1], fmt::format("{} -1 false", static_cast<int>(V::undetermined)))
      << "at the open table much water is agreed on in some worlds";
}

TEST(ClaimTraps, UnnamedMembersMayDoWhatNamedOnesDoNot) {
  const std::string rows = R"(parley: 1
account: open
from: ex.S0
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one, b: two, c: three}
groups: {club: {surely: [a, b], open: yes}, pair: {surely: [a, b]}}
relations:
  knows: {who: [a, b], whom: [c], levels: [absent, signed], now: {a: signed, b: signed}}
)";
  const auto verdict = [&](const std::string& claim) {
    const auto reading =
        language::read_texts({{"open.yaml", rows + "claims:\n  q:\n    " + claim + "\n    from: ex.S1\n"}});
    EXPECT_TRUE(reading.ok()) << claim;
    return asked(reading).at(0).base.verdict;
  };
  EXPECT_EQ(verdict("entails: knows(any club, c) is absent"), V::undetermined);
  EXPECT_EQ(verdict("entails: knows(any pair, c) is absent"), V::fails);
  EXPECT_EQ(verdict("entails: knows(any club, c) is signed"), V::entailed);
  EXPECT_EQ(verdict("entails: not knows(any club, c) is absent"), V::undetermined);
  EXPECT_EQ(verdict("possible: knows(at least 3 of club, c) is signed"), V::undetermined);
  EXPECT_EQ(verdict("possible: knows(at least 3 of pair, c) is signed"), V::fails);
  EXPECT_EQ(verdict("sufficient: knows(any club, c) is absent\n    for: knows(a, c) is absent"),
            V::undetermined);
}

TEST(ClaimTraps, TheLatestEventSetsTheStart) {
  const auto put = [&](const char* one, const char* other, const char* level) {
    const std::string head = kHead;
    const std::string body = fmt::format(R"(history:
  x1: {{what: one, on: {}, sets: {{depth: middle}}, from: ex.S2}}
  x2: {{what: other, on: {}, sets: {{depth: high}}, from: ex.S3}}
claims: {{c: {{entails: depth is {}, from: ex.S1}}}}
)",
                                         one, other, level);
    std::string text = head;
    text.insert(text.find("quantities:"), "  depth: {nature: yes, levels: [low, middle, high]}\n");
    const auto reading = language::read_texts({{"small.yaml", text + body}});
    EXPECT_TRUE(reading.ok());
    return asked(reading).at(0).base.verdict;
  };
  EXPECT_EQ(put("2025-06", "2025-09", "high"), V::entailed);
  EXPECT_EQ(put("2025-09", "2025-06", "high"), V::fails);
  EXPECT_EQ(put("2025-09", "2025-06", "middle"), V::entailed);
  EXPECT_EQ(put("2025", "2025-06", "high"), V::undetermined) << "which came last is not known";
  EXPECT_EQ(put("2025", "2025-06", "low"), V::fails);
  EXPECT_EQ(put("spring", "autumn", "middle"), V::undetermined);
}

TEST(ClaimTraps, ADefinitionFromTheClaimsOwnSentenceIsNoReason) {
  const std::string text = "outcomes: {deal: {when: calm is present and state is full, from: ex.S1}}\n";
  EXPECT_EQ(one(text + "claims: {c: {necessary: calm is present, for: deal, from: ex.S1}}\n").verdict,
            V::asserted);
  EXPECT_EQ(one(text + "claims: {c: {necessary: calm is present, for: deal, from: ex.S2}}\n").premises,
            Rows{"deal"});
}

TEST(ClaimTraps, WhatNeedsTimeIsNotTested) {
  for (const char* test :
       {"entails: ever calm is absent", "entails: calm is present for 40 weeks",
        "not_sufficient: patrols is sent, for: ever calm is absent", "possible: not ever calm is absent"})
    EXPECT_EQ(base_of("", test), V::not_testable) << test;
}

TEST(ClaimTraps, AConditionIsNoProofAgainstWhatItNames) {
  const std::string rows =
      "commitments: {bar: {by: a, will: treaty is signed, only_if: state is full, from: ex.S2}}\n";
  EXPECT_EQ(base_of(rows, "necessary: state is full, for: treaty is signed"), V::entailed);
  EXPECT_EQ(base_of(rows, "entails: state is full, given: treaty is signed"), V::undetermined);
}

TEST(ClaimTraps, ReadingsThatSayAndProveAgree) {
  const auto reading = read(R"(mechanisms:
  one: {cause: patrols is sent, rules_out: calm is present, from: ex.S2}
  two: {cause: calm is absent, rules_out: state is full, from: ex.S3}
  both: {cause: patrols is sent, rules_out: state is full, from: ex.S4}
alternatives:
  no_link: {reading: the second does not hold, without: [two], from: ex.S3}
claims: {c: {sufficient: patrols is sent, for: state is absent, from: ex.S1}}
)");
  const auto claim = asked(reading).at(0);
  EXPECT_EQ(claim.by_alternative.at("no_link").verdict, V::asserted);
  EXPECT_EQ(claim.by_alternative.at("base").verdict, V::entailed);
  EXPECT_EQ(claim.verdict, V::asserted) << "both say that it is so: the weaker word";
}

TEST(ClaimTraps, AClaimPutToTwoTestsIsNotCompared) {
  const std::string rows =
      "mechanisms: {push: {event: storm, raises: [fear], from: ex.S2}}\n"
      "history: {storm: {what: a storm, from: ex.S2}}\n";
  const auto a = read(rows + "claims: {c: {entails: fear rises, from: ex.S1}}\n").base;
  auto b = read(rows + "claims: {c: {entails: fear falls, from: ex.S1}}\n").base;
  b.name = "other";
  questions::CompareOptions options;
  options.solve.draws = 20;
  const auto comparison = questions::compare(a, b, options);
  ASSERT_EQ(comparison.other_tests.size(), 1U);
  EXPECT_EQ(comparison.other_tests[0].claim, "c");
  EXPECT_EQ(comparison.other_tests[0].a, "fear rises");
  EXPECT_EQ(comparison.other_tests[0].b, "fear falls");
  for (const auto& answer : comparison.answers) EXPECT_FALSE(answer.a.id.text().starts_with("claim:c"));
  EXPECT_TRUE(comparison.matter.empty());
  EXPECT_TRUE(comparison.idle.empty()) << "a claim asks, and is no premise";
}

TEST(ClaimTraps, ARivalIsAskedAsTheAccountAsks) {
  const auto a = read("claims: {c: {entails: fear rises, from: ex.S1}}\n").base;
  auto b =
      read("claims: {c: {entails: fear falls, from: ex.S1}, own: {entails: fear rises, from: ex.S1}}\n").base;
  b.name = "other";
  questions::Variant variant{a, {}};
  questions::account_factor(b).set(variant, 1);
  EXPECT_EQ(variant.rows.find("c")->text("entails"), "fear rises");
  EXPECT_NE(variant.rows.find("own"), nullptr);
}

}  // namespace
