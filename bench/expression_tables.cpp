// SPDX-License-Identifier: MIT
// A formula lowered to a table of bits, against its meaning: the interpreter asked once for each combination
// of levels.
#include <random>

#include "bench/ratio.hpp"
#include "expression/table.hpp"

namespace {

using parley::expression::Formula;
using parley::expression::LevelSet;
using parley::expression::Table;

constexpr int kLevels = 4;

int below(std::mt19937& random, int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); }

/// Alternatives of alternatives of a few levels; the variables take turns, so that each is there.
Formula condition(std::mt19937& random, int variables, int depth, int& turn) {
  if (depth == 0) {
    LevelSet levels(kLevels);
    levels.add(below(random, kLevels));
    levels.add(below(random, kLevels));
    return Formula::atom(turn++ % variables, levels);
  }
  std::vector<Formula> parts;
  for (int i = 0; i < 3; ++i) parts.push_back(condition(random, variables, depth - 1, turn));
  if (depth % 2 == 0) return Formula::any(std::move(parts));
  return Formula::negation(Formula::all(std::move(parts)));
}

struct Case {
  Formula formula;
  std::vector<int> sizes;
};

Case make_case(int variables) {
  std::mt19937 random(1);
  int turn = 0;
  return {condition(random, variables, 3, turn),
          std::vector<int>(static_cast<std::size_t>(variables), kLevels)};
}

/// How many combinations satisfy `holds`, first variable least significant.
template <class Holds>
std::uint64_t count(const std::vector<int>& sizes, Holds holds) {
  std::vector<int> levels(sizes.size(), 0);
  std::uint64_t found = 0;
  while (true) {
    found += holds(levels) ? 1U : 0U;
    std::size_t v = 0;
    while (v < sizes.size() && ++levels[v] == sizes[v]) levels[v++] = 0;
    if (v == sizes.size()) return found;
  }
}

std::uint64_t interpreted(const Case& c) {
  return count(c.sizes, [&](const std::vector<int>& levels) { return holds(c.formula, levels); });
}

std::uint64_t counted(const Table& table) {
  std::uint64_t found = 0;
  for (const std::uint64_t word : table.bits) found += static_cast<std::uint64_t>(__builtin_popcountll(word));
  return found;
}

/// Making the table and counting its bits.
void table_made(benchmark::State& state) {
  const Case c = make_case(static_cast<int>(state.range(0)));
  parley::bench::ratio(
      state, [&] { return counted(*lower(c.formula, c.sizes)); }, [&] { return interpreted(c); });
}
BENCHMARK(table_made)->Arg(4)->Arg(8)->Arg(10)->Apply(parley::bench::once);

/// Asking a table that is there, combination by combination.
void table_asked(benchmark::State& state) {
  const Case c = make_case(static_cast<int>(state.range(0)));
  const Table table = *lower(c.formula, c.sizes);
  const auto asked = [&] {
    return count(c.sizes, [&](const std::vector<int>& levels) { return table.holds(levels); });
  };
  parley::bench::ratio(state, asked, [&] { return interpreted(c); });
}
BENCHMARK(table_asked)->Arg(4)->Arg(8)->Apply(parley::bench::once);

}  // namespace
