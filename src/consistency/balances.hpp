// SPDX-License-Identifier: MIT
// Cross-impact balances (Weimer-Jehle 2006): which combinations of variants support themselves.
// Formulas and options: docs/methods/consistency.md.
#pragma once
#include <gmpxx.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace parley::consistency {

inline constexpr std::size_t kMostVariants = 400;           ///< of all descriptors together
inline constexpr std::size_t kMostAccountVariants = 1'000;  ///< the same, of an account's matrix
inline constexpr std::size_t kMostVariantsOfOne = 32;       ///< of one descriptor
inline constexpr std::int64_t kMostScore = 1'000'000'000;   ///< largest judgement, in units of 1/scale

struct Descriptor {
  std::string name;
  std::vector<std::string> variants;  ///< at least one
};

/// Judgements: how much variant w of descriptor e promotes (positive) or restricts (negative) variant v of d.
/// Rows and columns run over the variants of all descriptors, in order. A descriptor's judgements on itself
/// count like any other: the method leaves them at 0, but files that fold a whole system into one descriptor
/// fill them in, and ScenarioWizard counts them.
struct Balances {
  std::vector<Descriptor> descriptors;
  std::vector<std::int64_t> scores;  ///< row-major, variants() x variants(), in units of 1/scale
  std::int64_t scale = 1;            ///< 1 where judgements are whole
  [[nodiscard]] std::size_t variants() const;
  [[nodiscard]] std::size_t first(std::size_t descriptor) const;  ///< its first row
  [[nodiscard]] mpz_class scenarios() const;                      ///< product of the numbers of variants
};

using Scenario = std::vector<int>;  ///< the variant of each descriptor, from 0

/// The largest inconsistency in units of 1/scale that a tolerance in units of a judgement allows: its floor.
[[nodiscard]] std::int64_t in_units(const mpq_class& tolerance, std::int64_t scale);

/// theta_d(v) = sum over e of C[e, s_e -> d, v], for every variant of every descriptor.
[[nodiscard]] std::vector<std::int64_t> impact_balance(const Balances& problem, const Scenario& scenario);

/// max over d of (best theta_d - theta_d of the chosen variant): 0 where the scenario is consistent.
[[nodiscard]] std::int64_t inconsistency(const Balances& problem, const Scenario& scenario);

struct SearchOptions {
  std::int64_t tolerance = 0;             ///< scenarios of at most this inconsistency, in units of 1/scale
  std::size_t most_listed = 10'000;       ///< scenarios that are listed; all are counted
  std::uint64_t most_steps = 50'000'000;  ///< choices tried before the search stops (anytime)
  const std::atomic<bool>* cancel = nullptr;
};

struct Consistent {
  std::vector<Scenario> scenarios;  ///< ascending
  mpz_class count = 0;              ///< how many there are; a lower bound where not `complete`
  bool complete = true;             ///< the search went to its end
  bool all_listed = true;           ///< `scenarios` holds every scenario counted
  std::uint64_t steps = 0;          ///< choices tried
};

/// All scenarios within the tolerance, by branch and bound over optimistic completions of the balances.
[[nodiscard]] Consistent consistent_scenarios(const Balances& problem, const SearchOptions& options = {});

enum class Succession { global, local };

/// One step: every descriptor goes to the variant that its balance favours most (global), or only the
/// descriptor that is furthest from it, the first of several (local). Ties: the variant stays where it is
/// among the best, else the first of the best.
[[nodiscard]] Scenario successor(const Balances& problem, const Scenario& scenario, Succession rule);

struct Attractor {
  std::vector<Scenario> cycle;  ///< one scenario: a fixed point; starts with the smallest
  std::int64_t basin = 0;       ///< of `of` starts, how many end here
};

struct Attractors {
  std::vector<Attractor> list;  ///< largest basin first
  std::int64_t of = 0;          ///< starts followed
  bool exact = true;            ///< every scenario was a start; else starts were drawn, uniformly
  bool complete = true;         ///< not stopped early, by a request or by kMostWalked
};

struct AttractorOptions {
  Succession rule = Succession::global;
  int most_exact = 1'000'000;  ///< scenarios up to which every one is a start
  int draws = 10'000;          ///< starts drawn beyond
  std::uint64_t seed = 1;
  const std::atomic<bool>* cancel = nullptr;
};

/// No walk before its cycle is longer than so many variants, all its scenarios together: beyond, the answer
/// is not complete.
inline constexpr std::size_t kMostWalked = 32'000'000;

[[nodiscard]] Attractors attractors(const Balances& problem, const AttractorOptions& options = {});

/// Uncertain judgements: in each of `worlds` draws every judgement that is not 0 is drawn uniformly from the
/// whole units within `spread` of it; how often is each scenario consistent? Draws are keyed by descriptors'
/// and variants' names, so that reordering the file changes nothing.
struct Robustness {
  std::int64_t worlds = 0;
  std::vector<std::pair<Scenario, std::int64_t>> held;  ///< most often consistent first
  bool complete = true;  ///< no draw was stopped early or had more than `most_listed` scenarios
};
[[nodiscard]] Robustness robustness(const Balances& problem, std::int64_t spread, int worlds,
                                    std::uint64_t seed, const SearchOptions& options = {});

}  // namespace parley::consistency
