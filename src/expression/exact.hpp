// SPDX-License-Identifier: MIT
// Numbers of an account: exact from the text to the verdict. Doubles are made of them where worlds are drawn
// and where numbers are printed, and nowhere else (docs/methods/worlds.md, "Exact and drawn").
#pragma once
#include <gmpxx.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::expression {

using Interval = std::pair<mpq_class, mpq_class>;  ///< lowest and highest value, both included

/// [+-] digits [. digits] with a digit on at least one side of the point, or two such numbers with a `/`
/// between them, the second above 0. Nothing for anything else. Canonical.
[[nodiscard]] std::optional<mpq_class> exact_number(std::string_view text);

/// "0.3", "12", "1/3": a decimal where at most 12 places say all of it, a fraction where both its parts are
/// short, and otherwise the shortest decimal of the nearest double.
[[nodiscard]] std::string number_text(const mpq_class& number);

}  // namespace parley::expression
