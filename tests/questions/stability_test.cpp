// SPDX-License-Identifier: MIT
// The stability of accounts: the same worlds as the deals lens, counts that keep the inclusions of the
// definitions, proofs that no world contradicts.
#include "questions/stability.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "language/read.hpp"
#include "questions/self_tests.hpp"
#include "questions/stability_parts.hpp"
#include "report/stability_account.hpp"

namespace {

using namespace parley;

std::string scenario(const std::string& name) {
  return std::string(PARLEY_SOURCE_DIR) + "/scenarios/" + name;
}

questions::Column base_of(const account::Account& account, const framing::Options& options = {}) {
  return questions::columns_of(account, {}, options).front();
}

questions::Column read_scenario(const std::string& name, const framing::Options& options = {}) {
  const auto reading = language::read_account(scenario(name));
  EXPECT_TRUE(reading.ok()) << name;
  return base_of(reading.base, options);
}

questions::StabilityAsk quick(int draws) {
  questions::StabilityAsk ask;
  ask.solve.draws = draws;
  ask.solve.threads = 1;
  return ask;
}

/// On a focus that is exactly the table, a package is worth what the deals lens says, and the present is no
/// deal, world by world.
void expect_same_worlds(const std::string& name, const framing::Options& options) {
  const questions::Column column = read_scenario(name, options);
  const auto s = framing::make_situation(column.rows, column.options);
  const auto talks = s.account.of("talks");
  ASSERT_EQ(talks.size(), 1U);
  const auto framed = framing::frame_deals(s, talks.front()->id);
  ASSERT_TRUE(framed);
  framing::StabilityOptions focus;
  for (const int v : framed->issues) {
    const auto& variable = s.variables[static_cast<std::size_t>(v)];
    const account::Row* row = s.account.find(variable.row);
    if (row->value("opens") == nullptr) focus.focus.push_back(variable.id);
  }
  const auto games = framing::frame_stability(s, {&*framed}, focus);
  ASSERT_EQ(games.size(), 1U);
  const framing::AccountGame& game = games.front();
  ASSERT_EQ(game.talks, framed->table);
  const questions::GameUtilities utilities(game);
  const questions::ZoneStates zone(game, &*framed);
  ASSERT_TRUE(zone.usable());
  int compared = 0;
  for (std::uint64_t world = 0; world < 25; ++world) {
    const std::size_t settlement = utilities.settlement(7, world);
    const std::size_t resolution = deals::drawn_resolution(framed->settled.size(), 7, world);
    ASSERT_EQ(settlement / game.ways(), resolution);
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      const int party = game.players[p].party;
      if (party < 0) continue;
      ASSERT_TRUE(game.players[p].extra.stakes.empty()) << game.players[p].extra.stakes.front().id;
      const auto values = utilities.of(p, settlement, 7, world);
      ASSERT_FALSE(values.empty());
      const deals::UtilityDraw draw(framed->ensemble.parties[static_cast<std::size_t>(party)].order);
      const auto drawn = draw.draw(7, world);
      const auto chance = deals::drawn_chances(framed->ensemble.chances, static_cast<std::size_t>(party),
                                               game.players[p].id, 7, world);
      const auto& r = framed->ensemble.resolutions[resolution];
      for (std::size_t x = 0; x < framed->ensemble.packages.size(); ++x) {
        const int state = zone.state(settlement, x);
        if (state < 0 || r.broken[x] == deals::kForbidden) continue;
        const double deal =
            deals::case_utility(*drawn, r.packages[x], static_cast<std::size_t>(party), chance);
        ASSERT_NEAR(values[static_cast<std::size_t>(state)], deal, 1e-12) << name << " package " << x;
        ++compared;
      }
      const int now = game.settlements[settlement].now;
      ASSERT_GE(now, 0);
      ASSERT_NEAR(values[static_cast<std::size_t>(now)],
                  deals::case_utility(*drawn, r.no_deal, static_cast<std::size_t>(party), chance), 1e-12)
          << name << " no deal";
    }
  }
  EXPECT_GT(compared, 1000);
}

TEST(AccountStability, UtilitiesAreThoseOfTheDealsLensInTheSameWorld) {
  for (const char* name : {"camp-david-1978.yaml", "indus-1960.yaml", "us-iran-2026"})
    for (const char* no_deal : {"outlook", "status_quo"}) {
      framing::Options options;
      options.no_deal = no_deal;
      SCOPED_TRACE(no_deal);
      expect_same_worlds(name, options);
    }
}

/// Where the focus has more than the table, what a side cares about besides takes one share of the whole in a
/// world: packages are as far apart as for the deals lens, times what is left, the same for all of them.
TEST(AccountStability, FurtherStakesScaleTheDifferencesBetweenPackages) {
  const questions::Column column = read_scenario("us-iran-2026");
  const auto s = framing::make_situation(column.rows, column.options);
  const auto framed = framing::frame_deals(s, "indirect");
  ASSERT_TRUE(framed);
  const auto games = framing::frame_stability(s, {&*framed}, {});
  const framing::AccountGame& game = games.front();
  ASSERT_EQ(game.talks, "indirect");
  const questions::GameUtilities utilities(game);
  const questions::ZoneStates zone(game, &*framed);
  int mixed = 0;
  double shares = 0;
  for (std::uint64_t world = 0; world < 60; ++world) {
    const std::size_t settlement = utilities.settlement(3, world);
    const auto& r = framed->ensemble.resolutions[settlement / game.ways()];
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      const auto party = static_cast<std::size_t>(game.players[p].party);
      if (game.players[p].extra.stakes.empty()) continue;
      const auto values = utilities.of(p, settlement, 3, world);
      const auto drawn = deals::UtilityDraw(framed->ensemble.parties[party].order).draw(3, world);
      const auto chance = deals::drawn_chances(framed->ensemble.chances, party, game.players[p].id, 3, world);
      double ratio = -1, first_value = 0, first_deal = 0;
      bool any = false;
      for (std::size_t x = 0; x < framed->ensemble.packages.size(); ++x) {
        const int state = zone.state(settlement, x);
        if (state < 0 || r.broken[x] == deals::kForbidden) continue;
        const double deal = deals::case_utility(*drawn, r.packages[x], party, chance);
        const double value = values[static_cast<std::size_t>(state)];
        if (!any) {
          any = true;
          first_value = value;
          first_deal = deal;
        } else if (std::abs(deal - first_deal) > 1e-6) {
          const double here = (value - first_value) / (deal - first_deal);
          if (ratio < 0) ratio = here;
          ASSERT_NEAR(here, ratio, 1e-6) << world << " " << x;
        }
      }
      ASSERT_GT(ratio, 0);
      ASSERT_LT(ratio, 1);
      shares += ratio;
      ++mixed;
    }
  }
  ASSERT_GT(mixed, 50);
  // The stakes of the table are several times as many as the others.
  EXPECT_GT(shares / mixed, 0.6);
}

void expect_inclusions(const questions::GameAnswer& answer) {
  const auto& c = answer.concepts;
  const auto at_most = [](const std::vector<int>& few, const std::vector<int>& many) {
    for (std::size_t s = 0; s < few.size(); ++s) ASSERT_LE(few[s], many[s]) << s;
  };
  // nash => ssym => seq, smr => gmr; cnash => nash
  const auto chain = [&](auto get) {
    at_most(get(c[0]), get(c[4]));
    at_most(get(c[4]), get(c[3]));
    at_most(get(c[4]), get(c[2]));
    at_most(get(c[2]), get(c[1]));
    at_most(get(c[3]), get(c[1]));
    if (c[5].answered) at_most(get(c[5]), get(c[0]));
    if (!c[6].answered) return;
    at_most(get(c[5]), get(c[7]));  // cnash => csmr => cgmr, cnash => cseq
    at_most(get(c[7]), get(c[6]));
    at_most(get(c[5]), get(c[8]));
  };
  chain([](const questions::ConceptCount& count) { return count.equilibrium; });
  for (std::size_t p = 0; p < answer.game.players.size(); ++p)
    chain([p](const questions::ConceptCount& count) { return count.stable[p]; });
  for (std::size_t k = 0; k < stability::kConcepts; ++k) {
    if (c[k].proved.empty()) continue;
    for (std::size_t s = 0; s < c[k].proved.size(); ++s) {
      if (c[k].proved[s] > 0) {
        EXPECT_EQ(c[k].equilibrium[s], answer.worlds);
      }
      if (c[k].proved[s] < 0) {
        EXPECT_EQ(c[k].equilibrium[s], 0);
      }
      for (std::size_t p = 0; p < answer.game.players.size(); ++p) {
        if (c[k].proved_for[p][s] > 0) {
          EXPECT_EQ(c[k].stable[p][s], answer.worlds);
        }
        if (c[k].proved_for[p][s] < 0) {
          EXPECT_EQ(c[k].stable[p][s], 0);
        }
      }
    }
  }
}

TEST(AccountStability, CountsKeepTheInclusionsAndNoWorldContradictsAProof) {
  for (const char* name : {"camp-david-1978.yaml", "indus-1960.yaml", "first-account.yaml", "us-iran-2026"}) {
    const auto answer = questions::solve_stability(read_scenario(name), quick(60));
    ASSERT_FALSE(answer.games.empty()) << name;
    for (const auto& shared : answer.games) {
      const auto& game = *shared;
      EXPECT_EQ(game.worlds, 60) << name;
      expect_inclusions(game);
    }
  }
}

TEST(AccountStability, TheOrderOfTheRowsAndTheNumberOfThreadsChangeNothing) {
  const auto column = read_scenario("camp-david-1978.yaml");
  auto other = column;
  other.rows = questions::permuted(column.rows, 5);
  auto ask = quick(100);
  const auto first = report::stability_column_json(questions::solve_stability(column, ask), 100);
  ask.solve.threads = 3;
  const auto second = report::stability_column_json(questions::solve_stability(other, ask), 100);
  EXPECT_EQ(first.dump(), second.dump());
}

/// The zone is the deals lens's own, world by world; and a package holds where nobody who moves alone or
/// together leaves its state by sequential stability.
TEST(AccountStability, WhatPullsAgainstDealsIsCountedOnTheSameWorlds) {
  constexpr int kWorlds = 60;
  int left = 0, held = 0;
  // At Camp David the account holds no row on what the United States wants; here it wants something.
  for (const char* name : {"camp-david-1978.yaml", "indus-1960.yaml", "us-iran-2026"}) {
    questions::Column column = read_scenario(name);
    if (const account::Row* ties = column.rows.find("egypt_ties"); ties != nullptr) {
      account::Row own = *ties;
      own.id = "us_ties";
      for (auto& field : own.fields)
        if (field.name == "by") field.value.text = "us";
      column.rows.rows.push_back(std::move(own));
    }
    const auto answer = questions::solve_stability(column, quick(kWorlds));
    const auto& game = *answer.games.front();
    ASSERT_TRUE(game.against.compared) << game.against.why_not;
    questions::SolveOptions options;
    options.draws = kWorlds;
    options.prove = false;
    const auto deals_answer = questions::solve(column, options);
    const questions::TableAnswer& table = deals_answer.tables.front();
    EXPECT_EQ(game.against.worlds, kWorlds);
    EXPECT_EQ(game.against.zone, table.answer.zone.yes) << name;

    const auto s = framing::make_situation(column.rows, column.options);
    const auto framed = framing::frame_stability(s, {&table.framed}, {}).front();
    const questions::GameUtilities utilities(framed);
    const questions::ZoneStates zone(framed, &table.framed);
    const auto graph = stability::graph_of(framed.graph.states.size(), framed.graph.moves);
    int all_left = 0, now_holds = 0;
    for (std::uint64_t world = 0; world < kWorlds; ++world) {
      const std::size_t settlement = utilities.settlement(1, world);
      stability::Rankings ranks;
      for (std::size_t p = 0; p < framed.players.size(); ++p)
        ranks.push_back(utilities.ranks(p, settlement, 1, world));
      stability::Individual found;
      stability::ArcSolver(graph, framed.movers).solve(ranks, stability::kAllConcepts, found);
      const auto holds = [&](int state) {
        return std::all_of(found.stable[3].begin(), found.stable[3].end(), [&](const stability::Bits& own) {
          return own.has(static_cast<std::size_t>(state));
        });
      };
      const auto inside = zone.zone(1, world);
      if (inside.empty()) continue;
      all_left += std::none_of(inside.begin(), inside.end(),
                               [&](int x) {
                                 const int state = zone.state(settlement, static_cast<std::size_t>(x));
                                 return state < 0 || holds(state);
                               })
                      ? 1
                      : 0;
      now_holds += holds(framed.settlements[settlement].now) ? 1 : 0;
    }
    // Where somebody is silent its draw is one of the orders that count.
    EXPECT_LE(game.against.all_left, all_left) << name;
    EXPECT_GE(game.against.all_left_at_most, all_left) << name;
    EXPECT_LE(game.against.now_holds, now_holds) << name;
    EXPECT_GE(game.against.now_holds_at_most, now_holds) << name;
    if (std::none_of(framed.players.begin(), framed.players.end(), [](const auto& p) { return p.silent; })) {
      EXPECT_EQ(game.against.all_left, game.against.all_left_at_most) << name;
      EXPECT_EQ(game.against.now_holds, game.against.now_holds_at_most) << name;
    }
    left += all_left;
    held += game.against.zone - all_left;
  }
  EXPECT_GT(left, 20);
  EXPECT_GT(held, 20);
}

constexpr const char* kHead = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
)";

questions::StabilityAnswer solve_text(const std::string& body, int draws = 40) {
  auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  return questions::solve_stability(base_of(reading.base), quick(draws));
}

/// The prisoners' dilemma by orders alone: who arms gains whatever the other does, and both armed is worse
/// for both than neither; sequential stability keeps the peace, and all of it is proved.
TEST(AccountStability, ADilemmaByOrdersAloneIsProved) {
  const auto answer = solve_text(R"(issues:
  arms_a: {chosen_by: a, levels: [low, high], now: low}
  arms_b: {chosen_by: b, levels: [low, high], now: low}
preferences:
  a_own: {by: a, on: arms_a, order: high > low}
  a_other: {by: a, on: arms_b, order: low > high}
  b_own: {by: b, on: arms_b, order: high > low}
  b_other: {by: b, on: arms_a, order: low > high}
saliences:
  a_fears: {by: a, order: arms_b > arms_a}
  b_fears: {by: b, order: arms_a > arms_b}
)");
  ASSERT_EQ(answer.games.size(), 1U);
  const auto& game = *answer.games.front();
  ASSERT_EQ(game.game.graph.states.size(), 4U);
  EXPECT_TRUE(game.proofs_complete);
  const auto& nash = game.concepts[0];
  const auto& seq = game.concepts[3];
  EXPECT_EQ(nash.proved, (std::vector<int>{-1, -1, -1, 1}));
  EXPECT_EQ(seq.proved, (std::vector<int>{1, -1, -1, 1}));
  EXPECT_EQ(game.present.equilibrium[3], game.worlds);
  EXPECT_EQ(game.present.tempted, (std::vector<int>{game.worlds, game.worlds}));
  // Together they leave mutual armament, and nobody alone does.
  EXPECT_EQ(game.concepts[5].equilibrium[3], 0);
}

TEST(AccountStability, WhatOnlyTwoCanDoTakesTwo) {
  const auto answer = solve_text(R"(issues:
  treaty: {settled_by: [a, b], levels: [absent, signed], now: absent}
  works: {chosen_by: a, levels: [idle, built], now: idle}
preferences:
  a_treaty: {by: a, on: treaty, order: signed > absent}
  b_treaty: {by: b, on: treaty, order: signed > absent}
  a_works: {by: a, on: works, order: idle > built}
  b_works: {by: b, on: works, order: built > idle}
)");
  ASSERT_EQ(answer.games.size(), 1U);
  const auto& game = *answer.games.front();
  ASSERT_EQ(game.game.mover_names, (std::vector<std::string>{"a", "b", "a+b"}));
  EXPECT_EQ(game.present.equilibrium[0], 0);
  EXPECT_EQ(game.present.tempted, (std::vector<int>{0, 0, game.worlds}));
  ASSERT_EQ(game.present.leavings.size(), 1U);
  EXPECT_EQ(game.present.leavings.front().worlds, game.worlds);
}

TEST(AccountStability, RowsThatContradictEachOtherLeaveNoWorld) {
  const auto answer = solve_text(R"(issues:
  arms_a: {chosen_by: a, levels: [low, high], now: low}
  arms_b: {chosen_by: b, levels: [low, high], now: low}
preferences:
  one: {by: a, on: arms_b, order: low > high}
  two: {by: a, on: arms_b, order: high > low}
)");
  ASSERT_EQ(answer.games.size(), 1U);
  EXPECT_EQ(answer.games.front()->worlds, 0);
  EXPECT_EQ(answer.games.front()->refused, std::vector<std::string>{"a"});
  const auto json = report::stability_column_json(answer, 10);
  EXPECT_EQ(json["worlds"], 0);
  EXPECT_FALSE(report::stability_warnings(answer).empty());
}

TEST(AccountStability, AFocusThatDoesNotFitIsSaid) {
  const auto column = read_scenario("camp-david-1978.yaml");
  auto ask = quick(10);
  for (const char* name : {"summit", "no_such_thing", "signed_1978"}) {
    ask.framing.focus = {name};
    std::string wrong;
    (void)questions::solve_stability(column, ask, nullptr, &wrong);
    EXPECT_NE(wrong, "") << name;
  }
}

}  // namespace
