// SPDX-License-Identifier: MIT
// Draws from a range, for one world or spread over all worlds (framing rule 17).
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "worlds/random.hpp"

namespace parley::worlds {

/// Finite, low <= high.
struct Range {
  double low = 0, high = 1;
};

/// Uniform in the range.
[[nodiscard]] inline double draw(const Range& range, Stream& stream) {
  return stream.uniform(range.low, range.high);
}

/// One name's column of a Latin hypercube (McKay, Beckman and Conover 1979) over `worlds` worlds: [0, 1] is
/// cut into as many strata of equal width, each world gets one (by a permutation keyed by seed and name,
/// uniform over all permutations) and a uniform draw within it. In each single world the draw is uniform;
/// over all worlds each stratum is met exactly once. A value depends on (seed, name, worlds, world) alone.
class LatinColumn {
 public:
  /// Columns of more worlds than this are independent draws: a stratum is then too thin to matter, and the
  /// permutation too long to keep.
  static constexpr std::int64_t kMostStrata = std::int64_t{1} << 20;

  LatinColumn(std::uint64_t seed, std::string_view name, std::int64_t worlds);
  /// In (0, 1). Precondition: 0 <= world < worlds.
  [[nodiscard]] double unit(std::int64_t world) const;
  [[nodiscard]] double draw(const Range& range, std::int64_t world) const;
  [[nodiscard]] bool stratified() const { return !stratum_.empty(); }

 private:
  std::uint64_t seed_, key_;
  std::vector<std::int32_t> stratum_;  ///< world -> stratum; empty: independent draws
};

}  // namespace parley::worlds
