// SPDX-License-Identifier: MIT
// Runs that are stopped at one question to the watch after another: what they say so far must be true, and
// `gap` must bound what they missed, by the definition.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "compare.hpp"
#include "deals/solve.hpp"
#include "deals/watch.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

using brute::Rational;
using brute::Vector;

/// The zone of a problem by the definition, and the best value of each criterion in it.
struct Zone {
  explicit Zone(const BargainProblem& p) : problem(p) {
    for (const brute::Picks& x : brute::all_packages(p)) {
      Vector u;
      bool inside = true;
      for (const Party& party : p.parties) {
        u.push_back(brute::utility(party, x));
        inside = inside && (!party.reservation || u.back() >= *party.reservation);
      }
      for (const Constraint& c : p.constraints) inside = inside && brute::formula(c.formula, x);
      if (inside) packages[x] = u;
    }
    ideal.resize(p.parties.size());
    bool first = true;
    for (const auto& [x, u] : packages) {
      for (std::size_t i = 0; i < u.size(); ++i)
        if (first || gain(u, i) > ideal[i]) ideal[i] = gain(u, i);
      first = false;
    }
  }

  [[nodiscard]] Rational gain(const Vector& u, std::size_t i) const {
    return problem.parties[i].reservation ? Rational(u[i] - *problem.parties[i].reservation) : u[i];
  }
  [[nodiscard]] Rational nash(const Vector& u) const {
    Rational product = 1;
    for (std::size_t i = 0; i < u.size(); ++i)
      product = gain(u, i) > 0 ? Rational(product * gain(u, i)) : Rational(0);
    return product;
  }
  [[nodiscard]] Rational egalitarian(const Vector& u) const {
    Rational least = gain(u, 0);
    for (std::size_t i = 1; i < u.size(); ++i) least = std::min<Rational>(least, gain(u, i));
    return least;
  }
  [[nodiscard]] Rational welfare(const Vector& u) const {
    Rational sum = 0;
    for (const Rational& v : u) sum += v;
    return sum;
  }
  /// Less than 0 counts as 0.
  [[nodiscard]] Rational ratio(const Vector& u) const {
    Rational least = 1;
    for (std::size_t i = 0; i < u.size(); ++i)
      if (ideal[i] > 0) least = std::min<Rational>(least, gain(u, i) / ideal[i]);
    return std::max<Rational>(least, 0);
  }

  const BargainProblem& problem;
  std::map<brute::Picks, Vector> packages;
  Vector ideal;
};

template <class Criterion>
void expect_bound(const char* name, const Zone& zone, const Answer& answer,
                  const std::optional<Solution>& printed, Rational no_deal, const Criterion& criterion) {
  const Rational value = printed ? criterion(printed->utility) : no_deal;
  for (const auto& [x, u] : zone.packages)
    ASSERT_LE(Rational(criterion(u) - value), answer.gap) << name << ' ' << text(u);
}

void expect_true(const BargainProblem& problem, const Zone& zone, const Answer& answer) {
  EXPECT_GE(answer.gap, 0);
  if (answer.certified) {
    EXPECT_EQ(answer.gap, 0);
    EXPECT_EQ(answer.agreement, !zone.packages.empty());
  }
  EXPECT_LE(answer.zone_size, zone.packages.size());
  if (answer.zone_exact) {
    EXPECT_EQ(answer.zone_size, zone.packages.size());
  }
  EXPECT_EQ(answer.agreement, !answer.frontier.empty());
  mpz_class listed = 0;
  for (const FrontierPoint& point : answer.frontier) {
    listed += point.n_packages;
    EXPECT_FALSE(point.packages.empty());
    for (const Package& x : point.packages) {
      const auto at = zone.packages.find(x);
      ASSERT_NE(at, zone.packages.end());
      EXPECT_EQ(at->second, point.utility);
    }
    for (const FrontierPoint& other : answer.frontier)
      EXPECT_FALSE(brute::dominates(other.utility, point.utility));
  }
  EXPECT_GE(answer.zone_size, listed);
  if (answer.certified) return;  // the oracle's tests look at those
  Rational reservations = 0;
  for (const Party& party : problem.parties) reservations += party.reservation.value_or(0);
  expect_bound("nash", zone, answer, answer.nash, 0, [&](const Vector& u) { return zone.nash(u); });
  expect_bound("egalitarian", zone, answer, answer.egalitarian, 0,
               [&](const Vector& u) { return zone.egalitarian(u); });
  expect_bound("welfare", zone, answer, answer.welfare, reservations,
               [&](const Vector& u) { return zone.welfare(u); });
  expect_bound("kalai_smorodinsky", zone, answer, answer.kalai_smorodinsky, 0,
               [&](const Vector& u) { return zone.ratio(u); });
}

/// What a run without an agreement says so far: true conflicts and relaxations, a cut that does open the
/// zone.
void expect_true_reasons(const Answer& answer, const brute::Result& oracle) {
  for (const auto& set : as_sets(answer.conflicts)) EXPECT_TRUE(oracle.conflicts.count(set));
  for (const auto& set : as_sets(answer.relaxations)) EXPECT_TRUE(oracle.relaxations.count(set));
  if (answer.cheapest_concession) {
    ASSERT_TRUE(oracle.cut.has_value());
    EXPECT_GE(answer.cheapest_concession->cut, oracle.cut->cut);
  }
  EXPECT_LE(answer.n_near_misses, oracle.near_misses.size());
  for (const NearMiss& miss : answer.near_misses) EXPECT_TRUE(oracle.near_misses.count(miss.package));
}

/// Issues of a few options, every party wanting something of each; large enough for runs to be stopped
/// inside.
BargainProblem larger_problem(std::mt19937_64& rng, bool terms) {
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<std::uint64_t>(n)); };
  BargainProblem problem;
  for (int k = 0; k < 7; ++k) problem.issues.push_back({"i" + std::to_string(k), std::vector<Option>(3)});
  RandomProblem random(rng, {});
  const int parties = 2 + below(3);
  for (int i = 0; i < parties; ++i) {
    Party party;
    party.id = "p" + std::to_string(i);
    party.reservation_id = "reservation:" + party.id;
    for (int k = 0; k < 7; ++k) {
      party.worth.emplace_back();
      for (int o = 0; o < 3; ++o) party.worth.back().emplace_back(below(50) - 5, 4);
      for (mpq_class& v : party.worth.back()) v.canonicalize();
    }
    for (int t = 0; terms && t < 3; ++t)
      party.terms.push_back({random.formula(problem, 2), mpq_class(below(40) - 10)});
    if (below(5) > 0) party.reservation = 10 + below(30);
    problem.parties.push_back(std::move(party));
  }
  for (int c = below(4); c > 0; --c)
    problem.constraints.push_back(
        {"row" + std::to_string(c), "", ConstraintKind::linkage, random.formula(problem, 2)});
  return problem;
}

void stop_everywhere(const BargainProblem& problem, int& stopped, int& with_package) {
  const Zone zone(problem);
  const brute::Result oracle = zone.packages.empty() ? brute::solve(problem) : brute::Result{};
  static constexpr double kLate[] = {1e5, 5e4, 2e4, 1e3};
  Options options;
  options.threads = 1;
  for (std::int64_t polls = 0;; polls += 1 + polls / 2) {
    SCOPED_TRACE(testing::Message() << "stopped at question " << polls);
    const Watch watch(options, polls, kLate[polls % 4]);
    const Answer answer = solve(problem, options, watch);
    expect_true(problem, zone, answer);
    if (zone.packages.empty()) expect_true_reasons(answer, oracle);
    if (testing::Test::HasFailure()) return;
    if (answer.certified && answer.complete && answer.zone_exact && !watch.stopped()) break;
    ++stopped;
    with_package += answer.agreement && !answer.certified ? 1 : 0;
  }
}

/// The same in another unit of utility. In a small one ratios are what makes the gap, in a large one
/// products: otherwise the largest of the four bounds hides the others.
BargainProblem in_units(BargainProblem problem, const mpq_class& unit) {
  for (Party& party : problem.parties) {
    for (auto& row : party.worth)
      for (mpq_class& value : row) value *= unit;
    for (Term& term : party.terms) term.value *= unit;
    if (party.reservation) *party.reservation *= unit;
  }
  return problem;
}

TEST(Stopped, WhatIsSaidSoFarIsTrueAndTheGapBoundsTheRest) {
  std::mt19937_64 rng(41);
  int stopped = 0, with_package = 0;
  const mpq_class units[] = {1, mpq_class(1, 100'000), 100'000};
  for (int round = 0; round < 42 && !HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    stop_everywhere(in_units(larger_problem(rng, round % 2 == 1), units[round % 3]), stopped, with_package);
  }
  EXPECT_GT(stopped, 100);
  EXPECT_GT(with_package, 5);
}

TEST(Stopped, SmallAndOddProblems) {
  std::mt19937_64 rng(42);
  int stopped = 0, with_package = 0;
  for (int round = 0; round < 200 && !HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const bool wild = round % 4 == 0;
    stop_everywhere(
        RandomProblem(rng, {.parties = 4, .issues = 5, .options = 4, .constraints = 7, .wild = wild}).make(),
        stopped, with_package);
  }
  EXPECT_GT(stopped, 100);
}

/// Three parties, and options whose utilities add up to nearly the same: hardly any partial package is
/// dominated, so that a stop leaves more of them than can be looked at one by one. Where the last issue
/// matters little, bounds before it are close.
BargainProblem crowded_problem(std::mt19937_64& rng, int range, int range_of_last) {
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<std::uint64_t>(n)); };
  BargainProblem problem;
  for (const int options : {13, 13, 13, 13, 3})
    problem.issues.push_back({"i", std::vector<Option>(static_cast<std::size_t>(options))});
  problem.parties.resize(3);
  for (const Issue& issue : problem.issues) {
    if (problem.parties[0].worth.size() == 4) range = range_of_last;
    for (Party& party : problem.parties) party.worth.emplace_back();
    for (std::size_t o = 0; o < issue.options.size(); ++o) {
      const int a = below(range), b = below(range),
                values[] = {a, b, 2 * range - a - b + below(1 + range / 250)};
      for (std::size_t i = 0; i < 3; ++i) problem.parties[i].worth.back().emplace_back(values[i]);
    }
  }
  return problem;
}

/// The largest product, smallest and sum of the three utilities among all packages.
std::vector<double> best_values(const BargainProblem& problem) {
  std::vector<double> best(3, 0.0);
  std::vector<std::vector<double>> sums{{0, 0, 0}};
  for (std::size_t k = 0; k < problem.issues.size(); ++k) {
    std::vector<std::vector<double>> next;
    for (const auto& sum : sums)
      for (std::size_t o = 0; o < problem.issues[k].options.size(); ++o) {
        next.push_back(sum);
        for (std::size_t i = 0; i < 3; ++i) next.back()[i] += problem.parties[i].worth[k][o].get_d();
      }
    sums = std::move(next);
  }
  for (const auto& u : sums) {
    best[0] = std::max(best[0], u[0] * u[1] * u[2]);  // whole numbers below 2^53
    best[1] = std::max(best[1], std::min({u[0], u[1], u[2]}));
    best[2] = std::max(best[2], u[0] + u[1] + u[2]);
  }
  return best;
}

TEST(Stopped, PartialPackagesBeyondNumberAreBoundedInBlocks) {
  std::mt19937_64 rng(43);
  const BargainProblem problem = crowded_problem(rng, 10'000, 3);
  const std::vector<double> best = best_values(problem);
  Options options;
  options.threads = 1;
  int stopped = 0;
  for (std::int64_t polls = 40; polls < 4'000; polls += polls / 3) {
    SCOPED_TRACE(testing::Message() << "stopped at question " << polls);
    const Watch watch(options, polls, 1e3);
    const Answer answer = solve(problem, options, watch);
    if (answer.certified) break;
    ++stopped;
    ASSERT_TRUE(answer.agreement);
    EXPECT_GE(answer.gap, mpq_class(best[0]) - answer.nash->value);
    EXPECT_GE(answer.gap, mpq_class(best[1]) - answer.egalitarian->value);
    EXPECT_GE(answer.gap, mpq_class(best[2]) - answer.welfare->value);
  }
  EXPECT_GT(stopped, 3);
}

using Points = std::vector<std::array<double, 3>>;

/// No point is beaten by another; whole numbers.
void expect_undominated(const Answer& answer) {
  Points points;
  for (const FrontierPoint& p : answer.frontier)
    points.push_back({p.utility[0].get_d(), p.utility[1].get_d(), p.utility[2].get_d()});
  for (const auto& a : points)
    for (const auto& b : points) ASSERT_FALSE(a != b && a[0] >= b[0] && a[1] >= b[1] && a[2] >= b[2]);
}

/// Terms make the search follow beams first; the points of two of them meet, and there is no time to compare
/// all with all.
TEST(Stopped, TheLateComparisonOfTwoBeamsLeavesNothingDominated) {
  std::mt19937_64 rng(44);
  BargainProblem problem = crowded_problem(rng, 300, 300);
  problem.parties[0].terms.push_back({RandomProblem(rng, {}).formula(problem, 2), mpq_class(9)});
  Options options;
  options.threads = 1;
  int late = 0;
  for (std::int64_t polls = 500; polls < 1'500 && !HasFailure(); polls += 50) {
    SCOPED_TRACE(testing::Message() << "stopped at question " << polls);
    const Watch watch(options, polls);
    const Answer answer = solve(problem, options, watch);
    if (answer.certified || answer.frontier.size() > 4'000) break;
    if (answer.frontier.size() < 1'000) continue;
    ++late;
    expect_undominated(answer);
  }
  EXPECT_GT(late, 0);
}

}  // namespace
}  // namespace parley::deals
