// SPDX-License-Identifier: MIT
// `parley sensitivity`, through the real binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string account() { return std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml"; }

std::string zone() {
  const json list = json::parse(run_parley({"sensitivity", account(), "--draws", "20", "--json"}).out);
  for (const auto& answer : list["answers"])
    if (answer["id"].get<std::string>().ends_with(".zone")) return answer["id"];
  return "";
}

TEST(SensitivityCommand, ListsTheAnswersAndTheNearestName) {
  const Said list = run_parley({"sensitivity", account(), "--draws", "20"});
  EXPECT_EQ(list.exit, 2);
  EXPECT_THAT(list.out, HasSubstr(".zone"));
  const std::string id = zone();
  ASSERT_FALSE(id.empty());
  const Said wrong =
      run_parley({"sensitivity", account(), "--of", id.substr(0, id.size() - 1), "--draws", "20", "--json"});
  EXPECT_EQ(wrong.exit, 2);
  const json object = json::parse(wrong.out);
  EXPECT_EQ(object["schema"], "parley.sensitivity/1");
  EXPECT_EQ(object["diagnostics"].at(0)["hint"], "did you mean `" + id + "`?");
  EXPECT_FALSE(object["answers"].empty());
}

TEST(SensitivityCommand, TheSameForAnyNumberOfThreads) {
  const std::string id = zone();
  std::string one;
  for (const char* threads : {"1", "3"}) {
    const Said said = run_parley({"sensitivity", account(), "--of", id, "--draws", "20", "--samples", "16",
                                  "--threads", threads, "--json"});
    ASSERT_EQ(said.exit, 0) << said.err;
    const json object = json::parse(said.out);
    for (const char* key : {"answer", "factors", "idle", "groups", "flips", "rests_on", "next", "complete"})
      EXPECT_TRUE(object.contains(key)) << key;
    EXPECT_TRUE(object["complete"]);
    if (!one.empty()) {
      EXPECT_EQ(one, said.out);
    }
    one = said.out;
  }
  const Said text = run_parley({"sensitivity", account(), "--of", id, "--draws", "20", "--samples", "16"});
  EXPECT_THAT(text.out, HasSubstr("# What `" + id + "` hangs on"));
  EXPECT_THAT(text.out, HasSubstr("## Evidence and assumption"));
}

TEST(SensitivityCommand, RefusesOddSamplesAndStopsInTime) {
  EXPECT_EQ(run_parley({"sensitivity", account(), "--samples", "100"}).exit, 2);
  EXPECT_EQ(run_parley({"sensitivity", account(), "--samples", "x"}).exit, 2);
  const Said said = run_parley({"sensitivity", std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026",
                                "--of", "indirect.zone", "--time-limit", "0.4", "--json"});
  EXPECT_EQ(said.exit, 0) << said.err;
  const json object = json::parse(said.out);
  EXPECT_FALSE(object["complete"]);
  EXPECT_EQ(object["diagnostics"].back()["code"], "time-limit");
}

}  // namespace
}  // namespace parley::testing
