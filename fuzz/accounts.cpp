// SPDX-License-Identifier: MIT
// The bytes are the choices of a random account, which goes through the whole program: tables, games, logic,
// claims, findings. It is read, and no answer contradicts itself. That names and order count for nothing is
// looked at by `./dev twins`, over fixed seeds.
#include "accounts/facts.hpp"

#include <span>

#include "fuzz/input.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  testing::Choices choices(std::span<const std::uint8_t>(data, size));
  const auto dispute = testing::random_dispute(choices);
  const auto texts = testing::told(dispute, testing::as_it_is(dispute));
  testing::FactsOptions options;
  options.draws = 6;
  const testing::Facts facts = testing::facts_of(texts, {}, options);
  if (facts.reads && facts.contradictions.empty()) return 0;
  std::string all = facts.reads ? "" : "the account is not read\n";
  for (const auto& found : facts.contradictions) all += found + "\n";
  for (const auto& [name, text] : texts) all += "=== file " + name + "\n" + text;
  fuzz::require(false, "a random account is read and contradicts nothing", all);
  return 0;
}
