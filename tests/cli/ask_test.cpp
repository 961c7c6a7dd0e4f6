// SPDX-License-Identifier: MIT
// parley ask: what it prints, its JSON and its errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const std::string kFounding = std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026";

constexpr const char* kSmall = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  dam: {settled_by: [a, b], levels: [absent, built], now: absent}
  patrols: {chosen_by: a, levels: [withheld, sent], now: withheld}
  state: {nature: yes, levels: [absent, full], now: absent}
  treaty: {nature: yes, levels: [absent, signed], now: absent}
talks: {t: {parties: [a, b], issues: [water, dam]}}
preferences:
  a_water: {by: a, on: water, order: much > half > little}
  b_water: {by: b, on: water, order: little > half > much}
  b_dam: {by: b, on: dam, order: built > absent}
packages: {swap: {water: half, dam: built}}
mechanisms: {shut: {cause: patrols is sent, rules_out: state is full}}
commitments: {bar: {by: b, will: treaty is signed, only_if: state is full}}
interventions: {force_it: {is: either way, readings: {sent: patrols is sent, kept: patrols is withheld}}}
claims:
  costly: {takes: swap, of: b, share: 20% to 60%}
  barred: {necessary: patrols is withheld, for: treaty is signed, from: ex.S9}
)";

json answer(const std::vector<std::string>& words) {
  const auto result = run_parley(words);
  EXPECT_EQ(result.exit, 0) << result.out << result.err;
  return json::parse(result.out);
}

TEST(AskCommand, EveryClaimOfTheFoundingAccountHasAVerdictInEveryColumn) {
  const json object = answer({"ask", kFounding, "--json", "--draws", "20"});
  EXPECT_EQ(object["schema"], "parley.ask/1");
  const json& claims = object["claims"];
  EXPECT_EQ(claims.size(), 27U);
  for (const auto& [id, claim] : claims.items()) {
    for (const char* key :
         {"verdict", "share", "low", "high", "premises", "flips", "by_alternative", "by_account"})
      EXPECT_TRUE(claim.contains(key)) << id << " " << key;
    EXPECT_TRUE(claim["by_alternative"].contains("base")) << id;
    EXPECT_TRUE(claim["by_account"].contains("pressure")) << id;
    // What is asserted is not entailed: without its own rows it does not follow.
    if (claim["verdict"] == "asserted") {
      EXPECT_NE(claim["without_own_rows"], "entailed") << id;
      EXPECT_NE(claim["without_own_rows"], "holds") << id;
    }
    if (claim["verdict"] == "not_testable") {
      EXPECT_FALSE(claim["why"].get<std::string>().empty()) << id;
    }
  }
  EXPECT_EQ(claims["influence_crucial"]["verdict"], "asserted");
  EXPECT_EQ(claims["damage_lasts"]["verdict"], "not_testable") << "it is about how long";
  EXPECT_EQ(claims["removal_not_enough"]["verdict"], "entailed");
  EXPECT_EQ(claims["removal_not_enough"]["premises"],
            json({"annexation_splits", "recognises", "saudi_bar", "statehood"}))
      << "recognition has yet to be brought about";
  EXPECT_EQ(claims["spread_likelier"]["verdict"], "not_testable");
  EXPECT_EQ(claims["three_obstacles"]["by_account"]["pressure"], "undetermined");
  EXPECT_EQ(claims["iran_weak"]["verdict"], "asserted") << "S05 says it, and nothing else does";
  EXPECT_EQ(claims["palestine_matters"]["premises"], json({"recognition_normalisation", "saudi_bar"}));
  // Nothing excludes it, and no row says that it may be so.
  EXPECT_EQ(claims["allies_diverge"]["verdict"], "undetermined");
  EXPECT_FALSE(claims["allies_diverge"]["placebo"].get<bool>());
}

TEST(AskCommand, TheAnswerDoesNotDependOnTheNumberOfThreads) {
  const TemporaryFolder folder;
  const std::vector<std::string> words = {
      "ask", folder.write("small.yaml", kSmall), "--json", "--draws", "200", "--threads"};
  auto one = words, three = words;
  one.push_back("1");
  three.push_back("3");
  EXPECT_EQ(answer(one), answer(three));
}

TEST(AskCommand, AnInterventionIsAnsweredUnderEachReading) {
  const TemporaryFolder folder;
  const json object = answer({"ask", folder.write("small.yaml", kSmall), "--if", "force_it", "--then",
                              "treaty is signed", "--json", "--draws", "50"});
  EXPECT_TRUE(object["claims"].empty());
  ASSERT_EQ(object["what_if"].size(), 2U);
  for (const auto& one : object["what_if"]) {
    const json& then = one["by_alternative"]["base"]["then"][0];
    EXPECT_EQ(then["before"], "not_now");
    EXPECT_EQ(then["after"], one["reading"] == "sent" ? "excluded" : "not_now");
  }
}

TEST(AskCommand, SaysWhatIsShutOutInWords) {
  const TemporaryFolder folder;
  const auto result = run_parley({"ask", folder.write("small.yaml", kSmall), "--if", "patrols is sent",
                                  "--then", "treaty is signed", "--draws", "50"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr("it is shut out after; by shut and bar"));
}

/// What `--then` names: an answer that is there, whatever it is; an id that names nothing is an error.
TEST(AskCommand, ThenTakesIdsOfAnswersThatThereAre) {
  const TemporaryFolder folder;
  const std::string file = folder.write("small.yaml", kSmall);
  const auto then = [&](const std::string& words) {
    return run_parley({"ask", file, "--if", "state is absent", "--then", words, "--draws", "20"});
  };
  const auto count = [](const std::string& in, const std::string& words) {
    std::size_t n = 0;
    for (auto at = in.find(words); at != std::string::npos; at = in.find(words, at + 1)) ++n;
    return n;
  };
  for (const char* id : {"t.zone", "t.zone@presses", "t.zone@insists"}) {
    const auto result = then(id);
    EXPECT_EQ(result.exit, 0) << id << result.err;
    EXPECT_EQ(count(result.out, "some package is acceptable to every party"), 1U) << id << result.out;
  }
  for (const char* id : {"t.package:swap", "t.opens:a", "consistency.excluded:state is full", "consistency",
                         "claim:barred", "claim:barred.entailed"})
    EXPECT_EQ(then(id).exit, 0) << id;
  for (const auto& [id, near] :
       std::vector<std::pair<std::string, std::string>>{{"t.zon", "t.zone"},
                                                        {"t.zone@pressed", "t.zone@presses"},
                                                        {"t.zone@", "t.zone"},
                                                        {"s.zone", "t.zone"},
                                                        {"claim:bared.entailed", ""},
                                                        {"t.package:whole", ""},
                                                        {"t.opens:nobody", ""},
                                                        {"consistency.excluded:state is fuller", ""},
                                                        {"findings.nothing:x", ""},
                                                        {"stability:nowhere.now:seq", ""}}) {
    const auto result = then(id);
    EXPECT_EQ(result.exit, 1) << id << result.out;
    EXPECT_THAT(result.err, HasSubstr("[unknown-answer]")) << id;
    EXPECT_THAT(result.err, HasSubstr("hint: ")) << id;
    if (!near.empty()) {
      EXPECT_THAT(result.err, HasSubstr("did you mean `" + near)) << id;
    }
  }
}

/// Meeting a demand is no occasion for the threat behind it, and what has been pushing all along does not act
/// anew; what a change sets going does.
constexpr const char* kThreat = R"(parley: 1
account: threat
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
  demand: {chosen_by: b, levels: [unmet, partly, met], now: unmet}
  force: {chosen_by: a, levels: [withheld, attack], now: withheld}
quantities: {tension: how tense it is, crisis: how bad it is}
commitments: {threat: {by: a, to: [b], kind: threat, if: not demand is met, will: force is attack}}
mechanisms:
  slip: {cause: tension, raises: [force]}
  worse: {cause: crisis, raises: [force]}
  calm: {cause: demand, lowers: [tension]}
)";

TEST(AskCommand, AStandingThreatIsPartOfThePresent) {
  const TemporaryFolder folder;
  const std::string file = folder.write("threat.yaml", kThreat);
  const auto after = [&](const std::string& supposed) {
    const json object =
        answer({"ask", file, "--if", supposed, "--then", "force is attack", "--json", "--draws", "50"});
    return object["what_if"][0]["by_alternative"]["base"]["then"][0]["after"].get<std::string>();
  };
  EXPECT_EQ(after("demand is met"), "not_now");
  EXPECT_EQ(after("demand is partly"), "not_now");  // the threat stands as it did
  EXPECT_EQ(after("tension falls"), "not_now");
  EXPECT_EQ(after("crisis rises"), "open");
}

/// What is set is no longer on the table, and counts as set: b has the water then, and no reason to build.
constexpr const char* kSet = R"(parley: 1
account: set
from: ex.S3
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
  water: {settled_by: [a, b], levels: [little, much], now: little}
  dam: {settled_by: [a, b], levels: [absent, built], now: absent}
talks: {t: {parties: [a, b], issues: [water, dam]}, alone: {parties: [a, b], issues: [water]}}
preferences:
  a_water: {by: a, on: water, order: much > little}
  a_dam: {by: a, on: dam, order: built > absent}
  b_water: {by: b, on: water, order: much > little}
  b_dam: {by: b, on: dam, order: absent > built}
claims:
  enough: {by: a, sufficient: water is much, for: water is much and dam is built, from: ex.S1}
  too_little: {by: a, not_sufficient: water is much, for: water is much and dam is built, from: ex.S1}
)";

TEST(AskCommand, WhatIsSetCountsAsSetAtTheTable) {
  const TemporaryFolder folder;
  const json claims = answer({"ask", folder.write("set.yaml", kSet), "--json", "--draws", "40"})["claims"];
  EXPECT_EQ(claims["enough"]["verdict"], "fails");
  EXPECT_EQ(claims["too_little"]["verdict"], "entailed");
}

TEST(AskCommand, ATableThatIsGoneAnswersNothing) {
  const TemporaryFolder folder;
  const json object =
      answer({"ask", folder.write("set.yaml", kSet), "--if", "water is much", "--json", "--draws", "40"});
  for (const json& shift : object["what_if"][0]["by_alternative"]["base"]["answers"])
    EXPECT_FALSE(shift["id"].get<std::string>().starts_with("alone.")) << shift;
}

TEST(AskCommand, SaysWhatIsWrongWithAQuestion) {
  const auto wrong = [](std::vector<std::string> words, const std::string& message) {
    words.insert(words.begin(), {"ask", kFounding});
    const auto result = run_parley(words);
    EXPECT_EQ(result.exit, 2) << result.err;
    EXPECT_THAT(result.err, HasSubstr(message));
  };
  wrong({"capitulaton"}, "did you mean 'capitulation'");
  wrong({"--then", "force is attack"}, "no --if");
  wrong({"--if", "sanctions at most partly-lifted"}, "name one: lifted, partly-lifted, imposed");
  wrong({"--if", "fource is attack"}, "fource");
  wrong({"--option", "holds=0.2"}, "above 0.5");
}

}  // namespace
}  // namespace parley::testing
