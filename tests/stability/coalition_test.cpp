// SPDX-License-Identifier: MIT
// Coalition forms against the definition, coalition by coalition.
#include "stability/coalition.hpp"

#include <gmock/gmock.h>

#include <array>
#include <set>
#include <tuple>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

constexpr std::uint64_t kCases = 20'000 / parley_places::kFewer;

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
  for (std::uint64_t seed = 0; checked < static_cast<int>(kCases); ++seed) {
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
}

/// Joint movers: a coalition moves by every mover whose members all belong to it, in any order, nobody twice
/// in a row; all of it from the words, by repetition until nothing is new.
struct Together {
  int dms = 0, states = 0;
  std::vector<Members> movers;
  std::vector<std::vector<Arc>> arcs;
  Rankings ranks;

  [[nodiscard]] bool gain(Members who, int from, int to) const {
    for (int i = 0; i < dms; ++i)
      if ((who >> i & 1U) != 0 && ranks[static_cast<std::size_t>(i)][static_cast<std::size_t>(to)] >=
                                      ranks[static_cast<std::size_t>(i)][static_cast<std::size_t>(from)])
        return false;
    return true;
  }
  [[nodiscard]] std::set<int> ends(Members who, int from) const {
    std::set<std::pair<int, std::size_t>> seen;
    const auto step = [&](int at, std::size_t last) {
      bool grown = false;
      for (std::size_t k = 0; k < movers.size(); ++k)
        if (k != last && (movers[k] & ~who) == 0)
          for (const Arc& arc : arcs[k])
            if (static_cast<int>(arc.from) == at)
              grown = seen.insert({static_cast<int>(arc.to), k}).second || grown;
      return grown;
    };
    return closed(seen, from, movers.size(), step);
  }
  /// Ends of improvements of sub-coalitions of `who`, none twice in a row.
  [[nodiscard]] std::set<int> credible_ends(Members who, int from) const {
    std::set<std::pair<int, std::size_t>> seen;
    const auto step = [&](int at, std::size_t last) {
      bool grown = false;
      for (Members part = who; part != 0; part = (part - 1) & who) {
        if (part == last) continue;
        for (const int to : ends(part, at))
          if (gain(part, at, to)) grown = seen.insert({to, part}).second || grown;
      }
      return grown;
    };
    return closed(seen, from, 0, step);
  }
  template <class Step>
  static std::set<int> closed(std::set<std::pair<int, std::size_t>>& seen, int from, std::size_t nobody,
                              Step step) {
    for (bool grown = step(from, nobody); grown;) {
      grown = false;
      const auto before = seen;
      for (const auto& [at, last] : before) grown = step(at, last) || grown;
    }
    std::set<int> states;
    for (const auto& [at, last] : seen) states.insert(at);
    return states;
  }
  [[nodiscard]] bool stable(int form, Members group, int s) const {
    const Members others = ((Members{1} << dms) - 1) & ~group;
    for (const int x : ends(group, s)) {
      if (!gain(group, s, x)) continue;
      bool met = false;
      if (form > 0 && others != 0)
        for (const int y : form == 3 ? credible_ends(others, x) : ends(others, x)) {
          bool deters = !gain(group, s, y);
          if (form == 2)
            for (const int z : ends(group, y)) deters = deters && !gain(group, s, z);
          met = met || deters;
        }
      if (!met) return false;
    }
    return true;
  }
};

TEST(Coalition, WithJointMoversEqualsTheDefinition) {
  std::array<int, 4> unstable{};
  for (std::uint64_t seed = 0; seed < 2500; ++seed) {
    Dice dice(seed + 32'000'000);
    Together g;
    g.dms = 2 + dice.below(2);
    g.states = 2 + dice.below(5);
    for (int i = 0; i < g.dms; ++i) g.movers.push_back(Members{1} << i);
    for (int k = dice.below(3); k > 0; --k) {
      const auto own = static_cast<Members>(1 + dice.below((1 << g.dms) - 1));
      if (std::find(g.movers.begin(), g.movers.end(), own) == g.movers.end()) g.movers.push_back(own);
    }
    const int density = 8 + dice.below(30);
    for (std::size_t k = 0; k < g.movers.size(); ++k) {
      g.arcs.emplace_back();
      for (int a = 0; a < g.states; ++a)
        for (int b = 0; b < g.states; ++b)
          if (a != b && dice.chance(density))
            g.arcs.back().push_back({static_cast<State>(a), static_cast<State>(b)});
    }
    std::vector<std::vector<Bits>> better;
    for (int i = 0; i < g.dms; ++i) {
      g.ranks.push_back(dense(random_ranks(dice, static_cast<std::size_t>(g.states))));
      better.push_back(better_than(g.ranks.back()));
    }
    const Graph graph = graph_of(static_cast<std::size_t>(g.states), g.arcs);
    const auto solver = CoalitionSolver::make(graph, g.movers, static_cast<std::size_t>(g.dms));
    ASSERT_TRUE(solver);
    const auto answer = solver->solve(better, {true, true, true, true});
    ASSERT_TRUE(answer);
    for (std::size_t form = 0; form < 4; ++form)
      for (Members group = 1; group < Members{1} << g.dms; ++group)
        for (int s = 0; s < g.states; ++s) {
          const bool holds = g.stable(static_cast<int>(form), group, s);
          ASSERT_EQ(answer->by_coalition[form][group - 1].has(static_cast<std::size_t>(s)), holds)
              << "seed " << seed << " form " << form << " coalition " << group << " state " << s;
          unstable[form] += holds ? 0 : 1;
        }
  }
  for (const int count : unstable) EXPECT_GT(count, 1000 / parley_places::kFewer);
}

TEST(Coalition, JumpsGoFromEquilibriumToEquilibriumAndPleaseEveryMember) {
  for (std::uint64_t seed = 0; seed < 2000 / parley_places::kFewer; ++seed) {
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
    if (!smallest.empty()) {  // a limit cuts the list there
      ASSERT_EQ(equilibrium_jumps(*graph, relations, equilibria, smallest.size() - 1).size(),
                smallest.size() - 1);
    }
  }
}

}  // namespace
}  // namespace parley::testing
