// SPDX-License-Identifier: MIT
#include "stability/individual.hpp"

#include <algorithm>
#include <bit>

namespace parley::stability {

ArcSolver::ArcSolver(const Graph& graph)
    : graph_(graph), order_(graph.states), escape_(graph.states), value_(graph.states), seen_(graph.states) {}

/// States from the largest value (the worst) to the smallest.
void ArcSolver::order_by(const std::vector<Rank>& values) {
  counts_.assign(graph_.states + 1, 0);
  for (const Rank value : values) ++counts_[value];
  std::uint32_t before = 0;
  for (std::size_t v = graph_.states + 1; v-- > 0;) {
    const std::uint32_t here = counts_[v];
    counts_[v] = before;
    before += here;
  }
  for (State s = 0; s < graph_.states; ++s) order_[counts_[values[s]]++] = s;
}

/// The pairs (y, k), k in `movers`, have their value: so have, behind the moves of k into y, the pairs (x, l)
/// with l other than k, and x itself.
void ArcSolver::reach(State y, std::uint32_t movers, Rank value, std::size_t focal, const Rankings& ranks,
                      bool improvements) {
  const std::uint32_t others =
      ((graph_.decision_makers() < 32 ? std::uint32_t{1} << graph_.decision_makers() : 0U) - 1U) &
      ~(std::uint32_t{1} << focal);
  stack_.assign(1, {y, movers});
  while (!stack_.empty()) {
    const auto [at, mask] = stack_.back();
    stack_.pop_back();
    for (std::uint32_t left = mask; left != 0; left &= left - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(left));
      const std::uint32_t open = others & ~(std::uint32_t{1} << k);
      for (const State x : graph_.in[k].of(at)) {
        if (improvements && ranks[k][at] >= ranks[k][x]) continue;
        if (value_[x] < 0) value_[x] = value;
        const std::uint32_t fresh = open & ~seen_[x];
        if (fresh == 0) continue;
        seen_[x] |= fresh;
        stack_.emplace_back(x, fresh);
      }
    }
  }
}

void ArcSolver::flood(std::size_t focal, const Rankings& ranks, const std::vector<Rank>& values,
                      bool improvements) {
  std::fill(value_.begin(), value_.end(), -1);
  std::fill(seen_.begin(), seen_.end(), 0U);
  std::uint32_t others = 0;
  for (std::size_t k = 0; k < graph_.decision_makers(); ++k)
    if (k != focal) others |= std::uint32_t{1} << k;
  order_by(values);
  for (const State y : order_) {
    const std::uint32_t fresh = others & ~seen_[y];
    if (fresh == 0) continue;
    seen_[y] = others;
    reach(y, fresh, values[y], focal, ranks, improvements);
  }
}

/// e_i: the best rank that i keeps or reaches in one move.
void ArcSolver::escapes(std::size_t focal, const std::vector<Rank>& ranks) {
  for (State y = 0; y < graph_.states; ++y) {
    Rank best = ranks[y];
    for (const State z : graph_.out[focal].of(y)) best = std::min(best, ranks[z]);
    escape_[y] = best;
  }
}

void ArcSolver::judge(std::size_t focal, const std::vector<Rank>& ranks, bool nash, Bits& stable) const {
  for (State s = 0; s < graph_.states; ++s) {
    const auto moves = graph_.out[focal].of(s);
    const bool unstable = std::any_of(moves.begin(), moves.end(), [&](State x) {
      return ranks[x] < ranks[s] && (nash || value_[x] < static_cast<std::int64_t>(ranks[s]));
    });
    if (!unstable) stable.add(s);
  }
}

void ArcSolver::solve(const Rankings& ranks, const ConceptSet& concepts, Individual& result,
                      const Watch& watch) {
  const std::size_t n = graph_.decision_makers();
  std::size_t done = 0;
  for (std::size_t c = 0; c < kConcepts; ++c) {
    auto& stable = result.stable[c];
    stable.clear();
    if (!concepts[c]) continue;
    const auto named = static_cast<Concept>(c);
    const bool symmetric = named == Concept::smr || named == Concept::ssym;
    const bool improvements = named == Concept::seq || named == Concept::ssym;
    for (std::size_t i = 0; i < n; ++i) {
      if (watch.stop()) {
        stable.clear();
        return;
      }
      if (symmetric) escapes(i, ranks[i]);
      if (named != Concept::nash) flood(i, ranks, symmetric ? escape_ : ranks[i], improvements);
      stable.emplace_back(graph_.states);
      judge(i, ranks[i], named == Concept::nash, stable.back());
      if (watch.progress) watch.progress(static_cast<double>(++done) / static_cast<double>(kConcepts * n));
    }
  }
}

}  // namespace parley::stability
