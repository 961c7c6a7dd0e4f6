// SPDX-License-Identifier: MIT
// Claims about what is, may be, or is likely: which of the tests answers, the table or the present; and what
// rows say to be likely. No share of worlds is ever taken for a probability.
#include <algorithm>

#include "questions/claim_ends_parts.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::Formula;
using framing::RowSet;
using Status = Tested::Status;

namespace {

const mpq_class kLikely(11, 20);  ///< the least chance that the word `likely` stands for

}  // namespace

/// At a table the ways to end answer. What is given beside the table may reach what is on it by rows; then
/// these answer.
Tested ClaimTester::entailed(const Row& claim, const RowSet& without, const char* field) const {
  if (!about_ends(claim)) return entails(claim, without, field);
  const bool forecast = std::string_view(field) != "entails";
  const Tested tested = at_the_end(claim, without, forecast ? EndAsk::likely : EndAsk::entails);
  Tested otherwise;
  const auto both = said_of(claim, field, without, otherwise);
  if (tested.status != Status::open || tested.closed || !both || !both->given ||
      names_talks(both->said.formula) || at_a_table(both->given->formula))
    return tested;
  const auto from = expression::touched(both->given->formula), to = expression::touched(both->said.formula);
  const bool apart = std::none_of(from.begin(), from.end(),
                                  [&](int v) { return std::find(to.begin(), to.end(), v) != to.end(); });
  if (!apart || !course_->joins(from, to, without, framing::Step::Kind::leads)) return tested;
  const Tested led = entails(claim, without, field);
  return led.status == Status::yes || led.status == Status::no ? led : tested;
}

/// That talks fail remains a way for them to end: may it be so then?
bool ClaimTester::may_fail_with(const Said& both, const RowSet& without) const {
  std::vector<Formula> parts;
  if (both.given) parts.push_back(both.given->formula);
  for (const TalksRow& talks : talks_rows(situation_)) {
    framing::LevelSet failed(situation_.variables[static_cast<std::size_t>(talks.variable)].size());
    failed.add(framing::kFailed);
    parts.push_back(Formula::atom(talks.variable, failed));
  }
  const Tested tested =
      ends(both.said.formula, Formula::all(std::move(parts)), without, EndAsk::entails, false);
  return tested.status != Status::no && !tested.closed;
}

/// What no end can have is not possible; where an end may have it, rows that lead there say so as well. That
/// talks go on today is no way for them to end.
Tested ClaimTester::may_be(const Row& claim, const RowSet& without) const {
  if (!about_ends(claim)) {
    Tested tested = possible(claim, without);
    if (tested.status != Status::open || !led_by_ends(claim)) return tested;
    Tested led = led_there(claim, without);
    return led.yes() ? led : tested;
  }
  Tested tested = at_the_end(claim, without, EndAsk::possible);
  Tested otherwise;
  const auto both = said_of(claim, "possible", without, otherwise);
  if (tested.status != Status::open || tested.closed || !both || names_talks(both->said.formula))
    return tested;
  const Tested led = possible(claim, without);
  if (!led.yes() || !may_fail_with(*both, without)) return tested;
  tested.status = Status::yes;
  tested.why = led.why;
  tested.defaults = led.defaults;
  tested.share.reset();
  tested.against.reset();
  return tested;
}

/// What is likely is no statement of the present: what cannot be, or cannot fail, decides it, and what
/// follows along rows from what is given; that something stands where it stands does not.
Tested ClaimTester::in_any_case(const Row& claim, const RowSet& without, const char* field) const {
  Tested otherwise;
  const auto both = said_of(claim, field, without, otherwise);
  if (!both) return otherwise;
  const Formula& said = both->said.formula;
  Formula given = Formula::constant(true);
  if (both->given) {
    given = both->given->formula;
    const auto from = expression::touched(given), to = expression::touched(said);
    const Tested led = entails(claim, without, field);
    if (led.status == Status::untestable || course_->joins(from, to, without, framing::Step::Kind::leads))
      return led;
  }
  const auto open = course_->anything();
  const bool can = course_->possible(Formula::all({given, said}), open, without),
             can_not = course_->possible(Formula::all({given, Formula::negation(said)}), open, without);
  if (can == can_not) return Tested::open(can ? "the account leaves it open" : "rows contradict each other");
  return Tested::decided(can, can ? "rows leave nothing else" : "rows rule it out");
}

/// What is certain is likely, and what is excluded is unlikely; otherwise a row must say which it is.
Tested ClaimTester::likely(const Row& claim, const RowSet& without, bool unlikely) const {
  const char* field = unlikely ? "unlikely" : "likely";
  Tested tested = about_ends(claim) ? entailed(claim, without, field) : in_any_case(claim, without, field);
  if (tested.status == Status::open && !tested.closed) {
    const Tested said = by_occasions(claim, without);
    const bool decided = said.status == Status::yes || said.status == Status::no;
    // Worlds count in which it is certain, one way or the other; of a chance a world says nothing.
    const bool counted = tested.share && tested.against && tested.share->yes + tested.against->yes > 0;
    if (decided || !counted) tested = said;
  }
  if (!unlikely) return tested;
  if (tested.status == Status::yes || tested.status == Status::no)
    tested.status = tested.yes() ? Status::no : Status::yes;
  std::swap(tested.share, tested.against);
  if (tested.status == Status::open && tested.share) tested.why = "it is not so however the talks end";
  return tested;
}

/// Does a row that says what is likely speak to it, and does what makes it so hold?
Tested ClaimTester::by_occasions(const Row& claim, const RowSet& without) const {
  std::string why;
  Tested otherwise;
  const auto both = said_of(claim, end_field(claim).c_str(), without, otherwise);
  if (!both) return otherwise;
  const auto& [said, given] = *both;
  Forced forced;
  if (given) {
    auto set = forced_by(situation_, given->formula, false, &why);
    if (!set) return Tested::untestable(why);
    forced = std::move(*set);
  }
  forced = with_supposed(std::move(forced));
  RowSet all(course_->rows().begin(), course_->rows().end());
  const auto implies = [&](const Formula& a, const Formula& b) {
    return course_->possible(a, course_->anything(), all) &&
           !course_->possible(Formula::all({a, Formula::negation(b)}), course_->anything(), all);
  };
  const framing::View view = course_->view({forced, without, {}});
  bool for_it = false, against = false, perhaps = false;
  for (const Row* row : situation_.account.of("mechanisms")) {
    if (without.contains(row->id)) continue;
    for (const char* field : {"makes_likely", "makes_unlikely"}) {
      const auto* effect = row->condition(field);
      const auto* cause = row->condition("cause");
      if (effect == nullptr || cause == nullptr) continue;
      auto what = framing::bind(situation_, *effect);
      const auto when = framing::bind(situation_, *cause);
      if (!what || !when) continue;
      if (std::string_view(field) == "makes_unlikely") what = Formula::negation(std::move(*what));
      const bool speaks_for = implies(*what, said.formula),
                 speaks_against = implies(*what, Formula::negation(said.formula));
      if (!speaks_for && !speaks_against) continue;
      if (!course_->possible(*when, view.masks, without, forced)) continue;
      const bool surely = !course_->possible(Formula::negation(*when), view.masks, without, forced) &&
                          situation_.interval(row->value("strength"), {kLikely, 1}).first >= kLikely;
      perhaps = perhaps || !surely;
      for_it = for_it || speaks_for;
      against = against || speaks_against;
    }
  }
  if (!for_it && !against)
    return Tested::untestable("no row says how likely it is, and it does not follow either way");
  if (for_it && against) return Tested::open("rows speak for it and against it");
  if (perhaps)
    return Tested::open(
        "a row speaks to it, and whether what makes it so holds, or how strongly, is left open");
  return Tested::decided(for_it, for_it ? "a row says that what holds makes it likely"
                                        : "a row says that what holds makes the opposite likely");
}

}  // namespace parley::questions
