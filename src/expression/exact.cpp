// SPDX-License-Identifier: MIT
#include "expression/exact.hpp"

#include <fmt/format.h>

#include <cmath>

#include "expression/to_double.hpp"

namespace parley::expression {
namespace {

constexpr unsigned long kPlaces = 12;           // of a decimal that is printed whole
constexpr std::size_t kFractionCharacters = 7;  // of either part of a fraction that is printed as one

std::optional<mpq_class> exact_decimal(std::string_view text) {
  std::string digits;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    if (text.front() == '-') digits = "-";
    text.remove_prefix(1);
  }
  std::size_t count = 0;
  unsigned long places = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits += c;
      ++count;
      places += point ? 1 : 0;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0) return std::nullopt;
  mpq_class value{mpz_class(digits, 10)};
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, places);
  value /= power;
  return value;
}

}  // namespace

std::optional<mpq_class> exact_number(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return exact_decimal(text);
  const auto above = exact_decimal(text.substr(0, slash)), below = exact_decimal(text.substr(slash + 1));
  if (!above || !below || *below <= 0) return std::nullopt;
  return mpq_class(*above / *below);
}

std::string number_text(const mpq_class& number) {
  mpz_class power, rest;
  for (unsigned long places = 0; places <= kPlaces; ++places) {
    mpz_ui_pow_ui(power.get_mpz_t(), 10, places);
    const mpz_class scaled = abs(number.get_num()) * power;
    if (!mpz_divisible_p(scaled.get_mpz_t(), number.get_den().get_mpz_t())) continue;
    std::string digits = mpz_class(scaled / number.get_den()).get_str();
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, ".");
    return (number < 0 ? "-" : "") + digits;
  }
  std::string fraction = number.get_str();
  const auto slash = fraction.find('/');
  if (slash <= kFractionCharacters && fraction.size() - slash - 1 <= kFractionCharacters) return fraction;
  return fmt::format("{}", to_double(number));
}

double to_double(const mpq_class& number) {
  const double cut = number.get_d(), next = std::nextafter(cut, number < 0 ? -INFINITY : INFINITY);
  if (!std::isfinite(cut) || !std::isfinite(next)) return cut;
  const mpq_class below = abs(number - mpq_class(cut)), above = abs(mpq_class(next) - number);
  return above < below ? next : cut;
}

}  // namespace parley::expression
