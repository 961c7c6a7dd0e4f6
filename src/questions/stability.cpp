// SPDX-License-Identifier: MIT
#include "questions/stability.hpp"

#include <algorithm>

#include "questions/stability_worlds.hpp"

namespace parley::questions {

using stability::State;

namespace {

/// Where legal moves of all movers lead from any of the presents.
std::vector<bool> reached_from(const framing::AccountGame& game, const stability::Graph& graph) {
  std::vector<bool> reached(graph.states, false);
  std::vector<std::pair<State, std::size_t>> stack;
  std::vector<std::uint64_t> seen(graph.states, 0);
  const auto go = [&](State s, std::size_t last) {
    for (std::size_t k = 0; k < game.movers.size(); ++k)
      if (k != last)
        for (const State t : graph.out[k].of(s))
          if ((seen[t] >> k & 1U) == 0) {
            seen[t] |= std::uint64_t{1} << k;
            reached[t] = true;
            stack.emplace_back(t, k);
          }
  };
  for (const auto& settlement : game.settlements) {
    if (settlement.now < 0) continue;
    reached[static_cast<std::size_t>(settlement.now)] = true;
    go(static_cast<State>(settlement.now), SIZE_MAX);
  }
  while (!stack.empty()) {
    const auto [s, last] = stack.back();
    stack.pop_back();
    go(s, last);
  }
  return reached;
}

}  // namespace

std::shared_ptr<const GameAnswer> solve_game(const FramedGame& framed, const StabilityAsk& ask) {
  auto result = std::make_shared<GameAnswer>();
  GameAnswer& answer = *result;
  answer.game = framed.game;
  answer.level_words = framed.level_words;
  const framing::AccountGame& game = answer.game;
  if (!game.too_large.empty()) return result;
  const stability::Graph graph = stability::graph_of(game.graph.states.size(), game.graph.moves);
  for (const auto& arcs : graph.out) answer.moves += arcs.to.size();
  answer.reached = reached_from(game, graph);
  const ZoneStates zone(game, framed.talks);
  bool compare = zone.usable();
  answer.against.why_not = zone.why_not();
  if (compare) {
    const double work =
        static_cast<double>(framed.talks->ensemble.packages.size() * framed.talks->parties.size()) *
        std::max(ask.solve.draws, 1);
    compare = work <= static_cast<double>(deals::kMostUtilities);
    if (!compare) answer.against.why_not = "the table has too many packages for it";
  }
  if (compare)
    for (const auto& package : framed.talks->packages)
      answer.against.packages.push_back({package.id, 0, 0, {}});
  answer.against.compared = compare;
  GameWorlds(answer, graph, ask, compare ? &zone : nullptr, framed).run();
  if (ask.solve.prove && answer.worlds > 0) prove_by_orders(answer, graph, ask.solve.cancel);
  // What the answer does not need again: kept for many readings it would fill the memory.
  for (auto& settlement : answer.game.settlements) {
    settlement.states.clear();
    settlement.broken.clear();
  }
  for (auto& moves : answer.game.graph.moves) moves.clear();
  return result;
}

const char* game_concept(std::size_t number) {
  static constexpr std::array<const char*, kGameConcepts> names = {"nash",  "gmr",  "smr",  "seq", "ssym",
                                                                   "cnash", "cgmr", "csmr", "cseq"};
  return names[number];
}

FramedColumn frame_column(const Column& column, const StabilityAsk& ask, const ColumnAnswer* solved) {
  FramedColumn result;
  const framing::Situation situation = framing::make_situation(column.rows, column.options);
  result.wrong = framing::wrong_focus(situation, ask.framing);
  result.framed = true;
  if (!result.wrong.empty()) return result;
  std::vector<const framing::Framed*> tables;
  if (solved != nullptr) {
    for (const TableAnswer& table : solved->tables) tables.push_back(&table.framed);
  } else {
    for (const account::Row* row : situation.account.of("talks"))
      if (auto one = framing::frame_deals(situation, row->id))
        result.tables.push_back(std::make_unique<framing::Framed>(std::move(*one)));
    for (const auto& one : result.tables) tables.push_back(one.get());
  }
  for (auto& game : framing::frame_stability(situation, tables, ask.framing)) {
    FramedGame& one = result.games.emplace_back();
    one.game = std::move(game);
    for (const auto& issue : one.game.focus)
      one.level_words.push_back(situation.variables[static_cast<std::size_t>(issue.variable)].levels);
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const framing::Framed* f) { return f->table == one.game.talks; });
    if (found != tables.end()) one.talks = *found;
    if (ask.whole) one.views = frame_views(column, situation, one.game);
  }
  return result;
}

}  // namespace parley::questions
