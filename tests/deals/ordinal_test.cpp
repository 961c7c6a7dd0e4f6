// SPDX-License-Identifier: MIT
// Possible, necessary, dead against two judges that know only the definition: one walks a grid that holds
// every corner of the closure (values in twelfths, weights in 72nds, all in integers), the other draws
// consistent utilities.
#include "deals/ordinal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace parley::deals {
namespace {

constexpr int kValue = 12, kWeight = 72, kChance = 4;  // steps of values, weights, probabilities

std::size_t z(int i) { return static_cast<std::size_t>(i); }
mpq_class ratio(int a, int b) {
  mpq_class q(a, b);
  q.canonicalize();
  return q;
}

using Grid = std::vector<int>;  // numerators

/// Does a scale keep the orders: strictly, or in the closure (worst 0 and best 1 apart)?
bool ordered(const Stake& stake, const Grid& v, bool strict) {
  for (const auto& [a, b] : stake.same)
    if (v[z(a)] != v[z(b)]) return false;
  for (const auto& [a, b] : stake.better)
    if (strict ? v[z(a)] <= v[z(b)] : v[z(a)] < v[z(b)]) return false;
  for (std::size_t l = 0; l < stake.bounds.size(); ++l)
    if (ratio(v[l], kValue) < stake.bounds[l].first || ratio(v[l], kValue) > stake.bounds[l].second)
      return false;
  return true;
}

bool normal(const Grid& v) {
  return *std::min_element(v.begin(), v.end()) == 0 && *std::max_element(v.begin(), v.end()) == kValue;
}

void each_grid(std::size_t n, int most, const std::function<void(const Grid&)>& visit) {
  Grid v(n, 0);
  for (;;) {
    visit(v);
    std::size_t i = 0;
    while (i < n && ++v[i] > most) v[i++] = 0;
    if (i == n) return;
  }
}

struct Scales {
  std::vector<Grid> closure;                   ///< every corner of the closure, and more of it
  std::vector<std::vector<mpq_class>> inside;  ///< one point of the relative interior of each face, at random
};

/// A mixture, with random shares, of all that are given.
std::vector<mpq_class> mixture(const std::vector<Grid>& points, std::mt19937& random) {
  std::vector<mpq_class> out(points.front().size(), 0);
  long total = 0;
  for (const Grid& v : points) {
    const long share = 1 + static_cast<long>(random() % 1000);
    for (std::size_t i = 0; i < v.size(); ++i) out[i] += share * v[i];
    total += share;
  }
  for (mpq_class& x : out) x /= total;
  return out;
}

/// The closure is taken by faces: a limit of consistent scales keeps some best level at 1 and some worst at
/// 0, and these two are best and worst of a consistent scale.
Scales scales_of(const Stake& stake, std::mt19937& random) {
  const auto n = z(stake.levels);
  std::vector<Grid> weak;
  std::set<std::pair<std::size_t, std::size_t>> faces;
  bool possible = false;
  each_grid(n, kValue, [&](const Grid& v) {
    if (ordered(stake, v, false)) weak.push_back(v);
    if (!ordered(stake, v, true)) return;
    possible = true;
    if (!normal(v)) return;
    for (std::size_t top = 0; top < n; ++top)
      for (std::size_t bottom = 0; bottom < n; ++bottom)
        if (v[top] == kValue && v[bottom] == 0) faces.insert({top, bottom});
  });
  Scales out;
  if (!possible) return out;
  if (faces.empty() && stake.bounds.empty()) weak = {Grid(n, 0)};  // indifferent
  if (faces.empty()) {
    out.inside.push_back(mixture(weak, random));
    out.closure = weak;
  }
  for (const auto& [top, bottom] : faces) {
    std::vector<Grid> face;
    for (const Grid& v : weak)
      if (v[top] == kValue && v[bottom] == 0) face.push_back(v);
    out.inside.push_back(mixture(face, random));
    out.closure.insert(out.closure.end(), face.begin(), face.end());
  }
  return out;
}

bool weight_allowed(const OrdinalParty& party, const Grid& w) {
  for (const auto& [a, b] : party.heavier)
    if (w[z(a)] < w[z(b)]) return false;
  for (const auto& [s, range] : party.weight_bounds)
    if (ratio(w[z(s)], kWeight) < range.first || ratio(w[z(s)], kWeight) > range.second) return false;
  int block = 0, inside = 0;
  for (std::size_t s = 0; s < w.size(); ++s)
    if (party.stakes[s].consequence) {
      block += w[s];
      ++inside;
    }
  if (inside == 0 || inside == static_cast<int>(w.size())) return true;
  return ratio(block, kWeight) >= party.consequence_block.first &&
         ratio(block, kWeight) <= party.consequence_block.second;
}

std::vector<Grid> weights_of(const OrdinalParty& party) {
  std::vector<Grid> out;
  each_grid(party.stakes.size(), kWeight, [&](const Grid& w) {
    if (std::accumulate(w.begin(), w.end(), 0) == kWeight && weight_allowed(party, w)) out.push_back(w);
  });
  return out;
}

/// What is gained by the package on a scale, in steps.
template <class Scale>
mpq_class gain(const Scale& v, const std::vector<mpq_class>& package, const std::vector<mpq_class>& no_deal) {
  mpq_class sum = 0;
  for (std::size_t l = 0; l < v.size(); ++l) sum += (package[l] - no_deal[l]) * v[l] * kChance;
  return sum;
}

std::vector<int> gains(const std::vector<Grid>& scales, const std::vector<mpq_class>& package,
                       const std::vector<mpq_class>& no_deal) {
  std::set<int> out;
  for (const Grid& v : scales) out.insert(static_cast<int>(gain(v, package, no_deal).get_num().get_si()));
  return {out.begin(), out.end()};
}

struct Outcome {
  bool consistent = true, necessary = true, dead = true;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(const OrdinalVerdict& verdict) {
  if (!verdict.consistent) return {false, true, true};
  return {true, verdict.standing == Standing::necessary, verdict.standing == Standing::dead};
}

/// Every way to take one member of each set.
template <class T, class Visit>
void each_choice(const std::vector<std::vector<T>>& sets, const Visit& visit) {
  std::vector<std::size_t> i(sets.size(), 0);
  std::vector<T> chosen(sets.size());
  for (;;) {
    for (std::size_t s = 0; s < sets.size(); ++s) chosen[s] = sets[s][i[s]];
    visit(chosen);
    std::size_t s = 0;
    while (s < sets.size() && ++i[s] == sets[s].size()) i[s++] = 0;
    if (s == sets.size()) return;
  }
}

/// The definition on the grid; the sum over stakes is taken jointly, no stake is optimised alone. Accepting
/// utilities have positive measure iff the difference is positive somewhere on the closure, or zero at a
/// random inner point of some choice of faces.
class Oracle {
 public:
  Oracle(const OrdinalParty& party, std::mt19937& random) : weights_(weights_of(party)) {
    for (const Stake& stake : party.stakes) scales_.push_back(scales_of(stake, random));
    if (!weights_.empty()) inside_ = mixture(weights_, random);
  }

  Outcome stands(const Prospect& package, const Prospect& no_deal) const {
    Outcome out;
    out.consistent = !weights_.empty();
    for (const Scales& s : scales_) out.consistent = out.consistent && !s.inside.empty();
    if (!out.consistent) return out;
    for (const Lottery& p : package)
      for (const Lottery& q : no_deal) pair(p, q, out);
    return out;
  }

 private:
  void pair(const Lottery& p, const Lottery& q, Outcome& out) const {
    std::vector<std::vector<int>> closure;
    std::vector<std::vector<mpq_class>> inside(scales_.size());
    for (std::size_t s = 0; s < scales_.size(); ++s) {
      closure.push_back(gains(scales_[s].closure, p[s], q[s]));
      for (const auto& v : scales_[s].inside) inside[s].push_back(gain(v, p[s], q[s]));
    }
    bool above = false, below = false, level = false;
    for (const Grid& w : weights_)
      each_choice(closure, [&](const std::vector<int>& g) {
        const int sum = std::inner_product(g.begin(), g.end(), w.begin(), 0);
        above = above || sum > 0;
        below = below || sum < 0;
      });
    each_choice(inside, [&](const std::vector<mpq_class>& g) {
      level = level || std::inner_product(g.begin(), g.end(), inside_.begin(), mpq_class(0)) == 0;
    });
    if (below) out.necessary = false;
    if (above || level) out.dead = false;
  }

  std::vector<Grid> weights_;
  std::vector<mpq_class> inside_;
  std::vector<Scales> scales_;
};

struct Case {
  OrdinalParty party;
  Prospect package, no_deal;
};

class Maker {
 public:
  explicit Maker(std::mt19937& random) : random_(random) {}

  Case make(int stakes, int most_levels, bool numbers) {
    Case out;
    for (int s = 0; s < stakes; ++s) out.party.stakes.push_back(stake(2 + below(most_levels - 1), numbers));
    if (below(3) == 0) out.party.consequence_block = {ratio(below(3), 4), ratio(2 + below(3), 4)};
    for (int i = below(3); i > 0; --i) out.party.heavier.emplace_back(below(stakes), below(stakes));
    if (below(4) == 0) {
      const int low = below(7);
      out.party.weight_bounds.push_back({below(stakes), {ratio(low, 12), ratio(low + below(6), 12)}});
    }
    out.package = prospect(out.party);
    out.no_deal = prospect(out.party);
    if (below(10) == 0) out.no_deal = out.package;
    return out;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Stake stake(int levels, bool numbers) {
    Stake out;
    out.levels = levels;
    out.consequence = below(3) == 0;
    for (int i = below(levels + 1); i > 0; --i) out.better.emplace_back(below(levels), below(levels));
    if (below(8) != 0)  // mostly without contradiction
      for (auto& [a, b] : out.better) {
        if (a > b) std::swap(a, b);
        if (a == b) (b == 0 ? b : a) = b == 0 ? 1 : 0;
      }
    if (below(6) == 0) out.same.emplace_back(below(levels), below(levels));
    if (numbers && below(2) == 0)
      for (int l = below(levels + 1); l > 0; --l) {
        const int low = below(3) == 0 ? below(5) : 0;
        const int high = below(2) == 0 ? low + below(5 - low) : 4;
        out.bounds.push_back({ratio(low, 4), ratio(high, 4)});
      }
    return out;
  }

  Prospect prospect(const OrdinalParty& party) {
    Prospect out(z(1 + (below(4) == 0)));
    for (Lottery& lottery : out)
      for (const Stake& s : party.stakes) {
        std::vector<mpq_class> chance(z(s.levels), 0);
        const bool certain = below(2) == 0;
        const int level = below(s.levels);
        for (int i = 0; i < kChance; ++i) chance[z(certain ? level : below(s.levels))] += ratio(1, kChance);
        lottery.push_back(chance);
      }
    return out;
  }

  std::mt19937& random_;
};

std::string text(const Case& c) {
  std::string out;
  for (const Stake& s : c.party.stakes) {
    out += "\nstake " + std::to_string(s.levels) + (s.consequence ? " consequence" : "");
    for (const auto& [a, b] : s.better) out += " " + std::to_string(a) + ">" + std::to_string(b);
    for (const auto& [a, b] : s.same) out += " " + std::to_string(a) + "=" + std::to_string(b);
    for (const auto& [a, b] : s.bounds) out += " [" + a.get_str() + "," + b.get_str() + "]";
  }
  out += "\nblock " + c.party.consequence_block.first.get_str() + " " +
         c.party.consequence_block.second.get_str();
  for (const auto& [a, b] : c.party.heavier) out += " w" + std::to_string(a) + ">=w" + std::to_string(b);
  for (const auto& [s, r] : c.party.weight_bounds)
    out += " w" + std::to_string(s) + " in " + r.first.get_str() + ".." + r.second.get_str();
  for (const Prospect* prospect : {&c.package, &c.no_deal})
    for (const Lottery& lottery : *prospect) {
      out += prospect == &c.package ? "\npackage" : "\nno deal";
      for (const auto& chances : lottery) {
        out += " (";
        for (const auto& p : chances) out += " " + p.get_str();
        out += " )";
      }
    }
  return out;
}

void compare(int rounds, int stakes, int levels, bool numbers, unsigned seed) {
  std::mt19937 random(seed);
  Maker maker(random);
  int necessary = 0, dead = 0, open = 0, inconsistent = 0;
  for (int round = 0; round < rounds; ++round) {
    const Case c = maker.make(stakes, levels, numbers);
    const OrdinalVerdict verdict = stands(c.party, c.package, c.no_deal);
    const Outcome expected = Oracle(c.party, random).stands(c.package, c.no_deal);
    if (!expected.consistent) {
      ASSERT_FALSE(verdict.consistent) << "round " << round << text(c);
      ASSERT_EQ(verdict.standing, Standing::dead);
      ++inconsistent;
      continue;
    }
    ASSERT_EQ(outcome(verdict), expected) << "round " << round << text(c);
    necessary += verdict.standing == Standing::necessary;
    dead += verdict.standing == Standing::dead;
    open += verdict.standing == Standing::open;
  }
  EXPECT_GT(necessary, rounds / 20);
  EXPECT_GT(dead, rounds / 20);
  EXPECT_GT(open, rounds / 20);
  EXPECT_GT(inconsistent, rounds / 50);
}

TEST(Ordinal, OneStakeAgainstTheGrid) { compare(600, 1, 4, false, 1); }
TEST(Ordinal, OneStakeWithNumbersAgainstTheGrid) { compare(1200, 1, 3, true, 2); }
TEST(Ordinal, TwoStakesAgainstTheGrid) { compare(2000, 2, 3, false, 3); }
TEST(Ordinal, TwoStakesWithNumbersAgainstTheGrid) { compare(1500, 2, 3, true, 4); }
TEST(Ordinal, ThreeStakesAgainstTheGrid) { compare(500, 3, 2, false, 5); }

/// A utility at random, by rejection: levels and weights that keep every order strictly.
struct Utility {
  std::vector<std::vector<double>> value;
  std::vector<double> weight;
};

std::optional<Utility> random_utility(const OrdinalParty& party, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform;
  Utility out;
  for (const Stake& s : party.stakes) {
    std::vector<double> v(z(s.levels));
    bool ok = false;
    for (int trial = 0; trial < 2000 && !ok; ++trial) {
      for (double& x : v) x = uniform(random);
      for (const auto& [a, b] : s.same) v[z(a)] = v[z(b)];
      ok = std::all_of(s.better.begin(), s.better.end(),
                       [&](const auto& p) { return v[z(p.first)] > v[z(p.second)]; }) &&
           std::all_of(s.same.begin(), s.same.end(),
                       [&](const auto& p) { return v[z(p.first)] == v[z(p.second)]; });
    }
    if (!ok) return std::nullopt;
    const double low = *std::min_element(v.begin(), v.end()), high = *std::max_element(v.begin(), v.end());
    for (double& x : v) x = high > low ? (x - low) / (high - low) : 0;
    out.value.push_back(v);
  }
  for (int trial = 0; trial < 2000; ++trial) {
    std::exponential_distribution<double> exponential;
    out.weight.assign(party.stakes.size(), 0);
    for (double& w : out.weight) w = exponential(random);
    const double sum = std::accumulate(out.weight.begin(), out.weight.end(), 0.0);
    for (double& w : out.weight) w /= sum;
    if (std::all_of(party.heavier.begin(), party.heavier.end(),
                    [&](const auto& p) { return out.weight[z(p.first)] >= out.weight[z(p.second)]; }))
      return out;
  }
  return std::nullopt;
}

double worth(const Utility& u, const Lottery& lottery) {
  double sum = 0;
  for (std::size_t s = 0; s < lottery.size(); ++s)
    for (std::size_t l = 0; l < lottery[s].size(); ++l)
      sum += u.weight[s] * u.value[s][l] * lottery[s][l].get_d();
  return sum;
}

TEST(Ordinal, TwoThousandUtilitiesAgreeWithEachVerdict) {
  std::mt19937 random(6);
  Maker maker(random);
  int necessary = 0, dead = 0, open_and_seen = 0, open = 0;
  for (int round = 0; round < 400; ++round) {
    Case c = maker.make(3, 4, false);
    c.party.weight_bounds.clear();
    c.party.consequence_block = {0, 1};
    const OrdinalVerdict verdict = stands(c.party, c.package, c.no_deal);
    if (!verdict.consistent) continue;
    int accepted = 0, of = 0;
    for (int draw = 0; draw < 2000; ++draw) {
      const auto u = random_utility(c.party, random);
      if (!u) break;
      for (const Lottery& p : c.package)
        for (const Lottery& q : c.no_deal) {
          ++of;
          accepted += worth(*u, p) >= worth(*u, q) - 1e-12;
        }
    }
    if (of == 0) continue;
    if (verdict.standing == Standing::necessary) {
      EXPECT_EQ(accepted, of) << text(c);
    }
    if (verdict.standing == Standing::dead) {
      EXPECT_EQ(accepted, 0) << text(c);
    }
    necessary += verdict.standing == Standing::necessary;
    dead += verdict.standing == Standing::dead;
    open += verdict.standing == Standing::open;
    open_and_seen += verdict.standing == Standing::open && accepted > 0 && accepted < of;
  }
  EXPECT_GT(necessary, 5);
  EXPECT_GT(dead, 5);
  EXPECT_GT(open_and_seen, open * 8 / 10);
}

Stake chain(int levels) {  // higher numbers are better
  Stake out;
  out.levels = levels;
  for (int l = 0; l + 1 < levels; ++l) out.better.emplace_back(l + 1, l);
  return out;
}

std::vector<mpq_class> surely(int level, int levels) {
  std::vector<mpq_class> out(z(levels), 0);
  out[z(level)] = 1;
  return out;
}

Standing verdict(const OrdinalParty& party, const Lottery& package, const Lottery& no_deal) {
  return stands(party, {package}, {no_deal}).standing;
}

TEST(Ordinal, DominanceDecidesAndATradeOffDoesNot) {
  OrdinalParty party;
  party.stakes = {chain(3), chain(3)};
  const auto at = [](int a, int b) { return Lottery{surely(a, 3), surely(b, 3)}; };
  EXPECT_EQ(verdict(party, at(1, 1), at(1, 1)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(2, 1), at(1, 1)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(0, 1), at(1, 1)), Standing::dead);
  EXPECT_EQ(verdict(party, at(2, 0), at(1, 1)), Standing::open);
  // Best on what is heavier against worst on what is lighter, from the worst and the best: decided by
  // salience.
  EXPECT_EQ(verdict(party, at(2, 0), at(0, 2)), Standing::open);
  party.heavier = {{0, 1}};
  EXPECT_EQ(verdict(party, at(2, 0), at(0, 2)), Standing::necessary);
  EXPECT_EQ(verdict(party, at(0, 2), at(2, 0)), Standing::dead);  // equal only where the weights are equal
  EXPECT_EQ(verdict(party, at(2, 0), at(1, 2)), Standing::open);
}

TEST(Ordinal, SilenceLeavesOpen) {
  OrdinalParty party;
  Stake silent;
  silent.levels = 2;
  party.stakes = {silent};
  EXPECT_EQ(verdict(party, {surely(0, 2)}, {surely(1, 2)}), Standing::open);
  party.stakes[0].same = {{0, 1}};  // indifferent
  EXPECT_EQ(verdict(party, {surely(0, 2)}, {surely(1, 2)}), Standing::necessary);
}

TEST(Ordinal, ALotteryIsWeighedAsOne) {
  OrdinalParty party;
  party.stakes = {chain(3)};
  const std::vector<mpq_class> middle = surely(1, 3), even{ratio(1, 2), 0, ratio(1, 2)},
                               better{0, ratio(1, 2), ratio(1, 2)};
  EXPECT_EQ(verdict(party, {even}, {middle}), Standing::open);
  EXPECT_EQ(verdict(party, {better}, {even}), Standing::necessary);  // first-order dominance
  EXPECT_EQ(verdict(party, {even}, {better}), Standing::dead);
}

TEST(Ordinal, EqualityOnAWholeFaceIsNoBoundary) {
  // Two stakes of equal weight; the second loses everything. The first gains everything where its level 0 is
  // the best one, so the package is then worth exactly as much: accepted, in half of all worlds.
  OrdinalParty party;
  Stake first;
  first.levels = 3;
  first.better = {{0, 2}, {1, 2}};
  party.stakes = {first, chain(2)};
  party.weight_bounds = {{0, {ratio(1, 2), ratio(1, 2)}}};
  const Lottery package{surely(0, 3), surely(0, 2)}, no_deal{surely(2, 3), surely(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::open);
  // A third stake, on which the package is worse, decides unless it can have no weight.
  OrdinalParty third = party;
  third.stakes.push_back(chain(3));
  third.weight_bounds.clear();
  third.heavier = {{0, 1}, {1, 0}};
  Lottery longer = package, other = no_deal;
  longer.push_back(surely(1, 3));
  other.push_back(surely(2, 3));
  EXPECT_EQ(verdict(third, longer, other), Standing::dead);
  third.weight_bounds = {{2, {0, 0}}};
  EXPECT_EQ(verdict(third, longer, other), Standing::open);

  party.stakes[0].better.emplace_back(1, 0);  // level 0 is never the best: worth less, but for the boundary
  EXPECT_EQ(verdict(party, package, no_deal), Standing::dead);
}

TEST(Ordinal, CornersAreAllOrNothing) {
  OrdinalParty party;
  party.stakes = {chain(3)};
  const Lottery low{surely(0, 3)}, middle{surely(1, 3)}, high{surely(2, 3)};
  EXPECT_EQ(stands(party, {high, low}, {middle}).standing, Standing::open);
  EXPECT_EQ(stands(party, {high, middle}, {low, middle}).standing, Standing::necessary);
  EXPECT_EQ(stands(party, {low, low}, {middle, high}).standing, Standing::dead);
}

TEST(Ordinal, ContradictionsAreSaid) {
  OrdinalParty party;
  party.stakes = {chain(2)};
  party.stakes[0].better.emplace_back(0, 1);
  const Lottery one{surely(0, 2)};
  EXPECT_FALSE(stands(party, {one}, {one}).consistent);
  EXPECT_EQ(stands(party, {one}, {one}).standing, Standing::dead);
  party.stakes = {chain(2), chain(2)};
  party.weight_bounds = {{0, {ratio(3, 4), 1}}, {1, {ratio(1, 2), 1}}};
  EXPECT_FALSE(OrdinalJudge(party).consistent());
}

TEST(Ordinal, NoStakesAcceptAnything) {
  EXPECT_EQ(stands({}, {Lottery{}}, {Lottery{}}).standing, Standing::necessary);
}

TEST(Ordinal, TheBlockOfConsequencesCounts) {
  OrdinalParty party;
  party.stakes = {chain(2), chain(2)};
  party.stakes[1].consequence = true;
  const Lottery package{surely(1, 2), surely(0, 2)}, no_deal{surely(0, 2), surely(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::open);
  party.consequence_block = {0, ratio(1, 2)};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::necessary);
  party.consequence_block = {ratio(3, 4), 1};
  EXPECT_EQ(verdict(party, package, no_deal), Standing::dead);
}

TEST(Ordinal, WideStakesEnd) {
  // Forty levels without any order, all of them uncertain; and twenty under one best.
  OrdinalParty party;
  Stake wide;
  wide.levels = 40;
  party.stakes = {wide};
  std::vector<mpq_class> p(40), q(40, ratio(1, 40));
  for (int l = 0; l < 40; ++l) p[z(l)] = ratio(l + 1, 820);
  EXPECT_EQ(verdict(party, {p}, {q}), Standing::open);
  Stake star;
  star.levels = 20;
  for (int l = 1; l < 20; ++l) star.better.emplace_back(0, l);
  party.stakes = {star};
  p.resize(20);
  q.assign(20, ratio(1, 20));
  for (int l = 0; l < 20; ++l) p[z(l)] = ratio(20 - l, 210);
  EXPECT_EQ(verdict(party, {p}, {q}), Standing::open);
}

}  // namespace
}  // namespace parley::deals
