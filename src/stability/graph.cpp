// SPDX-License-Identifier: MIT
#include "stability/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace parley::stability {
namespace {

Arcs sorted(std::size_t states, std::vector<Arc>& arcs) {
  Arcs result;
  result.begin.assign(states + 1, 0);
  std::sort(arcs.begin(), arcs.end(),
            [](const Arc& a, const Arc& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
  arcs.erase(std::unique(arcs.begin(), arcs.end(),
                         [](const Arc& a, const Arc& b) { return a.from == b.from && a.to == b.to; }),
             arcs.end());
  result.to.reserve(arcs.size());
  for (const Arc& arc : arcs) {
    if (arc.from == arc.to) continue;
    ++result.begin[arc.from + 1];
    result.to.push_back(arc.to);
  }
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  return result;
}

Arcs reversed(std::size_t states, const Arcs& arcs) {
  Arcs result;
  result.begin.assign(states + 1, 0);
  for (const State t : arcs.to) ++result.begin[t + 1];
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  result.to.resize(arcs.to.size());
  std::vector<std::uint32_t> at(result.begin.begin(), result.begin.end() - 1);
  for (State s = 0; s < states; ++s)
    for (const State t : arcs.of(s)) result.to[at[t]++] = s;
  return result;
}

/// The joint moves of one decision maker in option form.
class Lines {
 public:
  Lines(const GraphGame& game, const Space& space, std::size_t dm) : game_(game), space_(space) {
    for (std::size_t k = 0; k < game.issues.size(); ++k)
      if (game.issues[k].owner == static_cast<int>(dm)) own_.push_back(k);
  }

  /// False: more than `budget` arcs.
  bool collect(std::vector<Arc>& arcs, std::uint64_t budget) const {
    const std::size_t n = space_.vectors();
    std::vector<std::pair<std::uint64_t, std::uint32_t>> line(n);  // what the others chose, vector
    for (std::size_t i = 0; i < n; ++i)
      line[i] = {others(space_.vector_at(i)), static_cast<std::uint32_t>(i)};
    std::sort(line.begin(), line.end());
    for (std::size_t from = 0, to = 0; from < n; from = to) {
      while (to < n && line[to].first == line[from].first) ++to;
      if (arcs.size() + (to - from) * (to - from) > 8 * budget) return false;
      for (std::size_t a = from; a < to; ++a)
        for (std::size_t b = from; b < to; ++b) {
          if (a == b || !allowed(space_.vector_at(line[a].second), space_.vector_at(line[b].second)))
            continue;
          arcs.push_back({space_.state_of_vector(line[a].second), space_.state_of_vector(line[b].second)});
        }
      if (arcs.size() > budget) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::uint64_t digit(std::uint64_t code, std::size_t k) const {
    return code / space_.stride(k) % static_cast<std::uint64_t>(game_.issues[k].levels);
  }
  [[nodiscard]] std::uint64_t others(std::uint64_t code) const {
    std::uint64_t rest = code;
    for (const std::size_t k : own_) rest -= digit(code, k) * space_.stride(k);
    return rest;
  }
  [[nodiscard]] bool allowed(std::uint64_t from, std::uint64_t to) const {
    return std::all_of(own_.begin(), own_.end(), [&](std::size_t k) {
      const Direction direction = game_.issues[k].direction;
      if (direction == Direction::both) return true;
      const std::uint64_t a = digit(from, k), b = digit(to, k);
      return direction == Direction::up ? a <= b : a >= b;
    });
  }

  const GraphGame& game_;
  const Space& space_;
  std::vector<std::size_t> own_;
};

}  // namespace

Graph graph_of(std::size_t states, std::vector<std::vector<Arc>> moves) {
  Graph graph;
  graph.states = states;
  for (auto& arcs : moves) {
    graph.out.push_back(sorted(states, arcs));
    std::vector<Arc>().swap(arcs);
    graph.in.push_back(reversed(states, graph.out.back()));
  }
  return graph;
}

tl::expected<Graph, std::string> make_graph(const GraphGame& game, const Space& space) {
  std::vector<std::vector<Arc>> moves = game.option_form() ? std::vector<std::vector<Arc>>() : game.moves;
  std::uint64_t left = kMostArcs;
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm) {
    if (game.option_form() && !Lines(game, space, dm).collect(moves.emplace_back(), left))
      return tl::make_unexpected(fmt::format("there are more than {} moves", kMostArcs));
    if (moves[dm].size() > left)
      return tl::make_unexpected(fmt::format("there are more than {} moves", kMostArcs));
    left -= moves[dm].size();
  }
  bool hidden = false;
  for (std::size_t dm = 0; dm < game.not_perceived.size(); ++dm) {
    std::vector<bool> unseen(space.count(), false);
    for (const long long number : game.not_perceived[dm])
      if (const auto state = space.find(number)) hidden = unseen[*state] = true;
    std::erase_if(moves[dm], [&](const Arc& arc) { return unseen[arc.from] || unseen[arc.to]; });
  }
  Graph graph = graph_of(space.count(), std::move(moves));
  graph.transitive = game.option_form() && space.plain() && !hidden;
  return graph;
}

}  // namespace parley::stability
