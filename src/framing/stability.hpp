// SPDX-License-Identifier: MIT
// Framing for the stability lens: from an account to graph games (docs/methods/stability.md, "From an
// account"). Each game has the issues of one focus as its states; who moves what, and what each decision
// maker's utilities are made of, is read by the same rules as for deals.
#pragma once
#include <string>
#include <vector>

#include "deals/ensemble.hpp"
#include "framing/deals.hpp"
#include "stability/individual.hpp"
#include "stability/problem.hpp"

namespace parley::framing {

struct StabilityOptions {
  std::vector<std::string> focus;  ///< variables; empty: chosen by the rule
  bool nature_moves = false;       ///< issues that nobody decides: a mover to whom all states are alike
};

struct FocusIssue {
  int variable = -1;
  std::string id;
  std::vector<std::string> movers;  ///< who decides it, together
  std::string why;                  ///< why it is in the focus
  std::vector<std::string> rows;    ///< the rows that brought it in
};

struct LeftOut {
  std::string id, why;
};

/// A row that takes states or moves away.
struct Barred {
  std::string row;
  std::size_t states = 0, moves = 0;
};

/// One decision maker. Where it signs at the game's talks its stakes there (`core`) have the weights and
/// values that the deals lens draws for it in the same world; what else it cares about here is `extra`, whose
/// total weight is drawn beside them.
struct Player {
  std::string id;
  deals::OrdinalParty core, extra;           ///< either may have no stakes
  std::vector<int> variables;                ///< of core's stakes, then of extra's
  std::vector<std::pair<int, int>> heavier;  ///< orders of weight that join core and extra, as union indices
  int party = -1;                            ///< index among the talks' parties; -1: does not sign there
  std::vector<bool> said;                    ///< of each stake: some row says what it wants of it
  /// States differ for it, and on nothing in which they differ does a row say what it wants: its preferences
  /// are open, and nothing here is drawn for it.
  bool silent = false;
};

/// A part that must ratify joint moves of its side (rule 9): those that change an issue of the focus that it
/// ratifies. It moves nothing itself.
struct GameRatifier {
  std::string id, of;
  std::string name;         ///< with its side
  std::vector<int> issues;  ///< places in the focus
  bool limits = false;      ///< it has a stated limit about the focus, by which moves are barred
  /// Its place in `voices`: rows say what it wants, and it agrees to no move that leads to what it ranks
  /// lower than where the move starts. -1: no row does.
  int voice = -1;
  /// Of `issues`, where neither holds, those to which no row says that it is indifferent: its consent to what
  /// moves them stays open.
  std::vector<int> open;
  std::size_t undecided = 0;  ///< joint moves to which its rows leave its consent open
};

/// A commitment about the focus that the sides do not all trust alike. It is a move, and not carried out by
/// itself; but who takes it to be kept takes its maker to prefer what keeps it to what breaks it.
struct Pledge {
  std::string row;
  std::size_t maker = 0;
  /// Per decision maker: how likely it takes the commitment to be kept (the maker: means to keep it), and
  /// what says so; those whose belief comes from the same value have the same belief in every world.
  std::vector<expression::Interval> kept;
  std::vector<std::string> source;
};

/// How what is unknown and discrete is settled, and what every state is worth knowing under it.
struct GameSettlement {
  std::string words;
  int now = -1;  ///< the present state; -1: it is among those that cannot be
  /// Per state: the chances that it triggers and, per subset carried out, [player][stake] levels.
  std::vector<deals::Case> states;
  std::vector<std::vector<bool>> broken;  ///< [pledge][state]: it is due there, and not carried out
};

struct AccountGame {
  std::string talks;  ///< whose utilities the signatories have; empty: none of the focus is on a table
  std::vector<FocusIssue> focus;
  std::vector<LeftOut> left_out;
  std::vector<std::string> decision_makers;
  std::vector<Player> players;  ///< parallel to decision_makers
  std::vector<GameRatifier> ratifiers;
  std::vector<Player>
      voices;  ///< ratifiers with stated wishes; in cases and chances they stand behind players
  std::vector<stability::Members> movers;  ///< each decision maker, then each set that settles something
  std::vector<std::string> mover_names;    ///< "us", "us+iran"
  account::Names names;                    ///< of the decision makers
  /// Explicit form: decision makers are the movers; states carry the levels of the focus, numbered in mixed
  /// radix, the first issue least significant. No preferences: they come from worlds.
  stability::GraphGame graph;
  std::vector<Barred> barred;
  /// Per mover: of its moves those that a ratifier may or may not agree to. They are in the graph; what is
  /// proved holds with them and without.
  std::vector<std::vector<stability::Arc>> open_moves;
  std::vector<deals::Chance> chances;  ///< believed per player
  std::vector<Pledge> pledges;
  std::size_t resolutions = 1;  ///< of the talks; settlements are resolution times further ways
  std::vector<GameSettlement> settlements;
  bool all_settlements = true;  ///< false: a sample; nothing is then proved
  std::vector<Silence> silent;
  std::vector<DefaultRow> defaults;
  std::vector<Clash> clashes;
  std::vector<Unread> unread;
  std::vector<std::string> used_rows;  ///< sorted
  std::string too_large;               ///< a sentence, where a limit was passed: the rest is then empty

  [[nodiscard]] std::size_t ways() const { return settlements.size() / resolutions; }
};

/// Precondition: `tables` are the talks of the situation, framed. Every name in the focus is a variable that
/// somebody decides (or nobody, with `nature_moves`). With a focus one game; otherwise one for each group of
/// issues that hang together, those on a table first.
[[nodiscard]] std::vector<AccountGame> frame_stability(const Situation& situation,
                                                       const std::vector<const Framed*>& tables,
                                                       const StabilityOptions& options);

/// What is wrong with a focus; "" where nothing is.
[[nodiscard]] std::string wrong_focus(const Situation& situation, const StabilityOptions& options);

}  // namespace parley::framing
