// SPDX-License-Identifier: MIT
// The right file under the wrong command, files that are left out, and names that must not reach the
// terminal, through the real binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "foreign/folder.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kConflict = R"({"options": [{"name": "Seal"}, {"name": "Ra\u200bid"}], "decisionMakers": [
{"name": "\u202eerohS", "options": [0], "preferenceRanking": [4, 3, [1, 2]]},
{"name": " ", "options": [1], "preferenceRanking": [1, [2, 3], 4]}], "useManualPreferenceRanking": true})";
const std::string kMatrix =
    "$ ScenarioWizard 4.0\nx\n&A\x1b[31mz\n -x\x07\n -\n&B\n -p\n "
    "-q\n#\n#\n0,0,1,-1\n0,0,-1,1\n1,-1,0,0\n-1,1,0,0\n#\n";
const std::string kHead =
    "parley: 1\naccount: ferry\nfrom: t\nsources: {t: {title: T}}\nactors: [hill, coast]\n"
    "issues: {gate: {settled_by: [hill, coast], levels: [open, shut], now: shut}}\n"
    "talks: {spring: {parties: [hill, coast], issues: [gate]}}\n";
const std::string kWishes =
    "parley: 1\naccount: ferry\nfrom: t\npreferences:\n  p: {by: hill, on: gate, order: open > shut}\n"
    "  q: {by: coast, on: gate, order: shut > open}\n";

json first_error(const Said& said) {
  const json object = json::parse(said.out, nullptr, false);
  if (!object.is_object()) return {};
  for (const json& d : object["diagnostics"])
    if (d["severity"] == "error") return d;
  return {};
}

TEST(WrongCommand, SaysWhatItIsAndWhatReadsIt) {
  const TemporaryFolder folder;
  const std::string conflict = folder.write("coast.gmcr", kConflict),
                    matrix = folder.write("model.scw", kMatrix);
  const std::string game = folder.write("a.nfg", "NFG 1 R \"x\" { \"A\" \"B\" }"),
                    genius = folder.write("d.xml", small_domain());
  struct Case {
    std::string path, reads, what, hint;
  };
  for (const Case& c : std::vector<Case>{
           {conflict, "stability", "a conflict in JSON and no account", "parley stability " + conflict},
           {matrix, "consistency", "a cross-impact matrix and no account", "parley consistency " + matrix},
           {game, "", "Gambit", "no command of Parley reads it"},
           {genius, "", "a Genius domain", "parley deals " + folder.path()}})
    for (const std::string command :
         {"check", "run", "deals", "show", "ask", "stability", "consistency", "sensitivity", "compare"}) {
      if (command == c.reads || (command == "deals" && c.path == genius)) continue;
      const Said said = run_parley({command, c.path, "--json"});
      EXPECT_EQ(said.exit, 1) << command << c.path;
      const json error = first_error(said);
      ASSERT_TRUE(error.is_object()) << command << said.out;
      EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(c.what)) << command;
      EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr(c.hint)) << command;
      EXPECT_THAT(said.out, Not(HasSubstr("parley: 1"))) << command;
    }
}

TEST(WrongCommand, AFolderWithoutAnAccountSaysWhatItHolds) {
  const TemporaryFolder folder;
  const std::string conflict = folder.write("coast.gmcr", kConflict);
  const json error = first_error(run_parley({"check", folder.path(), "--json"}));
  EXPECT_THAT(
      error["hint"].get<std::string>(),
      HasSubstr("coast.gmcr is a conflict in JSON, and `parley stability " + conflict + "` reads it"));
}

/// What Parley writes is no input of Parley, whatever decision makers it names.
TEST(WrongCommand, AnswersOfParleyAreNoInput) {
  const TemporaryFolder folder;
  const std::string account = folder.write("a.yaml", kHead), answer = folder.path() + "/answer.json";
  ASSERT_EQ(run_parley({"stability", account, "--draws", "20", "-o", answer}).exit, 0);
  for (const std::string command : {"check", "run", "deals", "stability", "consistency", "import", "show"}) {
    const Said said = run_parley({command, answer, "--json"});
    EXPECT_EQ(said.exit, 1) << command;
    const json error = first_error(said);
    EXPECT_THAT(error["message"].get<std::string>(),
                HasSubstr("an answer of Parley itself (parley.stability/1)"));
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("no command of Parley reads answers"));
  }
  std::filesystem::remove(account);
  EXPECT_THAT(first_error(run_parley({"check", folder.path(), "--json"}))["hint"].get<std::string>(),
              HasSubstr("answer.json is an answer of Parley itself"));
}

TEST(WrongCommand, AFolderOfNegmasFilesIsNoAccount) {
  const TemporaryFolder folder;
  (void)folder.write("domain.yml", "issues:\n- name: price\n  values: [1, 2]\n");
  (void)folder.write("u.yml", "type: LinearAdditiveUtilityFunction\nweights: [1]\n");
  const json error = first_error(run_parley({"deals", folder.path(), "--json"}));
  EXPECT_EQ(error["code"], "foreign-problem");
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("domain.yml is a file of NegMAS, and 1 more"));
  (void)folder.write("a.yaml", kHead);
  const json part = first_error(run_parley({"check", folder.path(), "--json"}));
  EXPECT_EQ(part["file"], folder.path() + "/domain.yml");
  EXPECT_THAT(part["message"].get<std::string>(), HasSubstr("no part of an account"));
}

/// An account and a Genius problem in one folder: each command reads its own and says what it leaves out.
TEST(WrongCommand, AnAccountBesideAGeniusProblemIsRead) {
  const TemporaryFolder folder;
  (void)folder.write("a.yaml", kHead);
  (void)folder.write("d.xml", small_domain());
  (void)folder.write("p.xml", small_profile());
  const Said check = run_parley({"check", folder.path()});
  EXPECT_EQ(check.exit, 0) << check.err;
  EXPECT_THAT(check.err, HasSubstr("the folder also holds a Genius problem"));
  const Said deals = run_parley({"deals", folder.path()});
  EXPECT_EQ(deals.exit, 0) << deals.err;
  EXPECT_THAT(deals.err, HasSubstr("the folder also holds an account"));
}

TEST(Files, EveryEncodingAndLineEndOfAnAccountIsRead) {
  const TemporaryFolder folder;
  std::string old = kHead, wide;
  std::replace(old.begin(), old.end(), '\n', '\r');
  for (const char c : kHead) (wide += c) += '\0';
  const Said right = run_parley({"check", folder.write("a.yaml", kHead)});
  EXPECT_EQ(run_parley({"check", folder.write("old.yaml", old)}).out, right.out);
  EXPECT_EQ(run_parley({"check", folder.write("wide.yaml", wide)}).out, right.out);
}

TEST(Files, CompareWithoutARivalSaysWhereAndWhatToDo) {
  const TemporaryFolder folder;
  const std::string account = folder.write("a.yaml", kHead);
  const json error = first_error(run_parley({"compare", account, "--json"}));
  EXPECT_EQ(error["code"], "no-rival");
  EXPECT_EQ(error["file"], account);
  EXPECT_EQ(error["line"], 1);
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("revises: ferry"));
}

TEST(Files, ImportTakesTheLimits) {
  const TemporaryFolder folder;
  const std::string conflict = folder.write("coast.gmcr", kConflict);
  EXPECT_EQ(run_parley({"import", conflict, "--time-limit", "30", "--memory-limit", "1G"}).exit, 0);
  EXPECT_EQ(run_parley({"import", conflict, "--time-limit", "0"}).exit, 2);
  EXPECT_EQ(run_parley({"import", conflict, "--draws", "3"}).exit, 2);
}

TEST(Files, EndingsInLettersOfAnySizeAreRead) {
  const TemporaryFolder folder;
  (void)folder.write("a.yaml", kHead);
  (void)folder.write("WISHES.YAML", kWishes);
  const Said said = run_parley({"check", folder.path(), "--strict", "--json"});
  EXPECT_THAT(said.out, HasSubstr("\"preferences\""));
  EXPECT_THAT(said.out, Not(HasSubstr("file-not-read")));
}

TEST(Files, WhatIsLeftOutIsNamed) {
  const TemporaryFolder folder;
  (void)folder.write("a.yaml", kHead);
  std::filesystem::create_directory(folder.path() + "/region");
  (void)folder.write("region/wishes.yaml", kWishes);
  const Said said = run_parley({"check", folder.path()});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_THAT(
      said.err,
      HasSubstr(
          "warning: folders inside an account's folder are not read: region/wishes.yaml [file-not-read]"));
  EXPECT_EQ(run_parley({"check", folder.path(), "--strict"}).exit, 1);
}

bool shows(const std::string& text) {
  for (const char* hidden :
       {"\x1b", "\x07", "\xE2\x80\xAE", "\xE2\x80\x8B", "\xC2\x9B", "\xD8\x9C", "\xF3\xA0\x81\x81"})
    if (text.find(hidden) != std::string::npos) return false;
  return true;
}

TEST(Terminal, WhatCannotBeSeenNeverReachesIt) {
  const TemporaryFolder folder;
  const std::string conflict = folder.write("x.gmcr", kConflict), matrix = folder.write("x.scw", kMatrix);
  const std::string odd = folder.write(
      "od\x1b[31m\xE2\x80\xAE"
      "d.gmcr",
      kConflict);
  std::filesystem::create_directory(folder.path() + "/g");
  const std::string hidden =
      "gr\xE2\x80\xAE"
      "een";
  (void)folder.write("g/d.xml", replaced(small_domain(), "green", hidden));
  (void)folder.write("g/a\xE2\x80\x8B.xml", replaced(small_profile(), "green", hidden));
  for (const auto& [command, path] :
       std::vector<std::pair<std::string, std::string>>{{"stability", conflict},
                                                        {"stability", odd},
                                                        {"import", conflict},
                                                        {"import", odd},
                                                        {"consistency", matrix},
                                                        {"check", odd},
                                                        {"deals", folder.path() + "/g"}})
    for (const bool as_json : {false, true}) {
      std::vector<std::string> words = {command, path};
      if (as_json) words.emplace_back("--json");
      const Said said = run_parley(words);
      EXPECT_EQ(said.exit, command == "check" ? 1 : 0) << command << said.err;
      EXPECT_TRUE(shows(said.out)) << command << said.out;
      EXPECT_TRUE(shows(said.err)) << command << said.err;
      if (as_json && command == "deals") {  // an escape, which means the same
        const json object = json::parse(said.out);
        EXPECT_THAT(object.dump(), HasSubstr(hidden));
      }
    }
}

TEST(Import, IsAcceptedWhateverTheNames) {
  const TemporaryFolder folder;
  const std::string conflict = folder.write("x.gmcr", kConflict), account = folder.path() + "/x.yaml";
  const Said imported = run_parley({"import", conflict, "-o", account});
  EXPECT_EQ(imported.exit, 0) << imported.err;
  EXPECT_THAT(
      imported.err,
      HasSubstr("x.gmcr:3:10: warning: a decision maker has no name: it is called `decision maker 2`"));
  EXPECT_EQ(run_parley({"check", account}).exit, 0);
}

TEST(Parties, AreListedOrGivenOneByOne) {
  const TemporaryFolder folder;
  (void)folder.write("d.xml", small_domain());
  (void)folder.write("North, East.xml", small_profile());
  (void)folder.write("West.xml", small_profile());
  (void)folder.write("South.xml", small_profile());
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"--option", "parties=North, East,West"},
           {"--option", "parties=\"North, East\",West"},
           {"--option", "parties=North, East", "--option", "parties=West"}}) {
    std::vector<std::string> all = {"deals", folder.path(), "--json"};
    all.insert(all.end(), words.begin(), words.end());
    const json object = json::parse(run_parley(all).out);
    EXPECT_EQ(object["parties"], json({"North, East", "West"}));
  }
  EXPECT_EQ(run_parley({"deals", folder.path(), "--option", "domain=d", "--option", "domain=d"}).exit, 2);
  EXPECT_EQ(run_parley({"deals", folder.path(), "--option", "domain=e"}).exit, 2);
  const std::string account = folder.write("a.yaml", kHead + kWishes.substr(kWishes.find("preferences")));
  EXPECT_THAT(run_parley({"deals", account, "--option", "parties=hill"}).err,
              HasSubstr("option `parties` has no effect on an account"));
}

}  // namespace
}  // namespace parley::testing
