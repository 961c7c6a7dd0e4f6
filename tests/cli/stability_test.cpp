// SPDX-License-Identifier: MIT
// `parley stability` on conflict files, through the real binary.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string seed(const std::string& name) {
  return (std::filesystem::path(PARLEY_SOURCE_DIR) / "fuzz" / "corpus" / "conflict" / name).string();
}

json run_json(std::vector<std::string> words, int exit = 0) {
  words.insert(words.begin(), "stability");
  words.emplace_back("--json");
  const Said said = run_parley(words);
  EXPECT_EQ(said.exit, exit) << said.err;
  json object = json::parse(said.out, nullptr, false);
  EXPECT_TRUE(object.is_object()) << said.out;
  EXPECT_EQ(object["schema"], "parley.stability/1");
  return object;
}

/// Two options each, everything possible, everybody wants its own options taken and the others' not.
std::string option_form(int options) {
  json file = {
      {"options", json::array()}, {"infeasibles", json::array()}, {"useManualPreferenceRanking", false}};
  json dms = json::array({{{"name", "left"}, {"options", json::array()}, {"preferences", json::array()}},
                          {{"name", "right"}, {"options", json::array()}, {"preferences", json::array()}}});
  for (int o = 0; o < options; ++o) {
    file["options"].push_back({{"name", "o" + std::to_string(o)}, {"permittedDirection", "both"}});
    const int own = 2 * o < options ? 0 : 1;
    dms[static_cast<std::size_t>(own)]["options"].push_back(o);
    dms[0]["preferences"].push_back(json::array({json::array({o, own == 0 ? "Y" : "N"})}));
    dms[1]["preferences"].push_back(json::array({json::array({o, own == 1 ? "Y" : "N"})}));
  }
  file["decisionMakers"] = dms;
  return file.dump();
}

TEST(StabilityCommand, AnOptionFormFileAsJson) {
  const json object = run_json({seed("option_form.gmcr")});
  EXPECT_EQ(object["states"], 6);
  EXPECT_EQ(object["decision_makers"], json::array({"A", "B"}));
  for (const char* name : {"nash", "gmr", "smr", "seq", "ssym"}) {
    EXPECT_EQ(object["stable"]["A"][name].size(), object["stable_counts"]["A"][name]);
    EXPECT_EQ(object["equilibria"][name].size(), object["equilibrium_counts"][name]);
  }
  EXPECT_EQ(object["complete"], true);
}

TEST(StabilityCommand, AGraphKeepsItsOwnNumbersAndSaysWhatIsReached) {
  const json object = run_json({seed("graph.json"), "--option", "concepts=nash,lh:2,cnash,sgmr"});
  EXPECT_EQ(object["concepts"], json::array({"nash", "cnash", "sgmr"}));
  EXPECT_EQ(object["unanswered"][0]["concept"], "lh:2");  // a pair is not known
  EXPECT_EQ(object["reached"]["by_moves"]["7"], 1);
  for (const auto& number : object["stable"]["P"]["nash"])
    EXPECT_TRUE(number == 1 || number == 7 || number == -3);
}

TEST(StabilityCommand, WritesSentencesAndTellsWhatAWishWouldTake) {
  const Said said = run_parley({"stability", seed("case.json"), "--option", "wish=1"});
  EXPECT_EQ(said.exit, 0) << said.err;
  for (const char* part : {"2 decision makers: US and NK", "## Why they hold", "has nothing better in reach",
                           "## From where things stand", "## What would make state 1 (strike) hold"})
    EXPECT_THAT(said.out, HasSubstr(part));
  const json joint = run_json({seed("case.json"), "--option", "wish=1"})["inverse_joint"]["seq"];
  EXPECT_EQ(joint["complete"], true);
  EXPECT_GT(joint["conditions"].size(), 0U);
  EXPECT_GT(joint["distance"], 0);
  EXPECT_EQ(joint["closest"]["US"].is_array(), true);
}

/// The prisoners' dilemma in which the left takes the right to love peace: it stays armed by its own view of
/// things alone, and what looks to it to hold does not.
TEST(StabilityCommand, EachSideHasItsOwnViewWhereTheFileSaysSo) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("views.json", R"({"decision_makers": ["left", "right"], "options": null,
"states": [{"id": 0}, {"id": 1}, {"id": 2}, {"id": 3}],
"moves": {"left": {"0": [1], "1": [0], "2": [3], "3": [2]}, "right": {"0": [2], "2": [0], "1": [3], "3": [1]}},
"preferences": {"left": {"ranking_best_first": [[0], [1], [3], [2]]},
                "right": {"ranking_best_first": [[2], [0], [3], [1]]}},
"perceived_preferences": {"left": {"right": {"ranking_best_first": [[0], [2], [3], [1]]}}},
"misperceptions_states_not_perceived": {"right": [1]}})");
  const json object = run_json({file});
  const json& seen = object["misperception"];
  EXPECT_EQ(seen["perceives"]["left"], 4);
  EXPECT_EQ(seen["perceives"]["right"], 3);
  const json& nash = seen["concepts"]["nash"];
  EXPECT_EQ(nash["looks"]["left"], json::array({0, 3}));
  EXPECT_EQ(nash["surprises"]["left"], json::array({0}));
  EXPECT_EQ(nash["informed"], object["equilibria"]["nash"]);
  const Said said = run_parley({"stability", file});
  EXPECT_THAT(said.out, HasSubstr("What each side takes to hold"));
  EXPECT_THAT(said.out, HasSubstr("left leaves 1, and would not"));
  EXPECT_THAT(said.out, HasSubstr("right perceives 3 of 4 states"));
  for (const char* wrong : {R"({"left": {"left": {"ranking_best_first": [[0, 1, 2, 3]]}}})", R"({"left": 1})",
                            R"({"nobody": {}})", R"({"left": {"right": {}}})",
                            R"({"left": {"right": {"ranking_best_first": [[0, 1]]}}})"}) {
    std::string text =
        R"({"decision_makers": ["left", "right"], "options": null, "states": [{"id": 0}, {"id": 1}],
"moves": {"left": {"0": [1]}}, "preferences": {"left": {"ranking_best_first": [[0, 1]]},
"right": {"ranking_best_first": [[0, 1]]}}, "perceived_preferences": )";
    text += wrong;
    text += "}";
    const bool fine = std::string(wrong).find("[[0, 1]]") != std::string::npos;
    run_json({folder.write("wrong.json", text)}, fine ? 0 : 1);
  }
}

TEST(StabilityCommand, AboveAHundredThousandStatesTheListsGoToAFile) {
  const TemporaryFolder folder;
  const std::string file = folder.write("wide.gmcr", option_form(17)), out = folder.path() + "/out.json";
  const json object = run_json({file, "-o", out});
  EXPECT_EQ(object["states"], 131072);
  EXPECT_FALSE(object.contains("stable") || object.contains("equilibria"));
  EXPECT_EQ(object["equilibrium_counts"]["nash"], 1);
  std::ifstream stream(out);
  const json whole = json::parse(stream);
  EXPECT_EQ(whole["schema"], "parley.stability/1");
  EXPECT_EQ(whole["equilibria"]["nash"], json::array({131071}));
  EXPECT_EQ(whole["stable"]["left"]["gmr"].size(), object["stable_counts"]["left"]["gmr"]);
}

TEST(StabilityCommand, WrongOptionsAreExitTwo) {
  for (const char* option :
       {"concepts=nash,foo", "unknown=e", "sim=both", "wish=99", "status_quo=x", "lh_order=any"})
    run_json({seed("graph.json"), "--option", option}, 2);
}

TEST(StabilityCommand, WrongFilesAreExitOneWithTheirPlace) {
  const TemporaryFolder folder;
  const std::string good = R"({"options": [{"name": "a"}], "decisionMakers": [{"name": "A", "options": [0],
"preferences": []}], "useManualPreferenceRanking": false})";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  run_json({folder.write("good.gmcr", good)});
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "empty-file"},
      {"{", "bad-json"},
      {"[1]", "wrong-type"},
      {"{}", "missing-key"},
      {with("\"options\": [0]", "\"options\": [1]"), "unknown-option"},
      {with("\"options\": [0]", "\"options\": [0, 0]"), "two-owners"},
      {with("\"options\": [0]", "\"options\": []"), "no-owner"},
      {with("\"options\": [0]", "\"options\": [1e400]"), "bad-number"},
      {with("\"name\": \"a\"", "\"name\": 1"), "wrong-type"},
      {with("\"name\": \"a\"", "\"name\": \"a\", \"permittedDirection\": \"up\""), "bad-value"},
      {with("\"preferences\": []", "\"preferences\": [[[0, \"X\"]]]"), "bad-value"},
      {with("\"preferences\": []", "\"preferences\": [[0]]"), "wrong-type"},
      {with("Ranking\": false", "Ranking\": true"), "missing-key"},
      {with("[{\"name\": \"A\"", "[], \"x\": [{\"name\": \"A\""), "decision-makers"},
      {with("\"useManual", "\"infeasibles\": [[]], \"useManual"), "conflict-limit"}};
  for (const auto& [text, code] : cases) {
    const json object = run_json({folder.write("bad.gmcr", text)}, 1);
    EXPECT_EQ(object["diagnostics"][0]["code"], code) << text;
    EXPECT_GE(object["diagnostics"][0]["line"], 1) << text;
    EXPECT_GE(object["diagnostics"][0]["column"], 1) << text;
  }
  std::string manual = with("Ranking\": false", "Ranking\": true");
  const std::string empty = "\"preferences\": []";
  for (const auto& [ranking, code] :
       std::vector<std::pair<std::string, std::string>>{{"[1]", "missing-state"},
                                                        {"[1, 2, 2]", "duplicate-state"},
                                                        {"[0, 1]", "unknown-state"},
                                                        {"[1, \"2\"]", "wrong-type"},
                                                        {"[[1, [2]]]", "wrong-type"},
                                                        {"{}", "wrong-type"}}) {
    std::string text = manual;
    text.replace(text.find(empty), empty.size(), "\"preferenceRanking\": " + ranking);
    EXPECT_EQ(run_json({folder.write("bad.gmcr", text)}, 1)["diagnostics"][0]["code"], code) << text;
  }
  EXPECT_EQ(run_json({folder.path() + "/none.gmcr"}, 1)["diagnostics"][0]["code"], "no-file");
}

TEST(StabilityCommand, ATimeLimitLeavesOutWhatWasNotFinished) {
  const TemporaryFolder folder;
  const json object = run_json({folder.write("wide.gmcr", option_form(18)), "--time-limit", "0.000001"});
  EXPECT_EQ(object["complete"], false);
  EXPECT_LT(object["concepts"].size(), 5U);
}

TEST(StabilityCommand, AnAccountAsJsonAndAsSentences) {
  const std::string file = std::string(PARLEY_SOURCE_DIR) + "/scenarios/cuba-1962.yaml";
  const json object = run_json({file, "--draws", "50"});
  const json& base = object["by_account"]["cuba_1962"]["by_alternative"]["base"];
  EXPECT_EQ(base["worlds"], 50);
  EXPECT_EQ(base["states"], 12);
  ASSERT_EQ(base["equilibria"]["seq"].size(), 2U);
  EXPECT_EQ(base["equilibria"]["seq"][0]["state"], 4);
  EXPECT_EQ(base["equilibria"]["seq"][1]["proved"], "all");
  EXPECT_EQ(base["now"]["stable"]["us"]["seq"], 0.0);
  std::string sentences = run_parley({"stability", file, "--draws", "50"}).out;
  std::replace(sentences.begin(), sentences.end(), '\n', ' ');
  for (const char* part :
       {"it holds in no world (proved by orders alone): for the United States in 0 % and for the Soviet "
        "Union in 100 %.",
        "Somebody has something to gain by moving in every world (proved by orders alone).",
        "Best is most often: for the United States blockade to present (100 %).",
        "`either_or` (4 situations)."})
    EXPECT_THAT(sentences, HasSubstr(part));
  const Said said = run_parley({"stability", file, "--focus", "blockade, missiles", "--draws", "50"});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("4 situations"));
}

TEST(StabilityCommand, AFocusThatIsNoneIsAnError) {
  const std::string file = std::string(PARLEY_SOURCE_DIR) + "/scenarios/camp-david-1978.yaml";
  for (const char* focus : {"nothing", "summit", "sinai, sinai", ",", "signed_1978"}) {
    const Said said = run_parley({"stability", file, "--focus", focus});
    EXPECT_EQ(said.exit, 2) << focus << said.err;
  }
  EXPECT_EQ(run_parley({"stability", file, "--option", "nature=perhaps"}).exit, 2);
  EXPECT_EQ(run_parley({"stability", seed("option_form.gmcr"), "--focus", "x"}).exit, 2);
}

TEST(ImportCommand, WritesAnAccountOnceAndSaysWhatHasNoWords) {
  const TemporaryFolder folder;
  const std::string file = folder.write("two.gmcr", option_form(3)), to = folder.path() + "/two.yaml";
  EXPECT_EQ(run_parley({"import", file, "-o", to}).exit, 0);
  EXPECT_EQ(run_parley({"import", file, "-o", to}).exit, 3);
  EXPECT_EQ(run_parley({"check", to}).exit, 0);
  const json object = json::parse(run_parley({"import", file, "--json"}).out);
  EXPECT_EQ(object["schema"], "parley.import/1");
  EXPECT_EQ(object["states"], 8);
  EXPECT_THAT(object["text"].get<std::string>(), HasSubstr("chosen_by"));
  const json ours = run_json({file}), theirs = run_json({to, "--draws", "20"});
  const json& base = theirs["by_account"]["two"]["by_alternative"]["base"];
  for (const char* named : {"nash", "gmr", "smr", "seq", "ssym"})
    EXPECT_EQ(base["equilibria"][named].size(), ours["equilibria"][named].size()) << named;
  EXPECT_EQ(run_parley({"import", folder.write("none.txt", "hello")}).exit, 1);
  EXPECT_EQ(run_parley({"import", folder.path() + "/missing"}).exit, 1);
  EXPECT_EQ(run_parley({"import", folder.path()}).exit, 1);
}

}  // namespace
}  // namespace parley::testing
