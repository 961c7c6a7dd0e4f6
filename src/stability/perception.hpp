// SPDX-License-Identifier: MIT
// Misperception: each decision maker analyses the conflict that it perceives, with its own graph and what it
// believes of the others' preferences, and acts on that (a first-level hypergame: Bennett 1977; Fraser and
// Hipel 1984; in the graph model Aljefri, Bashar, Fang and Hipel 2018).
//
// All views share the states of the whole. A state that a view lacks has no move in it, from or to; whoever
// does not perceive a state cannot leave it. A single mover judges by its own view. A joint mover leaves only
// where each of its members, by its own view, sees that the move is worth it.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"
#include "stability/space.hpp"

namespace parley::stability {

/// The conflict as one decision maker takes it to be.
struct View {
  Graph graph;     ///< of the same movers; moves only between states that it perceives
  Rankings ranks;  ///< its own preferences, and what it believes of the others'
  Bits seen;       ///< the states that it perceives
};

/// What each takes to be stable, what holds, and where the two part.
struct Perception {
  using PerConcept = std::array<std::vector<Bits>, kConcepts>;
  PerConcept looks;   ///< [concept][viewer]: perceived states that it takes to be equilibria
  PerConcept acts;    ///< [concept][mover]: states that the mover stays in, each member by its own view
  PerConcept should;  ///< [concept][mover]: states that it would stay in, if everybody knew the truth
  std::array<Bits, kConcepts> holds;     ///< states that nobody leaves, each by its own view
  std::array<Bits, kConcepts> informed;  ///< equilibria, if everybody knew the truth

  /// States that look like an equilibrium to the viewer and that somebody leaves all the same.
  [[nodiscard]] Bits surprises(Concept named, std::size_t viewer) const;
  /// States that hold, against what the viewer expects: it perceives no equilibrium there.
  [[nodiscard]] Bits unexpected(Concept named, std::size_t viewer) const;
  /// States that the mover leaves, and would not if everybody knew the truth; and the other way round.
  [[nodiscard]] Bits rash(Concept named, std::size_t mover) const;
  [[nodiscard]] Bits held_back(Concept named, std::size_t mover) const;
};

/// Puts views together. `by_view`: of each decision maker its view, solved for all movers; `seen` likewise;
/// `truth`: the conflict as it is, solved. A concept that not all were solved for is left empty.
[[nodiscard]] Perception put_together(const std::vector<Individual>& by_view, const std::vector<Bits>& seen,
                                      const Individual& truth, const std::vector<Members>& movers);

/// The views of a game in which rows say what is not perceived, or what somebody believes of another's
/// preferences; empty where they say nothing of the kind. `ranks`: the true ones.
[[nodiscard]] std::vector<View> views_of(const GraphGame& game, const Space& space, const Rankings& ranks);

/// Solves the truth and every view. Nothing: more moves than can be stored, or stopped.
[[nodiscard]] std::optional<Perception> perceive(const GraphGame& game, const Space& space,
                                                 const Rankings& ranks, const std::vector<View>& views,
                                                 const Watch& watch = {});

}  // namespace parley::stability
