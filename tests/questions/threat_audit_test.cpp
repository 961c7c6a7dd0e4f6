// SPDX-License-Identifier: MIT
// The audit of threats and promises: each question answered, and said where it cannot be.
#include "questions/threat_audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings_accounts.hpp"

namespace {

using namespace parley;
using namespace parley::testing;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

questions::AuditItem item_of(const questions::Findings& findings, const std::string& row,
                             const std::string& question) {
  for (const auto& audit : findings.audits)
    if (audit.row == row)
      for (const auto& item : audit.items)
        if (item.question == question) return item;
  ADD_FAILURE() << row << " has no item " << question;
  return {};
}

questions::AuditItem item(const std::string& body, const std::string& question) {
  return item_of(found(account_of(body), false), "threat", question);
}

/// b is threatened unless it gives up water.
constexpr const char* kThreat = R"(commitments:
  threat: {by: a, to: [b], kind: threat, if: not water is much, will: patrols is sent, from: ex.S1}
)";
constexpr const char* kWater = "  water_b: {by: b, on: water, order: little > half > much, from: ex.S2}\n";
constexpr const char* kPatrols = "  patrols_b: {by: b, on: patrols, order: withheld > sent, from: ex.S3}\n";
constexpr const char* kWaterA = "  water_a: {by: a, on: water, order: much > half > little, from: ex.S4}\n";
std::string wishes(const std::string& rows) {
  return std::string(kThreat) + "preferences:\n" + kWaterA + rows;
}

TEST(AuditTarget, SalienceDecidesAndTheOrderIsNamed) {
  const auto said = item(wishes(std::string(kWater) + kPatrols), "target");
  EXPECT_EQ(said.verdict, "depends");
  EXPECT_THAT(said.words, HasSubstr("weighs water at least as much as patrols, giving way"));
  EXPECT_THAT(said.words, HasSubstr("weighs patrols at least as much as water, giving way"));
  const auto list = of_kind(wishes(std::string(kWater) + kPatrols), Kind::target);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].id, "target:threat:b:worse");
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"threat"}, Rows{"water_b"}));
}

TEST(AuditTarget, WorseWhateverItWeighs) {
  const auto said =
      item(wishes(std::string(kWater) + "  patrols_b: {by: b, on: patrols, indifferent: yes, from: ex.S3}\n"),
           "target");
  EXPECT_EQ(said.verdict, "worse");
  EXPECT_THAT(said.words, HasSubstr("whatever weighs more"));
}

TEST(AuditTarget, BetterWhateverItWeighs) {
  const auto said = item(wishes("  water_b: {by: b, on: water, order: much > half > little, from: ex.S2}\n" +
                                std::string(kPatrols)),
                         "target");
  EXPECT_EQ(said.verdict, "better");
}

TEST(AuditTarget, AStatedOrderOfSalienceDecides) {
  const std::string both = wishes(std::string(kWater) + kPatrols);
  EXPECT_EQ(item(both + "saliences: {s: {by: b, order: water > patrols, from: ex.S5}}\n", "target").verdict,
            "worse");
  EXPECT_EQ(item(both + "saliences: {s: {by: b, order: patrols > water, from: ex.S5}}\n", "target").verdict,
            "better");
}

TEST(AuditTarget, CrossingItsOwnLineIsSaid) {
  const auto said = item(wishes(std::string(kWater) + kPatrols) +
                             "positions: {line: {by: b, on: water, insists: not much, from: ex.S5}}\n",
                         "target");
  EXPECT_THAT(said.words, HasSubstr("cross what the other side insists on"));
}

TEST(AuditTarget, NotSaidWhereItLiesOnNoTable) {
  const auto said = item(
      "commitments:\n  threat: {by: a, to: [c], kind: threat, if: access is closed, will: patrols is sent, "
      "from: ex.S1}\n",
      "target");
  EXPECT_FALSE(said.said());
  EXPECT_THAT(said.words, HasSubstr("lies on no table"));
}

TEST(AuditTarget, APromiseAgainstNoDeal) {
  const std::string promise = R"(commitments:
  threat: {by: a, to: [b], kind: promise, if: water is much, will: patrols is sent, from: ex.S1}
)";
  const auto said = item(promise + "preferences:\n" + kWaterA + kWater +
                             "  patrols_b: {by: b, on: patrols, order: sent > withheld, from: ex.S3}\n",
                         "target");
  EXPECT_EQ(said.verdict, "depends");
  EXPECT_EQ(item(promise + "preferences:\n" + kWaterA + kWater + kPatrols, "target").verdict, "worse");
}

TEST(AuditLifted, WhollyPartlyAndNotSaid) {
  const std::string lifted = wishes(std::string(kWater) + kPatrols);
  EXPECT_EQ(item(lifted, "lifted").verdict, "yes");
  EXPECT_TRUE(of_kind(lifted, Kind::not_lifted).empty());
  const std::string again =
      std::string(kThreat) +
      R"(  open: {by: a, to: [b], kind: threat, if: unstated, may: patrols is sent, restates: threat, from: ex.S6}
)";
  EXPECT_EQ(item(again, "lifted").verdict, "partly");
  const auto list = of_kind(again, Kind::not_lifted);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "open"}));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"threat"}, Rows{"open"}));
  EXPECT_FALSE(item("commitments:\n  threat: {by: a, to: [b], kind: threat, if: unstated, will: patrols is "
                    "sent, from: ex.S1}\n",
                    "lifted")
                   .said());
}

TEST(AuditLifted, ARestatementThatTheAgreementEndsAndCausesThatItDoesNot) {
  const std::string failed =
      std::string(kThreat) +
      R"(  talks: {by: a, to: [b], kind: threat, if: t failed, may: patrols is sent, restates: threat, from: ex.S6}
)";
  EXPECT_EQ(item(failed, "lifted").verdict, "yes");
  const std::string causes = R"(quantities: {fear: {is: fear, from: ex.S0}}
mechanisms:
  error: {cause: fear, raises: [patrols], from: ex.S7}
  dead: {cause: t failed, raises: [patrols], from: ex.S8}
  quiet: {cause: calm, lowers: [patrols], from: ex.S9}
)";
  const auto said = item(failed + causes, "lifted");
  EXPECT_EQ(said.verdict, "partly");
  EXPECT_EQ(said.rows, (Rows{"threat", "talks", "error"}));
}

TEST(AuditUndone, AnAgreementThatWasLeftWithWhatIsAskedForNow) {
  const std::string left =
      R"(agreements: {old: {parties: [a, b], is: the old accord, now: left, left_by: a, terms: {patrols: withheld}, from: ex.S6}}
positions: {again: {by: b, on: patrols, of: a, asks: withheld, from: ex.S7}}
)";
  const auto list = of_kind(kThreat + left, Kind::undone);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"old", "again"}));
  EXPECT_THAT(list[0].words, HasSubstr("the old accord, which one side left"));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"old"}, Rows{"again"}));
  EXPECT_EQ(item(kThreat + left, "undone").verdict, "yes");
  for (const char* other : {"now: in-force", "now: left, left_by: c", "parties: [a, c]"}) {
    std::string text = left;
    const std::string what =
        std::string(other).starts_with("parties") ? "parties: [a, b]" : "now: left, left_by: a";
    text.replace(text.find(what), what.size(), other);
    EXPECT_TRUE(of_kind(kThreat + text, Kind::undone).empty()) << other;
    EXPECT_FALSE(item(kThreat + text, "undone").said());
  }
}

TEST(AuditOthers, WhoElsePays) {
  const std::string spread =
      "mechanisms: {spread: {cause: patrols is sent, makes_likely: calm is absent, from: ex.S6}}\n";
  const std::string other =
      "preferences: {calm_c: {by: c, on: calm, order: present > absent, from: ex.S7}}\n";
  const auto list = of_kind(kThreat + spread + other, Kind::others_pay);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "spread", "calm_c"}));
  EXPECT_THAT(list[0].falls_without, UnorderedElementsAre(Rows{"threat"}, Rows{"spread"}, Rows{"calm_c"}));
  const auto unsaid = item(kThreat + spread, "others");
  EXPECT_FALSE(unsaid.said());
  EXPECT_THAT(unsaid.words, HasSubstr("calm"));
  // The one that is threatened is no bystander.
  EXPECT_TRUE(of_kind(kThreat + spread +
                          "preferences: {calm_b: {by: b, on: calm, order: present > absent, from: ex.S7}}\n",
                      Kind::others_pay)
                  .empty());
}

TEST(AuditCompliance, WhatIsAskedForServesAPartOfTheGoal) {
  const std::string goal =
      "objectives: {rest: {by: a, is: quiet, needs: [water is much, calm is present], from: ex.S4}}\n";
  const auto list = of_kind(kThreat + goal, Kind::compliance);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_THAT(list[0].words, HasSubstr("no row that joins it to \"calm is present\""));
  const auto harmed =
      of_kind(kThreat + goal + "mechanisms: {drain: {cause: water, lowers: [calm], from: ex.S5}}\n",
              Kind::compliance);
  ASSERT_EQ(harmed.size(), 1U);
  EXPECT_THAT(harmed[0].words, HasSubstr("works against \"calm is present\""));
  EXPECT_THAT(harmed[0].falls_without, UnorderedElementsAre(Rows{"threat"}, Rows{"drain"}, Rows{"rest"}));
  EXPECT_TRUE(of_kind(kThreat + goal + "mechanisms: {calms: {cause: water, raises: [calm], from: ex.S5}}\n",
                      Kind::compliance)
                  .empty());
}

TEST(AuditWanted, APromiseThatTouchesNothingTheOtherSideWants) {
  const std::string promise = R"(commitments:
  threat: {by: a, kind: promise, if: unstated, will: water is much, from: ex.S1}
)";
  const std::string dam = "positions:\n  dam_b: {by: b, on: dam, asks: built, from: ex.S2}\n";
  const auto list = of_kind(promise + dam, Kind::unwanted);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].rows, (Rows{"threat", "dam_b"}));
  EXPECT_THAT(list[0].words,
              HasSubstr("the account holds no row that joins it to what the other side wants"));
  // Rows join it to what the other side wants, by itself or by what follows from it; or no row says what that
  // is.
  EXPECT_TRUE(
      of_kind(promise + dam + "  water_b: {by: b, on: water, asks: little, from: ex.S3}\n", Kind::unwanted)
          .empty());
  EXPECT_TRUE(of_kind(promise + dam + "mechanisms: {fill: {cause: water, raises: [dam], from: ex.S3}}\n",
                      Kind::unwanted)
                  .empty());
  EXPECT_TRUE(of_kind(promise, Kind::unwanted).empty());
}

TEST(Audit, ConditionsAreNoThreatsAndRestatementsAreNoSecondOne) {
  const auto findings = found(
      account_of(
          std::string(kThreat) +
          R"(  again: {by: a, to: [b], kind: threat, if: t failed, may: patrols is sent, restates: threat, from: ex.S6}
  bar: {by: b, to: [a], kind: condition, will: water is much, only_if: patrols is withheld, from: ex.S7}
)"),
      false);
  ASSERT_EQ(findings.audits.size(), 1U);
  EXPECT_EQ(findings.audits[0].restated, Rows{"again"});
}

TEST(Founding, TheThreatIsAudited) {
  const auto& findings = founding_findings();
  // It harms calm in the region (S47, S76) and serves an Iran that negotiates from weakness (S05, S06).
  EXPECT_EQ(item_of(findings, "us_threat", "own_goals").verdict, "mixed");
  EXPECT_NE(item_of(findings, "us_threat", "own_goals").words.find("bargaining position falls"),
            std::string::npos);
  EXPECT_EQ(item_of(findings, "us_threat", "compliance").verdict, "mixed");
  EXPECT_EQ(item_of(findings, "us_threat", "target").verdict, "depends");
  EXPECT_EQ(item_of(findings, "us_threat", "lifted").verdict, "partly");
  EXPECT_EQ(item_of(findings, "us_threat", "undone").verdict, "yes");
  EXPECT_EQ(item_of(findings, "us_threat", "others").verdict, "yes") << "S23: a spill-over is feared";
  EXPECT_NE(item_of(findings, "us_threat", "others").words.find("Iraq, Lebanon and Syria"), std::string::npos)
      << "S76 names them";
  EXPECT_EQ(item_of(findings, "iran_inspections", "wanted").verdict, "unsaid");
  EXPECT_FALSE(item_of(findings, "iran_inspections", "compliance").said());
  EXPECT_THAT(by_id(findings, "unwanted:iran_inspections")->falls_without,
              UnorderedElementsAre(Rows{"iran_inspections"}));
}

}  // namespace
