// SPDX-License-Identifier: MIT
// Hints that, followed, mend what is wrong; and what follows from a fault is not said beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "language/codes.hpp"
#include "language/read.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// An account of two sides; `issue` is a row of `issues:`, `more` whole blocks.
std::string account(const std::string& issue, const std::string& more = "",
                    const std::string& actors = "[hill, coast]") {
  return "parley: 1\naccount: ferry\nfrom: t\nsources: {t: {title: T}}\nactors: " + actors + "\nissues:\n  " +
         issue + "\n" + more;
}

std::vector<Diagnostic> read(const std::string& text) { return read_texts({{"a.yaml", text}}).diagnostics; }

std::vector<Diagnostic> errors(const std::string& text) {
  auto all = read(text);
  std::erase_if(all, [](const Diagnostic& d) { return d.severity != Severity::error; });
  return all;
}

std::string all_words(const std::vector<Diagnostic>& list) {
  std::string text;
  for (const Diagnostic& d : list) text += d.code + "|" + d.message + "|" + d.hint + "\n";
  return text;
}

TEST(Hints, YamlWordsAsLevelsGetAWordOfTheSameSense) {
  struct Case {
    std::string levels;
    std::vector<std::string> hints;
  };
  const std::vector<Case> cases = {
      {"[off, half, on]", {"write `absent`", "write `present`"}},
      {"[no, yes]", {"write `absent`", "write `present`"}},
      {"[False, TRUE]", {"write `absent`", "write `present`"}},
      {"[null, some]", {"write `absent`"}},
      // Two that YAML tells apart must not become one.
      {"[none, off, on]", {"write `absent`", "choose another word, such as `off_`", "write `present`"}},
      {"[absent, off, open]", {"choose another word, such as `off_`"}},
  };
  for (const Case& c : cases) {
    const auto found = errors(account("gate: {settled_by: [hill, coast], levels: " + c.levels + "}"));
    ASSERT_EQ(found.size(), c.hints.size()) << c.levels << all_words(found);
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].hint, c.hints[i]) << c.levels;
  }
}

TEST(Hints, AFileWithNothingOfAnAccountIsNotReadKeyByKey) {
  const auto found = errors("Name: x\nState: S\nPid: 1\nThreads: 1\n");
  ASSERT_EQ(found.size(), 3U) << all_words(found);
  EXPECT_THAT(found[0].message,
              HasSubstr("`Name` is no block of an account, and 3 more of its keys are none either"));
  EXPECT_EQ(found[1].code, "not-an-account");
  // Where something is one, each key that is none has its own message.
  EXPECT_EQ(errors("parley: 1\naccount: x\nState: S\nPid: 1\n").size(), 2U);
}

TEST(Hints, WhatFollowsFromAMisspeltBlockIsNotSaid) {
  for (const std::string rows : {"{hill: one, coast: two}", "[hill, coast]"}) {
    std::string text = account("gate: {settled_by: [hill, coast], levels: [open, shut], now: shut}",
                               "talks: {spring: {parties: [hill, coast], issues: [gate]}}\n");
    text.replace(text.find("actors: [hill, coast]"), 21, "actor: " + rows);
    const auto found = errors(text);
    ASSERT_EQ(found.size(), 1U) << all_words(found);
    EXPECT_EQ(found[0].hint, "did you mean `actors`?");
  }
}

TEST(Hints, WordsInPlaceOfAListAreOne) {
  const auto levels = errors(account("gate: {settled_by: [hill, coast], levels: open half shut}"));
  ASSERT_EQ(levels.size(), 1U) << all_words(levels);
  EXPECT_EQ(levels[0].hint, "write a list: [open, half, shut]");
  const auto parties = errors(account("gate: {settled_by: hill coast, levels: [open, shut]}"));
  ASSERT_EQ(parties.size(), 1U) << all_words(parties);
  EXPECT_EQ(parties[0].hint, "write a list: [hill, coast]");
  EXPECT_EQ(errors(account("gate: {settled_by: [hill, coast], levels: [half open, shut]}"))[0].hint,
            "write `half-open`");
}

TEST(Hints, AnAccountIsNoLevel) {
  std::string text = account("gate: {settled_by: [hill, coast], levels: [open, shut], now: shut}");
  for (const std::string name : {"no", "yes", "off"}) {
    std::string other = text;
    other.replace(other.find("ferry"), 5, name);
    const auto found = errors(other);
    ASSERT_EQ(found.size(), 1U) << all_words(found);
    EXPECT_EQ(found[0].hint, "choose another word, such as `" + name + "_`");
  }
}

/// Words for the end of talks are sent to the two that the language has, and never to the other one.
TEST(Hints, WordsForTheEndOfTalks) {
  const std::string issue = "gate: {settled_by: [hill, coast], levels: [open, shut], now: shut}";
  const std::string talks =
      "talks: {spring: {parties: [hill, coast], issues: [gate]}}\ncommitments:\n  c: {by: hill, "
      "will: gate is shut, if: ";
  for (const auto& [word, right, wrong] :
       std::vector<std::array<std::string, 3>>{{"spring fails", "spring failed", "agreed"},
                                               {"spring fail", "spring failed", "agreed"},
                                               {"spring collapsed", "spring failed", "agreed"},
                                               {"spring succeeded", "spring agreed", "failed"},
                                               {"spring succeeds", "spring agreed", "failed"},
                                               {"spring agree", "spring agreed", "failed"},
                                               {"spring reached", "spring agreed", "failed"},
                                               {"spring has failed", "spring failed", "agreed"},
                                               {"spring is failed", "failed", "agreed"}}) {
    const auto found = errors(account(issue, talks + word + "}\n"));
    ASSERT_EQ(found.size(), 1U) << all_words(found);
    EXPECT_THAT(found[0].hint, HasSubstr("`" + right + "`"));
    EXPECT_THAT(found[0].hint, Not(HasSubstr(wrong)));
  }
}

TEST(Hints, ALevelThatIsRefusedIsSaidOnce) {
  const auto found = errors(account("gate: {settled_by: [hill, coast], levels: [off, half, on], now: off}",
                                    "preferences:\n  p: {by: hill, on: gate, order: on > half > off}\n"
                                    "  q: {by: coast, on: gate, order: off > half > on}\n"
                                    "positions:\n  r: {by: hill, on: gate, insists: at least half}\n"));
  EXPECT_EQ(found.size(), 2U) << all_words(found);  // one for each of the two words
}

TEST(Hints, AnIdThatIsRefusedIsSaidOnce) {
  const auto found = errors(account("gate: {settled_by: [no, coast], levels: [open, shut]}",
                                    "preferences:\n  p: {by: no, on: gate, order: open > shut}\n"
                                    "positions:\n  r: {by: no, on: gate, insists: open}\n",
                                    "{no: the hill, coast: the coast}"));
  ASSERT_EQ(found.size(), 1U) << all_words(found);
  EXPECT_EQ(found[0].code, "forbidden-name");
  EXPECT_EQ(found[0].hint, "choose another id, such as `norway` or `no_`");
}

TEST(Hints, IdsOfOtherLettersNameTheLetter) {
  const auto hint = [](const std::string& id) {
    const auto found = errors(account(id + ": {settled_by: [hill, coast], levels: [open, shut]}"));
    EXPECT_EQ(found.size(), 1U) << all_words(found);
    return found.empty() ? "" : found[0].hint;
  };
  EXPECT_THAT(hint("caf\xC3\xA9"), HasSubstr("write `cafe`"));
  EXPECT_THAT(hint("cafe\xCC\x81"), HasSubstr("write `cafe`"));
  EXPECT_THAT(hint("caf\xC3\xA9"), HasSubstr("letters a to z"));
  EXPECT_THAT(hint("\xC3\x98resund"), HasSubstr("write `Oresund`"));
  EXPECT_THAT(hint("n\xC3\xB6"), HasSubstr("write `no_`"));  // and not a word that is refused in turn
  EXPECT_THAT(hint("\xD0\xB4\xD0\xB0"), HasSubstr("U+0434"));
  EXPECT_THAT(hint("\xD0\xB4\xD0\xB0"), Not(HasSubstr("write `")));
  EXPECT_THAT(hint("ga\xE2\x80\x93te"), HasSubstr("U+2013 (an en dash)"));
  EXPECT_THAT(hint("a\xEF\xBC\x8C"
                   "b"),
              Not(HasSubstr("a-b")));  // a list, not a name
  EXPECT_THAT(hint("'the gate'"), HasSubstr("write `the-gate`"));
}

TEST(Hints, CharactersThatLookLikeSignsAreNamed) {
  const auto words = [](const std::string& issue, const std::string& more = "") {
    return all_words(errors(account(issue, more)));
  };
  const std::string row = "gate: {settled_by: [hill, coast], levels: [open, shut]}";
  // A blank of another kind in the indentation is the one message, and stands for all that it makes.
  for (const char* blank : {"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xAF"}) {
    const auto found = errors(account(std::string(blank) + row));
    ASSERT_EQ(found.size(), 1U) << all_words(found);
    EXPECT_EQ(found[0].code, "control-character");
    EXPECT_THAT(found[0].message, HasSubstr("in the indentation"));
  }
  EXPECT_THAT(words("gate:\xC2\xA0{settled_by: [hill, coast]}"), HasSubstr("U+00A0 (a no-break space)"));
  EXPECT_THAT(words("gate\xEF\xBC\x9A open"), HasSubstr("U+FF1A (a full-width `:`)"));
  EXPECT_THAT(words("gate: {settled_by: [hill\xEF\xBC\x8C coast], levels: [open, shut]}"),
              HasSubstr("U+FF0C (a full-width `,`)"));
  EXPECT_THAT(words(row, "positions:\n  r: {by: \xE2\x80\x9Chill\xE2\x80\x9D, on: gate, insists: open}\n"),
              HasSubstr("U+201C (a curly quotation mark)"));
  EXPECT_THAT(words(row, "outcomes:\n  o: gate\xC2\xA0is open\n"),
              HasSubstr("U+00A0 (a no-break space); write a plain blank"));
  EXPECT_THAT(words(row, "preferences:\n  p: {by: hill, on: gate, order: open \xE2\x80\xBA shut}\n"),
              HasSubstr("bad-order"));
  for (const char* unseen : {"\xE2\x80\x8B", "\xE2\x80\xA8", "\xD8\x9C", "\xE2\x81\xA0", "\xF3\xA0\x81\x81"})
    EXPECT_THAT(words("ga" + std::string(unseen) + "te: {settled_by: [hill, coast], levels: [open, shut]}"),
                HasSubstr("cannot be seen and is not allowed"));
}

TEST(Hints, JoinersPassWhereTheyAreLetters) {
  const std::string persian = "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE";
  EXPECT_TRUE(
      errors(account("gate: {settled_by: [hill, coast], levels: [open, shut], is: \"" + persian + "\"}"))
          .empty());
}

TEST(Hints, WhatIsDeclaredNowhereIsSaidOnceWithItsCount) {
  const auto found = errors(account(
      "gate: {settled_by: [hill, coast], levels: [open, shut]}",
      "preferences:\n  p: {by: hill, on: dam, order: a > b}\n  q: {by: coast, on: dam, order: b > a}\n"
      "positions:\n  r: {by: hill, on: dam, insists: a}\noutcomes:\n  o: dam is a and gate is ajar\n"
      "  o2: gate is ajar\n"));
  ASSERT_EQ(found.size(), 2U) << all_words(found);
  EXPECT_EQ(found[0].message, "there is no `dam` (3 more places name it)");
  EXPECT_EQ(found[1].message, "`gate` has no level `ajar` (1 more place names it)");
}

TEST(Hints, AFieldThatCannotBeReadIsNotMissing) {
  const auto found = read(account(
      "gate: {settled_by: [hill coast], levels: [open, shut]}",
      "assumptions:\n  A1: {is: a share, range: likely to unlikely, owner: analyst, would_know: nobody}\n"
      "reservations: {r: {by: hill, is: A1}}\n"));
  ASSERT_EQ(found.size(), 2U) << all_words(found);
  EXPECT_EQ(found[0].code, "bad-name");
  EXPECT_THAT(found[1].message, HasSubstr("reversed"));
}

TEST(Hints, ARelationWhoseLevelsAreRefusedIsSaidOnce) {
  const auto found = errors(account(
      "gate: {settled_by: [hill, coast], levels: [open, shut]}",
      "relations:\n  backs: {who: hill, whom: coast, levels: [not at all, half, whole_], now: {hill: half}}\n"
      "outcomes:\n  o: backs(hill, coast) is half\n  o2: backs(hill, coast) at least whole_\n"));
  ASSERT_EQ(found.size(), 1U) << all_words(found);
  EXPECT_EQ(found[0].code, "bad-name");
}

TEST(Hints, AFieldThatIsMisspeltIsNotMissing) {
  const auto found = read(account("gate: {setled_by: [hill, coast], levles: [open, shut]}",
                                  "positions:\n  r: {by: hill, on: gate, insists: open}\n"));
  ASSERT_EQ(found.size(), 2U) << all_words(found);
  EXPECT_EQ(found[0].hint, "did you mean `settled_by`?");
  EXPECT_EQ(found[1].hint, "did you mean `levels`?");
}

TEST(Hints, ListsOfFieldsAreWhole) {
  const auto found = errors(
      account("gate: {settled_by: [hill, coast], levels: [open, shut], xylophone: 1}", "zebras: {}\n"));
  ASSERT_EQ(found.size(), 2U) << all_words(found);
  for (const Diagnostic& d : found) EXPECT_THAT(d.hint, Not(HasSubstr("more"))) << d.hint;
  EXPECT_THAT(found[0].hint, HasSubstr("`chosen_by`"));
  EXPECT_THAT(found[1].hint, HasSubstr("`preferences`"));
  EXPECT_THAT(found[1].hint, HasSubstr("`saliences`"));
}

/// Whatever a hint offers in place of a name can be one.
TEST(Hints, WhatIsOfferedIsAccepted) {
  for (const char* id : {"caf\xC3\xA9", "the gate", "-gate.", "n\xC3\xB6", "\xC3\xA4nd", "a/b", "No", "on",
                         "y\xC3\xA8s", "gate\xE2\x80\x99s"}) {
    Diagnostic first;
    std::vector<Diagnostic> list;
    Report report(list);
    YamlNode node;
    node.text = id;
    ASSERT_FALSE(check_new_name(node, true, report)) << id;
    const std::string& hint = list.at(0).hint;
    const auto open = hint.find("`") + 1;
    ASSERT_NE(open, 0U) << hint;
    const std::string offered = hint.substr(open, hint.find('`', open) - open);
    EXPECT_TRUE(is_free_id(offered)) << id << " -> " << offered;
  }
}

/// The account with this condition on what becomes of talks.
std::string with_condition(const std::string& condition, const std::string& order = "much > little") {
  return account(
      "water: {settled_by: [hill, coast], levels: [little, much]}",
      "talks: {spring: {parties: [hill, coast], issues: [water]}}\npreferences: {p: {by: hill, on: water, "
      "order: " +
          order + "}}\ncommitments: {k: {by: hill, will: water is much, if: " + condition + "}}\n");
}

TEST(Hints, SignsOfMathematicsAreSentToThoseOfTheLanguage) {
  const auto hint = [](const std::string& text) {
    const auto found = errors(text);
    return found.empty() ? "" : found[0].hint;
  };
  EXPECT_THAT(hint(with_condition("water \xE2\x89\xA5 much")), HasSubstr("write `>=`"));
  EXPECT_THAT(hint(with_condition("water \xE2\x89\xA4 much")), HasSubstr("write `<=`"));
  EXPECT_THAT(hint(with_condition("water \xE2\x89\xA0 much")), HasSubstr("write `is not`"));
  EXPECT_THAT(hint(with_condition("\xC2\xAC water is much")), HasSubstr("write `not`"));
  EXPECT_THAT(hint(with_condition("water is much \xE2\x88\xA7 spring failed")), HasSubstr("write `and`"));
  EXPECT_THAT(hint(with_condition("spring failed", "much \xE2\x89\xBB little")), HasSubstr("write `>`"));
  EXPECT_THAT(hint(with_condition("spring failed", "much \xE2\x86\x92 little")), HasSubstr("write `>`"));
  for (const char* order : {"much \xE2\x89\xA5 little", "much \xE2\x89\xBD little", "much >= little"}) {
    EXPECT_THAT(hint(with_condition("spring failed", order)), HasSubstr("`a > b = c`")) << order;
    EXPECT_THAT(hint(with_condition("spring failed", order)), Not(HasSubstr("write `>=`"))) << order;
  }
}

TEST(Hints, AnAccountRevisesNotItself) {
  std::string text = with_condition("spring failed");
  const auto at = text.find("account: ferry");
  text.replace(at, 14, "account: ferry\nrevises: ferry");
  const auto revised = errors(text);
  ASSERT_EQ(revised.size(), 1U) << all_words(revised);
  EXPECT_EQ(revised[0].place.line, 3U);
  EXPECT_EQ(revised[0].place.column, 10U);
  EXPECT_THAT(revised[0].message, HasSubstr("revises itself"));
}

TEST(Hints, Utf16IsRead) {
  const auto folder = std::filesystem::temp_directory_path() / "parley-utf16";
  std::filesystem::create_directories(folder);
  const std::string text =
      account("gate: {settled_by: [hill, coast], levels: [open, shut], is: \"caf\xC3\xA9\"}");
  for (const bool little : {true, false}) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : text) {
      if (c == '\xC3') continue;
      const char low = c == '\xA9' ? '\xE9' : c;
      bytes += little ? low : '\0';
      bytes += little ? '\0' : low;
    }
    std::ofstream(folder / "a.yaml", std::ios::binary) << bytes;
    const Reading reading = read_account(folder / "a.yaml");
    EXPECT_TRUE(reading.ok()) << all_words(reading.diagnostics);
    EXPECT_EQ(reading.base.find("gate")->text("is"), "caf\xC3\xA9");
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace parley::language
