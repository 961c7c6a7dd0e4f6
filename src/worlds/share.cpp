// SPDX-License-Identifier: MIT
#include "worlds/share.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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
  std::string_view words;    ///< the first column of the standard, which Parley prints
  std::string_view synonym;  ///< the second column
  std::string_view variant;  ///< how people also write it
  Likelihood range;
};

constexpr std::array<Band, 7> kBands{{
    {"almost no chance", "remote", "remote chance", {0.01, 0.05}},
    {"very unlikely", "highly improbable", "", {0.05, 0.20}},
    {"unlikely", "improbable", "", {0.20, 0.45}},
    {"roughly even chance", "roughly even odds", "even chance", {0.45, 0.55}},
    {"likely", "probable", "", {0.55, 0.80}},
    {"very likely", "highly probable", "", {0.80, 0.95}},
    {"almost certain", "nearly certain", "almost certainly", {0.95, 0.99}},
}};

std::string folded(std::string_view words) {
  std::string out;
  for (const char c : words) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// The band of a number; one on a bound belongs to the upper band.
std::size_t upper_band(double p) {
  std::size_t band = 0;
  while (band + 1 < kBands.size() && p >= kBands[band + 1].range.low) ++band;
  return band;
}

/// The band of a number; one on a bound belongs to the lower band.
std::size_t lower_band(double p) {
  std::size_t band = 0;
  while (band + 1 < kBands.size() && p > kBands[band + 1].range.low) ++band;
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
  const std::string plain = folded(words);
  if (plain.empty()) return std::nullopt;
  for (const Band& band : kBands)
    if (plain == band.words || plain == band.synonym || plain == band.variant) return band.range;
  return std::nullopt;
}

std::string likelihood_words(double low, double high) {
  const std::size_t first = upper_band(low);
  const std::size_t last = std::max(first, lower_band(high));
  if (first == last) return std::string(kBands[first].words);
  return std::string(kBands[first].words) + " to " + std::string(kBands[last].words);
}

}  // namespace parley::worlds
