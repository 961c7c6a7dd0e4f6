// SPDX-License-Identifier: MIT
// Coalition forms against the definition, coalition by coalition.
#include "stability/coalition.hpp"

#include <gmock/gmock.h>

#include <set>
#include <tuple>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

constexpr std::uint64_t kCases = 20'000;

std::string wrong(const Conflict& conflict, const CoalitionAnswer& answer) {
  const auto table = coalition_table(conflict);
  for (int form = 0; form < 4; ++form) {
    const auto f = static_cast<std::size_t>(form);
    std::vector<Set> of_member(static_cast<std::size_t>(conflict.n), conflict.all());
    for (unsigned group = 1; group < 1U << conflict.n; ++group)
      for (int s = 0; s < conflict.states; ++s) {
        const bool holds = coalition_stable(conflict, table, static_cast<CoalitionForm>(form), group, s);
        if (answer.by_coalition[f][group - 1].has(static_cast<std::size_t>(s)) != holds)
          return "form " + std::to_string(form) + ", coalition " + std::to_string(group) + ", state " +
                 std::to_string(s);
        for (int i = 0; i < conflict.n && !holds; ++i)
          if ((group >> i & 1U) != 0) of_member[static_cast<std::size_t>(i)] &= ~one(s);
      }
    for (std::size_t i = 0; i < of_member.size(); ++i)
      for (int s = 0; s < conflict.states; ++s)
        if (answer.stable[f][i].has(static_cast<std::size_t>(s)) != in(of_member[i], s)) return "members";
  }
  return "";
}

TEST(Coalition, EqualsTheDefinitionOnRandomConflicts) {
  int checked = 0;
  for (std::uint64_t seed = 0; seed < kCases + 2000; ++seed) {
    Dice dice(seed + 1'000'000);
    Kinds kinds;
    kinds.most_states = 8;
    GraphGame game = random_form(dice, kinds);
    if (game.decision_makers.size() == 5 && !dice.chance(10)) continue;  // 31 coalitions: some
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    const Conflict conflict = conflict_of(game);
    const auto graph = make_graph(game, *space);
    std::vector<Relation> relations;
    for (std::size_t i = 0; i < game.preferences.size(); ++i)
      relations.emplace_back(game.preferences[i], *ranks_of(game, *space, i));
    const auto answer = coalition_stable(*graph, relations, {true, true, true, true});
    ASSERT_TRUE(answer);
    ASSERT_EQ(wrong(conflict, *answer), "") << "seed " << seed + 1'000'000;
    ++checked;
  }
  EXPECT_GE(checked, static_cast<int>(kCases) - 1000);
}

TEST(Coalition, JumpsGoFromEquilibriumToEquilibriumAndPleaseEveryMember) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Dice dice(seed + 2'000'000);
    Kinds kinds;
    kinds.most_states = 8;
    GraphGame game = random_form(dice, kinds);
    if (game.decision_makers.size() > 3) continue;
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    const Conflict conflict = conflict_of(game);
    const auto graph = make_graph(game, *space);
    std::vector<Relation> relations;
    for (std::size_t i = 0; i < game.preferences.size(); ++i)
      relations.emplace_back(game.preferences[i], *ranks_of(game, *space, i));
    Bits equilibria(space->count());
    for (int s = 0; s < conflict.states; ++s) {
      bool nash = true;
      for (int i = 0; i < conflict.n; ++i) nash = nash && testing::stable(conflict, Form::nash, i, s);
      if (nash) equilibria.add(static_cast<std::size_t>(s));
    }
    // Every pair that some coalition of two or more can make, by each coalition of which no part would do.
    std::set<std::tuple<int, int, unsigned>> able, smallest, said;
    for (unsigned group = 1; group < 1U << conflict.n; ++group)
      for (int s = 0; s < conflict.states && std::popcount(group) > 1; ++s)
        each(coalition_improvements(conflict, group, s), [&](int t) {
          if (equilibria.has(static_cast<std::size_t>(s)) && equilibria.has(static_cast<std::size_t>(t)))
            able.insert({s, t, group});
        });
    for (const auto& [s, t, group] : able) {
      bool least = true;
      for (unsigned part = (group - 1) & group; part != 0; part = (part - 1) & group)
        least = least && !able.contains({s, t, part});
      if (least) smallest.insert({s, t, group});
    }
    for (const Jump& jump : equilibrium_jumps(*graph, relations, equilibria, 10'000)) {
      said.insert({static_cast<int>(jump.from), static_cast<int>(jump.to), jump.coalition});
      EXPECT_TRUE(
          members_gain(conflict, jump.coalition, static_cast<int>(jump.to), static_cast<int>(jump.from)));
    }
    ASSERT_EQ(said, smallest) << seed;
  }
}

}  // namespace
}  // namespace parley::testing
