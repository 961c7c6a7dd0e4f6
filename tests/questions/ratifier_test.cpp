// SPDX-License-Identifier: MIT
// Parts that must ratify (framing rule 9): small accounts with their right answers, and random ones against
// an oracle that shares no code with framing or the lens.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "language/read.hpp"
#include "questions/claims.hpp"
#include "questions/columns.hpp"
#include "questions/stability.hpp"
#include "report/page.hpp"
#include "report/results.hpp"

namespace {

using namespace parley;
using deals::Standing;
using ::testing::HasSubstr;
using ::testing::Not;

/// A river and a fee between two valleys; the council of the one must ratify what moves the river.
constexpr const char* kValleys = R"(parley: 1
account: valleys
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {north: the northern valley, south: the southern valley}
parts: {council: {of: north, is: the council, ratifies: [river]}}
issues:
  river: {settled_by: [north, south], levels: [low, mid, high], now: low}
  fee: {settled_by: [north, south], levels: [low, mid, high], now: low}
talks: {round: {parties: [north, south], issues: [river, fee]}}
preferences:
  n1: {by: north, on: river, order: low > mid > high}
  n2: {by: north, on: fee, order: high > mid > low}
  s1: {by: south, on: river, order: high > mid > low}
  s2: {by: south, on: fee, order: low > mid > high}
packages: {both: {options: {river: mid, fee: mid}}, fee_alone: {options: {fee: mid}}}
)";

questions::ColumnAnswer solved(const std::string& text, framing::Options options = {}, int draws = 100) {
  const auto reading = language::read_texts({{"valleys.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  questions::SolveOptions solve;
  solve.draws = draws;
  return questions::solve(questions::columns_of(reading.base, {}, options).front(), solve);
}

std::string printed(const questions::ColumnAnswer& column) {
  return report::deals_page(report::deals_results({{column}}));
}

TEST(Ratifier, AStatedLimitBarsWhatMovesTheIssue) {
  const auto column =
      solved(std::string(kValleys) + "positions: {c1: {by: council, on: river, insists: low}}\n");
  const auto& t = column.tables.at(0);
  EXPECT_FALSE(t.answer.possible);
  EXPECT_TRUE(t.answer.proved);
  EXPECT_EQ(t.answer.zone.yes, 0);
  std::set<std::set<std::string>> conflicts;
  for (const auto& set : t.answer.conflicts) {
    std::set<std::string> ids;
    for (const int i : set.limits) ids.insert(questions::id_of(t, i));
    conflicts.insert(ids);
  }
  EXPECT_TRUE(conflicts.contains({"c1", "reservation:south"}));
  const auto json = report::deals_results({{column}})["by_account"]["valleys"]["by_alternative"]["base"];
  const auto& who = json["ratification"][0];
  EXPECT_EQ(who["ratifier"], "council");
  EXPECT_EQ(who["of"], "north");
  EXPECT_EQ(who["issues"], nlohmann::ordered_json({"river"}));
  EXPECT_EQ(who["by"], nlohmann::ordered_json({"limit"}));
  EXPECT_FALSE(who["open"].get<bool>());
  EXPECT_EQ(json["limits"][0]["owner"], "council");
  EXPECT_EQ(json["limits"][0]["ratifies_for"], "north");
  EXPECT_EQ(json["packages"]["both"]["council"]["crosses"], nlohmann::ordered_json({"c1"}));
  EXPECT_TRUE(json["packages"]["fee_alone"]["council"]["crosses"].empty());
  EXPECT_THAT(printed(column), HasSubstr("must ratify river"));
}

TEST(Ratifier, WhatALimitDoesNotTouchIsNotPutToIt) {
  // Its limit is crossed where nothing moves, too: it is not asked then.
  const auto column =
      solved(std::string(kValleys) + "positions: {c1: {by: council, on: river, insists: high}}\n");
  const auto& t = column.tables.at(0);
  for (std::size_t x = 0; x < t.framed.ensemble.packages.size(); ++x) {
    const int river = t.framed.ensemble.packages[x][0];
    EXPECT_EQ(t.framed.ensemble.resolutions[0].broken[x] != 0, river == 1) << river;
  }
}

TEST(Ratifier, AnUnknownPresentIsSettledBeforeItIsAsked) {
  std::string text = kValleys;
  text.replace(text.find("high], now: low}"), 16, "high]}");
  const auto column = solved(text + "positions: {c1: {by: council, on: river, insists: low}}\n");
  const auto& t = column.tables.at(0);
  ASSERT_EQ(t.framed.ensemble.resolutions.size(), 3U);
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t x = 0; x < t.framed.ensemble.packages.size(); ++x) {
      const auto& resolution = t.framed.ensemble.resolutions[r];
      if (resolution.broken[x] == deals::kForbidden) continue;
      const int river = t.framed.ensemble.packages[x][0],
                now = t.framed.settled[r].now[static_cast<std::size_t>(t.framed.issues[0])];
      EXPECT_EQ(resolution.broken[x] != 0, river != now && river != 0);
    }
}

TEST(Ratifier, APreferenceIsComparedWithNoDealWhereItIsAsked) {
  const std::string wish = "  c1: {by: council, on: river, order: low > mid > high}\n";
  std::string text = kValleys;
  text.insert(text.find("packages:"), wish);
  const auto column = solved(text);
  const auto& t = column.tables.at(0);
  ASSERT_EQ(t.framed.ensemble.parties.size(), 3U);
  EXPECT_TRUE(t.framed.ensemble.parties[2].ratifies);
  EXPECT_EQ(t.framed.ratifiers.at(0).party, 2);
  EXPECT_TRUE(t.framed.open_conditions.empty());
  for (std::size_t x = 0; x < t.framed.ensemble.packages.size(); ++x) {
    const auto& package = t.framed.ensemble.packages[x];
    const Standing stands = t.answer.packages[x].standing.at(2);
    // Silent on the fee: where that moves it may like the package; where it does not, the river decides.
    const Standing right = package[0] == 0   ? Standing::necessary
                           : package[1] == 0 ? Standing::dead
                                             : Standing::open;
    EXPECT_EQ(stands, right) << package[0] << package[1];
  }
  EXPECT_THAT(printed(column), HasSubstr("it must prefer what moves that to no deal"));
  EXPECT_THAT(printed(column), Not(HasSubstr("no row gives")));
  // It bars in some worlds in which those who sign agree.
  const auto silent = solved(kValleys);
  EXPECT_LT(t.answer.zone.yes, silent.tables.at(0).answer.zone.yes);
}

TEST(Ratifier, WithoutAStatedPreferenceItIsAnOpenCondition) {
  const auto column = solved(kValleys);
  const auto& t = column.tables.at(0);
  EXPECT_EQ(t.framed.ensemble.parties.size(), 2U);
  EXPECT_TRUE(t.framed.ensemble.limits.empty());
  ASSERT_EQ(t.framed.open_conditions.size(), 1U);
  EXPECT_EQ(t.framed.open_conditions[0].row, "council");
  EXPECT_THAT(t.framed.open_conditions[0].words, HasSubstr("must ratify river"));
  EXPECT_TRUE(t.framed.ratifiers.at(0).party < 0);
  EXPECT_THAT(printed(column), HasSubstr("must ratify river"));
}

TEST(Ratifier, ItsOwnLineOfBindingAndItsGainsCountForNobody) {
  framing::Options none;
  none.binding = "none";
  const std::string limit =
      std::string(kValleys) + "positions: {c1: {by: council, on: river, insists: low}}\n";
  // Where nothing binds, what it insists on is what it wants.
  const auto column = solved(limit, none);
  const auto& t = column.tables.at(0);
  EXPECT_TRUE(t.framed.ensemble.limits.empty());
  EXPECT_EQ(t.framed.ratifiers.at(0).party, 2);
  // Packages of the frontier are undominated for those who sign alone.
  for (std::size_t x = 0; x < t.answer.packages.size(); ++x)
    EXPECT_LE(t.answer.packages[x].on_frontier.yes, t.answer.packages[x].in_zone.yes);
}

TEST(Ratifier, WhoOpensIsTheRatifierAndTheNameSaysForWhom) {
  const auto column =
      solved(std::string(kValleys) + "positions: {c1: {by: council, on: river, insists: low}}\n");
  const auto& t = column.tables.at(0);
  ASSERT_FALSE(t.answer.openers_by_limits.empty());
  EXPECT_EQ(t.answer.openers_by_limits[0].owners, std::vector<std::string>{"council"});
  EXPECT_EQ(t.framed.names.at("council"), "the council of the northern valley");
}

TEST(Ratifier, JointMovesThatItWouldNotRatifyAreShutInTheGames) {
  const auto moves = [](const std::string& text) {
    const auto column = solved(text);
    const framing::Situation s = framing::make_situation(column.column.rows, {});
    std::vector<const framing::Framed*> tables = {&column.tables.at(0).framed};
    std::size_t river = 0;
    for (const auto& game : framing::frame_stability(s, tables, {})) {
      for (std::size_t i = 0; i < game.focus.size(); ++i)
        if (game.focus[i].id == "river")
          for (const auto& arcs : game.graph.moves)
            for (const auto& [from, to] : arcs)
              river += game.graph.states[from].levels[i] != game.graph.states[to].levels[i];
    }
    return river;
  };
  const std::string limit = "positions: {c1: {by: council, on: river, insists: low}}\n";
  const auto free = moves(kValleys), barred = moves(kValleys + limit);
  EXPECT_GT(free, 0U);
  EXPECT_LT(barred, free);
}

/// Rows of random small accounts: total orders for those who sign, an order or a limit or nothing for each
/// ratifier.
struct Random {
  static constexpr int kLevels = 3;
  int issues = 2;
  std::vector<int> now;
  std::vector<std::vector<std::vector<int>>> orders;  ///< [party][issue]: levels, best first
  struct Part {
    std::vector<int> ratifies;
    std::vector<std::vector<int>> order;  ///< [issue], empty: silent
    int limit_on = -1;
    std::vector<bool> within;  ///< levels that its limit leaves
  };
  std::vector<Part> parts;
  std::vector<std::vector<bool>> party_limit;  ///< [party]: of issue 0, empty: none
};

Random random_case(std::mt19937& g) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(g); };
  const auto order = [&] {
    std::vector<int> levels = {0, 1, 2};
    std::shuffle(levels.begin(), levels.end(), g);
    return levels;
  };
  Random r;
  r.issues = 2 + below(2);
  for (int k = 0; k < r.issues; ++k) r.now.push_back(below(3));
  for (int p = 0; p < 2; ++p) {
    r.orders.emplace_back();
    for (int k = 0; k < r.issues; ++k) r.orders.back().push_back(order());
    r.party_limit.emplace_back();
    if (below(3) == 0)
      for (int l = 0; l < 3; ++l)
        r.party_limit.back().push_back(l != r.orders[static_cast<std::size_t>(p)][0][2]);
  }
  for (int i = 0; i < 1 + below(2); ++i) {
    Random::Part part;
    for (int k = 0; k < r.issues; ++k)
      if (below(2) == 0) part.ratifies.push_back(k);
    if (part.ratifies.empty()) part.ratifies.push_back(below(r.issues));
    part.order.resize(static_cast<std::size_t>(r.issues));
    const int kind = below(4);  // silent, limit, preference, both
    if (kind >= 2) {
      for (auto& each : part.order)
        if (below(4) > 0) each = order();
      if (std::all_of(part.order.begin(), part.order.end(), [](const auto& o) { return o.empty(); }))
        part.order[0] = order();
    }
    if (kind % 2 == 1) {
      // Beside an order, a limit leaves out what is worst by it: then the two say the same of the level.
      part.limit_on = below(r.issues);
      while (kind == 3 && part.order[static_cast<std::size_t>(part.limit_on)].empty())
        part.limit_on = (part.limit_on + 1) % r.issues;
      const int worst = kind == 3 ? part.order[static_cast<std::size_t>(part.limit_on)][2] : below(3);
      for (int l = 0; l < 3; ++l) part.within.push_back(l != worst);
    }
    r.parts.push_back(part);
  }
  return r;
}

std::string text_of(const Random& r) {
  const auto level = [](int l) { return fmt::format("l{}", l); };
  std::string text =
      "parley: 1\naccount: x\nfrom: s\nsources: {s: {title: T}}\nactors: {p0: one, p1: another}\nparts:\n";
  for (std::size_t i = 0; i < r.parts.size(); ++i) {
    std::vector<std::string> names;
    for (const int k : r.parts[i].ratifies) names.push_back(fmt::format("i{}", k));
    text += fmt::format("  q{}: {{of: p{}, is: a part, ratifies: [{}]}}\n", i, i % 2, fmt::join(names, ", "));
  }
  text += "issues:\n";
  std::vector<std::string> names;
  for (int k = 0; k < r.issues; ++k) {
    names.push_back(fmt::format("i{}", k));
    text += fmt::format("  i{}: {{settled_by: [p0, p1], levels: [l0, l1, l2], now: l{}}}\n", k,
                        r.now[static_cast<std::size_t>(k)]);
  }
  text += fmt::format("talks: {{t: {{parties: [p0, p1], issues: [{}]}}}}\npreferences:\n",
                      fmt::join(names, ", "));
  const auto wish = [&](const std::string& who, int k, const std::vector<int>& o) {
    if (o.empty()) return;
    text += fmt::format("  w_{}_{}: {{by: {}, on: i{}, order: {} > {} > {}}}\n", who, k, who, k, level(o[0]),
                        level(o[1]), level(o[2]));
  };
  for (int p = 0; p < 2; ++p)
    for (int k = 0; k < r.issues; ++k)
      wish(fmt::format("p{}", p), k, r.orders[static_cast<std::size_t>(p)][static_cast<std::size_t>(k)]);
  for (std::size_t i = 0; i < r.parts.size(); ++i)
    for (int k = 0; k < r.issues; ++k)
      wish(fmt::format("q{}", i), k, r.parts[i].order[static_cast<std::size_t>(k)]);
  std::string limits;
  const auto limit = [&](const std::string& who, int k, const std::vector<bool>& within) {
    if (within.empty()) return;
    for (int l = 0; l < 3; ++l)
      if (!within[static_cast<std::size_t>(l)])
        limits += fmt::format("  l_{}: {{by: {}, on: i{}, refuses: l{}}}\n", who, who, k, l);
  };
  for (int p = 0; p < 2; ++p) limit(fmt::format("p{}", p), 0, r.party_limit[static_cast<std::size_t>(p)]);
  for (std::size_t i = 0; i < r.parts.size(); ++i)
    limit(fmt::format("q{}", i), r.parts[i].limit_on, r.parts[i].within);
  return text + (limits.empty() ? "" : "positions:\n" + limits);
}

int place(const std::vector<int>& order, int level) {
  return static_cast<int>(std::find(order.begin(), order.end(), level) - order.begin());
}

/// By orders alone, weights and values free: at least as good in all stakes is necessary, worse in some and
/// better in none is dead.
Standing stands(const std::vector<std::vector<int>>& orders, const std::vector<int>& package,
                const std::vector<int>& now) {
  bool better = false, worse = false;
  for (std::size_t k = 0; k < orders.size(); ++k) {
    if (package[k] == now[k]) continue;
    if (orders[k].empty()) {
      better = worse = true;
      continue;
    }
    (place(orders[k], package[k]) < place(orders[k], now[k]) ? better : worse) = true;
  }
  return !worse ? Standing::necessary : better ? Standing::open : Standing::dead;
}

TEST(Ratifier, RandomAccountsAgreeWithAnOracle) {
  std::mt19937 g(20'261'129);
  int shut = 0, asked = 0, sure = 0;
  for (int round = 0; round < 400; ++round) {
    const Random r = random_case(g);
    const auto column = solved(text_of(r), {}, 30);
    const auto& t = column.tables.at(0);
    bool possible = false, necessary = false;
    for (std::size_t x = 0; x < t.framed.ensemble.packages.size(); ++x) {
      const auto& package = t.framed.ensemble.packages[x];
      bool within = true, none_dead = true, all_sure = true;
      for (std::size_t p = 0; p < 2; ++p) {
        if (!r.party_limit[p].empty())
          within = within && r.party_limit[p][static_cast<std::size_t>(package[0])];
        const Standing s = stands(r.orders[p], package, r.now);
        none_dead = none_dead && s != Standing::dead;
        all_sure = all_sure && s == Standing::necessary;
      }
      for (const auto& part : r.parts) {
        const bool moved = std::any_of(part.ratifies.begin(), part.ratifies.end(), [&](int k) {
          return package[static_cast<std::size_t>(k)] != r.now[static_cast<std::size_t>(k)];
        });
        if (!moved) continue;
        if (part.limit_on >= 0)
          within = within &&
                   part.within[static_cast<std::size_t>(package[static_cast<std::size_t>(part.limit_on)])];
        if (std::all_of(part.order.begin(), part.order.end(), [](const auto& o) { return o.empty(); }))
          continue;
        ++asked;
        const Standing s = stands(part.order, package, r.now);
        none_dead = none_dead && s != Standing::dead;
        all_sure = all_sure && s == Standing::necessary;
      }
      possible = possible || (within && none_dead);
      necessary = necessary || (within && all_sure);
      ASSERT_EQ(t.framed.ensemble.resolutions[0].broken[x] == 0, within) << text_of(r);
      if (within) {
        const auto& standing = t.answer.packages[x].standing;
        ASSERT_EQ(
            std::none_of(standing.begin(), standing.end(), [](Standing s) { return s == Standing::dead; }),
            none_dead)
            << text_of(r);
        ASSERT_EQ(std::all_of(standing.begin(), standing.end(),
                              [](Standing s) { return s == Standing::necessary; }),
                  all_sure)
            << text_of(r);
        if (!none_dead) {
          ASSERT_EQ(t.answer.packages[x].in_zone.yes, 0);
        }
        if (all_sure) {
          ASSERT_EQ(t.answer.packages[x].in_zone.yes, t.answer.worlds);
        }
      } else {
        ASSERT_EQ(t.answer.packages[x].in_zone.yes, 0);
      }
    }
    ASSERT_EQ(t.answer.possible, possible) << text_of(r);
    ASSERT_EQ(t.answer.necessary, necessary) << text_of(r);
    ASSERT_TRUE(t.answer.proved || (possible && !necessary));
    shut += possible ? 0 : 1;
    sure += necessary ? 1 : 0;
  }
  EXPECT_GT(shut, 20);
  EXPECT_GT(sure, 20);
  EXPECT_GT(asked, 500);
}

TEST(Ratifier, ALimitBarsOnATableTooLargeToList) {
  constexpr int kIssues = 12;  // of three levels: 531,441 packages
  std::string text =
      "parley: 1\naccount: wide\nfrom: s\nsources: {s: {title: T}}\nactors: {a: one, b: another}\n"
      "parts: {senate: {of: a, is: a senate, ratifies: [i0]}}\nissues:\n";
  std::vector<std::string> names;
  for (int k = 0; k < kIssues; ++k) {
    names.push_back(fmt::format("i{}", k));
    text += fmt::format("  i{}: {{settled_by: [a, b], levels: [l0, l1, l2], now: l0}}\n", k);
  }
  text +=
      fmt::format("talks: {{t: {{parties: [a, b], issues: [{}]}}}}\npositions:\n", fmt::join(names, ", "));
  text += "  b0: {by: b, on: i0, insists: l1}\n";
  const std::string limit = "  s0: {by: senate, on: i0, insists: l0}\n";
  EXPECT_EQ(solved(text).tables.at(0).framed.by_limits->with_package, 1U);
  const auto column = solved(text + limit);
  const auto& t = column.tables.at(0);
  ASSERT_TRUE(t.framed.by_limits);
  EXPECT_TRUE(t.framed.by_limits->excluded());
  ASSERT_EQ(t.framed.by_limits->conflicts.size(), 1U);
  std::set<std::string> ids;
  for (const int i : t.framed.by_limits->conflicts[0]) ids.insert(questions::id_of(t, i));
  EXPECT_EQ(ids, (std::set<std::string>{"b0", "s0"}));
  EXPECT_THAT(printed(column), HasSubstr("must ratify i0"));
}

}  // namespace
