// SPDX-License-Identifier: MIT
// Cross-impact balances against the definition written out, and invariants.
#include "consistency/balances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <set>

namespace parley::consistency {
namespace {

using Plain = std::vector<int>;

Balances random_problem(std::mt19937& random, int most_descriptors = 5) {
  Balances problem;
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  for (int d = pick(1, most_descriptors); d > 0; --d) {
    Descriptor descriptor{"d" + std::to_string(d), {}};
    for (int v = pick(1, 4); v > 0; --v) descriptor.variants.push_back("v" + std::to_string(v));
    problem.descriptors.push_back(descriptor);
  }
  const int spread = pick(0, 3), empty = pick(0, 3);
  for (std::size_t i = problem.variants() * problem.variants(); i > 0; --i)
    problem.scores.push_back(pick(0, 3) < empty ? 0 : pick(-spread, spread));
  return problem;
}

// ---- the definition, sharing nothing with the lens but the problem ----

long judgement(const Balances& p, std::size_t e, int w, std::size_t d, int v) {
  std::size_t row = 0, column = 0, n = 0;
  for (std::size_t k = 0; k < p.descriptors.size(); ++k) {
    if (k < e) row += p.descriptors[k].variants.size();
    if (k < d) column += p.descriptors[k].variants.size();
    n += p.descriptors[k].variants.size();
  }
  return p.scores[(row + static_cast<std::size_t>(w)) * n + column + static_cast<std::size_t>(v)];
}

long theta(const Balances& p, const Plain& s, std::size_t d, int v) {
  long sum = 0;
  for (std::size_t e = 0; e < s.size(); ++e) sum += judgement(p, e, s[e], d, v);
  return sum;
}

bool plainly_consistent(const Balances& p, const Plain& s, long tolerance) {
  for (std::size_t d = 0; d < s.size(); ++d)
    for (std::size_t v = 0; v < p.descriptors[d].variants.size(); ++v)
      if (theta(p, s, d, static_cast<int>(v)) - theta(p, s, d, s[d]) > tolerance) return false;
  return true;
}

std::vector<Plain> all_scenarios(const Balances& p) {
  std::vector<Plain> list = {{}};
  for (const auto& d : p.descriptors) {
    std::vector<Plain> longer;
    for (const auto& s : list)
      for (std::size_t v = 0; v < d.variants.size(); ++v) {
        longer.push_back(s);
        longer.back().push_back(static_cast<int>(v));
      }
    list = longer;
  }
  return list;
}

TEST(Balances, EqualsTheDefinitionOnRandomMatrices) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 1500; ++round) {
    const Balances problem = random_problem(random);
    const long tolerance = round % 3;
    std::vector<Plain> expected;
    for (const auto& s : all_scenarios(problem))
      if (plainly_consistent(problem, s, tolerance)) expected.push_back(s);
    std::sort(expected.begin(), expected.end());
    SearchOptions options;
    options.tolerance = tolerance;
    const auto found = consistent_scenarios(problem, options);
    ASSERT_TRUE(found.complete);
    ASSERT_EQ(found.scenarios, expected) << "round " << round;
    ASSERT_EQ(found.count, expected.size());
  }
}

TEST(Balances, BalanceAndInconsistencyAreTheirFormulas) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const Balances problem = random_problem(random);
    for (const auto& s : all_scenarios(problem)) {
      const auto balance = impact_balance(problem, s);
      std::size_t at = 0;
      long worst = 0;
      for (std::size_t d = 0; d < s.size(); ++d)
        for (std::size_t v = 0; v < problem.descriptors[d].variants.size(); ++v) {
          ASSERT_EQ(balance[at++], theta(problem, s, d, static_cast<int>(v)));
          worst = std::max(worst, theta(problem, s, d, static_cast<int>(v)) - theta(problem, s, d, s[d]));
        }
      ASSERT_EQ(inconsistency(problem, s), worst);
    }
  }
}

TEST(Balances, ConsistentScenariosAreWhereSuccessionRests) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    const Balances problem = random_problem(random);
    for (const auto& s : all_scenarios(problem))
      for (const auto rule : {Succession::global, Succession::local})
        ASSERT_EQ(successor(problem, s, rule) == s, plainly_consistent(problem, s, 0));
  }
}

/// Where each start ends, by walking until a scenario comes back.
std::map<Plain, long> plain_basins(const Balances& p, Succession rule) {
  std::map<Plain, long> basins;
  for (const auto& start : all_scenarios(p)) {
    std::set<Plain> seen;
    Plain at = start;
    while (seen.insert(at).second) at = successor(p, at, rule);
    Plain smallest = at;
    for (Plain next = successor(p, at, rule); next != at; next = successor(p, next, rule))
      smallest = std::min(smallest, next);
    ++basins[smallest];
  }
  return basins;
}

TEST(Balances, BasinsAreTheStartsThatEndThere) {
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    const Balances problem = random_problem(random, 4);
    for (const auto rule : {Succession::global, Succession::local}) {
      AttractorOptions options;
      options.rule = rule;
      const auto found = attractors(problem, options);
      std::map<Plain, long> basins;
      for (const auto& a : found.list) basins[a.cycle.front()] = a.basin;
      ASSERT_TRUE(found.exact);
      ASSERT_EQ(basins, plain_basins(problem, rule));
    }
  }
}

TEST(Balances, LocalSuccessionMovesTheDescriptorThatIsFurthestBehind) {
  std::mt19937 random(17);
  for (int round = 0; round < 500; ++round) {
    const Balances problem = random_problem(random);
    for (const auto& s : all_scenarios(problem)) {
      const auto next = successor(problem, s, Succession::local);
      for (std::size_t d = 0; d < s.size(); ++d) {
        if (next[d] == s[d]) continue;
        ASSERT_EQ(theta(problem, s, d, next[d]) - theta(problem, s, d, s[d]), inconsistency(problem, s));
      }
    }
  }
}

TEST(Balances, AnOrderOfDescriptorsChangesNothing) {
  std::mt19937 random(19);
  for (int round = 0; round < 500; ++round) {
    const Balances problem = random_problem(random);
    const std::size_t k = problem.descriptors.size();
    std::vector<std::size_t> order(k);
    for (std::size_t i = 0; i < k; ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    Balances other;
    for (const auto i : order) other.descriptors.push_back(problem.descriptors[i]);
    for (const auto e : order)
      for (std::size_t w = 0; w < problem.descriptors[e].variants.size(); ++w)
        for (const auto d : order)
          for (std::size_t v = 0; v < problem.descriptors[d].variants.size(); ++v)
            other.scores.push_back(judgement(problem, e, static_cast<int>(w), d, static_cast<int>(v)));
    std::set<Plain> one, two;
    for (const auto& s : consistent_scenarios(problem).scenarios) one.insert(s);
    for (const auto& s : consistent_scenarios(other).scenarios) {
      Plain back(k);
      for (std::size_t i = 0; i < k; ++i) back[order[i]] = s[i];
      two.insert(back);
    }
    ASSERT_EQ(one, two);
  }
}

TEST(Balances, WhereNothingIsJudgedEverythingIsCountedAtOnce) {
  Balances problem;
  for (int d = 0; d < 40; ++d) problem.descriptors.push_back({"d" + std::to_string(d), {"a", "b", "c"}});
  problem.scores.assign(problem.variants() * problem.variants(), 0);
  const auto found = consistent_scenarios(problem);
  EXPECT_TRUE(found.complete);
  EXPECT_FALSE(found.all_listed);
  EXPECT_EQ(found.scenarios.size(), SearchOptions{}.most_listed);
  EXPECT_EQ(found.count, problem.scenarios());
  EXPECT_EQ(found.count.get_str(), "12157665459056928801");  // 3^40
}

TEST(Balances, AStoppedSearchSaysSoAndWhatItHasIsTrue) {
  std::mt19937 random(23);
  for (int round = 0; round < 300; ++round) {
    const Balances problem = random_problem(random);
    SearchOptions options;
    options.most_steps = static_cast<std::uint64_t>(round % 7);
    const auto found = consistent_scenarios(problem, options);
    const auto whole = consistent_scenarios(problem);
    for (const auto& s : found.scenarios) ASSERT_TRUE(plainly_consistent(problem, s, 0));
    ASSERT_LE(found.count, whole.count);
    if (found.complete) {
      ASSERT_EQ(found.scenarios, whole.scenarios);
    }
  }
}

TEST(Balances, WithoutSpreadEveryWorldIsTheProblemItself) {
  std::mt19937 random(29);
  for (int round = 0; round < 100; ++round) {
    const Balances problem = random_problem(random);
    const auto found = consistent_scenarios(problem);
    const auto result = robustness(problem, 0, 5, 1);
    ASSERT_EQ(result.held.size(), found.scenarios.size());
    for (const auto& [scenario, worlds] : result.held) ASSERT_EQ(worlds, 5);
  }
}

TEST(Balances, DrawnStartsOfALargeMatrixAgreeWithTheExactBasins) {
  std::mt19937 random(31);
  Balances problem;
  for (int d = 0; d < 6; ++d) problem.descriptors.push_back({"d" + std::to_string(d), {"a", "b", "c"}});
  for (std::size_t i = problem.variants() * problem.variants(); i > 0; --i)
    problem.scores.push_back(std::uniform_int_distribution<int>(-3, 3)(random));
  AttractorOptions drawn;
  drawn.most_exact = 1;
  drawn.draws = 20'000;
  const auto exact = attractors(problem), sampled = attractors(problem, drawn);
  ASSERT_FALSE(sampled.exact);
  std::map<Scenario, double> shares;
  for (const auto& a : exact.list)
    shares[a.cycle.front()] = static_cast<double>(a.basin) / static_cast<double>(exact.of);
  for (const auto& a : sampled.list)
    EXPECT_NEAR(static_cast<double>(a.basin) / static_cast<double>(sampled.of), shares[a.cycle.front()],
                0.02);
}

TEST(Balances, DrawsStopWhenAskedTo) {
  std::mt19937 random(37);
  const std::atomic<bool> cancel{true};
  SearchOptions options;
  options.cancel = &cancel;
  const auto result = robustness(random_problem(random), 1, 50, 1, options);
  EXPECT_EQ(result.worlds, 0);
  EXPECT_FALSE(result.complete);
}

TEST(Balances, OfDescriptorsEquallyFarBehindTheFirstMoves) {
  Balances problem;
  problem.descriptors = {{"a", {"0", "1"}}, {"b", {"0", "1"}}};
  // Each is driven to its variant 1, with the same force, by the other's variant 0.
  problem.scores = {0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(successor(problem, {0, 0}, Succession::local), (Scenario{1, 0}));
  EXPECT_EQ(successor(problem, {0, 0}, Succession::global), (Scenario{1, 1}));
}

}  // namespace
}  // namespace parley::consistency
