// SPDX-License-Identifier: MIT
// Individual stability under complete weak orders: Nash, GMR, SMR, SEQ and symmetric sequential.
//
// A sanction only has to be "not better" than s, so the opponents' replies to x count through one number,
//   V_c(x) = max over the reply set of the rank (GMR, SEQ), or of e_i(y) = min(rank_i(y), min rank_i(R_i(y)))
//   (SMR, symmetric sequential),
// and s is c-stable for i iff no x in R_i^+(s) has V_c(x) < rank_i(s). V_c is found for all x at once: states
// in the order of their value, worst first, are flooded backwards over the opponents' moves (all of them, or
// only unilateral improvements), and what is reached for the first time gets that value. Each state is
// reached once, so the work is linear in states plus arcs.
// Definitions: Fang, Hipel and Kilgour (1993); symmetric sequential: Rego and Vieira (2017).
#pragma once
#include <array>
#include <vector>

#include "stability/bits.hpp"
#include "stability/graph.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

enum class Concept : std::uint8_t { nash, gmr, smr, seq, ssym };
inline constexpr std::size_t kConcepts = 5;
using ConceptSet = std::array<bool, kConcepts>;
inline constexpr ConceptSet kAllConcepts = {true, true, true, true, true};

using Rankings = std::vector<std::vector<Rank>>;  ///< of each decision maker, of each state; dense

/// Who may move without the others: one decision maker, or several who settle something only together. One
/// bit for each decision maker, at least one set.
using Members = std::uint32_t;

/// Every decision maker by itself: `count` sets of one.
[[nodiscard]] std::vector<Members> one_each(std::size_t count);

/// stable[concept][mover]; a concept that was not asked for, or not finished when `watch` stopped the work,
/// has no entries.
struct Individual {
  std::array<std::vector<Bits>, kConcepts> stable;
};

/// Any graph, transitive or not, also with *joint movers* (docs/methods/stability.md, "Joint moves"): a mover
/// H improves where every member does; the replies to it are those of movers that share no member with it; a
/// reply deters H where some member does not prefer it. Of single members these are the usual definitions.
/// For GMR and SEQ one flood for each member does; SMR and symmetric sequential need one for each state that
/// those leave open.
///
/// One decision maker a mover: a legal sequence never lets the same decision maker move twice in a row, and
/// what is flooded is the pair of a state and who moved last. Linear in states plus arcs for each decision
/// maker and concept. Keeps its work space, so that many preferences on one graph cost no allocation.
class ArcSolver {
 public:
  explicit ArcSolver(const Graph& graph);
  /// `movers`: whose arcs each of the graph's are; the graph's mover k is no longer decision maker k.
  ArcSolver(const Graph& graph, std::vector<Members> movers);
  /// Precondition: one dense rank for each decision maker and state.
  void solve(const Rankings& ranks, const ConceptSet& concepts, Individual& result, const Watch& watch = {});

 private:
  static constexpr std::size_t kJoint = SIZE_MAX;
  void order_by(const std::vector<Rank>& values);
  void flood(std::size_t focal, const Rankings& ranks, const std::vector<Rank>& values, bool improvements);
  void reach(State y, std::uint32_t movers, Rank value, std::size_t focal, const Rankings& ranks,
             bool improvements);
  void judge(std::size_t focal, const std::vector<Rank>& ranks, bool nash, Bits& stable) const;
  void escapes(std::size_t focal, const std::vector<Rank>& ranks);
  /// Who answers a mover where only one mover can: its replies are single moves. kJoint: none or several can.
  [[nodiscard]] std::size_t only_stranger(std::size_t focal) const;
  void answer_once(std::size_t stranger, const Rankings& ranks, const std::vector<Rank>& values,
                   bool improvements);
  void solve_alone(std::size_t mover, const Rankings& ranks, const ConceptSet& concepts, Individual& result);
  void solve_joint(std::size_t focal, const Rankings& ranks, const ConceptSet& concepts, Individual& result);
  [[nodiscard]] bool gains(std::size_t mover, const Rankings& ranks, State from, State to) const;
  [[nodiscard]] bool undeterred(std::size_t focal, const Rankings& ranks, State s,
                                const std::vector<std::vector<std::int64_t>>& values) const;
  bool lastingly_deterred(std::size_t focal, const Rankings& ranks, State s, bool improvements);

  const Graph& graph_;
  std::vector<Members> movers_;
  std::vector<std::uint32_t> strangers_;  ///< of each mover: movers without a member of it
  std::vector<std::size_t> alone_;        ///< the one member; kJoint where there are several
  std::vector<State> order_;
  std::vector<std::uint32_t> counts_;
  std::vector<Rank> escape_;
  std::vector<std::int64_t> value_;  ///< V(x); -1 where no opponent can move
  std::vector<std::uint32_t> seen_;  ///< who may have moved last, of the pairs that have their value
  std::vector<std::pair<State, std::uint32_t>> stack_;
};

}  // namespace parley::stability
