// SPDX-License-Identifier: MIT
// Depth-first walks over the assignments of finite variables, from the last variable to the first, levels
// ascending: so assignments come in mixed-radix order, the first variable least significant. A constraint is
// tested as soon as its variables have their levels.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "expression/table.hpp"
#include "logic/satisfy.hpp"

namespace parley::logic {

/// Number of assignments; 2^64 - 1 where it is more.
[[nodiscard]] std::uint64_t cells(std::span<const int> sizes);

/// The constraints of a problem, ready to be tested. Keeps references to the problem.
class Checks {
 public:
  explicit Checks(const FiniteProblem& problem);
  /// Constraints that can be tested as soon as variable v and all after it have levels, and no sooner; for v
  /// = number of variables, those that name none.
  [[nodiscard]] const std::vector<int>& complete_at(std::size_t v) const { return at_[v]; }
  [[nodiscard]] bool holds(int constraint, std::span<const int> levels) const;

 private:
  const FiniteProblem& problem_;
  std::vector<std::vector<int>> at_;
  std::vector<std::optional<expression::Table>> tables_;
};

using Visit = std::function<bool(std::span<const int>)>;
/// May a subtree be worth entering? Called with the first variable that has a level.
using Promise = std::function<bool(std::size_t first, std::span<const int> levels)>;

/// Visits what satisfies structure and the active constraints, until `visit` returns false.
std::uint64_t walk(const FiniteProblem& problem, const std::vector<bool>& active, const Visit& visit,
                   const Promise& promise = {});

/// The minimal sets of violated non-structure constraints over all assignments that satisfy the structure:
/// the minimal relaxations. Nothing where there are more than 64 such constraints, more than kMostMasks
/// minimal sets at a time, or `stop` returned true.
inline constexpr std::size_t kMostMasks = 1024;
[[nodiscard]] std::optional<std::vector<IndexSet>> minimal_violations(const FiniteProblem& problem,
                                                                      const std::function<bool()>& stop);

}  // namespace parley::logic
