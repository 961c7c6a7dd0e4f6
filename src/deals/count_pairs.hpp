// SPDX-License-Identifier: MIT
// Counting, two lists: how many pairs of a row of one and a row of the other reach all floors together. Rows
// are sorted by their first column; the others become ranks, which a Fenwick tree counts (Fenwick 1994):
// n log n for two columns. For three, a tree in two dimensions where its grid is small, else divide and
// conquer over the order of the first column (n log^2 n).
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "deals/watch.hpp"

namespace parley::deals::counting {

inline constexpr std::size_t kMostPairColumns = 3;
inline constexpr std::size_t kGrid = std::size_t{1} << 24;  ///< most cells of a tree in two dimensions

/// Rows of up to three columns, one after another.
template <class Number>
using PairRows = std::vector<std::array<Number, kMostPairColumns>>;

/// A row with its time (its place in the order of the first column) and the ranks of the other two, both from
/// 1 and counted from the greatest value down: a row reaches what a query asks where neither rank is greater.
struct Ranked {
  std::uint32_t second = 1, third = 1;
  bool asks = false;
};

class Fenwick {
 public:
  explicit Fenwick(std::size_t size) : counts_(size + 1, 0) {}
  void add(std::uint32_t at, std::uint32_t by) {
    for (std::size_t i = at; i < counts_.size(); i += i & (~i + 1)) counts_[i] += by;
  }
  [[nodiscard]] std::uint64_t up_to(std::uint32_t at) const {
    std::uint64_t sum = 0;
    for (std::size_t i = at; i > 0; i &= i - 1) sum += counts_[i];
    return sum;
  }

 private:
  std::vector<std::uint32_t> counts_;
};

/// Counts over rows in the order of time: for each query, the rows before it that reach it.
class RankedCount {
 public:
  /// `seconds`, `thirds`: the greatest ranks. Where the watch says stop, Stopped is thrown.
  RankedCount(std::vector<Ranked> rows, std::size_t seconds, std::size_t thirds, const Watch& watch)
      : rows_(std::move(rows)), seconds_(seconds), thirds_(thirds), ticker_(&watch) {}

  [[nodiscard]] std::uint64_t run() {
    if (seconds_ == 1) return in_line([](const Ranked& row) { return row.third; }, thirds_);
    if (thirds_ == 1) return in_line([](const Ranked& row) { return row.second; }, seconds_);
    if ((seconds_ + 1) * (thirds_ + 1) <= kGrid) return in_grid();
    Fenwick tree(thirds_);
    std::vector<Ranked> room(rows_.size());
    return divided(0, rows_.size(), tree, room);
  }

 private:
  static constexpr std::size_t kFew = 48;  ///< rows that are compared one by one

  template <typename Rank>
  std::uint64_t in_line(const Rank& rank, std::size_t ranks) {
    Fenwick tree(ranks);
    std::uint64_t sum = 0;
    for (const Ranked& row : rows_) {
      ticker_.tick(8);
      if (row.asks)
        sum += tree.up_to(rank(row));
      else
        tree.add(rank(row), 1);
    }
    return sum;
  }

  std::uint64_t in_grid() {
    const std::size_t width = thirds_ + 1;
    std::vector<std::uint32_t> counts((seconds_ + 1) * width, 0);
    std::uint64_t sum = 0;
    for (const Ranked& row : rows_) {
      ticker_.tick(64);
      if (row.asks) {
        for (std::size_t i = row.second; i > 0; i &= i - 1)
          for (std::size_t j = row.third; j > 0; j &= j - 1) sum += counts[i * width + j];
      } else {
        for (std::size_t i = row.second; i <= seconds_; i += i & (~i + 1))
          for (std::size_t j = row.third; j <= thirds_; j += j & (~j + 1)) ++counts[i * width + j];
      }
    }
    return sum;
  }

  /// Of [from, to): pairs of a row and a later query. Leaves the part sorted by the second rank.
  std::uint64_t divided(std::size_t from, std::size_t to, Fenwick& tree, std::vector<Ranked>& room) {
    const auto before = [](const Ranked& a, const Ranked& b) { return a.second < b.second; };
    const auto at = [&](std::size_t i) { return rows_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::uint64_t sum = 0;
    if (to - from <= kFew) {
      ticker_.tick(kFew * 8);
      for (std::size_t q = from; q < to; ++q)
        for (std::size_t r = from; rows_[q].asks && r < q; ++r)
          sum += static_cast<std::uint64_t>(!rows_[r].asks && rows_[r].second <= rows_[q].second &&
                                            rows_[r].third <= rows_[q].third);
      std::stable_sort(at(from), at(to), before);
      return sum;
    }
    const std::size_t middle = from + (to - from) / 2;
    sum = divided(from, middle, tree, room) + divided(middle, to, tree, room);
    ticker_.tick(static_cast<std::uint32_t>(std::min<std::size_t>(to - from, 4096)));
    std::size_t r = from;
    for (std::size_t q = middle; q < to; ++q) {
      if (!rows_[q].asks) continue;
      for (; r < middle && rows_[r].second <= rows_[q].second; ++r)
        if (!rows_[r].asks) tree.add(rows_[r].third, 1);
      sum += tree.up_to(rows_[q].third);
    }
    while (r-- > from)
      if (!rows_[r].asks) tree.add(rows_[r].third, ~std::uint32_t{0});  // takes one away, modulo 2^32
    std::merge(at(from), at(middle), at(middle), at(to), room.begin() + static_cast<std::ptrdiff_t>(from),
               before);
    std::copy(room.begin() + static_cast<std::ptrdiff_t>(from),
              room.begin() + static_cast<std::ptrdiff_t>(to), at(from));
    return sum;
  }

  std::vector<Ranked> rows_;
  std::size_t seconds_, thirds_;
  Ticker ticker_;
};

/// The values of one column, ascending and each once.
template <class Number>
std::vector<Number> values_of(const PairRows<Number>& rows, std::size_t column) {
  std::vector<Number> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(row[column]);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

/// Pairs of a row of `left` and a row of `right` whose sums reach `floor` in each of the first `columns`
/// (1 to 3). Both lists are sorted. Where the watch says stop, Stopped is thrown.
template <class Number>
std::uint64_t count_pairs_of(PairRows<Number>& left, PairRows<Number>& right,
                             const std::array<Number, kMostPairColumns>& floor, std::size_t columns,
                             const Watch& watch) {
  Ticker ticker(&watch);
  const auto first = [&](const auto& a, const auto& b) {
    ticker.tick();
    return a[0] < b[0];
  };
  std::sort(left.begin(), left.end(), first);
  std::sort(right.begin(), right.end(), first);
  std::array<std::vector<Number>, kMostPairColumns> values;
  for (std::size_t c = 1; c < columns; ++c) values[c] = values_of(right, c);
  const auto rank = [&](std::size_t c, const Number& need) -> std::uint32_t {
    if (c >= columns) return 1;
    const auto found = std::lower_bound(values[c].begin(), values[c].end(), need);
    return static_cast<std::uint32_t>(values[c].end() - found);  // 0: nothing reaches it
  };
  std::vector<Ranked> rows;
  rows.reserve(left.size() + right.size());
  std::size_t r = right.size();
  // The least of the left asks most of the right: those that reach it reach all that ask less.
  for (const auto& row : left) {
    ticker.tick(8);
    for (; r > 0 && !(right[r - 1][0] < floor[0] - row[0]); --r)
      rows.push_back({rank(1, right[r - 1][1]), rank(2, right[r - 1][2]), false});
    const Ranked query{rank(1, floor[1] - row[1]), rank(2, floor[2] - row[2]), true};
    if (query.second > 0 && query.third > 0) rows.push_back(query);
  }
  return RankedCount(std::move(rows), std::max<std::size_t>(1, values[1].size()),
                     std::max<std::size_t>(1, values[2].size()), watch)
      .run();
}

}  // namespace parley::deals::counting
