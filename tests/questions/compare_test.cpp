// SPDX-License-Identifier: MIT
// Two accounts side by side: what differs is symmetric, nothing parts from itself, and every explanation is a
// smallest one by brute force.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>
#include <set>

#include "language/read.hpp"
#include "questions/compare.hpp"
#include "questions/random_account.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace parley;
using questions::Answer;
using questions::Comparison;
using questions::Parting;

questions::CompareOptions quick(int draws = 25) {
  questions::CompareOptions options;
  options.solve.draws = draws;
  options.solve.threads = 1;
  options.most_explained = 1000;
  return options;
}

/// Everything that a comparison says of answers, for comparing comparisons.
std::string told(const Comparison& comparison) {
  std::string text;
  for (const auto& row : comparison.rows) text += row.id + " ";
  for (const auto& answer : comparison.answers) {
    text += answer.a.id.text() + " " + answer.a.in_worlds() + " " + answer.b.in_worlds() + ":";
    for (const auto& explanation : answer.explanations)
      for (const auto& row : explanation.rows) text += " " + row;
    text += "\n";
  }
  for (const auto& row : comparison.idle) text += row + " ";
  return text;
}

TEST(Compare, AnAccountDoesNotPartFromItself) {
  int asked = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    const auto account = parley::testing::RandomAccount(seed).account();
    const auto comparison = questions::compare(account, account, quick());
    EXPECT_TRUE(comparison.rows.empty());
    EXPECT_TRUE(comparison.answers.empty());
    asked += comparison.same > 0 ? 1 : 0;  // some random accounts contradict themselves
    const auto permuted = questions::compare(account, questions::permuted(account, seed), quick());
    EXPECT_TRUE(permuted.rows.empty());
    EXPECT_TRUE(permuted.answers.empty()) << permuted.answers.front().a.id.text();
  }
  EXPECT_GT(asked, 8);
}

TEST(Compare, WhatDiffersIsSymmetricAndTheOrderOfTheFileCountsForNothing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    parley::testing::RandomAccount first(seed);
    const auto a = first.account(), b = first.changed().account();
    const auto forth = questions::compare(a, b, quick()), back = questions::compare(b, a, quick());
    ASSERT_EQ(forth.rows.size(), back.rows.size());
    for (std::size_t i = 0; i < forth.rows.size(); ++i) {
      const auto &x = forth.rows[i], &y = back.rows[i];
      using Kind = questions::RowDifference::Kind;
      EXPECT_EQ(x.id, y.id);
      EXPECT_EQ(x.kind == Kind::added, y.kind == Kind::dropped);
      EXPECT_EQ(x.kind == Kind::dropped, y.kind == Kind::added);
      ASSERT_EQ(x.fields.size(), y.fields.size());
      for (std::size_t f = 0; f < x.fields.size(); ++f) {
        EXPECT_EQ(x.fields[f].a, y.fields[f].b);
        EXPECT_EQ(x.fields[f].b, y.fields[f].a);
      }
    }
    EXPECT_EQ(forth.same, back.same);
    std::map<std::string, std::pair<std::string, std::string>> words;
    for (const auto& answer : forth.answers)
      words[answer.a.id.text()] = {answer.a.in_worlds(), answer.b.in_worlds()};
    ASSERT_EQ(words.size(), back.answers.size());
    for (const auto& answer : back.answers)
      EXPECT_EQ(words.at(answer.a.id.text()), std::pair(answer.b.in_worlds(), answer.a.in_worlds()));
    EXPECT_EQ(told(forth),
              told(questions::compare(questions::permuted(a, 3), questions::permuted(b, 4), quick())));
  }
}

/// The oracle: rows exchanged by hand, one column solved afresh, and the answer read off.
class Oracle {
 public:
  Oracle(const account::Account& a, const account::Account& b) : a_(a), b_(b) {}

  Answer answer(const questions::AnswerId& id, const std::set<std::string>& taken) const {
    account::Account mixed = a_;
    mixed.rows.clear();
    for (const auto* side : {&a_, &b_})
      for (const auto& row : side->rows)
        if ((taken.contains(row.id) ? &b_ : &a_) == side) mixed.rows.push_back(row);
    questions::Column column{"", "base", "", false, {}, mixed};
    if (!id.scope.binding.empty()) column.options.binding = id.scope.binding;
    questions::SolveOptions options;
    options.draws = 25;
    options.threads = 1;
    const auto solved = questions::solve(column, options);
    for (const auto& table : solved.tables)
      for (Answer& each : questions::answers_of(table))
        if (each.id.question == id.question && each.id.about == id.about) return each;
    Answer none;
    for (const auto& table : solved.tables) none.share.of = table.answer.worlds;
    return none;
  }

 private:
  const account::Account &a_, &b_;
};

bool same_kind(const questions::AnswerDifference& answer, const Answer& now) {
  if (questions::parting(answer.a, now) == Parting::none) return false;
  if (answer.parting == Parting::apart) return questions::parting(now, answer.b) == Parting::none;
  return now.in_worlds() == answer.b.in_worlds();
}

TEST(Compare, ExplanationsAreSmallestByBruteForce) {
  int explained = 0, together = 0;
  for (unsigned seed = 100; seed < 100 + 400 / parley_places::kFewer; ++seed) {
    parley::testing::RandomAccount first(seed);
    const auto a = first.account(), b = first.changed().account();
    const auto comparison = questions::compare(a, b, quick());
    const Oracle oracle(a, b);
    for (const auto& answer : comparison.answers) {
      if (answer.a.id.scope.lens != questions::Lens::deals) continue;
      ASSERT_TRUE(answer.searched);
      std::size_t smallest = comparison.rows.size() + 1;
      std::set<std::vector<std::string>> sets;
      for (unsigned bits = 0; bits < (1U << comparison.rows.size()); ++bits) {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < comparison.rows.size(); ++i)
          if ((bits >> i) & 1U) rows.push_back(comparison.rows[i].id);
        if (rows.size() > smallest) continue;
        if (!same_kind(answer, oracle.answer(answer.a.id, {rows.begin(), rows.end()}))) continue;
        if (rows.size() < smallest) sets.clear();
        smallest = rows.size();
        sets.insert(rows);
      }
      ASSERT_FALSE(answer.explanations.empty()) << answer.a.id.text() << " seed " << seed;
      for (const auto& explanation : answer.explanations) {
        EXPECT_EQ(explanation.rows.size(), smallest) << answer.a.id.text() << " seed " << seed;
        EXPECT_TRUE(sets.contains(explanation.rows)) << answer.a.id.text() << " seed " << seed;
      }
      EXPECT_EQ(answer.explanations.size(), std::min<std::size_t>(sets.size(), 10));
      EXPECT_TRUE(answer.minimal);
      ++explained;
      together += smallest > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(explained, 100 / parley_places::kFewer);
  EXPECT_GT(together, 5 / parley_places::kFewer);
}

TEST(Compare, RowsThatMatterAndRowsThatDoNotAreAllThatDiffer) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    parley::testing::RandomAccount first(seed);
    const auto comparison = questions::compare(first.account(), first.changed().account(), quick());
    std::set<std::string> all, said(comparison.matter.begin(), comparison.matter.end());
    for (const auto& row : comparison.rows) all.insert(row.id);
    said.insert(comparison.idle.begin(), comparison.idle.end());
    EXPECT_EQ(all, said);
    EXPECT_EQ(said.size(), comparison.matter.size() + comparison.idle.size());
  }
}

TEST(Compare, WordsPartByProofOrBeyondSampling) {
  const auto answer = [](int yes, bool proved) {
    Answer a;
    a.share = {yes, 200};
    a.proved = proved;
    a.truth = proved && yes == 200;
    return a;
  };
  EXPECT_EQ(questions::parting(answer(200, false), answer(0, false)), Parting::opposite);
  EXPECT_EQ(questions::parting(answer(200, false), answer(199, false)), Parting::none);
  EXPECT_EQ(questions::parting(answer(200, true), answer(199, false)), Parting::word);
  EXPECT_EQ(questions::parting(answer(0, true), answer(1, false)), Parting::word);
  EXPECT_EQ(questions::parting(answer(0, false), answer(60, false)), Parting::word);
  EXPECT_EQ(questions::parting(answer(100, false), answer(110, false)), Parting::none);
  EXPECT_EQ(questions::parting(answer(100, false), answer(140, false)), Parting::apart);
}

TEST(LensAnswers, TheCacheChangesNothing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    parley::testing::RandomAccount first(seed);
    const auto a = first.account(), b = first.changed().account();
    questions::LensOptions options;
    options.solve.draws = 25;
    options.solve.threads = 1;
    const questions::LensAnswers warm(options), cold(options);
    static_cast<void>(warm.of(a, {}));
    const auto one = warm.of(b, {}), other = cold.of(b, {});
    ASSERT_EQ(one.answers.size(), other.answers.size());
    EXPECT_EQ(one.scopes, other.scopes);
    for (std::size_t i = 0; i < one.answers.size(); ++i) {
      EXPECT_EQ(one.answers[i].id, other.answers[i].id);
      EXPECT_EQ(one.answers[i].share.yes, other.answers[i].share.yes);
      EXPECT_EQ(one.answers[i].in_worlds(), other.answers[i].in_worlds());
      EXPECT_EQ(one.answers[i].rows, other.answers[i].rows);
    }
  }
}

TEST(LensAnswers, AnAnswerBelongsToWhatWasAsked) {
  const auto scope = [](const char* id) { return questions::AnswerId::parse(id)->scope.text(); };
  EXPECT_EQ(scope("indirect.zone"), "indirect");
  EXPECT_EQ(scope("indirect.zone@presses"), "indirect@presses");
  EXPECT_EQ(scope("consistency.excluded:water is much"), "consistency");
}

TEST(Compare, TheFoundingAccountAndItsRival) {
  const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026");
  ASSERT_TRUE(reading.ok());
  auto rival = account::apply(reading.base, reading.rivals.at(0));
  questions::CompareOptions options;
  options.solve.draws = 100;
  options.most_explained = 12;
  options.sources = questions::kAsksDeals | questions::kAsksConsistency;
  const auto comparison = questions::compare(reading.base, rival, options);
  const auto find = [&](const std::string& id) -> const questions::AnswerDifference& {
    const auto found = std::find_if(comparison.answers.begin(), comparison.answers.end(),
                                    [&](const auto& answer) { return answer.a.id.text() == id; });
    EXPECT_NE(found, comparison.answers.end()) << id;
    return *found;
  };
  const auto& bar = find("consistency.never:annexation is done with recognises(saudi, israel) is signed");
  EXPECT_EQ(bar.parting, Parting::opposite);
  ASSERT_EQ(bar.explanations.size(), 1U);
  EXPECT_EQ(bar.explanations[0].rows, std::vector<std::string>{"saudi_bar"});
  EXPECT_EQ(find("indirect.zone@presses").a.in_worlds(), "no");
  EXPECT_FALSE(comparison.explained) << "twelve answers are, and there are more";
  EXPECT_TRUE(comparison.idle.empty());
  EXPECT_FALSE(std::count(comparison.matter.begin(), comparison.matter.end(), "protest_aim"));
  EXPECT_TRUE(std::count(comparison.matter.begin(), comparison.matter.end(), "iran_agenda"));
}

TEST(Compare, WhatWasStoppedIsNotExplained) {
  parley::testing::RandomAccount first(7);
  const auto a = first.account(), b = first.changed().account();
  const std::atomic<bool> stop = true;
  auto options = quick();
  options.solve.cancel = &stop;
  const auto comparison = questions::compare(a, b, options);
  EXPECT_FALSE(comparison.complete);
  EXPECT_FALSE(comparison.explained);
  EXPECT_TRUE(comparison.idle.empty());
  EXPECT_TRUE(comparison.only_a.empty() && comparison.only_b.empty());
  EXPECT_TRUE(questions::compare(a, b, quick()).explained);
}

TEST(Compare, TheScopeOfAnAnswerEndsAtTheLastDotBeforeWhatIsSaid) {
  const std::pair<const char*, const char*> cases[] = {
      {"indirect.zone", "indirect"},
      {"in.direct.zone", "in.direct"},
      {"in.direct.zone@presses", "in.direct@presses"},
      {"in.direct.blocked:a.b+reservation:c.d", "in.direct"},
      {"in.direct.opens:a.b@none", "in.direct@none"},
      {"in.direct.package:x.y", "in.direct"},
      {"consistency.clash", "consistency"},
      {"consistency.never:r(a.b, c) is x with d.e is y", "consistency"},
      {"consistency.raises:a.b > c.d", "consistency"},
      {"findings.limits:in.direct", "findings"},
      {"claim:x.2.fails", "claim:x.2"},
      {"claim:x.true.entailed", "claim:x.true"},
      {"claim:x.true", "claim:x"},
      {"stability:in.direct.now:seq", "stability:in.direct"},
      {"stability:a.now.now:seq", "stability:a.now"},
      {"stability:in.direct.zone_left", "stability:in.direct"},
      {"stability:in.direct.holds:w.x is y.z", "stability:in.direct"},
      {"stability:in.direct.package:x.y", "stability:in.direct"},
      {"consistency.zone", "consistency"}};
  for (const auto& [text, scope] : cases) {
    const auto id = questions::AnswerId::parse(text);
    ASSERT_TRUE(id) << text;
    EXPECT_EQ(id->scope.text(), scope) << text;
    EXPECT_EQ(id->text(), text);
  }
}

/// Two accounts that part in a table and in a claim; `dot` stands in the names of talks, claims and rows.
std::pair<account::Account, account::Account> dotted(const std::string& dot) {
  const std::string text =
      "parley: 1\naccount: base\nfrom: ex\n"
      "sources: {ex: {title: t, standpoint: exercise}}\n"
      "actors: {a: one side, b: the other side}\n"
      "issues: {w: {settled_by: [a, b], levels: [low, high], now: low}}\n"
      "quantities: {fear: fear, trade: trade}\n"
      "talks: {t" +
      dot +
      "x: {parties: [a, b], issues: [w]}}\n"
      "positions:\n  p" +
      dot +
      "a: {by: a, on: w, insists: high}\n"
      "mechanisms: {m" +
      dot +
      "f: {cause: fear, lowers: trade}}\n"
      "claims: {c" +
      dot + "x: {entails: trade falls, given: fear rises}}\n";
  const std::string rival =
      "parley: 1\naccount: other\nrevises: base\nfrom: ex\n"
      "positions:\n  p" +
      dot +
      "b: {by: b, on: w, insists: low}\n"
      "mechanisms: {m" +
      dot + "f: {cause: fear, raises: trade}}\n";
  const auto reading = language::read_texts({{"a.yaml", text}, {"b.yaml", rival}});
  EXPECT_TRUE(reading.ok());
  EXPECT_EQ(reading.rivals.size(), 1U);
  return {reading.base, account::apply(reading.base, reading.rivals.at(0))};
}

TEST(Compare, DotsInNamesLoseNoAnswer) {
  const auto [a, b] = dotted("_");
  const auto [x, y] = dotted(".");
  const auto plain = questions::compare(a, b, quick()), dots = questions::compare(x, y, quick());
  EXPECT_GT(plain.answers.size(), 2U);
  EXPECT_EQ(plain.same, dots.same);
  std::string told_dots = told(dots);
  for (const char* name : {"t.x", "p.a", "p.b", "m.f", "c.x"})
    for (auto at = told_dots.find(name); at != std::string::npos; at = told_dots.find(name))
      told_dots[at + 1] = '_';
  EXPECT_EQ(told(plain), told_dots);
}

/// Who settles, what is on a table, what a goal needs: sets. Levels are an order.
TEST(Compare, TheOrderOfAListThatIsASetIsNoDifference) {
  const auto account = [](const std::string& who, const std::string& issues, const std::string& levels) {
    return language::read_texts({{"x.yaml",
                                  "parley: 1\naccount: x\nfrom: ex\n"
                                  "sources: {ex: {title: t, standpoint: exercise}}\n"
                                  "actors: {a: one side, b: the other side}\n"
                                  "issues:\n"
                                  "  w: {settled_by: " +
                                      who + ", levels: " + levels +
                                      "}\n"
                                      "  v: {settled_by: [a, b], levels: [low, high]}\n"
                                      "talks: {t: {parties: " +
                                      who + ", issues: " + issues +
                                      "}}\n"
                                      "packages: {p: {options: {w: low, v: high}}}\n"}})
        .base;
  };
  const auto base = account("[a, b]", "[w, v]", "[low, high]");
  EXPECT_TRUE(questions::row_differences(base, account("[b, a]", "[v, w]", "[low, high]")).empty());
  const auto turned = questions::row_differences(base, account("[a, b]", "[w, v]", "[high, low]"));
  ASSERT_EQ(turned.size(), 1U);
  EXPECT_EQ(turned.front().fields.front().field, "levels");
  EXPECT_EQ(questions::row_differences(base, account("[a, b]", "[w]", "[low, high]")).size(), 1U);
}

}  // namespace
