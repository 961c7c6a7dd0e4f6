// SPDX-License-Identifier: MIT
// `parley consistency` through the real program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace {

using nlohmann::json;

const char* const kMatrix =
    "$ ScenarioWizard 4.0\nsmall.scw\n&One\n -a\n -b\n&Two\n -c\n -d\n#\n&\n#\n#\n#\n#\n"
    "0,0,1,-1\n0,0,-1,1\n2,-2,0,0\n-2,2,0,0\n#\n";

TEST(ConsistencyCommand, ReadsAScenarioWizardFile) {
  const parley::testing::TemporaryFolder folder;
  const auto said = parley::testing::run_parley({"consistency", folder.write("m.scw", kMatrix), "--json"});
  ASSERT_EQ(said.exit, 0) << said.err;
  const json answer = json::parse(said.out);
  EXPECT_EQ(answer["schema"], "parley.consistency/1");
  EXPECT_EQ(answer["count"], 2);
  EXPECT_EQ(answer["consistent"], json::parse(R"([{"One":"a","Two":"c"},{"One":"b","Two":"d"}])"));
  EXPECT_TRUE(answer["complete"]);
}

/// `descriptors` of three variants, none of which judges another.
std::string silent_matrix(int descriptors) {
  std::string text = "$ ScenarioWizard 4.0\nsilent.scw\n", rows;
  for (int d = 0; d < descriptors; ++d) text += "&D" + std::to_string(d) + "\n -a\n -b\n -c\n";
  text += "#\n&\n#\n#\n#\n#\n";
  for (int r = 0; r < 3 * descriptors; ++r) {
    for (int c = 0; c < 3 * descriptors; ++c) rows += c == 0 ? "0" : ",0";
    rows += "\n";
  }
  return text + rows + "#\n";
}

/// 3^33 is below 2^53 and 3^34, which is odd, above: no double holds it.
TEST(ConsistencyCommand, CountsAreWholeAtAnySize) {
  const parley::testing::TemporaryFolder folder;
  const auto counted = [&](int descriptors) {
    const auto said = parley::testing::run_parley(
        {"consistency", folder.write("m.scw", silent_matrix(descriptors)), "--json"});
    EXPECT_EQ(said.exit, 0) << said.err;
    return json::parse(said.out);
  };
  EXPECT_EQ(counted(33)["count"], 5559060566555523);
  EXPECT_EQ(counted(34)["count"], "16677181699666569");
  EXPECT_EQ(counted(34)["n_scenarios"], "16677181699666569");
  const auto text = parley::testing::run_parley({"consistency", folder.write("m.scw", silent_matrix(34))});
  EXPECT_NE(text.out.find(" 16677181699666569 of them support themselves"), std::string::npos) << text.out;
}

/// Judgements of a tenth: `a` is 0.3 behind, and 0.1 + 0.2 is no more than that.
TEST(ConsistencyCommand, TolerancesMayBeFractions) {
  const parley::testing::TemporaryFolder folder;
  const std::string matrix = folder.write(
      "m.scw",
      "$ ScenarioWizard 4.0\ntenths.scw\n&One\n -x\n&Two\n -y\n&Three\n -a\n -b\n#\n&\n#\n#\n#\n#\n"
      "0,0,0,0.1\n0,0,0,0.2\n0,0,0,0\n0,0,0,0\n#\n");
  const auto count = [&](const char* tolerance) {
    const auto said = parley::testing::run_parley(
        {"consistency", matrix, "--json", "--option", std::string("tolerance=") + tolerance});
    EXPECT_EQ(said.exit, 0) << said.err;
    return json::parse(said.out)["count"].get<int>();
  };
  EXPECT_EQ(count("0"), 1);
  EXPECT_EQ(count("0.29"), 1);
  EXPECT_EQ(count("0.3"), 2);
  EXPECT_EQ(count("3/10"), 2);
  EXPECT_EQ(count("1/4"), 1);
  EXPECT_EQ(parley::testing::run_parley({"consistency", matrix, "--option", "tolerance=-1"}).exit, 2);
}

TEST(ConsistencyCommand, JoinsRowsOfTheFoundingAccountThatNobodyJoined) {
  const auto said = parley::testing::run_parley(
      {"consistency", std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026", "--json"});
  ASSERT_EQ(said.exit, 0) << said.err;
  const json columns = json::parse(said.out)["by_account"]["author"]["by_alternative"];
  const json base = columns["base"];
  bool found = false;
  for (const auto& e : base["exclusions"])
    found = found ||
            (e["where"]["variable"] == "annexation" && e["never"]["variable"] == "recognises(saudi, israel)");
  EXPECT_TRUE(found);
  EXPECT_TRUE(columns["saudi_pathway"]["exclusions"].empty());
  EXPECT_EQ(base["signs"]["bargaining_position"]["sanctions"], "-");
  EXPECT_EQ(base["signs"]["unrest"]["overthrow_calls"], "?");
}

TEST(ConsistencyCommand, WrongWordsAreWrongUsageAndWrongFilesWrongInput) {
  const parley::testing::TemporaryFolder folder;
  const std::string matrix = folder.write("m.scw", kMatrix),
                    broken = folder.write("b.scw", "$ ScenarioWizard\n");
  EXPECT_EQ(parley::testing::run_parley({"consistency", matrix, "--option", "tolerance=x"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", matrix, "--option", "succession=up"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", broken}).exit, 1);
  EXPECT_EQ(parley::testing::run_parley({"consistency", folder.path() + "/none.scw"}).exit, 1);
  const std::string account = std::string(PARLEY_SOURCE_DIR) + "/scenarios/first-account.yaml";
  EXPECT_EQ(parley::testing::run_parley({"consistency", account, "--if", "water is vast"}).exit, 2);
  EXPECT_EQ(parley::testing::run_parley({"consistency", account, "--if", "water is plenty"}).exit, 0);
}

/// Every quantity moves the next `width` ones; `widths` of a thousand make a ring and a dense graph.
std::string wide_account(int quantities, int width) {
  std::string text =
      "parley: 1\naccount: wide\nsources: {ex: {title: t, standpoint: exercise}}\nfrom: ex\n"
      "actors: {a: one}\nquantities:\n";
  for (int i = 0; i < quantities; ++i) text += "  q" + std::to_string(i) + ": a thing\n";
  text += "mechanisms:\n";
  for (int i = 0; i < quantities; ++i)
    for (int k = 1; k <= width; ++k)
      text += "  m" + std::to_string(i) + "_" + std::to_string(k) + ": {cause: q" + std::to_string(i) +
              ((i + k) % 3 == 0 ? ", lowers: q" : ", raises: q") + std::to_string((i + k * k) % quantities) +
              "}\n";
  return text;
}

TEST(ConsistencyCommand, WideGraphsEndInBoundedMemoryAndSayWhatIsLeftOut) {
#if defined(__SANITIZE_ADDRESS__)
  const parley::testing::RunOptions limit;
  const int quantities = 150;
#else
  const parley::testing::RunOptions limit{.memory_bytes = std::size_t{1} << 30U};
  const int quantities = 1'000;
#endif
  const parley::testing::TemporaryFolder folder;
  for (const int width : {1, 12}) {
    const std::string path = folder.write("wide.yaml", wide_account(quantities, width));
    const auto said = parley::testing::run_parley({"consistency", path, "--json"}, limit);
    ASSERT_EQ(said.exit, 0) << said.err.substr(0, 500);
    const json base = json::parse(said.out)["by_account"]["wide"]["by_alternative"]["base"];
    std::size_t signs = 0;
    for (const auto& [effect, causes] : base["signs"].items()) signs += causes.size();
    EXPECT_EQ(signs, static_cast<std::size_t>(quantities) * static_cast<std::size_t>(quantities - 1));
    EXPECT_EQ(base["left_out"]["causes"], 0);
    EXPECT_EQ(base["routes"].size() + base["left_out"]["routes"].get<std::size_t>(), signs);
    EXPECT_GT(base["left_out"]["routes"], 0);
    const auto page = parley::testing::run_parley({"consistency", path}, limit);
    EXPECT_EQ(page.exit, 0) << page.err.substr(0, 500);
    EXPECT_NE(page.out.find("pairs that rows join the sign was worked out"), std::string::npos);
  }
}

}  // namespace
