// SPDX-License-Identifier: MIT
// Rows that pull against each other along signs: a measure against its maker's own goal, and two needs of one
// objective that nothing serves together.
#include <fmt/format.h>

#include <algorithm>

#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::End;
using framing::Formula;
using framing::NodePlace;
using framing::Situation;
using logic::Sign;

/// Rows of one kind beyond this are not looked at: a hostile account ends in time.
constexpr std::size_t kMostMeasures = 200, kMostGoals = 400, kMostLevers = 60;

/// An act that its maker does not want for itself is no contradiction: it is the price of a promise. Only a
/// threat says that its maker would rather do it than bear the case for which it is made. And two positions
/// of one actor on one issue contradict each other, which is another thing.
bool direct_counts(const Measure& measure) { return measure.kind == Measure::Kind::threat; }

/// The goals of one actor that ask the same of the same variables.
struct Wanted {
  std::vector<const Goal*> goals;
  std::vector<End> ends;
};

std::vector<Wanted> wanted_by(const std::vector<Goal>& goals, const std::string& actor) {
  std::vector<Wanted> list;
  for (const Goal& goal : goals) {
    if (!owns(goal, actor)) continue;
    const auto at =
        std::find_if(list.begin(), list.end(), [&](const Wanted& w) { return same_ends(w.ends, goal.ends); });
    if (at != list.end())
      at->goals.push_back(&goal);
    else if (list.size() < kMostGoals)
      list.push_back({{&goal}, goal.ends});
  }
  return list;
}

std::string end_id(const Situation& s, const std::vector<End>& ends) {
  std::string id;
  for (const End& end : ends) {
    id += (id.empty() ? "" : "+") + s.variables[static_cast<std::size_t>(end.place.variable)].id;
    if (end.place.level >= 0) id += fmt::format(".{}", end.place.level);
  }
  return id;
}

/// The ends of an actor's goal, or of an objective's need, with these names.
const std::vector<End>* ends_named(const Ground& ground, const NamedEnds& names,
                                   const std::function<bool(const Goal&)>& whose) {
  for (const Goal& goal : ground.goals())
    if (whose(goal) && named(ground.s(), goal.ends) == names) return &goal.ends;
  return nullptr;
}

/// The measure works against some goal of its maker on these variables, and by a way that works by itself.
bool harms_own(const Ground& ground, const std::string& row, const NamedEnds& names) {
  const auto measures = measures_of(ground.s());
  const auto found =
      std::find_if(measures.begin(), measures.end(), [&](const auto& m) { return m.row == row; });
  if (found == measures.end()) return false;
  const auto* ends = ends_named(ground, names, [&](const Goal& g) { return owns(g, found->by); });
  if (ends == nullptr) return false;
  const Signs signs(ground, found->act, found->kind == Measure::Kind::position);
  return (direct_counts(*found) || !signs.sets(*ends)) && signs.on(*ends) == Sign::minus &&
         signs.way(*ends, Sign::minus);
}

void own_goals(const Ground& ground, const std::vector<Goal>& goals, const Measure& measure,
               std::vector<Found>& list) {
  const Situation& s = ground.s();
  const Signs signs(ground, measure.act, measure.kind == Measure::Kind::position);
  const auto wanted = wanted_by(goals, measure.by);
  bool serves = false;
  for (const auto& w : wanted) serves = serves || (!signs.sets(w.ends) && signs.on(w.ends) == Sign::plus);
  for (const auto& w : wanted) {
    if (!direct_counts(measure) && signs.sets(w.ends)) continue;
    const auto way = signs.on(w.ends) == Sign::minus ? signs.way(w.ends, Sign::minus) : std::nullopt;
    if (!way) continue;
    Found found;
    Finding& f = found.finding;
    f.kind = Finding::Kind::own_goal;
    found.maker = measure.by;
    f.id = fmt::format("own-goal:{}:{}", measure.row, end_id(s, w.ends));
    std::vector<std::string> against;
    f.rows = {measure.row};
    append_new(f.rows, rows_of(*way));
    for (const Goal* goal : w.goals) {
      against.push_back(goal_words(s, *goal));
      append_new(f.rows, {goal->row});
    }
    const std::string steps = way_words(s, *way);
    f.words = fmt::format("{} works against its own goal: {}{}", capital(measure.text),
                          steps.empty() ? "" : steps + ", while ", fmt::join(against, ", and "));
    if (measure.kind == Measure::Kind::threat && !serves && wanted.size() > 1)
      f.words += "; the account holds no row by which it serves anything else that its maker wants";
    const auto rows = signs.rows_towards(w.ends);
    found.candidates = f.rows;
    append_new(found.candidates, {rows.begin(), rows.end()});
    found.holds = [row = measure.row, ends = named(s, w.ends)](const Ground& g) {
      return harms_own(g, row, ends);
    };
    list.push_back(std::move(found));
  }
}

/// What can move: a variable that somebody decides, or one that nothing in the account moves.
struct Lever {
  NodePlace place;
  Sign towards = Sign::plus;  ///< the way that serves the need
};

/// Signs of every node on every other one, worked out when asked for.
class AllSigns {
 public:
  explicit AllSigns(const Ground& ground) : ground_(ground), frame_(ground.frame()) {
    moved_.assign(frame_.places.size(), false);
    for (const auto& arc : frame_.graph.graph.arcs) moved_[static_cast<std::size_t>(arc.to)] = true;
  }
  [[nodiscard]] Sign of(std::size_t node, const std::vector<End>& ends) {
    auto& signs = net_[node];
    if (signs.empty()) signs = logic::net_signs(frame_.graph.graph, static_cast<int>(node));
    Sign sum = Sign::none;
    for (const End& end : ends)
      for (std::size_t n = 0; n < frame_.places.size(); ++n)
        if (frame_.places[n].variable == end.place.variable && frame_.places[n].level == end.place.level)
          sum = logic::together(sum, logic::product(end.sign, signs[n]));
    return sum;
  }
  [[nodiscard]] bool free(std::size_t node) const {
    const auto& v = ground_.s().variables[static_cast<std::size_t>(frame_.places[node].variable)];
    return !moved_[node] || !v.movers.empty();
  }
  [[nodiscard]] const framing::ConsistencyFrame& frame() const { return frame_; }

 private:
  const Ground& ground_;
  const framing::ConsistencyFrame& frame_;
  std::vector<bool> moved_;
  std::map<std::size_t, std::vector<Sign>> net_;
};

/// Every lever of `one` works against `other`; empty where one does not, or where there is none.
std::vector<Lever> all_against(AllSigns& signs, const std::vector<End>& one, const std::vector<End>& other) {
  std::vector<Lever> levers;
  for (std::size_t n = 0; n < signs.frame().places.size(); ++n) {
    if (!signs.free(n)) continue;
    const Sign serves = signs.of(n, one);
    if (serves == Sign::none) continue;
    if (serves == Sign::unknown || logic::product(serves, signs.of(n, other)) != Sign::minus) return {};
    if (levers.size() < kMostLevers) levers.push_back({signs.frame().places[n], serves});
  }
  return levers;
}

bool needs_collide(const Ground& ground, const std::string& objective, const NamedEnds& one,
                   const NamedEnds& other) {
  const auto whose = [&](const Goal& g) { return g.row == objective; };
  const auto *a = ends_named(ground, one, whose), *b = ends_named(ground, other, whose);
  if (a == nullptr || b == nullptr) return false;
  AllSigns signs(ground);
  return !all_against(signs, *a, *b).empty();
}

void collisions(const Ground& ground, const Goal& one, const Goal& other, AllSigns& signs,
                std::vector<Found>& list) {
  const Situation& s = ground.s();
  const auto levers = all_against(signs, one.ends, other.ends);
  if (levers.empty()) return;
  Found found;
  Finding& f = found.finding;
  f.kind = Finding::Kind::needs_collide;
  f.id = fmt::format("needs-collide:{}:{}:{}", one.row, end_id(s, one.ends), end_id(s, other.ends));
  f.rows = {one.row};
  std::vector<std::string> ways;
  found.candidates = {one.row};
  for (const Lever& lever : levers) {
    const framing::Variable& v = s.variables[static_cast<std::size_t>(lever.place.variable)];
    framing::LevelSet levels(v.size());
    levels.add(lever.place.level >= 0 ? lever.place.level : lever.towards == Sign::plus ? v.size() - 1 : 0);
    Formula act = Formula::atom(lever.place.variable, levels);
    if (lever.place.level >= 0 && lever.towards == Sign::minus) act = Formula::negation(std::move(act));
    const Signs from(ground, act);
    ways.push_back(moved(s, lever.place, lever.towards));
    for (const auto* ends : {&one.ends, &other.ends}) {
      const auto way = from.way(*ends, ends == &one.ends ? Sign::plus : Sign::minus);
      if (way) append_new(f.rows, rows_of(*way));
      const auto rows = from.rows_towards(*ends);
      append_new(found.candidates, {rows.begin(), rows.end()});
    }
  }
  f.words = fmt::format(
      "{}, a goal of {}, needs both {} and {}; but whatever the account has that serves the first ({}) works "
      "against "
      "the second",
      capital(name_of(s, one.row)), name_of(s, one.by.empty() ? "" : one.by.front()), one.text, other.text,
      fmt::join(ways, "; "));
  append_new(found.candidates, f.rows);
  found.holds = [row = one.row, a = named(s, one.ends), b = named(s, other.ends)](const Ground& g) {
    return needs_collide(g, row, a, b);
  };
  list.push_back(std::move(found));
}

}  // namespace

std::vector<Found> pulls_of(const Ground& ground) {
  std::vector<Found> list;
  const auto& goals = ground.goals();
  auto measures = measures_of(ground.s());
  if (measures.size() > kMostMeasures) measures.resize(kMostMeasures);
  // Of two measures that do the same harm by the same steps the one that sets less is said.
  const auto sets = [](const Measure& m) { return expression::touched(m.act).size(); };
  std::stable_sort(measures.begin(), measures.end(),
                   [&](const Measure& a, const Measure& b) { return sets(a) < sets(b); });
  for (const Measure& measure : measures) {
    std::vector<Found> more;
    own_goals(ground, goals, measure, more);
    for (auto& found : more) {
      const auto same = [&](const Found& f) {
        return f.maker == measure.by && std::equal(f.finding.rows.begin() + 1, f.finding.rows.end(),
                                                   found.finding.rows.begin() + 1, found.finding.rows.end());
      };
      if (std::none_of(list.begin(), list.end(), same)) list.push_back(std::move(found));
    }
  }
  AllSigns signs(ground);
  for (std::size_t i = 0; i < goals.size() && i < kMostGoals; ++i)
    for (std::size_t k = 0; k < goals.size() && k < kMostGoals; ++k)
      if (i != k && goals[i].objective && goals[i].row == goals[k].row &&
          !same_ends(goals[i].ends, goals[k].ends)) {
        // Where each works against the other, once is enough.
        const auto mirrored = [&](const Found& f) {
          return f.finding.id == fmt::format("needs-collide:{}:{}:{}", goals[i].row,
                                             end_id(ground.s(), goals[k].ends),
                                             end_id(ground.s(), goals[i].ends));
        };
        if (std::none_of(list.begin(), list.end(), mirrored))
          collisions(ground, goals[i], goals[k], signs, list);
      }
  return list;
}

}  // namespace parley::questions
