// SPDX-License-Identifier: MIT
// An imported conflict through the account, and in the file: the same states and the same equilibria.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "foreign/import_conflict.hpp"
#include "language/read.hpp"
#include "questions/stability.hpp"
#include "stability/solve.hpp"

namespace parley::testing {

using Levels = std::map<std::string, std::string>;  // issue -> word

/// The states of a game, and of its equilibria by concept, by what they say of each issue.
struct Said {
  std::set<Levels> states;
  std::map<std::string, std::set<Levels>> equilibria;
};

/// Solved through the account.
inline Said through_account(const std::string& text, const std::vector<std::string>& focus, int draws) {
  const auto reading = language::read_texts({{"imported.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  questions::StabilityAsk ask;
  ask.framing.focus = focus;
  ask.solve.draws = draws;
  ask.solve.threads = 1;
  std::string wrong;
  const auto answer =
      questions::solve_stability(questions::columns_of(reading.base, {}, {}).front(), ask, nullptr, &wrong);
  EXPECT_EQ(wrong, "");
  EXPECT_EQ(answer.games.size(), 1U) << text;
  Said said;
  if (answer.games.size() != 1) return said;
  const auto& game = *answer.games.front();
  EXPECT_EQ(game.worlds, draws);
  const auto levels_of = [&](std::size_t s) {
    Levels levels;
    for (std::size_t k = 0; k < game.game.focus.size(); ++k)
      levels[game.game.focus[k].id] =
          game.level_words[k][static_cast<std::size_t>(game.game.graph.states[s].levels[k])];
    return levels;
  };
  for (std::size_t s = 0; s < game.game.graph.states.size(); ++s) {
    said.states.insert(levels_of(s));
    for (std::size_t c = 0; c < stability::kConcepts; ++c) {
      const int count = game.concepts[c].equilibrium[s];
      EXPECT_TRUE(count == 0 || count == draws) << "a whole order leaves no world another answer";
      if (!game.concepts[c].proved.empty()) {
        EXPECT_EQ(game.concepts[c].proved[s], count == 0 ? -1 : 1);
      }
      if (count > 0) said.equilibria[questions::game_concept(c)].insert(levels_of(s));
    }
  }
  return said;
}

inline bool complete(const stability::GraphGame& game) {
  return std::all_of(game.preferences.begin(), game.preferences.end(),
                     [](const auto& p) { return p.complete() && p.bands.empty(); });
}

/// The account's situations by the numbers that the file gives them, and what is stable in both: the same
/// states, and every situation that stands for an equilibrium is one.
inline void expect_same(const stability::GraphGame& game, const stability::Space& space,
                        const foreign::ImportedAccount& imported, const Said& said) {
  std::map<Levels, long long> number;
  std::set<long long> numbers;
  std::set<Levels> situations;
  for (const auto& situation : imported.situations) {
    Levels levels;
    for (std::size_t k = 0; k < imported.issues.size(); ++k) levels[imported.issues[k]] = situation.levels[k];
    situations.insert(levels);
    number[levels] = situation.number;
    numbers.insert(situation.number);
  }
  ASSERT_EQ(said.states, situations) << imported.text;
  ASSERT_EQ(numbers.size(), space.count());
  const auto answer = stability::solve(game, space);
  ASSERT_TRUE(answer);
  for (const auto& verdict : answer->verdicts) {
    std::set<Levels> equilibria;
    for (const auto& [levels, state] : number)
      if (verdict.equilibria.has(*space.find(state))) equilibria.insert(levels);
    const auto found = said.equilibria.find(verdict.name);
    ASSERT_EQ(found == said.equilibria.end() ? std::set<Levels>() : found->second, equilibria)
        << verdict.name << "\n"
        << imported.text;
  }
}

inline void expect_same(const stability::GraphGame& game, const stability::Space& space,
                        const foreign::ImportedAccount& imported) {
  expect_same(game, space, imported, through_account(imported.text, imported.issues, 3));
}

}  // namespace parley::testing
