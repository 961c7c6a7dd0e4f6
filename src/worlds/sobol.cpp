// SPDX-License-Identifier: MIT
#include "worlds/sobol.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "worlds/random.hpp"

namespace parley::worlds {
namespace {

constexpr int kMostDegree = 10;
constexpr int kCandidates = 24;                   ///< initial numbers tried for each dimension
constexpr int kJudged[] = {3, 4, 5, 6, 7, 8, 9};  ///< over so many points, as powers of two

/// x has the full order 2^s - 1 modulo the polynomial.
bool primitive(std::uint32_t polynomial, int degree) {
  const std::uint32_t top = 1U << degree, full = top - 1;
  std::uint32_t power = 1;
  for (std::uint32_t n = 1; n <= full; ++n) {
    power <<= 1;
    if ((power & top) != 0) power ^= polynomial;
    if (power == 1) return n == full;
  }
  return false;
}

/// Sobol's recurrence: m_k = 2 c_1 m_{k-1} ^ 4 c_2 m_{k-2} ^ ... ^ 2^s m_{k-s} ^ m_{k-s}; v_k = m_k / 2^k.
std::vector<std::uint32_t> grown(std::uint32_t polynomial, std::vector<std::uint32_t> m) {
  const int degree = static_cast<int>(std::bit_width(polynomial)) - 1;
  for (int k = degree; k < SobolPoints::kBits; ++k) {
    const auto at = [&](int back) { return m[static_cast<std::size_t>(k - back)]; };
    std::uint32_t next = at(degree) ^ (at(degree) << degree);
    for (int j = 1; j < degree; ++j)
      if (((polynomial >> (degree - j)) & 1U) != 0) next ^= at(j) << j;
    m.push_back(next);
  }
  for (int k = 0; k < SobolPoints::kBits; ++k) m[static_cast<std::size_t>(k)] <<= SobolPoints::kBits - 1 - k;
  return m;
}

/// Odd numbers m_k < 2^k, the same on every machine.
std::vector<std::uint32_t> candidate(std::size_t dimension, int number, int degree) {
  Stream stream(0, "direction numbers:" + std::to_string(dimension), static_cast<std::uint64_t>(number));
  std::vector<std::uint32_t> m;
  for (int k = 1; k <= degree; ++k)
    m.push_back(static_cast<std::uint32_t>(2 * stream.below(std::uint64_t{1} << (k - 1)) + 1));
  return m;
}

/// Row d of the generator matrix over the first m digits of the index.
std::uint32_t row(const std::vector<std::uint32_t>& directions, int d, int m) {
  std::uint32_t bits = 0;
  for (int k = 0; k < m; ++k) bits |= ((directions[static_cast<std::size_t>(k)] >> (31 - d)) & 1U) << k;
  return bits;
}

/// Adds a vector to a basis over GF(2); false where it was in its span.
bool independent(std::vector<std::uint32_t>& basis, std::uint32_t vector) {
  for (const std::uint32_t b : basis) vector = std::min(vector, vector ^ b);
  if (vector == 0) return false;
  basis.push_back(vector);
  std::sort(basis.rbegin(), basis.rend());
  return true;
}

int badness(const std::vector<std::uint32_t>& one, const std::vector<std::vector<std::uint32_t>>& before) {
  int sum = 0;
  for (const auto& other : before)
    for (const int m : kJudged) {
      const int t = quality(one, other, m);
      sum += t * t * t;
    }
  return sum;
}

std::vector<std::vector<std::uint32_t>> all_directions(std::size_t dimensions) {
  std::vector<std::vector<std::uint32_t>> list;
  std::vector<std::uint32_t> corput;
  for (int k = 0; k < SobolPoints::kBits; ++k) corput.push_back(1U << (31 - k));
  list.push_back(std::move(corput));
  const auto polynomials = primitive_polynomials();
  for (std::size_t d = 1; d < dimensions; ++d) {
    const std::uint32_t polynomial = polynomials[d - 1];
    const int degree = static_cast<int>(std::bit_width(polynomial)) - 1;
    std::vector<std::uint32_t> best;
    int least = 0;
    for (int c = 0; c < kCandidates; ++c) {
      auto directions = grown(polynomial, candidate(d, c, degree));
      const int bad = badness(directions, list);
      if (!best.empty() && bad >= least) continue;
      least = bad;
      best = std::move(directions);
    }
    list.push_back(std::move(best));
  }
  return list;
}

}  // namespace

std::vector<std::uint32_t> primitive_polynomials() {
  std::vector<std::uint32_t> list;
  for (int degree = 1; degree <= kMostDegree; ++degree)
    for (std::uint32_t p = (1U << degree) | 1U; p < (2U << degree); p += 2)
      if (primitive(p, degree)) list.push_back(p);
  return list;
}

int quality(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other, int m) {
  int least = m;
  for (int d1 = 0; d1 <= m; ++d1) {
    std::vector<std::uint32_t> basis;
    bool fits = true;
    for (int d = 0; d < d1; ++d) fits = fits && independent(basis, row(one, d, m));
    if (!fits) {
      least = std::min(least, d1 - 1);
      break;
    }
    int d2 = 0;
    while (d1 + d2 < m && independent(basis, row(other, d2, m))) ++d2;
    least = std::min(least, d1 + d2);
  }
  return m - least;
}

SobolPoints::SobolPoints(int dimensions, std::uint64_t seed, std::string_view name)
    : directions_(all_directions(static_cast<std::size_t>(dimensions))), seed_(seed) {
  for (int d = 0; d < dimensions; ++d)
    keys_.push_back(key_of("scrambling:" + std::string(name) + ":" + std::to_string(d)));
}

std::uint32_t SobolPoints::plain(std::uint32_t index, int dimension) const {
  std::uint32_t x = 0;
  for (const std::uint32_t direction : directions_[static_cast<std::size_t>(dimension)]) {
    if (index == 0) break;
    if ((index & 1U) != 0) x ^= direction;
    index >>= 1;
  }
  return x;
}

double SobolPoints::unit(std::uint32_t index, int dimension) const {
  const std::uint32_t x = plain(index, dimension);
  std::uint32_t scrambled = 0;
  for (int digit = 0; digit < kBits; ++digit) {
    // A digit is flipped by a fair coin of its own for each string of digits before it.
    const std::uint64_t before = digit == 0 ? 0 : x >> (kBits - digit);
    Stream coin(seed_, keys_[static_cast<std::size_t>(dimension)],
                before << 6 | static_cast<std::uint64_t>(digit));
    const std::uint32_t bit = (x >> (kBits - 1 - digit)) ^ static_cast<std::uint32_t>(coin.bits());
    scrambled = scrambled << 1 | (bit & 1U);
  }
  return (static_cast<double>(scrambled) + 0.5) / 4294967296.0;
}

}  // namespace parley::worlds
