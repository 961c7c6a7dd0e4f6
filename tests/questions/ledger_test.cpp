// SPDX-License-Identifier: MIT
// From sentences to answers and back, over an account in which it is known what each sentence does.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "language/read.hpp"
#include "questions/ledger.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace parley;
using questions::Ledger;
using questions::LedgerSentence;
using Status = questions::LedgerSentence::Status;

constexpr const char* kAccount = R"(parley: 1
account: cited
sources:
  ex:
    title: an exercise
    standpoint: exercise
    quotes: {S1: "who", S2: "a insists", S3: "b insists", S4: "a wants", S5: "somebody else wants", S9: "nothing", S10: "more"}
actors: {from: ex.S1, a: one side, b: the other side, c: a third}
issues:
  from: ex.S1
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  border: {settled_by: [a, b], levels: [shut, open], now: shut}
  dam: {chosen_by: a, levels: [closed, raised], now: closed}
  bridge: {chosen_by: a, levels: [unbuilt, built], now: unbuilt}
talks: {t: {parties: [a, b], issues: [water, border], from: ex.S1}}
positions:
  a_water: {by: a, on: water, insists: little, from: ex.S2}
  b_water: {by: b, on: water, insists: at least half, from: ex.S3}
preferences:
  a_likes: {by: a, on: border, order: open > shut, from: ex.S4}
  c_likes: {by: c, on: dam, order: closed > raised, from: ex.S5}
mechanisms: {dam_shuts: {cause: dam is raised, rules_out: border is open, from: ex.S10}}
commitments: {pact: {by: a, to: [b], will: bridge is built, only_if: border is open, from: ex.S10}}
)";

account::Account read(const char* text) {
  const auto reading = language::read_texts({{"cited.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  return reading.base;
}

Ledger ledger(const account::Account& account, int threads = 1) {
  questions::LedgerOptions options;
  options.solve.draws = 50;
  options.solve.threads = threads;
  return questions::ledger_of(account, options);
}

const LedgerSentence& sentence(const Ledger& ledger, const std::string& id) {
  const auto found = std::find_if(ledger.sentences.begin(), ledger.sentences.end(),
                                  [&](const auto& each) { return each.id == id; });
  EXPECT_NE(found, ledger.sentences.end()) << id;
  return *found;
}

TEST(Ledger, EverySentenceHasItsStatus) {
  const Ledger book = ledger(read(kAccount));
  EXPECT_TRUE(book.ablated);
  EXPECT_TRUE(book.complete);
  std::vector<std::string> order;
  for (const auto& each : book.sentences) order.push_back(each.id);
  EXPECT_EQ(order,
            (std::vector<std::string>{"ex.S1", "ex.S2", "ex.S3", "ex.S4", "ex.S5", "ex.S9", "ex.S10"}));
  EXPECT_EQ(sentence(book, "ex.S1").status, Status::declares);
  EXPECT_EQ(sentence(book, "ex.S2").status, Status::moves);
  EXPECT_EQ(sentence(book, "ex.S3").status, Status::moves);
  EXPECT_EQ(sentence(book, "ex.S5").status, Status::idle);
  EXPECT_EQ(sentence(book, "ex.S9").status, Status::unwritten);
  EXPECT_EQ(sentence(book, "ex.S10").status, Status::moves);
}

TEST(Ledger, WhatASentenceMovesIsWhatFallsWithoutIt) {
  const Ledger book = ledger(read(kAccount));
  const auto moves = [&](const char* id, const char* answer) {
    const auto& list = sentence(book, id).moves;
    return std::any_of(list.begin(), list.end(), [&](const auto& m) { return m.before.id.text() == answer; });
  };
  EXPECT_TRUE(moves("ex.S2", "t.zone"));
  EXPECT_TRUE(moves("ex.S2", "t.blocked:a_water+b_water"));
  EXPECT_FALSE(sentence(book, "ex.S10").moves.empty());
  for (const auto& each : book.sentences)
    for (const auto& moved : each.moves)
      EXPECT_EQ(moved.parting, questions::parting(moved.before, moved.after));
}

TEST(Ledger, AnswersAndSentencesNameEachOther) {
  const auto account = read(kAccount);
  const Ledger book = ledger(account);
  for (const auto& entry : book.answers)
    for (const auto& id : entry.sentences) {
      const auto& back = sentence(book, id).answers;
      EXPECT_TRUE(std::count(back.begin(), back.end(), entry.answer.id))
          << id << " " << entry.answer.id.text();
    }
  for (const auto& each : book.sentences)
    for (const auto& id : each.answers) {
      const auto found = std::find_if(book.answers.begin(), book.answers.end(),
                                      [&](const auto& entry) { return entry.answer.id == id; });
      ASSERT_NE(found, book.answers.end());
      EXPECT_TRUE(std::count(found->sentences.begin(), found->sentences.end(), each.id)) << id.text();
    }
}

TEST(Ledger, NeitherThreadsNorTheOrderOfTheFileChangeIt) {
  const auto account = read(kAccount);
  const auto told = [](const Ledger& book) {
    std::string text;
    for (const auto& each : book.sentences) {
      text += each.id + " " + questions::status_word(each.status);
      for (const auto& moved : each.moves)
        text += " " + moved.before.id.text() + "=" + std::to_string(moved.after.share.yes);
      text += "\n";
    }
    return text;
  };
  EXPECT_EQ(told(ledger(account)), told(ledger(account, 2)));
  EXPECT_EQ(told(ledger(account)), told(ledger(questions::permuted(account, 9))));
}

TEST(Ledger, WhatAFindingJoinsIsUsed) {
  const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026");
  questions::LedgerOptions options;
  options.solve.draws = 10;
  options.sources = questions::kAsksConsistency;
  const auto ledger = questions::ledger_of(reading.base, options);
  const auto found = std::find_if(ledger.sentences.begin(), ledger.sentences.end(),
                                  [](const auto& sentence) { return sentence.id == "art.S48"; });
  ASSERT_NE(found, ledger.sentences.end());
  EXPECT_NE(found->status, questions::LedgerSentence::Status::idle) << "a finding rests on what it says";
}

TEST(SelfTests, CoverWhatLogicSaysAndWhatThePlaceboTakesAway) {
  const questions::Column column{"cited", "base", "", false, {}, read(kAccount)};
  questions::SolveOptions options;
  options.draws = 30;
  options.threads = 1;
  const auto tests = questions::self_tests(questions::solve(column, options), options);
  bool fell = false;
  for (const auto& test : tests) {
    int logic = 0;
    for (const auto& verdict : test.verdicts) {
      if (verdict.answer.scope.lens != questions::Lens::consistency) continue;
      ++logic;
      if (test.id == "placebo" && verdict.base == "all") fell = fell || !verdict.survives;
      if (test.id == "permutation" || test.id == "rewriting" || test.id == "widening:x2") {
        EXPECT_TRUE(verdict.survives) << test.id << " " << verdict.answer.text();
      }
    }
    EXPECT_GT(logic, 0) << test.id;
  }
  EXPECT_TRUE(fell);
}

}  // namespace
