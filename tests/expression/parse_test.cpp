// SPDX-License-Identifier: MIT
#include "expression/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "property.hpp"

namespace parley::expression {
namespace {

/// Trees are compared by a full dump (places apart), which shares no code with to_text.
std::string dump(const Tree& t) {
  std::string out = std::to_string(static_cast<int>(t.node)) + "{";
  if (t.node == Node::comparison) {
    out += t.subject.name + "(";
    for (const Argument& a : t.subject.arguments)
      out +=
          std::to_string(static_cast<int>(a.quantifier)) + ":" + std::to_string(a.count) + ":" + a.name + ",";
    out += ")v" + std::to_string(static_cast<int>(t.verb));
    for (const Operand& o : t.operands) out += "|" + o.text;
  }
  if (t.node == Node::lasting) out += std::to_string(t.duration) + t.unit;
  for (const Tree& part : t.parts) out += dump(part);
  return out + "}";
}

Tree parsed(const std::string& text) {
  const Parsed result = parse_condition(text);
  EXPECT_TRUE(result.tree.has_value())
      << text << ": " << (result.problems.empty() ? "" : result.problems[0].message);
  return result.tree.value_or(Tree{});
}

std::string again(const std::string& text) { return to_text(parsed(text)); }

TEST(Condition, ReadsTheFormsOfTheGrammar) {
  EXPECT_EQ(again("statehood is established"), "statehood is established");
  EXPECT_EQ(again("recognises(saudi, israel) at least signed"), "recognises(saudi, israel) at least signed");
  EXPECT_EQ(again("recognises(every arab_states, israel) is signed or in-force"),
            "recognises(every arab_states, israel) is signed or in-force");
  EXPECT_EQ(again("recognises(at least 2 of arab_states, israel) more than absent"),
            "recognises(at least 2 of arab_states, israel) more than absent");
  EXPECT_EQ(again("indirect failed"), "indirect failed");
  EXPECT_EQ(again("ever war"), "ever war");
  EXPECT_EQ(again("unrest rises for 4 weeks"), "unrest rises for 4 weeks");
  EXPECT_EQ(again("a >= b"), "a at least b");
  EXPECT_EQ(again("a = b"), "a is b");
  EXPECT_EQ(again("a is at least b"), "a at least b");
  EXPECT_EQ(again("inflation more than 70%"), "inflation more than 70%");
  EXPECT_EQ(again("NOT deal AND (war OR peace)"), "not deal and (war or peace)");
  EXPECT_EQ(again("a unless b"), "a and not b");
  EXPECT_EQ(again("a and b unless c or d"), "(a and b) and not (c or d)");
}

TEST(Condition, AWordAfterOrIsAValueUnlessAVerbFollows) {
  EXPECT_EQ(parsed("a is x or y").operands.size(), 2U);
  EXPECT_EQ(parsed("a is x or b is y").node, Node::any);
  EXPECT_EQ(parsed("a is x or f(b)").node, Node::any);
  EXPECT_EQ(parsed("a is x or (deal)").node, Node::any);
  EXPECT_EQ(again("a is x or (deal)"), "a is x or (deal)");
}

TEST(Condition, PlacesAreColumns) {
  const Parsed result = parse_condition("not recognises(saudi, israel) is signed", {2, 7, 10, 0});
  ASSERT_TRUE(result.tree);
  const Tree& comparison = result.tree->parts[0];
  EXPECT_EQ(comparison.subject.place, (Place{2, 7, 14, 25}));
  EXPECT_EQ(comparison.subject.arguments[1].place, (Place{2, 7, 32, 6}));
  EXPECT_EQ(comparison.operands[0].place, (Place{2, 7, 43, 6}));
  EXPECT_EQ(result.tree->place, (Place{2, 7, 10, 39}));
}

struct Bad {
  const char* text;
  std::uint32_t offset, length;
  const char* message;
  const char* hint;
};

TEST(Condition, ErrorsSayWhereWhatWasExpectedAndWhatWasFound) {
  const Bad kBad[] = {
      {"", 0, 1, "expected a name, found the end", ""},
      {"programme ended", 10, 5, "after `programme`, found `ended`", "write `programme is ended`"},
      {"a is", 4, 1, "expected a level, a choice or a number after `is`, found the end", ""},
      {"a and", 5, 1, "expected a name, found the end", ""},
      {"(a or b", 0, 1, "this bracket is never closed", ""},
      {"a or b)", 6, 1, "this bracket closes nothing", ""},
      {"a at b", 5, 1, "expected `least` or `most` after `at`", ""},
      {"a == b", 2, 2, "`==` is no word", "write `is`"},
      {"a != b", 2, 2, "`!=` is no word", "write `is not`"},
      {"a && b", 2, 2, "found `&&`", "write `and`"},
      {"a is any", 5, 3, "found `any`", "cannot be a name"},
      {"a unless b unless c", 11, 6, "one `unless`", "brackets"},
      {"f(a,)", 4, 1, "expected a name, found `)`", ""},
      {"f(at least x of g)", 11, 1, "expected a whole number", ""},
      {"a for weeks", 6, 5, "expected a number of days", "for 4 weeks"},
      {"a for 4 fortnights", 8, 10, "expected `days`", ""},
      {"a \xE2\x89\xA5 b", 2, 1, "found `\xE2\x89\xA5`", "U+2265 (a sign for `at least`); write `>=`"},
      {"a \xFF b", 2, 1, "found `byte 0xFF`", ""},
      {"70% is b", 0, 3, "expected a name, found `70%`", ""},
  };
  for (const Bad& bad : kBad) {
    const Parsed result = parse_condition(bad.text);
    ASSERT_FALSE(result.tree) << bad.text;
    ASSERT_EQ(result.problems.size(), 1U) << bad.text;
    const Problem& problem = result.problems[0];
    EXPECT_EQ(problem.offset, bad.offset) << bad.text << ": " << problem.message;
    EXPECT_EQ(problem.length, bad.length) << bad.text << ": " << problem.message;
    EXPECT_THAT(problem.message, ::testing::HasSubstr(bad.message)) << bad.text;
    EXPECT_THAT(problem.hint, ::testing::HasSubstr(bad.hint)) << bad.text;
  }
}

TEST(Condition, VerbsThatAreNearlyWrittenAreOffered) {
  const auto hint = [](const char* text) { return parse_condition(text).problems.at(0).hint; };
  EXPECT_EQ(hint("gate raises"), "write `gate is raises`, or `gate rises`");
  EXPECT_EQ(hint("gate atmost open"), "write `gate is atmost`, or `gate at most ...`");
  EXPECT_EQ(hint("gate morethan open"), "write `gate is morethan`, or `gate more than ...`");
  EXPECT_EQ(hint("gate open"), "write `gate is open`");
}

TEST(Condition, SeveralErrorsAreFoundInOneRun) {
  const Parsed result = parse_condition("a is and b at x or (c d) and f(,) is y");
  std::vector<std::uint32_t> offsets;
  for (const Problem& problem : result.problems) offsets.push_back(problem.offset);
  EXPECT_THAT(offsets, ::testing::ElementsAre(5U, 14U, 22U, 31U));
}

TEST(Condition, LimitsHaveNames) {
  const auto limit = [](const std::string& text) {
    const Parsed result = parse_condition(text);
    return result.problems.size() == 1 && result.problems[0].kind == Problem::Kind::limit;
  };
  EXPECT_TRUE(limit(std::string(4001, 'a')));
  EXPECT_FALSE(limit(std::string(4000, 'a')));
  EXPECT_TRUE(limit(std::string(64, '(') + "a" + std::string(64, ')')));
  EXPECT_TRUE(parse_condition(std::string(63, '(') + "a" + std::string(63, ')')).tree);
  std::string wide = "a";
  for (int i = 0; i < 498; ++i) wide += " or a";
  EXPECT_TRUE(parse_condition(wide).tree);
  EXPECT_TRUE(limit(wide + " or a"));
  std::string nots;
  for (int i = 0; i < 64; ++i) nots += "not ";
  EXPECT_TRUE(limit(nots + "a"));
}

TEST(Phrase, ReadsAComparisonWithoutItsSubject) {
  const auto phrase = [](const std::string& text) {
    const Parsed result = parse_phrase(text);
    return result.tree ? to_text(*result.tree)
                       : "error: " + result.problems[0].message + " / " + result.problems[0].hint;
  };
  EXPECT_EQ(phrase("nuclear-only"), "nuclear-only");
  EXPECT_EQ(phrase("at least partial"), "at least partial");
  EXPECT_EQ(phrase("not disbanded"), "not disbanded");
  EXPECT_EQ(phrase("a or b"), "a or b");
  EXPECT_EQ(phrase("is not a or b"), "not a or b");
  EXPECT_EQ(phrase("whole"), "whole");
  EXPECT_EQ(phrase("rises"), "rises");
  EXPECT_EQ(phrase(">= 5"), "at least 5");
  EXPECT_THAT(phrase("agenda is nuclear-only"), ::testing::HasSubstr("write `nuclear-only`"));
  EXPECT_THAT(phrase("a and b"), ::testing::HasSubstr("second row"));
  EXPECT_THAT(phrase(""), ::testing::HasSubstr("expected a level"));
}

TEST(SubjectAlone, ReadsAVariable) {
  EXPECT_EQ(to_text(*parse_subject("recognises(saudi, any gulf)").subject), "recognises(saudi, any gulf)");
  EXPECT_FALSE(parse_subject("a is b").subject);
  EXPECT_FALSE(parse_subject("").subject);
}

TEST(Names, ReservedWordsInAnyCase) {
  EXPECT_TRUE(is_reserved("Any"));
  EXPECT_FALSE(is_reserved("anything"));
  EXPECT_TRUE(is_name("CL-04.b_2"));
  EXPECT_FALSE(is_name("a b"));
  EXPECT_FALSE(is_name("70%"));
}

// --- properties

std::string random_name() {
  static const std::vector<std::string> kNames = {"a",   "deal", "nuclear-only", "x_1", "CL-04",
                                                  "b.c", "3",    "saudi"};
  return *rc::gen::elementOf(kNames);
}

Subject random_subject() {
  Subject subject;
  subject.name = random_name();
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    Argument argument;
    argument.quantifier = static_cast<Quantifier>(*rc::gen::inRange(0, 4));
    if (argument.quantifier == Quantifier::at_least) argument.count = *rc::gen::inRange(1, 1000);
    argument.name = random_name();
    subject.arguments.push_back(argument);
  }
  return subject;
}

Tree random_comparison(bool phrase) {
  Tree tree;
  if (!phrase) tree.subject = random_subject();
  tree.verb = static_cast<Verb>(*rc::gen::inRange(phrase ? 1 : 0, 10));
  const bool list = tree.verb == Verb::is || tree.verb == Verb::is_not;
  const bool none = tree.verb == Verb::holds || tree.verb >= Verb::rises;
  const int count = none ? 0 : list ? *rc::gen::inRange(1, 4) : 1;
  for (int i = 0; i < count; ++i)
    tree.operands.push_back({*rc::gen::arbitrary<bool>() ? random_name() : "70%", {}});
  return tree;
}

Tree random_tree(int depth) {
  Tree tree;
  const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 8);
  if (kind <= 2) return random_comparison(false);
  tree.node = kind <= 4 ? Node::all : kind == 5 ? Node::any : kind == 6 ? Node::negation : Node::ever;
  if (*rc::gen::inRange(0, 6) == 0) tree.node = Node::lasting;
  const bool many = tree.node == Node::all || tree.node == Node::any;
  const int count = many ? *rc::gen::inRange(2, 4) : 1;
  for (int i = 0; i < count; ++i) tree.parts.push_back(random_tree(depth - 1));
  if (tree.node == Node::lasting) {
    tree.duration = *rc::gen::elementOf(std::vector<double>{1, 4, 0.5, 1e-7, 1e6, 123.25});
    tree.unit = *rc::gen::elementOf(std::vector<std::string>{"day", "week", "month", "year"});
  }
  return tree;
}

TEST(Property, TextReadsBackToTheSameTree) {
  const bool ok = testing::holds_for(3000, [] {
    const Tree tree = random_tree(4);
    const std::string text = to_text(tree);
    const Parsed result = parse_condition(text);
    RC_LOG() << text << "\n";
    if (!result.problems.empty()) {  // only limits may stand in the way
      RC_LOG() << result.problems[0].message << "\n";
      RC_ASSERT(result.problems[0].kind == Problem::Kind::limit);
      return;
    }
    RC_ASSERT(dump(*result.tree) == dump(tree));
  });
  ASSERT_TRUE(ok);
}

TEST(Property, PhrasesReadBack) {
  ASSERT_TRUE(testing::holds_for(1000, [] {
    const Tree tree = random_comparison(true);
    const Parsed result = parse_phrase(to_text(tree));
    RC_ASSERT(result.tree.has_value());
    RC_ASSERT(dump(*result.tree) == dump(tree));
  }));
}

TEST(Property, AnyTextEndsInATreeOrInErrorsInsideIt) {
  static const std::vector<std::string> kPieces = {
      "a",  "b",  "is",     "not",  "and",          "or",  "unless", "(",   ")",
      ",",  "at", "least",  "most", "every",        "of",  "for",    "4",   "weeks",
      ">=", "==", "failed", "\xFF", "\xE2\x89\xA5", "70%", "ever",   "than"};
  ASSERT_TRUE(testing::holds_for(3000, [] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces));
    std::string text;
    for (const std::string& piece : pieces) text += piece + " ";
    for (const Parsed& result : {parse_condition(text), parse_phrase(text)}) {
      RC_ASSERT(result.tree.has_value() == result.problems.empty());
      for (const Problem& problem : result.problems) RC_ASSERT(problem.offset <= text.size());
      if (result.tree && !result.tree->subject.name.empty())
        RC_ASSERT(dump(parse_condition(to_text(*result.tree)).tree.value()) == dump(*result.tree));
    }
  }));
}

TEST(Property, RandomBytesNeverCrash) {
  ASSERT_TRUE(testing::holds_for(2000, [](const std::string& bytes) {
    (void)parse_condition(bytes);
    (void)parse_phrase(bytes);
    (void)parse_subject(bytes);
  }));
}

}  // namespace
}  // namespace parley::expression
