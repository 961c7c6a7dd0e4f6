// SPDX-License-Identifier: MIT
// Conflicts imported as accounts: the same equilibria, in every world and by proof.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "foreign/conflict.hpp"
#include "foreign/import_conflict.hpp"
#include "language/read.hpp"
#include "questions/import_oracle.hpp"
#include "questions/stability.hpp"
#include "stability/graph.hpp"
#include "stability/random_game.hpp"
#include "stability/solve.hpp"

namespace {

using namespace parley;
namespace fs = std::filesystem;

using parley::testing::complete;
using parley::testing::expect_same;
using parley::testing::Said;
using parley::testing::through_account;

TEST(Import, RandomOptionFormsKeepTheirEquilibria) {
  parley::testing::Dice dice(77);
  parley::testing::Kinds kinds;
  kinds.merged = kinds.explicit_form = false;
  int done = 0, infeasible = 0, one_way = 0, unowned = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    stability::GraphGame game = parley::testing::random_form(dice, kinds);
    const auto space = stability::Space::make(game);
    if (!space || space->count() == 0) continue;
    parley::testing::random_preferences(dice, game, space->count());
    auto imported = foreign::conflict_account(game, *space, "imported", "a test");
    ASSERT_TRUE(imported) << imported.error();
    ASSERT_NO_FATAL_FAILURE(expect_same(game, *space, *imported));
    ++done;
    infeasible += game.infeasible.empty() ? 0 : 1;
    for (const auto& issue : game.issues) {
      one_way += issue.direction != stability::Direction::both ? 1 : 0;
      unowned += issue.owner < 0 ? 1 : 0;
    }
  }
  EXPECT_GT(done, 40);
  EXPECT_GT(infeasible, 10);
  EXPECT_GT(one_way, 10);
  EXPECT_GT(unowned, 2);
}

/// Moves that are not transitive, one way from some states only, or hidden; states that count as one.
TEST(Import, RandomGraphsKeepTheirEquilibriaOrSayWhy) {
  int graphs = 0, merged = 0, hidden = 0;
  for (std::uint64_t seed = 0; graphs < 20 || merged < 6; ++seed) {
    SCOPED_TRACE(seed);
    parley::testing::Dice dice(seed + 55'000'000);
    parley::testing::Kinds kinds;
    kinds.explicit_form = false;
    stability::GraphGame game = parley::testing::random_form(dice, kinds);
    auto space = stability::Space::make(game);
    if (!space || space->count() < 2) continue;
    const auto spelt = stability::make_graph(game, *space);
    if (dice.chance(70)) {  // the same states, and of the moves only some
      stability::GraphGame graph = game;
      graph.infeasible.clear();
      graph.merged.clear();
      graph.moves.assign(game.decision_makers.size(), {});
      for (stability::State s = 0; s < space->count(); ++s) {
        std::vector<int> levels;
        for (std::size_t k = 0; k < game.issues.size(); ++k) levels.push_back(space->level(s, k));
        graph.states.push_back({100 - 3LL * s, "", levels});
        for (std::size_t dm = 0; dm < graph.moves.size(); ++dm)
          for (const auto t : spelt->out[dm].of(s))
            if (dice.chance(80)) graph.moves[dm].push_back({s, t});
      }
      game = graph;
      space = stability::Space::make(game);
    }
    if (dice.chance(20)) {
      game.not_perceived.resize(game.decision_makers.size());
      game.not_perceived[0].push_back(space->number(0));
    }
    parley::testing::random_preferences(dice, game, space->count());
    auto imported = foreign::conflict_account(game, *space, "imported", "a test");
    if (!imported) {
      ASSERT_NE(imported.error(), "");
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(game, *space, *imported));
    graphs += game.option_form() ? 0 : 1;
    merged += imported->situations.size() > space->count() ? 1 : 0;
    if (!game.not_perceived.empty()) {
      ++hidden;
      EXPECT_FALSE(imported->left_out.empty());
    }
  }
  EXPECT_GT(hidden, 2);
}

TEST(Import, GoldenConflictsKeepTheirEquilibria) {
  const char* shared = std::getenv("PARLEY_SHARED");
  const fs::path folder =
      (shared != nullptr ? fs::path(shared) : fs::path(PARLEY_SOURCE_DIR) / ".." / "shared") / "golden" /
      "stability";
  if (!fs::exists(folder)) GTEST_SKIP() << "PARLEY_SHARED names no golden conflicts";
  int imported_files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().string());
    const auto reading = foreign::read_conflict(entry.path());
    ASSERT_TRUE(reading.ok());
    const auto imported = foreign::conflict_account(reading.game, *reading.space, "imported", "a test");
    ASSERT_TRUE(imported) << imported.error();
    EXPECT_TRUE(imported->left_out.empty());
    ++imported_files;
    ASSERT_TRUE(complete(reading.game));
    ASSERT_NO_FATAL_FAILURE(expect_same(reading.game, *reading.space, *imported));
    // Without a focus as well: it finds all issues by itself.
    const Said found = through_account(imported->text, {}, 3);
    ASSERT_NO_FATAL_FAILURE(expect_same(reading.game, *reading.space, *imported, found));
  }
  EXPECT_GE(imported_files, 9);
}

/// Moves that more than one makes between the same states are nobody's own choice; one side is no game; what
/// is not known is no order.
TEST(Import, SaysWhatCannotBeAnAccount) {
  const auto refusal = [](const std::string& text) {
    const auto reading = foreign::read_conflict_text("x.json", text);
    EXPECT_TRUE(reading.ok());
    const auto imported = foreign::conflict_account(reading.game, *reading.space, "imported", "a test");
    return imported ? std::string() : imported.error();
  };
  const std::string states = R"("states": [{"id": 1}, {"id": 2}], )";
  const std::string order = R"({"ranking_best_first": [[1], [2]]})";
  EXPECT_NE(refusal(R"({"decision_makers": ["A", "B"], )" + states +
                    R"("moves": {"A": {"1": [2]}, "B": {"1": [2]}}, "preferences": {"A": )" + order +
                    R"(, "B": )" + order + "}}")
                .find("between states 1 and 2"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"decision_makers": ["A"], )" + states +
                    R"("moves": {"A": {"1": [2]}}, "preferences": {"A": )" + order + "}}")
                .find("one decision maker"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"decision_makers": ["A", "B"], )" + states +
                    R"("moves": {"A": {"1": [2]}}, "preferences": {"A": )" + order +
                    R"(, "B": {"ranking_best_first": [[1], [2]], "unknown": [[1, 2]]}}})")
                .find("not all known"),
            std::string::npos);
}

/// Fraser and Hipel's equilibria of the Cuban missile crisis, as recalled from the literature: the USSR
/// withdraws, without (4) or with (6) a US blockade; 6 is what came.
TEST(Import, TheCubanMissileCrisisHasThePublishedEquilibria) {
  const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/cuba-1962.yaml");
  ASSERT_TRUE(reading.ok());
  questions::StabilityAsk ask;
  ask.solve.draws = 50;
  const auto answer = questions::solve_stability(questions::columns_of(reading.base, {}, {}).front(), ask);
  ASSERT_EQ(answer.games.size(), 1U);
  const auto& game = *answer.games.front();
  const auto numbers = [&](std::size_t named) {
    std::vector<long long> list;
    for (std::size_t s = 0; s < game.game.graph.states.size(); ++s)
      if (game.concepts[named].proved[s] > 0) list.push_back(game.game.graph.states[s].number);
    return list;
  };
  ASSERT_EQ(game.game.graph.states.size(), 12U);
  EXPECT_EQ(numbers(3), (std::vector<long long>{4, 6}));
  EXPECT_EQ(numbers(4), (std::vector<long long>{4, 6}));
  EXPECT_TRUE(numbers(0).empty());
  // The vectors themselves: what each side ranks where.
  const questions::Column column = questions::columns_of(reading.base, {}, {}).front();
  const auto situation = framing::make_situation(column.rows, column.options);
  const auto framed = framing::frame_stability(situation, {}, {}).front();
  const questions::GameUtilities utilities(framed);
  const std::vector<std::vector<long long>> vectors = {{4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8},
                                                       {0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8}};
  for (std::uint64_t world = 0; world < 20; ++world)
    for (std::size_t side = 0; side < 2; ++side) {
      const char* who = side == 0 ? "us" : "ussr";
      const auto player = static_cast<std::size_t>(
          std::find(framed.decision_makers.begin(), framed.decision_makers.end(), who) -
          framed.decision_makers.begin());
      ASSERT_LT(player, framed.players.size());
      const auto values = utilities.of(player, 0, 9, world);
      std::vector<std::size_t> order(values.size());
      for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
      std::vector<long long> ranked;
      for (const std::size_t s : order) ranked.push_back(framed.graph.states[s].number);
      EXPECT_EQ(ranked, vectors[side]);
    }
}

}  // namespace
