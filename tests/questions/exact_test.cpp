// SPDX-License-Identifier: MIT
// From the text to the verdict without rounding: small accounts with exact weights, values, ties and
// reservations, against fractions of the tests' own.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "language/read.hpp"
#include "questions/exact_account.hpp"
#include "questions/run.hpp"
#include "questions/stability.hpp"

namespace {

using namespace parley;
using deals::Standing;
using parley::testing::Certain;
using parley::testing::CertainMaker;
using parley::testing::Fraction;

account::Account read(const std::string& text) {
  const auto reading = language::read_texts({{"small.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << ": " << d.message << "\n" << text;
  return reading.base;
}

questions::Column column_of(const std::string& text) {
  return questions::columns_of(read(text), {}, {}).front();
}

questions::SolveOptions draws(int worlds) {
  questions::SolveOptions options;
  options.draws = worlds;
  options.threads = 1;
  return options;
}

struct Seen {
  int with = 0, without = 0, ties = 0;
};

/// Proofs and shares against the fractions, package by package.
void expect_decided(const Certain& c, const std::string& where, Seen& seen) {
  constexpr int kWorlds = 20;
  const std::string text = where + "\n" + c.text(true);
  const auto answer = questions::solve(column_of(c.text(true)), draws(kWorlds));
  ASSERT_EQ(answer.tables.size(), 1U);
  const auto& framed = answer.tables[0].framed;
  const auto& deals = answer.tables[0].answer;
  ASSERT_TRUE(framed.clashes.empty()) << text;
  if (framed.ensemble.packages.empty()) return;
  ASSERT_EQ(deals.worlds, kWorlds) << text;
  ASSERT_EQ(framed.ensemble.resolutions.size(), 1U);
  bool zone = false;
  for (std::size_t x = 0; x < framed.ensemble.packages.size(); ++x) {
    const auto& package = framed.ensemble.packages[x];
    bool inside = framed.ensemble.resolutions[0].broken[x] == 0;
    for (std::size_t p = 0; p < 2; ++p) {
      const bool accepts = c.accepts(p, package);
      if (!deals.packages[x].standing.empty()) {
        ASSERT_EQ(deals.packages[x].standing[p], accepts ? Standing::necessary : Standing::dead)
            << " package " << x << " party " << p << "\n"
            << text;
      }
      const Fraction least = c.reserve[p].empty() ? c.utility(p, c.now) : c.reserve[p].front();
      seen.ties += c.utility(p, package) == least && package != c.now ? 1 : 0;
      inside = inside && accepts;
    }
    ASSERT_EQ(deals.packages[x].in_zone.yes, inside ? kWorlds : 0) << " package " << x << "\n" << text;
    zone = zone || inside;
  }
  ASSERT_TRUE(deals.proved) << text;
  ASSERT_EQ(deals.possible, zone) << text;
  ASSERT_EQ(deals.necessary, zone) << text;
  ASSERT_EQ(deals.zone.yes, zone ? kWorlds : 0) << text;
  (zone ? seen.with : seen.without) += 1;
}

TEST(Exact, OneWorldOfExactNumbersIsDecidedLikeFractionsDecideIt) {
  Seen seen;
  for (unsigned round = 0; round < 1500 && !HasFatalFailure(); ++round)
    expect_decided(CertainMaker(round).make(true), "round " + std::to_string(round), seen);
  EXPECT_GT(seen.with, 150);
  EXPECT_GT(seen.without, 100);
  EXPECT_GT(seen.ties, 500);
}

/// Weights that add up to 100 % are weights, whichever they are, whichever way they are written.
TEST(Exact, EverySplitOfTheWholeIsAWhole) {
  const auto account = [](const std::vector<int>& of_a, const std::vector<int>& of_b, unsigned writing) {
    Certain c;
    c.levels.assign(of_a.size(), 2);
    c.now.assign(of_a.size(), 0);
    c.owner.assign(of_a.size(), 0);
    c.worth.assign(2, std::vector<Certain::Numbers>(of_a.size(), {Fraction(0), Fraction(1)}));
    c.worth[1].assign(of_a.size(), {Fraction(1), Fraction(0)});
    c.worth[1].back() = {Fraction(0), Fraction(1)};
    c.weight.resize(2);
    for (const int share : of_a) c.weight[0].emplace_back(share, 100);
    for (const int share : of_b) c.weight[1].emplace_back(share, 100);
    c.reserve.resize(2);
    c.writing = writing;
    return c;
  };
  Seen seen;
  for (unsigned writing = 0; writing < 3; ++writing) {
    for (int a = 5; a < 100; a += 5)
      expect_decided(account({a, 100 - a}, {100 - a, a}, writing), std::to_string(a), seen);
    for (int a = 10; a < 90; a += 10)
      for (int b = 10; a + b < 100; b += 10)
        expect_decided(account({a, b, 100 - a - b}, {100 - a - b, a, b}, writing), fmt::format("{} {}", a, b),
                       seen);
  }
  EXPECT_EQ(seen.with + seen.without, 3 * (19 + 36));
}

TEST(Exact, WeightsThatAreNoWholeSayWhatTheyAddUpTo) {
  const auto clash = [](const char* weights) {
    const auto answer = questions::solve(column_of(fmt::format(R"(parley: 1
account: sums
from: ex
sources: {{ex: {{title: an exercise, standpoint: exercise}}}}
actors: {{a: one side, b: the other side}}
issues:
  toll: {{settled_by: [a, b], levels: [free, high], now: free}}
  road: {{settled_by: [a, b], levels: [shut, open], now: shut}}
talks: {{t: {{parties: [a, b], issues: [toll, road]}}}}
preferences:
  p: {{by: a, on: toll, order: free > high}}
  q: {{by: a, on: road, order: open > shut}}
saliences: {{w: {{by: a, weights: {{{}}}}}}}
)",
                                                               weights)),
                                         draws(10));
    const auto& clashes = answer.tables[0].framed.clashes;
    return clashes.empty() ? std::string() : framing::clash_words(clashes[0]);
  };
  EXPECT_EQ(clash("toll: 70%, road: 40%"), "the weights add up to 110 %");
  EXPECT_EQ(clash("toll: 30%, road: 60%"), "the weights add up to 90 %");
  EXPECT_EQ(clash("toll: 70% to 80%, road: 40%"), "the weights add up to at least 110 %");
  EXPECT_EQ(clash("toll: 10% to 20%, road: 1/3"), "the weights add up to at most 160/3 %");
  EXPECT_EQ(clash("toll: 1/3, road: 2/3"), "");
  EXPECT_EQ(clash("toll: 70%"), "");
}

/// Lists that are sets may be written in any order: every world stays what it is.
TEST(Exact, TheOrderOfASetMovesNoShare) {
  const auto zone = [](bool turned) {
    const auto list = [&](const char* one, const char* other) {
      return turned ? fmt::format("[{}, {}]", other, one) : fmt::format("[{}, {}]", one, other);
    };
    const auto answer = questions::solve(
        column_of(fmt::format(R"(parley: 1
account: sets
from: ex
sources: {{ex: {{title: an exercise, standpoint: exercise}}}}
actors: {{a: one side, b: the other side}}
issues:
  toll: {{settled_by: {0}, levels: [free, low, high], now: low}}
  road: {{settled_by: {0}, levels: [shut, open], now: shut}}
  port: {{settled_by: {0}, choices: {1}, now: east}}
talks: {{t: {{parties: {0}, issues: {2}}}}}
preferences:
  p: {{by: a, on: toll, order: free > low > high}}
  q: {{by: a, on: road, order: open > shut}}
  r: {{by: b, on: toll, order: high > low > free}}
)",
                              list("a", "b"), turned ? "[west, mid, east]" : "[east, mid, west]",
                              turned ? "[port, road, toll]" : "[toll, road, port]")),
        draws(400));
    return answer.tables[0].answer.zone;
  };
  const auto one = zone(false), other = zone(true);
  EXPECT_EQ(one.yes, other.yes);
  EXPECT_GT(one.yes, 0);
}

/// Is a state better for nobody who can move from it? Everybody moves any number of its own issues.
bool nash(const Certain& c, const std::vector<int>& state) {
  for (std::size_t p = 0; p < 2; ++p) {
    std::vector<int> other(state.size(), 0);
    for (;;) {
      bool reached = true;
      for (std::size_t i = 0; i < state.size(); ++i)
        reached = reached && (c.owner[i] == static_cast<int>(p) || other[i] == state[i]);
      if (reached && c.utility(p, state) < c.utility(p, other)) return false;
      std::size_t i = 0;
      while (i < other.size() && ++other[i] == c.levels[i]) other[i++] = 0;
      if (i == other.size()) break;
    }
  }
  return true;
}

TEST(Exact, StatesOfExactNumbersHoldWhereFractionsSaySo) {
  int compared = 0, hold = 0;
  for (unsigned round = 0; round < 800; ++round) {
    const Certain c = CertainMaker(50'000 + round).make(false);
    const std::string text = c.text(false);
    questions::StabilityAsk ask;
    ask.solve = draws(10);
    ask.framing.focus.clear();
    for (std::size_t i = 0; i < c.levels.size(); ++i) ask.framing.focus.push_back("i" + std::to_string(i));
    std::string wrong;
    const auto answer = questions::solve_stability(column_of(text), ask, nullptr, &wrong);
    ASSERT_EQ(wrong, "") << text;
    ASSERT_EQ(answer.games.size(), 1U) << text;
    const questions::GameAnswer& game = *answer.games[0];
    ASSERT_EQ(game.worlds, 10) << round << "\n" << text;
    std::vector<std::size_t> issue;
    for (const auto& one : game.game.focus)
      issue.push_back(static_cast<std::size_t>(std::stoi(one.id.substr(1))));
    for (std::size_t s = 0; s < game.game.graph.states.size(); ++s) {
      std::vector<int> state = c.now;
      for (std::size_t k = 0; k < issue.size(); ++k) state[issue[k]] = game.game.graph.states[s].levels[k];
      const bool holds = nash(c, state);
      ASSERT_EQ(game.concepts[0].equilibrium[s], holds ? 10 : 0) << round << " state " << s << "\n" << text;
      for (std::size_t concept_number = 0; concept_number < stability::kConcepts; ++concept_number) {
        const auto& count = game.concepts[concept_number];
        ASSERT_EQ(count.proved[s], count.equilibrium[s] == 10 ? 1 : -1)
            << round << " state " << s << " " << questions::game_concept(concept_number) << "\n"
            << text;
      }
      ++compared;
      hold += holds ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 4'000);
  EXPECT_GT(hold, 200);
}

/// One weight from a range and the other what is left: what a package is worth is linear between two ends.
TEST(Exact, ARangeOfWeightsIsDecidedAtItsEnds) {
  std::mt19937 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::map<Standing, int> seen;
  for (int round = 0; round < 400; ++round) {
    const int low = below(19), high = low + 1 + below(20 - low);
    std::vector<Fraction> value;  // of either issue's levels
    for (int i = 0; i < 4; ++i) value.emplace_back(below(6), 5);
    const auto at = [&](int weight, std::size_t x, std::size_t y) {
      return Fraction(weight, 20) * value[x] + Fraction(20 - weight, 20) * value[2 + y];
    };
    const Fraction least = below(4) == 0 ? Fraction(below(21), 20) : at(below(2) == 0 ? low : high, 1, 1);
    const std::string text = fmt::format(R"(parley: 1
account: exact
from: ex
sources: {{ex: {{title: an exercise, standpoint: exercise}}}}
actors: {{a: one side, b: the other side}}
issues:
  i0: {{settled_by: [a, b], levels: [l0, l1], now: l0}}
  i1: {{settled_by: [a, b], levels: [l0, l1], now: l0}}
talks: {{t: {{parties: [a, b], issues: [i0, i1]}}}}
preferences:
  p0: {{by: a, on: i0, worth: {{l0: {}, l1: {}}}}}
  p1: {{by: a, on: i1, worth: {{l0: {}, l1: {}}}}}
  q0: {{by: b, on: i0, order: l1 > l0}}
  q1: {{by: b, on: i1, order: l1 > l0}}
saliences: {{w: {{by: a, weights: {{i0: {}% to {}%}}}}}}
reservations: {{r: {{by: a, is: {}}}}}
)",
                                         value[0].text(), value[1].text(), value[2].text(), value[3].text(),
                                         5 * low, 5 * high, least.text());
    const auto answer = questions::solve(column_of(text), draws(60));
    const auto& [framed, deals] = std::tie(answer.tables[0].framed, answer.tables[0].answer);
    ASSERT_EQ(deals.worlds, 60) << text;
    for (std::size_t x = 0; x < framed.ensemble.packages.size(); ++x) {
      const auto& package = framed.ensemble.packages[x];
      if (deals.packages[x].standing.empty()) continue;
      const auto over = [&](int weight) {
        return (at(weight, static_cast<std::size_t>(package[0]), static_cast<std::size_t>(package[1])) -
                least)
            .sign();
      };
      const int first = over(low), second = over(high);
      const Standing expected = first >= 0 && second >= 0 ? Standing::necessary
                                : first > 0 || second > 0 ? Standing::open
                                                          : Standing::dead;
      ASSERT_EQ(deals.packages[x].standing[0], expected) << round << " package " << x << "\n" << text;
      ++seen[expected];
      if (framed.ensemble.resolutions[0].broken[x] != 0) continue;
      if (expected == Standing::dead) {
        ASSERT_EQ(deals.packages[x].in_zone.yes, 0) << round << "\n" << text;
      }
      if (expected == Standing::necessary && deals.packages[x].standing[1] == Standing::necessary) {
        ASSERT_EQ(deals.packages[x].in_zone.yes, 60) << round << "\n" << text;
      }
    }
    if (deals.proved && deals.necessary) {
      ASSERT_EQ(deals.zone.yes, 60) << text;
    }
    if (deals.proved && !deals.possible) {
      ASSERT_EQ(deals.zone.yes, 0) << text;
    }
  }
  for (const Standing each : {Standing::dead, Standing::open, Standing::necessary}) EXPECT_GT(seen[each], 60);
}

}  // namespace
