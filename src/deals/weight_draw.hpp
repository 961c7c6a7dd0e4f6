// SPDX-License-Identifier: MIT
// One party's consistent weights, drawn by the printed measure (framing rule 4): the total of the
// consequences uniform in its block, the rest flat Dirichlet under the stated orders within issues and within
// consequences. Where an order joins an issue and a consequence: flat over all stakes, refused until the
// block fits. A weight that is given exactly, or that what is stated leaves one value, keeps it, and the
// others share what is left; ranges of weights are met by refusal.
#pragma once
#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "deals/ordinal.hpp"
#include "worlds/order.hpp"

namespace parley::deals {

/// Doubles that stand for exact weights: what is fixed, and for each group of the others what is left of the
/// whole, split by `part` (their sum is a whole part, whatever it is).
struct DrawnWeights {
  std::vector<double> part;  ///< per stake; 0 where fixed
  double block = 0;          ///< uniform in (0, 1): where in its range the total of the consequences lies
};

class WeightDraw {
 public:
  explicit WeightDraw(const OrdinalParty& party);
  /// What is stated of weights contradicts itself: nothing can be drawn.
  [[nodiscard]] bool contradictory() const { return contradictory_; }
  /// False where an order over too many stakes is drawn by a chain of steps (worlds/order.hpp).
  [[nodiscard]] bool exact() const;
  /// Does not depend on the order of the stakes. Stakes that no order joins have draws of their own, so that
  /// the others keep theirs where one is added or goes. Nothing when all `tries` were refused, or
  /// contradictory().
  [[nodiscard]] std::optional<DrawnWeights> draw(std::uint64_t seed, std::uint64_t world, int tries) const;
  /// Per stake a weight; the sum is 1 but for rounding.
  [[nodiscard]] std::vector<double> rounded(const DrawnWeights& drawn) const;
  /// The weights of this draw without rounding: they agree with everything stated, and their sum is 1.
  [[nodiscard]] std::vector<mpq_class> exactly(const DrawnWeights& drawn) const;

 private:
  /// Stakes that orders join, in the order of their ids.
  struct Part {
    std::vector<int> stakes;
    worlds::OrderSampler sampler;
    std::size_t classes;  ///< of stakes that weigh the same
  };
  /// Stakes of one kind: those whose weight is open, and what the others have in total.
  struct Group {
    std::vector<int> open;
    std::vector<Part> parts;
    mpq_class fixed = 0;
  };
  void fix();
  void sample(Group& group);
  [[nodiscard]] std::vector<worlds::Stream> streams(const Group& group, std::uint64_t seed,
                                                    std::uint64_t world) const;
  static void put(const Group& group, std::vector<worlds::Stream>& streams, DrawnWeights& drawn);
  [[nodiscard]] bool block_is_drawn() const;
  [[nodiscard]] mpq_class block(const DrawnWeights& drawn) const;
  [[nodiscard]] bool fits(const DrawnWeights& drawn) const;
  [[nodiscard]] bool ordered(const std::vector<double>& weights, int a, int b) const;
  [[nodiscard]] bool together(int a, int b) const;

  OrdinalParty party_;
  std::vector<std::optional<mpq_class>> fixed_;  ///< per stake
  std::vector<double> fixed_near_;               ///< the same in doubles, 0 where open
  Group issues_, consequences_, all_;
  bool mixed_ = false;     ///< there are issues and consequences
  bool crossing_ = false;  ///< an order joins one of either
  bool contradictory_ = false;
};

}  // namespace parley::deals
