// SPDX-License-Identifier: MIT
// Findings against an enumeration of paths that shares no code with what it checks; and those of the founding
// account: what they join, without which rows they fall, and what changes nothing.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "findings_accounts.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace parley;
using namespace parley::testing;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* kThreat = R"(commitments:
  threat: {by: a, to: [b], kind: threat, if: unstated, will: patrols is sent, from: ex.S1}
)";

struct Edge {
  int from, to, sign;  // sign 0: unknown
};

/// Signs of all elementary paths, by trying every one.
void all_paths(const std::vector<Edge>& edges, int at, int goal, int sign, std::set<int>& seen,
               std::set<int>& signs) {
  if (at == goal) {
    signs.insert(sign);
    return;
  }
  for (const Edge& e : edges) {
    if (e.from != at || seen.contains(e.to)) continue;
    seen.insert(e.to);
    all_paths(edges, e.to, goal, sign * e.sign, seen, signs);
    seen.erase(e.to);
  }
}

/// Every path there is lowers: node 0 is what the act raises.
bool lowers(const std::vector<Edge>& edges, int goal) {
  std::set<int> seen = {0}, signs;
  all_paths(edges, 0, goal, 1, seen, signs);
  return signs == std::set<int>{-1};
}

std::string text_of(const std::vector<Edge>& edges, int nodes, int goal) {
  std::string text = "quantities:\n  from: ex.S0\n";
  for (int n = 1; n < nodes; ++n) text += fmt::format("  q{}: q\n", n);
  if (!edges.empty()) text += "mechanisms:\n";
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const char* verb = edges[i].sign > 0 ? "raises" : edges[i].sign < 0 ? "lowers" : "moves";
    text +=
        fmt::format("  m{}: {{cause: {}, {}: [q{}], from: ex.M{}}}\n", i,
                    edges[i].from == 0 ? "patrols" : fmt::format("q{}", edges[i].from), verb, edges[i].to, i);
  }
  return text + kThreat +
         fmt::format("objectives: {{rest: {{by: a, needs: [q{} rises], from: ex.S4}}}}\n", goal);
}

TEST(Oracle, SignsAgreeWithTheEnumerationOfPaths) {
  std::mt19937 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int there = 0;
  for (int round = 0; round < 1'500; ++round) {
    const int nodes = 3 + below(4);
    std::vector<Edge> edges;
    for (int k = 1 + below(2 * nodes); k > 0; --k) {
      const Edge e{below(nodes), 1 + below(nodes - 1), below(8) == 0 ? 0 : below(2) == 0 ? 1 : -1};
      if (e.from != e.to) edges.push_back(e);
    }
    const int goal = 1 + below(nodes - 1);
    const auto account = account_of(text_of(edges, nodes, goal));
    const auto list = of_kind(found(account, round % 10 == 0), Kind::own_goal);
    ASSERT_EQ(!list.empty(), lowers(edges, goal)) << text_of(edges, nodes, goal);
    if (list.empty()) continue;
    ++there;
    if (round % 10 != 0) continue;
    // The rows without which it falls, by trying each mechanism alone.
    std::set<Rows> alone = {{"threat"}, {"rest"}};
    for (std::size_t i = 0; i < edges.size(); ++i) {
      auto fewer = edges;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!lowers(fewer, goal)) alone.insert({fmt::format("m{}", i)});
    }
    EXPECT_EQ(std::set<Rows>(list[0].falls_without.begin(), list[0].falls_without.end()), alone)
        << text_of(edges, nodes, goal);
  }
  EXPECT_GT(there, 150);
}

TEST(Founding, JoinsSentencesThatNoneOfThemSaysAlone) {
  for (const char* id :
       {"own-goal:us_threat:spillover", "shut:annexation is done:saudi_bar",
        "shut:annexation is done:us_order", "limits:indirect", "opening:indirect:iran",
        "own-goal:us_programme:normalisation", "compliance:us_threat:us_order", "not-lifted:us_threat",
        "target:us_threat:iran:worse", "undone:us:iran:jcpoa", "unwanted:iran_inspections"})
    EXPECT_NE(by_id(founding_findings(), id), nullptr) << id;
  for (const auto& f : founding_findings().list) EXPECT_GE(f.joined, 2) << f.id;
}

TEST(Founding, EachFallsWithoutItsRowsAndWithoutNoOther) {
  const auto other =
      found(without(founding().base, {"sanctions_rial", "houthi_truce", "numbers_iran"}), false);
  for (const auto& f : founding_findings().list) {
    ASSERT_FALSE(f.falls_without.empty()) << f.id;
    for (const auto& set : f.falls_without) {
      // Another sentence of the same kind may be found then; not this one.
      const auto fewer = found(without(founding().base, set), false);
      const auto* still = by_id(fewer, f.id);
      EXPECT_TRUE(still == nullptr || still->words != f.words) << f.id << " without " << set.front();
    }
    const auto* same = by_id(other, f.id);
    ASSERT_NE(same, nullptr) << f.id;
    EXPECT_EQ(same->words, f.words);
  }
}

TEST(Founding, TheOrderOfTheRowsChangesNothing) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto other = found(questions::permuted(founding().base, seed));
    ASSERT_EQ(other.list.size(), founding_findings().list.size());
    for (std::size_t i = 0; i < other.list.size(); ++i) {
      EXPECT_EQ(other.list[i].id, founding_findings().list[i].id);
      EXPECT_EQ(other.list[i].words, founding_findings().list[i].words);
      EXPECT_EQ(other.list[i].rows, founding_findings().list[i].rows);
      EXPECT_EQ(other.list[i].falls_without, founding_findings().list[i].falls_without);
    }
  }
}

TEST(Founding, ReadingsThatDissolveAFindingAreNamed) {
  std::vector<questions::Column> readings;
  for (const auto& column : questions::columns_of(founding().base, founding().alternatives, {}))
    if (column.alternative != "base") readings.push_back(column);
  const auto findings = questions::findings_of(column_of(founding().base), readings, {false, nullptr});
  EXPECT_THAT(by_id(findings, "shut:annexation is done:saudi_bar")->not_in,
              UnorderedElementsAre("saudi_framework", "saudi_pathway"));
  // Readings number their variables in their own way.
  EXPECT_THAT(by_id(findings, "own-goal:us_programme:normalisation")->not_in, IsEmpty());
}

}  // namespace
