// SPDX-License-Identifier: MIT
// Acts that rule out what somebody else's word, or a goal, requires; and limits that leave no package while
// failure works against those who hold them.
#include <fmt/format.h>

#include <algorithm>

#include "framing/wishes.hpp"
#include "logic/minimal_sets.hpp"
#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::Formula;
using framing::Situation;
using logic::Sign;

constexpr std::size_t kMostRequirements = 400;

/// What must be reachable for a commitment to be kept, or for a goal.
struct Requirement {
  std::string row, by;
  std::string text, what;  ///< the condition; what hangs on it
  bool objective = false;
  Formula formula;
};

std::vector<Requirement> requirements_of(const Situation& s) {
  std::vector<Requirement> list;
  const auto add = [&](const Row& row, const account::Value* value, const std::string& what, bool objective) {
    const auto bound = value == nullptr || !value->tree ? std::nullopt : framing::bind(s, *value->tree);
    if (bound && list.size() < kMostRequirements)
      list.push_back({row.id, row.text("by"), plain(value->text), what, objective, *bound});
  };
  for (const Row* row : s.account.of("commitments")) {
    const std::string what = plain(row->text("will"));
    if (what.empty()) continue;
    add(*row, row->value("only_if"), what, false);
    if (row->text("kind") == "promise") add(*row, row->value("if"), what, false);
  }
  for (const Row* row : s.account.of("objectives")) {
    const account::Value* needs = row->value("needs");
    for (std::size_t i = 0; needs != nullptr && i < needs->items.size(); ++i)
      add(*row, &needs->items[i], name_of(s, row->id), true);
  }
  return list;
}

/// The rows by which a variable at a level rules out all levels of an atom; nothing where it does not.
std::optional<std::vector<std::string>> atom_out(const Ground& ground, int v, int l, const Formula& atom) {
  std::vector<std::string> rows;
  for (int m = 0; m < atom.levels.size(); ++m) {
    if (!atom.levels.has(m)) continue;
    const auto& list = ground.exclusions();
    const auto at = std::find_if(list.begin(), list.end(), [&](const consistency::Exclusion& e) {
      return (e.variable == v && e.level == l && e.other == atom.variable && e.other_level == m) ||
             (e.other == v && e.other_level == l && e.variable == atom.variable && e.level == m);
    });
    if (at == list.end() || at->rows.empty()) return std::nullopt;
    append_new(rows, at->rows);
  }
  return rows.empty() ? std::nullopt : std::optional(rows);
}

std::optional<std::vector<std::string>> ruled_out(const Ground& ground, int v, int l,
                                                  const Formula& formula) {
  if (formula.kind == Formula::Kind::atom)
    return formula.variable == v ? std::nullopt : atom_out(ground, v, l, formula);
  if (formula.kind == Formula::Kind::all)
    for (const auto& part : formula.parts)
      if (auto rows = ruled_out(ground, v, l, part)) return rows;
  return std::nullopt;
}

bool still_shut(const Ground& ground, const std::string& variable, const std::string& level,
                const std::string& row, const std::string& text) {
  const int v = ground.s().variable(variable);
  if (v < 0) return false;
  const auto set = framing::levels_named(ground.s().variables[static_cast<std::size_t>(v)], level);
  for (const auto& required : requirements_of(ground.s())) {
    if (required.row != row || required.text != text) continue;
    for (int l = 0; l < set.size(); ++l)
      if (set.has(l) && ruled_out(ground, v, l, required.formula)) return true;
  }
  return false;
}

std::string shut_words(const Situation& s, const framing::Variable& act, const std::string& level,
                       const Requirement& required, bool latch) {
  const Row* row = s.account.find(required.row);
  const std::string mover = act.movers.front();
  const auto to = row == nullptr ? std::vector<std::string>{} : row->names("to");
  std::string now;
  for (int l = 0; l < act.size() && act.known(); ++l)
    if (act.now.has(l)) now = fmt::format(" (now: {})", act.levels[static_cast<std::size_t>(l)]);
  std::string text =
      fmt::format("Once {} is {}, which {} {} decides{}, it can {} come about that {}", plain(act.id), level,
                  name_of(s, mover), mover == required.by ? "itself" : "alone", now,
                  latch ? "never again" : "no longer", required.text);
  if (required.objective)
    return text +
           fmt::format("; but \"{}\", a goal of {}, needs that", required.what, name_of(s, required.by));
  const bool addressed = std::find(to.begin(), to.end(), mover) != to.end();
  return text + fmt::format("; but that is what {} requires{} for this: {}", name_of(s, required.by),
                            addressed ? fmt::format(" of {}", name_of(s, mover)) : "", required.what);
}

}  // namespace

std::vector<Found> shuts_of(const Ground& ground) {
  std::vector<Found> list;
  const Situation& s = ground.s();
  const auto requirements = requirements_of(s);
  if (requirements.empty() || ground.rules().shuts.empty()) return list;
  for (std::size_t v = 0; v < s.variables.size(); ++v) {
    const framing::Variable& act = s.variables[v];
    if (act.movers.size() != 1) continue;
    for (int l = 0; l < act.size(); ++l) {
      if (act.known() && act.now.has(l)) continue;
      for (const auto& required : requirements) {
        const auto rows = ruled_out(ground, static_cast<int>(v), l, required.formula);
        if (!rows || std::find(rows->begin(), rows->end(), required.row) != rows->end()) continue;
        const std::string& level = act.levels[static_cast<std::size_t>(l)];
        const bool latch = std::any_of(rows->begin(), rows->end(), [&](const std::string& id) {
          const Row* row = s.account.find(id);
          return row != nullptr && row->flag("latch");
        });
        Found found;
        Finding& f = found.finding;
        f.kind = Finding::Kind::shut;
        f.id = fmt::format("shut:{} is {}:{}", act.id, level, required.row);
        f.rows = {act.row};
        append_new(f.rows, *rows);
        append_new(f.rows, {required.row});
        f.words = shut_words(s, act, level, required, latch);
        found.candidates = f.rows;
        for (const auto& shut : ground.rules().shuts) append_new(found.candidates, {shut.row});
        found.holds = [variable = act.id, level, row = required.row, text = required.text](const Ground& g) {
          return still_shut(g, variable, level, row, text);
        };
        list.push_back(std::move(found));
      }
    }
  }
  return list;
}

namespace {

/// Limits whose breaking no package avoids, in every resolution: one bit each.
bool blocked(const framing::Framed& f, std::uint64_t limits) {
  if (f.ensemble.packages.empty()) return false;
  return std::all_of(f.ensemble.resolutions.begin(), f.ensemble.resolutions.end(), [&](const auto& r) {
    return std::all_of(r.broken.begin(), r.broken.end(),
                       [&](std::uint64_t b) { return b == deals::kForbidden || (b & limits) != 0; });
  });
}

std::uint64_t mask(const logic::IndexSet& set) {
  std::uint64_t bits = 0;
  for (const int i : set) bits |= std::uint64_t{1} << i;
  return bits;
}

struct Harm {
  Goal goal;
  Way way;
};

/// Goals of those who hold a limit that the failure of the talks works against.
std::vector<Harm> harmed_by_failure(const Ground& ground, const std::string& talks,
                                    const std::set<std::string>& holders, std::set<std::string>* rows) {
  const int v = ground.s().variable(talks);
  if (v < 0) return {};
  framing::LevelSet failed(ground.s().variables[static_cast<std::size_t>(v)].size());
  failed.add(framing::kFailed);
  const Signs signs(ground, Formula::atom(v, failed));
  std::vector<Harm> list;
  for (const Goal& goal : ground.goals()) {
    if (std::none_of(goal.by.begin(), goal.by.end(), [&](const auto& who) { return holders.contains(who); }))
      continue;
    const auto way = signs.on(goal.ends) == Sign::minus ? signs.way(goal.ends, Sign::minus) : std::nullopt;
    if (!way) continue;
    list.push_back({goal, *way});
    if (rows != nullptr) rows->merge(signs.rows_towards(goal.ends));
  }
  return list;
}

/// The limits of a table on which no package is left, owner by owner; empty where some package is left.
std::set<std::string> holders_of(const framing::Framed& f) {
  std::set<std::string> owners;
  const auto n = f.ensemble.limits.size();
  if (n == 0 ||
      !blocked(f, mask(logic::IndexSet{}) | (n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1)))
    return owners;
  for (const auto& limit : f.ensemble.limits)
    if (!limit.doubt) owners.insert(limit.owner);
  return owners;
}

bool still_limits(const Ground& ground, const std::string& talks, bool pressed) {
  const auto* table = ground.table(talks, pressed);
  if (table == nullptr || !table->too_large.empty()) return false;
  const auto holders = holders_of(*table);
  return !holders.empty() && !harmed_by_failure(ground, talks, holders, nullptr).empty();
}

/// The conflict that joins most: of the minimal sets, the one over most owners, then the smallest.
logic::IndexSet conflict_of(const framing::Framed& f) {
  const auto n = static_cast<int>(f.ensemble.limits.size());
  const auto sets = logic::all_minimal_sets(
                        n, [&](const logic::IndexSet& set) { return blocked(f, mask(set)); }, 200)
                        .conflicts.sets;
  const auto rank = [&](const logic::IndexSet& set) {
    std::set<std::string> owners, rows;
    std::set<int> variables;
    for (const int i : set) {
      owners.insert(f.ensemble.limits[static_cast<std::size_t>(i)].owner);
      for (const int v : expression::touched(f.limit_formulas[static_cast<std::size_t>(i)]))
        variables.insert(v);
    }
    // Two rows on one issue merely collide; several issues follow.
    return std::tuple(-static_cast<int>(owners.size()), variables.size() > 1 ? 0 : 1, set.size(), set);
  };
  return *std::min_element(sets.begin(), sets.end(),
                           [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

std::string position_words(const Situation& s, const std::string& id) {
  for (const Measure& m : measures_of(s))
    if (m.row == id) return m.text;
  return plain(id);
}

void add_limits(const Ground& ground, const std::string& talks, bool pressed, std::vector<Found>& list) {
  const Situation& s = ground.s();
  const auto& f = *ground.table(talks, pressed);
  std::set<std::string> towards;
  const auto harms = harmed_by_failure(ground, talks, holders_of(f), &towards);
  if (harms.empty()) return;
  Found found;
  Finding& finding = found.finding;
  finding.kind = Finding::Kind::limits;
  finding.id = "limits:" + talks;
  std::vector<std::string> said;
  std::vector<std::pair<std::string, std::string>> against;  // whose, which goals
  for (const int i : conflict_of(f)) {
    const auto& limit = f.ensemble.limits[static_cast<std::size_t>(i)];
    for (const auto& row : limit.rows) {
      said.push_back(position_words(s, row.substr(0, row.find('#'))));
      append_new(finding.rows, {row.substr(0, row.find('#'))});
    }
  }
  std::set<std::string> steps;
  std::vector<std::string> moves;
  for (const auto& [goal, way] : harms) {
    for (const auto& step : way.steps)
      if (!step.row.empty()) {
        append_new(finding.rows, {step.row});
        const std::string words = moved(s, step.to, step.sign);
        if (steps.insert(words).second) moves.push_back(words);
      }
    append_new(finding.rows, {goal.row});
    const std::string& who = goal.by.front();
    const std::string words =
        goal.objective ? fmt::format("{}: {}", name_of(s, goal.row), goal.text) : goal.text;
    const auto at =
        std::find_if(against.begin(), against.end(), [&](const auto& a) { return a.first == who; });
    if (at == against.end())
      against.emplace_back(who, words);
    else
      at->second += "; " + words;
  }
  std::vector<std::string> whose;
  for (const auto& [who, words] : against) whose.push_back(fmt::format("{} ({})", name_of(s, who), words));
  finding.words = fmt::format(
      "{}, kept to, leave no package at all; when talks fail, {}, against what {} {} itself",
      capital(listed(said)), listed(moves), listed(whose), whose.size() == 1 ? "wants" : "each want");
  if (whose.size() > 1) finding.words.replace(finding.words.rfind(" itself"), 7, " for itself");
  found.candidates = finding.rows;
  append_new(found.candidates, {towards.begin(), towards.end()});
  for (const auto& limit : f.ensemble.limits)
    for (const auto& row : limit.rows) append_new(found.candidates, {row.substr(0, row.find('#'))});
  found.holds = [talks, pressed](const Ground& g) { return still_limits(g, talks, pressed); };
  list.push_back(std::move(found));
}

}  // namespace

std::vector<Found> limits_of(const Ground& ground) {
  std::vector<Found> list;
  for (const Row* row : ground.s().account.of("talks"))
    for (const bool pressed : {false, true})
      if (still_limits(ground, row->id, pressed)) {
        add_limits(ground, row->id, pressed, list);
        break;
      }
  return list;
}

}  // namespace parley::questions
