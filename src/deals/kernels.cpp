// SPDX-License-Identifier: MIT
#include "deals/kernels.hpp"

#include <algorithm>

// One copy of a loop per instruction set, chosen when the program starts; elsewhere the plain loop is all
// there is.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define PARLEY_WIDE __attribute__((target_clones("default", "avx2", "arch=skylake-avx512")))
#else
#define PARLEY_WIDE
#endif

namespace parley::deals {
namespace {

// 16 bits hold any count here (kBlock rows), and keep the lanes as narrow as the ranks.
PARLEY_WIDE std::size_t count_1(const Rank* a, Rank s, std::size_t length) {
  std::uint16_t count = 0;
  for (std::size_t j = 0; j < length; ++j) count = static_cast<std::uint16_t>(count + (a[j] >= s ? 1 : 0));
  return count;
}

PARLEY_WIDE std::size_t count_2(const Rank* a, const Rank* b, Rank s, Rank t, std::size_t length) {
  std::uint16_t count = 0;
  for (std::size_t j = 0; j < length; ++j)
    count = static_cast<std::uint16_t>(count + ((a[j] >= s) & (b[j] >= t) ? 1 : 0));
  return count;
}

PARLEY_WIDE std::size_t count_3(const Rank* a, const Rank* b, const Rank* c, Rank s, Rank t, Rank u,
                                std::size_t length) {
  std::uint16_t count = 0;
  for (std::size_t j = 0; j < length; ++j)
    count = static_cast<std::uint16_t>(count + ((a[j] >= s) & (b[j] >= t) & (c[j] >= u) ? 1 : 0));
  return count;
}

PARLEY_WIDE std::size_t count_4(const Rank* a, const Rank* b, const Rank* c, const Rank* d, const Rank* t,
                                std::size_t length) {
  const Rank t0 = t[0], t1 = t[1], t2 = t[2], t3 = t[3];
  std::uint16_t count = 0;
  for (std::size_t j = 0; j < length; ++j)
    count = static_cast<std::uint16_t>(count +
                                       ((a[j] >= t0) & (b[j] >= t1) & (c[j] >= t2) & (d[j] >= t3) ? 1 : 0));
  return count;
}

constexpr std::size_t kStrip = 512;

PARLEY_WIDE void and_at_least(const Rank* a, Rank s, Rank* mask, std::size_t length) {
  for (std::size_t j = 0; j < length; ++j) mask[j] = static_cast<Rank>(mask[j] & (a[j] >= s ? 1 : 0));
}

std::size_t count_many(const Rank* const* columns, const Rank* thresholds, std::size_t n_columns,
                       std::size_t length) {
  Rank mask[kStrip];
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < length; begin += kStrip) {
    const std::size_t n = std::min(kStrip, length - begin);
    std::fill_n(mask, n, Rank{1});
    for (std::size_t c = 0; c < n_columns; ++c) and_at_least(columns[c] + begin, thresholds[c], mask, n);
    count += count_1(mask, 1, n);
  }
  return count;
}

constexpr std::size_t kLanes = 8;
constexpr std::size_t kWays = 4;
constexpr std::size_t kShort = kLanes * kWays;

#if defined(__GNUC__)
// Vector types, since the masks must stay in registers from column to column.
typedef std::int32_t Lanes __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
typedef long long Halves __attribute__((vector_size(4 * kLanes)));

/// Whether some j < kShort has columns[c][begin + j] >= v[c] for every c.
PARLEY_WIDE bool any_at_least(const std::int32_t* const* columns, const std::int32_t* v,
                              std::size_t n_columns, std::size_t begin) {
  const auto* first = reinterpret_cast<const Lanes*>(columns[0] + begin);
  auto m0 = first[0] >= v[0], m1 = first[1] >= v[0], m2 = first[2] >= v[0], m3 = first[3] >= v[0];
  for (std::size_t c = 1; c < n_columns; ++c) {
    const auto* column = reinterpret_cast<const Lanes*>(columns[c] + begin);
    m0 &= column[0] >= v[c];
    m1 &= column[1] >= v[c];
    m2 &= column[2] >= v[c];
    m3 &= column[3] >= v[c];
    const auto any = reinterpret_cast<Halves>((m0 | m1) | (m2 | m3));
    if ((any[0] | any[1] | any[2] | any[3]) == 0) return false;
  }
  const auto any = reinterpret_cast<Halves>((m0 | m1) | (m2 | m3));
  return (any[0] | any[1] | any[2] | any[3]) != 0;
}
#else
bool any_at_least(const std::int32_t* const* columns, const std::int32_t* v, std::size_t n_columns,
                  std::size_t begin) {
  for (std::size_t j = begin; j < begin + kShort; ++j) {
    std::size_t c = 0;
    while (c < n_columns && columns[c][j] >= v[c]) ++c;
    if (c == n_columns) return true;
  }
  return false;
}
#endif

}  // namespace

std::size_t first_at_least(const std::int32_t* const* columns, const std::int32_t* v, std::size_t n_columns,
                           std::size_t begin, std::size_t end) {
  while (begin < end) {
    const std::size_t stop = std::min(end, begin + kShort);
    if (n_columns == 0) return begin;
    if (stop - begin == kShort && !any_at_least(columns, v, n_columns, begin)) {
      begin = stop;
      continue;
    }
    for (; begin < stop; ++begin) {
      std::size_t c = 0;
      while (c < n_columns && columns[c][begin] >= v[c]) ++c;
      if (c == n_columns) return begin;
    }
  }
  return end;
}

std::size_t count_at_least(const Rank* const* columns, const Rank* thresholds, std::size_t n_columns,
                           std::size_t length) {
  switch (n_columns) {
    case 0:
      return length;
    case 1:
      return count_1(columns[0], thresholds[0], length);
    case 2:
      return count_2(columns[0], columns[1], thresholds[0], thresholds[1], length);
    case 3:
      return count_3(columns[0], columns[1], columns[2], thresholds[0], thresholds[1], thresholds[2], length);
    case 4:
      return count_4(columns[0], columns[1], columns[2], columns[3], thresholds, length);
    default:
      return count_many(columns, thresholds, n_columns, length);
  }
}

std::uint64_t count_pairs(const std::vector<Rank>& a, const std::vector<Rank>& b,
                          std::vector<RankPair>& queries, std::size_t ranks) {
  std::sort(queries.begin(), queries.end(), [](const RankPair& x, const RankPair& y) { return x.a > y.a; });
  // tree[i] sums the points whose b, counted from the top, falls in the range that i stands for.
  std::vector<std::uint32_t> tree(ranks + 1, 0);
  std::uint64_t count = 0;
  std::size_t inserted = 0;
  for (const RankPair& query : queries) {
    for (; inserted < a.size() && a[inserted] >= query.a; ++inserted)
      for (std::size_t i = ranks - static_cast<std::size_t>(b[inserted]); i <= ranks; i += i & (~i + 1))
        ++tree[i];
    const auto t = static_cast<std::size_t>(query.b);
    if (t >= ranks) continue;
    for (std::size_t i = ranks - t; i > 0; i -= i & (~i + 1)) count += tree[i];
  }
  return count;
}

}  // namespace parley::deals
