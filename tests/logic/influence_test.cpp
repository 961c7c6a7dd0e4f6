// SPDX-License-Identifier: MIT
// Signs and paths against a listing of all elementary paths by plain recursion.
#include "logic/influence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <vector>

namespace parley::logic {
namespace {

constexpr std::array<Sign, 4> kSigns{Sign::minus, Sign::none, Sign::plus, Sign::unknown};

/// Signs as numbers with an error: minus -1, plus 1, unknown "either".
bool may(Sign sign, int value) {
  return sign == Sign::unknown ? value != 0 : static_cast<int>(sign) == value;
}

TEST(Signs, ProductAndTogetherHoldForAllValues) {
  for (const Sign a : kSigns)
    for (const Sign b : kSigns) {
      for (int x = -1; x <= 1; ++x)
        for (int y = -1; y <= 1; ++y)
          if (may(a, x) && may(b, y)) {
            EXPECT_TRUE(may(product(a, b), x * y));
          }
      EXPECT_EQ(product(a, b), product(b, a));
      EXPECT_EQ(together(a, b), together(b, a));
      EXPECT_EQ(together(a, Sign::none), a);
      EXPECT_EQ(together(a, a), a);
      for (const Sign c : kSigns) {
        EXPECT_EQ(product(product(a, b), c), product(a, product(b, c)));
        EXPECT_EQ(together(together(a, b), c), together(a, together(b, c)));
        EXPECT_EQ(product(a, together(b, c)), together(product(a, b), product(a, c)));
      }
    }
  EXPECT_EQ(together(Sign::plus, Sign::minus), Sign::unknown);
  EXPECT_EQ(product(Sign::minus, Sign::minus), Sign::plus);
  EXPECT_EQ(product(Sign::unknown, Sign::none), Sign::none);
}

std::vector<Path> all_paths(const SignedGraph& graph, int cause, int effect) {
  std::vector<Path> out;
  std::vector<int> arcs;
  std::vector<bool> on(static_cast<std::size_t>(graph.nodes), false);
  const std::function<void(int, Sign)> go = [&](int v, Sign sign) {
    if (v == effect) {
      out.push_back({arcs, sign});
      return;
    }
    on[static_cast<std::size_t>(v)] = true;
    for (std::size_t a = 0; a < graph.arcs.size(); ++a) {
      const Arc& arc = graph.arcs[a];
      if (arc.from != v || arc.sign == Sign::none || on[static_cast<std::size_t>(arc.to)]) continue;
      arcs.push_back(static_cast<int>(a));
      go(arc.to, product(sign, arc.sign));
      arcs.pop_back();
    }
    on[static_cast<std::size_t>(v)] = false;
  };
  go(cause, Sign::plus);
  std::sort(out.begin(), out.end(), [](const Path& a, const Path& b) {
    return a.arcs.size() != b.arcs.size() ? a.arcs.size() < b.arcs.size() : a.arcs < b.arcs;
  });
  return out;
}

SignedGraph random_graph(std::mt19937& random, int most_nodes, int most_arcs) {
  SignedGraph graph;
  graph.nodes = 1 + static_cast<int>(random() % static_cast<unsigned>(most_nodes));
  const unsigned unknown = random() % 4;
  for (unsigned i = random() % static_cast<unsigned>(most_arcs + 1); i > 0; --i) {
    Arc arc;
    arc.from = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    arc.to = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    arc.sign = random() % 12 < unknown ? Sign::unknown
               : random() % 10 == 0    ? Sign::none
               : random() % 3 == 0     ? Sign::minus
                                       : Sign::plus;
    graph.arcs.push_back(arc);
  }
  return graph;
}

TEST(Signs, NetAgainstAllPaths) {
  std::mt19937 random(3);
  std::array<int, 4> seen{};
  for (int round = 0; round < 4000; ++round) {
    const auto graph = random_graph(random, 7, 14);
    for (int cause = 0; cause < graph.nodes; ++cause) {
      const auto signs = net_signs(graph, cause);
      ASSERT_EQ(signs.size(), static_cast<std::size_t>(graph.nodes));
      for (int effect = 0; effect < graph.nodes; ++effect) {
        Sign expected = Sign::none;
        for (const Path& path : all_paths(graph, cause, effect)) expected = together(expected, path.sign);
        ASSERT_EQ(signs[static_cast<std::size_t>(effect)], expected)
            << round << ": " << cause << " on " << effect;
        if (effect != cause) ++seen[static_cast<std::size_t>(static_cast<int>(expected) + 1)];
      }
    }
  }
  for (const int count : seen) EXPECT_GT(count, 3000);
}

TEST(Paths, AgainstAllPaths) {
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    const auto graph = random_graph(random, 6, 14);
    const int cause = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    const int effect = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    const auto expected = all_paths(graph, cause, effect);
    bool complete = false;
    const auto found = paths(graph, cause, effect, 100'000, &complete);
    EXPECT_TRUE(complete);
    ASSERT_EQ(found.size(), expected.size()) << round;
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].arcs, expected[i].arcs) << round;
      ASSERT_EQ(found[i].sign, expected[i].sign) << round;
    }
    if (expected.size() < 2) continue;
    const auto some = paths(graph, cause, effect, expected.size() - 1, &complete);
    EXPECT_FALSE(complete);
    ASSERT_EQ(some.size(), expected.size() - 1);
    EXPECT_EQ(some.back().arcs, expected[some.size() - 1].arcs);
  }
}

TEST(Signs, AFeedbackLoopDoesNotTurnTheSignOfItsCause) {
  // sanctions raise unrest, unrest raises repression, repression lowers unrest: sanctions still raise unrest.
  const SignedGraph graph{3, {{0, 1, Sign::plus, 1}, {1, 2, Sign::plus, 2}, {2, 1, Sign::minus, 3}}};
  EXPECT_EQ(net_signs(graph, 0), (std::vector<Sign>{Sign::plus, Sign::plus, Sign::plus}));
  EXPECT_EQ(net_signs(graph, 2), (std::vector<Sign>{Sign::none, Sign::minus, Sign::plus}));
}

SignedGraph complete_graph(int n) {
  SignedGraph graph{n, {}};
  for (int a = 0; a < n; ++a)
    for (int b = 0; b < n; ++b)
      if (a != b) graph.arcs.push_back({a, b, Sign::plus, 0});
  return graph;
}

TEST(Signs, DenseLoopsAndLongChainsEnd) {
  const auto dense = complete_graph(30);
  for (const Sign sign : net_signs(dense, 0)) EXPECT_EQ(sign, Sign::plus);
  auto mixed = dense;
  mixed.arcs[40].sign = Sign::minus;
  const auto signs = net_signs(mixed, 0);
  EXPECT_EQ(std::count(signs.begin(), signs.end(), Sign::unknown), 29);

  SignedGraph chain{100'000, {}};
  for (int v = 0; v + 1 < chain.nodes; ++v) chain.arcs.push_back({v, v + 1, Sign::minus, 0});
  EXPECT_EQ(net_signs(chain, 0).back(), Sign::minus);  // an odd number of turns
  chain.arcs.push_back({chain.nodes - 1, 0, Sign::plus, 0});
  EXPECT_EQ(net_signs(chain, 0).back(), Sign::minus);
}

TEST(Signs, OneCauseAfterAnotherIsTheSameAsEachAlone) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    const auto graph = random_graph(random, 9, 22);
    NetSigns signs(graph);
    PathFinder finder(graph);
    for (int cause = 0; cause < graph.nodes; ++cause) {
      ASSERT_EQ(signs.of(cause), net_signs(graph, cause)) << round;
      for (int effect = 0; effect < graph.nodes; ++effect) {
        bool one = false, other = false;
        const auto found = finder.between(cause, effect, 9, &one);
        const auto alone = paths(graph, cause, effect, 9, &other);
        ASSERT_EQ(one, other);
        ASSERT_EQ(found.size(), alone.size());
        for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i].arcs, alone[i].arcs);
      }
    }
    EXPECT_FALSE(signs.walked());
  }
}

TEST(Signs, OfDenseMixedGraphsWithoutFollowingEveryPath) {
  // All paths of such a graph would be far more than kSignSteps: it ends once nothing is left to learn.
  SignedGraph mixed = complete_graph(12);
  for (std::size_t a = 0; a < mixed.arcs.size(); a += 3) mixed.arcs[a].sign = Sign::minus;
  NetSigns signs(mixed);
  const auto found = signs.of(3);
  EXPECT_EQ(std::count(found.begin(), found.end(), Sign::unknown), 11);
  EXPECT_EQ(found[3], Sign::plus);
  EXPECT_FALSE(signs.walked());
}

TEST(Signs, ManyCausesOfADenseGraphEndAndSayThatWalksStoodIn) {
  const SignedGraph dense = complete_graph(150);
  NetSigns signs(dense);
  for (int cause = 0; cause < dense.nodes; ++cause) {
    const auto found = signs.of(cause);
    EXPECT_EQ(std::count(found.begin(), found.end(), Sign::plus), dense.nodes);
  }
  EXPECT_TRUE(signs.walked());
}

TEST(Paths, DenseAndLongGraphsEnd) {
  bool complete = true;
  const auto found = paths(complete_graph(30), 0, 1, 500, &complete);
  EXPECT_FALSE(complete);
  ASSERT_EQ(found.size(), 500U);
  EXPECT_EQ(found[0].arcs.size(), 1U);
  EXPECT_EQ(found[28].arcs.size(), 2U);
  EXPECT_EQ(found[29].arcs.size(), 3U);
  SignedGraph ladder{4000, {}};
  for (int v = 0; v + 1 < ladder.nodes; ++v)
    for (const Sign sign : {Sign::plus, Sign::minus}) ladder.arcs.push_back({v, v + 1, sign, 0});
  const auto some = paths(ladder, 0, ladder.nodes - 1, 1000, &complete);
  EXPECT_FALSE(complete);
  EXPECT_FALSE(some.empty());
}

}  // namespace
}  // namespace parley::logic
