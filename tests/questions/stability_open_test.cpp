// SPDX-License-Identifier: MIT
// Who says nothing of what it wants is not drawn: bounds against every order that it may have, and what
// becomes of shares, answers and the page.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "language/read.hpp"
#include "questions/compare.hpp"
#include "questions/lens_answers.hpp"
#include "questions/self_tests.hpp"
#include "questions/stability_parts.hpp"
#include "report/stability_account.hpp"
#include "stability/coalition.hpp"

namespace {

using namespace parley;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kWorlds = 30;

constexpr const char* kArms = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: Aland, b: Borneo}
issues:
  arms_a: {chosen_by: a, levels: [low, high], now: low}
  arms_b: {chosen_by: b, levels: [low, high], now: low}
)";
constexpr const char* kWishesOfA = R"(preferences:
  a_own: {by: a, on: arms_a, order: high > low}
  a_other: {by: a, on: arms_b, order: low > high}
)";

account::Account account_of(const std::string& text) {
  auto reading = language::read_texts({{"small.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  return reading.base;
}

questions::StabilityAsk ask_of(int worlds = kWorlds) {
  questions::StabilityAsk ask;
  ask.solve.draws = worlds;
  ask.solve.threads = 1;
  return ask;
}

questions::StabilityAnswer solve(const account::Account& account, int worlds = kWorlds) {
  return questions::solve_stability(questions::columns_of(account, {}, {}).front(), ask_of(worlds));
}

std::string flat(const std::string& text) {
  std::istringstream words(text);
  std::string line, word;
  while (words >> word) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string page_of(const questions::StabilityAnswer& answer) {
  nlohmann::ordered_json by = {
      {"by_account", {{"small", report::stability_account_json({answer}, report::kListedInFull)}}}};
  return flat(report::stability_page(by));
}

/// Every weak order of n things, best first, as dense ranks.
std::vector<std::vector<stability::Rank>> weak_orders(std::size_t n) {
  std::vector<std::vector<stability::Rank>> list;
  std::vector<stability::Rank> ranks(n, 0);
  for (;;) {
    const auto most = *std::max_element(ranks.begin(), ranks.end());
    bool dense = true;
    for (stability::Rank r = 0; r <= most; ++r)
      dense = dense && std::find(ranks.begin(), ranks.end(), r) != ranks.end();
    if (dense) list.push_back(ranks);
    std::size_t i = 0;
    while (i < n && ++ranks[i] == n) ranks[i++] = 0;
    if (i == n) return list;
  }
}

/// What the counts must be: each world of those who speak, with every order of the states that the silent
/// one may have. `least` is exact; `most` may be more than is so, never less.
void expect_bounds(const std::string& text) {
  const auto account = account_of(text);
  const auto column = questions::columns_of(account, {}, {}).front();
  const auto answer = questions::solve_stability(column, ask_of());
  ASSERT_EQ(answer.games.size(), 1U) << text;
  const auto& game = *answer.games.front();
  ASSERT_EQ(game.worlds, kWorlds);
  const auto framed = questions::frame_column(column, ask_of(), nullptr);
  const framing::AccountGame& g = framed.games.front().game;
  const questions::GameUtilities utilities(g);
  const auto graph = stability::graph_of(g.graph.states.size(), g.graph.moves);
  const auto coalitions = stability::CoalitionSolver::make(graph, g.movers, g.players.size());
  ASSERT_TRUE(coalitions);
  std::size_t silent = SIZE_MAX;
  for (std::size_t p = 0; p < g.players.size(); ++p)
    if (g.players[p].silent) silent = p;
  ASSERT_NE(silent, SIZE_MAX) << text;
  const std::size_t states = graph.states, concepts = questions::kGameConcepts;
  std::vector<std::vector<int>> least(concepts, std::vector<int>(states, 0)), most = least;
  const auto orders = weak_orders(states);
  for (std::uint64_t world = 0; world < kWorlds; ++world) {
    const auto settlement = utilities.settlement(1, world);
    stability::Rankings ranks(g.players.size());
    for (std::size_t p = 0; p < ranks.size(); ++p)
      if (p != silent) ranks[p] = utilities.ranks(p, settlement, 1, world);
    std::vector<stability::Bits> always(concepts, stability::Bits(states, true)),
        ever(concepts, stability::Bits(states));
    for (const auto& order : orders) {
      ranks[silent] = order;
      stability::Individual found;
      stability::ArcSolver(graph, g.movers).solve(ranks, stability::kAllConcepts, found);
      std::vector<std::vector<stability::Bits>> better;
      for (const auto& own : ranks) better.push_back(stability::better_than(own));
      const auto together = coalitions->solve(better, {true, true, true, true});
      ASSERT_TRUE(together);
      for (std::size_t c = 0; c < concepts; ++c) {
        const auto& stable =
            c < stability::kConcepts ? found.stable[c] : together->stable[c - stability::kConcepts];
        stability::Bits all(states, true);
        for (const auto& own : stable) all &= own;
        always[c] &= all;
        ever[c] |= all;
      }
    }
    for (std::size_t c = 0; c < concepts; ++c)
      for (std::size_t s = 0; s < states; ++s) {
        least[c][s] += always[c].has(s) ? 1 : 0;
        most[c][s] += ever[c].has(s) ? 1 : 0;
      }
  }
  for (std::size_t c = 0; c < concepts; ++c)
    for (std::size_t s = 0; s < states; ++s) {
      const auto& count = game.concepts[c];
      ASSERT_TRUE(count.answered);
      ASSERT_EQ(count.equilibrium[s], least[c][s]) << questions::game_concept(c) << " " << s << text;
      ASSERT_GE(count.equilibrium_at_most[s], most[c][s]) << questions::game_concept(c) << " " << s << text;
    }
  const int now = g.settlements.front().now;
  for (std::size_t c = 0; c < concepts; ++c) {
    const auto at = static_cast<std::size_t>(now);
    EXPECT_EQ(game.present.equilibrium[c], game.concepts[c].equilibrium[at]);
    EXPECT_EQ(game.present.equilibrium_at_most[c], game.concepts[c].equilibrium_at_most[at]);
  }
}

TEST(SilentActor, BoundsAreThoseOfEveryOrderThatItMayHave) {
  expect_bounds(std::string(kArms) + kWishesOfA);
  std::mt19937 random(11);
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  for (int round = 0; round < 25; ++round) {
    // Two sides, or a third that moves nothing alone; the second is silent.
    std::string text = kArms;
    const bool joint = chance(40);
    if (joint) {
      text = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: Aland, b: Borneo, c: Corsica}
issues:
  arms_a: {chosen_by: a, levels: [low, high], now: low}
  treaty: {settled_by: [b, c], levels: [absent, signed], now: absent}
)";
    }
    const std::string other = joint ? "treaty" : "arms_b";
    const auto order = [&](const std::string& on) {
      const bool up = chance(50);
      return on == "treaty" ? (up ? "signed > absent" : "absent > signed")
                            : (up ? "high > low" : "low > high");
    };
    text += "preferences:\n";
    text += fmt::format("  a1: {{by: a, on: arms_a, order: {}}}\n", order("arms_a"));
    text += fmt::format("  a2: {{by: a, on: {}, order: {}}}\n", other, order(other));
    if (joint) text += fmt::format("  c1: {{by: c, on: treaty, order: {}}}\n", order("treaty"));
    if (joint && chance(50)) text += fmt::format("  c2: {{by: c, on: arms_a, order: {}}}\n", order("arms_a"));
    expect_bounds(text);
    if (HasFatalFailure()) return;
  }
}

TEST(SilentActor, NoShareRestsOnItAndTheReasonIsNamed) {
  // What b does weighs more for a than what it does itself, so that b could deter it.
  const auto answer = solve(account_of(std::string(kArms) + kWishesOfA +
                                       "saliences: {a_fears: {by: a, order: arms_b > arms_a}}\n"));
  const auto json = report::stability_column_json(answer, 100);
  EXPECT_EQ(json["open"][0]["actor"], "b");
  EXPECT_EQ(json["open"][0]["on"], nlohmann::json({"arms_a", "arms_b"}));
  const auto& seq = json["now"]["equilibrium"]["seq"];
  EXPECT_TRUE(seq["share"].is_null());
  EXPECT_EQ(seq["open"], nlohmann::json({"b"}));
  EXPECT_EQ(seq["low"], 0.0);
  EXPECT_EQ(seq["high"], 1.0);
  EXPECT_TRUE(json["now"]["left_by"]["seq"]["b"].is_null());
  EXPECT_TRUE(json["now"]["could_gain"]["b"].is_null());
  // What is so whatever it wants has its share: a gains by arming, whatever b does.
  EXPECT_EQ(json["now"]["equilibrium"]["nash"]["share"], 0.0);
  EXPECT_EQ(json["now"]["could_gain"]["a"], 1.0);
  for (const auto& move : json["now"]["moves"]) EXPECT_EQ(move["mover"], "a");
  const std::string page = page_of(answer);
  EXPECT_THAT(page, HasSubstr("the account holds no row on what Borneo wants of arms_a and arms_b"));
  EXPECT_THAT(page, HasSubstr("holds in 0 to 100 % (open) of worlds"));
  EXPECT_THAT(page, Not(HasSubstr("Nobody would leave it")));
}

TEST(SilentActor, OneWordOfItIsEnoughToBeDrawnAndThePageSaysWhatIsNotSaid) {
  const std::string word = "  b_own: {by: b, on: arms_b, order: low > high}\n";
  const auto answer = solve(account_of(std::string(kArms) + kWishesOfA + word));
  const auto json = report::stability_column_json(answer, 100);
  EXPECT_TRUE(json["open"].empty());
  EXPECT_TRUE(json["now"]["equilibrium"]["seq"]["share"].is_number());
  EXPECT_FALSE(json["now"].contains("left_by_bounds"));
  EXPECT_THAT(page_of(answer), HasSubstr("The account holds no row on what Borneo wants of arms_a: unknown, "
                                         "with every order drawn alike, and the shares rest on that draw"));
}

TEST(SilentActor, WhoDoesNotCareByItsOwnRowIsNotSilent) {
  const std::string care = R"(positions:
  b_own: {by: b, on: arms_b, indifferent: yes}
  b_other: {by: b, on: arms_a, indifferent: yes}
)";
  const auto answer = solve(account_of(std::string(kArms) + kWishesOfA + care));
  const auto json = report::stability_column_json(answer, 100);
  EXPECT_TRUE(json["open"].empty());
  EXPECT_EQ(json["now"]["could_gain"]["b"], 0.0);
}

/// Nothing in how the silent one would be drawn - seed, salience - moves anything.
TEST(SilentActor, IsNotDrawn) {
  const std::string text = std::string(kArms) + kWishesOfA;
  const auto one = solve(account_of(text));
  const auto two = solve(account_of(text + "saliences: {b_weighs: {by: b, order: arms_a > arms_b}}\n"));
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
    EXPECT_EQ(one.games[0]->concepts[c].equilibrium, two.games[0]->concepts[c].equilibrium);
    EXPECT_EQ(one.games[0]->concepts[c].equilibrium_at_most, two.games[0]->concepts[c].equilibrium_at_most);
  }
}

TEST(SilentActor, AnswersThatHangOnItAreOpenAndNotFalse) {
  const auto silent =
      account_of(std::string(kArms) + kWishesOfA + "saliences: {a_fears: {by: a, order: arms_b > arms_a}}\n");
  questions::LensOptions options;
  options.solve.draws = kWorlds;
  options.sources = questions::kAsksStability;
  const questions::LensAnswers lens(options);
  const auto list = lens.of(silent, {});
  const auto id = questions::AnswerId::parse("stability:arms_a.now:seq");
  ASSERT_TRUE(id);
  EXPECT_EQ(list.find(*id), nullptr);
  ASSERT_TRUE(list.open.contains(*id));
  EXPECT_EQ(list.open.at(*id), (std::vector<std::string>{"b"}));
  EXPECT_TRUE(list.asked(id->scope));
  EXPECT_FALSE(list.gives(*id));
  // An account in which b speaks is no opposite of one in which it does not.
  const auto speaks = account_of(std::string(kArms) + kWishesOfA +
                                 "  b_own: {by: b, on: arms_b, order: low > high}\n"
                                 "saliences: {a_fears: {by: a, order: arms_b > arms_a}}\n");
  questions::CompareOptions compare;
  compare.solve.draws = kWorlds;
  compare.sources = questions::kAsksStability;
  for (const auto& difference : questions::compare(silent, speaks, compare).answers)
    EXPECT_FALSE(list.open.contains(difference.a.id)) << difference.a.id.text();
}

TEST(SilentActor, ThePlaceboHasNoOpinionOnAnybody) {
  const auto account = account_of(std::string(kArms) + kWishesOfA +
                                  "  b_own: {by: b, on: arms_b, order: low > high}\n"
                                  "talks: {summit: {parties: [a, b], issues: [arms_a, arms_b]}}\n");
  const auto blank = solve(questions::placebo(account));
  const auto json = report::stability_column_json(blank, 100);
  EXPECT_EQ(json["open"].size(), 2U);
  for (const auto& [concept_name, share] : json["now"]["equilibrium"].items())
    EXPECT_TRUE(share["share"].is_null()) << concept_name;
  EXPECT_TRUE(json["now"]["moves"].empty());
  questions::LensOptions options;
  options.solve.draws = kWorlds;
  options.sources = questions::kAsksStability;
  const auto list = questions::LensAnswers(options).of(questions::placebo(account), {});
  EXPECT_TRUE(list.answers.empty());
  EXPECT_FALSE(list.open.empty());
}

}  // namespace
