// SPDX-License-Identifier: MIT
// Tensions that follow from rows, each on a small account, and none where there is none.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "language/read.hpp"
#include "questions/check.hpp"

namespace {

using namespace parley;
using Kind = questions::Tension::Kind;

constexpr const char* kHead = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  patrols: {chosen_by: a, levels: [withheld, sent], now: withheld}
  calm: {nature: yes, levels: [absent, present], now: present}
talks: {t: {parties: [a, b], issues: [water]}}
)";

std::vector<questions::Tension> found(const std::string& body) {
  const auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  return questions::tensions_of(framing::make_situation(reading.base, {}));
}

constexpr const char* kThreat = R"(commitments:
  threat: {by: a, to: [b], if: t failed, will: patrols is sent}
)";

TEST(Tensions, NamedOnesComeWithTheirRows) {
  const auto list = found("tensions: {both: {between: [water, calm], is: they differ}}\n");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::named);
  EXPECT_EQ(list[0].rows, (std::vector<std::string>{"water", "calm"}));
  EXPECT_EQ(list[0].words, "they differ");
}

TEST(Tensions, AThreatThatLeadsAwayFromItsMakersGoal) {
  const std::string chain = R"(mechanisms:
  fear: {cause: patrols is sent, raises: [tension]}
  spread: {cause: tension rises, makes_likely: calm is absent}
quantities: {tension: tension}
)";
  const auto list =
      found(std::string(kThreat) + chain + "objectives: {rest: {by: a, needs: [calm is present]}}\n");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::own_goal);
  EXPECT_EQ(list[0].rows, (std::vector<std::string>{"threat", "fear", "spread", "rest"}));
  // Another's goal, a goal that is left open, and a mechanism of unknown sign are none.
  EXPECT_TRUE(found(std::string(kThreat) + chain + "objectives: {rest: {by: b, needs: [calm is present]}}\n")
                  .empty());
  EXPECT_TRUE(
      found(std::string(kThreat) + chain + "objectives: {rest: {by: a, needs: [water is much]}}\n").empty());
  EXPECT_TRUE(found(std::string(kThreat) + R"(mechanisms:
  fear: {cause: patrols is sent, moves: [tension]}
  spread: {cause: tension rises, makes_likely: calm is absent}
quantities: {tension: tension}
objectives: {rest: {by: a, needs: [calm is present]}}
)")
                  .empty());
}

TEST(Tensions, AThreatThatLeadsToWhatItsMakerPutsLast) {
  const std::string spread = "mechanisms: {spread: {cause: patrols is sent, makes_likely: calm is absent}}\n";
  const auto list = found(std::string(kThreat) + spread +
                          "preferences: {rest: {by: a, on: calm, order: present > absent}}\n");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::own_goal);
  EXPECT_EQ(list[0].rows, (std::vector<std::string>{"threat", "spread", "rest"}));
  EXPECT_TRUE(found(std::string(kThreat) + spread +
                    "preferences: {rest: {by: a, on: calm, order: absent > present}}\n")
                  .empty());
}

TEST(Tensions, OddsThatMakeNothingLikelyLeadNowhere) {
  for (const auto& [odds, tensions] :
       std::vector<std::pair<std::string, std::size_t>>{{"0%", 0}, {"10%", 0}, {"30% to 90%", 0}, {"60%", 1}})
    EXPECT_EQ(found(std::string(kThreat) +
                    "mechanisms: {spread: {cause: patrols is sent, makes_likely: calm is absent, strength: " +
                    odds + "}}\npreferences: {rest: {by: a, on: calm, order: present > absent}}\n")
                  .size(),
              tensions)
        << odds;
}

TEST(Tensions, NecessaryAndNotEnough) {
  const auto list = found(R"(claims:
  one: {necessary: water is much, for: calm is present}
  two: {not_sufficient: water is much, for: calm is present}
  three: {not_sufficient: water is half, for: calm is present}
)");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::necessary_not_enough);
  EXPECT_EQ(list[0].rows, (std::vector<std::string>{"one", "two"}));
}

TEST(Tensions, OrderingsInACircle) {
  const std::string names = "quantities: {x: x, y: y, z: z}\n";
  const auto list = found(names + R"(orderings:
  o1: {more: x, less: y}
  o2: {more: y, less: z}
  o3: {more: z, less: x}
  o4: {more: x, less: z, seen_by: a}
)");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::opposed_orders);
  EXPECT_EQ(std::set<std::string>(list[0].rows.begin(), list[0].rows.end()),
            (std::set<std::string>{"o1", "o2", "o3"}));
  EXPECT_TRUE(
      found(names + "orderings: {o1: {more: x, less: y}, o2: {more: x, less: z}, o3: {more: y, less: z}}\n")
          .empty());
}

TEST(Tensions, AStartThatIsNotWhatAnEventSet) {
  const auto list = found("history: {flood: {what: a flood, sets: {water: much}}}\n");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, Kind::start);
  EXPECT_TRUE(found("history: {flood: {what: a flood, sets: {water: little}}}\n").empty());
}

TEST(Tensions, TheFoundingAccountsOwnAreFound) {
  const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/us-iran-2026");
  const auto list = questions::tensions_of(framing::make_situation(reading.base, {}));
  int named = 0, goals = 0, needed = 0;
  for (const auto& tension : list) {
    named += tension.kind == Kind::named ? 1 : 0;
    goals += tension.kind == Kind::own_goal ? 1 : 0;
    needed += tension.kind == Kind::necessary_not_enough ? 1 : 0;
  }
  EXPECT_EQ(named, 6);
  EXPECT_EQ(goals, 2);  // the threat of force against stability, as an objective and as a preference
  EXPECT_EQ(needed, 1);
}

questions::Reach reach(const std::string& body) {
  const auto reading = language::read_texts({{"small.yaml", kHead + body}});
  questions::SolveOptions options;
  options.draws = 10;
  const auto columns = questions::columns_of(reading.base, {}, {});
  const auto answer = questions::solve(columns.front(), options);
  return questions::reach_of({&answer});
}

questions::Island island_of(const questions::Reach& reach, const std::string& row) {
  for (const questions::Island& island : reach.islands)
    if (std::find(island.rows.begin(), island.rows.end(), row) != island.rows.end()) return island;
  ADD_FAILURE() << row << " is on no island";
  return {};
}

TEST(Islands, TheLinkThatIsMissingIsNamed) {
  const questions::Reach r = reach(R"(quantities: {rain: rain, harvest: harvest, alone: alone}
mechanisms: {grow: {cause: rain, raises: [harvest]}}
orderings: {o: {more: rain, less: harvest}}
beliefs: {hunch: {by: a, about: rain, believes: 10% to 20%}}
)");
  std::set<std::string> read;
  for (const char* lens : {"deals", "stability"})
    if (r.by_lens.contains(lens)) read.insert(r.by_lens.at(lens).begin(), r.by_lens.at(lens).end());
  EXPECT_EQ(std::vector<std::string>(read.begin(), read.end()), r.used);
  EXPECT_EQ(r.by_lens.at("consistency"), (std::vector<std::string>{"grow", "harvest", "rain"}));
  EXPECT_EQ(r.none, (std::vector<std::string>{"alone", "calm", "hunch", "o"}));
  const questions::Island island = island_of(r, "rain");
  EXPECT_EQ(island.rows, (std::vector<std::string>{"grow", "harvest", "rain"}));
  EXPECT_NE(island.link.find("from something on the table to rain would join it"), std::string::npos);
  EXPECT_NE(island.link.find("a stake of a or b in harvest"), std::string::npos);
  EXPECT_NE(island_of(r, "alone").link.find("stands alone"), std::string::npos);
  EXPECT_NE(island_of(r, "o").link.find("orderings: findings and claims rest on them"), std::string::npos);
  EXPECT_NE(island_of(r, "hunch").link.find("changes no move and no preference"), std::string::npos);
}

TEST(Islands, AnAccountWithoutATableHasThemToo) {
  const auto reading = language::read_texts(
      {{"small.yaml",
        "parley: 1\naccount: small\nactors: {a: a}\nquantities: {rain: rain, harvest: harvest}\n"
        "mechanisms: {grow: {cause: rain, raises: [harvest]}}\n"}});
  const auto columns = questions::columns_of(reading.base, {}, {});
  const auto answer = questions::solve(columns.front(), {});
  const questions::Reach r = questions::reach_of({&answer});
  EXPECT_TRUE(r.used.empty());
  EXPECT_TRUE(r.none.empty());
  EXPECT_EQ(r.by_lens.at("consistency"), (std::vector<std::string>{"grow", "harvest", "rain"}));
}

TEST(Islands, AChainThatBeginsAtTheTableLacksAStake) {
  const questions::Reach r = reach(R"(quantities: {harvest: harvest}
mechanisms: {grow: {cause: water, raises: [harvest]}}
)");
  const questions::Island island = island_of(r, "grow");
  EXPECT_NE(island.link.find("a preference would join it"), std::string::npos);
}

TEST(Islands, AChainThatEndsInAStakeLacksACause) {
  const questions::Reach r = reach(R"(quantities: {rain: rain}
mechanisms:
  grow: {cause: rain, raises: [calm]}
  flow: {cause: t failed, makes_likely: calm is absent}
)");
  const questions::Island island = island_of(r, "grow");
  EXPECT_NE(island.link.find("to rain would join it"), std::string::npos);
  EXPECT_EQ(island.link.find("a stake of"), std::string::npos) << island.link;
}

}  // namespace
