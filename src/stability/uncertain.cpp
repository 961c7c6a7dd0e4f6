// SPDX-License-Identifier: MIT
#include "stability/uncertain.hpp"

#include <algorithm>

#include "stability/reach.hpp"

namespace parley::stability {
namespace {

/// The states that one decision maker takes for a sanction, seen from s. What is no sanction is an escape.
void sanctions(const UncertainRule& rule, const Relation::View& view, Bits& accepted) {
  if (rule.strong) {
    accepted = view.greatly_worse;
    return;
  }
  accepted = view.better;
  if (rule.extension == Extension::a || rule.extension == Extension::b) accepted |= view.unknown;
  accepted.flip();
}

class Judge {
 public:
  Judge(const Graph& graph, const Relation& relation, std::size_t focal, const UncertainRule& rule,
        const std::optional<Reach>& replies)
      : graph_(graph), relation_(relation), focal_(focal), rule_(rule), replies_(replies) {}

  bool stable(State s) {
    relation_.view(s, view_);
    sanctions(rule_, view_, accepted_);
    kept_.clear();
    lost_.clear();
    const bool dares = rule_.extension == Extension::a || rule_.extension == Extension::c;
    for (const State x : graph_.out[focal_].of(s)) {
      if (!view_.better.has(x) && !(dares && view_.unknown.has(x))) continue;
      if (rule_.named == Concept::nash || !deterred(x)) return false;
    }
    return true;
  }

 private:
  bool deterred(State x) {
    const Bits& replies = replies_->from(x);
    if (rule_.named != Concept::smr && rule_.named != Concept::ssym) return replies.meets(accepted_);
    for (std::size_t w = 0; w < accepted_.words().size(); ++w)
      for (std::uint64_t word = replies.words()[w] & accepted_.words()[w]; word != 0; word &= word - 1) {
        const auto y = static_cast<State>(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
        if (lasting(y)) return true;
      }
    return false;
  }

  /// No single move of the focal decision maker leads out of the sanction y.
  bool lasting(State y) {
    if (kept_.size() == 0) kept_ = lost_ = Bits(graph_.states);
    if (kept_.has(y) || lost_.has(y)) return kept_.has(y);
    const auto moves = graph_.out[focal_].of(y);
    const bool lasts = std::all_of(moves.begin(), moves.end(), [&](State z) { return accepted_.has(z); });
    (lasts ? kept_ : lost_).add(y);
    return lasts;
  }

  const Graph& graph_;
  const Relation& relation_;
  std::size_t focal_;
  const UncertainRule& rule_;
  const std::optional<Reach>& replies_;
  Relation::View view_;
  Bits accepted_, kept_, lost_;
};

}  // namespace

std::vector<Arcs> improving(const Graph& graph, const std::vector<Relation>& relations, bool unknown) {
  return arcs_where(graph, [&](std::size_t i, State s, State t) {
    return relations[i].better(t, s) || (unknown && relations[i].unknown(t, s));
  });
}

std::optional<std::vector<Bits>> uncertain_stable(const Graph& graph, const std::vector<Relation>& relations,
                                                  const UncertainRule& rule, const Watch& watch) {
  if (graph.states > kMostUncertainStates) return std::nullopt;
  const bool credible = rule.named == Concept::seq || rule.named == Concept::ssym;
  const std::vector<Arcs> wanted = credible ? improving(graph, relations, true) : std::vector<Arcs>();
  const std::vector<Arcs>& arcs = credible ? wanted : graph.out;
  std::vector<Bits> stable;
  for (std::size_t i = 0; i < graph.decision_makers(); ++i) {
    std::vector<const Arcs*> others;
    for (std::size_t j = 0; j < graph.decision_makers(); ++j)
      if (j != i) others.push_back(&arcs[j]);
    std::optional<Reach> replies;
    if (rule.named != Concept::nash) {
      replies = Reach::make(graph.states, others, watch);
      if (!replies) return std::nullopt;
    }
    stable.emplace_back(graph.states);
    Judge judge(graph, relations[i], i, rule, replies);
    for (State s = 0; s < graph.states; ++s) {
      if (s % 256 == 0 && watch.stop()) return std::nullopt;
      if (judge.stable(s)) stable.back().add(s);
    }
  }
  return stable;
}

}  // namespace parley::stability
