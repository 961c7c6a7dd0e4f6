// SPDX-License-Identifier: MIT
// First version: plain enumeration with exact integers.
#include "deals/solve.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "deals/choose.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::deals {
namespace {

constexpr std::uint64_t kMostPackages = 20'000'000;

/// u_i = (sum of worth + sum of terms that hold, cut at cap) / scale.
struct ScaledParty {
  mpz_class scale = 1;
  std::vector<std::vector<mpz_class>> worth;
  std::vector<mpz_class> terms;
  std::optional<mpz_class> cap, reservation;
};

mpz_class scaled(const mpq_class& value, const mpz_class& scale) {
  return value.get_num() * (scale / value.get_den());
}

ScaledParty scale(const Party& party) {
  ScaledParty result;
  const auto take = [&](const mpq_class& v) { result.scale = lcm(result.scale, v.get_den()); };
  for (const auto& row : party.worth)
    for (const mpq_class& v : row) take(v);
  for (const Term& term : party.terms) take(term.value);
  if (party.cap) take(*party.cap);
  if (party.reservation) take(*party.reservation);
  for (const auto& row : party.worth) {
    result.worth.emplace_back();
    for (const mpq_class& v : row) result.worth.back().push_back(scaled(v, result.scale));
  }
  for (const Term& term : party.terms) result.terms.push_back(scaled(term.value, result.scale));
  if (party.cap) result.cap = scaled(*party.cap, result.scale);
  if (party.reservation) result.reservation = scaled(*party.reservation, result.scale);
  return result;
}

struct Soft {
  std::string id;
  int constraint = -1;  ///< index, or
  int party = -1;       ///< the party whose reservation it is
};

class Enumeration {
 public:
  Enumeration(const BargainProblem& problem, const Options& options) : problem_(problem), options_(options) {
    for (const Party& party : problem.parties) parties_.push_back(scale(party));
    for (std::size_t i = 0; i < problem.parties.size(); ++i)
      if (problem.parties[i].reservation && problem.parties[i].reservation_soft)
        soft_.push_back({problem.parties[i].reservation_id, -1, static_cast<int>(i)});
    for (std::size_t c = 0; c < problem.constraints.size(); ++c)
      if (problem.constraints[c].kind != ConstraintKind::impossible)
        soft_.push_back({problem.constraints[c].id, static_cast<int>(c), -1});
  }

  Answer run() {
    answer_.n_packages = 1;
    for (const Issue& issue : problem_.issues) answer_.n_packages *= issue.options.size();
    each([&](const Package& x, const std::vector<mpz_class>& u) {
      if (!hard(x, u)) return;
      if (!broken(x, u).empty()) return;
      answer_.zone_size += 1;
      insert(x, u);
    });
    answer_.agreement = answer_.zone_size > 0;
    publish();
    choose_solutions(problem_, answer_);
    if (!answer_.agreement && options_.reasons) reasons();
    return std::move(answer_);
  }

 private:
  template <class Visit>
  void each(Visit visit) {
    if (answer_.n_packages == 0) return;
    Package x(problem_.issues.size(), 0);
    std::uint64_t visited = 0;
    for (;;) {
      if (++visited > kMostPackages || (options_.cancel && *options_.cancel)) {
        answer_.certified = answer_.complete = false;
        return;
      }
      visit(x, utility(x));
      std::size_t k = x.size();
      while (k > 0) {
        --k;
        if (++x[k] < static_cast<int>(problem_.issues[k].options.size())) break;
        x[k] = 0;
        if (k == 0) return;
      }
      if (x.empty()) return;
    }
  }

  [[nodiscard]] std::vector<mpz_class> utility(const Package& x) const {
    std::vector<mpz_class> u(parties_.size());
    for (std::size_t i = 0; i < parties_.size(); ++i) {
      const ScaledParty& p = parties_[i];
      for (std::size_t k = 0; k < p.worth.size(); ++k) u[i] += p.worth[k][static_cast<std::size_t>(x[k])];
      for (std::size_t t = 0; t < p.terms.size(); ++t)
        if (expression::holds(problem_.parties[i].terms[t].when, x)) u[i] += p.terms[t];
      if (p.cap && u[i] > *p.cap) u[i] = *p.cap;
    }
    return u;
  }

  [[nodiscard]] bool hard(const Package& x, const std::vector<mpz_class>& u) const {
    for (const Constraint& c : problem_.constraints)
      if (c.kind == ConstraintKind::impossible && !expression::holds(c.formula, x)) return false;
    for (std::size_t i = 0; i < parties_.size(); ++i)
      if (parties_[i].reservation && !problem_.parties[i].reservation_soft && u[i] < *parties_[i].reservation)
        return false;
    return true;
  }

  [[nodiscard]] logic::IndexSet broken(const Package& x, const std::vector<mpz_class>& u) const {
    logic::IndexSet set;
    for (std::size_t s = 0; s < soft_.size(); ++s) {
      const bool ok =
          soft_[s].party >= 0
              ? u[static_cast<std::size_t>(soft_[s].party)] >=
                    *parties_[static_cast<std::size_t>(soft_[s].party)].reservation
              : expression::holds(problem_.constraints[static_cast<std::size_t>(soft_[s].constraint)].formula,
                                  x);
      if (!ok) set.push_back(static_cast<int>(s));
    }
    return set;
  }

  void insert(const Package& x, const std::vector<mpz_class>& u) {
    const auto dominates = [](const auto& a, const auto& b) {
      for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] < b[i]) return false;
      return true;
    };
    for (auto& [v, packages] : front_) {
      if (v == u) {
        packages.push_back(x);
        return;
      }
      if (dominates(v, u)) return;
    }
    std::erase_if(front_, [&](const auto& point) { return dominates(u, point.first); });
    front_[u] = {x};
  }

  [[nodiscard]] std::vector<mpq_class> rational(const std::vector<mpz_class>& u) const {
    std::vector<mpq_class> result;
    for (std::size_t i = 0; i < u.size(); ++i) {
      result.emplace_back(u[i], parties_[i].scale);
      result.back().canonicalize();
    }
    return result;
  }

  void publish() {
    std::size_t total = 0;
    for (const auto& [u, packages] : front_) total += packages.size();
    for (auto it = front_.rbegin(); it != front_.rend(); ++it) {
      FrontierPoint point;
      point.utility = rational(it->first);
      point.n_packages = it->second.size();
      point.packages = it->second;
      if (total > 2000) point.packages.resize(1);
      answer_.frontier.push_back(std::move(point));
    }
  }

  void reasons() {
    std::set<logic::IndexSet> masks;
    std::size_t fewest = SIZE_MAX;
    std::optional<mpq_class> cut;
    each([&](const Package& x, const std::vector<mpz_class>& u) {
      if (!hard(x, u)) return;
      const logic::IndexSet mask = broken(x, u);
      masks.insert(mask);
      fewest = std::min(fewest, mask.size());
      if (std::any_of(mask.begin(), mask.end(),
                      [&](int s) { return soft_[static_cast<std::size_t>(s)].party < 0; }))
        return;
      const std::vector<mpq_class> q = rational(u);
      mpq_class need = 0;
      for (const int s : mask) {
        const auto i = static_cast<std::size_t>(soft_[static_cast<std::size_t>(s)].party);
        need = std::max(need, mpq_class(*problem_.parties[i].reservation - q[i]));
      }
      if (cut && need > *cut) return;
      UniformCut best{need, q, {x}};
      if (!cut || need < *cut || leximin_better(q, answer_.cheapest_concession->utility))
        answer_.cheapest_concession = best;
      else if (q == answer_.cheapest_concession->utility)
        answer_.cheapest_concession->packages.push_back(x);
      cut = need;
    });
    const auto family = logic::minimal_members({masks.begin(), masks.end()});
    const auto conflicts = logic::minimal_hitting_sets(family);
    if (!conflicts.complete) answer_.complete = false;
    const auto names = [&](const logic::IndexSet& set) {
      std::vector<std::string> ids;
      for (const int s : set) ids.push_back(soft_[static_cast<std::size_t>(s)].id);
      return ids;
    };
    for (const auto& set : family) answer_.relaxations.push_back(names(set));
    for (const auto& set : conflicts.sets) answer_.conflicts.push_back(names(set));
    each([&](const Package& x, const std::vector<mpz_class>& u) {
      if (answer_.near_misses.size() >= 20 || !hard(x, u)) return;
      const logic::IndexSet mask = broken(x, u);
      if (mask.size() == fewest) answer_.near_misses.push_back({x, names(mask)});
    });
  }

  const BargainProblem& problem_;
  const Options& options_;
  std::vector<ScaledParty> parties_;
  std::vector<Soft> soft_;
  std::map<std::vector<mpz_class>, std::vector<Package>> front_;
  Answer answer_;
};

}  // namespace

Answer solve(const BargainProblem& problem, const Options& options) {
  return Enumeration(problem, options).run();
}

}  // namespace parley::deals
