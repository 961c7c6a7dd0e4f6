// SPDX-License-Identifier: MIT
#include "deals/diagram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "brute_force.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

TEST(Diagram, ReadsToWhatTheFormulaSaysInAnyOrder) {
  std::mt19937_64 rng(3);
  for (int round = 0; round < 2000; ++round) {
    BargainProblem problem = RandomProblem(rng, {.parties = 1, .issues = 4, .options = 3}).make();
    const expression::Formula formula = RandomProblem(rng, {}).formula(problem, 4);
    std::vector<int> sizes, position(problem.issues.size());
    for (const Issue& issue : problem.issues) sizes.push_back(static_cast<int>(issue.options.size()));
    std::iota(position.begin(), position.end(), 0);
    std::shuffle(position.begin(), position.end(), rng);
    const auto diagram = build_diagram(formula, sizes, position);
    ASSERT_TRUE(diagram);
    for (const brute::Picks& x : brute::all_packages(problem)) {
      int node = diagram->root;
      for (std::size_t p = 0; p < x.size(); ++p)
        for (std::size_t k = 0; k < x.size(); ++k)
          if (position[k] == static_cast<int>(p)) node = diagram->step(node, static_cast<int>(p), x[k]);
      ASSERT_EQ(node, brute::formula(formula, x) ? Diagram::kTrue : Diagram::kFalse);
    }
  }
}

TEST(Diagram, ARectangleOverManyIssuesStaysSmall) {
  std::vector<int> sizes(200, 10), position(200);
  std::iota(position.begin(), position.end(), 0);
  std::vector<expression::Formula> sides;
  for (int k = 0; k < 200; ++k) {
    expression::LevelSet levels(10);
    levels.add(k % 10);
    sides.push_back(expression::Formula::atom(k, levels));
  }
  const auto diagram = build_diagram(expression::Formula::all(sides), sizes, position);
  ASSERT_TRUE(diagram);
  EXPECT_EQ(diagram->nodes.size(), 202U);
}

TEST(Diagram, AFormulaThatCannotBeCompiledIsRefusedAndNotTriedForever) {
  std::mt19937_64 rng(4);
  BargainProblem problem;
  for (int k = 0; k < 60; ++k) problem.issues.push_back({"i", std::vector<Option>(3, Option{"o", false})});
  std::vector<int> sizes(60, 3), position(60);
  std::iota(position.begin(), position.end(), 0);
  std::vector<expression::Formula> parts;
  for (int p = 0; p < 120; ++p) {
    std::vector<expression::Formula> pair;
    for (int side = 0; side < 3; ++side) {
      expression::LevelSet levels(3);
      levels.add(static_cast<int>(rng() % 3));
      pair.push_back(expression::Formula::atom(static_cast<int>(rng() % 60), levels));
    }
    parts.push_back(expression::Formula::any(pair));
  }
  EXPECT_FALSE(build_diagram(expression::Formula::all(parts), sizes, position));
}

}  // namespace
}  // namespace parley::deals
