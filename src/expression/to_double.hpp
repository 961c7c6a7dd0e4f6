// SPDX-License-Identifier: MIT
// An exact number for print: GMP's own conversion cuts off, so that 0.1 would be printed 0.09999999999999999.
#pragma once
#include <gmpxx.h>

namespace parley::expression {

/// The nearest double.
[[nodiscard]] double to_double(const mpq_class& number);

}  // namespace parley::expression
