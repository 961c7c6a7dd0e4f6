// SPDX-License-Identifier: MIT
#include "stability/coalition.hpp"

#include <algorithm>
#include <bit>

#include "stability/reach.hpp"

namespace parley::stability {
namespace {

/// What a coalition reaches from each state.
class Moves {
 public:
  static std::optional<Moves> make(const Graph& graph, Coalition group, const Watch& watch) {
    Moves moves;
    std::vector<const Arcs*> members;
    for (std::size_t i = 0; i < graph.decision_makers(); ++i)
      if ((group >> i & 1U) != 0) members.push_back(&graph.out[i]);
    moves.reach_ = Reach::make(graph.states, members, watch);  // of one member: its single moves
    if (!moves.reach_) return std::nullopt;
    return moves;
  }
  [[nodiscard]] const Bits& from(State s) const { return reach_->from(s); }

 private:
  std::optional<Reach> reach_;
};

/// States that every member of the group prefers to s.
Bits gains(const std::vector<Relation>& relations, Coalition group, State s, std::size_t states) {
  Bits all(states, true);
  Relation::View view;
  for (; group != 0; group &= group - 1) {
    relations[static_cast<std::size_t>(std::countr_zero(group))].view(s, view);
    all &= view.better;
  }
  return all;
}

class Solver {
 public:
  Solver(const Graph& graph, const std::vector<Relation>& relations,
         const std::array<bool, kCoalitionConcepts>& concepts, const Watch& watch)
      : graph_(graph),
        relations_(relations),
        concepts_(concepts),
        watch_(watch),
        everybody_((Coalition{1} << graph.decision_makers()) - 1) {}

  std::optional<CoalitionAnswer> run() {
    if (concepts_[3] && !find_improvements()) return std::nullopt;
    CoalitionAnswer answer;
    for (std::size_t c = 0; c < kCoalitionConcepts; ++c)
      if (concepts_[c]) answer.stable[c].assign(graph_.decision_makers(), Bits(graph_.states, true));
    for (Coalition group = 1; group <= everybody_; ++group) {
      if (!judge(group, answer)) return std::nullopt;
      if (watch_.progress) watch_.progress(static_cast<double>(group) / everybody_);
    }
    return answer;
  }

 private:
  bool find_improvements();
  bool judge(Coalition group, CoalitionAnswer& answer);

  const Graph& graph_;
  const std::vector<Relation>& relations_;
  const std::array<bool, kCoalitionConcepts>& concepts_;
  const Watch& watch_;
  Coalition everybody_;
  std::vector<Arcs> improvements_;  // of each coalition
};

bool Solver::find_improvements() {
  improvements_.resize(std::size_t{everybody_} + 1);
  std::size_t total = 0;
  for (Coalition group = 1; group <= everybody_; ++group) {
    const auto moves = Moves::make(graph_, group, watch_);
    if (!moves) return false;
    Arcs& arcs = improvements_[group];
    arcs.begin.assign(1, 0);
    for (State s = 0; s < graph_.states; ++s) {
      Bits better = gains(relations_, group, s, graph_.states);
      better &= moves->from(s);
      better.for_each([&](State t) { arcs.to.push_back(t); });
      arcs.begin.push_back(static_cast<std::uint32_t>(arcs.to.size()));
    }
    total += arcs.to.size();
    if (total > kMostArcs) return false;
  }
  return true;
}

bool Solver::judge(Coalition group, CoalitionAnswer& answer) {
  const Coalition others = everybody_ & ~group;
  const auto own = Moves::make(graph_, group, watch_);
  if (!own) return false;
  std::optional<Moves> replies;
  std::optional<Reach> credible;
  if (others != 0 && (concepts_[1] || concepts_[2])) {
    replies = Moves::make(graph_, others, watch_);
    if (!replies) return false;
  }
  if (others != 0 && concepts_[3]) {
    std::vector<const Arcs*> movers;
    for (Coalition part = others; part != 0; part = (part - 1) & others)
      movers.push_back(&improvements_[part]);
    credible = Reach::make(graph_.states, movers, watch_);
    if (!credible) return false;
  }
  std::array<Bits, kCoalitionConcepts> stable;
  stable.fill(Bits(graph_.states, true));
  for (State s = 0; s < graph_.states; ++s) {
    if (s % 256 == 0 && watch_.stop()) return false;
    const Bits gain = gains(relations_, group, s, graph_.states);
    Bits tempting = gain, deterring = gain;
    tempting &= own->from(s);
    deterring.flip();
    Bits lasting;
    if (concepts_[2] && others != 0 && tempting.any()) {
      lasting = deterring;
      deterring.for_each([&](State y) {
        if (own->from(y).meets(gain)) lasting.remove(y);
      });
    }
    tempting.for_each([&](State x) {
      stable[0].remove(s);
      if (others == 0 || (replies && !replies->from(x).meets(deterring))) stable[1].remove(s);
      if (others == 0 || (concepts_[2] && !replies->from(x).meets(lasting))) stable[2].remove(s);
      if (others == 0 || (credible && !credible->from(x).meets(deterring))) stable[3].remove(s);
    });
  }
  for (std::size_t c = 0; c < kCoalitionConcepts; ++c) {
    if (!concepts_[c]) continue;
    for (std::size_t i = 0; i < graph_.decision_makers(); ++i)
      if ((group >> i & 1U) != 0) answer.stable[c][i] &= stable[c];
    answer.by_coalition[c].push_back(std::move(stable[c]));
  }
  return true;
}

}  // namespace

std::optional<CoalitionAnswer> coalition_stable(const Graph& graph, const std::vector<Relation>& relations,
                                                const std::array<bool, kCoalitionConcepts>& concepts,
                                                const Watch& watch) {
  if (graph.decision_makers() > kMostCoalitionMembers || graph.states > kMostCoalitionStates)
    return std::nullopt;
  return Solver(graph, relations, concepts, watch).run();
}

std::vector<Jump> equilibrium_jumps(const Graph& graph, const std::vector<Relation>& relations,
                                    const Bits& equilibria, std::size_t limit, const Watch& watch) {
  std::vector<Jump> jumps;
  if (graph.decision_makers() > kMostCoalitionMembers || graph.states > kMostCoalitionStates) return jumps;
  std::vector<Coalition> groups;
  for (Coalition group = 1; group >> graph.decision_makers() == 0; ++group)
    if (std::popcount(group) > 1) groups.push_back(group);
  std::stable_sort(groups.begin(), groups.end(),
                   [](Coalition a, Coalition b) { return std::popcount(a) < std::popcount(b); });
  for (const Coalition group : groups) {
    const auto moves = Moves::make(graph, group, watch);
    if (!moves) return jumps;
    equilibria.for_each([&](State s) {
      Bits targets = gains(relations, group, s, graph.states);
      targets &= moves->from(s);
      targets &= equilibria;
      targets.for_each([&](State t) {
        const bool smaller = std::any_of(jumps.begin(), jumps.end(), [&](const Jump& jump) {
          return jump.from == s && jump.to == t && (jump.coalition & ~group) == 0;
        });
        if (!smaller && jumps.size() < limit) jumps.push_back({s, t, group});
      });
    });
  }
  return jumps;
}

}  // namespace parley::stability
