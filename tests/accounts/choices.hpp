// SPDX-License-Identifier: MIT
// Where random accounts take their choices from: a seed, or the bytes that a fuzzer gives. Deterministic.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace parley::testing {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 0x1234567ULL) {}
  /// Behind the last byte every choice is the first.
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes), by_bytes_(true) {}

  /// 0 .. n-1; n at least 1.
  [[nodiscard]] std::size_t below(std::size_t n) {
    if (!by_bytes_) return static_cast<std::size_t>(bits() % n);
    if (at_ >= bytes_.size()) return 0;
    return bytes_[at_++] % n;
  }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == n - 1; }
  template <typename T>
  [[nodiscard]] const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  /// Splitmix64 (Steele, Lea and Flood 2014).
  std::uint64_t bits() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  std::span<const std::uint8_t> bytes_;
  bool by_bytes_ = false;
  std::size_t at_ = 0;
  std::uint64_t state_ = 0;
};

}  // namespace parley::testing
