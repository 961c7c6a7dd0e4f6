// SPDX-License-Identifier: MIT
// Utilities as exact integers. Each party has its own scale (the common denominator of its numbers), which no
// comparison within the party can see; what compares parties (welfare, leximin, cuts) is done in rationals
// afterwards.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "deals/bounds.hpp"
#include "deals/integers.hpp"
#include "deals/plan.hpp"

namespace parley::deals {

/// Column i is the utility of one party, integer / scale[i]. All parties of the problem have a column, in
/// their order, unless the tables are a projection.
template <class Number>
struct Tables {
  std::size_t parties = 0;  ///< columns
  std::vector<int> party;   ///< [i], its number in the problem
  std::vector<int> column;  ///< per party of the problem; -1 = it has none here, and its terms do not count
  std::vector<std::vector<Number>> worth;    ///< [position][option * parties + i]
  std::vector<Number> term;                  ///< value of plan.terms[t]
  std::vector<std::optional<Number>> cap;    ///< [i], only where the uncapped sum can pass it
  std::vector<std::optional<Number>> floor;  ///< [i], least integer that the reservation accepts
  std::vector<mpz_class> scale;              ///< [i]

  [[nodiscard]] std::vector<mpq_class> rational(const Number* utility) const {
    std::vector<mpq_class> result;
    for (std::size_t i = 0; i < parties; ++i) {
      result.emplace_back(to_mpz(utility[i]), scale[i]);
      result.back().canonicalize();
    }
    return result;
  }

  /// A double that is not below what `utility` is worth to party i.
  [[nodiscard]] double upper(std::size_t i, const Number& utility) const {
    // Two roundings at most, far below what `up` adds; where a double could overflow, the long way.
    const double number = as_double(utility), unit = scale[i].get_d();
    if (std::isfinite(number) && std::isfinite(unit)) return Bounds::up(number / unit);
    mpq_class value(to_mpz(utility), scale[i]);
    value.canonicalize();
    return Bounds::up(value.get_d());
  }
};

struct ExactTables {
  Tables<mpz_class> tables;
  std::size_t bits = 0;  ///< no sum of the problem's numbers needs more bits than this
};

[[nodiscard]] ExactTables make_tables(const Plan& plan);

/// The least integer u with u / scale >= value.
[[nodiscard]] mpz_class scaled_up(const mpq_class& value, const mpz_class& scale);

template <class Number>
Tables<Number> narrow(const Tables<mpz_class>& wide) {
  Tables<Number> tables;
  tables.parties = wide.parties;
  tables.party = wide.party;
  tables.column = wide.column;
  tables.scale = wide.scale;
  for (const auto& row : wide.worth) {
    tables.worth.emplace_back();
    tables.worth.back().reserve(row.size());
    for (const mpz_class& z : row) tables.worth.back().push_back(to_number<Number>(z));
  }
  for (const mpz_class& z : wide.term) tables.term.push_back(to_number<Number>(z));
  const auto optional = [](const std::optional<mpz_class>& z) {
    return z ? std::optional<Number>(to_number<Number>(*z)) : std::nullopt;
  };
  for (const auto& z : wide.cap) tables.cap.push_back(optional(z));
  for (const auto& z : wide.floor) tables.floor.push_back(optional(z));
  return tables;
}

/// The tables of some of the parties only. `parties` holds columns of `tables`, ascending.
template <class Number>
Tables<Number> project(const Tables<Number>& tables, const std::vector<std::size_t>& parties) {
  Tables<Number> result;
  result.parties = parties.size();
  result.column.assign(tables.column.size(), -1);
  result.term = tables.term;
  for (const std::size_t i : parties) {
    result.column[static_cast<std::size_t>(tables.party[i])] = static_cast<int>(result.party.size());
    result.party.push_back(tables.party[i]);
    result.cap.push_back(tables.cap[i]);
    result.floor.push_back(tables.floor[i]);
    result.scale.push_back(tables.scale[i]);
  }
  for (const std::vector<Number>& row : tables.worth) {
    result.worth.emplace_back();
    for (std::size_t o = 0; o < row.size(); o += tables.parties)
      for (const std::size_t i : parties) result.worth.back().push_back(row[o + i]);
  }
  return result;
}

/// The columns of parties whose reservation is hard in `ask` and can be missed: the only ones that decide
/// whether a package satisfies it. Bounds are those of the utilities, whatever the constraints.
template <class Number>
std::vector<std::size_t> deciding(const Plan& plan, const Tables<Number>& tables,
                                  const std::vector<bool>& hard) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < tables.parties; ++i) {
    if (!tables.floor[i] || !hard[static_cast<std::size_t>(tables.party[i])]) continue;
    Number least(0);
    for (const std::vector<Number>& row : tables.worth) {
      if (row.empty()) continue;
      Number low = row[i];
      for (std::size_t o = i; o < row.size(); o += tables.parties) low = std::min(low, row[o]);
      least += low;
    }
    for (std::size_t t = 0; t < plan.terms.size(); ++t) {
      const bool sure = plan.terms[t].diagram.root == Diagram::kTrue;
      if (plan.terms[t].party == tables.party[i] && (tables.term[t] < 0 || sure)) least += tables.term[t];
    }
    if (tables.cap[i] && *tables.cap[i] < least) least = *tables.cap[i];
    if (least < *tables.floor[i]) result.push_back(i);
  }
  return result;
}

}  // namespace parley::deals
