// SPDX-License-Identifier: MIT
// The consistency lens over an account's columns: one answer for each reading.
#pragma once
#include <string>
#include <vector>

#include "framing/consistency.hpp"
#include "questions/columns.hpp"

namespace parley::questions {

struct ConsistencyOptions {
  std::uint64_t seed = 1;
  int strength = 2;                ///< of a mechanism, in the cross-impact matrix
  mpq_class tolerance = 0;         ///< of inconsistency, in units of a judgement
  std::vector<std::string> given;  ///< conditions held fixed, as written
  const std::atomic<bool>* cancel = nullptr;
};

struct ConsistencyAnswer {
  Column column;
  framing::Situation situation;
  framing::ConsistencyFrame frame;
  consistency::Influence influence;
  consistency::Reachable reach;
  std::vector<consistency::Exclusion> exclusions;  ///< through rows that join
  consistency::Balances balances;
  std::size_t not_balanced = 0;  ///< variables of a matrix too large to be worked out; then there is none
  consistency::Consistent consistent;
  consistency::Attractors attractors;
  bool complete = true;
};

/// `problems`: sentences about a `given` that cannot be read or bound; then the answer is not to be used.
[[nodiscard]] ConsistencyAnswer solve_consistency(const Column& column, const ConsistencyOptions& options,
                                                  std::vector<std::string>* problems = nullptr);

/// A condition in words, bound to a situation; nothing and a sentence where it cannot be.
[[nodiscard]] std::optional<framing::Formula> condition_of(const framing::Situation& situation,
                                                           const std::string& words, std::string* why);

}  // namespace parley::questions
