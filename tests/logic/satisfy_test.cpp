// SPDX-License-Identifier: MIT
// Satisfiability, enumeration and explanations against plain counting through all assignments and all
// subsets. Each random problem is asked twice: as it is (enumeration), and with idle variables that make the
// space wide (SAT).
#include "logic/satisfy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "logic/finite_walk.hpp"
#include "logic/sat_problem.hpp"

namespace parley::logic {
namespace {

using expression::Formula;
using expression::LevelSet;

std::size_t z(int i) { return static_cast<std::size_t>(i); }

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  FiniteProblem problem() {
    FiniteProblem out;
    for (int v = 1 + below(4); v > 0; --v) out.sizes.push_back(1 + below(4));
    for (int c = below(7); c > 0; --c)
      out.constraints.push_back({"c" + std::to_string(c), "x", below(4) == 0, formula(out.sizes, 3)});
    return out;
  }

  Formula formula(const std::vector<int>& sizes, int depth) {
    const int kind = depth == 0 ? below(5) : below(9);
    if (kind == 0) return Formula::constant(below(2) == 0);
    if (kind < 5) {
      const int v = below(static_cast<int>(sizes.size()));
      LevelSet set(sizes[z(v)]);
      for (int l = 0; l < set.size(); ++l)
        if (below(3) == 0) set.add(l);
      return Formula::atom(v, set);
    }
    if (kind == 5) return Formula::negation(formula(sizes, depth - 1));
    std::vector<Formula> parts;
    for (int i = below(4); i > 0; --i) parts.push_back(formula(sizes, depth - 1));
    return kind % 2 == 0 ? Formula::all(std::move(parts)) : Formula::any(std::move(parts));
  }

 private:
  std::mt19937 random_;
};

std::vector<std::vector<int>> all_assignments(const std::vector<int>& sizes) {
  std::vector<std::vector<int>> out;
  std::vector<int> levels(sizes.size(), 0);
  for (;;) {
    out.push_back(levels);
    std::size_t v = 0;
    while (v < sizes.size() && ++levels[v] == sizes[v]) levels[v++] = 0;
    if (v == sizes.size()) return out;
  }
}

bool in(const IndexSet& set, int c) { return std::find(set.begin(), set.end(), c) != set.end(); }

bool satisfies(const FiniteProblem& problem, const IndexSet& active, const std::vector<int>& levels) {
  for (std::size_t c = 0; c < problem.constraints.size(); ++c) {
    const Constraint& constraint = problem.constraints[c];
    if (!constraint.structure && !in(active, static_cast<int>(c))) continue;
    if (!expression::holds(constraint.formula, levels)) return false;
  }
  return true;
}

IndexSet soft(const FiniteProblem& problem) {
  IndexSet out;
  for (std::size_t c = 0; c < problem.constraints.size(); ++c)
    if (!problem.constraints[c].structure) out.push_back(static_cast<int>(c));
  return out;
}

std::vector<IndexSet> subsets(const IndexSet& of) {
  std::vector<IndexSet> out;
  for (unsigned bits = 0; bits < (1U << of.size()); ++bits) {
    out.emplace_back();
    for (std::size_t i = 0; i < of.size(); ++i)
      if ((bits >> i & 1U) != 0) out.back().push_back(of[i]);
  }
  std::sort(out.begin(), out.end(), [](const IndexSet& a, const IndexSet& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return out;
}

/// By the definition: subsets in order of size, those kept that have the property and hold none kept before.
struct Expected {
  std::vector<IndexSet> conflicts, relaxations;
};
Expected explained(const FiniteProblem& problem) {
  const auto assignments = all_assignments(problem.sizes);
  const auto possible = [&](const IndexSet& active) {
    return std::any_of(assignments.begin(), assignments.end(),
                       [&](const auto& a) { return satisfies(problem, active, a); });
  };
  const auto holds_one_of = [](const std::vector<IndexSet>& kept, const IndexSet& set) {
    return std::any_of(kept.begin(), kept.end(), [&](const IndexSet& k) {
      return std::includes(set.begin(), set.end(), k.begin(), k.end());
    });
  };
  Expected out;
  const IndexSet all = soft(problem);
  for (const IndexSet& set : subsets(all)) {
    IndexSet rest;
    std::set_difference(all.begin(), all.end(), set.begin(), set.end(), std::back_inserter(rest));
    if (!holds_one_of(out.conflicts, set) && !possible(set)) out.conflicts.push_back(set);
    if (!holds_one_of(out.relaxations, set) && possible(rest)) out.relaxations.push_back(set);
  }
  return out;
}

/// The same problem among 22 more variables of two levels: four million times as many assignments.
FiniteProblem widened(FiniteProblem problem) {
  problem.sizes.resize(problem.sizes.size() + 22, 2);
  return problem;
}

TEST(Satisfy, BothWaysAgreeWithTheDefinition) {
  Maker maker(1);
  int possible = 0, impossible = 0;
  for (int round = 0; round < 3000; ++round) {
    const FiniteProblem problem = maker.problem();
    IndexSet active;
    for (const int c : soft(problem))
      if (maker.below(4) != 0) active.push_back(c);
    std::vector<std::vector<int>> solutions;
    for (const auto& a : all_assignments(problem.sizes))
      if (satisfies(problem, active, a)) solutions.push_back(a);
    const auto found = satisfy(problem, active);
    ASSERT_EQ(found.has_value(), !solutions.empty()) << round;
    if (found) {
      ASSERT_EQ(*found, solutions.front()) << round;
    }
    const FiniteProblem wide = widened(problem);
    ASSERT_GT(cells(wide.sizes), kSmallSpace);
    const auto by_sat = satisfy(wide, active);
    ASSERT_EQ(by_sat.has_value(), !solutions.empty()) << round;
    if (by_sat) {
      ASSERT_TRUE(satisfies(wide, active, *by_sat)) << round;
    }
    (solutions.empty() ? impossible : possible) += 1;
  }
  EXPECT_GT(possible, 500);
  EXPECT_GT(impossible, 500);
}

TEST(Satisfy, EnumerationInMixedRadixOrder) {
  Maker maker(2);
  for (int round = 0; round < 2000; ++round) {
    const FiniteProblem problem = maker.problem();
    std::vector<std::vector<int>> expected, found;
    for (const auto& a : all_assignments(problem.sizes))
      if (satisfies(problem, soft(problem), a)) expected.push_back(a);
    const auto visit = [&](std::span<const int> levels) {
      found.emplace_back(levels.begin(), levels.end());
      return true;
    };
    ASSERT_EQ(enumerate(problem, visit), expected.size());
    ASSERT_EQ(found, expected) << round;
    if (expected.size() < 2) continue;
    found.clear();
    std::uint64_t asked = 0;
    ASSERT_EQ(enumerate(problem, [&](std::span<const int>) { return ++asked < 2; }), 2U);
  }
}

TEST(Satisfy, WideEnumerationFindsTheFew) {
  // Forty variables of three levels, pinned to the levels of a secret but for two of them.
  FiniteProblem problem;
  problem.sizes.assign(40, 3);
  std::vector<int> secret;
  for (int v = 0; v < 40; ++v) {
    secret.push_back(v * 7 % 3);
    if (v == 5 || v == 33) continue;
    LevelSet only(3);
    only.add(secret.back());
    problem.constraints.push_back({"pin", "", v % 2 == 0, Formula::atom(v, only)});
  }
  std::vector<std::vector<int>> expected;
  for (int high = 0; high < 3; ++high)
    for (int low = 0; low < 3; ++low) {
      secret[33] = high;
      secret[5] = low;
      expected.push_back(secret);
    }
  std::vector<std::vector<int>> found;
  EXPECT_EQ(enumerate(problem,
                      [&](std::span<const int> levels) {
                        found.emplace_back(levels.begin(), levels.end());
                        return true;
                      }),
            9U);
  EXPECT_EQ(found, expected);
}

TEST(Satisfy, WideEnumerationIsNotLostInEmptySubtrees) {
  // The last twenty variables are walked first, and must equal the first twenty, which are pinned.
  FiniteProblem problem;
  problem.sizes.assign(40, 3);
  std::vector<int> only_one;
  for (int v = 0; v < 40; ++v) only_one.push_back(v % 20 % 3);
  for (int v = 0; v < 20; ++v) {
    LevelSet pin(3);
    pin.add(only_one[z(v)]);
    problem.constraints.push_back({"pin", "x", false, Formula::atom(v, pin)});
    std::vector<Formula> alike;
    for (int l = 0; l < 3; ++l) {
      LevelSet level(3);
      level.add(l);
      alike.push_back(Formula::implies(Formula::atom(v, level), Formula::atom(v + 20, level)));
    }
    problem.constraints.push_back({"alike", "", true, Formula::all(std::move(alike))});
  }
  std::vector<std::vector<int>> found;
  EXPECT_EQ(enumerate(problem,
                      [&](std::span<const int> levels) {
                        found.emplace_back(levels.begin(), levels.end());
                        return true;
                      }),
            1U);
  EXPECT_EQ(found, std::vector<std::vector<int>>{only_one});
}

void expect_explained(const FiniteProblem& problem, const Expected& expected, int round) {
  const Explanations found = explain(problem);
  EXPECT_TRUE(found.conflicts.complete && found.relaxations.complete);
  ASSERT_EQ(found.conflicts.sets, expected.conflicts) << round;
  ASSERT_EQ(found.relaxations.sets, expected.relaxations) << round;
}

TEST(Explain, BothWaysAgreeWithTheDefinition) {
  Maker maker(3);
  int with_conflict = 0;
  for (int round = 0; round < 2500; ++round) {
    const FiniteProblem problem = maker.problem();
    const Expected expected = explained(problem);
    expect_explained(problem, expected, round);
    expect_explained(widened(problem), expected, round);
    if (HasFatalFailure()) return;
    with_conflict += !expected.conflicts.empty() && !expected.conflicts.front().empty();
  }
  EXPECT_GT(with_conflict, 500);
}

FiniteProblem pigeons(int birds, int holes) {
  FiniteProblem problem;
  problem.sizes.assign(z(birds), holes);
  for (int a = 0; a < birds; ++a)
    for (int b = 0; b < a; ++b) {
      std::vector<Formula> apart;
      for (int h = 0; h < holes; ++h) {
        LevelSet here(holes);
        here.add(h);
        apart.push_back(Formula::negation(Formula::all({Formula::atom(a, here), Formula::atom(b, here)})));
      }
      problem.constraints.push_back({"apart", "x", false, Formula::all(std::move(apart))});
    }
  return problem;
}

TEST(Explain, StructureAloneAndNothingToExplain) {
  const FiniteProblem clash{
      {2}, {{"s", "", true, Formula::constant(false)}, {"c", "x", false, Formula::constant(true)}}};
  for (const auto& problem : {clash, widened(clash)}) {
    const auto found = explain(problem);
    EXPECT_EQ(found.conflicts.sets, std::vector<IndexSet>{IndexSet{}});
    EXPECT_TRUE(found.relaxations.sets.empty());
  }
  const FiniteProblem fine{{2, 3}, {{"c", "x", false, Formula::constant(true)}}};
  for (const auto& problem : {fine, widened(fine)}) {
    const auto found = explain(problem);
    EXPECT_TRUE(found.conflicts.sets.empty());
    EXPECT_EQ(found.relaxations.sets, std::vector<IndexSet>{IndexSet{}});
  }
  EXPECT_EQ(satisfy(FiniteProblem{}), std::vector<int>{});
  EXPECT_FALSE(satisfy(FiniteProblem{{}, {{"c", "x", false, Formula::constant(false)}}}));
}

TEST(Explain, LimitsAndStopsAreSaid) {
  const FiniteProblem problem = pigeons(5, 3);
  const auto whole = explain(problem);
  EXPECT_TRUE(whole.conflicts.complete);
  EXPECT_GT(whole.relaxations.sets.size(), 5U);
  const auto some = explain(problem, 4);
  EXPECT_FALSE(some.conflicts.complete);
  EXPECT_FALSE(some.relaxations.complete);
  EXPECT_EQ(some.relaxations.sets.size(), 4U);
  int asked = 0;
  const auto stopped = explain(widened(problem), 100'000, [&] { return ++asked > 10; });
  EXPECT_FALSE(stopped.conflicts.complete && stopped.relaxations.complete);
}

TEST(Explain, StopsWithinOneHardQuestion) {
  int asked = 0;
  const auto stopped = explain(pigeons(13, 12), 100'000, [&] { return ++asked > 50; });
  EXPECT_FALSE(stopped.conflicts.complete);
  EXPECT_FALSE(stopped.relaxations.complete);
}

TEST(Explain, MoreConstraintsThanAMaskHolds) {
  // Ninety-nine limits on one variable: low ones exclude all but level 0, high ones all but level 1; each
  // pair clashes.
  FiniteProblem problem;
  problem.sizes = {3};
  LevelSet low(3), high(3);
  low.add(0);
  high.add(1);
  for (int c = 0; c < 99; ++c)
    problem.constraints.push_back({"c", "x", false, Formula::atom(0, c % 3 == 0 ? low : high)});
  const auto found = explain(problem);
  EXPECT_EQ(found.conflicts.sets.size(), 33U * 66U);
  ASSERT_EQ(found.relaxations.sets.size(), 2U);
  EXPECT_EQ(found.relaxations.sets[0].size(), 33U);
  EXPECT_EQ(found.relaxations.sets[1].size(), 66U);
}

TEST(Space, ProductsSaturate) {
  EXPECT_EQ(cells(std::vector<int>{}), 1U);
  EXPECT_EQ(cells(std::vector<int>{3, 4}), 12U);
  EXPECT_EQ(cells(std::vector<int>(64, 4)), ~std::uint64_t{0});
}

}  // namespace
}  // namespace parley::logic
