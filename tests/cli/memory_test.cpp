// SPDX-License-Identifier: MIT
// Memory and threads that run out are errors, and nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace {

using nlohmann::json;
using parley::testing::run_parley;
using parley::testing::Said;
using ::testing::HasSubstr;

std::string founding() { return std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026"; }

TEST(Memory, TheLimitIsASizeAsPeopleWriteIt) {
  for (const char* bad : {"G", "-1G", "0", "63M", "1E", "1GX", "nan", "inf", "1e300", "two"}) {
    const Said said = run_parley({"check", founding(), std::string("--memory-limit=") + bad});
    EXPECT_EQ(said.exit, 2) << bad;
    EXPECT_THAT(said.err, HasSubstr("--memory-limit takes a size")) << bad;
  }
  const std::string small = std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml";
  for (const char* good : {"2G", "1.5GB", "800 MiB", "1500000000", "1t", "500m"})
    EXPECT_EQ(run_parley({"deals", small, "--draws", "20", "--memory-limit", good}).exit, 0) << good;
}

#if !defined(__SANITIZE_ADDRESS__)

TEST(Memory, WhatTakesMoreEndsInASentence) {
  const Said said = run_parley(
      {"stability", founding(), "--draws", "100000", "--memory-limit", "64M", "--threads", "1", "--json"});
  ASSERT_EQ(said.exit, 3) << said.err;
  const json object = json::parse(said.out, nullptr, false);
  ASSERT_TRUE(object.is_object()) << said.out;
  EXPECT_EQ(object["schema"], "parley.stability/1");
  EXPECT_EQ(object["diagnostics"].at(0)["code"], "out-of-memory");
  EXPECT_THAT(said.err, HasSubstr("the memory limit of 64 MB"));
}

/// Too little address space (`ulimit -v`) is no matter of --memory-limit.
TEST(Memory, ALimitOfTheSystemIsNamedAsOne) {
  const std::vector<std::string> words = {"stability", founding(), "--draws", "100000", "--threads", "1"};
  const Said said = run_parley(words, {.memory_bytes = std::size_t{120} << 20U});
  ASSERT_EQ(said.exit, 3) << said.err;
  EXPECT_THAT(said.err,
              HasSubstr("more memory than the system allows the program (120 MB, set by `ulimit`)"));
  auto limited = words;
  limited.insert(limited.end(), {"--memory-limit", "64M"});
  const Said own = run_parley(limited, {.memory_bytes = std::size_t{1} << 30U});
  EXPECT_THAT(own.err, HasSubstr("the memory limit of 64 MB"));
}

/// Whatever the limit is: a whole answer, or the sentence.
TEST(Memory, AnyLimitEndsInAnAnswerOrASentence) {
  const std::string small = std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml";
  for (std::size_t megabytes = 20; megabytes < 400; megabytes += 15) {
    const Said said =
        run_parley({"deals", small, "--draws", "2000", "--json"}, {.memory_bytes = megabytes << 20U});
    if (said.exit == 127) continue;  // too little for the program itself to be loaded
    ASSERT_TRUE(said.exit == 0 || said.exit == 3) << megabytes << " " << said.exit << said.err;
    EXPECT_TRUE(json::parse(said.out, nullptr, false).is_object()) << megabytes;
  }
}

#endif

}  // namespace
