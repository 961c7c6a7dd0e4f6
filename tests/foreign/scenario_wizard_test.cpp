// SPDX-License-Identifier: MIT
// ScenarioWizard files: the published cases of golden/consistency, and what is refused.
#include "foreign/scenario_wizard.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace parley::foreign {
namespace {

using consistency::Scenario;

std::filesystem::path golden() {
  const char* shared = std::getenv("PARLEY_SHARED");
  return (shared != nullptr ? std::filesystem::path(shared)
                            : std::filesystem::path(PARLEY_SOURCE_DIR) / ".." / "shared") /
         "golden" / "consistency";
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The scenarios that ScenarioWizard stored: lines like `" 2 3 2",4,0,0,15,""`, counted from 1.
std::vector<Scenario> stored(const std::filesystem::path& path) {
  std::vector<Scenario> list;
  std::istringstream lines(text_of(path));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('"')) continue;
    std::istringstream words(line.substr(1, line.find('"', 1) - 1));
    Scenario scenario;
    for (int v = 0; words >> v;) scenario.push_back(v - 1);
    list.push_back(scenario);
  }
  std::sort(list.begin(), list.end());
  return list;
}

TEST(ScenarioWizard, StoredSolutionsAreFound) {
  if (!std::filesystem::exists(golden())) GTEST_SKIP() << "no shared data at " << golden();
  const std::vector<std::pair<std::string, std::size_t>> cases = {{"CIB_global", 4},
                                                                  {"CIB_natl_regional", 16},
                                                                  {"CIB_nested_simplified_standardized", 15},
                                                                  {"CIB_nested", 20}};
  for (const auto& [name, count] : cases) {
    const auto reading = read_scenario_wizard((golden() / (name + ".scw")).string());
    ASSERT_TRUE(reading.ok()) << name;
    const auto found = consistency::consistent_scenarios(reading.problem);
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(found.scenarios.size(), count) << name;
    EXPECT_EQ(found.scenarios, stored(golden() / (name + ".sl"))) << name;
  }
}

TEST(ScenarioWizard, SomewherelandHasItsTenPublishedScenarios) {
  const auto path = golden() / "somewhereland.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared data at " << path;
  const auto json = nlohmann::json::parse(text_of(path));
  consistency::Balances problem;
  char letter = 'A';
  for (const int n : json["variants"]) {
    problem.descriptors.push_back({std::string(1, letter++), {}});
    for (int v = 1; v <= n; ++v)
      problem.descriptors.back().variants.push_back(problem.descriptors.back().name + std::to_string(v));
  }
  for (const auto& row : json["matrix"])
    for (const int score : row) problem.scores.push_back(score);
  std::vector<std::string> found;
  for (const auto& s : consistency::consistent_scenarios(problem).scenarios) {
    std::string words;
    for (std::size_t d = 0; d < s.size(); ++d)
      words += (d == 0 ? "" : " ") + problem.descriptors[d].variants[static_cast<std::size_t>(s[d])];
    found.push_back(words);
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(
                         json["published_consistent"].get<std::vector<std::string>>()));
  const Scenario worked = {1, 0, 2, 0, 0, 0};
  EXPECT_EQ(consistency::impact_balance(problem, worked),
            json["example_balance"]["balance"].get<std::vector<std::int64_t>>());
}

const char* const kSmall =
    "$ ScenarioWizard 4.0\nsmall.scw\n&One\n -a\n -b\n&Two\n -c\n -d\n#\n&\n#\n#\n#\n#\n"
    "0,0,1,-1\n0,0,-1.5,1\n2,-2,0,0\n-2,2,0,0\n#\n";

std::vector<std::string> heads(const ScenarioWizardReading& reading) {
  std::vector<std::string> list;
  for (const auto& d : reading.diagnostics)
    if (d.severity == Severity::error)
      list.push_back(fmt::format("{} {}:{}:{}", d.code, d.file, d.place.line, d.place.column));
  return list;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ScenarioWizard, DecimalsKeepTheirExactValue) {
  const auto reading = read_scenario_wizard_text(kSmall, "s.scw");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.scale, 10);
  EXPECT_EQ(reading.problem.scores[6], -15);
  EXPECT_EQ(consistency::consistent_scenarios(reading.problem).scenarios,
            (std::vector<Scenario>{{0, 0}, {1, 1}}));
}

TEST(ScenarioWizard, WhatIsWrongIsToldWhere) {
  struct Case {
    const char *from, *to, *head;
  };
  for (const auto& [from, to, head] :
       std::vector<Case>{{"$ ScenarioWizard", "$ Other", "not-scenario-wizard s.scw:1:1"},
                         {" -b", " b", "unexpected-line s.scw:5:1"},
                         {"-1.5", "nan", "bad-number s.scw:16:5"},
                         {"-1.5", "1e3", "bad-number s.scw:16:5"},
                         {"-1.5", "1000.5", "bad-number s.scw:16:5"},
                         {"-1.5", "0.1234567", "bad-number s.scw:16:5"},
                         {"-1.5", "99999999999999999999", "bad-number s.scw:16:5"},
                         {"2,-2,0,0", "2,-2,0", "bad-row s.scw:17:1"},
                         {"-2,2,0,0\n", "", "bad-matrix s.scw:17:1"},
                         {"&Two\n -c\n -d\n", "&Two\n", "missing-variants s.scw:6:1"}}) {
    EXPECT_THAT(heads(read_scenario_wizard_text(replaced(kSmall, from, to), "s.scw")),
                ::testing::Contains(head))
        << from << " -> " << to;
  }
}

TEST(ScenarioWizard, OddFilesEndInMessages) {
  for (const std::string text :
       {"", "$ ScenarioWizard", "$ ScenarioWizard 4\n#\n#\n", "$ ScenarioWizard 4\nx\n&a\n"})
    EXPECT_FALSE(heads(read_scenario_wizard_text(text, "s.scw")).empty()) << text;
  std::string many = "$ ScenarioWizard 4\nx\n";
  for (int d = 0; d < 100'000; ++d) many += "&d" + std::to_string(d) + "\n -a\n -b\n";
  EXPECT_THAT(heads(read_scenario_wizard_text(many + "#\n", "s.scw")),
              ::testing::Contains(::testing::HasSubstr("too-large")));
  EXPECT_FALSE(read_scenario_wizard("/nonexistent.scw").ok());
}

/// The format goes by place: the models of the method's author have blank names, and the same name twice.
TEST(ScenarioWizard, NamesThatAreMissingOrTwiceThereAreMadeUp) {
  struct Case {
    const char *from, *to, *name;
    std::size_t descriptor;
    int variant;  // -1: the descriptor itself
    unsigned line;
  };
  const auto whole = read_scenario_wizard_text(kSmall, "s.scw");
  for (const auto& [from, to, name, descriptor, variant, line] :
       std::vector<Case>{{"&Two", "&One", "One (2)", 1, -1, 6},
                         {"&Two", "&", "descriptor 2", 1, -1, 6},
                         {"&Two", "&\xC2\xA0\xE2\x80\x8B", "descriptor 2", 1, -1, 6},
                         {" -b", " -a", "a (2)", 0, 1, 5},
                         {" -b", " -", "variant 2", 0, 1, 5},
                         {" -b", " -\t ", "variant 2", 0, 1, 5},
                         {" -b", " -b\x1B[31m", "b[31m", 0, 1, 5},
                         {" -b",
                          " -\xE2\x80\xAE"
                          "b",
                          "b", 0, 1, 5},
                         {" -a", " -variant 2\r", "variant 2", 0, 0, 0}}) {
    const auto reading = read_scenario_wizard_text(replaced(kSmall, from, to), "s.scw");
    ASSERT_TRUE(reading.ok()) << to;
    const auto& found = reading.problem.descriptors.at(descriptor);
    EXPECT_EQ(variant < 0 ? found.name : found.variants.at(static_cast<std::size_t>(variant)), name) << to;
    EXPECT_EQ(reading.problem.scores, whole.problem.scores) << to;
    const auto warnings =
        std::count_if(reading.diagnostics.begin(), reading.diagnostics.end(), [&](const Diagnostic& d) {
          return d.severity == Severity::warning && d.code == "name-changed" && d.place.line == line;
        });
    EXPECT_EQ(warnings, line == 0 ? 0 : 1) << to;
  }
  const auto odd =
      read_scenario_wizard_text(replaced(replaced(kSmall, " -a", " -[1"), " -b", " -\\1"), "s.scw");
  EXPECT_EQ(odd.problem.descriptors[0].variants, (std::vector<std::string>{"[1", "\\1"}));
  // A made-up name steps aside for nobody, and nobody's name is taken twice.
  const auto both =
      read_scenario_wizard_text(replaced(replaced(kSmall, " -a", " -variant 2"), " -b", " -"), "s.scw");
  EXPECT_EQ(both.problem.descriptors[0].variants, (std::vector<std::string>{"variant 2", "variant 2 (2)"}));
}

/// Line ends are LF, CR LF or CR; a byte order mark is passed over.
TEST(ScenarioWizard, LineEndsChangeNothing) {
  const auto whole = read_scenario_wizard_text(kSmall, "s.scw");
  for (const std::string end : {"\r\n", "\r"}) {
    std::string text = "\xEF\xBB\xBF";
    for (const char c : std::string(kSmall)) text += c == '\n' ? end : std::string(1, c);
    const auto reading = read_scenario_wizard_text(text, "s.scw");
    ASSERT_TRUE(reading.ok()) << end;
    EXPECT_EQ(reading.problem.scores, whole.problem.scores);
    for (std::size_t d = 0; d < whole.problem.descriptors.size(); ++d) {
      EXPECT_EQ(reading.problem.descriptors[d].name, whole.problem.descriptors[d].name);
      EXPECT_EQ(reading.problem.descriptors[d].variants, whole.problem.descriptors[d].variants);
    }
    EXPECT_EQ(reading.diagnostics.size(), whole.diagnostics.size());
  }
}

/// Three descriptors of which one has two blank variants; by hand, of its twelve scenarios two are
/// consistent.
TEST(ScenarioWizard, ABlankVariantIsAVariant) {
  const std::string text =
      "$ ScenarioWizard 4.0\nx\n&Port\n -\n -\n -dry\n&Rail\n -\n -slow\n&Pact\n -off\n -near\n#\n#\n"
      "0,0,0,2,0,0,2\n0,0,0,0,1,1,0\n0,0,0,0,2,2,0\n2,0,0,0,0,0,0\n0,3,1,0,0,0,0\n0,0,0,0,0,0,0\n1,0,0,0,0,0,"
      "0\n#\n";
  const auto reading = read_scenario_wizard_text(text, "s.scw");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.descriptors[0].variants,
            (std::vector<std::string>{"variant 1", "variant 2", "dry"}));
  EXPECT_EQ(consistency::consistent_scenarios(reading.problem).scenarios,
            (std::vector<Scenario>{{0, 0, 1}, {1, 1, 0}}));
}

TEST(ScenarioWizard, NamesInLatin1AreReadAsSuch) {
  const auto reading = read_scenario_wizard_text(replaced(kSmall, "&One", "&\xC9t\xE9"), "s.scw");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.descriptors[0].name, "\xC3\x89t\xC3\xA9");
}

}  // namespace
}  // namespace parley::foreign
