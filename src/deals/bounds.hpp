// SPDX-License-Identifier: MIT
// What might have been in the partial packages that a run let go: upper bounds of the four criteria, in
// double precision rounded outwards.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace parley::deals {

class Bounds {
 public:
  /// `reservation`: per party, 0 where it has none. `best_gain`: per party, a gain that some package of the
  /// zone has (0: not known).
  Bounds(std::vector<double> reservation, std::vector<double> best_gain)
      : reservation_(std::move(reservation)),
        best_gain_(std::move(best_gain)),
        best_gain_above_(reservation_.size(), -kMost) {}

  /// Something was let go whose utilities may reach `utility`.
  void include(const double* utility) {
    double product = 1, least = kMost, ratio = 1, sum = 0;
    for (std::size_t i = 0; i < reservation_.size(); ++i) {
      const double gain = up(utility[i] - reservation_[i]);
      if (!std::isfinite(gain)) overflow = true;
      product = gain > 0 && product > 0 ? up(product * gain) : 0;
      least = std::min(least, gain);
      if (best_gain_[i] > 0) ratio = std::min(ratio, up(std::max(gain, 0.0) / best_gain_[i]));
      sum = up(sum + utility[i]);
      best_gain_above_[i] = std::max(best_gain_above_[i], gain);
    }
    nash = std::max(nash, product);
    egalitarian = std::max(egalitarian, least);
    kalai_smorodinsky = std::max(kalai_smorodinsky, ratio);
    welfare = std::max(welfare, sum);
    any = true;
  }

  /// What another run over the same zone let go: what neither found lies within both bounds.
  void tighten(const Bounds& other) {
    if (other.overflow) return;
    if (overflow) {
      *this = other;
      return;
    }
    any = any && other.any;
    nash = std::min(nash, other.nash);
    egalitarian = std::min(egalitarian, other.egalitarian);
    kalai_smorodinsky = std::min(kalai_smorodinsky, other.kalai_smorodinsky);
    welfare = std::min(welfare, other.welfare);
    for (std::size_t i = 0; i < best_gain_above_.size(); ++i)
      best_gain_above_[i] = std::min(best_gain_above_[i], other.best_gain_above_[i]);
  }

  /// Per party, the most gain that anything let go may have reached; only where there is any.
  [[nodiscard]] const std::vector<double>& best_gain_above() const { return best_gain_above_; }

  /// A double that is surely not below what was meant.
  static double up(double value) { return value + (value < 0 ? -value : value) * 1e-12 + 1e-300; }
  static double down(double value) { return -up(-value); }

  static constexpr double kMost = std::numeric_limits<double>::max();
  bool any = false;
  bool overflow = false;  ///< some number was beyond double precision: the bounds mean nothing
  double nash = 0, egalitarian = -kMost, kalai_smorodinsky = -kMost, welfare = -kMost;

 private:
  std::vector<double> reservation_, best_gain_, best_gain_above_;
};

}  // namespace parley::deals
