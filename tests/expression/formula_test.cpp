// SPDX-License-Identifier: MIT
#include "expression/formula.hpp"

#include <gtest/gtest.h>

#include "expression/random_formula.hpp"
#include "expression/table.hpp"
#include "property.hpp"

namespace parley::expression {
namespace {

TEST(LevelSet, HoldsWhatWasAdded) {
  LevelSet set(130);
  set.add(0);
  set.add(64);
  set.add(129);
  set.add(130);
  set.add(-1);
  EXPECT_EQ(set.count(), 3);
  EXPECT_TRUE(set.has(129));
  EXPECT_FALSE(set.has(130));
  EXPECT_FALSE(set.has(-1));
  EXPECT_EQ(set.complement().count(), 127);
  EXPECT_EQ(set.complement().complement(), set);
  set.remove(64);
  EXPECT_FALSE(set.has(64));
  EXPECT_EQ(LevelSet(64, true).count(), 64);
  EXPECT_EQ(LevelSet(65, true).complement().count(), 0);
  EXPECT_EQ(LevelSet(0, true).count(), 0);
}

TEST(Formula, EmptyJunctions) {
  EXPECT_TRUE(holds(Formula::all({}), {}));
  EXPECT_FALSE(holds(Formula::any({}), {}));
}

TEST(Formula, ImpliesIsFalseOnlyWhenTheConditionAloneHolds) {
  for (const bool a : {false, true})
    for (const bool b : {false, true})
      EXPECT_EQ(holds(Formula::implies(Formula::constant(a), Formula::constant(b)), {}), !a || b);
}

TEST(Formula, TouchedIsAscendingAndUnique) {
  const Formula f =
      Formula::any({Formula::atom(7, LevelSet(2)), Formula::negation(Formula::atom(3, LevelSet(2))),
                    Formula::atom(7, LevelSet(2))});
  EXPECT_EQ(touched(f), (std::vector<int>{3, 7}));
}

TEST(Table, EqualsTheInterpreterEverywhere) {
  const bool ok = testing::holds_for(5000, [] {
    const auto sizes = *rc::gen::container<std::vector<int>>(5, rc::gen::inRange(1, 6));
    const Formula formula = testing::random_formula(sizes, 4);
    const auto table = lower(formula, sizes);
    RC_ASSERT(table.has_value());
    RC_ASSERT(table->variables == touched(formula));
    RC_ASSERT(table->bits.size() == (table->cells + 63) / 64);
    std::vector<int> levels(sizes.size(), 0);
    do {
      RC_ASSERT(table->holds(levels) == holds(formula, levels));
    } while (testing::next_assignment(levels, sizes));
  });
  ASSERT_TRUE(ok);
}

TEST(Table, BitsBeyondTheLastCellAreZero) {
  const bool ok = testing::holds_for(500, [] {
    const std::vector<int> sizes = {3, 5, 7};
    const Formula formula = testing::random_formula(sizes, 3);
    const auto table = lower(formula, sizes);
    RC_ASSERT(table.has_value());
    if (table->cells % 64 != 0) RC_ASSERT((table->bits.back() >> (table->cells % 64)) == 0U);
  });
  ASSERT_TRUE(ok);
}

TEST(Table, WiderThanTheLimitIsRefused) {
  std::vector<int> sizes(23, 2);
  std::vector<Formula> parts;
  for (int v = 0; v < 22; ++v) parts.push_back(Formula::atom(v, LevelSet(2, true)));
  EXPECT_TRUE(lower(Formula::all(parts), sizes).has_value());
  parts.push_back(Formula::atom(22, LevelSet(2, true)));
  EXPECT_FALSE(lower(Formula::all(parts), sizes).has_value());
}

TEST(Table, UnknownVariableOrEmptyDomainIsRefused) {
  const std::vector<int> sizes = {2, 0};
  EXPECT_FALSE(lower(Formula::atom(2, LevelSet(2)), sizes).has_value());
  EXPECT_FALSE(lower(Formula::atom(-1, LevelSet(2)), sizes).has_value());
  EXPECT_FALSE(lower(Formula::atom(1, LevelSet(2)), sizes).has_value());
}

TEST(Table, MasksOfOneVariable) {
  LevelSet levels(4);
  levels.add(1);
  levels.add(3);
  const std::vector<int> sizes = {4};
  const auto table = lower(Formula::atom(0, levels), sizes);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->bits[0], 0b1010U);
}

}  // namespace
}  // namespace parley::expression
