// SPDX-License-Identifier: MIT
// Ids of answers: typed inside, one text outside, and no name of the account that could be mistaken for a
// part of it.
#include "questions/answer_id.hpp"

#include <gtest/gtest.h>

#include "language/read.hpp"
#include "questions/lens_answers.hpp"
#include "questions/self_tests.hpp"
#include "questions/sensitivity.hpp"

using namespace parley;
using questions::AnswerId;
using questions::AnswerScope;
using questions::Lens;

namespace {

const std::vector<std::string> kNames = {
    "spring",  "consistency",          "findings", "claim", "stability", "late_t", "t.zone",
    "x.fails", "consistency.excluded", "now"};

TEST(AnswerIds, ReadBackWhateverThingsAreCalled) {
  for (const auto& name : kNames) {
    std::vector<AnswerId> ids = {
        questions::table_id(name, "zone"),
        questions::table_id(name, "opens", {"doubt:" + name, name}),
        questions::table_id(name, "blocked", {name, "reservation:" + name}),
        questions::table_id(name, "package", {name}),
        questions::consistency_id("clash"),
        questions::consistency_id("excluded", {name + " is x.y"}),
        questions::consistency_id("never", {name + " is low", "r(a, " + name + ") is high"}),
        questions::consistency_id("raises", {name, "other." + name}),
        questions::finding_answer_id("own-goal:" + name + ":" + name),
        {questions::claim_scope(name), "entailed", {}},
        {questions::claim_scope(name), "true", {}},
        {questions::game_scope(name), "now", {"seq"}},
        {questions::game_scope(name), "zone_left", {}},
        {questions::game_scope(name), "package", {name}},
        {questions::game_scope(name), "leaves", {name, "other"}},
        {questions::game_scope(name), "holds", {name + " is low", "b is high"}}};
    for (AnswerId id : ids) {
      EXPECT_EQ(AnswerId::parse(id.text()), id) << id.text();
      if (id.scope.lens != Lens::deals) continue;
      id.scope.binding = "presses";
      EXPECT_EQ(AnswerId::parse(id.text()), id) << id.text();
    }
  }
}

TEST(AnswerIds, WhatIsNoIdIsNone) {
  for (const char* text :
       {"", ".", "zone", "t.", ".zone", "t.zone@somewhere", "t.nothing", "claim:c", "claim:c.zone",
        "stability:t.zone", "consistency.zone_left", "t.zone@", "claim:.true"})
    EXPECT_FALSE(AnswerId::parse(text)) << text;
}

TEST(AnswerIds, TwoQuestionsAreNeverOneText) {
  std::map<std::string, AnswerId> seen;
  for (const auto& name : kNames)
    for (const char* word :
         {"zone", "opens", "excluded", "own-goal", "entailed", "now", "package", "holds", "fails"})
      for (const Lens lens :
           {Lens::deals, Lens::consistency, Lens::findings, Lens::claims, Lens::stability}) {
        const bool one = lens == Lens::consistency || lens == Lens::findings;
        const AnswerId id{{lens, one ? "" : name, ""}, word, {}};
        if (AnswerId::parse(id.text()) != id) continue;  // no question of this lens
        const auto [found, fresh] = seen.emplace(id.text(), id);
        EXPECT_TRUE(fresh || found->second == id) << id.text();
      }
}

account::Account one_table(const std::string& talks) {
  return language::read_texts({{"one.yaml",
                                "parley: 1\naccount: one\nfrom: ex\n"
                                "sources: {ex: {title: t, standpoint: exercise}}\n"
                                "actors: {a: one side, b: the other side}\n"
                                "issues:\n"
                                "  flow: {settled_by: [a, b], levels: [little, half, much], now: little}\n"
                                "  price: {settled_by: [a, b], levels: [low, high], now: low}\n"
                                "talks: {" +
                                    talks +
                                    ": {parties: [a, b], issues: [flow, price]}}\n"
                                    "positions: {b_flow: {by: b, on: flow, insists: much}}\n"
                                    "preferences:\n"
                                    "  a_flow: {by: a, on: flow, order: little > half > much}\n"
                                    "  a_price: {by: a, on: price, order: high > low}\n"
                                    "  b_flow_order: {by: b, on: flow, order: much > half > little}\n"
                                    "  b_price: {by: b, on: price, order: low > high}\n"
                                    "saliences: {a_weighs: {by: a, order: price > flow}}\n"}})
      .base;
}

std::set<std::set<std::string>> flips_of(const std::string& talks) {
  questions::SensitivityOptions options;
  options.solve.draws = 40;
  options.solve.threads = 1;
  options.samples = 16;
  options.trajectories = 2;
  const auto s = questions::sensitivity(one_table(talks), questions::table_id(talks, "zone"), options);
  std::set<std::set<std::string>> sets;
  for (const auto* list : {&s.by_rows.loosened, &s.by_rows.reversed})
    for (const auto& flip : *list) {
      std::set<std::string> rows;
      for (const int m : flip.moves) rows.insert(s.moves[static_cast<std::size_t>(m)].id);
      sets.insert(rows);
    }
  return sets;
}

TEST(AnswerIds, TalksMayBeCalledAnything) {
  const auto flips = flips_of("spring");
  EXPECT_FALSE(flips.empty());
  for (const auto& name : kNames) EXPECT_EQ(flips_of(name), flips) << name;
}

TEST(AnswerIds, TheSelfTestsOfTalksCalledAnything) {
  questions::SolveOptions options;
  options.draws = 30;
  options.threads = 1;
  const auto tested = [&](const std::string& talks) {
    const auto base = questions::solve({"one", "base", "", false, {}, one_table(talks)}, options);
    std::map<std::string, std::map<std::string, bool>> survives;
    for (const auto& test : questions::self_tests(base, options))
      for (const auto& verdict : test.verdicts) {
        if (verdict.answer.scope.lens != Lens::deals || verdict.answer.question != "zone") continue;
        EXPECT_EQ(verdict.answer.scope.name, talks);
        survives[test.id]["zone"] = verdict.survives;
      }
    return survives;
  };
  const auto first = tested("spring");
  EXPECT_TRUE(first.contains("placebo"));
  EXPECT_TRUE(first.at("permutation").at("zone"));
  for (const char* name : {"consistency", "findings", "claim", "late_t"})
    EXPECT_EQ(tested(name), first) << name;
}

}  // namespace
