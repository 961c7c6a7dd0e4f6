// SPDX-License-Identifier: MIT
#include "framing/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "framing/limits.hpp"

namespace parley::framing {
namespace {

using account::Row;

constexpr int kDeepestGroup = 16;

void collect(const Situation& s, const std::string& name, std::set<std::string>& into, int depth) {
  const Row* row = s.row(name);
  if (row == nullptr || row->concept_name != "groups" || depth > kDeepestGroup) {
    into.insert(name);
    return;
  }
  for (const auto& member : row->names("surely")) collect(s, member, into, depth + 1);
  if (s.options.groups == "perhaps")
    for (const auto& member : row->names("perhaps")) collect(s, member, into, depth + 1);
}

LevelSet one(int size, int level) {
  LevelSet set(size);
  set.add(level);
  return set;
}

void add(Situation& s, Variable v) {
  if (v.levels.empty() || s.index.contains(v.id)) return;
  s.index.emplace(v.id, static_cast<int>(s.variables.size()));
  s.variables.push_back(std::move(v));
}

/// Cuts each level in two: `partial` and `partial+`; a word names both halves (self-test `split`).
void split_scale(Variable& v) {
  std::vector<std::string> halves;
  for (const auto& level : v.levels) {
    halves.push_back(level);
    halves.push_back(level + "+");
  }
  v.levels = std::move(halves);
  v.split = true;
}

void add_issue(Situation& s, const Row& row) {
  Variable v;
  v.id = v.row = row.id;
  v.levels = row.names("levels");
  v.ordered = !v.levels.empty();
  if (!v.ordered) v.levels = row.names("choices");
  v.movers = row.names("settled_by");
  if (v.movers.empty()) v.movers = row.names("chosen_by");
  v.never_falls = row.flag("never_falls");
  if (s.options.split == row.id && v.size() * 2 <= kMostLevels) split_scale(v);
  if (v.size() > kMostLevels) {
    s.unread.push_back({row.id, fmt::format("more than {} levels", kMostLevels)});
    return;
  }
  v.now = levels_named(v, row.text("now"));
  if (v.now.count() == 0) v.now = LevelSet(v.size(), true);
  if (v.split && v.now.count() == 2)
    for (int l = 1; l < v.size(); l += 2) v.now.remove(l);
  add(s, std::move(v));
}

/// Does a name in a relation's `now` speak for this actor: its own, or a group's that it is in?
bool names_actor(const Situation& s, std::string_view name, const std::string& actor) {
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  std::set<std::string> members;
  collect(s, std::string(name), members, 0);
  return members.contains(actor);
}

LevelSet relation_now(const Situation& s, const Row& row, const Variable& v, const std::string& who,
                      const std::string& whom) {
  const account::Value* now = row.value("now");
  for (std::size_t i = 0; now != nullptr && i < now->keys.size(); ++i) {
    const std::string_view key = now->keys[i];
    const auto comma = key.find(',');
    if (!names_actor(s, key.substr(0, comma), who)) continue;
    if (comma != std::string_view::npos && !names_actor(s, key.substr(comma + 1), whom)) continue;
    const LevelSet named = levels_named(v, now->items[i].text);
    if (named.count() > 0) return named;
  }
  return LevelSet(v.size(), true);
}

void add_relation(Situation& s, const Row& row, std::size_t& pairs) {
  std::vector<std::string> levels = row.names("levels");
  if (levels.empty()) levels = {"absent", "present"};
  std::set<std::string> from, to;
  for (const auto& name : row.names("who")) collect(s, name, from, 0);
  for (const auto& name : row.names("whom")) collect(s, name, to, 0);
  if (pairs + from.size() * to.size() > kMostPairs) {
    s.unread.push_back(
        {row.id, fmt::format("{} actors times {} are too many: at most {} pairs are read, those of "
                             "all relations together",
                             from.size(), to.size(), kMostPairs)});
    return;
  }
  pairs += from.size() * to.size();
  for (const auto& who : from) {
    s.options.control.check();
    for (const auto& whom : to) {
      if (who == whom) continue;
      Variable v;
      v.id = fmt::format("{}({}, {})", row.id, who, whom);
      v.row = row.id;
      v.kind = VariableKind::relation;
      v.levels = levels;
      v.ordered = true;
      v.movers = {who, whom};
      v.never_falls = row.flag("never_falls");
      v.now = relation_now(s, row, v, who, whom);
      add(s, std::move(v));
    }
  }
}

void add_fixed(Situation& s, const Row& row, VariableKind kind, std::vector<std::string> levels, int now) {
  Variable v;
  v.id = v.row = row.id;
  v.kind = kind;
  v.levels = std::move(levels);
  v.ordered = kind == VariableKind::quantity;
  v.now = now < 0 ? LevelSet(v.size(), true) : one(v.size(), now);
  if (kind == VariableKind::agreement && levels_named(v, row.text("now")).count() > 0)
    v.now = levels_named(v, row.text("now"));
  add(s, std::move(v));
}

/// "2025-06" is later than "2024-11" and "2024"; "2025" and "2025-06" cannot be told apart, nor can words.
bool later(const std::string& a, const std::string& b) {
  const auto dated = [](const std::string& text) {
    return text.size() >= 4 && text.find_first_not_of("0123456789-") == std::string::npos;
  };
  const std::size_t common = std::min(a.size(), b.size());
  return dated(a) && dated(b) && a.compare(0, common, b, 0, common) > 0;
}

/// A row's own `now` is the later word; history sets a start only where nothing is stated: the latest event,
/// or any of those that none is known to have come after.
void apply_history(Situation& s) {
  struct Set {
    const Row* event;
    LevelSet levels;
  };
  std::map<int, std::vector<Set>> sets_of;
  for (const Row* row : s.of("history")) {
    const account::Value* sets = row->value("sets");
    for (std::size_t i = 0; sets != nullptr && i < sets->keys.size(); ++i) {
      const int v = s.variable(sets->keys[i]);
      if (v < 0 || s.variables[static_cast<std::size_t>(v)].known()) continue;
      LevelSet named = levels_named(s.variables[static_cast<std::size_t>(v)], sets->items[i].text);
      if (named.count() > 0) sets_of[v].push_back({row, std::move(named)});
    }
  }
  for (const auto& [v, sets] : sets_of) {
    Variable& variable = s.variables[static_cast<std::size_t>(v)];
    LevelSet now(variable.size());
    for (const Set& set : sets) {
      const bool past = std::any_of(sets.begin(), sets.end(), [&](const Set& other) {
        return later(other.event->text("on"), set.event->text("on"));
      });
      if (past) continue;
      if (variable.set_by.empty()) variable.set_by = set.event->id;
      for (int l = 0; l < variable.size(); ++l)
        if (set.levels.has(l)) now.add(l);
    }
    variable.now = now;
  }
}

/// Outcomes can be wanted or unwanted: each is a variable that follows from its condition.
void add_outcomes(Situation& s) {
  for (const Row* row : s.of("outcomes")) {
    s.options.control.check();
    const expression::Tree* when = row->condition("when");
    auto bound = when == nullptr ? std::nullopt : bind(s, *when);
    if (!bound) continue;
    Variable v;
    v.id = "outcome:" + row->id;
    v.row = row->id;
    v.kind = VariableKind::outcome;
    v.levels = {"avoided", "happens"};
    v.ordered = true;
    v.now = LevelSet(2, true);
    add(s, std::move(v));
    s.outcomes.emplace_back(s.variable("outcome:" + row->id), std::move(*bound));
  }
}

}  // namespace

LevelSet levels_named(const Variable& variable, std::string_view word) {
  LevelSet set(variable.size());
  for (int l = 0; l < variable.size(); ++l)
    if (variable.levels[static_cast<std::size_t>(l)] == word) {
      set.add(l);
      if (variable.split && l + 1 < variable.size()) set.add(l + 1);
    }
  return set;
}

int Situation::variable(std::string_view id) const {
  const auto found = index.find(std::string(id));
  return found == index.end() ? -1 : found->second;
}

const Row* Situation::row(std::string_view id) const {
  const auto at = std::lower_bound(account.rows.begin(), account.rows.end(), id,
                                   [](const Row& row, std::string_view wanted) { return row.id < wanted; });
  return at == account.rows.end() || at->id != id ? nullptr : &*at;
}

std::vector<const Row*> Situation::of(std::string_view concept_name) const {
  std::vector<const Row*> list;
  if (const auto found = by_concept.find(concept_name); found != by_concept.end())
    for (const std::size_t at : found->second) list.push_back(&account.rows[at]);
  return list;
}

std::vector<std::string> Situation::members(const std::string& name) const {
  std::set<std::string> set;
  collect(*this, name, set, 0);
  return {set.begin(), set.end()};
}

bool Situation::open_group(const std::string& name) const {
  const Row* row = this->row(name);
  return row != nullptr && row->concept_name == "groups" && row->flag("open");
}

expression::Interval Situation::interval(const account::Value* value, expression::Interval otherwise) const {
  if (value == nullptr) return otherwise;
  const expression::Quantity* quantity = value->quantity ? &*value->quantity : nullptr;
  if (quantity == nullptr) {
    const Row* row = this->row(value->text);
    const account::Value* range = row == nullptr ? nullptr : row->value("range");
    if (range == nullptr || !range->quantity) return otherwise;
    quantity = &*range->quantity;
  }
  if (quantity->unknown) return otherwise;
  return {quantity->no_low ? otherwise.first : quantity->low,
          quantity->no_high ? otherwise.second : quantity->high};
}

Situation make_situation(const account::Account& account, const Options& options) {
  Situation s;
  s.account = account;
  s.options = options;
  std::stable_sort(s.account.rows.begin(), s.account.rows.end(),
                   [](const Row& a, const Row& b) { return a.id < b.id; });
  for (std::size_t i = 0; i < s.account.rows.size(); ++i)
    s.by_concept[s.account.rows[i].concept_name].push_back(i);
  for (const Row* row : s.of("issues")) add_issue(s, *row);
  std::size_t pairs = 0;
  for (const Row* row : s.of("relations")) add_relation(s, *row, pairs);
  for (const Row* row : s.of("quantities"))
    add_fixed(s, *row, VariableKind::quantity, {"falls", "steady", "rises"}, kSteady);
  for (const Row* row : s.of("agreements"))
    add_fixed(
        s, *row, VariableKind::agreement,
        {"forming", "offered", "signed", "in-force", "partial", "breached", "left", "lapsed", "stalled"}, -1);
  for (const Row* row : s.of("talks"))
    add_fixed(s, *row, VariableKind::talks, {"going", "agreed", "failed"}, kGoing);
  apply_history(s);
  add_outcomes(s);
  return s;
}

}  // namespace parley::framing
