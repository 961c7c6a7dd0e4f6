// SPDX-License-Identifier: MIT
// Claims about what something needs, what suffices for it and what falls short: by logic and signs.
#include <algorithm>
#include <bit>

#include "questions/claim_test.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::Formula;
using framing::RowSet;
using Status = Tested::Status;

/// No goal without the need, by logic alone. That without it nothing is said to bring the goal shows no need
/// (it would deny the antecedent); that the goal surely comes about without it shows that there is none.
Tested ClaimTester::needs(const Formula& need, const Bound& goal, const RowSet& without) const {
  const Formula lacking = Formula::negation(need);
  if (!course_->possible(goal.formula, course_->anything(), without))
    return Tested::open("what it is needed for is ruled out in any case");
  const auto can_be = [&](const Formula& f) {
    return course_->possible(Formula::all({goal.formula, f}), course_->anything(), without, {},
                             expression::touched(need));
  };
  if (!can_be(lacking)) {
    if (!can_be(need)) return Tested::open("rows contradict each other: no state agrees with all of them");
    return Tested::decided(true, "the one cannot be without the other");
  }
  const auto forced = forced_by(situation_, lacking, false, nullptr);
  if (!forced) return Tested::open("no row says what happens without it");
  std::vector<int> from;
  for (const auto& [v, levels] : *forced) from.push_back(v);
  // What nobody joins to the other says nothing by keeping still.
  if (!course_->joins(from, expression::touched(goal.formula), without, framing::Step::Kind::leads))
    return Tested::open("no row says what happens without it");
  if (course_->perhaps_too_low(*forced, without))
    return Tested::open("it never falls, and whether it can be without it is open");
  const Forced all = with_supposed(*forced);
  const framing::View view = course_->view({all, without, {}});
  const bool can = course_->possible(goal.formula, view.masks, without, all),
             can_not = course_->possible(Formula::negation(goal.formula), view.masks, without, all);
  Tested tested = can && !can_not ? Tested::decided(false, "the one comes about without the other")
                  : can           ? Tested::open("it may come about without it, or not")
                        : Tested::open("without it no row brings it, and no row says that nothing else can");
  tested.take_defaults(view, goal.formula, situation_);
  return tested;
}

Tested ClaimTester::necessary(const Row& claim, const RowSet& without) const {
  std::string why;
  const auto need = bound(claim, "necessary", &why);
  const auto goal = need ? bound(claim, "for", &why) : std::nullopt;
  if (!goal) return Tested::untestable(why);
  if (goal->left_out(without) || need->left_out(without))
    return Tested::open("no row says what the goal needs");
  if (about_ends(claim)) return needed_at_ends(*need, *goal, without);
  if (on_table(goal->formula) && on_table(need->formula)) return needs_at_table(*need, *goal, without);
  Tested all = Tested::decided(true, "");
  for (const Formula& part : need->parts) {
    const Tested one = needs(part, *goal, without);
    all.defaults.insert(one.defaults.begin(), one.defaults.end());
    all.why = one.why;
    if (one.status == Status::no || (one.status == Status::open && all.status == Status::yes))
      all.status = one.status;
    if (all.status == Status::no) break;
  }
  return all;
}

Tested ClaimTester::brings(const Bound& cause, const Bound& goal, const RowSet& without) const {
  const Formula lacking = Formula::negation(goal.formula);
  if (!course_->possible(cause.formula, course_->anything(), without))
    return Tested::open("what should suffice is ruled out itself");
  // To suppose a thing is not to bring it about: that somebody does it only under a condition makes it no
  // ground for the condition.
  const auto supposed = expression::touched(cause.formula);
  const auto can_be = [&](const Formula& f) {
    return course_->possible(Formula::all({cause.formula, f}), course_->anything(), without, {}, supposed);
  };
  const bool alone = can_be(lacking), both = can_be(goal.formula);
  if (!alone && !both) return Tested::open("rows contradict each other: no state agrees with all of them");
  if (!alone) return Tested::decided(true, "the one cannot be without the other");
  if (!both) return Tested::decided(false, "the one rules out the other");
  const auto forced = forced_by(situation_, cause.formula, false, nullptr);
  if (!forced) return Tested::open("no row says what follows from it");
  std::vector<int> from, rest;
  for (const auto& [v, levels] : *forced) from.push_back(v);
  for (const int v : expression::touched(goal.formula))
    if (std::find(from.begin(), from.end(), v) == from.end()) rest.push_back(v);
  const bool shared = rest.size() < expression::touched(goal.formula).size(),
             led = course_->joins(from, rest, without, framing::Step::Kind::leads);
  if (!shared && !led) return Tested::open("nothing in the account joins the two");
  const Forced all = with_supposed(*forced);
  const framing::View view = course_->view({all, without, {}});
  const bool can = course_->possible(goal.formula, view.masks, without, all),
             can_not = course_->possible(lacking, view.masks, without, all);
  Tested tested = Tested::open("rows lead there, and it may fail to come about all the same");
  if (!can && !can_not)
    tested = Tested::open("the rows about what follows from it contradict each other");
  else if (can && !can_not)
    tested = Tested::decided(true, "the one brings the other");
  else if (led && !can)
    tested = Tested::decided(false, "with the one the other does not come about");
  else if (!led)
    tested = Tested::open(rest.empty() ? "it is a part of what it should suffice for, and not the whole"
                                       : "no row leads from it to the rest of what that takes");
  tested.take_defaults(view, goal.formula, situation_);
  return tested;
}

/// Something else that the goal takes is acted on by rows, and what is said to be too little does not bring
/// it. That a thing was simply held still shows nothing.
Tested ClaimTester::falls_short(const Bound& cause, const Bound& goal, const RowSet& without) const {
  if (!course_->possible(cause.formula, course_->anything(), without))
    return Tested::open("what should not suffice is ruled out itself");
  auto forced = forced_by(situation_, cause.formula, false, nullptr);
  if (!forced) return Tested::open("no row says what follows from it");
  *forced = with_supposed(std::move(*forced));
  for (const Formula& part : goal.parts) {
    const auto touched = expression::touched(part);
    const bool own = std::all_of(touched.begin(), touched.end(), [&](int v) {
      return std::any_of(forced->begin(), forced->end(), [&](const auto& f) { return f.first == v; });
    });
    if (own) continue;
    const framing::View view = course_->view({*forced, without, touched});
    // Where other things stand is not what acts on it: conditions come below.
    framing::Masks masks = course_->anything();
    for (const int v : touched) masks[static_cast<std::size_t>(v)] = view.masks[static_cast<std::size_t>(v)];
    for (const auto& [v, levels] : *forced) masks[static_cast<std::size_t>(v)] = levels;
    Tested tested = Tested::decided(true, "something else that it takes is kept away by what acts on it");
    if (!course_->possible(part, masks, without, *forced) &&
        course_->possible(Formula::negation(part), masks, without, *forced)) {
      tested.take_defaults(view, part, situation_);
      return tested;
    }
  }
  // What somebody does only under a condition that is not met now, and that rows move from elsewhere.
  const framing::View now = course_->view({*forced, without, {}});
  for (const auto& constraint : course_->constraints()) {
    if (constraint.structure || without.contains(constraint.id)) continue;
    RowSet less = without;
    less.insert(constraint.id);
    if (course_->possible(Formula::all({goal.formula, Formula::negation(constraint.formula)}),
                          course_->anything(), less))
      for (const int v : expression::touched(constraint.formula)) {
        const auto at = static_cast<std::size_t>(v);
        const auto goal_touches = expression::touched(goal.formula);
        if (std::find(goal_touches.begin(), goal_touches.end(), v) != goal_touches.end()) continue;
        if (course_->reaching(v, less).empty() || std::popcount(now.masks[at]) != 1) continue;
        framing::Masks masks = course_->anything();
        masks[at] = now.masks[at];
        if (!course_->possible(goal.formula, masks, without))
          return Tested::decided(true,
                                 "a condition that somebody makes is not met, and this does not meet it");
      }
  }
  return Tested::open("no row says what else it takes, or none acts on it");
}

Tested ClaimTester::sufficient(const Row& claim, const RowSet& without, bool negated) const {
  std::string why;
  const auto cause = bound(claim, negated ? "not_sufficient" : "sufficient", &why);
  const auto goal = cause ? bound(claim, "for", &why) : std::nullopt;
  if (!goal) return Tested::untestable(why);
  if (goal->left_out(without) || cause->left_out(without))
    return Tested::open("no row says what the goal needs");
  if (about_ends(claim)) return suffices_at_ends(*cause, *goal, without, negated);
  if (on_table(goal->formula)) {
    if (const auto said = as_said(cause->formula, goal->formula, without, negated)) return *said;
    return at_table(*cause, *goal, without, negated);
  }
  const Tested tested = brings(*cause, *goal, without);
  if (!negated) return tested;
  if (tested.status == Status::yes) return Tested::decided(false, "it does suffice: " + tested.why);
  if (tested.status == Status::no) {
    Tested turned = tested;
    turned.status = Status::yes;
    return turned;
  }
  return falls_short(*cause, *goal, without);
}

}  // namespace parley::questions
