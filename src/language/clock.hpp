// SPDX-License-Identifier: MIT
// The clock of an account: where it starts, how long a step is, how many steps are looked ahead.
#pragma once
#include <string>
#include <string_view>

namespace parley::language {

inline constexpr int kMostSteps = 100'000;

/// What is wrong with one field of the clock (`start`, `step`, `horizon`), as a sentence; empty when nothing
/// is. start: a date of the calendar, 2026-02 or 2026-02-11; step: a positive time; horizon: 1 to kMostSteps.
[[nodiscard]] std::string wrong_in_clock(std::string_view field, const std::string& text);
/// What to write instead.
[[nodiscard]] std::string clock_hint(std::string_view field);

}  // namespace parley::language
