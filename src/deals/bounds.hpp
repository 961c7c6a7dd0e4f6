// SPDX-License-Identifier: MIT
// What might have been in the partial packages that a run let go: upper bounds of the four criteria, in
// double precision rounded outwards.
#pragma once
#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace parley::deals {

class Bounds {
 public:
  /// `reservation`: per party, 0 where it has none. `best_gain`: per party, the best gain found so far (0:
  /// none).
  Bounds(std::vector<double> reservation, std::vector<double> best_gain)
      : reservation_(std::move(reservation)),
        best_gain_(std::move(best_gain)),
        best_gain_above_(reservation_.size()) {}

  /// Something was let go whose utilities may reach `utility`.
  void include(const double* utility) {
    double product = 1, least = kMost, ratio = 1, sum = 0;
    for (std::size_t i = 0; i < reservation_.size(); ++i) {
      const double gain = up(utility[i] - reservation_[i]);
      product = gain > 0 ? up(product * gain) : 0;
      least = std::min(least, gain);
      if (best_gain_[i] > 0) ratio = std::min(ratio, up(gain / best_gain_[i]));
      sum = up(sum + utility[i]);
    }
    nash = std::max(nash, product);
    egalitarian = std::max(egalitarian, least);
    kalai_smorodinsky = std::max(kalai_smorodinsky, ratio);
    welfare = std::max(welfare, sum);
    for (std::size_t i = 0; i < reservation_.size(); ++i)
      best_gain_above_[i] = any ? std::max(best_gain_above_[i], up(utility[i] - reservation_[i]))
                                : up(utility[i] - reservation_[i]);
    any = true;
  }

  /// Per party, the most gain that anything let go may have reached; only where there is any.
  [[nodiscard]] const std::vector<double>& best_gain_above() const { return best_gain_above_; }

  /// A double that is surely not below what was meant.
  static double up(double value) { return value + (value < 0 ? -value : value) * 1e-12 + 1e-300; }

  bool any = false;
  double nash = 0, egalitarian = -kMost, kalai_smorodinsky = -kMost, welfare = -kMost;

 private:
  static constexpr double kMost = std::numeric_limits<double>::max();
  std::vector<double> reservation_, best_gain_, best_gain_above_;
};

}  // namespace parley::deals
