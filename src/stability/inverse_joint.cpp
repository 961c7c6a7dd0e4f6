// SPDX-License-Identifier: MIT
#include "stability/inverse_joint.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>

#include "logic/minimal_sets.hpp"

namespace parley::stability {
namespace {

/// May decision maker i take part in a legal sequence from u to v? `step(j, u, v)`.
using Step = std::function<bool(std::size_t, State, State)>;

/// Does `good` hold for some end of a legal sequence of the others from x whose every step is allowed?
bool some_reply(const Graph& graph, std::size_t i, State x, const Step& step,
                const std::function<bool(State)>& good) {
  std::vector<std::uint32_t> seen(graph.states, 0);
  std::vector<std::pair<State, std::size_t>> open{{x, SIZE_MAX}};
  while (!open.empty()) {
    const auto [u, last] = open.back();
    open.pop_back();
    for (std::size_t j = 0; j < graph.decision_makers(); ++j) {
      if (j == i || j == last) continue;
      for (const State v : graph.out[j].of(u)) {
        if (!step(j, u, v) || (seen[v] >> j & 1U) != 0) continue;
        seen[v] |= 1U << j;
        if (good(v)) return true;
        open.emplace_back(v, j);
      }
    }
  }
  return false;
}

class Joint {
 public:
  Joint(const Graph& graph, const Rankings& ranks, State wished, bool symmetric, const Watch& watch)
      : graph_(graph), ranks_(ranks), e_(wished), symmetric_(symmetric), watch_(watch) {}

  std::optional<JointInverse> run() {
    if (!list_demands()) return std::nullopt;
    JointInverse answer;
    const auto family = logic::all_minimal_sets(
        static_cast<int>(demands_.size()),
        [&](const logic::IndexSet& chosen) { return met({chosen.begin(), chosen.end()}); },
        kMostJointConditions, [&] { return watch_.stop(); });
    answer.complete = family.conflicts.complete;
    for (const logic::IndexSet& set : family.conflicts.sets) {
      std::vector<Demand> condition;
      for (const int d : set) condition.push_back(demands_[static_cast<std::size_t>(d)]);
      if (possible(condition)) answer.conditions.push_back(std::move(condition));
    }
    closest(answer);
    if (watch_.stop()) return std::nullopt;
    return answer;
  }

 private:
  bool list_demands();
  [[nodiscard]] int number(const Demand& demand) const {
    const auto found = std::lower_bound(demands_.begin(), demands_.end(), demand);
    return found != demands_.end() && *found == demand ? static_cast<int>(found - demands_.begin()) : -1;
  }
  [[nodiscard]] bool met(const std::set<int>& chosen) const;
  [[nodiscard]] bool possible(const std::vector<Demand>& condition) const;
  [[nodiscard]] bool stable(const Rankings& ranks) const;
  [[nodiscard]] bool holds(const Step& prefers,
                           const std::function<bool(std::size_t, State)>& not_better) const;
  void closest(JointInverse& answer) const;

  const Graph& graph_;
  const Rankings& ranks_;
  State e_;
  bool symmetric_;
  const Watch& watch_;
  std::vector<Demand> demands_;
};

/// Is e stable for everybody? `not_better(i, y)`: i does not prefer y to e.
bool Joint::holds(const Step& prefers, const std::function<bool(std::size_t, State)>& not_better) const {
  for (std::size_t i = 0; i < graph_.decision_makers(); ++i) {
    const auto good = [&](State y) {
      const auto moves = graph_.out[i].of(y);
      return not_better(i, y) && (!symmetric_ || std::all_of(moves.begin(), moves.end(),
                                                             [&](State z) { return not_better(i, z); }));
    };
    for (const State x : graph_.out[i].of(e_))
      if (!not_better(i, x) && !some_reply(graph_, i, x, prefers, good)) return false;
  }
  return true;
}

/// What may be demanded: of everybody of what it reaches and what replies lead to; of the steps of replies.
bool Joint::list_demands() {
  std::set<Demand> all;
  for (std::size_t i = 0; i < graph_.decision_makers(); ++i)
    for (const State x : graph_.out[i].of(e_)) {
      all.insert({i, e_, x, false});
      (void)some_reply(
          graph_, i, x,
          [&](std::size_t j, State u, State v) {
            all.insert({j, u, v, true});
            return all.size() <= kMostDemands;
          },
          [&](State y) {
            if (y != e_) all.insert({i, e_, y, false});
            if (symmetric_)
              for (const State z : graph_.out[i].of(y))
                if (z != e_) all.insert({i, e_, z, false});
            return false;
          });
      if (all.size() > kMostDemands || watch_.stop()) return false;
    }
  demands_.assign(all.begin(), all.end());
  return true;
}

bool Joint::met(const std::set<int>& chosen) const {
  return holds([&](std::size_t j, State u, State v) { return chosen.contains(number({j, u, v, true})); },
               [&](std::size_t i, State y) { return y == e_ || chosen.contains(number({i, e_, y, false})); });
}

/// Do some weak orders meet the demands? Not where a circle of "at least as good" has a "better" in it.
bool Joint::possible(const std::vector<Demand>& condition) const {
  for (std::size_t i = 0; i < graph_.decision_makers(); ++i) {
    // above[a][b]: a at least as good as b (1), better (2)
    std::vector<std::vector<int>> above(graph_.states, std::vector<int>(graph_.states, 0));
    for (const Demand& d : condition)
      if (d.dm == i) {
        int& cell = d.prefers ? above[d.to][d.from] : above[d.from][d.to];
        cell = std::max(cell, d.prefers ? 2 : 1);
      }
    for (std::size_t k = 0; k < graph_.states; ++k)
      for (std::size_t a = 0; a < graph_.states; ++a)
        for (std::size_t b = 0; b < graph_.states && above[a][k] > 0; ++b)
          if (above[k][b] > 0) above[a][b] = std::max({above[a][b], above[a][k], above[k][b]});
    for (std::size_t a = 0; a < graph_.states; ++a)
      if (above[a][a] == 2) return false;
  }
  return true;
}

bool Joint::stable(const Rankings& ranks) const {
  return holds([&](std::size_t j, State u, State v) { return ranks[j][v] < ranks[j][u]; },
               [&](std::size_t i, State y) { return ranks[i][y] >= ranks[i][e_]; });
}

/// The rankings in which one state joins the next class, or leaves its own upwards or downwards, and how many
/// pairs that changes.
template <class Visit>
void neighbours(const std::vector<Rank>& ranks, Visit visit) {
  for (std::size_t s = 0; s < ranks.size(); ++s) {
    const Rank own = ranks[s];
    const auto with = [&](Rank rank) {
      return static_cast<std::size_t>(std::count(ranks.begin(), ranks.end(), rank));
    };
    const bool alone = with(own) == 1;
    if (alone) {
      for (const int by : {-1, 1}) {
        if (by < 0 && own == 0) continue;
        const Rank to = own + static_cast<Rank>(by);
        const std::size_t size = with(to);
        if (size == 0) continue;
        std::vector<Rank> next = ranks;
        for (std::size_t t = 0; t < next.size(); ++t) {
          if (t == s) next[t] = to;
          if (next[t] > own || (t == s && by > 0)) --next[t];
        }
        visit(std::move(next), size);
      }
      continue;
    }
    for (const bool up : {true, false}) {
      std::vector<Rank> next = ranks;
      for (std::size_t t = 0; t < next.size(); ++t)
        if (ranks[t] > own || (up && t != s && ranks[t] == own) || (!up && t == s)) ++next[t];
      visit(std::move(next), with(own) - 1);
    }
  }
}

/// Nearest first (Dijkstra) over the preferences of everybody.
void Joint::closest(JointInverse& answer) const {
  using Entry = std::pair<std::size_t, Rankings>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  std::set<Rankings> done;
  open.emplace(0, ranks_);
  const std::size_t cells = ranks_.size() * graph_.states;
  while (!open.empty() && done.size() < kMostProfiles && !watch_.stop() &&
         (open.size() + done.size()) * cells < kMostProfileRanks) {
    const auto [distance, ranks] = open.top();
    open.pop();
    if (!done.insert(ranks).second) continue;
    if (stable(ranks)) {
      answer.closest = ranks;
      answer.distance = distance;
      return;
    }
    for (std::size_t i = 0; i < ranks.size(); ++i)
      neighbours(ranks[i], [&, &at = distance, &from = ranks](std::vector<Rank> own, std::size_t cost) {
        Rankings next = from;
        next[i] = std::move(own);
        if (!done.contains(next)) open.emplace(at + cost, std::move(next));
      });
  }
}

}  // namespace

std::optional<JointInverse> joint_inverse(const Graph& graph, const Rankings& ranks, State wished,
                                          bool symmetric, const Watch& watch) {
  return Joint(graph, ranks, wished, symmetric, watch).run();
}

}  // namespace parley::stability
