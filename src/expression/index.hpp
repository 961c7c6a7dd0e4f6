// SPDX-License-Identifier: MIT
// Counting numbers as indices: problems number their parties, issues and options by int, containers by
// size_t.
#pragma once

#include <cstddef>

namespace parley {

/// The place i of a container. i is not negative.
[[nodiscard]] constexpr std::size_t at(int i) noexcept { return static_cast<std::size_t>(i); }

}  // namespace parley
