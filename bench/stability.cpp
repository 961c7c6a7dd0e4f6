// SPDX-License-Identifier: MIT
// Stability: five concepts at once without stored moves, against the definition written out with sets (on a
// smaller conflict: it is quadratic and worse), and how long wide conflicts take.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "bench/ratio.hpp"
#include "stability/product.hpp"
#include "stability/ranks.hpp"

namespace {

using namespace parley::stability;

struct Made {
  GraphGame game;
  Space space;
  Rankings ranks;
};

/// Options of each decision maker, all reversible, random strict rankings; `patterns` are infeasible.
Made make(const std::vector<int>& options, int patterns) {
  std::mt19937_64 rng(7);
  GraphGame game;
  for (std::size_t i = 0; i < options.size(); ++i) {
    game.decision_makers.push_back("dm" + std::to_string(i));
    for (int k = 0; k < options[i]; ++k)
      game.issues.push_back({"o", static_cast<int>(i), 2, Direction::both});
  }
  for (int p = 0; p < patterns; ++p) {
    Pattern pattern;
    for (int l = 0; l < 3; ++l)
      pattern.push_back({static_cast<int>(rng() % game.issues.size()), static_cast<int>(rng() % 2)});
    game.infeasible.push_back(pattern);
  }
  game.preferences.resize(options.size());
  Made made{game, *Space::make(game), {}};
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::vector<Rank> ranks(made.space.count());
    std::iota(ranks.begin(), ranks.end(), Rank{0});
    std::shuffle(ranks.begin(), ranks.end(), rng);
    made.ranks.push_back(std::move(ranks));
  }
  return made;
}

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
  const Made made = make({2, 2, 2}, 0);
  parley::bench::ratio(state, [&] { return solved(made); }, [&] { return Definition(made).counts(); });
}
BENCHMARK(five_concepts)->Name("stability/6_options_3_dms")->Apply(parley::bench::once);

void wide(benchmark::State& state, const std::vector<int>& options, int patterns) {
  const Made made = make(options, patterns);
  for (auto _ : state) benchmark::DoNotOptimize(solved(made));
}
BENCHMARK_CAPTURE(wide, 16_options, {4, 4, 4, 4}, 0)->Iterations(1);
BENCHMARK_CAPTURE(wide, 20_options, {5, 5, 5, 5}, 0)->Iterations(1);
BENCHMARK_CAPTURE(wide, 20_options_infeasible, {5, 5, 5, 5}, 6)->Iterations(1);
BENCHMARK_CAPTURE(wide, 22_options, {6, 6, 5, 5}, 0)->Iterations(1);

/// The worlds of a conflict: one graph, many preferences.
void worlds(benchmark::State& state) {
  const Made made = make({2, 1, 1}, 1);
  const Graph graph = *make_graph(made.game, made.space);
  std::mt19937_64 rng(1);
  std::vector<Rankings> all(10'000, made.ranks);
  for (Rankings& world : all)
    for (auto& ranks : world) std::shuffle(ranks.begin(), ranks.end(), rng);
  for (auto _ : state) {
    ArcSolver solver(graph);
    Individual result;
    for (const Rankings& world : all) {
      solver.solve(world, kAllConcepts, result);
      benchmark::DoNotOptimize(result);
    }
  }
}
BENCHMARK(worlds)->Name("stability/10000_worlds_of_12_to_16_states")->Iterations(1);

}  // namespace
