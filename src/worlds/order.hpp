// SPDX-License-Identifier: MIT
// Values and weights that are uniform under stated orders.
#pragma once
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "worlds/random.hpp"

namespace parley::worlds {

/// A partial order with ties on n elements. `above` pairs (a, b): a > b. `equal` pairs: a = b.
struct PartialOrder {
  int n = 0;
  std::vector<std::pair<int, int>> above;
  std::vector<std::pair<int, int>> equal;
};

/// Nothing when the stated pairs contradict each other (a cycle through a strict pair); else a cycle's
/// elements, for the message.
[[nodiscard]] std::optional<std::vector<int>> contradiction(const PartialOrder& order);

/// The sampler draws linear extensions uniformly and exactly (dynamic programme over down-sets, after merging
/// ties) up to kExactElements elements in a connected component; beyond that by rejection-free Markov chain
/// (Karzanov and Khachiyan 1991) with a fixed number of steps, and `exact` is false.
inline constexpr int kExactElements = 20;

class OrderSampler {
 public:
  /// Precondition: no contradiction.
  explicit OrderSampler(PartialOrder order);
  [[nodiscard]] bool exact() const { return exact_; }
  /// n values in (0, 1), uniform on the order polytope.
  [[nodiscard]] std::vector<double> values(Stream& stream) const;
  /// n positive weights that sum to 1: flat Dirichlet conditioned on the order.
  [[nodiscard]] std::vector<double> weights(Stream& stream) const;

 private:
  struct Plan;
  std::vector<int> ranking(Stream& stream) const;
  PartialOrder order_;
  bool exact_ = true;
  std::vector<int> class_of_;  ///< element -> merged class
  int classes_ = 0;
  std::vector<std::pair<int, int>> arcs_;  ///< class pairs (above, below)
  std::shared_ptr<const Plan> plan_;
};

}  // namespace parley::worlds
