// SPDX-License-Identifier: MIT
// What is asked of an account at most, and why. docs/limits.md lists them; a test compares.
#pragma once
#include <cstddef>

namespace parley::questions {

/// Levels that the answered tables of all readings keep together, four bytes each: readings beyond it are
/// left out by name.
inline constexpr std::size_t kMostKeptLevels = 400'000'000;

}  // namespace parley::questions
