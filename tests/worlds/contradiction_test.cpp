// SPDX-License-Identifier: MIT
// Contradictions of orders against the closure of all stated pairs.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "worlds/order.hpp"

namespace parley::worlds {
namespace {

std::size_t z(int i) { return static_cast<std::size_t>(i); }

/// Brute force: an order contradicts itself iff the strict pairs, closed under all pairs, put something above
/// itself.
bool contradicts(const PartialOrder& order) {
  std::vector<std::vector<int>> reach(z(order.n),
                                      std::vector<int>(z(order.n), 0));  // 1: at least, 2: strictly
  for (const auto& [a, b] : order.equal) reach[z(a)][z(b)] = reach[z(b)][z(a)] = 1;
  for (const auto& [a, b] : order.above) reach[z(a)][z(b)] = 2;
  for (int round = 0; round < order.n; ++round)
    for (int i = 0; i < order.n; ++i)
      for (int j = 0; j < order.n; ++j)
        for (int k = 0; k < order.n; ++k)
          if (reach[z(i)][z(k)] != 0 && reach[z(k)][z(j)] != 0)
            reach[z(i)][z(j)] = std::max({reach[z(i)][z(j)], reach[z(i)][z(k)], reach[z(k)][z(j)]});
  for (int i = 0; i < order.n; ++i)
    if (reach[z(i)][z(i)] == 2) return true;
  return false;
}

TEST(Contradiction, AgainstClosureAndItsCycleIsOne) {
  std::mt19937 random(5);
  int found = 0;
  for (int round = 0; round < 5000; ++round) {
    PartialOrder order{1 + static_cast<int>(random() % 6), {}, {}};
    const auto element = [&] { return static_cast<int>(random() % static_cast<unsigned>(order.n)); };
    for (unsigned i = random() % 6; i > 0; --i) order.above.emplace_back(element(), element());
    for (unsigned i = random() % 3; i > 0; --i) order.equal.emplace_back(element(), element());
    const auto cycle = contradiction(order);
    ASSERT_EQ(cycle.has_value(), contradicts(order)) << "round " << round;
    if (!cycle) continue;
    ++found;
    ASSERT_FALSE(cycle->empty());
    EXPECT_EQ(std::set<int>(cycle->begin(), cycle->end()).size(), cycle->size());
    bool strict = false;
    for (std::size_t i = 0; i < cycle->size(); ++i) {
      const std::pair step{(*cycle)[i], (*cycle)[(i + 1) % cycle->size()]};
      const auto stated = [&](const auto& pairs, auto pair) {
        return std::find(pairs.begin(), pairs.end(), pair) != pairs.end();
      };
      const bool above = stated(order.above, step);
      strict = strict || above;
      EXPECT_TRUE(above || stated(order.equal, step) ||
                  stated(order.equal, std::pair{step.second, step.first}));
    }
    EXPECT_TRUE(strict);
  }
  EXPECT_GT(found, 1000);
}

TEST(Contradiction, LongCyclesAreFoundAtOnce) {
  PartialOrder ring{100'000, {}, {}};
  for (int i = 0; i < ring.n; ++i) ring.equal.emplace_back(i, (i + 1) % ring.n);
  EXPECT_FALSE(contradiction(ring));
  ring.above.emplace_back(7, 4);
  EXPECT_EQ(contradiction(ring), (std::vector<int>{7, 4, 5, 6}));
}

}  // namespace
}  // namespace parley::worlds
