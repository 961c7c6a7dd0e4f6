// SPDX-License-Identifier: MIT
// What a beam says of the packages that it let go: every one of them, looked at one by one, lies within the
// bounds, criterion by criterion (`gap` is the largest of four, so that one of them can hide behind another).
#include "deals/bounds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "brute_force.hpp"
#include "deals/choose.hpp"
#include "deals/gap.hpp"
#include "deals/stages.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

using brute::Rational;
using brute::Vector;

std::vector<Vector> zone_of(const BargainProblem& problem) {
  std::vector<Vector> zone;
  for (const brute::Picks& x : brute::all_packages(problem)) {
    Vector u;
    bool inside = true;
    for (const Party& party : problem.parties) {
      u.push_back(brute::utility(party, x));
      inside = inside && (!party.reservation || u.back() >= *party.reservation);
    }
    for (const Constraint& c : problem.constraints) inside = inside && brute::formula(c.formula, x);
    if (inside) zone.push_back(std::move(u));
  }
  return zone;
}

Vector gains(const BargainProblem& problem, Vector u) {
  for (std::size_t i = 0; i < u.size(); ++i) u[i] -= problem.parties[i].reservation.value_or(0);
  return u;
}

/// Four issues of three options of which no party likes the same ones, so that a narrow beam lets much go.
BargainProblem contested_problem(std::mt19937_64& rng) {
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<std::uint64_t>(n)); };
  BargainProblem problem;
  for (int k = 0; k < 4; ++k) problem.issues.push_back({"i", std::vector<Option>(3)});
  RandomProblem random(rng, {});
  const int parties = 1 + below(4);
  for (int i = 0; i < parties; ++i) {
    Party party;
    for (int k = 0; k < 4; ++k) {
      party.worth.emplace_back();
      for (int o = 0; o < 3; ++o) party.worth.back().emplace_back(below(50) - 5);
    }
    if (below(3) == 0) party.terms.push_back({random.formula(problem, 2), mpq_class(below(40) - 10)});
    if (below(4) == 0) party.cap = 60 + below(60);
    if (below(3) > 0) party.reservation = mpq_class(10 + below(50));
    problem.parties.push_back(std::move(party));
  }
  if (below(2) == 0)
    problem.constraints.push_back({"row", "", ConstraintKind::linkage, random.formula(problem, 2)});
  return problem;
}

/// Runs a beam; adds the vectors that it ends with.
Bounds follow(const BargainProblem& problem, std::size_t width, const std::vector<double>& best,
              std::vector<Vector>& found) {
  const Options options;
  const Watch watch(options);
  const Plan plan = make_plan(problem);
  const auto tables = narrow<std::int64_t>(make_tables(plan).tables);
  std::vector<double> reservation;
  for (const Party& party : problem.parties)
    reservation.push_back(party.reservation ? Bounds::down(party.reservation->get_d()) : 0);
  Bounds lost(reservation, best);
  Stages<std::int64_t> beam(plan, tables, ask_all(problem), watch, {.width = width, .lost = &lost});
  const bool exact = beam.run();
  EXPECT_EQ(exact, !lost.any);
  for (const auto& end : beam.ends()) found.push_back(tables.rational(end.utility));
  return lost;
}

/// All that nothing in `found` is as good as.
void expect_within(const BargainProblem& problem, const std::vector<Vector>& zone,
                   const std::vector<Vector>& found, const std::vector<double>& best, const Bounds& lost) {
  for (const Vector& u : zone) {
    const auto covers = [&](const Vector& f) { return f == u || brute::dominates(f, u); };
    if (std::any_of(found.begin(), found.end(), covers)) continue;
    ASSERT_TRUE(lost.any);
    const Vector g = gains(problem, u);
    Rational product = 1, least = g[0], sum = 0, ratio = 1;
    for (std::size_t i = 0; i < g.size(); ++i) {
      product = g[i] > 0 ? Rational(product * g[i]) : Rational(0);
      least = std::min<Rational>(least, g[i]);
      sum += u[i];
      if (best[i] > 0) ratio = std::min<Rational>(ratio, std::max<Rational>(g[i], 0) / Rational(best[i]));
      EXPECT_LE(g[i], Rational(lost.best_gain_above()[i]));
    }
    EXPECT_LE(product, Rational(lost.nash));
    EXPECT_LE(least, Rational(lost.egalitarian));
    EXPECT_LE(sum, Rational(lost.welfare));
    EXPECT_LE(ratio, Rational(lost.kalai_smorodinsky));
  }
}

TEST(Bounds, HoldForEveryPackageThatABeamLetGo) {
  std::mt19937_64 rng(51);
  int lossy = 0;
  for (int round = 0; round < 200 && !HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const BargainProblem problem = contested_problem(rng);
    const std::vector<Vector> zone = zone_of(problem);
    std::vector<double> best(problem.parties.size(), 0.0);
    for (const Vector& u : zone)
      for (std::size_t i = 0; i < best.size(); ++i)
        best[i] = std::max(best[i], Bounds::down(gains(problem, u)[i].get_d()));
    std::vector<Vector> found, found_later;
    const Bounds one = follow(problem, 1, best, found), two = follow(problem, 3, best, found_later);
    expect_within(problem, zone, found, best, one);
    expect_within(problem, zone, found_later, best, two);
    found.insert(found.end(), found_later.begin(), found_later.end());
    Bounds both = one;
    both.tighten(two);
    if (both.any) expect_within(problem, zone, found, best, both);
    EXPECT_LE(both.nash, std::min(one.nash, two.nash));
    EXPECT_LE(both.egalitarian, std::min(one.egalitarian, two.egalitarian));
    EXPECT_LE(both.welfare, std::min(one.welfare, two.welfare));
    EXPECT_LE(both.kalai_smorodinsky, std::min(one.kalai_smorodinsky, two.kalai_smorodinsky));
    lossy += both.any ? 1 : 0;
  }
  EXPECT_GT(lossy, 50);
}

/// Product, smallest, sum and smallest ratio of gains; ratios below 0 count as 0.
std::array<Rational, 4> criteria(const BargainProblem& problem, const Vector& u, const Vector& ideal) {
  const Vector g = gains(problem, u);
  std::array<Rational, 4> values{1, g[0], 0, 1};
  for (std::size_t i = 0; i < g.size(); ++i) {
    values[0] = g[i] > 0 ? Rational(values[0] * g[i]) : Rational(0);
    values[1] = std::min<Rational>(values[1], g[i]);
    values[2] += u[i];
    if (ideal[i] > 0) values[3] = std::min<Rational>(values[3], std::max<Rational>(g[i], 0) / ideal[i]);
  }
  return values;
}

void expect_gap(const BargainProblem& problem, const std::vector<Vector>& zone, const Answer& answer,
                const Rational& gap) {
  Vector ideal = gains(problem, zone[0]);
  for (const Vector& u : zone)
    for (std::size_t i = 0; i < ideal.size(); ++i) ideal[i] = std::max(ideal[i], gains(problem, u)[i]);
  const std::array<const Solution*, 4> printed{&*answer.nash, &*answer.egalitarian, &*answer.welfare,
                                               &*answer.kalai_smorodinsky};
  for (std::size_t c = 0; c < 4; ++c) {
    const Rational mine = criteria(problem, printed[c]->utility, ideal)[c];
    for (const Vector& u : zone) ASSERT_LE(Rational(criteria(problem, u, ideal)[c] - mine), gap) << c;
  }
}

/// In units of utility in which ratios are the largest of the four, and in which products are.
TEST(Bounds, TheGapOfABeamHoldsForEachCriterion) {
  std::mt19937_64 rng(52);
  const Rational units[] = {Rational(1, 100'000), 1, 100'000};
  int lossy = 0;
  for (int round = 0; round < 600 && !HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    BargainProblem problem = contested_problem(rng);
    for (Party& party : problem.parties) {
      for (auto& row : party.worth)
        for (mpq_class& value : row) value *= units[round % 3];
      for (Term& term : party.terms) term.value *= units[round % 3];
      if (party.cap) *party.cap *= units[round % 3];
      if (party.reservation) *party.reservation *= units[round % 3];
    }
    const std::vector<Vector> zone = zone_of(problem);
    std::vector<Vector> found;
    Bounds lost = follow(problem, 1, std::vector<double>(problem.parties.size(), 0.0), found);
    if (found.empty() || !lost.any) continue;
    ++lossy;
    Answer answer;
    for (const Vector& u : found) {
      const auto beats = [&](const Vector& other) { return brute::dominates(other, u); };
      if (std::none_of(found.begin(), found.end(), beats)) answer.frontier.push_back({u, {}, 1});
    }
    choose_solutions(problem, answer);
    const auto most = [&](std::size_t i) {
      Rational best = zone[0][i];
      for (const Vector& u : zone) best = std::max(best, u[i]);
      return best;
    };
    expect_gap(problem, zone, answer, gap_bound(problem, answer, lost, most));
    lost.overflow = true;
    expect_gap(problem, zone, answer, gap_bound(problem, answer, lost, most));
  }
  EXPECT_GT(lossy, 100);
}

TEST(Bounds, OfOnePackageAreItsValues) {
  Bounds bounds({1, 2}, {4, 2});
  const double u[] = {3, 5};
  bounds.include(u);
  EXPECT_NEAR(bounds.nash, 6, 1e-9);
  EXPECT_NEAR(bounds.egalitarian, 2, 1e-9);
  EXPECT_NEAR(bounds.welfare, 8, 1e-9);
  EXPECT_NEAR(bounds.kalai_smorodinsky, 0.5, 1e-9);
  const double worse[] = {2, 5};
  bounds.include(worse);
  EXPECT_NEAR(bounds.egalitarian, 2, 1e-9);
  EXPECT_NEAR(bounds.best_gain_above()[0], 2, 1e-9);
}

}  // namespace
}  // namespace parley::deals
