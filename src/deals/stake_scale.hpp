// SPDX-License-Identifier: MIT
// One stake's scales: every value function that is consistent with the orders (and numbers) of its levels,
// and how large or small a difference between two lotteries can be over them.
#pragma once
#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "deals/ordinal.hpp"
#include "worlds/random.hpp"

namespace parley::deals {

/// A scale that was drawn: on which face, and where in its range the value of each class of equal levels
/// lies, as doubles in (0, 1) that stand for exact numbers.
struct DrawnScale {
  std::size_t face = 0;
  std::vector<double> unit;
};

class StakeScale {
 public:
  explicit StakeScale(const Stake& stake);
  [[nodiscard]] bool consistent() const { return consistent_; }
  /// `change`: per level the probability under the package less that under no deal (the sum is 0), or the
  /// probability under the package alone.
  /// Precondition: consistent().
  [[nodiscard]] Span span(const std::vector<mpq_class>& change) const;

  /// Has the stake numbers?
  [[nodiscard]] bool numeric() const { return !faces_.empty(); }
  /// A scale at random: uniform on the union of the faces (of the largest dimension that one has), by
  /// rejection from their boxes. Nothing when all `tries` were refused. Precondition: consistent() and
  /// numeric().
  [[nodiscard]] std::optional<DrawnScale> draw(worlds::Stream& stream, int tries) const;
  /// A value per level, and the same without rounding: these keep every stated order.
  [[nodiscard]] std::vector<double> rounded(const DrawnScale& drawn) const;
  [[nodiscard]] std::vector<mpq_class> exactly(const DrawnScale& drawn) const;
  /// level -> class of levels that are equally good
  [[nodiscard]] const std::vector<std::size_t>& classes() const { return class_of_; }

 private:
  /// Where there are numbers: the least and the greatest value of each class, orders followed through.
  struct Face {
    std::vector<mpq_class> low, high;
  };
  void merge(const Stake& stake);
  [[nodiscard]] bool close(const Stake& stake);
  [[nodiscard]] bool bound(const Stake& stake);
  [[nodiscard]] bool admits(const Face& face) const;
  void tighten(Face& face) const;
  [[nodiscard]] mpq_class greatest_on(const Face& face, const std::vector<mpq_class>& change) const;
  [[nodiscard]] mpq_class greatest(const std::vector<mpq_class>& change) const;
  [[nodiscard]] bool constant_face(const std::vector<mpq_class>& change, const mpq_class& value) const;
  [[nodiscard]] Span bounded_span(const std::vector<mpq_class>& change) const;
  [[nodiscard]] double near(const DrawnScale& drawn, std::size_t c) const;
  [[nodiscard]] mpq_class value(const DrawnScale& drawn, std::size_t c) const;
  [[nodiscard]] bool ordered(const DrawnScale& drawn) const;

  bool consistent_ = true;
  std::size_t classes_ = 0;
  std::vector<std::size_t> class_of_;   ///< level -> class of equal levels
  std::vector<std::uint64_t> above_;    ///< class -> all classes above it
  std::vector<std::size_t> top_first_;  ///< classes, each after all that are above it
  std::uint64_t maximal_ = 0, minimal_ = 0;
  std::vector<Face> faces_;  ///< empty: orders only
};

}  // namespace parley::deals
