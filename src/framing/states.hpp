// SPDX-License-Identifier: MIT
// States of the world as sets of possible levels, and what follows from them: consequences along the signs of
// mechanisms, and commitments that are triggered (rules 6, 8, 9).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "framing/situation.hpp"

namespace parley::framing {

/// Bit l: the variable may be at level l. One bit = known.
using LevelMask = std::uint32_t;
using Masks = std::vector<LevelMask>;  ///< per variable of the situation

[[nodiscard]] LevelMask mask_of(const LevelSet& set);

/// Kleene's strong three-valued logic: may the formula be true, may it be false?
struct Truth {
  bool can_hold = false, can_fail = false;
  [[nodiscard]] bool sure() const { return can_hold && !can_fail; }
  [[nodiscard]] bool impossible() const { return !can_hold; }
};
[[nodiscard]] Truth evaluate(const Formula& formula, const Masks& masks);

/// Movements, each a set of {falls, steady, rises}: their qualitative sum, and what a signed step makes of
/// one (sign 0: it moves, either way).
[[nodiscard]] LevelMask together(LevelMask a, LevelMask b);
[[nodiscard]] LevelMask times(LevelMask movement, int sign);
/// A quantity takes the movement as its level. For an ordered variable the direction is known but not whether
/// it moves a whole level: it may stay or be anywhere that way.
[[nodiscard]] LevelMask level_after(const Variable& variable, LevelMask base, LevelMask moved);

/// cause -> effect on an ordinal quantity (or an ordered variable outside the package).
struct Drive {
  std::string row, says;
  int cause_variable = -1;  ///< a bare quantity: it drives as it moves; else `cause` does when it comes true
  Formula cause;
  int effect = -1;
  int sign = 0;  ///< +1 raises, -1 lowers, 0 moves (unknown)
  bool latch = false;
};

/// cause -> a variable can no longer be at certain levels.
struct Shut {
  std::string row, says;
  Formula cause, effect;
  int variable = -1;  ///< the one variable of `effect`, or -1: it joins several
  LevelSet out;
};

/// Something that may or may not be done once its trigger holds: a commitment with its restatements, or what
/// a mechanism makes likely.
struct ChanceRule {
  std::string id;                 ///< the first row's id
  std::vector<std::string> rows;  ///< with restatements
  std::string by;                 ///< empty for a mechanism
  std::vector<std::string> to;
  std::vector<Formula> triggers;  ///< one per occasion; any of them
  std::vector<std::string> occasions;
  std::vector<std::pair<int, LevelSet>> act;  ///< variable, levels that satisfy it
  bool mechanism = false;
};

struct Rules {
  std::vector<Drive> drives;
  std::vector<Shut> shuts;
  std::vector<ChanceRule> chances;
  std::vector<Unread> unread;
};
[[nodiscard]] Rules make_rules(const Situation& situation);

/// How likely `party` takes a chance to be carried out, and the default that was used, if any.
[[nodiscard]] expression::Interval believed(const Situation& situation, const ChanceRule& rule,
                                            const std::string& party,
                                            std::optional<DefaultRow>* used = nullptr);

/// The row of `beliefs` that says what `party` takes a commitment to be worth (`about` one of its rows); null
/// where there is none.
[[nodiscard]] const account::Row* believed_in(const Situation& situation, const ChanceRule& rule,
                                              const std::string& party);

/// Fills the quantities and shut variables of `state` from what differs between `state` and `base`. `signs`:
/// per drive with sign 0 the resolution's +1 or -1 (0 = stays unknown). `fixed[v]`: a package's own issue,
/// never moved.
void settle(const Rules& rules, const Situation& situation, const Masks& base, const std::vector<int>& signs,
            const std::vector<bool>& fixed, Masks& state);

/// One level each, and what follows for outcomes: a settled world.
[[nodiscard]] Masks masks_of(const Situation& situation, const std::vector<int>& levels);

/// What a state leads to: the chances that it triggers (at most deals::kMostChances), and where everything
/// stands after each subset of them is carried out, 2^chances in ascending order.
struct Leads {
  std::vector<int> chances;  ///< indices of Rules::chances
  std::vector<Masks> after;
};
/// Commitments are triggered where their condition holds in `start`, at depth 1, then what mechanisms make
/// likely where their cause has come true against `base`. `apart`: chances that are left out. Others as in
/// settle().
[[nodiscard]] Leads leads_to(const Rules& rules, const Situation& situation, const Masks& base,
                             const std::vector<int>& signs, const Masks& start,
                             const std::vector<bool>& fixed,
                             const std::function<bool(const ChanceRule&)>& apart);

/// The act of a chance, each part at its least level (rule 8).
void carry_out(const ChanceRule& rule, const Situation& situation, Masks& state);

}  // namespace parley::framing
