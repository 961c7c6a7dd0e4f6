// SPDX-License-Identifier: MIT
// What it needs, or suffices, for talks to agree or to fail, and what these suffice for. Of talks the table
// of the deals lens says whether a package is acceptable to all who must agree, never whether they will.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "questions/claim_ends_parts.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::Formula;
using framing::RowSet;
using Status = Tested::Status;

namespace {

/// Is a package that has the goal acceptable to all, at one of the tables that have such packages?
struct Acceptable {
  std::vector<const TableAnswer*> tables;
  std::set<std::uint64_t> drawn, yes;  ///< worlds
  bool never = true, always = false;   ///< by proof
  bool contradictory = false;
};

Acceptable acceptable(const ColumnAnswer& answer, const framing::Situation& s, const Formula& goal,
                      const Forced& forced) {
  Acceptable result;
  for (const TableAnswer& table : answer.tables) {
    const auto has = packages_with(table, s, goal, forced);
    // Where nobody could want any change at all the table has no package whatsoever.
    const bool bare = has.empty() && table.framed.too_large.empty() &&
                      lists(expression::touched(goal), s.variable(table.framed.table));
    if (!bare && std::none_of(has.begin(), has.end(), [](bool x) { return x; })) continue;
    result.tables.push_back(&table);
    result.contradictory =
        result.contradictory || !table.answer.inconsistent.empty() || !table.framed.clashes.empty();
    const bool excluded = table.answer.proved && !table.answer.possible;
    for (std::size_t x = 0; x < has.size() && !excluded; ++x) {
      if (!has[x]) continue;
      const KnownPackage known = known_of(table, x);
      result.never = result.never && !known.may;
      result.always = result.always || known.sure;
    }
    if (table.answer.necessary && !has.empty() &&
        std::all_of(has.begin(), has.end(), [](bool x) { return x; }))
      result.always = true;
    for (const auto& world : table.answer.by_world) {
      result.drawn.insert(world.world);
      if (std::any_of(world.zone.begin(), world.zone.end(),
                      [&](int x) { return has[static_cast<std::size_t>(x)]; }))
        result.yes.insert(world.world);
    }
  }
  return result;
}

bool same_tables(const std::vector<const TableAnswer*>& one, const std::vector<const TableAnswer*>& other) {
  return one.size() == other.size() && std::all_of(one.begin(), one.end(), [&](const TableAnswer* table) {
           return std::any_of(other.begin(), other.end(), [&](const TableAnswer* each) {
             return each->framed.table == table->framed.table &&
                    fingerprint(each->framed) == fingerprint(table->framed);
           });
         });
}

Tested contradicting() {
  Tested tested = Tested::open("rows of a party at its table contradict each other");
  tested.closed = true;
  return tested;
}

/// What is asked of two settings of the same worlds: is it (not) acceptable in the one, where it is not so in
/// both?
struct TwoSettings {
  const Acceptable &with, &had;
  bool shut;     ///< it is asked that none is acceptable
  bool negated;  ///< and the answer is turned round
  [[nodiscard]] bool so(const Acceptable& in, std::uint64_t world) const {
    return in.yes.contains(world) != shut;
  }
  /// Worlds in which it is so in both say nothing.
  [[nodiscard]] worlds::Share share() const {
    worlds::Share share{0, 0};
    for (const auto world : with.drawn) {
      if (so(with, world) && so(had, world)) continue;
      ++share.of;
      share.yes += so(with, world) != negated ? 1 : 0;
    }
    return share;
  }
  [[nodiscard]] bool idle() const {
    return std::none_of(with.drawn.begin(), with.drawn.end(),
                        [&](std::uint64_t world) { return so(with, world) != so(had, world); });
  }
  /// By proof: it is so, or not so, in the first in every world.
  [[nodiscard]] Status proved() const {
    const bool surely = shut ? with.never : with.always, before = shut ? had.never : had.always,
               never = shut ? with.always : with.never;
    if (never) return negated ? Status::yes : Status::no;
    if (surely && !before) return negated ? Status::no : Status::yes;
    return Status::open;
  }
};

}  // namespace

/// The goal is that talks agree (with more, perhaps), or that they fail: a cause suffices where with it a
/// package is acceptable to all, or none is.
Tested ClaimTester::opens_or_shuts(const Formula& cause, const Formula& goal, const RowSet& without,
                                   bool negated) const {
  std::string why;
  const auto forced = forced_by(situation_, cause, true, &why);
  if (!forced) return Tested::untestable(why);
  const bool shut = !allows_agreement(goal);
  if (shut && goal.kind != Formula::Kind::atom)
    return Tested::untestable("of talks that fail nothing else is asked here");
  const Formula agreed = shut ? Formula::negation(goal) : goal;
  const auto answer = solved(without, *forced), as_is = solved(without, {});
  const Acceptable with = acceptable(*answer, situation_, agreed, *forced),
                   had = acceptable(*as_is, situation_, agreed, {});
  if (with.tables.empty()) return Tested::untestable("with it no table has a package that the goal asks for");
  if (with.contradictory || had.contradictory) return contradicting();
  if (same_tables(with.tables, had.tables))
    return Tested::open("nothing in the account joins it to what can be agreed");
  const TwoSettings compared{with, had, shut, negated};
  const Status proved = compared.proved();
  const char *some = "some package is acceptable to all sides",
             *none = "no package is acceptable to all sides";
  if (proved == Status::open && compared.idle())
    return Tested::open(fmt::format("in no world does it make a difference to whether {}", some));
  const worlds::Share share = compared.share();
  if (!with.drawn.empty() && share.of < kFewestThatCount)
    return Tested::open(fmt::format(
        "in {} of {} worlds {} with it and without it: there is little that it "
        "could bring about",
        with.drawn.size() - static_cast<std::size_t>(share.of), with.drawn.size(), shut ? none : some));
  Tested tested = Tested::open(
      fmt::format("that count ({} of {}: as things stand, or with it, {}) {} with it", share.of,
                  with.drawn.size(), shut ? some : none, shut != negated ? "none is" : "some is"));
  if (!with.drawn.empty()) tested.share = share;
  if (proved == Status::open) return tested;
  tested.status = proved;
  tested.why =
      fmt::format("with it, {} in any case", (proved == Status::yes) == (shut != negated) ? none : some);
  return tested;
}

/// What stands beside the tables is needed for an agreement where without it no package is acceptable to all;
/// and for talks to fail where without it one is.
Tested ClaimTester::shut_without(const Formula& need, const Formula& goal, const RowSet& without) const {
  std::string why;
  const auto with = forced_by(situation_, need, true, &why),
             lacking = with ? forced_by(situation_, Formula::negation(need), true, &why) : std::nullopt;
  if (!lacking) return Tested::untestable(why);
  const bool shut = !allows_agreement(goal);
  if (shut && goal.kind != Formula::Kind::atom)
    return Tested::untestable("of talks that fail nothing else is asked here");
  const Formula agreed = shut ? Formula::negation(goal) : goal;
  const auto answer = solved(without, *with), other = solved(without, *lacking);
  const Acceptable has = acceptable(*answer, situation_, agreed, *with),
                   lacks = acceptable(*other, situation_, agreed, *lacking);
  if (has.tables.empty() || lacks.tables.empty())
    return Tested::untestable("with it set no table has a package that the goal asks for");
  if (has.contradictory || lacks.contradictory) return contradicting();
  if (same_tables(has.tables, lacks.tables))
    return Tested::open("nothing in the account joins it to what can be agreed");
  const bool never = shut ? has.always : has.never;
  const bool surely = shut ? lacks.always : lacks.never, refuted = shut ? lacks.never : lacks.always;
  worlds::Share share{0, 0};
  for (const auto world : has.drawn) {
    if (has.yes.contains(world) == shut) continue;
    ++share.of;
    share.yes += lacks.yes.contains(world) == shut ? 1 : 0;
  }
  const char *some = "a package is acceptable to all sides", *none = "no package is acceptable to all sides";
  if (never || (!has.drawn.empty() && share.of < kFewestThatCount))
    return Tested::open(
        fmt::format("with it, {} in {} of {} worlds", shut ? none : some, share.of, has.drawn.size()));
  Tested tested =
      Tested::open(fmt::format("in which with it {} ({} of {}), without it {}", shut ? none : some, share.of,
                               has.drawn.size(), shut ? "one is" : "none is"));
  if (!has.drawn.empty()) tested.share = share;
  if (surely || refuted) {
    tested.status = surely ? Status::yes : Status::no;
    tested.why = fmt::format("without it, {} in any case", surely == shut ? some : none);
  } else if (!tested.share) {
    tested.why = "it is open what is acceptable to all sides without it";
  }
  return tested;
}

/// What follows where talks end as the cause says: at every such end, or at none.
Tested ClaimTester::from_ends(const Bound& cause, const Bound& goal, const RowSet& without,
                              bool negated) const {
  std::vector<int> from = expression::touched(cause.formula);
  for (const TalksRow& talks : talks_rows(situation_))
    if (lists(from, talks.variable)) from.insert(from.end(), talks.open.begin(), talks.open.end());
  if (!course_->joins(from, expression::touched(goal.formula), without, framing::Step::Kind::leads))
    return Tested::open("nothing in the account joins the two");
  Tested tested = ends(goal.formula, cause.formula, without, EndAsk::entails, true);
  if (!negated) return tested;
  if (tested.status == Status::yes || tested.status == Status::no)
    tested.status = tested.yes() ? Status::no : Status::yes;
  std::swap(tested.share, tested.against);
  if (tested.status == Status::open && tested.share) tested.why = "it is not so however the talks end";
  return tested;
}

/// No way to end has the goal and not the need. Of what stands beside the tables nothing is shown here.
Tested ClaimTester::never_without(const Bound& need, const Bound& goal, const RowSet& without) const {
  const Formula any = Formula::constant(true);
  const Tested there = ends(goal.formula, any, without, EndAsk::possible, false);
  if (there.closed) return there;
  if (there.status == Status::no) return Tested::open("what it is needed for is excluded in any case");
  const Tested apart = ends(Formula::all({goal.formula, Formula::negation(need.formula)}), any, without,
                            EndAsk::possible, false);
  if (apart.closed) return apart;
  if (apart.status == Status::no)
    return Tested::decided(true, "no way for the talks to end has the one without the other");
  if (apart.yes())
    return Tested::decided(false, "the talks have a way to end with the one without the other");
  if (!at_a_table(goal.formula)) return needs(need.formula, goal, without);
  return Tested::open("the talks may end with the one without the other");
}

Tested ClaimTester::needed_at_ends(const Bound& need, const Bound& goal, const RowSet& without) const {
  if (names_talks(need.formula)) return never_without(need, goal, without);
  const auto touched = expression::touched(need.formula), named = expression::touched(goal.formula);
  const auto talks = talks_rows(situation_);
  const bool negotiated = std::all_of(talks.begin(), talks.end(), [&](const TalksRow& each) {
    return !lists(named, each.variable) ||
           std::all_of(touched.begin(), touched.end(), [&](int v) { return lists(each.open, v); });
  });
  if (!negotiated || !allows_agreement(goal.formula))
    return shut_without(need.formula, goal.formula, without);
  const auto answer = solved(without, {});
  bool some = false, every = true, lacking = false;
  for (const TableAnswer& table : answer->tables) {
    const auto goes = packages_with(table, situation_, goal.formula, {}),
               has = packages_with(table, situation_, need.formula, {}),
               lacks = packages_with(table, situation_, Formula::negation(need.formula), {});
    const bool asked = std::any_of(goes.begin(), goes.end(), [](bool x) { return x; });
    // A table that is too large to list may have what is asked for.
    every = every && table.framed.too_large.empty();
    if ((asked || lists(named, situation_.variable(table.framed.table))) &&
        (!table.answer.inconsistent.empty() || !table.framed.clashes.empty()))
      return contradicting();
    if (table.answer.proved && !table.answer.possible) continue;
    for (std::size_t x = 0; x < goes.size(); ++x) {
      const KnownPackage known = goes[x] ? known_of(table, x) : KnownPackage{};
      some = some || known.may;
      every = every && (!known.may || has[x]);
      lacking = lacking || (known.sure && lacks[x]);
    }
  }
  Tested tested = needs_at_table(need, goal, without);
  if (!lacking && !(some && every)) return tested;
  tested.status = lacking ? Status::no : Status::yes;
  tested.why = lacking ? "a package without it is acceptable to all sides in every world"
                       : "no package without it can be acceptable to all sides";
  return tested;
}

Tested ClaimTester::suffices_at_ends(const Bound& cause, const Bound& goal, const RowSet& without,
                                     bool negated) const {
  if (names_talks(cause.formula)) return from_ends(cause, goal, without, negated);
  if (const auto said = as_said(cause.formula, goal.formula, without, negated)) return *said;
  return opens_or_shuts(cause.formula, goal.formula, without, negated);
}

/// A row matters for how talks end where their table reads it, or where what it is about is on that table.
bool ClaimTester::bears_on_talks(const std::string& name, const Formula& goal, const RowSet& without) const {
  const auto touched = expression::touched(goal);
  const Row* row = situation_.row(name);
  if (row == nullptr || without.contains(name)) return false;
  for (const TalksRow& talks : talks_rows(situation_)) {
    if (!lists(touched, talks.variable)) continue;
    for (const int v : talks.open)
      if (situation_.variables[static_cast<std::size_t>(v)].row == name) return true;
    const auto framed = framing::frame_deals(situation_, talks.id);
    if (framed && std::binary_search(framed->used_rows.begin(), framed->used_rows.end(), name)) return true;
  }
  return false;
}

}  // namespace parley::questions
