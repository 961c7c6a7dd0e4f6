// SPDX-License-Identifier: MIT
// Utility vectors that packages already found are worth: what cannot do better need not be followed.
#pragma once
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "deals/pareto.hpp"

namespace parley::deals {

template <class Number>
class Known {
 public:
  explicit Known(std::size_t parties) : n_(parties) {}

  [[nodiscard]] bool empty() const { return points_.empty(); }

  /// Adds vectors (rows of `parties` numbers) and keeps what is undominated; of 3 parties or more at most
  /// kPoints. Where `watch` says stop, Stopped is thrown and nothing is added.
  void add(const std::vector<Number>& rows, const Watch* watch = nullptr) {
    if (n_ == 0 || rows.empty()) return;
    std::vector<Number> points = points_;
    points.insert(points.end(), rows.begin(), rows.end());
    Budget budget{1e300, watch};
    const Undominated front = undominated(points, n_, points.size() / n_, {}, budget);
    std::vector<Number> kept;
    const std::size_t step = n_ > 2 ? 1 + front.size() / kPoints : 1;
    for (std::size_t s = 0; s < front.size(); s += step) {
      const Number* v = points.data() + static_cast<std::size_t>(front.order[front.first[s]]) * n_;
      kept.insert(kept.end(), v, v + n_);
    }
    points_ = std::move(kept);
    hit_ = 0;
  }

  /// Is a known point nowhere worse than `bound` and somewhere better? (One that equals it may yet be met
  /// again.)
  [[nodiscard]] bool beats(const Number* bound) const {
    if (n_ == 2) return beats_pair(bound);
    const std::size_t m = points_.size() / (n_ == 0 ? 1 : n_);
    for (std::size_t j = 0; j < m; ++j) {
      const std::size_t p = (hit_ + j) % m;  // neighbours tend to fall to the same point
      if (!beats(points_.data() + p * n_, bound)) continue;
      hit_ = p;
      return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kPoints = 256;

  [[nodiscard]] bool beats(const Number* point, const Number* bound) const {
    bool better = false;
    for (std::size_t i = 0; i < n_; ++i) {
      if (point[i] < bound[i]) return false;
      better = better || bound[i] < point[i];
    }
    return better;
  }

  /// Points descend in the first coordinate and ascend in the second: of those with enough of the first, the
  /// last one has most of the second.
  [[nodiscard]] bool beats_pair(const Number* bound) const {
    std::size_t low = 0, high = points_.size() / 2;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (points_[2 * middle] < bound[0])
        high = middle;
      else
        low = middle + 1;
    }
    return low > 0 && beats(points_.data() + 2 * (low - 1), bound);
  }

  std::size_t n_;
  std::vector<Number> points_;
  mutable std::size_t hit_ = 0;
};

}  // namespace parley::deals
