// SPDX-License-Identifier: MIT
// Claims about what is, may be, or is likely: which of the tests answers, the table or the present; and what
// rows say to be likely. No share of worlds is ever taken for a probability.
#include <fmt/format.h>

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

std::string percent(const mpq_class& share) { return expression::number_text(100 * share); }

/// Why odds below those of the word leave it open.
std::string too_low(const expression::Interval& odds, bool for_it) {
  const bool one = odds.first == odds.second;
  const std::string said =
      one ? percent(odds.first) + " %" : fmt::format("{} to {} %", percent(odds.first), percent(odds.second));
  const char* of = for_it ? "it" : "the opposite";
  if (odds.second >= kLikelyFrom)
    return fmt::format("a row gives {} odds of {}, and from 55 % on they are likely: where they lie is open",
                       of, said);
  return fmt::format(
      "a row gives {} odds of {}: less than 55 % is not likely, and says nothing of what else may "
      "bring it",
      of, said);
}

}  // namespace

expression::Interval odds_of(const framing::Situation& situation, const Row& row) {
  return situation.interval(row.value("strength"), {kLikelyFrom, 1});
}

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

RowSet ClaimTester::without_any() const { return {course_->rows().begin(), course_->rows().end()}; }

std::vector<ClaimTester::Saying> ClaimTester::sayings(const Formula& said, const RowSet& without) const {
  const RowSet all = without_any();
  const auto implies = [&](const Formula& a, const Formula& b) {
    return course_->possible(a, course_->anything(), all) &&
           !course_->possible(Formula::all({a, Formula::negation(b)}), course_->anything(), all);
  };
  std::vector<Saying> list;
  for (const Row* row : situation_.account.of("mechanisms")) {
    if (without.contains(row->id)) continue;
    for (const char* field : {"makes_likely", "makes_unlikely"}) {
      const auto *effect = row->condition(field), *cause = row->condition("cause");
      auto what = effect == nullptr || cause == nullptr ? std::nullopt : framing::bind(situation_, *effect);
      const auto when = what ? framing::bind(situation_, *cause) : std::nullopt;
      if (!when) continue;
      if (std::string_view(field) == "makes_unlikely") what = Formula::negation(std::move(*what));
      if (implies(*what, said))
        list.push_back({*when, odds_of(situation_, *row), true});
      else if (implies(*what, Formula::negation(said)))
        list.push_back({*when, odds_of(situation_, *row), false});
    }
  }
  return list;
}

/// What is made likely may be kept away all the same: by a row that rules it out, where its cause may hold,
/// or by where something that never falls may stand.
bool ClaimTester::may_be_barred(const Formula& said, const framing::Masks& masks, const RowSet& without,
                                const Forced& forced) const {
  const auto can = [&](const Formula& f) { return course_->possible(f, masks, without, forced); };
  for (const framing::ExclusionRule& rule : course_->model().shuts)
    if (!without.contains(rule.row) && can(rule.cause) &&
        course_->possible(Formula::all({said, rule.effect}), course_->anything(), without_any()))
      return true;
  for (const int v : expression::touched(said)) {
    const framing::Variable& variable = situation_.variables[static_cast<std::size_t>(v)];
    for (int stands = 0; variable.never_falls && variable.ordered && stands < variable.size(); ++stands) {
      framing::LevelSet from(variable.size());
      for (int l = stands; l < variable.size(); ++l) from.add(l);
      const bool may = (masks[static_cast<std::size_t>(v)] >> stands & 1U) != 0;
      if (may && !course_->possible(Formula::all({said, Formula::atom(v, from)}), course_->anything(),
                                    without_any()))
        return true;
    }
  }
  return false;
}

/// Does a row that says what is likely speak to it, and does what makes it so hold? Where its cause does not
/// hold a row says nothing, neither that it comes about nor that it does not; odds of 0 % are no row.
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
    if (!course_->possible(given->formula, course_->anything(), without))
      return Tested::open("what is given is ruled out itself");
    forced = std::move(*set);
  }
  forced = with_supposed(std::move(forced));
  const framing::View view = course_->view({forced, without, {}});
  const auto can = [&](const Formula& f) { return course_->possible(f, view.masks, without, forced); };
  std::vector<Saying> rows = sayings(said.formula, without);
  const std::size_t spoken = rows.size();
  std::erase_if(rows, [](const Saying& row) { return row.odds.second <= 0; });
  if (rows.empty())
    return Tested::untestable(spoken == 0
                                  ? "no row says how likely it is, and it does not follow either way"
                                  : "the row that speaks to it gives it odds of 0 %, which is as if it "
                                    "were not there, and it does not follow either way");
  std::erase_if(rows, [&](const Saying& row) { return !can(row.cause); });
  if (rows.empty()) {
    const std::string words =
        "a row speaks to it where its cause holds; here its cause does not hold, which makes "
        "it neither likely nor unlikely";
    // Of the present nothing then speaks; where something is supposed the question has been understood.
    return forced.empty() ? Tested::untestable(words) : Tested::open(words);
  }
  const bool for_it = rows.front().for_it;
  if (std::any_of(rows.begin(), rows.end(), [&](const Saying& row) { return row.for_it != for_it; }))
    return Tested::open("rows speak for it and against it");
  std::vector<Formula> strong;
  for (const Saying& row : rows)
    if (row.odds.first >= kLikelyFrom) strong.push_back(row.cause);
  if (strong.empty()) return Tested::open(too_low(rows.front().odds, for_it));
  if (can(Formula::negation(Formula::any(strong))))
    return Tested::open(for_it ? "a row makes it likely where its cause holds, and whether that holds is open"
                               : "a row makes the opposite likely where its cause holds, and whether that "
                                 "holds is open");
  if (may_be_barred(for_it ? said.formula : Formula::negation(said.formula), view.masks, without, forced))
    return Tested::open(
        "a row says that what holds makes it likely or unlikely, and whether another rules that out "
        "is open");
  return Tested::decided(for_it, for_it ? "a row says that what holds makes it likely"
                                        : "a row says that what holds makes the opposite likely");
}

}  // namespace parley::questions
