// SPDX-License-Identifier: MIT
#include "stability/perception.hpp"

#include <algorithm>

#include "stability/ranks.hpp"

namespace parley::stability {
namespace {

std::size_t at(Concept named) { return static_cast<std::size_t>(named); }

Bits without(Bits from, const Bits& taken) {
  from -= taken;
  return from;
}

/// The game as it is: nothing is hidden from anybody.
GraphGame unveiled(const GraphGame& game) {
  GraphGame whole = game;
  whole.not_perceived.clear();
  return whole;
}

Graph seen_part(const Graph& whole, const Bits& seen) {
  std::vector<std::vector<Arc>> moves(whole.decision_makers());
  for (std::size_t k = 0; k < moves.size(); ++k)
    for (State s = 0; s < whole.states; ++s)
      for (const State t : whole.out[k].of(s))
        if (seen.has(s) && seen.has(t)) moves[k].push_back({s, t});
  return graph_of(whole.states, std::move(moves));
}

}  // namespace

Bits Perception::surprises(Concept named, std::size_t viewer) const {
  return without(looks[at(named)][viewer], holds[at(named)]);
}

Bits Perception::unexpected(Concept named, std::size_t viewer) const {
  return without(holds[at(named)], looks[at(named)][viewer]);
}

Bits Perception::rash(Concept named, std::size_t mover) const {
  return without(should[at(named)][mover], acts[at(named)][mover]);
}

Bits Perception::held_back(Concept named, std::size_t mover) const {
  return without(acts[at(named)][mover], should[at(named)][mover]);
}

Perception put_together(const std::vector<Individual>& by_view, const std::vector<Bits>& seen,
                        const Individual& truth, const std::vector<Members>& movers) {
  Perception p;
  for (std::size_t c = 0; c < kConcepts; ++c) {
    const std::size_t states = seen.front().size();
    const bool solved = !truth.stable[c].empty() &&
                        std::none_of(by_view.begin(), by_view.end(),
                                     [&](const Individual& view) { return view.stable[c].empty(); });
    if (!solved) continue;
    p.should[c] = truth.stable[c];
    p.informed[c] = p.holds[c] = Bits(states, true);
    for (const Bits& own : truth.stable[c]) p.informed[c] &= own;
    for (std::size_t k = 0; k < movers.size(); ++k) {
      Bits stays(states);
      for (std::size_t i = 0; i < by_view.size(); ++i)
        if ((movers[k] >> i & 1U) != 0) stays |= by_view[i].stable[c][k];
      p.holds[c] &= stays;
      p.acts[c].push_back(std::move(stays));
    }
    for (std::size_t i = 0; i < by_view.size(); ++i) {
      Bits looks = seen[i];
      for (const Bits& own : by_view[i].stable[c]) looks &= own;
      p.looks[c].push_back(std::move(looks));
    }
  }
  return p;
}

std::vector<View> views_of(const GraphGame& game, const Space& space, const Rankings& ranks) {
  const bool hidden = std::any_of(game.not_perceived.begin(), game.not_perceived.end(),
                                  [](const auto& list) { return !list.empty(); });
  if (!hidden && game.beliefs.empty()) return {};
  const auto whole = make_graph(unveiled(game), space);
  if (!whole) return {};
  std::vector<View> views;
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    View view{{}, ranks, Bits(space.count(), true)};
    if (i < game.not_perceived.size())
      for (const long long number : game.not_perceived[i])
        if (const auto state = space.find(number)) view.seen.remove(*state);
    view.graph = seen_part(*whole, view.seen);
    for (const Belief& belief : game.beliefs)
      if (belief.by == i) view.ranks[belief.of] = dense(belief.ranks);
    views.push_back(std::move(view));
  }
  return views;
}

std::optional<Perception> perceive(const GraphGame& game, const Space& space, const Rankings& ranks,
                                   const std::vector<View>& views, const Watch& watch) {
  const auto whole = make_graph(unveiled(game), space);
  if (!whole) return std::nullopt;
  Individual truth;
  ArcSolver(*whole).solve(ranks, kAllConcepts, truth, watch);
  std::vector<Individual> by_view(views.size());
  std::vector<Bits> seen;
  for (std::size_t i = 0; i < views.size(); ++i) {
    ArcSolver(views[i].graph).solve(views[i].ranks, kAllConcepts, by_view[i], watch);
    seen.push_back(views[i].seen);
  }
  if (watch.stop() || views.empty()) return std::nullopt;
  return put_together(by_view, seen, truth, one_each(game.decision_makers.size()));
}

}  // namespace parley::stability
