// SPDX-License-Identifier: MIT
// Stability: five concepts at once without stored moves, against the definition written out with sets (on a
// smaller conflict: it is quadratic and worse), and how long wide conflicts take.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <string>

#include "bench/ratio.hpp"
#include "bench/stability_made.hpp"
#include "stability/product.hpp"
#include "stability/ranks.hpp"

namespace {

using namespace parley::stability;
using parley::bench::Made;
using parley::bench::made_game;

using Counts = std::vector<std::size_t>;

Counts solved(const Made& made) {
  Individual result;
  solve_product(made.game, made.space, made.ranks, kAllConcepts, result);
  Counts counts;
  for (const auto& by_dm : result.stable)
    for (const Bits& stable : by_dm) counts.push_back(stable.count());
  return counts;
}

/// The definition with sets: legal sequences of the others by (state, last mover).
class Definition {
 public:
  explicit Definition(const Made& made) : made_(made), n_(made.ranks.size()) {
    for (const Issue& issue : made.game.issues) own_.push_back(static_cast<std::size_t>(issue.owner));
  }

  Counts counts() const {
    Counts result;
    for (std::size_t form = 0; form < kConcepts; ++form)
      for (std::size_t i = 0; i < n_; ++i) {
        std::size_t count = 0;
        for (State s = 0; s < made_.space.count(); ++s) count += stable(form, i, s) ? 1 : 0;
        result.push_back(count);
      }
    return result;
  }

 private:
  std::set<State> moves(std::size_t i, State s) const {
    std::set<State> result;
    for (State t = 0; t < made_.space.count(); ++t) {
      bool can = t != s;
      for (std::size_t k = 0; can && k < own_.size(); ++k)
        can = own_[k] == i || made_.space.level(s, k) == made_.space.level(t, k);
      if (can) result.insert(t);
    }
    return result;
  }
  std::set<State> replies(std::size_t i, State x, bool improving) const {
    std::set<std::pair<State, std::size_t>> seen{{x, i}};
    std::vector<std::pair<State, std::size_t>> open{{x, i}};
    std::set<State> result;
    while (!open.empty()) {
      const auto [u, last] = open.back();
      open.pop_back();
      for (std::size_t j = 0; j < n_; ++j) {
        if (j == i || j == last) continue;
        for (const State v : moves(j, u)) {
          if (improving && made_.ranks[j][v] >= made_.ranks[j][u]) continue;
          result.insert(v);
          if (seen.emplace(v, j).second) open.emplace_back(v, j);
        }
      }
    }
    return result;
  }
  bool stable(std::size_t form, std::size_t i, State s) const {
    const auto& rank = made_.ranks[i];
    for (const State x : moves(i, s)) {
      if (rank[x] >= rank[s]) continue;
      if (form == 0) return false;
      const bool symmetric = form == 2 || form == 4;
      bool met = false;
      for (const State y : replies(i, x, form >= 3)) {
        bool sanction = rank[y] >= rank[s];
        if (sanction && symmetric)
          for (const State z : moves(i, y)) sanction = sanction && rank[z] >= rank[s];
        met = met || sanction;
      }
      if (!met) return false;
    }
    return true;
  }

  const Made& made_;
  std::size_t n_;
  std::vector<std::size_t> own_;
};

void five_concepts(benchmark::State& state) {
  const Made made = made_game({2, 2, 2}, 0);
  parley::bench::ratio(state, [&] { return solved(made); }, [&] { return Definition(made).counts(); });
}
BENCHMARK(five_concepts)->Name("stability/6_options_3_dms")->Apply(parley::bench::once);

constexpr double kMostBytes = 128;  // of each state

/// The most memory that `work` holds beyond what is held before it, as the kernel counts it.
double peak_bytes(const std::function<void()>& work) {
  const auto field = [](const char* name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with(name)) return std::stod(line.substr(line.find_first_of("0123456789"))) * 1024;
    return 0.0;
  };
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";  // the high-water mark starts anew
  const double before = field("VmRSS:");
  work();
  return field("VmHWM:") - before;
}

/// Five concepts, from the game to the answer; `bytes` a state: states, rankings, answer and all.
void wide(benchmark::State& state, const std::vector<int>& options, int patterns) {
  std::size_t states = 0;
  const double bytes = peak_bytes([&] {
    const Made made = made_game(options, patterns);
    states = made.space.count();
    for (auto _ : state) benchmark::DoNotOptimize(solved(made));
  });
  state.counters["states"] = static_cast<double>(states);
  state.counters["bytes"] = bytes / static_cast<double>(states);
  if (bytes > kMostBytes * static_cast<double>(states)) state.SkipWithError("more memory than is allowed");
}
BENCHMARK_CAPTURE(wide, 16_options, {4, 4, 4, 4}, 0)->Iterations(1);
BENCHMARK_CAPTURE(wide, 20_options, {5, 5, 5, 5}, 0)->Iterations(1);
BENCHMARK_CAPTURE(wide, 20_options_infeasible, {5, 5, 5, 5}, 6)->Iterations(1);
BENCHMARK_CAPTURE(wide, 22_options, {6, 6, 5, 5}, 0)->Iterations(1);

/// What infeasible patterns cost: the baseline is the same without them (a ratio of at least 0.5 is the aim).
void infeasible(benchmark::State& state) {
  const Made with = made_game({5, 5, 5, 5}, 6), without = made_game({5, 5, 5, 5}, 0);
  const auto measured = [&] { return solved(with); };
  const auto baseline = [&] { return solved(without); };
  parley::bench::measure(state, measured, 1, baseline, 1);
}
BENCHMARK(infeasible)->Name("stability/infeasible_patterns_at_20_options")->Apply(parley::bench::once);

/// The worlds of a conflict: one graph, many preferences. The baseline takes a hundred of them.
void worlds(benchmark::State& state) {
  constexpr std::size_t kWorlds = 10'000, kFew = 100;
  const Made made = made_game({2, 1, 1}, 1, 2);
  if (made.space.count() != 12) return state.SkipWithError("not twelve states");
  const Graph graph = *make_graph(made.game, made.space);
  std::mt19937_64 rng(1);
  std::vector<Rankings> all(kWorlds, made.ranks);
  for (Rankings& world : all)
    for (auto& ranks : world) std::shuffle(ranks.begin(), ranks.end(), rng);
  const auto fast = [&](std::size_t count) {
    ArcSolver solver(graph);
    Individual result;
    Counts counts;
    for (std::size_t w = 0; w < count; ++w) {
      solver.solve(all[w], kAllConcepts, result);
      for (const auto& by_dm : result.stable)
        for (const Bits& stable : by_dm) counts.push_back(stable.count());
    }
    return counts;
  };
  const auto slow = [&] {
    Counts counts;
    for (std::size_t w = 0; w < kFew; ++w) {
      const Made world{made.game, made.space, all[w]};
      for (const std::size_t count : Definition(world).counts()) counts.push_back(count);
    }
    return counts;
  };
  if (fast(kFew) != slow()) return state.SkipWithError("the two answers differ");
  parley::bench::ratio_per_item(state, [&] { return fast(kWorlds); }, kWorlds, slow, kFew);
}
BENCHMARK(worlds)->Name("stability/10000_worlds_of_12_states")->Apply(parley::bench::once);

}  // namespace
