// SPDX-License-Identifier: MIT
// Constraints over finite variables: enumeration where the space is small, SAT (CaDiCaL) where it is wide.
// Both give the same answers; which one runs is decided by the number of assignments alone (kSmallSpace).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "expression/formula.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::logic {

struct Constraint {
  std::string id;
  std::string owner;       ///< who can give it up; empty = nobody (structure)
  bool structure = false;  ///< never relaxed
  expression::Formula formula;
};

struct FiniteProblem {
  std::vector<int> sizes;  ///< levels per variable, each at least 1
  std::vector<Constraint> constraints;
};

/// Spaces of at most so many assignments are enumerated.
inline constexpr std::uint64_t kSmallSpace = std::uint64_t{1} << 20;

/// A satisfying assignment (in small spaces the first in mixed-radix order), or nothing (proved). `active` =
/// indices of the non-structure constraints that count; structure always counts. In wide spaces the time is
/// bounded by nothing but the problem: satisfiability is hard in general, though not for what accounts say.
[[nodiscard]] std::optional<std::vector<int>> satisfy(const FiniteProblem& problem, const IndexSet& active);
[[nodiscard]] std::optional<std::vector<int>> satisfy(const FiniteProblem& problem);

/// The same question where only the answer counts; `stop` interrupts it.
enum class Satisfiable { yes, no, stopped };
[[nodiscard]] Satisfiable satisfiable(const FiniteProblem& problem, const IndexSet& active,
                                      const std::function<bool()>& stop);
[[nodiscard]] Satisfiable satisfiable(const FiniteProblem& problem, const std::function<bool()>& stop);

/// All minimal conflicts and relaxations over the non-structure constraints (indices into
/// problem.constraints). Structure that is itself unsatisfiable gives one empty conflict and no relaxation; a
/// satisfiable problem gives no conflict and one empty relaxation. At most `limit` of each, and none after
/// `stop` returns true; the families that this cuts short are marked incomplete. `stop` also
/// interrupts a single SAT call.
[[nodiscard]] Explanations explain(const FiniteProblem& problem, std::size_t limit = 100'000,
                                   const std::function<bool()>& stop = {});

/// Every assignment that satisfies all constraints, in mixed-radix order (first variable least significant),
/// until `visit` returns false. Returns the number visited. In wide spaces a SAT solver keeps the search out
/// of subtrees that hold nothing, so that visits follow each other steadily.
std::uint64_t enumerate(const FiniteProblem& problem, const std::function<bool(std::span<const int>)>& visit);

}  // namespace parley::logic
