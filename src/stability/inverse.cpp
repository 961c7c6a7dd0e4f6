// SPDX-License-Identifier: MIT
#include "stability/inverse.hpp"

#include <algorithm>
#include <set>

#include "stability/reach.hpp"

namespace parley::stability {
namespace {

/// Replies to each x in R_i(e): sets of states that must all be in D for the reply to count.
using Replies = std::vector<std::vector<std::vector<State>>>;

std::vector<Arcs> improving_moves(const Graph& graph, const Rankings& ranks) {
  return arcs_where(graph, [&](std::size_t i, State s, State t) { return ranks[i][t] < ranks[i][s]; });
}

std::optional<Replies> replies_to(const Graph& graph, const Rankings& ranks, std::size_t dm, State wished,
                                  Concept named, const Watch& watch) {
  const bool credible = named == Concept::seq || named == Concept::ssym;
  const bool symmetric = named == Concept::smr || named == Concept::ssym;
  const std::vector<Arcs> wanted = credible ? improving_moves(graph, ranks) : std::vector<Arcs>();
  std::vector<const Arcs*> others;
  for (std::size_t j = 0; j < graph.decision_makers(); ++j)
    if (j != dm) others.push_back(credible ? &wanted[j] : &graph.out[j]);
  std::optional<Reach> reach;
  if (named != Concept::nash) {
    reach = Reach::make(graph.states, others, watch);
    if (!reach) return std::nullopt;
  }
  Replies replies;
  for (const State x : graph.out[dm].of(wished)) {
    replies.push_back({{x}});
    if (!reach) continue;
    reach->from(x).for_each([&](State y) {
      std::vector<State> needed{y};
      if (symmetric) needed.insert(needed.end(), graph.out[dm].of(y).begin(), graph.out[dm].of(y).end());
      std::erase(needed, wished);  // e is not better than itself
      std::sort(needed.begin(), needed.end());
      replies.back().push_back(std::move(needed));
    });
  }
  return replies;
}

/// Minimal sets that hold one alternative of each list.
logic::SetFamily minimal(const Replies& replies, std::vector<State>& elements, const Watch& watch) {
  std::set<State> named;
  for (const auto& alternatives : replies)
    for (const auto& needed : alternatives) named.insert(needed.begin(), needed.end());
  elements.assign(named.begin(), named.end());
  const auto place = [&](State s) {
    return static_cast<int>(std::lower_bound(elements.begin(), elements.end(), s) - elements.begin());
  };
  bool single = true;
  std::vector<logic::IndexSet> family;
  for (const auto& alternatives : replies) {
    logic::IndexSet any;
    bool free = false;
    for (const auto& needed : alternatives) {
      free = free || needed.empty();
      single = single && needed.size() <= 1;
      if (needed.size() == 1) any.push_back(place(needed.front()));
    }
    std::sort(any.begin(), any.end());
    any.erase(std::unique(any.begin(), any.end()), any.end());
    if (!free) family.push_back(std::move(any));
  }
  if (single) return logic::minimal_hitting_sets(family, kMostConditions);
  const auto holds = [&](const logic::IndexSet& chosen) {
    return std::all_of(replies.begin(), replies.end(), [&](const auto& alternatives) {
      return std::any_of(alternatives.begin(), alternatives.end(), [&](const auto& needed) {
        return std::all_of(needed.begin(), needed.end(), [&](State s) {
          return std::binary_search(chosen.begin(), chosen.end(), place(s));
        });
      });
    });
  };
  return logic::all_minimal_sets(static_cast<int>(elements.size()), holds, kMostConditions,
                                 [&] { return watch.stop(); })
      .conflicts;
}

}  // namespace

std::optional<InverseAnswer> inverse(const Graph& graph, const Rankings& ranks, std::size_t dm, State wished,
                                     Concept named, const Watch& watch) {
  const auto replies = replies_to(graph, ranks, dm, wished, named, watch);
  if (!replies) return std::nullopt;
  std::vector<State> elements;
  const logic::SetFamily family = minimal(*replies, elements, watch);
  InverseAnswer answer;
  answer.complete = family.complete;
  const std::vector<Rank>& own = ranks[dm];
  answer.places = SIZE_MAX;
  for (const logic::IndexSet& set : family.sets) {
    std::vector<State> states;
    Rank best = own[wished];
    for (const int element : set) {
      states.push_back(elements[static_cast<std::size_t>(element)]);
      best = std::min(best, own[states.back()]);
    }
    // States that e passes or comes level with on its way up.
    const auto places = static_cast<std::size_t>(
        std::count_if(own.begin(), own.end(), [&](Rank rank) { return rank >= best && rank < own[wished]; }));
    if (places < answer.places) {
      answer.places = places;
      answer.closest = answer.conditions.size();
    }
    answer.conditions.push_back(std::move(states));
  }
  if (answer.conditions.empty()) answer.places = 0;
  return answer;
}

}  // namespace parley::stability
