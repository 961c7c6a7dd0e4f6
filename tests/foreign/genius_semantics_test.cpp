// SPDX-License-Identifier: MIT
// What a Genius folder means, feature by feature.
#include <gmock/gmock.h>

#include "foreign/folder.hpp"

namespace parley::foreign {
namespace {

using ::testing::ElementsAre;
using testing::heads;
using ::testing::IsEmpty;
using testing::read_small;
using testing::read_texts;
using testing::replaced;
using testing::small_domain;
using testing::small_profile;

using Row = std::vector<mpq_class>;

mpq_class q(long a, long b = 1) {
  mpq_class value(a, b);
  value.canonicalize();
  return value;
}

TEST(GeniusSemantics, WorthIsWeightTimesEvaluationOverTheLargest) {
  const GeniusReading reading = read_small(small_profile());
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(reading.diagnostics, IsEmpty());
  const deals::Party& party = reading.problem.parties.at(0);
  EXPECT_EQ(party.id, "a");
  EXPECT_EQ(party.worth.at(0), Row({q(1, 8), q(1, 2)}));
  EXPECT_EQ(party.worth.at(1), Row({q(3, 10), q(1, 5)}));
  EXPECT_EQ(party.reservation, q(1, 4));
  EXPECT_EQ(party.reservation_id, "reservation:a");
  EXPECT_TRUE(party.terms.empty());
  EXPECT_FALSE(party.cap);
}

TEST(GeniusSemantics, IntegerIssuesCountFromTheLowerBoundAndAreClamped) {
  const GeniusReading reading = read_small(small_profile());
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(2),
            Row({q(3, 50), q(7, 50), q(1, 5)}));  // 0.3, 0.7, 1.1 -> 1
  const deals::Issue& price = reading.problem.issues.at(2);
  ASSERT_EQ(price.options.size(), 3U);
  EXPECT_EQ(price.options[0].name, "1");
  EXPECT_TRUE(price.options[0].is_integer);
  const GeniusReading falling = read_small(replaced(small_profile(), "slope=\"0.4\"", "slope=\"-0.2\""));
  EXPECT_EQ(falling.problem.parties.at(0).worth.at(2), Row({q(3, 50), q(1, 50), q(0)}));
}

TEST(GeniusSemantics, AProfileMayCountFromALowerBoundOfItsOwn) {
  const GeniusReading reading = read_small(
      replaced(small_profile(), "lowerbound=\"1\" upperbound=\"3\"", "lowerbound=\"0\" upperbound=\"3\""));
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(heads(reading), ElementsAre("warning range-mismatch talks/a.xml:11:1"));
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(2).at(0), q(7, 50));
}

TEST(GeniusSemantics, BoundsMayStandInARange) {
  const std::string domain = replaced(small_domain(), R"(lowerbound="1" upperbound="3"/>)",
                                      R"(><range lowerbound="1" upperbound="3"/></issue>)");
  const GeniusReading reading = read_texts({{"d.xml", domain}, {"a.xml", small_profile()}});
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.issues.at(2).options.size(), 3U);
}

TEST(GeniusSemantics, WhereNothingIsAboveZeroEveryOptionIsWorthZero) {
  for (const char* evaluation : {"0", "-4"}) {
    std::string profile = replaced(small_profile(), "evaluation=\"1\"", "evaluation=\"0\"");
    profile = replaced(profile, "evaluation=\"4\"", std::string("evaluation=\"") + evaluation + "\"");
    const GeniusReading reading = read_small(profile);
    EXPECT_THAT(heads(reading), ElementsAre("warning no-positive-evaluation talks/a.xml:3:1"));
    EXPECT_EQ(reading.problem.parties.at(0).worth.at(0), Row({q(0), q(0)}));
  }
}

TEST(GeniusSemantics, NegativeEvaluationsStayNegative) {
  const GeniusReading reading =
      read_small(replaced(small_profile(), "evaluation=\"1\"", "evaluation=\"-2\""));
  EXPECT_THAT(heads(reading), ElementsAre("warning negative-evaluation talks/a.xml:3:1"));
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(0), Row({q(-1, 4), q(1, 2)}));
}

TEST(GeniusSemantics, WeightsAreNeverRescaled) {
  const GeniusReading reading = read_small(replaced(small_profile(), "value=\"0.5\"", "value=\"0.6\""));
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(heads(reading), ElementsAre("warning weights-sum talks/a.xml:1:1"));
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(0).at(1), q(3, 5));
  const GeniusReading less = read_small(replaced(small_profile(), "value=\"0.5\"", "value=\"0.3\""));
  ASSERT_EQ(less.diagnostics.size(), 1U);
  EXPECT_EQ(less.diagnostics.front().message, "the weights add up to 0.8, not 1; they are used as they are");
  const GeniusReading rounded =
      read_small(replaced(small_profile(), "value=\"0.5\"", "value=\"0.5000000001\""));
  EXPECT_THAT(rounded.diagnostics, IsEmpty());
}

TEST(GeniusSemantics, DiscountsAreIgnoredAloud) {
  const auto with = [](const char* factor) {
    return read_small(replaced(small_profile(), "<reservation",
                               std::string("<discount_factor value=\"") + factor + "\"/>\n<reservation"));
  };
  EXPECT_THAT(heads(with("1.0")), IsEmpty());
  EXPECT_THAT(heads(with("0.5")), ElementsAre("warning discount-ignored talks/a.xml:18:1"));
  EXPECT_TRUE(with("soon").ok());
}

TEST(GeniusSemantics, AProfileWithoutReservationHasNone) {
  const GeniusReading reading = read_small(replaced(small_profile(), "<reservation value=\"0.25\"/>", ""));
  ASSERT_TRUE(reading.ok());
  EXPECT_FALSE(reading.problem.parties.at(0).reservation);
}

TEST(GeniusSemantics, NestedObjectivesAreFlattenedInOrderOfIndexAndOnlyIssueWeightsCount) {
  const std::string domain = R"(<negotiation_template><utility_space>
<objective index="0" name="root">
 <objective index="1" name="inner">
  <issue index="5" name="late"><item value="x"/><item value="y"/></issue>
 </objective>
 <issue index="2" name="early"><item value="p"/><item value="q"/></issue>
</objective></utility_space></negotiation_template>)";
  const std::string profile = R"(<utility_space>
<objective index="0" name="root">
 <objective index="1" name="inner">
  <issue index="5" name="late"><item value="x" evaluation="1"/><item value="y" evaluation="2"/></issue>
  <weight index="5" value="0.25"/>
 </objective>
 <issue index="2" name="early"><item value="q" evaluation="1"/><item value="p" evaluation="3"/></issue>
 <weight index="1" value="0.5"/>
 <weight index="2" value="0.75"/>
</objective></utility_space>)";
  const GeniusReading reading = read_texts({{"d.xml", domain}, {"a.xml", profile}});
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(heads(reading), ElementsAre("warning weight-ignored talks/a.xml:8:2"));
  EXPECT_EQ(reading.problem.issues.at(0).name, "early");
  EXPECT_EQ(reading.problem.issues.at(1).name, "late");
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(0), Row({q(3, 4), q(1, 4)}));
  EXPECT_EQ(reading.problem.parties.at(0).worth.at(1), Row({q(1, 8), q(1, 4)}));
}

const char* kNumbers = R"(<negotiation_template><utility_space><objective index="0" name="root">
<issue index="1" name="x" vtype="integer" lowerbound="-1" upperbound="2"/>
<issue index="2" name="y" vtype="integer" lowerbound="0" upperbound="1"/>
</objective></utility_space></negotiation_template>)";

std::string nonlinear(const std::string& inside, const std::string& maxutility = "10") {
  return R"(<utility_space type="nonlinear"><objective index="0" name="root">
<utility maxutility=")" +
         maxutility + R"(">
)" + inside +
         R"(
</utility></objective></utility_space>)";
}

mpq_class utility(const GeniusReading& reading, std::vector<int> levels) {
  const deals::Party& party = reading.problem.parties.at(0);
  mpq_class sum;
  for (const deals::Term& term : party.terms)
    if (expression::holds(term.when, levels)) sum += term.value;
  return party.cap ? std::min(sum, *party.cap) : sum;
}

TEST(GeniusRectanglesTest, IncludesNeedEveryBoundExcludesOneOutside) {
  const GeniusReading reading =
      read_texts({{"d.xml", kNumbers}, {"a.xml", nonlinear(R"(<ufun aggregation="sum">
<hyperRectangle utility="4"><INCLUDES index="1" min="0" max="1"/><INCLUDES index="2" min="1" max="1"/></hyperRectangle>
<hyperRectangle utility="3"><EXCLUDES index="1" min="0" max="1"/><EXCLUDES index="2" min="1" max="1"/></hyperRectangle>
<hyperRectangle utility="1"/>
</ufun>)")}});
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(reading.diagnostics, IsEmpty());
  for (int x = -1; x <= 2; ++x)
    for (int y = 0; y <= 1; ++y) {
      const bool inside = x >= 0 && x <= 1 && y == 1;
      EXPECT_EQ(utility(reading, {x + 1, y}), inside ? q(1, 2) : q(2, 5)) << x << " " << y;
    }
}

TEST(GeniusRectanglesTest, TheSumIsCutAtOneButNotAtZero) {
  const auto with = [](const char* worth) {
    return read_texts(
        {{"d.xml", kNumbers},
         {"a.xml", nonlinear(std::string("<ufun><hyperRectangle utility=\"") + worth + "\"/></ufun>")}});
  };
  EXPECT_EQ(utility(with("25"), {0, 0}), 1);
  EXPECT_EQ(utility(with("-25"), {0, 0}), q(-5, 2));
}

TEST(GeniusRectanglesTest, WeightsMultiplyDownTheFunctions) {
  const GeniusReading reading = read_texts({{"d.xml", kNumbers}, {"a.xml", nonlinear(R"(<ufun weight="0.5">
<ufun weight="0.5" aggregation="sum"><hyperRectangle utility="8" weight="0.5"/></ufun>
<hyperRectangle utility="2"/>
</ufun>)")}});
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(utility(reading, {0, 0}), q(1, 5));  // (8 / 8 + 2 / 2) / 10
}

TEST(GeniusRectanglesTest, BoundsOutsideTheRangeAreCut) {
  const GeniusReading reading = read_texts({{"d.xml", kNumbers}, {"a.xml", nonlinear(R"(<ufun>
<hyperRectangle utility="5"><INCLUDES index="1" min="-2147483648" max="-1"/></hyperRectangle>
<hyperRectangle utility="2"><INCLUDES index="1" min="2" max="2147483647"/></hyperRectangle>
<hyperRectangle utility="1"><INCLUDES index="1" min="1" max="0"/></hyperRectangle>
</ufun>)")}});
  EXPECT_THAT(heads(reading), ElementsAre("warning empty-bound talks/a.xml:6:29"));
  EXPECT_EQ(utility(reading, {0, 0}), q(1, 2));
  EXPECT_EQ(utility(reading, {1, 0}), 0);
  EXPECT_EQ(utility(reading, {3, 0}), q(1, 5));
}

TEST(GeniusRectanglesTest, WhatIsNotUnderstoodIsRefused) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"<ufun><hyperRectangle utility=\"1\"><INCLUDES index=\"1\" min=\"0\" max=\"0\"/><EXCLUDES index=\"1\" "
       "min=\"0\" "
       "max=\"0\"/></hyperRectangle></ufun>",
       "mixed-rectangle"},
      {"<ufun aggregation=\"max\"/>", "unknown-aggregation"},
      {"<ufun/><ufun/>", "one-function"},
      {"", "one-function"},
      {"<ufun><hyperRectangle/></ufun>", "missing-attribute"},
      {"<ufun><hyperRectangle utility=\"NaN\"/></ufun>", "bad-number"},
      {"<ufun><hyperRectangle utility=\"1\"><INCLUDES index=\"9\" min=\"0\" "
       "max=\"1\"/></hyperRectangle></ufun>",
       "unknown-issue"},
      {"<ufun><hyperRectangle utility=\"1\"><INCLUDES index=\"1\" min=\"0.5\" "
       "max=\"1\"/></hyperRectangle></ufun>",
       "bad-number"},
  };
  for (const auto& [inside, code] : cases) {
    const GeniusReading reading = read_texts({{"d.xml", kNumbers}, {"a.xml", nonlinear(inside)}});
    EXPECT_FALSE(reading.ok()) << inside;
    EXPECT_EQ(reading.diagnostics.at(0).code, code);
    EXPECT_EQ(reading.diagnostics.at(0).file, "talks/a.xml");
    EXPECT_GT(reading.diagnostics.at(0).place.line, 0U);
  }
  EXPECT_FALSE(read_texts({{"d.xml", kNumbers}, {"a.xml", nonlinear("<ufun/>", "0")}}).ok());
  EXPECT_FALSE(read_texts({{"d.xml", kNumbers}, {"a.xml", "<utility_space type=\"nonlinear\"/>"}}).ok());
  const GeniusReading discrete =
      read_small(nonlinear("<ufun><hyperRectangle utility=\"1\"><INCLUDES index=\"1\" min=\"0\" "
                           "max=\"1\"/></hyperRectangle></ufun>"));
  EXPECT_EQ(discrete.diagnostics.at(0).code, "issue-mismatch");
}

TEST(GeniusParties, ComeInByteOrderAndCanBeSelected) {
  const testing::Texts texts = {{"b.xml", small_profile()},        {"domain.xml", small_domain()},
                                {"B.xml", small_profile()},        {"a b.XML", small_profile()},
                                {"notes.txt", "<utility_space/>"}, {"pareto.xml", "0.1, 0.2"}};
  const GeniusReading all = read_texts(texts);
  ASSERT_TRUE(all.ok());
  EXPECT_THAT(heads(all), ElementsAre("note file-ignored talks/pareto.xml:0:0"));
  const auto ids = [](const GeniusReading& reading) {
    std::vector<std::string> list;
    for (const deals::Party& party : reading.problem.parties) list.push_back(party.id);
    return list;
  };
  EXPECT_THAT(ids(all), ElementsAre("B", "a b", "b"));
  GeniusOptions two;
  two.parties = {"b", "B.xml"};
  EXPECT_THAT(ids(read_texts(texts, two)), ElementsAre("B", "b"));
  GeniusOptions unknown;
  unknown.parties = {"c"};
  const GeniusReading none = read_texts(texts, unknown);
  EXPECT_FALSE(none.ok());
  EXPECT_TRUE(none.unknown_choice);
  EXPECT_EQ(none.diagnostics.back().code, "unknown-party");
  EXPECT_EQ(none.diagnostics.back().hint, "known: B, a b, b");
}

TEST(GeniusParties, AProfileThatDoesNotTakePartIsNotEvenRead) {
  GeniusOptions only;
  only.parties = {"a"};
  EXPECT_TRUE(
      read_texts({{"d.xml", small_domain()}, {"a.xml", small_profile()}, {"b.xml", "<utility_space"}}, only)
          .ok());
}

}  // namespace
}  // namespace parley::foreign
