// SPDX-License-Identifier: MIT
// What orders alone decide: comparisons of states that hold in every consistent world, and the bounds of
// stability that follow from them.
#include "questions/stability_comparer.hpp"

#include "questions/stability_parts.hpp"

namespace parley::questions {

using stability::State;

namespace {

constexpr std::size_t kMostProofStates = 1'024;

/// The moves that are there whatever ratifiers want; nothing where those are all.
std::optional<stability::Graph> sure_moves(const framing::AccountGame& game) {
  std::vector<std::vector<stability::Arc>> sure = game.graph.moves;
  bool any = false;
  for (std::size_t k = 0; k < game.open_moves.size(); ++k)
    for (const stability::Arc& open : game.open_moves[k]) {
      any = true;
      std::erase_if(sure[k],
                    [&](const stability::Arc& arc) { return arc.from == open.from && arc.to == open.to; });
    }
  if (!any) return std::nullopt;
  return stability::graph_of(game.graph.states.size(), std::move(sure));
}

}  // namespace

void prove_by_orders(GameAnswer& answer, const stability::Graph& graph, const std::atomic<bool>* cancel) {
  const framing::AccountGame& game = answer.game;
  const std::size_t states = graph.states;
  if (!game.all_settlements || states > kMostProofStates) return;
  Comparer comparer(game, cancel);
  std::vector<stability::Comparisons> known(game.players.size());
  for (auto& one : known)
    one.better = one.not_better = std::vector<stability::Bits>(states, stability::Bits(states));
  const auto look = [&](std::size_t p, State s, State t) {
    if (s == t || known[p].better[s].has(t) || known[p].not_better[s].has(t)) return;
    const Compared result = comparer.compare(p, s, t);
    if (result == Compared::better) known[p].better[s].add(t);
    if (result == Compared::not_better) known[p].not_better[s].add(t);
  };
  // Moves first: where the work ends early, at least Nash stability is decided.
  for (std::size_t k = 0; k < game.movers.size(); ++k)
    for (std::size_t p = 0; p < game.players.size(); ++p)
      if ((game.movers[k] >> p & 1U) != 0)
        for (State s = 0; s < states; ++s)
          for (const State t : graph.out[k].of(s)) look(p, s, t);
  for (std::size_t p = 0; p < game.players.size(); ++p)
    for (State s = 0; s < states; ++s) {
      known[p].not_better[s].add(s);
      for (State t = 0; t < states; ++t) look(p, s, t);
    }
  answer.proofs_complete = comparer.complete();
  stability::Watch watch;
  watch.cancel = cancel;
  const auto sure = sure_moves(game);
  const auto bounds = stability::stable_bounds(graph, game.movers, known, watch, sure ? &*sure : nullptr);
  if (!bounds) return;
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    ConceptCount& count = answer.concepts[c];
    count.proved.assign(states, 0);
    count.proved_for.assign(game.players.size(), std::vector<int>(states, 0));
    const auto decide = [&](State s, stability::Members who) {
      bool always = true, possibly = true;
      for (std::size_t k = 0; k < game.movers.size(); ++k) {
        if ((game.movers[k] & who) == 0) continue;
        always = always && bounds->always[c][k].has(s);
        possibly = possibly && bounds->possibly[c][k].has(s);
      }
      return always ? 1 : possibly ? 0 : -1;
    };
    for (State s = 0; s < states; ++s) {
      count.proved[s] = decide(s, ~stability::Members{0});
      for (std::size_t p = 0; p < game.players.size(); ++p)
        count.proved_for[p][s] = decide(s, stability::Members{1} << p);
    }
  }
}

}  // namespace parley::questions
