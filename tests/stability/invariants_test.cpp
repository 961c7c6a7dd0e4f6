// SPDX-License-Identifier: MIT
// What holds whatever the conflict: inclusions, permutations, statements, and wide conflicts by both ways of
// computing them.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <set>

#include "stability/definition.hpp"
#include "stability/product.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"
#include "stability/solve.hpp"

namespace parley::testing {
namespace {

using namespace stability;

/// A conflict with hundreds of states: `widths` options of each decision maker.
GraphGame wide_game(Dice& dice, const std::vector<int>& widths, bool shuffled) {
  GraphGame game;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    game.decision_makers.push_back("dm" + std::to_string(i));
    for (int k = 0; k < widths[i]; ++k) game.issues.push_back({"o", static_cast<int>(i), 2, Direction::both});
  }
  if (shuffled)
    for (std::size_t k = game.issues.size(); k > 1; --k)
      std::swap(game.issues[k - 1], game.issues[static_cast<std::size_t>(dice.below(static_cast<int>(k)))]);
  for (Issue& issue : game.issues)
    if (dice.chance(20)) issue.direction = dice.chance(50) ? Direction::up : Direction::down;
  if (dice.chance(60))
    for (int p = 0; p < 4; ++p) game.infeasible.push_back(random_pattern(dice, game, 3));
  game.preferences.resize(widths.size());
  return game;
}

TEST(Invariants, WideConflictsComeOutTheSameWithAndWithoutStoredMoves) {
  const std::vector<std::vector<int>> shapes = {{3, 3, 3}, {8, 2}, {7, 1, 1}, {2, 2, 2, 2, 2},
                                                {1, 9},    {4, 4}, {9}};
  for (std::uint64_t seed = 0; seed < 70; ++seed) {
    Dice dice(seed + 20'000'000);
    GraphGame game = wide_game(dice, shapes[seed % shapes.size()], dice.chance(50));
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    Rankings ranks;
    for (std::size_t i = 0; i < game.preferences.size(); ++i) ranks.push_back(*ranks_of(game, *space, i));
    ASSERT_TRUE(fits_product(game, *space));
    Individual product, arcs;
    solve_product(game, *space, ranks, kAllConcepts, product);
    const Graph graph = *make_graph(game, *space);
    ArcSolver(graph).solve(ranks, kAllConcepts, arcs);
    for (std::size_t f = 0; f < kConcepts; ++f)
      ASSERT_EQ(product.stable[f], arcs.stable[f]) << seed << " " << f;
    for (std::size_t i = 0; i < ranks.size(); ++i) {  // nash => ssym => {seq, smr} => gmr
      const auto within = [&](Concept narrow, Concept broad) {
        Bits more = product.stable[static_cast<std::size_t>(narrow)][i];
        more -= product.stable[static_cast<std::size_t>(broad)][i];
        return !more.any();
      };
      EXPECT_TRUE(within(Concept::nash, Concept::ssym));
      EXPECT_TRUE(within(Concept::ssym, Concept::seq) && within(Concept::ssym, Concept::smr));
      EXPECT_TRUE(within(Concept::seq, Concept::gmr) && within(Concept::smr, Concept::gmr));
    }
  }
}

/// stable[decision maker][concept] as sets of numbers, by the names of the decision makers.
std::map<std::string, std::map<std::string, std::set<long long>>> by_name(
    const GraphGame& game, const std::function<long long(long long)>& rename = {}) {
  const auto space = Space::make(game);
  SolveOptions options;
  options.concepts = *read_concepts("nash,gmr,smr,seq,ssym,cnash,cgmr,csmr,cseq");
  const auto answer = solve(game, *space, options);
  std::map<std::string, std::map<std::string, std::set<long long>>> result;
  for (const Verdict& v : answer->verdicts)
    for (std::size_t i = 0; i < v.stable.size(); ++i)
      v.stable[i].for_each([&](State s) {
        const long long number = space->number(s);
        result[game.decision_makers[i]][v.name].insert(rename ? rename(number) : number);
      });
  return result;
}

TEST(Invariants, TheOrderOfDecisionMakersOptionsAndStatesDoesNotMatter) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Dice dice(seed + 21'000'000);
    Kinds kinds;
    kinds.most_states = 16;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space || game.decision_makers.size() > 4) continue;
    random_preferences(dice, game, space->count());
    const auto known = by_name(game);
    // Decision makers backwards.
    GraphGame turned = game;
    const int n = static_cast<int>(game.decision_makers.size());
    std::reverse(turned.decision_makers.begin(), turned.decision_makers.end());
    std::reverse(turned.preferences.begin(), turned.preferences.end());
    std::reverse(turned.moves.begin(), turned.moves.end());
    for (Issue& issue : turned.issues) issue.owner = issue.owner < 0 ? -1 : n - 1 - issue.owner;
    EXPECT_EQ(by_name(turned), known) << seed;
    if (!game.option_form()) {  // states backwards
      GraphGame back = game;
      const auto last = static_cast<State>(game.states.size() - 1);
      std::reverse(back.states.begin(), back.states.end());
      for (auto& moves : back.moves)
        for (Arc& arc : moves) arc = {last - arc.from, last - arc.to};
      for (Preference& preference : back.preferences)
        std::reverse(preference.ranks.begin(), preference.ranks.end());
      EXPECT_EQ(by_name(back), known) << seed;
      continue;
    }
    if (!game.merged.empty()) continue;
    GraphGame swapped = game;  // options backwards
    const int last = static_cast<int>(game.issues.size()) - 1;
    std::reverse(swapped.issues.begin(), swapped.issues.end());
    for (Pattern& pattern : swapped.infeasible)
      for (Literal& literal : pattern) literal.issue = last - literal.issue;
    const auto turn = [](const GraphGame& from, const GraphGame& to, long long number) {
      std::vector<long long> levels;
      for (const Issue& issue : from.issues) {
        levels.push_back(number % issue.levels);
        number /= issue.levels;
      }
      long long code = 0;
      for (std::size_t k = 0; k < levels.size(); ++k)
        code = code * to.issues[levels.size() - 1 - k].levels + levels[k];
      return code;
    };
    const auto other = Space::make(swapped);
    ASSERT_EQ(other->count(), space->count());
    for (std::size_t i = 0; i < game.preferences.size(); ++i)
      for (State s = 0; s < space->count(); ++s)
        swapped.preferences[i].ranks[*other->find(turn(game, swapped, space->number(s)))] =
            game.preferences[i].ranks[s];
    EXPECT_EQ(by_name(swapped, [&](long long number) { return turn(swapped, game, number); }), known) << seed;
  }
}

expression::Formula random_statement(Dice& dice, const GraphGame& game, int depth) {
  using expression::Formula;
  if (depth == 0 || dice.chance(30)) {
    const int issue = dice.below(static_cast<int>(game.issues.size()));
    expression::LevelSet levels(game.issues[static_cast<std::size_t>(issue)].levels);
    levels.add(dice.below(levels.size()));
    return Formula::atom(issue, levels);
  }
  std::vector<Formula> parts{random_statement(dice, game, depth - 1),
                             random_statement(dice, game, depth - 1)};
  if (dice.chance(30)) return Formula::negation(std::move(parts[0]));
  return dice.chance(50) ? Formula::all(std::move(parts)) : Formula::any(std::move(parts));
}

TEST(Invariants, StatementsAreComparedLexicographicallyHoweverManyThereAre) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Dice dice(seed + 22'000'000);
    Kinds kinds;
    kinds.explicit_form = false;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space) continue;
    for (Preference& preference : game.preferences)
      for (int k = dice.chance(30) ? 100 : dice.below(12); k > 0; --k)
        preference.statements.push_back(random_statement(dice, game, k > 12 ? 3 : 2));
    const Conflict conflict = conflict_of(game);
    for (std::size_t i = 0; i < game.preferences.size(); ++i) {
      const auto ranks = *ranks_of(game, *space, i);
      for (int a = 0; a < conflict.states; ++a)
        for (int b = 0; b < conflict.states; ++b)
          ASSERT_EQ(ranks[static_cast<std::size_t>(a)] < ranks[static_cast<std::size_t>(b)],
                    conflict.better(static_cast<int>(i), a, b))
              << seed;
    }
  }
}

/// Many states, repeated statements, and more of them than one pass takes: pair by pair.
TEST(Invariants, StatementsOnManyStates) {
  for (std::uint64_t seed = 0; seed < 60 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 23'000'000);
    GraphGame game;
    game.decision_makers = {"a"};
    for (int k = 0; k < 12; ++k) game.issues.push_back({"o", 0, 2, Direction::both});
    if (dice.chance(50)) game.infeasible.push_back(random_pattern(dice, game, 2));
    game.preferences.resize(1);
    auto& statements = game.preferences[0].statements;
    for (int k = 1 + dice.below(60); k > 0; --k)
      statements.push_back(
          dice.chance(30) && !statements.empty()
              ? statements[static_cast<std::size_t>(dice.below(static_cast<int>(statements.size())))]
              : random_statement(dice, game, dice.below(4)));
    const auto space = Space::make(game);
    if (!space) continue;
    const auto ranks = *ranks_of(game, *space, 0);
    const auto levels_of = [&](State s) {
      std::vector<int> levels;
      for (std::size_t k = 0; k < game.issues.size(); ++k) levels.push_back(space->level(s, k));
      return levels;
    };
    for (int pair = 0; pair < 2000; ++pair) {
      const auto a = static_cast<State>(dice.below(static_cast<int>(space->count())));
      const auto b = static_cast<State>(dice.below(static_cast<int>(space->count())));
      int expected = 0;
      for (std::size_t k = 0; k < statements.size() && expected == 0; ++k)
        expected = formula_holds(statements[k], levels_of(a)) - formula_holds(statements[k], levels_of(b));
      ASSERT_EQ((ranks[a] < ranks[b]) - (ranks[a] > ranks[b]), expected) << "seed " << seed;
    }
  }
}

TEST(Invariants, LimitsAreErrorsThatNameThemselves) {
  GraphGame game;
  EXPECT_EQ(Space::make(game).error(), "there is no decision maker");
  game.decision_makers = {"a"};
  game.preferences.resize(1);
  game.issues.assign(30, {"o", 0, 2, Direction::both});
  EXPECT_THAT(Space::make(game).error(), ::testing::HasSubstr("more than 16777216 states"));
  // Nothing is feasible, and a walk from the last issue would see it last.
  game.issues.assign(60, {"o", 0, 2, Direction::both});
  game.infeasible = {{{0, 0}, {1, 0}}, {{0, 1}, {1, 0}}, {{1, 1}}};
  EXPECT_EQ(Space::make(game).error(), "no state is feasible");
  game.infeasible.clear();
  game.issues.assign(63, {"o", 0, 2, Direction::both});
  EXPECT_THAT(Space::make(game).error(), ::testing::HasSubstr("more than 62 issues"));
  game.issues.assign(2, {"o", 0, 2, Direction::both});
  game.preferences[0].ranks = {1, 2};
  EXPECT_THAT(solve(game, *Space::make(game)).error(),
              ::testing::HasSubstr("has not one rank for each state"));
  EXPECT_FALSE(read_concepts("nash,,seq"));
  EXPECT_FALSE(read_concepts("lh:0"));
  EXPECT_EQ(read_concepts(" seq , lh:3 ")->size(), 2U);
}

}  // namespace
}  // namespace parley::testing
