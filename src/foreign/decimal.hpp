// SPDX-License-Identifier: MIT
// Decimal numbers as exact rationals.
#pragma once
#include <gmpxx.h>

#include <optional>
#include <string_view>

namespace parley::foreign {

/// [+-] digits [. digits] [e [+-] digits], at least one digit in front of or behind the point, blanks around
/// allowed. At most kDigits significant digits and an exponent within +-kExponent (limits.hpp). Exact: "0.1"
/// is 1/10. Nothing for anything else (NaN, infinities, hexadecimal, digit groups, a type suffix).
[[nodiscard]] std::optional<mpq_class> read_decimal(std::string_view text);

/// The shortest decimal number that reads back as `value`, as an exact rational: 0.85 is 17/20. Nothing when
/// it is not finite or out of the limits above.
[[nodiscard]] std::optional<mpq_class> as_written(double value);

/// [+-] digits that fit 32 bits, blanks around allowed.
[[nodiscard]] std::optional<int> read_integer(std::string_view text);

}  // namespace parley::foreign
