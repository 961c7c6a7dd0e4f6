// SPDX-License-Identifier: MIT
// Quantities: any bytes give an ordered range, or a sentence that says why not.
#include "expression/quantity.hpp"
#include "fuzz/input.hpp"

using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string why;
  const auto quantity = parley::expression::read_quantity(parley::fuzz::as_text(data, size), &why);
  require(quantity.has_value() == why.empty(), "a quantity or a reason", why);
  if (!quantity) return 0;
  require(quantity->no_low || quantity->no_high || quantity->low <= quantity->high, "ends are in order",
          quantity->text);
  return 0;
}
