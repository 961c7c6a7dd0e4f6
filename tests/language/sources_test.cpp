// SPDX-License-Identifier: MIT
// Quotes against the text of their source: what counts as the same, and what is said of a quote that is not
// there.
#include "language/sources.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include "language/read.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;

/// The diagnostics of one quote, filed under S2, against a text.
std::vector<Diagnostic> of(const std::string& quote, const std::string& text) {
  // Tests run side by side, each in a process of its own.
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const fs::path file = fs::temp_directory_path() / (std::string("parley-sources-") + test->name() + ".txt");
  std::ofstream(file) << text;
  ReadOptions options;
  options.source_texts["art"] = file;
  const Reading reading = read_texts({{"a.yaml",
                                       "parley: 1\naccount: a\nfrom: art.S2\nsources:\n  art: {title: T, "
                                       "quotes: {S2: \"" +
                                           quote + "\"}}\nactors: [us]\n"}},
                                     options);
  fs::remove(file);
  return reading.diagnostics;
}

constexpr const char* kIndex =
    "S1 [P1] The first round ended without a word.\n"
    "S2 [P1] The delegation’s head called it\xC2\xA0‘a good start’ \xE2\x80\x93 and left.\n"
    "S3 [P2] Nothing of the kind was said later.\n";

TEST(Sources, MarksAndBlanksAreOneForm) {
  EXPECT_EQ(normalised("\xE2\x80\x9CIt\xE2\x80\x99s  on\xE2\x80\x9D \n now"), normalised("\"It's on\" now"));
  EXPECT_EQ(normalised("\xC2\xABoui\xC2\xBB"), "\"oui\"");
  EXPECT_EQ(normalised("a\xE2\x80\x8A\xE3\x80\x80"
                       "b\xE2\x81\xA0"
                       "c"),
            "a bc");
  EXPECT_NE(normalised("red line"), normalised("redline"));
  EXPECT_TRUE(of("head called it 'a good start'", kIndex).empty());
  EXPECT_TRUE(
      of("The delegation's head", "Some text, no index:\nthe old\nThe  delegation’s\nhead left.\n").empty());
}

TEST(Sources, AQuoteThatIsNowhereComesWithTheNearestTextAndItsLine) {
  const auto found = of("the delegation's head called it a bad start", kIndex);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "quote-not-found");
  EXPECT_NE(found[0].hint.find("line 2"), std::string::npos) << found[0].hint;
  EXPECT_NE(found[0].hint.find("head called it"), std::string::npos) << found[0].hint;
}

TEST(Sources, ATextWithLessThanHalfOfTheWordsIsNotNear) {
  const auto found = of("peace will come within seven years", kIndex);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].hint.find("nearest"), std::string::npos) << found[0].hint;
  EXPECT_NE(found[0].hint.find("S2 reads differently"), std::string::npos) << found[0].hint;
}

TEST(Sources, AnEmptyTextAndASingleWord) {
  EXPECT_EQ(of("anything", "").size(), 1U);
  EXPECT_EQ(of("called", kIndex).size(), 0U);
}

TEST(Sources, AStopLeavesQuotesUncomparedAndSaysSo) {
  const Reading reading =
      read_texts({{"a.yaml",
                   "parley: 1\naccount: a\nfrom: art.S2\nsources:\n  art: {title: T, quotes: "
                   "{S2: \"nothing of the kind\"}}\nactors: [us]\n"}});
  for (const bool stopped : {false, true}) {
    const std::atomic<bool> stop{stopped};
    std::vector<Diagnostic> found;
    Report report(found, Control(&stop));
    check_quotes(*reading.base.find("art"), kIndex, {}, report);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, stopped ? "quotes-not-compared" : "quote-not-found");
  }
}

}  // namespace
}  // namespace parley::language
