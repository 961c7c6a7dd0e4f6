// SPDX-License-Identifier: MIT
// Inverse analysis of everybody at once (Kinsara, Kilgour and Hipel 2015): which preferences, of all decision
// makers together, make a wished state an equilibrium of sequential stability. There a sanction counts only
// as far as those who carry it out gain by it, so that one side's reasons hang on the others' preferences.
#pragma once
#include <optional>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"

namespace parley::stability {

/// One thing that must be so: decision maker `dm` does not prefer `to` to the wished state (`from`), or - a
/// step of a sanction - prefers `to` to `from`.
struct Demand {
  std::size_t dm = 0;
  State from = 0, to = 0;
  bool prefers = false;
  friend bool operator==(const Demand&, const Demand&) = default;
  friend auto operator<=>(const Demand&, const Demand&) = default;
};

struct JointInverse {
  /// Minimal sets of demands that make e stable for everybody, and that some preferences meet.
  std::vector<std::vector<Demand>> conditions;
  bool complete = true;  ///< all of them were found
  /// Preferences of everybody that are closest to the given ones, in the number of pairs whose comparison
  /// changes, by one for a tie, by two for a reversal (Kemeny and Snell 1962). Nothing: not within the limit.
  std::optional<Rankings> closest;
  std::size_t distance = 0;
};

inline constexpr std::size_t kMostDemands = 160;  ///< that conditions are put together from
inline constexpr std::size_t kMostJointConditions = 200;
inline constexpr std::size_t kMostProfiles = 20'000;  ///< preferences of everybody that are tried
inline constexpr std::size_t kMostProfileRanks = std::size_t{1} << 23;  ///< ranks kept of profiles to try

/// Nothing: more than kMostDemands, or stopped. `symmetric`: symmetric sequential stability.
[[nodiscard]] std::optional<JointInverse> joint_inverse(const Graph& graph, const Rankings& ranks,
                                                        State wished, bool symmetric,
                                                        const Watch& watch = {});

}  // namespace parley::stability
