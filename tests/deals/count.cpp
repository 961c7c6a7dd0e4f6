// SPDX-License-Identifier: MIT
// Counting through inner blocks of every small size, against the definition.
#include "deals/count.hpp"

#include <gtest/gtest.h>

#include <random>

#include "brute_force.hpp"
#include "deals/count_pairs.hpp"
#include "deals/listing.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

std::vector<Package> zone_by_definition(const BargainProblem& problem, const Ask& ask) {
  std::vector<Package> zone;
  for (const brute::Picks& x : brute::all_packages(problem)) {
    bool ok = true;
    for (std::size_t c = 0; c < problem.constraints.size(); ++c)
      ok = ok && (ask.constraints[c] != Use::hard || brute::formula(problem.constraints[c].formula, x));
    for (std::size_t i = 0; i < problem.parties.size(); ++i) {
      const Party& party = problem.parties[i];
      ok = ok && (ask.reservations[i] != Use::hard || !party.reservation ||
                  brute::utility(party, x) >= *party.reservation);
    }
    if (ok) zone.push_back(x);
  }
  return zone;
}

template <class Number>
void check(const BargainProblem& problem, const Ask& ask, std::size_t block, const Tables<mpz_class>& exact,
           const Plan& plan) {
  const Options options;
  const Watch watch(options);
  const Tables<Number> tables = narrow<Number>(exact);
  const std::vector<Package> zone = zone_by_definition(problem, ask);
  for (const std::size_t few : {std::size_t{0}, kFewCrossing}) {  // 0: rows are scanned as if terms were many
    const Count count = count_packages(plan, tables, ask, watch, 2, block, few);
    EXPECT_TRUE(count.exact);
    EXPECT_EQ(count.packages, zone.size());
  }
  const Count halves = count_packages(plan, tables, ask, watch, 1, block, kFewCrossing, 0);
  EXPECT_TRUE(halves.exact);
  EXPECT_EQ(halves.packages, zone.size());
  const auto listed = Listing<Number>(plan, tables, ask).first(5);
  EXPECT_EQ(
      listed.packages,
      std::vector<Package>(zone.begin(), zone.begin() + std::min<std::ptrdiff_t>(
                                                            5, static_cast<std::ptrdiff_t>(zone.size()))));
}

TEST(Count, AgreesWithTheDefinitionForEveryBlock) {
  std::mt19937_64 rng(11);
  for (int round = 0; round < 1500 && !testing::Test::HasFailure(); ++round) {
    const bool wild = round % 5 == 4;
    const BargainProblem problem =
        RandomProblem(rng, {.parties = 5, .issues = 5, .options = 4, .constraints = 4, .wild = wild}).make();
    const Plan plan = make_plan(problem);
    const ExactTables exact = make_tables(plan);
    Ask ask;
    for (std::size_t c = 0; c < problem.constraints.size(); ++c)
      ask.constraints.push_back(rng() % 4 == 0 ? Use::ignored : Use::hard);
    for (std::size_t i = 0; i < problem.parties.size(); ++i)
      ask.reservations.push_back(rng() % 4 == 0 ? Use::ignored : Use::hard);
    SCOPED_TRACE(testing::Message() << "round " << round);
    for (const std::size_t block : {1, 3, 16, 100'000}) {
      if (exact.bits <= kBits64)
        check<std::int64_t>(problem, ask, block, exact.tables, plan);
      else
        check<mpz_class>(problem, ask, block, exact.tables, plan);
    }
  }
}

/// Many parties make a block dear to build: the watch is asked meanwhile, and nothing is built once it says
/// stop.
TEST(Count, ABlockIsNotBuiltToTheEndWhenToldToStop) {
  std::mt19937_64 rng(9);
  BargainProblem problem;
  for (int k = 0; k < 8; ++k) problem.issues.push_back({"i", std::vector<Option>(4, Option{"o", false})});
  for (int i = 0; i < 60; ++i) {
    Party party;
    for (int k = 0; k < 8; ++k) {
      party.worth.emplace_back();
      for (int o = 0; o < 4; ++o) party.worth.back().emplace_back(static_cast<int>(rng() % 100));
    }
    party.reservation = 250;
    problem.parties.push_back(party);
  }
  const Plan plan = make_plan(problem);
  const Tables<std::int64_t> tables = narrow<std::int64_t>(make_tables(plan).tables);
  const Options options;
  const auto stopped_at = [&](std::int64_t questions) {
    return count_packages(plan, tables, ask_all(problem), Watch(options, questions), 1);
  };
  for (const std::int64_t questions : {0, 1, 30, 1'000}) {
    const Count count = stopped_at(questions);
    EXPECT_FALSE(count.exact);
    EXPECT_EQ(count.packages, 0) << questions;
  }
  EXPECT_TRUE(stopped_at(-1).exact);
}

/// Rows and queries in a random order, with few ranks (a line, a grid) and with many (divide and conquer).
TEST(Count, RankedRowsAreCountedAsByHand) {
  std::mt19937 rng(17);
  const Options options;
  const Watch watch(options);
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t seconds = round % 4 == 0 ? 1 : 1 + rng() % (round % 3 == 0 ? 9'000 : 40);
    const std::uint32_t thirds = round % 5 == 0 ? 1 : 1 + rng() % (round % 3 == 0 ? 9'000 : 40);
    std::vector<counting::Ranked> rows(rng() % 900);
    std::uint64_t expected = 0;
    for (std::size_t q = 0; q < rows.size(); ++q) {
      rows[q] = {1 + static_cast<std::uint32_t>(rng() % seconds),
                 1 + static_cast<std::uint32_t>(rng() % thirds), rng() % 2 == 0};
      for (std::size_t r = 0; rows[q].asks && r < q; ++r)
        expected +=
            !rows[r].asks && rows[r].second <= rows[q].second && rows[r].third <= rows[q].third ? 1 : 0;
    }
    EXPECT_EQ(counting::RankedCount(rows, seconds, thirds, watch).run(), expected) << round;
  }
}

/// Fourteen issues of three options: by halves and by the block.
TEST(Count, HalvesAgreeWithTheBlock) {
  std::mt19937 rng(23);
  const Options options;
  for (const int parties : {1, 2, 3}) {
    BargainProblem problem;
    for (int k = 0; k < 14; ++k) problem.issues.push_back({"i", std::vector<Option>(3, Option{"o", false})});
    for (int i = 0; i < parties; ++i) {
      Party party;
      for (int k = 0; k < 14; ++k) {
        party.worth.emplace_back();
        for (int o = 0; o < 3; ++o) party.worth.back().emplace_back(static_cast<int>(rng() % 100'000));
      }
      party.reservation = 800'000;
      problem.parties.push_back(party);
    }
    const Plan plan = make_plan(problem);
    const Tables<std::int64_t> tables = narrow<std::int64_t>(make_tables(plan).tables);
    const Watch watch(options);
    const auto with = [&](double halves) {
      return count_packages(plan, tables, ask_all(problem), watch, 2, kBlock, kFewCrossing, halves).packages;
    };
    EXPECT_EQ(with(0), with(1e30));
    EXPECT_GT(with(0), 0);
    const Watch stopped(options, 3);
    EXPECT_FALSE(count_packages(plan, tables, ask_all(problem), stopped, 1, kBlock, kFewCrossing, 0).exact);
  }
}

TEST(Count, KernelsAgreeWithPlainLoops) {
  std::mt19937 rng(5);
  for (int round = 0; round < 300; ++round) {
    const std::size_t length = rng() % 2000, n = rng() % 9;
    std::vector<std::vector<Rank>> columns(n, std::vector<Rank>(length));
    std::vector<const Rank*> pointers;
    std::vector<Rank> thresholds;
    for (auto& column : columns) {
      for (Rank& r : column) r = static_cast<Rank>(rng() % 50);
      pointers.push_back(column.data());
      thresholds.push_back(static_cast<Rank>(rng() % 40));
    }
    std::size_t expected = 0;
    for (std::size_t j = 0; j < length; ++j) {
      bool all = true;
      for (std::size_t c = 0; c < n; ++c) all = all && columns[c][j] >= thresholds[c];
      expected += all ? 1 : 0;
    }
    ASSERT_EQ(count_at_least(pointers.data(), thresholds.data(), n, length), expected);
  }
}

TEST(Count, SweepAgreesWithPlainLoops) {
  std::mt19937 rng(6);
  for (int round = 0; round < 300; ++round) {
    std::vector<Rank> a(rng() % 60), b(a.size());
    for (Rank& r : a) r = static_cast<Rank>(rng() % 20);
    std::sort(a.rbegin(), a.rend());
    for (Rank& r : b) r = static_cast<Rank>(rng() % 20);
    std::vector<RankPair> queries(rng() % 60);
    std::uint64_t expected = 0;
    for (RankPair& q : queries) {
      q = {static_cast<Rank>(rng() % 22), static_cast<Rank>(rng() % 22)};
      for (std::size_t j = 0; j < a.size(); ++j) expected += a[j] >= q.a && b[j] >= q.b ? 1 : 0;
    }
    ASSERT_EQ(count_pairs(a, b, queries, 20), expected);
  }
}

TEST(Count, AMillionPackagesByAnyBlockAndAnyNumberOfThreads) {
  std::mt19937_64 rng(8);
  BargainProblem problem;
  for (int k = 0; k < 10; ++k) problem.issues.push_back({"i", std::vector<Option>(4, Option{"o", false})});
  RandomProblem random(rng, {});
  for (int i = 0; i < 4; ++i) {
    Party party;
    for (int k = 0; k < 10; ++k) {
      party.worth.emplace_back();
      for (int o = 0; o < 4; ++o) party.worth.back().emplace_back(static_cast<int>(rng() % 100));
    }
    party.terms.push_back({random.formula(problem, 2), mpq_class(30)});
    party.reservation = 530;
    problem.parties.push_back(party);
  }
  for (int c = 0; c < 4; ++c)
    problem.constraints.push_back({"c", "", ConstraintKind::linkage, random.formula(problem, 1)});
  const Plan plan = make_plan(problem);
  const Tables<std::int64_t> tables = narrow<std::int64_t>(make_tables(plan).tables);
  const Options options;
  const Watch watch(options);
  Ask ask{std::vector<Use>(4, Use::hard), std::vector<Use>(4, Use::hard)};
  const mpz_class walked = count_packages(plan, tables, ask, watch, 1, 0).packages;
  EXPECT_GT(walked, 100);
  for (const std::size_t block : {7U, 300U, 16'384U})
    for (const int threads : {1, 2, 5})
      EXPECT_EQ(count_packages(plan, tables, ask, watch, threads, block).packages, walked);
  for (std::size_t i = 0; i < 4; ++i) {  // two and three columns, and one
    ask.reservations[i] = Use::ignored;
    EXPECT_EQ(count_packages(plan, tables, ask, watch, 2, 16'384).packages,
              count_packages(plan, tables, ask, watch, 1, 0).packages);
    EXPECT_EQ(count_packages(plan, tables, ask, watch, 2, 300, 0).packages,
              count_packages(plan, tables, ask, watch, 1, 0).packages);
  }
}

}  // namespace
}  // namespace parley::deals
