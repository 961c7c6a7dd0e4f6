// SPDX-License-Identifier: MIT
// Small random bargaining problems in which ties, empty zones and odd cases are frequent.
#pragma once
#include <random>
#include <string>

#include "deals/problem.hpp"

namespace parley::deals {

struct Shape {
  int parties = 3, issues = 4, options = 4, constraints = 5;
  bool terms = true;
  bool wild = false;  ///< numbers with large denominators, so that no machine integer holds a scaled table
};

class RandomProblem {
 public:
  RandomProblem(std::mt19937_64& rng, const Shape& shape) : rng_(rng), shape_(shape) {}

  BargainProblem make() {
    BargainProblem problem;
    const int issues = below(8) == 0 ? 0 : 1 + below(shape_.issues);
    for (int k = 0; k < issues; ++k) {
      Issue issue{"issue" + std::to_string(k), {}};
      const int options = 1 + below(shape_.options);
      for (int o = 0; o < options; ++o) issue.options.push_back({"option" + std::to_string(o), false});
      problem.issues.push_back(issue);
    }
    const int parties = 1 + below(shape_.parties);
    for (int i = 0; i < parties; ++i) problem.parties.push_back(party(problem, i));
    const int constraints = below(shape_.constraints + 1);
    for (int c = 0; c < constraints; ++c) {
      static constexpr ConstraintKind kinds[] = {ConstraintKind::impossible, ConstraintKind::linkage,
                                                 ConstraintKind::red_line};
      problem.constraints.push_back(
          {"row" + std::to_string(c), "", kinds[(below(4) + 1) % 3], formula(problem, 2)});
    }
    return problem;
  }

  expression::Formula formula(const BargainProblem& problem, int depth) {
    using expression::Formula;
    const int issues = static_cast<int>(problem.issues.size());
    const int pick = below(depth > 0 ? 10 : 5);
    if (issues == 0 || below(30) == 0) return Formula::constant(below(3) > 0);
    if (pick < 5) {
      const int k = below(issues);
      expression::LevelSet levels(
          static_cast<int>(problem.issues[static_cast<std::size_t>(k)].options.size()));
      for (int o = 0; o < levels.size(); ++o)
        if (below(2) == 0) levels.add(o);
      return Formula::atom(k, levels);
    }
    if (pick == 5) return Formula::negation(formula(problem, depth - 1));
    if (pick < 8) return Formula::implies(formula(problem, depth - 1), formula(problem, depth - 1));
    std::vector<Formula> parts;
    for (int p = below(4); p > 0; --p) parts.push_back(formula(problem, depth - 1));
    return pick == 8 ? Formula::all(parts) : Formula::any(parts);
  }

 private:
  int below(int n) { return static_cast<int>(rng_() % static_cast<std::uint64_t>(n)); }

  mpq_class number(int low, int high) {
    mpq_class value(low + below(high - low + 1), 1 + below(3));
    value.canonicalize();
    if (shape_.wild && below(2) == 0) {
      mpz_class den;
      mpz_ui_pow_ui(den.get_mpz_t(), 7 + static_cast<unsigned>(below(5)), 60);
      value += mpq_class(below(5) - 2, den);
      value.canonicalize();
    }
    return value;
  }

  Party party(const BargainProblem& problem, int i) {
    Party party;
    party.id = "party" + std::to_string(i);
    party.reservation_id = "reservation:" + party.id;
    const int low = below(3) == 0 ? -4 : 0;
    if (below(6) > 0)
      for (const Issue& issue : problem.issues) {
        party.worth.emplace_back();
        const bool indifferent = below(6) == 0;
        for (std::size_t o = 0; o < issue.options.size(); ++o)
          party.worth.back().push_back(indifferent ? mpq_class(0) : number(low, 4));
      }
    if (shape_.terms && below(3) == 0)
      for (int t = 1 + below(4); t > 0; --t) party.terms.push_back({formula(problem, 2), number(low, 6)});
    if (shape_.terms && below(4) == 0) party.cap = number(low, 8);
    if (below(4) > 0) party.reservation = number(low, 2 + 2 * static_cast<int>(problem.issues.size()));
    party.reservation_soft = below(8) > 0;
    return party;
  }

  std::mt19937_64& rng_;
  Shape shape_;
};

}  // namespace parley::deals
