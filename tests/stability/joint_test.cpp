// SPDX-License-Identifier: MIT
// Joint movers against the definition written out with sets.
#include <gtest/gtest.h>

#include <set>

#include "stability/individual.hpp"
#include "stability/random_game.hpp"

namespace parley::testing {
namespace {

using namespace stability;
using States = std::set<State>;

struct JointGame {
  std::size_t dms = 0, states = 0;
  std::vector<Members> movers;
  std::vector<std::vector<Arc>> arcs;
  Rankings ranks;
};

JointGame random_joint(Dice& dice) {
  JointGame g;
  g.dms = static_cast<std::size_t>(2 + dice.below(3));
  g.states = static_cast<std::size_t>(2 + dice.below(6));
  for (std::size_t i = 0; i < g.dms; ++i) g.movers.push_back(Members{1} << i);
  for (int k = 1 + dice.below(2); k > 0; --k) {
    const auto own = static_cast<Members>(1 + dice.below((1 << g.dms) - 1));
    if (std::find(g.movers.begin(), g.movers.end(), own) == g.movers.end()) g.movers.push_back(own);
  }
  const int density = 8 + dice.below(35);
  for (std::size_t k = 0; k < g.movers.size(); ++k) {
    g.arcs.emplace_back();
    for (State a = 0; a < g.states; ++a)
      for (State b = 0; b < g.states; ++b)
        if (a != b && dice.chance(density)) g.arcs.back().push_back({a, b});
  }
  for (std::size_t i = 0; i < g.dms; ++i) {
    g.ranks.emplace_back();
    const int values = dice.chance(40) ? 2 : 50;
    for (std::size_t s = 0; s < g.states; ++s)
      g.ranks.back().push_back(static_cast<Rank>(dice.below(values) % static_cast<int>(g.states)));
  }
  return g;
}

bool all_gain(const JointGame& g, Members who, State from, State to) {
  for (std::size_t i = 0; i < g.dms; ++i)
    if ((who >> i & 1U) != 0 && g.ranks[i][to] >= g.ranks[i][from]) return false;
  return true;
}

States moves(const JointGame& g, std::size_t k, State s) {
  States to;
  for (const Arc& arc : g.arcs[k])
    if (arc.from == s) to.insert(arc.to);
  return to;
}

/// Ends of legal sequences of movers that share nobody with `who`, by repetition until nothing is new.
States replies(const JointGame& g, Members who, State from, bool improving) {
  std::set<std::pair<State, std::size_t>> reached;
  const auto step = [&](State s, std::size_t last) {
    bool grown = false;
    for (std::size_t k = 0; k < g.movers.size(); ++k) {
      if (k == last || (g.movers[k] & who) != 0) continue;
      for (const State t : moves(g, k, s))
        if (!improving || all_gain(g, g.movers[k], s, t)) grown = reached.insert({t, k}).second || grown;
    }
    return grown;
  };
  for (bool grown = step(from, g.movers.size()); grown;) {
    grown = false;
    const auto before = reached;
    for (const auto& [s, k] : before) grown = step(s, k) || grown;
  }
  States ends;
  for (const auto& [s, k] : reached) ends.insert(s);
  return ends;
}

bool defined_stable(const JointGame& g, std::size_t k, State s, Concept named) {
  const Members who = g.movers[k];
  for (const State x : moves(g, k, s)) {
    if (!all_gain(g, who, s, x)) continue;
    bool met = false;
    if (named != Concept::nash)
      for (const State y : replies(g, who, x, named == Concept::seq || named == Concept::ssym)) {
        bool deters = !all_gain(g, who, s, y);
        if (named == Concept::smr || named == Concept::ssym)
          for (const State z : moves(g, k, y)) deters = deters && !all_gain(g, who, s, z);
        met = met || deters;
      }
    if (!met) return false;
  }
  return true;
}

TEST(JointMovers, EqualTheDefinitionOnRandomGraphs) {
  Dice dice(20);
  int unstable = 0, joint_only_lasting = 0;
  for (int round = 0; round < 4000; ++round) {
    const JointGame g = random_joint(dice);
    const Graph graph = graph_of(g.states, g.arcs);
    Individual found;
    ArcSolver(graph, g.movers).solve(g.ranks, kAllConcepts, found);
    for (std::size_t c = 0; c < kConcepts; ++c)
      for (std::size_t k = 0; k < g.movers.size(); ++k)
        for (State s = 0; s < g.states; ++s) {
          const bool expected = defined_stable(g, k, s, static_cast<Concept>(c));
          ASSERT_EQ(found.stable[c][k].has(s), expected)
              << "round " << round << " concept " << c << " mover " << k << " state " << s;
          unstable += expected ? 0 : 1;
        }
    for (std::size_t k = g.dms; k < g.movers.size(); ++k)
      for (State s = 0; s < g.states; ++s)
        joint_only_lasting += found.stable[1][k].has(s) && !found.stable[2][k].has(s) ? 1 : 0;
  }
  EXPECT_GT(unstable, 1000);
  EXPECT_GT(joint_only_lasting, 50);
}

TEST(JointMovers, InclusionsHold) {
  Dice dice(21);
  for (int round = 0; round < 2000; ++round) {
    const JointGame g = random_joint(dice);
    const Graph graph = graph_of(g.states, g.arcs);
    Individual found;
    ArcSolver(graph, g.movers).solve(g.ranks, kAllConcepts, found);
    for (std::size_t k = 0; k < g.movers.size(); ++k)
      for (State s = 0; s < g.states; ++s) {
        const auto has = [&](Concept c) { return found.stable[static_cast<std::size_t>(c)][k].has(s); };
        EXPECT_LE(has(Concept::nash), has(Concept::ssym));
        EXPECT_LE(has(Concept::ssym), has(Concept::seq) && has(Concept::smr));
        EXPECT_LE(has(Concept::seq) || has(Concept::smr), has(Concept::gmr));
      }
  }
}

}  // namespace
}  // namespace parley::testing
