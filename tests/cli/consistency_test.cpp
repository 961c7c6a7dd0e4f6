// SPDX-License-Identifier: MIT
// `parley consistency` through the real program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace {

using nlohmann::json;

const char* const kMatrix =
    "$ ScenarioWizard 4.0\nsmall.scw\n&One\n -a\n -b\n&Two\n -c\n -d\n#\n&\n#\n#\n#\n#\n"
    "0,0,1,-1\n0,0,-1,1\n2,-2,0,0\n-2,2,0,0\n#\n";

TEST(ConsistencyCommand, ReadsAScenarioWizardFile) {
  const parley::testing::TemporaryFolder folder;
  const auto said = parley::testing::run_parley({"consistency", folder.write("m.scw", kMatrix), "--json"});
  ASSERT_EQ(said.exit, 0) << said.err;
  const json answer = json::parse(said.out);
  EXPECT_EQ(answer["schema"], "parley.consistency/1");
  EXPECT_EQ(answer["count"], 2);
  EXPECT_EQ(answer["consistent"], json::parse(R"([{"One":"a","Two":"c"},{"One":"b","Two":"d"}])"));
  EXPECT_TRUE(answer["complete"]);
}

TEST(ConsistencyCommand, JoinsRowsOfTheFoundingAccountThatNobodyJoined) {
  const auto said = parley::testing::run_parley(
      {"consistency", std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026", "--json"});
  ASSERT_EQ(said.exit, 0) << said.err;
  const json columns = json::parse(said.out)["by_account"]["author"]["by_alternative"];
  const json base = columns["base"];
  bool found = false;
  for (const auto& e : base["exclusions"])
    found = found ||
            (e["where"]["variable"] == "annexation" && e["never"]["variable"] == "recognises(saudi, israel)");
  EXPECT_TRUE(found);
  EXPECT_TRUE(columns["saudi_pathway"]["exclusions"].empty());
  EXPECT_EQ(base["signs"]["bargaining_position"]["sanctions"], "-");
  EXPECT_EQ(base["signs"]["unrest"]["overthrow_calls"], "?");
}

TEST(ConsistencyCommand, WrongWordsAreWrongUsageAndWrongFilesWrongInput) {
  const parley::testing::TemporaryFolder folder;
  const std::string matrix = folder.write("m.scw", kMatrix),
                    broken = folder.write("b.scw", "$ ScenarioWizard\n");
  EXPECT_EQ(parley::testing::run_parley({"consistency", matrix, "--option", "tolerance=x"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", matrix, "--option", "succession=up"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", broken}).exit, 1);
  EXPECT_EQ(parley::testing::run_parley({"consistency", folder.path() + "/none.scw"}).exit, 1);
  const std::string account = std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml";
  EXPECT_EQ(parley::testing::run_parley({"consistency", account, "--if", "water is vast"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", account, "--if", "water is plenty"}).exit, 0);
}

}  // namespace
