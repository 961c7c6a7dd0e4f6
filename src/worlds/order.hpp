// SPDX-License-Identifier: MIT
// Values and weights that are uniform under stated orders. Formulas and proofs: docs/methods/worlds.md.
#pragma once
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "worlds/random.hpp"

namespace parley::worlds {

/// A partial order with ties on n elements 0 .. n-1. `above` pairs (a, b): a > b. `equal` pairs: a = b.
struct PartialOrder {
  int n = 0;
  std::vector<std::pair<int, int>> above;
  std::vector<std::pair<int, int>> equal;
};

/// Nothing when some numbering satisfies all pairs; else the elements of a cycle that contradicts itself, for
/// the message: each is stated to be above or equal to the next, the last to the first, at least once
/// strictly.
[[nodiscard]] std::optional<std::vector<int>> contradiction(const PartialOrder& order);

/// Ties are merged first. The connected components of what is left are independent; each is sampled exactly
/// (to the rounding of doubles) by a dynamic programme over its down-sets, as long as it has at most 64
/// elements and the sampler's down-sets together stay within kDownSets: one component of up to kExactElements
/// elements always fits. Beyond that by the Markov chain of Karzanov and Khachiyan (1991) with a fixed number
/// of steps (linear_extension.hpp), and `exact` is false.
inline constexpr int kExactElements = 20;
inline constexpr std::size_t kDownSets = std::size_t{1} << 20;  ///< of one sampler; 16 to 24 bytes each

class OrderSampler {
 public:
  /// Precondition: no contradiction.
  explicit OrderSampler(PartialOrder order);
  [[nodiscard]] bool exact() const { return exact_; }
  /// n values in (0, 1), uniform on the order polytope { x in [0,1]^n : the pairs hold }: of its full
  /// dimension where there are no ties, else of the face that the ties cut out. Strict pairs are strict in
  /// the doubles.
  [[nodiscard]] std::vector<double> values(Stream& stream) const;
  /// The same, then stretched so that the least is 0 and the greatest 1: a uniform scale (framing rule 4).
  /// All 0 where all elements are equal.
  [[nodiscard]] std::vector<double> scaled_values(Stream& stream) const;
  /// n positive weights that sum to 1: flat Dirichlet conditioned on the order. Ties: the uniform law on the
  /// face of the simplex that they cut out. Strict pairs are strict in the doubles.
  [[nodiscard]] std::vector<double> weights(Stream& stream) const;

 private:
  struct Plan;
  std::vector<double> spread(const std::vector<double>& per_class) const;
  PartialOrder order_;
  bool exact_ = true;
  std::vector<int> class_of_;  ///< element -> merged class
  std::shared_ptr<const Plan> plan_;
};

}  // namespace parley::worlds
