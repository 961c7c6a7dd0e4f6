// SPDX-License-Identifier: MIT
#include "deals/solve.hpp"

#include "deals/count.hpp"
#include "deals/frontier.hpp"
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
Answer solve_in(const Plan& plan, const Tables<mpz_class>& exact, const Options& options) {
  const Watch watch(options);
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

}  // namespace

Answer solve(const BargainProblem& problem, const Options& options) {
  const Plan plan = make_plan(problem);
  if (!plan.trouble.empty()) {
    Answer answer;
    answer.n_packages = plan.packages;
    answer.certified = answer.complete = answer.zone_exact = false;
    answer.warnings.push_back("the formula of " + plan.trouble +
                              " is too entangled to be worked with: no answer");
    return answer;
  }
  const ExactTables exact = make_tables(plan);
  if (exact.bits <= kBits64) return solve_in<std::int64_t>(plan, exact.tables, options);
  if (exact.bits <= kBits128) return solve_in<Int128>(plan, exact.tables, options);
  return solve_in<mpz_class>(plan, exact.tables, options);
}

}  // namespace parley::deals
