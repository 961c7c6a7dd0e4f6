// SPDX-License-Identifier: MIT
// The name that was probably meant: for the hints of messages.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::expression {

/// Optimal string alignment distance (insert, delete, replace, swap of neighbours, each 1) over bytes; `cap`
/// + 1 when it is above `cap`. Case counts.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int cap);

/// The candidate nearest to `name`: at most a third of its length away (at least 1, at most 4), case apart;
/// `_`, `-` and `.` count as the same. The first one where several are equally near. Never one that says the
/// contrary (`likely` for `unlikely`, `if` for `only_if`). Nothing when none is near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                 std::span<const std::string> candidates);

}  // namespace parley::expression
