// SPDX-License-Identifier: MIT
// Random small conflicts of every kind that the lens takes.
#pragma once
#include <random>
#include <string>

#include "stability/problem.hpp"

namespace parley::testing {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : rng_(seed) {}
  int below(int n) { return static_cast<int>(rng_() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::mt19937_64 rng_;
};

inline std::vector<stability::Rank> random_ranks(Dice& dice, std::size_t states) {
  std::vector<stability::Rank> ranks;
  const int values = dice.chance(40) ? 3 : 1000;  // many ties, or nearly none
  for (std::size_t s = 0; s < states; ++s) ranks.push_back(static_cast<stability::Rank>(dice.below(values)));
  return ranks;
}

inline stability::Pattern random_pattern(Dice& dice, const stability::GraphGame& game, int literals) {
  stability::Pattern pattern;
  for (int l = 0; l < literals; ++l) {
    const int issue = dice.below(static_cast<int>(game.issues.size()));
    pattern.push_back({issue, dice.below(game.issues[static_cast<std::size_t>(issue)].levels)});
  }
  return pattern;
}

struct Kinds {
  bool merged = true, explicit_form = true, multi_level = true;
  int most_states = 20;  ///< vectors of levels, at least 16
};

/// Preferences are left empty.
inline stability::GraphGame random_form(Dice& dice, const Kinds& kinds = {}) {
  stability::GraphGame game;
  const int n = dice.chance(50) ? 2 + dice.below(2) : 2 + dice.below(4);
  for (int i = 0; i < n; ++i) game.decision_makers.push_back("dm" + std::to_string(i));
  game.preferences.resize(static_cast<std::size_t>(n));
  if (kinds.explicit_form && dice.chance(45)) {  // any graph: irreversible, not transitive
    const int states = 2 + dice.below(6);
    for (int s = 0; s < states; ++s) game.states.push_back({10 + 3LL * s, "", {}});
    const int density = 8 + dice.below(40);
    game.moves.resize(static_cast<std::size_t>(n));
    for (auto& moves : game.moves)
      for (int a = 0; a < states; ++a)
        for (int b = 0; b < states; ++b)
          if (a != b && dice.chance(density))
            moves.push_back({static_cast<stability::State>(a), static_cast<stability::State>(b)});
    return game;
  }
  int total = 1;
  for (;;) {
    stability::Issue issue;
    issue.name = "o" + std::to_string(game.issues.size());
    issue.owner = dice.chance(3) ? -1 : dice.below(n);
    if (kinds.multi_level && dice.chance(20)) issue.levels = 3;
    if (total * issue.levels > kinds.most_states) break;
    total *= issue.levels;
    if (dice.chance(25))
      issue.direction = dice.chance(50) ? stability::Direction::up : stability::Direction::down;
    game.issues.push_back(issue);
    if (total > 4 && dice.chance(15)) break;
  }
  if (dice.chance(50))
    for (int p = 1 + dice.below(3); p > 0; --p)
      game.infeasible.push_back(random_pattern(dice, game, 2 + dice.below(2)));
  if (kinds.merged && dice.chance(15))
    for (int p = 1 + dice.below(2); p > 0; --p)
      game.merged.push_back(random_pattern(dice, game, 1 + dice.below(2)));
  return game;
}

inline void random_preferences(Dice& dice, stability::GraphGame& game, std::size_t states) {
  for (auto& preference : game.preferences) preference.ranks = random_ranks(dice, states);
}

}  // namespace parley::testing
