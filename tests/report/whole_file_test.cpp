// SPDX-License-Identifier: MIT
// Old or new, never half.
#include "report/whole_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "report/temporary.hpp"

namespace parley::report {
namespace {

namespace fs = std::filesystem;

class WholeFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "parley-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    here = name;
  }
  void TearDown() override { fs::remove_all(here); }

  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  }
  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const auto& entry : fs::directory_iterator(here)) list.push_back(entry.path().filename().string());
    return list;
  }

  static std::string own_name() { return ".a.json.parley-" + std::to_string(::getpid()) + "-99.tmp"; }

  fs::path here;
};

const std::string kResult = R"({"schema": "parley.deals/1", "agreement": true})";
const FolderFiles kAnswer = {{"results.json", "{\"schema\": \"parley.run/1\"}"}, {"report.md", "new"}};

TEST_F(WholeFile, WritesAndReplacesAFileAndLeavesNothingElse) {
  ASSERT_TRUE(write_file(here / "a.json", kResult));
  EXPECT_EQ(read(here / "a.json"), kResult);
  ASSERT_TRUE(write_file(here / "a.json", "two"));
  EXPECT_EQ(read(here / "a.json"), "two");
  EXPECT_THAT(names(), ::testing::ElementsAre("a.json"));
}

TEST_F(WholeFile, AFileThatCannotBeWrittenIsASentence) {
  const auto missing = write_file(here / "no" / "a", "x");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error(), ::testing::HasSubstr("No such file"));
  const auto folder = write_file(here, "x");
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error(), ::testing::HasSubstr("is a folder"));
  EXPECT_FALSE(write_file("", "x"));
}

TEST_F(WholeFile, ALinkStaysALink) {
  write(here / "real", kResult);
  fs::create_symlink(here / "real", here / "link");
  ASSERT_TRUE(write_file(here / "link", "new"));
  EXPECT_TRUE(fs::is_symlink(here / "link"));
  EXPECT_EQ(read(here / "real"), "new");
}

TEST_F(WholeFile, AFileThatParleyDidNotWriteIsLeftAlone) {
  const std::vector<std::string> others = {
      "precious",
      "{}",
      "[]",
      R"([{"schema": "parley.deals/1"}])",
      R"({"mine": {"schema": "parley.deals/1"}})",
      R"({"x": "\"schema\": \"parley.deals/1\""})",
      R"({"schema": "other/1"})",
      R"({"schema": "other/1", "schema": "parley.deals/1"})",
      "parley: 1\naccount: mine\n",
      "{\"schema\"",
      "\"schema\": \"parley.deals/1\"",
      std::string(70'000, ' ') + kResult,
  };
  for (const std::string& text : others) {
    write(here / "mine", text);
    for (const Written& written : {prepare_file(here / "mine"), write_file(here / "mine", "new")}) {
      ASSERT_FALSE(written) << text;
      EXPECT_THAT(written.error(), ::testing::HasSubstr("left as it is"));
    }
    EXPECT_EQ(read(here / "mine"), text);
  }
  for (const std::string& text : {std::string(), kResult, "\n " + kResult}) {
    write(here / "mine", text);
    EXPECT_TRUE(prepare_file(here / "mine"));
    EXPECT_EQ(read(here / "mine"), text);
    EXPECT_TRUE(write_file(here / "mine", "new")) << text;
  }
  EXPECT_THAT(names(), ::testing::ElementsAre("mine"));
}

TEST_F(WholeFile, WhatCannotBeWrittenIsKnownBefore) {
  EXPECT_TRUE(prepare_file(here / "new"));
  EXPECT_TRUE(prepare_file("/dev/null"));
  EXPECT_TRUE(prepare_folder(here / "new"));
  EXPECT_TRUE(prepare_folder((here / "new").string() + "/"));
  EXPECT_FALSE(prepare_file(here / "no" / "a"));
  EXPECT_FALSE(prepare_folder(here / "no" / "a"));
  EXPECT_THAT(prepare_folder(here / "no" / "a").error(), ::testing::HasSubstr((here / "no" / "a").string()));
  EXPECT_FALSE(prepare_file("/proc/x"));
  EXPECT_FALSE(prepare_folder("/proc/x"));
  fs::create_symlink("loop", here / "loop");
  EXPECT_FALSE(prepare_folder(here / "loop"));
  ASSERT_EQ(::mkfifo((here / "results.json").c_str(), 0600), 0);
  EXPECT_FALSE(prepare_folder(here));  // and does not wait for somebody to write into the pipe
  EXPECT_THAT(names(), ::testing::UnorderedElementsAre("loop", "results.json"));
}

TEST_F(WholeFile, ADeviceIsWrittenToAndNotReplaced) {
  ASSERT_TRUE(write_file("/dev/null", "x"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_FALSE(write_file("/dev/full", "x"));
}

TEST_F(WholeFile, ANewAndAnEmptyFolderAreFilled) {
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  EXPECT_EQ(read(here / "out" / "report.md"), "new");
  fs::create_directory(here / "empty");
  ASSERT_TRUE(write_folder((here / "empty").string() + "/", kAnswer));
  EXPECT_TRUE(holds_parley_manifest(here / "empty"));
}

TEST_F(WholeFile, AFolderOfParleyIsReplacedWhole) {
  ASSERT_TRUE(
      write_folder(here / "out", {{"results.json", R"({"x": 1, "schema" : "parley.run/1"})"}, {"old", "x"}}));
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  EXPECT_FALSE(fs::exists(here / "out" / "old"));
  EXPECT_EQ(read(here / "out" / "report.md"), "new");
  EXPECT_THAT(names(), ::testing::ElementsAre("out"));
}

TEST_F(WholeFile, AnybodyElsesFolderIsLeftAlone) {
  for (const char* manifest :
       {"", "{\"schema\": \"other/1\"}", "\"parley.\"", "{\"schema\"", "{\"schema\":"}) {
    fs::create_directories(here / "mine");
    write(here / "mine" / "thesis.txt", "precious");
    if (*manifest != '\0') write(here / "mine" / "results.json", manifest);
    const auto written = write_folder(here / "mine", kAnswer);
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error(), ::testing::HasSubstr("left as it is"));
    EXPECT_EQ(read(here / "mine" / "thesis.txt"), "precious");
    fs::remove_all(here / "mine");
  }
  write(here / "file", "x");
  EXPECT_FALSE(write_folder(here / "file", kAnswer));
}

TEST_F(WholeFile, SweepsWhatAKilledWriterLeft) {
  write(here / ".a.json.parley-999999999-0.tmp", "half");
  write(here / own_name(), "a living writer's");
  write(here / ".a.json.parley-x.tmp", "somebody else's");
  ASSERT_TRUE(write_file(here / "a.json", "x"));
  EXPECT_FALSE(fs::exists(here / ".a.json.parley-999999999-0.tmp"));
  EXPECT_TRUE(fs::exists(here / own_name()));
  EXPECT_TRUE(fs::exists(here / ".a.json.parley-x.tmp"));
}

/// As a kill between the two renames leaves it.
TEST_F(WholeFile, WhatWasMovedAsideComesBack) {
  ASSERT_TRUE(write_folder(here / "out", {{"results.json", kResult}, {"report.md", "old"}}));
  const std::string aside = ".out.parley-999999999-3.old";
  fs::rename(here / "out", here / aside);
  EXPECT_TRUE(prepare_folder(here / "out"));
  EXPECT_EQ(read(here / "out" / "report.md"), "old");
  EXPECT_THAT(names(), ::testing::ElementsAre("out"));
  fs::rename(here / "out", here / aside);
  EXPECT_FALSE(write_folder(here / "out", {{"no/such", "x"}}));  // also when the new result cannot be made
  EXPECT_EQ(read(here / "out" / "report.md"), "old");
  fs::rename(here / "out", here / aside);
  ASSERT_TRUE(write_folder(here / "out", kAnswer, Swap::aside));
  EXPECT_EQ(read(here / "out" / "report.md"), "new");
  EXPECT_THAT(names(), ::testing::ElementsAre("out"));
}

TEST_F(WholeFile, WhatWasMovedAsideIsSweptOnlyUnderAResult) {
  fs::create_directory(here / "out");
  write(here / "out" / "thesis.txt", "precious");
  const std::string aside = ".out.parley-999999999-3.old", living = ".out.parley-999999999-4.old";
  fs::create_directory(here / aside);
  write(here / aside / "results.json", kResult);
  EXPECT_FALSE(write_folder(here / "out", kAnswer));
  EXPECT_TRUE(fs::exists(here / aside));
  fs::remove_all(here / "out");
  fs::rename(here / aside, here / living);
  const Lock writer(here / living);
  ASSERT_TRUE(writer.held());
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  EXPECT_TRUE(fs::exists(here / living));  // its writer is in the middle of it
}

class KilledWriter : public WholeFile, public ::testing::WithParamInterface<Swap> {};

INSTANTIATE_TEST_SUITE_P(Swaps, KilledWriter, ::testing::Values(Swap::exchange, Swap::aside));

/// A child writes old and new in turn for ever and is killed at a random moment: what stands there is one of
/// them.
TEST_P(KilledWriter, LeavesOldOrNew) {
  const std::string manifest = "{\"schema\": \"parley.run/1\"}";
  const std::string big_a(300'000, 'a'), big_b(300'000, 'b');
  ASSERT_TRUE(write_folder(here / "out", {{"results.json", manifest}, {"one", big_a}, {"two", big_a}}));
  ASSERT_TRUE(write_file(here / "file", manifest + big_a));
  for (int round = 0; round < 25; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (bool a = false;; a = !a) {
        const std::string& text = a ? big_a : big_b;
        if (!write_folder(here / "out", {{"results.json", manifest}, {"one", text}, {"two", text}},
                          GetParam()))
          ::_exit(1);
        if (!write_file(here / "file", manifest + text)) ::_exit(1);
      }
    }
    ::usleep(static_cast<useconds_t>(2'000 + 1'700 * round));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_TRUE(prepare_folder(here / "out"));
    const std::string one = read(here / "out" / "one");
    EXPECT_TRUE(one == big_a || one == big_b);
    EXPECT_EQ(read(here / "out" / "two"), one);
    const std::string file = read(here / "file");
    EXPECT_TRUE(file == manifest + big_a || file == manifest + big_b);
  }
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  ASSERT_TRUE(write_file(here / "file", "x"));
  EXPECT_THAT(names(), ::testing::UnorderedElementsAre("out", "file"));
}

}  // namespace
}  // namespace parley::report
