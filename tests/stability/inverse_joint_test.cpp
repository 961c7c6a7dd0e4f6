// SPDX-License-Identifier: MIT
// Inverse analysis of everybody at once, against every profile of weak orders.
#include "stability/inverse_joint.hpp"

#include <gmock/gmock.h>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

std::vector<std::vector<Rank>> weak_orders(std::size_t states) {
  std::set<std::vector<Rank>> all;
  std::vector<Rank> values(states, 0);
  for (;;) {
    all.insert(dense(values));
    std::size_t k = 0;
    while (k < states && ++values[k] == states) values[k++] = 0;
    if (k == states) break;
  }
  return {all.begin(), all.end()};
}

std::size_t apart(const std::vector<Rank>& a, const std::vector<Rank>& b) {
  std::size_t total = 0;
  for (std::size_t s = 0; s < a.size(); ++s)
    for (std::size_t t = 0; t < s; ++t)
      total += static_cast<std::size_t>(std::abs(compare(a[s], a[t]) - compare(b[s], b[t])));
  return total;
}

Conflict with_ranks(Conflict c, const Rankings& ranks) {
  for (std::size_t i = 0; i < ranks.size(); ++i)
    for (std::size_t a = 0; a < ranks[i].size(); ++a)
      for (std::size_t b = 0; b < ranks[i].size(); ++b) c.t[i][a][b] = compare(ranks[i][a], ranks[i][b]);
  return c;
}

bool equilibrium(const Conflict& c, Form form, int e) {
  for (int i = 0; i < c.n; ++i)
    if (!testing::stable(c, form, i, e)) return false;
  return true;
}

bool meets(const Rankings& ranks, const std::vector<Demand>& condition) {
  return std::all_of(condition.begin(), condition.end(), [&](const Demand& d) {
    const auto& own = ranks[d.dm];
    return d.prefers ? own[d.to] < own[d.from] : own[d.to] >= own[d.from];
  });
}

/// A condition is met by some preferences, and by those alone that make e hold; every preferences that do
/// meet one; and the nearest are as near as any.
TEST(InverseJoint, IsWhatEveryProfileOfPreferencesSays) {
  int conditions = 0, moved = 0, joint_steps = 0;
  for (std::uint64_t seed = 0; seed < 220; ++seed) {
    Dice dice(seed + 33'000'000);
    GraphGame game;
    const auto states = static_cast<std::size_t>(dice.chance(70) ? 3 : 4);
    const std::size_t n = states == 3 && dice.chance(40) ? 3 : 2;
    for (std::size_t s = 0; s < states; ++s) game.states.push_back({static_cast<long long>(s), "", {}});
    game.moves.resize(n);
    game.preferences.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      game.decision_makers.push_back("dm" + std::to_string(i));
      for (State a = 0; a < states; ++a)
        for (State b = 0; b < states; ++b)
          if (a != b && dice.chance(45)) game.moves[i].push_back({a, b});
      game.preferences[i].ranks = dense(random_ranks(dice, states));
    }
    const auto space = Space::make(game);
    ASSERT_TRUE(space);
    Rankings given;
    for (const auto& preference : game.preferences) given.push_back(preference.ranks);
    const Graph graph = *make_graph(game, *space);
    const bool symmetric = dice.chance(50);
    const Form form = symmetric ? Form::ssym : Form::seq;
    const int e = dice.below(static_cast<int>(states));
    const auto answer = joint_inverse(graph, given, static_cast<State>(e), symmetric);
    ASSERT_TRUE(answer && answer->complete && answer->closest) << seed;
    const Conflict conflict = conflict_of(game);
    const auto orders = weak_orders(states);
    std::size_t nearest = SIZE_MAX;
    std::vector<bool> used(answer->conditions.size(), false);
    std::vector<std::size_t> place(n, 0);
    for (;;) {
      Rankings ranks;
      std::size_t distance = 0;
      for (std::size_t i = 0; i < n; ++i) {
        ranks.push_back(orders[place[i]]);
        distance += apart(ranks.back(), given[i]);
      }
      const bool holds = equilibrium(with_ranks(conflict, ranks), form, e);
      if (holds) nearest = std::min(nearest, distance);
      bool met = false;
      for (std::size_t c = 0; c < used.size(); ++c) {
        const bool here = meets(ranks, answer->conditions[c]);
        used[c] = used[c] || here;
        met = met || here;
      }
      ASSERT_EQ(met, holds) << "seed " << seed;
      std::size_t i = 0;
      while (i < n && ++place[i] == orders.size()) place[i++] = 0;
      if (i == n) break;
    }
    for (const bool one : used) EXPECT_TRUE(one) << seed;
    EXPECT_EQ(answer->distance, nearest) << seed;
    EXPECT_TRUE(equilibrium(with_ranks(conflict, *answer->closest), form, e)) << seed;
    std::size_t said = 0;
    for (std::size_t k = 0; k < n; ++k) said += apart((*answer->closest)[k], given[k]);
    EXPECT_EQ(said, nearest) << seed;
    conditions += static_cast<int>(answer->conditions.size());
    moved += nearest > 0 ? 1 : 0;
    for (const auto& condition : answer->conditions)
      joint_steps +=
          std::any_of(condition.begin(), condition.end(), [](const Demand& d) { return d.prefers; }) ? 1 : 0;
  }
  EXPECT_GT(conditions, 300);
  EXPECT_GT(moved, 40);
  EXPECT_GT(joint_steps, 50);
}

}  // namespace
}  // namespace parley::testing
