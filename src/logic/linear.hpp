// SPDX-License-Identifier: MIT
// Small linear programmes in exact rational arithmetic (two-phase simplex with Bland's rule): proofs, not
// estimates.
#pragma once
#include <gmpxx.h>

#include <vector>

namespace parley::logic {

enum class Relation { at_most, equal, at_least };

struct LinearRow {
  std::vector<mpq_class> coefficients;  ///< one per variable
  Relation relation = Relation::at_most;
  mpq_class bound;
};

enum class LinearStatus { optimal, infeasible, unbounded };

struct LinearAnswer {
  LinearStatus status = LinearStatus::infeasible;
  mpq_class value;
  std::vector<mpq_class> point;
};

/// max objective . x  over x >= 0 that satisfy the rows.
[[nodiscard]] LinearAnswer maximise(const std::vector<mpq_class>& objective,
                                    const std::vector<LinearRow>& rows);

}  // namespace parley::logic
