// SPDX-License-Identifier: MIT
#include "worlds/range_draw.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace parley::worlds {

LatinColumn::LatinColumn(std::uint64_t seed, std::string_view name, std::int64_t worlds)
    : seed_(seed), key_(key_of(name)) {
  if (worlds <= 0 || worlds > kMostStrata) return;
  stratum_.resize(static_cast<std::size_t>(worlds));
  std::iota(stratum_.begin(), stratum_.end(), 0);
  Stream stream(seed, "strata of " + std::string(name), static_cast<std::uint64_t>(worlds));
  for (std::size_t i = stratum_.size(); i > 1; --i) std::swap(stratum_[i - 1], stratum_[stream.below(i)]);
}

double LatinColumn::unit(std::int64_t world) const {
  const double within = Stream(seed_, key_, static_cast<std::uint64_t>(world)).uniform();
  if (stratum_.empty()) return within;
  const double n = static_cast<double>(stratum_.size());
  const double value = (stratum_[static_cast<std::size_t>(world)] + within) / n;
  return std::min(value, 1 - 0x1p-53);  // the last stratum's upper end rounds to 1
}

double LatinColumn::draw(const Range& range, std::int64_t world) const {
  const double u = unit(world);
  return std::clamp(range.low * (1 - u) + range.high * u, range.low, range.high);
}

}  // namespace parley::worlds
