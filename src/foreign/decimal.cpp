// SPDX-License-Identifier: MIT
#include "foreign/decimal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>

#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_blanks(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Takes digits from the front of `text`; false when there are too many to keep.
bool take_digits(std::string_view& text, std::string& digits, int& taken) {
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++taken) {
    if (digits.empty() && text.front() == '0') continue;  // leading zeros say nothing
    digits += text.front();
    if (digits.size() > static_cast<std::size_t>(kDigits)) return false;
  }
  return true;
}

std::optional<int> take_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (text.size() > 1 && text.front() == '+' && is_digit(text[1])) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < -kExponent || value > kExponent) return std::nullopt;
  return value;
}

mpz_class power_of_ten(int n) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, static_cast<unsigned long>(n));
  return power;
}

}  // namespace

std::optional<mpq_class> read_decimal(std::string_view text) {
  text = without_blanks(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::string digits;
  int whole = 0, fraction = 0;
  if (!take_digits(text, digits, whole)) return std::nullopt;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    if (!take_digits(text, digits, fraction)) return std::nullopt;
  }
  if (whole + fraction == 0 || fraction > kDigits + kExponent) return std::nullopt;
  const auto exponent = take_exponent(text);
  if (!exponent) return std::nullopt;
  if (digits.empty()) return mpq_class(0);
  const int scale = *exponent - fraction;
  mpq_class value(mpz_class(digits, 10));
  if (scale >= 0)
    value *= power_of_ten(scale);
  else
    value /= power_of_ten(-scale);
  if (negative) value = -value;
  return value;
}

std::optional<mpq_class> as_written(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return read_decimal(fmt::format("{}", value));
}

std::optional<int> read_integer(std::string_view text) {
  text = without_blanks(text);
  if (text.size() > 1 && text.front() == '+' && is_digit(text[1])) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace parley::foreign
