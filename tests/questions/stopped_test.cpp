// SPDX-License-Identifier: MIT
// What a stop leaves of an answer, wherever it comes: what was finished, and words for the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "framing/course.hpp"
#include "framing/deals.hpp"
#include "language/read.hpp"
#include "questions/check.hpp"
#include "questions/claims.hpp"
#include "questions/compare.hpp"
#include "questions/consistency.hpp"
#include "questions/findings.hpp"
#include "questions/ledger.hpp"
#include "questions/run.hpp"
#include "questions/sensitivity.hpp"
#include "questions/stability.hpp"

namespace parley::questions {
namespace {

using ::testing::HasSubstr;

constexpr const char* kAccount = R"(parley: 1
account: x
from: ex
sources: {ex: {title: t, standpoint: exercise}}
actors: {a: one, b: two}
issues:
  i: {settled_by: [a, b], levels: [low, mid, high], now: low}
  j: {settled_by: [a, b], levels: [low, mid, high], now: low}
quantities: {q: {label: quantity}}
talks: {t: {parties: [a, b], issues: [i, j]}}
preferences:
  p: {by: a, on: i, wants: more}
  r: {by: b, on: j, wants: more}
  w: {by: a, on: q, wants: less}
mechanisms: {m: {cause: i, raises: [q]}}
commitments: {c: {by: a, kind: threat, will: j is high, if: i is low}}
claims: {k: {entails: i is low}}
)";

struct Stopping {
  std::atomic<bool> stop{true};
  AccountInput input;
  RunOptions run;
  explicit Stopping(bool stopped = true) {
    stop = stopped;
    input.account = language::read_texts({{"small.yaml", kAccount}}).base;
    run.framing.control = Control(&stop);
    run.solve.cancel = &stop;
    run.solve.draws = 20;
    run.patch_draws = 20;
  }
  [[nodiscard]] Column column() const { return columns_of(input.account, {}, run.framing).front(); }
};

TEST(AStop, IsAskedForWhileAProblemIsFramed) {
  const Stopping stopping;
  framing::Options going = stopping.run.framing;
  going.control = {};
  framing::Situation situation = framing::make_situation(stopping.input.account, going);
  EXPECT_TRUE(framing::frame_deals(situation, "t"));
  situation.options.control = stopping.run.framing.control;
  EXPECT_THROW((void)framing::frame_deals(situation, "t"), Stopped);
  EXPECT_THROW((void)framing::Course(situation).view(), Stopped);
}

TEST(AStop, LeavesTheAccountAsWrittenWithItsTablesNamed) {
  const Stopping stopping;
  const auto answers = solve_all({stopping.column(), stopping.column()}, stopping.run.solve);
  ASSERT_EQ(answers.size(), 2U);
  ASSERT_EQ(answers[0].tables.size(), 1U);
  EXPECT_TRUE(answers[0].cut_short);
  EXPECT_EQ(answers[0].tables[0].framed.table, "t");
  EXPECT_THAT(answers[0].tables[0].framed.too_large, HasSubstr("stopped"));
  EXPECT_FALSE(answers[0].tables[0].answer.complete);
  EXPECT_TRUE(answers[1].column.alternative.empty());  // of a reading a half is none
  const Stopping going(false);
  const auto whole = solve_all({going.column()}, going.run.solve);
  EXPECT_FALSE(whole[0].cut_short);
  EXPECT_EQ(whole[0].tables[0].framed.too_large, "");
}

TEST(AStop, MarksEveryQuestionAsUnfinished) {
  const Stopping stopping;
  const Column column = stopping.column();
  EXPECT_FALSE(findings_of(column, {}, {true, &stopping.stop}).complete);
  ConsistencyOptions consistency;
  consistency.cancel = &stopping.stop;
  EXPECT_FALSE(solve_consistency(column, consistency).complete);
  const Check checked = check(stopping.input, stopping.run);
  EXPECT_FALSE(checked.solved || checked.probed);
  EXPECT_THAT(next_input(checked), HasSubstr("not looked at"));
  ClaimOptions claims;
  claims.framing = stopping.run.framing;
  claims.solve = stopping.run.solve;
  EXPECT_TRUE(ask({stopping.input}, claims).empty());
  CompareOptions compared;
  compared.framing = stopping.run.framing;
  compared.solve = stopping.run.solve;
  EXPECT_FALSE(compare(stopping.input.account, stopping.input.account, compared).complete);
  LedgerOptions ledger{stopping.run.framing, stopping.run.solve, {}};
  EXPECT_FALSE(ledger_of(stopping.input.account, ledger).complete);
  StabilityAsk game;
  game.solve = stopping.run.solve;
  EXPECT_TRUE(stability_of({column}, {}, game, 20, {}).empty());
}

TEST(AStop, OfARunLeavesWhatWasFinished) {
  const Stopping stopping;
  const questions::Run stopped = questions::run({stopping.input}, stopping.run);
  EXPECT_TRUE(stopped.stopped);
  ASSERT_EQ(stopped.accounts.size(), 1U);
  EXPECT_FALSE(stopped.accounts[0].found || stopped.accounts[0].tested || stopped.claimed);
  const Stopping going(false);
  const questions::Run whole = questions::run({going.input}, going.run);
  EXPECT_TRUE(!whole.stopped && whole.accounts[0].found && whole.accounts[0].tested && whole.claimed);
}

TEST(AStop, AtAnyMomentKeepsWhatIsSaidTrue) {
  // A stop that comes at another moment each time: what is not marked as missing is as without a stop.
  const Stopping going(false);
  const questions::Run whole = questions::run({going.input}, going.run);
  for (int ms = 0; ms < 40; ms += 2) {
    Stopping stopping(false);
    std::thread timer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(ms));
      stopping.stop = true;
    });
    const questions::Run part = questions::run({stopping.input}, stopping.run);
    timer.join();
    if (part.accounts.empty()) continue;
    const AccountRun &one = part.accounts[0], &all = whole.accounts[0];
    if (one.found) {
      ASSERT_EQ(one.findings.list.size(), all.findings.list.size());
      for (std::size_t i = 0; i < one.findings.list.size(); ++i)
        EXPECT_EQ(one.findings.list[i].words, all.findings.list[i].words);
    }
    EXPECT_TRUE(!one.tested || one.self_tests.size() == all.self_tests.size());
    EXPECT_TRUE(!part.claimed || part.claims.size() == whole.claims.size());
    for (const Audit& audit : one.findings.audits) EXPECT_EQ(audit.row, "c");
  }
}

}  // namespace
}  // namespace parley::questions
