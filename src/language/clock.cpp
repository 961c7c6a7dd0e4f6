// SPDX-License-Identifier: MIT
#include "language/clock.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>

#include "expression/quantity.hpp"

namespace parley::language {
namespace {

std::optional<int> whole(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

bool is_date(std::string_view text) {
  if (text.size() != 7 && text.size() != 10) return false;
  if (text[4] != '-' || (text.size() == 10 && text[7] != '-')) return false;
  const auto year = whole(text.substr(0, 4)), month = whole(text.substr(5, 2));
  const auto day = text.size() == 10 ? whole(text.substr(8, 2)) : std::optional<int>(1);
  if (!year || !month || !day || *month < 1 || *day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(*year),
                                     std::chrono::month(static_cast<unsigned>(*month)),
                                     std::chrono::day(static_cast<unsigned>(*day)))
      .ok();
}

bool is_step(const std::string& text) {
  const auto step = expression::read_quantity(text);
  if (!step || step->no_low || step->no_high || step->low != step->high || !(step->low > 0)) return false;
  return step->low <= 10'000 &&
         (step->unit == "day" || step->unit == "week" || step->unit == "month" || step->unit == "year");
}

}  // namespace

std::string wrong_in_clock(std::string_view field, const std::string& text) {
  if (field == "start" && !is_date(text)) return fmt::format("`{}` is no date", text);
  if (field == "step" && !is_step(text)) return fmt::format("`{}` is no step of time", text);
  if (field == "horizon") {
    const auto steps = whole(text);
    if (!steps || *steps < 1 || *steps > kMostSteps) return fmt::format("`{}` is no number of steps", text);
  }
  return "";
}

std::string clock_hint(std::string_view field) {
  if (field == "start") return "write a date as 2026-02-11 or 2026-02";
  if (field == "step") return "write a time such as `1 week` or `3 months`";
  return fmt::format("a whole number from 1 to {}", kMostSteps);
}

}  // namespace parley::language
