// SPDX-License-Identifier: MIT
// A quantity as an analyst writes it: an interval with a unit, a likelihood word, or a direction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "expression/exact.hpp"

namespace parley::expression {

struct Quantity {
  mpq_class low = 0, high = 0;               ///< exact; per cent is stored as a fraction: 30% -> 3/10
  bool low_open = false, high_open = false;  ///< "more than", "less than"
  bool no_low = false, no_high = false;      ///< unbounded on that side
  std::string unit;                          ///< "", "%", "day", "week", "month", "year" or any other word
  std::string words;                         ///< the likelihood word it came from, if any
  enum class Trend { none, rising, falling, steady } trend = Trend::none;
  bool unknown = false;  ///< the word `unknown`
  std::string text;      ///< as written
};

/// Forms: `5`, `5%`, `1/3`, `30% to 40%`, `more than 70%`, `at least 2`, `less than 3 weeks`, `at most 5`, `1
/// to 12 months`, `between 1 and 2`, `likely` and `unlikely to likely` (words of US ICD 203, 2015), `rising`,
/// `falling`, `steady`, `unknown`. Nothing when it is none of these, when it is not finite, or when the range
/// is reversed; `why` then says so in a sentence. One-sided forms put the number into both `low` and `high`
/// and set `no_low` or `no_high`; `unknown` and trends set both.
[[nodiscard]] std::optional<Quantity> read_quantity(std::string_view text, std::string* why = nullptr);

}  // namespace parley::expression
