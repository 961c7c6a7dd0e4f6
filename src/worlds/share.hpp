// SPDX-License-Identifier: MIT
// A share of worlds with its uncertainty, and likelihood words (ICD 203).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::worlds {

/// k of n worlds. low..high: Wilson's 95 % interval for the sampling error of the share (Wilson 1927); 0..1
/// where there is no world. Precondition: 0 <= yes <= of.
struct Share {
  std::int64_t yes = 0;
  std::int64_t of = 0;
  [[nodiscard]] double value() const {
    return of == 0 ? 0.0 : static_cast<double>(yes) / static_cast<double>(of);
  }
  [[nodiscard]] double low() const;
  [[nodiscard]] double high() const;
};

struct Likelihood {
  double low = 0, high = 1;
};
/// "likely" -> 0.55 .. 0.80, "almost certain", "roughly even chance", ... (US ICD 203, 2015: both of its
/// columns of words). Case, and how much white space there is, do not matter.
[[nodiscard]] std::optional<Likelihood> likelihood_of(std::string_view words);
/// The words that an interval spans: "likely", or "unlikely to likely". A bound that two bands share belongs
/// to the band inside the interval; a single number on it belongs to the upper band. The outer bands reach 0
/// and 1.
[[nodiscard]] std::string likelihood_words(double low, double high);

}  // namespace parley::worlds
