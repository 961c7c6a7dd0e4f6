// SPDX-License-Identifier: MIT
// Random linear extensions of a partial order. Two laws over the extensions e_1 < e_2 < ... < e_m:
//   uniform: every extension is equally likely;
//   race: P proportional to prod_i 1 / M_i, with M_i = mass of e_i, ..., e_m: the order in which independent
//         exponential clocks of rates `mass` ring, given that it respects the partial order. With equal
//         masses the product is the same for all extensions, and race is uniform.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "worlds/random.hpp"

namespace parley::worlds {

struct Poset {
  int n = 0;
  std::vector<std::pair<int, int>> arcs;  ///< (a, b): a above b; acyclic; need not be closed
  std::vector<double> mass;               ///< n positive numbers
};

/// All down-sets D of a poset, with Z(D) = the weight of all ways to go on from D to everything:
/// Z(all) = 1, Z(D) = f(D) * sum over x that D can take of Z(D + x), f = 1 (uniform) or 1 / mass of what is
/// not in D.
class DownSets {
 public:
  /// Nothing where the poset has more than 64 elements or more than `most` down-sets.
  static std::optional<DownSets> make(const Poset& poset, std::size_t most);
  [[nodiscard]] std::size_t size() const { return sets_.size(); }
  /// Elements in ascending order of the drawn extension.
  [[nodiscard]] std::vector<int> uniform(Stream& stream) const { return draw(stream, ways_); }
  [[nodiscard]] std::vector<int> race(Stream& stream) const {
    return draw(stream, odds_.empty() ? ways_ : odds_);
  }

 private:
  std::vector<int> draw(Stream& stream, const std::vector<double>& z) const;
  [[nodiscard]] std::size_t find(std::uint64_t set, int size) const;
  void weigh(const Poset& poset, bool race, std::vector<double>& z) const;

  std::vector<std::uint64_t> below_;  ///< element -> direct lower neighbours
  std::vector<std::uint64_t> sets_;   ///< by size, then by value
  std::vector<std::size_t> level_;    ///< size -> first index; one past the end for size n + 1
  std::vector<double> ways_, odds_;   ///< Z by index in sets_; odds_ empty where all masses are equal
};

/// Swaps of neighbours that the chain tries: ceil((2 / pi^2) m^3 (2 ln m + 7)), the leading terms of Wilson's
/// (2004) bound for a distance in total variation of about 1/1000 from uniform, at most 2^21 (reached at m =
/// 103; larger orders are drawn from a chain that has not mixed).
[[nodiscard]] std::int64_t chain_steps(int m);

/// One extension by Karzanov and Khachiyan's chain from a fixed start; for the race law each swap passes a
/// Metropolis test. Precondition: poset.n >= 2.
[[nodiscard]] std::vector<int> chain_extension(const Poset& poset, bool race, Stream& stream);

}  // namespace parley::worlds
