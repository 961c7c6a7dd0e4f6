// SPDX-License-Identifier: MIT
// Limited moves, non-myopic and simultaneous stability against the definitions.
#include "stability/foresight.hpp"

#include <gmock/gmock.h>

#include <array>
#include <map>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"
#include "stability/simultaneous.hpp"

namespace parley::testing {
namespace {

using namespace stability;

Rankings rankings(const GraphGame& game, const Space& space) {
  Rankings ranks;
  for (std::size_t i = 0; i < game.preferences.size(); ++i) ranks.push_back(*ranks_of(game, space, i));
  return ranks;
}

TEST(Foresight, LimitedMovesEqualTheDefinition) {
  int checked = 0, three = 0;
  for (std::uint64_t seed = 0; checked < 20'000 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 6'000'000);
    Kinds kinds;
    kinds.most_states = 8;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space) continue;
    ++checked;
    three += game.decision_makers.size() > 2 ? 1 : 0;
    random_preferences(dice, game, space->count());
    const Conflict conflict = conflict_of(game);
    const Graph graph = *make_graph(game, *space);
    for (int h = 1; h <= 4; ++h) {
      const auto stable = limited_move_stable(graph, rankings(game, *space), h);
      for (int i = 0; i < conflict.n; ++i)
        for (int s = 0; s < conflict.states; ++s)
          ASSERT_EQ((*stable)[static_cast<std::size_t>(i)].has(static_cast<std::size_t>(s)),
                    anticipated(conflict, i, s, h) == s)
              << "seed " << seed << " h " << h;
    }
  }
  EXPECT_GT(three, 5000 / parley_places::kFewer);
}

/// Nobody moves twice in a row: who is alone looks one move ahead, however many are left.
TEST(Foresight, WhoIsAloneMovesOnce) {
  GraphGame game;
  game.decision_makers = {"a"};
  game.states = {{0, "", {}}, {1, "", {}}, {2, "", {}}};
  game.moves = {{{0, 1}, {1, 2}}};
  game.preferences.resize(1);
  game.preferences[0].ranks = {1, 2, 0};
  const auto space = Space::make(game);
  const Graph graph = *make_graph(game, *space);
  for (const int horizon : {1, 2, 5}) {
    const auto stable = limited_move_stable(graph, rankings(game, *space), horizon);
    EXPECT_TRUE((*stable)[0].has(0) && !(*stable)[0].has(1) && (*stable)[0].has(2)) << horizon;
  }
}

TEST(Foresight, OneMoveIsNashAndNonMyopicIsWhatStaysInTheLongRun) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    Dice dice(seed + 7'000'000);
    GraphGame game = random_form(dice);
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    const Graph graph = *make_graph(game, *space);
    const Rankings ranks = rankings(game, *space);
    Individual individual;
    ArcSolver(graph).solve(ranks, {true}, individual);
    EXPECT_EQ(*limited_move_stable(graph, ranks, 1), individual.stable[0]);
    const auto settled = nonmyopic_stable(graph, ranks);
    if (!settled) continue;
    std::vector<Bits> always(graph.decision_makers(), Bits(graph.states, true));
    for (int h = 300; h < 300 + 60; ++h) {
      const auto stable = limited_move_stable(graph, ranks, h);
      for (std::size_t i = 0; i < always.size(); ++i) always[i] &= (*stable)[i];
      if (h > 302 && seed % 50 != 0) break;  // a cycle is rarely longer
    }
    for (std::size_t i = 0; i < always.size(); ++i) {
      Bits more = (*settled)[i];
      more -= always[i];
      EXPECT_FALSE(more.any()) << seed;
      if (seed % 50 == 0) {
        EXPECT_EQ((*settled)[i], always[i]) << seed;
      }
    }
  }
}

/// What each of two foresees with h moves left, from what both foresee with one fewer, until both come back
/// to what they foresaw before: stable is what stays at every h of that circle.
TEST(Foresight, NonMyopicEqualsTheDefinition) {
  int checked = 0, some = 0;
  for (std::uint64_t seed = 0; checked < 20'000 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 34'000'000);
    Kinds kinds;
    kinds.most_states = 8;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space || game.decision_makers.size() != 2) continue;
    ++checked;
    random_preferences(dice, game, space->count());
    const Conflict c = conflict_of(game);
    using Ends = std::array<std::vector<int>, 2>;
    Ends ends;
    for (auto& own : ends)
      for (int s = 0; s < c.states; ++s) own.push_back(s);
    std::map<Ends, std::size_t> before;
    std::vector<Ends> all;
    while (before.emplace(ends, all.size()).second) {
      all.push_back(ends);
      Ends next = ends;
      for (int i = 0; i < 2; ++i)
        for (int s = 0; s < c.states; ++s) {
          int best = -1;
          each(c.from(i, s), [&](int t) {
            const int end = ends[static_cast<std::size_t>(1 - i)][static_cast<std::size_t>(t)];
            const bool tie = best >= 0 && !c.better(i, end, best) && !c.better(i, best, end);
            if (best < 0 || c.better(i, end, best) ||
                (tie && (c.better(1 - i, best, end) || (!c.better(1 - i, end, best) && end < best))))
              best = end;
          });
          next[static_cast<std::size_t>(i)][static_cast<std::size_t>(s)] =
              best >= 0 && c.better(i, best, s) ? best : s;
        }
      ends = next;
    }
    const auto said = nonmyopic_stable(*make_graph(game, *space), rankings(game, *space));
    ASSERT_TRUE(said);
    for (std::size_t i = 0; i < 2; ++i)
      for (int s = 0; s < c.states; ++s) {
        bool stays = true;
        for (std::size_t h = before.at(ends); h < all.size(); ++h)
          stays = stays && all[h][i][static_cast<std::size_t>(s)] == s;
        ASSERT_EQ((*said)[i].has(static_cast<std::size_t>(s)), stays) << "seed " << seed;
        some += stays ? 0 : 1;
      }
  }
  EXPECT_GT(some, 10'000 / parley_places::kFewer);
}

TEST(Simultaneous, EachReplyEqualsTheDefinition) {
  int checked = 0;
  for (std::uint64_t seed = 0; checked < 20'000 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 8'000'000);
    Kinds kinds;
    kinds.explicit_form = kinds.merged = false;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space) continue;
    ++checked;
    random_preferences(dice, game, space->count());
    const Conflict conflict = conflict_of(game);
    const Graph graph = *make_graph(game, *space);
    const auto stable =
        simultaneous_stable(game, *space, graph, rankings(game, *space), Simultaneous::each_reply);
    ASSERT_TRUE(stable);
    for (int i = 0; i < conflict.n; ++i)
      for (int s = 0; s < conflict.states; ++s)
        ASSERT_EQ((*stable)[static_cast<std::size_t>(i)].has(static_cast<std::size_t>(s)),
                  simultaneously_stable(game, conflict, i, s))
            << "seed " << seed;
  }
}

TEST(Simultaneous, TableauEqualsTheDefinition) {
  int checked = 0, stable_states = 0, both_would_go = 0;
  for (std::uint64_t seed = 0; checked < 20'000 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 9'000'000);
    Kinds kinds;
    kinds.explicit_form = kinds.merged = false;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space || game.decision_makers.size() != 2) continue;
    ++checked;
    random_preferences(dice, game, space->count());
    const Conflict conflict = conflict_of(game);
    const Graph graph = *make_graph(game, *space);
    const auto stable =
        simultaneous_stable(game, *space, graph, rankings(game, *space), Simultaneous::tableau);
    ASSERT_TRUE(stable);
    for (int s = 0; s < conflict.states; ++s) {
      const bool expected = tableau_stable(game, conflict, s);
      for (const Bits& own : *stable)
        ASSERT_EQ(own.has(static_cast<std::size_t>(s)), expected) << "seed " << seed << " state " << s;
      stable_states += expected ? 1 : 0;
      both_would_go += improvements(conflict, 0, s) != 0 && improvements(conflict, 1, s) != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(stable_states, 1000 / parley_places::kFewer);
  EXPECT_GT(both_would_go, stable_states);
}

}  // namespace
}  // namespace parley::testing
