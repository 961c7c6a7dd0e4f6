// SPDX-License-Identifier: MIT
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/deals_foreign.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using Utility = std::vector<mpq_class>;

constexpr std::size_t kNumbersAfterStop = 100'000;  // of the frontier that a stopped search has found
const mpz_class kWholeLists = 2000;                 // a frontier with more packages than this may list fewer

/// A member of an object that has none of that name: objects that keep their order look through all their
/// members where they are asked for one, and issues and parties may be a thousand.
void append(ordered_json& object, const std::string& key, ordered_json value) {
  object.get_ref<ordered_json::object_t&>().emplace_back(key, std::move(value));
}

ordered_json utility_json(const deals::BargainProblem& problem, const Utility& utility) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < utility.size(); ++i)
    append(object, problem.parties[i].id, nearest_double(utility[i]));
  return object;
}

ordered_json packages_json(const deals::BargainProblem& problem,
                           const std::vector<deals::Package>& packages) {
  ordered_json list = ordered_json::array();
  for (const deals::Package& package : packages) list.push_back(package_json(problem, package));
  return list;
}

ordered_json solution_json(const deals::BargainProblem& problem,
                           const std::optional<deals::Solution>& solution) {
  if (!solution) return nullptr;
  ordered_json object = ordered_json::object();
  object["utility"] = utility_json(problem, solution->utility);
  object["packages"] = packages_json(problem, solution->packages);
  object["value"] = nearest_double(solution->value);
  object["tied"] = solution->tied;
  return object;
}

ordered_json frontier_json(const deals::BargainProblem& problem, const deals::Answer& answer) {
  mpz_class total;
  for (const deals::FrontierPoint& point : answer.frontier) total += point.n_packages;
  ordered_json list = ordered_json::array();
  std::size_t numbers = 0;
  for (const deals::FrontierPoint& point : answer.frontier) {
    // What a stop left is no whole list in any case.
    numbers += point.utility.size() + point.packages.size() * problem.issues.size();
    if (!answer.complete && numbers > kNumbersAfterStop && !list.empty()) break;
    ordered_json object = ordered_json::object();
    object["utility"] = utility_json(problem, point.utility);
    object["packages"] = packages_json(problem, point.packages);
    if (total > kWholeLists) object["n_packages"] = point.n_packages.get_str();
    list.push_back(std::move(object));
  }
  return list;
}

ordered_json concession_json(const deals::BargainProblem& problem,
                             const std::optional<deals::UniformCut>& cut) {
  if (!cut) return nullptr;
  ordered_json object = ordered_json::object();
  object["uniform_cut"] = nearest_double(cut->cut);
  object["packages"] = packages_json(problem, cut->packages);
  object["utility"] = utility_json(problem, cut->utility);
  return object;
}

}  // namespace

double nearest_double(const mpq_class& value) {
  // A quotient of two numbers that are exact is rounded once, to the nearest.
  constexpr std::size_t kExact = std::numeric_limits<double>::digits;
  if (mpz_sizeinbase(value.get_num_mpz_t(), 2) <= kExact &&
      mpz_sizeinbase(value.get_den_mpz_t(), 2) <= kExact)
    return value.get_num().get_d() / value.get_den().get_d();
  const double toward_zero = value.get_d();
  if (!std::isfinite(toward_zero))
    return sgn(value) < 0 ? std::numeric_limits<double>::lowest() : std::numeric_limits<double>::max();
  const double away = std::nextafter(toward_zero, sgn(value) < 0 ? -std::numeric_limits<double>::infinity()
                                                                 : std::numeric_limits<double>::infinity());
  if (!std::isfinite(away)) return toward_zero;
  const mpq_class below = abs(value - mpq_class(toward_zero)), above = abs(mpq_class(away) - value);
  if (below != above) return below < above ? toward_zero : away;
  int exponent = 0;  // a tie: the one whose last bit is 0
  const double mantissa = std::ldexp(std::frexp(toward_zero, &exponent), std::numeric_limits<double>::digits);
  return std::fmod(mantissa, 2) == 0 ? toward_zero : away;
}

ordered_json package_json(const deals::BargainProblem& problem, const deals::Package& package) {
  ordered_json object = ordered_json::object();
  for (std::size_t k = 0; k < package.size(); ++k) {
    const deals::Issue& issue = problem.issues[k];
    const deals::Option& option = issue.options[static_cast<std::size_t>(package[k])];
    long long number = 0;
    if (option.is_integer) {
      std::from_chars(option.name.data(), option.name.data() + option.name.size(), number);
      append(object, issue.name, number);
    } else {
      append(object, issue.name, option.name);
    }
  }
  return object;
}

ordered_json deals_json(const deals::BargainProblem& problem, const deals::Answer& answer) {
  ordered_json object = ordered_json::object();
  object["n_packages"] = answer.n_packages.get_str();
  object["zone_size"] = answer.zone_size.get_str();
  object["agreement"] = answer.agreement;
  object["certified"] = answer.certified;
  object["complete"] = answer.complete;
  object["gap"] = nearest_double(answer.gap);
  object["parties"] = ordered_json::array();
  for (const deals::Party& party : problem.parties) object["parties"].push_back(party.id);
  object["frontier"] = frontier_json(problem, answer);
  ordered_json solutions = ordered_json::object();
  solutions["nash"] = solution_json(problem, answer.nash);
  solutions["kalai_smorodinsky"] = solution_json(problem, answer.kalai_smorodinsky);
  solutions["egalitarian"] = solution_json(problem, answer.egalitarian);
  solutions["welfare"] = solution_json(problem, answer.welfare);
  object["solutions"] = std::move(solutions);
  object["conflicts"] = answer.conflicts;
  object["relaxations"] = answer.relaxations;
  object["cheapest_concession"] = concession_json(problem, answer.cheapest_concession);
  object["near_misses"] = ordered_json::array();
  for (const deals::NearMiss& miss : answer.near_misses) {
    ordered_json near = ordered_json::object();
    near["package"] = package_json(problem, miss.package);
    near["breaks"] = miss.breaks;
    object["near_misses"].push_back(std::move(near));
  }
  return object;
}

}  // namespace parley::report
