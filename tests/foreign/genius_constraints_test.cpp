// SPDX-License-Identifier: MIT
// constraints.json: what its rows mean, and what is refused.
#include <gmock/gmock.h>

#include "foreign/folder.hpp"
#include "foreign/json.hpp"

namespace parley::foreign {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::heads;
using ::testing::IsEmpty;
using testing::read_small;
using testing::read_texts;
using testing::small_domain;
using testing::small_profile;

GeniusReading with(const std::string& rows) {
  return read_small(small_profile(), "{\n\"constraints\": [\n" + rows + "\n]}");
}

const expression::Formula& formula(const GeniusReading& reading) {
  return reading.problem.constraints.at(0).formula;
}

TEST(GeniusConstraints, ImpliesIsALinkage) {
  const GeniusReading reading = with(
      R"({"id": "l", "type": "implies", "if_issue": "colour", "if_options": ["red"], "then_issue": "price", "then_options": [2, "3"]})");
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(reading.diagnostics, IsEmpty());
  EXPECT_EQ(reading.problem.constraints.at(0).id, "l");
  EXPECT_EQ(reading.problem.constraints.at(0).kind, deals::ConstraintKind::linkage);
  EXPECT_EQ(reading.problem.constraints.at(0).owner, "");
  for (int colour = 0; colour < 2; ++colour)
    for (int price = 0; price < 3; ++price) {
      const std::vector<int> package = {colour, 0, price};
      EXPECT_EQ(expression::holds(formula(reading), package), colour == 1 || price >= 1);
    }
}

TEST(GeniusConstraints, ARedLineForbidsItsOptions) {
  const GeniusReading reading =
      with(R"({"id": "r", "type": "red_line", "party": 0, "issue": "size", "forbidden_options": ["large"]})");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.constraints.at(0).kind, deals::ConstraintKind::red_line);
  EXPECT_EQ(reading.problem.constraints.at(0).owner, "a");
  const std::vector<int> small = {0, 0, 0}, large = {0, 1, 0};
  EXPECT_TRUE(expression::holds(formula(reading), small));
  EXPECT_FALSE(expression::holds(formula(reading), large));
}

TEST(GeniusConstraints, AReservationReplacesTheProfilesValueExactly) {
  const GeniusReading reading =
      with(R"({"id": "mine", "type": "reservation", "party": 0, "min_utility": 0.85})");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.parties.at(0).reservation, mpq_class(17, 20));
  EXPECT_EQ(reading.problem.parties.at(0).reservation_id, "mine");
  EXPECT_EQ(with(R"({"id": "x", "type": "reservation", "party": 0, "min_utility": 1})")
                .problem.parties.at(0)
                .reservation,
            1);
}

TEST(GeniusConstraints, ImpossibleCombinationsAreStructure) {
  const GeniusReading reading =
      with(R"({"id": "i", "type": "impossible", "when": {"colour": ["red"], "price": [1, 2]}})");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.constraints.at(0).kind, deals::ConstraintKind::impossible);
  for (int colour = 0; colour < 2; ++colour)
    for (int price = 0; price < 3; ++price) {
      const std::vector<int> package = {colour, 0, price};
      EXPECT_EQ(expression::holds(formula(reading), package), colour == 1 || price == 2);
    }
}

TEST(GeniusConstraints, PartyIsThePlaceAmongAllProfilesWhateverTheSelection) {
  const std::string rows = R"({"constraints": [
{"id": "ra", "type": "reservation", "party": 0, "min_utility": 0.1},
{"id": "rb", "type": "reservation", "party": 1, "min_utility": 0.2},
{"id": "rc", "type": "reservation", "party": 2, "min_utility": 0.3},
{"id": "red0", "type": "red_line", "party": 0, "issue": "size", "forbidden_options": ["large"]},
{"id": "red2", "type": "red_line", "party": 2, "issue": "size", "forbidden_options": ["small"]}]})";
  GeniusOptions two;
  two.parties = {"b", "c"};
  const GeniusReading reading = read_texts({{"d.xml", small_domain()},
                                            {"a.xml", small_profile()},
                                            {"b.xml", small_profile()},
                                            {"c.xml", small_profile()},
                                            {"constraints.json", rows}},
                                           two);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.parties.at(0).reservation_id, "rb");
  EXPECT_EQ(reading.problem.parties.at(1).reservation_id, "rc");
  ASSERT_EQ(reading.problem.constraints.size(), 1U);
  EXPECT_EQ(reading.problem.constraints[0].id, "red2");
  EXPECT_EQ(reading.problem.constraints[0].owner, "c");
}

TEST(GeniusConstraints, WhatIsWrongIsToldByRowIdAndLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"id": "x", "type": "implied"})", "unknown-type"},
      {R"({"id": "x"})", "missing-key"},
      {R"({"type": "implies"})", "missing-key"},
      {R"({"id": 7, "type": "implies"})", "wrong-type"},
      {R"({"id": "", "type": "implies"})", "bad-id"},
      {R"({"id": "x", "type": ["implies"]})", "wrong-type"},
      {R"({"id": "x", "type": "reservation", "party": 0})", "missing-key"},
      {R"({"id": "x", "type": "reservation", "party": 0, "min_utility": "0.5"})", "wrong-type"},
      {R"({"id": "x", "type": "reservation", "party": 0, "min_utility": 1e300})", "bad-number"},
      {R"({"id": "x", "type": "reservation", "party": 1, "min_utility": 0.5})", "unknown-party"},
      {R"({"id": "x", "type": "reservation", "party": -1, "min_utility": 0.5})", "unknown-party"},
      {R"({"id": "x", "type": "reservation", "party": 0.0, "min_utility": 0.5})", "unknown-party"},
      {R"({"id": "x", "type": "reservation", "party": "a", "min_utility": 0.5})", "unknown-party"},
      {R"({"id": "x", "type": "reservation", "min_utility": 0.5})", "missing-key"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "color", "forbidden_options": []})",
       "unknown-issue"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "colour", "forbidden_options": ["rad"]})",
       "unknown-option"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "colour", "forbidden_options": [1]})",
       "wrong-type"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "price", "forbidden_options": [4]})",
       "unknown-option"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "price", "forbidden_options": [1.5]})",
       "unknown-option"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "price", "forbidden_options": [99999999999999999999]})",
       "unknown-option"},
      {R"({"id": "x", "type": "red_line", "party": 0, "issue": "colour", "forbidden_options": "red"})",
       "wrong-type"},
      {R"({"id": "x", "type": "impossible", "when": {}})", "empty-condition"},
      {R"({"id": "x", "type": "impossible", "when": {"colour": "red"}})", "wrong-type"},
      {R"({"id": "x", "type": "impossible", "when": {"hue": ["red"]}})", "unknown-issue"},
      {R"("x")", "wrong-type"},
      {R"(null)", "wrong-type"},
  };
  for (const auto& [row, code] : cases) {
    const GeniusReading reading = with("\n" + row);
    ASSERT_FALSE(reading.ok()) << row;
    const Diagnostic& first = reading.diagnostics.at(0);
    EXPECT_EQ(first.code, code) << row;
    EXPECT_EQ(first.file, "talks/constraints.json");
    EXPECT_EQ(first.place.line, 4U) << row;
    EXPECT_THAT(first.message, HasSubstr("constraint 1")) << row;
  }
}

TEST(GeniusConstraints, NearestNamesAndUnknownKeysAreOffered) {
  const GeniusReading option = with(
      R"({"id": "x", "type": "red_line", "party": 0, "issue": "colour", "forbidden_options": ["gren"]})");
  EXPECT_EQ(option.diagnostics.at(0).hint, "did you mean `green`?");
  EXPECT_EQ(option.diagnostics.at(0).message, "constraint 1 (`x`): issue `colour` has no option `gren`");
  const GeniusReading key =
      with(R"({"id": "x", "type": "reservation", "party": 0, "min_utility": 0.5, "min_utlity": 0.7})");
  EXPECT_TRUE(key.ok());
  EXPECT_THAT(heads(key), ElementsAre("warning unknown-key talks/constraints.json:3:68"));
  EXPECT_EQ(key.diagnostics.at(0).hint, "did you mean `min_utility`?");
}

TEST(GeniusConstraints, IdsAndReservationsAreUnique) {
  EXPECT_THAT(heads(with("{\"id\": \"x\", \"type\": \"reservation\", \"party\": 0, \"min_utility\": 0.5},\n"
                         "{\"id\": \"x\", \"type\": \"impossible\", \"when\": {\"size\": [\"large\"]}}")),
              ElementsAre("error duplicate-id talks/constraints.json:4:8"));
  EXPECT_THAT(heads(with("{\"id\": \"x\", \"type\": \"reservation\", \"party\": 0, \"min_utility\": 0.5},\n"
                         "{\"id\": \"y\", \"type\": \"reservation\", \"party\": 0, \"min_utility\": 0.6}")),
              ElementsAre("error duplicate-reservation talks/constraints.json:4:1"));
}

TEST(GeniusConstraints, OtherShapesAreRefused) {
  for (const char* text : {"[]", "{}", "null", "{\"constraints\": {}}", "{\"constraint\": []}", "7"})
    EXPECT_THAT(heads(read_small(small_profile(), text)),
                ElementsAre(HasSubstr("error wrong-shape talks/constraints.json:1:")))
        << text;
  EXPECT_TRUE(with("").ok());
}

TEST(GeniusConstraints, BrokenJsonIsToldWhere) {
  EXPECT_THAT(heads(with("{\"id\": \"x\",,}")), ElementsAre("error bad-json talks/constraints.json:3:12"));
  EXPECT_THAT(heads(read_small(small_profile(), " ")),
              ElementsAre("error empty-file talks/constraints.json:1:2"));
  EXPECT_THAT(heads(with("{\"id\": \"\xFF\"}")),
              ElementsAre("error wrong-encoding talks/constraints.json:3:9"));
  EXPECT_THAT(heads(with(std::string(1'000'000, '['))),
              ElementsAre("error too-deep talks/constraints.json:3:63"));
  EXPECT_THAT(heads(with(std::string(1'000'000, '[') + std::string(1'000'000, ']'))),
              ElementsAre("error too-deep talks/constraints.json:3:63"));
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += i == 0 ? "0" : ",0";
  EXPECT_THAT(heads(with(many)), ElementsAre("error too-large talks/constraints.json:3:20001"));
  EXPECT_THAT(heads(with(R"({"id": "x", "type": "reservation", "party": 0, "min_utility": 1e999})")),
              ElementsAre("error bad-number talks/constraints.json:3:63"));
}

}  // namespace
}  // namespace parley::foreign
