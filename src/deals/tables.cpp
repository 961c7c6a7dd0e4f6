// SPDX-License-Identifier: MIT
#include "deals/tables.hpp"

#include <algorithm>

namespace parley::deals {
namespace {

mpz_class common_denominator(const Party& party) {
  mpz_class scale = 1;
  const auto take = [&](const mpq_class& v) {
    if (!mpz_divisible_p(scale.get_mpz_t(), v.get_den().get_mpz_t())) scale = lcm(scale, v.get_den());
  };
  for (const auto& row : party.worth)
    for (const mpq_class& v : row) take(v);
  for (const Term& term : party.terms) take(term.value);
  if (party.cap) take(*party.cap);
  return scale;
}

mpz_class scaled(const mpq_class& value, const mpz_class& scale) {
  return value.get_num() * (scale / value.get_den());
}

/// Fills in party i's columns; returns the largest magnitude that a sum of its numbers can reach.
mpz_class add_party(const Plan& plan, std::size_t i, Tables<mpz_class>& tables) {
  const Party& party = plan.problem->parties[i];
  const mpz_class scale = common_denominator(party);
  mpz_class magnitude = 0, highest = 0;
  for (std::size_t p = 0; p < plan.order.size() && !party.worth.empty(); ++p) {
    const std::vector<mpq_class>& row = party.worth[static_cast<std::size_t>(plan.order[p])];
    mpz_class largest = 0, best;
    for (std::size_t o = 0; o < static_cast<std::size_t>(plan.sizes[p]); ++o) {
      mpz_class& cell = tables.worth[p][o * tables.parties + i];
      cell = scaled(row[o], scale);
      if (abs(cell) > largest) largest = abs(cell);
      if (o == 0 || cell > best) best = cell;
    }
    magnitude += largest;
    highest += best;
  }
  for (std::size_t t = 0; t < plan.terms.size(); ++t) {
    if (plan.terms[t].party != static_cast<int>(i)) continue;
    tables.term[t] = scaled(party.terms[static_cast<std::size_t>(plan.terms[t].term)].value, scale);
    magnitude += abs(tables.term[t]);
    if (tables.term[t] > 0) highest += tables.term[t];
  }
  tables.scale[i] = scale;
  if (party.cap) {
    const mpz_class cap = scaled(*party.cap, scale);
    magnitude += abs(cap);
    if (cap < highest) tables.cap[i] = cap;
  }
  if (party.reservation) {
    // A floor beyond every sum acts like the next integer above them all: it need not be wider than they are.
    mpz_class floor = scaled_up(*party.reservation, scale);
    const mpz_class above = magnitude + 1;
    if (floor > above) floor = above;
    if (floor < -above) floor = -above;
    tables.floor[i] = floor;
  }
  return 2 * magnitude + 2;
}

}  // namespace

mpz_class scaled_up(const mpq_class& value, const mpz_class& scale) {
  mpz_class result;
  const mpz_class numerator = value.get_num() * scale;
  mpz_cdiv_q(result.get_mpz_t(), numerator.get_mpz_t(), value.get_den().get_mpz_t());
  return result;
}

ExactTables make_tables(const Plan& plan) {
  ExactTables exact;
  Tables<mpz_class>& tables = exact.tables;
  const std::size_t n = plan.problem->parties.size();
  tables.parties = n;
  for (std::size_t i = 0; i < n; ++i) {
    tables.party.push_back(static_cast<int>(i));
    tables.column.push_back(static_cast<int>(i));
  }
  for (const int size : plan.sizes) tables.worth.emplace_back(static_cast<std::size_t>(size) * n);
  tables.term.resize(plan.terms.size());
  tables.cap.resize(n);
  tables.floor.resize(n);
  tables.scale.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const mpz_class most = add_party(plan, i, tables);
    exact.bits = std::max(exact.bits, mpz_sizeinbase(most.get_mpz_t(), 2));
  }
  return exact;
}

}  // namespace parley::deals
