// SPDX-License-Identifier: MIT
// Undominated vectors among many, exactly; equal vectors are kept together.
//
// Two coordinates: sort and sweep; three: sort and a staircase (Kung, Luccio and Preparata 1975); more: the
// best sums of ranks first, so that what dominates much comes early (sort-filter-skyline: Chomicki et al.
// 2003), compared with all that were kept by vector instructions on 32-bit integers that order as the exact
// numbers do.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "deals/kernels.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

/// Survivor s is the run order[first[s]] .. order[first[s+1]-1] of equal vectors; survivors descend
/// lexicographically.
struct Undominated {
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> first;  ///< one more than there are survivors
  [[nodiscard]] std::size_t size() const { return first.size() - 1; }
};

/// What comparing vectors of 4 coordinates or more may cost, in vector instructions; it falls by what it did
/// cost. Once it is spent, dominated vectors stay. Where the watch says stop, Stopped is thrown.
struct Budget {
  double steps = 1e300;
  const Watch* watch = nullptr;
  [[nodiscard]] bool spent() const { return steps <= 0; }
};

namespace pareto {

/// Rows that hold the same vector are one class; classes descend lexicographically.
template <class Number>
Undominated classes(const std::vector<Number>& vectors, std::size_t n, std::size_t m, Ticker& ticker) {
  Undominated result;
  result.order.resize(m);
  std::iota(result.order.begin(), result.order.end(), 0U);
  const auto row = [&](std::uint32_t r) { return vectors.data() + static_cast<std::size_t>(r) * n; };
  if (n > 0)
    std::sort(result.order.begin(), result.order.end(), [&](std::uint32_t a, std::uint32_t b) {
      ticker.tick();
      const Number *x = row(a), *y = row(b);
      for (std::size_t i = 0; i < n; ++i) {
        if (y[i] < x[i]) return true;
        if (x[i] < y[i]) return false;
      }
      return a < b;
    });
  for (std::size_t i = 0; i < m; ++i)
    if (i == 0 || !std::equal(row(result.order[i]), row(result.order[i]) + n, row(result.order[i - 1])))
      result.first.push_back(static_cast<std::uint32_t>(i));
  result.first.push_back(static_cast<std::uint32_t>(m));
  return result;
}

/// Per coordinate, 32-bit integers that order as the numbers of the classes do: [coordinate][class].
template <class Number>
std::vector<std::vector<std::int32_t>> ranks(const std::vector<const Number*>& rows, std::size_t n,
                                             Ticker& ticker) {
  std::vector<std::vector<std::int32_t>> result(n, std::vector<std::int32_t>(rows.size()));
  std::vector<std::uint32_t> order(rows.size());
  for (std::size_t i = 0; i < n; ++i) {
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      ticker.tick();
      return rows[a][i] < rows[b][i];
    });
    std::int32_t rank = 0;
    for (std::size_t j = 0; j < order.size(); ++j) {
      if (j > 0 && rows[order[j - 1]][i] < rows[order[j]][i]) ++rank;
      result[i][order[j]] = rank;
    }
  }
  return result;
}

template <class Number>
std::vector<bool> sweep(const std::vector<const Number*>& rows) {
  std::vector<bool> keep(rows.size(), false);
  const Number* best = nullptr;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (best != nullptr && !(*best < rows[r][1])) continue;
    best = rows[r] + 1;
    keep[r] = true;
  }
  return keep;
}

template <class Number>
std::vector<bool> staircase(const std::vector<const Number*>& rows) {
  std::vector<bool> keep(rows.size(), false);
  std::map<Number, Number> stairs;  // second coordinate to the best third one; undominated among themselves
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Number &b = rows[r][1], &c = rows[r][2];
    auto at = stairs.lower_bound(b);
    if (at != stairs.end() && !(at->second < c)) continue;
    if (at != stairs.end() && at->first == b) at = stairs.erase(at);
    while (at != stairs.begin()) {
      const auto before = std::prev(at);
      if (c < before->second) break;
      at = stairs.erase(before);
    }
    stairs.emplace_hint(at, b, c);
    keep[r] = true;
  }
  return keep;
}

/// `strict`: a class falls only to one that is also better in some coordinate i with strict[i].
template <class Number>
std::vector<bool> search(const std::vector<const Number*>& rows, std::size_t n,
                         const std::vector<bool>& strict, Budget& budget, Ticker& ticker) {
  const std::vector<std::vector<std::int32_t>> rank = ranks(rows, n, ticker);
  std::vector<std::int64_t> sum(rows.size(), 0);
  for (const auto& column : rank)
    for (std::size_t r = 0; r < rows.size(); ++r) sum[r] += column[r];
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    ticker.tick();
    return sum[a] != sum[b] ? sum[a] > sum[b] : a < b;
  });
  std::vector<bool> keep(rows.size(), false);
  std::vector<std::vector<std::int32_t>> kept(n);
  std::vector<const std::int32_t*> columns(n);
  std::vector<std::int32_t> v(n);
  const auto better = [&](std::size_t k) {
    for (std::size_t i = 0; i < n; ++i)
      if (strict[i] && kept[i][k] > v[i]) return true;
    return false;
  };
  for (const std::uint32_t r : order) {
    for (std::size_t i = 0; i < n; ++i) v[i] = rank[i][r], columns[i] = kept[i].data();
    const std::size_t length = kept[0].size();
    std::size_t at = budget.spent() ? length : first_at_least(columns.data(), v.data(), n, 0, length);
    while (!strict.empty() && at < length && !better(at))
      at = first_at_least(columns.data(), v.data(), n, at + 1, length);
    const std::size_t compared = std::min(at + 1, length) * n;
    budget.steps -= static_cast<double>(compared) / 8;
    ticker.tick(1 + static_cast<std::uint32_t>(compared / 64));
    if (at < length) continue;
    keep[r] = true;
    for (std::size_t i = 0; i < n; ++i) kept[i].push_back(v[i]);
  }
  return keep;
}

}  // namespace pareto

/// `vectors` holds m rows of n numbers. A vector falls to one that is nowhere worse and is better in some
/// coordinate i with strict[i]; an empty `strict` means every coordinate.
template <class Number>
Undominated undominated(const std::vector<Number>& vectors, std::size_t n, std::size_t m,
                        const std::vector<bool>& strict, Budget& budget) {
  Ticker ticker(budget.watch);
  Undominated all = pareto::classes(vectors, n, m, ticker);
  if (n == 0 || m == 0) return all;
  std::vector<const Number*> rows;
  for (std::size_t s = 0; s < all.size(); ++s)
    rows.push_back(vectors.data() + static_cast<std::size_t>(all.order[all.first[s]]) * n);
  std::vector<bool> keep(rows.size(), false);
  if (n == 1 && strict.empty())
    keep[0] = true;
  else if (n == 2 && strict.empty())
    keep = pareto::sweep(rows);
  else if (n == 3 && strict.empty())
    keep = pareto::staircase(rows);
  else
    keep = pareto::search(rows, n, strict, budget, ticker);
  Undominated result;
  for (std::size_t s = 0; s < all.size(); ++s) {
    if (!keep[s]) continue;
    result.first.push_back(static_cast<std::uint32_t>(result.order.size()));
    result.order.insert(result.order.end(), all.order.begin() + all.first[s],
                        all.order.begin() + all.first[s + 1]);
  }
  result.first.push_back(static_cast<std::uint32_t>(result.order.size()));
  return result;
}

template <class Number>
Undominated undominated(const std::vector<Number>& vectors, std::size_t n, std::size_t m) {
  Budget budget;
  return undominated(vectors, n, m, {}, budget);
}

}  // namespace parley::deals
