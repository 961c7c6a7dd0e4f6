// SPDX-License-Identifier: MIT
// Questions about one account that are asked by patching it: what silence hides, which order of salience would
// decide, and which rows reach no answer.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "questions/columns.hpp"

namespace parley::questions {

/// What the zone would be if a silent party were known to want more, or less, of an issue.
struct SilenceProbe {
  std::string table, party, variable;
  bool consequence = false;
  std::vector<std::pair<std::string, worlds::Share>> zone;  ///< wish in words -> share of worlds with a zone
  double matters = 0;  ///< largest minus smallest share over the wishes and the answer as it stands
};
/// Ordered by how much it matters, most first. One column a wish, `options.draws` worlds each.
[[nodiscard]] std::vector<SilenceProbe> probe_silence(const ColumnAnswer& base, const SolveOptions& options);

/// The smallest statements of salience (`party: a matters at least as much as b`) that would decide the zone by proof.
struct SalienceProbe {
  std::string table;
  bool decided = false;  ///< orders alone decide already
  bool found = false;
  std::string outcome;   ///< "certain": a package is then acceptable to all in every world; "excluded": none in any
  std::vector<std::string> package;  ///< levels, where certain
  struct Statement {
    std::string party, more, less;
  };
  std::vector<Statement> statements;
  int searched_to = 0;  ///< statements a party that were tried
};
[[nodiscard]] std::vector<SalienceProbe> probe_salience(const ColumnAnswer& base);

/// Rows that reach no problem, in groups that hang together, and what would join each group to a table.
struct Island {
  std::vector<std::string> rows;
  std::vector<std::string> variables;
  std::string link;  ///< the missing link, in words
};
struct Reach {
  std::vector<std::string> used, context;  ///< rows that reach a problem; rows that only say who or what (actors, sources ...)
  std::vector<Island> islands;
};
[[nodiscard]] Reach reach_of(const ColumnAnswer& base);

}  // namespace parley::questions
