// SPDX-License-Identifier: MIT
// The strict reader against yaml-cpp: whatever it accepts means the same to a general YAML library.
#include "language/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "property.hpp"

namespace parley::language {
namespace {

bool nothing_word(const std::string& text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::string dump(const YamlNode& node) {
  std::string out;
  switch (node.kind) {
    case YamlNode::Kind::broken:
      return "BROKEN";
    case YamlNode::Kind::nothing:
      return "_";
    case YamlNode::Kind::scalar:
      return node.plain && nothing_word(node.text) ? "_" : "<" + node.text + ">";
    case YamlNode::Kind::list:
      for (const YamlNode& item : node.items) out += dump(item) + ",";
      return "[" + out + "]";
    case YamlNode::Kind::map:
      for (std::size_t i = 0; i < node.items.size(); ++i)
        out += dump(node.keys[i]) + ":" + dump(node.items[i]) + ",";
      return "{" + out + "}";
  }
  return out;
}

std::string dump(const YAML::Node& node) {
  std::string out;
  if (node.IsNull()) return "_";
  if (node.IsScalar())
    return node.Tag() != "!" && nothing_word(node.Scalar()) ? "_" : "<" + node.Scalar() + ">";
  if (node.IsSequence()) {
    for (const auto& item : node) out += dump(item) + ",";
    return "[" + out + "]";
  }
  for (const auto& entry : node) out += dump(entry.first) + ":" + dump(entry.second) + ",";
  return "{" + out + "}";
}

/// Accounts fold white space, and yaml-cpp is not exact about the breaks of quoted texts.
std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n') out += c;
  return out;
}

std::string codes(const YamlText& text) {
  std::string out;
  for (const Diagnostic& d : text.diagnostics)
    out += std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.code + "\n";
  return out;
}

void expect_same(const std::string& text) {
  const YamlText mine = read_yaml(text, 0);
  EXPECT_EQ(codes(mine), "") << text;
  EXPECT_EQ(dump(mine.root), dump(YAML::Load(text))) << text;
}

TEST(Yaml, MeansWhatYamlMeans) {
  expect_same("a: 1\nb:\n  c: x y\n  d: [p, q, {r: s}]\n");
  expect_same("a:\n- 1\n- b: 2\n  c: 3\n-\n  - x\n  - - y\n    - z\nd:\n");
  expect_same("a: one\n  two\n\n  three # end\nb: 'it''s'\nc: \"x\\ty\\u00e9 \\\n   z\"\n");
  expect_same(
      "# head\n---\na: |\n  one\n   two\n\n  three\n\n\nb: >-\n  one\n  two\n\n  three\n   deep\n  four\nc: "
      "x\n");
  expect_same("a: |+\n  one\n\nb: |2\n   one\nc: >\n\n  x\n\n\n");
  expect_same("a: [one,\n  two three\n  four, # comment\n  five]\nb: {x: , y: 'z', \"q\":1,}\n");
  expect_same("\"quoted key\": 1\n'single': 2\nplain key: a#b\nurl: http://x\n");
  expect_same("  a: 1\n  b: 2\n");
  expect_same("a: -1\nb: -x\nc: ?y\nd: :z\n");
  expect_same("S67: \"conditional on\"\nsaudi, israel: signed\nrecognises(saudi, israel): signed\n");
  expect_same("a:\n  text on its own line\n  and more\nb:\n  'quoted\n   more'\n");
  expect_same(
      "\xEF\xBB\xBF"
      "a: \xC3\xA9\r\nb: 2\r\n");
}

struct Bad {
  const char* text;
  const char* codes;
};

TEST(Yaml, RefusesWhatAccountsDoNotUse) {
  const Bad kBad[] = {
      {"a: &x 1\nb: *x\nc: !t 2\n", "1:4 yaml-feature\n2:4 yaml-feature\n3:4 yaml-feature\n"},
      {"<<: {a: 1}\n", "1:1 yaml-feature\n"},
      {"%YAML 1.2\n---\na: 1\n", "1:1 yaml-feature\n"},
      {"a: 1\n---\nb: 2\n", "2:1 several-documents\n"},
      {"a: 1\na: 2\nb: 3\na: 4\n", "2:1 duplicate-key\n4:1 duplicate-key\n"},
      {"a: {x: 1, x: 2}\n", "1:11 duplicate-key\n"},
      {"a: 1\n\tb: 2\n", "2:1 tab-indent\n"},
      {"a: [1, 2\nb: 3\nc: {x\nd: 1\n", "1:4 unclosed-bracket\n3:4 unclosed-bracket\n"},
      {"a: 'x\nb: 3\nc: \"y\n", "1:4 unclosed-quote\n3:4 unclosed-quote\n"},
      {"a: x: y\nb: 1\n   c: 2\nd: 3\n    - x\n", "1:5 colon-in-text\n3:4 bad-indent\n5:5 bad-indent\n"},
      {"a: \"\\q\"\n", "1:5 bad-escape\n"},
      {"a: [f(x, y), z]\n", "1:8 comma-in-flow\n"},
      {"a: [,]\nb: [x y: 1]\nc: {p, q: 1}\n", "1:5 bad-flow\n2:8 bad-flow\n3:6 bad-flow\n"},
      {"a: @x\nb: `y`\nc: %z\n", "1:4 bad-start\n2:4 bad-start\n3:4 bad-start\n"},
      {"a: 'x' y\n", "1:8 text-after-value\n"},
      {"a: 1\nb\nc: 3\n", "2:1 expected-key\n"},
      {"a: \x01\n", "1:4 control-character\n"},
      {"\xC3\xA9: \xFF\n", "1:4 bad-utf8\n"},
      {"a: \xFF\nb: \xFE\xFF\n", "1:4 bad-utf8\n"},  // one cause
      {"a: \xE2\x80\xAE\n", "1:4 control-character\n"},
      {"a:\n  b: 1\n c: 2\n", "3:2 bad-indent\n"},
      {"a: - x\n", "1:4 bad-start\n"},
      {"? a\n: b\n", "1:1 yaml-feature\n2:1 expected-key\n"},
  };
  for (const Bad& bad : kBad) EXPECT_EQ(codes(read_yaml(bad.text, 0)), bad.codes) << bad.text;
}

TEST(Yaml, EveryLineEndIsOne) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string line_end = end;
    const YamlText text = read_yaml("a: 1" + line_end + "b:" + line_end + "  c: |" + line_end + "    x" +
                                        line_end + "    y" + line_end + "d: @" + line_end,
                                    0);
    EXPECT_EQ(codes(text), "6:4 bad-start\n");
    ASSERT_GE(text.root.items.size(), 2U);
    ASSERT_EQ(text.root.items[1].items.size(), 1U);
    EXPECT_EQ(text.root.items[1].items[0].text, "x\ny\n");
  }
}

TEST(Yaml, BytesOfAnotherEncodingAreCounted) {
  EXPECT_EQ(codes(read_yaml(std::string("a: \0\0\nb: \0\n", 10), 0)), "1:4 control-character\n");
  EXPECT_EQ(codes(read_yaml(std::string("\xFF\xFE\0\0a\0\0\0", 8), 0)), "1:1 bad-utf8\n");
  const YamlText text = read_yaml("a: caf\xE9\nb: na\xEFve\nc: \xE9\n", 0);
  ASSERT_EQ(text.diagnostics.size(), 1U);
  EXPECT_THAT(text.diagnostics[0].message, ::testing::HasSubstr("and 2 more such bytes"));
  EXPECT_THAT(text.diagnostics[0].hint, ::testing::HasSubstr("Latin-1"));
}

TEST(Yaml, LimitsHaveNames) {
  EXPECT_EQ(codes(read_yaml("a: " + std::string(40, '[') + std::string(40, ']'), 0)), "1:36 too-deep\n");
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_THAT(codes(read_yaml(deep, 0)), ::testing::HasSubstr("too-deep"));
  EXPECT_THAT(codes(read_yaml(std::string(100'001, 'x'), 0)), ::testing::HasSubstr("line-too-long"));
  std::string many = "a:\n";
  for (int i = 0; i < 400'001; ++i) many += "- x\n";
  EXPECT_THAT(codes(read_yaml(many, 0)), ::testing::HasSubstr("too-many-nodes"));
}

TEST(Yaml, EveryCharacterHasItsPlace) {
  const YamlText text = read_yaml("a: \xC3\xA9 is\n  next \"q\"\nb: \"x\\ny\\u00e9z\n    w\"\n", 3);
  ASSERT_TRUE(text.diagnostics.empty()) << codes(text);
  const YamlNode& a = text.root.items[0];
  EXPECT_EQ(a.text, "\xC3\xA9 is next \"q\"");
  EXPECT_EQ(a.at(2, 2), (Place{3, 1, 6, 2}));
  EXPECT_EQ(a.at(5, 4), (Place{3, 2, 3, 4}));
  const YamlNode& b = text.root.items[1];
  EXPECT_EQ(b.text, "x\ny\xC3\xA9z w");
  EXPECT_EQ(b.at(2, 1), (Place{3, 3, 8, 1}));
  EXPECT_EQ(b.at(4, 1), (Place{3, 3, 15, 1}));
  EXPECT_EQ(b.at(6, 1), (Place{3, 4, 5, 1}));
}

TEST(YamlProperty, WhatIsAcceptedMeansTheSameToYamlCpp) {
  static const std::vector<std::string> kPieces = {
      "a", "b: ", "c:",       "- ", "\n",   "\n",     "\n  ",  "\n    ", "\n ", " ",   "[",  "]",
      "{", "}",   ", ",       "'",  "\"",   "#",      " # x",  "|",      ">",   "x y", ": ", "\\",
      "-", "?",   "\xC3\xA9", "b",  "\n- ", "\n  - ", "\nd: ", "''",     ">-",  "|+"};
  int accepted = 0;
  ASSERT_TRUE(testing::holds_for(40'000, [&] {
    const auto pieces =
        *rc::gen::resize(14, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)));
    std::string text = "k: ";
    for (const std::string& piece : pieces) text += piece;
    text += "\n";  // yaml-cpp counts the breaks of block texts differently where the last line has none
    const YamlText mine = read_yaml(text, 0);
    if (!mine.diagnostics.empty()) return;
    ++accepted;
    RC_LOG() << "text:\n" << text << "\n";
    RC_LOG() << dump(mine.root) << "\n";
    const YAML::Node theirs = YAML::Load(text);
    RC_LOG() << dump(theirs) << "\n";
    RC_ASSERT(folded(dump(mine.root)) == folded(dump(theirs)));
  }));
  EXPECT_GT(accepted, 2000);
}

void emit_random(YAML::Emitter& out, int depth) {
  static const std::vector<std::string> kTexts = {"x",     "a b",      "it's", "a: b",  "# no",  "",
                                                  "- x",   "\xC3\xA9", "a\nb", "[x",    "yes",   "~",
                                                  "\"q\"", "\\",       "x #y", " lead", "trail "};
  const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 3);
  if (kind == 0) {
    const int style = *rc::gen::inRange(0, 4);
    const std::string text = *rc::gen::elementOf(kTexts);
    if (style == 0) out << YAML::DoubleQuoted;
    if (style == 1) out << YAML::SingleQuoted;
    out << text;
    return;
  }
  if (*rc::gen::inRange(0, 4) == 0) out << YAML::Flow;
  const int count = *rc::gen::inRange(1, 4);
  if (kind == 1) {
    out << YAML::BeginSeq;
    for (int i = 0; i < count; ++i) emit_random(out, depth - 1);
    out << YAML::EndSeq;
  } else {
    out << YAML::BeginMap;
    for (int i = 0; i < count; ++i) {
      out << YAML::Key << "k" + std::to_string(i) << YAML::Value;
      emit_random(out, depth - 1);
    }
    out << YAML::EndMap;
  }
}

TEST(YamlProperty, WhatYamlCppWritesIsRead) {
  ASSERT_TRUE(testing::holds_for(5'000, [] {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "root" << YAML::Value;
    emit_random(out, 4);
    out << YAML::EndMap;
    const std::string text = out.c_str();
    RC_PRE(out.good());
    RC_LOG() << text << "\n";
    const YamlText mine = read_yaml(text, 0);
    RC_LOG() << codes(mine) << "\n";
    RC_ASSERT(mine.diagnostics.empty());
    RC_ASSERT(dump(mine.root) == dump(YAML::Load(text)));
  }));
}

TEST(YamlProperty, RandomBytesNeverCrash) {
  ASSERT_TRUE(testing::holds_for(5'000, [](const std::string& bytes) { (void)read_yaml(bytes, 0); }));
}

}  // namespace
}  // namespace parley::language
