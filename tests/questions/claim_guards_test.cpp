// SPDX-License-Identifier: MIT
// What somebody does only under a condition: it bars bringing that about while the condition fails. What
// stands already goes on, and nobody is brought to the condition by it.
#include <algorithm>

#include "claim_account.hpp"
#include "framing/consistency.hpp"
#include "framing/deals.hpp"
#include "questions/what_if.hpp"

namespace {

using namespace claims;
using State = questions::ThenAnswer::State;

constexpr const char* kBar =
    "commitments: {bar: {by: b, will: treaty is signed, only_if: state is full, from: ex.S2}}\n";

/// The account with the treaty at another start: " now: signed", or "" where it is not known.
language::Reading starting(const std::string& start, const std::string& body) {
  std::string text = kHead;
  const std::string stands = "[absent, signed], now: absent";
  text.replace(text.find(stands), stands.size(),
               "[absent, signed]" + (start.empty() ? "" : ", now: " + start));
  auto reading = language::read_texts({{"small.yaml", text + body}});
  EXPECT_TRUE(reading.ok()) << body;
  return reading;
}

V verdict(const std::string& start, const std::string& rows, const std::string& claim) {
  const auto reading = starting(start, rows + "claims: {c: {" + claim + ", from: ex.S1}}\n");
  return asked(reading, 5).at(0).base.verdict;
}

TEST(ClaimGuards, WhatStandsAlreadyIsNotRuledOut) {
  EXPECT_EQ(verdict("signed", kBar, "entails: treaty is signed"), V::entailed);
  EXPECT_EQ(verdict("signed", kBar, "entails: state is absent"), V::entailed);
  EXPECT_EQ(verdict("signed", kBar, "possible: treaty is signed"), V::entailed);
  EXPECT_EQ(verdict("signed", kBar, "possible: treaty is signed and state is absent"), V::entailed);
  EXPECT_EQ(verdict("signed", kBar, "unlikely: treaty is signed"), V::not_testable);
  EXPECT_EQ(verdict("signed", kBar, "necessary: state is full, for: treaty is signed"), V::undetermined)
      << "it stands without";
  EXPECT_EQ(verdict("signed", kBar, "not_sufficient: patrols is sent, for: treaty is signed"),
            V::undetermined);
  EXPECT_EQ(verdict("signed", kBar, "entails: treaty is signed, given: state is absent"), V::entailed)
      << "it stays where others take the condition away";
}

TEST(ClaimGuards, WhatAnEventSetStandsAlready) {
  const std::string rows =
      std::string(kBar) +
      "history: {signing: {what: they sign, on: 2025-06, sets: {treaty: signed}, from: ex.S3}}\n";
  EXPECT_EQ(verdict("", rows, "entails: treaty is signed"), V::entailed);
  EXPECT_EQ(verdict("", rows, "necessary: state is full, for: treaty is signed"), V::undetermined);
}

TEST(ClaimGuards, WhereItStandsIsNotKnownNothingIsBarredForCertain) {
  EXPECT_EQ(verdict("", kBar, "entails: treaty is absent"), V::undetermined);
  EXPECT_EQ(verdict("", kBar, "possible: treaty is signed"), V::undetermined);
  EXPECT_EQ(verdict("", kBar, "necessary: state is full, for: treaty is signed"), V::undetermined);
}

TEST(ClaimGuards, WhatHasYetToBeBroughtAboutIsBarred) {
  EXPECT_EQ(verdict("absent", kBar, "possible: treaty is signed and state is absent"), V::fails);
  const auto claim = one(std::string(kBar) +
                         "claims: {c: {necessary: state is full, for: treaty is signed, from: ex.S1}}\n");
  EXPECT_EQ(claim.base.verdict, V::entailed);
  EXPECT_EQ(claim.verdict, V::asserted) << "the condition says so itself";
  EXPECT_EQ(claim.own_rows, Rows{"bar"});
  EXPECT_EQ(claim.premises, (Rows{"bar", "treaty"}));
}

TEST(ClaimGuards, AnActIsNoGroundForItsCondition) {
  EXPECT_EQ(verdict("absent", kBar, "sufficient: treaty is signed, for: state is full"), V::undetermined);
  EXPECT_EQ(verdict("absent", kBar, "sufficient: treaty is signed, for: state is absent"), V::undetermined);
  EXPECT_EQ(verdict("absent", kBar, "necessary: treaty is absent, for: state is absent"), V::undetermined);
  EXPECT_EQ(verdict("absent", kBar, "entails: state is full, given: treaty is signed"), V::undetermined);
  // A pledge that its own maker ties to a further condition is not surely kept, and is no sign of that one.
  std::string open = kHead;
  open.replace(open.find(", now: absent}\nquantities"), 14, "}");
  const std::string pledge = R"(commitments:
  bar: {by: b, will: treaty is signed, only_if: state is full, from: ex.S2}
  pledge: {by: b, will: treaty is signed, if: patrols is sent, carried_out: 100%, from: ex.S3}
claims:
  c: {entails: state is full, given: patrols is sent, from: ex.S1}
  d: {entails: treaty is signed, given: patrols is sent, from: ex.S1}
)";
  const auto reading = language::read_texts({{"open.yaml", open + pledge}});
  ASSERT_TRUE(reading.ok());
  for (const auto& claim : asked(reading, 5)) EXPECT_EQ(claim.base.verdict, V::undetermined) << claim.id;
  std::string kept = pledge;
  kept.erase(kept.find("  bar:"), kept.find("  pledge:") - kept.find("  bar:"));
  const auto without = language::read_texts({{"open.yaml", open + kept}});
  EXPECT_EQ(asked(without, 5).at(1).base.verdict, V::entailed) << "without the condition it is surely done";
}

TEST(ClaimGuards, OnlyItsMakerIsHeldBack) {
  const std::string need = "necessary: state is full, for: treaty is signed";
  // Another row leads there.
  for (const char* row :
       {"makes_likely: treaty is signed", "raises: [treaty]", "rules_out: treaty is absent"})
    EXPECT_EQ(
        verdict("absent",
                kBar + fmt::format("mechanisms: {{m: {{cause: patrols is sent, {}, from: ex.S3}}}}\n", row),
                need),
        V::undetermined)
        << row;
  EXPECT_EQ(verdict("absent",
                    std::string(kBar) + "mechanisms: {m: {cause: patrols is sent, makes_likely: treaty "
                                        "is signed, strength: 0%, from: ex.S3}}\n",
                    need),
            V::entailed)
      << "odds of 0 % are no row";
  EXPECT_EQ(verdict("absent",
                    std::string(kBar) + "mechanisms: {m: {cause: patrols is sent, rules_out: treaty is "
                                        "signed, from: ex.S3}}\n",
                    need),
            V::entailed)
      << "away from it";
  // What others decide its maker cannot withhold.
  const std::string patrols =
      "commitments: {bar: {by: {}, will: patrols is sent, only_if: state is full, from: ex.S2}}\n";
  for (const char* by : {"a", "b"}) {
    std::string rows = patrols;
    rows.replace(rows.find("{}"), 2, by);
    EXPECT_EQ(verdict("absent", rows, "necessary: state is full, for: patrols is sent"),
              *by == 'a' ? V::entailed : V::undetermined)
        << by;
  }
}

TEST(ClaimGuards, AWhatIfShutsOutOnlyWhatHasYetToCome) {
  const std::string rows =
      std::string(kBar) +
      "mechanisms: {shut: {cause: patrols is sent, rules_out: state is full, from: ex.S3}}\n";
  for (const char* start : {"signed", "absent"}) {
    const auto reading = starting(start, rows);
    std::vector<std::string> problems;
    questions::SolveOptions options;
    options.draws = 10;
    const auto list = questions::what_if({{reading.base, {}}}, {{"patrols is sent"}, {"treaty is signed"}},
                                         {}, options, &problems);
    ASSERT_TRUE(problems.empty());
    EXPECT_EQ(list.at(0).columns.at(0).then.at(0).after,
              start == std::string("signed") ? State::holds : State::excluded);
  }
}

TEST(ClaimGuards, ConditionsOfTheConsistencyLensReadItAlike) {
  const auto rows_of = [](const std::string& start) {
    const auto reading = starting(start, kBar);
    Rows rows;
    for (const auto& c :
         framing::frame_consistency(framing::make_situation(reading.base, {})).conditions.problem.constraints)
      if (!c.structure) rows.push_back(c.id);
    return rows;
  };
  EXPECT_EQ(rows_of("absent"), Rows{"bar"});
  EXPECT_EQ(rows_of("signed"), Rows{});
  EXPECT_EQ(rows_of(""), Rows{});
}

TEST(ClaimGuards, APackageThatLeavesTheActAsItStandsIsNotBarred) {
  const auto barred = [](const std::string& now) {
    const auto reading = language::read_texts({{"p.yaml", R"(parley: 1
account: small
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, much])" + now + R"(}
  price: {settled_by: [a, b], levels: [low, high], now: high}
talks: {t: {parties: [a, b], issues: [water, price], from: ex}}
commitments: {bar: {by: b, will: water is much, only_if: price is high, from: ex}}
)"}});
    EXPECT_TRUE(reading.ok());
    const auto framed = framing::frame_deals(framing::make_situation(reading.base, {}), "t");
    std::size_t cases = 0;
    for (const auto& r : framed->ensemble.resolutions)
      for (std::size_t x = 0; x < framed->ensemble.packages.size(); ++x)
        if (framed->ensemble.packages[x] == deals::Package{1, 0} && r.broken[x] == 1) ++cases;
    return std::pair{framed->ensemble.limits.size(), cases};
  };
  EXPECT_EQ(barred(", now: little"), (std::pair<std::size_t, std::size_t>{1, 1}));
  EXPECT_EQ(barred(", now: much"), (std::pair<std::size_t, std::size_t>{0, 0}));
  EXPECT_EQ(barred(""), (std::pair<std::size_t, std::size_t>{1, 1})) << "where it starts at little";
}

}  // namespace
