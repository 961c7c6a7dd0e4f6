// SPDX-License-Identifier: MIT
// The standing self-tests: which answers survive wider ranges, weaker premises, finer scales, other wordings
// and another order of the file. Each is a patch (or a framing option) and a comparison of answers.
#pragma once
#include <string>
#include <vector>

#include "questions/columns.hpp"

namespace parley::questions {

/// Patches, one a test.
[[nodiscard]] account::Account widened(const account::Account& account, int factor);
/// Every preference, commitment, mechanism and ordering weakened to unknown; actors, issues and talks kept.
[[nodiscard]] account::Account placebo(const account::Account& account);
/// Every position written twice, as two rows.
[[nodiscard]] account::Account rewritten(const account::Account& account);
/// The rows in another order.
[[nodiscard]] account::Account permuted(const account::Account& account, std::uint64_t seed);

struct Verdict {
  AnswerId answer;
  std::string proposition;
  std::string base, other;  ///< "all", "some", "no" worlds
  worlds::Share base_share, other_share;
  bool survives = false;
};

struct SelfTest {
  std::string id;    ///< "widening:x2", "placebo", "split:programme", ...
  std::string says;  ///< what it did, in words
  int worlds = 0;
  std::vector<Verdict> verdicts;
  [[nodiscard]] int fallen() const;
};

inline constexpr double kTolerance = 0.15;

/// What counts as the same answer. The same word (all, some, no; where both are "some", shares within
/// `kTolerance`); or words that differ only by draws: neither is proved, the shares are within `kTolerance`,
/// and their sampling intervals meet. `after`: the answer of the test, null where it gives none; `share`: its
/// share of worlds. For the placebo an answer that stays is one that the account did not make.
[[nodiscard]] bool survives(const Answer& before, const Answer* after, const worlds::Share& share);

[[nodiscard]] std::vector<SelfTest> self_tests(
    const ColumnAnswer& base, const SolveOptions& options,
    const std::function<void(std::size_t, std::size_t)>& progress = {});

}  // namespace parley::questions
