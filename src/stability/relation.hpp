// SPDX-License-Identifier: MIT
// What one decision maker thinks of every state, seen from one state: better, unknown, greatly worse - also
// where preferences are strong and mild, or not known for every pair.
#pragma once
#include <utility>
#include <vector>

#include "stability/bits.hpp"
#include "stability/problem.hpp"

namespace parley::stability {

class Relation {
 public:
  /// `ranks`: dense, of every state (ranks.hpp); the rest of what is known comes from `preference`.
  /// Preconditions: bands, readings are empty or have one value for each state; pairs name states.
  Relation(const Preference& preference, const std::vector<Rank>& ranks);

  /// Sets of y, seen from s.
  struct View {
    Bits better;         ///< y > s for certain
    Bits unknown;        ///< y U s
    Bits greatly_worse;  ///< s >> y for certain
  };
  void view(State s, View& view) const;

  [[nodiscard]] bool better(State y, State s) const;
  [[nodiscard]] bool unknown(State y, State s) const;

 private:
  std::vector<std::vector<Rank>> readings_;  // the first is the ranking itself
  std::vector<Rank> bands_;
  std::vector<std::pair<State, State>> unknown_;  // both ways round, sorted
};

}  // namespace parley::stability
