// SPDX-License-Identifier: MIT
// Rows of one account that pull against each other: those that the account names itself, and those that
// follow from its rows. A tension is a finding and no fault: both rows stay.
#pragma once
#include <string>
#include <vector>

#include "framing/situation.hpp"

namespace parley::questions {

struct Tension {
  enum class Kind {
    named,                 ///< a row of `tensions`
    own_goal,              ///< doing what a commitment says leads to what its maker says it does not want
    necessary_not_enough,  ///< the same condition is called necessary and not sufficient
    opposed_orders,        ///< orderings that go round in a circle
    start,                 ///< a row's own start is another than what an event is said to have set
  } kind = Kind::named;
  std::vector<std::string> rows;  ///< in the order in which the words need them
  std::string words;              ///< one sentence without its full stop
};

/// Named ones first, each kind in the order of row ids. What an own goal follows is sure along mechanisms
/// whose sign is known, and what a mechanism only makes likely counts as happening.
[[nodiscard]] std::vector<Tension> tensions_of(const framing::Situation& situation);

[[nodiscard]] std::string kind_word(Tension::Kind kind);  ///< "named", "own-goal", ...

}  // namespace parley::questions
