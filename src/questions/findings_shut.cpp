// SPDX-License-Identifier: MIT
// Acts that rule out what somebody else's word, or a goal, requires.
#include <fmt/format.h>

#include <algorithm>

#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::Formula;
using framing::Situation;

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
  for (const Row* row : s.of("commitments")) {
    const std::string what = plain(row->text("will"));
    if (what.empty()) continue;
    // What stands already goes on without its condition.
    const auto* act = row->condition("will");
    const auto done = act == nullptr ? std::nullopt : framing::bind(s, *act);
    if (!done || !framing::evaluate(*done, framing::present_of(s)).sure())
      add(*row, row->value("only_if"), what, false);
    if (row->text("kind") == "promise") add(*row, row->value("if"), what, false);
  }
  for (const Row* row : s.of("objectives")) {
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
  const Row* row = s.row(required.row);
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
          const Row* row = s.row(id);
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

}  // namespace parley::questions
