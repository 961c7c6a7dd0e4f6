// SPDX-License-Identifier: MIT
#include "worlds/order.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "expression/index.hpp"
#include "worlds/linear_extension.hpp"

namespace parley::worlds {
namespace {

/// Sets of elements, joined pair by pair; a set's number is its smallest element.
class Merger {
 public:
  explicit Merger(int n) : parent_(at(n)) { std::iota(parent_.begin(), parent_.end(), 0); }
  int find(int x) {
    while (parent_[at(x)] != x) x = parent_[at(x)] = parent_[at(parent_[at(x)])];
    return x;
  }
  void join(int a, int b) {
    a = find(a);
    b = find(b);
    parent_[at(std::max(a, b))] = std::min(a, b);
  }
  /// element -> number of its set, counted in order of the smallest elements
  std::vector<int> numbered(int& count) {
    std::vector<int> number(parent_.size(), -1);
    count = 0;
    for (int x = 0; x < static_cast<int>(parent_.size()); ++x)
      number[at(x)] = find(x) == x ? count++ : number[at(find(x))];
    return number;
  }

 private:
  std::vector<int> parent_;
};

using Arcs = std::vector<std::pair<int, int>>;

/// The strict pairs between classes, each once, sorted.
Arcs class_arcs(const PartialOrder& order, const std::vector<int>& class_of) {
  Arcs arcs;
  for (const auto& [a, b] : order.above) arcs.emplace_back(class_of[at(a)], class_of[at(b)]);
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  return arcs;
}

/// A pair that lies on a cycle of classes, found by going up from whatever is left when classes with nothing
/// above them are taken away again and again. Nothing where there is no cycle.
std::optional<std::pair<int, int>> cycle_pair(int n, const Arcs& arcs) {
  std::vector<std::vector<int>> lower(at(n));
  std::vector<int> waits(at(n), 0), ready;
  for (const auto& [a, b] : arcs) {
    lower[at(a)].push_back(b);
    ++waits[at(b)];
  }
  for (int x = 0; x < n; ++x)
    if (waits[at(x)] == 0) ready.push_back(x);
  for (std::size_t head = 0; head < ready.size(); ++head)
    for (const int b : lower[at(ready[head])])
      if (--waits[at(b)] == 0) ready.push_back(b);
  if (ready.size() == at(n)) return std::nullopt;

  std::vector<int> upper(at(n), -1);
  int here = -1;
  for (const auto& [a, b] : arcs) {
    if (waits[at(a)] == 0 || waits[at(b)] == 0 || upper[at(b)] >= 0) continue;
    upper[at(b)] = a;
    here = b;
  }
  std::vector<bool> seen(at(n), false);
  while (!seen[at(here)]) {
    seen[at(here)] = true;
    here = upper[at(here)];
  }
  return std::pair(upper[at(here)], here);
}

/// A shortest way from `from` to `to` along the pairs, ties both ways; empty where there is none.
std::vector<int> way(const std::vector<std::vector<int>>& next, int from, int to) {
  std::vector<int> before(next.size(), -1), queue{from};
  before[at(from)] = from;
  for (std::size_t head = 0; head < queue.size() && before[at(to)] < 0; ++head)
    for (const int b : next[at(queue[head])])
      if (before[at(b)] < 0) {
        before[at(b)] = queue[head];
        queue.push_back(b);
      }
  if (before[at(to)] < 0) return {};
  std::vector<int> out{to};
  while (out.back() != from) out.push_back(before[at(out.back())]);
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

std::optional<std::vector<int>> contradiction(const PartialOrder& order) {
  Merger merger(order.n);
  for (const auto& [a, b] : order.equal) merger.join(a, b);
  int classes = 0;
  const auto class_of = merger.numbered(classes);
  const auto on_cycle = cycle_pair(classes, class_arcs(order, class_of));
  if (!on_cycle) return std::nullopt;

  std::vector<std::vector<int>> next(at(order.n));
  for (const auto& [a, b] : order.equal) {
    next[at(a)].push_back(b);
    next[at(b)].push_back(a);
  }
  std::pair<int, int> strict{order.n,
                             order.n};  // the first stated pair that stands behind the pair of classes
  for (const auto& [a, b] : order.above) {
    next[at(a)].push_back(b);
    if (std::pair(class_of[at(a)], class_of[at(b)]) == *on_cycle) strict = std::min(strict, std::pair(a, b));
  }
  for (auto& list : next) std::sort(list.begin(), list.end());
  std::vector<int> cycle = way(next, strict.second, strict.first);
  std::rotate(cycle.begin(), cycle.end() - 1, cycle.end());
  return cycle;
}

/// One connected component of the merged order: its classes, and how its extensions are drawn.
struct OrderSampler::Plan {
  struct Component {
    std::vector<int> classes;  ///< local number -> class
    Poset poset;
    std::optional<DownSets> table;  ///< nothing: the chain
    [[nodiscard]] std::vector<int> extension(bool race, Stream& stream) const {
      if (!table) return chain_extension(poset, race, stream);
      return race ? table->race(stream) : table->uniform(stream);
    }
  };
  int classes = 0;
  std::vector<double> mass;  ///< class -> number of elements
  std::vector<Component> components;
};

OrderSampler::OrderSampler(PartialOrder order) : order_(std::move(order)) {
  assert(!contradiction(order_));
  auto plan = std::make_shared<Plan>();
  Merger ties(order_.n);
  for (const auto& [a, b] : order_.equal) ties.join(a, b);
  class_of_ = ties.numbered(plan->classes);
  plan->mass.assign(at(plan->classes), 0);
  for (const int c : class_of_) ++plan->mass[at(c)];

  const Arcs arcs = class_arcs(order_, class_of_);
  Merger links(plan->classes);
  for (const auto& [a, b] : arcs) links.join(a, b);
  int count = 0;
  const std::vector<int> component_of = links.numbered(count);
  plan->components.resize(at(count));
  std::vector<int> local(at(plan->classes));
  for (int c = 0; c < plan->classes; ++c) {
    auto& component = plan->components[at(component_of[at(c)])];
    local[at(c)] = component.poset.n++;
    component.classes.push_back(c);
    component.poset.mass.push_back(plan->mass[at(c)]);
  }
  for (const auto& [a, b] : arcs)
    plan->components[at(component_of[at(a)])].poset.arcs.emplace_back(local[at(a)], local[at(b)]);

  std::size_t left = kDownSets;
  for (auto& component : plan->components) {
    component.table = DownSets::make(component.poset, left);
    if (component.table) left -= component.table->size();
    if (!component.table) exact_ = false;
  }
  plan_ = std::move(plan);
}

std::vector<double> OrderSampler::spread(const std::vector<double>& per_class) const {
  std::vector<double> out;
  out.reserve(class_of_.size());
  for (const int c : class_of_) out.push_back(per_class[at(c)]);
  return out;
}

namespace {

/// Two draws that fall on one double, or that rounding joins, would break a strict pair.
bool strictly_ordered(const PartialOrder& order, const std::vector<double>& x) {
  return std::all_of(order.above.begin(), order.above.end(),
                     [&](const auto& pair) { return x[at(pair.first)] > x[at(pair.second)]; });
}

}  // namespace

std::vector<double> OrderSampler::values(Stream& stream) const {
  for (;;) {
    std::vector<double> per_class(at(plan_->classes));
    for (const auto& component : plan_->components) {
      std::vector<double> sorted(component.classes.size());
      for (double& u : sorted) u = stream.uniform();
      std::sort(sorted.begin(), sorted.end());
      const auto ranking = component.extension(false, stream);
      for (std::size_t i = 0; i < sorted.size(); ++i)
        per_class[at(component.classes[at(ranking[i])])] = sorted[i];
    }
    auto out = spread(per_class);
    if (strictly_ordered(order_, out)) return out;
  }
}

std::vector<double> OrderSampler::scaled_values(Stream& stream) const {
  if (plan_->classes < 2) return std::vector<double>(class_of_.size(), 0.0);
  for (;;) {
    auto out = values(stream);
    const auto [low, high] = std::minmax_element(out.begin(), out.end());
    const double least = *low, width = *high - *low;
    if (width <= 0) continue;
    for (double& x : out) x = (x - least) / width;
    if (strictly_ordered(order_, out)) return out;
  }
}

std::vector<double> OrderSampler::weights(Stream& stream) const {
  for (;;) {
    std::vector<double> per_class(at(plan_->classes));
    double total = 0;
    for (const auto& component : plan_->components) {
      // The clocks ring in the order of the extension; from one ring to the next, an exponential of the rate
      // of all that have not rung.
      double rest = std::accumulate(component.poset.mass.begin(), component.poset.mass.end(), 0.0), now = 0;
      for (const int x : component.extension(true, stream)) {
        const double mass = component.poset.mass[at(x)];
        now += stream.exponential() / rest;
        rest -= mass;
        per_class[at(component.classes[at(x)])] = now;
        total += mass * now;
      }
    }
    auto out = spread(per_class);
    for (double& w : out) w /= total;
    if (strictly_ordered(order_, out)) return out;
  }
}

}  // namespace parley::worlds
