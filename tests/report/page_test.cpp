// SPDX-License-Identifier: MIT
// The page is a function of results.json alone: what it says of small results written by hand.
#include "report/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace {

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

Json share(double value, double low, double high) {
  return {{"share", value}, {"low", low}, {"high", high}, {"of", 200}};
}

Json table(Json zone_share, bool possible, bool necessary) {
  zone_share["possible"] = possible;
  zone_share["necessary"] = necessary;
  zone_share["proved"] = true;
  return {{"worlds", 200},
          {"parties", {"north", "south"}},
          {"zone", zone_share},
          {"n_packages", "6"},
          {"within_limits", "2"},
          {"limits", Json::array({{{"id", "n1"}, {"owner", "north"}}})},
          {"relaxations", Json::array({{{"ids", {"n1"}}, {"owners", {"north"}}, {"share", 0.4}}})},
          {"openers_by_limits", Json::array({{{"owners", {"north"}}, {"share", 0.4}}})}};
}

Json results(Json base) {
  base["reading"] = "as it is written";
  Json account = {
      {"title", "Water"},
      {"by_alternative", {{"base", base}}},
      {"by_binding", {{"insists", base}}},
      {"rows", {{"n1", {{"concept", "positions"}, {"words", "north insists"}, {"from", {"t.p3"}}}}}}};
  return {{"manifest", {{"problems", 1}, {"worlds", 200}}}, {"by_account", {{"author", account}}}};
}

/// The page without its line breaks.
std::string page_of(const Json& results) {
  std::istringstream words(parley::report::page(results));
  std::string text, word;
  while (words >> word) text += (text.empty() ? "" : " ") + word;
  return text;
}

TEST(Page, AProofStandsWithoutASamplingInterval) {
  const auto text = page_of(results(table(share(0, 0, 0.01), false, false)));
  EXPECT_THAT(text, HasSubstr("none (proved)"));
  EXPECT_THAT(text, Not(HasSubstr("(0 to 1)")));
}

TEST(Page, SaysWhatWouldHaveToBeGivenUpAndCitesIt) {
  const auto text = page_of(results(table(share(0.6, 0.5, 0.7), true, false)));
  EXPECT_THAT(text, HasSubstr("60 % (50 to 70)"));
  EXPECT_THAT(text, HasSubstr("North alone, giving up n1 (p3) in 40 %"));
  EXPECT_THAT(text, HasSubstr("p3 is a sentence or place of the source `t`"));
}

TEST(Page, EveryTalksOfAnAccountIsSpokenOf) {
  Json base = table(share(0.6, 0.5, 0.7), true, false);
  base["tables"] = {{"geneva", base}, {"muscat", table(share(1, 0.98, 1), true, true)}};
  const auto text = page_of(results(base));
  EXPECT_THAT(text, HasSubstr("`author` (talks geneva)"));
  EXPECT_THAT(text, HasSubstr("`author` (talks muscat)"));
  EXPECT_THAT(text, HasSubstr("all (proved)"));
}

TEST(Page, ASilenceWithinSamplingIsNoFinding) {
  Json whole = results(table(share(0.6, 0.5, 0.7), true, false));
  const auto probe = [](const std::string& on, Json more, Json less) {
    more["wish"] = "would rather have more";
    less["wish"] = "would rather have less";
    return Json{{"talks", "t"}, {"party", "north"}, {"on", on}, {"wishes", {more, less}}};
  };
  whole["by_account"]["author"]["silence"] = {
      probe("flow", share(0.9, 0.85, 0.94), share(0.4, 0.34, 0.46)),
      probe("price", share(0.60, 0.53, 0.67), share(0.55, 0.48, 0.62))};
  const auto text = page_of(whole);
  EXPECT_THAT(text, HasSubstr("| flow"));
  EXPECT_THAT(text, Not(HasSubstr("| price")));
  EXPECT_THAT(
      text,
      HasSubstr("Other silences that alone move the share by no more than sampling might: north on price"));
}

TEST(Page, WhereWorldsDisagreeWidelyNoMedianIsPrinted) {
  Json base = table(share(0.6, 0.5, 0.7), true, false);
  const auto place = [](double low, double median, double high) {
    return Json{{"given_up", {{"low", low}, {"median", median}, {"high", high}}},
                {"crosses", Json::array()},
                {"by_orders", "open"}};
  };
  base["packages"] = {{"offer",
                       {{"in_zone", share(0.5, 0.4, 0.6)},
                        {"north", place(0.02, 0.33, 0.91)},
                        {"south", place(0.10, 0.20, 0.30)}}}};
  const auto text = page_of(results(base));
  EXPECT_THAT(text, HasSubstr("2 to 91 %, open"));
  EXPECT_THAT(text, Not(HasSubstr("33 %")));
  EXPECT_THAT(text, HasSubstr("20 % (10 to 30), open"));
}

TEST(Page, AFlipIsAProofOrMoreThanSampling) {
  Json whole = results(table(share(0.995, 0.97, 1), true, false));
  auto& columns = whole["by_account"]["author"]["by_alternative"];
  columns["noise"] = table(share(1, 0.98, 1), true, false);
  columns["excludes"] = table(share(0, 0, 0.02), false, false);
  columns["assures"] = table(share(1, 0.98, 1), true, true);
  const auto text = page_of(whole);
  EXPECT_THAT(text, Not(HasSubstr("the reading `noise`")));
  EXPECT_THAT(text, HasSubstr("the reading `excludes`"));
  EXPECT_THAT(text, HasSubstr("the reading `assures`"));
}

TEST(Page, AnAccountWithoutTalksStillHasAPage) {
  const Json base = {{"reading", "as it is written"}, {"worlds", 0}, {"no_table", "no talks here"}};
  EXPECT_THAT(page_of(results(base)), HasSubstr("no talks here"));
}

}  // namespace
