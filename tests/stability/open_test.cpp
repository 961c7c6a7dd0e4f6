// SPDX-License-Identifier: MIT
// Bounds where one decision maker's preferences are wholly open, against every weak order that it may have.
#include <gtest/gtest.h>

#include "stability/certain.hpp"
#include "stability/coalition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

/// All weak orders of `states` in which states of one kind tie.
std::vector<std::vector<Rank>> orders_of(const std::vector<std::uint32_t>& kinds, std::uint32_t count) {
  std::vector<std::vector<Rank>> list;
  std::vector<Rank> of_kind(count, 0);
  for (;;) {
    std::vector<Rank> ranks;
    for (const auto kind : kinds) ranks.push_back(of_kind[kind]);
    list.push_back(dense(ranks));
    std::size_t i = 0;
    while (i < count && ++of_kind[i] == count) of_kind[i++] = 0;
    if (i == count) return list;
  }
}

TEST(OpenPreferences, BoundsAreThoseOfEveryOrder) {
  Dice dice(77);
  int open = 0, loose = 0;
  for (int round = 0; round < 1500; ++round) {
    const auto states = static_cast<std::size_t>(2 + dice.below(3));
    const std::size_t dms = 2 + static_cast<std::size_t>(dice.below(2));
    std::vector<Members> movers = one_each(dms);
    if (dice.chance(40)) movers.push_back(3);
    std::vector<std::vector<Arc>> arcs(movers.size());
    for (auto& own : arcs)
      for (State a = 0; a < states; ++a)
        for (State b = 0; b < states; ++b)
          if (a != b && dice.chance(45)) own.push_back({a, b});
    const Graph graph = graph_of(states, arcs);
    Rankings ranks;
    for (std::size_t i = 0; i < dms; ++i) ranks.push_back(dense(random_ranks(dice, states)));
    // The first is silent; it cannot tell states of one kind apart.
    const std::uint32_t kinds = 1 + static_cast<std::uint32_t>(dice.below(static_cast<int>(states)));
    std::vector<std::uint32_t> kind;
    for (State s = 0; s < states; ++s)
      kind.push_back(s < kinds ? s : static_cast<std::uint32_t>(dice.below(static_cast<int>(kinds))));
    std::vector<Comparisons> known;
    std::vector<std::vector<Bits>> sure, perhaps;
    for (std::size_t i = 0; i < dms; ++i) {
      Comparisons one{std::vector<Bits>(states, Bits(states)), std::vector<Bits>(states, Bits(states))};
      for (State s = 0; s < states; ++s)
        for (State t = 0; t < states; ++t)
          if (i == 0 ? kind[s] == kind[t] : ranks[i][t] >= ranks[i][s])
            one.not_better[s].add(t);
          else if (i != 0)
            one.better[s].add(t);
      sure.push_back(one.better);
      perhaps.push_back(one.not_better);
      for (Bits& bits : perhaps.back()) bits.flip();
      known.push_back(std::move(one));
    }
    const auto solver = BoundSolver::make(graph, movers, kAllConcepts);
    ASSERT_TRUE(solver);
    const auto bounds = solver->solve(known);
    const auto coalitions = CoalitionSolver::make(graph, movers, dms);
    const CoalitionConcepts all = {true, true, true, true};
    const auto least = coalitions->solve(perhaps, sure, all), most = coalitions->solve(sure, perhaps, all);
    ASSERT_TRUE(bounds && least && most);
    std::array<std::vector<Bits>, kConcepts> always, ever;
    for (std::size_t c = 0; c < kConcepts; ++c) {
      always[c].assign(movers.size(), Bits(states, true));
      ever[c].assign(movers.size(), Bits(states));
    }
    for (const auto& order : orders_of(kind, kinds)) {
      ranks[0] = order;
      Individual world;
      ArcSolver(graph, movers).solve(ranks, kAllConcepts, world);
      std::vector<std::vector<Bits>> better;
      for (const auto& own : ranks) better.push_back(better_than(own));
      const auto together = coalitions->solve(better, all);
      for (std::size_t c = 0; c < kConcepts; ++c)
        for (std::size_t k = 0; k < movers.size(); ++k) {
          always[c][k] &= world.stable[c][k];
          ever[c][k] |= world.stable[c][k];
        }
      for (std::size_t c = 0; c < kCoalitionConcepts; ++c)
        for (std::size_t h = 0; h < together->by_coalition[c].size(); ++h)
          for (State s = 0; s < states; ++s) {
            const bool stable = together->by_coalition[c][h].has(s);
            ASSERT_TRUE(stable || !least->by_coalition[c][h].has(s)) << round << " " << c << " " << h;
            ASSERT_TRUE(!stable || most->by_coalition[c][h].has(s)) << round << " " << c << " " << h;
          }
    }
    for (std::size_t c = 0; c < kConcepts; ++c)
      for (std::size_t k = 0; k < movers.size(); ++k) {
        // The least is exact: the one order under which all that the silent one may want pulls against s.
        ASSERT_EQ(bounds->always[c][k], always[c][k]) << round << " " << c << " " << k;
        for (State s = 0; s < states; ++s) {
          ASSERT_TRUE(!ever[c][k].has(s) || bounds->possibly[c][k].has(s)) << round << " " << c << " " << k;
          loose += bounds->possibly[c][k].has(s) && !ever[c][k].has(s) ? 1 : 0;
          open += bounds->possibly[c][k].has(s) && !bounds->always[c][k].has(s) ? 1 : 0;
        }
      }
  }
  EXPECT_GT(open, 5000);
  EXPECT_LT(loose * 20, open);  // what may be is hardly ever said of what cannot be
}

TEST(OpenPreferences, OnlyWhatIsAskedForIsWorkedOut) {
  const Graph graph = graph_of(2, {{{0, 1}}, {{1, 0}}});
  const std::vector<Comparisons> known(2, {std::vector<Bits>(2, Bits(2)), std::vector<Bits>(2, Bits(2))});
  const auto solver = BoundSolver::make(graph, one_each(2), {true, false, false, true, false});
  ASSERT_TRUE(solver);
  const auto some = solver->solve(known);
  const auto all = stable_bounds(graph, one_each(2), known);
  ASSERT_TRUE(some && all);
  for (const std::size_t c : {0, 3}) EXPECT_EQ(some->always[c], all->always[c]);
  for (const std::size_t c : {1, 2, 4}) EXPECT_TRUE(some->always[c].empty());
}

}  // namespace
}  // namespace parley::testing
