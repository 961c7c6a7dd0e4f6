// SPDX-License-Identifier: MIT
// What is said about verdicts: evolution, reasons and inverse analysis, against the definitions.
#include <gmock/gmock.h>

#include "stability/definition.hpp"
#include "stability/evolution.hpp"
#include "stability/explain.hpp"
#include "stability/inverse.hpp"
#include "stability/random_game.hpp"
#include "stability/ranks.hpp"

namespace parley::testing {
namespace {

using namespace stability;

struct Made {
  GraphGame game;
  Conflict conflict;
  Graph graph;
  Rankings ranks;
};

std::optional<Made> made(std::uint64_t seed, int most_states) {
  Dice dice(seed);
  Kinds kinds;
  kinds.most_states = most_states;
  Made m;
  m.game = random_form(dice, kinds);
  const auto space = Space::make(m.game);
  if (!space) return std::nullopt;
  random_preferences(dice, m.game, space->count());
  m.conflict = conflict_of(m.game);
  m.graph = *make_graph(m.game, *space);
  for (std::size_t i = 0; i < m.game.preferences.size(); ++i) m.ranks.push_back(*ranks_of(m.game, *space, i));
  return m;
}

/// Does a path keep to the rules?
void check_path(const Made& m, int from, const std::vector<Step>& path, bool improving, int not_by = -1) {
  int at = from, last = -1;
  for (const Step& step : path) {
    const int mover = static_cast<int>(step.mover), to = static_cast<int>(step.to);
    ASSERT_NE(mover, last);
    ASSERT_NE(mover, not_by);
    ASSERT_TRUE(in(m.conflict.from(mover, at), to));
    if (improving) {
      ASSERT_TRUE(m.conflict.better(mover, to, at));
    }
    at = to;
    last = mover;
  }
}

TEST(Evolution, ReachesWhatTheDefinitionReachesByLegalPaths) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto m = made(seed + 9'000'000, 20);
    if (!m) continue;
    const unsigned all = (1U << m->conflict.n) - 1;
    for (const bool improving : {false, true}) {
      const Evolution evolution(m->graph, 0, improving ? &m->ranks : nullptr);
      const Set reach = improving ? all_improvements(m->conflict, all, 0) : all_moves(m->conflict, all, 0);
      for (int s = 0; s < m->conflict.states; ++s) {
        const auto state = static_cast<State>(s);
        EXPECT_EQ(evolution.moves(state) != Evolution::kNever, s == 0 || in(reach, s));
        if (evolution.moves(state) == Evolution::kNever) continue;
        const auto path = evolution.path(state);
        ASSERT_EQ(path.size(), evolution.moves(state));
        check_path(*m, 0, path, improving);
        if (!path.empty()) {
          EXPECT_EQ(path.back().to, state);
        }
        // No shorter one: layer by layer, with sets of (state, last mover).
        std::set<std::pair<int, int>> layer{{0, -1}};
        for (std::size_t k = 0; k + 1 < path.size(); ++k) {
          std::set<std::pair<int, int>> next;
          for (const auto& [u, last] : layer)
            for (int j = 0; j < m->conflict.n; ++j)
              if (j != last)
                each(improving ? improvements(m->conflict, j, u) : m->conflict.from(j, u),
                     [&](int v) { next.emplace(v, j); });
          for (const auto& [u, last] : next) EXPECT_NE(u, s);
          layer = next;
        }
      }
    }
  }
}

TEST(Reasons, AgreeWithTheVerdictsAndKeepToTheRules) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto m = made(seed + 10'000'000, 16);
    if (!m) continue;
    const Form form = kForms[1 + seed % 4];
    for (int i = 0; i < m->conflict.n; ++i)
      for (int s = 0; s < m->conflict.states; ++s) {
        const auto list = temptations(m->graph, m->ranks, static_cast<Concept>(form),
                                      static_cast<std::size_t>(i), static_cast<State>(s));
        bool holds = true;
        for (const Temptation& temptation : list) {
          holds = holds && temptation.deterred;
          if (!temptation.deterred) continue;
          check_path(*m, static_cast<int>(temptation.to), temptation.sanction,
                     form == Form::seq || form == Form::ssym, i);
          EXPECT_FALSE(m->conflict.better(i, static_cast<int>(temptation.sanction.back().to), s));
        }
        ASSERT_EQ(holds, testing::stable(m->conflict, form, i, s)) << seed;
      }
  }
}

/// The conflict in which i likes e best of all, but for the states outside `kept`, which it likes better.
Conflict with_not_better(Conflict c, int i, int e, Set kept) {
  for (int y = 0; y < c.states; ++y) {
    if (y == e) continue;
    auto& own = c.t[static_cast<std::size_t>(i)];
    own[static_cast<std::size_t>(y)][static_cast<std::size_t>(e)] = in(kept, y) ? -1 : 1;
    own[static_cast<std::size_t>(e)][static_cast<std::size_t>(y)] = in(kept, y) ? 1 : -1;
  }
  return c;
}

/// How many states e rises past, or level with, until it is stable for i with everything else left as it is.
std::size_t places_to_rise(const Conflict& c, const std::vector<Rank>& ranks, Form form, int i, int e) {
  const auto at = static_cast<std::size_t>(e);
  for (Rank to = ranks[at];; --to) {
    std::vector<Rank> risen = ranks;
    risen[at] = to;
    Conflict changed = c;
    for (std::size_t a = 0; a < risen.size(); ++a)
      for (std::size_t b = 0; b < risen.size(); ++b)
        changed.t[static_cast<std::size_t>(i)][a][b] = compare(risen[a], risen[b]);
    if (to == 0 || testing::stable(changed, form, i, e))
      return static_cast<std::size_t>(std::count_if(
          ranks.begin(), ranks.end(), [&](Rank rank) { return rank >= to && rank < ranks[at]; }));
  }
}

TEST(Inverse, ListsExactlyTheMinimalConditions) {
  int sets = 0;
  for (std::uint64_t seed = 0; seed < 2500; ++seed) {
    const auto m = made(seed + 11'000'000, 8);
    if (!m || m->conflict.states > 8) continue;
    const Form form = kForms[seed % 5];
    const int e = static_cast<int>(seed) % m->conflict.states, i = static_cast<int>(seed / 7) % m->conflict.n;
    const auto answer = inverse(m->graph, m->ranks, static_cast<std::size_t>(i), static_cast<State>(e),
                                static_cast<Concept>(form));
    ASSERT_TRUE(answer && answer->complete);
    std::set<Set> said, known;
    for (const auto& condition : answer->conditions) {
      Set set = 0;
      for (const State s : condition) set |= one(static_cast<int>(s));
      said.insert(set);
    }
    std::vector<Set> holding;
    for (Set kept = 0; kept <= m->conflict.all(); ++kept)
      if (!in(kept, e) && testing::stable(with_not_better(m->conflict, i, e, kept), form, i, e))
        holding.push_back(kept);
    for (const Set kept : holding)
      if (std::none_of(holding.begin(), holding.end(), [&](Set k) { return k != kept && (k & kept) == k; }))
        known.insert(kept);
    ASSERT_EQ(said, known) << "seed " << seed;
    sets += static_cast<int>(said.size());
    EXPECT_EQ(answer->places == 0 && !answer->conditions.empty(), testing::stable(m->conflict, form, i, e))
        << seed;
    if (answer->conditions.empty()) continue;
    const auto& own = m->ranks[static_cast<std::size_t>(i)];
    ASSERT_EQ(answer->places, places_to_rise(m->conflict, own, form, i, e)) << seed;
    // The first of those that are equally close.
    const auto rises = [&](const std::vector<State>& condition) {
      Rank best = own[static_cast<std::size_t>(e)];
      for (const State s : condition) best = std::min(best, own[s]);
      return static_cast<std::size_t>(std::count_if(own.begin(), own.end(), [&](Rank rank) {
        return rank >= best && rank < own[static_cast<std::size_t>(e)];
      }));
    };
    for (std::size_t n = 0; n < answer->conditions.size(); ++n)
      ASSERT_TRUE(n < answer->closest ? rises(answer->conditions[n]) > answer->places
                                      : rises(answer->conditions[n]) >= answer->places)
          << seed;
  }
  EXPECT_GT(sets, 2000);
}

}  // namespace
}  // namespace parley::testing
