// SPDX-License-Identifier: MIT
// Tables that end together, and what follows from how they do: a shared issue is at what those that agreed
// leave it at, and the course of things goes on from there.
#include <algorithm>

#include "questions/claim_ends_parts.hpp"

namespace parley::questions {

using framing::Forced;
using framing::Formula;
using framing::LevelMask;
using framing::Masks;
using framing::RowSet;
using Status = Tested::Status;

JointEnds::JointEnds(const framing::Course& course, const EndQuestion& question,
                     const std::vector<TableEnds>& tables, const std::vector<TalksRow>& talks)
    : course_(course), q_(question), tables_(tables), talks_(talks) {}

bool JointEnds::agreed_on(const Way& way, int variable) const {
  for (std::size_t t = 0; t < tables_.size(); ++t)
    if (way[t] != 0 && lists(tables_[t].talks.open, variable)) return true;
  return false;
}

/// Where two tables agree differently on one issue it is as the one or the other leaves it.
Forced JointEnds::forced_in(const Way& way) const {
  std::map<int, LevelMask> set;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const TableEnds& table = tables_[t];
    set[table.talks.variable] = LevelMask{1} << (way[t] == 0 ? framing::kFailed : framing::kAgreed);
    const auto& levels = table.ends[static_cast<std::size_t>(way[t])];
    for (std::size_t i = 0; i < levels.size(); ++i) set[table.issues[i]] |= levels[i];
  }
  for (const auto& [v, levels] : q_.beside) set.emplace(v, levels);
  return {set.begin(), set.end()};
}

/// Does a row act on it that hangs on anything that the end does not reach? Then it may come to act.
bool JointEnds::moved_from_elsewhere(int variable, const std::vector<bool>& altered,
                                     const RowSet& without) const {
  for (const std::string& row : course_.reaching(variable, without)) {
    bool from_end = false;
    for (const framing::Step& step : course_.steps()) {
      if (step.to != variable || step.row != row) continue;
      if (!altered[static_cast<std::size_t>(step.from)]) return true;
      from_end = true;
    }
    if (!from_end) return true;
  }
  return false;
}

/// What nobody has settled and time may move: without a deal what one side decides alone, and what rows move
/// from elsewhere; issues of a deal that the question does not name; other tables.
std::vector<int> JointEnds::open_in(const Way& way, const Forced& forced, const RowSet& without) const {
  std::vector<int> open = q_.opened;
  const auto altered = course_.altered_by(forced, without);
  for (std::size_t t = 0; t < tables_.size(); ++t)
    for (const int v : tables_[t].talks.open)
      if (way[t] != 0 || !lists(tables_[t].talks.joint, v) || moved_from_elsewhere(v, altered, without))
        open.push_back(v);
  for (const TalksRow& talks : talks_) {
    if (std::any_of(tables_.begin(), tables_.end(),
                    [&](const TableEnds& t) { return t.talks.id == talks.id; }))
      continue;
    open.push_back(talks.variable);
    open.insert(open.end(), talks.open.begin(), talks.open.end());
  }
  std::erase_if(open, [&](int v) {
    return std::any_of(forced.begin(), forced.end(), [v](const auto& f) { return f.first == v; });
  });
  return open;
}

/// What somebody comes to do about an issue that was agreed may prevail over the agreement. True where that
/// adds a level.
bool JointEnds::widen(const Way& way, const framing::View& view, framing::Change& change) const {
  bool wider = false;
  for (const framing::TriggeredAction& action : course_.model().chances) {
    if (action.never || action.prevents) continue;
    const auto due = [&](std::size_t t) {
      return !change.without.contains(action.occasions[t]) &&
             framing::evaluate(action.triggers[t], view.masks).can_hold;
    };
    bool any = false;
    for (std::size_t t = 0; t < action.triggers.size(); ++t) any = any || due(t);
    if (!any) continue;
    for (const auto& [v, levels] : action.act)
      for (auto& [forced, mask] : change.forced) {
        if (forced != v || !agreed_on(way, v) || (mask | framing::mask_of(levels)) == mask) continue;
        mask |= framing::mask_of(levels);
        wider = true;
      }
  }
  return wider;
}

JointEnds::After JointEnds::after(const Way& way, bool lift_all) const {
  After result;
  framing::Change& change = result.change;
  change.without = q_.without;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    if (way[t] == 0) continue;
    change.without.insert(tables_[t].lifted.begin(), tables_[t].lifted.end());
    if (lift_all) change.without.insert(tables_[t].perhaps_lifted.begin(), tables_[t].perhaps_lifted.end());
  }
  change.forced = forced_in(way);
  change.open = open_in(way, change.forced, change.without);
  result.view = course_.view(change);
  while (widen(way, result.view, change)) result.view = course_.view(change);
  result.masks = result.view.masks;
  if (q_.ask == EndAsk::entails && q_.follow) return result;
  const auto altered = course_.altered_by(change.forced, change.without);
  const bool reached = q_.ask == EndAsk::likely && q_.follow;
  const Masks anything = course_.anything();
  for (std::size_t v = 0; v < anything.size(); ++v) {
    const int at = static_cast<int>(v);
    const bool on_table = std::any_of(tables_.begin(), tables_.end(),
                                      [&](const TableEnds& t) { return lists(t.talks.open, at); });
    const bool set = std::any_of(change.forced.begin(), change.forced.end(),
                                 [at](const auto& f) { return f.first == at; });
    if (!on_table && !set && !(reached && altered[v])) result.masks[v] = anything[v];
  }
  return result;
}

JointEnds::Judged& JointEnds::judge(const Way& way) {
  const auto [found, fresh] = judged_.try_emplace(way);
  Judged& judged = found->second;
  if (!fresh) return judged;
  bool open = false;
  for (std::size_t t = 0; t < tables_.size(); ++t)
    open = open || (way[t] != 0 && !tables_[t].perhaps_lifted.empty());
  judged.after.push_back(after(way, true));
  if (open) judged.after.push_back(after(way, false));
  for (const After& each : judged.after) {
    const auto can = [&](const Formula& f) {
      return framing::evaluate(f, each.masks).can_hold &&
             course_.possible(f, each.masks, each.change.without, each.change.forced);
    };
    const Formula denied = Formula::negation(q_.said);
    const bool yes = can(Formula::all({q_.given, q_.said})), no = can(Formula::all({q_.given, denied}));
    judged.given = judged.given || yes || no;
    judged.can = judged.can || yes;
    judged.can_not = judged.can_not || no;
    if (!yes && !no) judged.contradictory = judged.contradictory || (!can(q_.said) && !can(denied));
  }
  return judged;
}

bool JointEnds::supported(Judged& judged) {
  if (judged.supported) return *judged.supported;
  const Formula both = Formula::all({q_.given, q_.said});
  const bool plain = q_.given.kind == Formula::Kind::constant;
  bool all = true;
  for (const After& each : judged.after) {
    const Masks& masks = q_.follow ? each.view.masks : each.masks;
    const RowSet& without = each.change.without;
    const bool sure = course_.possible(both, masks, without, each.change.forced) &&
                      !course_.possible(Formula::negation(both), masks, without, each.change.forced);
    all = all && (sure || (q_.follow && course_.grounded(plain ? q_.said : both, each.change)));
  }
  judged.supported = all;
  return all;
}

Status JointEnds::of(const WaySets& all, const std::function<bool(const Way&)>& there) {
  bool every = true, none = true, some = false, against = false;
  std::vector<std::pair<Way, Judged*>> met;
  const std::size_t ways = number_of_ways(all);
  for (std::size_t number = 0; number < ways; ++number) {
    Way way;
    std::size_t rest = number;
    for (const auto& set : all) {
      way.push_back(set[rest % set.size()]);
      rest /= set.size();
    }
    Judged& judged = judge(way);
    against = against || judged.contradictory;
    if (!judged.given) continue;
    some = true;
    every = every && judged.can && !judged.can_not;
    none = none && !judged.can;
    met.emplace_back(std::move(way), &judged);
  }
  contradictory_ = contradictory_ || against;
  if (against) return Status::open;
  if (!some) return Status::untestable;
  if (none) return Status::no;
  if (q_.ask != EndAsk::possible) return every ? Status::yes : Status::open;
  const auto has = [&](auto& each) { return supported(*each.second); };
  if (std::any_of(met.begin(), met.end(), [&](auto& each) { return there(each.first) && has(each); }) ||
      std::all_of(met.begin(), met.end(), has))
    return Status::yes;
  return Status::open;
}

}  // namespace parley::questions
