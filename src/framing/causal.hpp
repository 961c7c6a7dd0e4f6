// SPDX-License-Identifier: MIT
// The one causal model of an account: its rows as typed rules, and what follows from a state by them. Every
// lens, claim, audit and finding works with it. What each rule means is written once:
// docs/methods/causes.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "framing/states.hpp"

namespace parley::framing {

/// A set of movements as levels of a quantity: falls, steady, rises.
using Movement = LevelMask;
inline constexpr Movement kDownward = Movement{1} << kFalls, kUnmoved = Movement{1} << kSteady,
                          kUpward = Movement{1} << kRises;
inline constexpr Movement kAnyMovement = kDownward | kUnmoved | kUpward;

/// Sums of movements as in qualitative calculus (up and down together: anything), and what a signed step
/// makes of one (sign 0: it moves, either way). Of sets every combination.
[[nodiscard]] Movement together(Movement a, Movement b);
[[nodiscard]] Movement times(Movement movement, int sign);

/// A mechanism that raises, lowers or moves: it pushes its effect as its cause moves.
struct SignedInfluence {
  std::string row, says;
  int cause_variable = -1;  ///< a bare variable: it drives as it moves; else `cause` does when it comes true
  Formula cause;
  int effect = -1;
  int sign = 0;        ///< +1 raises, -1 lowers, 0 moves (unknown)
  bool latch = false;  ///< a guard: what the cause has moved stays when the cause goes
};

/// cause -> a variable can no longer be at certain levels. A guard: it pushes nothing.
struct ExclusionRule {
  std::string row, says;
  Formula cause, effect;
  int variable = -1;  ///< the one variable of `effect`, or -1: it joins several
  LevelSet out;
};

/// Something that may or may not be done once its trigger holds: a commitment with its restatements, or what
/// a mechanism makes likely or unlikely.
struct TriggeredAction {
  std::string id;                 ///< the first row's id
  std::vector<std::string> rows;  ///< with restatements
  std::string by;                 ///< empty for a mechanism
  std::vector<std::string> to;
  std::vector<Formula> triggers;  ///< one per occasion; any of them
  std::vector<std::string> occasions;
  std::vector<std::pair<int, LevelSet>> act;  ///< variable, levels that satisfy it
  bool mechanism = false;
  int cause_variable = -1;  ///< of a mechanism whose cause is a bare variable
  /// By the odds that the account gives (100 %, 0 %): as a mechanism that surely works; as if it were not
  /// there.
  bool certain = false, never = false;
  bool perhaps_never = false;  ///< its odds are stated, and may be 0 % or more
  /// It makes something unlikely: where it happens, the one variable of `act` is kept within its levels.
  bool prevents = false;
  /// From what its row says (account/content.hpp), where there are more of them than can make branches; else
  /// 0.
  std::uint64_t content = 0;
};

/// `will V only_if C`: V is not brought about while C fails. A guard: C brings no V, and V is no pledge. It
/// is no implication: what stands already may go on without C.
struct Guard {
  std::string row, by;
  Formula act, condition;
};

struct CausalModel {
  std::vector<SignedInfluence> drives;
  std::vector<ExclusionRule> shuts;
  std::vector<TriggeredAction> chances;
  std::vector<Guard> guards;
  std::vector<Unread> unread;
  std::vector<int> moved;                   ///< effects of influences, ascending
  std::vector<std::vector<int>> drives_on;  ///< per variable, indices of drives
};
/// Variables beside `from` that rules bring or move, step by step: where they stand decides what that
/// changes.
[[nodiscard]] std::vector<int> led_to(const CausalModel& model, const std::vector<int>& from);
/// Variables in conditions under which somebody does what it also says it will do: where they stand decides
/// what follows.
[[nodiscard]] std::vector<int> guarding(const CausalModel& model);
[[nodiscard]] CausalModel make_rules(const Situation& situation);

/// Does the guard keep its act from being so without its condition? Only where the act surely does not stand
/// at present (`present`: per variable, where it may stand), its maker has a hand in it or nobody decides it,
/// and no other row than those of `without` may bring it. What says less bars less.
[[nodiscard]] bool bars(const CausalModel& model, const Situation& situation, const Guard& guard,
                        const Masks& present, const std::set<std::string>& without = {});
/// Where each variable may stand at present, as the situation says it; which way a quantity goes is open.
[[nodiscard]] Masks present_of(const Situation& situation);

/// The same things by the names that they had.
using Rules = CausalModel;
using Drive = SignedInfluence;
using Shut = ExclusionRule;
using ChanceRule = TriggeredAction;

/// What the act of a rule sets, as a condition, and which way the rule works on it: what is made unlikely is
/// worked against.
[[nodiscard]] std::pair<Formula, int> effect_of(const TriggeredAction& action);

/// How likely `party` takes a chance to be carried out, and the default that was used, if any.
[[nodiscard]] expression::Interval believed(const Situation& situation, const TriggeredAction& rule,
                                            const std::string& party,
                                            std::optional<DefaultRow>* used = nullptr);

/// The row of `beliefs` that says what `party` takes a commitment to be worth (`about` one of its rows); null
/// where there is none.
[[nodiscard]] const account::Row* believed_in(const Situation& situation, const TriggeredAction& rule,
                                              const std::string& party);

/// What the movement of a cause is measured against: how things stand (a change: packages, states of a game),
/// or nothing (the course of things: what stands acts, as claims take it).
enum class Reading { change, course };

/// How the cause moves, as a set. A decrease reverses what an increase does: against how things stand it is a
/// movement down; in the course of things what has ended no longer pushes, and what it moved stays or turns
/// back. `changed`: may the cause be otherwise than it was? If not, only that is seen which is so before and
/// after.
[[nodiscard]] Movement movement_of(const SignedInfluence& influence, const Situation& situation,
                                   const Masks& base, const Masks& state, Reading reading, bool changed);

/// A quantity takes the movement as its level. For an ordered variable the direction is known but not whether
/// it moves a whole level: it may stay or be anywhere that way, and what never falls does not go down.
[[nodiscard]] LevelMask level_after(const Variable& variable, LevelMask base, Movement moved);

/// Where a variable may be brought to: anywhere, but for what never falls not below where it stands.
[[nodiscard]] LevelMask reachable_levels(const Variable& variable, LevelMask base);

/// Levels that exclusions leave a variable: `sure` is out, and `may` may be. `mask`: where it may be without
/// them, `anchor`: where it stood, `base`: where it stands at present. What stood where it can no longer be
/// goes elsewhere; where rows leave it nothing they contradict each other, and it stays.
struct Excluded {
  LevelMask sure = 0, may = 0;
};
[[nodiscard]] LevelMask within(const Variable& variable, LevelMask base, LevelMask anchor, LevelMask mask,
                               const Excluded& out);

/// What a state leads to: the chances that it triggers (at most deals::kMostChances, those that come first in
/// order of cause; within a round by what their rows say, and of those that say the same all or none), and
/// where everything stands after each subset of them is carried out, 2^chances in ascending order. Further
/// chances may happen or not in each of them.
struct Leads {
  std::vector<int> chances;  ///< indices of CausalModel::chances, ascending
  std::vector<Masks> after;
};

/// What is asked of the model: where things stand, what is known of the signs that are not stated (per drive
/// +1 or -1; 0: it stays unknown), what no influence and no exclusion moves (a package's own issues), and
/// chances that are left out.
struct Premises {
  const Masks& base;
  const std::vector<int>& signs;
  const std::vector<bool>& fixed;
  std::function<bool(const TriggeredAction&)> apart = {};
  /// Variables that the change sets, where it leaves them several levels; of known ones it is seen.
  std::vector<bool> altered = {};
};

/// Follows `start` in order of cause: in rounds, whatever the order of rows. In each round influences and
/// exclusions settle; then all that is due and was not done before is done at once. Several that set one
/// variable in one round leave open which prevails. Each acts once, so that circles end.
[[nodiscard]] Leads leads_to(const CausalModel& model, const Situation& situation, const Premises& premises,
                             const Masks& start);

/// What surely follows from `start`, and the rows that each variable's levels rest on: whatever else is the
/// case, where what is made likely happens.
struct Certain {
  Masks masks;
  std::vector<std::vector<std::string>> because;  ///< per variable
};
[[nodiscard]] Certain certainly_after(const CausalModel& model, const Situation& situation,
                                      const Masks& start);

}  // namespace parley::framing
