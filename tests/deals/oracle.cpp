// SPDX-License-Identifier: MIT
// The lens against the definitions on thousands of small random problems.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "compare.hpp"
#include "deals/solve.hpp"
#include "random_problem.hpp"

namespace parley::deals {
namespace {

void agree(std::uint64_t seed, int rounds, const Shape& shape) {
  std::mt19937_64 rng(seed);
  int zones = 0;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << " round " << round);
    const BargainProblem problem = RandomProblem(rng, shape).make();
    const brute::Result oracle = brute::solve(problem);
    const Answer answer = solve(problem);
    expect_equal(problem, answer, oracle);
    zones += oracle.zone > 0 ? 1 : 0;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(zones, rounds / 10);
  EXPECT_LT(zones, rounds - rounds / 10);
}

TEST(Oracle, AdditiveUtilities) { agree(1, 3000, {.parties = 5, .issues = 5, .options = 3, .terms = false}); }
TEST(Oracle, TermsAndCaps) { agree(2, 3000, {.parties = 4, .issues = 5, .options = 3}); }
TEST(Oracle, ManyConstraints) { agree(3, 1500, {.parties = 2, .issues = 4, .options = 4, .constraints = 9}); }
TEST(Oracle, NumbersBeyondMachineIntegers) { agree(4, 1000, {.parties = 3, .issues = 4, .wild = true}); }

/// Options that give the parties the same values in another order tie in every criterion.
TEST(Oracle, PermutationsOfOneVector) {
  std::mt19937_64 rng(5);
  for (int round = 0; round < 100 && !HasFailure(); ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const std::size_t parties = 2 + rng() % 3, options = 2 + rng() % 4;
    BargainProblem problem;
    problem.issues.push_back({"i", std::vector<Option>(options)});
    problem.parties.resize(parties);
    std::vector<int> values;
    for (Party& party : problem.parties) {
      values.push_back(1 + static_cast<int>(rng() % 4));
      party.worth.emplace_back(options);
    }
    for (std::size_t o = 0; o < options; ++o) {
      std::shuffle(values.begin(), values.end(), rng);
      for (std::size_t i = 0; i < parties; ++i) problem.parties[i].worth[0][o] = values[i];
    }
    expect_equal(problem, solve(problem), brute::solve(problem));
  }
}

}  // namespace
}  // namespace parley::deals
