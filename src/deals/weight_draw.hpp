// SPDX-License-Identifier: MIT
// One party's consistent weights, drawn by the printed measure (framing rule 4): the total of the
// consequences uniform in its block, the rest flat Dirichlet under the stated orders within issues and within
// consequences. Where an order joins an issue and a consequence: flat over all stakes, refused until the
// block fits. A weight that is given exactly keeps its value, and the others share what is left; ranges of
// weights are met by refusal.
#pragma once
#include <optional>
#include <vector>

#include "deals/ordinal.hpp"
#include "worlds/order.hpp"

namespace parley::deals {

class WeightDraw {
 public:
  explicit WeightDraw(const OrdinalParty& party);
  /// Stated orders of weights contradict each other: nothing can be drawn.
  [[nodiscard]] bool contradictory() const { return contradictory_; }
  /// False where an order over too many stakes is drawn by a chain of steps (worlds/order.hpp).
  [[nodiscard]] bool exact() const;
  /// Per stake a weight, sum 1. Nothing when all `tries` were refused. Precondition: not contradictory().
  [[nodiscard]] std::optional<std::vector<double>> draw(worlds::Stream& stream, int tries) const;

 private:
  /// Stakes of one kind: those whose weight is open, and what the others have in total.
  struct Group {
    std::vector<int> open;
    std::optional<worlds::OrderSampler> sampler;
    double fixed = 0;
  };
  void sample(Group& group);
  static bool fill(const Group& group, double total, worlds::Stream& stream, std::vector<double>& weights);
  [[nodiscard]] double block(worlds::Stream& stream) const;
  [[nodiscard]] bool fits(const std::vector<double>& weights) const;

  OrdinalParty party_;
  std::vector<std::optional<double>> fixed_;  ///< per stake
  Group issues_, consequences_, all_;
  bool mixed_ = false;     ///< there are issues and consequences
  bool crossing_ = false;  ///< an order joins one of either
  bool contradictory_ = false;
};

}  // namespace parley::deals
