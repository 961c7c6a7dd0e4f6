// SPDX-License-Identifier: MIT
#include "worlds/share.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace parley::worlds {
namespace {

TEST(Share, WilsonAgainstPublishedValues) {
  // Newcombe 1998, Statistics in Medicine 17:857-872, table I: method 3 (score), 95 %.
  const Share a{81, 263};
  EXPECT_NEAR(a.low(), 0.2553, 5e-5);
  EXPECT_NEAR(a.high(), 0.3662, 5e-5);
  const Share b{15, 148};
  EXPECT_NEAR(b.low(), 0.0624, 5e-5);
  EXPECT_NEAR(b.high(), 0.1605, 5e-5);
  const Share none{0, 20};
  EXPECT_EQ(none.low(), 0);
  EXPECT_NEAR(none.high(), 0.1611, 5e-5);
  const Share one{1, 29};
  EXPECT_NEAR(one.low(), 0.0061, 5e-5);
  EXPECT_NEAR(one.high(), 0.1718, 5e-5);
}

TEST(Share, EndsAndSymmetry) {
  const Share nothing{0, 0};
  EXPECT_EQ(nothing.value(), 0);
  EXPECT_EQ(nothing.low(), 0);
  EXPECT_EQ(nothing.high(), 1);
  for (std::int64_t n : {1, 2, 7, 200, 1000})
    for (std::int64_t k = 0; k <= n; ++k) {
      const Share s{k, n}, mirror{n - k, n};
      EXPECT_LE(s.low(), s.value());
      EXPECT_GE(s.high(), s.value());
      EXPECT_NEAR(s.low(), 1 - mirror.high(), 1e-12);
    }
  EXPECT_EQ((Share{1000, 1000}).high(), 1);
}

TEST(Share, WilsonEndsAreWhereTheScoreTestTurns) {
  // The interval is { p : |k/n - p| <= z sqrt(p (1 - p) / n) }: its ends solve the equation.
  const Share s{37, 120};
  for (const double p : {s.low(), s.high()})
    EXPECT_NEAR(std::abs(s.value() - p), 1.959963984540054 * std::sqrt(p * (1 - p) / 120), 1e-12);
}

TEST(Likelihood, BothColumnsOfTheStandard) {
  const auto is = [](const char* words, double low, double high) {
    const auto found = likelihood_of(words);
    ASSERT_TRUE(found) << words;
    EXPECT_EQ(found->low, low) << words;
    EXPECT_EQ(found->high, high) << words;
  };
  is("almost no chance", 0.01, 0.05);
  is("remote", 0.01, 0.05);
  is("very unlikely", 0.05, 0.20);
  is("highly improbable", 0.05, 0.20);
  is("unlikely", 0.20, 0.45);
  is("improbable", 0.20, 0.45);
  is("roughly even chance", 0.45, 0.55);
  is("roughly even odds", 0.45, 0.55);
  is("likely", 0.55, 0.80);
  is("probable", 0.55, 0.80);
  is("very likely", 0.80, 0.95);
  is("highly probable", 0.80, 0.95);
  is("almost certain", 0.95, 0.99);
  is("nearly certain", 0.95, 0.99);
  is("  Almost   CERTAIN\n", 0.95, 0.99);
  for (const char* not_a_word : {"", " ", "certain", "likely not", "even", "very"})
    EXPECT_FALSE(likelihood_of(not_a_word)) << not_a_word;
}

TEST(Likelihood, WordsComeBack) {
  for (const char* words : {"almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely",
                            "very likely", "almost certain"}) {
    const auto range = likelihood_of(words);
    ASSERT_TRUE(range);
    EXPECT_EQ(likelihood_words(range->low, range->high), words);
  }
}

TEST(Likelihood, Spans) {
  EXPECT_EQ(likelihood_words(0, 1), "almost no chance to almost certain");
  EXPECT_EQ(likelihood_words(0.3, 0.7), "unlikely to likely");
  EXPECT_EQ(likelihood_words(0.6, 0.6), "likely");
  EXPECT_EQ(likelihood_words(0.55, 0.55), "likely");
  EXPECT_EQ(likelihood_words(0.8, 0.8), "very likely");
  EXPECT_EQ(likelihood_words(0.5, 0.55), "roughly even chance");
  EXPECT_EQ(likelihood_words(0, 0), "almost no chance");
  EXPECT_EQ(likelihood_words(1, 1), "almost certain");
}

}  // namespace
}  // namespace parley::worlds
