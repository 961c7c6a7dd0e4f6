// SPDX-License-Identifier: MIT
// A situation as the consistency lens takes it: signed arcs from mechanisms, commitments and named outcomes;
// rows that are logic as constraints; and, from both, a cross-impact matrix. Rules:
// docs/methods/consistency.md.
#pragma once
#include <string>
#include <vector>

#include "consistency/balances.hpp"
#include "consistency/conditions.hpp"
#include "consistency/influence.hpp"
#include "framing/situation.hpp"

namespace parley::framing {

/// What a node is: a variable of the situation, or one level of it.
struct NodePlace {
  int variable = -1;
  int level = -1;  ///< -1: the variable as a whole
};

/// What a condition is about: raising `place` (sign plus) or lowering it (minus) can only make it true.
struct End {
  NodePlace place;
  logic::Sign sign = logic::Sign::plus;
};
/// One end for each ordered variable or outcome, and for each level of an unordered variable, that the
/// formula names; none where moving it changes nothing.
[[nodiscard]] std::vector<End> ends_of(const Situation& situation, const Formula& formula);

struct ConsistencyFrame {
  consistency::InfluenceGraph graph;  ///< nodes: ordered variables, and `variable is level` of unordered ones
  std::vector<NodePlace> places;      ///< parallel to graph.nodes
  consistency::Conditions conditions;
  std::vector<Unread> unread;
};

[[nodiscard]] ConsistencyFrame frame_consistency(const Situation& situation);

/// The rows that made its arcs and constraints, sorted.
[[nodiscard]] std::vector<std::string> rows_read(const ConsistencyFrame& frame);

/// The cross-impact matrix of the signed arcs: judgement = strength * (sign) * a * b, where a and b run
/// evenly from -1 at the lowest level to +1 at the highest (for `variable is level`: +1 there, -1 elsewhere).
/// Unknown signs judge nothing. Variables without an arc of known sign are left out. Beyond
/// kMostAccountVariants there are descriptors and no scores.
[[nodiscard]] consistency::Balances balances_of(const Situation& situation, const ConsistencyFrame& frame,
                                                int strength = 2);

}  // namespace parley::framing
