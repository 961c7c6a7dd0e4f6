// SPDX-License-Identifier: MIT
// Limits that leave no package: where failure works against those who hold them, and what giving them up
// would mean for who gives them up.
#include <fmt/format.h>

#include <algorithm>

#include "logic/minimal_sets.hpp"
#include "questions/findings_parts.hpp"

namespace parley::questions {

using account::Row;
using framing::Formula;
using framing::Situation;
using logic::Sign;

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
  finding.words =
      fmt::format("{}, kept to, leave no package at all; when talks fail, {}, against what {} {} itself",
                  capital(listed_measures(said)), listed(moves), listed(whose),
                  whose.size() == 1 ? "wants" : "each want");
  if (whose.size() > 1) finding.words.replace(finding.words.rfind(" itself"), 7, " for itself");
  found.candidates = finding.rows;
  append_new(found.candidates, {towards.begin(), towards.end()});
  for (const auto& limit : f.ensemble.limits)
    for (const auto& row : limit.rows) append_new(found.candidates, {row.substr(0, row.find('#'))});
  found.holds = [talks, pressed](const Ground& g) { return still_limits(g, talks, pressed); };
  list.push_back(std::move(found));
}

/// What every package has in common that is left once one owner's limits are given up.
struct Opening {
  std::vector<std::string> given, kept;  ///< rows
  Formula common;
  std::vector<std::string> levels;  ///< "programme denied", of issues that are not where they are now
};

std::optional<Opening> opening_of(const Situation& s, const framing::Framed& f, const std::string& owner) {
  Opening opening;
  std::uint64_t kept = 0;
  for (std::size_t i = 0; i < f.ensemble.limits.size(); ++i) {
    const auto& limit = f.ensemble.limits[i];
    const bool gives = limit.owner == owner && !limit.doubt;
    if (!gives) kept |= std::uint64_t{1} << i;
    for (const auto& row : limit.rows)
      append_new(gives ? opening.given : opening.kept, {row.substr(0, row.find('#'))});
  }
  if (opening.given.empty()) return std::nullopt;
  std::vector<framing::LevelSet> sets;
  for (const int v : f.issues) sets.emplace_back(s.variables[static_cast<std::size_t>(v)].size());
  bool any = false;
  for (const auto& r : f.ensemble.resolutions)
    for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x) {
      if (r.broken[x] == deals::kForbidden || (r.broken[x] & kept) != 0) continue;
      any = true;
      for (std::size_t k = 0; k < sets.size(); ++k) sets[k].add(f.ensemble.packages[x][k]);
    }
  if (!any) return std::nullopt;
  std::vector<Formula> parts;
  for (std::size_t k = 0; k < sets.size(); ++k) {
    const framing::Variable& v = s.variables[static_cast<std::size_t>(f.issues[k])];
    if (sets[k].count() == v.size()) continue;
    parts.push_back(Formula::atom(f.issues[k], sets[k]));
    for (int l = 0; l < v.size() && sets[k].count() == 1; ++l)
      if (sets[k].has(l) && !(v.known() && v.now.has(l)))
        opening.levels.push_back(fmt::format("{} {}", plain(v.id), v.levels[static_cast<std::size_t>(l)]));
  }
  if (opening.levels.empty()) return std::nullopt;
  opening.common = Formula::all(std::move(parts));
  return opening;
}

/// Goals of the owner that what is left works against, by a mechanism and not by itself.
std::vector<Harm> harmed_by_opening(const Ground& ground, const Opening& opening, const std::string& owner,
                                    std::set<std::string>* rows) {
  const Signs signs(ground, opening.common, true);
  std::vector<Harm> list;
  for (const Goal& goal : ground.goals()) {
    if (!owns(goal, owner) || signs.sets(goal.ends)) continue;
    const auto way = signs.on(goal.ends) == Sign::minus ? signs.way(goal.ends, Sign::minus) : std::nullopt;
    if (!way) continue;
    list.push_back({goal, *way});
    if (rows != nullptr) rows->merge(signs.rows_towards(goal.ends));
  }
  return list;
}

bool still_opens(const Ground& ground, const std::string& talks, bool pressed, const std::string& owner) {
  const auto* table = ground.table(talks, pressed);
  if (table == nullptr || !table->too_large.empty() || holders_of(*table).empty()) return false;
  const auto opening = opening_of(ground.s(), *table, owner);
  return opening && !harmed_by_opening(ground, *opening, owner, nullptr).empty();
}

void add_openings(const Ground& ground, const std::string& talks, bool pressed, std::vector<Found>& list) {
  const Situation& s = ground.s();
  const auto& f = *ground.table(talks, pressed);
  for (const auto& owner : holders_of(f)) {
    const auto opening = opening_of(s, f, owner);
    std::set<std::string> towards;
    const auto harms = opening ? harmed_by_opening(ground, *opening, owner, &towards) : std::vector<Harm>{};
    if (harms.empty()) continue;
    Found found;
    Finding& finding = found.finding;
    finding.kind = Finding::Kind::opening;
    finding.id = fmt::format("opening:{}:{}", talks, owner);
    std::vector<std::string> given, against, moves;
    for (const auto& row : opening->given) given.push_back(position_words(s, row));
    finding.rows = opening->given;
    append_new(finding.rows, opening->kept);
    for (const auto& [goal, way] : harms) {
      append_new(finding.rows, rows_of(way));
      append_new(finding.rows, {goal.row});
      append_new(against, {goal_words(s, goal)});
      append_new(moves, {way_words(s, way)});
    }
    finding.words = fmt::format(
        "{}{} alone could make room for an agreement by giving up {}; but every package that the limits of "
        "the "
        "others then leave has {}: {}, while {}",
        pressed ? "Where what somebody presses for binds, too, " : "",
        pressed ? name_of(s, owner) : capital(name_of(s, owner)), listed_measures(given),
        listed(opening->levels), listed(moves), listed(against));
    found.candidates = finding.rows;
    append_new(found.candidates, {towards.begin(), towards.end()});
    found.holds = [talks, pressed, owner](const Ground& g) { return still_opens(g, talks, pressed, owner); };
    list.push_back(std::move(found));
  }
}

}  // namespace

std::vector<Found> openings_of(const Ground& ground) {
  std::vector<Found> list;
  for (const Row* row : ground.s().of("talks"))
    for (const bool pressed : {false, true}) {
      const auto* table = ground.table(row->id, pressed);
      if (table == nullptr || !table->too_large.empty() || holders_of(*table).empty()) continue;
      add_openings(ground, row->id, pressed, list);
      break;
    }
  return list;
}

std::vector<Found> limits_of(const Ground& ground) {
  std::vector<Found> list;
  for (const Row* row : ground.s().of("talks"))
    for (const bool pressed : {false, true})
      if (still_limits(ground, row->id, pressed)) {
        add_limits(ground, row->id, pressed, list);
        break;
      }
  return list;
}

}  // namespace parley::questions
