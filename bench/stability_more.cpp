// SPDX-License-Identifier: MIT
// Stability beyond complete rankings of single decision makers: unknown preferences, coalitions, the inverse
// question, misperception. Each against the definition written out with sets, the one that the tests use, on
// a conflict that is small enough for it; and by itself at the size that it is made for.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <set>
#include <span>

#include "bench/ratio.hpp"
#include "bench/stability_made.hpp"
#include "stability/coalition.hpp"
#include "stability/inverse.hpp"
#include "stability/perception.hpp"
#include "stability/uncertain.hpp"
#include "tests/stability/definition.hpp"

namespace {

using namespace parley::stability;
using parley::bench::Made;
using parley::bench::made_game;
namespace oracle = parley::testing;

using Table = std::vector<std::vector<std::size_t>>;

/// A conflict whose decision makers have two rankings each: where these disagree nothing is known.
Made unsure(const std::vector<int>& options) {
  Made made = made_game(options, 0);
  std::mt19937_64 rng(11);
  for (std::size_t i = 0; i < options.size(); ++i) {
    made.game.preferences[i].ranks = made.ranks[i];
    auto other = made.ranks[i];
    for (std::size_t s = 0; s + 1 < other.size(); s += 2)
      if (rng() % 2 == 0) std::swap(other[s], other[s + 1]);
    made.game.preferences[i].readings.push_back(std::move(other));
  }
  return made;
}

constexpr Concept kFive[] = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::ssym};

Table unknown_counts(const Made& made, std::span<const Concept> concepts = kFive) {
  const Graph graph = *make_graph(made.game, made.space);
  std::vector<Relation> relations;
  for (std::size_t i = 0; i < made.ranks.size(); ++i)
    relations.emplace_back(made.game.preferences[i], made.ranks[i]);
  Table table;
  for (const Concept named : concepts) {
    table.emplace_back();
    const auto stable = uncertain_stable(graph, relations, {named, Extension::a, false});
    for (const Bits& own : *stable) table.back().push_back(own.count());
  }
  return table;
}

Table unknown_by_definition(const Made& made) {
  const oracle::Conflict conflict = oracle::conflict_of(made.game);
  Table table;
  for (const oracle::Form form : oracle::kForms) {
    table.emplace_back();
    for (int i = 0; i < conflict.n; ++i) {
      std::size_t count = 0;
      for (int s = 0; s < conflict.states; ++s)
        count += oracle::stable_unknown(conflict, 'a', form, i, s) ? 1 : 0;
      table.back().push_back(count);
    }
  }
  return table;
}

void unknown_small(benchmark::State& state) {
  const Made made = unsure({2, 2, 2});
  parley::bench::ratio(
      state, [&] { return unknown_counts(made); }, [&] { return unknown_by_definition(made); });
}
BENCHMARK(unknown_small)->Name("stability/unknown_6_options_3_dms")->Apply(parley::bench::once);

void unknown_large(benchmark::State& state) {
  const Made made = unsure({4, 4, 4});
  for (auto _ : state) benchmark::DoNotOptimize(unknown_counts(made));
}
BENCHMARK(unknown_large)->Name("stability/unknown_12_options_3_dms")->Iterations(1);

/// The limit. The symmetric forms look at each state's moves once more for each state: minutes here.
void unknown_limit(benchmark::State& state) {
  constexpr Concept kPlain[] = {Concept::nash, Concept::gmr, Concept::seq};
  const Made made = unsure({5, 5, 5});
  for (auto _ : state) benchmark::DoNotOptimize(unknown_counts(made, kPlain));
}
BENCHMARK(unknown_limit)->Name("stability/unknown_15_options_3_dms_plain")->Iterations(1);

Table coalition_counts(const Made& made) {
  const Graph graph = *make_graph(made.game, made.space);
  std::vector<Relation> relations;
  for (std::size_t i = 0; i < made.ranks.size(); ++i)
    relations.emplace_back(made.game.preferences[i], made.ranks[i]);
  const auto answer = coalition_stable(graph, relations, {true, true, true, true});
  Table table;
  for (const auto& by_coalition : answer->by_coalition) {
    table.emplace_back();
    for (const Bits& stable : by_coalition) table.back().push_back(stable.count());
  }
  return table;
}

Table coalitions_by_definition(const Made& made) {
  GraphGame game = made.game;
  for (std::size_t i = 0; i < made.ranks.size(); ++i) game.preferences[i].ranks = made.ranks[i];
  const oracle::Conflict conflict = oracle::conflict_of(game);
  const auto improvements = oracle::coalition_table(conflict);
  Table table;
  for (const auto form : {oracle::CoalitionForm::cnash, oracle::CoalitionForm::cgmr,
                          oracle::CoalitionForm::csmr, oracle::CoalitionForm::cseq}) {
    table.emplace_back();
    for (unsigned group = 1; group < 1U << conflict.n; ++group) {
      std::size_t count = 0;
      for (int s = 0; s < conflict.states; ++s)
        count += oracle::coalition_stable(conflict, improvements, form, group, s) ? 1 : 0;
      table.back().push_back(count);
    }
  }
  return table;
}

void coalitions_small(benchmark::State& state) {
  const Made made = made_game({2, 2, 2}, 0);
  parley::bench::ratio(
      state, [&] { return coalition_counts(made); }, [&] { return coalitions_by_definition(made); });
}
BENCHMARK(coalitions_small)->Name("stability/coalitions_6_options_3_dms")->Apply(parley::bench::once);

void coalitions_large(benchmark::State& state) {
  const Made made = made_game({3, 3, 2, 2}, 0);
  for (auto _ : state) benchmark::DoNotOptimize(coalition_counts(made));
}
BENCHMARK(coalitions_large)->Name("stability/coalitions_10_options_4_dms")->Iterations(1);

using Conditions = std::set<std::vector<State>>;

/// Which states somebody must not prefer to the worst state of all: minimal sets, for GMR.
Conditions conditions(const Made& made, State wished) {
  const Graph graph = *make_graph(made.game, made.space);
  const auto answer = inverse(graph, made.ranks, 0, wished, Concept::gmr);
  return {answer->conditions.begin(), answer->conditions.end()};
}

/// Every set of states: is the wished one stable where these, and no others, are no better?
Conditions conditions_by_definition(const Made& made, State wished) {
  GraphGame game = made.game;
  for (std::size_t i = 0; i < made.ranks.size(); ++i) game.preferences[i].ranks = made.ranks[i];
  oracle::Conflict conflict = oracle::conflict_of(game);
  const auto e = static_cast<std::size_t>(wished);
  std::vector<oracle::Set> minimal;
  std::vector<oracle::Set> sets;
  for (oracle::Set set = 0; set < oracle::Set{1} << conflict.states; ++set)
    if (!oracle::in(set, static_cast<int>(e))) sets.push_back(set);
  std::stable_sort(sets.begin(), sets.end(),
                   [](oracle::Set a, oracle::Set b) { return std::popcount(a) < std::popcount(b); });
  for (const oracle::Set set : sets) {
    if (std::any_of(minimal.begin(), minimal.end(), [&](oracle::Set m) { return (m & set) == m; })) continue;
    for (std::size_t s = 0; s < made.space.count(); ++s)
      conflict.t[0][s][e] = s == e || oracle::in(set, static_cast<int>(s)) ? 0 : 1;
    if (oracle::stable(conflict, oracle::Form::gmr, 0, static_cast<int>(e))) minimal.push_back(set);
  }
  Conditions result;
  for (const oracle::Set set : minimal) {
    std::vector<State> states;
    oracle::each(set, [&](int s) { states.push_back(static_cast<State>(s)); });
    result.insert(states);
  }
  return result;
}

void inverse_small(benchmark::State& state) {
  const Made made = made_game({2, 1, 1}, 0);
  parley::bench::ratio(
      state, [&] { return conditions(made, 0); }, [&] { return conditions_by_definition(made, 0); });
}
BENCHMARK(inverse_small)->Name("stability/inverse_4_options_3_dms")->Apply(parley::bench::once);

void inverse_large(benchmark::State& state) {
  const Made made = made_game({4, 4, 4}, 0);
  for (auto _ : state) benchmark::DoNotOptimize(conditions(made, 0));
}
BENCHMARK(inverse_large)->Name("stability/inverse_12_options_3_dms")->Iterations(1);

/// Each takes the next one to prefer something else, and does not perceive one state.
Made misled(const std::vector<int>& options) {
  Made made = made_game(options, 0);
  std::mt19937_64 rng(13);
  const std::size_t n = options.size();
  made.game.not_perceived.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    made.game.preferences[i].ranks = made.ranks[i];
    made.game.not_perceived[i].push_back(static_cast<long long>(rng() % made.space.count()));
    auto believed = made.ranks[(i + 1) % n];
    std::shuffle(believed.begin(), believed.end(), rng);
    made.game.beliefs.push_back({i, (i + 1) % n, std::move(believed)});
  }
  return made;
}

Table views(const Made& made) {
  const auto views = views_of(made.game, made.space, made.ranks);
  const auto perception = *perceive(made.game, made.space, made.ranks, views);
  Table table;
  for (std::size_t c = 0; c < kConcepts; ++c) {
    table.push_back({perception.holds[c].count(), perception.informed[c].count()});
    for (const Bits& looks : perception.looks[c]) table.back().push_back(looks.count());
  }
  return table;
}

Table views_by_definition(const Made& made) {
  GraphGame truth = made.game;
  truth.not_perceived.clear();
  const int n = static_cast<int>(made.ranks.size());
  const oracle::Conflict whole = oracle::conflict_of(truth);
  std::vector<oracle::Conflict> seen;
  std::vector<oracle::Set> perceived;
  for (std::size_t i = 0; i < made.ranks.size(); ++i) {
    GraphGame view = truth;
    view.not_perceived.assign(made.ranks.size(), made.game.not_perceived[i]);
    for (const Belief& belief : made.game.beliefs)
      if (belief.by == i) view.preferences[belief.of].ranks = belief.ranks;
    seen.push_back(oracle::conflict_of(view));
    perceived.push_back(whole.all());
    for (const long long hidden : made.game.not_perceived[i])
      perceived.back() &= ~oracle::one(static_cast<int>(hidden));
  }
  Table table;
  for (const oracle::Form form : oracle::kForms) {
    std::vector<std::size_t> row(2 + made.ranks.size(), 0);
    for (int s = 0; s < whole.states; ++s) {
      bool holds = true, informed = true;
      for (int i = 0; i < n; ++i) {
        holds = holds && oracle::stable(seen[static_cast<std::size_t>(i)], form, i, s);
        informed = informed && oracle::stable(whole, form, i, s);
        bool looks = oracle::in(perceived[static_cast<std::size_t>(i)], s);
        for (int j = 0; looks && j < n; ++j)
          looks = oracle::stable(seen[static_cast<std::size_t>(i)], form, j, s);
        row[2 + static_cast<std::size_t>(i)] += looks ? 1 : 0;
      }
      row[0] += holds ? 1 : 0;
      row[1] += informed ? 1 : 0;
    }
    table.push_back(std::move(row));
  }
  return table;
}

void perception_small(benchmark::State& state) {
  const Made made = misled({2, 2, 2});
  parley::bench::ratio(state, [&] { return views(made); }, [&] { return views_by_definition(made); });
}
BENCHMARK(perception_small)->Name("stability/perception_6_options_3_dms")->Apply(parley::bench::once);

void perception_large(benchmark::State& state) {
  const Made made = misled({4, 4, 4});
  for (auto _ : state) benchmark::DoNotOptimize(views(made));
}
BENCHMARK(perception_large)->Name("stability/perception_12_options_3_dms")->Iterations(1);

}  // namespace
