// SPDX-License-Identifier: MIT
// `parley deals` on Genius folders, through the real binary.
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/program.hpp"
#include "foreign/folder.hpp"
#include "foreign/golden.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json run_json(std::vector<std::string> words, int exit = 0) {
  words.insert(words.begin(), "deals");
  words.emplace_back("--json");
  const Said said = run_parley(words);
  EXPECT_EQ(said.exit, exit) << said.err;
  json object = json::parse(said.out, nullptr, false);
  EXPECT_TRUE(object.is_object()) << said.out;
  EXPECT_EQ(object["schema"], "parley.deals/1");
  EXPECT_TRUE(object["diagnostics"].is_array());
  return object;
}

std::vector<std::string> codes(const json& object) {
  std::vector<std::string> list;
  for (const json& d : object["diagnostics"]) list.push_back(d["code"]);
  return list;
}

std::vector<double> vector_of(const json& utility, const json& parties) {
  std::vector<double> u;
  for (const std::string party : parties) u.push_back(utility[party]);
  return u;
}

std::set<std::set<std::string>> sets(const json& lists) {
  std::set<std::set<std::string>> result;
  for (const json& list : lists) result.insert(list.get<std::set<std::string>>());
  return result;
}

TEST(DealsCommand, UniversityWithFiveOfNineParties) {
  PARLEY_NEEDS_GOLDEN();
  const json expected = read_json(golden_deals() / "expected" / "university_9p_2250.genius.json");
  const json object = run_json(
      {(golden_deals() / "domains" / "university_9p_2250").string(), "--option",
       "parties=University_util1,University_util2,University_util3,University_util4,University_util5"});
  EXPECT_EQ(object["n_packages"], "2250");
  EXPECT_EQ(object["zone_size"], std::to_string(expected["n_rational"].get<int>()));
  ASSERT_EQ(object["frontier"].size(), expected["pareto_rational"].size());
  double last = 2;
  for (const json& point : object["frontier"]) {
    const auto u = vector_of(point["utility"], object["parties"]);
    EXPECT_LE(u[0], last);
    last = u[0];
    EXPECT_TRUE(std::any_of(expected["pareto_rational"].begin(), expected["pareto_rational"].end(),
                            [&](const json& g) {
                              for (std::size_t i = 0; i < u.size(); ++i)
                                if (std::abs(u[i] - g["u"][i].get<double>()) > 1e-8) return false;
                              return true;
                            }));
    EXPECT_TRUE(point["packages"][0]["Study"].is_string());
  }
  EXPECT_NEAR(object["solutions"]["nash"]["value"], expected["nash"]["value"].get<double>(), 1e-8);
}

TEST(DealsCommand, ReasonsUseTheIdsOfTheConstraints) {
  PARLEY_NEEDS_GOLDEN();
  const std::filesystem::path folder = golden_deals() / "linked" / "politics_nodeal";
  const json expected = read_json(folder / "expected.json");
  const json object = run_json({folder.string()});
  EXPECT_EQ(object["agreement"], false);
  EXPECT_EQ(object["zone_size"], "0");
  EXPECT_EQ(sets(object["conflicts"]), sets(expected["mus"]));
  EXPECT_EQ(sets(object["relaxations"]), sets(expected["mcs"]));
  EXPECT_NEAR(object["cheapest_concession"]["uniform_cut"],
              expected["min_uniform_reservation_cut"]["cut"].get<double>(), 1e-8);
  EXPECT_TRUE(object["solutions"]["nash"].is_null());
  const Said text = run_parley({"deals", folder.string()});
  EXPECT_THAT(text.out, HasSubstr("6 minimal conflicts"));
}

TEST(DealsCommand, WithoutConstraintsReservationsAreNamedAfterTheParty) {
  PARLEY_NEEDS_GOLDEN();
  const json object = run_json({(golden_deals() / "domains" / "japantrip_3p_240_rv09").string()});
  EXPECT_EQ(object["agreement"], false);
  for (const json& conflict : object["conflicts"])
    for (const std::string id : conflict)
      EXPECT_THAT(id, ::testing::StartsWith("reservation:JapanTrip_util"));
  EXPECT_THAT(codes(object), ::testing::IsSupersetOf({"weights-sum", "discount-ignored"}));
}

TEST(DealsCommand, IntegerOptionsAreNumbers) {
  PARLEY_NEEDS_GOLDEN();
  const json object = run_json({(golden_deals() / "domains" / "integer_2p_121").string()});
  EXPECT_EQ(object["solutions"]["welfare"]["packages"].dump(), R"([{"otherprice":5,"price":5}])");
}

class DealsOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder.write("domain.xml", small_domain());
    folder.write("a.xml", small_profile());
    folder.write("b.xml", replaced(small_profile(), "value=\"0.25\"", "value=\"0.3\""));
  }
  TemporaryFolder folder;
};

TEST_F(DealsOnDisk, AGoodFolderAnswersTwiceTheSame) {
  const Said one = run_parley({"deals", folder.path(), "--json"});
  const Said two = run_parley({"deals", folder.path(), "--json", "--threads", "1", "--seed", "7"});
  EXPECT_EQ(one.exit, 0);
  EXPECT_THAT(one.err, IsEmpty());
  EXPECT_EQ(one.out, two.out);
}

TEST_F(DealsOnDisk, AnUnknownPartyIsWrongUsage) {
  const json object = run_json({folder.path(), "--option", "parties=a,bb"}, 2);
  EXPECT_EQ(codes(object), std::vector<std::string>{"unknown-party"});
  run_json({folder.path(), "--option", "parties="}, 2);
  EXPECT_EQ(run_json({folder.path(), "--option", "parties= b ,a"})["parties"].dump(), R"(["a","b"])");
}

TEST_F(DealsOnDisk, ABrokenProfileIsExitOneWithFileAndLine) {
  const std::string path = folder.write("b.xml", replaced(small_profile(), "\"large\"", "\"larg\""));
  const json object = run_json({folder.path()}, 1);
  EXPECT_EQ(object["diagnostics"][0]["file"], path);
  EXPECT_EQ(object["diagnostics"][0]["line"], 9);
  EXPECT_EQ(object["diagnostics"][0]["hint"], "did you mean `large`?");
  EXPECT_FALSE(object.contains("frontier"));
  const Said said = run_parley({"deals", folder.path()});
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err,
              HasSubstr("b.xml:9:1: error: issue `size` has no item `larg` in the domain [unknown-item]"));
}

TEST_F(DealsOnDisk, ALoneDomainIsExplained) {
  const json object = run_json({folder.path() + "/domain.xml"}, 1);
  EXPECT_EQ(codes(object), std::vector<std::string>{"folder-needed"});
}

TEST_F(DealsOnDisk, TheAnswerGoesToAFileToo) {
  const std::string file = folder.path() + "/answer.json";
  const Said said = run_parley({"deals", folder.path(), "-o", file});
  EXPECT_EQ(said.exit, 0);
  EXPECT_THAT(said.out, HasSubstr("Zone of possible agreement"));
  std::ifstream stream(file);
  const std::string kept((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  EXPECT_EQ(kept, run_parley({"deals", folder.path(), "--json"}).out);
}

TEST_F(DealsOnDisk, WhatCannotBeWrittenIsExitThreeBeforeTheWork) {
  const std::string mine = folder.write("mine.txt", "precious");
  for (const std::string& path : {folder.path() + "/no/such/folder/x.json", folder.path(), mine}) {
    const json object = run_json({folder.path(), "-o", path}, 3);
    EXPECT_EQ(codes(object), std::vector<std::string>{"cannot-write"});
    EXPECT_EQ(object["diagnostics"][0]["file"], path);
    EXPECT_FALSE(object.contains("frontier"));
  }
  std::ifstream stream(mine);
  EXPECT_EQ(std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>()),
            "precious");
}

TEST_F(DealsOnDisk, WhatFailsToBeWrittenIsExitThreeWithTheAnswer) {
  const json object = run_json({folder.path(), "-o", "/dev/full"}, 3);
  EXPECT_EQ(codes(object), std::vector<std::string>{"cannot-write"});
  EXPECT_TRUE(object.contains("frontier"));
}

TEST_F(DealsOnDisk, ATimeLimitIsTaken) {
  EXPECT_EQ(run_json({folder.path(), "--time-limit", "20"})["certified"], true);
}

TEST(DealsCommand, CtrlCGivesTheAnswerSoFar) {
  PARLEY_NEEDS_GOLDEN();
  const std::string folder = (golden_deals() / "domains" / "nonlinear30_2p_1e30").string();
  Said said;
  for (const int wait :
       {500, 2'000, 8'000}) {  // a signal that comes before the program has begun just ends it
    said = run_parley({"deals", folder, "--json"}, {.interrupt_after_ms = wait});
    if (!said.out.empty()) break;
  }
  EXPECT_EQ(said.exit, 130);
  const json object = json::parse(said.out, nullptr, false);
  ASSERT_TRUE(object.is_object()) << said.out << said.err;
  EXPECT_EQ(object["certified"], false);
  EXPECT_TRUE(object.contains("frontier"));
}

/// An answer that stands in the file already is whole, and what was stopped is not.
TEST(DealsCommand, CtrlCLeavesAnAnswerThatIsThere) {
  PARLEY_NEEDS_GOLDEN();
  const std::string folder = (golden_deals() / "domains" / "nonlinear30_2p_1e30").string();
  const TemporaryFolder place;
  const std::string answer = R"({"schema": "parley.deals/1", "certified": true})";
  const std::string path = place.write("answer.json", answer);
  Said said;
  for (const int wait : {500, 2'000, 8'000}) {
    said = run_parley({"deals", folder, "-o", path}, {.interrupt_after_ms = wait});
    if (!said.out.empty()) break;
  }
  EXPECT_EQ(said.exit, 130);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), answer);
  EXPECT_THAT(said.err, ::testing::HasSubstr("is left as it was [stopped]"));
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;  // the sanitizer needs more address space than any limit
#else
constexpr bool kSanitized = false;
#endif

TEST_F(DealsOnDisk, TooLittleMemoryIsExitThree) {
  if (kSanitized) GTEST_SKIP();
  std::string items;
  for (int i = 0; i < 700'000; ++i) items += "<item index=\"1\" value=\"red\"/>\n";
  folder.write("domain.xml", replaced(small_domain(), "<item index=\"1\" value=\"red\"/>", items));
  const Said said = run_parley({"deals", folder.path(), "--json"}, {.memory_bytes = std::size_t{120} << 20});
  EXPECT_EQ(said.exit, 3) << said.err;
  const json object = json::parse(said.out, nullptr, false);
  ASSERT_TRUE(object.is_object());
  EXPECT_EQ(codes(object), std::vector<std::string>{"out-of-memory"});
}

TEST_F(DealsOnDisk, HostileFoldersAreExitOne) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"domain.xml", "<negotiation_template>" + std::string(1 << 20, '<')},
      {"domain.xml", "<negotiation_template></negotiation_template>"},
      {"a.xml", "<utility_space>"},
      {"a.xml", "<utility_space>\xFF</utility_space>"},
      {"constraints.json", std::string(1 << 20, '[')},
      {"constraints.json", ""},
      {"constraints.json", "{\"constraints\": [{\"id\": \"x\", \"type\": \"war\"}]}"},
  };
  for (const auto& [name, text] : cases) {
    TemporaryFolder other;
    other.write("domain.xml", small_domain());
    other.write("a.xml", small_profile());
    other.write(name, text);
    const json object = run_json({other.path()}, 1);
    ASSERT_FALSE(object["diagnostics"].empty()) << text.substr(0, 60);
    EXPECT_EQ(object["diagnostics"][0]["file"], other.path() + "/" + name);
  }
}

}  // namespace
}  // namespace parley::testing
