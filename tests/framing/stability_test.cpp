// SPDX-License-Identifier: MIT
// Framing for stability against the rules written out with sets, on small random accounts.
#include "framing/stability.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "language/read.hpp"

namespace {

using namespace parley;

using Levels = std::vector<int>;
using Moves = std::set<std::pair<Levels, Levels>>;

struct PlainIssue {
  int levels = 2, now = 0;
  std::set<int> movers;
  bool never_falls = false;
};
struct Ban {  // issue a at level x rules out issue b at level y
  int a, x, b, y;
};
struct Condition {  // actor `by` does "issue v at least x" only if issue c is y
  int by, v, x, c, y;
};
struct Insistence {  // of joint issues: actor `by` insists that v is x
  int by, v, x;
};
struct Plain {
  int actors = 2;
  std::vector<PlainIssue> issues;
  std::vector<Ban> bans;
  std::vector<Condition> conditions;
  std::vector<Insistence> insists;
};

Plain random_plain(std::mt19937& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  Plain p;
  p.actors = 2 + below(2);
  const int issues = 2 + below(3);
  for (int i = 0; i < issues; ++i) {
    PlainIssue issue;
    issue.levels = 2 + below(2);
    issue.now = below(issue.levels);
    issue.movers.insert(below(p.actors));
    if (below(3) == 0) issue.movers.insert(below(p.actors));
    issue.never_falls = below(4) == 0;
    p.issues.push_back(issue);
  }
  const auto level = [&](int v) { return below(p.issues[static_cast<std::size_t>(v)].levels); };
  for (int n = below(3); n > 0; --n) {
    const int a = below(issues), b = (a + 1 + below(issues - 1)) % issues;
    p.bans.push_back({a, level(a), b, level(b)});
  }
  for (int n = below(3); n > 0; --n) {
    const int v = below(issues), c = (v + 1 + below(issues - 1)) % issues;
    p.conditions.push_back({below(p.actors), v, level(v), c, level(c)});
  }
  for (int n = below(3); n > 0; --n) {
    const int v = below(issues);
    p.insists.push_back({below(p.actors), v, level(v)});
  }
  return p;
}

std::string text_of(const Plain& p) {
  std::string text =
      "parley: 1\naccount: small\nfrom: ex\nsources: {ex: {title: an exercise, standpoint: "
      "exercise}}\nactors:\n";
  for (int i = 0; i < p.actors; ++i) text += fmt::format("  a{}: somebody\n", i);
  text += "issues:\n";
  for (std::size_t v = 0; v < p.issues.size(); ++v) {
    const PlainIssue& issue = p.issues[v];
    std::vector<std::string> movers, levels;
    for (const int m : issue.movers) movers.push_back(fmt::format("a{}", m));
    for (int l = 0; l < issue.levels; ++l) levels.push_back(fmt::format("l{}", l));
    text += fmt::format("  i{}: {{{}: {}, levels: [{}], now: l{}{}}}\n", v,
                        movers.size() == 1 ? "chosen_by" : "settled_by",
                        movers.size() == 1 ? movers[0] : fmt::format("[{}]", fmt::join(movers, ", ")),
                        fmt::join(levels, ", "), issue.now, issue.never_falls ? ", never_falls: yes" : "");
  }
  if (!p.bans.empty()) text += "mechanisms:\n";
  for (std::size_t n = 0; n < p.bans.size(); ++n)
    text += fmt::format("  m{}: {{cause: i{} is l{}, rules_out: i{} is l{}}}\n", n, p.bans[n].a, p.bans[n].x,
                        p.bans[n].b, p.bans[n].y);
  if (!p.conditions.empty()) text += "commitments:\n";
  for (std::size_t n = 0; n < p.conditions.size(); ++n) {
    const Condition& c = p.conditions[n];
    text += fmt::format("  c{}: {{by: a{}, will: i{} at least l{}, only_if: i{} is l{}}}\n", n, c.by, c.v,
                        c.x, c.c, c.y);
  }
  if (!p.insists.empty()) text += "positions:\n";
  for (std::size_t n = 0; n < p.insists.size(); ++n)
    text += fmt::format("  p{}: {{by: a{}, on: i{}, insists: l{}}}\n", n, p.insists[n].by, p.insists[n].v,
                        p.insists[n].x);
  return text;
}

/// All of it from the rules, with sets and nothing else.
std::set<Levels> states_of(const Plain& p) {
  std::set<Levels> all = {{}};
  for (const PlainIssue& issue : p.issues) {
    std::set<Levels> longer;
    for (const Levels& levels : all)
      for (int l = 0; l < issue.levels; ++l) {
        Levels more = levels;
        more.push_back(l);
        longer.insert(more);
      }
    all = longer;
  }
  std::erase_if(all, [&](const Levels& s) {
    return std::any_of(p.bans.begin(), p.bans.end(), [&](const Ban& ban) {
      return s[static_cast<std::size_t>(ban.a)] == ban.x && s[static_cast<std::size_t>(ban.b)] == ban.y;
    });
  });
  return all;
}

Moves moves_of(const Plain& p, const std::set<Levels>& states, const std::set<int>& who) {
  Moves moves;
  for (const Levels& s : states)
    for (const Levels& t : states) {
      if (s == t) continue;
      bool possible = true;
      for (std::size_t v = 0; v < s.size(); ++v) {
        if (s[v] == t[v]) continue;
        possible = possible && p.issues[v].movers == who && !(p.issues[v].never_falls && t[v] < s[v]);
      }
      for (const Condition& c : p.conditions) {
        const auto v = static_cast<std::size_t>(c.v);
        if (who.contains(c.by) && s[v] < c.x && t[v] >= c.x && t[static_cast<std::size_t>(c.c)] != c.y)
          possible = false;
      }
      for (const Insistence& i : p.insists) {
        const auto v = static_cast<std::size_t>(i.v);
        if (who.size() > 1 && who.contains(i.by) && s[v] != t[v] && t[v] != i.x) possible = false;
      }
      if (possible) moves.insert({s, t});
    }
  return moves;
}

TEST(StabilityFraming, StatesAndMovesAreThoseOfTheRules) {
  std::mt19937 random(3);
  int joint = 0, barred = 0, empty = 0;
  for (int round = 0; round < 1500; ++round) {
    const Plain p = random_plain(random);
    const auto reading = language::read_texts({{"small.yaml", text_of(p)}});
    ASSERT_TRUE(reading.ok()) << text_of(p);
    const auto situation = framing::make_situation(reading.base, {});
    framing::StabilityOptions options;
    for (std::size_t v = 0; v < p.issues.size(); ++v) options.focus.push_back(fmt::format("i{}", v));
    ASSERT_EQ(framing::wrong_focus(situation, options), "");
    const auto games = framing::frame_stability(situation, {}, options);
    ASSERT_EQ(games.size(), 1U);
    const auto& game = games.front();
    const std::set<Levels> states = states_of(p);
    if (states.empty()) {
      EXPECT_NE(game.too_large, "");
      ++empty;
      continue;
    }
    std::set<Levels> framed;
    long long last = -1;
    for (const auto& state : game.graph.states) {
      framed.insert(state.levels);
      long long code = 0, stride = 1;
      for (std::size_t v = 0; v < p.issues.size(); ++v) {
        code += stride * state.levels[v];
        stride *= p.issues[v].levels;
      }
      EXPECT_EQ(code, state.number);
      EXPECT_GT(state.number, last);
      last = state.number;
    }
    ASSERT_EQ(framed, states) << text_of(p);
    std::set<std::set<int>> expected_movers;
    for (const auto& issue : p.issues) {
      expected_movers.insert(issue.movers);
      for (const int m : issue.movers) expected_movers.insert({m});
    }
    ASSERT_EQ(game.movers.size(), expected_movers.size()) << text_of(p);
    for (std::size_t k = 0; k < game.movers.size(); ++k) {
      std::set<int> who;
      for (std::size_t i = 0; i < game.decision_makers.size(); ++i)
        if ((game.movers[k] >> i & 1U) != 0) who.insert(game.decision_makers[i][1] - '0');
      ASSERT_TRUE(expected_movers.contains(who));
      Moves moves;
      for (const auto& arc : game.graph.moves[k])
        moves.insert({game.graph.states[arc.from].levels, game.graph.states[arc.to].levels});
      ASSERT_EQ(moves, moves_of(p, states, who)) << text_of(p) << " mover " << game.mover_names[k];
      joint += who.size() > 1 ? 1 : 0;
    }
    for (const auto& row : game.barred) barred += row.moves > 0 ? 1 : 0;
    Levels now;
    for (const auto& issue : p.issues) now.push_back(issue.now);
    const int present = game.settlements.front().now;
    ASSERT_EQ(present >= 0, states.contains(now));
    if (present >= 0) {
      EXPECT_EQ(game.graph.states[static_cast<std::size_t>(present)].levels, now);
    }
  }
  EXPECT_GT(joint, 300);
  EXPECT_GT(barred, 200);
  EXPECT_LT(empty, 50);
}

/// Naming actors and issues otherwise, or listing them in another order, changes the numbers of the states
/// and nothing else.
TEST(StabilityFraming, TheOrderOfTheFocusOnlyRenumbers) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    const Plain p = random_plain(random);
    const auto reading = language::read_texts({{"small.yaml", text_of(p)}});
    const auto situation = framing::make_situation(reading.base, {});
    framing::StabilityOptions options;
    for (std::size_t v = 0; v < p.issues.size(); ++v) options.focus.push_back(fmt::format("i{}", v));
    const auto first = framing::frame_stability(situation, {}, options).front();
    std::reverse(options.focus.begin(), options.focus.end());
    const auto second = framing::frame_stability(situation, {}, options).front();
    ASSERT_EQ(first.graph.states.size(), second.graph.states.size());
    ASSERT_EQ(first.mover_names, second.mover_names);
    const auto named = [](const framing::AccountGame& game, std::size_t k) {
      std::set<std::pair<std::map<std::string, int>, std::map<std::string, int>>> moves;
      const auto levels = [&](stability::State s) {
        std::map<std::string, int> map;
        for (std::size_t v = 0; v < game.focus.size(); ++v)
          map[game.focus[v].id] = game.graph.states[s].levels[v];
        return map;
      };
      for (const auto& arc : game.graph.moves[k]) moves.insert({levels(arc.from), levels(arc.to)});
      return moves;
    };
    for (std::size_t k = 0; k < first.movers.size() && first.too_large.empty(); ++k)
      EXPECT_EQ(named(first, k), named(second, k));
  }
}

}  // namespace
