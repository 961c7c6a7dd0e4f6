// SPDX-License-Identifier: MIT
#include "stability/certain.hpp"

#include <algorithm>
#include <bit>

namespace parley::stability {
namespace {

/// Sets of states seen from one state s by the members of one mover.
struct Gains {
  Bits certain;   ///< every member certainly prefers them to s
  Bits possible;  ///< every member may prefer them to s
};

Gains gains_from(const std::vector<Comparisons>& known, Members members, State s, std::size_t states) {
  Gains gains{Bits(states, true), Bits(states)};
  for (Members left = members; left != 0; left &= left - 1) {
    const Comparisons& own = known[static_cast<std::size_t>(std::countr_zero(left))];
    gains.certain &= own.better[s];
    gains.possible |= own.not_better[s];
  }
  gains.possible.flip();
  gains.possible.remove(s);
  return gains;
}

bool is_symmetric(std::size_t named) {
  return named == static_cast<std::size_t>(Concept::smr) || named == static_cast<std::size_t>(Concept::ssym);
}

bool is_credible(std::size_t named) {
  return named == static_cast<std::size_t>(Concept::seq) || named == static_cast<std::size_t>(Concept::ssym);
}

}  // namespace

/// One set of comparisons.
class Bounder {
 public:
  Bounder(const BoundSolver& solver, const std::vector<Comparisons>& known, const Watch& watch)
      : solver_(solver), watch_(watch) {
    const Graph& graph = solver.graph_;
    for (const Members members : solver.movers_) {
      gains_.emplace_back();
      for (State s = 0; s < graph.states; ++s)
        gains_.back().push_back(gains_from(known, members, s, graph.states));
    }
    const ConceptSet& asked = solver.concepts_;
    if (!asked[static_cast<std::size_t>(Concept::seq)] && !asked[static_cast<std::size_t>(Concept::ssym)])
      return;
    for (const bool sure : {true, false})
      arcs_[sure ? 1 : 0] = arcs_where(solver.moves(sure), [&](std::size_t k, State s, State t) {
        return (sure ? gains_[k][s].certain : gains_[k][s].possible).has(t);
      });
  }

  bool bound(std::size_t k, Bounds& bounds) {
    for (const bool always : {true, false}) {
      std::optional<Reach> credible;
      for (std::size_t c = 0; c < kConcepts; ++c) {
        if (!solver_.concepts_[c]) continue;
        if (is_credible(c) && !credible) {
          credible = solver_.strangers(k, arcs_[always ? 1 : 0], watch_);
          if (!credible) return false;
        }
        const Reach* replies = is_credible(c) ? &*credible
                               : c == 0       ? nullptr
                                              : &*solver_.replies_[solver_.kept(always)][k];
        Bits stable(solver_.graph_.states);
        for (State s = 0; s < solver_.graph_.states; ++s)
          if (holds(k, s, always, is_symmetric(c), replies)) stable.add(s);
        (always ? bounds.always : bounds.possibly)[c].push_back(std::move(stable));
      }
      if (watch_.stop()) return false;
    }
    return true;
  }

 private:
  /// `always`: the worst that preferences may be for s; otherwise the best.
  bool holds(std::size_t k, State s, bool always, bool symmetric, const Reach* replies) {
    const Bits& gain = always ? gains_[k][s].possible : gains_[k][s].certain;
    tempting_.clear();
    for (const State x : solver_.moves(!always).out[k].of(s))
      if (gain.has(x)) tempting_.push_back(x);
    if (tempting_.empty()) return true;
    if (replies == nullptr) return false;
    Bits deters = gain;
    deters.flip();
    if (symmetric) {
      // Of the sanctions that answer anything: those that no single move of k leads out of.
      Bits answers(deters.size());
      for (const State x : tempting_) answers |= replies->from(x);
      deters &= answers;
      answers = deters;
      answers.for_each([&](State y) {
        if (solver_.moves_[solver_.kept(!always)][k][y].meets(gain)) deters.remove(y);
      });
    }
    return std::all_of(tempting_.begin(), tempting_.end(),
                       [&](State x) { return replies->from(x).meets(deters); });
  }

  const BoundSolver& solver_;
  const Watch& watch_;
  std::vector<std::vector<Gains>> gains_;  // [mover][state]
  std::array<std::vector<Arcs>, 2> arcs_;  // improvements: perhaps, for certain
  std::vector<State> tempting_;
};

std::optional<Reach> BoundSolver::strangers(std::size_t k, const std::vector<Arcs>& arcs,
                                            const Watch& watch) const {
  std::vector<const Arcs*> others;
  for (std::size_t j = 0; j < movers_.size(); ++j)
    if ((movers_[j] & movers_[k]) == 0) others.push_back(&arcs[j]);
  return Reach::make(graph_.states, others, watch);
}

bool BoundSolver::keep_moves(const Graph& graph, const Watch& watch) {
  replies_.emplace_back();
  moves_.emplace_back();
  const auto asked = [&](Concept named) { return concepts_[static_cast<std::size_t>(named)]; };
  for (std::size_t k = 0; k < movers_.size(); ++k) {
    if (asked(Concept::gmr) || asked(Concept::smr)) {
      replies_.back().push_back(strangers(k, graph.out, watch));
      if (!replies_.back().back()) return false;
    }
    if (!asked(Concept::smr) && !asked(Concept::ssym)) continue;
    moves_.back().emplace_back(graph.states, Bits(graph.states));
    for (State s = 0; s < graph.states; ++s)
      for (const State t : graph.out[k].of(s)) moves_.back().back()[s].add(t);
  }
  return true;
}

std::optional<BoundSolver> BoundSolver::make(const Graph& graph, std::vector<Members> movers,
                                             const ConceptSet& concepts, const Watch& watch,
                                             const Graph* sure) {
  if (graph.states > kMostBoundedStates) return std::nullopt;
  BoundSolver solver(graph, sure, std::move(movers), concepts);
  if (!solver.keep_moves(graph, watch)) return std::nullopt;
  if (sure != nullptr && !solver.keep_moves(*sure, watch)) return std::nullopt;
  return solver;
}

std::optional<Bounds> BoundSolver::solve(const std::vector<Comparisons>& known, const Watch& watch) const {
  Bounds bounds;
  Bounder bounder(*this, known, watch);
  for (std::size_t k = 0; k < movers_.size(); ++k)
    if (watch.stop() || !bounder.bound(k, bounds)) return std::nullopt;
  return bounds;
}

std::optional<Bounds> stable_bounds(const Graph& graph, const std::vector<Members>& movers,
                                    const std::vector<Comparisons>& known, const Watch& watch,
                                    const Graph* sure) {
  const auto solver = BoundSolver::make(graph, movers, kAllConcepts, watch, sure);
  return solver ? solver->solve(known, watch) : std::nullopt;
}

}  // namespace parley::stability
