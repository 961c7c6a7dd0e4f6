// SPDX-License-Identifier: MIT
// Loops over worlds and draws from ranges: the same for any number of threads, stratified, uniform.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "worlds/parallel.hpp"
#include "worlds/range_draw.hpp"

namespace parley::worlds {
namespace {

std::vector<double> run(int threads) {
  std::vector<double> out(5000);
  const LatinColumn column(11, "delay", 5000);
  Parallel options;
  options.threads = threads;
  EXPECT_TRUE(parallel_for(
      5000,
      [&](std::int64_t w) {
        Stream stream(11, "other", static_cast<std::uint64_t>(w));
        out[static_cast<std::size_t>(w)] = column.draw({2, 9}, w) + stream.exponential();
      },
      options));
  return out;
}

TEST(Parallel, TheSameForAnyNumberOfThreads) {
  const auto one = run(1);
  for (const int threads : {0, 2, 3, 16}) EXPECT_EQ(run(threads), one);
}

TEST(Parallel, CallsEachIndexOnce) {
  for (const std::int64_t count : {0, 1, 2, 7, 1000, 100'003}) {
    std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));
    Parallel options;
    options.threads = 4;
    EXPECT_TRUE(parallel_for(count, [&](std::int64_t i) { ++calls[static_cast<std::size_t>(i)]; }, options));
    for (const auto& c : calls) ASSERT_EQ(c, 1);
  }
}

TEST(Parallel, StopsWhenCancelled) {
  std::atomic<bool> cancel{false};
  std::atomic<std::int64_t> calls{0};
  Parallel options;
  options.threads = 3;
  options.cancel = &cancel;
  const auto body = [&](std::int64_t) {
    if (++calls == 10) cancel = true;
  };
  EXPECT_FALSE(parallel_for(1'000'000, body, options));
  EXPECT_LT(calls, 100);
}

TEST(Parallel, ReportsProgressThatNeverFalls) {
  std::vector<double> seen;
  Parallel options;
  options.threads = 4;
  options.progress = [&](double done) { seen.push_back(done); };
  EXPECT_TRUE(parallel_for(100'000, [](std::int64_t) {}, options));
  ASSERT_FALSE(seen.empty());
  EXPECT_LE(seen.size(), 100U);
  EXPECT_EQ(seen.back(), 1);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_LT(seen[i - 1], seen[i]);
}

TEST(Parallel, TheSmallestFailureIsTheOneThatIsThrown) {
  for (int repeat = 0; repeat < 50; ++repeat) {
    Parallel options;
    options.threads = 4;
    std::string what;
    std::atomic<bool> another{false};
    try {
      parallel_for(
          10'000,
          [&](std::int64_t i) {
            if (i < 777) return;
            while (i == 777 && !another) std::this_thread::yield();  // a larger one fails first
            another = true;
            throw std::runtime_error(std::to_string(i));
          },
          options);
    } catch (const std::runtime_error& error) {
      what = error.what();
    }
    EXPECT_EQ(what, "777");
  }
}

TEST(LatinColumn, EachStratumOnce) {
  for (const std::int64_t worlds : {1, 2, 3, 200, 1000}) {
    const LatinColumn column(5, "range", worlds);
    std::vector<int> hits(static_cast<std::size_t>(worlds), 0);
    for (std::int64_t w = 0; w < worlds; ++w) {
      const double u = column.unit(w);
      ASSERT_GT(u, 0);
      ASSERT_LT(u, 1);
      ++hits[static_cast<std::size_t>(u * static_cast<double>(worlds))];
    }
    for (const int h : hits) ASSERT_EQ(h, 1);
  }
}

TEST(LatinColumn, EachWorldIsUniformAndNamesAreIndependent) {
  constexpr int kColumns = 20'000;
  std::vector<int> cells(10, 0), pairs(10 * 10, 0);
  for (int c = 0; c < kColumns; ++c) {
    const LatinColumn a(static_cast<std::uint64_t>(c), "a", 10), b(static_cast<std::uint64_t>(c), "b", 10);
    const auto i = static_cast<std::size_t>(a.unit(3) * 10), j = static_cast<std::size_t>(b.unit(3) * 10);
    ++cells[i];
    ++pairs[10 * i + j];
  }
  double chi = 0;
  for (const int p : pairs) chi += std::pow(p - kColumns / 100, 2) / (kColumns / 100);
  for (const int n : cells) EXPECT_NEAR(n, kColumns / 10, 250);
  EXPECT_LT(chi, 200);  // 99 degrees of freedom
}

TEST(LatinColumn, PermutationsAreUniform) {
  std::vector<int> count(27, 0);
  for (int c = 0; c < 12'000; ++c) {
    const LatinColumn column(static_cast<std::uint64_t>(c), "perm", 3);
    int code = 0;
    for (int w = 0; w < 3; ++w) code = 3 * code + static_cast<int>(column.unit(w) * 3);
    ++count[static_cast<std::size_t>(code)];
  }
  int seen = 0;
  for (const int n : count)
    if (n > 0) {
      ++seen;
      EXPECT_NEAR(n, 2000, 250);
    }
  EXPECT_EQ(seen, 6);
}

TEST(LatinColumn, TooManyWorldsAreIndependentDraws) {
  const LatinColumn column(1, "many", LatinColumn::kMostStrata + 1);
  EXPECT_FALSE(column.stratified());
  double sum = 0;
  for (std::int64_t w = 0; w < 10'000; ++w) sum += column.unit(w * 100);
  EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(LatinColumn, DrawsStayInTheRange) {
  const LatinColumn column(1, "r", 100);
  for (std::int64_t w = 0; w < 100; ++w) {
    const double x = column.draw({0.1, 0.3}, w);
    EXPECT_GE(x, 0.1);
    EXPECT_LE(x, 0.3);
    EXPECT_EQ(column.draw({4, 4}, w), 4);
  }
}

}  // namespace
}  // namespace parley::worlds
