// SPDX-License-Identifier: MIT
#include "worlds/random.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>

namespace parley::worlds {
namespace {

/// The finaliser of splitmix64 (Steele, Lea and Flood 2014): a one-to-one map of 64-bit words.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

struct Wide {
  std::uint64_t high, low;
};

/// The 128-bit product of two words, in portable arithmetic.
Wide multiply(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t kHalf = 0xffffffffULL;
  const std::uint64_t a0 = a & kHalf, a1 = a >> 32, b0 = b & kHalf, b1 = b >> 32;
  const std::uint64_t low = a0 * b0;
  const std::uint64_t middle = a1 * b0 + (low >> 32);
  const std::uint64_t carry = a0 * b1 + (middle & kHalf);
  return {a1 * b1 + (middle >> 32) + (carry >> 32), (carry << 32) | (low & kHalf)};
}

std::uint64_t word(std::uint32_t low, std::uint32_t high) {
  return static_cast<std::uint64_t>(high) << 32 | low;
}

std::uint32_t low_half(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t high_half(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

std::uint64_t key_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix(hash);
}

Stream::Stream(std::uint64_t seed, std::uint64_t key, std::uint64_t world)
    : key_(mix(mix(seed + 0x9e3779b97f4a7c15ULL) ^ key)), world_(world) {}

std::uint64_t Stream::bits() {
  if (full_) {
    full_ = false;
    return buffer_;
  }
  const r123::Philox4x32::ctr_type counter = {
      {low_half(next_), high_half(next_), low_half(world_), high_half(world_)}};
  const r123::Philox4x32::key_type key = {{low_half(key_), high_half(key_)}};
  const auto block = r123::Philox4x32()(counter, key);
  ++next_;
  buffer_ = word(block[2], block[3]);
  full_ = true;
  return word(block[0], block[1]);
}

double Stream::uniform() {
  // 52 bits, not 53: the largest value, 1 - 2^-53, is then a double, and rounding never makes a 1.
  return static_cast<double>(bits() >> 12) * 0x1p-52 + 0x1p-53;
}

double Stream::uniform(double low, double high) {
  const double u = uniform();
  return std::clamp(low * (1 - u) + high * u, low, high);
}

double Stream::exponential() { return -std::log(uniform()); }

std::uint64_t Stream::below(std::uint64_t n) {
  // Lemire 2019: the high word of bits * n, with the few products that would favour some result refused.
  const std::uint64_t refuse = (0 - n) % n;
  for (;;) {
    const Wide product = multiply(bits(), n);
    if (product.low >= refuse) return product.high;
  }
}

}  // namespace parley::worlds
