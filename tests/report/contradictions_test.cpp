// SPDX-License-Identifier: MIT
// What contradicts itself is found, by each of the rules, and what does not is left alone.
#include "report/contradictions.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::ordered_json;
using parley::report::contradictions_in;

Json share(double value) {
  return {{"share", value}, {"low", value / 2}, {"high", (1 + value) / 2}, {"of", 100}};
}

Json zone(double value, bool possible, bool necessary, bool proved) {
  Json json = {{"possible", possible}, {"necessary", necessary}, {"proved", proved}};
  json.update(share(value));
  return json;
}

Json table(Json zone, double package) {
  return {
      {"talks", "t"},
      {"zone", std::move(zone)},
      {"within_limits", "3"},
      {"complete", true},
      {"openers_by_limits", Json::array()},
      {"packages",
       {{"p", {{"in_zone", share(package)}, {"a", {{"crosses", Json::array()}, {"by_orders", "open"}}}}}}}};
}

std::string rule(const Json& json) {
  const auto found = contradictions_in(json);
  return found.empty() ? "" : found.front().rule;
}

TEST(Contradictions, WhatAgreesIsLeftAlone) {
  EXPECT_EQ(rule(table(zone(0.4, true, false, true), 0.3)), "");
  EXPECT_EQ(rule(table(zone(0, false, false, true), 0)), "");
  EXPECT_EQ(rule(table(zone(1, true, true, true), 1)), "");
  EXPECT_EQ(rule(Json::object()), "");
  EXPECT_EQ(rule({{"share", nullptr}, {"proved", true}, {"in", "all"}}), "");
}

TEST(Contradictions, AProofAgainstTheShare) {
  EXPECT_EQ(rule(zone(0.99, true, true, true)), "proof-against-share");
  EXPECT_EQ(rule(zone(0.01, false, false, true)), "proof-against-share");
  EXPECT_EQ(rule(zone(0, false, true, true)), "necessary-not-possible");
  Json answer = share(0.5);
  answer.update({{"in", "all"}, {"proved", true}});
  EXPECT_EQ(rule(answer), "proof-against-share");
  answer["in"] = "no";
  EXPECT_EQ(rule(answer), "proof-against-share");
  answer["proved"] = false;
  EXPECT_EQ(rule(answer), "");
  EXPECT_EQ(rule({{"state", 3}, {"share", 1.0}, {"proved", "none"}}), "proof-against-share");
}

TEST(Contradictions, ATableAgainstItsPackages) {
  EXPECT_EQ(rule(table(zone(0.4, true, false, true), 0.5)), "package-against-zone");
  auto crossing = table(zone(0.4, true, false, true), 0.3);
  crossing["packages"]["p"]["a"]["crosses"] = {"row"};
  EXPECT_EQ(rule(crossing), "package-against-limit");
  auto dead = table(zone(0.4, true, false, true), 0.3);
  dead["packages"]["p"]["a"]["by_orders"] = "dead";
  EXPECT_EQ(rule(dead), "package-against-orders");
  auto opened = table(zone(0.4, true, false, true), 0.3);
  Json opener = share(0.7);
  opener["owners"] = {"a"};
  opened["openers_by_limits"] = Json::array({opener});
  EXPECT_EQ(rule(opened), "opener-against-zone");
  auto limits = table(zone(0.4, true, false, true), 0.3);
  limits["within_limits"] = "0";
  EXPECT_EQ(rule(limits), "limits-against-zone");
}

TEST(Contradictions, AGameAgainstItself) {
  const auto state = [](double value, Json proved) {
    Json json = share(value);
    json.update({{"state", 2}, {"proved", std::move(proved)}});
    return Json::array({json});
  };
  Json game = {{"worlds", 100},
               {"equilibria", {{"nash", state(0.5, nullptr)}, {"seq", state(0.5, nullptr)}}},
               {"equilibrium_counts", {{"nash", 1}, {"gmr", 1}}}};
  EXPECT_EQ(rule(game), "");
  game["equilibria"]["seq"] = state(0.4, nullptr);
  EXPECT_EQ(rule(game), "concept-against-concept");
  game["equilibria"]["seq"] = state(0.5, nullptr);
  game["equilibrium_counts"]["nash"] = 2;
  EXPECT_EQ(rule(game), "concept-against-concept");
  game["equilibrium_counts"]["nash"] = 1;
  game["now"] = {
      {"worlds", 100}, {"states", Json::array({{{"state", 2}}})}, {"equilibrium", {{"nash", share(0.3)}}}};
  EXPECT_EQ(rule(game), "two-values");
}

TEST(Contradictions, LogicAgainstItsStates) {
  const Json place = {{"variable", "x"}, {"level", "low"}};
  Json column = {
      {"forced", Json::array()}, {"excluded", Json::array({place})}, {"consistent", Json::array()}};
  EXPECT_EQ(rule(column), "");
  column["consistent"] = Json::array({{{"x", "low"}}});
  EXPECT_EQ(rule(column), "excluded-and-listed");
  column["excluded"] = Json::array();
  column["forced"] = Json::array({{{"variable", "x"}, {"level", "high"}}});
  EXPECT_EQ(rule(column), "forced-and-not-so");
  column["excluded"] = column["forced"];
  EXPECT_EQ(rule(column), "forced-and-excluded");
}

TEST(Contradictions, OneSectionAgainstAnother) {
  Json account = {
      {"by_alternative", {{"base", table(zone(0, false, false, true), 0)}}},
      {"stability",
       {{"by_alternative", {{"base", {{"talks", "t"}, {"against_deals", {{"zone", share(0.0)}}}}}}}}},
      {"self_tests", Json::array()}};
  EXPECT_EQ(rule(account), "");
  account["stability"]["by_alternative"]["base"]["against_deals"]["zone"] = share(0.2);
  EXPECT_EQ(rule(account), "proof-against-share");
  account["stability"] = Json::object();
  const auto said = [](const char* id) {
    return Json::array(
        {{{"id", "placebo"}, {"verdicts", Json::array({{{"answer", id}, {"base", "some"}}})}}});
  };
  account["self_tests"] = said("t.zone");
  EXPECT_EQ(rule(account), "two-values");
  account["self_tests"] = said("late_t.zone");  // other talks
  EXPECT_EQ(rule(account), "");
}

TEST(Contradictions, OneTestTwoProofs) {
  const auto claim = [](const char* verdict) {
    return Json{{"proved", true}, {"test", "a is low"}, {"with_own_rows", verdict}};
  };
  Json answer = {{"claims", {{"one", claim("entailed")}, {"two", claim("entailed")}}}};
  EXPECT_EQ(rule(answer), "");
  answer["claims"]["two"] = claim("fails");
  EXPECT_EQ(rule(answer), "claim-against-claim");
  answer["claims"]["two"]["test"] = "a is high";
  EXPECT_EQ(rule(answer), "");
}

TEST(Contradictions, WhatClashesIsWithdrawn) {
  Json answer = {{"by_account", {{"a/b", {{"zone", zone(0.5, false, false, true)}}}}}};
  const auto found = contradictions_in(answer);
  ASSERT_FALSE(found.empty());
  parley::report::withdraw(answer, found);
  const Json& gone = answer["by_account"]["a/b"]["zone"];
  EXPECT_TRUE(gone["withdrawn"].get<bool>());
  EXPECT_TRUE(gone["share"].is_null());
  EXPECT_TRUE(gone["proved"].is_null());
  EXPECT_TRUE(contradictions_in(answer).empty());
}

}  // namespace
