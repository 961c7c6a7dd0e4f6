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
  // Of permutations of one vector the first on the frontier, which descends.
  EXPECT_EQ(text(found->utility), text(*std::max_element(expected->best.begin(), expected->best.end())));
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

/// By definition: party i can open the zone alone where some package meets all else; it falls short by the
/// least that any of those leaves it short.
inline void expect_single_concessions(const BargainProblem& problem, const Answer& answer,
                                      const brute::Result& oracle) {
  std::map<std::string, mpq_class> expected, found;
  for (std::size_t i = 0; i < problem.parties.size() && oracle.zone == 0; ++i) {
    const Party& giver = problem.parties[i];
    if (!giver.reservation || !giver.reservation_soft) continue;
    for (const brute::Picks& x : brute::all_packages(problem)) {
      bool ok = true;
      for (const Constraint& c : problem.constraints) ok = ok && brute::formula(c.formula, x);
      for (std::size_t j = 0; j < problem.parties.size(); ++j)
        ok = ok && (j == i || !problem.parties[j].reservation ||
                    brute::utility(problem.parties[j], x) >= *problem.parties[j].reservation);
      if (!ok) continue;
      const mpq_class cut = *giver.reservation - brute::utility(giver, x);
      const auto [at, is_new] = expected.try_emplace(giver.id, cut);
      if (!is_new && cut < at->second) at->second = cut;
    }
  }
  for (const SingleConcession& one : answer.single_concessions) found[one.party] = one.cut;
  EXPECT_EQ(found, expected);
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
  expect_single_concessions(problem, answer, oracle);
  EXPECT_EQ(answer.n_near_misses, oracle.near_misses.size());
  EXPECT_EQ(answer.near_misses.size(), std::min<std::size_t>(20, oracle.near_misses.size()));
  for (const NearMiss& miss : answer.near_misses) {
    EXPECT_TRUE(oracle.near_misses.count(miss.package));
    EXPECT_EQ(miss.breaks.size(), oracle.fewest);
  }
}

}  // namespace parley::deals
