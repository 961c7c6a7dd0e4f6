// SPDX-License-Identifier: MIT
// The commands on accounts, through the real program: check, show, deals, run.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.hpp"

namespace {

using nlohmann::json;
using Finished = parley::testing::Said;

Finished parley(const std::vector<std::string>& words) { return parley::testing::run_parley(words); }

std::string scenario(const std::string& name) {
  return std::string(PARLEY_SOURCE_DIR) + "/scenarios/" + name;
}

class Accounts : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& name) const { return folder_.path() + "/" + name; }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream file(at(name));
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
  }
  [[nodiscard]] std::string write(const std::string& name, const std::string& content) const {
    return folder_.write(name, content);
  }

 private:
  parley::testing::TemporaryFolder folder_;
};

TEST_F(Accounts, RunWritesAPageAndItsResults) {
  const std::string out = at("out");
  const Finished done = parley({"run", scenario("us-iran-2026"), "-o", out, "--draws", "60"});
  ASSERT_EQ(done.exit, 0) << done.err;
  const json results = json::parse(text("out/results.json"));
  EXPECT_EQ(results["schema"], "parley.run/1");
  EXPECT_GE(results["manifest"]["problems"].get<int>(), 60);
  EXPECT_EQ(results["by_account"].size(), 2u);
  EXPECT_NE(text("out/report.md").find("iran_agenda (S19)"), std::string::npos);
  EXPECT_NE(done.out.find("What follows"), std::string::npos);
}

TEST_F(Accounts, TheSameAnswerForAnyNumberOfThreads) {
  const Finished one =
      parley({"run", scenario("first-account.yaml"), "-o", at("a"), "--threads", "1", "--draws", "100"});
  const Finished two =
      parley({"run", scenario("first-account.yaml"), "-o", at("b"), "--threads", "2", "--draws", "100"});
  ASSERT_EQ(one.exit, 0) << one.err;
  ASSERT_EQ(two.exit, 0) << two.err;
  EXPECT_EQ(text("a/results.json"), text("b/results.json"));
  EXPECT_EQ(text("a/report.md"), text("b/report.md"));
}

TEST_F(Accounts, DealsAnswersByAccountAndByAlternative) {
  const Finished done = parley({"deals", scenario("us-iran-2026"), "--json", "--draws", "50"});
  ASSERT_EQ(done.exit, 0) << done.err;
  const json answer = json::parse(done.out);
  EXPECT_EQ(answer["schema"], "parley.deals/1");
  const json& base = answer["by_account"]["author"]["by_alternative"]["base"];
  EXPECT_EQ(base["worlds"], 50);
  for (const char* key : {"possible", "necessary", "proved", "share"})
    EXPECT_TRUE(base["zone"].contains(key)) << key;
  const json& demands = base["packages"]["us_demands"]["iran"];
  EXPECT_TRUE(demands.contains("given_up"));
  EXPECT_EQ(demands["crosses"], json::array({"iran_agenda"}));
  const json& insisted = answer["by_account"]["author"]["by_alternative"]["pressing_is_insisting"];
  EXPECT_EQ(insisted["zone"]["possible"], false);
  ASSERT_FALSE(insisted["conflicts"].empty());
  for (const json& conflict : insisted["conflicts"])
    for (const char* key : {"rows", "kind", "share"}) EXPECT_TRUE(conflict.contains(key)) << key;
}

TEST_F(Accounts, ReversingTheFileChangesNothing) {
  const std::string head =
      "parley: 1\naccount: x\nsources: {ex: {title: t, standpoint: exercise}}\nfrom: ex\n";
  const std::string parts[] = {
      "actors: {a: one, b: two}\n",
      "issues:\n  w: {settled_by: [a, b], levels: [low, high], now: low}\n  v: {settled_by: [a, b], levels: "
      "[few, many], now: few}\n",
      "talks: {t: {parties: [b, a], issues: [w, v]}}\n",
      "preferences:\n  q: {by: b, on: v, order: many > few}\n  p: {by: a, on: w, order: high > low}\n",
      "positions: {r: {by: a, on: v, insists: few}}\n"};
  std::string there = head, back = head;
  for (const auto& part : parts) {
    there += part;
    back = head + part + back.substr(head.size());
  }
  const Finished a = parley({"deals", write("there.yaml", there), "--json"});
  const Finished b = parley({"deals", write("back.yaml", back), "--json"});
  ASSERT_EQ(a.exit, 0) << a.out << a.err;
  EXPECT_EQ(a.out, b.out);
}

TEST_F(Accounts, CheckNamesSilenceIslandsAndTheNextInput) {
  const Finished done = parley({"check", scenario("us-iran-2026")});
  ASSERT_EQ(done.exit, 0) << done.err;
  for (const char* words :
       {"silent, so unknown", "Rows that reach no table and no game", "The next input worth having"})
    EXPECT_NE(done.out.find(words), std::string::npos) << words;
}

TEST_F(Accounts, ContradictionsAreAFindingAndAnErrorOnlyWhenStrict) {
  const std::string file =
      write("clash.yaml",
            "parley: 1\naccount: x\nsources: {ex: {title: t, standpoint: exercise}}\nfrom: ex\nactors: {a: "
            "one, b: two}\n"
            "issues: {w: {settled_by: [a, b], levels: [low, high], now: low}}\ntalks: {t: {parties: [a, b], "
            "issues: [w]}}\n"
            "preferences:\n  p: {by: a, on: w, order: high > low}\n  q: {by: a, on: w, order: low > high}\n");
  const Finished lax = parley({"check", file});
  EXPECT_EQ(lax.exit, 0) << lax.err;
  EXPECT_NE(lax.out.find("contradict each other"), std::string::npos);
  EXPECT_EQ(parley({"check", file, "--strict"}).exit, 1);
  const Finished deals = parley({"deals", file, "--json"});
  EXPECT_EQ(deals.exit, 0);
  const json answer = json::parse(deals.out);
  const json& base = answer["by_account"]["x"]["by_alternative"]["base"];
  EXPECT_EQ(base["worlds"], 0);
  EXPECT_EQ(base["zone"]["share"], nullptr);  // of no world, and not 0 %
  EXPECT_EQ(base["no_opener"]["share"], nullptr);
  EXPECT_EQ(answer["diagnostics"][0]["code"], "no-world");
  const Finished run = parley({"run", file, "-o", at("out")});
  EXPECT_EQ(run.exit, 0) << run.err;
  EXPECT_NE(run.out.find("no world"), std::string::npos);
}

TEST_F(Accounts, CheckListsDeparturesAndCountsWhatHasNoLabel) {
  const std::string file = write("small.yaml", R"(parley: 1
account: x
sources: {ex: {title: t, standpoint: exercise}}
from: ex.S1
actors: {a: {label: the first side}, b: {is: the second side}}
issues:
  w:
    label: the water
    settled_by: [a, b]
    levels: [low, high]
    labels: {low: little}
    now: low
talks: {t: {parties: [a, b], issues: [w], label: the talks}}
positions:
  p: {by: a, on: w, insists: low, from: [ex.S2, ex.S3], departs: stronger, because: the text says asks}
  q: {by: b, on: w, asks: at least high}
)");
  const json account = json::parse(parley({"check", file, "--json"}).out)["by_account"]["x"];
  EXPECT_EQ(account["departures"], json::parse(R"([{"row": "p", "sentences": ["ex.S2", "ex.S3"],
      "departs": "stronger", "because": "the text says asks"}])"));
  EXPECT_EQ(account["unlabelled"], json::parse(R"({"actors": 1, "levels": 1})"));
  const Finished done = parley({"check", file, "--strict"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_NE(done.out.find("p (ex.S2, ex.S3) is stronger: the text says asks"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("actors (1), levels (1)"), std::string::npos) << done.out;
  EXPECT_EQ(done.out.find("the text says asks"), done.out.rfind("the text says asks")) << "once";
  const json rows = json::parse(
      parley({"run", file, "--json", "--draws", "20", "-o", at("o")}).out)["by_account"]["x"]["rows"];
  EXPECT_EQ(rows["p"]["words"], "the first side insists on the water: little");
  EXPECT_EQ(rows["q"]["words"], "the second side asks for the water: at least high");
  EXPECT_EQ(rows["w"]["label"], "the water");
}

TEST_F(Accounts, WhatShowWritesReadsBack) {
  const Finished shown = parley({"show", scenario("first-account.yaml")});
  ASSERT_EQ(shown.exit, 0) << shown.err;
  const Finished again = parley({"show", write("again.yaml", shown.out)});
  ASSERT_EQ(again.exit, 0) << again.err << again.out;
  EXPECT_EQ(again.out, shown.out);
}

TEST_F(Accounts, BrokenAccountsEndInOneWithAPlace) {
  const std::string file = write("broken.yaml", "parley: 1\naccount: x\nactors: {a: one\n");
  for (const char* command : {"check", "show", "deals", "run"}) {
    const Finished done = parley({command, file, "--json"});
    EXPECT_EQ(done.exit, 1) << command;
    const json answer = json::parse(done.out);
    ASSERT_FALSE(answer["diagnostics"].empty()) << command;
    EXPECT_GE(answer["diagnostics"][0]["line"].get<int>(), 1);
  }
  EXPECT_EQ(parley({"deals", scenario("first-account.yaml"), "--option", "binding=perhaps"}).exit, 2);
}

}  // namespace
