// SPDX-License-Identifier: MIT
// Which partial packages to follow where there are too many: the best in each of several directions, so that
// what is kept spreads over the frontier. A heuristic: it decides what is found, never what is claimed.
#pragma once
#include <cstdint>
#include <vector>

#include "deals/watch.hpp"

namespace parley::deals {

/// `estimates` holds m rows of n: per party, a guess of what the partial package will be worth, above the
/// reservation value and in units of what is at stake for the party. Flags `width` of the rows (or a few
/// more). Where the watch says stop, Stopped is thrown.
[[nodiscard]] std::vector<bool> choose_beam(const std::vector<float>& estimates, std::size_t n, std::size_t m,
                                            std::size_t width, const Watch* watch = nullptr);

}  // namespace parley::deals
