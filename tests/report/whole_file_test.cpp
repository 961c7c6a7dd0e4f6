// SPDX-License-Identifier: MIT
// Old or new, never half.
#include "report/whole_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "report/own_file.hpp"
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

  fs::path here;
};

const std::string kResult = R"({"schema": "parley.deals/1", "agreement": true})";
const FolderFiles kAnswer = {{"report.md", sealed("new")},
                             {"results.json", "{\"schema\": \"parley.run/1\"}"}};
const std::vector<std::string> kNames = {"report.md", "results.json"};

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

TEST_F(WholeFile, AnAnswerReplacesNoReportAndAReportNoAnswer) {
  write(here / "report.md", sealed("text\n"));
  for (const Written& written : {prepare_file(here / "report.md"), write_file(here / "report.md", kResult)}) {
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error(), ::testing::HasSubstr("is a report of parley"));
  }
  EXPECT_EQ(read(here / "report.md"), sealed("text\n"));
  EXPECT_TRUE(prepare_folder(here, kNames));
  write(here / "report.md", kResult);
  ASSERT_FALSE(prepare_folder(here, kNames));
  EXPECT_THAT(prepare_folder(here, kNames).error(), ::testing::HasSubstr("is an answer of parley"));
  EXPECT_FALSE(write_folder(here, kAnswer));
  EXPECT_EQ(read(here / "report.md"), kResult);
}

TEST_F(WholeFile, AFileThatIsReplacedKeepsItsMode) {
  const auto mode = [&](const char* name) { return fs::status(here / name).permissions(); };
  write(here / "a.json", kResult);
  fs::permissions(here / "a.json", fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(write_file(here / "a.json", kResult));
  EXPECT_EQ(mode("a.json"), fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(write_folder(here, kAnswer));
  const fs::perms usual = mode("report.md"), odd = usual | fs::perms::group_exec;
  fs::permissions(here / "report.md", odd);
  ASSERT_TRUE(write_folder(here, kAnswer));
  EXPECT_EQ(mode("report.md"), odd);
  EXPECT_EQ(mode("results.json"), usual);
}

TEST_F(WholeFile, ALinkToWhatIsNotThereMakesItOrSaysWhyNot) {
  fs::create_symlink("made.json", here / "link");
  ASSERT_TRUE(prepare_file(here / "link"));
  ASSERT_TRUE(write_file(here / "link", kResult));
  EXPECT_TRUE(fs::is_symlink(here / "link"));
  EXPECT_EQ(read(here / "made.json"), kResult);
  fs::create_symlink("out", here / "folder");
  ASSERT_TRUE(write_folder(here / "folder", kAnswer));
  EXPECT_TRUE(fs::is_directory(here / "out"));
  fs::create_symlink(here / "no" / "x", here / "lost");
  for (const Written& written :
       {prepare_file(here / "lost"), write_file(here / "lost", "x"), prepare_folder(here / "lost", kNames),
        write_folder(here / "lost", kAnswer)}) {
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error(), ::testing::HasSubstr("is a link to `" + (here / "no" / "x").string() + "`"));
  }
}

TEST_F(WholeFile, WhatCannotBeWrittenIsKnownBefore) {
  EXPECT_TRUE(prepare_file(here / "new"));
  EXPECT_TRUE(prepare_file("/dev/null"));
  EXPECT_TRUE(prepare_folder(here / "new", kNames));
  EXPECT_TRUE(prepare_folder((here / "new").string() + "/", kNames));
  EXPECT_FALSE(prepare_file(here / "no" / "a"));
  EXPECT_FALSE(prepare_folder(here / "no" / "a", kNames));
  EXPECT_THAT(prepare_folder(here / "no" / "a", kNames).error(),
              ::testing::HasSubstr((here / "no" / "a").string()));
  EXPECT_FALSE(prepare_file("/proc/x"));
  EXPECT_FALSE(prepare_folder("/proc/x", kNames));
  fs::create_symlink("loop", here / "loop");
  EXPECT_FALSE(prepare_folder(here / "loop", kNames));
  ASSERT_EQ(::mkfifo((here / "results.json").c_str(), 0600), 0);
  EXPECT_FALSE(prepare_folder(here, kNames));  // and does not wait for somebody to write into the pipe
  EXPECT_THAT(names(), ::testing::UnorderedElementsAre("loop", "results.json"));
}

TEST_F(WholeFile, ADeviceIsWrittenToAndNotReplaced) {
  ASSERT_TRUE(write_file("/dev/null", "x"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_FALSE(write_file("/dev/full", "x"));
}

TEST_F(WholeFile, APipeWithoutAReaderIsAnErrorAndNoWait) {
  ASSERT_EQ(::mkfifo((here / "pipe").c_str(), 0600), 0);
  const auto written = write_file(here / "pipe", "x");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error(), ::testing::HasSubstr("nobody reads"));
}

TEST_F(WholeFile, ANewAndAnEmptyFolderAreFilled) {
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  EXPECT_EQ(read(here / "out" / "report.md"), sealed("new"));
  fs::create_directory(here / "empty");
  ASSERT_TRUE(write_folder((here / "empty").string() + "/", kAnswer));
  EXPECT_TRUE(is_parley_result(here / "empty" / "results.json"));
  EXPECT_THAT(names(), ::testing::UnorderedElementsAre("out", "empty"));
}

TEST_F(WholeFile, OwnFilesAreReplacedAndEverythingElseInTheFolderStays) {
  fs::create_directory(here / "out");
  write(here / "out" / "crisis.yaml", "precious");
  write(here / "out" / "notes.md", "mine");
  ASSERT_TRUE(write_folder(here / "out", {{"report.md", sealed("old")}, {"results.json", kResult}}));
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  EXPECT_EQ(read(here / "out" / "report.md"), sealed("new"));
  EXPECT_EQ(read(here / "out" / "results.json"), kAnswer[1].second);
  EXPECT_EQ(read(here / "out" / "crisis.yaml"), "precious");
  EXPECT_EQ(read(here / "out" / "notes.md"), "mine");
  EXPECT_EQ(std::distance(fs::directory_iterator(here / "out"), {}), 4);
}

/// Each of the names may be somebody else's, in each way: then nothing changes at all.
TEST_F(WholeFile, SomebodyElsesFileOfOneOfTheNamesIsLeftAlone) {
  std::string edited = sealed("a report");
  edited[0] = 'A';
  const std::vector<std::string> others = {"precious", "{\"schema\": \"other/1\"}", edited,
                                           sealed("a report") + "one more line"};
  for (const std::string& name : kNames)
    for (const std::string& text : others) {
      fs::create_directories(here / "mine");
      write(here / "mine" / name, text);
      for (const Written& written :
           {prepare_folder(here / "mine", kNames), write_folder(here / "mine", kAnswer)}) {
        ASSERT_FALSE(written) << name << text;
        EXPECT_THAT(written.error(), ::testing::HasSubstr("left as it is"));
      }
      EXPECT_EQ(read(here / "mine" / name), text);
      EXPECT_EQ(std::distance(fs::directory_iterator(here / "mine"), {}), 1);
      fs::remove_all(here / "mine");
    }
  fs::create_directories(here / "mine" / "report.md");
  EXPECT_FALSE(write_folder(here / "mine", kAnswer));
  fs::remove(here / "mine" / "report.md");
  write(here / "elsewhere", sealed("x"));
  fs::create_symlink(here / "elsewhere", here / "mine" / "report.md");
  EXPECT_FALSE(write_folder(here / "mine", kAnswer));
  EXPECT_EQ(read(here / "elsewhere"), sealed("x"));
  write(here / "file", "x");
  EXPECT_FALSE(write_folder(here / "file", kAnswer));
}

TEST_F(WholeFile, ADiskThatIsFullChangesNothing) {
  ASSERT_TRUE(write_folder(here / "out", kAnswer));
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit limit = before;
  limit.rlim_cur = 1000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const FolderFiles large = {{"report.md", sealed("small")},
                             {"results.json", kResult + std::string(5000, ' ')}};
  const Written folder = write_folder(here / "out", large);
  const Written fresh = write_folder(here / "fresh", large);
  const Written file = write_file(here / "file.json", large[1].second);
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  EXPECT_FALSE(folder);
  EXPECT_FALSE(fresh);
  EXPECT_FALSE(file);
  EXPECT_EQ(read(here / "out" / "report.md"), sealed("new"));
  EXPECT_THAT(names(), ::testing::ElementsAre("out"));
  EXPECT_EQ(std::distance(fs::directory_iterator(here / "out"), {}), 2);
}

TEST_F(WholeFile, SweepsOnlyWhatAKilledWriterOfOursLeft) {
  std::string dead;
  {
    Temporary made(here / "a.json");
    dead = made.path().filename().string();
    made.keep();  // as a kill leaves it: there, and not locked
  }
  const Temporary living(here / "a.json");
  std::string forged = dead;
  forged[forged.size() - 6] = forged[forged.size() - 6] == '0' ? '1' : '0';
  const std::vector<std::string> others = {forged, ".a.json.parley-1234-0.tmp", ".b" + dead, dead + ".tmp"};
  for (const std::string& name : others) write(here / name, "somebody else's");
  EXPECT_TRUE(is_temporary_name(dead, "a.json"));
  ASSERT_TRUE(write_file(here / "a.json", kResult));
  EXPECT_FALSE(fs::exists(here / dead));
  EXPECT_TRUE(fs::exists(living.path()));
  for (const std::string& name : others) EXPECT_EQ(read(here / name), "somebody else's") << name;
}

}  // namespace
}  // namespace parley::report
