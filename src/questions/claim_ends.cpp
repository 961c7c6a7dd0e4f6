// SPDX-License-Identifier: MIT
// Claims about how talks end: that they fail or agree, that something on a table will be so or may be, and
// what follows from it. The tables of the deals lens answer: talks end without a deal, or with a package that
// is acceptable to all.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "deals/ensemble_draws.hpp"
#include "questions/claim_ends_parts.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::Formula;
using framing::RowSet;
using Status = Tested::Status;

namespace {

constexpr const char* kAboutEnds[] = {"entails", "possible", "likely", "unlikely"};

std::vector<bool> at_tables(const std::vector<TalksRow>& talks, std::size_t variables) {
  std::vector<bool> list(variables);
  for (const TalksRow& each : talks) {
    list[static_cast<std::size_t>(each.variable)] = true;
    for (const int v : each.open) list[static_cast<std::size_t>(v)] = true;
  }
  return list;
}

/// One way in which what is given comes about: which ends have it, and what is made so beside the tables.
struct GivenWay {
  Formula ends = Formula::constant(true);
  Forced beside;
  std::vector<int> opened;  ///< named beside the tables, and left open what they are
};

GivenWay given_way(const framing::Situation& s, const Formula& way, const std::vector<bool>& at_table) {
  GivenWay result;
  std::vector<Formula> ends, sets;
  std::vector<int> away;
  for (const Formula& part : way.kind == Formula::Kind::all ? way.parts : std::vector<Formula>{way}) {
    bool on = false, off = false;
    for (const int v : expression::touched(part)) {
      (at_table[static_cast<std::size_t>(v)] ? on : off) = true;
      if (!at_table[static_cast<std::size_t>(v)]) away.push_back(v);
    }
    (off && !on ? sets : ends).push_back(part);
  }
  if (!sets.empty()) {
    auto forced = forced_by(s, Formula::all(sets), false, nullptr);
    if (forced)
      result.beside = std::move(*forced);
    else
      ends.insert(ends.end(), sets.begin(), sets.end());
  }
  for (const int v : away)
    if (std::none_of(result.beside.begin(), result.beside.end(), [v](const auto& f) { return f.first == v; }))
      result.opened.push_back(v);
  if (!ends.empty()) result.ends = ends.size() == 1 ? ends.front() : Formula::all(std::move(ends));
  return result;
}

/// What is given: each part of an `or` that names something beside the tables is a way of its own.
std::vector<GivenWay> given_ways(const framing::Situation& s, const Formula& given,
                                 const std::vector<bool>& at_table) {
  if (given.kind == Formula::Kind::constant) return {{given, {}, {}}};
  const auto touched = expression::touched(given);
  const bool beside = std::any_of(touched.begin(), touched.end(),
                                  [&](int v) { return !at_table[static_cast<std::size_t>(v)]; });
  std::vector<GivenWay> ways;
  for (const Formula& way :
       given.kind == Formula::Kind::any && beside ? given.parts : std::vector<Formula>{given})
    ways.push_back(given_way(s, way, at_table));
  return ways;
}

/// What is on a table and bears on these variables: they themselves, or what rows lead from to them.
std::set<int> bearing(const framing::Course& course, const std::vector<int>& on,
                      const std::vector<bool>& at_table, const RowSet& without, bool follow) {
  std::set<int> found, seen(on.begin(), on.end());
  std::vector<int> open = on;
  while (!open.empty()) {
    const int v = open.back();
    open.pop_back();
    if (at_table[static_cast<std::size_t>(v)]) {
      found.insert(v);
      continue;
    }
    for (const framing::Step& step : course.steps())
      if (follow && step.to == v && step.kind != framing::Step::Kind::guard && !without.contains(step.row) &&
          seen.insert(step.from).second)
        open.push_back(step.from);
  }
  return found;
}

/// Did the draw settle what is unknown alike at all tables? Otherwise these are not one world.
bool one_world(const std::vector<TableEnds>& tables, std::uint64_t seed, std::uint64_t world) {
  std::map<int, int> starts;
  std::map<std::size_t, int> signs;
  for (const TableEnds& table : tables) {
    const auto& f = table.table->framed;
    const auto& settled = f.settled[deals::drawn_resolution(f.ensemble.resolutions.size(), seed, world)];
    for (const int v : f.unknown_starts) {
      const int now = settled.now[static_cast<std::size_t>(v)];
      if (starts.emplace(v, now).first->second != now) return false;
    }
    for (const std::size_t d : f.unknown_signs)
      if (signs.emplace(d, settled.signs[d]).first->second != settled.signs[d]) return false;
  }
  return true;
}

bool share_an_issue(const TableEnds& a, const TableEnds& b) {
  return std::any_of(a.talks.open.begin(), a.talks.open.end(), [&](int v) { return lists(b.talks.open, v); });
}

/// In one world a way is there where each table ends with a package of its zone, or has none. Who settle an
/// issue at one table need not settle it at another one.
bool there_with(const std::vector<TableEnds>& tables, const WaySets& zones, const Way& way) {
  for (std::size_t t = 0; t < way.size(); ++t) {
    if (way[t] != 0 || zones[t].empty()) continue;
    bool settled = false;
    for (std::size_t u = 0; u < way.size(); ++u)
      settled = settled || (u != t && way[u] != 0 && share_an_issue(tables[t], tables[u]));
    if (!settled) return false;
  }
  return true;
}

/// The zone of each table in this world, as ends; nothing where one of them was not drawn.
std::optional<WaySets> zones_in(const std::vector<TableEnds>& tables, std::uint64_t world) {
  WaySets zones;
  for (const TableEnds& table : tables) {
    const auto& worlds = table.table->answer.by_world;
    const auto found = std::lower_bound(
        worlds.begin(), worlds.end(), world,
        [](const deals::WorldRecord& record, std::uint64_t number) { return record.world < number; });
    if (found == worlds.end() || found->world != world) return std::nullopt;
    std::set<int> zone;
    for (const int x : found->zone) zone.insert(table.end_of[static_cast<std::size_t>(x)]);
    zones.emplace_back(zone.begin(), zone.end());
  }
  return zones;
}

/// World by world, where all the tables were drawn.
void count_ends(const std::vector<TableEnds>& tables, std::uint64_t seed, JointEnds& joint, Tested& tested) {
  worlds::Share yes{0, 0}, no{0, 0};
  if (std::any_of(tables.begin(), tables.end(), [](const TableEnds& t) { return t.table == nullptr; }))
    return;
  std::map<WaySets, Status> known;
  for (const auto& first : tables.front().table->answer.by_world) {
    const auto zones = zones_in(tables, first.world);
    if (!zones || !one_world(tables, seed, first.world)) continue;
    auto found = known.find(*zones);
    if (found == known.end()) {
      WaySets all = *zones;
      for (auto& set : all) set.insert(set.begin(), 0);
      const Status status = joint.of(all, [&](const Way& way) { return there_with(tables, *zones, way); });
      found = known.emplace(*zones, status).first;
    }
    if (found->second == Status::untestable) continue;
    ++yes.of;
    ++no.of;
    yes.yes += found->second == Status::yes ? 1 : 0;
    no.yes += found->second == Status::no ? 1 : 0;
  }
  if (yes.of == 0) return;
  tested.share = yes;
  tested.against = no;
}

/// A clause that stands by itself, and after "In 40 % of worlds" where worlds are counted.
std::string why_of(Status status, EndAsk ask, bool counted) {
  if (ask == EndAsk::possible)
    return status == Status::yes  ? "in every world a way for the talks to end has it"
           : status == Status::no ? "no package that has it can be acceptable to all who must agree"
           : counted              ? "the talks have a way to end with it"
                                  : "no row excludes that the talks end with it, and none says that they may";
  return status == Status::yes  ? "however the talks may end by what rows say, it is so"
         : status == Status::no ? "however the talks may end by what rows say, it is not so"
         : counted              ? "it is so however the talks end"
                                : "the talks may end with it, and without it";
}

}  // namespace

std::string ClaimTester::end_field(const Row& claim) const {
  for (const char* field : kAboutEnds)
    if (claim.value(field) != nullptr) return field;
  return "";
}

bool ClaimTester::names_talks(const Formula& formula) const {
  const auto touched = expression::touched(formula);
  const auto talks = talks_rows(situation_);
  return std::any_of(talks.begin(), talks.end(),
                     [&](const TalksRow& each) { return lists(touched, each.variable); });
}

/// That talks have failed is a state like any other; with what they may have agreed the table says.
bool ClaimTester::allows_agreement(const Formula& formula) const {
  framing::Masks masks = course_->anything();
  for (const TalksRow& talks : talks_rows(situation_))
    masks[static_cast<std::size_t>(talks.variable)] &= ~(framing::LevelMask{1} << framing::kFailed);
  const auto ways = formula.kind == Formula::Kind::any ? formula.parts : std::vector<Formula>{formula};
  return std::any_of(ways.begin(), ways.end(), [&](const Formula& way) {
    return names_talks(way) && framing::evaluate(way, masks).can_hold;
  });
}

bool ClaimTester::at_a_table(const Formula& formula) const {
  const auto touched = expression::touched(formula);
  const auto talks = talks_rows(situation_);
  return std::any_of(talks.begin(), talks.end(), [&](const TalksRow& each) {
    return lists(touched, each.variable) ||
           std::any_of(each.joint.begin(), each.joint.end(), [&](int v) { return lists(touched, v); });
  });
}

bool ClaimTester::about_ends(const Row& claim) const {
  const auto formula = [&](const char* field) {
    const expression::Tree* tree = claim.condition(field);
    return tree == nullptr ? std::nullopt : framing::bind(situation_, *tree);
  };
  if (const std::string field = end_field(claim); !field.empty()) {
    const auto said = formula(field.c_str()), given = formula("given");
    return said && (at_a_table(*said) || (given && allows_agreement(*given)));
  }
  const auto goal = formula("for");
  if (!goal) return false;
  for (const char* field : {"necessary", "sufficient", "not_sufficient"})
    if (const auto other = formula(field))
      // What follows from talks that have failed, beside the tables, is a matter of logic and signs.
      return names_talks(*goal) || (names_talks(*other) && (at_a_table(*goal) || allows_agreement(*other)));
  return false;
}

/// The tables whose ends bear on the question, each with the ends that it asks about. Nothing, and the
/// reason, where one of them says nothing.
std::optional<std::vector<TableEnds>> ClaimTester::tables_for(const EndQuestion& question,
                                                              const ColumnAnswer& answer,
                                                              Tested& otherwise) const {
  const auto talks = talks_rows(situation_);
  const auto at_table = at_tables(talks, situation_.variables.size());
  std::vector<int> on = expression::touched(question.said);
  for (const int v : expression::touched(question.given)) on.push_back(v);
  const auto wanted = bearing(*course_, on, at_table, question.without, question.follow);
  std::vector<TableEnds> tables;
  for (const TalksRow& each : talks) {
    std::vector<int> issues;
    for (const int v : each.open)
      if (wanted.contains(v) && !lists(issues, v)) issues.push_back(v);
    if (issues.empty() && !wanted.contains(each.variable)) continue;
    const auto table = std::find_if(answer.tables.begin(), answer.tables.end(),
                                    [&](const TableAnswer& one) { return one.framed.table == each.id; });
    if (table == answer.tables.end()) {
      otherwise = Tested::open("its table is not worked out");
      return std::nullopt;
    }
    if (!table->answer.inconsistent.empty() || !table->framed.clashes.empty()) {
      otherwise = Tested::open("rows of a party at its table contradict each other");
      otherwise.closed = true;
      return std::nullopt;
    }
    tables.push_back(ends_of_table(*table, each, std::move(issues), situation_, course_->model()));
  }
  if (tables.empty()) {
    otherwise = Tested::open("its table is not worked out");
    return std::nullopt;
  }
  return tables;
}

Tested ClaimTester::put_to_tables(EndQuestion question, bool count) const {
  const auto answer = solved(question.without, {}, count);
  const auto talks = talks_rows(situation_);
  Tested otherwise;
  auto tables = tables_for(question, *answer, otherwise);
  if (!tables) return otherwise;
  const auto sets = [&](std::vector<int> TableEnds::* which) {
    WaySets list;
    for (const TableEnds& table : *tables) list.push_back(table.*which);
    return list;
  };
  const auto ways = [&] { return number_of_ways(sets(&TableEnds::may)); };
  if (ways() > kMostWays && question.follow) {
    // Too many to follow what comes of each: then only what is on the tables is looked at.
    question.follow = false;
    tables = tables_for(question, *answer, otherwise);
    if (!tables) return otherwise;
  }
  if (ways() > kMostWays)
    return Tested::open(fmt::format("the talks may end in more than {} ways together", kMostWays));
  const WaySets certain = sets(&TableEnds::sure);
  JointEnds joint(*course_, question, *tables, talks);
  const Status status = joint.of(sets(&TableEnds::may), [&](const Way& way) {
    for (std::size_t t = 0; t < way.size(); ++t)
      if (!lists(certain[t], way[t])) return false;
    return true;
  });
  if (status == Status::untestable) {
    otherwise = Tested::open("what is given cannot be where the talks end");
    otherwise.closed = true;
    return otherwise;
  }
  if (joint.contradictory()) {
    otherwise = Tested::open("the rows about it contradict each other");
    otherwise.closed = true;
    return otherwise;
  }
  Tested tested = Tested::open("");
  tested.status = status;
  if (count) count_ends(*tables, options_.seed, joint, tested);
  if (question.ask == EndAsk::possible && tested.share && tested.share->yes + tested.against->yes == 0) {
    tested.share.reset();
    tested.against.reset();
  }
  tested.why = why_of(status, question.ask, tested.share.has_value());
  return tested;
}

Tested ClaimTester::ends(const Formula& said, const Formula& given, const RowSet& without, EndAsk ask,
                         bool count) const {
  const auto ways =
      given_ways(situation_, given, at_tables(talks_rows(situation_), situation_.variables.size()));
  std::optional<Tested> all;
  for (const GivenWay& way : ways) {
    Tested one = put_to_tables({said, way.ends, ask, without, with_supposed(way.beside), way.opened, true},
                               count && ways.size() == 1);
    if (one.closed) return one;
    if (all && all->status != one.status) return Tested::open("it depends on which of the conditions holds");
    if (!all) all = std::move(one);
  }
  return std::move(*all);
}

Tested ClaimTester::at_the_end(const Row& claim, const RowSet& without, EndAsk ask) const {
  Tested otherwise;
  const auto said = said_of(claim, end_field(claim).c_str(), without, otherwise);
  if (!said) return otherwise;
  return ends(said->said.formula, said->given ? said->given->formula : Formula::constant(true), without, ask,
              true);
}

/// Is something beside the tables reached from one that surely ends one way: by a deal, or by none?
bool ClaimTester::led_by_ends(const Row& claim) const {
  if (claim.value("possible") == nullptr || claim.value("given") != nullptr || about_ends(claim))
    return false;
  const auto formula = framing::bind(situation_, *claim.condition("possible"));
  const auto talks = talks_rows(situation_);
  if (!formula || talks.empty()) return false;
  const auto wanted = bearing(*course_, expression::touched(*formula),
                              at_tables(talks, situation_.variables.size()), {}, true);
  if (wanted.empty()) return false;
  const auto answer = solved({}, {}, false);
  return std::any_of(talks.begin(), talks.end(), [&](const TalksRow& each) {
    const auto table = std::find_if(answer->tables.begin(), answer->tables.end(),
                                    [&](const TableAnswer& one) { return one.framed.table == each.id; });
    const bool asked =
        wanted.contains(each.variable) ||
        std::any_of(each.open.begin(), each.open.end(), [&](int v) { return wanted.contains(v); });
    return asked && table != answer->tables.end() &&
           !ends_of_table(*table, each, {}, situation_, course_->model()).sure.empty();
  });
}

/// Of what surely comes about where the talks end no other row need say that it may.
Tested ClaimTester::led_there(const Row& claim, const RowSet& without) const {
  Tested otherwise;
  const auto said = said_of(claim, "possible", without, otherwise);
  if (!said) return otherwise;
  Tested tested = ends(said->said.formula, Formula::constant(true), without, EndAsk::possible, false);
  if (tested.yes()) tested.why = "rows lead there from an end of the talks that is there in every world";
  return tested;
}

}  // namespace parley::questions
