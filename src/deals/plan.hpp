// SPDX-License-Identifier: MIT
// A bargaining problem made ready for runs over its issues: the order in which they are taken, and every
// constraint and every term as a decision diagram over that order.
#pragma once
#include <string>
#include <vector>

#include "deals/diagram.hpp"
#include "deals/problem.hpp"

namespace parley::deals {

/// A term of a party as a rule: when the diagram comes out true, the party gets the term's value.
struct TermRule {
  int party = 0;
  int term = 0;
  Diagram diagram;
};

struct Plan {
  const BargainProblem* problem = nullptr;
  std::vector<int> order;            ///< issue taken at each position; issues that no rule touches come last
  std::vector<int> sizes;            ///< options of the issue at each position
  std::vector<Diagram> constraints;  ///< one per constraint of the problem
  std::vector<TermRule> terms;       ///< terms of all parties
  mpz_class packages = 1;
  std::string trouble;  ///< not empty: the id of a row whose formula is too entangled to be compiled
};

/// Takes the issues in an order that keeps few rules half read (greedy minimal cut). `problem` must outlive
/// the plan. Where `watch` says stop, Stopped is thrown.
[[nodiscard]] Plan make_plan(const BargainProblem& problem, const Watch* watch = nullptr);

}  // namespace parley::deals
