// SPDX-License-Identifier: MIT
#include "logic/satisfy.hpp"

#include <algorithm>

#include "logic/finite_walk.hpp"
#include "logic/sat_problem.hpp"

namespace parley::logic {
namespace {

bool small(const FiniteProblem& problem) { return cells(problem.sizes) <= kSmallSpace; }

IndexSet soft(const FiniteProblem& problem) {
  IndexSet out;
  for (std::size_t c = 0; c < problem.constraints.size(); ++c)
    if (!problem.constraints[c].structure) out.push_back(static_cast<int>(c));
  return out;
}

SetFamily cut(SetFamily family, std::size_t limit) {
  if (family.sets.size() <= limit) return family;
  family.sets.resize(limit);
  family.complete = false;
  return family;
}

Explanations by_search(const FiniteProblem& problem, std::size_t limit, const std::function<bool()>& stop) {
  bool stopped = false;
  const std::function<bool()> stays_stopped = [&] { return stopped = stopped || stop(); };
  SatProblem sat(problem);
  if (stop) sat.stop_when(stays_stopped);
  const IndexSet constraints = soft(problem);
  const auto numbers = [&](const IndexSet& positions) {
    IndexSet out;
    for (const int p : positions) out.push_back(constraints[static_cast<std::size_t>(p)]);
    return out;
  };
  const auto possible = [&](const IndexSet& active) {
    try {
      return sat.solve(active).has_value();
    } catch (const SatProblem::Interrupted&) {
      return true;  // the search drops whatever it was at when it sees the stop
    }
  };
  if (!possible({})) return {{{IndexSet{}}, true}, {}};
  if (stopped) return {{{}, false}, {{}, false}};
  Explanations out = all_minimal_sets(
      static_cast<int>(constraints.size()),
      [&](const IndexSet& positions) { return !possible(numbers(positions)); }, limit,
      stop ? stays_stopped : stop);
  for (SetFamily* family : {&out.conflicts, &out.relaxations})
    for (IndexSet& set : family->sets) set = numbers(set);
  return out;
}

}  // namespace

std::optional<std::vector<int>> satisfy(const FiniteProblem& problem, const IndexSet& active) {
  if (!small(problem)) return SatProblem(problem).solve(active);
  std::vector<bool> counts(problem.constraints.size(), false);
  for (const int c : active) counts[static_cast<std::size_t>(c)] = true;
  std::optional<std::vector<int>> found;
  walk(problem, counts, [&](std::span<const int> levels) {
    found.emplace(levels.begin(), levels.end());
    return false;
  });
  return found;
}

std::optional<std::vector<int>> satisfy(const FiniteProblem& problem) {
  return satisfy(problem, soft(problem));
}

Satisfiable satisfiable(const FiniteProblem& problem, const IndexSet& active,
                        const std::function<bool()>& stop) {
  if (small(problem)) return satisfy(problem, active) ? Satisfiable::yes : Satisfiable::no;
  SatProblem sat(problem);
  if (stop) sat.stop_when(stop);
  try {
    return sat.solve(active) ? Satisfiable::yes : Satisfiable::no;
  } catch (const SatProblem::Interrupted&) {
    return Satisfiable::stopped;
  }
}

Satisfiable satisfiable(const FiniteProblem& problem, const std::function<bool()>& stop) {
  return satisfiable(problem, soft(problem), stop);
}

Explanations explain(const FiniteProblem& problem, std::size_t limit, const std::function<bool()>& stop) {
  if (small(problem)) {
    if (const auto relaxations = minimal_violations(problem, stop))
      return {minimal_hitting_sets(*relaxations, limit), cut({*relaxations, true}, limit)};
    if (stop && stop()) return {{{}, false}, {{}, false}};
  }
  return by_search(problem, limit, stop);
}

std::uint64_t enumerate(const FiniteProblem& problem,
                        const std::function<bool(std::span<const int>)>& visit) {
  const std::vector<bool> all(problem.constraints.size(), true);
  if (small(problem)) return walk(problem, all, visit);
  // Subtrees that are too wide to be searched in vain are first shown to hold something.
  SatProblem sat(problem);
  const IndexSet constraints = soft(problem);
  if (!sat.solve(constraints)) return 0;
  std::vector<bool> ask;
  for (std::size_t v = 0; v < problem.sizes.size(); ++v)
    ask.push_back(cells(std::span(problem.sizes).first(v)) > kSmallSpace / 64);
  return walk(problem, all, visit, [&](std::size_t first, std::span<const int> levels) {
    if (!ask[first]) return true;
    std::vector<std::pair<std::size_t, int>> given;
    for (std::size_t v = first; v < levels.size(); ++v) given.emplace_back(v, levels[v]);
    return sat.solve(constraints, given).has_value();
  });
}

}  // namespace parley::logic
