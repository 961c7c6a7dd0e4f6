// SPDX-License-Identifier: MIT
// What the deals lens must say of the founding account whatever the draws are: counted here by hand-written
// enumeration and reasoned from the sentences, sharing no code with the program.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
using Ids = std::set<std::string>;

const std::string kScenarios = std::string(PARLEY_SOURCE_DIR) + "/scenarios/";

json deals_of(const std::string& account, const std::string& binding) {
  const Said said = run_parley(
      {"deals", kScenarios + account, "--json", "--draws", "40", "--option", "binding=" + binding});
  EXPECT_EQ(said.exit, 0) << said.err;
  json object = json::parse(said.out, nullptr, false);
  EXPECT_TRUE(object.is_object()) << said.out;
  EXPECT_TRUE(object["diagnostics"].empty()) << object["diagnostics"];
  return object["by_account"];
}

Ids ids_of(const json& row) { return row["ids"].get<Ids>(); }

/// Levels: programme 0..2, sanctions 0..2, the others 0..1; the start is the highest of each, inspections 0.
struct Count {
  int all = 0, nuclear_only = 0, us_demands = 0;
};

Count counted() {
  Count count;
  for (int files : {1, 3})
    for (int programme : {0, 1, 2})
      for (int inspections : {0, 1})
        for (int sanctions : {0, 1, 2})
          for (int missiles : {0, 1})
            for (int network : {0, 1}) {
              if (files == 1 && (missiles == 0 || network == 0)) continue;  // not on the table
              const bool moves =
                  programme != 2 || inspections != 0 || sanctions != 2 || missiles == 0 || network == 0;
              if (!moves) continue;  // the status quo is no agreement
              ++count.all;
              if (files == 1) ++count.nuclear_only;
              if (files == 3 && programme == 0 && missiles == 0 && network == 0) ++count.us_demands;
            }
  return count;
}

TEST(FoundingDeals, OnlyInsistingBindsLeavesTheNuclearOnlyPackages) {
  const json base = deals_of("us-iran-2026", "insists")["author"]["by_alternative"]["base"];
  EXPECT_EQ(base["n_packages"], std::to_string(counted().all));
  EXPECT_EQ(base["within_limits"], std::to_string(counted().nuclear_only));
  EXPECT_EQ(base["zone"]["possible"], true);
  EXPECT_EQ(base["zone"]["necessary"], false);
  EXPECT_EQ(base["zone"]["proved"], true);
}

TEST(FoundingDeals, PressingBindsAndTwoOfTheThreeClashesFollow) {
  const json base = deals_of("us-iran-2026", "presses")["author"]["by_alternative"]["base"];
  EXPECT_EQ(base["within_limits"], "0");
  EXPECT_EQ(base["zone"]["possible"], false);
  EXPECT_EQ(base["zone"]["proved"], true);
  std::set<std::pair<Ids, std::string>> always;
  for (const json& conflict : base["conflicts"])
    if (conflict["share"] == 1.0) always.emplace(ids_of(conflict), conflict["kind"]);
  const std::set<std::pair<Ids, std::string>> expected = {{{"iran_agenda", "us_agenda"}, "collision"},
                                                          {{"iran_agenda", "us_missiles"}, "follows"},
                                                          {{"iran_agenda", "us_network"}, "follows"}};
  EXPECT_EQ(always, expected);
}

TEST(FoundingDeals, EveryWayOutYieldsIransAgendaOrThreeLimitsOfTheUs) {
  const json base = deals_of("us-iran-2026", "presses")["author"]["by_alternative"]["base"];
  EXPECT_FALSE(base["relaxations"].empty());
  for (const json& relaxation : base["relaxations"]) {
    const Ids ids = ids_of(relaxation);
    const bool iran = ids.count("iran_agenda") != 0;
    const bool us =
        ids.count("us_agenda") != 0 && ids.count("us_missiles") != 0 && ids.count("us_network") != 0;
    EXPECT_TRUE(iran || us) << relaxation["ids"];
    EXPECT_EQ(relaxation["kind"], "concession") << relaxation["ids"];
  }
}

TEST(FoundingDeals, OnlyReadingsInWhichTheUsInsistsOnMoreExcludeAZone) {
  const json by_account = deals_of("us-iran-2026", "insists");
  const Ids excluding = {"all_or_nothing", "demands_insisted", "pressing_is_insisting"};
  const json& readings = by_account["author"]["by_alternative"];
  EXPECT_GE(readings.size(), 20U);
  for (const auto& [id, answer] : readings.items()) {
    EXPECT_EQ(answer["zone"]["possible"], excluding.count(id) == 0) << id;
    EXPECT_EQ(answer["zone"]["necessary"], false) << id;
    EXPECT_EQ(answer["zone"]["proved"], true) << id;
  }
  for (const auto& [id, answer] : by_account["pressure"]["by_alternative"].items())
    EXPECT_EQ(answer["zone"]["possible"], true) << id;
}

TEST(FoundingDeals, TheRivalHasAZoneWherePressingBinds) {
  const json base = deals_of("us-iran-2026", "presses")["pressure"]["by_alternative"]["base"];
  EXPECT_EQ(base["within_limits"], std::to_string(counted().us_demands));
  EXPECT_EQ(base["zone"]["possible"], true);
}

/// Upper weighs payment more, lower water more: all of both is acceptable to both whatever the numbers are.
TEST(FoundingDeals, OrdersAloneDecideTheFirstAccount) {
  const json by_account = deals_of("first-account.yaml", "insists");
  const json base = by_account["two-villages"]["by_alternative"]["base"];
  EXPECT_EQ(base["zone"]["necessary"], true);
  EXPECT_EQ(base["zone"]["proved"], true);
}

}  // namespace
}  // namespace parley::testing
