// SPDX-License-Identifier: MIT
// Conflicts for the benchmarks of the stability lens.
#pragma once
#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "stability/individual.hpp"
#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::bench {

struct Made {
  stability::GraphGame game;
  stability::Space space;
  stability::Rankings ranks;
};

/// Options of each decision maker, all reversible, random strict rankings; `patterns` of `literals` options
/// are infeasible.
inline Made made_game(const std::vector<int>& options, int patterns, int literals = 3) {
  using namespace stability;
  std::mt19937_64 rng(7);
  GraphGame game;
  for (std::size_t i = 0; i < options.size(); ++i) {
    game.decision_makers.push_back("dm" + std::to_string(i));
    for (int k = 0; k < options[i]; ++k)
      game.issues.push_back({"o", static_cast<int>(i), 2, Direction::both});
  }
  for (int p = 0; p < patterns; ++p) {
    Pattern pattern;
    while (pattern.size() < static_cast<std::size_t>(literals)) {
      const int issue = static_cast<int>(rng() % game.issues.size());
      if (std::none_of(pattern.begin(), pattern.end(), [&](const Literal& l) { return l.issue == issue; }))
        pattern.push_back({issue, static_cast<int>(rng() % 2)});
    }
    game.infeasible.push_back(pattern);
  }
  game.preferences.resize(options.size());
  Made made{game, *Space::make(game), {}};
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::vector<Rank> ranks(made.space.count());
    std::iota(ranks.begin(), ranks.end(), Rank{0});
    std::shuffle(ranks.begin(), ranks.end(), rng);
    made.ranks.push_back(std::move(ranks));
  }
  return made;
}

}  // namespace parley::bench
