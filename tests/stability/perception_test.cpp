// SPDX-License-Identifier: MIT
// Misperception against the definition: every view solved with sets, and put together with sets.
#include "stability/perception.hpp"

#include <gmock/gmock.h>

#include "stability/definition.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

constexpr std::uint64_t kCases = 20'000 / parley_places::kFewer;

/// The conflict as `viewer` sees it: states that it does not perceive have no moves of anybody, and others
/// prefer what it believes.
Conflict seen_by(const GraphGame& game, Conflict truth, int viewer) {
  const auto v = static_cast<std::size_t>(viewer);
  if (v < game.not_perceived.size())
    for (const long long number : game.not_perceived[v])
      for (std::size_t s = 0; s < static_cast<std::size_t>(truth.states); ++s) {
        if (truth.numbers[s] != number) continue;
        for (auto& own : truth.moves) {
          own[s] = 0;
          for (Set& set : own) set &= ~one(static_cast<int>(s));
        }
      }
  for (const Belief& belief : game.beliefs) {
    if (belief.by != v) continue;
    for (std::size_t a = 0; a < belief.ranks.size(); ++a)
      for (std::size_t b = 0; b < belief.ranks.size(); ++b)
        truth.t[belief.of][a][b] = compare(belief.ranks[a], belief.ranks[b]);
  }
  return truth;
}

Set hidden_from(const GraphGame& game, const Conflict& truth, std::size_t viewer) {
  Set hidden = 0;
  if (viewer < game.not_perceived.size())
    for (const long long number : game.not_perceived[viewer])
      for (int s = 0; s < truth.states; ++s)
        if (truth.numbers[static_cast<std::size_t>(s)] == number) hidden |= one(s);
  return hidden;
}

Set set_of(const Bits& bits) {
  Set set = 0;
  bits.for_each([&](State s) { set |= one(static_cast<int>(s)); });
  return set;
}

void misperceive(Dice& dice, GraphGame& game, const Space& space) {
  const auto n = static_cast<int>(game.decision_makers.size());
  if (dice.chance(70)) {
    game.not_perceived.resize(game.decision_makers.size());
    for (int k = 1 + dice.below(3); k > 0; --k)
      game.not_perceived[static_cast<std::size_t>(dice.below(n))].push_back(
          space.number(static_cast<State>(dice.below(static_cast<int>(space.count())))));
  }
  for (int k = dice.below(4); k > 0; --k) {
    const auto by = static_cast<std::size_t>(dice.below(n)), of = static_cast<std::size_t>(dice.below(n));
    if (by != of) game.beliefs.push_back({by, of, random_ranks(dice, space.count())});
  }
}

TEST(Misperception, EqualsTheDefinitionOnRandomConflicts) {
  int surprised = 0, rash = 0, held_back = 0, unexpected = 0, checked = 0;
  for (std::uint64_t seed = 0; checked < static_cast<int>(kCases); ++seed) {
    Dice dice(seed + 30'000'000);
    Kinds kinds;
    kinds.most_states = 10;
    GraphGame game = random_form(dice, kinds);
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    const Conflict truth = conflict_of(game);
    misperceive(dice, game, *space);
    Rankings ranks;
    for (std::size_t i = 0; i < game.preferences.size(); ++i) ranks.push_back(*ranks_of(game, *space, i));
    const auto views = views_of(game, *space, ranks);
    const bool any = !game.beliefs.empty() || !game.not_perceived.empty();
    ASSERT_EQ(views.size(), any ? game.decision_makers.size() : 0U);
    if (!any) continue;
    const auto said = perceive(game, *space, ranks, views);
    ASSERT_TRUE(said);
    ++checked;
    for (std::size_t c = 0; c < kConcepts; ++c) {
      Set holds = truth.all(), informed = truth.all();
      std::vector<Set> looks;
      for (int i = 0; i < truth.n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const Conflict own = seen_by(game, truth, i);
        looks.push_back(truth.all() & ~hidden_from(game, truth, at));
        Set stays = 0, should = 0;
        for (int s = 0; s < truth.states; ++s) {
          for (int j = 0; j < truth.n; ++j)
            if (!testing::stable(own, kForms[c], j, s)) looks.back() &= ~one(s);
          if (testing::stable(own, kForms[c], i, s)) stays |= one(s);
          if (testing::stable(truth, kForms[c], i, s)) should |= one(s);
        }
        holds &= stays;
        informed &= should;
        ASSERT_EQ(set_of(said->acts[c][at]), stays) << seed << " concept " << c << " dm " << i;
        ASSERT_EQ(set_of(said->should[c][at]), should) << seed;
        ASSERT_EQ(set_of(said->rash(static_cast<Concept>(c), at)), should & ~stays) << seed;
        ASSERT_EQ(set_of(said->held_back(static_cast<Concept>(c), at)), stays & ~should) << seed;
        rash += (should & ~stays) != 0 ? 1 : 0;
        held_back += (stays & ~should) != 0 ? 1 : 0;
      }
      ASSERT_EQ(set_of(said->holds[c]), holds) << seed << " concept " << c;
      ASSERT_EQ(set_of(said->informed[c]), informed) << seed << " concept " << c;
      for (std::size_t i = 0; i < looks.size(); ++i) {
        ASSERT_EQ(set_of(said->looks[c][i]), looks[i]) << seed << " concept " << c << " dm " << i;
        ASSERT_EQ(set_of(said->surprises(static_cast<Concept>(c), i)), looks[i] & ~holds) << seed;
        ASSERT_EQ(set_of(said->unexpected(static_cast<Concept>(c), i)), holds & ~looks[i]) << seed;
        surprised += (looks[i] & ~holds) != 0 ? 1 : 0;
        unexpected += (holds & ~looks[i]) != 0 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(std::min({surprised, rash, held_back, unexpected}), 1000 / parley_places::kFewer);
}

/// Of joint movers: whoever would have to take part and does not see the point keeps all of them in place.
TEST(Misperception, AJointMoverLeavesOnlyWhereEveryMemberSeesWhy) {
  const Graph graph = graph_of(2, {{}, {}, {{0, 1}}});
  const std::vector<Members> movers = {1, 2, 3};
  const auto solved = [&](const Rankings& ranks) {
    Individual found;
    ArcSolver(graph, movers).solve(ranks, kAllConcepts, found);
    return found;
  };
  const Rankings both = {{1, 0}, {1, 0}}, second_refuses = {{1, 0}, {0, 1}};
  const std::vector<Bits> seen(2, Bits(2, true));
  // The first believes that the second would refuse; the second knows better.
  const Perception p = put_together({solved(second_refuses), solved(both)}, seen, solved(both), movers);
  EXPECT_TRUE(p.acts[0][2].has(0));
  EXPECT_TRUE(p.holds[0].has(0));
  EXPECT_FALSE(p.informed[0].has(0));
  EXPECT_TRUE(p.held_back(Concept::nash, 2).has(0));
  EXPECT_TRUE(p.looks[0][0].has(0));
  EXPECT_TRUE(p.unexpected(Concept::nash, 1).has(0));  // the second expects to go, and nobody comes along
}

/// Two who know everything perceive what there is.
TEST(Misperception, WithoutAnyTheViewsAreTheConflict) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Dice dice(seed + 31'000'000);
    GraphGame game = random_form(dice);
    const auto space = Space::make(game);
    if (!space) continue;
    random_preferences(dice, game, space->count());
    Rankings ranks;
    for (std::size_t i = 0; i < game.preferences.size(); ++i) ranks.push_back(*ranks_of(game, *space, i));
    game.beliefs.push_back({0, 1, ranks[1]});  // true beliefs
    const auto said = perceive(game, *space, ranks, views_of(game, *space, ranks));
    ASSERT_TRUE(said);
    for (std::size_t c = 0; c < kConcepts; ++c) {
      EXPECT_EQ(said->holds[c], said->informed[c]);
      for (const Bits& looks : said->looks[c]) EXPECT_EQ(looks, said->holds[c]);
    }
  }
}

}  // namespace
}  // namespace parley::testing
