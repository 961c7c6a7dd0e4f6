// SPDX-License-Identifier: MIT
// Coalition stability (Inohara and Hipel 2008) over all non-empty coalitions, and equilibrium jumps (Kilgour,
// Hipel, Fang and Peng 2001).
//
// A coalition H moves by legal sequences of its members; t is an improvement from s where every member
// prefers t to s (states on the way do not count). A reply deters H where some member does not prefer it to
// s.
//   CNash  no improvement                    CGMR  each is deterred by a sequence of the others
//   CSMR   and no sequence of H leads out    CSEQ  deterred by coalition improvements of the others' own
//                                                  sub-coalitions, none twice in a row
// Where nobody is left outside H there is no sanction. With joint movers (individual.hpp) H moves by those
// whose members all belong to it, and so do the others.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"
#include "stability/reach.hpp"
#include "stability/relation.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

enum class CoalitionConcept : std::uint8_t { cnash, cgmr, csmr, cseq };
inline constexpr std::size_t kCoalitionConcepts = 4;
using Coalition = Members;  ///< a set of decision makers, one bit each
using CoalitionConcepts = std::array<bool, kCoalitionConcepts>;

inline constexpr std::size_t kMostCoalitionMembers = 8;  ///< decision makers, so 255 coalitions
inline constexpr std::size_t kMostCoalitionStates = std::size_t{1} << 13;
inline constexpr std::size_t kMostKeptReachBytes = std::size_t{1} << 28;  ///< what coalitions reach, kept

struct CoalitionAnswer {
  /// stable[concept][i]: stable for every coalition that i belongs to.
  std::array<std::vector<Bits>, kCoalitionConcepts> stable;
  /// by_coalition[concept][H - 1]
  std::array<std::vector<Bits>, kCoalitionConcepts> by_coalition;
};

/// One graph, many preferences: what coalitions reach is found once and kept, up to kMostKeptReachBytes (and
/// found anew beyond). `solve` may be called by several threads.
class CoalitionSolver {
 public:
  /// Nothing: a limit above or of reach.hpp, or stopped. `movers`: whose arcs each of the graph's are.
  [[nodiscard]] static std::optional<CoalitionSolver> make(const Graph& graph, std::vector<Members> movers,
                                                           std::size_t decision_makers,
                                                           const Watch& watch = {});
  /// `better[i][s]`: states that i prefers to s. Nothing: a limit, or stopped.
  [[nodiscard]] std::optional<CoalitionAnswer> solve(const std::vector<std::vector<Bits>>& better,
                                                     const CoalitionConcepts& concepts,
                                                     const Watch& watch = {}) const;
  /// The same where somebody's preferences are open: `own` is what those who are judged prefer, `others` what
  /// those who answer them do. With all that may be better and only what surely is, what is stable is stable
  /// whatever the open preferences are; the other way round, what is not stable is not, whatever they are.
  [[nodiscard]] std::optional<CoalitionAnswer> solve(const std::vector<std::vector<Bits>>& own,
                                                     const std::vector<std::vector<Bits>>& others,
                                                     const CoalitionConcepts& concepts,
                                                     const Watch& watch = {}) const;

 private:
  CoalitionSolver(const Graph& graph, std::vector<Members> movers, std::size_t decision_makers)
      : graph_(graph),
        movers_(std::move(movers)),
        decision_makers_(decision_makers),
        everybody_((Coalition{1} << decision_makers) - 1),
        kept_(std::size_t{everybody_} + 1) {}
  [[nodiscard]] std::shared_ptr<const Reach> reach(Coalition group, const Watch& watch) const;
  [[nodiscard]] bool find_improvements(const std::vector<std::vector<Bits>>& better,
                                       std::vector<Arcs>& improvements, const Watch& watch) const;
  [[nodiscard]] bool judge(Coalition group, const std::vector<std::vector<Bits>>& better,
                           const std::vector<Arcs>& improvements, const CoalitionConcepts& concepts,
                           const Watch& watch, CoalitionAnswer& answer) const;

  const Graph& graph_;
  std::vector<Members> movers_;
  std::size_t decision_makers_;
  Coalition everybody_;
  std::vector<std::shared_ptr<const Reach>> kept_;  ///< of each coalition, or null
};

/// The states that are better than each, of one ranking.
[[nodiscard]] std::vector<Bits> better_than(const std::vector<Rank>& ranks);

/// Nothing: a limit above or of reach.hpp, or stopped. Unknown preferences are no improvements here.
[[nodiscard]] std::optional<CoalitionAnswer> coalition_stable(const Graph& graph,
                                                              const std::vector<Relation>& relations,
                                                              const CoalitionConcepts& concepts,
                                                              const Watch& watch = {});

/// From an equilibrium, a coalition can go to another one that all its members prefer.
struct Jump {
  State from = 0, to = 0;
  Coalition coalition = 0;
};
/// Jumps of coalitions with two members or more, each a coalition of which no part could jump so; at most
/// `limit`.
[[nodiscard]] std::vector<Jump> equilibrium_jumps(const Graph& graph, const std::vector<Relation>& relations,
                                                  const Bits& equilibria, std::size_t limit,
                                                  const Watch& watch = {});

}  // namespace parley::stability
