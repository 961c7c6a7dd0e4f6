// SPDX-License-Identifier: MIT
// Benchmarks that state what they are faster than. A benchmark gives two ways to the same answer: the one
// that is measured, and the naive definition; both run in turns in the same process, so that the machine's
// other work and its clock weigh on both alike, and the answers must be equal.
//
//   void zone(benchmark::State& state) {
//     const auto problem = ...;
//     parley::bench::ratio(state, [&] { return blocked(problem); }, [&] { return one_by_one(problem); });
//   }
//   BENCHMARK(zone)->Apply(parley::bench::once);
#pragma once
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace parley::bench {

inline constexpr double kBatchSeconds = 0.01;  ///< a batch of calls is at least this long (or one call)
inline constexpr double kTotalSeconds = 1.0;   ///< rounds go on until then, and there are at least kRounds
inline constexpr std::size_t kRounds = 5;
inline constexpr std::size_t kCalls = 3;  ///< of work without a baseline

/// Set on each registered benchmark: one iteration, timed by `ratio` itself.
inline void once(benchmark::internal::Benchmark* registered) { registered->Iterations(1)->UseManualTime(); }

/// Seconds that `calls` calls of `work` take.
template <class Work>
double seconds(Work& work, std::size_t calls) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < calls; ++i) benchmark::DoNotOptimize(work());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// How many calls make a batch.
template <class Work>
std::size_t batch(Work& work) {
  std::size_t calls = 1;
  while (seconds(work, calls) < kBatchSeconds && calls < (std::size_t{1} << 30)) calls *= 2;
  return calls;
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Reports the median time of a call of `measured`, and as counters `baseline` (the median of a call of
/// `baseline`), `ratio` (the median over rounds of baseline / measured: how many times faster), `least` and
/// `most` (of the rounds). Where the calls work off so many `items`, all of these are for one item.
template <class Measured, class Baseline>
void measure(benchmark::State& state, Measured& measured, double items, Baseline& baseline,
             double baseline_items) {
  const std::size_t fast_calls = batch(measured), slow_calls = batch(baseline);
  std::vector<double> fast, slow, ratios;
  for (auto _ : state) {
    double spent = 0;
    while (ratios.size() < kRounds || spent < kTotalSeconds) {
      const double a = seconds(measured, fast_calls), b = seconds(baseline, slow_calls);
      spent += a + b;
      fast.push_back(a / (static_cast<double>(fast_calls) * items));
      slow.push_back(b / (static_cast<double>(slow_calls) * baseline_items));
      ratios.push_back(slow.back() / fast.back());
    }
    state.SetIterationTime(median(fast));
  }
  state.counters["baseline"] = median(slow);
  state.counters["ratio"] = median(ratios);
  state.counters["least"] = *std::min_element(ratios.begin(), ratios.end());
  state.counters["most"] = *std::max_element(ratios.begin(), ratios.end());
}

/// The two ways for the same work. The benchmark fails where the two answers differ.
template <class Measured, class Baseline>
void ratio(benchmark::State& state, Measured measured, Baseline baseline) {
  if (!(measured() == baseline())) return state.SkipWithError("the two answers differ");
  measure(state, measured, 1, baseline, 1);
}

/// For work that the naive way is too slow for: it takes fewer items of the same kind. The caller compares
/// the answers where both can give one.
template <class Measured, class Baseline>
void ratio_per_item(benchmark::State& state, Measured measured, double items, Baseline baseline,
                    double baseline_items) {
  measure(state, measured, items, baseline, baseline_items);
  state.counters["per_item"] = 1;
}

/// Work that nothing naive can do at all: the median time of a few calls.
template <class Measured>
void timed(benchmark::State& state, Measured measured) {
  std::vector<double> times;
  for (auto _ : state) {
    while (times.size() < kCalls) times.push_back(seconds(measured, 1));
    state.SetIterationTime(median(times));
  }
}

}  // namespace parley::bench
