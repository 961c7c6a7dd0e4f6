// SPDX-License-Identifier: MIT
// Conflicts whose names no account could have: what is imported is an account, with the same equilibria.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "foreign/conflict.hpp"
#include "foreign/import_conflict.hpp"
#include "language/value.hpp"
#include "questions/import_oracle.hpp"
#include "stability/random_game.hpp"

namespace {

using namespace parley;
using parley::testing::expect_same;

/// A name that a foreign file may hold and an account may not.
std::string hostile_name(parley::testing::Dice& dice) {
  static const std::vector<std::string> kNames = {"",
                                                  " ",
                                                  "\t",
                                                  "\xC2\xA0",
                                                  "\xE2\x80\x8B",
                                                  "\xE2\x80\xAEtsaoC",
                                                  "no",
                                                  "Yes",
                                                  "null",
                                                  "and",
                                                  "is",
                                                  "from",
                                                  "note",
                                                  "because",
                                                  "unknown",
                                                  "s_0",
                                                  "s 1",
                                                  "good 1 1",
                                                  "want_1_1",
                                                  "o1_x",
                                                  "o1",
                                                  "stays_1",
                                                  "dm_1",
                                                  "dm 2",
                                                  "file",
                                                  "author",
                                                  "nature",
                                                  "x: y",
                                                  "x # y",
                                                  "- x",
                                                  "\"x\"",
                                                  "'",
                                                  "\\",
                                                  "{x}",
                                                  "[x",
                                                  "x]",
                                                  "&x",
                                                  "*x",
                                                  "!x",
                                                  "%x",
                                                  "@x",
                                                  "`x`",
                                                  "|",
                                                  ">",
                                                  "x\ny",
                                                  "x\r\ny",
                                                  "\x1B[31mred",
                                                  "\x7F",
                                                  "\xC3\xA9t\xC3\xA9",
                                                  "\xD0\xA1\xD0\xA1\xD0\xA1\xD0\xA0",
                                                  "\xE4\xB8\xAD\xE5\x9B\xBD",
                                                  "Coast",
                                                  "Coast",
                                                  "coast",
                                                  "COAST!",
                                                  "9 lives",
                                                  "-1",
                                                  "...",
                                                  "---",
                                                  "status",
                                                  "says",
                                                  "actors",
                                                  "parley",
                                                  "true",
                                                  "off",
                                                  "~",
                                                  "a b c d e f g h i j k l m n o p q r s t u v w x y z",
                                                  "unless",
                                                  "within"};
  if (dice.chance(5)) return std::string(static_cast<std::size_t>(dice.below(3'000)), 'x');
  return kNames[static_cast<std::size_t>(dice.below(static_cast<int>(kNames.size())))];
}

/// The game as an option-form file in JSON, with such names.
std::string as_gmcr(const stability::GraphGame& game, const stability::Space& space,
                    parley::testing::Dice& dice) {
  using nlohmann::json;
  json file = {{"useManualPreferenceRanking", true},
               {"options", json::array()},
               {"infeasibles", json::array()},
               {"decisionMakers", json::array()}};
  for (const auto& issue : game.issues)
    file["options"].push_back(
        {{"name", hostile_name(dice)},
         {"permittedDirection", issue.direction == stability::Direction::both ? "both"
                                : issue.direction == stability::Direction::up ? "fwd"
                                                                              : "back"}});
  for (const auto& pattern : game.infeasible) {
    json list = json::array();
    for (const auto& literal : pattern) list.push_back({literal.issue, literal.level == 1 ? "Y" : "N"});
    file["infeasibles"].push_back(list);
  }
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    json own = json::array(), ranking = json::array();
    for (std::size_t k = 0; k < game.issues.size(); ++k)
      if (game.issues[k].owner == static_cast<int>(i)) own.push_back(k);
    std::map<stability::Rank, json> tiers;
    for (stability::State s = 0; s < space.count(); ++s)
      tiers.try_emplace(game.preferences[i].ranks[s], json::array()).first->second.push_back(s + 1);
    for (const auto& [rank, tier] : tiers) ranking.push_back(tier);
    file["decisionMakers"].push_back({{"name", hostile_name(dice)},
                                      {"options", own},
                                      {"preferenceRanking", ranking},
                                      {"preferences", json::array()}});
  }
  return file.dump();
}

/// Whatever the names in the file: the account that is written is one, and its equilibria are the file's.
TEST(Import, HostileNamesMakeAnAccountWithTheSameEquilibria) {
  parley::testing::Dice dice(4'711);
  parley::testing::Kinds kinds;
  kinds.merged = kinds.explicit_form = kinds.multi_level = false;
  int done = 0, changed = 0;
  for (int round = 0; round < 150 && done < 60; ++round) {
    SCOPED_TRACE(round);
    stability::GraphGame game = parley::testing::random_form(dice, kinds);
    for (auto& issue : game.issues) issue.owner = std::max(issue.owner, 0);
    const auto space = stability::Space::make(game);
    if (!space || space->count() < 2) continue;
    parley::testing::random_preferences(dice, game, space->count());
    const std::string text = as_gmcr(game, *space, dice);
    const auto reading = foreign::read_conflict_text("x.gmcr", text);
    ASSERT_TRUE(reading.ok()) << text << reading.diagnostics.front().message;
    changed += reading.diagnostics.empty() ? 0 : 1;
    const std::string name = foreign::id_of(hostile_name(dice), "imported", &language::is_free_id);
    auto imported = foreign::conflict_account(reading.game, *reading.space, name, hostile_name(dice),
                                              &language::is_free_id);
    ASSERT_TRUE(imported) << imported.error();
    ASSERT_NO_FATAL_FAILURE(expect_same(reading.game, *reading.space, *imported)) << text;
    ++done;
  }
  EXPECT_EQ(done, 60);
  EXPECT_GT(changed, 20);
}

}  // namespace
