// SPDX-License-Identifier: MIT
// The order sampler against rejection sampling: the oracle draws without any order and refuses what breaks
// it. All seeds are fixed and the thresholds far out, so a test here fails always or never.
#include "worlds/order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "worlds/linear_extension.hpp"

namespace parley::worlds {
namespace {

using Vector = std::vector<double>;

std::size_t z(int i) { return static_cast<std::size_t>(i); }

bool respects(const PartialOrder& order, const Vector& x) {
  for (const auto& [a, b] : order.above)
    if (x[z(a)] <= x[z(b)]) return false;
  for (const auto& [a, b] : order.equal)
    if (x[z(a)] != x[z(b)]) return false;
  return true;
}

/// The oracle's own ties: repeated relabelling.
std::vector<int> labels(const PartialOrder& order) {
  std::vector<int> label(z(order.n));
  std::iota(label.begin(), label.end(), 0);
  for (int round = 0; round < order.n; ++round)
    for (const auto& [a, b] : order.equal) label[z(a)] = label[z(b)] = std::min(label[z(a)], label[z(b)]);
  std::map<int, int> number;
  for (const int l : label) number.emplace(l, static_cast<int>(number.size()));
  for (int& l : label) l = number[l];
  return label;
}

using Oracle = std::function<Vector(std::mt19937_64&)>;

Oracle polytope_oracle(const PartialOrder& order) {
  return [order, label = labels(order)](std::mt19937_64& random) {
    std::uniform_real_distribution<double> uniform;
    for (;;) {
      Vector coordinate(z(order.n)), x(z(order.n));
      for (double& c : coordinate) c = uniform(random);
      for (int i = 0; i < order.n; ++i) x[z(i)] = coordinate[z(label[z(i)])];
      if (respects(order, x)) return x;
    }
  };
}

/// Uniform on the face of the simplex: gaps between sorted uniforms are uniform on the standard simplex, and
/// the face { sum of size_j v_j = 1 } is its image under v_j = gap_j / size_j.
Oracle simplex_oracle(const PartialOrder& order) {
  return [order, label = labels(order)](std::mt19937_64& random) {
    std::uniform_real_distribution<double> uniform;
    const int classes = order.n == 0 ? 0 : *std::max_element(label.begin(), label.end()) + 1;
    Vector size(z(classes), 0);
    for (const int l : label) ++size[z(l)];
    for (;;) {
      Vector cuts{0, 1}, x(z(order.n));
      for (int i = 1; i < classes; ++i) cuts.push_back(uniform(random));
      std::sort(cuts.begin(), cuts.end());
      for (int i = 0; i < order.n; ++i) {
        const int c = label[z(i)];
        x[z(i)] = (cuts[z(c) + 1] - cuts[z(c)]) / size[z(c)];
      }
      if (respects(order, x)) return x;
    }
  };
}

/// Largest distance between two empirical distribution functions, in units of its own scale: above 2.2 once
/// in ten thousand comparisons of equal laws.
double kolmogorov(Vector a, Vector b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double worst = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    while (j < b.size() && b[j] <= a[i]) ++j;
    worst = std::max(worst, std::abs(static_cast<double>(i + 1) / static_cast<double>(a.size()) -
                                     static_cast<double>(j) / static_cast<double>(b.size())));
  }
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  return worst * std::sqrt(n * m / (n + m));
}

std::string ranking_of(const Vector& x) {
  std::vector<int> by(x.size());
  std::iota(by.begin(), by.end(), 0);
  std::stable_sort(by.begin(), by.end(), [&](int a, int b) { return x[z(a)] < x[z(b)]; });
  std::string out;
  for (const int i : by) out += static_cast<char>('a' + i);
  return out;
}

/// Two samples of rankings: chi-square over those that occur, divided by its degrees of freedom and centred
/// so that equal laws stay below about 5.
double ranking_distance(const std::vector<Vector>& a, const std::vector<Vector>& b) {
  std::map<std::string, std::pair<double, double>> count;
  for (const auto& x : a) ++count[ranking_of(x)].first;
  for (const auto& x : b) ++count[ranking_of(x)].second;
  double chi = 0;
  for (const auto& [ranking, c] : count) chi += std::pow(c.first - c.second, 2) / (c.first + c.second);
  const double freedom = static_cast<double>(count.size()) - 1;
  return freedom == 0 ? 0 : (chi - freedom) / std::sqrt(2 * freedom);
}

void expect_same_law(const std::function<Vector(Stream&)>& sampler, const Oracle& oracle,
                     const PartialOrder& order, int draws, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Vector> ours, theirs;
  for (int i = 0; i < draws; ++i) {
    Stream stream(seed, "order", static_cast<std::uint64_t>(i));
    ours.push_back(sampler(stream));
    theirs.push_back(oracle(random));
    ASSERT_TRUE(respects(order, ours.back()));
  }
  EXPECT_LT(ranking_distance(ours, theirs), 6);
  const auto compare = [&](const std::function<double(const Vector&)>& of, const std::string& what) {
    Vector a, b;
    for (const auto& x : ours) a.push_back(of(x));
    for (const auto& x : theirs) b.push_back(of(x));
    EXPECT_LT(kolmogorov(a, b), 2.4) << what;
  };
  for (int i = 0; i < order.n; ++i)
    compare([i](const Vector& x) { return x[z(i)]; }, "marginal " + std::to_string(i));
  for (int i = 1; i < order.n; ++i)  // two directions through the joint law
    compare([i](const Vector& x) { return x[z(i)] - 0.7 * x[z(i) - 1]; }, "slope " + std::to_string(i));
  compare([](const Vector& x) { return *std::max_element(x.begin(), x.end()); }, "greatest");
}

PartialOrder random_order(std::mt19937& random, int n) {
  PartialOrder order{n, {}, {}};
  std::vector<int> rank(z(n));
  std::iota(rank.begin(), rank.end(), 0);
  std::shuffle(rank.begin(), rank.end(), random);
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j) {
      const unsigned roll = random() % 10;
      if (roll < 3) order.above.emplace_back(rank[z(i)], rank[z(j)]);
      if (roll == 9 && j == i + 1) order.equal.emplace_back(rank[z(j)], rank[z(i)]);
    }
  return order;
}

void describe(const PartialOrder& order) {
  std::string text = std::to_string(order.n) + ":";
  for (const auto& [a, b] : order.above) text += " " + std::to_string(a) + ">" + std::to_string(b);
  for (const auto& [a, b] : order.equal) text += " " + std::to_string(a) + "=" + std::to_string(b);
  testing::Test::RecordProperty("order", text);
}

TEST(Order, ValuesAndWeightsAgainstRejection) {
  std::mt19937 random(20260211);
  int tried = 0, tied = 0;
  for (int round = 0; tried < 40; ++round) {
    const auto order = random_order(random, 2 + static_cast<int>(random() % 5));
    if (contradiction(order)) continue;
    ++tried;
    tied += !order.equal.empty();
    describe(order);
    const OrderSampler sampler(order);
    EXPECT_TRUE(sampler.exact());
    const auto seed = static_cast<std::uint64_t>(round);
    expect_same_law([&](Stream& s) { return sampler.values(s); }, polytope_oracle(order), order, 4000, seed);
    expect_same_law([&](Stream& s) { return sampler.weights(s); }, simplex_oracle(order), order, 4000, seed);
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GT(tied, 8);
}

TEST(Order, TiesAreTheLimitOfNearTies) {
  // The oracle knows nothing of classes: flat Dirichlet on all weights, kept where tied ones are within
  // 0.004.
  const PartialOrder order{4, {{0, 2}, {3, 2}}, {{0, 1}}};
  const OrderSampler sampler(order);
  std::mt19937_64 random(8);
  std::exponential_distribution<double> exponential;
  Vector near_low, near_other, ours_low, ours_other;
  while (near_low.size() < 4000) {
    Vector w(4);
    for (double& x : w) x = exponential(random);
    const double sum = std::accumulate(w.begin(), w.end(), 0.0);
    for (double& x : w) x /= sum;
    if (std::abs(w[0] - w[1]) > 0.004 || w[0] <= w[2] || w[3] <= w[2]) continue;
    near_low.push_back(w[2]);
    near_other.push_back(w[3]);
  }
  for (std::uint64_t i = 0; i < 4000; ++i) {
    Stream stream(1, "near", i);
    const auto w = sampler.weights(stream);
    EXPECT_EQ(w[0], w[1]);
    ours_low.push_back(w[2]);
    ours_other.push_back(w[3]);
  }
  EXPECT_LT(kolmogorov(near_low, ours_low), 2.4);
  EXPECT_LT(kolmogorov(near_other, ours_other), 2.4);
}

TEST(Order, WeightsSumToOneAndAreCentroidsOnAverage) {
  // Over a chain of n, the mean of the i-th smallest weight is (1/n) sum_{k=n-i+1..n} 1/k: rank order
  // centroids.
  const OrderSampler sampler({4, {{3, 2}, {2, 1}, {1, 0}}, {}});
  Vector mean(4, 0);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    Stream stream(2, "roc", i);
    const auto w = sampler.weights(stream);
    EXPECT_NEAR(std::accumulate(w.begin(), w.end(), 0.0), 1, 1e-12);
    for (int k = 0; k < 4; ++k) mean[z(k)] += w[z(k)] / 20'000;
  }
  const Vector centroid{1.0 / 16, (1.0 / 4 + 1.0 / 3) / 4, (1.0 / 4 + 1.0 / 3 + 1.0 / 2) / 4,
                        (1.0 / 4 + 1.0 / 3 + 1.0 / 2 + 1) / 4};
  for (int k = 0; k < 4; ++k) EXPECT_NEAR(mean[z(k)], centroid[z(k)], 0.004);
}

TEST(Order, ScaledValuesReachBothEndsAndAreUniformBetween) {
  const PartialOrder order{4, {{3, 2}, {2, 1}, {1, 0}}, {}};
  const OrderSampler sampler(order);
  Vector second, lower_of_two;
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    Stream stream(3, "scaled", i);
    const auto x = sampler.scaled_values(stream);
    EXPECT_EQ(x[0], 0);
    EXPECT_EQ(x[3], 1);
    EXPECT_TRUE(respects(order, x));
    second.push_back(x[1]);
    lower_of_two.push_back(std::min(uniform(random), uniform(random)));
  }
  EXPECT_LT(kolmogorov(second, lower_of_two), 2.4);
  Stream stream(3, "flat", 0);
  EXPECT_EQ(OrderSampler({3, {}, {{0, 1}, {1, 2}}}).scaled_values(stream), Vector(3, 0.0));
}

/// All extensions of a small poset, each with its probability under the race law, by trying all permutations.
std::map<std::string, double> all_extensions(const PartialOrder& order, const Vector& mass, bool race) {
  std::vector<int> permutation(z(order.n));
  std::iota(permutation.begin(), permutation.end(), 0);
  std::map<std::string, double> out;
  double sum = 0;
  do {
    Vector position(z(order.n));
    for (int i = 0; i < order.n; ++i) position[z(permutation[z(i)])] = i;
    if (!respects(order, position)) continue;
    double p = 1, rest = std::accumulate(mass.begin(), mass.end(), 0.0);
    std::string name;
    for (const int x : permutation) {
      if (race) p *= mass[z(x)] / rest;
      rest -= mass[z(x)];
      name += static_cast<char>('a' + x);
    }
    out[name] = p;
    sum += p;
  } while (std::next_permutation(permutation.begin(), permutation.end()));
  for (auto& [name, p] : out) p /= sum;
  return out;
}

template <class Draw>
double chi_square(const std::map<std::string, double>& law, int draws, const Draw& draw) {
  std::map<std::string, double> count;
  for (int i = 0; i < draws; ++i) {
    Stream stream(4, "extension", static_cast<std::uint64_t>(i));
    std::string name;
    for (const int x : draw(stream)) name += static_cast<char>('a' + x);
    ++count[name];
  }
  double chi = 0, covered = 0;
  for (const auto& [name, p] : law) {
    chi += std::pow(count[name] - p * draws, 2) / (p * draws);
    covered += count[name];
  }
  EXPECT_EQ(covered, draws) << "a drawn ranking is no extension";
  const double freedom = std::max(1.0, static_cast<double>(law.size()) - 1);
  return (chi - freedom) / std::sqrt(2 * freedom);
}

TEST(Extensions, TableAndChainAgainstAllPermutations) {
  std::mt19937 random(77);
  for (int round = 0; round < 30; ++round) {
    auto order = random_order(random, 2 + static_cast<int>(random() % 4));
    order.equal.clear();
    Poset poset{order.n, order.above, {}};
    for (int i = 0; i < order.n; ++i) poset.mass.push_back(1 + static_cast<double>(random() % 4));
    const auto table = DownSets::make(poset, 1000);
    ASSERT_TRUE(table);
    const auto even = all_extensions(order, poset.mass, false),
               raced = all_extensions(order, poset.mass, true);
    EXPECT_LT(chi_square(even, 6000, [&](Stream& s) { return table->uniform(s); }), 6);
    EXPECT_LT(chi_square(raced, 6000, [&](Stream& s) { return table->race(s); }), 6);
    EXPECT_LT(chi_square(even, 3000, [&](Stream& s) { return chain_extension(poset, false, s); }), 6);
    EXPECT_LT(chi_square(raced, 3000, [&](Stream& s) { return chain_extension(poset, true, s); }), 6);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST(Extensions, TheTableKeepsItsLimit) {
  Poset star{20, {}, Vector(20, 1)};
  for (int leaf = 1; leaf < 20; ++leaf) star.arcs.emplace_back(0, leaf);
  EXPECT_FALSE(DownSets::make(star, (std::size_t{1} << 19)));
  const auto table = DownSets::make(star, kDownSets);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->size(), (std::size_t{1} << 19) + 1);
  Stream stream(1, "star", 0);
  EXPECT_EQ(table->uniform(stream).back(), 0);
}

TEST(Order, LongChainsAreExactAndWideOrdersAreNot) {
  PartialOrder chain{60, {}, {}};
  for (int i = 0; i + 1 < 60; ++i) chain.above.emplace_back(i, i + 1);
  EXPECT_TRUE(OrderSampler(chain).exact());
  PartialOrder star{40, {}, {}};
  for (int leaf = 1; leaf < 40; ++leaf) star.above.emplace_back(0, leaf);
  const OrderSampler wide(star);
  EXPECT_FALSE(wide.exact());
  double rank = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    Stream stream(1, "wide", i);
    const auto x = wide.values(stream);
    ASSERT_TRUE(respects(star, x));
    rank += static_cast<double>(std::count_if(x.begin(), x.end(), [&](double y) { return y < x[1]; }));
  }
  EXPECT_NEAR(rank / 100, 19, 5);  // the first leaf is anywhere among the 39
}

TEST(Order, DisconnectedPartsInterleaveFreely) {
  // Two chains of two: all six interleavings are equally likely.
  const PartialOrder order{4, {{0, 1}, {2, 3}}, {}};
  const OrderSampler sampler(order);
  std::map<std::string, int> count;
  for (std::uint64_t i = 0; i < 12'000; ++i) {
    Stream stream(5, "inter", i);
    ++count[ranking_of(sampler.values(stream))];
  }
  EXPECT_EQ(count.size(), 6U);
  for (const auto& [ranking, n] : count) EXPECT_NEAR(n, 2000, 250) << ranking;
}

TEST(Order, NothingAndOne) {
  Stream stream(1, "none", 0);
  EXPECT_TRUE(OrderSampler(PartialOrder{}).values(stream).empty());
  EXPECT_TRUE(OrderSampler(PartialOrder{}).weights(stream).empty());
  EXPECT_EQ(OrderSampler({1, {}, {}}).weights(stream), Vector{1});
}

}  // namespace
}  // namespace parley::worlds
