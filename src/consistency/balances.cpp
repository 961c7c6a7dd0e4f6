// SPDX-License-Identifier: MIT
#include "consistency/balances.hpp"

#include <algorithm>

namespace parley::consistency {

std::size_t Balances::variants() const {
  std::size_t n = 0;
  for (const auto& descriptor : descriptors) n += descriptor.variants.size();
  return n;
}

std::size_t Balances::first(std::size_t descriptor) const {
  std::size_t n = 0;
  for (std::size_t d = 0; d < descriptor; ++d) n += descriptors[d].variants.size();
  return n;
}

mpz_class Balances::scenarios() const {
  mpz_class n = 1;
  for (const auto& descriptor : descriptors) n *= static_cast<unsigned long>(descriptor.variants.size());
  return n;
}

std::int64_t in_units(const mpq_class& tolerance, std::int64_t scale) {
  const mpq_class units = tolerance * mpq_class(static_cast<long>(scale));
  mpz_class floor;
  mpz_fdiv_q(floor.get_mpz_t(), units.get_num_mpz_t(), units.get_den_mpz_t());
  return floor.get_si();
}

std::vector<std::int64_t> impact_balance(const Balances& problem, const Scenario& scenario) {
  const std::size_t n = problem.variants();
  std::vector<std::int64_t> theta(n, 0);
  std::size_t from = 0;
  for (std::size_t e = 0; e < problem.descriptors.size(); ++e) {
    const std::int64_t* row = &problem.scores[(from + static_cast<std::size_t>(scenario[e])) * n];
    for (std::size_t v = 0; v < n; ++v) theta[v] += row[v];
    from += problem.descriptors[e].variants.size();
  }
  return theta;
}

std::int64_t inconsistency(const Balances& problem, const Scenario& scenario) {
  const auto theta = impact_balance(problem, scenario);
  std::int64_t worst = 0;
  auto at = theta.begin();
  for (std::size_t d = 0; d < problem.descriptors.size(); ++d) {
    const auto end = at + static_cast<std::ptrdiff_t>(problem.descriptors[d].variants.size());
    worst = std::max(worst, *std::max_element(at, end) - *(at + scenario[d]));
    at = end;
  }
  return worst;
}

}  // namespace parley::consistency
