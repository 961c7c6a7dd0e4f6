// SPDX-License-Identifier: MIT
// Utilities as exact integers. Each party has its own scale (the common denominator of its numbers), which no
// comparison within the party can see; what compares parties (welfare, leximin, cuts) is done in rationals
// afterwards.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "deals/integers.hpp"
#include "deals/plan.hpp"

namespace parley::deals {

/// Party i's utility is integer / scale[i].
template <class Number>
struct Tables {
  std::size_t parties = 0;
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
};

struct ExactTables {
  Tables<mpz_class> tables;
  std::size_t bits = 0;  ///< no sum of the problem's numbers needs more bits than this
};

[[nodiscard]] ExactTables make_tables(const Plan& plan);

template <class Number>
Tables<Number> narrow(const Tables<mpz_class>& wide) {
  Tables<Number> tables;
  tables.parties = wide.parties;
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

}  // namespace parley::deals
