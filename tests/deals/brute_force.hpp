// SPDX-License-Identifier: MIT
// The oracle of the deals lens: the definitions in plain loops over rationals. Shares only problem.hpp with
// the lens.
#pragma once
#include <gmpxx.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "deals/problem.hpp"

namespace brute {

using Rational = mpq_class;
using Vector = std::vector<Rational>;
using Picks = std::vector<int>;
using Ids = std::set<std::string>;

struct Choice {
  Rational value;
  int tied = 0;
  std::vector<Vector> best;  ///< every leximin-best utility vector among those tied
};

struct Cut {
  Rational cut;
  std::vector<Vector> best;
};

struct Result {
  long n_packages = 0;
  long zone = 0;
  std::map<Vector, std::set<Picks>> frontier;
  std::optional<Choice> nash, kalai_smorodinsky, egalitarian, welfare;
  std::set<Ids> conflicts, relaxations;  ///< by ids; ids must differ
  std::optional<Cut> cut;
  std::set<Picks> near_misses;  ///< all of them
  std::size_t fewest = 0;
};

inline bool formula(const parley::expression::Formula& f, const Picks& x) {
  using Kind = parley::expression::Formula::Kind;
  if (f.kind == Kind::constant) return f.value;
  if (f.kind == Kind::atom) return f.levels.has(x[static_cast<std::size_t>(f.variable)]);
  if (f.kind == Kind::negation) return !formula(f.parts[0], x);
  for (const auto& part : f.parts)
    if (formula(part, x) != (f.kind == Kind::all)) return f.kind != Kind::all;
  return f.kind == Kind::all;
}

inline Rational utility(const parley::deals::Party& party, const Picks& x) {
  Rational u = 0;
  for (std::size_t k = 0; k < party.worth.size(); ++k) u += party.worth[k][static_cast<std::size_t>(x[k])];
  for (const auto& term : party.terms)
    if (formula(term.when, x)) u += term.value;
  if (party.cap && *party.cap < u) u = *party.cap;
  return u;
}

inline std::vector<Picks> all_packages(const parley::deals::BargainProblem& problem) {
  std::vector<Picks> all{{}};
  for (const auto& issue : problem.issues) {
    std::vector<Picks> longer;
    for (const Picks& x : all)
      for (int o = 0; o < static_cast<int>(issue.options.size()); ++o) {
        longer.push_back(x);
        longer.back().push_back(o);
      }
    all = longer;
  }
  return all;
}

inline bool dominates(const Vector& a, const Vector& b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < b[i]) return false;
    if (a[i] > b[i]) better = true;
  }
  return better;
}

inline Vector sorted(Vector v) {
  std::multiset<Rational> s(v.begin(), v.end());
  return {s.begin(), s.end()};
}

inline std::vector<Vector> leximin_best(const std::vector<Vector>& vectors) {
  std::vector<Vector> best;
  for (const Vector& v : vectors) {
    if (!best.empty() && sorted(v) < sorted(best[0])) continue;
    if (!best.empty() && sorted(v) > sorted(best[0])) best.clear();
    best.push_back(v);
  }
  return best;
}

template <class Criterion>
Choice choose(const std::map<Vector, std::set<Picks>>& frontier, Criterion criterion) {
  Choice choice;
  std::vector<Vector> attained;
  for (const auto& [u, packages] : frontier) {
    const Rational value = criterion(u);
    if (attained.empty() || value > choice.value) {
      attained.clear();
      choice.value = value;
    }
    if (value == choice.value) attained.push_back(u);
  }
  choice.tied = static_cast<int>(attained.size());
  choice.best = leximin_best(attained);
  return choice;
}

/// What one soft constraint says of one package.
struct Soft {
  std::string id;
  std::vector<bool> holds;  ///< per possible package
  int party = -1;
};

inline void solutions(const parley::deals::BargainProblem& problem, const std::vector<Vector>& zone,
                      Result& result) {
  const std::size_t n = problem.parties.size();
  const auto gain = [&](const Vector& u, std::size_t i) {
    return problem.parties[i].reservation ? Rational(u[i] - *problem.parties[i].reservation) : u[i];
  };
  std::vector<Rational> ideal(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t z = 0; z < zone.size(); ++z)
      if (z == 0 || gain(zone[z], i) > ideal[i]) ideal[i] = gain(zone[z], i);
  result.nash = choose(result.frontier, [&](const Vector& u) {
    Rational product = 1;
    for (std::size_t i = 0; i < n; ++i)
      product = gain(u, i) > 0 ? Rational(product * gain(u, i)) : Rational(0);
    return product;
  });
  result.egalitarian = choose(result.frontier, [&](const Vector& u) {
    Rational least = gain(u, 0);
    for (std::size_t i = 1; i < n; ++i) least = gain(u, i) < least ? gain(u, i) : least;
    return least;
  });
  result.kalai_smorodinsky = choose(result.frontier, [&](const Vector& u) {
    Rational least = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const Rational ratio = ideal[i] > 0 ? Rational(gain(u, i) / ideal[i]) : Rational(1);
      if (i == 0 || ratio < least) least = ratio;
    }
    return least;
  });
  result.welfare = choose(result.frontier, [&](const Vector& u) {
    Rational sum = 0;
    for (const Rational& v : u) sum += v;
    return sum;
  });
}

/// Conflicts and relaxations by trying every set of soft constraints.
inline void explain(const std::vector<Soft>& soft, std::size_t n_possible, Result& result) {
  const std::size_t sets = std::size_t{1} << soft.size();
  std::vector<bool> open(sets);  ///< some package satisfies all constraints of the set
  for (std::size_t set = 0; set < sets; ++set)
    for (std::size_t x = 0; x < n_possible && !open[set]; ++x) {
      bool all = true;
      for (std::size_t s = 0; s < soft.size(); ++s) all = all && (!((set >> s) & 1U) || soft[s].holds[x]);
      open[set] = all;
    }
  const auto ids = [&](std::size_t set) {
    Ids names;
    for (std::size_t s = 0; s < soft.size(); ++s)
      if ((set >> s) & 1U) names.insert(soft[s].id);
    return names;
  };
  for (std::size_t set = 0; set < sets; ++set) {
    bool conflict = !open[set];
    bool relaxation = open[sets - 1 - set];
    for (std::size_t s = 0; s < soft.size(); ++s) {
      if (!((set >> s) & 1U)) continue;
      const std::size_t less = set & ~(std::size_t{1} << s);
      conflict = conflict && open[less];
      relaxation = relaxation && !open[sets - 1 - less];
    }
    if (conflict) result.conflicts.insert(ids(set));
    if (relaxation) result.relaxations.insert(ids(set));
  }
}

inline void reasons(const parley::deals::BargainProblem& problem, const std::vector<Picks>& possible,
                    const std::vector<Vector>& utilities, const std::vector<Soft>& soft, Result& result) {
  explain(soft, possible.size(), result);
  std::vector<Vector> at_cut;
  for (std::size_t x = 0; x < possible.size(); ++x) {
    std::size_t broken = 0;
    bool only_reservations = true;
    Rational need = 0;
    for (const Soft& s : soft) {
      if (s.holds[x]) continue;
      ++broken;
      if (s.party < 0) {
        only_reservations = false;
        continue;
      }
      const auto i = static_cast<std::size_t>(s.party);
      const Rational short_by = *problem.parties[i].reservation - utilities[x][i];
      if (short_by > need) need = short_by;
    }
    if (result.near_misses.empty() || broken < result.fewest) {
      result.near_misses.clear();
      result.fewest = broken;
    }
    if (broken == result.fewest) result.near_misses.insert(possible[x]);
    if (!only_reservations) continue;
    if (!result.cut || need < result.cut->cut) {
      result.cut = Cut{need, {}};
      at_cut.clear();
    }
    if (need == result.cut->cut) at_cut.push_back(utilities[x]);
  }
  if (result.cut) result.cut->best = leximin_best(at_cut);
}

inline Result solve(const parley::deals::BargainProblem& problem) {
  using parley::deals::ConstraintKind;
  Result result;
  std::vector<Picks> possible;
  std::vector<Vector> utilities;
  for (const Picks& x : all_packages(problem)) {
    ++result.n_packages;
    Vector u;
    bool ok = true;
    for (const auto& party : problem.parties) {
      u.push_back(utility(party, x));
      if (party.reservation && !party.reservation_soft && u.back() < *party.reservation) ok = false;
    }
    for (const auto& c : problem.constraints)
      if (c.kind == ConstraintKind::impossible && !formula(c.formula, x)) ok = false;
    if (!ok) continue;
    possible.push_back(x);
    utilities.push_back(u);
  }
  std::vector<Soft> soft;
  for (std::size_t i = 0; i < problem.parties.size(); ++i) {
    const auto& party = problem.parties[i];
    if (!party.reservation || !party.reservation_soft) continue;
    soft.push_back({party.reservation_id, {}, static_cast<int>(i)});
    for (const Vector& u : utilities) soft.back().holds.push_back(u[i] >= *party.reservation);
  }
  for (const auto& c : problem.constraints) {
    if (c.kind == ConstraintKind::impossible) continue;
    soft.push_back({c.id, {}, -1});
    for (const Picks& x : possible) soft.back().holds.push_back(formula(c.formula, x));
  }
  std::vector<Vector> zone;
  std::vector<Picks> members;
  for (std::size_t x = 0; x < possible.size(); ++x) {
    bool inside = true;
    for (const Soft& s : soft) inside = inside && s.holds[x];
    if (!inside) continue;
    zone.push_back(utilities[x]);
    members.push_back(possible[x]);
  }
  result.zone = static_cast<long>(zone.size());
  for (std::size_t x = 0; x < zone.size(); ++x) {
    bool dominated = false;
    for (const Vector& other : zone) dominated = dominated || dominates(other, zone[x]);
    if (!dominated) result.frontier[zone[x]].insert(members[x]);
  }
  if (zone.empty())
    reasons(problem, possible, utilities, soft, result);
  else if (!problem.parties.empty())
    solutions(problem, zone, result);
  return result;
}

}  // namespace brute
