// SPDX-License-Identifier: MIT
// A finite problem in a SAT solver (CaDiCaL), kept for many questions.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "logic/satisfy.hpp"

namespace parley::logic {

/// One Boolean variable for each level of each finite variable, exactly one of them true; formulas by
/// Tseitin's (1968) encoding; a selector for each non-structure constraint, so that any subset can be
/// switched on.
class SatProblem {
 public:
  explicit SatProblem(const FiniteProblem& problem);
  ~SatProblem();
  SatProblem(const SatProblem&) = delete;
  SatProblem& operator=(const SatProblem&) = delete;

  struct Interrupted {};  ///< thrown by solve when `stop` returned true: the question has no answer
  void stop_when(const std::function<bool()>& stop);

  /// An assignment with the given (variable, level) pairs that satisfies structure and the active
  /// constraints.
  [[nodiscard]] std::optional<std::vector<int>> solve(
      const IndexSet& active, const std::vector<std::pair<std::size_t, int>>& given = {});

 private:
  class Encoding;
  std::unique_ptr<Encoding> encoding_;
};

}  // namespace parley::logic
