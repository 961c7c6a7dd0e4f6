// SPDX-License-Identifier: MIT
// Signs, deciders, robustness and loops against plain enumeration of all elementary paths.
#include "consistency/influence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace parley::consistency {
namespace {

using logic::Sign;

InfluenceGraph random_graph(std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  InfluenceGraph graph;
  const int nodes = pick(2, 6);
  graph.graph.nodes = nodes;
  for (int n = 0; n < nodes; ++n) graph.nodes.push_back("v" + std::to_string(n));
  for (int a = pick(0, 10); a > 0; --a) {
    const Sign signs[] = {Sign::plus, Sign::minus, Sign::unknown, Sign::plus, Sign::minus, Sign::none};
    graph.graph.arcs.push_back(
        {pick(0, nodes - 1), pick(0, nodes - 1), signs[pick(0, 5)], static_cast<int>(graph.rows.size())});
    graph.rows.push_back("r" + std::to_string(graph.rows.size()));
  }
  return graph;
}

/// Arcs of every elementary path from `at` to `to`, as lists.
void walk(const InfluenceGraph& g, int at, int to, std::set<int>& seen, std::vector<int>& arcs,
          std::vector<std::vector<int>>& all) {
  for (std::size_t a = 0; a < g.graph.arcs.size(); ++a) {
    const auto& arc = g.graph.arcs[a];
    if (arc.from != at || arc.sign == Sign::none) continue;
    arcs.push_back(static_cast<int>(a));
    if (arc.to == to) {
      all.push_back(arcs);
    } else if (seen.insert(arc.to).second) {
      walk(g, arc.to, to, seen, arcs, all);
      seen.erase(arc.to);
    }
    arcs.pop_back();
  }
}

std::vector<std::vector<int>> all_paths(const InfluenceGraph& g, int from, int to) {
  std::vector<std::vector<int>> all;
  std::vector<int> arcs;
  std::set<int> seen = {from};
  walk(g, from, to, seen, arcs, all);
  return all;
}

/// +1, -1, or 0 for both, when the unknown arcs have the signs given (others: unknown makes 0).
int plain_net(const InfluenceGraph& g, const std::vector<std::vector<int>>& paths,
              const std::map<int, int>& given) {
  bool plus = false, minus = false;
  for (const auto& path : paths) {
    int sign = 1;
    for (const int a : path) {
      const Sign s = g.graph.arcs[static_cast<std::size_t>(a)].sign;
      sign *= s == Sign::plus ? 1 : s == Sign::minus ? -1 : given.contains(a) ? given.at(a) : 0;
    }
    plus = plus || sign >= 0;
    minus = minus || sign <= 0;
  }
  return plus && minus ? 0 : plus ? 1 : -1;
}

int number(Sign sign) { return sign == Sign::plus ? 1 : sign == Sign::minus ? -1 : 0; }

TEST(Influence, SignsDecidersAndRobustnessAgainstAllPaths) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 1500; ++round) {
    const InfluenceGraph g = random_graph(random);
    const Influence found = influence(g);
    std::size_t pairs = 0;
    for (int c = 0; c < g.graph.nodes; ++c)
      for (int e = 0; e < g.graph.nodes; ++e) {
        if (c == e) continue;
        const auto paths = all_paths(g, c, e);
        const auto at = std::find_if(found.signs.begin(), found.signs.end(),
                                     [&](const NetSign& s) { return s.cause == c && s.effect == e; });
        ASSERT_EQ(at != found.signs.end(), !paths.empty());
        if (paths.empty()) continue;
        ++pairs;
        ASSERT_EQ(number(at->sign), plain_net(g, paths, {}));
        ASSERT_EQ(at->routes.size(), paths.size());
        std::set<int> unknown;
        for (const auto& path : paths)
          for (const int a : path)
            if (g.graph.arcs[static_cast<std::size_t>(a)].sign == Sign::unknown) unknown.insert(a);
        ASSERT_EQ(at->robust.has_value(), !unknown.empty());
        std::set<int> deciders;
        for (const int a : unknown)
          if (plain_net(g, paths, {}) == 0 && plain_net(g, paths, {{a, 1}}) != 0 &&
              plain_net(g, paths, {{a, -1}}) != 0)
            deciders.insert(a);
        std::set<int> said;
        for (const auto& d : at->deciders) {
          said.insert(d.arc);
          ASSERT_EQ(number(d.if_plus), plain_net(g, paths, {{d.arc, 1}}));
          ASSERT_EQ(number(d.if_minus), plain_net(g, paths, {{d.arc, -1}}));
        }
        ASSERT_EQ(said, deciders);
        if (unknown.empty()) continue;
        const std::vector<int> list(unknown.begin(), unknown.end());
        int plus = 0, minus = 0;
        for (int bits = 0; bits < 1 << list.size(); ++bits) {
          std::map<int, int> given;
          for (std::size_t k = 0; k < list.size(); ++k) given[list[k]] = bits >> k & 1 ? 1 : -1;
          plus += plain_net(g, paths, given) == 1;
          minus += plain_net(g, paths, given) == -1;
        }
        ASSERT_DOUBLE_EQ(at->robust->plus, plus / static_cast<double>(1 << list.size()));
        ASSERT_DOUBLE_EQ(at->robust->minus, minus / static_cast<double>(1 << list.size()));
      }
    ASSERT_EQ(found.signs.size(), pairs);
  }
}

TEST(Influence, LoopsAreTheElementaryCircuits) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    const InfluenceGraph g = random_graph(random);
    std::multiset<std::vector<std::string>> expected, found;
    for (int n = 0; n < g.graph.nodes; ++n)
      for (const auto& path : all_paths(g, n, n)) {
        bool smallest = true;
        std::vector<std::string> rows;
        for (const int a : path) {
          smallest = smallest && g.graph.arcs[static_cast<std::size_t>(a)].from >= n;
          rows.push_back(g.rows[static_cast<std::size_t>(a)]);
        }
        if (smallest) expected.insert(rows);
      }
    for (const auto& loop : loops(g, 100'000)) {
      found.insert(loop.rows);
      int sign = 1;
      for (const auto& row : loop.rows)
        sign *= number(g.graph.arcs[static_cast<std::size_t>(std::stoi(row.substr(1)))].sign);
      ASSERT_EQ(number(loop.sign), sign);
    }
    ASSERT_EQ(found, expected);
  }
}

TEST(Influence, DrawnAssignmentsAgreeWithAllOfThem) {
  InfluenceGraph g;
  g.graph.nodes = 2;
  g.nodes = {"a", "b"};
  for (int k = 0; k < 3; ++k) {
    g.graph.arcs.push_back({0, 1, Sign::unknown, k});
    g.rows.push_back("r" + std::to_string(k));
  }
  InfluenceOptions drawn;
  drawn.exact_unknowns = 0;
  drawn.draws = 20'000;
  const auto result = influence(g, drawn);
  ASSERT_FALSE(result.signs.front().robust->exact);
  EXPECT_NEAR(result.signs.front().robust->plus, 1.0 / 8, 0.01);
  EXPECT_NEAR(result.signs.front().robust->minus, 1.0 / 8, 0.01);
}

/// Node i raises node i + 1; the last lowers the first.
InfluenceGraph ring(int nodes) {
  InfluenceGraph g;
  g.graph.nodes = nodes;
  for (int i = 0; i < nodes; ++i) {
    g.nodes.push_back("v" + std::to_string(i));
    g.rows.push_back("r" + std::to_string(i));
    g.graph.arcs.push_back({i, (i + 1) % nodes, i + 1 == nodes ? Sign::minus : Sign::plus, i});
  }
  return g;
}

TEST(Influence, AWideRingHasEverySignAndAsManyRoutesAsMayBeKept) {
  constexpr int kNodes = 400;
  const auto g = ring(kNodes);
  InfluenceOptions options;
  options.most_route_arcs = 100'000;
  const auto found = influence(g, options);
  ASSERT_EQ(found.signs.size(), static_cast<std::size_t>(kNodes * (kNodes - 1)));
  EXPECT_EQ(found.causes, kNodes);
  EXPECT_TRUE(found.complete && found.by_paths);
  std::size_t arcs = 0, without = 0;
  for (const auto& sign : found.signs) {
    EXPECT_EQ(sign.sign, sign.effect > sign.cause ? Sign::plus : Sign::minus);
    EXPECT_EQ(sign.routes.empty(), !sign.all_routes);
    without += sign.routes.empty();
    for (const auto& route : sign.routes) {
      arcs += route.arcs.size();
      EXPECT_EQ(nodes_of(g, route).back(), sign.effect);
      EXPECT_EQ(rows_of(g, route).front(), "r" + std::to_string(sign.cause));
    }
  }
  EXPECT_EQ(without, found.without_routes);
  EXPECT_GE(arcs, options.most_route_arcs);
  EXPECT_LT(arcs, options.most_route_arcs + kNodes);
  ASSERT_EQ(found.loops.size(), 1U);
  EXPECT_EQ(found.loops.front().nodes.size(), static_cast<std::size_t>(kNodes));
}

TEST(Influence, LimitsLeaveWhatIsWorkedOutAsItIs) {
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    const InfluenceGraph g = random_graph(random);
    const auto whole = influence(g);
    InfluenceOptions options;
    options.most_pairs = 1 + random() % 12;
    options.most_route_arcs = random() % 12;
    const auto some = influence(g, options);
    ASSERT_LE(some.signs.size(), whole.signs.size());
    EXPECT_EQ(some.causes < g.graph.nodes,
              some.signs.size() < whole.signs.size() || some.causes < whole.causes);
    std::size_t without = 0;
    for (std::size_t i = 0; i < some.signs.size(); ++i) {
      const auto &x = some.signs[i], &y = whole.signs[i];
      ASSERT_EQ(x.sign, y.sign);
      ASSERT_EQ(x.cause, y.cause);
      ASSERT_EQ(x.effect, y.effect);
      without += x.routes.empty();
      if (x.routes.empty()) continue;
      ASSERT_EQ(x.routes.size(), y.routes.size());
      ASSERT_EQ(x.robust.has_value(), y.robust.has_value());
    }
    EXPECT_EQ(without, some.without_routes);
  }
}

}  // namespace
}  // namespace parley::consistency
