// SPDX-License-Identifier: MIT
// The innermost loops of counting: plain loops over small integers that the compiler turns into vector
// instructions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace parley::deals {

using Rank =
    std::int16_t;  ///< place of a value among the distinct values of a block; a block has at most kBlock rows

inline constexpr std::size_t kBlock = 16'384;

/// How many j < length have columns[c][j] >= thresholds[c] for every c < n_columns. length <= kBlock.
[[nodiscard]] std::size_t count_at_least(const Rank* const* columns, const Rank* thresholds,
                                         std::size_t n_columns, std::size_t length);

/// The first j with begin <= j < end and columns[c][j] >= v[c] for every c < n_columns; `end` where there is
/// none.
[[nodiscard]] std::size_t first_at_least(const std::int32_t* const* columns, const std::int32_t* v,
                                         std::size_t n_columns, std::size_t begin, std::size_t end);

/// Points (a, b) with a descending; queries (s, t): how many pairs of a query and a point have a >= s and b
/// >= t, in O((points + queries) log) by a sweep over a Fenwick tree (Fenwick 1994). Sorts the queries. Ranks
/// are below `ranks`.
struct RankPair {
  Rank a, b;
};
[[nodiscard]] std::uint64_t count_pairs(const std::vector<Rank>& a, const std::vector<Rank>& b,
                                        std::vector<RankPair>& queries, std::size_t ranks);

}  // namespace parley::deals
