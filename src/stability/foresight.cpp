// SPDX-License-Identifier: MIT
#include "stability/foresight.hpp"

namespace parley::stability {
namespace {

using Ends = std::vector<std::vector<State>>;  // of each decision maker, of each state

class Foresight {
 public:
  Foresight(const Graph& graph, const Rankings& ranks) : graph_(graph), ranks_(ranks) {
    ends_.assign(graph.decision_makers(), std::vector<State>(graph.states));
    for (auto& own : ends_)
      for (State s = 0; s < graph.states; ++s) own[s] = s;
    here_ = ends_;
  }

  /// From G_{h-1} to G_h.
  void step() {
    const std::size_t n = graph_.decision_makers();
    Ends next = here_;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t after = (i + 1) % n, before = (i + n - 1) % n;
      const auto& rest = n == 1 ? here_[i] : ends_[after];
      for (State s = 0; s < graph_.states; ++s) {
        const auto moves = graph_.out[i].of(s);
        if (moves.empty()) continue;
        State best = rest[moves.front()];
        for (const State t : moves)
          if (preferred(i, before, rest[t], best)) best = rest[t];
        if (ranks_[i][best] < ranks_[i][s]) next[i][s] = best;
      }
    }
    ends_ = std::move(next);
  }

  void keep_stable(std::vector<Bits>& stable) const {
    for (std::size_t i = 0; i < stable.size(); ++i)
      for (State s = 0; s < graph_.states; ++s)
        if (ends_[i][s] != s) stable[i].remove(s);
  }
  [[nodiscard]] const Ends& ends() const { return ends_; }
  [[nodiscard]] std::vector<Bits> everything() const {
    return std::vector<Bits>(graph_.decision_makers(), Bits(graph_.states, true));
  }

 private:
  [[nodiscard]] bool preferred(std::size_t i, std::size_t before, State a, State b) const {
    if (ranks_[i][a] != ranks_[i][b]) return ranks_[i][a] < ranks_[i][b];
    if (ranks_[before][a] != ranks_[before][b]) return ranks_[before][a] > ranks_[before][b];
    return a < b;
  }

  const Graph& graph_;
  const Rankings& ranks_;
  Ends ends_, here_;
};

}  // namespace

std::optional<std::vector<Bits>> limited_move_stable(const Graph& graph, const Rankings& ranks, int horizon,
                                                     const Watch& watch) {
  Foresight foresight(graph, ranks);
  for (int h = 0; h < horizon; ++h) {
    if (watch.stop()) return std::nullopt;
    const Ends before = foresight.ends();
    foresight.step();
    if (foresight.ends() == before) break;  // from here on nothing changes
  }
  auto stable = foresight.everything();
  foresight.keep_stable(stable);
  return stable;
}

/// G_h follows from G_{h-1} alone, so it ends in a cycle, found by Brent's method (1980).
std::optional<std::vector<Bits>> nonmyopic_stable(const Graph& graph, const Rankings& ranks,
                                                  const Watch& watch) {
  Foresight foresight(graph, ranks);
  Ends kept = foresight.ends();
  int power = 1, length = 0;
  for (int h = 0;; ++h) {
    if (h >= kMostHorizon || watch.stop()) return std::nullopt;
    foresight.step();
    ++length;
    if (foresight.ends() == kept) break;
    if (length < power) continue;
    kept = foresight.ends();
    power *= 2;
    length = 0;
  }
  auto stable = foresight.everything();
  for (int h = 0; h < length; ++h) {
    foresight.step();
    foresight.keep_stable(stable);
  }
  return stable;
}

}  // namespace parley::stability
