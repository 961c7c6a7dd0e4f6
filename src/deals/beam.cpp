// SPDX-License-Identifier: MIT
#include "deals/beam.hpp"

#include <algorithm>
#include <numeric>

namespace parley::deals {
namespace {

/// Weights of the directions: all alike, each party foremost, and for two parties a fan in between.
std::vector<std::vector<float>> directions(std::size_t n) {
  std::vector<std::vector<float>> all{std::vector<float>(n, 1.0F)};
  if (n == 2)
    for (int s = 1; s < 16; ++s)
      all.push_back({static_cast<float>(s) / 8.0F, static_cast<float>(16 - s) / 8.0F});
  else
    for (std::size_t i = 0; i < n; ++i)
      for (const float heavy : {3.0F, 0.25F}) {
        all.emplace_back(n, 1.0F);
        all.back()[i] = heavy;
      }
  return all;
}

}  // namespace

std::vector<bool> choose_beam(const std::vector<float>& estimates, std::size_t n, std::size_t m,
                              std::size_t width, const Watch* watch) {
  std::vector<bool> chosen(m, false);
  const auto fan = directions(n);
  const std::size_t share = 1 + width / (fan.size() + 1);
  std::vector<float> score(m);
  std::vector<std::uint32_t> order(m);
  const auto take_best = [&] {
    if (watch != nullptr) watch->check();
    std::iota(order.begin(), order.end(), 0U);
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
      return score[a] != score[b] ? score[a] > score[b] : a < b;
    };
    const std::size_t count = std::min(share, m);
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count - 1), order.end(),
                     better);
    for (std::size_t j = 0; j < count; ++j) chosen[order[j]] = true;
  };
  if (m == 0) return chosen;
  for (const std::vector<float>& weights : fan) {
    for (std::size_t r = 0; r < m; ++r) {
      score[r] = 0;
      for (std::size_t i = 0; i < n; ++i) score[r] += weights[i] * estimates[r * n + i];
    }
    take_best();
  }
  // The worst-off party: what matters where a zone has yet to be found.
  for (std::size_t r = 0; r < m; ++r)
    score[r] = n == 0 ? 0
                      : *std::min_element(estimates.begin() + static_cast<std::ptrdiff_t>(r * n),
                                          estimates.begin() + static_cast<std::ptrdiff_t>((r + 1) * n));
  take_best();
  return chosen;
}

}  // namespace parley::deals
