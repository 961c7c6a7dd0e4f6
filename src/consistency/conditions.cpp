// SPDX-License-Identifier: MIT
#include "consistency/conditions.hpp"

namespace parley::consistency {
namespace {

using expression::Formula;
using expression::LevelSet;
using logic::Constraint;
using logic::FiniteProblem;

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

/// Variables that some constraint names: about the others nothing is said.
std::vector<bool> named(const FiniteProblem& problem) {
  std::vector<bool> list(problem.sizes.size(), false);
  for (const auto& constraint : problem.constraints)
    for (const int v : expression::touched(constraint.formula)) list[static_cast<std::size_t>(v)] = true;
  return list;
}

/// One minimal set of rows that excludes what is given; the indices are of all constraints.
std::vector<std::string> one_reason(const FiniteProblem& problem) {
  std::vector<int> rows;
  for (std::size_t i = 0; i < problem.constraints.size(); ++i)
    if (!problem.constraints[i].structure) rows.push_back(static_cast<int>(i));
  const auto set = logic::one_minimal_set(static_cast<int>(rows.size()), [&](const logic::IndexSet& chosen) {
    logic::IndexSet active;
    for (const int k : chosen) active.push_back(rows[static_cast<std::size_t>(k)]);
    return !logic::satisfy(problem, active).has_value();
  });
  std::vector<std::string> ids;
  for (const int k : set)
    ids.push_back(problem.constraints[static_cast<std::size_t>(rows[static_cast<std::size_t>(k)])].id);
  return ids;
}

}  // namespace

Reachable reachable(const Conditions& conditions, const std::function<bool()>& stop) {
  Reachable result;
  const FiniteProblem& problem = conditions.problem;
  if (!logic::satisfy(problem)) {
    result.consistent = false;
    result.clashes = reasons(problem, stop);
    return result;
  }
  const auto asked = named(problem);
  for (std::size_t v = 0; v < asked.size(); ++v) {
    if (!asked[v]) continue;
    std::vector<LevelReach> levels;
    int possible = 0;
    for (int l = 0; l < problem.sizes[v]; ++l) {
      if (stop && stop()) {
        result.complete = false;
        return result;
      }
      LevelReach level{static_cast<int>(v), l, Reach::open, {}};
      const FiniteProblem here = with(problem, at_level(problem, static_cast<int>(v), l));
      if (!logic::satisfy(here)) {
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
        level.because = reasons(with(problem, Formula::atom(level.variable, others)), stop);
      }
      result.levels.push_back(std::move(level));
    }
  }
  return result;
}

std::vector<Exclusion> exclusions(const Conditions& conditions, std::size_t least_rows,
                                  const std::function<bool()>& stop) {
  std::vector<Exclusion> list;
  const FiniteProblem& problem = conditions.problem;
  const auto asked = named(problem);
  std::vector<std::pair<int, int>> possible;
  for (std::size_t v = 0; v < asked.size(); ++v)
    for (int l = 0; asked[v] && problem.sizes[v] > 1 && l < problem.sizes[v]; ++l)
      if (logic::satisfy(with(problem, at_level(problem, static_cast<int>(v), l))))
        possible.emplace_back(static_cast<int>(v), l);
  for (std::size_t i = 0; i < possible.size(); ++i)
    for (std::size_t k = i + 1; k < possible.size(); ++k) {
      if (stop && stop()) return list;
      const auto& [v, l] = possible[i];
      const auto& [w, m] = possible[k];
      if (v == w) continue;
      const FiniteProblem both = with(with(problem, at_level(problem, v, l)), at_level(problem, w, m));
      if (logic::satisfy(both)) continue;
      auto rows = one_reason(both);
      if (rows.size() >= least_rows) list.push_back({v, l, w, m, std::move(rows)});
    }
  return list;
}

}  // namespace parley::consistency
