// SPDX-License-Identifier: MIT
// An oracle of possible and necessary zones that knows only the problem header. It lists the vertices of
// every polytope of weights and of scales (each choice of n constraints made tight), and walks every fall of
// unknown levels. All data are multiples of 1/8 (probabilities of 1/4), so what is not 0 is at least 1e-6:
// doubles with a threshold of 1e-9 decide exactly. Whether some zone is met in every world by packages that
// change from world to world is a matrix game for each party, in rationals.
#pragma once
#include <gmpxx.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "deals/ensemble.hpp"

namespace parley::deals::testing {

using Point = std::vector<double>;
constexpr double kZero = 1e-9;

/// a . x >= bound, or = bound.
struct Half {
  Point a;
  double bound = 0;
  bool equal = false;
};

inline double dot(const Point& a, const Point& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

inline std::optional<Point> intersection(std::vector<Half> rows, std::size_t n) {
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c; r < n; ++r)
      if (std::abs(rows[r].a[c]) > std::abs(rows[pivot].a[c])) pivot = r;
    if (std::abs(rows[pivot].a[c]) < kZero) return std::nullopt;
    std::swap(rows[c], rows[pivot]);
    for (std::size_t r = 0; r < n; ++r) {
      if (r == c) continue;
      const double factor = rows[r].a[c] / rows[c].a[c];
      for (std::size_t k = 0; k < n; ++k) rows[r].a[k] -= factor * rows[c].a[k];
      rows[r].bound -= factor * rows[c].bound;
    }
  }
  Point x(n);
  for (std::size_t c = 0; c < n; ++c) x[c] = rows[c].bound / rows[c].a[c];
  return x;
}

inline std::vector<Point> vertices(const std::vector<Half>& rows, std::size_t n) {
  std::vector<Point> found;
  std::vector<Half> chosen;
  const std::function<void(std::size_t)> choose = [&](std::size_t from) {
    if (chosen.size() == n) {
      const auto x = intersection(chosen, n);
      if (!x) return;
      for (const Half& row : rows) {
        const double slack = dot(row.a, *x) - row.bound;
        if (slack < -kZero || (row.equal && slack > kZero)) return;
      }
      for (const Point& other : found) {
        double apart = 0;
        for (std::size_t i = 0; i < n; ++i) apart += std::abs(other[i] - (*x)[i]);
        if (apart < kZero) return;
      }
      found.push_back(*x);
      return;
    }
    for (std::size_t i = from; i < rows.size(); ++i) {
      chosen.push_back(rows[i]);
      choose(i + 1);
      chosen.pop_back();
    }
  };
  choose(0);
  return found;
}

inline Half unit(std::size_t n, int i, double sign, double bound) {
  Half row{Point(n, 0.0), bound, false};
  row.a[static_cast<std::size_t>(i)] = sign;
  return row;
}

inline std::vector<Point> weight_vertices(const OrdinalParty& party) {
  const std::size_t n = party.stakes.size();
  std::vector<Half> rows{{Point(n, 1.0), 1, true}};
  Half block{Point(n, 0.0), 0, false};
  bool issues = false;
  for (std::size_t s = 0; s < n; ++s) {
    rows.push_back(unit(n, static_cast<int>(s), 1, 0));
    block.a[s] = party.stakes[s].consequence ? 1 : 0;
    issues = issues || !party.stakes[s].consequence;
  }
  if (issues && dot(block.a, block.a) > 0) {
    block.bound = party.consequence_block.first.get_d();
    rows.push_back(block);
    for (double& a : block.a) a = -a;
    block.bound = -party.consequence_block.second.get_d();
    rows.push_back(block);
  }
  for (const auto& [a, b] : party.heavier) {
    rows.push_back(unit(n, a, 1, 0));
    rows.back().a[static_cast<std::size_t>(b)] = -1;
  }
  for (const auto& [s, range] : party.weight_bounds) {
    rows.push_back(unit(n, s, 1, range.first.get_d()));
    rows.push_back(unit(n, s, -1, -range.second.get_d()));
  }
  return vertices(rows, n);
}

using Face = std::vector<Point>;  ///< vertices: a value per level

inline std::vector<Face> faces_of(const Stake& stake) {
  const auto n = static_cast<std::size_t>(stake.levels);
  std::vector<Half> all;
  for (int l = 0; l < stake.levels; ++l) {
    all.push_back(unit(n, l, 1, 0));
    all.push_back(unit(n, l, -1, -1));
    if (static_cast<std::size_t>(l) >= stake.bounds.size()) continue;
    all.push_back(unit(n, l, 1, stake.bounds[static_cast<std::size_t>(l)].first.get_d()));
    all.push_back(unit(n, l, -1, -stake.bounds[static_cast<std::size_t>(l)].second.get_d()));
  }
  for (const auto* list : {&stake.better, &stake.same})
    for (const auto& [a, b] : *list) {
      all.push_back(unit(n, a, 1, 0));
      all.back().a[static_cast<std::size_t>(b)] -= 1;
      all.back().equal = list == &stake.same;
    }
  const auto strict = [&](const Face& face) {
    return !face.empty() && std::all_of(stake.better.begin(), stake.better.end(), [&](const auto& pair) {
      return std::any_of(face.begin(), face.end(), [&](const Point& v) {
        return v[static_cast<std::size_t>(pair.first)] > v[static_cast<std::size_t>(pair.second)] + kZero;
      });
    });
  };
  std::vector<Face> faces;
  for (int top = 0; top < stake.levels; ++top)
    for (int bottom = 0; bottom < stake.levels; ++bottom) {
      if (top == bottom) continue;
      std::vector<Half> rows = all;
      rows.push_back(unit(n, top, 1, 1));
      rows.push_back(unit(n, bottom, -1, 0));
      Face face = vertices(rows, n);
      if (strict(face)) faces.push_back(std::move(face));
    }
  if (!faces.empty()) return faces;
  Face face = vertices(all, n);
  if (!strict(face)) return {};
  if (stake.bounds.empty()) face = {Point(n, 0.0)};  // all equal
  return {face};
}

class Oracle {
 public:
  explicit Oracle(const Ensemble& e) : e_(e) {
    for (const auto& party : e.parties) {
      weights_.push_back(weight_vertices(party.order));
      faces_.emplace_back();
      for (const auto& stake : party.order.stakes) faces_.back().push_back(faces_of(stake));
      consistent_ = consistent_ && !weights_.back().empty();
      for (const auto& faces : faces_.back()) consistent_ = consistent_ && !faces.empty();
    }
  }
  [[nodiscard]] bool consistent() const { return consistent_; }

  struct PartyView {
    bool possible = false, necessary = true;
  };

  /// How package x stands for a party under resolution r.
  [[nodiscard]] PartyView view(std::size_t r, std::size_t x, std::size_t p) const {
    const auto corners = corners_of(r, x, p);
    const auto& stakes = e_.parties[p].order.stakes;
    const bool given = !e_.parties[p].given.empty();
    std::vector<std::vector<std::vector<Point>>> changes;  // [corner][stake][selection]: change per level
    for (const auto& q : corners) {
      changes.emplace_back();
      for (std::size_t s = 0; s < stakes.size(); ++s) {
        changes.back().emplace_back();
        const auto with = falls(e_.resolutions[r].packages[x], p, s, q);
        const auto without = given ? std::vector<Point>{Point(with[0].size(), 0.0)}
                                   : falls(e_.resolutions[r].no_deal, p, s, q);
        for (const Point& a : with)
          for (const Point& b : without) {
            changes.back().back().push_back(a);
            for (std::size_t l = 0; l < a.size(); ++l) changes.back().back().back()[l] -= b[l];
          }
      }
    }
    PartyView out;
    const double low = given ? e_.parties[p].given[0].first.get_d() : 0,
                 high = given ? e_.parties[p].given[0].second.get_d() : 0;
    for (const auto& corner : changes)
      for (const Point& w : weights_[p]) {
        double least = -high, greatest = -low;
        for (std::size_t s = 0; s < stakes.size(); ++s) {
          double a = 1e9, b = -1e9;
          for (const Point& change : corner[s])
            for (const Face& face : faces_[p][s])
              for (const Point& v : face) {
                a = std::min(a, dot(change, v));
                b = std::max(b, dot(change, v));
              }
          least += w[s] * a;
          greatest += w[s] * b;
        }
        out.necessary = out.necessary && least > -kZero;
        out.possible = out.possible || greatest > kZero;
      }
    out.possible = out.possible || (low == high && rests(p, changes, low));
    return out;
  }

  [[nodiscard]] bool possible() const {
    for (std::size_t r = 0; r < e_.resolutions.size(); ++r)
      for (std::size_t x = 0; x < e_.packages.size(); ++x) {
        bool all = e_.resolutions[r].broken[x] == 0;
        for (std::size_t p = 0; all && p < e_.parties.size(); ++p) all = view(r, x, p).possible;
        if (all) return true;
      }
    return false;
  }

  /// Is one package accepted by all, always? Per resolution.
  [[nodiscard]] bool one_package_suffices(std::size_t r) const {
    for (std::size_t x = 0; x < e_.packages.size(); ++x) {
      bool all = e_.resolutions[r].broken[x] == 0;
      for (std::size_t p = 0; all && p < e_.parties.size(); ++p) all = view(r, x, p).necessary;
      if (all) return true;
    }
    return false;
  }

  /// Is there a zone in every world? Nothing where this oracle cannot tell (levels that may fall, open
  /// chances or reservations, too many packages).
  [[nodiscard]] std::optional<bool> necessary() const {
    std::optional<bool> out = true;
    for (std::size_t r = 0; r < e_.resolutions.size(); ++r) {
      if (one_package_suffices(r)) continue;
      const auto met = always_met(r);
      if (met == false) return false;
      if (!met) out = std::nullopt;
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<Point> corners_of(std::size_t r, std::size_t x, std::size_t p) const {
    std::set<int> used(e_.resolutions[r].packages[x].chances.begin(),
                       e_.resolutions[r].packages[x].chances.end());
    if (e_.parties[p].given.empty())
      used.insert(e_.resolutions[r].no_deal.chances.begin(), e_.resolutions[r].no_deal.chances.end());
    std::vector<Point> corners{Point(e_.chances.size(), 0.0)};
    for (const int c : used) {
      const auto [low, high] = e_.chances[static_cast<std::size_t>(c)].believed[p];
      std::vector<Point> next;
      for (const double q : std::set<double>{low.get_d(), high.get_d()})
        for (Point corner : corners) {
          corner[static_cast<std::size_t>(c)] = q;
          next.push_back(std::move(corner));
        }
      corners = std::move(next);
    }
    return corners;
  }

  /// Every distribution over levels, as each branch's unknown level falls. The same order for every q.
  [[nodiscard]] static std::vector<Point> falls(const Case& c, std::size_t p, std::size_t s, const Point& q) {
    std::vector<Point> list{Point(32, 0.0)};
    for (const Branch& branch : c.branches) {
      double probability = 1;
      for (std::size_t i = 0; i < c.chances.size(); ++i) {
        const double one = q[static_cast<std::size_t>(c.chances[i])];
        probability *= (branch.done >> i & 1U) != 0 ? one : 1 - one;
      }
      std::vector<Point> next;
      for (std::size_t l = 0; l < 32; ++l)
        if ((branch.levels[p][s] >> l & 1U) != 0)
          for (Point before : list) {
            before[l] += probability;
            next.push_back(std::move(before));
          }
      list = std::move(next);
    }
    return list;
  }

  static double dot(const Point& change, const Point& v) {
    double sum = 0;
    for (std::size_t l = 0; l < v.size(); ++l) sum += change[l] * v[l];
    return sum;
  }

  /// Is the difference 0 on a whole product of faces, for all weights and at every corner of the beliefs, for
  /// one fall of the levels?
  [[nodiscard]] bool rests(std::size_t p, const std::vector<std::vector<std::vector<Point>>>& changes,
                           double reservation) const {
    const std::size_t stakes = faces_[p].size();
    std::vector<std::vector<Point>> constants(stakes);  // per stake: constants per corner
    for (std::size_t s = 0; s < stakes; ++s) {
      for (const Face& face : faces_[p][s])
        for (std::size_t fall = 0; fall < changes[0][s].size(); ++fall) {
          Point constant;
          for (const auto& corner : changes) {
            double a = 1e9, b = -1e9;
            for (const Point& v : face) {
              a = std::min(a, dot(corner[s][fall], v));
              b = std::max(b, dot(corner[s][fall], v));
            }
            if (b - a > kZero) break;
            constant.push_back(a);
          }
          if (constant.size() == changes.size()) constants[s].push_back(constant);
        }
      const bool weightless =
          std::all_of(weights_[p].begin(), weights_[p].end(), [&](const Point& w) { return w[s] < kZero; });
      if (weightless) constants[s] = {Point(changes.size(), 0.0)};
    }
    std::vector<const Point*> chosen(stakes);
    const std::function<bool(std::size_t)> choose = [&](std::size_t s) {
      if (s < stakes)
        return std::any_of(constants[s].begin(), constants[s].end(), [&](const Point& c) {
          chosen[s] = &c;
          return choose(s + 1);
        });
      for (std::size_t corner = 0; corner < changes.size(); ++corner)
        for (const Point& w : weights_[p]) {
          double sum = -reservation;
          for (std::size_t k = 0; k < stakes; ++k) sum += w[k] * (*chosen[k])[corner];
          if (std::abs(sum) > kZero) return false;
        }
      return true;
    };
    return choose(0);
  }

  /// Every way in which a party's weights and scales may lie: products of weights with one face for each
  /// stake. Per product its vertices: per vertex the gain of each package.
  using Gains = std::vector<std::vector<mpq_class>>;  // [vertex][package]
  [[nodiscard]] std::vector<Gains> games(std::size_t r, std::size_t p, const std::vector<std::size_t>& xs,
                                         const Point& q) const {
    std::vector<Gains> all;
    const std::size_t stakes = faces_[p].size();
    std::vector<std::vector<Point>> changes(xs.size());
    for (std::size_t i = 0; i < xs.size(); ++i)
      for (std::size_t s = 0; s < stakes; ++s) {
        Point change = falls(e_.resolutions[r].packages[xs[i]], p, s, q)[0];
        const Point d = falls(e_.resolutions[r].no_deal, p, s, q)[0];
        if (e_.parties[p].given.empty())
          for (std::size_t l = 0; l < d.size(); ++l) change[l] -= d[l];
        changes[i].push_back(std::move(change));
      }
    const double reservation = e_.parties[p].given.empty() ? 0 : e_.parties[p].given[0].first.get_d();
    std::vector<const Face*> faces(stakes);
    const std::function<void(std::size_t)> choose = [&](std::size_t s) {
      if (s < stakes) {
        for (const Face& face : faces_[p][s]) {
          faces[s] = &face;
          choose(s + 1);
        }
        return;
      }
      Gains gains;
      for (const Point& w : weights_[p]) {
        std::vector<std::vector<double>> partial{std::vector<double>(xs.size(), -reservation)};
        for (std::size_t k = 0; k < stakes; ++k) {
          std::vector<std::vector<double>> next;
          for (const auto& before : partial)
            for (const Point& v : *faces[k]) {
              next.push_back(before);
              for (std::size_t i = 0; i < xs.size(); ++i) next.back()[i] += w[k] * dot(changes[i][k], v);
            }
          partial = std::move(next);
        }
        for (const auto& point : partial) {
          gains.emplace_back();
          // Back to the fraction that the double stands for.
          for (const double g : point)
            gains.back().emplace_back(mpz_class(std::lround(g * 1e9)), mpz_class(1'000'000'000));
        }
      }
      all.push_back(std::move(gains));
    };
    choose(0);
    return all;
  }

  /// Value of the matrix game in which a world (a mixture of vertices) makes the greatest gain among the
  /// packages as small as it can: all of them are refused in some world iff it is below 0. Simplex, Bland's
  /// rule.
  static bool all_refused(const Gains& gains, const std::vector<std::size_t>& which) {
    const std::size_t rows = which.size(), columns = gains.size();
    const mpq_class shift = 4;
    std::vector<std::vector<mpq_class>> table(rows + 1, std::vector<mpq_class>(columns + rows + 1, 0));
    std::vector<std::size_t> basis(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t v = 0; v < columns; ++v) table[i][v] = gains[v][which[i]] + shift;
      table[i][columns + i] = 1;
      table[i].back() = 1;
      basis[i] = columns + i;
    }
    for (std::size_t v = 0; v < columns; ++v) table[rows][v] = -1;
    for (;;) {
      std::size_t enter = 0;
      while (enter < columns + rows && table[rows][enter] >= 0) ++enter;
      if (enter == columns + rows) break;
      std::optional<std::size_t> leave;
      for (std::size_t i = 0; i < rows; ++i) {
        if (table[i][enter] <= 0) continue;
        if (!leave) {
          leave = i;
          continue;
        }
        const mpq_class a = table[i].back() / table[i][enter],
                        b = table[*leave].back() / table[*leave][enter];
        if (a < b || (a == b && basis[i] < basis[*leave])) leave = i;
      }
      const mpq_class pivot = table[*leave][enter];
      for (mpq_class& c : table[*leave]) c /= pivot;
      for (std::size_t i = 0; i <= rows; ++i) {
        if (i == *leave || table[i][enter] == 0) continue;
        const mpq_class factor = table[i][enter];
        for (std::size_t c = 0; c < table[i].size(); ++c) table[i][c] -= factor * table[*leave][c];
      }
      basis[*leave] = enter;
    }
    // Rounding of the gains to 1e-9 cannot reach a value that is not 0.
    return 1 / table[rows].back() - shift < mpq_class(-1, 10'000'000);
  }

  [[nodiscard]] std::optional<bool> always_met(std::size_t r) const {
    std::vector<std::size_t> xs;
    for (std::size_t x = 0; x < e_.packages.size(); ++x) {
      bool in = e_.resolutions[r].broken[x] == 0;
      for (std::size_t p = 0; in && p < e_.parties.size(); ++p) in = view(r, x, p).possible;
      if (in) xs.push_back(x);
    }
    if (xs.empty()) return false;
    if (xs.size() > 6) return std::nullopt;
    const auto known = [&](const Case& c) {
      for (const Branch& branch : c.branches)
        for (const auto& party : branch.levels)
          for (const LevelMask mask : party)
            if (!std::has_single_bit(mask)) return false;
      return true;
    };
    bool exact = known(e_.resolutions[r].no_deal);
    for (const std::size_t x : xs) exact = exact && known(e_.resolutions[r].packages[x]);
    std::vector<std::vector<Gains>> all;
    for (std::size_t p = 0; p < e_.parties.size(); ++p) {
      Point q;
      for (const Chance& c : e_.chances) {
        exact = exact && c.believed[p].first == c.believed[p].second;
        q.push_back(c.believed[p].first.get_d());
      }
      const auto& given = e_.parties[p].given;
      exact = exact && (given.empty() || given[0].first == given[0].second);
      if (!exact) return std::nullopt;
      all.push_back(games(r, p, xs, q));
    }
    std::vector<std::vector<bool>> refusable(all.size(), std::vector<bool>(std::size_t{1} << xs.size()));
    for (std::size_t p = 0; p < all.size(); ++p)
      for (std::size_t set = 0; set < refusable[p].size(); ++set) {
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < xs.size(); ++i)
          if ((set >> i & 1U) != 0) which.push_back(i);
        refusable[p][set] = which.empty() || std::any_of(all[p].begin(), all[p].end(), [&](const Gains& g) {
                              return all_refused(g, which);
                            });
      }
    // Do the parties together refuse all, each for reasons of its own?
    std::vector<bool> covered = refusable[0];
    for (std::size_t p = 1; p < all.size(); ++p) {
      std::vector<bool> next(covered.size(), false);
      for (std::size_t a = 0; a < covered.size(); ++a)
        for (std::size_t b = 0; b < covered.size(); ++b)
          if (covered[a] && refusable[p][b]) next[a | b] = true;
      covered = std::move(next);
    }
    return !covered.back();
  }

  const Ensemble& e_;
  bool consistent_ = true;
  std::vector<std::vector<Point>> weights_;
  std::vector<std::vector<std::vector<Face>>> faces_;  // [party][stake]
};

}  // namespace parley::deals::testing
