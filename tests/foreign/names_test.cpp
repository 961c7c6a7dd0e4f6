// SPDX-License-Identifier: MIT
// Names that cannot be printed or told apart, and files that are something else.
#include "foreign/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "expression/characters.hpp"
#include "foreign/conflict.hpp"
#include "foreign/folder.hpp"
#include "foreign/genius.hpp"
#include "foreign/recognise.hpp"
#include "foreign/scenario_wizard.hpp"

namespace parley::foreign {
namespace {

using ::testing::HasSubstr;

TEST(Names, BlankOnesAreMadeUp) {
  for (const char* blank :
       {"", " ", "\t\n", "\xC2\xA0", "\xE2\x80\x8B", "\xE3\x80\x80 \xE2\x80\xAE", "\xE3\x85\xA4"}) {
    std::unordered_set<std::string> taken;
    EXPECT_TRUE(is_blank_name(blank));
    EXPECT_EQ(made_name(blank, "option 3", taken).name, "option 3");
  }
  EXPECT_FALSE(is_blank_name("x"));
  std::unordered_set<std::string> taken;
  EXPECT_EQ(made_name("Coast", "", taken).why, "");
  EXPECT_EQ(made_name("Coast", "", taken).name, "Coast (2)");
  EXPECT_THAT(made_name("\xE2\x80\xAEtsaoC", "", taken).why, HasSubstr("U+202E"));
  EXPECT_EQ(made_name(std::string(1'000, 'x'), "", taken).name.size(), kNameLength + 3);
}

RC_GTEST_PROP(Names, WhatIsMadeShowsAndIsNew, (const std::vector<std::string>& written)) {
  std::unordered_set<std::string> taken, seen;
  for (const std::string& name : written) {
    const MadeName made = made_name(name, "x", taken);
    RC_ASSERT(!is_blank_name(made.name));
    RC_ASSERT(expression::without_unseen(made.name) == made.name);
    RC_ASSERT(seen.insert(made.name).second);
    RC_ASSERT(made.why.empty() == (made.name == name));
  }
}

/// Blank, double and unseen names of decision makers and options: a warning each, at its place.
TEST(Names, ConflictsSayWhichNamesWereChanged) {
  const auto reading = read_conflict_text(
      "x.gmcr", R"({"options": [{"name": ""}, {"name": "Seal\u200bed"}, {"name": "Sealed"}],
"decisionMakers": [{"name": "\u202ehsuB", "options": [0], "preferences": []},
{"name": " ", "options": [1, 2], "preferences": []}], "useManualPreferenceRanking": false})");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.game.decision_makers, (std::vector<std::string>{"hsuB", "decision maker 2"}));
  EXPECT_EQ(reading.game.issues[0].name, "option 0");
  EXPECT_EQ(reading.game.issues[1].name, "Sealed");
  EXPECT_EQ(reading.game.issues[2].name, "Sealed");  // two options may have one name
  ASSERT_EQ(reading.diagnostics.size(), 4U);
  for (const Diagnostic& d : reading.diagnostics) {
    EXPECT_EQ(d.code, "name-changed");
    EXPECT_EQ(d.severity, Severity::warning);
    EXPECT_GE(d.place.line, 1U);
  }
  EXPECT_EQ(reading.diagnostics[1].place.line, 3U);
}

class Recognised : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "parley-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    here = name;
  }
  void TearDown() override { std::filesystem::remove_all(here); }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(here / name, std::ios::binary) << text;
    return here / name;
  }
  std::filesystem::path here;
};

TEST_F(Recognised, EachKindAndWhatReadsIt) {
  struct Case {
    std::string name, text, what, command;
  };
  const std::vector<Case> cases = {
      {"x.gmcr", "{}", "a conflict in JSON", "stability"},
      {"x.json", R"({"decision_makers": []})", "a conflict in JSON", "stability"},
      {"x.txt", "$ ScenarioWizard 4.0\n", "a cross-impact matrix", "consistency"},
      {"x.xml", testing::small_domain(), "a Genius domain", "deals"},
      {"x.xml", testing::small_profile(), "a Genius profile", "deals"},
      {"x.json", R"({"LinearAdditiveUtilitySpace": {"name": "a"}})", "GeniusWeb", ""},
      {"x.json", R"({"name": "party", "issuesValues": {"a": {"values": ["b"]}}})", "GeniusWeb", ""},
      {"x.json", R"({"schema": "parley.run/1", "by_account": {}})",
       "an answer of Parley itself (parley.run/1)", ""},
      {"x.json", R"({"a": 1})", "JSON of no kind", ""},
      {"x.nfg", "NFG 1 R \"Chicken\" { \"A\" \"B\" }", "Gambit in strategic form", ""},
      {"x.efg", "EFG 2 R \"Poker\" { \"A\" \"B\" }", "Gambit in extensive form", ""},
      {"domain.yml", "issues:\n- name: price\n  values: [1, 2]\n", "NegMAS", ""},
      {"u.yml", "name: u1\ntype: LinearAdditiveUtilityFunction\nweights: [1]\n", "NegMAS", ""},
      {"x.xml", "<?xml version='1.0'?><Scenario><name>a</name><ModelParameters/></Scenario>", "KTAB", ""},
      {"x.csv", "name,desc,3,1,\nActor,Description,Influence,Position,Salience,\n", "KTAB", ""},
      {"x.xml", "<html/>", "a page in HTML", ""},
      {"x.xml", "<a/>", "XML of no kind", ""},
      {"x.md", "# A plan\n", "a text in Markdown", ""},
      {"x.sl", "$ ScenarioWizard 3.0\nSolution set\n 20\n", "a list of solutions of ScenarioWizard", ""},
      {"x.json", R"({"__python_class__": "negmas.outcomes.CartesianOutcomeSpace"})", "NegMAS", ""},
      // Answers of Parley name decision makers, whatever the order of their keys.
      {"x.json", R"({"schema": "parley.stability/1", "decision_makers": ["a"]})",
       "an answer of Parley itself (parley.stability/1)", ""},
      {"x.gmcr", R"({"a": {"schema": "x"}, "decisionMakers": "}", "schema" : "parley.run/1"})",
       "an answer of Parley itself (parley.run/1)", ""},
      {"x.json", R"({"schema": "parley.run/1", "by_account": {"parley": {}}})",
       "an answer of Parley itself (parley.run/1)", ""},
      {"constraints.json", R"({"constraints": [{"type": "red_line"}]})",
       "the constraints of a Genius problem", "deals"},
      {"x.json", R"({"decision_makers": [{"schema": "parley.run/1"}]})", "a conflict in JSON", "stability"},
      {"x.json", R"({"decision_makers": [], "note": "\"schema\": \"parley.run/1\""})", "a conflict in JSON",
       "stability"},
      {"x.pdf", "%PDF-1.7", "a PDF file", ""},
      {"x.yaml", "\x1f\x8b\x08", "a packed file (gzip)", ""},
      {"x.yaml", "\x89PNG\r\n", "an image", ""},
      {"x.yaml",
       "\x7F"
       "ELF\x02",
       "a program", ""},
  };
  for (const Case& c : cases) {
    const auto path = write(c.name, c.text);
    const auto kind = recognise_foreign(path);
    ASSERT_TRUE(kind) << c.name << c.text;
    EXPECT_THAT(kind->what, HasSubstr(c.what));
    EXPECT_EQ(kind->command, c.command) << c.text;
    std::filesystem::remove(path);
  }
  for (const char* account : {"parley: 1\naccount: a\nissues:\n  - x\n", "{parley: 1, account: a}",
                              "{\"parley\": 1, \"account\": \"a\"}", "issues:\n  x: {levels: [a, b]}\n", ""})
    EXPECT_FALSE(recognise_foreign(write("a.yaml", account))) << account;
  EXPECT_FALSE(recognise_foreign(write("plan.md", "# A plan\nparley: 1\naccount: a\n")));
  EXPECT_FALSE(recognise_foreign(here / "nothing"));
  EXPECT_FALSE(recognise_foreign("/dev/zero"));
}

/// A conflict and a matrix in UTF-16 are what they are in UTF-8.
TEST_F(Recognised, Utf16IsReadInEveryFormat) {
  const auto wide = [](const std::string& text, bool little) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : text) {
      bytes += little ? c : '\0';
      bytes += little ? '\0' : c;
    }
    return bytes;
  };
  const std::string conflict = R"({"options": [{"name": "Seal"}, {"name": "Raid"}], "decisionMakers": [
{"name": "Shore", "options": [0], "preferences": []}, {"name": "Hill", "options": [1], "preferences": []}]})";
  const std::string matrix =
      "$ ScenarioWizard 4.0\nx\n&A\n -a\n -b\n&B\n -c\n#\n#\n0,0,1\n0,0,2\n3,-1,0\n#\n";
  for (const bool little : {true, false}) {
    const auto conflict_file = write("x.json", wide(conflict, little));
    EXPECT_EQ(recognise_foreign(conflict_file)->command, "stability");
    const auto reading = read_conflict(conflict_file);
    ASSERT_TRUE(reading.ok());
    EXPECT_EQ(reading.game.decision_makers, (std::vector<std::string>{"Shore", "Hill"}));
    const auto matrix_file = write("x.scw", wide(matrix, little));
    EXPECT_EQ(recognise_foreign(matrix_file)->command, "consistency");
    const auto balances = read_scenario_wizard(matrix_file.string());
    ASSERT_TRUE(balances.ok());
    EXPECT_EQ(balances.problem.scores, (std::vector<std::int64_t>{0, 0, 1, 0, 0, 2, 3, -1, 0}));
  }
}

TEST_F(Recognised, WhatAFolderWithoutAnAccountHolds) {
  EXPECT_FALSE(foreign_inside(here));
  write("a.nfg", "NFG 1 R \"x\"");
  EXPECT_EQ(foreign_inside(here)->path.filename(), "a.nfg");
  write("b.gmcr", "{}");
  EXPECT_EQ(foreign_inside(here)->path.filename(), "b.gmcr");  // what a command reads comes first
}

/// Files that an account's folder would merge, and that are no part of one.
TEST_F(Recognised, FilesWithTheEndingOfAnAccountThatAreSomethingElse) {
  write("domain.yml", "issues:\n- name: price\n  values: [1, 2]\n");
  write("x.json", "{}");
  EXPECT_EQ(foreign_parts(here).others, 0U);
  ASSERT_EQ(foreign_parts(here).files.size(), 1U);
  EXPECT_THAT(foreign_parts(here).files[0].kind.what, HasSubstr("NegMAS"));
  write("a.yaml", "parley: 1\n");
  EXPECT_EQ(foreign_parts(here).others, 1U);
}

TEST_F(Recognised, WhatIsMissingOfAGeniusProblem) {
  const auto profile = write("north.xml", testing::small_profile());
  EXPECT_THAT(recognise_foreign(profile)->hint,
              HasSubstr("`parley deals " + here.string() + "` wants a folder with a domain"));
  EXPECT_THAT(recognise_foreign(profile)->hint, HasSubstr("the domain is missing"));
  EXPECT_THAT(recognise_foreign(here)->what, HasSubstr("without its domain"));
  const auto domain = write("d.xml", testing::small_domain());
  EXPECT_EQ(recognise_foreign(profile)->hint,
            "`parley deals " + here.string() + "` reads the folder that holds the domain and its profiles");
  EXPECT_EQ(recognise_foreign(here)->what, "a Genius problem");
  EXPECT_EQ(recognise_foreign(here)->hint, "");
  std::filesystem::remove(profile);
  EXPECT_THAT(recognise_foreign(domain)->hint, HasSubstr("the profiles are missing"));
  EXPECT_THAT(recognise_foreign(here)->what, HasSubstr("without its profiles"));
  // An account in the same folder is read by whoever reads accounts.
  write("a.yaml", "parley: 1\naccount: a\n");
  EXPECT_FALSE(recognise_foreign(here));
  EXPECT_TRUE(holds_account(here));
}

}  // namespace
}  // namespace parley::foreign
