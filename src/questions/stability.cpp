// SPDX-License-Identifier: MIT
#include "questions/stability.hpp"

#include <fmt/format.h>

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

std::vector<std::string> silent_players(const framing::AccountGame& game) {
  std::vector<std::string> list;
  for (const auto& player : game.players)
    if (player.silent) list.push_back(account::called(game.names, player.id));
  return list;
}

bool too_large_to_leave_open(const framing::AccountGame& game) {
  return game.graph.states.size() > stability::kMostBoundedStates && !silent_players(game).empty();
}

bool signs_silently(const framing::AccountGame& game) {
  return std::any_of(game.players.begin(), game.players.end(),
                     [](const framing::Player& player) { return player.silent && player.party >= 0; });
}

/// Where a share is left open, a proof by orders says more than bounds of drawn worlds can.
void take_from_proofs(GameAnswer& answer) {
  const auto take = [&](int proved, int& least, int& most) {
    if (proved > 0) least = most = answer.worlds;
    if (proved < 0) least = most = 0;
  };
  if (silent_players(answer.game).empty()) return;
  const auto& settlements = answer.game.settlements;
  const int now = settlements.front().now;
  const bool one_present = now >= 0 && std::all_of(settlements.begin(), settlements.end(),
                                                   [now](const auto& s) { return s.now == now; });
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    ConceptCount& count = answer.concepts[c];
    if (one_present && !count.proved.empty()) {
      const auto at = static_cast<std::size_t>(now);
      take(count.proved[at], answer.present.equilibrium[c], answer.present.equilibrium_at_most[c]);
      for (std::size_t p = 0; p < count.stable.size(); ++p)
        take(count.proved_for[p][at], answer.present.stable[c][p], answer.present.stable_at_most[c][p]);
    }
    for (std::size_t s = 0; s < count.proved.size(); ++s) {
      take(count.proved[s], count.equilibrium[s], count.equilibrium_at_most[s]);
      for (std::size_t p = 0; p < count.stable.size(); ++p)
        take(count.proved_for[p][s], count.stable[p][s], count.stable_at_most[p][s]);
    }
  }
}

}  // namespace

std::shared_ptr<const GameAnswer> solve_game(const FramedGame& framed, const StabilityAsk& ask) {
  auto result = std::make_shared<GameAnswer>();
  GameAnswer& answer = *result;
  answer.game = framed.game;
  answer.level_words = framed.level_words;
  const framing::AccountGame& game = answer.game;
  if (!game.too_large.empty()) return result;
  if (too_large_to_leave_open(game)) {
    answer.game.too_large = fmt::format(
        "the account puts in no order what {} wants here, and with open preferences at most {} situations "
        "can be worked out",
        fmt::join(silent_players(game), " or "), stability::kMostBoundedStates);
    return result;
  }
  const stability::Graph graph = stability::graph_of(game.graph.states.size(), game.graph.moves);
  for (const auto& arcs : graph.out) answer.moves += arcs.to.size();
  answer.reached = reached_from(game, graph);
  const ZoneStates zone(game, framed.talks);
  bool compare = zone.usable();
  answer.against.why_not = zone.why_not();
  if (compare && signs_silently(game)) {
    compare = false;
    answer.against.why_not = "who signs is silent here, and whether a package is acceptable to it is open";
  }
  if (compare) {
    const double work =
        static_cast<double>(framed.talks->ensemble.packages.size() * framed.talks->parties.size()) *
        std::max(ask.solve.draws, 1);
    compare = work <= static_cast<double>(deals::kMostUtilities);
    if (!compare) answer.against.why_not = "the table has too many packages for it";
  }
  if (compare)
    for (const auto& package : framed.talks->packages)
      answer.against.packages.push_back({package.id, 0, 0, {}, 0, {}});
  answer.against.compared = compare;
  GameWorlds(answer, graph, ask, compare ? &zone : nullptr, framed).run();
  if (ask.solve.prove && answer.worlds > 0) prove_by_orders(answer, graph, ask.solve.cancel);
  take_from_proofs(answer);
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

namespace {

void frame_into(const Column& column, const StabilityAsk& ask, const ColumnAnswer* solved,
                FramedColumn& result) {
  const framing::Situation situation = framing::make_situation(column.rows, column.options);
  result.wrong = framing::wrong_focus(situation, ask.framing);
  result.framed = true;
  if (!result.wrong.empty()) return;
  std::vector<const framing::Framed*> tables;
  if (solved != nullptr) {
    for (const TableAnswer& table : solved->tables) tables.push_back(&table.framed);
  } else {
    for (const account::Row* row : situation.of("talks"))
      if (auto one = framing::frame_deals(situation, row->id))
        result.tables.push_back(std::make_unique<framing::Framed>(std::move(*one)));
    for (const auto& one : result.tables) tables.push_back(one.get());
  }
  for (auto& game : framing::frame_stability(situation, tables, ask.framing)) {
    FramedGame& one = result.games.emplace_back();
    one.game = std::move(game);
    ratify(one.game, ask.solve.cancel);
    for (const auto& issue : one.game.focus)
      one.level_words.push_back(situation.variables[static_cast<std::size_t>(issue.variable)].levels);
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const framing::Framed* f) { return f->table == one.game.talks; });
    if (found != tables.end()) one.talks = *found;
    if (ask.whole) one.views = frame_views(column, situation, one.game);
  }
}

}  // namespace

FramedColumn frame_column(const Column& column, const StabilityAsk& ask, const ColumnAnswer* solved) {
  FramedColumn result;
  try {
    frame_into(column, ask, solved, result);
  } catch (const Stopped&) {
    result = {};
  }
  return result;
}

}  // namespace parley::questions
