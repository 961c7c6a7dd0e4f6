// SPDX-License-Identifier: MIT
// The moves of every decision maker, stored: R_i(s) and its reverse.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::stability {

/// Successors of each state, ascending and distinct.
struct Arcs {
  std::vector<std::uint32_t> begin;  ///< states + 1
  std::vector<State> to;

  [[nodiscard]] std::span<const State> of(State s) const {
    return {to.data() + begin[s], to.data() + begin[s + 1]};
  }
};

struct Graph {
  std::size_t states = 0;
  std::vector<Arcs> out, in;  ///< of each decision maker
  bool transitive = false;    ///< every R_i is, apart from loops: option form without merged or hidden states

  [[nodiscard]] std::size_t decision_makers() const { return out.size(); }
};

/// The error is one sentence: more than kMostArcs moves.
[[nodiscard]] tl::expected<Graph, std::string> make_graph(const GraphGame& game, const Space& space);

/// Arcs of each decision maker as a graph; loops and repetitions are dropped.
[[nodiscard]] Graph graph_of(std::size_t states, std::vector<std::vector<Arc>> moves);

/// For each decision maker i the arcs s -> t of which `keep(i, s, t)` is true, in their order.
template <class Keep>
[[nodiscard]] std::vector<Arcs> arcs_where(const Graph& graph, const Keep& keep) {
  std::vector<Arcs> kept(graph.decision_makers());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i].begin.assign(1, 0);
    for (State s = 0; s < graph.states; ++s) {
      for (const State t : graph.out[i].of(s))
        if (keep(i, s, t)) kept[i].to.push_back(t);
      kept[i].begin.push_back(static_cast<std::uint32_t>(kept[i].to.size()));
    }
  }
  return kept;
}

}  // namespace parley::stability
