// SPDX-License-Identifier: MIT
// Small accounts of one or two talks that may share an issue, and everything that can become of them, worked
// out by hand: every set of packages that some weights make acceptable, every way in which the talks end with
// these, and every state that what is said to follow leaves. Shares no code with Parley.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace parley::ends {

inline constexpr int kOpenTalks = 0, kSigned = 1, kBroken = 2;

/// Everything that a condition can name.
struct EndState {
  std::array<int, 2> issue{};  ///< x, y
  std::array<int, 2> talks{};  ///< t0, t1
  std::array<int, 3> other{};  ///< war, aid, calm: 0 or 1
};

/// A condition in words, and when it holds.
struct EndAtom {
  enum class Of { issue, talks, other } of = Of::issue;
  int at = 0, level = 0;
  bool at_least = false;
  [[nodiscard]] bool holds(const EndState& s) const {
    const int is = of == Of::issue   ? s.issue[static_cast<std::size_t>(at)]
                   : of == Of::talks ? s.talks[static_cast<std::size_t>(at)]
                                     : s.other[static_cast<std::size_t>(at)];
    return at_least ? is >= level : is == level;
  }
  [[nodiscard]] std::string text() const {
    static const char* const kOther[] = {"war", "aid", "calm"};
    if (of == Of::talks) return fmt::format("t{} {}", at, level == kSigned ? "agreed" : "failed");
    if (of == Of::other) return fmt::format("{} is {}", kOther[at], level == 0 ? "absent" : "present");
    return fmt::format("{} {} l{}", at == 0 ? "x" : "y", at_least ? "at least" : "is", level);
  }
};

/// `if` the atom holds somebody does the act: surely, or perhaps.
struct EndRow {
  std::string id;
  EndAtom trigger, act;
  bool sure = true, mechanism = false;
};

using EndPackage = std::vector<int>;  ///< level per issue of the table

struct EndAccount {
  std::array<int, 2> levels{}, now{};
  std::vector<std::vector<int>> tables;                  ///< issues of each talks row
  std::array<std::array<std::vector<int>, 2>, 2> worth;  ///< [party][issue][level], 0..10
  std::array<std::pair<int, int>, 2> weight;             ///< of x, in percent, lowest and highest
  std::array<int, 2> weight_said{};                      ///< 0: nothing, 1: an order, 2: numbers
  std::vector<std::array<int, 3>> refused;               ///< party, issue, level
  std::array<int, 3> standing{};                         ///< war, aid, calm at present
  std::vector<EndRow> rows;

  [[nodiscard]] EndState present() const { return {now, {kOpenTalks, kOpenTalks}, standing}; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool settled() const {
    return std::all_of(weight.begin(), weight.end(), [](const auto& w) { return w.first == w.second; });
  }
};

inline std::string EndAccount::text() const {
  std::string text =
      "parley: 1\naccount: small\nfrom: ex\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
      "actors: {a: one side, b: the other side, c: a third, d: a fourth}\nissues:\n";
  for (std::size_t i = 0; i < 2; ++i) {
    std::string list;
    for (int l = 0; l < levels[i]; ++l) list += fmt::format("{}l{}", l == 0 ? "" : ", ", l);
    text += fmt::format("  {}: {{settled_by: [a, b], levels: [{}], now: l{}}}\n", i == 0 ? "x" : "y", list,
                        now[i]);
  }
  const char* const names[] = {"war", "aid", "calm"};
  for (std::size_t i = 0; i < 3; ++i)
    text += fmt::format("  {}: {{{}, levels: [absent, present], now: {}}}\n", names[i],
                        i == 1 ? "chosen_by: c" : "nature: yes", standing[i] == 0 ? "absent" : "present");
  text += "talks:\n";
  for (std::size_t t = 0; t < tables.size(); ++t) {
    std::vector<std::string> list;
    for (const int i : tables[t]) list.emplace_back(i == 0 ? "x" : "y");
    text += fmt::format("  t{}: {{parties: [a, b], issues: [{}]}}\n", t, fmt::join(list, ", "));
  }
  text += "preferences:\n";
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t i = 0; i < 2; ++i) {
      std::string list;
      for (int l = 0; l < levels[i]; ++l)
        list +=
            fmt::format("{}l{}: {}%", l == 0 ? "" : ", ", l, 10 * worth[p][i][static_cast<std::size_t>(l)]);
      text += fmt::format("  w{}{}: {{by: {}, on: {}, worth: {{{}}}}}\n", p, i, p == 0 ? "a" : "b",
                          i == 0 ? "x" : "y", list);
    }
  text += "positions:\n";
  for (const char* by : {"a", "b"})
    for (const char* on : names)
      text += fmt::format("  {}_{}: {{by: {}, on: {}, indifferent: yes}}\n", by, on, by, on);
  for (const auto& [p, i, l] : refused)
    text += fmt::format("  no_{}{}{}: {{by: {}, on: {}, refuses: l{}}}\n", p, i, l, p == 0 ? "a" : "b",
                        i == 0 ? "x" : "y", l);
  std::string said;
  for (std::size_t p = 0; p < 2; ++p) {
    const char* by = p == 0 ? "a" : "b";
    const auto [low, high] = weight[p];
    if (weight_said[p] == 1) said += fmt::format("  s{}: {{by: {}, order: x > y}}\n", p, by);
    if (weight_said[p] == 2)
      said += low == high
                  ? fmt::format("  s{}: {{by: {}, weights: {{x: {}%, y: {}%}}}}\n", p, by, low, 100 - low)
                  : fmt::format("  s{}: {{by: {}, weights: {{x: {}% to {}%}}}}\n", p, by, low, high);
  }
  if (!said.empty()) text += "saliences:\n" + said;
  std::string commitments, mechanisms;
  for (const EndRow& row : rows) {
    const char* by = row.trigger.of == EndAtom::Of::other ? "d" : "c";
    if (row.mechanism)
      mechanisms += fmt::format("  {}: {{cause: {}, makes_likely: {}{}}}\n", row.id, row.trigger.text(),
                                row.act.text(), row.sure ? ", strength: 100%" : "");
    else
      commitments += fmt::format("  {}: {{by: {}, if: {}, will: {}{}}}\n", row.id, by, row.trigger.text(),
                                 row.act.text(), row.sure ? ", carried_out: 100%" : "");
  }
  if (!commitments.empty()) text += "commitments:\n" + commitments;
  if (!mechanisms.empty()) text += "mechanisms:\n" + mechanisms;
  return text;
}

/// What one world makes acceptable to all, per table; and whether a table has no package.
using EndWorld = std::vector<std::vector<EndPackage>>;

class EndOracle {
 public:
  explicit EndOracle(const EndAccount& account) : a_(account) {
    std::array<std::vector<std::int64_t>, 2> points;  // weights of x that make every difference, in 1/kFine
    for (std::size_t p = 0; p < 2; ++p) points[p] = weights(p);
    std::set<EndWorld> all;
    for (const std::int64_t wa : points[0])
      for (const std::int64_t wb : points[1]) {
        EndWorld world;
        for (std::size_t t = 0; t < a_.tables.size(); ++t) world.push_back(zone(t, {wa, wb}));
        all.insert(std::move(world));
      }
    worlds_.assign(all.begin(), all.end());
  }

  [[nodiscard]] const std::vector<EndWorld>& worlds() const { return worlds_; }

  /// Every way for the talks to end: per table a package of the zone, or nothing (-1).
  static std::vector<std::vector<int>> ways(const EndWorld& world) {
    std::vector<std::vector<int>> list = {{}};
    for (const auto& zone : world) {
      std::vector<std::vector<int>> longer;
      for (const auto& before : list)
        for (int x = -1; x < static_cast<int>(zone.size()); ++x) {
          longer.push_back(before);
          longer.back().push_back(x);
        }
      list = std::move(longer);
    }
    return list;
  }

  enum class Read {
    change,   ///< what the end brings
    present,  ///< and what is due already today, and may still be done
    bare      ///< with whatever may be the case beside the tables
  };
  /// Every state in which a way may leave things.
  [[nodiscard]] std::vector<EndState> states(const EndWorld& world, const std::vector<int>& way,
                                             Read read = Read::change) const {
    std::array<std::set<int>, 2> at;
    EndState start = a_.present();
    for (std::size_t t = 0; t < way.size(); ++t) {
      start.talks[t] = way[t] < 0 ? kBroken : kSigned;
      for (std::size_t k = 0; way[t] >= 0 && k < a_.tables[t].size(); ++k)
        at[static_cast<std::size_t>(a_.tables[t][k])].insert(world[t][static_cast<std::size_t>(way[t])][k]);
    }
    std::vector<EndState> list = {start};
    for (std::size_t i = 0; i < 2; ++i) {
      if (at[i].empty()) continue;
      std::vector<EndState> wider;
      for (const EndState& s : list)
        for (const int level : at[i]) {
          wider.push_back(s);
          wider.back().issue[i] = level;
        }
      list = std::move(wider);
    }
    std::vector<EndState> result;
    for (const EndState& s : list) follow(s, 0, at, read == Read::present, result);
    if (read != Read::bare) return result;
    std::vector<EndState> wider;
    for (const EndState& s : result)
      for (int code = 0; code < 8; ++code) {
        wider.push_back(s);
        wider.back().other = {code & 1, code >> 1 & 1, code >> 2 & 1};
      }
    return wider;
  }

  /// Is it so there: each table ends with a package, or has none, or what it is about is settled elsewhere?
  [[nodiscard]] bool there(const EndWorld& world, const std::vector<int>& way) const {
    for (std::size_t t = 0; t < way.size(); ++t) {
      if (way[t] >= 0 || world[t].empty()) continue;
      bool elsewhere = false;
      for (std::size_t u = 0; u < way.size(); ++u)
        if (u != t && way[u] >= 0)
          for (const int i : a_.tables[t])
            elsewhere = elsewhere || std::count(a_.tables[u].begin(), a_.tables[u].end(), i) > 0;
      if (!elsewhere) return false;
    }
    return true;
  }

  /// With the issue set beforehand, and no longer on any table: in each world, is a package left at this one
  /// that all accept?
  [[nodiscard]] static std::vector<bool> with_set(EndAccount account, std::size_t table, int issue,
                                                  int level) {
    account.now[static_cast<std::size_t>(issue)] = level;
    for (auto& issues : account.tables) std::erase(issues, issue);
    std::erase_if(account.rows,
                  [&](const EndRow& row) { return row.act.of == EndAtom::Of::issue && row.act.at == issue; });
    std::vector<bool> list;
    const EndOracle other(account);
    for (const EndWorld& world : other.worlds_) list.push_back(!world[table].empty());
    return list;
  }

 private:
  static constexpr std::int64_t kFine = 2'327'925'600;  ///< weights are tried in these parts

  [[nodiscard]] std::int64_t value(std::size_t p, const std::array<int, 2>& levels, std::int64_t w) const {
    return w * a_.worth[p][0][static_cast<std::size_t>(levels[0])] +
           (kFine - w) * a_.worth[p][1][static_cast<std::size_t>(levels[1])];
  }

  /// One weight between each two at which a difference turns: what is so at these alone has no share.
  [[nodiscard]] std::vector<std::int64_t> weights(std::size_t p) const {
    const auto [low, high] = a_.weight[p];
    const std::int64_t from = low * kFine / 100, to = high * kFine / 100;
    if (from == to) return {from};
    std::set<std::int64_t> turns = {from, to};
    for (const int d : differences(a_.worth[p][0]))
      for (const int e : differences(a_.worth[p][1]))
        if (d != e)
          if (const std::int64_t w = -e * kFine / (d - e); w > from && w < to) turns.insert(w);
    std::vector<std::int64_t> between;
    std::int64_t before = -1;
    for (const std::int64_t w : turns) {
      if (before >= 0) between.push_back((before + w) / 2);
      before = w;
    }
    return between;
  }

  static std::set<int> differences(const std::vector<int>& worth) {
    std::set<int> list;
    for (const int one : worth)
      for (const int other : worth) list.insert(one - other);
    return list;
  }

  /// What a party gets without a deal at this table: how things stand, and what is surely done then.
  [[nodiscard]] std::array<int, 2> no_deal(std::size_t table) const {
    std::array<int, 2> at = a_.now;
    for (const EndRow& row : a_.rows)
      if (row.act.of == EndAtom::Of::issue && row.trigger.of == EndAtom::Of::talks &&
          row.trigger.at == static_cast<int>(table) && row.trigger.level == kBroken)
        at[static_cast<std::size_t>(row.act.at)] = row.act.level;
    return at;
  }

  [[nodiscard]] std::vector<EndPackage> zone(std::size_t table, const std::array<std::int64_t, 2>& w) const {
    std::vector<EndPackage> list = {{}};
    for (const int i : a_.tables[table]) {
      std::vector<EndPackage> longer;
      for (const auto& before : list)
        for (int l = 0; l < a_.levels[static_cast<std::size_t>(i)]; ++l) {
          longer.push_back(before);
          longer.back().push_back(l);
        }
      list = std::move(longer);
    }
    std::erase_if(list, [&](const EndPackage& package) { return !acceptable(table, package, w); });
    return list;
  }

  [[nodiscard]] bool acceptable(std::size_t table, const EndPackage& package,
                                const std::array<std::int64_t, 2>& w) const {
    std::array<int, 2> at = a_.now;
    for (std::size_t k = 0; k < package.size(); ++k)
      at[static_cast<std::size_t>(a_.tables[table][k])] = package[k];
    if (at == a_.now) return false;  // an agreement moves something
    // What stands beside the table is held where it is; a limit on what is only led to is not binding.
    for (const auto& [p, i, l] : a_.refused)
      if (at[static_cast<std::size_t>(i)] == l && (on(table, i) || !acted_on(i))) return false;
    const auto without = no_deal(table);
    for (std::size_t p = 0; p < 2; ++p)
      if (value(p, at, w[p]) < value(p, without, w[p])) return false;
    return true;
  }

  [[nodiscard]] bool on(std::size_t table, int issue) const {
    return std::count(a_.tables[table].begin(), a_.tables[table].end(), issue) > 0;
  }
  [[nodiscard]] bool acted_on(int issue) const {
    return std::any_of(a_.rows.begin(), a_.rows.end(), [&](const EndRow& row) {
      return row.act.of == EndAtom::Of::issue && row.act.at == issue;
    });
  }

  /// Rows in their order: each that is due is done, or may be. What stood already is no occasion for a
  /// mechanism; what somebody will do then may be done as the talks end.
  void follow(const EndState& s, std::size_t row, const std::array<std::set<int>, 2>& agreed, bool present,
              std::vector<EndState>& into) const {
    if (row == a_.rows.size()) {
      into.push_back(s);
      return;
    }
    const EndRow& r = a_.rows[row];
    const bool stood = r.trigger.holds(a_.present());
    if (!r.trigger.holds(s) || (stood && !present && r.mechanism)) {
      follow(s, row + 1, agreed, present, into);
      return;
    }
    EndState done = s;
    if (r.act.of == EndAtom::Of::issue)
      done.issue[static_cast<std::size_t>(r.act.at)] = r.act.level;
    else
      done.other[static_cast<std::size_t>(r.act.at)] = r.act.level;
    follow(done, row + 1, agreed, present, into);
    // Against what was agreed elsewhere it may not prevail.
    const bool contested =
        r.act.of == EndAtom::Of::issue && !agreed[static_cast<std::size_t>(r.act.at)].empty();
    if (!r.sure || contested || stood) follow(s, row + 1, agreed, present, into);
  }

  const EndAccount& a_;
  std::vector<EndWorld> worlds_;
};

}  // namespace parley::ends
