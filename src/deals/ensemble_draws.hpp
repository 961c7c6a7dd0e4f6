// SPDX-License-Identifier: MIT
// One consistent utility of a party, drawn by the printed measure: weights flat Dirichlet, values uniform,
// both conditioned on the stated orders (framing rules 4, 17).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "deals/ordinal.hpp"
#include "worlds/order.hpp"

namespace parley::deals {

struct DrawnUtility {
  std::vector<std::vector<double>> worth;  ///< [stake][level]: weight times value
  std::vector<double> pick;                ///< [stake]: uniform, picks a level where several are possible
};

class UtilityDraw {
 public:
  explicit UtilityDraw(const OrdinalParty& party);
  ~UtilityDraw();
  UtilityDraw(const UtilityDraw&) = delete;
  UtilityDraw& operator=(const UtilityDraw&) = delete;
  /// Some stated orders of the party contradict each other: nothing can be drawn.
  [[nodiscard]] bool contradictory() const;
  /// Nothing when the numeric bounds leave (almost) no room: kTries draws were refused.
  [[nodiscard]] std::optional<DrawnUtility> draw(std::uint64_t seed, std::uint64_t world) const;
  static constexpr int kTries = 2000;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

}  // namespace parley::deals
