// SPDX-License-Identifier: MIT
// Conflict files of every kind: what two ways of saying the same have in common.
#include <gmock/gmock.h>

#include "foreign/conflict.hpp"
#include "stability/ranks.hpp"
#include "stability/solve.hpp"

namespace parley::testing {
namespace {

using foreign::ConflictReading;

ConflictReading read(const std::string& text) {
  ConflictReading reading = foreign::read_conflict_text("x.json", text);
  for (const auto& d : reading.diagnostics) EXPECT_NE(d.severity, Severity::error) << d.message;
  EXPECT_TRUE(reading.ok()) << text;
  return reading;
}

std::string wrong(const std::string& text) {
  const ConflictReading reading = foreign::read_conflict_text("x.json", text);
  EXPECT_FALSE(reading.ok()) << text;
  return reading.diagnostics.empty() ? "" : reading.diagnostics.front().code;
}

using Numbers = std::vector<long long>;

Numbers states(const ConflictReading& reading) {
  Numbers list;
  for (stability::State s = 0; s < reading.space->count(); ++s) list.push_back(reading.space->number(s));
  return list;
}

std::vector<stability::Rank> ranks(const ConflictReading& reading, std::size_t dm) {
  return *stability::ranks_of(reading.game, *reading.space, dm);
}

/// Two decision makers, an option each, and what is said besides.
std::string pair_of(const std::string& more, const std::string& a, const std::string& b) {
  return R"({"decision_makers": ["A", "B"], "options": [{"name": "a", "owner": "A"}, {"name": "b", "owner": "B"},
{"name": "c", "owner": "B"}], "moves": "option-form", )" +
         more + R"("preferences": {"A": {)" + a + R"(}, "B": {)" + b + "}}}";
}

const std::string kTies = R"("option_statements_highest_first": [])";

TEST(ConflictKinds, APatternLeavesOpenWhatIsADash) {
  for (const char* pattern :
       {R"([{"0": "Y", "2": "Y"}])", R"([{"0": "Y", "1": "-", "2": "Y"}])", R"(["Y-Y"])"})
    EXPECT_EQ(states(read(pair_of("\"infeasible\": " + std::string(pattern) + ", ", kTies, kTies))),
              (Numbers{0, 1, 2, 3, 4, 6}))
        << pattern;
  for (const char* pattern :
       {R"([[[0, "Y"], [2, "Y"]]])", R"([[[0, "Y"], [1, "-"], [2, "Y"]]])", R"(["Y-Y"])"}) {
    const std::string text = R"({"options": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "decisionMakers": [
{"name": "A", "options": [0], "preferences": []}, {"name": "B", "options": [1, 2], "preferences": []}],
"useManualPreferenceRanking": false, "infeasibles": )" +
                             std::string(pattern) + "}";
    EXPECT_EQ(states(read(text)), (Numbers{0, 1, 2, 3, 4, 6})) << pattern;
  }
  EXPECT_EQ(wrong(pair_of(R"("infeasible": ["Y-"], )", kTies, kTies)), "bad-value");
  EXPECT_EQ(wrong(pair_of(R"("infeasible": ["Y-X"], )", kTies, kTies)), "bad-value");
  EXPECT_EQ(wrong(pair_of(R"("infeasible": ["---"], )", kTies, kTies)), "conflict-limit");
}

TEST(ConflictKinds, AMergedPatternIsOneState) {
  const auto reading = read(pair_of(R"("merged": ["--Y"], )", kTies, kTies));
  EXPECT_EQ(states(reading), (Numbers{0, 1, 2, 3, 4}));
  EXPECT_EQ(reading.space->level(4, 0), -1);
  EXPECT_EQ(wrong(pair_of(R"("merged": ["--Y"], "states": [{"id": 1, "options": "NNN"}], )", kTies, kTies)),
            "bad-value");
}

TEST(ConflictKinds, WeightsAddUpAndTie) {
  const auto reading = read(
      pair_of("", R"("option_weights": {"0": 0.1, "1": 0.2, "2": -0.3})", R"("option_weights": {"2": 1})"));
  // 0: 0, 1: 0.1, 2: 0.2, 3: 0.3, 4: -0.3, 5: -0.2, 6: -0.1, 7: exactly 0
  EXPECT_EQ(ranks(reading, 0), (std::vector<stability::Rank>{3, 2, 1, 0, 6, 5, 4, 3}));
  EXPECT_EQ(ranks(reading, 1), (std::vector<stability::Rank>{1, 1, 1, 1, 0, 0, 0, 0}));
  for (const char* weights : {R"({"3": 1})", R"({"0": "1"})", R"({"0": 1e60, "1": 1e-60})", R"({"x": 1})"})
    EXPECT_NE(wrong(pair_of("", R"("option_weights": )" + std::string(weights), kTies)), "");
}

TEST(ConflictKinds, AFileWithoutAFlagUsesWhatItHas) {
  const std::string start =
      R"({"options": [{"name": "a"}, {"name": "b"}], "decisionMakers": [{"name": "A", "options": [0], )";
  const auto ranked = read(
      start +
      R"("preferenceRanking": [4, [1, 2], 3]}, {"name": "B", "options": [1], "preferenceRanking": [1, 2, 3, 4]}]})");
  EXPECT_EQ(ranks(ranked, 0), (std::vector<stability::Rank>{1, 1, 2, 0}));
  const auto older = read(
      start +
      R"("preferenceVector": [4, [1, 2], 3]}, {"name": "B", "options": [1], "preferenceVector": [1, 2, 3, 4]}]})");
  EXPECT_EQ(ranks(older, 0), ranks(ranked, 0));
  const auto said = read(
      start +
      R"("preferences": [[[0, "Y"]]], "preferenceRanking": [1, 2, 3, 4]}, {"name": "B", "options": [1], "preferences": []}]})");
  EXPECT_EQ(ranks(said, 0), (std::vector<stability::Rank>{1, 0, 1, 0}));
}

/// More statements than any number has bits, compared one after the other.
TEST(ConflictKinds, ManyStatementsAreComparedInTheirOrder) {
  std::string statements;
  for (int n = 0; n < 200; ++n) statements += R"([{"0": "Y", "1": "Y", "2": "Y"}, {"0": "N"}], )";
  const auto reading = read(pair_of(
      "", R"("option_statements_highest_first": [)" + statements + R"([{"2": "Y"}], ["-Y-"]])", kTies));
  EXPECT_EQ(reading.game.preferences[0].statements.size(), 202U);
  // First who has no `a`, or everything: among them by c, then by b; then the rest.
  EXPECT_EQ(ranks(reading, 0), (std::vector<stability::Rank>{3, 6, 2, 5, 1, 4, 0, 0}));
}

/// The same conflict by options and as a graph: an option that only falls, a state that stands for several.
TEST(ConflictKinds, AnOptionFormAndItsGraphAgree) {
  const std::string form = R"({"decision_makers": [{"name": "A"}, {"name": "B"}], "options": [
{"name": "a", "owner": "A", "direction": "back"}, {"name": "b", "owner": "B", "direction": "both"},
{"name": "end", "owner": "B", "direction": "fwd"}], "moves": "option-form", "states": [
{"id": 11, "options": "NNN"}, {"id": 12, "options": "YNN"}, {"id": 13, "options": "NYN"},
{"id": 14, "options": "YYN"}, {"id": 15, "options": "--Y"}], )";
  const std::string graph =
      R"({"decision_makers": ["A", "B"], "options": null, "states": [{"id": 11}, {"id": 12},
{"id": 13}, {"id": 14}, {"id": 15}], "moves": {"A": {"12": [11], "14": [13]}, "B": {"11": [13, 15],
"12": [14, 15], "13": [11, 15], "14": [12, 15]}}, )";
  const std::string wishes = R"("preferences": {"A": {"ranking_best_first": [[12], [14, 15], [11], [13]]},
"B": {"ranking_best_first": [13, 14, [11], [12], [15]]}}, "status_quo": 12})";
  const auto a = read(form + wishes), b = read(graph + wishes);
  const auto first = stability::solve(a.game, *a.space), second = stability::solve(b.game, *b.space);
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->verdicts.size(), second->verdicts.size());
  EXPECT_EQ(states(a), states(b));
  for (std::size_t v = 0; v < first->verdicts.size(); ++v)
    EXPECT_EQ(first->verdicts[v].stable, second->verdicts[v].stable);
}

}  // namespace
}  // namespace parley::testing
