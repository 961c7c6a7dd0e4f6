// SPDX-License-Identifier: MIT
#include "stability/coalition.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace parley::stability {
namespace {

/// States that every member of the group prefers to s.
Bits gains(const std::vector<std::vector<Bits>>& better, Coalition group, State s, std::size_t states) {
  Bits all(states, true);
  for (; group != 0; group &= group - 1) all &= better[static_cast<std::size_t>(std::countr_zero(group))][s];
  return all;
}

/// Does the group reach a state that every member of it prefers to s?
bool tempted(const std::vector<std::vector<Bits>>& better, Coalition group, State s, const Bits& reached) {
  for (std::size_t w = 0; w < reached.words().size(); ++w) {
    std::uint64_t word = reached.words()[w];
    for (Coalition rest = group; rest != 0 && word != 0; rest &= rest - 1)
      word &= better[static_cast<std::size_t>(std::countr_zero(rest))][s].words()[w];
    if (word != 0) return true;
  }
  return false;
}

std::vector<std::vector<Bits>> better_of(const std::vector<Relation>& relations, std::size_t states) {
  std::vector<std::vector<Bits>> better(relations.size());
  Relation::View view;
  for (std::size_t i = 0; i < relations.size(); ++i)
    for (State s = 0; s < states; ++s) {
      relations[i].view(s, view);
      better[i].push_back(view.better);
    }
  return better;
}

bool too_large(const Graph& graph, std::size_t decision_makers) {
  return decision_makers > kMostCoalitionMembers || graph.states > kMostCoalitionStates;
}

}  // namespace

std::vector<Bits> better_than(const std::vector<Rank>& ranks) {
  std::vector<State> order(ranks.size());
  std::iota(order.begin(), order.end(), State{0});
  std::sort(order.begin(), order.end(), [&](State a, State b) { return ranks[a] < ranks[b]; });
  std::vector<Bits> better(ranks.size());
  Bits above(ranks.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && ranks[order[to]] == ranks[order[from]]) better[order[to++]] = above;
    for (std::size_t n = from; n < to; ++n) above.add(order[n]);
  }
  return better;
}

std::shared_ptr<const Reach> CoalitionSolver::reach(Coalition group, const Watch& watch) const {
  if (kept_[group]) return kept_[group];
  std::vector<const Arcs*> arcs;
  for (std::size_t k = 0; k < movers_.size(); ++k)
    if ((movers_[k] & ~group) == 0) arcs.push_back(&graph_.out[k]);
  auto made = Reach::make(graph_.states, arcs, watch);  // of one mover: its single moves
  return made ? std::make_shared<const Reach>(std::move(*made)) : nullptr;
}

std::optional<CoalitionSolver> CoalitionSolver::make(const Graph& graph, std::vector<Members> movers,
                                                     std::size_t decision_makers, const Watch& watch) {
  if (too_large(graph, decision_makers)) return std::nullopt;
  CoalitionSolver solver(graph, std::move(movers), decision_makers);
  std::size_t bytes = 0;
  for (Coalition group = 1; group <= solver.everybody_; ++group) {
    auto reach = solver.reach(group, watch);
    if (!reach) return std::nullopt;
    bytes += reach->bytes();
    if (bytes > kMostKeptReachBytes) break;
    solver.kept_[group] = std::move(reach);
  }
  return solver;
}

bool CoalitionSolver::find_improvements(const std::vector<std::vector<Bits>>& better,
                                        std::vector<Arcs>& improvements, const Watch& watch) const {
  improvements.resize(std::size_t{everybody_} + 1);
  std::size_t total = 0;
  for (Coalition group = 1; group <= everybody_; ++group) {
    const auto moves = reach(group, watch);
    if (!moves) return false;
    Arcs& arcs = improvements[group];
    arcs.begin.assign(1, 0);
    for (State s = 0; s < graph_.states; ++s) {
      Bits gain = gains(better, group, s, graph_.states);
      gain &= moves->from(s);
      gain.for_each([&](State t) { arcs.to.push_back(t); });
      arcs.begin.push_back(static_cast<std::uint32_t>(arcs.to.size()));
    }
    total += arcs.to.size();
    if (total > kMostArcs) return false;
  }
  return true;
}

bool CoalitionSolver::judge(Coalition group, const std::vector<std::vector<Bits>>& better,
                            const std::vector<Arcs>& improvements, const CoalitionConcepts& concepts,
                            const Watch& watch, CoalitionAnswer& answer) const {
  const Coalition others = everybody_ & ~group;
  const auto own = reach(group, watch);
  if (!own) return false;
  std::shared_ptr<const Reach> replies;
  std::optional<Reach> credible;
  if (others != 0 && (concepts[1] || concepts[2])) {
    replies = reach(others, watch);
    if (!replies) return false;
  }
  if (others != 0 && concepts[3]) {
    std::vector<const Arcs*> parts;
    for (Coalition part = others; part != 0; part = (part - 1) & others) parts.push_back(&improvements[part]);
    credible = Reach::make(graph_.states, parts, watch);
    if (!credible) return false;
  }
  const bool only_nash = !concepts[1] && !concepts[2] && !concepts[3];
  std::array<Bits, kCoalitionConcepts> stable;
  stable.fill(Bits(graph_.states, true));
  for (State s = 0; s < graph_.states; ++s) {
    if (s % 256 == 0 && watch.stop()) return false;
    if (!tempted(better, group, s, own->from(s))) continue;
    stable[0].remove(s);
    if (only_nash) continue;
    const Bits gain = gains(better, group, s, graph_.states);
    Bits tempting = gain, deterring = gain;
    tempting &= own->from(s);
    deterring.flip();
    Bits lasting;  // of the replies that were looked at: those that no sequence of the group leads out of
    if (concepts[2] && others != 0) {
      Bits replied(graph_.states);
      tempting.for_each([&](State x) { replied |= replies->from(x); });
      replied &= deterring;
      lasting = replied;
      replied.for_each([&](State y) {
        if (own->from(y).meets(gain)) lasting.remove(y);
      });
    }
    tempting.for_each([&](State x) {
      if (others == 0 || (replies && !replies->from(x).meets(deterring))) stable[1].remove(s);
      if (others == 0 || (concepts[2] && !replies->from(x).meets(lasting))) stable[2].remove(s);
      if (others == 0 || (credible && !credible->from(x).meets(deterring))) stable[3].remove(s);
    });
  }
  for (std::size_t c = 0; c < kCoalitionConcepts; ++c) {
    if (!concepts[c]) continue;
    for (std::size_t i = 0; i < decision_makers_; ++i)
      if ((group >> i & 1U) != 0) answer.stable[c][i] &= stable[c];
    answer.by_coalition[c].push_back(std::move(stable[c]));
  }
  return true;
}

std::optional<CoalitionAnswer> CoalitionSolver::solve(const std::vector<std::vector<Bits>>& better,
                                                      const CoalitionConcepts& concepts,
                                                      const Watch& watch) const {
  return solve(better, better, concepts, watch);
}

std::optional<CoalitionAnswer> CoalitionSolver::solve(const std::vector<std::vector<Bits>>& own,
                                                      const std::vector<std::vector<Bits>>& others,
                                                      const CoalitionConcepts& concepts,
                                                      const Watch& watch) const {
  std::vector<Arcs> improvements;
  if (concepts[3] && !find_improvements(others, improvements, watch)) return std::nullopt;
  CoalitionAnswer answer;
  for (std::size_t c = 0; c < kCoalitionConcepts; ++c)
    if (concepts[c]) answer.stable[c].assign(decision_makers_, Bits(graph_.states, true));
  for (Coalition group = 1; group <= everybody_; ++group) {
    if (!judge(group, own, improvements, concepts, watch, answer)) return std::nullopt;
    if (watch.progress) watch.progress(static_cast<double>(group) / everybody_);
  }
  return answer;
}

std::optional<CoalitionAnswer> coalition_stable(const Graph& graph, const std::vector<Relation>& relations,
                                                const CoalitionConcepts& concepts, const Watch& watch) {
  if (too_large(graph, graph.decision_makers())) return std::nullopt;
  const auto solver =
      CoalitionSolver::make(graph, one_each(graph.decision_makers()), graph.decision_makers(), watch);
  if (!solver) return std::nullopt;
  return solver->solve(better_of(relations, graph.states), concepts, watch);
}

std::vector<Jump> equilibrium_jumps(const Graph& graph, const std::vector<Relation>& relations,
                                    const Bits& equilibria, std::size_t limit, const Watch& watch) {
  std::vector<Jump> jumps;
  if (too_large(graph, graph.decision_makers())) return jumps;
  const auto better = better_of(relations, graph.states);
  std::vector<Coalition> groups;
  for (Coalition group = 1; group >> graph.decision_makers() == 0; ++group)
    if (std::popcount(group) > 1) groups.push_back(group);
  std::stable_sort(groups.begin(), groups.end(),
                   [](Coalition a, Coalition b) { return std::popcount(a) < std::popcount(b); });
  for (const Coalition group : groups) {
    std::vector<const Arcs*> members;
    for (std::size_t i = 0; i < graph.decision_makers(); ++i)
      if ((group >> i & 1U) != 0) members.push_back(&graph.out[i]);
    const auto moves = Reach::make(graph.states, members, watch);
    if (!moves) return jumps;
    equilibria.for_each([&](State s) {
      Bits targets = gains(better, group, s, graph.states);
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
