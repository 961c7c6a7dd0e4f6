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

/// Spring and autumn on x: a package with x high is acceptable to all in some worlds at spring, and at autumn
/// there is no zone.
Json seasons(double high, double open) {
  Json spring = table(zone(open, open > 0, open > 0.99, true), 0),
       autumn = table(zone(0, false, false, true), 0);
  spring["packages"] = Json::object();
  autumn["packages"] = Json::object();
  spring["best"] = Json::array({{{"options", {{"x", "high"}}}, {"in_zone", share(high)}}});
  return {{"tables", {{"spring", spring}, {"autumn", autumn}}}};
}

Json said(const char* test, const char* verdict, bool proved = true) {
  return {{"about_ends", true}, {"proved", proved}, {"test", test}, {"with_own_rows", verdict}};
}

std::string against(const Json& claim, double high = 0.3, double open = 0.4) {
  return rule({{"by_alternative", {{"base", seasons(high, open)}}}, {"claims", {{"c", claim}}}});
}

TEST(Contradictions, AClaimThatFollowsAgainstAPackageWithoutIt) {
  EXPECT_EQ(against(said("x is low", "entailed")), "claim-against-table");
  EXPECT_EQ(against(said("not x is high", "entailed")), "claim-against-table");
  EXPECT_EQ(against(said("spring failed", "entailed")), "claim-against-table");
  EXPECT_EQ(against(said("x is low, given spring agreed", "entailed")), "claim-against-table");
  EXPECT_EQ(against(said("x is low or x is high", "entailed")), "");
  EXPECT_EQ(against(said("x is low, given spring failed", "entailed")), "");
  EXPECT_EQ(against(said("x is low, given dam is built", "entailed")), "") << "it is not known to be built";
  EXPECT_EQ(against(said("x is low", "undetermined", false)), "");
  EXPECT_EQ(against(said("x is low", "entailed"), 0, 0), "") << "no package is acceptable in any world";
  auto beside = said("x is low", "entailed");
  beside["about_ends"] = false;
  EXPECT_EQ(against(beside), "");
}

TEST(Contradictions, AClaimThatIsRefutedAgainstAPackageWithIt) {
  EXPECT_EQ(against(said("x is high is possible", "fails")), "claim-against-table");
  EXPECT_EQ(against(said("spring agreed and autumn failed is possible", "fails")), "claim-against-table");
  EXPECT_EQ(against(said("x is low is possible", "fails")), "");
  EXPECT_EQ(against(said("x is high", "fails")), "claim-against-table");
  EXPECT_EQ(against(said("x is high, given spring agreed", "fails")), "claim-against-table");
  auto named = seasons(0, 0.4);
  named["tables"]["spring"]["packages"]["split"] = {{"in_zone", share(0.2)}};
  Json account = {{"by_alternative", {{"base", named}}},
                  {"claims", {{"c", said("split is possible", "fails")}}}};
  EXPECT_EQ(rule(account), "claim-against-table");
  account["by_alternative"]["base"]["tables"]["spring"]["packages"]["split"]["in_zone"] = share(0);
  EXPECT_EQ(rule(account), "");
}

TEST(Contradictions, ThatTalksFailRemainsAnEnd) {
  EXPECT_EQ(against(said("spring agreed", "entailed"), 1, 1), "claim-against-table");
  EXPECT_EQ(against(said("not spring failed", "entailed"), 1, 1), "claim-against-table");
  EXPECT_EQ(against(said("spring failed is possible", "fails"), 1, 1), "claim-against-table");
  EXPECT_EQ(against(said("spring failed", "entailed"), 1, 1), "claim-against-table") << "a zone is certain";
  EXPECT_EQ(against(said("not spring failed", "fails"), 1, 1), "claim-against-table");
}

TEST(Contradictions, AnExcludedZoneAgainstWhatIsSaidOfIt) {
  EXPECT_EQ(against(said("autumn failed", "fails")), "claim-against-table");
  EXPECT_EQ(against(said("autumn agreed is possible", "entailed")), "claim-against-table");
  EXPECT_EQ(against(said("not autumn agreed", "fails")), "claim-against-table");
  EXPECT_EQ(against(said("autumn failed", "entailed")), "");
  EXPECT_EQ(against(said("autumn agreed is possible", "fails")), "");
  EXPECT_EQ(against(said("spring agreed is possible", "entailed")), "");
}

TEST(Contradictions, WhatIsLikelyByProofAgainstATable) {
  const auto counted = [](const char* test, const char* verdict) {
    Json claim = said(test, verdict);
    claim["share"] = std::string(verdict) == "entailed" ? 1.0 : 0.0;
    return claim;
  };
  EXPECT_EQ(against(counted("x is high is unlikely", "entailed")), "claim-against-table");
  EXPECT_EQ(against(counted("x is low is likely", "entailed")), "claim-against-table");
  EXPECT_EQ(against(counted("x is high is likely", "fails")), "claim-against-table");
  EXPECT_EQ(against(counted("x is low is unlikely", "fails")), "claim-against-table");
  EXPECT_EQ(against(counted("autumn agreed is unlikely", "entailed")), "");
  // A row says so, and no end is looked at.
  EXPECT_EQ(against(said("x is high is unlikely", "entailed")), "");
}

TEST(Contradictions, TheShareOfAClaimAgainstThatOfAPackage) {
  const auto counted = [](const char* test, double value) {
    Json claim = said(test, "undetermined", false);
    claim.update(share(value));
    return claim;
  };
  EXPECT_EQ(against(counted("x is high is possible", 0.2)), "claim-against-table");
  EXPECT_EQ(against(counted("x is high is possible", 0.3)), "");
  EXPECT_EQ(against(counted("x is high and autumn failed is possible", 0.2)), "")
      << "nothing says how often autumn fails then";
  EXPECT_EQ(against(counted("x is low", 0.8)), "claim-against-table");
  EXPECT_EQ(against(counted("x is low", 0.6)), "");
  auto other = counted("x is high is possible", 0.2);
  other["of"] = 90;  // other worlds
  EXPECT_EQ(against(other), "");
}

TEST(Contradictions, TwoClaimsOnOneCondition) {
  const auto both = [](const Json& one, const Json& two) {
    return rule({{"claims", {{"one", one}, {"two", two}}}});
  };
  EXPECT_EQ(both(said("a is low", "entailed"), said("a is low is possible", "fails")), "claim-against-claim");
  EXPECT_EQ(both(said("a is low", "entailed"), said("not a is low", "entailed")), "claim-against-claim");
  EXPECT_EQ(both(said("a is low or b is low", "entailed"), said("not (a is low or b is low)", "entailed")),
            "claim-against-claim");
  EXPECT_EQ(both(said("a is low is possible", "fails"), said("not a is low is possible", "fails")),
            "claim-against-claim");
  EXPECT_EQ(both(said("not a is low is possible", "fails"), said("a is low", "fails")),
            "claim-against-claim");
  EXPECT_EQ(both(said("a is low is likely", "entailed"), said("a is low is unlikely", "entailed")),
            "claim-against-claim");
  EXPECT_EQ(both(said("a is low", "entailed"), said("a is low is possible", "entailed")), "");
  EXPECT_EQ(both(said("a is low", "fails"), said("not a is low", "fails")), "claim-against-claim");
  EXPECT_EQ(both(said("a is low", "undetermined", false), said("not a is low", "fails")), "");
  EXPECT_EQ(both(said("a is low, given b is low", "entailed"), said("not a is low", "entailed")), "");
  EXPECT_EQ(both(said("a is low", "entailed"), said("b is low is possible", "fails")), "");
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
