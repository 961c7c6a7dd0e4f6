// SPDX-License-Identifier: MIT
// Decision makers on whose wishes no row says anything, private to this room: what is known of preferences in
// a world where theirs are open (docs/methods/stability.md, "Who is silent").
#pragma once
#include <cstdint>
#include <vector>

#include "framing/stability.hpp"
#include "stability/certain.hpp"

namespace parley::questions {

class OpenPlayers {
 public:
  explicit OpenPlayers(const framing::AccountGame& game);

  [[nodiscard]] bool any() const { return members_ != 0; }
  [[nodiscard]] bool silent(std::size_t player) const { return (members_ >> player & 1U) != 0; }
  /// The silent, one bit each.
  [[nodiscard]] stability::Members members() const { return members_; }
  /// May a silent player prefer one of the two states to the other? Where it cannot tell them apart it may
  /// not.
  [[nodiscard]] bool may_part(std::size_t settlement, std::size_t player, stability::State s,
                              stability::State t) const {
    return kinds_[player][settlement][s] != kinds_[player][settlement][t];
  }
  /// Of each player what is known in a world; `ranks` of the silent are not looked at.
  [[nodiscard]] std::vector<stability::Comparisons> known(std::size_t settlement,
                                                          const stability::Rankings& ranks) const;

 private:
  const framing::AccountGame& game_;
  stability::Members members_ = 0;
  /// [player][settlement][state]: states of one kind are the same for it; empty where it is not silent.
  std::vector<std::vector<std::vector<std::uint32_t>>> kinds_;
};

/// The states that each player certainly prefers, or `perhaps` does, to each.
[[nodiscard]] std::vector<std::vector<stability::Bits>> preferred(
    const std::vector<stability::Comparisons>& known, bool perhaps);

}  // namespace parley::questions
