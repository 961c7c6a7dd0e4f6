// SPDX-License-Identifier: MIT
// Parts that must ratify joint moves (framing rule 9): small games with their right answers, and random ones
// against an oracle that shares no code with framing or the lens.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "language/read.hpp"
#include "questions/stability_parts.hpp"
#include "report/stability_account.hpp"

namespace {

using namespace parley;
using ::testing::HasSubstr;
using ::testing::Not;

/// Both sides want the river higher; the council of the one must ratify what moves it.
constexpr const char* kRiver = R"(parley: 1
account: valleys
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {north: the northern valley, south: the southern valley}
parts: {council: {of: north, is: the council, ratifies: [river]}}
issues: {river: {settled_by: [north, south], levels: [low, high], now: low}}
talks: {round: {parties: [north, south], issues: [river]}}
preferences:
  n1: {by: north, on: river, order: high > low}
  s1: {by: south, on: river, order: high > low}
)";

questions::Column column_of(const std::string& text) {
  const auto reading = language::read_texts({{"valleys.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  return questions::columns_of(reading.base, {}, {}).front();
}

questions::StabilityAsk ask_of() {
  questions::StabilityAsk ask;
  ask.solve.draws = 40;
  ask.solve.threads = 1;
  return ask;
}

struct Said {
  int holds = 0, proved = 0;  ///< of the present under Nash: worlds, and the proof
  std::size_t barred = 0, undecided = 0;
  std::string page;
};

Said said_of(const std::string& rows) {
  const auto answer = questions::solve_stability(column_of(kRiver + rows), ask_of());
  const auto& game = *answer.games.at(0);
  const auto now = static_cast<std::size_t>(game.game.settlements.at(0).now);
  Said said{game.present.equilibrium[0], game.concepts[0].proved.at(now), 0, 0, ""};
  for (const auto& barred : game.game.barred) said.barred += barred.moves;
  for (const auto& who : game.game.ratifiers) said.undecided += who.undecided;
  EXPECT_EQ(game.worlds, 40);
  said.page = report::stability_page(
      {{"by_account", {{"valleys", report::stability_account_json({answer}, report::kListedInFull)}}}});
  std::replace(said.page.begin(), said.page.end(), '\n', ' ');
  return said;
}

TEST(RatifierInGames, AStatedWishBarsTheMoveThatItRanksLower) {
  const Said against = said_of("  c1: {by: council, on: river, order: low > high}\n");
  EXPECT_EQ(against.holds, 40);
  EXPECT_EQ(against.proved, 1);
  EXPECT_EQ(against.barred, 1U);
  EXPECT_THAT(against.page, HasSubstr("must ratify river"));
  EXPECT_THAT(against.page, HasSubstr("the move is barred (1)"));
  for (const char* rows : {"  c1: {by: council, on: river, order: high > low}\n",
                           "  c1: {by: council, on: river, order: high = low}\n"}) {
    const Said in_favour = said_of(rows);
    EXPECT_EQ(in_favour.holds, 0) << rows;
    EXPECT_EQ(in_favour.proved, -1) << rows;
    EXPECT_EQ(in_favour.undecided, 0U) << rows;
  }
  const Said position = said_of("positions: {c1: {by: council, on: river, presses: low}}\n");
  EXPECT_EQ(position.holds, 40);
  EXPECT_EQ(position.proved, 1);
}

TEST(RatifierInGames, TheIndifferentBarsNothingAndIsNotOpen) {
  for (const char* rows : {"  c1: {by: council, on: river, indifferent: yes}\n",
                           "positions: {c1: {by: council, on: river, indifferent: yes}}\n"}) {
    const Said said = said_of(rows);
    EXPECT_EQ(said.holds, 0) << rows;
    EXPECT_EQ(said.proved, -1) << rows;
    EXPECT_EQ(said.undecided, 0U) << rows;
    EXPECT_THAT(said.page, HasSubstr("a row says that it is indifferent")) << rows;
    EXPECT_THAT(said.page, Not(HasSubstr("no row gives its preference"))) << rows;
  }
}

TEST(RatifierInGames, OfTheSilentNothingIsProved) {
  const Said said = said_of("");
  EXPECT_EQ(said.holds, 0);   // an open condition bars nothing
  EXPECT_EQ(said.proved, 0);  // and proves nothing
  EXPECT_EQ(said.barred, 0U);
  EXPECT_EQ(said.undecided, 2U);
  EXPECT_THAT(said.page, HasSubstr("no row gives its preference on river"));
  // Where nobody would make the move the present holds with its consent and without.
  std::string text = kRiver;
  text.replace(text.find("high > low"), 10, "low > high");
  const auto answer = questions::solve_stability(column_of(text), ask_of());
  EXPECT_EQ(answer.games.at(0)->concepts[0].proved.at(0), 1);
}

enum class Voice { silent, indifferent, order };

struct Random {
  int issues = 2;
  struct Part {
    std::vector<int> ratifies;
    std::vector<Voice> voice;             ///< of each issue
    std::vector<std::vector<int>> order;  ///< levels, best first
    int limit_on = -1, worst = 0;         ///< what its limit refuses
  };
  std::vector<Part> parts;
};

Random random_case(std::mt19937& g) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(g); };
  Random r;
  r.issues = 2 + below(2);
  for (int i = 0; i < 1 + below(2); ++i) {
    Random::Part part;
    for (int k = 0; k < r.issues; ++k)
      if (below(2) == 0) part.ratifies.push_back(k);
    if (part.ratifies.empty()) part.ratifies.push_back(below(r.issues));
    const int kind = below(4);  // no wish, a limit, wishes, both
    for (int k = 0; k < r.issues; ++k) {
      std::vector<int> levels = {0, 1, 2};
      std::shuffle(levels.begin(), levels.end(), g);
      const int which = below(4);
      part.voice.push_back(which == 0               ? Voice::indifferent
                           : kind >= 2 && which > 1 ? Voice::order
                                                    : Voice::silent);
      part.order.push_back(levels);
    }
    if (kind % 2 == 1) {
      // On what it orders the limit leaves out what is worst to it; who is indifferent has none.
      part.limit_on = below(r.issues);
      const auto at = static_cast<std::size_t>(part.limit_on);
      if (part.voice[at] == Voice::indifferent) part.voice[at] = Voice::silent;
      part.worst = part.order[at][2];
    }
    r.parts.push_back(part);
  }
  return r;
}

std::string text_of(const Random& r) {
  std::string text =
      "parley: 1\naccount: x\nfrom: s\nsources: {s: {title: T}}\nactors: {p0: one, p1: another}\nparts:\n";
  for (std::size_t i = 0; i < r.parts.size(); ++i) {
    std::vector<std::string> names;
    for (const int k : r.parts[i].ratifies) names.push_back(fmt::format("i{}", k));
    text += fmt::format("  q{}: {{of: p{}, is: a part, ratifies: [{}]}}\n", i, i % 2, fmt::join(names, ", "));
  }
  text += "issues:\n";
  for (int k = 0; k < r.issues; ++k)
    text += fmt::format("  i{}: {{settled_by: [p0, p1], levels: [l0, l1, l2], now: l0}}\n", k);
  text += "preferences:\n  w: {by: p0, on: i0, order: l2 > l1 > l0}\n";
  std::string limits;
  for (std::size_t i = 0; i < r.parts.size(); ++i) {
    const auto& part = r.parts[i];
    for (std::size_t k = 0; k < part.voice.size(); ++k) {
      if (part.voice[k] == Voice::indifferent)
        text += fmt::format("  w_{}_{}: {{by: q{}, on: i{}, indifferent: yes}}\n", i, k, i, k);
      if (part.voice[k] == Voice::order)
        text += fmt::format("  w_{}_{}: {{by: q{}, on: i{}, order: l{} > l{} > l{}}}\n", i, k, i, k,
                            part.order[k][0], part.order[k][1], part.order[k][2]);
    }
    if (part.limit_on >= 0)
      limits += fmt::format("  l_{}: {{by: q{}, on: i{}, refuses: l{}}}\n", i, i, part.limit_on, part.worst);
  }
  return text + (limits.empty() ? "" : "positions:\n" + limits);
}

enum class Consent { given, open, refused };

Consent consent(const Random::Part& part, const std::vector<int>& from, const std::vector<int>& to) {
  const auto changed = [&](int k) {
    return from[static_cast<std::size_t>(k)] != to[static_cast<std::size_t>(k)];
  };
  if (std::none_of(part.ratifies.begin(), part.ratifies.end(), changed)) return Consent::given;
  // A limit is asked about with whatever is ratified, as at a table.
  if (part.limit_on >= 0 && to[static_cast<std::size_t>(part.limit_on)] == part.worst)
    return Consent::refused;
  const bool wishes = std::find(part.voice.begin(), part.voice.end(), Voice::order) != part.voice.end();
  if (!wishes) {
    if (part.limit_on >= 0) return Consent::given;
    const bool open = std::any_of(part.ratifies.begin(), part.ratifies.end(), [&](int k) {
      return changed(k) && part.voice[static_cast<std::size_t>(k)] != Voice::indifferent;
    });
    return open ? Consent::open : Consent::given;
  }
  bool better = false, worse = false;
  for (std::size_t k = 0; k < part.voice.size(); ++k) {
    if (from[k] == to[k] || part.voice[k] == Voice::indifferent) continue;
    const auto rank = [&](int level) {
      return std::find(part.order[k].begin(), part.order[k].end(), level) - part.order[k].begin();
    };
    // What it refuses is worse to it than all else; of the rest a limit alone says nothing.
    const bool by_limit = part.limit_on == static_cast<int>(k) && from[k] == part.worst;
    if (part.voice[k] == Voice::order)
      (rank(to[k]) < rank(from[k]) ? better : worse) = true;
    else if (by_limit)
      better = true;
    else
      better = worse = true;
  }
  return !worse ? Consent::given : better ? Consent::open : Consent::refused;
}

TEST(RatifierInGames, RandomGamesAgreeWithAnOracle) {
  std::mt19937 g(20'261'130);
  std::array<int, 3> seen{};
  for (int round = 0; round < 150; ++round) {
    const Random r = random_case(g);
    const auto framed = questions::frame_column(column_of(text_of(r)), ask_of(), nullptr);
    ASSERT_EQ(framed.games.size(), 1U) << text_of(r);
    const auto& game = framed.games[0].game;
    ASSERT_EQ(game.mover_names.at(2), "p0+p1");
    const auto has = [](const std::vector<stability::Arc>& arcs, stability::State s, stability::State t) {
      return std::any_of(arcs.begin(), arcs.end(),
                         [&](const stability::Arc& arc) { return arc.from == s && arc.to == t; });
    };
    const auto states = static_cast<stability::State>(game.graph.states.size());
    for (stability::State s = 0; s < states; ++s)
      for (stability::State t = 0; t < states; ++t) {
        if (s == t) continue;
        Consent all = Consent::given;
        for (const auto& part : r.parts)
          all = std::max(all, consent(part, game.graph.states[s].levels, game.graph.states[t].levels));
        ++seen[static_cast<std::size_t>(all)];
        ASSERT_EQ(has(game.graph.moves[2], s, t), all != Consent::refused) << s << " " << t << text_of(r);
        ASSERT_EQ(has(game.open_moves[2], s, t), all == Consent::open) << s << " " << t << text_of(r);
      }
  }
  for (const int each : seen) EXPECT_GT(each, 1000);
}

/// Weights decide where orders alone do not, as at a table.
TEST(RatifierInGames, WhatWeighsMoreDecides) {
  const std::string text = R"(parley: 1
account: valleys
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {north: the northern valley, south: the southern valley}
parts: {council: {of: north, is: the council, ratifies: [river]}}
issues:
  river: {settled_by: [north, south], levels: [low, high], now: low}
  fee: {settled_by: [north, south], levels: [low, high], now: low}
preferences:
  n1: {by: north, on: river, order: high > low}
  c1: {by: council, on: river, order: low > high}
  c2: {by: council, on: fee, order: high > low}
)";
  const auto moves = [&](const std::string& rows) {
    const auto framed = questions::frame_column(column_of(text + rows), ask_of(), nullptr);
    const auto& game = framed.games.at(0).game;
    std::pair<std::size_t, std::size_t> counts{0, game.open_moves.at(2).size()};
    for (const auto& arc : game.graph.moves.at(2))
      if (game.graph.states[arc.from].levels == std::vector<int>{0, 0} &&
          game.graph.states[arc.to].levels == std::vector<int>{1, 1})
        ++counts.first;
    return counts;
  };
  using Counts = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(moves(""), (Counts{1, 2}));  // both up, both down: the one wish against the other
  EXPECT_EQ(moves("saliences: {w: {by: council, order: river > fee}}\n"), (Counts{0, 0}));
  EXPECT_EQ(moves("saliences: {w: {by: council, order: fee > river}}\n"), (Counts{1, 0}));
}

}  // namespace
