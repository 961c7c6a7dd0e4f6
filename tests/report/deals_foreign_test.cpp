// SPDX-License-Identifier: MIT
#include "report/deals_foreign.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/diagnostics.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

deals::BargainProblem problem() {
  deals::BargainProblem made;
  made.issues = {{"colour", {{"red", false}, {"green", false}}}, {"price", {{"-1", true}, {"0", true}}}};
  made.parties.resize(2);
  made.parties[0].id = "b";
  made.parties[1].id = "a";
  made.parties[0].reservation = mpq_class(1, 4);
  return made;
}

deals::Answer agreement() {
  deals::Answer answer;
  answer.n_packages = 4;
  answer.zone_size = 3;
  answer.agreement = true;
  answer.frontier = {{{mpq_class(1), mpq_class(1, 3)}, {{0, 0}}, 1},
                     {{mpq_class(1, 2), mpq_class(2, 3)}, {{1, 0}, {1, 1}}, 2}};
  answer.welfare =
      deals::Solution{mpq_class(4, 3), 1, answer.frontier[0].utility, answer.frontier[0].packages};
  answer.nash = deals::Solution{mpq_class(1, 3), 2, answer.frontier[1].utility, answer.frontier[1].packages};
  return answer;
}

TEST(DealsJson, HasTheKeysOfTheContract) {
  const ordered_json object = deals_json(problem(), agreement());
  for (const char* key : {"n_packages", "zone_size", "agreement", "certified", "complete", "gap", "parties",
                          "frontier", "solutions", "conflicts", "relaxations", "cheapest_concession"})
    EXPECT_TRUE(object.contains(key)) << key;
  EXPECT_EQ(object["n_packages"], "4");
  EXPECT_EQ(object["zone_size"], "3");
  EXPECT_EQ(object["agreement"], true);
  EXPECT_EQ(object["gap"], 0.0);
  EXPECT_EQ(object["parties"], ordered_json({"b", "a"}));
  EXPECT_EQ(object["frontier"][0]["utility"], ordered_json({{"b", 1.0}, {"a", 1.0 / 3}}));
  EXPECT_EQ(object["frontier"][1]["packages"].dump(),
            R"([{"colour":"green","price":-1},{"colour":"green","price":0}])");
  EXPECT_FALSE(object["frontier"][0].contains("n_packages"));
  EXPECT_EQ(object["solutions"]["nash"]["tied"], 2);
  EXPECT_EQ(object["solutions"]["nash"]["value"], 1.0 / 3);
  EXPECT_TRUE(object["solutions"]["egalitarian"].is_null());
  EXPECT_TRUE(object["cheapest_concession"].is_null());
}

TEST(DealsJson, WideFrontiersCountTheirPackages) {
  deals::Answer answer = agreement();
  answer.frontier[1].n_packages = mpz_class("123456789012345678901234567890");
  const ordered_json object = deals_json(problem(), answer);
  EXPECT_EQ(object["frontier"][0]["n_packages"], "1");
  EXPECT_EQ(object["frontier"][1]["n_packages"], "123456789012345678901234567890");
  answer.frontier[1].n_packages = 1999;
  EXPECT_FALSE(deals_json(problem(), answer)["frontier"][0].contains("n_packages"));
}

deals::Answer disagreement() {
  deals::Answer answer;
  answer.n_packages = 4;
  answer.conflicts = {{"reservation:a", "line"}};
  answer.relaxations = {{"reservation:a"}, {"line"}};
  answer.cheapest_concession =
      deals::UniformCut{mpq_class(1, 10), {mpq_class(1, 5), mpq_class(1, 2)}, {{0, 1}}};
  answer.near_misses = {{{0, 1}, {"line"}}};
  return answer;
}

TEST(DealsJson, DisagreementGivesReasons) {
  const ordered_json object = deals_json(problem(), disagreement());
  EXPECT_EQ(object["agreement"], false);
  EXPECT_EQ(object["conflicts"].dump(), R"([["reservation:a","line"]])");
  EXPECT_EQ(object["relaxations"].dump(), R"([["reservation:a"],["line"]])");
  EXPECT_EQ(object["cheapest_concession"].dump(),
            R"({"uniform_cut":0.1,"packages":[{"colour":"red","price":0}],"utility":{"b":0.2,"a":0.5}})");
  EXPECT_EQ(object["near_misses"].dump(), R"([{"package":{"colour":"red","price":0},"breaks":["line"]}])");
  EXPECT_TRUE(object["solutions"]["nash"].is_null());
}

TEST(DealsText, SaysWhatCanBeAgreed) {
  const std::string text = deals_text("talks", problem(), agreement());
  EXPECT_THAT(text, HasSubstr("talks: 2 parties, 2 issues, 4 packages"));
  EXPECT_THAT(text, HasSubstr("Zone of possible agreement: 3 packages. Its frontier has 2 points."));
  EXPECT_THAT(text, HasSubstr("  b         0.250000"));
  EXPECT_THAT(text, HasSubstr("  a             none"));
  EXPECT_THAT(text, HasSubstr("Nash:\n  colour: green; price: -1\n  colour: green; price: 0\n"));
  EXPECT_THAT(text, HasSubstr("welfare:\n  colour: red; price: -1\n"));
}

TEST(DealsText, SaysWhyNothingCan) {
  const std::string text = deals_text("talks", problem(), disagreement());
  EXPECT_THAT(text, HasSubstr("There is no zone of possible agreement"));
  EXPECT_THAT(text, HasSubstr("(1 minimal conflict):\n  - reservation:a + line\n"));
  EXPECT_THAT(text, HasSubstr("(2 minimal relaxations):\n  - reservation:a\n  - line\n"));
  EXPECT_THAT(text, HasSubstr("lowered its reservation value by 0.100000"));
  EXPECT_THAT(text, HasSubstr("breaks line\n"));
}

TEST(DealsText, AStoppedSearchClaimsNothing) {
  deals::Answer answer;
  answer.n_packages = 4;
  answer.certified = answer.complete = false;
  const std::string text = deals_text("talks", problem(), answer);
  EXPECT_THAT(text, Not(HasSubstr("There is no zone")));
  EXPECT_THAT(text, HasSubstr("found so far"));
  EXPECT_THAT(text, Not(HasSubstr("No equal cut")));
  deals::Answer some = agreement();
  some.certified = false;
  some.gap = mpq_class(1, 8);
  EXPECT_THAT(deals_text("talks", problem(), some), HasSubstr("at most 0.125000 from the optimum"));
}

TEST(DealsText, NamesReachTheTerminalTame) {
  deals::BargainProblem made = problem();
  made.issues[0].name = "col\x1b[31mour";
  made.parties[0].id = "a very long name of a party that would break every table";
  const std::string text = deals_text("ta\nlks", made, agreement());
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("a very long name of a .."));
}

TEST(NearestDouble, RoundsToNearest) {
  EXPECT_EQ(nearest_double(mpq_class(1, 3)), 1.0 / 3);
  EXPECT_EQ(nearest_double(mpq_class(2, 3)), 2.0 / 3);
  EXPECT_EQ(nearest_double(mpq_class(-2, 3)), -2.0 / 3);
  EXPECT_EQ(nearest_double(mpq_class(1, 10)), 0.1);
  EXPECT_EQ(nearest_double(mpq_class(0)), 0.0);
  EXPECT_EQ(nearest_double(mpq_class("9007199254740993")), 9007199254740992.0);  // a tie goes to the even one
  EXPECT_EQ(nearest_double(mpq_class("9007199254740995")), 9007199254740996.0);
  EXPECT_EQ(nearest_double(mpq_class("1" + std::string(400, '0'))), std::numeric_limits<double>::max());
  EXPECT_EQ(nearest_double(mpq_class("-1" + std::string(400, '0'))), std::numeric_limits<double>::lowest());
  EXPECT_EQ(nearest_double(mpq_class("1/1" + std::string(400, '0'))), 0.0);
}

RC_GTEST_PROP(NearestDouble, IsTheQuotientOfTwoSmallNumbers, (int numerator, int denominator)) {
  RC_PRE(denominator != 0);
  mpq_class value(numerator, denominator);
  value.canonicalize();
  RC_ASSERT(nearest_double(value) == static_cast<double>(numerator) / static_cast<double>(denominator));
}

TEST(DiagnosticText, HasPlaceMessageCodeAndHint) {
  Diagnostic diagnostic;
  diagnostic.file = "a.xml";
  diagnostic.place = {0, 3, 7, 0};
  diagnostic.code = "bad-number";
  diagnostic.message = "this is no number";
  diagnostic.hint = "write one";
  EXPECT_EQ(diagnostic_text(diagnostic),
            "a.xml:3:7: error: this is no number [bad-number]\n  hint: write one\n");
  diagnostic.place = {};
  diagnostic.hint = "";
  diagnostic.severity = Severity::warning;
  EXPECT_EQ(diagnostic_text(diagnostic), "a.xml: warning: this is no number [bad-number]\n");
}

}  // namespace
}  // namespace parley::report
