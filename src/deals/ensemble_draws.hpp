// SPDX-License-Identifier: MIT
// One consistent utility of a party, drawn by the printed measure: weights flat Dirichlet, values uniform,
// both conditioned on the stated orders (framing rules 4, 17).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "deals/ensemble.hpp"
#include "deals/ordinal.hpp"
#include "worlds/order.hpp"

namespace parley::deals {

struct DrawnUtility {
  std::vector<std::vector<double>> worth;  ///< [stake][level]: weight times value
  std::vector<double> pick;                ///< [stake]: uniform, picks a level where several are possible
};

/// Sums of the same numbers in another order differ by rounding, some 1e-16: utilities (0..1) this near are
/// equal. That numbers drawn apart come so near has a probability of about 1e-12.
inline constexpr double kTie = 1e-12;

/// What a case is worth; `party` is an index of Branch::levels, `chance` the probability of each chance.
[[nodiscard]] double case_utility(const DrawnUtility& utility, const Case& c, std::size_t party,
                                  const std::vector<double>& chance);
/// How likely the party takes each chance to be in this world.
[[nodiscard]] std::vector<double> drawn_chances(const std::vector<Chance>& chances, std::size_t party,
                                                const std::string& id, std::uint64_t seed,
                                                std::uint64_t world);
/// Which of the resolutions holds in this world.
[[nodiscard]] std::size_t drawn_resolution(std::size_t resolutions, std::uint64_t seed, std::uint64_t world);

class UtilityDraw {
 public:
  explicit UtilityDraw(const OrdinalParty& party);
  ~UtilityDraw();
  UtilityDraw(const UtilityDraw&) = delete;
  UtilityDraw& operator=(const UtilityDraw&) = delete;
  /// Some stated orders of the party contradict each other: nothing can be drawn.
  [[nodiscard]] bool contradictory() const;
  /// False where some order of the party is too large to be drawn exactly (worlds/order.hpp).
  [[nodiscard]] bool exact() const;
  /// Nothing when the numeric bounds leave (almost) no room: kTries draws were refused.
  [[nodiscard]] std::optional<DrawnUtility> draw(std::uint64_t seed, std::uint64_t world) const;
  static constexpr int kTries = 2000;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

}  // namespace parley::deals
