// SPDX-License-Identifier: MIT
#include "deals/choose.hpp"

#include <algorithm>

#include "deals/watch.hpp"

namespace parley::deals {
namespace {

using Vector = std::vector<mpq_class>;

constexpr double kWorkOfNumber = 20;  ///< of an exact one, in numbers looked at

Vector gains_of(const BargainProblem& problem, const Vector& utility) {
  Vector gains = utility;
  for (std::size_t i = 0; i < gains.size(); ++i)
    if (problem.parties[i].reservation) gains[i] -= *problem.parties[i].reservation;
  return gains;
}

/// The frontier points that attain the best of `values`, reported by the conventions of the contract.
Solution report(const Answer& answer, const std::vector<mpq_class>& values) {
  Solution solution;
  solution.value = *std::max_element(values.begin(), values.end());
  const FrontierPoint* best = nullptr;
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (values[p] != solution.value) continue;
    ++solution.tied;
    const FrontierPoint& point = answer.frontier[p];
    if (best == nullptr || leximin_better(point.utility, best->utility)) best = &point;
  }
  solution.utility = best->utility;
  solution.packages = best->packages;
  return solution;
}

mpq_class product_of_gains(const Vector& gains) {
  mpq_class product = 1;
  for (const mpq_class& gain : gains) {
    if (gain <= 0) return 0;
    product *= gain;
  }
  return product;
}

mpq_class smallest_ratio(const Vector& gains, const Vector& best) {
  mpq_class smallest;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    const mpq_class ratio = best[i] > 0 ? mpq_class(gains[i] / best[i]) : mpq_class(1);
    if (i == 0 || ratio < smallest) smallest = ratio;
  }
  return smallest;
}

}  // namespace

bool leximin_better(Vector a, Vector b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a > b;
}

void choose_solutions(const BargainProblem& problem, Answer& answer, const Watch* watch) {
  if (answer.frontier.empty() || problem.parties.empty()) return;
  std::vector<Vector> gains;
  // Exact products of many gains grow with every factor.
  const auto parties = static_cast<double>(problem.parties.size());
  const double work = kWorkOfNumber * parties * (1 + parties / 8);
  for (const FrontierPoint& point : answer.frontier) {
    // After a stop the first points have to do.
    if (watch != nullptr && watch->stop() && static_cast<double>(gains.size()) * work > watch->late_work())
      break;
    gains.push_back(gains_of(problem, point.utility));
  }
  // A party's best gain inside the zone is attained on the frontier.
  Vector best = gains.front();
  for (const Vector& g : gains)
    for (std::size_t i = 0; i < g.size(); ++i) best[i] = std::max(best[i], g[i]);

  std::vector<mpq_class> nash, ratio, least, sum;
  for (std::size_t p = 0; p < gains.size(); ++p) {
    if (p > 0 && watch != nullptr && watch->stop() && static_cast<double>(p) * work > watch->late_work())
      break;
    nash.push_back(product_of_gains(gains[p]));
    ratio.push_back(smallest_ratio(gains[p], best));
    least.push_back(*std::min_element(gains[p].begin(), gains[p].end()));
    sum.emplace_back(0);
    for (const mpq_class& u : answer.frontier[p].utility) sum.back() += u;
  }
  answer.nash = report(answer, nash);
  answer.kalai_smorodinsky = report(answer, ratio);
  answer.egalitarian = report(answer, least);
  answer.welfare = report(answer, sum);
  if (answer.nash->value == 0)
    answer.warnings.emplace_back("no package gives every party a gain: the Nash product is 0 everywhere");
}

}  // namespace parley::deals
