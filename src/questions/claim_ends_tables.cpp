// SPDX-License-Identifier: MIT
// How each table may end by itself: without a deal, or with a package that no proof excludes.
#include <algorithm>

#include "questions/claim_ends_parts.hpp"

namespace parley::questions {

using account::Row;
using framing::LevelMask;
using framing::Situation;

std::vector<TalksRow> talks_rows(const Situation& s) {
  std::vector<TalksRow> list;
  for (const Row* row : s.of("talks")) {
    TalksRow talks{row->id, s.variable(row->id), {}, {}};
    const auto parties = row->names("parties");
    for (const auto& name : row->names("issues")) {
      const int v = s.variable(name);
      if (v < 0) continue;
      const auto& movers = s.variables[static_cast<std::size_t>(v)].movers;
      if (movers.empty() || !std::all_of(movers.begin(), movers.end(), [&](const std::string& mover) {
            return std::find(parties.begin(), parties.end(), mover) != parties.end();
          }))
        continue;
      talks.open.push_back(v);
      if (movers.size() > 1) talks.joint.push_back(v);
    }
    if (!talks.open.empty()) list.push_back(std::move(talks));
  }
  return list;
}

bool lists(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

KnownPackage known_of(const TableAnswer& table, std::size_t x) {
  KnownPackage known{false, true};
  for (const auto& r : table.framed.ensemble.resolutions) {
    known.may = known.may || r.broken[x] == 0;
    known.sure = known.sure && r.broken[x] == 0;
  }
  if (!known.may) return {};
  const auto& standing = table.answer.packages[x].standing;
  known.sure = known.sure && table.framed.ensemble.all_resolutions &&
               standing.size() == table.framed.ensemble.parties.size();
  for (const deals::Standing each : standing) {
    known.may = known.may && (each != deals::Standing::dead || !table.framed.ensemble.all_resolutions);
    known.sure = known.sure && each == deals::Standing::necessary;
  }
  return known;
}

namespace {

void put_in(std::vector<int>& set, int item) {
  const auto at = std::lower_bound(set.begin(), set.end(), item);
  if (at == set.end() || *at != item) set.insert(at, item);
}

int add_end(TableEnds& ends, std::vector<LevelMask> levels) {
  const auto found = std::find(ends.ends.begin() + 1, ends.ends.end(), levels);
  if (found != ends.ends.end()) return static_cast<int>(found - ends.ends.begin());
  ends.ends.push_back(std::move(levels));
  return static_cast<int>(ends.ends.size()) - 1;
}

/// Framing rule 9. That a commitment is a threat where no row says which it is, is a default.
void add_lifted(const TableAnswer& table, const Situation& s, const framing::CausalModel& model,
                TableEnds& ends) {
  const auto& f = table.framed;
  for (const framing::TriggeredAction& rule : model.chances) {
    const Row* row = s.row(rule.id);
    if (rule.mechanism || row == nullptr) continue;
    const bool listed = std::find(f.lifted.begin(), f.lifted.end(), rule.id) != f.lifted.end(),
               unknown = !f.too_large.empty() && row->text("kind") != "promise";
    if (!listed && !unknown) continue;
    auto& into = listed && row->text("kind") == "threat" ? ends.lifted : ends.perhaps_lifted;
    into.insert(rule.occasions.begin(), rule.occasions.end());
  }
}

}  // namespace

TableEnds ends_of_table(const TableAnswer& table, TalksRow talks, std::vector<int> issues, const Situation& s,
                        const framing::CausalModel& model) {
  TableEnds ends;
  ends.talks = std::move(talks);
  ends.issues = std::move(issues);
  ends.may = {0};
  add_lifted(table, s, model, ends);
  const auto& f = table.framed;
  const auto levels = [&](const deals::Package* package) {
    std::vector<LevelMask> masks;
    for (const int v : ends.issues) {
      const auto& variable = s.variables[static_cast<std::size_t>(v)];
      const auto at = static_cast<std::size_t>(
          std::find(f.issue_ids.begin(), f.issue_ids.end(), variable.id) - f.issue_ids.begin());
      masks.push_back(package == nullptr || at >= package->size() ? framing::every_level(variable)
                                                                  : LevelMask{1} << (*package)[at]);
    }
    return masks;
  };
  const bool excluded = f.too_large.empty() ? table.answer.proved && !table.answer.possible
                                            : f.by_limits && f.by_limits->excluded();
  if (excluded) ends.sure = {0};
  if (!f.too_large.empty()) {
    if (!excluded) put_in(ends.may, add_end(ends, levels(nullptr)));
    return ends;
  }
  ends.table = &table;
  for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x) {
    const int at = add_end(ends, levels(&f.ensemble.packages[x]));
    ends.end_of.push_back(at);
    if (excluded) continue;
    const KnownPackage known = known_of(table, x);
    if (known.may) put_in(ends.may, at);
    if (known.sure) put_in(ends.sure, at);
  }
  return ends;
}

std::size_t number_of_ways(const WaySets& sets) {
  std::size_t ways = 1;
  for (const auto& set : sets) {
    ways *= set.size();
    if (ways > kMostWays) return kMostWays + 1;
  }
  return ways;
}

}  // namespace parley::questions
