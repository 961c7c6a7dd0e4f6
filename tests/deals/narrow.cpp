// SPDX-License-Identifier: MIT
// The ways that only large problems take, forced upon small ones: beams, pruning by known points, joint
// bounds, and the search for reasons.
#include <gtest/gtest.h>

#include <random>

#include "compare.hpp"
#include "deals/reasons.hpp"
#include "deals/solve.hpp"
#include "deals/stages.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

TEST(Narrow, BeamsFindRealPackagesAndWhatTheyFindPrunesNothingThatCounts) {
  std::mt19937_64 rng(21);
  const Options options;
  for (int round = 0; round < 800 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const BargainProblem problem = RandomProblem(rng, {.parties = 4, .issues = 5, .options = 3}).make();
    const brute::Result oracle = brute::solve(problem);
    const Plan plan = make_plan(problem);
    const ExactTables exact = make_tables(plan);
    if (exact.bits > kBits64) continue;
    const auto tables = narrow<std::int64_t>(exact.tables);
    const Watch watch(options);
    const Ask ask = ask_all(problem);
    Known<std::int64_t> known(tables.parties);
    Stages<std::int64_t> beam(plan, tables, ask, watch, {.width = 2, .small = 0});
    beam.run();
    std::vector<std::int64_t> rows;
    for (const auto& end : beam.ends()) {
      rows.insert(rows.end(), end.utility, end.utility + tables.parties);
      EXPECT_LE(beam.paths().list(end.entry, 1).size(), 1U);
      for (const Package& x : beam.paths().list(end.entry, 5))
        for (std::size_t i = 0; i < problem.parties.size(); ++i) {
          const mpq_class u = brute::utility(problem.parties[i], x);
          EXPECT_EQ(u, tables.rational(end.utility)[i]);
          if (problem.parties[i].reservation) {
            EXPECT_GE(u, *problem.parties[i].reservation);
          }
        }
    }
    known.add(rows);
    Stages<std::int64_t> full(plan, tables, ask, watch, {.known = &known, .small = 0});
    EXPECT_TRUE(full.run());
    std::map<brute::Vector, std::set<brute::Picks>> frontier;
    for (const auto& end : full.ends())
      for (const Package& x : full.paths().list(end.entry, 1'000))
        frontier[tables.rational(end.utility)].insert(x);
    EXPECT_EQ(frontier, oracle.frontier);
  }
}

TEST(Narrow, ABeamAsWideAsTheFrontierLosesNothing) {
  BargainProblem problem;
  problem.issues.push_back({"i", std::vector<Option>(5)});
  problem.parties.resize(2);
  for (Party& party : problem.parties) party.worth.emplace_back();
  for (int o = 0; o < 5; ++o) {
    problem.parties[0].worth[0].emplace_back(o);
    problem.parties[1].worth[0].emplace_back(4 - o);
  }
  const Plan plan = make_plan(problem);
  const auto tables = narrow<std::int64_t>(make_tables(plan).tables);
  const Options options;
  const Watch watch(options);
  Stages<std::int64_t> wide(plan, tables, ask_all(problem), watch, {.width = 5});
  EXPECT_TRUE(wide.run());
  EXPECT_EQ(wide.ends().size(), 5U);
  Stages<std::int64_t> tight(plan, tables, ask_all(problem), watch, {.width = 4});
  EXPECT_FALSE(tight.run());
}

/// One party's loss is the other's gain, so that nothing is dominated and the first beam is too narrow.
TEST(Narrow, AConcessionIsProvedWhereTheFirstBeamIsTooNarrow) {
  BargainProblem problem;
  problem.parties.resize(2);
  for (int k = 0, place = 1; k < 5; ++k, place *= 8) {
    problem.issues.push_back({"i", std::vector<Option>(8)});
    for (Party& party : problem.parties) party.worth.emplace_back();
    for (int o = 0; o < 8; ++o) {
      problem.parties[0].worth.back().emplace_back(place * o);
      problem.parties[1].worth.back().emplace_back(place * (7 - o));
    }
  }
  for (Party& party : problem.parties) party.reservation = 20'000;
  problem.parties[0].reservation_id = "a", problem.parties[1].reservation_id = "b";
  const Answer answer = solve(problem);
  EXPECT_TRUE(answer.complete);
  ASSERT_TRUE(answer.cheapest_concession.has_value());
  EXPECT_EQ(answer.cheapest_concession->cut, 20'000 - 16'383);
  ASSERT_EQ(answer.single_concessions.size(), 2U);
  for (const SingleConcession& one : answer.single_concessions) EXPECT_EQ(one.cut, 20'000 - 12'767);
}

TEST(Narrow, TheSearchForReasonsAgreesWithTheDefinition) {
  std::mt19937_64 rng(22);
  const Options options;
  for (int round = 0; round < 600 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const BargainProblem problem = RandomProblem(rng, {.issues = 4, .options = 3, .constraints = 7}).make();
    const brute::Result oracle = brute::solve(problem);
    const Plan plan = make_plan(problem);
    const ExactTables exact = make_tables(plan);
    if (oracle.zone > 0 || exact.bits > kBits64) continue;
    Answer answer;
    explain(plan, narrow<std::int64_t>(exact.tables), Watch(options), 1, answer, 0);
    EXPECT_TRUE(answer.complete);
    EXPECT_EQ(as_sets(answer.conflicts), oracle.conflicts);
    EXPECT_EQ(as_sets(answer.relaxations), oracle.relaxations);
    expect_cut(problem, answer, oracle);
  }
}

}  // namespace
}  // namespace parley::deals
