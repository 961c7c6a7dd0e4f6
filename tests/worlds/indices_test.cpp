// SPDX-License-Identifier: MIT
// Scrambled Sobol points and what is estimated with them, against closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <set>

#include "worlds/indices.hpp"
#include "worlds/sobol.hpp"

namespace {

using namespace parley::worlds;

using Function = std::function<double(const Point&)>;

Indices indices_of(const Function& f, int inputs, int n, std::uint64_t seed,
                   const std::vector<std::vector<int>>& groups) {
  const auto design = index_design(inputs, groups, n, seed, "test");
  const auto all = [&](const std::vector<Point>& points) {
    std::vector<double> values;
    for (const auto& point : points) values.push_back(f(point));
    return values;
  };
  std::vector<std::vector<double>> swapped;
  for (const auto& points : design.swapped) swapped.push_back(all(points));
  return sobol_indices(all(design.a), all(design.b), swapped, seed);
}

std::vector<std::vector<int>> each_alone(int inputs) {
  std::vector<std::vector<int>> groups;
  for (int i = 0; i < inputs; ++i) groups.push_back({i});
  return groups;
}

/// Ishigami and Homma (1990), a = 7, b = 0.1.
double ishigami(const Point& u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

TEST(Indices, IshigamiWithinTheirIntervals) {
  constexpr double pi4 = std::numbers::pi * std::numbers::pi * std::numbers::pi * std::numbers::pi;
  const double v1 = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2), v2 = 49.0 / 8;
  const double v13 = 0.01 * pi4 * pi4 * 8 / 225;
  const double v = v1 + v2 + v13;
  const std::vector<double> first = {v1 / v, v2 / v, 0}, total = {(v1 + v13) / v, v2 / v, v13 / v};
  int missed = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto indices = indices_of(ishigami, 3, 1024, seed, each_alone(3));
    EXPECT_NEAR(indices.variance, v, 0.02 * v);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(indices.first[i].value, first[i], 0.06);
      EXPECT_NEAR(indices.total[i].value, total[i], 0.03);
      missed += first[i] < indices.first[i].low || first[i] > indices.first[i].high ? 1 : 0;
      missed += total[i] < indices.total[i].low || total[i] > indices.total[i].high ? 1 : 0;
    }
  }
  EXPECT_LE(missed, 2);  // of 48
}

/// Sobol's g-function: prod (|4x - 2| + a) / (1 + a); partial variances 1 / (3 (1 + a)^2).
TEST(Indices, SobolsGFunctionInEightDimensions) {
  const std::vector<double> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
  const Function g = [&](const Point& u) {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  };
  std::vector<double> part;
  double all = 1;
  for (const double each : a) {
    part.push_back(1 / (3 * (1 + each) * (1 + each)));
    all *= 1 + part.back();
  }
  const double v = all - 1;
  const auto indices = indices_of(g, 8, 2048, 3, each_alone(8));
  for (std::size_t i = 0; i < 8; ++i) {
    const double total = part[i] * all / (1 + part[i]) / v;
    EXPECT_NEAR(indices.first[i].value, part[i] / v, 0.02) << i;
    EXPECT_NEAR(indices.total[i].value, total, 0.02) << i;
    EXPECT_LE(indices.total[i].low, total + 1e-3) << i;
    EXPECT_GE(indices.total[i].high, total - 1e-3) << i;
  }
}

TEST(Indices, AGroupHasWhatItsInputsHaveTogether) {
  // f = x1 x2 + x3, x uniform on (0, 1): V = 7/144 + 1/12, V of the pair (x1, x2) = 7/144.
  const Function f = [](const Point& u) { return u[0] * u[1] + u[2]; };
  const auto indices = indices_of(f, 3, 1024, 5, {{0, 1}, {2}, {0}});
  const double v = 7.0 / 144 + 1.0 / 12;
  EXPECT_NEAR(indices.first[0].value, 7.0 / 144 / v, 0.01);
  EXPECT_NEAR(indices.total[0].value, 7.0 / 144 / v, 0.01);
  EXPECT_NEAR(indices.first[1].value, 1.0 / 12 / v, 0.01);
  EXPECT_NEAR(indices.first[2].value, 3.0 / 144 / v, 0.01);
  EXPECT_NEAR(indices.total[2].value, 4.0 / 144 / v, 0.01);
}

TEST(Indices, AConstantHasNone) {
  const auto indices = indices_of([](const Point&) { return 2.0; }, 2, 64, 1, each_alone(2));
  EXPECT_EQ(indices.variance, 0);
  for (const auto& estimate : indices.total) EXPECT_EQ(estimate.high, 0);
}

TEST(Morris, LinearEffectsAreExactAndSpreadShowsInteraction) {
  const auto design = morris_design(3, 20, 1, "test");
  std::vector<double> values;
  for (const auto& u : design.points) values.push_back(2 * u[0] - 3 * u[1] + u[1] * u[2]);
  const auto effects = morris_effects(design, values, 3);
  EXPECT_NEAR(effects[0].mean, 2, 1e-12);
  EXPECT_NEAR(effects[0].absolute, 2, 1e-12);
  EXPECT_NEAR(effects[0].spread, 0, 1e-12);
  EXPECT_GT(effects[1].spread, 0.1);
  EXPECT_GT(effects[2].absolute, 0.1);
  EXPECT_LE(effects[2].absolute, 1);
  for (const auto& point : design.points)
    for (const double x : point) {
      EXPECT_GE(x, -1e-12);
      EXPECT_LE(x, 1 + 1e-12);
    }
}

TEST(SobolPoints, PolynomialsArePrimitiveAndAsManyAsThereAre) {
  // phi(2^s - 1) / s primitive polynomials of degree s.
  const std::vector<int> counts = {1, 1, 2, 2, 6, 6, 18, 16, 48, 60};
  std::vector<int> seen(counts.size(), 0);
  std::set<std::uint32_t> distinct;
  for (const auto p : primitive_polynomials()) {
    int degree = 0;
    for (std::uint32_t rest = p; rest > 1; rest >>= 1) ++degree;
    ++seen[static_cast<std::size_t>(degree - 1)];
    distinct.insert(p);
    // No factor: x^(2^s) = x, and x^(2^(s/q)) != x for primes q (the slow way: division by every smaller
    // one).
    for (std::uint32_t d = 2; d < (1U << degree); ++d) {
      std::uint32_t rest = p;
      const auto degree_of = [](std::uint32_t x) {
        int n = -1;
        for (; x != 0; x >>= 1) ++n;
        return n;
      };
      while (degree_of(rest) >= degree_of(d)) rest ^= d << (degree_of(rest) - degree_of(d));
      ASSERT_NE(rest, 0U) << p << " is divisible by " << d;
    }
  }
  EXPECT_EQ(seen, counts);
  EXPECT_EQ(distinct.size(), 160U);
}

TEST(SobolPoints, EveryDimensionIsStratifiedBeforeAndAfterScrambling) {
  const SobolPoints points(64, 7, "test");
  for (int d = 0; d < 64; ++d)
    for (const std::uint32_t n : {16U, 256U}) {
      std::set<std::uint32_t> plain;
      std::set<int> scrambled;
      for (std::uint32_t i = 0; i < n; ++i) {
        plain.insert(points.plain(i, d) / (0x80000000U / (n / 2)));
        scrambled.insert(static_cast<int>(points.unit(i, d) * n));
      }
      EXPECT_EQ(plain.size(), n) << d;
      EXPECT_EQ(scrambled.size(), n) << d;
    }
}

/// t by counting points in elementary intervals: the definition.
int counted_quality(const SobolPoints& points, int one, int other, int m) {
  for (int t = 0; t <= m; ++t) {
    bool good = true;
    for (int d1 = 0; d1 <= m - t && good; ++d1) {
      const int d2 = m - t - d1;
      std::vector<int> counts(std::size_t{1} << (m - t), 0);
      for (std::uint32_t i = 0; i < (1U << m); ++i) {
        const std::uint64_t x = points.plain(i, one), y = points.plain(i, other);
        ++counts[static_cast<std::size_t>((x >> (32 - d1)) << d2 | y >> (32 - d2))];
      }
      for (const int count : counts) good = good && count == 1 << t;
    }
    if (good) return t;
  }
  return m;
}

TEST(SobolPoints, QualityOfPairsIsAsCountedAndGood) {
  const SobolPoints points(24, 7, "test");
  int worst = 0;
  for (int one = 0; one < 24; ++one)
    for (int other = 0; other < one; ++other)
      for (const int m : {4, 7}) {
        const int t = quality(points.directions(one), points.directions(other), m);
        ASSERT_EQ(t, counted_quality(points, one, other, m)) << one << " " << other << " " << m;
        worst = std::max(worst, t);
      }
  EXPECT_LE(worst, 5);  // of 7
  EXPECT_EQ(quality(points.directions(0), points.directions(1), 10), 0);
}

TEST(SobolPoints, ScramblingIsFairAndKeyed) {
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const SobolPoints points(2, seed, "test");
    sum += points.unit(0, 1);
    EXPECT_EQ(points.unit(5, 1), SobolPoints(2, seed, "test").unit(5, 1));
  }
  EXPECT_NEAR(sum / 400, 0.5, 0.06);
  EXPECT_NE(SobolPoints(2, 1, "test").unit(0, 0), SobolPoints(2, 2, "test").unit(0, 0));
}

TEST(SobolPoints, ConvergeFasterThanChance) {
  // The mean of a smooth function of six inputs from 1,024 points: chance alone errs by about 0.01.
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const SobolPoints points(6, seed, "test");
    double mean = 0;
    for (std::uint32_t i = 0; i < 1024; ++i) {
      double sum = 0;
      for (int d = 0; d < 6; ++d) sum += points.unit(i, d) * points.unit(i, d);
      mean += sum / 1024;
    }
    worst = std::max(worst, std::abs(mean - 2));
  }
  EXPECT_LT(worst, 1e-4);
}

}  // namespace
