// SPDX-License-Identifier: MIT
// A made-up bargaining problem of a given size, always the same one.
#pragma once
#include <random>
#include <string>

#include "deals/problem.hpp"

namespace parley::bench {

struct Size {
  int parties = 2, issues = 8, options = 5, links = 6;
  double reservation = 0.55;  ///< of the best that a party can get
};

inline deals::BargainProblem make_problem(const Size& size) {
  std::mt19937_64 rng(7);
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<std::uint64_t>(n)); };
  deals::BargainProblem problem;
  for (int k = 0; k < size.issues; ++k) {
    problem.issues.push_back({"issue" + std::to_string(k), {}});
    for (int o = 0; o < size.options; ++o)
      problem.issues.back().options.push_back({"option" + std::to_string(o), false});
  }
  for (int i = 0; i < size.parties; ++i) {
    deals::Party party;
    party.id = "party" + std::to_string(i);
    party.reservation_id = "reservation:" + party.id;
    mpq_class best = 0;
    for (int k = 0; k < size.issues; ++k) {
      party.worth.emplace_back();
      const int weight = 1 + below(9);
      int most = 0;
      for (int o = 0; o < size.options; ++o) {
        const int value = below(1000);
        most = std::max(most, value);
        party.worth.back().emplace_back(weight * value, 45000);
        party.worth.back().back().canonicalize();
      }
      best += mpq_class(weight * most, 45000);
    }
    best.canonicalize();
    party.reservation = best * mpq_class(size.reservation);
    problem.parties.push_back(std::move(party));
  }
  for (int l = 0; l < size.links; ++l) {
    const auto some = [&](int k) {
      expression::LevelSet levels(size.options);
      for (int o = 0; o < size.options; ++o)
        if (below(2) == 0) levels.add(o);
      levels.add(below(size.options));
      return expression::Formula::atom(k, levels);
    };
    const int a = below(size.issues), b = (a + 1 + below(size.issues - 1)) % size.issues;
    problem.constraints.push_back({"link" + std::to_string(l), "", deals::ConstraintKind::linkage,
                                   expression::Formula::implies(some(a), some(b))});
  }
  return problem;
}

}  // namespace parley::bench
