// SPDX-License-Identifier: MIT
#include "logic/influence.hpp"

#include "expression/index.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace parley::logic {
namespace {

/// Signs that have been met, as a set.
using Signs = unsigned;
constexpr Signs kPlus = 1, kMinus = 2, kUnknown = 4;

Signs only(Sign sign) {
  switch (sign) {
    case Sign::plus:
      return kPlus;
    case Sign::minus:
      return kMinus;
    case Sign::unknown:
      return kUnknown;
    case Sign::none:
      return 0;
  }
  return 0;
}

Sign net(Signs met) {
  if (met == 0) return Sign::none;
  if (met == kPlus) return Sign::plus;
  return met == kMinus ? Sign::minus : Sign::unknown;
}

/// Every sign of `first` followed by every sign of `then`.
Signs chained(Signs first, Signs then) {
  if (first == 0 || then == 0) return 0;
  Signs out = (first | then) & kUnknown;
  const Signs a = first & ~kUnknown, b = then & ~kUnknown;
  if (((a & kPlus) != 0 && (b & kPlus) != 0) || ((a & kMinus) != 0 && (b & kMinus) != 0)) out |= kPlus;
  if (((a & kPlus) != 0 && (b & kMinus) != 0) || ((a & kMinus) != 0 && (b & kPlus) != 0)) out |= kMinus;
  return out;
}

/// Arc indices by the node that they leave; arcs without a sign are left out.
std::vector<std::vector<int>> leaving(const SignedGraph& graph) {
  std::vector<std::vector<int>> out(at(graph.nodes));
  for (std::size_t a = 0; a < graph.arcs.size(); ++a)
    if (graph.arcs[a].sign != Sign::none) out[at(graph.arcs[a].from)].push_back(static_cast<int>(a));
  return out;
}

/// Strongly connected parts, causes before effects (Tarjan 1972, with its own stack: input may be a long
/// chain).
class Parts {
 public:
  Parts(const SignedGraph& graph, const std::vector<std::vector<int>>& out)
      : part_of(at(graph.nodes), -1),
        graph_(graph),
        out_(out),
        index_(at(graph.nodes), -1),
        low_(at(graph.nodes)) {
    for (int v = 0; v < graph.nodes; ++v)
      if (index_[at(v)] < 0) from(v);
    std::reverse(members.begin(), members.end());
    for (std::size_t p = 0; p < members.size(); ++p)
      for (const int v : members[p]) part_of[at(v)] = static_cast<int>(p);
  }

  std::vector<std::vector<int>> members;
  std::vector<int> part_of;

 private:
  void enter(int v) {
    index_[at(v)] = low_[at(v)] = count_++;
    stack_.push_back(v);
    calls_.emplace_back(v, 0);
  }

  void from(int root) {
    enter(root);
    while (!calls_.empty()) {
      auto& [v, next] = calls_.back();
      if (next < out_[at(v)].size()) {
        const int w = graph_.arcs[at(out_[at(v)][next++])].to;
        if (index_[at(w)] < 0) {
          enter(w);
        } else if (part_of[at(w)] < 0) {
          low_[at(v)] = std::min(low_[at(v)], index_[at(w)]);
        }
        continue;
      }
      const int done = v;
      calls_.pop_back();
      if (!calls_.empty()) {
        int& parent = low_[at(calls_.back().first)];
        parent = std::min(parent, low_[at(done)]);
      }
      if (low_[at(done)] == index_[at(done)]) close(done);
    }
  }

  void close(int root) {
    members.emplace_back();
    int v = -1;
    do {
      v = stack_.back();
      stack_.pop_back();
      part_of[at(v)] = 0;  // numbered when all are known
      members.back().push_back(v);
    } while (v != root);
  }

  const SignedGraph& graph_;
  const std::vector<std::vector<int>>& out_;
  std::vector<int> index_, low_, stack_;
  std::vector<std::pair<int, std::size_t>> calls_;
  int count_ = 0;
};

/// An elementary path crosses each strongly connected part at most once, from where it enters to where it
/// leaves. So parts are taken in order, and paths are listed only within one part, from each of its entries.
class Net {
 public:
  Net(const SignedGraph& graph, int cause)
      : graph_(graph),
        out_(leaving(graph)),
        parts_(graph, out_),
        entering_(at(graph.nodes), 0),
        met_(entering_) {
    entering_[at(cause)] = kPlus;
    for (const auto& part : parts_.members) cross(part);
    met_[at(cause)] = kPlus;
  }

  [[nodiscard]] std::vector<Sign> signs() const {
    std::vector<Sign> out;
    for (const Signs met : met_) out.push_back(net(met));
    return out;
  }

 private:
  void cross(const std::vector<int>& part) {
    std::size_t steps = kSignSteps;
    const bool single = part.size() == 1;
    for (const int entry : part) {
      if (entering_[at(entry)] == 0) continue;
      if (single) {
        met_[at(entry)] |= entering_[at(entry)];
      } else if (!spread(entry, steps)) {
        walk(part);
        break;
      }
    }
    for (const int v : part)
      for (const int a : out_[at(v)]) {
        const Arc& arc = graph_.arcs[at(a)];
        if (parts_.part_of[at(arc.to)] != parts_.part_of[at(v)])
          entering_[at(arc.to)] |= chained(met_[at(v)], only(arc.sign));
      }
  }

  /// All elementary paths within the part from one entry; false when the steps run out.
  bool spread(int entry, std::size_t& steps) {
    std::vector<std::pair<int, std::size_t>> stack{{entry, 0}};
    std::vector<Signs> sign{entering_[at(entry)]};
    std::vector<bool> on(at(graph_.nodes), false);
    on[at(entry)] = true;
    met_[at(entry)] |= sign.back();
    while (!stack.empty()) {
      auto& [v, next] = stack.back();
      if (next == out_[at(v)].size()) {
        on[at(v)] = false;
        stack.pop_back();
        sign.pop_back();
        continue;
      }
      const Arc& arc = graph_.arcs[at(out_[at(v)][next++])];
      if (on[at(arc.to)] || parts_.part_of[at(arc.to)] != parts_.part_of[at(v)]) continue;
      if (steps-- == 0) return false;
      sign.push_back(chained(sign.back(), only(arc.sign)));
      met_[at(arc.to)] |= sign.back();
      on[at(arc.to)] = true;
      stack.emplace_back(arc.to, 0);
    }
    return true;
  }

  /// All walks within the part, from all its entries: a fixed point.
  void walk(const std::vector<int>& part) {
    std::vector<int> queue;
    for (const int v : part) {
      met_[at(v)] |= entering_[at(v)];
      if (met_[at(v)] != 0) queue.push_back(v);
    }
    while (!queue.empty()) {
      const int v = queue.back();
      queue.pop_back();
      for (const int a : out_[at(v)]) {
        const Arc& arc = graph_.arcs[at(a)];
        if (parts_.part_of[at(arc.to)] != parts_.part_of[at(v)]) continue;
        const Signs more = met_[at(arc.to)] | chained(met_[at(v)], only(arc.sign));
        if (more == met_[at(arc.to)]) continue;
        met_[at(arc.to)] = more;
        queue.push_back(arc.to);
      }
    }
  }

  const SignedGraph& graph_;
  std::vector<std::vector<int>> out_;
  Parts parts_;
  std::vector<Signs> entering_;  ///< signs with which paths come into a node from outside its part
  std::vector<Signs> met_;       ///< signs of all paths to a node
};

using Arcs = std::vector<int>;

/// Shortest paths to one node that avoid some nodes and, at their start, some arcs.
class Shortest {
 public:
  Shortest(const SignedGraph& graph, int effect)
      : graph_(graph), out_(leaving(graph)), into_(at(graph.nodes)), effect_(effect) {
    for (const Arc& arc : graph.arcs)
      if (arc.sign != Sign::none) into_[at(arc.to)].push_back(arc.from);
  }

  /// Among the shortest, the first in the order of the arcs; nothing where there is none. No path comes back
  /// to its start, which `avoid` holds.
  [[nodiscard]] std::optional<Arcs> from(int start, const std::vector<bool>& avoid,
                                         const std::set<int>& not_first) {
    measure(avoid);
    Arcs out;
    for (int v = start; v != effect_; v = graph_.arcs[at(out.back())].to) {
      int best = -1, length = -1;
      for (const int a : out_[at(v)]) {
        const int d = distance_[at(graph_.arcs[at(a)].to)];
        if (d < 0 || (v == start && not_first.count(a) != 0)) continue;
        if (best < 0 || d < length) {
          best = a;
          length = d;
        }
      }
      if (best < 0) return std::nullopt;
      out.push_back(best);
    }
    return out;
  }

  [[nodiscard]] std::size_t work() const { return work_; }

 private:
  /// Arcs to go to the effect from each node that is not avoided; -1 where there is no way.
  void measure(const std::vector<bool>& avoid) {
    distance_.assign(at(graph_.nodes), -1);
    distance_[at(effect_)] = 0;
    std::vector<int> queue{effect_};
    for (std::size_t head = 0; head < queue.size(); ++head)
      for (const int u : into_[at(queue[head])]) {
        ++work_;
        if (avoid[at(u)] || distance_[at(u)] >= 0) continue;
        distance_[at(u)] = distance_[at(queue[head])] + 1;
        queue.push_back(u);
      }
    work_ += distance_.size() / 64 + 1;
  }

  const SignedGraph& graph_;
  std::vector<std::vector<int>> out_, into_;
  std::vector<int> distance_;
  int effect_;
  std::size_t work_ = 0;
};

Path with_sign(const SignedGraph& graph, Arcs arcs) {
  Path path{std::move(arcs), Sign::plus};
  for (const int a : path.arcs) path.sign = product(path.sign, graph.arcs[at(a)].sign);
  return path;
}

}  // namespace

Sign product(Sign a, Sign b) {
  if (a == Sign::none || b == Sign::none) return Sign::none;
  if (a == Sign::unknown || b == Sign::unknown) return Sign::unknown;
  return a == b ? Sign::plus : Sign::minus;
}

Sign together(Sign a, Sign b) {
  if (a == Sign::none || a == b) return b;
  return b == Sign::none ? a : Sign::unknown;
}

std::vector<Sign> net_signs(const SignedGraph& graph, int cause) { return Net(graph, cause).signs(); }

std::vector<Path> paths(const SignedGraph& graph, int cause, int effect, std::size_t limit, bool* complete) {
  if (complete != nullptr) *complete = true;
  if (cause == effect) return {with_sign(graph, {})};
  std::vector<Path> out;
  Shortest shortest(graph, effect);
  const auto shorter = [](const Arcs& a, const Arcs& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  };
  std::set<Arcs, decltype(shorter)> candidates(shorter);
  std::vector<bool> avoid(at(graph.nodes), false);
  avoid[at(cause)] = true;
  if (const auto first = shortest.from(cause, avoid, {})) candidates.insert(*first);
  while (!candidates.empty()) {
    if (out.size() >= limit || shortest.work() > kPathSteps) {
      if (complete != nullptr) *complete = false;
      break;
    }
    const Arcs found = *candidates.begin();
    candidates.erase(candidates.begin());
    out.push_back(with_sign(graph, found));
    // Yen: follow the path for a while, then leave it by another arc than any path found so far that begins
    // alike.
    std::fill(avoid.begin(), avoid.end(), false);
    int here = cause;
    for (std::size_t i = 0; i < found.size() && shortest.work() <= kPathSteps; ++i) {
      avoid[at(here)] = true;
      const auto spur = found.begin() + static_cast<std::ptrdiff_t>(i);
      std::set<int> taken;
      for (const Path& path : out)
        if (path.arcs.size() > i && std::equal(found.begin(), spur, path.arcs.begin()))
          taken.insert(path.arcs[i]);
      if (const auto rest = shortest.from(here, avoid, taken)) {
        Arcs whole(found.begin(), spur);
        whole.insert(whole.end(), rest->begin(), rest->end());
        candidates.insert(std::move(whole));
      }
      here = graph.arcs[at(found[i])].to;
    }
  }
  return out;
}

}  // namespace parley::logic
