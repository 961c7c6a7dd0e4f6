// SPDX-License-Identifier: MIT
// Drawn utilities against the proofs over all of them, with numbers for values and weights.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>

#include "deals/ensemble_draws.hpp"
#include "deals/ordinal_oracle.hpp"
#include "deals/stake_scale.hpp"
#include "deals/weight_draw.hpp"

namespace parley::deals {
namespace {

using namespace testing;

mpq_class worth(const std::vector<std::vector<mpq_class>>& exact, const Lottery& lottery) {
  mpq_class sum = 0;
  for (std::size_t s = 0; s < lottery.size(); ++s)
    for (std::size_t l = 0; l < lottery[s].size(); ++l) sum += exact[s][l] * lottery[s][l];
  return sum;
}

double worth(const DrawnUtility& u, const Lottery& lottery) {
  double sum = 0;
  for (std::size_t s = 0; s < lottery.size(); ++s)
    for (std::size_t l = 0; l < lottery[s].size(); ++l) sum += u.worth[s][l] * lottery[s][l].get_d();
  return sum;
}

TEST(Draws, AgreeWithTheProofs) {
  std::mt19937 random(9);
  Maker maker(random);
  int necessary = 0, dead = 0, open = 0, seen_both = 0;
  for (int round = 0; round < 1500; ++round) {
    auto c = maker.make(3, 3, true);
    for (std::size_t s = 0; s < 3; ++s) {
      c.party.stakes[s].id = std::to_string(s);
      if (random() % 6 == 0) {
        const mpq_class third(1, 3);
        c.party.weight_bounds = {{static_cast<int>(s), {third, third}}};
      }
    }
    const OrdinalVerdict verdict = stands(c.party, c.package, c.no_deal);
    const UtilityDraw utilities(c.party);
    if (!verdict.consistent || utilities.contradictory()) continue;
    int accepted = 0, of = 0;
    for (std::uint64_t world = 0; world < 60; ++world) {
      const auto u = utilities.draw(5, world);
      if (!u) break;
      const auto exact = utilities.exactly(5, world);
      for (const Lottery& p : c.package)
        for (const Lottery& q : c.no_deal) {
          const double difference = worth(*u, p) - worth(*u, q);
          ++of;
          accepted += difference >= 0;
          const mpq_class without_rounding = worth(exact, p) - worth(exact, q);
          ASSERT_NEAR(difference, without_rounding.get_d(), 1e-13) << round << text(c);
          if (verdict.standing == Standing::necessary) {
            ASSERT_GE(without_rounding, 0) << round << text(c);
          }
          if (verdict.standing == Standing::dead) {
            ASSERT_LT(without_rounding, 0) << round << text(c);
          }
        }
    }
    if (of == 0) continue;
    necessary += verdict.standing == Standing::necessary;
    dead += verdict.standing == Standing::dead;
    open += verdict.standing == Standing::open;
    seen_both += verdict.standing == Standing::open && accepted > 0 && accepted < of;
  }
  EXPECT_GT(necessary, 20);
  EXPECT_GT(dead, 20);
  EXPECT_GT(seen_both, open * 8 / 10);
}

Stake chain(const char* id, int levels) {
  Stake out;
  out.id = id;
  out.levels = levels;
  for (int l = 0; l + 1 < levels; ++l) out.better.emplace_back(l + 1, l);
  return out;
}

TEST(Draws, ANumberInTheMiddleLeavesTheEndsAtZeroAndOne) {
  Stake stake = chain("water", 3);
  stake.bounds = {{0, 1}, {ratio(1, 5), ratio(3, 10)}};
  const StakeScale scale(stake);
  ASSERT_TRUE(scale.numeric());
  double sum = 0;
  for (std::uint64_t world = 0; world < 2000; ++world) {
    worlds::Stream stream(1, "scale", world);
    const auto drawn = scale.draw(stream, 10);
    ASSERT_TRUE(drawn);
    const auto v = std::optional(scale.rounded(*drawn));
    ASSERT_EQ((*v)[0], 0);
    ASSERT_EQ((*v)[2], 1);
    ASSERT_GE((*v)[1], 0.2);
    ASSERT_LE((*v)[1], 0.3);
    sum += (*v)[1];
  }
  EXPECT_NEAR(sum / 2000, 0.25, 0.005);
}

TEST(Draws, FacesAreMetByTheirVolume) {
  // Level 2 is the worst of three. Either of the others may be the best; level 0 where it is not lies in 0 ..
  // 1, level 1 in 0 .. 1/2 only: it is never the best. Give it 1/2 .. 1 and both occur, one face being twice
  // the other.
  Stake stake;
  stake.levels = 3;
  stake.better = {{0, 2}, {1, 2}};
  stake.bounds = {{0, 1}, {ratio(1, 2), 1}};
  const StakeScale scale(stake);
  int first_best = 0;
  for (std::uint64_t world = 0; world < 3000; ++world) {
    worlds::Stream stream(2, "faces", world);
    const auto drawn = scale.draw(stream, 10);
    ASSERT_TRUE(drawn);
    const auto v = std::optional(scale.rounded(*drawn));
    ASSERT_TRUE((*v)[0] == 1 || (*v)[1] == 1);
    ASSERT_GE((*v)[1], 0.5);
    first_best += (*v)[0] == 1;
  }
  EXPECT_NEAR(first_best, 1000, 120);
}

TEST(Draws, GivenWeightsAreKept) {
  OrdinalParty party;
  party.stakes = {chain("a", 2), chain("b", 2), chain("c", 2)};
  party.stakes[2].consequence = true;
  party.consequence_block = {ratio(1, 10), ratio(1, 5)};
  party.weight_bounds = {{0, {ratio(2, 5), ratio(2, 5)}}};
  party.heavier = {{1, 0}};
  const WeightDraw draw(party);
  ASSERT_FALSE(draw.contradictory());
  int drawn = 0;
  for (std::uint64_t world = 0; world < 500; ++world) {
    const auto parts = draw.draw(3, world, 100);
    ASSERT_TRUE(parts);
    const auto w = std::optional(draw.rounded(*parts));
    const auto exact = draw.exactly(*parts);
    ++drawn;
    EXPECT_EQ(exact[0], ratio(2, 5));
    EXPECT_GE(exact[1], exact[0]);
    EXPECT_GE(exact[2], ratio(1, 10));
    EXPECT_LE(exact[2], ratio(1, 5));
    EXPECT_EQ(mpq_class(exact[0] + exact[1] + exact[2]), 1);
    EXPECT_DOUBLE_EQ((*w)[0], 0.4);
    EXPECT_GE((*w)[1], (*w)[0]);
    EXPECT_GE((*w)[2], 0.1 - 1e-9);
    EXPECT_LE((*w)[2], 0.2 + 1e-9);
    EXPECT_NEAR(std::accumulate(w->begin(), w->end(), 0.0), 1, 1e-9);
  }
  EXPECT_EQ(drawn, 500);
  party.weight_bounds.push_back({1, {ratio(3, 10), ratio(3, 10)}});  // lighter than what it must outweigh
  EXPECT_FALSE(WeightDraw(party).draw(3, 0, 100));
}

/// Every stated order holds in every draw, in whatever order its pairs are written, chains and trees of many
/// stakes included.
TEST(Draws, EveryStatedOrderHolds) {
  std::mt19937 dice(97);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(dice); };
  int chains = 0;
  for (int round = 0; round < 300; ++round) {
    OrdinalParty party;
    party.id = "p";
    const int n = 3 + below(4);
    std::vector<int> place;  // what stands further up may be heavier
    for (int s = 0; s < n; ++s) {
      party.stakes.emplace_back();
      party.stakes.back().id = "s" + std::to_string(s);
      party.stakes.back().levels = 2;
      place.push_back(s);
    }
    std::shuffle(place.begin(), place.end(), dice);
    const bool chain = below(2) == 0;
    chains += chain ? 1 : 0;
    for (int i = 0; i + 1 < n; ++i) {
      const int upper = chain ? i : below(i + 1);
      if (chain || below(4) > 0)
        party.heavier.emplace_back(place[static_cast<std::size_t>(upper)],
                                   place[static_cast<std::size_t>(i + 1)]);
    }
    std::shuffle(party.heavier.begin(), party.heavier.end(), dice);
    const WeightDraw draw(party);
    for (std::uint64_t world = 0; world < 20; ++world) {
      const auto drawn = draw.draw(1, world, 1000);
      ASSERT_TRUE(drawn);
      const auto weights = draw.exactly(*drawn);
      mpq_class sum = 0;
      for (const auto& weight : weights) sum += weight;
      EXPECT_EQ(sum, 1);
      for (const auto& [a, b] : party.heavier)
        ASSERT_GE(weights[static_cast<std::size_t>(a)], weights[static_cast<std::size_t>(b)])
            << round << ": " << a << " over " << b;
    }
  }
  EXPECT_GT(chains, 100);
}

TEST(Draws, WhatIsAlikeWeighsTheSame) {
  OrdinalParty party;
  party.stakes = {chain("a", 2), chain("b", 2), chain("c", 2), chain("d", 2)};
  party.stakes[3].consequence = true;
  party.heavier = {{0, 1}};
  party.alike = {{1, 2}};
  const auto drawn = [&](std::uint64_t world) -> std::optional<std::vector<double>> {
    const WeightDraw draw(party);
    const auto parts = draw.draw(4, world, 200);
    if (!parts) return std::nullopt;
    const auto exact = draw.exactly(*parts);
    mpq_class sum = 0;
    for (const mpq_class& weight : exact) sum += weight;
    EXPECT_EQ(sum, 1);
    EXPECT_EQ(exact[1], exact[2]);
    return draw.rounded(*parts);
  };
  for (std::uint64_t world = 0; world < 50; ++world) {
    const auto w = drawn(world);
    ASSERT_TRUE(w);
    EXPECT_DOUBLE_EQ((*w)[1], (*w)[2]);
    EXPECT_GT((*w)[0], (*w)[1]);
    EXPECT_NEAR(std::accumulate(w->begin(), w->end(), 0.0), 1, 1e-9);
  }
  party.alike.emplace_back(3, 2);  // an issue and a consequence
  for (std::uint64_t world = 0; world < 50; ++world) {
    const auto w = drawn(world);
    ASSERT_TRUE(w);
    EXPECT_NEAR((*w)[3], (*w)[1], 1e-12);
  }
  party.weight_bounds = {{1, {ratio(1, 5), ratio(1, 5)}}};  // who is as weighty as what is given is given
  const auto w = drawn(0);
  ASSERT_TRUE(w);
  EXPECT_DOUBLE_EQ((*w)[2], 0.2);
  EXPECT_DOUBLE_EQ((*w)[3], 0.2);
  EXPECT_NEAR((*w)[0], 0.4, 1e-9);
  party.weight_bounds.push_back({3, {ratio(3, 10), ratio(3, 10)}});
  EXPECT_FALSE(drawn(0));
  EXPECT_FALSE(OrdinalJudge(party).consistent());
}

TEST(Draws, AlikeAndHeavierContradictEachOther) {
  OrdinalParty party;
  party.stakes = {chain("a", 2), chain("b", 2)};
  party.heavier = {{0, 1}};
  party.alike = {{1, 0}};
  EXPECT_TRUE(WeightDraw(party).contradictory());
  EXPECT_FALSE(OrdinalJudge(party).consistent());
}

}  // namespace
}  // namespace parley::deals
