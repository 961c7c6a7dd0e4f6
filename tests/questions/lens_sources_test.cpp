// SPDX-License-Identifier: MIT
// Claims, findings and situations among the answers that are compared, flipped and traced to sentences.
#include <gtest/gtest.h>

#include <algorithm>

#include "claim_account.hpp"
#include "questions/compare.hpp"
#include "questions/ledger.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace claims;
using questions::AnswerList;

constexpr const char* kRows = R"(objectives: {calm_goal: {by: a, needs: [fear falls], from: ex.S6}}
preferences:
  a_more: {by: a, on: water, order: much > half > little, from: ex.S7}
  b_less: {by: b, on: water, order: little > half > much, from: ex.S8}
mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
commitments:
  threat: {by: a, to: [b], kind: threat, if: t failed, will: patrols is sent, from: ex.S4}
claims:
  follows: {entails: trade falls, given: patrols is sent, from: ex.S1}
  against: {entails: fear falls, given: patrols is sent, from: ex.S1}
  asks: {asks_more: big, than: small, of: b, from: ex.S1}
  later: {likelier: trade falls, than: fear rises, from: ex.S1}
packages:
  big: {options: {water: much}, from: ex.S5}
  small: {options: {water: half}, from: ex.S5}
)";

questions::LensOptions quick() {
  questions::LensOptions options;
  options.solve.draws = 40;
  options.solve.threads = 1;
  return options;
}

account::Account without(const account::Account& account, const std::string& id) {
  account::Account copy = account;
  std::erase_if(copy.rows, [&](const account::Row& row) { return row.id == id; });
  return copy;
}

const questions::Answer* find(const AnswerList& list, const char* id) {
  return list.find(*questions::AnswerId::parse(id));
}

TEST(LensSources, EveryLensAnswersUnderItsScope) {
  const auto account = read(kRows).base;
  const questions::LensAnswers lens(quick());
  const AnswerList list = lens.of(account, {});
  for (const char* scope :
       {"t", "consistency", "findings", "claim:follows", "claim:against", "claim:asks", "stability:t"})
    EXPECT_TRUE(list.asked(*questions::AnswerScope::parse(scope))) << scope;
  EXPECT_FALSE(list.asked(questions::claim_scope("later")));  // no lens tests it
  EXPECT_FALSE(list.asked(questions::claim_scope("never_made")));
  ASSERT_NE(find(list, "claim:follows.entailed"), nullptr);
  EXPECT_EQ(find(list, "claim:follows.entailed")->rows, (Rows{"pull", "push"}));
  EXPECT_NE(find(list, "claim:against.fails"), nullptr);
  ASSERT_NE(find(list, "claim:asks.true"), nullptr);
  EXPECT_EQ(find(list, "claim:asks.true")->in_worlds(), "all");
  EXPECT_TRUE(std::any_of(list.answers.begin(), list.answers.end(),
                          [](const auto& a) { return a.id.is(questions::Lens::findings, "own-goal"); }));
  EXPECT_TRUE(std::any_of(list.answers.begin(), list.answers.end(),
                          [](const auto& a) { return a.id.is(questions::Lens::stability, "now"); }));
  // One scope alone says the same, and so does another order of the file.
  const AnswerList moved = lens.of(questions::permuted(account, 5), {});
  for (const auto& answer : list.answers) {
    const AnswerList one = lens.of(account, {}, answer.id.scope);
    const auto* alone = one.find(answer.id);
    const auto* other = moved.find(answer.id);
    ASSERT_NE(alone, nullptr) << answer.id.text();
    ASSERT_NE(other, nullptr) << answer.id.text();
    for (const auto* same : {alone, other}) {
      EXPECT_EQ(same->share.yes, answer.share.yes) << answer.id.text();
      EXPECT_EQ(same->proved, answer.proved) << answer.id.text();
    }
  }
}

TEST(LensSources, AProblemIsTheSameOnlyWhereNoRowBehindItChanges) {
  const auto account = read(kRows).base;
  const questions::LensAnswers lens(quick());
  const AnswerList all = lens.of(account, {});
  for (const char* row : {"push", "pull", "threat", "a_more"}) {
    const AnswerList less = lens.of(without(account, row), {});
    const bool behind = std::string(row) == "push" || std::string(row) == "pull";
    // What moves the condition that is given counts as behind it: only the wish does not.
    EXPECT_EQ(all.problems.at(questions::claim_scope("follows")) !=
                  less.problems.at(questions::claim_scope("follows")),
              std::string(row) != "a_more")
        << row;
    EXPECT_EQ(find(less, "claim:follows.entailed") == nullptr, behind) << row;
    EXPECT_TRUE(less.asked(questions::claim_scope("follows"))) << row;
    EXPECT_NE(all.problems.at(*questions::AnswerScope::parse("findings")),
              less.problems.at(*questions::AnswerScope::parse("findings")))
        << row;
  }
  EXPECT_NE(all.problems.at(questions::claim_scope("asks")),
            lens.of(without(account, "b_less"), {}).problems.at(questions::claim_scope("asks")));
}

TEST(LensSources, ASentenceMovesTheClaimsThatRestOnIt) {
  const auto account = read(kRows).base;
  questions::LedgerOptions options;
  options.solve.draws = 40;
  const auto ledger = questions::ledger_of(account, options);
  const auto sentence = std::find_if(ledger.sentences.begin(), ledger.sentences.end(),
                                     [](const auto& s) { return s.id == "ex.S3"; });
  ASSERT_NE(sentence, ledger.sentences.end());
  EXPECT_TRUE(std::any_of(sentence->moves.begin(), sentence->moves.end(),
                          [](const auto& m) { return m.before.id.text() == "claim:follows.entailed"; }));
}

TEST(LensSources, AnOppositeClaimIsExplainedByTheRowThatDiffers) {
  const auto a = read(kRows).base;
  auto b = without(a, "pull");
  b.name = "rival";
  questions::CompareOptions options;
  options.solve.draws = 40;
  const auto comparison = questions::compare(a, b, options);
  const auto found = std::find_if(comparison.answers.begin(), comparison.answers.end(),
                                  [](const auto& d) { return d.a.id.text() == "claim:follows.entailed"; });
  ASSERT_NE(found, comparison.answers.end());
  EXPECT_EQ(found->parting, questions::Parting::opposite);
  ASSERT_EQ(found->explanations.size(), 1U);
  EXPECT_EQ(found->explanations[0].rows, Rows{"pull"});
}

TEST(LensSources, SelfTestsCoverSituationsAndFindings) {
  const auto account = read(kRows).base;
  questions::SolveOptions options;
  options.draws = 400;
  const questions::Column column{account.name, "base", "", false, {}, account};
  const auto tests = questions::self_tests(questions::solve(column, options), options);
  for (const auto& test : tests) {
    const auto says = [&](const char* prefix) {
      return std::any_of(test.verdicts.begin(), test.verdicts.end(),
                         [&](const auto& verdict) { return verdict.answer.text().starts_with(prefix); });
    };
    EXPECT_TRUE(says("findings.")) << test.id;
    if (test.id == "permutation") {
      EXPECT_TRUE(says("stability:t."));
      EXPECT_EQ(test.fallen(), 0);
    }
    if (test.id != "placebo") continue;
    for (const auto& verdict : test.verdicts)
      EXPECT_FALSE(verdict.answer.scope.lens == questions::Lens::findings && verdict.survives)
          << verdict.answer.text();
  }
}

}  // namespace
