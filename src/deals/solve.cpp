// SPDX-License-Identifier: MIT
#include "deals/solve.hpp"

#include <algorithm>
#include <optional>

#include "deals/count.hpp"
#include "deals/frontier.hpp"
#include "deals/gap.hpp"
#include "deals/reasons.hpp"

namespace parley::deals {
namespace {

void count_zone(const Count& count, Answer& answer) {
  answer.zone_size = count.packages;
  answer.zone_exact = count.exact;
  if (count.exact) return;
  mpz_class listed = 0;
  for (const FrontierPoint& point : answer.frontier) listed += point.n_packages;
  if (answer.zone_size < listed) answer.zone_size = listed;
  answer.warnings.emplace_back(
      "the zone was not counted to the end: it holds at least as many packages as stated");
}

template <class Number>
Answer solve_in(const Plan& plan, const Tables<mpz_class>& exact, const Options& options,
                const Watch& watch) {
  const Tables<Number> tables = narrow<Number>(exact);
  Answer answer;
  answer.n_packages = plan.packages;
  find_frontier(plan, tables, watch, answer);
  watch.progress(0.5);
  if (answer.agreement)
    count_zone(count_packages(plan, tables, ask_all(*plan.problem), watch, options.threads), answer);
  else if (!answer.certified)
    answer.zone_exact = false;
  else if (options.reasons)
    explain(plan, tables, watch, options.threads, answer);
  watch.progress(1);
  return answer;
}

/// What can be said of a problem that was not even made ready.
Answer no_answer(const BargainProblem& problem, std::string why) {
  Answer answer;
  answer.n_packages = 1;
  for (const Issue& issue : problem.issues)
    answer.n_packages *= static_cast<unsigned long>(issue.options.size());
  answer.certified = answer.complete = answer.zone_exact = false;
  Bounds unknown({}, {});
  unknown.overflow = true;
  answer.gap = gap_bound(problem, answer, unknown, [&](std::size_t i) {
    mpq_class sum = 0;
    for (const auto& row : problem.parties[i].worth) sum += *std::max_element(row.begin(), row.end());
    for (const Term& term : problem.parties[i].terms) sum += std::max<mpq_class>(term.value, 0);
    return sum;
  });
  answer.warnings.push_back(std::move(why));
  return answer;
}

std::optional<Plan> plan_of(const BargainProblem& problem, const Watch& watch) {
  try {
    return make_plan(problem, &watch);
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

}  // namespace

Answer solve(const BargainProblem& problem, const Options& options) {
  return solve(problem, options, Watch(options));
}

Answer solve(const BargainProblem& problem, const Options& options, const Watch& watch) {
  const std::optional<Plan> plan = plan_of(problem, watch);
  if (!plan) return no_answer(problem, "stopped before the search began: no answer");
  if (!plan->trouble.empty())
    return no_answer(problem,
                     "the formula of " + plan->trouble + " is too entangled to be worked with: no answer");
  const ExactTables exact = make_tables(*plan);
  if (exact.bits <= kBits64) return solve_in<std::int64_t>(*plan, exact.tables, options, watch);
  if (exact.bits <= kBits128) return solve_in<Int128>(*plan, exact.tables, options, watch);
  return solve_in<mpz_class>(*plan, exact.tables, options, watch);
}

}  // namespace parley::deals
