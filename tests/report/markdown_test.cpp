// SPDX-License-Identifier: MIT
// Text of the input in Markdown: shown as it is, and never markup.
#include "report/markdown.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "report/commonmark.hpp"
#include "report/layout.hpp"

namespace parley::report {
namespace {

std::string shown(const std::string& text) { return markdown(inert(text)); }

TEST(Markdown, WhatIsNoMarkupStaysAsItIs) {
  for (const std::string text :
       {"Iran, the US & others", "iran_agenda", "at least 5 %, 1978.", "AT&T (north)", "-5 to +5", "a - b",
        "C#1", "the state's \"own\" words", "x > y", "2 < 3", "naïve “quoted” — dash", "art.S19",
        "`pa` (1 move)", "--option nature=mover", "a.b@c.d", "!", "(x)"})
    EXPECT_EQ(shown(text), text);
}

TEST(Markdown, MarkupIsText) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"},
      {"![p](https://e.org/p.png)", "!\\[p\\]\\(https\\://e.org/p.png)"},
      {"see www.e.org", "see www\\.e.org"},
      {"# head", "\\# head"},
      {"- item", "\\- item"},
      {"+ item", "\\+ item"},
      {"1. one", "1\\. one"},
      {"> quote", "&gt; quote"},
      {"a | b", "a \\| b"},
      {"*em* and _em_ and __x__", "\\*em\\* and \\_em\\_ and \\_\\_x\\_\\_"},
      {"`<b>` `x", "\\`&lt;b>\\` \\`x"},
      {"~~~", "\\~\\~\\~"},
      {"back\\slash", "back\\\\slash"},
      {"&lt; &#60; &", "&amp;lt; &amp;#60; &"},
      {"two\nlines\tin one", "two lines in one"},
      {"ends #", "ends \\#"},
  };
  for (const auto& [text, right] : cases) {
    EXPECT_EQ(shown(text), right);
    EXPECT_TRUE(testing::live_markup(right).empty()) << right;
  }
}

TEST(Markdown, TwiceChangesNothingMore) {
  for (const std::string text :
       {"<b> [x](y) `a` `<` \\ * _x", "- a", "&amp; &lt;", "1. \\[a]: https://e.org", "|a|b|", "# `x|y`"}) {
    EXPECT_EQ(inert(inert(text)), inert(text));
    EXPECT_EQ(markdown(shown(text)), shown(text));
  }
}

TEST(Markdown, StandInsInCodeAreTheCharacterItself) {
  EXPECT_EQ(markdown("`" + inert("_x <b> * `") + "`"), "`_x <b> * '`");
  EXPECT_EQ(markdown("| `" + inert("a|b") + "` |"), "| `a\\|b` |");
  EXPECT_EQ(markdown("no end ` here\n\n`x`"), "no end \\` here\n\n`x`");
}

TEST(Markdown, NoLineOfAParagraphBeginsAnythingElse) {
  for (const std::string word :
       {"-", "+", "#", "##", "===", "---", ">", ">x", "1.", "1)", "|", ":-", "***", "```"}) {
    const std::string text = wrapped("some words in front of it " + inert(word + " and more"), 26);
    const std::string line = markdown(text.substr(text.find('\n') + 1));
    EXPECT_TRUE(line[0] == '\\' || line[1] == '\\' || line[0] == '&') << line;
    const std::string first = markdown(wrapped(word + " x"));
    EXPECT_TRUE(first[0] == '\\' || first[1] == '\\' || first[0] == '&') << first;
  }
  EXPECT_EQ(wrapped("a share of 88) goes on", 12), "a share of\n88) goes on\n");
}

TEST(Markdown, KeysAndTextsOfJsonAreInert) {
  const nlohmann::ordered_json json = {
      {"<b>", {"[x]", 1, nullptr, true}}, {"kind", "follows"}, {"sign", "+"}};
  const auto safe = inert_json(json);
  EXPECT_EQ(markdown(safe.begin().key()), "&lt;b>");
  EXPECT_EQ(markdown(safe.begin().value()[0].get<std::string>()), "\\[x\\]");
  EXPECT_EQ(safe["kind"], "follows");
  EXPECT_EQ(safe["sign"], "+");
  EXPECT_EQ(safe.begin().value().size(), 4U);
}

/// Pages of foreign problems begin lines with names.
TEST(Markdown, ANameBeginsNothing) {
  for (const auto& [name, right] :
       std::vector<std::pair<std::string, std::string>>{{"-", "\\-"},
                                                        {"+", "\\+"},
                                                        {"1.", "1\\."},
                                                        {"---", "\\---"},
                                                        {">x", "&gt;x"},
                                                        {"a\x1b\n<b>", "a? &lt;b>"}})
    EXPECT_EQ(as_text(name), right);
  for (const std::string name : {"North", "x-1", "1", "2.5", "a_b"}) EXPECT_EQ(as_text(name), name);
}

TEST(Markdown, ATableKeepsItsCells) {
  const std::string text = markdown(table({"a", inert("b | c")}, {{inert("x | y"), inert("<td> \\|")}}));
  for (const int cells : testing::table_cells(text)) EXPECT_EQ(cells, 2) << text;
}

/// Random texts of signs: read by cmark, each is a paragraph that shows just what was written.
TEST(Markdown, WhatIsReadIsWhatWasWritten) {
  if (!testing::has_cmark()) GTEST_SKIP() << "cmark is not here";
  const std::vector<std::string> pieces = {
      "a",    "b",   " ",   " ",   "  ", "1",  "<",  ">",   "[",   "]",    "(",  ")",    "*",     "_",
      "`",    "|",   "\\",  "~",   "#",  "&",  "-",  "+",   ".",   "=",    ":",  "!",    "\"",    "'",
      "/",    "\n",  "é",   "—",   "$",  "^",  "{",  "}",   "<b>", "](",   "![", "&lt;", "&#60;", "://",
      "www.", "\\*", "`x`", "1. ", "- ", "# ", "> ", "***", "---", "<!--", "]:", "http"};
  std::mt19937 random(7);
  std::string page;
  std::vector<std::string> written;
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (std::size_t left = 1 + random() % 12; left > 0; --left) text += pieces[random() % pieces.size()];
    std::istringstream words(text);
    std::string word, right = "n";
    while (words >> word) right += " " + word;
    written.push_back(std::move(right));
    page += wrapped("n " + inert(text), 20) + "\n";
  }
  const auto read = testing::cmark_paragraphs(markdown(page));
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i], written[i]);
}

}  // namespace
}  // namespace parley::report
