// SPDX-License-Identifier: MIT
// Small linear programmes in exact rational arithmetic (two-phase simplex with Bland's rule): proofs, not
// estimates.
#pragma once
#include <gmpxx.h>

#include <vector>

namespace parley::logic {

enum class Relation { at_most, equal, at_least };

struct LinearRow {
  std::vector<mpq_class> coefficients;  ///< one per variable; missing ones at the end are 0
  Relation relation = Relation::at_most;
  mpq_class bound;
};

enum class LinearStatus { optimal, infeasible, unbounded };

struct LinearAnswer {
  LinearStatus status = LinearStatus::infeasible;
  mpq_class value;  ///< of optimal, else 0
  std::vector<mpq_class>
      point;  ///< of optimal: a vertex that attains it, one number per variable; else empty
};

/// max objective . x  over x >= 0 that satisfy the rows; the objective's length is the number of variables.
/// Precondition: no row is longer. Always ends (Bland 1977); meant for tens of variables and rows.
/// The tableau is integral (Edmonds' integer pivoting): in 64-bit integers while they suffice, then in GMP's.
[[nodiscard]] LinearAnswer maximise(const std::vector<mpq_class>& objective,
                                    const std::vector<LinearRow>& rows);

}  // namespace parley::logic
