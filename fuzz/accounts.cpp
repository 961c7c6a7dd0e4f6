// SPDX-License-Identifier: MIT
// The bytes are the choices of a random account, which goes through the whole program: tables, games, logic,
// claims, findings; told twice, under other names and in another order. No answer contradicts itself, and no
// name counts.
#include "accounts/facts.hpp"

#include <span>

#include "fuzz/input.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  testing::Choices choices(std::span<const std::uint8_t>(data, size));
  const auto dispute = testing::random_dispute(choices);
  testing::FactsOptions options;
  options.draws = 6;
  options.whole = size % 8 == 0;
  std::string all;
  for (const auto& found : testing::put_through(dispute, size, options)) all += found + "\n";
  if (all.empty()) return 0;
  for (const auto& [name, text] : testing::told(dispute, testing::as_it_is(dispute)))
    all += "=== file " + name + "\n" + text;
  fuzz::require(false, "a random account contradicts nothing, and its names and order count for nothing",
                all);
  return 0;
}
