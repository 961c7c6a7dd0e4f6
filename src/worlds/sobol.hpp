// SPDX-License-Identifier: MIT
// Scrambled Sobol points: a digital sequence in base 2 (Sobol 1967) with nested uniform scrambling (Owen
// 1995). Where its direction numbers come from: docs/decisions/0005-direction-numbers.md.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::worlds {

/// Primitive polynomials over GF(2), by degree, then by value; bit k is the coefficient of x^k. Degrees 1 to
/// 10: 160 of them.
[[nodiscard]] std::vector<std::uint32_t> primitive_polynomials();

/// The quality of a pair of dimensions over the first 2^m points: the smallest t such that every elementary
/// interval of area 2^(t-m) holds exactly 2^t of them. `one`, `other`: direction numbers, at least m each.
[[nodiscard]] int quality(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other,
                          int m);

class SobolPoints {
 public:
  static constexpr int kMostDimensions = 161;  ///< van der Corput's, and one for each polynomial
  static constexpr int kBits = 32;

  /// Precondition: 1 <= dimensions <= kMostDimensions. `name` and `seed` key the scrambling.
  SobolPoints(int dimensions, std::uint64_t seed, std::string_view name);
  [[nodiscard]] int dimensions() const { return static_cast<int>(directions_.size()); }
  /// In (0, 1); each single point is uniform over the cube.
  [[nodiscard]] double unit(std::uint32_t index, int dimension) const;
  /// Before scrambling, as a fraction of 2^32.
  [[nodiscard]] std::uint32_t plain(std::uint32_t index, int dimension) const;
  /// The 32 direction numbers of a dimension.
  [[nodiscard]] const std::vector<std::uint32_t>& directions(int dimension) const {
    return directions_[static_cast<std::size_t>(dimension)];
  }

 private:
  std::vector<std::vector<std::uint32_t>> directions_;
  std::vector<std::uint64_t> keys_;  ///< of the scrambling, one for each dimension
  std::uint64_t seed_;
};

}  // namespace parley::worlds
