// SPDX-License-Identifier: MIT
// An oracle of possible, necessary and dead that knows only the definition: it walks a grid that holds every
// corner of the closure (values in quarters or twelfths, weights in 72nds, all exact). With it, random cases
// and their text.
#pragma once
#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "deals/ordinal.hpp"

namespace parley::deals::testing {

constexpr int kValue = 12, kWeight = 72, kChance = 4;  // steps of values, weights, probabilities

inline std::size_t z(int i) { return static_cast<std::size_t>(i); }
inline mpq_class ratio(int a, int b) {
  mpq_class q(a, b);
  q.canonicalize();
  return q;
}

using Grid = std::vector<int>;  // numerators

/// Does a scale keep the orders: strictly, or in the closure (worst 0 and best 1 apart)?
inline bool ordered(const Stake& stake, const Grid& v, bool strict) {
  for (const auto& [a, b] : stake.same)
    if (v[z(a)] != v[z(b)]) return false;
  for (const auto& [a, b] : stake.better)
    if (strict ? v[z(a)] <= v[z(b)] : v[z(a)] < v[z(b)]) return false;
  for (std::size_t l = 0; l < stake.bounds.size(); ++l)
    if (ratio(v[l], kValue) < stake.bounds[l].first || ratio(v[l], kValue) > stake.bounds[l].second)
      return false;
  return true;
}

inline bool normal(const Grid& v) {
  return *std::min_element(v.begin(), v.end()) == 0 && *std::max_element(v.begin(), v.end()) == kValue;
}

/// All vectors of n numbers 0, step, 2 step, ..., most.
template <class Visit>
void each_grid(std::size_t n, int most, int step, const Visit& visit) {
  Grid v(n, 0);
  for (;;) {
    visit(v);
    std::size_t i = 0;
    while (i < n && (v[i] += step) > most) v[i++] = 0;
    if (i == n) return;
  }
}

struct Scales {
  std::vector<Grid> closure;                   ///< every corner of the closure, and more of it
  std::vector<std::vector<mpq_class>> inside;  ///< one point of the relative interior of each face, at random
};

/// A mixture, with random shares, of all that are given.
inline std::vector<mpq_class> mixture(const std::vector<Grid>& points, std::mt19937& random) {
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
inline Scales scales_of(const Stake& stake, std::mt19937& random) {
  const auto n = z(stake.levels);
  std::vector<Grid> weak;
  std::set<std::pair<std::size_t, std::size_t>> faces;
  bool possible = false;
  // The corners are 0 and 1 and the bounds, which are quarters; orders need room between them.
  const int step = stake.bounds.empty() ? kValue / 4 : 1;
  each_grid(n, kValue, step, [&](const Grid& v) {
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

inline bool weight_allowed(const OrdinalParty& party, const Grid& w) {
  for (const auto& [a, b] : party.heavier)
    if (w[z(a)] < w[z(b)]) return false;
  for (const auto& [a, b] : party.alike)
    if (w[z(a)] != w[z(b)]) return false;
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

inline std::vector<Grid> weights_of(const OrdinalParty& party) {
  std::vector<Grid> out;
  if (party.stakes.empty()) return out;
  each_grid(party.stakes.size() - 1, kWeight, 1, [&](const Grid& some) {
    Grid w = some;
    w.push_back(kWeight - std::accumulate(some.begin(), some.end(), 0));
    if (w.back() >= 0 && weight_allowed(party, w)) out.push_back(w);
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

inline std::vector<int> gains(const std::vector<Grid>& scales, const std::vector<mpq_class>& package,
                              const std::vector<mpq_class>& no_deal) {
  std::set<int> out;
  for (const Grid& v : scales) out.insert(static_cast<int>(gain(v, package, no_deal).get_num().get_si()));
  return {out.begin(), out.end()};
}

struct Outcome {
  bool consistent = true, necessary = true, dead = true;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

inline Outcome outcome(const OrdinalVerdict& verdict) {
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
class OrdinalOracle {
 public:
  OrdinalOracle(const OrdinalParty& party, std::mt19937& random) : weights_(weights_of(party)) {
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
    const bool up = below(2) == 0;  // one way round: a circle would be a contradiction
    for (int i = below(3); i > 0; --i) {
      const auto [low, high] = std::minmax({below(stakes), below(stakes)});
      out.party.heavier.emplace_back(up ? high : low, up ? low : high);
    }
    if (below(4) == 0 && out.party.heavier.size() < 2) {
      const std::pair pair(below(stakes), below(stakes));
      const auto clash = [&](const auto& h) {
        return h.first != h.second && std::minmax(h.first, h.second) == std::minmax(pair.first, pair.second);
      };
      if (std::none_of(out.party.heavier.begin(), out.party.heavier.end(), clash)) out.party.alike = {pair};
    }
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

inline std::string text(const Case& c) {
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
  for (const auto& [a, b] : c.party.alike) out += " w" + std::to_string(a) + "=w" + std::to_string(b);
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

}  // namespace parley::deals::testing
