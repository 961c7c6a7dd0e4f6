// SPDX-License-Identifier: MIT
#include "logic/influence.hpp"

#include "expression/index.hpp"

#include <algorithm>
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

constexpr std::size_t kShallow = 4, kShallowSteps = 20'000;  // arcs of a path, steps: tried before all paths

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

}  // namespace

/// An elementary path crosses each strongly connected part at most once, from where it enters to where it
/// leaves. So parts are taken in order, and paths are listed only within one part, from each of its entries.
class NetSigns::Finder {
 public:
  explicit Finder(const SignedGraph& graph)
      : graph_(graph), out_(leaving(graph)), parts_(graph, out_), on_(at(graph.nodes), false) {}

  std::vector<Sign> of(int cause) {
    entering_.assign(at(graph_.nodes), 0);
    met_ = entering_;
    entering_[at(cause)] = kPlus;
    cause_ = cause;
    for (auto p = at(parts_.part_of[at(cause)]); p < parts_.members.size(); ++p) cross(parts_.members[p]);
    met_[at(cause)] = kPlus;
    std::vector<Sign> out;
    out.reserve(met_.size());
    for (const Signs met : met_) out.push_back(net(met));
    return out;
  }

  bool walked = false;  ///< walks stood in for paths somewhere

 private:
  void cross(const std::vector<int>& part) {
    if (std::none_of(part.begin(), part.end(), [&](int v) { return entering_[at(v)] != 0; })) return;
    open_ = 0;
    for (const int v : part) open_ += v != cause_ && net(met_[at(v)]) != Sign::unknown ? 1 : 0;
    std::size_t steps = kSignSteps;
    const bool single = part.size() == 1;
    for (const int entry : part) {
      if (entering_[at(entry)] == 0) continue;
      if (single) {
        met_[at(entry)] |= entering_[at(entry)];
      } else if (std::size_t few = kShallowSteps;
                 !spread(entry, few, kShallow) && !spread(entry, steps, part.size())) {
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

  /// Elementary paths within the part from one entry, of at most `depth` arcs. True: what they say is all
  /// that there is to say of the part. Short ones first: where a part is dense and mixed they say it all.
  bool spread(int entry, std::size_t& steps, std::size_t depth) {
    bool all = true;
    std::vector<std::pair<int, std::size_t>> stack{{entry, 0}};
    std::vector<Signs> sign{entering_[at(entry)]};
    on_[at(entry)] = true;
    meet(entry, sign.back());
    while (!stack.empty()) {
      auto& [v, next] = stack.back();
      if (next == out_[at(v)].size()) {
        on_[at(v)] = false;
        stack.pop_back();
        sign.pop_back();
        continue;
      }
      const Arc& arc = graph_.arcs[at(out_[at(v)][next++])];
      ++looks_;
      if (on_[at(arc.to)] || parts_.part_of[at(arc.to)] != parts_.part_of[at(v)]) continue;
      if (stack.size() > depth) {
        all = false;
        next = out_[at(v)].size();
        continue;
      }
      // Where nothing is left to learn of any node of the part, the rest of its paths need not be followed:
      // what is unknown stays so, and so does all that comes after it.
      if (steps == 0 || open_ == 0 || looks_ >= kSignLooksInAll) {
        for (const auto& [open, unused] : stack) on_[at(open)] = false;
        return open_ == 0;
      }
      --steps;
      sign.push_back(chained(sign.back(), only(arc.sign)));
      meet(arc.to, sign.back());
      on_[at(arc.to)] = true;
      stack.emplace_back(arc.to, 0);
    }
    return all || open_ == 0;
  }

  void meet(int v, Signs signs) {
    const bool was = net(met_[at(v)]) == Sign::unknown;
    met_[at(v)] |= signs;
    if (!was && v != cause_ && net(met_[at(v)]) == Sign::unknown) --open_;
  }

  /// All walks within the part, from all its entries: a fixed point.
  void walk(const std::vector<int>& part) {
    walked = true;
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
  std::size_t looks_ = 0;        ///< at arcs, for all causes
  std::size_t open_ = 0;         ///< nodes of the part, but for the cause, not yet known to be unknown
  int cause_ = -1;
  std::vector<bool> on_;  ///< nodes on the path that is followed; none between two calls
};

Sign product(Sign a, Sign b) {
  if (a == Sign::none || b == Sign::none) return Sign::none;
  if (a == Sign::unknown || b == Sign::unknown) return Sign::unknown;
  return a == b ? Sign::plus : Sign::minus;
}

Sign together(Sign a, Sign b) {
  if (a == Sign::none || a == b) return b;
  return b == Sign::none ? a : Sign::unknown;
}

NetSigns::NetSigns(const SignedGraph& graph) : finder_(std::make_unique<Finder>(graph)) {}
NetSigns::~NetSigns() = default;
std::vector<Sign> NetSigns::of(int cause) { return finder_->of(cause); }
bool NetSigns::walked() const { return finder_->walked; }

std::vector<Sign> net_signs(const SignedGraph& graph, int cause) { return NetSigns(graph).of(cause); }

}  // namespace parley::logic
