// SPDX-License-Identifier: MIT
// The problem that the deals lens takes: issues, parties with exact utilities, constraints with owners.
#pragma once
#include <gmpxx.h>

#include <optional>
#include <string>
#include <vector>

#include "expression/formula.hpp"

namespace parley::deals {

struct Option {
  std::string name;
  bool is_integer = false;  ///< printed as a JSON number (an integer issue's option)
};

struct Issue {
  std::string name;
  std::vector<Option> options;  ///< one or more
};

/// A value that a party gets when a formula over the issues holds (a hyper-rectangle, a consequence of a
/// package).
struct Term {
  expression::Formula when;  ///< variable k = issue k
  mpq_class value;
};

/// u(x) = sum_k worth[k][x_k] + sum of the values of the terms that hold, cut at `cap` where there is one.
struct Party {
  std::string id;
  std::vector<std::vector<mpq_class>>
      worth;  ///< [issue][option]: weight times value; empty = no additive part
  std::vector<Term> terms;
  std::optional<mpq_class> cap;
  std::optional<mpq_class>
      reservation;               ///< what it gets with no agreement; a package must give at least this
  std::string reservation_id;    ///< the id that explanations use, for example reservation:us
  bool reservation_soft = true;  ///< may appear in relaxations
};

/// impossible: structure, never relaxed; red_line and linkage: somebody's, may be relaxed and explained.
enum class ConstraintKind { impossible, linkage, red_line };

struct Constraint {
  std::string id;
  std::string owner;  ///< whose statement it is: a party's id, a third party's, a speaker's; empty = nobody's
  ConstraintKind kind = ConstraintKind::linkage;
  expression::Formula formula;  ///< what a package must satisfy; variable k = issue k
};

struct BargainProblem {
  std::vector<Issue> issues;
  std::vector<Party> parties;
  std::vector<Constraint> constraints;
};

}  // namespace parley::deals
