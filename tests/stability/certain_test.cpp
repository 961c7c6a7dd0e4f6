// SPDX-License-Identifier: MIT
// Bounds of stability against every completion of what is known, and why extension (a) would not do.
#include <gtest/gtest.h>

#include "stability/certain.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"
#include "stability/uncertain.hpp"

namespace parley::testing {
namespace {

using namespace stability;

/// A set of rankings that may be the true one, and what they agree on.
struct Uncertain {
  Graph graph;
  std::vector<Members> movers;
  std::vector<std::vector<std::vector<Rank>>> rankings;  // [dm][ranking][state]
  std::vector<Comparisons> known;
};

Uncertain random_uncertain(Dice& dice, bool joint) {
  Uncertain u;
  const auto n = static_cast<std::size_t>(2 + dice.below(2));
  const auto states = static_cast<std::size_t>(3 + dice.below(4));
  for (std::size_t i = 0; i < n; ++i) u.movers.push_back(Members{1} << i);
  if (joint) u.movers.push_back(3);
  std::vector<std::vector<Arc>> arcs(u.movers.size());
  for (auto& own : arcs)
    for (State a = 0; a < states; ++a)
      for (State b = 0; b < states; ++b)
        if (a != b && dice.chance(30)) own.push_back({a, b});
  u.graph = graph_of(states, arcs);
  for (std::size_t i = 0; i < n; ++i) {
    u.rankings.emplace_back();
    for (int r = 1 + dice.below(3); r > 0; --r)
      u.rankings.back().push_back(dense(random_ranks(dice, states)));
    Comparisons known{std::vector<Bits>(states, Bits(states)), std::vector<Bits>(states, Bits(states))};
    for (State s = 0; s < states; ++s)
      for (State t = 0; t < states; ++t) {
        bool better = true, worse = true;
        for (const auto& ranks : u.rankings[i]) {
          better = better && ranks[t] < ranks[s];
          worse = worse && ranks[t] >= ranks[s];
        }
        if (better) known.better[s].add(t);
        if (worse) known.not_better[s].add(t);
      }
    u.known.push_back(std::move(known));
  }
  return u;
}

template <class Visit>
void each_world(const Uncertain& u, Visit visit) {
  std::vector<std::size_t> pick(u.rankings.size(), 0);
  for (;;) {
    Rankings ranks;
    for (std::size_t i = 0; i < pick.size(); ++i) ranks.push_back(u.rankings[i][pick[i]]);
    visit(ranks);
    std::size_t i = 0;
    while (i < pick.size() && ++pick[i] == u.rankings[i].size()) pick[i++] = 0;
    if (i == pick.size()) return;
  }
}

TEST(Certain, BoundsHoldInEveryCompletion) {
  Dice dice(31);
  int proved_all = 0, proved_none = 0, open = 0;
  for (int round = 0; round < 3000; ++round) {
    const Uncertain u = random_uncertain(dice, round % 2 == 0);
    const auto bounds = stable_bounds(u.graph, u.movers, u.known);
    ASSERT_TRUE(bounds);
    ArcSolver solver(u.graph, u.movers);
    each_world(u, [&](const Rankings& ranks) {
      Individual world;
      solver.solve(ranks, kAllConcepts, world);
      for (std::size_t c = 0; c < kConcepts; ++c)
        for (std::size_t k = 0; k < u.movers.size(); ++k)
          for (State s = 0; s < u.graph.states; ++s) {
            const bool stable = world.stable[c][k].has(s);
            ASSERT_TRUE(stable || !bounds->always[c][k].has(s)) << round << " " << c << " " << k << " " << s;
            ASSERT_TRUE(!stable || bounds->possibly[c][k].has(s))
                << round << " " << c << " " << k << " " << s;
          }
    });
    for (std::size_t c = 0; c < kConcepts; ++c)
      for (std::size_t k = 0; k < u.movers.size(); ++k)
        for (State s = 0; s < u.graph.states; ++s)
          ++(bounds->always[c][k].has(s) ? proved_all : !bounds->possibly[c][k].has(s) ? proved_none : open);
  }
  EXPECT_GT(proved_all, 1000);
  EXPECT_GT(proved_none, 1000);
  EXPECT_GT(open, 1000);
}

/// Some moves may be there or not: bounds hold with every choice of them, in every completion.
TEST(Certain, BoundsHoldWithAndWithoutOpenMoves) {
  Dice dice(34);
  int proved_all = 0, proved_none = 0, lost_all = 0, lost_none = 0;
  for (int round = 0; round < 800; ++round) {
    const Uncertain u = random_uncertain(dice, round % 2 == 0);
    std::vector<std::vector<Arc>> sure(u.movers.size());
    std::vector<std::pair<std::size_t, Arc>> open;
    for (std::size_t k = 0; k < u.movers.size(); ++k)
      for (State s = 0; s < u.graph.states; ++s)
        for (const State t : u.graph.out[k].of(s))
          if (open.size() < 5 && dice.chance(30))
            open.push_back({k, {s, t}});
          else
            sure[k].push_back({s, t});
    const Graph certain = graph_of(u.graph.states, sure);
    const auto bounds = stable_bounds(u.graph, u.movers, u.known, {}, &certain);
    const auto all_there = stable_bounds(u.graph, u.movers, u.known);
    ASSERT_TRUE(bounds && all_there);
    for (std::size_t bits = 0; bits < std::size_t{1} << open.size(); ++bits) {
      auto moves = sure;
      for (std::size_t n = 0; n < open.size(); ++n)
        if ((bits >> n & 1U) != 0) moves[open[n].first].push_back(open[n].second);
      const Graph graph = graph_of(u.graph.states, moves);
      ArcSolver solver(graph, u.movers);
      each_world(u, [&](const Rankings& ranks) {
        Individual world;
        solver.solve(ranks, kAllConcepts, world);
        for (std::size_t c = 0; c < kConcepts; ++c)
          for (std::size_t k = 0; k < u.movers.size(); ++k)
            for (State s = 0; s < u.graph.states; ++s) {
              const bool stable = world.stable[c][k].has(s);
              ASSERT_TRUE(stable || !bounds->always[c][k].has(s))
                  << round << " " << c << " " << k << " " << s;
              ASSERT_TRUE(!stable || bounds->possibly[c][k].has(s))
                  << round << " " << c << " " << k << " " << s;
            }
      });
    }
    for (std::size_t c = 0; c < kConcepts; ++c)
      for (std::size_t k = 0; k < u.movers.size(); ++k)
        for (State s = 0; s < u.graph.states; ++s) {
          const bool always = bounds->always[c][k].has(s), never = !bounds->possibly[c][k].has(s);
          proved_all += always;
          proved_none += never;
          lost_all += all_there->always[c][k].has(s) && !always;
          lost_none += !all_there->possibly[c][k].has(s) && !never;
        }
  }
  EXPECT_GT(proved_all, 1000);
  EXPECT_GT(proved_none, 300);
  EXPECT_GT(lost_all, 100);
  EXPECT_GT(lost_none, 100);
}

TEST(Certain, MeetWherePreferencesAreComplete) {
  Dice dice(32);
  for (int round = 0; round < 1000; ++round) {
    Uncertain u = random_uncertain(dice, round % 2 == 0);
    for (auto& rankings : u.rankings) rankings.resize(1);
    for (std::size_t i = 0; i < u.known.size(); ++i)
      for (State s = 0; s < u.graph.states; ++s)
        for (State t = 0; t < u.graph.states; ++t) {
          const auto& ranks = u.rankings[i][0];
          (ranks[t] < ranks[s] ? u.known[i].better : u.known[i].not_better)[s].add(t);
        }
    const auto bounds = stable_bounds(u.graph, u.movers, u.known);
    ASSERT_TRUE(bounds);
    EXPECT_EQ(bounds->always, bounds->possibly);
  }
}

/// Nash, GMR and SMR under (a) hold in every completion, and what falls under (d) falls in every one; SEQ and
/// symmetric sequential under (a) do not: a reply that only may be an improvement is no credible threat.
TEST(Certain, ExtensionAIsNoProofForCredibleReplies) {
  Dice dice(33);
  std::array<int, kConcepts> broken{};
  for (int round = 0; round < 4000; ++round) {
    const Uncertain u = random_uncertain(dice, false);
    std::vector<Relation> relations;
    for (const auto& rankings : u.rankings) {
      Preference preference;
      preference.readings.assign(rankings.begin() + 1, rankings.end());
      relations.emplace_back(preference, rankings[0]);
    }
    std::array<std::vector<Bits>, kConcepts> under_a, under_d;
    for (std::size_t c = 0; c < kConcepts; ++c) {
      under_a[c] = *uncertain_stable(u.graph, relations, {static_cast<Concept>(c), Extension::a, false});
      under_d[c] = *uncertain_stable(u.graph, relations, {static_cast<Concept>(c), Extension::d, false});
    }
    ArcSolver solver(u.graph);
    each_world(u, [&](const Rankings& ranks) {
      Individual world;
      solver.solve(ranks, kAllConcepts, world);
      for (std::size_t c = 0; c < kConcepts; ++c)
        for (std::size_t i = 0; i < u.movers.size(); ++i)
          for (State s = 0; s < u.graph.states; ++s) {
            const bool stable = world.stable[c][i].has(s);
            broken[c] += under_a[c][i].has(s) && !stable ? 1 : 0;
            ASSERT_TRUE(!stable || under_d[c][i].has(s));
          }
    });
  }
  EXPECT_EQ(broken[0], 0);
  EXPECT_EQ(broken[1], 0);
  EXPECT_EQ(broken[2], 0);
  EXPECT_GT(broken[3], 0);
  EXPECT_GT(broken[4], 0);
}

}  // namespace
}  // namespace parley::testing
