// SPDX-License-Identifier: MIT
#include "consistency/conditions.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace parley::consistency {
namespace {

using expression::Formula;
using expression::LevelSet;
using logic::Constraint;
using logic::FiniteProblem;
using logic::Satisfiable;

constexpr std::size_t kMostReasons = 16;

Formula at_level(const FiniteProblem& problem, int variable, int level) {
  LevelSet set(problem.sizes[static_cast<std::size_t>(variable)]);
  set.add(level);
  return Formula::atom(variable, set);
}

FiniteProblem with(FiniteProblem problem, Formula formula) {
  problem.constraints.push_back({"given", "", true, std::move(formula)});
  return problem;
}

std::vector<std::vector<std::string>> reasons(const FiniteProblem& problem,
                                              const std::function<bool()>& stop) {
  std::vector<std::vector<std::string>> list;
  for (const auto& set : logic::explain(problem, kMostReasons, stop).conflicts.sets) {
    std::vector<std::string> rows;
    for (const int i : set) rows.push_back(problem.constraints[static_cast<std::size_t>(i)].id);
    list.push_back(std::move(rows));
  }
  return list;
}

/// Variables that constraints join, with these constraints: what one such part says has no bearing on
/// another.
struct Part {
  std::vector<int> variables;  ///< of the whole problem
  FiniteProblem problem;       ///< variable k of it is variables[k]
};

Formula renamed(Formula formula, const std::vector<int>& to) {
  if (formula.kind == Formula::Kind::atom) formula.variable = to[static_cast<std::size_t>(formula.variable)];
  for (auto& part : formula.parts) part = renamed(std::move(part), to);
  return formula;
}

std::vector<Part> parts_of(const FiniteProblem& problem) {
  std::vector<int> parent(problem.sizes.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int v) {
    while (parent[static_cast<std::size_t>(v)] != v) v = parent[static_cast<std::size_t>(v)];
    return v;
  };
  std::set<int> named;
  for (const auto& constraint : problem.constraints) {
    const auto variables = expression::touched(constraint.formula);
    named.insert(variables.begin(), variables.end());
    for (const int v : variables) parent[static_cast<std::size_t>(root(v))] = root(variables.front());
  }
  std::map<int, Part> parts;
  std::vector<int> place(problem.sizes.size(), -1);
  for (const int v : named) {
    Part& part = parts[root(v)];
    place[static_cast<std::size_t>(v)] = static_cast<int>(part.variables.size());
    part.variables.push_back(v);
    part.problem.sizes.push_back(problem.sizes[static_cast<std::size_t>(v)]);
  }
  for (const auto& constraint : problem.constraints) {
    const auto variables = expression::touched(constraint.formula);
    Constraint copy = constraint;
    copy.formula = renamed(std::move(copy.formula), place);
    // A constant names no variable, and still leaves no state where it is false.
    parts[variables.empty() ? -1 : root(variables.front())].problem.constraints.push_back(std::move(copy));
  }
  std::vector<Part> list;
  for (auto& [at, part] : parts) list.push_back(std::move(part));
  return list;
}

/// One minimal set of rows that excludes what is given; not minimal where it was stopped.
std::vector<std::string> one_reason(const FiniteProblem& problem, const std::function<bool()>& stop) {
  std::vector<int> rows;
  for (std::size_t i = 0; i < problem.constraints.size(); ++i)
    if (!problem.constraints[i].structure) rows.push_back(static_cast<int>(i));
  const auto excludes = [&](const logic::IndexSet& chosen) {
    logic::IndexSet active;
    for (const int k : chosen) active.push_back(rows[static_cast<std::size_t>(k)]);
    return logic::satisfiable(problem, active, stop) == Satisfiable::no;
  };
  if (excludes({})) return {};  // structure alone
  // A row that is enough alone comes before any set of several, in whatever order deletion would meet them.
  for (int k = 0; k < static_cast<int>(rows.size()); ++k)
    if (excludes({k}))
      return {problem.constraints[static_cast<std::size_t>(rows[static_cast<std::size_t>(k)])].id};
  const auto set = logic::one_minimal_set(static_cast<int>(rows.size()), excludes);
  std::vector<std::string> ids;
  for (const int k : set)
    ids.push_back(problem.constraints[static_cast<std::size_t>(rows[static_cast<std::size_t>(k)])].id);
  return ids;
}

void reach_of(const Part& part, const std::function<bool()>& stop, Reachable& result) {
  const FiniteProblem& problem = part.problem;
  for (std::size_t v = 0; v < part.variables.size(); ++v) {
    std::vector<LevelReach> levels;
    int possible = 0;
    for (int l = 0; l < problem.sizes[v]; ++l) {
      if (stop && stop()) {
        result.complete = false;
        return;
      }
      LevelReach level{part.variables[v], l, Reach::open, {}};
      const FiniteProblem here = with(problem, at_level(problem, static_cast<int>(v), l));
      const Satisfiable can = logic::satisfiable(here, stop);
      if (can == Satisfiable::stopped) {
        result.complete = false;
        return;
      }
      if (can == Satisfiable::no) {
        level.reach = Reach::excluded;
        level.because = reasons(here, stop);
      } else {
        ++possible;
      }
      levels.push_back(std::move(level));
    }
    for (auto& level : levels) {
      if (possible == 1 && level.reach == Reach::open && levels.size() > 1) {
        level.reach = Reach::forced;
        LevelSet others(problem.sizes[v], true);
        others.remove(level.level);
        level.because = reasons(with(problem, Formula::atom(static_cast<int>(v), others)), stop);
      }
      result.levels.push_back(std::move(level));
    }
  }
}

void exclusions_of(const Part& part, std::size_t least_rows, const std::function<bool()>& stop,
                   std::vector<Exclusion>& list) {
  const FiniteProblem& problem = part.problem;
  std::vector<std::pair<int, int>> possible;
  for (std::size_t v = 0; v < part.variables.size(); ++v)
    for (int l = 0; problem.sizes[v] > 1 && l < problem.sizes[v]; ++l)
      if (logic::satisfiable(with(problem, at_level(problem, static_cast<int>(v), l)), stop) ==
          Satisfiable::yes)
        possible.emplace_back(static_cast<int>(v), l);
  for (std::size_t i = 0; i < possible.size(); ++i)
    for (std::size_t k = i + 1; k < possible.size(); ++k) {
      if (stop && stop()) return;
      const auto& [v, l] = possible[i];
      const auto& [w, m] = possible[k];
      if (v == w) continue;
      const FiniteProblem both = with(with(problem, at_level(problem, v, l)), at_level(problem, w, m));
      if (logic::satisfiable(both, stop) != Satisfiable::no) continue;
      auto rows = one_reason(both, stop);
      if (stop && stop()) return;
      if (rows.size() >= least_rows)
        list.push_back({part.variables[static_cast<std::size_t>(v)], l,
                        part.variables[static_cast<std::size_t>(w)], m, std::move(rows)});
    }
}

}  // namespace

Reachable reachable(const Conditions& conditions, const std::function<bool()>& stop) {
  Reachable result;
  const auto parts = parts_of(conditions.problem);
  for (const auto& part : parts) {
    const Satisfiable can = logic::satisfiable(part.problem, stop);
    if (can == Satisfiable::stopped) {
      result.complete = false;
      return result;
    }
    if (can == Satisfiable::no) {
      result.consistent = false;
      for (auto& clash : reasons(part.problem, stop)) result.clashes.push_back(std::move(clash));
    }
  }
  // Where structure alone leaves nothing, no row is to blame.
  if (std::any_of(result.clashes.begin(), result.clashes.end(),
                  [](const auto& rows) { return rows.empty(); }))
    result.clashes = {{}};
  if (!result.consistent) return result;
  for (const auto& part : parts) reach_of(part, stop, result);
  std::sort(result.levels.begin(), result.levels.end(), [](const LevelReach& a, const LevelReach& b) {
    return std::tie(a.variable, a.level) < std::tie(b.variable, b.level);
  });
  return result;
}

std::vector<Exclusion> exclusions(const Conditions& conditions, std::size_t least_rows,
                                  const std::function<bool()>& stop) {
  std::vector<Exclusion> list;
  const auto parts = parts_of(conditions.problem);
  for (const auto& part : parts)
    if (logic::satisfiable(part.problem, stop) != Satisfiable::yes) return list;
  for (const auto& part : parts) exclusions_of(part, least_rows, stop, list);
  std::sort(list.begin(), list.end(), [](const Exclusion& a, const Exclusion& b) {
    return std::tie(a.variable, a.level, a.other, a.other_level) <
           std::tie(b.variable, b.level, b.other, b.other_level);
  });
  return list;
}

}  // namespace parley::consistency
