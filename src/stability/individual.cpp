// SPDX-License-Identifier: MIT
#include "stability/individual.hpp"

#include <algorithm>
#include <bit>

namespace parley::stability {

std::vector<Members> one_each(std::size_t count) {
  std::vector<Members> movers;
  for (std::size_t i = 0; i < count; ++i) movers.push_back(Members{1} << i);
  return movers;
}

ArcSolver::ArcSolver(const Graph& graph) : ArcSolver(graph, one_each(graph.decision_makers())) {}

ArcSolver::ArcSolver(const Graph& graph, std::vector<Members> movers)
    : graph_(graph),
      movers_(std::move(movers)),
      order_(graph.states),
      escape_(graph.states),
      value_(graph.states),
      seen_(graph.states) {
  for (const Members own : movers_) {
    std::uint32_t strangers = 0;
    for (std::size_t k = 0; k < movers_.size(); ++k)
      if ((movers_[k] & own) == 0) strangers |= std::uint32_t{1} << k;
    strangers_.push_back(strangers);
    alone_.push_back(std::has_single_bit(own) ? static_cast<std::size_t>(std::countr_zero(own)) : kJoint);
  }
}

bool ArcSolver::gains(std::size_t mover, const Rankings& ranks, State from, State to) const {
  if (alone_[mover] != kJoint) return ranks[alone_[mover]][to] < ranks[alone_[mover]][from];
  for (Members left = movers_[mover]; left != 0; left &= left - 1) {
    const auto& own = ranks[static_cast<std::size_t>(std::countr_zero(left))];
    if (own[to] >= own[from]) return false;
  }
  return true;
}

/// States from the largest value (the worst) to the smallest.
void ArcSolver::order_by(const std::vector<Rank>& values) {
  counts_.assign(graph_.states + 1, 0);
  for (const Rank value : values) ++counts_[value];
  std::uint32_t before = 0;
  for (std::size_t v = graph_.states + 1; v-- > 0;) {
    const std::uint32_t here = counts_[v];
    counts_[v] = before;
    before += here;
  }
  for (State s = 0; s < graph_.states; ++s) order_[counts_[values[s]]++] = s;
}

/// The pairs (y, k), k in `movers`, have their value: so have, behind the moves of k into y, the pairs (x, l)
/// with l other than k, and x itself.
void ArcSolver::reach(State y, std::uint32_t movers, Rank value, std::size_t focal, const Rankings& ranks,
                      bool improvements) {
  const std::uint32_t others = strangers_[focal];
  stack_.assign(1, {y, movers});
  while (!stack_.empty()) {
    const auto [at, mask] = stack_.back();
    stack_.pop_back();
    for (std::uint32_t left = mask; left != 0; left &= left - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(left));
      const std::uint32_t open = others & ~(std::uint32_t{1} << k);
      for (const State x : graph_.in[k].of(at)) {
        if (improvements && !gains(k, ranks, x, at)) continue;
        if (value_[x] < 0) value_[x] = value;
        const std::uint32_t fresh = open & ~seen_[x];
        if (fresh == 0) continue;
        seen_[x] |= fresh;
        stack_.emplace_back(x, fresh);
      }
    }
  }
}

std::size_t ArcSolver::only_stranger(std::size_t focal) const {
  return std::has_single_bit(strangers_[focal])
             ? static_cast<std::size_t>(std::countr_zero(strangers_[focal]))
             : kJoint;
}

/// One who replies alone may not move twice in a row: the reply set is what one move reaches.
void ArcSolver::answer_once(std::size_t stranger, const Rankings& ranks, const std::vector<Rank>& values,
                            bool improvements) {
  for (State x = 0; x < graph_.states; ++x) {
    std::int64_t worst = -1;
    for (const State y : graph_.out[stranger].of(x)) {
      const auto value = static_cast<std::int64_t>(values[y]);
      if (value > worst && (!improvements || gains(stranger, ranks, x, y))) worst = value;
    }
    value_[x] = worst;
  }
}

void ArcSolver::flood(std::size_t focal, const Rankings& ranks, const std::vector<Rank>& values,
                      bool improvements) {
  if (const std::size_t stranger = only_stranger(focal); stranger != kJoint)
    return answer_once(stranger, ranks, values, improvements);
  std::fill(value_.begin(), value_.end(), -1);
  std::fill(seen_.begin(), seen_.end(), 0U);
  const std::uint32_t others = strangers_[focal];
  order_by(values);
  for (const State y : order_) {
    const std::uint32_t fresh = others & ~seen_[y];
    if (fresh == 0) continue;
    seen_[y] = others;
    reach(y, fresh, values[y], focal, ranks, improvements);
  }
}

/// e_i: the best rank that i keeps or reaches in one move.
void ArcSolver::escapes(std::size_t focal, const std::vector<Rank>& ranks) {
  for (State y = 0; y < graph_.states; ++y) {
    Rank best = ranks[y];
    for (const State z : graph_.out[focal].of(y)) best = std::min(best, ranks[z]);
    escape_[y] = best;
  }
}

void ArcSolver::judge(std::size_t focal, const std::vector<Rank>& ranks, bool nash, Bits& stable) const {
  for (State s = 0; s < graph_.states; ++s) {
    const auto moves = graph_.out[focal].of(s);
    const bool unstable = std::any_of(moves.begin(), moves.end(), [&](State x) {
      return ranks[x] < ranks[s] && (nash || value_[x] < static_cast<std::int64_t>(ranks[s]));
    });
    if (!unstable) stable.add(s);
  }
}

/// Some improvement from s leads, whatever the others do, only to what every member prefers to s.
bool ArcSolver::undeterred(std::size_t focal, const Rankings& ranks, State s,
                           const std::vector<std::vector<std::int64_t>>& values) const {
  const auto moves = graph_.out[focal].of(s);
  return std::any_of(moves.begin(), moves.end(), [&](State x) {
    if (!gains(focal, ranks, s, x)) return false;
    std::size_t at = 0;
    for (Members left = movers_[focal]; left != 0; left &= left - 1, ++at)
      if (values[at][x] >=
          static_cast<std::int64_t>(ranks[static_cast<std::size_t>(std::countr_zero(left))][s]))
        return false;
    return true;
  });
}

/// Every improvement from s is met by a reply that deters and that one more move of the mover does not leave.
bool ArcSolver::lastingly_deterred(std::size_t focal, const Rankings& ranks, State s, bool improvements) {
  std::vector<Rank> deters(graph_.states);
  for (State y = 0; y < graph_.states; ++y) {
    const auto moves = graph_.out[focal].of(y);
    deters[y] = !gains(focal, ranks, s, y) && std::none_of(moves.begin(), moves.end(),
                                                           [&](State z) { return gains(focal, ranks, s, z); })
                    ? 1
                    : 0;
  }
  flood(focal, ranks, deters, improvements);
  const auto moves = graph_.out[focal].of(s);
  return std::all_of(moves.begin(), moves.end(),
                     [&](State x) { return !gains(focal, ranks, s, x) || value_[x] == 1; });
}

void ArcSolver::solve_joint(std::size_t focal, const Rankings& ranks, const ConceptSet& concepts,
                            Individual& result) {
  Bits nash(graph_.states);
  for (State s = 0; s < graph_.states; ++s) {
    const auto moves = graph_.out[focal].of(s);
    if (std::none_of(moves.begin(), moves.end(), [&](State x) { return gains(focal, ranks, s, x); }))
      nash.add(s);
  }
  const auto asked = [&](Concept c) { return concepts[static_cast<std::size_t>(c)]; };
  const auto put = [&](Concept c, const Bits& bits) {
    if (asked(c)) result.stable[static_cast<std::size_t>(c)].push_back(bits);
  };
  put(Concept::nash, nash);
  for (const bool improvements : {false, true}) {
    const Concept plain = improvements ? Concept::seq : Concept::gmr;
    const Concept symmetric = improvements ? Concept::ssym : Concept::smr;
    if (!asked(plain) && !asked(symmetric)) continue;
    std::vector<std::vector<std::int64_t>> values;
    for (Members left = movers_[focal]; left != 0; left &= left - 1) {
      flood(focal, ranks, ranks[static_cast<std::size_t>(std::countr_zero(left))], improvements);
      values.push_back(value_);
    }
    Bits stable = nash, lasting = nash;
    for (State s = 0; s < graph_.states; ++s) {
      if (nash.has(s) || undeterred(focal, ranks, s, values)) continue;
      stable.add(s);
      if (asked(symmetric) && lastingly_deterred(focal, ranks, s, improvements)) lasting.add(s);
    }
    put(plain, stable);
    put(symmetric, lasting);
  }
}

void ArcSolver::solve_alone(std::size_t k, const Rankings& ranks, const ConceptSet& concepts,
                            Individual& result) {
  const std::vector<Rank>& own = ranks[alone_[k]];
  bool escaped = false;
  for (std::size_t c = 0; c < kConcepts; ++c) {
    if (!concepts[c]) continue;
    const auto named = static_cast<Concept>(c);
    const bool symmetric = named == Concept::smr || named == Concept::ssym;
    if (symmetric && !escaped) escapes(k, own);
    escaped = escaped || symmetric;
    if (named != Concept::nash)
      flood(k, ranks, symmetric ? escape_ : own, named == Concept::seq || named == Concept::ssym);
    result.stable[c].emplace_back(graph_.states);
    judge(k, own, named == Concept::nash, result.stable[c].back());
  }
}

void ArcSolver::solve(const Rankings& ranks, const ConceptSet& concepts, Individual& result,
                      const Watch& watch) {
  const std::size_t n = movers_.size();
  for (auto& stable : result.stable) stable.clear();
  for (std::size_t k = 0; k < n; ++k) {
    if (watch.stop()) {
      for (auto& stable : result.stable) stable.clear();
      return;
    }
    if (alone_[k] == kJoint)
      solve_joint(k, ranks, concepts, result);
    else
      solve_alone(k, ranks, concepts, result);
    if (watch.progress) watch.progress(static_cast<double>(k + 1) / static_cast<double>(n));
  }
}

}  // namespace parley::stability
