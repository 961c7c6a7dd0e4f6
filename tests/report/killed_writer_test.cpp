// SPDX-License-Identifier: MIT
// A writer that is killed at each of its system calls in turn, and many writers at once: what stands there is
// always whole, and nothing of anybody else is touched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "report/own_file.hpp"
#include "report/whole_file.hpp"

namespace parley::report {
namespace {

namespace fs = std::filesystem;

const std::string kHead = R"({"schema": "parley.run/1"})";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

class KilledWriter : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "parley-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    here = name;
    std::ofstream(here / "crisis.yaml") << "precious";
  }
  void TearDown() override { fs::remove_all(here); }

  fs::path here;
};

enum class End { done, killed, no_trace };

/// A child does the work and is killed when it has entered or left `stops` system calls.
End killed_after(int stops, const std::function<bool()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(2);
    ::raise(SIGSTOP);
    ::_exit(work() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSTOPPED(status)) return End::no_trace;
  for (int stop = 0; stop < stops; ++stop) {
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      return End::done;
    }
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return End::killed;
}

TEST_F(KilledWriter, LeavesEveryFileOfTheFolderWhole) {
  const fs::path out = here;  // beside the account
  for (int stop = 1; stop < 2000; ++stop) {
    const std::string old_text = sealed("old " + std::to_string(stop)), new_text = sealed("new");
    ASSERT_TRUE(write_folder(out, {{"report.md", old_text}, {"results.json", kHead}})) << stop;
    const End end = killed_after(stop, [&] {
      return write_folder(out, {{"report.md", new_text}, {"results.json", kHead + " "}}).has_value();
    });
    if (end == End::no_trace) GTEST_SKIP() << "processes cannot be traced here";
    ASSERT_THAT(read(out / "report.md"), ::testing::AnyOf(old_text, new_text)) << stop;
    ASSERT_THAT(read(out / "results.json"), ::testing::AnyOf(kHead, kHead + " ")) << stop;
    ASSERT_EQ(read(here / "crisis.yaml"), "precious");
    if (end == End::done) {
      EXPECT_GT(stop, 40);
      break;
    }
  }
  ASSERT_TRUE(write_folder(out, {{"report.md", sealed("last")}, {"results.json", kHead}}));
  EXPECT_EQ(entries(here), 3U);  // and no litter
}

TEST_F(KilledWriter, LeavesAFileWhole) {
  const fs::path file = here / "answer.json";
  for (int stop = 1; stop < 2000; ++stop) {
    if (stop % 2 == 0) fs::remove(file);
    const End end = killed_after(stop, [&] { return write_file(file, kHead).has_value(); });
    if (end == End::no_trace) GTEST_SKIP() << "processes cannot be traced here";
    if (fs::exists(file)) {
      ASSERT_EQ(read(file), kHead) << stop;
    }
    if (end == End::done && stop % 2 == 0) break;
  }
  ASSERT_TRUE(write_file(file, kHead));
  EXPECT_EQ(entries(here), 2U);
}

TEST_F(KilledWriter, ManyWritersAtOnceLeaveOneAnswer) {
  std::vector<pid_t> children;
  for (int i = 0; i < 200; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string mine = std::to_string(i);
      Written ok = write_folder(here / "out", {{"report.md", sealed(mine)}, {"results.json", kHead + mine}});
      if (ok) ok = write_file(here / "answer.json", kHead + mine);
      if (!ok) std::fprintf(stderr, "%s\n", ok.error().c_str());
      ::_exit(ok ? 0 : 1);
    }
    ASSERT_GT(child, 0);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  const std::string results = read(here / "out" / "results.json");
  EXPECT_EQ(read(here / "out" / "report.md"), sealed(results.substr(kHead.size())));
  EXPECT_EQ(read(here / "answer.json").substr(0, kHead.size()), kHead);
  EXPECT_EQ(entries(here / "out"), 2U);
  EXPECT_EQ(entries(here), 3U);
  EXPECT_EQ(read(here / "crisis.yaml"), "precious");
}

}  // namespace
}  // namespace parley::report
