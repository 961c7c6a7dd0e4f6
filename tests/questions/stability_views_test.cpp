// SPDX-License-Identifier: MIT
// Each side's own graph of an account's game: what rows of belief make of it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "language/read.hpp"
#include "questions/stability.hpp"
#include "report/stability_account.hpp"

namespace {

using namespace parley;

constexpr const char* kHead = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
)";

/// Two who would disarm if the other did. What each takes the other to want decides what it does.
constexpr const char* kArms = R"(issues:
  arms_a: {chosen_by: a, levels: [low, high], now: low}
  arms_b: {chosen_by: b, levels: [low, high], now: low}
preferences:
  a_own: {by: a, on: arms_a, order: high > low}
  a_other: {by: a, on: arms_b, order: low > high}
  b_own: {by: b, on: arms_b, order: high > low}
  b_other: {by: b, on: arms_a, order: low > high}
saliences:
  a_fears: {by: a, order: arms_b > arms_a}
  b_fears: {by: b, order: arms_a > arms_b}
)";

questions::StabilityAnswer solve_with_readings(const std::string& body, int draws = 60) {
  auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  questions::StabilityAsk ask;
  ask.solve.draws = draws;
  ask.solve.threads = 1;
  return questions::solve_stability(questions::columns_of(reading.base, reading.alternatives, {}).front(),
                                    ask);
}

/// By sequential stability the peace holds because each would answer arms with arms. Who takes the other to
/// be meek arms, and is surprised.
TEST(AccountViews, AReadingThatOneSideGoesByIsItsOwnGraph) {
  const auto answer = solve_with_readings(std::string(kArms) + R"(alternatives:
  meek: {set: {b_own.order: low > high}, because: b would not arm}
beliefs:
  a_takes_b_for_meek: {by: a, about: meek}
)");
  ASSERT_EQ(answer.games.size(), 1U);
  const auto& game = *answer.games.front();
  const auto& p = game.perception;
  ASSERT_TRUE(p.answered);
  ASSERT_EQ(p.worlds, game.worlds);
  EXPECT_EQ(p.apart, (std::vector<int>{p.worlds, 0}));
  ASSERT_EQ(p.views[0].reasons.size(), 1U);
  EXPECT_EQ(p.views[0].reasons[0].about, "meek");
  const auto& seq = p.of[3];
  EXPECT_EQ(seq.now_informed, p.worlds);
  EXPECT_EQ(seq.now_holds, 0);
  EXPECT_EQ(seq.now_looks, (std::vector<int>{0, p.worlds}));
  EXPECT_EQ(seq.now_rash, (std::vector<int>{p.worlds, 0}));
  EXPECT_EQ(seq.now_surprising, (std::vector<int>{0, p.worlds}));  // b takes the peace to hold
  const auto json = report::stability_column_json(answer, 10);
  EXPECT_EQ(json["misperception"]["views"]["a"]["rows"][0]["about"], "meek");
  EXPECT_EQ(json["misperception"]["concepts"]["seq"]["now"]["rash"]["a"], 1.0);
  nlohmann::ordered_json page = {{"by_account", {{"small", {{"by_alternative", {{"base", json}}}}}}}};
  const std::string text = report::stability_page(page);
  EXPECT_NE(text.find("one side goes by `meek`"), std::string::npos) << text;
  EXPECT_NE(text.find("A surprise"), std::string::npos) << text;
}

/// A belief about a row is the share of worlds in which it counts; the rest go without the row.
TEST(AccountViews, ARowThatOneSideDoubtsIsMissingFromItsGraph) {
  for (const int share : {0, 100}) {
    const auto answer = solve_with_readings(
        std::string(kArms) + "beliefs:\n  doubts: {by: a, about: b_own, believes: " + std::to_string(share) +
        "%}\n");
    const auto& p = answer.games.front()->perception;
    ASSERT_TRUE(p.answered);
    EXPECT_EQ(p.apart[0], share == 0 ? p.worlds : 0);
    EXPECT_EQ(p.of[3].now_holds == p.worlds, share == 100);
  }
}

/// A threat within the focus: who takes it to be kept expects its maker to prefer keeping it.
TEST(AccountViews, AThreatThatIsTrustedDifferentlyMakesTwoGraphs) {
  const auto arms = [](const char* kept) {
    return std::string(R"(issues:
  annex: {chosen_by: a, levels: [no_, done], now: no_}
  war: {chosen_by: b, levels: [absent, open], now: absent}
preferences:
  a_annex: {by: a, on: annex, order: done > no_}
  a_war: {by: a, on: war, order: absent > open}
  b_war: {by: b, on: war, order: absent > open}
  b_annex: {by: b, on: annex, order: no_ > done}
saliences:
  a_fears: {by: a, order: war > annex}
commitments:
  threat: {by: b, to: [a], if: annex is done, will: war is open)") +
           kept + "}\n";
  };
  // b does not mean it, a takes it for certain: the present holds by a's belief alone.
  const auto bluff = solve_with_readings(arms(", intended: 0%, believed: {a: 100%}"));
  const auto& p = bluff.games.front()->perception;
  ASSERT_TRUE(p.answered);
  EXPECT_EQ(p.of[3].now_holds, p.worlds);
  EXPECT_EQ(p.of[3].now_informed, 0);
  EXPECT_EQ(p.of[3].now_held_back, (std::vector<int>{p.worlds, 0}));
  // b means it and a does not believe it.
  const auto blind = solve_with_readings(arms(", intended: 100%, believed: {a: 0%}"));
  const auto& q = blind.games.front()->perception;
  EXPECT_EQ(q.of[3].now_holds, 0);
  EXPECT_EQ(q.of[3].now_informed, q.worlds);
  EXPECT_EQ(q.of[3].now_rash, (std::vector<int>{q.worlds, 0}));
  // Where nothing is said to part them, there is nothing to misperceive; a row of beliefs says it as well.
  EXPECT_FALSE(solve_with_readings(arms(", carried_out: 50%")).games.front()->perception.answered);
  const auto row = solve_with_readings(arms(", carried_out: 0%") +
                                       "beliefs:\n  fear: {by: a, about: threat, believes: 100%}\n");
  EXPECT_EQ(row.games.front()->perception.of[3].now_held_back, (std::vector<int>{60, 0}));
}

}  // namespace
