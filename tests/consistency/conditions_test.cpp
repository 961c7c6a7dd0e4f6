// SPDX-License-Identifier: MIT
// What is excluded, forced, open and kept apart, against all states of small random problems.
#include "consistency/conditions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace parley::consistency {
namespace {

using expression::Formula;
using expression::LevelSet;

Formula random_atom(std::mt19937& random, const std::vector<int>& sizes) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const int v = pick(0, static_cast<int>(sizes.size()) - 1);
  LevelSet set(sizes[static_cast<std::size_t>(v)]);
  for (int l = 0; l < set.size(); ++l)
    if (pick(0, 1) == 1) set.add(l);
  return Formula::atom(v, set);
}

Conditions random_conditions(std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  Conditions conditions;
  for (int v = pick(2, 5); v > 0; --v) {
    conditions.problem.sizes.push_back(pick(1, 3));
    conditions.variables.push_back("v" + std::to_string(v));
    conditions.levels.emplace_back(static_cast<std::size_t>(conditions.problem.sizes.back()), "l");
  }
  const int n = pick(0, 5);
  for (int c = 0; c < n; ++c)
    conditions.problem.constraints.push_back(
        {"r" + std::to_string(c), "x", pick(0, 4) == 0,
         pick(0, 1) == 0 ? Formula::implies(random_atom(random, conditions.problem.sizes),
                                            random_atom(random, conditions.problem.sizes))
                         : Formula::negation(Formula::all({random_atom(random, conditions.problem.sizes),
                                                           random_atom(random, conditions.problem.sizes)}))});
  return conditions;
}

std::vector<std::vector<int>> all_states(const std::vector<int>& sizes) {
  std::vector<std::vector<int>> list = {{}};
  for (const int size : sizes) {
    std::vector<std::vector<int>> longer;
    for (const auto& s : list)
      for (int l = 0; l < size; ++l) {
        longer.push_back(s);
        longer.back().push_back(l);
      }
    list = longer;
  }
  return list;
}

/// Is there a state with structure and the rows of `rows` (all rows: nothing given) that `also` accepts?
template <class Also>
bool some_state(const Conditions& c, const std::set<std::string>* rows, Also&& also) {
  for (const auto& state : all_states(c.problem.sizes)) {
    bool ok = also(state);
    for (const auto& constraint : c.problem.constraints)
      if (ok && (constraint.structure || rows == nullptr || rows->contains(constraint.id)))
        ok = expression::holds(constraint.formula, state);
    if (ok) return true;
  }
  return false;
}

template <class Also>
void is_minimal(const Conditions& c, const std::vector<std::string>& because, Also&& also) {
  const std::set<std::string> rows(because.begin(), because.end());
  ASSERT_FALSE(some_state(c, &rows, also));
  for (const auto& row : because) {
    std::set<std::string> fewer = rows;
    fewer.erase(row);
    ASSERT_TRUE(some_state(c, &fewer, also));
  }
}

TEST(Conditions, ReachAndReasonsAgainstAllStates) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 1500; ++round) {
    const Conditions c = random_conditions(random);
    const Reachable found = reachable(c);
    const auto anything = [](const std::vector<int>&) { return true; };
    ASSERT_EQ(found.consistent, some_state(c, nullptr, anything));
    for (const auto& clash : found.clashes) is_minimal(c, clash, anything);
    if (!found.consistent) {
      ASSERT_FALSE(found.clashes.empty());
      continue;
    }
    std::set<std::pair<int, int>> excluded, expected;
    for (const auto& level : found.levels) {
      const auto v = static_cast<std::size_t>(level.variable);
      const auto here = [&](const std::vector<int>& s) { return s[v] == level.level; };
      const auto elsewhere = [&](const std::vector<int>& s) { return s[v] != level.level; };
      if (level.reach == Reach::excluded) {
        excluded.insert({level.variable, level.level});
        ASSERT_FALSE(level.because.empty());
        for (const auto& because : level.because) is_minimal(c, because, here);
      }
      ASSERT_EQ(level.reach == Reach::forced,
                c.problem.sizes[v] > 1 && some_state(c, nullptr, here) && !some_state(c, nullptr, elsewhere));
      if (level.reach == Reach::forced)
        for (const auto& because : level.because) is_minimal(c, because, elsewhere);
    }
    for (std::size_t v = 0; v < c.problem.sizes.size(); ++v)
      for (int l = 0; l < c.problem.sizes[v]; ++l)
        if (!some_state(c, nullptr, [&](const std::vector<int>& s) { return s[v] == l; }))
          expected.insert({static_cast<int>(v), l});
    ASSERT_EQ(excluded, expected);
  }
}

TEST(Conditions, ExclusionsAreThePairsThatRowsKeepApart) {
  std::mt19937 random(5);
  for (int round = 0; round < 1500; ++round) {
    const Conditions c = random_conditions(random);
    std::set<std::vector<int>> found, expected;
    for (const auto& e : exclusions(c, 0)) {
      found.insert({e.variable, e.level, e.other, e.other_level});
      is_minimal(c, e.rows, [&](const std::vector<int>& s) {
        return s[static_cast<std::size_t>(e.variable)] == e.level &&
               s[static_cast<std::size_t>(e.other)] == e.other_level;
      });
    }
    for (std::size_t v = 0; v < c.problem.sizes.size(); ++v)
      for (std::size_t w = v + 1; w < c.problem.sizes.size(); ++w)
        for (int l = 0; l < c.problem.sizes[v]; ++l)
          for (int m = 0; m < c.problem.sizes[w]; ++m) {
            const auto one = [&](const std::vector<int>& s) { return s[v] == l; };
            const auto two = [&](const std::vector<int>& s) { return s[w] == m; };
            if (c.problem.sizes[v] > 1 && c.problem.sizes[w] > 1 && some_state(c, nullptr, one) &&
                some_state(c, nullptr, two) &&
                !some_state(c, nullptr, [&](const std::vector<int>& s) { return one(s) && two(s); }))
              expected.insert({static_cast<int>(v), l, static_cast<int>(w), m});
          }
    ASSERT_EQ(found, expected);
  }
}

TEST(Conditions, ARowThatCanNeverHoldIsNamed) {
  Conditions c;
  c.problem.sizes = {2};
  c.variables = {"v"};
  c.levels = {{"a", "b"}};
  c.problem.constraints.push_back({"never", "x", false, Formula::constant(false)});
  const Reachable found = reachable(c);
  EXPECT_FALSE(found.consistent);
  EXPECT_EQ(found.clashes, (std::vector<std::vector<std::string>>{{"never"}}));
  EXPECT_TRUE(exclusions(c).empty());
}

}  // namespace
}  // namespace parley::consistency
