// SPDX-License-Identifier: MIT
// Minimal sets against plain subset enumeration.
#include "logic/minimal_sets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace parley::logic {
namespace {

IndexSet members_of(unsigned bits, int n) {
  IndexSet set;
  for (int i = 0; i < n; ++i)
    if ((bits >> i) & 1U) set.push_back(i);
  return set;
}

void order(std::vector<IndexSet>& sets) {
  std::sort(sets.begin(), sets.end(), [](const IndexSet& a, const IndexSet& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
}

/// The minimal masks among those that `wanted` accepts, by definition.
template <class Wanted>
std::vector<IndexSet> minimal_masks(int n, Wanted wanted) {
  std::vector<IndexSet> found;
  for (unsigned bits = 0; bits < (1U << n); ++bits) {
    if (!wanted(bits)) continue;
    bool minimal = true;
    for (unsigned other = 0; other < (1U << n) && minimal; ++other)
      minimal = other == bits || (other & ~bits) != 0 || !wanted(other);
    if (minimal) found.push_back(members_of(bits, n));
  }
  order(found);
  return found;
}

std::vector<unsigned> random_family(std::mt19937& rng, int n, int most) {
  std::vector<unsigned> family(rng() % static_cast<unsigned>(most + 1));
  for (unsigned& bits : family) {
    bits = rng() % (1U << n);
    if (rng() % 2) bits &= rng() % (1U << n);
  }
  return family;
}

TEST(MinimalMembers, KeepsEachInclusionMinimalSetOnce) {
  EXPECT_THAT(minimal_members({{2, 1}, {1, 2, 3}, {1, 2}, {4}, {4, 4}}),
              testing::ElementsAre(IndexSet{4}, IndexSet{1, 2}));
  EXPECT_TRUE(minimal_members({}).empty());
  EXPECT_THAT(minimal_members({{}, {1}}), testing::ElementsAre(IndexSet{}));
}

TEST(MinimalMembers, SummariesModulo64DoNotConfuse) {
  EXPECT_THAT(minimal_members({{0}, {64, 65}}), testing::ElementsAre(IndexSet{0}, IndexSet{64, 65}));
}

TEST(HittingSets, EdgeCases) {
  EXPECT_THAT(minimal_hitting_sets({}).sets, testing::ElementsAre(IndexSet{}));
  EXPECT_TRUE(minimal_hitting_sets({{}, {1}}).sets.empty());
  EXPECT_THAT(minimal_hitting_sets({{7}, {2'000'000'000, 3}}).sets,
              testing::ElementsAre(IndexSet({3, 7}), IndexSet({7, 2'000'000'000})));
}

TEST(HittingSets, AgreeWithEnumeration) {
  std::mt19937 rng(1);
  for (int round = 0; round < 4000; ++round) {
    const int n = 1 + static_cast<int>(rng() % 7);
    const std::vector<unsigned> family = random_family(rng, n, 8);
    std::vector<IndexSet> sets;
    for (const unsigned bits : family) sets.push_back(members_of(bits, n));
    const SetFamily found = minimal_hitting_sets(sets);
    EXPECT_TRUE(found.complete);
    ASSERT_EQ(found.sets, minimal_masks(n, [&](unsigned bits) {
                return std::all_of(family.begin(), family.end(), [&](unsigned f) { return (f & bits) != 0; });
              }));
    // Meeting twice gives the minimal members back.
    ASSERT_EQ(minimal_hitting_sets(found.sets).sets, minimal_members(sets));
  }
}

TEST(HittingSets, LimitIsKeptAndSaidAndWhatIsThereIsRight) {
  std::vector<IndexSet> pairs;
  for (int i = 0; i < 20; ++i) pairs.push_back({2 * i, 2 * i + 1});
  const SetFamily found = minimal_hitting_sets(pairs, 50);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.sets.size(), 50U);
  for (const IndexSet& set : found.sets) EXPECT_EQ(set.size(), 20U);
}

TEST(OneMinimalSet, IsMinimal) {
  std::mt19937 rng(2);
  for (int round = 0; round < 3000; ++round) {
    const int n = static_cast<int>(rng() % 9);
    std::vector<unsigned> family = random_family(rng, n, 4);
    family.push_back((1U << n) - 1);
    const auto holds = [&](const IndexSet& set) {
      unsigned bits = 0;
      for (const int e : set) bits |= 1U << e;
      return std::any_of(family.begin(), family.end(), [&](unsigned f) { return (f & ~bits) == 0; });
    };
    const IndexSet found = one_minimal_set(n, holds);
    ASSERT_TRUE(holds(found));
    ASSERT_TRUE(std::is_sorted(found.begin(), found.end()));
    for (std::size_t i = 0; i < found.size(); ++i) {
      IndexSet less = found;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      ASSERT_FALSE(holds(less));
    }
  }
}

TEST(AllMinimalSets, AgreeWithEnumeration) {
  std::mt19937 rng(3);
  for (int round = 0; round < 400; ++round) {
    const int n = static_cast<int>(rng() % 7);
    const std::vector<unsigned> family = random_family(rng, n, 4);
    const auto holds_bits = [&](unsigned bits) {
      return std::any_of(family.begin(), family.end(), [&](unsigned f) { return (f & ~bits) == 0; });
    };
    const auto holds = [&](const IndexSet& set) {
      unsigned bits = 0;
      for (const int e : set) bits |= 1U << e;
      return holds_bits(bits);
    };
    const Explanations found = all_minimal_sets(n, holds);
    EXPECT_TRUE(found.conflicts.complete && found.relaxations.complete);
    ASSERT_EQ(found.conflicts.sets, minimal_masks(n, holds_bits));
    const unsigned all = (1U << n) - 1;
    ASSERT_EQ(found.relaxations.sets,
              minimal_masks(n, [&](unsigned bits) { return !holds_bits(all & ~bits); }));
  }
}

TEST(AllMinimalSets, AListIsNoLongerThanItsLimitAndSaysWhetherItIsWhole) {
  const auto pairs = [](const IndexSet& set) { return set.size() >= 2; };  // 6 conflicts, 4 relaxations
  for (const std::size_t limit : {1U, 3U, 5U}) {
    const Explanations found = all_minimal_sets(4, pairs, limit);
    EXPECT_LE(found.conflicts.sets.size(), limit);
    EXPECT_LE(found.relaxations.sets.size(), limit);
    EXPECT_FALSE(found.conflicts.complete);
    const SetFamily hitting = minimal_hitting_sets({{0, 1}, {2, 3}, {4, 5}}, limit);  // 8 of them
    EXPECT_EQ(hitting.sets.size(), limit);
    EXPECT_FALSE(hitting.complete);
  }
  EXPECT_TRUE(all_minimal_sets(4, pairs, 7).conflicts.complete);
}

TEST(AllMinimalSets, StopsWhenAskedAndSaysSo) {
  int asked = 0;
  const auto holds = [](const IndexSet& set) { return set.size() >= 10; };
  const Explanations found = all_minimal_sets(20, holds, 100'000, [&] { return ++asked > 25; });
  EXPECT_FALSE(found.conflicts.complete);
  EXPECT_FALSE(found.relaxations.complete);
  EXPECT_EQ(found.conflicts.sets.size() + found.relaxations.sets.size(), 25U);
}

}  // namespace
}  // namespace parley::logic
