// SPDX-License-Identifier: MIT
// Tables with more packages than are listed one by one: what structure and limits alone say of them, by SAT,
// and the packages within the limits where these are few enough.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "framing/deals_parts.hpp"
#include "logic/satisfy.hpp"

namespace parley::framing {
namespace {

constexpr std::size_t kMostExplained = 16;  ///< resolutions whose conflicts and relaxations are looked for
constexpr std::size_t kMostSets = 1000;     ///< conflicts, and relaxations, of one resolution
constexpr int kMostStops = 200'000;         ///< questions of the solver whether to stop, in one resolution

/// The formula over the issues of the table alone, everything else being where the resolution has it.
Formula on_issues(const Formula& x, const std::vector<int>& now, const std::vector<int>& place) {
  if (x.kind == Formula::Kind::constant) return x;
  if (x.kind == Formula::Kind::atom) {
    const auto v = static_cast<std::size_t>(x.variable);
    return place[v] >= 0 ? Formula::atom(place[v], x.levels) : Formula::constant(x.levels.has(now[v]));
  }
  Formula out = x;
  for (Formula& part : out.parts) part = on_issues(part, now, place);
  return out;
}

/// Rule 1: some issue moves as an agreement must.
Formula moves(Table& t, const Framed& f, const Settled& r) {
  std::vector<Formula> any;
  deals::Package now;
  for (const int v : f.issues) now.push_back(r.now[static_cast<std::size_t>(v)]);
  for (std::size_t k = 0; k < now.size(); ++k) {
    const int size = t.s.variables[static_cast<std::size_t>(f.issues[k])].size();
    LevelSet levels(size);
    for (int l = 0; l < size; ++l) {
      deals::Package one = now;
      one[k] = l;
      if (agreement_moves(t, f, one, r)) levels.add(l);
    }
    any.push_back(Formula::atom(static_cast<int>(k), std::move(levels)));
  }
  return Formula::any(std::move(any));
}

logic::FiniteProblem problem_of(Table& t, const Framed& f, const Settled& r, bool limits_are_structure) {
  logic::FiniteProblem problem;
  std::vector<int> place(t.s.variables.size(), -1);
  for (const int v : f.issues) {
    place[static_cast<std::size_t>(v)] = static_cast<int>(problem.sizes.size());
    problem.sizes.push_back(t.s.variables[static_cast<std::size_t>(v)].size());
  }
  for (std::size_t i = 0; i < f.limit_formulas.size(); ++i)
    problem.constraints.push_back({f.ensemble.limits[i].id, f.ensemble.limits[i].owner, limits_are_structure,
                                   on_issues(limit_at(t, f, i, r.now), r.now, place)});
  for (const Formula& x : f.structure)
    problem.constraints.push_back({"structure", "", true, on_issues(x, r.now, place)});
  problem.constraints.push_back({"agreement", "", true, moves(t, f, r)});
  for (const auto& [issue, openings] : t.opened) {
    LevelSet now(t.s.variables[static_cast<std::size_t>(issue)].size());
    now.add(r.now[static_cast<std::size_t>(issue)]);
    std::vector<Formula> any = {Formula::atom(issue, now)};
    for (const auto& [agenda, choices] : openings) any.push_back(Formula::atom(agenda, choices));
    problem.constraints.push_back({"held", "", true, on_issues(Formula::any(std::move(any)), r.now, place)});
  }
  return problem;
}

}  // namespace

void explain_by_limits(Table& t, Framed& f) {
  ByLimits& out = f.by_limits.emplace();
  out.resolutions = t.resolutions.size();
  std::set<std::vector<int>> conflicts, relaxations;
  for (std::size_t i = 0; i < std::min(t.resolutions.size(), kMostExplained); ++i) {
    int asked = 0;
    const auto reasons = logic::explain(problem_of(t, f, t.resolutions[i], false), kMostSets, [&] {
      return ++asked > kMostStops || t.s.options.control.stopped();
    });
    t.s.options.control.check();
    ++out.looked_at;
    const bool done = reasons.conflicts.complete && reasons.relaxations.complete;
    out.complete = out.complete && done;
    const auto& found = reasons.relaxations.sets;
    const bool open = found.size() == 1 && found.front().empty();
    out.with_package += open ? 1 : 0;
    out.undecided += !open && !done && reasons.conflicts.sets.empty() ? 1 : 0;
    if (open) continue;
    conflicts.insert(reasons.conflicts.sets.begin(), reasons.conflicts.sets.end());
    relaxations.insert(found.begin(), found.end());
  }
  out.complete = out.complete && out.looked_at == out.resolutions;
  out.conflicts.assign(conflicts.begin(), conflicts.end());
  out.relaxations.assign(relaxations.begin(), relaxations.end());
}

bool list_within_limits(Table& t, Framed& f) {
  const std::size_t most = std::min(kMostWithin, kMostCases / t.resolutions.size());
  std::set<deals::Package> found;
  std::size_t visited = 0;
  for (const Settled& r : t.resolutions) {
    logic::enumerate(problem_of(t, f, r, true), [&](std::span<const int> levels) {
      t.s.options.control.check();
      found.emplace(levels.begin(), levels.end());
      return found.size() <= most && ++visited <= kMostCases;
    });
    if (found.size() > most || visited > kMostCases) return false;
  }
  t.raw.assign(found.begin(), found.end());
  std::sort(t.raw.begin(), t.raw.end(), [](const deals::Package& a, const deals::Package& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  });
  return !t.raw.empty();
}

}  // namespace parley::framing
