// SPDX-License-Identifier: MIT
// What orders alone prove of an ensemble: exact, no draws.
#pragma once
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "deals/ensemble.hpp"

namespace parley::deals {

/// The most ways in which the unknown levels of one stake may fall over the branches of a case; beyond, the
/// comparison stays `open` and nothing is claimed as proved from it.
inline constexpr std::size_t kMostCorners = 4096;

struct Proof {
  Standing standing = Standing::open;
  bool exact = true;  ///< false: too many corners, `open` is only what could not be decided
};

/// How one case stands against another for one party. Cases share most of what happens to a stake, so what
/// was worked out for a stake is remembered; not to be shared between threads. The ensemble must outlive it.
class CaseProver {
 public:
  CaseProver(const Ensemble& ensemble, std::size_t party);
  /// The same for a party with other orders.
  CaseProver(const Ensemble& ensemble, std::size_t party, const OrdinalParty& order);
  [[nodiscard]] bool consistent() const { return judge_.consistent(); }
  /// Of a party with a numeric reservation `no_deal` does not count.
  [[nodiscard]] Proof prove(const Case& deal, const Case& no_deal);

 private:
  using Chances = std::vector<mpq_class>;
  /// Which levels a stake may be at, and how likely that is: ascending, each set once, none impossible.
  using Falls = std::vector<std::pair<LevelMask, mpq_class>>;
  [[nodiscard]] std::vector<Chances> beliefs(const std::vector<const Case*>& cases) const;
  [[nodiscard]] Falls falls(const Case& c, const std::vector<mpq_class>& weights, std::size_t stake) const;
  [[nodiscard]] std::optional<Span> work_out(std::size_t stake, const Falls& with,
                                             const Falls& without) const;
  [[nodiscard]] const std::optional<Span>& span(std::size_t stake, Falls with, Falls without);
  [[nodiscard]] const std::optional<Span>& span(std::size_t stake, LevelMask with, LevelMask without);
  [[nodiscard]] std::optional<OrdinalVerdict> judge(const Case& deal, const Case* no_deal,
                                                    const Chances& chance,
                                                    const std::pair<mpq_class, mpq_class>& reservation);

  const Ensemble& ensemble_;
  std::size_t party_;
  OrdinalJudge judge_;
  std::vector<int> levels_;  ///< of each stake
  std::map<std::tuple<std::size_t, Falls, Falls>, std::optional<Span>> spans_;
  /// The same where nothing is left to chance: most cases.
  std::map<std::tuple<std::size_t, LevelMask, LevelMask>, std::optional<Span>> certain_;
};
/// What a prover remembers at most; then it forgets all.
inline constexpr std::size_t kMostSpans = 20'000;

/// Fills possible, necessary, proved and the standings of packages. Needs the sampled answer for witnesses.
void prove(const Ensemble& ensemble, const EnsembleOptions& options, EnsembleAnswer& answer);

}  // namespace parley::deals
