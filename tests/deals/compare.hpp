// SPDX-License-Identifier: MIT
// One answer of the lens against the oracle, field by field.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "brute_force.hpp"
#include "deals/answer.hpp"

namespace parley::deals {

inline std::string text(const std::vector<mpq_class>& v) {
  std::ostringstream out;
  for (const mpq_class& q : v) out << q << ' ';
  return out.str();
}

inline std::set<brute::Ids> as_sets(const std::vector<std::vector<std::string>>& lists) {
  std::set<brute::Ids> sets;
  for (const auto& list : lists) sets.insert({list.begin(), list.end()});
  return sets;
}

inline void expect_choice(const char* name, const std::optional<Solution>& found,
                          const std::optional<brute::Choice>& expected, const brute::Result& oracle) {
  SCOPED_TRACE(name);
  ASSERT_EQ(found.has_value(), expected.has_value());
  if (!found) return;
  EXPECT_EQ(found->value, expected->value);
  EXPECT_EQ(found->tied, expected->tied);
  EXPECT_TRUE(std::count(expected->best.begin(), expected->best.end(), found->utility))
      << text(found->utility);
  const auto point = oracle.frontier.find(found->utility);
  ASSERT_NE(point, oracle.frontier.end());
  EXPECT_EQ(std::set<brute::Picks>(found->packages.begin(), found->packages.end()), point->second);
}

inline void expect_frontier(const Answer& answer, const brute::Result& oracle) {
  std::map<brute::Vector, std::set<brute::Picks>> frontier;
  for (const FrontierPoint& point : answer.frontier) {
    frontier[point.utility] = {point.packages.begin(), point.packages.end()};
    EXPECT_EQ(point.n_packages, point.packages.size());
  }
  EXPECT_EQ(frontier.size(), answer.frontier.size()) << "a point was listed twice";
  EXPECT_TRUE(std::is_sorted(answer.frontier.begin(), answer.frontier.end(),
                             [](const auto& a, const auto& b) { return a.utility > b.utility; }));
  EXPECT_EQ(frontier, oracle.frontier);
}

inline void expect_cut(const BargainProblem& problem, const Answer& answer, const brute::Result& oracle) {
  const auto& found = answer.cheapest_concession;
  ASSERT_EQ(found.has_value(), oracle.cut.has_value());
  if (!found) return;
  EXPECT_EQ(found->cut, oracle.cut->cut);
  EXPECT_TRUE(std::count(oracle.cut->best.begin(), oracle.cut->best.end(), found->utility))
      << text(found->utility);
  EXPECT_FALSE(found->packages.empty());
  for (const Package& x : found->packages)
    for (std::size_t i = 0; i < problem.parties.size(); ++i)
      EXPECT_EQ(brute::utility(problem.parties[i], x), found->utility[i]);
}

inline void expect_equal(const BargainProblem& problem, const Answer& answer, const brute::Result& oracle) {
  EXPECT_EQ(answer.n_packages, oracle.n_packages);
  EXPECT_EQ(answer.zone_size, oracle.zone);
  EXPECT_EQ(answer.agreement, oracle.zone > 0);
  EXPECT_TRUE(answer.certified);
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.gap, 0);
  expect_frontier(answer, oracle);
  expect_choice("nash", answer.nash, oracle.nash, oracle);
  expect_choice("kalai_smorodinsky", answer.kalai_smorodinsky, oracle.kalai_smorodinsky, oracle);
  expect_choice("egalitarian", answer.egalitarian, oracle.egalitarian, oracle);
  expect_choice("welfare", answer.welfare, oracle.welfare, oracle);
  EXPECT_EQ(as_sets(answer.conflicts), oracle.conflicts);
  EXPECT_EQ(as_sets(answer.relaxations), oracle.relaxations);
  EXPECT_EQ(answer.conflicts.size(), oracle.conflicts.size());
  EXPECT_EQ(answer.relaxations.size(), oracle.relaxations.size());
  expect_cut(problem, answer, oracle);
  EXPECT_EQ(answer.near_misses.size(), std::min<std::size_t>(20, oracle.near_misses.size()));
  for (const NearMiss& miss : answer.near_misses) {
    EXPECT_TRUE(oracle.near_misses.count(miss.package));
    EXPECT_EQ(miss.breaks.size(), oracle.fewest);
  }
}

}  // namespace parley::deals
