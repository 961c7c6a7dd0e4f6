// SPDX-License-Identifier: MIT
// JSON by the letter of RFC 8259, and where it is not.
#include "foreign/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "foreign/limits.hpp"
#include "foreign/text.hpp"
#include "property.hpp"

namespace parley::foreign {
namespace {

using ::testing::HasSubstr;

struct Read {
  std::optional<Json> value;
  std::vector<Diagnostic> diagnostics;
};

Read read(const std::string& text) {
  Messages messages;
  Read result{read_json("x.json", text, messages), {}};
  result.diagnostics = messages.take();
  return result;
}

TEST(JsonReader, WhatIsNoJsonIsToldWhereAndWhat) {
  struct Case {
    std::string text, code;
    unsigned line, column;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"", "empty-file", 1, 1, "empty"},
      {"\n \n", "empty-file", 3, 1, "empty"},
      {"\xEF\xBB\xBF", "empty-file", 1, 1, "empty"},
      {"{\"a\": NaN}", "bad-json", 1, 7, "`NaN` is no JSON number"},
      {"[Infinity]", "bad-json", 1, 2, "`Infinity` is no JSON number"},
      {"[-Infinity]", "bad-json", 1, 2, "`-Infinity` is no JSON number"},
      {"[01]", "bad-json", 1, 2, "`01` is no JSON number"},
      {"[1.]", "bad-json", 1, 2, "`1.` is no JSON number"},
      {"[.5]", "bad-json", 1, 2, "a value was expected here, not `.5`"},
      {"[+1]", "bad-json", 1, 2, "a value was expected here, not `+1`"},
      {"[0x10]", "bad-json", 1, 2, "`0x10` is no JSON number"},
      {"[1e]", "bad-json", 1, 2, "`1e` is no JSON number"},
      {"{\"a\": 1,\n \"a\": 2}", "duplicate-key", 2, 2, "the key `a` stands twice"},
      {"{\"a\": 1,\n \"\\u0061\": 2}", "duplicate-key", 2, 2, "the key `a` stands twice"},
      {"{} {}", "bad-json", 1, 4, "text behind the end"},
      {"[1]]", "bad-json", 1, 4, "text behind the end"},
      {"[1,]", "bad-json", 1, 4, "a comma in front of `]`"},
      {"{\"a\": 1,}", "bad-json", 1, 9, "a comma in front of `}`"},
      {"[1 2]", "bad-json", 1, 4, "a comma or `]` was expected here, not `2`"},
      {"{\"a\" 1}", "bad-json", 1, 6, "a colon behind the key was expected here, not `1`"},
      {"{a: 1}", "bad-json", 1, 2, "a key in double quotes was expected here, not `a`"},
      {"{\"a\": 'x'}", "bad-json", 1, 7, "a value was expected here"},
      {"[1, // one\n2]", "bad-json", 1, 5, "a value was expected here, not `/`"},
      {"[True]", "bad-json", 1, 2, "a value was expected here, not `True`"},
      {"[truely]", "bad-json", 1, 2, "not `truely`"},
      {"[\"abc", "bad-json", 1, 2, "this quotation mark is never closed"},
      {"[\"a\nb\"]", "bad-json", 1, 4, "a text ends at the end of its line"},
      {"[\"a\tb\"]", "bad-json", 1, 4, "a control character"},
      {"[\"\\x\"]", "bad-json", 1, 3, "this backslash begins nothing"},
      {"[\"\\u12g4\"]", "bad-json", 1, 3, "four hexadecimal digits"},
      {"[\"\\ud800\"]", "bad-json", 1, 3, "half a pair"},
      {"[\"\\udc00\\ud800\"]", "bad-json", 1, 3, "half a pair"},
      {"[\"\\u0000\"]", "bad-json", 1, 3, "the character zero"},
      {"[", "bad-json", 1, 2, "a value was expected here, not the end of the file"},
      {"{", "bad-json", 1, 2, "a key in double quotes was expected here, not the end of the file"},
      {"[\"\xC3\"]", "wrong-encoding", 1, 3, "no UTF-8"},
      {std::string("[\"\0\"]", 5), "wrong-encoding", 1, 3, "zero byte"},
      {std::string("\xFF\xFE[\0", 4), "wrong-encoding", 1, 1, "UTF-16"},
      {"[\"\xC3\xA9\", x]", "bad-json", 1, 7, "not `x`"},
      {std::string(kDepth + 1, '['), "too-deep", 1, kDepth + 1, "brackets"},
      {std::string(5'000'000, '{'), "bad-json", 1, 2, "a key"},
  };
  for (const Case& c : cases) {
    const Read result = read(c.text);
    EXPECT_FALSE(result.value) << c.text;
    ASSERT_EQ(result.diagnostics.size(), 1U) << c.text;
    const Diagnostic& d = result.diagnostics[0];
    EXPECT_EQ(d.code, c.code) << c.text;
    EXPECT_EQ(d.place.line, c.line) << c.text;
    EXPECT_EQ(d.place.column, c.column) << c.text;
    EXPECT_THAT(d.message, HasSubstr(c.message));
    EXPECT_EQ(d.file, "x.json");
  }
}

TEST(JsonReader, LimitsAreNamed) {
  std::string many = "[0";
  while (many.size() < 2 * kJsonValues + 10) many += ",0";
  EXPECT_EQ(read(many + "]").diagnostics.at(0).code, "too-large");
  EXPECT_EQ(read(std::string(kFileBytes + 1, ' ')).diagnostics.at(0).code, "too-large");
  EXPECT_TRUE(read(std::string(kDepth, '[') + std::string(kDepth, ']')).value);
}

TEST(JsonReader, KeepsPlacesNumbersAndTexts) {
  const Read result =
      read("\xEF\xBB\xBF {\"a\": [1e999, -0.10, true, null],\n \"\xC3\xA9\": \"\\u00e9\\n\\ud83d\\ude00\"}");
  ASSERT_TRUE(result.value);
  const Json* list = result.value->member("a");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->at, 7U);
  EXPECT_EQ(list->items.at(0).text, "1e999");
  EXPECT_EQ(list->items.at(1).text, "-0.10");
  EXPECT_TRUE(list->items.at(2).truth);
  EXPECT_TRUE(list->items.at(3).is(Json::Kind::null));
  ASSERT_NE(result.value->member("\xC3\xA9"), nullptr);
  EXPECT_EQ(result.value->member("\xC3\xA9")->text, "\xC3\xA9\n\xF0\x9F\x98\x80");
  EXPECT_EQ(result.value->member("b"), nullptr);
}

/// Random texts over the signs of JSON: read here exactly when an independent reader takes them, apart from
/// what that reader forgives (a key twice) or refuses (numbers beyond a double).
TEST(JsonReader, AgreesWithAnIndependentReaderOnRandomTexts) {
  static const std::vector<std::string> pieces = {"{",     "}", "[",       "]",  ",",  ":",  "\"a\"",
                                                  "\"b\"", "1", "-",       "0",  ".5", "e2", "true",
                                                  "null",  " ", "\"\\n\"", "\\", "\"", "\n"};
  std::size_t good = 0;
  std::uint64_t state = 7;
  const auto next = [&](std::size_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state >> 33U) % n;
  };
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    const std::size_t length = 1 + next(7);
    for (std::size_t i = 0; i < length; ++i) text += pieces[next(pieces.size())];
    const bool theirs = nlohmann::json::accept(text);
    const Read ours = read(text);
    if (!ours.value && ours.diagnostics.at(0).code == "duplicate-key") continue;
    ASSERT_EQ(ours.value.has_value(), theirs) << text;
    good += theirs;
  }
  EXPECT_GT(good, 1'000U);
}

TEST(Places, AreThoseOfASlowCount) {
  std::string text;
  std::uint64_t state = 3;
  for (int i = 0; i < 5'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto roll = state >> 60U;
    text += roll == 0 ? "\n" : roll < 4 ? "\xC3\xA9" : "x";
  }
  const Places places(text);
  unsigned line = 1, column = 1;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const Place place = places.at(i);
    ASSERT_EQ(place.line, line) << i;
    ASSERT_EQ(place.column, column) << i;
    if (i == text.size()) break;
    if (text[i] == '\n')
      ++line, column = 1;
    else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
      ++column;
  }
  EXPECT_EQ(places.at(text.size() + 100).line, line);
  EXPECT_EQ(Places("").at(5).line, 1U);
}

}  // namespace
}  // namespace parley::foreign
