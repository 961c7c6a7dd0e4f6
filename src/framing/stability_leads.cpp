// SPDX-License-Identifier: MIT
// What every state of a game leads to (rules 6, 8, 9).
#include <fmt/format.h>

#include "framing/stability_maker.hpp"

namespace parley::framing {

using account::Row;

void PlayerMaker::add_table(const Framed& f) {
  const Row* row = m_.s.row(f.table);
  OnTable entry{&f, Table(m_.s, *row), m_.s.variable(f.table), {}};
  entry.table.on_table.assign(m_.s.variables.size(), false);
  bool any = false;
  for (const int v : f.issues) {
    entry.table.on_table[static_cast<std::size_t>(v)] = true;
    const Row* issue = m_.s.row(at(v).row);
    if (issue != nullptr && issue->value("opens") != nullptr) entry.table.agenda.push_back(v);
    const auto found = std::find_if(g_.focus.begin(), g_.focus.end(),
                                    [v](const FocusIssue& focus) { return focus.variable == v; });
    entry.place.push_back(found == g_.focus.end() ? -1 : static_cast<int>(found - g_.focus.begin()));
    any = any || entry.place.back() >= 0;
  }
  if (any && entry.variable >= 0) tables_.push_back(std::move(entry));
}

Leads PlayerMaker::lead_from(const Settlement& settled, const Masks& base, std::size_t state, bool present,
                             std::vector<bool>& broken) {
  Masks start = base;
  std::vector<bool> fixed(base.size(), false);
  for (std::size_t k = 0; k < g_.focus.size(); ++k) {
    const auto v = static_cast<std::size_t>(g_.focus[k].variable);
    start[v] = LevelMask{1} << m_.levels[state][k];
    fixed[v] = true;
  }
  const bool quiet_failure = m_.s.options.no_deal == "status_quo";
  std::vector<const OnTable*> agreed;
  for (OnTable& t : tables_) {
    deals::Package package;
    for (std::size_t i = 0; i < t.framed->issues.size(); ++i) {
      const auto v = static_cast<std::size_t>(t.framed->issues[i]);
      fixed[v] = true;
      package.push_back(t.place[i] < 0 ? settled.now[v]
                                       : m_.levels[state][static_cast<std::size_t>(t.place[i])]);
    }
    Settled r;
    r.now = settled.now;
    r.signs = settled.signs;
    const std::vector<int> levels = t.table.levels_of(*t.framed, package, r);
    const bool signs = agreement_moves(t.table, *t.framed, package, r) &&
                       std::all_of(t.framed->structure.begin(), t.framed->structure.end(),
                                   [&](const Formula& x) { return expression::holds(x, levels); });
    if (signs) agreed.push_back(&t);
    if (signs || !quiet_failure)
      start[static_cast<std::size_t>(t.variable)] = LevelMask{1} << (signs ? kAgreed : kFailed);
  }
  const auto not_due = [&](const ChanceRule& rule) {
    return (present && quiet_failure) || std::any_of(agreed.begin(), agreed.end(), [&](const OnTable* t) {
             return lifted(m_.s, t->framed->parties, t->table.on_table, rule);
           });
  };
  broken = broken_in(start, not_due);
  // What somebody would do within the focus is a move, and is for the mover to make.
  const auto apart = [&](const ChanceRule& rule) { return is_a_move(rule) || not_due(rule); };
  return leads_to(m_.rules, m_.s, {base, settled.signs, fixed, apart}, start);
}

void PlayerMaker::find_derived() {
  std::set<int> set;
  for (const Drive& drive : m_.rules.drives) set.insert(drive.effect);
  for (const Shut& shut : m_.rules.shuts)
    if (shut.variable >= 0) set.insert(shut.variable);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const auto& [v, levels] : rule.act) set.insert(v);
  for (const auto& [v, condition] : m_.s.outcomes) set.insert(v);
  place_.assign(m_.s.variables.size(), -1);
  for (const int v : set)
    if (!m_.in_focus[static_cast<std::size_t>(v)]) {
      place_[static_cast<std::size_t>(v)] = static_cast<int>(derived_.size());
      derived_.push_back(v);
    }
  for (std::size_t k = 0; k < g_.focus.size(); ++k)
    place_[static_cast<std::size_t>(g_.focus[k].variable)] = static_cast<int>(k);
}

void PlayerMaker::lead() {
  find_derived();
  std::size_t kept = 0;
  for (std::size_t w = 0; w < settled_.size(); ++w) {
    base_.push_back(masks_of(m_.s, settled_[w].now));
    after_.emplace_back();
    g_.settlements[w].broken.resize(g_.pledges.size());
    for (std::size_t state = 0; state < m_.levels.size(); ++state) {
      std::vector<bool> broken;
      Leads leads =
          lead_from(settled_[w], base_[w], state, static_cast<int>(state) == g_.settlements[w].now, broken);
      for (std::size_t n = 0; n < broken.size(); ++n) g_.settlements[w].broken[n].push_back(broken[n]);
      kept += leads.after.size() * derived_.size();
      if (kept > kMostGameLevels) {
        g_.too_large = fmt::format("{} states under {} ways to settle what is unknown are too many",
                                   m_.levels.size(), settled_.size());
        return;
      }
      used_chances_.insert(leads.chances.begin(), leads.chances.end());
      deals::Case c;
      c.chances = std::move(leads.chances);
      after_.back().emplace_back();
      for (std::uint32_t done = 0; done < leads.after.size(); ++done) {
        c.branches.push_back({done, {}});
        auto& masks = after_.back().back().emplace_back();
        for (const int v : derived_) masks.push_back(leads.after[done][static_cast<std::size_t>(v)]);
      }
      g_.settlements[w].states.push_back(std::move(c));
    }
  }
}

LevelMask PlayerMaker::level(std::size_t settlement, std::size_t state, std::size_t branch, int v) const {
  const int place = place_[static_cast<std::size_t>(v)];
  if (m_.in_focus[static_cast<std::size_t>(v)])
    return LevelMask{1} << m_.levels[state][static_cast<std::size_t>(place)];
  return place < 0 ? base_[settlement][static_cast<std::size_t>(v)]
                   : after_[settlement][state][branch][static_cast<std::size_t>(place)];
}

/// Does the variable tell a state from the first one? What is alike in every state of a world compares
/// nothing, even where it is unknown or hangs on a chance.
bool PlayerMaker::told_apart(std::size_t settlement, std::size_t state, int v) const {
  const auto& states = g_.settlements[settlement].states;
  const bool same = states[state].chances == states[0].chances;
  for (std::size_t b = 0; b < after_[settlement][state].size(); ++b)
    if (level(settlement, state, b, v) != level(settlement, 0, same ? b : 0, v)) return true;
  for (std::size_t b = 0; b < after_[settlement][0].size() && !same; ++b)
    if (level(settlement, 0, b, v) != level(settlement, 0, 0, v)) return true;
  return false;
}

}  // namespace parley::framing
