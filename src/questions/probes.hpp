// SPDX-License-Identifier: MIT
// Questions about one account that are asked by patching it: what silence hides, which order of salience
// would decide, and which rows reach no answer.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "questions/columns.hpp"

namespace parley::questions {

/// What the zone would be if a silent party were known to want more, or less, of an issue.
struct SilenceProbe {
  std::string table, party, variable;
  bool consequence = false;
  std::vector<std::string> rows;  ///< rows of the party's own that name it and put nothing in order
  std::vector<std::pair<std::string, worlds::Share>> zone;  ///< wish in words -> share of worlds with a zone
  double matters = 0;  ///< largest minus smallest share over the wishes and the answer as it stands
};
/// Ordered by how much it matters, most first. One column a wish, `options.draws` worlds each.
[[nodiscard]] std::vector<SilenceProbe> probe_silence(const ColumnAnswer& base, const SolveOptions& options);

/// The smallest statements found that would decide the zone by proof (rule 5): orders of salience, and wishes
/// where a party is silent. Each set is inclusion-minimal: without any one of its statements it no longer
/// decides.
struct SalienceProbe {
  std::string table;
  bool decided = false;  ///< orders alone decide already
  bool found = false;
  std::string
      outcome;  ///< "certain": a package is then acceptable to all in every world; "excluded": none in any
  std::vector<std::string> package;  ///< levels, where certain
  /// Issues of which no level is named: no party has a stated wish on them, and no statement below is one.
  std::vector<std::string> left_open;
  struct Statement {
    std::string party;
    bool wish = false;  ///< party would rather have `on` at `more` than at `less`; else: weighs `more` at
                        ///< least as `less`
    std::string on, more, less;
  };
  std::vector<Statement> statements;
};
[[nodiscard]] std::vector<SalienceProbe> probe_salience(const ColumnAnswer& base);

/// Do these statements about one party decide by proof how it stands on every one of the packages, under
/// every resolution? `ensemble`: the framed one, or one that differs in what parties believe.
[[nodiscard]] bool decides(const framing::Framed& framed, const deals::Ensemble& ensemble, std::size_t party,
                           const std::vector<std::size_t>& packages, deals::Standing wanted,
                           const std::vector<SalienceProbe::Statement>& statements,
                           const Control& control = {});
/// The fewest such statements: every order of salience of one or two statements is tried, then wishes of a
/// silent party too, then what is left of all of them when one after the other is dropped. Empty: decided
/// without any; nothing: not even all of them together decide.
[[nodiscard]] std::optional<std::vector<SalienceProbe::Statement>> fewest_that_decide(
    const framing::Framed& framed, const deals::Ensemble& ensemble, std::size_t party,
    const std::vector<std::size_t>& packages, deals::Standing wanted, const Control& control = {});

/// Rows that reach no bargaining problem and no game, in groups that hang together, and what would join each
/// group to a table.
struct Island {
  std::vector<std::string> rows;
  std::vector<std::string> variables;
  std::string link;  ///< the missing link, or why no lens reads them, in words
};
struct Reach {
  std::vector<std::string> used;     ///< rows that reach a bargaining problem or a game
  std::vector<std::string> context;  ///< rows that only say who or what (actors, sources ...)
  /// Rows that reach a problem of the lens `deals`, `consistency` or `stability`, or a test of `ask`.
  std::map<std::string, std::vector<std::string>> by_lens;
  std::vector<std::string> none;  ///< neither context nor read by any of these
  std::vector<Island> islands;    ///< of rows that reach no bargaining problem and no game
};
/// `columns`: the base first; a row that reaches a problem in any of them counts as used.
[[nodiscard]] Reach reach_of(const std::vector<const ColumnAnswer*>& columns);

}  // namespace parley::questions
