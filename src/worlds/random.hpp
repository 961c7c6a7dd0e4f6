// SPDX-License-Identifier: MIT
// Counter-based random numbers (Philox4x32-10, Salmon et al. 2011; Random123). A draw depends only on (seed,
// key, world, index), never on the order of the draws or the number of threads; the key is the hash of a
// stable name, so that reordering a file changes nothing.
#pragma once
#include <cstdint>
#include <string_view>

namespace parley::worlds {

/// 64-bit hash of a name, fixed for all time and machines (FNV-1a, then a finaliser).
[[nodiscard]] std::uint64_t key_of(std::string_view name);

class Stream {
 public:
  Stream(std::uint64_t seed, std::uint64_t key, std::uint64_t world);
  Stream(std::uint64_t seed, std::string_view name, std::uint64_t world)
      : Stream(seed, key_of(name), world) {}
  /// Uniform in (0, 1): never 0, never 1; multiples of 2^-53 plus 2^-54.
  [[nodiscard]] double uniform();
  [[nodiscard]] double uniform(double low, double high);
  /// Exponential with mean 1.
  [[nodiscard]] double exponential();
  /// Uniform in 0 .. n-1, without bias. Precondition: n >= 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t n);
  [[nodiscard]] std::uint64_t bits();

 private:
  std::uint64_t seed_, key_, world_, next_ = 0;
  std::uint64_t buffer_ = 0;
  bool full_ = false;
};

}  // namespace parley::worlds
