// SPDX-License-Identifier: MIT
// A conflict in the form of the graph model (Fang, Hipel and Kilgour 1993): decision makers, states, who can
// move from which state to which, and what each of them prefers. Plain data.
//
// States come in one of two forms. *Option form* (`states` empty): a state is one level for each issue; its
// number is the mixed-radix number of the levels, the first issue least significant; a decision maker changes
// any set of its own issues in one joint step, each change allowed by the issue's direction; patterns in
// `infeasible` do not exist, whatever matches a pattern in `merged` is one state. *Explicit form* (`states`
// not empty): numbers are the file's own, and the arcs stand as they are, completed by nothing.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "expression/formula.hpp"

namespace parley::stability {

using State = std::uint32_t;  ///< position of a state among all states, ascending number (or file order)
using Rank = std::uint32_t;   ///< 0 is best; equal ranks tie

/// Which changes of an issue its owner can make.
enum class Direction : std::uint8_t { both, up, down };

struct Issue {
  std::string name;
  int owner = -1;  ///< index of a decision maker; -1: nobody moves it
  int levels = 2;
  Direction direction = Direction::both;
};

struct Literal {
  int issue = 0, level = 0;
};
using Pattern =
    std::vector<Literal>;  ///< holds where every literal does; issues that are not named: any level

/// A state of the explicit form.
struct ExplicitState {
  long long number = 0;  ///< the file's own, distinct
  std::string label;
  std::vector<int> levels;  ///< one for each issue, -1 = not defined (every literal on it fails); or empty
};

struct Arc {
  State from = 0, to = 0;
};

/// What one decision maker prefers. One of `ranks`, `statements`, or neither (every state ties).
struct Preference {
  std::vector<Rank> ranks;  ///< one for each state
  /// Option prioritisation: the most important first, compared lexicographically, any number of them. A
  /// formula's variables are issues.
  std::vector<expression::Formula> statements;
  /// Strength (Hamouda, Kilgour and Hipel 2004): t >> s where t > s and the bands differ. Empty: no t >> s. A
  /// band never falls as the rank rises.
  std::vector<Rank> bands;
  /// Unknown (Li, Hipel, Kilgour and Fang 2004): pairs of states, either way round.
  std::vector<std::pair<State, State>> unknown;
  /// Further rankings that may be the true one: pairs on which they and `ranks` disagree are unknown.
  std::vector<std::vector<Rank>> readings;

  /// Is every pair known?
  [[nodiscard]] bool complete() const { return unknown.empty() && readings.empty(); }
};

/// What one decision maker takes another's preferences to be: complete, one rank for each state.
struct Belief {
  std::size_t by = 0, of = 0;
  std::vector<Rank> ranks;
};

struct GraphGame {
  std::vector<std::string> decision_makers;
  std::vector<Issue> issues;  ///< may be empty in explicit form
  std::vector<Pattern> infeasible, merged;
  std::vector<ExplicitState> states;
  std::vector<std::vector<Arc>> moves;  ///< explicit form: of each decision maker, no loops
  std::vector<Preference> preferences;  ///< of each decision maker; counts refer to the feasible states
  /// States (by number) that a decision maker does not perceive: all its moves from and to them fall away.
  std::vector<std::vector<long long>> not_perceived;  ///< of each decision maker, or empty
  std::vector<Belief> beliefs;                        ///< where they are not what `preferences` says
  long long status_quo = -1;                          ///< number of a state, where known
  bool has_status_quo = false;

  [[nodiscard]] bool option_form() const { return states.empty(); }
};

// Limits, each an error that names it.
inline constexpr std::size_t kMostDecisionMakers = 32;
inline constexpr std::size_t kMostIssues = 62;
inline constexpr std::uint64_t kMostStates = std::uint64_t{1} << 24;  ///< feasible ones
inline constexpr std::uint64_t kMostArcs = std::uint64_t{1} << 26;    ///< where arcs must be stored
inline constexpr std::uint64_t kMostSearch = std::uint64_t{1}
                                             << 27;  ///< steps of looking for feasible states

}  // namespace parley::stability
