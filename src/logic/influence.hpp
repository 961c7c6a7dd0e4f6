// SPDX-License-Identifier: MIT
// Signed influence along mechanisms: which way an effect moves when causes move. Shared by framing
// (consequences of a package) and by the consistency lens.
#pragma once
#include <string>
#include <vector>

namespace parley::logic {

enum class Sign : signed char { minus = -1, none = 0, plus = 1, unknown = 2 };

[[nodiscard]] Sign product(Sign a, Sign b);   ///< along a path; none times anything is none
[[nodiscard]] Sign together(Sign a, Sign b);  ///< two paths: equal or none -> the other, else unknown

struct Arc {
  int from = 0;
  int to = 0;
  Sign sign = Sign::unknown;  ///< plus: raises; minus: lowers; unknown: moves
  int row = -1;               ///< caller's number for the row that says so
};

struct Path {
  std::vector<int> arcs;  ///< indices into the graph's arcs, cause first
  Sign sign = Sign::none;
};

struct SignedGraph {
  int nodes = 0;
  std::vector<Arc> arcs;
};

/// Net sign of `cause` on every node: the sum over all elementary paths (fixed point where there are loops: a
/// node that is reached by paths of both signs, or by one of unknown sign, is unknown). cause itself: plus.
[[nodiscard]] std::vector<Sign> net_signs(const SignedGraph& graph, int cause);

/// Elementary paths from cause to effect, shortest first, at most `limit`.
[[nodiscard]] std::vector<Path> paths(const SignedGraph& graph, int cause, int effect,
                                      std::size_t limit = 1000);

}  // namespace parley::logic
