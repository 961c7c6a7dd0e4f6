// SPDX-License-Identifier: MIT
// Elementary circuits: from each node in turn, the circuits in which it is the smallest (Johnson 1975, with
// his blocking, so that the work between two circuits is bounded by nodes plus arcs).
#include <algorithm>
#include <set>
#include <tuple>

#include "consistency/influence.hpp"

namespace parley::consistency {
namespace {

using logic::Sign;

class Circuits {
 public:
  Circuits(const InfluenceGraph& graph, std::size_t limit, const std::function<bool()>& stop)
      : graph_(graph),
        limit_(limit),
        asked_(stop),
        out_(static_cast<std::size_t>(graph.graph.nodes)),
        into_(out_.size()),
        blocked_(out_.size(), false),
        waiting_(out_.size()) {
    for (std::size_t a = 0; a < graph.graph.arcs.size(); ++a) {
      const auto& arc = graph.graph.arcs[a];
      if (arc.sign == Sign::none) continue;
      out_[static_cast<std::size_t>(arc.from)].push_back(static_cast<int>(a));
      into_[static_cast<std::size_t>(arc.to)].push_back(arc.from);
    }
  }
  void run() {
    for (start_ = 0; start_ < graph_.graph.nodes && !stop_; ++start_) {
      std::fill(blocked_.begin(), blocked_.end(), false);
      for (auto& set : waiting_) set.clear();
      if (asked_ && asked_()) stop_ = true;
      reaches_start();
      circuit(start_);
    }
  }
  std::vector<Loop> found;
  [[nodiscard]] bool complete() const { return !stop_; }

 private:
  bool circuit(int node);
  void unblock(int node);
  void reaches_start();
  void keep();

  const InfluenceGraph& graph_;
  std::size_t limit_;
  const std::function<bool()>& asked_;
  std::vector<std::vector<int>> out_;   ///< arcs by the node that they leave
  std::vector<std::vector<int>> into_;  ///< nodes from which an arc comes
  std::vector<bool> blocked_, useful_;
  std::vector<std::set<int>> waiting_;
  std::vector<int> path_;
  std::size_t steps_ = 0, arcs_ = 0;
  int start_ = 0;
  bool stop_ = false;
};

/// Nodes, not below the start, from which the start can be reached: the others lie on no circuit of it.
void Circuits::reaches_start() {
  useful_.assign(out_.size(), false);
  useful_[static_cast<std::size_t>(start_)] = true;
  std::vector<int> todo = {start_};
  while (!todo.empty()) {
    const auto to = static_cast<std::size_t>(todo.back());
    todo.pop_back();
    for (const int from : into_[to]) {
      if (from < start_ || useful_[static_cast<std::size_t>(from)]) continue;
      useful_[static_cast<std::size_t>(from)] = true;
      todo.push_back(from);
    }
  }
}

void Circuits::keep() {
  arcs_ += path_.size();
  if (found.size() >= limit_ || arcs_ > kLoopArcs) {
    stop_ = true;
    return;
  }
  Loop loop;
  loop.sign = Sign::plus;
  for (const int a : path_) {
    const auto& arc = graph_.graph.arcs[static_cast<std::size_t>(a)];
    loop.nodes.push_back(arc.from);
    loop.rows.push_back(arc.row < 0 ? "" : graph_.rows[static_cast<std::size_t>(arc.row)]);
    loop.sign = logic::product(loop.sign, arc.sign);
  }
  found.push_back(std::move(loop));
}

void Circuits::unblock(int node) {
  std::vector<int> todo = {node};
  while (!todo.empty()) {
    const auto at = static_cast<std::size_t>(todo.back());
    todo.pop_back();
    if (!blocked_[at]) continue;
    blocked_[at] = false;
    todo.insert(todo.end(), waiting_[at].begin(), waiting_[at].end());
    waiting_[at].clear();
  }
}

bool Circuits::circuit(int node) {
  ++steps_;
  if (steps_ > kLoopSteps || (steps_ % 1024 == 0 && asked_ && asked_())) stop_ = true;
  bool closed = false;
  blocked_[static_cast<std::size_t>(node)] = true;
  for (const int a : out_[static_cast<std::size_t>(node)]) {
    if (stop_) return closed;
    const int next = graph_.graph.arcs[static_cast<std::size_t>(a)].to;
    if (next < start_ || !useful_[static_cast<std::size_t>(next)]) continue;
    path_.push_back(a);
    if (next == start_) {
      keep();
      closed = true;
    } else if (!blocked_[static_cast<std::size_t>(next)] && circuit(next)) {
      closed = true;
    }
    path_.pop_back();
  }
  if (closed) {
    unblock(node);
  } else {
    for (const int a : out_[static_cast<std::size_t>(node)]) {
      const int next = graph_.graph.arcs[static_cast<std::size_t>(a)].to;
      if (next >= start_ && useful_[static_cast<std::size_t>(next)])
        waiting_[static_cast<std::size_t>(next)].insert(node);
    }
  }
  return closed;
}

}  // namespace

std::vector<Loop> loops(const InfluenceGraph& graph, std::size_t limit, bool* complete,
                        const std::function<bool()>& stop) {
  Circuits circuits(graph, limit, stop);
  circuits.run();
  if (complete != nullptr) *complete = circuits.complete();
  std::stable_sort(circuits.found.begin(), circuits.found.end(), [](const Loop& a, const Loop& b) {
    return a.nodes.size() != b.nodes.size() ? a.nodes.size() < b.nodes.size()
                                            : std::tie(a.nodes, a.rows) < std::tie(b.nodes, b.rows);
  });
  return std::move(circuits.found);
}

}  // namespace parley::consistency
