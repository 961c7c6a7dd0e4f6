// SPDX-License-Identifier: MIT
// Cross-impact balances: consistent scenarios by branch and bound against plain enumeration (on a smaller
// matrix, a scenario each), on made matrices and, where the shared data is at hand, on published ones.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "bench/ratio.hpp"
#include "consistency/balances.hpp"
#include "foreign/scenario_wizard.hpp"

namespace {

using namespace parley::consistency;

/// Judgements from -3 to 3, half of them 0, as experts give them.
Balances made(std::size_t descriptors, std::size_t variants) {
  std::mt19937_64 random(11);
  Balances problem;
  for (std::size_t d = 0; d < descriptors; ++d)
    problem.descriptors.push_back({"d" + std::to_string(d), std::vector<std::string>(variants, "v")});
  const std::size_t n = problem.variants();
  problem.scores.assign(n * n, 0);
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t column = 0; column < n; ++column)
      if (row / variants != column / variants && random() % 2 == 0)
        problem.scores[row * n + column] = static_cast<std::int64_t>(random() % 7) - 3;
  return problem;
}

/// The definition: every scenario, every balance.
std::size_t enumerated(const Balances& problem) {
  std::size_t count = 0;
  Scenario scenario(problem.descriptors.size(), 0);
  for (;;) {
    count += inconsistency(problem, scenario) == 0 ? 1 : 0;
    std::size_t d = 0;
    while (d < scenario.size() && ++scenario[d] == static_cast<int>(problem.descriptors[d].variants.size()))
      scenario[d++] = 0;
    if (d == scenario.size()) return count;
  }
}

std::size_t searched(const Balances& problem) { return consistent_scenarios(problem).count.get_ui(); }

void small(benchmark::State& state) {
  const Balances problem = made(8, 3);
  parley::bench::ratio(state, [&] { return searched(problem); }, [&] { return enumerated(problem); });
}
BENCHMARK(small)->Name("consistency/6561_scenarios")->Apply(parley::bench::once);

/// Time and baseline are those of one scenario.
void against_small(benchmark::State& state, const Balances& problem, std::size_t expected) {
  const Balances other = made(8, 3);
  const Consistent found = consistent_scenarios(problem);
  if (!found.complete || (expected > 0 && found.scenarios.size() != expected))
    return state.SkipWithError("not the number of scenarios that is known");
  parley::bench::ratio_per_item(
      state, [&] { return searched(problem); }, problem.scenarios().get_d(),
      [&] { return enumerated(other); }, other.scenarios().get_d());
}

void wide(benchmark::State& state) { against_small(state, made(15, 3), 0); }
BENCHMARK(wide)->Name("consistency/14M_scenarios/each")->Apply(parley::bench::once);

/// The whole search of a published matrix, in seconds.
void published(benchmark::State& state, const char* file, std::size_t expected, bool each) {
  const char* shared = std::getenv("PARLEY_SHARED");
  const std::string path =
      std::string(shared == nullptr ? "../shared" : shared) + "/golden/consistency/" + file;
  if (!std::filesystem::exists(path)) return state.SkipWithError("PARLEY_SHARED does not hold the file");
  const auto reading = parley::foreign::read_scenario_wizard(path);
  if (!reading.ok()) return state.SkipWithError("the file cannot be read");
  if (each) return against_small(state, reading.problem, expected);
  if (searched(reading.problem) != expected) return state.SkipWithError("not the number that is known");
  parley::bench::timed(state, [&] { return searched(reading.problem); });
}
BENCHMARK_CAPTURE(published, one, "CIB_natl_regional.scw", 16, false)
    ->Name("consistency/22.7M_natl_regional")
    ->Apply(parley::bench::once);
BENCHMARK_CAPTURE(published, two, "CIB_nested_simplified_standardized.scw", 15, false)
    ->Name("consistency/22.7M_nested_simplified")
    ->Apply(parley::bench::once);
BENCHMARK_CAPTURE(published, three, "CIB_nested.scw", 20, false)
    ->Name("consistency/408M_nested")
    ->Apply(parley::bench::once);
BENCHMARK_CAPTURE(published, four, "CIB_nested.scw", 20, true)
    ->Name("consistency/408M_nested/each")
    ->Apply(parley::bench::once);

}  // namespace
