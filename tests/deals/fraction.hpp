// SPDX-License-Identifier: MIT
// Fractions of the tests' own, over 128-bit integers: they share nothing with what they check.
#pragma once
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>

namespace parley::testing {

class Fraction {
 public:
  Fraction(std::int64_t above = 0, std::int64_t below = 1) : above_(above), below_(below) { reduce(); }
  friend Fraction operator+(const Fraction& a, const Fraction& b) {
    return Fraction(Wide{a.above_ * b.below_ + b.above_ * a.below_, a.below_ * b.below_});
  }
  friend Fraction operator-(const Fraction& a, const Fraction& b) {
    return Fraction(Wide{a.above_ * b.below_ - b.above_ * a.below_, a.below_ * b.below_});
  }
  friend Fraction operator*(const Fraction& a, const Fraction& b) {
    return Fraction(Wide{a.above_ * b.above_, a.below_ * b.below_});
  }
  [[nodiscard]] int sign() const { return above_ > 0 ? 1 : above_ < 0 ? -1 : 0; }
  friend bool operator<(const Fraction& a, const Fraction& b) { return (a - b).sign() < 0; }
  friend bool operator==(const Fraction& a, const Fraction& b) { return (a - b).sign() == 0; }
  [[nodiscard]] std::int64_t above() const { return static_cast<std::int64_t>(above_); }
  [[nodiscard]] std::int64_t below() const { return static_cast<std::int64_t>(below_); }
  [[nodiscard]] std::string text() const { return std::to_string(above()) + "/" + std::to_string(below()); }

 private:
  __extension__ using Int = __int128;
  struct Wide {
    Int above, below;
  };
  explicit Fraction(Wide wide) : above_(wide.above), below_(wide.below) { reduce(); }
  void reduce() {
    Int a = above_ < 0 ? -above_ : above_, b = below_;
    while (b != 0) {
      const Int rest = a % b;
      a = b;
      b = rest;
    }
    if (a == 0) a = 1;
    above_ /= a;
    below_ /= a;
    const Int limit = Int{1} << 60;
    if (above_ > limit || above_ < -limit || below_ > limit) throw std::overflow_error("a fraction too long");
  }
  Int above_, below_;
};

}  // namespace parley::testing
