// SPDX-License-Identifier: MIT
#include "worlds/share.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "expression/quantity.hpp"
#include "expression/to_double.hpp"

namespace parley::worlds {
namespace {

constexpr double kNormal95 = 1.959963984540054;  // the 97.5 % point of the standard normal distribution

struct Centre {
  double middle, half;
};

Centre wilson(const Share& share) {
  const double n = static_cast<double>(share.of);
  const double p = share.value();
  const double z2 = kNormal95 * kNormal95;
  const double scale = 1 + z2 / n;
  return {(p + z2 / (2 * n)) / scale, kNormal95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / scale};
}

struct Band {
  std::string_view words;  ///< the first row of the standard, which Parley prints
  double low;              ///< where the band begins, the outermost apart
};

constexpr std::array<Band, 7> kBands{{
    {"almost no chance", 0.01},
    {"very unlikely", 0.05},
    {"unlikely", 0.20},
    {"roughly even chance", 0.45},
    {"likely", 0.55},
    {"very likely", 0.80},
    {"almost certain", 0.95},
}};

/// The band of a number; one on a bound belongs to the upper band.
std::size_t upper_band(double p) {
  std::size_t band = 0;
  while (band + 1 < kBands.size() && p >= kBands[band + 1].low) ++band;
  return band;
}

/// The band of a number; one on a bound belongs to the lower band.
std::size_t lower_band(double p) {
  std::size_t band = 0;
  while (band + 1 < kBands.size() && p > kBands[band + 1].low) ++band;
  return band;
}

}  // namespace

double Share::low() const {
  if (of == 0 || yes == 0) return 0;
  const Centre c = wilson(*this);
  return std::clamp(c.middle - c.half, 0.0, 1.0);
}

double Share::high() const {
  if (of == 0 || yes == of) return 1;
  const Centre c = wilson(*this);
  return std::clamp(c.middle + c.half, 0.0, 1.0);
}

std::optional<Likelihood> likelihood_of(std::string_view words) {
  const auto quantity = expression::read_quantity(words);
  if (!quantity || quantity->words.empty()) return std::nullopt;
  return Likelihood{expression::to_double(quantity->low), expression::to_double(quantity->high)};
}

std::string likelihood_words(double low, double high) {
  const std::size_t first = upper_band(low);
  const std::size_t last = std::max(first, lower_band(high));
  if (first == last) return std::string(kBands[first].words);
  return std::string(kBands[first].words) + " to " + std::string(kBands[last].words);
}

}  // namespace parley::worlds
