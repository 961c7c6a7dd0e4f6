// SPDX-License-Identifier: MIT
// Everything that legal sequences of a group of movers reach, from every state: one set of states each.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "stability/bits.hpp"
#include "stability/graph.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

inline constexpr std::size_t kMostReachBytes = std::size_t{1} << 30;  ///< of all sets of one Reach

/// A legal sequence has at least one move, and nobody moves twice in a row; A, B, A is legal, and so is
/// coming back. A mover is whoever owns a set of arcs: a decision maker, or a coalition.
class Reach {
 public:
  /// Nothing: kMostReachBytes would be passed, or `watch` stopped it. Arcs must outlive the call only.
  [[nodiscard]] static std::optional<Reach> make(std::size_t states, std::span<const Arcs* const> movers,
                                                 const Watch& watch = {});

  [[nodiscard]] const Bits& from(State s) const { return rows_[of_start_[s]]; }
  [[nodiscard]] std::size_t bytes() const {
    return rows_.empty() ? 0 : rows_.size() * rows_.front().words().size() * sizeof(std::uint64_t);
  }

 private:
  friend class Components;
  std::vector<Bits> rows_;
  std::vector<std::uint32_t> of_start_;
};

}  // namespace parley::stability
