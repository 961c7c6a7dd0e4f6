// SPDX-License-Identifier: MIT
// A conflict as issues that decision makers own, whatever form it came in: the half of `parley import` that
// knows nothing of the language.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/graph.hpp"

namespace parley::foreign {

/// Vectors of levels, one bit each.
using Flags = std::vector<bool>;

/// The owner of some issues does not go from `from` to `to` by changing them.
struct MissingMoves {
  std::size_t owner = 0;
  Flags from, to;  ///< disjoint
};

/// Vectors of levels stand for the conflict's states, several for one state where that has options left open:
/// whoever can go somewhere from the state can from each of its vectors, and no other way, so that what is
/// stable is so at all of them (a bisimulation).
struct ImportForm {
  std::vector<stability::Issue> issues;  ///< each with an owner
  std::vector<bool> decided;             ///< of each issue: somebody moves it
  std::vector<std::vector<int>> vectors;
  std::vector<stability::State> state_of;      ///< of each vector
  std::vector<stability::Pattern> impossible;  ///< what is no vector
  std::vector<MissingMoves> missing;           ///< joint changes of own issues that are no moves
  std::string without_options;                 ///< why the file's options are not used; empty: they are
};

/// The error is one sentence: why moves of this conflict are no changes of what their makers own.
[[nodiscard]] tl::expected<ImportForm, std::string> import_form(const stability::GraphGame& game,
                                                                const stability::Space& space,
                                                                const stability::Graph& graph);

/// Patterns that hold for no vector, and one of them for every combination of levels that is none: those of
/// the file first, then combinations, generalised as far as no vector stops it. The error: too many.
[[nodiscard]] tl::expected<std::vector<stability::Pattern>, std::string> impossible_patterns(
    const std::vector<stability::Issue>& issues, const std::vector<std::vector<int>>& vectors,
    const std::vector<stability::Pattern>& of_file);

/// Does the owner go from one vector to the other by its own issues, in their directions?
[[nodiscard]] bool own_change(const ImportForm& form, std::size_t dm, std::size_t from, std::size_t to);

/// What `missing` has to say: every own change whose states the graph does not join.
[[nodiscard]] std::vector<MissingMoves> missing_moves(const ImportForm& form, const stability::Graph& graph);

}  // namespace parley::foreign
