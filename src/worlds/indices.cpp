// SPDX-License-Identifier: MIT
#include "worlds/indices.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "worlds/random.hpp"
#include "worlds/sobol.hpp"

namespace parley::worlds {
namespace {

constexpr double kStep = 2.0 / 3.0;

struct Sums {
  std::vector<double> first, total;
  double mean = 0, variance = 0;
};

/// Estimators over chosen rows. First order: Saltelli and others (2010), with outputs centred; total: Jansen
/// (1999).
Sums estimate(const std::vector<double>& a, const std::vector<double>& b,
              const std::vector<std::vector<double>>& swapped, const std::vector<std::size_t>& rows) {
  Sums sums;
  const auto n = static_cast<double>(rows.size());
  const auto alike = [&](const std::vector<double>& list) {
    return std::all_of(rows.begin(), rows.end(), [&](std::size_t r) { return list[r] == a[rows[0]]; });
  };
  if (rows.empty() || (alike(a) && alike(b) && std::all_of(swapped.begin(), swapped.end(), alike))) {
    // A constant: sums of its rounded parts would leave it a mean and a variance of their own.
    sums.mean = rows.empty() ? 0 : a[rows[0]];
    sums.first.assign(swapped.size(), 0);
    sums.total.assign(swapped.size(), 0);
    return sums;
  }
  for (const std::size_t r : rows) sums.mean += (a[r] + b[r]) / (2 * n);
  for (const std::size_t r : rows)
    sums.variance +=
        ((a[r] - sums.mean) * (a[r] - sums.mean) + (b[r] - sums.mean) * (b[r] - sums.mean)) / (2 * n);
  for (const auto& c : swapped) {
    double first = 0, total = 0;
    for (const std::size_t r : rows) {
      first += (b[r] - sums.mean) * (c[r] - a[r]) / n;
      total += (a[r] - c[r]) * (a[r] - c[r]) / (2 * n);
    }
    sums.first.push_back(sums.variance > 0 ? first / sums.variance : 0);
    sums.total.push_back(sums.variance > 0 ? total / sums.variance : 0);
  }
  return sums;
}

Estimate with_interval(double value, std::vector<double> resampled) {
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double share) {
    return resampled[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(resampled.size() - 1)))];
  };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

IndexDesign index_design(int inputs, const std::vector<std::vector<int>>& groups, int n, std::uint64_t seed,
                         std::string_view name) {
  const SobolPoints points(2 * inputs, seed, name);
  IndexDesign design;
  for (int i = 0; i < n; ++i) {
    Point a, b;
    for (int d = 0; d < inputs; ++d) {
      a.push_back(points.unit(static_cast<std::uint32_t>(i), d));
      b.push_back(points.unit(static_cast<std::uint32_t>(i), inputs + d));
    }
    design.a.push_back(std::move(a));
    design.b.push_back(std::move(b));
  }
  for (const auto& group : groups) {
    std::vector<Point> list = design.a;
    for (std::size_t i = 0; i < list.size(); ++i)
      for (const int d : group)
        list[i][static_cast<std::size_t>(d)] = design.b[i][static_cast<std::size_t>(d)];
    design.swapped.push_back(std::move(list));
  }
  return design;
}

Indices sobol_indices(const std::vector<double>& a, const std::vector<double>& b,
                      const std::vector<std::vector<double>>& swapped, std::uint64_t seed, int resamples) {
  std::vector<std::size_t> rows(a.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  const Sums best = estimate(a, b, swapped, rows);
  Indices result{best.mean, best.variance, {}, {}};
  std::vector<std::vector<double>> first(swapped.size()), total(swapped.size());
  for (int s = 0; s < resamples; ++s) {
    Stream stream(seed, "bootstrap", static_cast<std::uint64_t>(s));
    for (auto& row : rows) row = static_cast<std::size_t>(stream.below(a.size()));
    const Sums sums = estimate(a, b, swapped, rows);
    for (std::size_t g = 0; g < swapped.size(); ++g) {
      first[g].push_back(sums.first[g]);
      total[g].push_back(sums.total[g]);
    }
  }
  for (std::size_t g = 0; g < swapped.size(); ++g) {
    result.first.push_back(with_interval(best.first[g], std::move(first[g])));
    result.total.push_back(with_interval(best.total[g], std::move(total[g])));
  }
  return result;
}

MorrisDesign morris_design(int inputs, int trajectories, std::uint64_t seed, std::string_view name) {
  MorrisDesign design;
  for (int t = 0; t < trajectories; ++t) {
    Stream stream(seed, "morris:" + std::string(name), static_cast<std::uint64_t>(t));
    Point point;
    std::vector<int> order;
    for (int d = 0; d < inputs; ++d) {
      point.push_back(static_cast<double>(stream.below(4)) / 3);
      order.push_back(d);
    }
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[stream.below(i)]);
    design.points.push_back(point);
    design.moved.push_back(-1);
    for (const int d : order) {
      double& x = point[static_cast<std::size_t>(d)];
      x += x < 0.5 ? kStep : -kStep;
      design.points.push_back(point);
      design.moved.push_back(d);
    }
  }
  return design;
}

std::vector<Effect> morris_effects(const MorrisDesign& design, const std::vector<double>& values,
                                   int inputs) {
  std::vector<std::vector<double>> effects(static_cast<std::size_t>(inputs));
  for (std::size_t i = 1; i < design.points.size(); ++i) {
    if (design.moved[i] < 0) continue;
    const auto d = static_cast<std::size_t>(design.moved[i]);
    effects[d].push_back((values[i] - values[i - 1]) / (design.points[i][d] - design.points[i - 1][d]));
  }
  std::vector<Effect> list;
  for (const auto& each : effects) {
    Effect effect;
    const auto n = static_cast<double>(each.size());
    for (const double e : each) {
      effect.mean += e / n;
      effect.absolute += std::abs(e) / n;
    }
    for (const double e : each) effect.spread += (e - effect.mean) * (e - effect.mean);
    effect.spread = each.size() > 1 ? std::sqrt(effect.spread / (n - 1)) : 0;
    list.push_back(effect);
  }
  return list;
}

}  // namespace parley::worlds
