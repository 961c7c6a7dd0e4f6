// SPDX-License-Identifier: MIT
// Counter-based random numbers (Philox4x32-10, Salmon et al. 2011; Random123). A draw depends only on (seed,
// key, world, index), never on the order of the draws or the number of threads; the key is the hash of a
// stable name, so that reordering a file changes nothing.
#pragma once
#include <cstdint>
#include <string_view>

namespace parley::worlds {

/// 64-bit hash of a name, fixed for all time and machines (FNV-1a, then the finaliser of splitmix64).
[[nodiscard]] std::uint64_t key_of(std::string_view name);

/// The draws of one name in one world. Philox's key is made of seed and name (one to one in either), its
/// counter of the world (high half) and the number of the block (low half); each block of 128 bits gives two
/// words.
class Stream {
 public:
  Stream(std::uint64_t seed, std::uint64_t key, std::uint64_t world);
  Stream(std::uint64_t seed, std::string_view name, std::uint64_t world)
      : Stream(seed, key_of(name), world) {}
  /// Uniform in (0, 1): never 0, never 1; the 2^52 odd multiples of 2^-53, each as likely as any other.
  [[nodiscard]] double uniform();
  /// Uniform between low and high, never outside. Precondition: both finite, low <= high.
  [[nodiscard]] double uniform(double low, double high);
  /// Exponential with mean 1; positive.
  [[nodiscard]] double exponential();
  /// Uniform in 0 .. n-1, without bias. Precondition: n >= 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t n);
  [[nodiscard]] std::uint64_t bits();

 private:
  std::uint64_t key_, world_, next_ = 0;
  std::uint64_t buffer_ = 0;
  bool full_ = false;
};

}  // namespace parley::worlds
