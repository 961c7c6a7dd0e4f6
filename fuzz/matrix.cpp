// SPDX-License-Identifier: MIT
// Cross-impact matrices: a problem whose parts fit together, or messages.
#include "foreign/scenario_wizard.hpp"

#include <set>

#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::as_text(data, size));
  const auto reading = foreign::read_scenario_wizard_text(text, "matrix.scw");
  for (const Diagnostic& diagnostic : reading.diagnostics)
    require(!diagnostic.message.empty() && !diagnostic.code.empty(), "a diagnostic says what is wrong", text);
  require(reading.ok() || !reading.diagnostics.empty(), "no failure without a word", text);
  if (!reading.ok()) return 0;
  const auto& problem = reading.problem;
  require(problem.scores.size() == problem.variants() * problem.variants(), "a square matrix", text);
  std::set<std::string> descriptors;
  for (const auto& descriptor : problem.descriptors) {
    require(descriptors.insert(descriptor.name).second && !descriptor.name.empty(), "names are told apart",
            text);
    const std::set<std::string> variants(descriptor.variants.begin(), descriptor.variants.end());
    require(variants.size() == descriptor.variants.size() && !variants.contains(""), "names are told apart",
            text);
  }
  return 0;
}
