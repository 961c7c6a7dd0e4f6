// SPDX-License-Identifier: MIT
#include "consistency/influence.hpp"

#include <algorithm>
#include <map>

#include "worlds/random.hpp"

namespace parley::consistency {
namespace {

using logic::Sign;

/// A path's sign without its unknown arcs, and which of these it has (by their place in `unknown`).
struct Parts {
  Sign known = Sign::plus;
  std::vector<std::size_t> unknown;
};

Sign turned(Sign sign, bool minus) { return minus ? logic::product(sign, Sign::minus) : sign; }

class Pair {
 public:
  Pair(const InfluenceGraph& graph, const std::vector<logic::Path>& paths) : graph_(graph) {
    std::map<int, std::size_t> place;
    for (const auto& path : paths) {
      Parts parts;
      for (const int a : path.arcs) {
        const Sign sign = graph.graph.arcs[static_cast<std::size_t>(a)].sign;
        if (sign != Sign::unknown) {
          parts.known = logic::product(parts.known, sign);
          continue;
        }
        const auto [at, fresh] = place.emplace(a, unknown_.size());
        if (fresh) unknown_.push_back(a);
        parts.unknown.push_back(at->second);
      }
      parts_.push_back(std::move(parts));
    }
  }
  [[nodiscard]] const std::vector<int>& unknown() const { return unknown_; }
  /// Looks at arcs that one assignment takes.
  [[nodiscard]] std::size_t size() const {
    std::size_t sum = parts_.size();
    for (const auto& parts : parts_) sum += parts.unknown.size();
    return sum;
  }
  /// The net sign when some unknown arcs have a sign: 0 unknown, 1 plus, 2 minus.
  [[nodiscard]] Sign net(const std::vector<char>& given) const {
    Sign sum = Sign::none;
    for (const auto& parts : parts_) {
      Sign sign = parts.known;
      for (const std::size_t u : parts.unknown)
        sign = given[u] == 0 ? logic::product(sign, Sign::unknown) : turned(sign, given[u] == 2);
      sum = logic::together(sum, sign);
    }
    return sum;
  }
  [[nodiscard]] std::vector<Decider> deciders() const;
  [[nodiscard]] NetSign::Robust robust(const InfluenceOptions& options, const std::string& key) const;

 private:
  const InfluenceGraph& graph_;
  std::vector<int> unknown_;
  std::vector<Parts> parts_;
};

bool settled(Sign sign) { return sign == Sign::plus || sign == Sign::minus; }

std::vector<Decider> Pair::deciders() const {
  std::vector<Decider> list;
  for (std::size_t u = 0; u < unknown_.size(); ++u) {
    std::vector<char> given(unknown_.size(), 0);
    given[u] = 1;
    const Sign plus = net(given);
    given[u] = 2;
    const Sign minus = net(given);
    if (!settled(plus) || !settled(minus)) continue;
    const int arc = unknown_[u];
    const int row = graph_.graph.arcs[static_cast<std::size_t>(arc)].row;
    list.push_back({arc, row < 0 ? "" : graph_.rows[static_cast<std::size_t>(row)], plus, minus});
  }
  return list;
}

NetSign::Robust Pair::robust(const InfluenceOptions& options, const std::string& key) const {
  NetSign::Robust result;
  const std::size_t n = unknown_.size();
  result.exact = n <= static_cast<std::size_t>(options.exact_unknowns);
  result.of = result.exact ? std::int64_t{1} << n : options.draws;
  std::int64_t plus = 0, minus = 0;
  std::vector<char> given(n);
  for (std::int64_t i = 0; i < result.of; ++i) {
    worlds::Stream stream(options.seed, key, static_cast<std::uint64_t>(i));
    for (std::size_t u = 0; u < n; ++u)
      given[u] =
          result.exact ? static_cast<char>(1 + ((i >> u) & 1)) : static_cast<char>(1 + stream.below(2));
    const Sign sign = net(given);
    plus += sign == Sign::plus ? 1 : 0;
    minus += sign == Sign::minus ? 1 : 0;
  }
  result.plus = static_cast<double>(plus) / static_cast<double>(result.of);
  result.minus = static_cast<double>(minus) / static_cast<double>(result.of);
  return result;
}

/// Limits of all pairs together.
class PairSearch {
 public:
  PairSearch(const InfluenceGraph& graph, const InfluenceOptions& options)
      : graph_(graph), options_(options), signs_(graph.graph), finder_(graph.graph) {}

  Influence run() {
    int& cause = result_.causes;
    for (; cause < graph_.graph.nodes && result_.signs.size() < options_.most_pairs; ++cause)
      if (!effects_of(cause)) {
        result_.complete = result_.all_loops = false;
        return std::move(result_);
      }
    result_.by_paths = !signs_.walked();
    result_.loops = loops(graph_, options_.most_loops, &result_.all_loops, options_.stop);
    return std::move(result_);
  }

 private:
  bool effects_of(int cause);
  void follow(NetSign& sign);
  void assign(NetSign& sign);
  [[nodiscard]] std::size_t work() const { return assignments_ + finder_.work(); }

  const InfluenceGraph& graph_;
  const InfluenceOptions& options_;
  logic::NetSigns signs_;
  logic::PathFinder finder_;
  std::size_t routes_ = 0, arcs_ = 0, assignments_ = 0;
  Influence result_;
};

/// False: stopped.
bool PairSearch::effects_of(int cause) {
  const auto net = signs_.of(cause);
  for (int effect = 0; effect < graph_.graph.nodes; ++effect) {
    if (options_.stop && options_.stop()) return false;
    if (effect == cause || net[static_cast<std::size_t>(effect)] == Sign::none) continue;
    NetSign sign{cause, effect, net[static_cast<std::size_t>(effect)], {}, true, {}, {}};
    if (arcs_ < options_.most_route_arcs && work() < options_.most_work) {
      follow(sign);
    } else {
      sign.all_routes = false;
      ++result_.without_routes;
    }
    result_.signs.push_back(std::move(sign));
  }
  return true;
}

void PairSearch::follow(NetSign& sign) {
  const bool many = routes_ < options_.most_routes_in_all && work() < options_.most_work / 2;
  const std::size_t most = many ? options_.most_routes : 3;
  sign.routes = finder_.between(sign.cause, sign.effect, most, &sign.all_routes);
  routes_ += sign.routes.size();
  for (const auto& route : sign.routes) arcs_ += route.arcs.size();
  if (sign.all_routes) assign(sign);
}

/// What knowing unknown signs would change.
void PairSearch::assign(NetSign& sign) {
  const Pair pair(graph_, sign.routes);
  if (pair.unknown().empty()) return;
  if (sign.sign == Sign::unknown) sign.deciders = pair.deciders();
  sign.robust = pair.robust(options_, "signs:" + graph_.nodes[static_cast<std::size_t>(sign.cause)] + ">" +
                                          graph_.nodes[static_cast<std::size_t>(sign.effect)]);
  assignments_ += pair.size() * (2 * pair.unknown().size() + static_cast<std::size_t>(sign.robust->of));
}

}  // namespace

std::vector<int> nodes_of(const InfluenceGraph& graph, const Route& route) {
  std::vector<int> nodes;
  for (const int a : route.arcs) {
    const auto& arc = graph.graph.arcs[static_cast<std::size_t>(a)];
    if (nodes.empty()) nodes.push_back(arc.from);
    nodes.push_back(arc.to);
  }
  return nodes;
}

std::vector<std::string> rows_of(const InfluenceGraph& graph, const Route& route) {
  std::vector<std::string> rows;
  for (const int a : route.arcs) {
    const int row = graph.graph.arcs[static_cast<std::size_t>(a)].row;
    rows.push_back(row < 0 ? "" : graph.rows[static_cast<std::size_t>(row)]);
  }
  return rows;
}

Influence influence(const InfluenceGraph& graph, const InfluenceOptions& options) {
  return PairSearch(graph, options).run();
}

}  // namespace parley::consistency
