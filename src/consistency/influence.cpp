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

Route route_of(const InfluenceGraph& graph, int cause, const logic::Path& path) {
  Route route{{cause}, {}, path.sign};
  for (const int a : path.arcs) {
    const auto& arc = graph.graph.arcs[static_cast<std::size_t>(a)];
    route.nodes.push_back(arc.to);
    route.rows.push_back(arc.row < 0 ? "" : graph.rows[static_cast<std::size_t>(arc.row)]);
  }
  return route;
}

}  // namespace

Influence influence(const InfluenceGraph& graph, const InfluenceOptions& options) {
  Influence result;
  std::size_t routes = 0;
  for (int cause = 0; cause < graph.graph.nodes; ++cause) {
    const auto net = logic::net_signs(graph.graph, cause);
    for (int effect = 0; effect < graph.graph.nodes; ++effect) {
      if (options.stop && options.stop()) {
        result.complete = result.all_loops = false;
        return result;
      }
      if (effect == cause || net[static_cast<std::size_t>(effect)] == Sign::none) continue;
      NetSign sign{cause, effect, net[static_cast<std::size_t>(effect)], {}, true, {}, {}};
      const std::size_t most = routes < options.most_routes_in_all ? options.most_routes : 3;
      const auto paths = logic::paths(graph.graph, cause, effect, most, &sign.all_routes);
      for (const auto& path : paths) sign.routes.push_back(route_of(graph, cause, path));
      routes += paths.size();
      const Pair pair(graph, paths);
      if (sign.all_routes && !pair.unknown().empty()) {
        if (sign.sign == Sign::unknown) sign.deciders = pair.deciders();
        sign.robust = pair.robust(options, "signs:" + graph.nodes[static_cast<std::size_t>(cause)] + ">" +
                                               graph.nodes[static_cast<std::size_t>(effect)]);
      }
      result.signs.push_back(std::move(sign));
    }
  }
  result.loops = loops(graph, options.most_loops, &result.all_loops, options.stop);
  return result;
}

}  // namespace parley::consistency
