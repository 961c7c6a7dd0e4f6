// SPDX-License-Identifier: MIT
// Undominated vectors among many, exactly; equal vectors are kept together.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <vector>

namespace parley::deals {

/// Survivor s is the run order[first[s]] .. order[first[s+1]-1] of equal vectors; survivors descend
/// lexicographically.
struct Undominated {
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> first;  ///< one more than there are survivors
  [[nodiscard]] std::size_t size() const { return first.size() - 1; }
};

namespace pareto {

/// Decides vector after vector, in descending lexicographic order, whether an earlier one dominates it.
template <class Number>
class Front {
 public:
  /// A vector falls to one that is nowhere worse and is better in some coordinate i with strict[i]; an empty
  /// `strict` means every coordinate.
  Front(std::size_t n, const std::vector<bool>& strict) : n_(n), strict_(strict) {}

  bool keep(const Number* v) {
    if (n_ == 0) return true;
    if (!strict_.empty()) return keep_by_search(v);
    if (n_ == 1) return keep_first();
    if (n_ == 2) return keep_by_sweep(v);
    if (n_ == 3) return keep_by_staircase(v);
    return keep_by_search(v);
  }

 private:
  bool keep_first() { return std::exchange(empty_, false); }

  bool keep_by_sweep(const Number* v) {
    if (!empty_ && !(best_ < v[1])) return false;
    empty_ = false;
    best_ = v[1];
    return true;
  }

  /// `stairs_` maps the second coordinate to the best third one; both are undominated among themselves.
  bool keep_by_staircase(const Number* v) {
    auto at = stairs_.lower_bound(v[1]);
    if (at != stairs_.end() && !(at->second < v[2])) return false;
    if (at != stairs_.end() && at->first == v[1]) at = stairs_.erase(at);
    while (at != stairs_.begin()) {
      const auto before = std::prev(at);
      if (v[2] < before->second) break;
      at = stairs_.erase(before);
    }
    stairs_.emplace_hint(at, v[1], v[2]);
    return true;
  }

  bool keep_by_search(const Number* v) {
    for (std::size_t s = kept_.size(); s > 0; s -= n_) {
      const Number* w = kept_.data() + (s - n_);
      bool worse = false, better = false;
      for (std::size_t i = 0; i < n_ && !worse; ++i) {
        worse = w[i] < v[i];
        better = better || (v[i] < w[i] && (strict_.empty() || strict_[i]));
      }
      if (!worse && better) return false;
    }
    kept_.insert(kept_.end(), v, v + n_);
    return true;
  }

  std::size_t n_;
  const std::vector<bool>& strict_;
  bool empty_ = true;
  Number best_{};
  std::map<Number, Number> stairs_;
  std::vector<Number> kept_;
};

}  // namespace pareto

/// `vectors` holds m rows of n numbers. `strict` as in Front; empty for the plain dominance of Pareto.
template <class Number>
Undominated undominated(const std::vector<Number>& vectors, std::size_t n, std::size_t m,
                        const std::vector<bool>& strict = {}) {
  Undominated result;
  result.order.resize(m);
  std::iota(result.order.begin(), result.order.end(), 0U);
  const auto row = [&](std::uint32_t r) { return vectors.data() + static_cast<std::size_t>(r) * n; };
  std::sort(result.order.begin(), result.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Number *x = row(a), *y = row(b);
    for (std::size_t i = 0; i < n; ++i) {
      if (y[i] < x[i]) return true;
      if (x[i] < y[i]) return false;
    }
    return a < b;
  });
  pareto::Front<Number> front(n, strict);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < m;) {
    std::size_t end = i + 1;
    const Number* v = row(result.order[i]);
    while (end < m && std::equal(v, v + n, row(result.order[end]))) ++end;
    if (front.keep(v)) {
      result.first.push_back(static_cast<std::uint32_t>(kept));
      for (; i < end; ++i) result.order[kept++] = result.order[i];
    }
    i = end;
  }
  result.order.resize(kept);
  result.first.push_back(static_cast<std::uint32_t>(kept));
  return result;
}

}  // namespace parley::deals
