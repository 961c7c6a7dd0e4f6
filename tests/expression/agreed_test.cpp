// SPDX-License-Identifier: MIT
// `t agreed`: a verb after a subject, and still a word that a level may have.
#include <gtest/gtest.h>

#include "expression/parse.hpp"

namespace {

using namespace parley::expression;

TEST(Agreed, IsAVerbAfterASubject) {
  const auto parsed = parse_condition("spring agreed and not water is low");
  ASSERT_TRUE(parsed.tree);
  EXPECT_EQ(parsed.tree->parts.at(0).verb, Verb::agreed);
  EXPECT_EQ(to_text(*parsed.tree), "spring agreed and not water is low");
  EXPECT_EQ(parse_condition(to_text(*parsed.tree)).tree->parts.size(), 2U);
}

TEST(Agreed, EndsAListOfLevels) {
  const auto parsed = parse_condition("water is low or spring agreed");
  ASSERT_TRUE(parsed.tree);
  EXPECT_EQ(parsed.tree->node, Node::any);
  EXPECT_EQ(parsed.tree->parts.at(1).verb, Verb::agreed);
}

TEST(Agreed, StaysAWordForLevelsAndNames) {
  EXPECT_FALSE(is_reserved("agreed"));
  for (const char* phrase : {"agreed", "not agreed", "open or agreed", "agreed or open"}) {
    const auto parsed = parse_phrase(phrase);
    ASSERT_TRUE(parsed.tree) << phrase;
    EXPECT_FALSE(parsed.tree->operands.empty()) << phrase;
    EXPECT_NE(parsed.tree->verb, Verb::agreed) << phrase;
  }
  const auto level = parse_condition("accord is agreed or accord is not open");
  ASSERT_TRUE(level.tree);
  EXPECT_EQ(level.tree->parts.at(0).operands.at(0).text, "agreed");
}

}  // namespace
