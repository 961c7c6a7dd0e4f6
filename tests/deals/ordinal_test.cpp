// SPDX-License-Identifier: MIT
// Possible, necessary, dead against two judges: a grid (ordinal_oracle.hpp), and consistent utilities at
// random.
#include "deals/ordinal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>
#include <vector>

#include "deals/ordinal_oracle.hpp"

namespace parley::deals {
namespace {

using namespace testing;

void compare(int rounds, int stakes, int levels, bool numbers, unsigned seed) {
  rounds = std::max(rounds / parley_places::kFewer, std::min(rounds, 300));
  std::mt19937 random(seed);
  Maker maker(random);
  int necessary = 0, dead = 0, open = 0, inconsistent = 0;
  for (int round = 0; round < rounds; ++round) {
    const Case c = maker.make(stakes, levels, numbers);
    const OrdinalVerdict verdict = stands(c.party, c.package, c.no_deal);
    const Outcome expected = OrdinalOracle(c.party, random).stands(c.package, c.no_deal);
    if (!expected.consistent) {
      ASSERT_FALSE(verdict.consistent) << "round " << round << text(c);
      ASSERT_EQ(verdict.standing, Standing::dead);
      ++inconsistent;
      continue;
    }
    ASSERT_EQ(outcome(verdict), expected) << "round " << round << text(c);
    necessary += verdict.standing == Standing::necessary;
    dead += verdict.standing == Standing::dead;
    open += verdict.standing == Standing::open;
  }
  EXPECT_GT(necessary, rounds / 20);
  EXPECT_GT(dead, rounds / 25);
  EXPECT_GT(open, rounds / 20);
  EXPECT_GT(inconsistent, rounds / 50);
}

TEST(Ordinal, OneStakeAgainstTheGrid) { compare(600, 1, 4, false, 1); }
TEST(Ordinal, OneStakeWithNumbersAgainstTheGrid) { compare(1200, 1, 3, true, 2); }
TEST(Ordinal, TwoStakesAgainstTheGrid) { compare(2000, 2, 3, false, 3); }
TEST(Ordinal, TwoStakesWithNumbersAgainstTheGrid) { compare(1500, 2, 3, true, 4); }
TEST(Ordinal, ThreeStakesAgainstTheGrid) { compare(500, 3, 2, false, 5); }

/// A utility at random, by rejection: levels and weights that keep every order strictly.
struct Utility {
  std::vector<std::vector<double>> value;
  std::vector<double> weight;
};

std::optional<Utility> random_utility(const OrdinalParty& party, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform;
  Utility out;
  for (const Stake& s : party.stakes) {
    std::vector<double> v(z(s.levels));
    bool ok = false;
    for (int trial = 0; trial < 2000 && !ok; ++trial) {
      for (double& x : v) x = uniform(random);
      for (const auto& [a, b] : s.same) v[z(a)] = v[z(b)];
      ok = std::all_of(s.better.begin(), s.better.end(),
                       [&](const auto& p) { return v[z(p.first)] > v[z(p.second)]; }) &&
           std::all_of(s.same.begin(), s.same.end(),
                       [&](const auto& p) { return v[z(p.first)] == v[z(p.second)]; });
    }
    if (!ok) return std::nullopt;
    const double low = *std::min_element(v.begin(), v.end()), high = *std::max_element(v.begin(), v.end());
    for (double& x : v) x = high > low ? (x - low) / (high - low) : 0;
    out.value.push_back(v);
  }
  for (int trial = 0; trial < 2000; ++trial) {
    std::exponential_distribution<double> exponential;
    out.weight.assign(party.stakes.size(), 0);
    for (double& w : out.weight) w = exponential(random);
    const double sum = std::accumulate(out.weight.begin(), out.weight.end(), 0.0);
    for (double& w : out.weight) w /= sum;
    for (const auto& [a, b] : party.alike)  // one pair at most
      out.weight[z(a)] = out.weight[z(b)] = (out.weight[z(a)] + out.weight[z(b)]) / 2;
    if (std::all_of(party.heavier.begin(), party.heavier.end(),
                    [&](const auto& p) { return out.weight[z(p.first)] >= out.weight[z(p.second)]; }))
      return out;
  }
  return std::nullopt;
}

double worth(const Utility& u, const Lottery& lottery) {
  double sum = 0;
  for (std::size_t s = 0; s < lottery.size(); ++s)
    for (std::size_t l = 0; l < lottery[s].size(); ++l)
      sum += u.weight[s] * u.value[s][l] * lottery[s][l].get_d();
  return sum;
}

TEST(Ordinal, TwoThousandUtilitiesAgreeWithEachVerdict) {
  std::mt19937 random(6);
  Maker maker(random);
  int necessary = 0, dead = 0, open_and_seen = 0, open = 0;
  for (int round = 0; round < 600; ++round) {
    Case c = maker.make(3, 4, false);
    c.party.weight_bounds.clear();
    c.party.consequence_block = {0, 1};
    const OrdinalVerdict verdict = stands(c.party, c.package, c.no_deal);
    if (!verdict.consistent) continue;
    int accepted = 0, of = 0;
    for (int draw = 0; draw < 2000; ++draw) {
      const auto u = random_utility(c.party, random);
      if (!u) break;
      for (const Lottery& p : c.package)
        for (const Lottery& q : c.no_deal) {
          ++of;
          accepted += worth(*u, p) >= worth(*u, q) - 1e-12;
        }
    }
    if (of == 0) continue;
    if (verdict.standing == Standing::necessary) {
      EXPECT_EQ(accepted, of) << text(c);
    }
    if (verdict.standing == Standing::dead) {
      EXPECT_EQ(accepted, 0) << text(c);
    }
    necessary += verdict.standing == Standing::necessary;
    dead += verdict.standing == Standing::dead;
    open += verdict.standing == Standing::open;
    open_and_seen += verdict.standing == Standing::open && accepted > 0 && accepted < of;
  }
  EXPECT_GT(necessary, 5);
  EXPECT_GT(dead, 5);
  EXPECT_GT(open_and_seen, open * 8 / 10);
}

Stake chain(int levels) {  // higher numbers are better
  Stake out;
  out.levels = levels;
  for (int l = 0; l + 1 < levels; ++l) out.better.emplace_back(l + 1, l);
  return out;
}

std::vector<mpq_class> surely(int level, int levels) {
  std::vector<mpq_class> out(z(levels), 0);
  out[z(level)] = 1;
  return out;
}

Standing verdict(const OrdinalParty& party, const Lottery& package, const Lottery& no_deal) {
  return stands(party, {package}, {no_deal}).standing;
}

TEST(Ordinal, DominanceDecidesAndATradeOffDoesNot) {
  OrdinalParty party;
  party.stakes = {chain(3), chain(3)};
  const auto at = [](int a, int b) { return Lottery{surely(a, 3), surely(b, 3)}; };
  EXPECT_EQ(verdict(party, at(1, 1), at(1, 1)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(2, 1), at(1, 1)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(0, 1), at(1, 1)), Standing::dead);
  EXPECT_EQ(verdict(party, at(2, 0), at(1, 1)), Standing::open);
  // Best on what is heavier against worst on what is lighter, from the worst and the best: decided by
  // salience.
  EXPECT_EQ(verdict(party, at(2, 0), at(0, 2)), Standing::open);
  party.heavier = {{0, 1}};
  EXPECT_EQ(verdict(party, at(2, 0), at(0, 2)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(0, 2), at(2, 0)), Standing::dead);  // equal only where the weights are equal
  EXPECT_EQ(verdict(party, at(2, 0), at(1, 2)), Standing::open);
}

TEST(Ordinal, SilenceLeavesOpen) {
  OrdinalParty party;
  Stake silent;
  silent.levels = 2;
  party.stakes = {silent};
  EXPECT_EQ(verdict(party, {surely(0, 2)}, {surely(1, 2)}), Standing::open);
  party.stakes[0].same = {{0, 1}};  // indifferent
  EXPECT_EQ(verdict(party, {surely(0, 2)}, {surely(1, 2)}), Standing::necessary);
}

TEST(Ordinal, ALotteryIsWeighedAsOne) {
  OrdinalParty party;
  party.stakes = {chain(3)};
  const std::vector<mpq_class> middle = surely(1, 3), even{ratio(1, 2), 0, ratio(1, 2)},
                               better{0, ratio(1, 2), ratio(1, 2)};
  EXPECT_EQ(verdict(party, {even}, {middle}), Standing::open);
  EXPECT_EQ(verdict(party, {better}, {even}), Standing::necessary);  // first-order dominance
  EXPECT_EQ(verdict(party, {even}, {better}), Standing::dead);
}

TEST(Ordinal, EqualityOnAWholeFaceIsNoBoundary) {
  // Two stakes of equal weight; the second loses everything. The first gains everything where its level 0 is
  // the best one, so the package is then worth exactly as much: accepted, in half of all worlds.
  OrdinalParty party;
  Stake first;
  first.levels = 3;
  first.better = {{0, 2}, {1, 2}};
  party.stakes = {first, chain(2)};
  party.weight_bounds = {{0, {ratio(1, 2), ratio(1, 2)}}};
  const Lottery package{surely(0, 3), surely(0, 2)}, no_deal{surely(2, 3), surely(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::open);
  // A third stake, on which the package is worse, decides unless it can have no weight.
  OrdinalParty third = party;
  third.stakes.push_back(chain(3));
  const std::pair<mpq_class, mpq_class> equal{ratio(2, 5), ratio(2, 5)};
  third.weight_bounds = {{0, equal}, {1, equal}};
  Lottery longer = package, other = no_deal;
  longer.push_back(surely(1, 3));
  other.push_back(surely(2, 3));
  EXPECT_EQ(verdict(third, longer, other), Standing::dead);
  third.weight_bounds = {{0, {ratio(1, 2), ratio(1, 2)}}, {1, {ratio(1, 2), ratio(1, 2)}}};
  EXPECT_EQ(verdict(third, longer, other), Standing::open);

  party.stakes[0].better.emplace_back(1, 0);  // level 0 is never the best: worth less, but for the boundary
  EXPECT_EQ(verdict(party, package, no_deal), Standing::dead);

  party.stakes[0] =
      chain(3);  // from the middle to the best: everything only where the middle is worth nothing
  EXPECT_EQ(verdict(party, {surely(2, 3), surely(0, 2)}, {surely(1, 3), surely(1, 2)}), Standing::dead);
  EXPECT_EQ(verdict(party, {surely(2, 3), surely(0, 2)}, {surely(0, 3), surely(1, 2)}), Standing::necessary);
}

TEST(Ordinal, CornersAreAllOrNothing) {
  OrdinalParty party;
  party.stakes = {chain(3)};
  const Lottery low{surely(0, 3)}, middle{surely(1, 3)}, high{surely(2, 3)};
  EXPECT_EQ(stands(party, {high, low}, {middle}).standing, Standing::open);
  EXPECT_EQ(stands(party, {high, middle}, {low, middle}).standing, Standing::necessary);
  EXPECT_EQ(stands(party, {low, low}, {middle, high}).standing, Standing::dead);
}

TEST(Ordinal, StakeByStakeIsTheSameAsAllCombinations) {
  std::mt19937 random(7);
  Maker maker(random);
  for (int round = 0; round < 1500; ++round) {
    const Case c = maker.make(3, 3, true), more = maker.make(3, 3, false);
    const std::size_t n = c.party.stakes.size();
    // Per stake up to two chances for the package and two for no deal, cut or filled to the stake's levels.
    const auto chances = [&](const Lottery& lottery, std::size_t s) {
      std::vector<mpq_class> out = lottery[s];
      out.resize(z(c.party.stakes[s].levels), 0);
      mpq_class sum = 0;
      for (const mpq_class& p : out) sum += p;
      out[0] += 1 - sum;
      return out;
    };
    std::vector<std::vector<std::vector<mpq_class>>> with(n), without(n);
    std::vector<Lottery> changes(n);
    for (std::size_t s = 0; s < n; ++s) {
      with[s] = {chances(c.package[0], s), chances(more.package[0], s)};
      without[s] = {chances(c.no_deal[0], s), chances(more.no_deal[0], s)};
      if (round % 3 != 0) with[s].pop_back();
      if (round % 2 != 0) without[s].pop_back();
      for (const auto& p : with[s])
        for (const auto& q : without[s]) {
          changes[s].push_back(p);
          for (std::size_t l = 0; l < p.size(); ++l) changes[s].back()[l] -= q[l];
        }
    }
    Prospect package, no_deal;
    each_choice(with, [&](const Lottery& lottery) { package.push_back(lottery); });
    each_choice(without, [&](const Lottery& lottery) { no_deal.push_back(lottery); });
    const OrdinalJudge judge(c.party);
    ASSERT_EQ(judge.stands_by_stake(changes).standing, judge.stands(package, no_deal).standing)
        << round << text(c);
  }
}

TEST(Ordinal, ContradictionsAreSaid) {
  OrdinalParty party;
  party.stakes = {chain(2)};
  party.stakes[0].better.emplace_back(0, 1);
  const Lottery one{surely(0, 2)};
  EXPECT_FALSE(stands(party, {one}, {one}).consistent);
  EXPECT_EQ(stands(party, {one}, {one}).standing, Standing::dead);
  party.stakes = {chain(2), chain(2)};
  party.weight_bounds = {{0, {ratio(3, 4), 1}}, {1, {ratio(1, 2), 1}}};
  EXPECT_FALSE(OrdinalJudge(party).consistent());
}

TEST(Ordinal, NoStakesAcceptAnything) {
  EXPECT_EQ(stands({}, {Lottery{}}, {Lottery{}}).standing, Standing::necessary);
}

TEST(Ordinal, TheBlockOfConsequencesCounts) {
  OrdinalParty party;
  party.stakes = {chain(2), chain(2)};
  party.stakes[1].consequence = true;
  const Lottery package{surely(1, 2), surely(0, 2)}, no_deal{surely(0, 2), surely(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::open);
  party.consequence_block = {0, ratio(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::necessary);
  party.consequence_block = {ratio(3, 4), 1};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::dead);
}

TEST(Ordinal, WideStakesEnd) {
  // Forty levels without any order, all of them uncertain; and twenty under one best.
  OrdinalParty party;
  Stake wide;
  wide.levels = 40;
  party.stakes = {wide};
  std::vector<mpq_class> p(40), q(40, ratio(1, 40));
  for (int l = 0; l < 40; ++l) p[z(l)] = ratio(l + 1, 820);
  EXPECT_EQ(verdict(party, {p}, {q}), Standing::open);
  Stake star;
  star.levels = 20;
  for (int l = 1; l < 20; ++l) star.better.emplace_back(0, l);
  party.stakes = {star};
  p.resize(20);
  q.assign(20, ratio(1, 20));
  for (int l = 0; l < 20; ++l) p[z(l)] = ratio(20 - l, 210);
  EXPECT_EQ(verdict(party, {p}, {q}), Standing::open);
}

}  // namespace
}  // namespace parley::deals
