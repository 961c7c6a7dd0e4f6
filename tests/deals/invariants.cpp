// SPDX-License-Identifier: MIT
// What must not matter, does not: names and order, the unit of a party's utility; and what must matter in
// one direction only does so: constraints, reservations, a cancelled run.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <numeric>
#include <random>

#include "compare.hpp"
#include "deals/solve.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

using expression::Formula;
using Order = std::vector<std::size_t>;  ///< [old place] = new place

constexpr int kRounds = 250;
constexpr Shape kShape{.parties = 4, .issues = 4, .options = 3};

Order shuffled(std::size_t n, std::mt19937_64& rng) {
  Order order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), rng);
  return order;
}

struct Renaming {
  Order party, issue;
  std::vector<Order> option;  ///< [old issue][old option]
};

Renaming random_renaming(const BargainProblem& problem, std::mt19937_64& rng) {
  Renaming to{shuffled(problem.parties.size(), rng), shuffled(problem.issues.size(), rng), {}};
  for (const Issue& issue : problem.issues) to.option.push_back(shuffled(issue.options.size(), rng));
  return to;
}

Formula renamed(Formula f, const Renaming& to) {
  if (f.kind == Formula::Kind::atom) {
    const auto k = static_cast<std::size_t>(f.variable);
    expression::LevelSet levels(f.levels.size());
    for (int o = 0; o < levels.size(); ++o)
      if (f.levels.has(o)) levels.add(static_cast<int>(to.option[k][static_cast<std::size_t>(o)]));
    return Formula::atom(static_cast<int>(to.issue[k]), levels);
  }
  for (Formula& part : f.parts) part = renamed(part, to);
  return f;
}

template <class Item>
std::vector<Item> reordered(const std::vector<Item>& items, const Order& to) {
  std::vector<Item> result(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) result[to[i]] = items[i];
  return result;
}

template <class Item>
std::vector<Item> restored(const std::vector<Item>& items, const Order& to) {
  std::vector<Item> result(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) result[i] = items[to[i]];
  return result;
}

BargainProblem renamed(BargainProblem problem, const Renaming& to) {
  for (std::size_t k = 0; k < problem.issues.size(); ++k) {
    problem.issues[k].options = reordered(problem.issues[k].options, to.option[k]);
    for (Party& party : problem.parties)
      if (!party.worth.empty()) party.worth[k] = reordered(party.worth[k], to.option[k]);
  }
  problem.issues = reordered(problem.issues, to.issue);
  for (Party& party : problem.parties) {
    if (!party.worth.empty()) party.worth = reordered(party.worth, to.issue);
    for (Term& term : party.terms) term.when = renamed(term.when, to);
  }
  problem.parties = reordered(problem.parties, to.party);
  for (Constraint& c : problem.constraints) c.formula = renamed(c.formula, to);
  return problem;
}

Package original(const Package& renamed_package, const Renaming& to) {
  Package x = restored(renamed_package, to.issue);
  for (std::size_t k = 0; k < x.size(); ++k) {
    const Order& order = to.option[k];
    x[k] = static_cast<int>(std::find(order.begin(), order.end(), static_cast<std::size_t>(x[k])) -
                            order.begin());
  }
  return x;
}

Answer original(Answer answer, const Renaming& to) {
  const auto back = [&](auto& point) {
    point.utility = restored(point.utility, to.party);
    for (Package& x : point.packages) x = original(x, to);
  };
  for (FrontierPoint& point : answer.frontier) back(point);
  for (auto* solution : {&answer.nash, &answer.kalai_smorodinsky, &answer.egalitarian, &answer.welfare})
    if (*solution) back(**solution);
  if (answer.cheapest_concession) back(*answer.cheapest_concession);
  return answer;
}

std::set<Package> as_set(const std::vector<Package>& packages) { return {packages.begin(), packages.end()}; }

/// Utility vectors that tie in the criterion and in leximin may be told apart by the order of the parties
/// alone, so that packages are compared only where one vector is best.
void expect_same_choice(const std::optional<Solution>& a, const std::optional<Solution>& b,
                        const mpq_class& factor) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (!a) return;
  EXPECT_EQ(mpq_class(a->value * factor), b->value);
  EXPECT_EQ(a->tied, b->tied);
  if (a->tied == 1) {
    EXPECT_EQ(as_set(a->packages), as_set(b->packages));
  }
}

std::map<std::vector<mpq_class>, std::set<Package>> frontier_of(const Answer& answer) {
  std::map<std::vector<mpq_class>, std::set<Package>> frontier;
  for (const FrontierPoint& point : answer.frontier) frontier[point.utility] = as_set(point.packages);
  return frontier;
}

std::map<std::string, mpq_class> cuts_of(const Answer& answer) {
  std::map<std::string, mpq_class> cuts;
  for (const SingleConcession& one : answer.single_concessions) cuts[one.party] = one.cut;
  return cuts;
}

template <class Check>
void each(std::uint64_t seed, const Check& check) {
  std::mt19937_64 rng(seed);
  for (int round = 0; round < kRounds && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    RandomProblem random(rng, kShape);
    check(random.make(), random, rng);
  }
}

TEST(Invariants, OrderOfPartiesIssuesAndOptionsChangesNothing) {
  each(31, [](const BargainProblem& problem, RandomProblem&, std::mt19937_64& rng) {
    const Renaming to = random_renaming(problem, rng);
    const Answer a = solve(problem), b = original(solve(renamed(problem, to)), to);
    EXPECT_EQ(a.n_packages, b.n_packages);
    EXPECT_EQ(a.zone_size, b.zone_size);
    EXPECT_EQ(frontier_of(a), frontier_of(b));
    expect_same_choice(a.nash, b.nash, 1);
    expect_same_choice(a.kalai_smorodinsky, b.kalai_smorodinsky, 1);
    expect_same_choice(a.egalitarian, b.egalitarian, 1);
    expect_same_choice(a.welfare, b.welfare, 1);
    EXPECT_EQ(as_sets(a.conflicts), as_sets(b.conflicts));
    EXPECT_EQ(as_sets(a.relaxations), as_sets(b.relaxations));
    EXPECT_EQ(a.n_near_misses, b.n_near_misses);
    EXPECT_EQ(cuts_of(a), cuts_of(b));
    ASSERT_EQ(a.cheapest_concession.has_value(), b.cheapest_concession.has_value());
    if (a.cheapest_concession) {
      EXPECT_EQ(a.cheapest_concession->cut, b.cheapest_concession->cut);
    }
  });
}

TEST(Invariants, TheUnitOfAPartysUtilityMovesNeitherNashNorKalaiSmorodinsky) {
  each(32, [](const BargainProblem& problem, RandomProblem&, std::mt19937_64& rng) {
    mpq_class factor(1 + static_cast<int>(rng() % 9), 1 + static_cast<int>(rng() % 9));
    factor.canonicalize();
    BargainProblem scaled = problem;
    Party& party = scaled.parties[rng() % scaled.parties.size()];
    for (auto& row : party.worth)
      for (mpq_class& value : row) value *= factor;
    for (Term& term : party.terms) term.value *= factor;
    if (party.cap) *party.cap *= factor;
    if (party.reservation) *party.reservation *= factor;
    const Answer a = solve(problem), b = solve(scaled);
    EXPECT_EQ(a.zone_size, b.zone_size);
    expect_same_choice(a.nash, b.nash, factor);
    // One party without a reservation may have a negative ratio; a ratio has no unit all the same.
    expect_same_choice(a.kalai_smorodinsky, b.kalai_smorodinsky, 1);
    EXPECT_EQ(as_sets(a.relaxations), as_sets(b.relaxations));
  });
}

TEST(Invariants, AConstraintMoreNeverEnlargesTheZone) {
  each(33, [](const BargainProblem& problem, RandomProblem& random, std::mt19937_64&) {
    BargainProblem more = problem;
    more.constraints.push_back({"more", "", ConstraintKind::linkage, random.formula(problem, 2)});
    const Answer a = solve(problem), b = solve(more);
    EXPECT_LE(b.zone_size, a.zone_size);
    if (a.agreement && !b.agreement) {
      EXPECT_TRUE(as_sets(b.relaxations).count({"more"}));
    }
  });
}

TEST(Invariants, AHigherReservationNeverEnlargesTheZone) {
  each(34, [](const BargainProblem& problem, RandomProblem&, std::mt19937_64& rng) {
    BargainProblem harder = problem;
    Party& party = harder.parties[rng() % harder.parties.size()];
    if (!party.reservation) return;
    *party.reservation += mpq_class(1 + static_cast<int>(rng() % 6), 2);
    party.reservation->canonicalize();
    EXPECT_LE(solve(harder).zone_size, solve(problem).zone_size);
  });
}

TEST(Invariants, ACancelledRunClaimsNoMoreThanItHas) {
  const std::atomic<bool> cancel{true};
  Options options;
  options.cancel = &cancel;
  int cut_short = 0;
  each(35, [&](const BargainProblem& problem, RandomProblem&, std::mt19937_64&) {
    const Answer answer = solve(problem, options);
    if (answer.certified && answer.complete && answer.zone_exact)
      expect_equal(problem, answer, brute::solve(problem));
    else
      ++cut_short;
  });
  EXPECT_GT(cut_short, 0);
}

}  // namespace
}  // namespace parley::deals
