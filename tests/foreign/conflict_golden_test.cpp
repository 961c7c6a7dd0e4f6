// SPDX-License-Identifier: MIT
// The golden conflicts: stable states, equilibria and coalition equilibria as they are known.
#include <gmock/gmock.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "foreign/conflict.hpp"
#include "foreign/golden.hpp"
#include "stability/coalition.hpp"
#include "stability/solve.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using stability::Bits;

std::filesystem::path golden_stability() { return golden_deals().parent_path() / "stability"; }

/// The golden files' name of a concept.
std::string golden_name(const std::string& name) {
  if (name == "ssym") return "SSEQ";
  if (name[0] == 'c') {
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    return upper == "CNASH" ? "CNash" : upper;
  }
  std::string upper = name;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper;
}

std::vector<long long> numbers(const stability::Space& space, const Bits& states) {
  std::vector<long long> list;
  states.for_each([&](stability::State s) { list.push_back(space.number(s)); });
  std::sort(list.begin(), list.end());
  return list;
}

std::vector<long long> expected(const json& list) {
  auto numbers = list.get<std::vector<long long>>();
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

struct Solved {
  foreign::ConflictReading reading;
  stability::Answer answer;
  [[nodiscard]] const stability::Verdict& verdict(const std::string& golden) const {
    for (const auto& v : answer.verdicts)
      if (golden_name(v.name) == golden) return v;
    ADD_FAILURE() << "no verdict " << golden;
    return answer.verdicts.front();
  }
  [[nodiscard]] std::vector<long long> equilibria(const std::string& golden) const {
    return numbers(*reading.space, verdict(golden).equilibria);
  }
  [[nodiscard]] std::vector<long long> stable(const std::string& golden, const std::string& dm) const {
    const auto& names = reading.game.decision_makers;
    const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), dm) - names.begin());
    return numbers(*reading.space, verdict(golden).stable[at]);
  }
};

Solved solved(const std::filesystem::path& file) {
  Solved result{foreign::read_conflict(file), {}};
  EXPECT_TRUE(result.reading.ok()) << file;
  stability::SolveOptions options;
  options.concepts = *stability::read_concepts("nash,gmr,smr,seq,ssym,cnash,cgmr,csmr,cseq");
  result.answer = *stability::solve(result.reading.game, *result.reading.space, options);
  return result;
}

void compare_stable(const Solved& result, const json& stable, const std::string& what) {
  for (const auto& [concept_name, by_dm] : stable.items())
    for (const auto& [dm, list] : by_dm.items())
      EXPECT_EQ(result.stable(concept_name, dm), expected(list)) << what << " " << concept_name << " " << dm;
}

std::vector<std::filesystem::path> files(bool recalled) {
  std::vector<std::filesystem::path> list;
  for (const auto& entry : std::filesystem::directory_iterator(golden_stability())) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && name.ends_with("_recalled.json") == recalled) list.push_back(entry.path());
  }
  std::sort(list.begin(), list.end());
  return list;
}

int differences(const Solved& result, const json& computed) {
  int count = 0;
  for (const auto& [name, list] : computed["equilibria"].items())
    count += result.equilibria(name) == expected(list) ? 0 : 1;
  return count;
}

TEST(ConflictGolden, WhatTheReferenceCodeComputed) {
  PARLEY_NEEDS_GOLDEN();
  int cases = 0;
  for (const auto& file : files(false)) {
    const json golden = read_json(file);
    const Solved result = solved(file);
    for (const json& computed : golden["computed"]) {
      if (computed["tool"] != "independent reference code") continue;
      ++cases;
      const std::string what = file.filename().string();
      for (const auto& [name, list] : computed["equilibria"].items())
        if (!name.ends_with("_or_SIM")) {  // below
          EXPECT_EQ(result.equilibria(name), expected(list)) << what << " " << name;
        }
      compare_stable(result, computed["stable_states"], what);
      for (const auto& [name, list] : computed["coalition_equilibria_all_coalitions"].items())
        EXPECT_EQ(result.equilibria(name == "CNash" ? "CNash" : name), expected(list)) << what << " " << name;
    }
  }
  EXPECT_EQ(cases, 8);
}

TEST(ConflictGolden, TheTradeConflictAsItWasPublished) {
  PARLEY_NEEDS_GOLDEN();
  const auto file = golden_stability() / "us_china_trade_gdelt_static.json";
  const Solved result = solved(file);
  EXPECT_EQ(result.answer.ranks[0].size(), 76U);
  const json published = read_json(file)["published"]["results"]["stable_states"];
  int verdicts = 0;
  for (const auto& [dm, by_concept] : published.items())
    for (const auto& [concept_name, list] : by_concept.items()) {
      EXPECT_EQ(result.stable(concept_name, dm), expected(list)) << dm << " " << concept_name;
      ++verdicts;
    }
  EXPECT_EQ(verdicts, 8);
}

TEST(ConflictGolden, TheNegativeControlDiffersWhereItsNoteSays) {
  PARLEY_NEEDS_GOLDEN();
  const auto file = golden_stability() / "dvd_style_toy_4state.json";
  const Solved result = solved(file);
  const json published = read_json(file)["published"]["results"]["DM1"];
  EXPECT_EQ(result.stable("NASH", "DM1"), expected(published["NASH"]));
  EXPECT_EQ(result.stable("GMR", "DM1"), expected(published["GMR"]));
  EXPECT_EQ(expected(published["SEQ"]), (std::vector<long long>{1, 3, 4}));
  EXPECT_EQ(result.stable("SEQ", "DM1"), (std::vector<long long>{1, 2, 3, 4}));
}

/// "Stable if stable for both by the concept, or, both unstable, simultaneous improvements lead to a state
/// worse for both."
TEST(ConflictGolden, ThePublishedEquilibriaOfTheKoreanStandOff) {
  PARLEY_NEEDS_GOLDEN();
  for (const char* name : {"base", "bloodthirsty", "deterrence"}) {
    const auto file = golden_stability() / (std::string("north_korea_2017_") + name + ".json");
    const Solved result = solved(file);
    stability::SolveOptions options;
    options.concepts = *stability::read_concepts("sim");
    options.simultaneous = stability::Simultaneous::tableau;
    const auto sim = stability::solve(result.reading.game, *result.reading.space, options);
    ASSERT_TRUE(sim && sim->verdicts.size() == 1);
    const json published = read_json(file)["published"]["results"]["equilibria"];
    for (const auto& [key, list] : published.items()) {
      const stability::Verdict& v = result.verdict(key.substr(0, 3));
      Bits met = sim->verdicts[0].equilibria;
      for (const Bits& own : v.stable) met -= own;  // only where both are unstable
      met |= v.equilibria;
      EXPECT_EQ(numbers(*result.reading.space, met), expected(list)) << name << " " << key;
    }
    EXPECT_EQ(published.size(), 2U);
  }
}

TEST(ConflictGolden, JumpsOfCoalitions) {
  PARLEY_NEEDS_GOLDEN();
  for (const auto& file : files(false)) {
    const json golden = read_json(file);
    const Solved result = solved(file);
    const auto graph = stability::make_graph(result.reading.game, *result.reading.space);
    std::vector<stability::Relation> relations;
    for (std::size_t i = 0; i < result.answer.ranks.size(); ++i)
      relations.emplace_back(result.reading.game.preferences[i], result.answer.ranks[i]);
    const auto jumps =
        stability::equilibrium_jumps(*graph, relations, result.verdict("NASH").equilibria, 100);
    std::set<long long> to;
    for (const auto& jump : jumps) to.insert(result.reading.space->number(jump.to));
    if (file.filename() == "stag_hunt_2x2.json") {
      EXPECT_EQ(to, std::set<long long>{1});
    }
    if (file.filename() == "chicken_2x2.json") {
      EXPECT_TRUE(to.empty());
    }
  }
}

TEST(ConflictGolden, RecalledModelsAreOnlyReported) {
  PARLEY_NEEDS_GOLDEN();
  for (const auto& file : files(true)) {
    const Solved result = solved(file);
    const json document = read_json(file);
    for (const json& computed : document["computed"])
      if (computed["tool"] == "independent reference code")
        std::cout << file.filename() << ": " << differences(result, computed)
                  << " lists of equilibria differ\n";
  }
}

}  // namespace
}  // namespace parley::testing
