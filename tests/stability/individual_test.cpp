// SPDX-License-Identifier: MIT
// Individual stability against the definition, by both ways of computing it.
#include <gmock/gmock.h>

#include "stability/definition.hpp"
#include "stability/individual.hpp"
#include "stability/product.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

constexpr std::uint64_t kCases = 24'000 / parley_places::kFewer;

std::string wrong(const GraphGame& game, const Conflict& conflict, const Individual& answer) {
  for (std::size_t f = 0; f < kConcepts; ++f)
    for (int i = 0; i < conflict.n; ++i)
      for (int s = 0; s < conflict.states; ++s) {
        const bool said = answer.stable[f][static_cast<std::size_t>(i)].has(static_cast<std::size_t>(s));
        if (said != testing::stable(conflict, kForms[f], i, s))
          return "concept " + std::to_string(f) + ", decision maker " + std::to_string(i) + ", state " +
                 std::to_string(conflict.numbers[static_cast<std::size_t>(s)]) + " of " +
                 std::to_string(conflict.states) + ": " + (said ? "stable" : "unstable") + ", " +
                 std::to_string(game.issues.size()) + " issues";
      }
  return "";
}

TEST(Individual, EqualsTheDefinitionOnRandomConflicts) {
  int checked = 0, products = 0, explicit_forms = 0, many = 0;
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    Dice dice(seed);
    GraphGame game = random_form(dice);
    const auto space = Space::make(game);
    if (!space) {
      ASSERT_EQ(space.error(), "no state is feasible");
      continue;
    }
    random_preferences(dice, game, space->count());
    if (dice.chance(5)) {
      game.not_perceived.resize(game.decision_makers.size());
      game.not_perceived[0].push_back(
          space->number(static_cast<State>(dice.below(static_cast<int>(space->count())))));
    }
    const Conflict conflict = conflict_of(game);
    ASSERT_EQ(static_cast<std::size_t>(conflict.states), space->count());
    for (State s = 0; s < space->count(); ++s) ASSERT_EQ(space->number(s), conflict.numbers[s]);
    Rankings ranks;
    for (std::size_t i = 0; i < game.decision_makers.size(); ++i) ranks.push_back(*ranks_of(game, *space, i));
    const auto graph = make_graph(game, *space);
    ASSERT_TRUE(graph);
    Individual answer;
    ArcSolver(*graph).solve(ranks, kAllConcepts, answer);
    ASSERT_EQ(wrong(game, conflict, answer), "") << "seed " << seed;
    ++checked;
    explicit_forms += game.option_form() ? 0 : 1;
    many += conflict.n > 3 ? 1 : 0;
    if (!fits_product(game, *space)) continue;
    ++products;
    Individual same;
    solve_product(game, *space, ranks, kAllConcepts, same);
    ASSERT_EQ(wrong(game, conflict, same), "") << "product form, seed " << seed;
  }
  EXPECT_GE(checked, 20'000 / parley_places::kFewer);
  EXPECT_GT(products, 8000 / parley_places::kFewer);
  EXPECT_GT(explicit_forms, 8000 / parley_places::kFewer);
  EXPECT_GT(many, 4000 / parley_places::kFewer);
}

}  // namespace
}  // namespace parley::testing
