// SPDX-License-Identifier: MIT
// Questions over small accounts: self-tests must catch what is planted, and what must change nothing changes
// nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "language/read.hpp"
#include "questions/run.hpp"
#include "report/page.hpp"
#include "report/results.hpp"

namespace {

using namespace parley;

constexpr const char* kHead = R"(parley: 1
account: small
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
)";

constexpr const char* kWater = R"(issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
talks: {t: {parties: [a, b], issues: [water], from: ex}}
)";

language::Reading read(const std::string& body) {
  auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  return reading;
}

questions::SolveOptions quick(int draws = 100, int threads = 1) {
  questions::SolveOptions options;
  options.draws = draws;
  options.threads = threads;
  return options;
}

questions::ColumnAnswer base_of(const std::string& body, int draws = 100) {
  const auto reading = read(body);
  return questions::solve(questions::columns_of(reading.base, {}, {}).front(), quick(draws));
}

const questions::SelfTest& test_of(const std::vector<questions::SelfTest>& tests, const std::string& id) {
  const auto found = std::find_if(tests.begin(), tests.end(), [&](const auto& t) { return t.id == id; });
  EXPECT_NE(found, tests.end()) << id;
  return *found;
}

const questions::Verdict& verdict_of(const questions::SelfTest& test, const std::string& answer) {
  const auto found = std::find_if(test.verdicts.begin(), test.verdicts.end(),
                                  [&](const auto& v) { return v.answer.text() == answer; });
  EXPECT_NE(found, test.verdicts.end()) << answer;
  return *found;
}

/// Both sides want more water: certain with the content, and only "some" without it.
constexpr const char* kAgree = R"(preferences:
  from: ex
  a_water: {by: a, on: water, order: much > half > little}
  b_water: {by: b, on: water, order: much > half > little}
)";

TEST(SelfTests, PlaceboCatchesAnAnswerThatTheAccountDidNotMake) {
  // Nothing but an unread claim of content: what is answered here is the frame's, and the placebo must give
  // it, too.
  const auto planted =
      base_of(std::string(kWater) + "history: {from: ex, flood: {what: a flood, on: 1990}}\n");
  const auto tests = questions::self_tests(planted, quick());
  EXPECT_TRUE(verdict_of(test_of(tests, "placebo"), "t.zone").survives);
  const auto real = base_of(std::string(kWater) + kAgree);
  EXPECT_EQ(verdict_of(test_of(questions::self_tests(real, quick()), "placebo"), "t.zone").base, "all");
  EXPECT_FALSE(verdict_of(test_of(questions::self_tests(real, quick()), "placebo"), "t.zone").survives);
}

TEST(SelfTests, WideningFellsAFragileAnswerAndSparesAProvedOne) {
  // Only `half` can be signed; a takes it as long as it is worth more than no deal: 45 to 50 % against 30 to
  // 42 %.
  const auto fragile =
      base_of(std::string(kWater) + R"(positions: {from: ex, b_water: {by: b, on: water, insists: half}}
preferences:
  from: ex
  a_water: {by: a, on: water, order: much > half > little, worth: {little: 0%, half: 45% to 50%, much: 100%}}
reservations: {from: ex, a_floor: {by: a, is: 30% to 42%}}
)");
  const auto tests = questions::self_tests(fragile, quick());
  EXPECT_EQ(verdict_of(test_of(tests, "widening:x2"), "t.zone").base, "all");
  EXPECT_FALSE(verdict_of(test_of(tests, "widening:x2"), "t.zone").survives);
  const auto proved = base_of(std::string(kWater) + kAgree);
  EXPECT_TRUE(verdict_of(test_of(questions::self_tests(proved, quick()), "widening:x4"), "t.zone").survives);
}

constexpr const char* kBlocked = R"(issues:
  from: ex
  agenda: {settled_by: [a, b], choices: [narrow, wide], opens: {narrow: [water], wide: [water, border]}}
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  border: {settled_by: [a, b], levels: [shut, open], now: shut}
  dam: {chosen_by: a, levels: [closed, open], now: closed}
talks: {t: {parties: [a, b], issues: [agenda, water, border], from: ex}}
packages: {from: ex, bundle: {options: {water: much, border: open}}}
positions:
  from: ex
  a_agenda: {by: a, on: agenda, insists: narrow}
  b_border: {by: b, on: border, insists: open}
  b_water: {by: b, on: water, presses: at least half}
preferences:
  from: ex
  a_water: {by: a, on: water, order: little > half > much}
  b_dam: {by: b, on: dam, order: closed > open}
commitments: {from: ex, threat: {by: a, to: [b], if: t failed, will: dam is open, carried_out: 10% to 40%}}
)";

TEST(SelfTests, AnAnswerFallsByAProofOrBySharesThatSamplingCannotJoin) {
  using questions::Answer;
  const auto answer = [](int yes, bool proved) {
    Answer a;
    a.share = {yes, 200};
    a.proved = proved;
    a.truth = proved && yes == 200;
    return a;
  };
  const auto stays = [&](const Answer& before, const Answer& after) {
    return questions::survives(before, &after, after.share);
  };
  EXPECT_TRUE(stays(answer(100, false), answer(120, false)));   // within 15 points
  EXPECT_FALSE(stays(answer(100, false), answer(140, false)));  // beyond
  EXPECT_TRUE(stays(answer(200, false), answer(199, false)));   // sampling alone
  EXPECT_FALSE(stays(answer(200, true), answer(199, false)));   // a world against a proof
  EXPECT_FALSE(stays(answer(200, false), answer(0, true)));     // a proof against the worlds
  EXPECT_FALSE(stays(answer(200, false), answer(185, false)));  // within 15 points, intervals apart
  EXPECT_FALSE(questions::survives(answer(100, false), nullptr, {0, 200}));
  EXPECT_TRUE(questions::survives(answer(1, false), nullptr, {0, 200}));
}

TEST(SelfTests, OnePositionAsTwoRowsChangesNothing) {
  const auto base = base_of(kBlocked);
  const auto tests = questions::self_tests(base, quick());
  for (const char* id : {"rewriting", "permutation"}) {
    const auto& test = test_of(tests, id);
    EXPECT_EQ(test.fallen(), 0) << id;
    for (const auto& v : test.verdicts)
      // Under other names draws fall otherwise, and proofs stay.
      if (std::string(id) == "permutation") {
        EXPECT_TRUE(v.survives) << v.answer.text();
      } else if (v.answer.question != "blocked") {
        EXPECT_EQ(v.base_share.yes, v.other_share.yes) << id << " " << v.answer.text();
      }
  }
}

TEST(Columns, TheOrderOfTheRowsChangesNotOneBit) {
  const auto reading = read(kBlocked);
  const auto answer = [&](const account::Account& rows) {
    const auto columns = questions::columns_of(rows, {}, {});
    return report::deals_results({questions::solve_all(columns, quick())}).dump();
  };
  const std::string straight = answer(reading.base);
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    EXPECT_EQ(answer(questions::permuted(reading.base, seed)), straight);
}

TEST(Run, ThreadsChangeNothingAndThePageIsAFunctionOfTheResults) {
  const auto reading = read(kBlocked);
  const auto results = [&](int threads) {
    questions::RunOptions options;
    options.solve = quick(60, threads);
    options.patch_draws = 40;
    return report::run_results(questions::run({{reading.base, reading.alternatives}}, options),
                               {"0", "small.yaml", {}});
  };
  const auto one = results(1), three = results(3);
  EXPECT_EQ(one.dump(), three.dump());
  EXPECT_EQ(report::page(one), report::page(nlohmann::ordered_json::parse(three.dump())));
}

TEST(Conflicts, WhatJoinsSentencesFollowsAndNamesWhatHolds) {
  const auto base = base_of(kBlocked);
  ASSERT_EQ(base.tables.size(), 1u);
  const auto& t = base.tables[0];
  EXPECT_TRUE(t.answer.proved);
  EXPECT_FALSE(t.answer.possible);
  bool found = false;
  for (const auto& set : t.answer.conflicts) {
    std::vector<std::string> ids;
    for (const int i : set.limits) ids.push_back(questions::id_of(t, i));
    if (ids != std::vector<std::string>{"a_agenda", "b_border"}) continue;
    found = true;
    EXPECT_EQ(questions::conflict_kind(t, set.limits), "follows");
    EXPECT_EQ(framing::held_in(t.framed, set.limits), std::vector<std::string>{"held:border"});
    EXPECT_EQ(set.share.yes, set.share.of);
  }
  EXPECT_TRUE(found);
}

TEST(Salience, StatementsThatDecideDoDecideWhenWritten) {
  const std::string body = R"(issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, much], now: little}
  price: {settled_by: [a, b], levels: [low, high], now: low}
talks: {t: {parties: [a, b], issues: [water, price], from: ex}}
preferences:
  from: ex
  a_water: {by: a, on: water, order: much > little}
  a_price: {by: a, on: price, order: low > high}
  b_water: {by: b, on: water, order: little > much}
  b_price: {by: b, on: price, order: high > low}
)";
  const auto base = base_of(body);
  const auto probes = questions::probe_salience(base);
  ASSERT_EQ(probes.size(), 1u);
  ASSERT_TRUE(probes[0].found);
  EXPECT_EQ(probes[0].statements.size(), probes[0].outcome == "excluded" ? 1u : 2u);
  std::string more = body + "saliences:\n  from: ex\n";
  int n = 0;
  for (const auto& s : probes[0].statements) {
    ASSERT_FALSE(s.wish);
    more += "  s" + std::to_string(n++) + ": {by: " + s.party + ", order: " + s.more + " > " + s.less + "}\n";
  }
  const auto decided = base_of(more);
  EXPECT_TRUE(probes[0].outcome == "certain" ? decided.tables[0].answer.necessary
                                             : !decided.tables[0].answer.possible);
}

TEST(Silence, KnowingWhatASilentPartyWantsMatters) {
  const auto base =
      base_of(std::string(kWater) +
                  "preferences: {from: ex, a_water: {by: a, on: water, order: much > half > little}}\n",
              200);
  const auto probes = questions::probe_silence(base, quick(200));
  ASSERT_FALSE(probes.empty());
  EXPECT_EQ(probes[0].party, "b");
  EXPECT_DOUBLE_EQ(probes[0].matters, 1.0);  // with b wanting more: always a zone; with b wanting less: never
}

}  // namespace
