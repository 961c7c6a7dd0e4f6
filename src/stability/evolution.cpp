// SPDX-License-Identifier: MIT
#include "stability/evolution.hpp"

#include <algorithm>

namespace parley::stability {

Evolution::Evolution(const Graph& graph, State start, const Rankings* ranks, std::uint32_t free)
    : width_(graph.decision_makers() + 1),
      start_(start),
      least_(graph.states, kNever),
      arrival_(graph.states, kNever),
      before_(graph.states * width_, kNever) {
  const auto nobody = static_cast<std::uint32_t>(width_ - 1);
  const auto root = static_cast<std::uint32_t>(start * width_ + nobody);
  std::vector<std::uint32_t> layer{root}, next;
  before_[root] = root;
  arrival_[start] = root;
  least_[start] = 0;
  for (std::uint32_t count = 1; !layer.empty(); ++count, layer.swap(next)) {
    next.clear();
    for (const std::uint32_t pair : layer) {
      const auto s = static_cast<State>(pair / width_);
      for (std::size_t k = 0; k + 1 < width_; ++k) {
        if (k == pair % width_) continue;
        for (const State t : graph.out[k].of(s)) {
          const bool improves = ranks == nullptr || (free >> k & 1U) != 0 || (*ranks)[k][t] < (*ranks)[k][s];
          const auto to = static_cast<std::uint32_t>(t * width_ + k);
          if (!improves || before_[to] != kNever) continue;
          before_[to] = pair;
          next.push_back(to);
          if (least_[t] != kNever) continue;
          least_[t] = count;
          arrival_[t] = to;
        }
      }
    }
  }
}

std::vector<Step> Evolution::path(State s) const {
  std::vector<Step> steps;
  if (s == start_ || arrival_[s] == kNever) return steps;
  for (std::uint32_t pair = arrival_[s]; before_[pair] != pair; pair = before_[pair])
    steps.push_back({pair % width_, static_cast<State>(pair / width_)});
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace parley::stability
