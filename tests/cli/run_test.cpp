// SPDX-License-Identifier: MIT
// `parley run` and its folder, through the real binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "report/own_file.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string small_account() { return std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml"; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

TEST(RunCommand, WritesItsFolderWholeAndAgainTheSame) {
  const TemporaryFolder folder;
  const std::string out = folder.path() + "/out";
  const Said one = run_parley({"run", small_account(), "-o", out, "--draws", "20", "--json"});
  ASSERT_EQ(one.exit, 0) << one.err;
  EXPECT_EQ(json::parse(one.out)["schema"], "parley.run/1");
  const std::string results = read(out + "/results.json"), page = read(out + "/report.md");
  EXPECT_EQ(json::parse(results)["schema"], "parley.run/1");
  EXPECT_FALSE(page.empty());
  const Said two = run_parley({"run", small_account(), "-o", out, "--draws", "20", "--threads", "1"});
  ASSERT_EQ(two.exit, 0) << two.err;
  EXPECT_EQ(read(out + "/results.json"), results);
  EXPECT_EQ(read(out + "/report.md"), page);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(RunCommand, LeavesEverythingElseInTheFolderAlone) {
  const TemporaryFolder folder;
  const std::string account = folder.write("crisis.yaml", read(small_account()));
  folder.write("notes.md", "precious");
  const std::string kept = read(account);
  for (int round = 0; round < 2; ++round)
    EXPECT_EQ(run_parley({"run", account, "-o", folder.path(), "--draws", "20", "--json"}).exit, 0);
  EXPECT_EQ(read(account), kept);
  EXPECT_EQ(read(folder.path() + "/notes.md"), "precious");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 4);
}

TEST(RunCommand, RefusesAFolderWhereAFileOfItsNamesIsSomebodyElses) {
  for (const char* name : {"report.md", "results.json"}) {
    const TemporaryFolder folder;
    const std::string mine = folder.write(std::string("out/") + name, "precious");
    const Said said =
        run_parley({"run", small_account(), "-o", folder.path() + "/out", "--draws", "20", "--json"});
    EXPECT_EQ(said.exit, 3);
    EXPECT_EQ(json::parse(said.out)["diagnostics"].at(0)["code"], "cannot-write");
    EXPECT_EQ(read(mine), "precious");
  }
}

TEST(RunCommand, NamesTheHashesOfWhatItReadAndWrote) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_parley({"run", small_account(), "-o", folder.path(), "--draws", "20"}).exit, 0);
  const json results = json::parse(read(folder.path() + "/results.json"));
  EXPECT_EQ(results["files"][0]["xxh128"], parley::report::content_hash(read(folder.path() + "/report.md")));
  EXPECT_EQ(results["manifest"]["files"][0]["hash"], parley::report::content_hash(read(small_account())));
}

TEST(Commands, AccountsThatCannotBeReadAreExitOneUnderEveryCommand) {
  const TemporaryFolder folder;
  const bool was_there = fs::exists("parley-out");  // somebody has run the program here
  const std::string bad = folder.write("bad.yaml", "parley: 1\nactors: [");
  for (const char* command : {"run", "check", "show", "deals"}) {
    for (const std::string& file : {bad, folder.path() + "/missing"}) {
      const Said said = run_parley({command, file, "--json"});
      EXPECT_EQ(said.exit, 1) << command << file << said.err;
      const json object = json::parse(said.out, nullptr, false);
      ASSERT_TRUE(object.is_object()) << said.out;
      EXPECT_EQ(object["schema"], std::string("parley.") + command + "/1");
      EXPECT_FALSE(object["diagnostics"].empty());
    }
  }
  EXPECT_EQ(fs::exists("parley-out"), was_there);
}

TEST(Commands, HelpOfEachIsWorthReading) {
  for (const char* command : {"run", "check", "show", "deals"}) {
    const Said said = run_parley({command, "--help"});
    EXPECT_EQ(said.exit, 0);
    EXPECT_THAT(said.out, HasSubstr("Examples:"));
    std::size_t longest = 0;
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
      end = said.out.find('\n', at);
      longest = std::max(longest, (end == std::string::npos ? said.out.size() : end) - at);
    }
    EXPECT_LE(longest, 200U) << command;
  }
}

}  // namespace
}  // namespace parley::testing
