// SPDX-License-Identifier: MIT
#include "stability/certain.hpp"

#include <algorithm>
#include <bit>

#include "stability/reach.hpp"

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

class Bounder {
 public:
  Bounder(const Graph& graph, const std::vector<Members>& movers, const std::vector<Comparisons>& known,
          const Watch& watch)
      : graph_(graph), movers_(movers), known_(known), watch_(watch) {
    for (const Members members : movers) {
      gains_.emplace_back();
      for (State s = 0; s < graph.states; ++s)
        gains_.back().push_back(gains_from(known, members, s, graph.states));
    }
    for (const bool sure : {true, false})
      arcs_[sure ? 1 : 0] = arcs_where(graph, [&](std::size_t k, State s, State t) {
        return (sure ? gains_[k][s].certain : gains_[k][s].possible).has(t);
      });
  }

  bool bound(std::size_t k, Bounds& bounds) {
    for (std::size_t c = 0; c < kConcepts; ++c) {
      const auto named = static_cast<Concept>(c);
      const bool credible = named == Concept::seq || named == Concept::ssym;
      const bool symmetric = named == Concept::smr || named == Concept::ssym;
      for (const bool always : {true, false}) {
        std::optional<Reach> replies;
        if (named != Concept::nash) {
          replies = reach(k, credible ? &arcs_[always ? 1 : 0] : &graph_.out);
          if (!replies) return false;
        }
        Bits stable(graph_.states);
        for (State s = 0; s < graph_.states; ++s)
          if (holds(k, s, always, symmetric, replies)) stable.add(s);
        (always ? bounds.always : bounds.possibly)[c].push_back(std::move(stable));
      }
    }
    return true;
  }

 private:
  std::optional<Reach> reach(std::size_t k, const std::vector<Arcs>* arcs) {
    std::vector<const Arcs*> others;
    for (std::size_t j = 0; j < movers_.size(); ++j)
      if ((movers_[j] & movers_[k]) == 0) others.push_back(&(*arcs)[j]);
    return Reach::make(graph_.states, others, watch_);
  }

  /// `always`: the worst that preferences may be for s; otherwise the best.
  bool holds(std::size_t k, State s, bool always, bool symmetric, const std::optional<Reach>& replies) {
    const Gains& gains = gains_[k][s];
    const Bits& tempting = always ? gains.possible : gains.certain;
    Bits deters = always ? gains.possible : gains.certain;
    deters.flip();
    if (symmetric) {
      Bits lasting = deters;
      deters.for_each([&](State y) {
        for (const State z : graph_.out[k].of(y))
          if (!deters.has(z)) {
            lasting.remove(y);
            break;
          }
      });
      deters = lasting;
    }
    const auto moves = graph_.out[k].of(s);
    return std::all_of(moves.begin(), moves.end(), [&](State x) {
      return !tempting.has(x) || (replies && replies->from(x).meets(deters));
    });
  }

  const Graph& graph_;
  const std::vector<Members>& movers_;
  const std::vector<Comparisons>& known_;
  const Watch& watch_;
  std::vector<std::vector<Gains>> gains_;  // [mover][state]
  std::array<std::vector<Arcs>, 2> arcs_;  // improvements: perhaps, for certain
};

}  // namespace

std::optional<Bounds> stable_bounds(const Graph& graph, const std::vector<Members>& movers,
                                    const std::vector<Comparisons>& known, const Watch& watch) {
  if (graph.states > kMostBoundedStates) return std::nullopt;
  Bounds bounds;
  Bounder bounder(graph, movers, known, watch);
  for (std::size_t k = 0; k < movers.size(); ++k)
    if (watch.stop() || !bounder.bound(k, bounds)) return std::nullopt;
  return bounds;
}

}  // namespace parley::stability
