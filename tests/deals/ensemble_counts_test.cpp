// SPDX-License-Identifier: MIT
// What an ensemble says of its worlds as numbers: how many, in which order, and who has none.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "deals/ensemble.hpp"

namespace parley::deals {
namespace {

Case certain(std::vector<LevelMask> levels, std::size_t parties) {
  Case c;
  c.branches = {{0, std::vector<std::vector<LevelMask>>(parties, std::move(levels))}};
  return c;
}

Stake up(const char* id, int levels) {
  Stake stake;
  stake.id = id;
  stake.levels = levels;
  for (int l = 0; l + 1 < levels; ++l) stake.better.emplace_back(l + 1, l);
  return stake;
}

/// One party, one issue of three levels of which the upper is better; no deal is the middle.
Ensemble one_party() {
  Ensemble e;
  e.issues = {{"x", std::vector<Option>(3)}};
  e.packages = {{0}, {1}, {2}};
  UncertainParty party;
  party.order.id = "p";
  party.order.stakes = {up("x", 3), up("y", 2)};
  e.parties = {party};
  Resolution r;
  for (LevelMask level = 1; level <= 4; level *= 2) r.packages.push_back(certain({level, 1}, 1));
  r.no_deal = certain({2, 1}, 1);
  r.broken.assign(3, 0);
  e.resolutions = {r};
  return e;
}

TEST(EnsembleCounts, OfTwoWorldsTheMedianIsTheLower) {
  EnsembleOptions options;
  options.worlds = 2;
  options.track = {1};
  options.by_world = true;
  const EnsembleAnswer a = solve(one_party(), options);
  ASSERT_EQ(a.by_world.size(), 2U);
  const double first = a.by_world[0].given_up[0][0], second = a.by_world[1].given_up[0][0];
  ASSERT_NE(first, second);
  EXPECT_EQ(a.given_up[0][0].low, std::min(first, second));
  EXPECT_EQ(a.given_up[0][0].median, std::min(first, second));
  EXPECT_EQ(a.given_up[0][0].high, std::max(first, second));
}

TEST(EnsembleCounts, AllWorldsThatWereAskedForAreNotThinned) {
  EnsembleOptions options;
  options.worlds = 20;
  const EnsembleAnswer a = solve(one_party(), options);
  EXPECT_EQ(a.worlds, 20);
  EXPECT_FALSE(a.thinned);
}

TEST(EnsembleCounts, NumbersThatNoDrawMeetsAreNamed) {
  Ensemble e = one_party();
  const mpq_class low(1, 3), high(333'334, 1'000'000);
  e.parties[0].order.stakes.push_back(up("z", 2));
  e.parties[0].order.weight_bounds = {{0, {low, high}}, {1, {low, high}}};
  for (auto& c : e.resolutions[0].packages) c.branches[0].levels[0].push_back(1);
  e.resolutions[0].no_deal.branches[0].levels[0].push_back(1);
  EnsembleOptions options;
  options.worlds = 3;
  const EnsembleAnswer a = solve(e, options);
  EXPECT_TRUE(a.inconsistent.empty());
  EXPECT_EQ(a.worlds, 0);
  EXPECT_EQ(a.refused, std::vector<int>{0});
}

/// Every package breaks one of two limits, and which of them the party prefers to no deal is open: the set
/// that is minimal in more worlds comes first.
TEST(EnsembleCounts, WhatIsMinimalInMostWorldsComesFirst) {
  Ensemble e = one_party();
  e.parties[0].order.stakes[0].better = {{2, 0}};
  e.limits = {{"a", "p", false, {"a"}}, {"b", "p", false, {"b"}}};
  e.resolutions[0].broken = {1, 2, 1};
  EnsembleOptions options;
  options.worlds = 200;
  const EnsembleAnswer a = solve(e, options);
  ASSERT_GT(a.relaxations.size(), 1U);
  for (const auto* list : {&a.relaxations, &a.conflicts})
    for (std::size_t i = 0; i + 1 < list->size(); ++i)
      EXPECT_GE((*list)[i].share.yes, (*list)[i + 1].share.yes);
  EXPECT_GT(a.relaxations.front().share.yes, a.relaxations.back().share.yes);
}

/// Resolutions that are only a sample prove neither that a zone is there in all nor that it is in none.
TEST(EnsembleCounts, ASampleOfResolutionsProvesNothing) {
  Ensemble e = one_party();
  ASSERT_TRUE(solve(e).necessary);
  e.all_resolutions = false;
  EXPECT_FALSE(solve(e).necessary);
  EXPECT_FALSE(solve(e).proved);
  e.resolutions[0].broken.assign(3, 1);
  e.limits = {{"a", "p", false, {"a"}}};
  EXPECT_FALSE(solve(e).proved);
  e.all_resolutions = true;
  EXPECT_TRUE(solve(e).proved);
}

/// A package that is looked at although it breaks a limit opens no zone.
TEST(EnsembleCounts, ATrackedPackageThatBreaksALimitIsNoZone) {
  Ensemble e = one_party();
  e.limits = {{"a", "p", false, {"a"}}};
  e.resolutions[0].broken = {1, 1, 1};
  EnsembleOptions options;
  options.track = {2};
  const EnsembleAnswer a = solve(e, options);
  EXPECT_FALSE(a.possible);
  EXPECT_FALSE(a.necessary);
  EXPECT_TRUE(a.proved);
  EXPECT_EQ(a.packages[2].standing, std::vector<Standing>{Standing::necessary});
}

}  // namespace
}  // namespace parley::deals
