// SPDX-License-Identifier: MIT
// Claims about how talks end against every world and every way to end, worked out by hand (ends_oracle.hpp).
#include <gtest/gtest.h>

#include "claim_account.hpp"
#include "ends_oracle.hpp"
#include "questions/claim_test.hpp"

namespace {

using namespace claims;
using parley::ends::EndAccount;
using parley::ends::EndAtom;
using parley::ends::EndOracle;
using parley::ends::EndRow;
using parley::ends::EndState;
using parley::ends::EndWorld;
using parley::questions::Tested;
using Of = EndAtom::Of;

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  /// `plain`: every number a point, and nothing left to chance.
  EndAccount account(bool plain = false) {
    EndAccount a;
    for (std::size_t i = 0; i < 2; ++i) {
      a.levels[i] = i == 0 ? 2 + below(2) : 2;
      a.now[i] = below(3) == 0 ? below(a.levels[i]) : 0;
    }
    static const std::vector<std::vector<std::vector<int>>> kTables = {
        {{0}}, {{0, 1}}, {{0, 1}, {0}}, {{0}, {0}}, {{0}, {1}}, {{0, 1}, {1, 0}}, {{1}, {0, 1}}};
    a.tables = kTables[static_cast<std::size_t>(below(7))];
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t i = 0; i < 2; ++i)
        for (int l = 0; l < a.levels[i]; ++l) {
          auto& list = a.worth[p][i];
          int worth = below(11);
          while (std::count(list.begin(), list.end(), worth) > 0) worth = below(11);
          list.push_back(worth);
        }
      a.weight_said[p] = !plain && below(3) == 0 ? below(2) : 2;
      const int low = 10 + 10 * below(6);
      a.weight[p] = a.weight_said[p] == 0     ? std::pair(0, 100)
                    : a.weight_said[p] == 1   ? std::pair(50, 100)
                    : !plain && below(3) == 0 ? std::pair(low, low + 20)
                                              : std::pair(low, low);
      if (below(3) == 0) {
        const int i = below(2);
        const auto& list = a.worth[p][static_cast<std::size_t>(i)];
        a.refused.push_back({static_cast<int>(p), i,
                             static_cast<int>(std::min_element(list.begin(), list.end()) - list.begin())});
      }
    }
    for (int& s : a.standing) s = below(3) == 0 ? 1 : 0;
    const auto row = [&](const char* id, EndAtom trigger, int other) {
      a.rows.push_back({id, trigger, flip(a, other), plain || below(3) != 0, below(3) == 0});
    };
    if (below(2) == 0) row("k_war", trigger(a), 0);
    if (below(2) == 0) row("k_aid", trigger(a), 1);
    if (below(3) == 0) row("k_calm", flip(a, 0), 2);
    if (!plain && below(6) == 0)
      a.rows.insert(a.rows.begin(), {"k_x",
                                     {Of::talks, below(tables(a)), parley::ends::kBroken},
                                     {Of::issue, 0, below(a.levels[0])},
                                     true,
                                     false});
    return a;
  }

  static int tables(const EndAccount& a) { return static_cast<int>(a.tables.size()); }
  static EndAtom flip(const EndAccount& a, int other) {
    return {Of::other, other, 1 - a.standing[static_cast<std::size_t>(other)]};
  }
  EndAtom trigger(const EndAccount& a) { return below(3) == 0 ? issue(a, below(2)) : talks(a); }
  EndAtom talks(const EndAccount& a) {
    return {Of::talks, below(tables(a)), below(2) == 0 ? parley::ends::kSigned : parley::ends::kBroken};
  }
  EndAtom issue(const EndAccount& a, int i) {
    const int level = below(a.levels[static_cast<std::size_t>(i)]);
    return {Of::issue, i, level, level > 0 && below(3) == 0};
  }
  /// An issue that stands on some table.
  EndAtom listed(const EndAccount& a) {
    const auto& issues = a.tables[static_cast<std::size_t>(below(tables(a)))];
    return issue(a, issues[static_cast<std::size_t>(below(static_cast<int>(issues.size())))]);
  }
  EndAtom other() { return {Of::other, below(3), below(2)}; }

 private:
  std::mt19937 random_;
};

/// Atoms joined by `and`, each perhaps denied.
struct Condition {
  std::vector<std::pair<EndAtom, bool>> parts;
  [[nodiscard]] bool holds(const EndState& s) const {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const auto& part) { return part.first.holds(s) != part.second; });
  }
  [[nodiscard]] std::string text() const {
    std::vector<std::string> list;
    for (const auto& [atom, denied] : parts) list.push_back((denied ? "not " : "") + atom.text());
    return fmt::format("{}", fmt::join(list, " and "));
  }
  [[nodiscard]] bool names(Of of) const {
    return std::any_of(parts.begin(), parts.end(), [of](const auto& part) { return part.first.of == of; });
  }
};

/// What the account says of a condition, by every world and every way to end.
struct Truth {
  bool some = false;               ///< some way has what is given
  bool every = true, none = true;  ///< of these, do all ways have it, does none
  bool none_bare = true;           ///< the same, whatever may be the case beside the tables
  bool each_world = true;          ///< in each world some way may have it
  bool each_world_there = true;    ///< one that is there
  bool each_world_shown = true;    ///< ... with a package where there is one
};

Truth truth_of(const EndOracle& oracle, const Condition& said, const Condition& given) {
  Truth t;
  for (const EndWorld& world : oracle.worlds()) {
    bool met = false, may = false, there = false, shown = false, all = true;
    for (const auto& way : EndOracle::ways(world)) {
      bool package = true;
      for (std::size_t w = 0; w < way.size(); ++w) package = package && (way[w] >= 0 || world[w].empty());
      for (const EndState& s : oracle.states(world, way)) {
        if (!given.holds(s)) continue;
        t.some = met = true;
        const bool has = said.holds(s);
        t.every = t.every && has;
        t.none = t.none && !has;
        all = all && has;
        there = there || (has && oracle.there(world, way));
        shown = shown || (has && package);
      }
      for (const EndState& s : oracle.states(world, way, EndOracle::Read::present))
        may = may || (given.holds(s) && said.holds(s));
      for (const EndState& s : oracle.states(world, way, EndOracle::Read::bare))
        if (given.holds(s) && said.holds(s)) t.none_bare = false;
    }
    if (!met) continue;  // what is given cannot be there
    t.each_world = t.each_world && may;
    t.each_world_there = t.each_world_there && (there || all);
    t.each_world_shown = t.each_world_shown && shown;
  }
  return t;
}

struct Asked {
  std::string field;
  Condition said, given;
  [[nodiscard]] std::string text() const {
    return fmt::format("{}: {}{}", field, said.text(), given.parts.empty() ? "" : ", given: " + given.text());
  }
};

Tested tested(const language::Reading& reading, const std::string& id, int draws) {
  questions::Column column;
  column.alternative = "base";
  column.rows = reading.base;
  questions::SolveOptions options;
  options.draws = draws;
  return questions::ClaimTester(column, options).test(*reading.base.find(id));
}

language::Reading with_claims(const EndAccount& account, const std::vector<std::string>& claims) {
  std::string text = account.text() + "claims:\n";
  for (std::size_t i = 0; i < claims.size(); ++i) text += fmt::format("  c{}: {{{}}}\n", i, claims[i]);
  auto reading = language::read_texts({{"small.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.message << "\n" << text;
  return reading;
}

Asked random_claim(Maker& m, const EndAccount& a) {
  static const char* const kFields[] = {"entails", "possible", "likely", "entails"};
  Asked asked{kFields[m.below(4)], {}, {}};
  if (m.below(3) == 0) asked.given.parts.emplace_back(m.talks(a), m.below(6) == 0);
  if (asked.given.parts.empty() ? m.below(5) == 0 : m.below(5) == 0)
    asked.given.parts.emplace_back(m.listed(a), false);
  // Of what stands beside the tables only where it is given that talks agree: else it is no claim of ends.
  const bool agreed = std::any_of(asked.given.parts.begin(), asked.given.parts.end(), [](const auto& part) {
    return part.first.of == Of::talks && (part.first.level == parley::ends::kSigned) != part.second;
  });
  const int kind = m.below(agreed ? 4 : 3);
  if (kind == 3) asked.said.parts.emplace_back(m.other(), false);
  if (kind == 0 || kind == 2) asked.said.parts.emplace_back(m.talks(a), m.below(4) == 0);
  if (kind == 1 || (kind == 2 && m.below(2) == 0))
    asked.said.parts.emplace_back(m.listed(a), m.below(4) == 0);
  if (kind != 3 && m.below(3) == 0) asked.said.parts.emplace_back(m.other(), m.below(4) == 0);
  return asked;
}

struct Met {
  int yes = 0, no = 0, open = 0, whole = 0;
};

TEST(ClaimEndsOracle, NoVerdictSaysMoreThanEveryWayToEnd) {
  Maker m(11);
  std::map<std::string, Met> met;
  for (int trial = 0; trial < 2500; ++trial) {
    const EndAccount a = m.account(trial % 3 == 0);
    const EndOracle oracle(a);
    std::vector<Asked> list;
    std::vector<std::string> texts;
    for (int c = 0; c < 4; ++c) {
      list.push_back(random_claim(m, a));
      texts.push_back(list.back().text());
    }
    const auto reading = with_claims(a, texts);
    const bool plain = a.settled() && std::none_of(a.rows.begin(), a.rows.end(), [](const EndRow& row) {
                         return row.act.of == Of::issue || !row.sure;
                       });
    for (std::size_t c = 0; c < list.size(); ++c) {
      SCOPED_TRACE(fmt::format("trial {}: {}\n{}", trial, texts[c], a.text()));
      const Asked& asked = list[c];
      const Truth t = truth_of(oracle, asked.said, asked.given);
      const Tested result = tested(reading, fmt::format("c{}", c), 0);
      // What a row says to be likely is so whatever may come of the talks.
      if (result.why.starts_with("a row")) continue;
      Met& counted = met[asked.field];
      const bool yes = result.yes(), no = result.status == Tested::Status::no;
      counted.yes += yes;
      counted.no += no;
      counted.open += !yes && !no;
      // Nothing is proved of what is given and cannot be.
      const bool acted = std::any_of(a.rows.begin(), a.rows.end(),
                                     [](const EndRow& row) { return row.act.of == Of::issue; });
      EXPECT_TRUE(t.some || acted || (!yes && !no)) << result.why;
      const bool possible = asked.field == "possible";
      EXPECT_TRUE(!yes || (possible ? t.each_world : t.every)) << result.why;
      EXPECT_TRUE(!no || (possible ? t.none_bare : t.none)) << result.why;
      // Where everything is settled and nothing is left to chance all that is so is found.
      const bool single = asked.said.parts.size() == 1 && !asked.given.names(Of::issue);
      if (!plain || !single || !t.some) continue;
      ++counted.whole;
      if (asked.field == "entails") {
        EXPECT_EQ(yes, t.every) << result.why;
        EXPECT_EQ(no, t.none) << result.why;
      } else if (possible && !asked.said.names(Of::other)) {
        EXPECT_EQ(no, t.none_bare) << result.why;
        EXPECT_TRUE(yes || !t.each_world_shown) << result.why;
      }
      if (HasFailure()) return;
    }
  }
  for (const char* field : {"entails", "possible", "likely"}) {
    EXPECT_GT(met[field].yes, 50) << field;
    EXPECT_GT(met[field].no, 50) << field;
    EXPECT_GT(met[field].open, 50) << field;
    EXPECT_GT(met[field].whole, 60) << field;
  }
}

/// Every number a point, nothing left to chance: there is one world, and each share is all or nothing.
TEST(ClaimEndsOracle, InOneWorldAShareIsAllOrNothing) {
  Maker m(12);
  int counted = 0, all = 0, none = 0, elsewhere = 0;
  for (int trial = 0; trial < 1500 && !HasFailure(); ++trial) {
    const EndAccount a = m.account(true);
    const Asked asked = random_claim(m, a);
    if (asked.said.parts.size() != 1 || asked.given.names(Of::issue) || asked.field == "likely" ||
        asked.said.names(Of::other))
      continue;
    SCOPED_TRACE(fmt::format("trial {}: {}\n{}", trial, asked.text(), a.text()));
    const EndOracle oracle(a);
    const Truth t = truth_of(oracle, asked.said, asked.given);
    const Tested result = tested(with_claims(a, {asked.text()}), "c0", 3);
    if (!result.share || !t.some) continue;
    ++counted;
    const auto [yes, of] = *result.share;
    EXPECT_TRUE(yes == 0 || yes == of);
    const bool possible = asked.field == "possible";
    EXPECT_EQ(yes == of, possible ? t.each_world_there : t.every) << result.why;
    EXPECT_EQ(result.against->yes == of, possible ? t.none_bare : t.none) << result.why;
    all += yes == of ? 1 : 0;
    none += yes == 0 ? 1 : 0;
    elsewhere += possible && t.each_world_there && !t.each_world_shown ? 1 : 0;
  }
  EXPECT_GT(counted, 150);
  EXPECT_GT(all, 30);
  EXPECT_GT(none, 30);
  EXPECT_GT(elsewhere, 0);
}

/// What talks need to agree or to fail, and what suffices for it: whether a package is acceptable to all.
TEST(ClaimEndsOracle, WhatItTakesForTalksToAgreeOrFail) {
  Maker m(13);
  int needs = 0, needless = 0, enough = 0, too_little = 0, shuts = 0, opens = 0;
  for (int trial = 0; trial < 1500 && !HasFailure(); ++trial) {
    EndAccount a = m.account(trial % 2 == 0);
    std::erase_if(a.rows, [](const EndRow& row) { return row.act.of == Of::issue; });
    const auto t = static_cast<std::size_t>(m.below(Maker::tables(a)));
    const int i = a.tables[t][static_cast<std::size_t>(m.below(static_cast<int>(a.tables[t].size())))];
    // Where a party refuses what is so today, what is set beforehand may open the rest.
    if (trial % 3 == 0 && a.refused.empty()) {
      const auto& worth = a.worth[0][static_cast<std::size_t>(i)];
      a.now[static_cast<std::size_t>(i)] =
          static_cast<int>(std::min_element(worth.begin(), worth.end()) - worth.begin());
      a.refused.push_back({0, i, a.now[static_cast<std::size_t>(i)]});
    }
    const EndAtom level = m.issue(a, i);
    const EndOracle oracle(a);
    const auto reading = with_claims(
        a, {fmt::format("necessary: {}, for: t{} agreed", level.text(), t),
            fmt::format("sufficient: {} is l{}, for: t{} agreed", i == 0 ? "x" : "y", level.level, t),
            fmt::format("not_sufficient: {} is l{}, for: t{} agreed", i == 0 ? "x" : "y", level.level, t),
            fmt::format("sufficient: {} is l{}, for: t{} failed", i == 0 ? "x" : "y", level.level, t)});
    SCOPED_TRACE(fmt::format("trial {}: {} t{}\n{}", trial, level.text(), t, a.text()));
    const auto place =
        static_cast<std::size_t>(std::find(a.tables[t].begin(), a.tables[t].end(), i) - a.tables[t].begin());
    bool some = false, all_have = true, each_lacks = true, always = true, never = true;
    for (const EndWorld& world : oracle.worlds()) {
      bool lacks = false;
      for (const auto& package : world[t]) {
        EndState s;
        s.issue[static_cast<std::size_t>(i)] = package[place];
        some = true;
        all_have = all_have && level.holds(s);
        lacks = lacks || !level.holds(s);
      }
      each_lacks = each_lacks && lacks;
      always = always && !world[t].empty();
      never = never && world[t].empty();
    }
    const auto need = tested(reading, "c0", 0);
    EXPECT_TRUE(!need.yes() || (some && all_have)) << need.why;
    EXPECT_TRUE(need.status != Tested::Status::no || each_lacks) << need.why;
    if (a.settled()) {
      EXPECT_EQ(need.yes(), some && all_have) << need.why;
      EXPECT_EQ(need.status == Tested::Status::no, each_lacks) << need.why;
    }
    needs += need.yes() ? 1 : 0;
    needless += need.status == Tested::Status::no ? 1 : 0;
    if (a.tables[t].size() < 2) continue;
    const auto with = EndOracle::with_set(a, t, i, level.level);
    const bool with_always = std::all_of(with.begin(), with.end(), [](bool x) { return x; }),
               with_never = std::none_of(with.begin(), with.end(), [](bool x) { return x; });
    const auto suffices = tested(reading, "c1", 0), falls_short = tested(reading, "c2", 0),
               fails = tested(reading, "c3", 0);
    const bool yes = suffices.yes(), no = suffices.status == Tested::Status::no, shut = fails.yes(),
               open = fails.status == Tested::Status::no;
    EXPECT_TRUE(!yes || (with_always && !always)) << suffices.why;
    EXPECT_TRUE(!no || with_never) << suffices.why;
    EXPECT_EQ(falls_short.yes(), no);
    EXPECT_EQ(falls_short.status == Tested::Status::no, yes);
    EXPECT_TRUE(!shut || (with_never && !never)) << fails.why;
    EXPECT_TRUE(!open || with_always) << fails.why;
    if (a.settled()) {
      EXPECT_EQ(yes, with_always && !always) << suffices.why;
      EXPECT_EQ(no, with_never) << suffices.why;
      EXPECT_EQ(shut, with_never && !never) << fails.why;
      EXPECT_EQ(open, with_always) << fails.why;
    }
    enough += yes ? 1 : 0;
    too_little += no ? 1 : 0;
    shuts += shut ? 1 : 0;
    opens += open ? 1 : 0;
  }
  for (const int met : {needs, needless, too_little, shuts, opens}) EXPECT_GT(met, 5);
  EXPECT_GT(enough, 1);
}

/// What talks that agree or fail suffice for, and what is never without them.
TEST(ClaimEndsOracle, WhatFollowsWhereTalksAgreeOrFail) {
  Maker m(14);
  int enough = 0, too_little = 0, needed = 0, needless = 0;
  for (int trial = 0; trial < 1500 && !HasFailure(); ++trial) {
    const EndAccount a = m.account();
    const Condition end{{{m.talks(a), false}}},
        goal{{{m.below(3) == 0 && end.parts[0].first.level == parley::ends::kSigned ? m.other() : m.listed(a),
               false}}};
    const EndOracle oracle(a);
    SCOPED_TRACE(fmt::format("trial {}: {} for {}\n{}", trial, end.text(), goal.text(), a.text()));
    const auto reading = with_claims(a, {fmt::format("sufficient: {}, for: {}", end.text(), goal.text()),
                                         fmt::format("necessary: {}, for: {}", end.text(), goal.text())});
    const Truth follows = truth_of(oracle, goal, end);
    Condition apart = goal;
    apart.parts.emplace_back(end.parts[0].first, true);
    const Truth without = truth_of(oracle, apart, {}), at_all = truth_of(oracle, goal, {});
    const auto suffices = tested(reading, "c0", 0), needs = tested(reading, "c1", 0);
    const bool yes = suffices.yes(), no = suffices.status == Tested::Status::no;
    EXPECT_TRUE(!yes || (follows.some && follows.every)) << suffices.why;
    EXPECT_TRUE(!no || (follows.some && follows.none)) << suffices.why;
    const bool acted =
        std::any_of(a.rows.begin(), a.rows.end(), [](const EndRow& row) { return row.act.of == Of::issue; });
    if (!goal.names(Of::other)) {
      EXPECT_TRUE(!needs.yes() || (without.none && (acted || !at_all.none))) << needs.why;
      EXPECT_TRUE(needs.status != Tested::Status::no || without.each_world) << needs.why;
    }
    enough += yes ? 1 : 0;
    too_little += no ? 1 : 0;
    needed += needs.yes() ? 1 : 0;
    needless += needs.status == Tested::Status::no ? 1 : 0;
  }
  for (const int met : {enough, too_little, needed, needless}) EXPECT_GT(met, 5);
}

}  // namespace
