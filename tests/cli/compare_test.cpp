// SPDX-License-Identifier: MIT
// `parley compare`, through the real binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kBase = R"(parley: 1
account: base
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
talks: {t: {parties: [a, b], issues: [water], from: ex}}
positions:
  from: ex
  a_water: {by: a, on: water, insists: little}
  b_water: {by: b, on: water, insists: much}
)";

constexpr const char* kRival = R"(parley: 1
account: mild
revises: base
positions:
  from: ex
  a_water: {by: a, on: water, asks: half}
  b_water: {by: b, on: water, insists: at least half}
)";

TEST(CompareCommand, TwoFilesOneFolderAndARivalLaidOverAFileSayTheSame) {
  const TemporaryFolder folder;
  const std::string base = folder.write("x/base.yaml", kBase), rival = folder.write("x/mild.yaml", kRival);
  const Said one = run_parley({"compare", folder.path() + "/x", "--draws", "50", "--json"});
  const Said two = run_parley({"compare", base, rival, "--draws", "50", "--json", "--threads", "1"});
  ASSERT_EQ(one.exit, 0) << one.err;
  ASSERT_EQ(two.exit, 0) << two.err;
  EXPECT_EQ(one.out, two.out);
  const json object = json::parse(one.out);
  EXPECT_EQ(object["schema"], "parley.compare/1");
  const json& comparison = object["comparisons"].at(0);
  EXPECT_EQ(comparison["a"]["account"], "base");
  EXPECT_EQ(comparison["b"]["account"], "mild");
  ASSERT_EQ(comparison["rows"].size(), 2U);
  EXPECT_EQ(comparison["rows"][0]["fields"][0]["field"], "asks");
  EXPECT_EQ(comparison["rows"][0]["fields"][0]["b"], "half");
  for (const auto& answer : comparison["answers"])
    if (answer["id"] == "t.zone") {
      EXPECT_EQ(answer["a"]["in"], "no");
      EXPECT_EQ(answer["explained_by"][0]["rows"], json({"a_water", "b_water"}));
    }
}

TEST(CompareCommand, TextSaysWhatExplainsWhat) {
  const TemporaryFolder folder;
  folder.write("x/base.yaml", kBase);
  folder.write("x/mild.yaml", kRival);
  const Said said = run_parley({"compare", folder.path() + "/x", "--draws", "50"});
  ASSERT_EQ(said.exit, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("## `base` against `mild`"));
  EXPECT_THAT(said.out, HasSubstr("Explained by `a_water`."));
}

TEST(CompareCommand, WhatCannotBeComparedIsSaid) {
  const TemporaryFolder folder;
  const std::string base = folder.write("base.yaml", kBase);
  const Said alone = run_parley({"compare", base, "--json"});
  EXPECT_EQ(alone.exit, 1);
  EXPECT_EQ(json::parse(alone.out)["diagnostics"].at(0)["code"], "no-rival");
  const Said missing = run_parley({"compare", base, folder.path() + "/none.yaml", "--json"});
  EXPECT_EQ(missing.exit, 1);
  EXPECT_EQ(json::parse(missing.out)["diagnostics"].at(0)["code"], "no-file");
  const Said itself = run_parley({"compare", base, base, "--json", "--draws", "20"});
  EXPECT_EQ(itself.exit, 0);
  EXPECT_TRUE(json::parse(itself.out)["comparisons"].at(0)["answers"].empty());
}

}  // namespace
}  // namespace parley::testing
