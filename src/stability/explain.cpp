// SPDX-License-Identifier: MIT
#include "stability/explain.hpp"

#include <algorithm>
#include <unordered_map>

namespace parley::stability {
namespace {

/// The others' sequences from x, shortest first, until one deters.
class Search {
 public:
  Search(const Graph& graph, const Rankings& ranks, Concept named, std::size_t dm, State s)
      : graph_(graph),
        ranks_(ranks),
        dm_(dm),
        credible_(named == Concept::seq || named == Concept::ssym),
        symmetric_(named == Concept::smr || named == Concept::ssym),
        level_(ranks[dm][s]) {}

  void run(Temptation& temptation) {
    const std::size_t n = graph_.decision_makers(), width = n + 1;
    std::unordered_map<std::size_t, std::size_t> before;
    std::vector<std::size_t> queue{temptation.to * width + n};
    before.emplace(queue.front(), queue.front());
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const std::size_t pair = queue[at];
      const auto u = static_cast<State>(pair / width);
      for (std::size_t k = 0; k < n; ++k) {
        if (k == dm_ || k == pair % width) continue;
        for (const State v : graph_.out[k].of(u)) {
          if (credible_ && ranks_[k][v] >= ranks_[k][u]) continue;
          if (!before.emplace(v * width + k, pair).second) continue;
          queue.push_back(v * width + k);
          if (!deters(v, temptation)) continue;
          temptation.deterred = true;
          temptation.escape.reset();
          for (std::size_t p = v * width + k; before[p] != p; p = before[p])
            temptation.sanction.push_back({p % width, static_cast<State>(p / width)});
          std::reverse(temptation.sanction.begin(), temptation.sanction.end());
          return;
        }
      }
    }
  }

 private:
  bool deters(State y, Temptation& temptation) const {
    if (ranks_[dm_][y] < level_) return false;
    if (!symmetric_) return true;
    for (const State z : graph_.out[dm_].of(y))
      if (ranks_[dm_][z] < level_) {
        if (!temptation.escape) temptation.escape = Arc{y, z};
        return false;
      }
    return true;
  }

  const Graph& graph_;
  const Rankings& ranks_;
  std::size_t dm_;
  bool credible_, symmetric_;
  Rank level_;
};

}  // namespace

std::vector<Temptation> temptations(const Graph& graph, const Rankings& ranks, Concept named, std::size_t dm,
                                    State s) {
  std::vector<Temptation> list;
  for (const State x : graph.out[dm].of(s))
    if (ranks[dm][x] < ranks[dm][s]) list.push_back({x, false, {}, std::nullopt});
  std::stable_sort(list.begin(), list.end(), [&](const Temptation& a, const Temptation& b) {
    return ranks[dm][a.to] < ranks[dm][b.to];
  });
  if (named == Concept::nash) return list;
  for (Temptation& temptation : list) Search(graph, ranks, named, dm, s).run(temptation);
  return list;
}

}  // namespace parley::stability
