// SPDX-License-Identifier: MIT
// Unknown and strong preferences against the definitions, and how the four extensions include each other.
#include "stability/uncertain.hpp"

#include <gmock/gmock.h>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

constexpr std::uint64_t kCases = 20'000 / parley_places::kFewer;

/// A random conflict with bands, unknown pairs and further readings.
struct Case {
  GraphGame game;
  std::optional<Space> space;
  std::vector<Relation> relations;

  explicit Case(std::uint64_t seed) {
    Dice dice(seed);
    Kinds kinds;
    kinds.most_states = 9;
    game = random_form(dice, kinds);
    auto made = Space::make(game);
    if (!made) return;
    space = std::move(*made);
    const auto states = static_cast<int>(space->count());
    random_preferences(dice, game, space->count());
    for (std::size_t i = 0; i < game.preferences.size(); ++i) {
      Preference& preference = game.preferences[i];
      preference.ranks = *ranks_of(game, *space, i);
      if (dice.chance(70)) {
        const int cut = 1 + dice.below(3);
        for (const Rank rank : preference.ranks) preference.bands.push_back(rank / static_cast<Rank>(cut));
      }
      for (int p = dice.chance(60) ? dice.below(6) : 0; p > 0; --p) {
        const int a = dice.below(states), b = dice.below(states);
        if (a != b) preference.unknown.emplace_back(a, b);
      }
      if (dice.chance(25)) preference.readings.push_back(dense(random_ranks(dice, space->count())));
      relations.emplace_back(preference, preference.ranks);
    }
  }
};

std::vector<Bits> answer(const Case& c, const Graph& graph, Concept form, Extension extension, bool strong) {
  auto stable = uncertain_stable(graph, c.relations, {form, extension, strong});
  EXPECT_TRUE(stable);
  return std::move(*stable);
}

TEST(Uncertain, EqualsTheDefinitionOnRandomConflicts) {
  // Each conflict by one of the four extensions: 20,000 of each concept, 5,000 of each with each extension.
  for (std::uint64_t seed = 0, checked = 0; checked < kCases; ++seed) {
    const Case c(seed + 3'000'000);
    if (!c.space) continue;
    ++checked;
    const Conflict conflict = conflict_of(c.game);
    const Graph graph = *make_graph(c.game, *c.space);
    const auto extension = static_cast<Extension>(seed % 4);  // each conflict by one of the four
    const char letter = static_cast<char>('a' + seed % 4);
    for (const Form form : kForms) {
      const auto stable = answer(c, graph, static_cast<Concept>(form), extension, false);
      const auto strong = answer(c, graph, static_cast<Concept>(form), extension, true);
      for (int i = 0; i < conflict.n; ++i)
        for (int s = 0; s < conflict.states; ++s) {
          const auto at = static_cast<std::size_t>(s);
          const auto dm = static_cast<std::size_t>(i);
          ASSERT_EQ(stable[dm].has(at), stable_unknown(conflict, letter, form, i, s))
              << "seed " << seed + 3'000'000 << " form " << static_cast<int>(form);
          if (form != Form::nash) {
            ASSERT_EQ(strong[dm].has(at), strongly_stable(conflict, letter, form, i, s))
                << "strong, seed " << seed + 3'000'000 << " form " << static_cast<int>(form);
          }
        }
    }
  }
}

TEST(Uncertain, StableUnderAExtensionIsStableUnderTheMilderOnes) {
  for (std::uint64_t seed = 0; seed < 1500 / parley_places::kFewer; ++seed) {
    const Case c(seed + 4'000'000);
    if (!c.space) continue;
    const Graph graph = *make_graph(c.game, *c.space);
    for (const Concept form : {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::ssym}) {
      std::vector<std::vector<Bits>> by;
      for (int e = 0; e < 4; ++e) by.push_back(answer(c, graph, form, static_cast<Extension>(e), false));
      for (const auto& [from, to] : {std::pair{0, 1}, {0, 2}, {1, 3}, {2, 3}})
        for (std::size_t i = 0; i < c.relations.size(); ++i) {
          Bits lost = by[static_cast<std::size_t>(from)][i];
          lost -= by[static_cast<std::size_t>(to)][i];
          ASSERT_FALSE(lost.any()) << "extension " << from << " to " << to << ", seed " << seed;
        }
    }
  }
}

TEST(Uncertain, WithEverythingKnownAllExtensionsAreTheDefinition) {
  for (std::uint64_t seed = 0; seed < 1500 / parley_places::kFewer; ++seed) {
    Dice dice(seed + 5'000'000);
    GraphGame game = random_form(dice);
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    const Graph graph = *make_graph(game, *space);
    Rankings ranks;
    std::vector<Relation> relations;
    for (std::size_t i = 0; i < game.preferences.size(); ++i) {
      ranks.push_back(*ranks_of(game, *space, i));
      relations.emplace_back(game.preferences[i], ranks.back());
    }
    Individual individual;
    ArcSolver(graph).solve(ranks, kAllConcepts, individual);
    for (std::size_t f = 0; f < kConcepts; ++f)
      for (int e = 0; e < 4; ++e)
        ASSERT_EQ(
            *uncertain_stable(graph, relations, {static_cast<Concept>(f), static_cast<Extension>(e), false}),
            individual.stable[f])
            << seed;
  }
}

}  // namespace
}  // namespace parley::testing
