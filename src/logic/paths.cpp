// SPDX-License-Identifier: MIT
// Elementary paths, shortest first (Yen 1971).
#include <algorithm>
#include <set>
#include <utility>

#include "expression/index.hpp"
#include "logic/influence.hpp"

namespace parley::logic {
namespace {

using PathArcs = std::vector<int>;

struct ShorterPath {
  bool operator()(const PathArcs& a, const PathArcs& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

Path with_sign(const SignedGraph& graph, PathArcs arcs) {
  Path path{std::move(arcs), Sign::plus};
  for (const int a : path.arcs) path.sign = product(path.sign, graph.arcs[at(a)].sign);
  return path;
}

}  // namespace

PathFinder::PathFinder(const SignedGraph& graph)
    : graph_(graph), out_(at(graph.nodes)), into_(at(graph.nodes)), avoid_(at(graph.nodes), false) {
  for (std::size_t a = 0; a < graph.arcs.size(); ++a) {
    const Arc& arc = graph.arcs[a];
    if (arc.sign == Sign::none) continue;
    out_[at(arc.from)].push_back(static_cast<int>(a));
    into_[at(arc.to)].push_back(arc.from);
  }
}

/// Arcs to go to the effect from each node that is not avoided; -1 where there is no way.
void PathFinder::measure(int effect) {
  distance_.assign(at(graph_.nodes), -1);
  distance_[at(effect)] = 0;
  queue_.assign(1, effect);
  for (std::size_t head = 0; head < queue_.size(); ++head)
    for (const int u : into_[at(queue_[head])]) {
      ++work_;
      if (avoid_[at(u)] || distance_[at(u)] >= 0) continue;
      distance_[at(u)] = distance_[at(queue_[head])] + 1;
      queue_.push_back(u);
    }
  work_ += distance_.size() / 64 + 1;
}

/// The shortest path that starts with `begun`, goes on from `start` by none of the arcs `taken`, and comes
/// back to no avoided node; of several the first in the order of the arcs. Nothing where there is none.
std::optional<PathArcs> PathFinder::shortest(PathArcs begun, int start, int effect,
                                             const std::vector<int>& taken) {
  const auto free = [&](int a) {
    return !avoid_[at(graph_.arcs[at(a)].to)] && std::find(taken.begin(), taken.end(), a) == taken.end();
  };
  work_ += out_[at(start)].size();
  if (std::none_of(out_[at(start)].begin(), out_[at(start)].end(), free)) return std::nullopt;
  measure(effect);
  for (int v = start; v != effect; v = graph_.arcs[at(begun.back())].to) {
    int best = -1, length = -1;
    for (const int a : out_[at(v)]) {
      const int d = distance_[at(graph_.arcs[at(a)].to)];
      if (d < 0 || (v == start && !free(a))) continue;
      if (best < 0 || d < length) {
        best = a;
        length = d;
      }
    }
    if (best < 0) return std::nullopt;
    begun.push_back(best);
  }
  return begun;
}

std::vector<Path> PathFinder::between(int cause, int effect, std::size_t limit, bool* complete) {
  if (complete != nullptr) *complete = true;
  if (cause == effect) return {with_sign(graph_, {})};
  const std::size_t most = work_ + kPathSteps;
  std::vector<Path> out;
  std::set<PathArcs, ShorterPath> candidates;
  std::fill(avoid_.begin(), avoid_.end(), false);
  avoid_[at(cause)] = true;
  if (auto first = shortest({}, cause, effect, {})) candidates.insert(std::move(*first));
  while (!candidates.empty()) {
    if (out.size() >= limit || work_ > most) {
      if (complete != nullptr) *complete = false;
      break;
    }
    PathArcs found = std::move(candidates.extract(candidates.begin()).value());
    out.push_back(with_sign(graph_, found));
    // Yen: follow the path for a while, then leave it by another arc than any path found so far that begins
    // alike. `alike`: the places of these paths.
    std::fill(avoid_.begin(), avoid_.end(), false);
    std::vector<std::size_t> alike(out.size());
    for (std::size_t k = 0; k < alike.size(); ++k) alike[k] = k;
    int here = cause;
    for (std::size_t i = 0; i < found.size() && work_ <= most; ++i) {
      avoid_[at(here)] = true;
      std::vector<int> taken;
      for (const std::size_t k : alike) taken.push_back(out[k].arcs[i]);
      PathArcs begun(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(i));
      if (auto whole = shortest(std::move(begun), here, effect, taken)) candidates.insert(std::move(*whole));
      std::erase_if(alike, [&](std::size_t k) { return out[k].arcs[i] != found[i]; });
      here = graph_.arcs[at(found[i])].to;
    }
  }
  return out;
}

std::vector<Path> paths(const SignedGraph& graph, int cause, int effect, std::size_t limit, bool* complete) {
  return PathFinder(graph).between(cause, effect, limit, complete);
}

}  // namespace parley::logic
