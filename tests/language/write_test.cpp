// SPDX-License-Identifier: MIT
#include "language/write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "language/case_file.hpp"
#include "language/dump.hpp"
#include "language/print.hpp"
#include "language/read.hpp"
#include "property.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;

void expect_round_trip(const Reading& reading, const std::string& what) {
  const std::string text = account_text(reading.base);
  const Reading again = read_texts({{"again.yaml", text}});
  ASSERT_TRUE(again.ok()) << what << "\n" << diagnostics_text(again) << text;
  EXPECT_EQ(testing::dump(again.base), testing::dump(reading.base)) << what << "\n" << text;
  EXPECT_EQ(account_text(again.base), text) << what;
  ASSERT_EQ(again.alternatives.size(), reading.alternatives.size());
  for (std::size_t i = 0; i < again.alternatives.size(); ++i)
    EXPECT_EQ(again.alternatives[i].edits.size(), reading.alternatives[i].edits.size()) << what;
}

TEST(Write, ReadsBackToTheSameAccount) {
  for (const auto& entry :
       fs::directory_iterator(std::string(PARLEY_SOURCE_DIR) + "/tests/language/fixtures")) {
    const Reading reading = read_account(entry.path());
    ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
    expect_round_trip(reading, entry.path().string());
  }
}

TEST(Write, ScenariosReadBack) {
  const fs::path folder = std::string(PARLEY_SOURCE_DIR) + "/scenarios";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const Reading reading = read_account(entry.path());
    ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
    expect_round_trip(reading, entry.path().string());
  }
}

TEST(Write, CasesWithoutErrorsReadBack) {
  int count = 0;
  for (const fs::path& path : testing::case_files()) {
    const testing::Case text = testing::read_case(path);
    if (!text.path.empty() || !text.sources.empty()) continue;
    const Reading reading = read_texts(text.files);
    if (!reading.ok()) continue;
    ++count;
    expect_round_trip(reading, path.string());
  }
  EXPECT_GE(count, 5);
}

TEST(WriteProperty, AnyTextInAFieldReadsBack) {
  static const std::vector<std::string> kPieces = {
      "a",   ": ", " #", "#", "'", "\"", "\\", "[", "]", "{", "}", ",", "-", "- ", "?",  "\xC3\xA9",
      "yes", "~",  "|",  ">", "&", "*",  "!",  "%", "@", "`", " ", ":", "1", "=",  "x y"};
  ASSERT_TRUE(parley::testing::holds_for(3'000, [] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces));
    std::string words = "w";
    if (*rc::gen::arbitrary<bool>()) words.clear();
    for (const std::string& piece : pieces) words += piece;
    Reading reading =
        read_texts({{"a.yaml", "parley: 1\naccount: a\nsources: {s: {title: T}}\nfrom: s.1\nactors: [x]\n"}});
    account::Value value;
    for (const char c : words)
      if (c != ' ' || (!value.text.empty() && value.text.back() != ' ')) value.text += c;
    while (!value.text.empty() && value.text.back() == ' ') value.text.pop_back();
    RC_PRE(!value.text.empty());
    reading.base.rows[1].fields.push_back({"is", value, {}});
    const std::string text = account_text(reading.base);
    RC_LOG() << text;
    const Reading again = read_texts({{"b.yaml", text}});
    RC_LOG() << diagnostics_text(again);
    RC_ASSERT(again.ok());
    RC_ASSERT(again.base.rows[1].text("is") == value.text);
  }));
}

std::string fixture_text(const char* name) {
  std::ifstream stream(std::string(PARLEY_SOURCE_DIR) + "/tests/language/fixtures/" + name);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A valid account with random damage: characters cut, doubled or replaced, lines moved.
std::string damaged(std::string text) {
  static const std::string kBytes = "ab:- \n\t[]{},'\"#&*!|>%@`\\().=<>\xC3\xFF" + std::string(1, '\0');
  const int wounds = *rc::gen::inRange(1, 6);
  for (int i = 0; i < wounds && !text.empty(); ++i) {
    const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
    const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, 1,
                    kBytes[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(kBytes.size())))]);
        break;
      case 2:
        text.insert(at, text.substr(*rc::gen::inRange<std::size_t>(0, text.size()), length));
        break;
      default:
        text[at] = kBytes[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(kBytes.size())))];
    }
  }
  return text;
}

TEST(ReadProperty, DamagedAccountsGiveMessagesOrReadBack) {
  const std::string small = fixture_text("small.yaml");
  int good = 0, bad = 0;
  ASSERT_TRUE(parley::testing::holds_for(1'500 / parley_places::kFewer, [&] {
    const Reading reading = read_texts({{"a.yaml", damaged(small)}});
    for (const Diagnostic& d : reading.diagnostics) {
      RC_ASSERT(!d.message.empty());
      RC_ASSERT(d.place.line >= 1U);
      RC_ASSERT(d.place.column >= 1U);
    }
    (void)diagnostics_text(reading);
    if (!reading.ok()) {
      ++bad;
      return;
    }
    ++good;
    const Reading again = read_texts({{"b.yaml", account_text(reading.base)}});
    RC_LOG() << diagnostics_text(again) << account_text(reading.base);
    RC_ASSERT(again.ok());
    RC_ASSERT(testing::dump(again.base) == testing::dump(reading.base));
  }));
  EXPECT_GT(good, 50 / parley_places::kFewer);
  EXPECT_GT(bad, 500 / parley_places::kFewer);
}

TEST(ReadProperty, RandomBytesGiveMessages) {
  ASSERT_TRUE(parley::testing::holds_for(3'000 / parley_places::kFewer, [](const std::string& bytes) {
    RC_ASSERT(!read_texts({{"a.yaml", bytes}}).ok());
  }));
}

TEST(ReadProperty, TheOrderOfBlocksChangesNoMessage) {
  // top-level blocks of the fixture, shuffled: the same rows come out
  const std::string small = fixture_text("small.yaml");
  std::vector<std::string> blocks;
  std::istringstream lines(small);
  for (std::string line; std::getline(lines, line);) {
    if (blocks.empty() || (!line.empty() && line[0] != ' ' && line[0] != '#')) blocks.emplace_back();
    blocks.back() += line + "\n";
  }
  const std::string expected = testing::dump(read_texts({{"a.yaml", small}}).base);
  ASSERT_TRUE(parley::testing::holds_for(100, [&] {
    auto shuffled = blocks;
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1],
                shuffled[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
    std::string text;
    for (const std::string& block : shuffled) text += block;
    const Reading reading = read_texts({{"a.yaml", text}});
    RC_LOG() << diagnostics_text(reading);
    RC_ASSERT(reading.ok());
    RC_ASSERT(testing::dump(reading.base) == expected);
  }));
}

}  // namespace
}  // namespace parley::language
