// SPDX-License-Identifier: MIT
// What is stable whatever the preferences are, where only some comparisons are known: bounds from both sides.
//
// Under the extensions of Li, Hipel, Kilgour and Fang (2004) the others' credible replies may pass through
// comparisons that are unknown, so that what is SEQ-stable under extension (a) need not be stable under every
// completion of the preferences. Here `always` counts a credible reply only if every step of it is an
// improvement for certain, and `never` counts every reply that may be one. So, for every complete weak order
// that agrees with what is known: what is in `always` is stable, and what is not in `possibly` is not.
// Moves may be open as well (a body that must agree, and of which nobody knows whether it does): then a
// temptation and an escape count where the move may be there, and a reply where it is there for certain, for
// `always`; the other way round for `possibly`.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "stability/bits.hpp"
#include "stability/graph.hpp"
#include "stability/individual.hpp"
#include "stability/reach.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

/// What is known of one decision maker's preferences, a set of states for each state s. Both are meant to be
/// disjoint, and s itself is never better.
struct Comparisons {
  std::vector<Bits> better;      ///< certainly better than s
  std::vector<Bits> not_better;  ///< certainly not better than s
};

struct Bounds {
  /// [concept][mover]: stable under every completion; under some completion, perhaps.
  std::array<std::vector<Bits>, kConcepts> always, possibly;
};

inline constexpr std::size_t kMostBoundedStates = 2'048;

/// One graph, many sets of comparisons (the worlds of an account in which somebody's preferences are open):
/// what does not hang on preferences is worked out once. `solve` may be called by several threads.
class BoundSolver {
 public:
  /// Nothing: more than kMostBoundedStates, a limit of reach.hpp, or stopped. The graphs must outlive it.
  /// `sure`: the moves of `graph` that are there for certain, of the same movers; null: all of them.
  [[nodiscard]] static std::optional<BoundSolver> make(const Graph& graph, std::vector<Members> movers,
                                                       const ConceptSet& concepts, const Watch& watch = {},
                                                       const Graph* sure = nullptr);
  /// Concepts that were not asked for have no entries. Nothing: a limit of reach.hpp, or stopped.
  [[nodiscard]] std::optional<Bounds> solve(const std::vector<Comparisons>& known,
                                            const Watch& watch = {}) const;

 private:
  friend class Bounder;
  BoundSolver(const Graph& graph, const Graph* sure, std::vector<Members> movers, const ConceptSet& concepts)
      : graph_(graph), sure_(sure), movers_(std::move(movers)), concepts_(concepts) {}
  /// What movers without a member of mover k reach by these moves.
  [[nodiscard]] std::optional<Reach> strangers(std::size_t k, const std::vector<Arcs>& arcs,
                                               const Watch& watch) const;

  [[nodiscard]] bool keep_moves(const Graph& graph, const Watch& watch);
  /// Of moves that are there for certain, or of all that may be.
  [[nodiscard]] const Graph& moves(bool sure) const { return sure && sure_ != nullptr ? *sure_ : graph_; }
  [[nodiscard]] std::size_t kept(bool sure) const { return sure && sure_ != nullptr ? 1 : 0; }

  const Graph& graph_;
  const Graph* sure_;
  std::vector<Members> movers_;
  ConceptSet concepts_;
  /// Of all moves that may be, then of those that are there for certain, where the two differ.
  std::vector<std::vector<std::optional<Reach>>> replies_;  ///< of each mover, by moves of the others
  std::vector<std::vector<std::vector<Bits>>>
      moves_;  ///< [mover][state], where a symmetric form was asked for
};

/// All concepts of one set of comparisons. Movers as in ArcSolver. Nothing: more than kMostBoundedStates, a
/// limit of reach.hpp, or stopped.
[[nodiscard]] std::optional<Bounds> stable_bounds(const Graph& graph, const std::vector<Members>& movers,
                                                  const std::vector<Comparisons>& known,
                                                  const Watch& watch = {}, const Graph* sure = nullptr);

}  // namespace parley::stability
