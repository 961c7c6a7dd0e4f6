// SPDX-License-Identifier: MIT
// Claims about what can be agreed and what it takes: tests that count the worlds of a bargaining table.
#include <fmt/format.h>

#include <algorithm>

#include "deals/ensemble_draws.hpp"
#include "questions/claim_ends_parts.hpp"
#include "questions/intervene.hpp"
#include "worlds/random.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::Formula;
using framing::LevelMask;
using framing::RowSet;
using Status = Tested::Status;

bool ClaimTester::on_table(const Formula& formula) const {
  const auto touched = expression::touched(formula);
  for (const Row* talks : situation_.of("talks")) {
    const auto parties = talks->names("parties");
    std::set<std::string> deciders;
    for (const auto& name : talks->names("issues")) {
      const int v = situation_.variable(name);
      if (std::find(touched.begin(), touched.end(), v) == touched.end()) continue;
      const auto& movers = situation_.variables[static_cast<std::size_t>(v)].movers;
      if (std::all_of(movers.begin(), movers.end(), [&](const std::string& mover) {
            return std::find(parties.begin(), parties.end(), mover) != parties.end();
          }))
        deciders.insert(movers.begin(), movers.end());
    }
    // Only what needs more than one side's word is negotiated.
    if (deciders.size() > 1) return true;
  }
  return false;
}

bool ClaimTester::counts_worlds(const Row& claim) const {
  if (claim.value("takes") != nullptr || claim.value("asks_more") != nullptr) return true;
  if (about_ends(claim)) return true;
  if (!end_field(claim).empty()) return false;
  std::string why;
  const auto goal = claim.value("for") == nullptr ? std::nullopt : bound(claim, "for", &why);
  if (!goal || !on_table(goal->formula) || claim.value("matters") != nullptr) return false;
  if (claim.value("necessary") == nullptr) return true;
  const auto need = bound(claim, "necessary", &why);
  return need && on_table(need->formula);
}

/// Which packages of a table satisfy a condition: what is not on the table stays as it is, or as it was set.
std::vector<bool> packages_with(const TableAnswer& table, const framing::Situation& s, const Formula& f,
                                const Forced& forced) {
  framing::Masks masks;
  for (const auto& v : s.variables) masks.push_back(framing::mask_of(v.now));
  for (const auto& [v, levels] : forced) masks[static_cast<std::size_t>(v)] = levels;
  if (const int talks = s.variable(table.framed.table); talks >= 0)
    masks[static_cast<std::size_t>(talks)] = LevelMask{1} << framing::kAgreed;
  std::vector<bool> list;
  for (const auto& package : table.framed.ensemble.packages) {
    for (std::size_t k = 0; k < package.size(); ++k)
      masks[static_cast<std::size_t>(table.framed.issues[k])] = LevelMask{1} << package[k];
    list.push_back(framing::evaluate(f, masks).sure());
  }
  return list;
}

namespace {

using Worlds = std::set<std::uint64_t>;

bool any(const std::vector<bool>& list) {
  return std::any_of(list.begin(), list.end(), [](bool x) { return x; });
}

/// The tables that have a package with the goal, and the worlds in which one of these is acceptable to all
/// who sign there.
struct Reached {
  std::vector<const TableAnswer*> tables;
  Worlds drawn, yes;
  bool excluded = true;  ///< by proof, at each of the tables
};

Reached reached(const ColumnAnswer& answer, const framing::Situation& s, const Formula& goal,
                const Forced& forced) {
  Reached result;
  for (const TableAnswer& table : answer.tables) {
    const auto goes = packages_with(table, s, goal, forced);
    if (!any(goes)) continue;
    result.tables.push_back(&table);
    result.excluded = result.excluded && !table.answer.possible && table.answer.proved;
    for (const auto& world : table.answer.by_world) {
      result.drawn.insert(world.world);
      if (std::any_of(world.zone.begin(), world.zone.end(),
                      [&](int x) { return goes[static_cast<std::size_t>(x)]; }))
        result.yes.insert(world.world);
    }
  }
  return result;
}

/// Is every one of the tables what it is without the change?
bool unchanged(const std::vector<const TableAnswer*>& tables, const ColumnAnswer& before) {
  return std::all_of(tables.begin(), tables.end(), [&](const TableAnswer* table) {
    return std::any_of(before.tables.begin(), before.tables.end(), [&](const TableAnswer& other) {
      return other.framed.table == table->framed.table &&
             fingerprint(other.framed) == fingerprint(table->framed);
    });
  });
}

}  // namespace

/// At a table, a cause "suffices" in a world where with it some package that has the goal is acceptable to
/// all. Where one is acceptable with it and without it, it makes no difference, and the world says nothing;
/// nor does a cause that leaves the table as it is.
Tested ClaimTester::at_table(const Bound& cause, const Bound& goal, const RowSet& without,
                             bool negated) const {
  std::string why;
  const auto forced = forced_by(situation_, cause.formula, true, &why);
  if (!forced) return Tested::untestable(why);
  framing::Masks set = course_->anything();
  for (const auto& [v, levels] : *forced) set[static_cast<std::size_t>(v)] = levels;
  if (framing::evaluate(goal.formula, set).sure())
    return Tested::decided(!negated, "it is all that the goal is");
  const auto answer = solved(without, *forced), as_is = solved(without, {});
  const Reached with = reached(*answer, situation_, goal.formula, *forced),
                had = reached(*as_is, situation_, goal.formula, {});
  if (with.tables.empty()) return Tested::untestable("no table has a package with it");
  if (unchanged(with.tables, *as_is))
    return Tested::open("nothing in the account joins it to what can be agreed");
  if (with.drawn.empty())
    return Tested::untestable(
        "with it set, and so no longer on the table, no world agrees with the numbers that rows give");
  const bool idle = std::none_of(with.drawn.begin(), with.drawn.end(), [&](std::uint64_t world) {
    return with.yes.contains(world) != had.yes.contains(world);
  });
  if (idle && !with.excluded)
    return Tested::open(
        "in no world does it make a difference to whether such a package is acceptable to all");
  worlds::Share share{0, 0};
  for (const auto world : with.drawn) {
    const bool now = with.yes.contains(world);
    if (now && had.yes.contains(world)) continue;
    ++share.of;
    if (now != negated) ++share.yes;
  }
  if (share.of < kFewestThatCount)
    return Tested::open(fmt::format(
        "in {} of {} worlds some package that has the goal is acceptable to all sides with it and "
        "without it: there is little that it could bring about",
        with.drawn.size() - static_cast<std::size_t>(share.of), with.drawn.size()));
  Tested tested = Tested::open(fmt::format(
      "that count ({} of {}: as things stand, or with it, no package that has the goal is acceptable to all "
      "sides) {} is with it",
      share.of, with.drawn.size(), negated ? "none" : "some such package"));
  tested.share = share;
  if (with.excluded) {
    tested.status = negated ? Status::yes : Status::no;
    tested.why = "with it, no package that has the goal can be acceptable to all sides";
  }
  return tested;
}

/// "Needs" means that every acceptable package with the goal has the need as well; worlds without any such
/// package say nothing.
Tested ClaimTester::needs_at_table(const Bound& need, const Bound& goal, const RowSet& without) const {
  const auto answer = solved(without, {});
  Worlds drawn, with, lacking;
  bool asked = false;
  for (const TableAnswer& table : answer->tables) {
    const auto goes = packages_with(table, situation_, goal.formula, {}),
               has = packages_with(table, situation_, need.formula, {});
    asked = asked || any(goes);
    for (const auto& world : table.answer.by_world) {
      if (any(goes)) drawn.insert(world.world);
      for (const int x : world.zone)
        if (goes[static_cast<std::size_t>(x)])
          (has[static_cast<std::size_t>(x)] ? with : lacking).insert(world.world);
    }
  }
  if (!asked) return Tested::untestable("no table has a package with the goal");
  worlds::Share share{0, static_cast<int>(lacking.size())};
  for (const auto world : with)
    if (!lacking.contains(world)) {
      ++share.of;
      ++share.yes;
    }
  if (share.of < kFewestThatCount)
    return Tested::open(
        fmt::format("a package with the goal is acceptable to all sides in only {} of {} worlds", share.of,
                    drawn.size()));
  Tested tested = Tested::open("every package with the goal that is acceptable to all sides has it");
  tested.share = share;
  return tested;
}

namespace {

struct Placed {
  const TableAnswer* table = nullptr;
  std::size_t party = 0;
  std::vector<std::size_t> tracked;  ///< places of its completions in what each world tracks
};

/// At the one table at which both are known; at none where there are several, which may say different things.
Placed place(const ColumnAnswer& answer, const std::string& package, const std::string& of) {
  Placed found;
  for (const TableAnswer& table : answer.tables) {
    std::set<int> all;
    for (const auto& named : table.framed.packages)
      all.insert(named.completions.begin(), named.completions.end());
    const std::vector<int> tracked(all.begin(), all.end());
    const auto party = std::find(table.framed.parties.begin(), table.framed.parties.end(), of);
    if (party == table.framed.parties.end()) continue;
    for (const auto& named : table.framed.packages) {
      if (named.id != package || named.completions.empty()) continue;
      Placed placed{&table, static_cast<std::size_t>(party - table.framed.parties.begin()), {}};
      for (const int x : named.completions)
        placed.tracked.push_back(
            static_cast<std::size_t>(std::lower_bound(tracked.begin(), tracked.end(), x) - tracked.begin()));
      if (found.table != nullptr) return {};
      found = std::move(placed);
    }
  }
  return found;
}

double least(const deals::WorldRecord& world, const Placed& placed) {
  double value = 2;
  for (const std::size_t t : placed.tracked) value = std::min(value, world.given_up[t][placed.party]);
  return value;
}

}  // namespace

/// What the package takes of all that the party has at stake, at the least where it leaves things open.
Tested ClaimTester::takes(const Row& claim, const RowSet& without, int end) const {
  const auto answer = solved(without, {});
  const Placed placed = place(*answer, claim.text("takes"), claim.text("of"));
  if (placed.table == nullptr)
    return Tested::untestable(fmt::format("{} cannot be placed at one table that {} signs at",
                                          claim.text("takes"), claim.text("of")));
  const auto range = situation_.interval(claim.value("share"), {mpq_class(1, 2), 1});
  worlds::Share share;
  for (const auto& world : placed.table->answer.by_world) {
    const double low = range.first.get_d(), high = range.second.get_d();
    const double drawn =
        end < 0   ? low
        : end > 0 ? high
                  : worlds::Stream(options_.seed, "claim:" + claim.id, world.world).uniform(low, high);
    ++share.of;
    if (least(world, placed) >= drawn - deals::kTie) ++share.yes;
  }
  if (share.of == 0) return Tested::untestable("no world agrees with the rows of this table");
  Tested tested =
      Tested::open(fmt::format("{} gives up at least that share of what it has at stake", claim.text("of")));
  tested.share = share;
  return tested;
}

Tested ClaimTester::asks_more(const Row& claim, const RowSet& without) const {
  const auto answer = solved(without, {});
  const std::string than = claim.text("than");
  const Placed one = place(*answer, claim.text("asks_more"), claim.text("of")),
               other = place(*answer, than, claim.text("of"));
  if (one.table == nullptr || other.table != one.table)
    return Tested::untestable(fmt::format("{} and {} cannot both be placed at one table that {} signs at",
                                          claim.text("asks_more"), than, claim.text("of")));
  worlds::Share share;
  for (const auto& world : one.table->answer.by_world) {
    ++share.of;
    if (least(world, one) > least(world, other) + deals::kTie) ++share.yes;
  }
  if (share.of == 0) return Tested::untestable("no world agrees with the rows of this table");
  Tested tested =
      Tested::open(fmt::format("{} gives up more by the one than by the other", claim.text("of")));
  tested.share = share;
  return tested;
}

}  // namespace parley::questions
