// SPDX-License-Identifier: MIT
#include "deals/plan.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace parley::deals {
namespace {

/// Takes next the issue that leaves the fewest rules half read, and among those the one that completes most.
std::vector<int> choose_order(int n_issues, const std::vector<std::vector<int>>& rules) {
  std::vector<std::vector<int>> touching(static_cast<std::size_t>(n_issues));
  std::vector<int> left(rules.size());  // issues of the rule that are not yet taken
  for (std::size_t r = 0; r < rules.size(); ++r) {
    left[r] = static_cast<int>(rules[r].size());
    for (const int k : rules[r]) touching[static_cast<std::size_t>(k)].push_back(static_cast<int>(r));
  }
  std::vector<int> order;
  std::vector<bool> taken(static_cast<std::size_t>(n_issues), false);
  for (;;) {
    int best = -1;
    std::tuple<int, int> best_cost;
    for (int k = 0; k < n_issues; ++k) {
      if (taken[static_cast<std::size_t>(k)] || touching[static_cast<std::size_t>(k)].empty()) continue;
      int opened = 0, closed = 0;
      for (const int r : touching[static_cast<std::size_t>(k)]) {
        const auto rule = static_cast<std::size_t>(r);
        const bool untouched = left[rule] == static_cast<int>(rules[rule].size());
        if (untouched && left[rule] > 1) ++opened;
        if (!untouched && left[rule] == 1) ++closed;
      }
      const std::tuple<int, int> cost{opened - closed, -closed};
      if (best < 0 || cost < best_cost) best = k, best_cost = cost;
    }
    if (best < 0) break;
    taken[static_cast<std::size_t>(best)] = true;
    order.push_back(best);
    for (const int r : touching[static_cast<std::size_t>(best)]) --left[static_cast<std::size_t>(r)];
  }
  for (int k = 0; k < n_issues; ++k)
    if (!taken[static_cast<std::size_t>(k)]) order.push_back(k);
  return order;
}

}  // namespace

Plan make_plan(const BargainProblem& problem, const Watch* watch) {
  Plan plan;
  plan.problem = &problem;
  const std::size_t n = problem.issues.size();
  std::vector<std::vector<int>> rules;
  for (const Constraint& c : problem.constraints) rules.push_back(expression::touched(c.formula));
  for (const Party& party : problem.parties)
    for (const Term& term : party.terms) rules.push_back(expression::touched(term.when));
  plan.order = choose_order(static_cast<int>(n), rules);

  std::vector<int> sizes, position(n);
  for (const Issue& issue : problem.issues) sizes.push_back(static_cast<int>(issue.options.size()));
  for (std::size_t p = 0; p < n; ++p) {
    const auto k = static_cast<std::size_t>(plan.order[p]);
    position[k] = static_cast<int>(p);
    plan.sizes.push_back(sizes[k]);
    plan.packages *= sizes[k];
  }
  const auto diagram = [&](const expression::Formula& formula, const std::string& id) {
    std::optional<Diagram> built = build_diagram(formula, sizes, position, watch);
    if (!built && plan.trouble.empty()) plan.trouble = id;
    return built.value_or(Diagram{});
  };
  for (const Constraint& c : problem.constraints) plan.constraints.push_back(diagram(c.formula, c.id));
  for (std::size_t i = 0; i < problem.parties.size(); ++i)
    for (std::size_t t = 0; t < problem.parties[i].terms.size(); ++t)
      plan.terms.push_back({static_cast<int>(i), static_cast<int>(t),
                            diagram(problem.parties[i].terms[t].when, "a term of " + problem.parties[i].id)});
  return plan;
}

}  // namespace parley::deals
