// SPDX-License-Identifier: MIT
// Weighted sums of gains as joint bounds. One option must serve all parties, so for weights w >= 0 the sum
// over issues of the best w-weighted option is far less than what the parties' separate bests promise. A
// partial package from which no completion has sum_i w_i (u_i - r_i) >= 0 reaches no package that every party
// accepts (Lagrangian relaxation of the reservations; Geoffrion 1974). In double precision, with a margin far
// above what rounding can do.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "deals/tables.hpp"

namespace parley::deals {

template <class Number>
class Directions {
 public:
  Directions() = default;

  /// Directions over the columns that have a floor; none where fewer than two have, or where they would
  /// exclude little.
  Directions(const Plan& plan, const Tables<Number>& tables, const std::vector<std::optional<Number>>& floor)
      : n_(tables.parties), unit_(n_, 0.0) {
    if (std::count_if(floor.begin(), floor.end(), [](const auto& f) { return f.has_value(); }) < 2) return;
    measure(plan, tables, floor);
    for (const std::vector<double>& shares : search(tables, floor)) add(plan, tables, floor, shares);
    needed_.resize(weights_.size());
  }

  [[nodiscard]] bool empty() const { return weights_.empty(); }

  /// Before entries of one state: `most` is what may still come there, `common` the part that is the same in
  /// every state before `position`.
  void enter(std::size_t position, const std::vector<Number>& most, const Number* common) {
    for (std::size_t d = 0; d < weights_.size(); ++d) {
      double open = 0;
      for (std::size_t i = 0; i < n_; ++i)
        open += weights_[d][i] * (as_double(most[i]) - as_double(common[i]));
      needed_[d] = floor_[d] - rest_[d][position] - open - margin_[d];
    }
  }

  /// Can no completion of `utility`, in the state entered, reach the weighted floor of some direction?
  [[nodiscard]] bool hopeless(const Number* utility) const {
    for (std::size_t d = 0; d < weights_.size(); ++d) {
      double sum = 0;
      for (std::size_t i = 0; i < n_; ++i) sum += weights_[d][i] * as_double(utility[i]);
      if (sum < needed_[d]) return true;
    }
    return false;
  }

 private:
  static constexpr int kRounds = 50;
  static constexpr double kWork = 3e6;  ///< multiplications that the search for weights may take
  static constexpr double kPromising =
      0.4;  ///< weighted slack at the start, in ranges, above which nothing is gained
  static constexpr double kMargin = 1e-9;  ///< of the numbers' size; rounding is below 1e-12 of it

  /// One over the range of each column with a floor, 0 for the others; the sum of the positive terms.
  void measure(const Plan& plan, const Tables<Number>& tables,
               const std::vector<std::optional<Number>>& floor) {
    terms_.assign(n_, 0.0);
    size_.assign(n_, 0.0);
    for (std::size_t t = 0; t < plan.terms.size(); ++t) {
      const int column = tables.column[static_cast<std::size_t>(plan.terms[t].party)];
      if (column >= 0) terms_[static_cast<std::size_t>(column)] += std::max(0.0, as_double(tables.term[t]));
    }
    for (std::size_t i = 0; i < n_; ++i) {
      if (!floor[i]) continue;
      double range = terms_[i];
      size_[i] = terms_[i] + std::abs(as_double(*floor[i]));
      for (const std::vector<Number>& row : tables.worth) {
        if (row.empty()) continue;
        double least = as_double(row[i]), best = least;
        for (std::size_t o = i; o < row.size(); o += n_) {
          least = std::min(least, as_double(row[o]));
          best = std::max(best, as_double(row[o]));
        }
        range += best - least;
        size_[i] += std::max(std::abs(least), std::abs(best));
      }
      unit_[i] = 1 / std::max(1.0, range);
    }
  }

  /// The option of a row that is best in direction `weights`.
  std::size_t best_option(const std::vector<Number>& row, const std::vector<double>& weights,
                          double& value) const {
    std::size_t best = 0;
    for (std::size_t o = 0; o < row.size(); o += n_) {
      double sum = 0;
      for (std::size_t i = 0; i < n_; ++i)
        if (weights[i] > 0) sum += weights[i] * as_double(row[o + i]);
      if (o == 0 || sum > value) best = o, value = sum;
    }
    return best;
  }

  /// Shares of the columns, by multiplicative weights on the dual: the most hopeless one that is met, and the
  /// last.
  std::vector<std::vector<double>> search(const Tables<Number>& tables,
                                          const std::vector<std::optional<Number>>& floor) const {
    double cells = 1;
    for (const std::vector<Number>& row : tables.worth) cells += static_cast<double>(row.size());
    std::vector<double> share(n_, 0.0), best = share;
    for (std::size_t i = 0; i < n_; ++i) share[i] = unit_[i] > 0 ? 1 : 0;
    double least = INFINITY;
    for (int round = 0; round < kRounds && cells * round < kWork; ++round) {
      double total = 0;
      for (const double s : share) total += s;
      std::vector<double> weights(n_), slack(n_, 0.0);
      for (std::size_t i = 0; i < n_; ++i) {
        share[i] /= total;
        weights[i] = share[i] * unit_[i];
        if (unit_[i] > 0) slack[i] = (terms_[i] - as_double(*floor[i])) * unit_[i];
      }
      for (const std::vector<Number>& row : tables.worth) {
        if (row.empty()) continue;
        double value = 0;
        const std::size_t o = best_option(row, weights, value);
        for (std::size_t i = 0; i < n_; ++i) slack[i] += as_double(row[o + i]) * unit_[i];
      }
      double weighted = 0;
      for (std::size_t i = 0; i < n_; ++i) weighted += share[i] * slack[i];
      if (weighted < least) least = weighted, best = share;
      for (std::size_t i = 0; i < n_; ++i) share[i] *= std::exp(-2.0 * slack[i] / std::sqrt(1.0 + round));
    }
    if (!(least < kPromising)) return {};
    double total = 0;
    for (const double s : share) total += s;
    for (double& s : share) s /= total;
    return {best, share};
  }

  void add(const Plan& plan, const Tables<Number>& tables, const std::vector<std::optional<Number>>& floor,
           const std::vector<double>& shares) {
    std::vector<double> weights(n_);
    double sum = 0, size = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      weights[i] = shares[i] * unit_[i];
      if (!floor[i]) continue;
      sum += weights[i] * as_double(*floor[i]);
      size += weights[i] * size_[i];
    }
    const std::size_t stages = tables.worth.size();
    std::vector<double> rest(stages + 1, 0.0);
    for (std::size_t p = stages; p-- > 0;) {
      double value = 0;
      if (!tables.worth[p].empty()) best_option(tables.worth[p], weights, value);
      rest[p] = rest[p + 1] + value;
    }
    for (std::size_t t = 0; t < plan.terms.size(); ++t) {
      const int column = tables.column[static_cast<std::size_t>(plan.terms[t].party)];
      if (column < 0 || !(tables.term[t] > 0)) continue;
      const double value = weights[static_cast<std::size_t>(column)] * as_double(tables.term[t]);
      for (int p = 0; p <= plan.terms[t].diagram.first; ++p) rest[static_cast<std::size_t>(p)] += value;
    }
    weights_.push_back(std::move(weights));
    floor_.push_back(sum);
    rest_.push_back(std::move(rest));
    margin_.push_back(kMargin * (size + std::abs(sum)));
  }

  std::size_t n_ = 0;
  std::vector<double> unit_, terms_, size_;   ///< per column
  std::vector<std::vector<double>> weights_;  ///< per direction and column
  std::vector<double> floor_, margin_;        ///< per direction
  std::vector<std::vector<double>> rest_;     ///< per direction and position: what may still come
  std::vector<double> needed_;                ///< per direction, in the state entered
};

}  // namespace parley::deals
