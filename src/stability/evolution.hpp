// SPDX-License-Identifier: MIT
// Status quo analysis (Li, Kilgour and Hipel 2005): which states are reached from a start by legal moves, in
// how few, and how. Nobody moves twice in a row.
#pragma once
#include <cstdint>
#include <vector>

#include "stability/graph.hpp"
#include "stability/individual.hpp"

namespace parley::stability {

struct Step {
  std::size_t mover = 0;
  State to = 0;
};

class Evolution {
 public:
  /// Breadth first over pairs of state and last mover. With `ranks` a move must improve on the state that it
  /// starts from, in the eyes of its mover; those named in `free` (a mask) may make any move.
  Evolution(const Graph& graph, State start, const Rankings* ranks = nullptr, std::uint32_t free = 0);

  /// The least number of moves to a state; kNever where it is not reached; 0 for the start.
  static constexpr std::uint32_t kNever = UINT32_MAX;
  [[nodiscard]] std::uint32_t moves(State s) const { return least_[s]; }
  /// One shortest path; empty for the start and for what is not reached.
  [[nodiscard]] std::vector<Step> path(State s) const;

 private:
  std::size_t width_;
  State start_;
  std::vector<std::uint32_t> least_;
  std::vector<std::uint32_t> arrival_;  // the pair through which a state was reached first
  std::vector<std::uint32_t> before_;   // of each pair
};

}  // namespace parley::stability
