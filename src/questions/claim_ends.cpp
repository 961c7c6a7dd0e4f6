// SPDX-License-Identifier: MIT
// Claims about how talks end: that they fail or agree, that something on a table will be so or may be. The
// table of the deals lens answers: talks end without a deal, or with a package that is acceptable to all.
#include <fmt/format.h>

#include <algorithm>

#include "questions/claim_test.hpp"

namespace parley::questions {

using account::Row;
using framing::Formula;
using framing::LevelMask;
using framing::Masks;
using framing::RowSet;
using framing::Situation;
using framing::Truth;
using Status = Tested::Status;

namespace {

constexpr const char* kAboutEnds[] = {"entails", "possible", "likely", "unlikely"};
constexpr std::size_t kMostTogether = 4'096;  ///< ways in which several tables may end together

/// A row of talks, as far as it has a table.
struct TalksRow {
  std::string id;
  int variable = -1;
  std::vector<int> open;   ///< issues that those who sign decide
  std::vector<int> joint;  ///< those of them that take more than one side's word
};

std::vector<TalksRow> talks_rows(const Situation& s) {
  std::vector<TalksRow> list;
  for (const Row* row : s.account.of("talks")) {
    TalksRow talks{row->id, s.variable(row->id), {}, {}};
    const auto parties = row->names("parties");
    for (const auto& name : row->names("issues")) {
      const int v = s.variable(name);
      if (v < 0) continue;
      const auto& movers = s.variables[static_cast<std::size_t>(v)].movers;
      if (movers.empty() || !std::all_of(movers.begin(), movers.end(), [&](const std::string& mover) {
            return std::find(parties.begin(), parties.end(), mover) != parties.end();
          }))
        continue;
      talks.open.push_back(v);
      if (movers.size() > 1) talks.joint.push_back(v);
    }
    if (!talks.open.empty()) list.push_back(std::move(talks));
  }
  return list;
}

bool lists(const std::vector<int>& list, int v) {
  return std::find(list.begin(), list.end(), v) != list.end();
}

/// How one table may end, as far as a claim asks: what its variables may then be. The first end is no deal.
struct TableEnds {
  std::vector<int> variables;
  std::vector<std::vector<LevelMask>> ends;
  std::vector<int> end_of;     ///< per package of the ensemble
  std::vector<int> may, sure;  ///< ends that no proof excludes; ends that are there in every world
  const deals::EnsembleAnswer* answer =
      nullptr;  ///< null where the table is not worked out package by package

  int add(std::vector<LevelMask> end) {
    const auto found = std::find(ends.begin(), ends.end(), end);
    if (found != ends.end()) return static_cast<int>(found - ends.begin());
    ends.push_back(std::move(end));
    return static_cast<int>(ends.size()) - 1;
  }
};

void put_in(std::vector<int>& set, int item) {
  const auto at = std::lower_bound(set.begin(), set.end(), item);
  if (at == set.end() || *at != item) set.insert(at, item);
}

/// What is known of one package by limits and orders, in every world.
struct Known {
  bool may = false, sure = false;
};

Known known_of(const TableAnswer& table, std::size_t x) {
  Known known{false, true};
  for (const auto& r : table.framed.ensemble.resolutions) {
    known.may = known.may || r.broken[x] == 0;
    known.sure = known.sure && r.broken[x] == 0;
  }
  if (!known.may) return {};
  const auto& standing = table.answer.packages[x].standing;
  known.sure = known.sure && table.framed.ensemble.all_resolutions &&
               standing.size() == table.framed.ensemble.parties.size();
  for (const deals::Standing each : standing) {
    known.may = known.may && (each != deals::Standing::dead || !table.framed.ensemble.all_resolutions);
    known.sure = known.sure && each == deals::Standing::necessary;
  }
  return known;
}

/// Ends of the table for `ends.variables`; the first, no deal, is there already.
void add_packages(const TableAnswer& table, const TalksRow& talks, const Situation& s, TableEnds& ends) {
  const auto& f = table.framed;
  const auto level_of = [&](int v, const deals::Package* package) -> LevelMask {
    if (v == talks.variable) return LevelMask{1} << framing::kAgreed;
    const auto& variable = s.variables[static_cast<std::size_t>(v)];
    const auto at = static_cast<std::size_t>(std::find(f.issue_ids.begin(), f.issue_ids.end(), variable.id) -
                                             f.issue_ids.begin());
    if (package == nullptr || at >= package->size())
      return framing::mask_of(expression::LevelSet(variable.size(), true));
    return LevelMask{1} << (*package)[at];
  };
  const auto end = [&](const deals::Package* package) {
    std::vector<LevelMask> masks;
    for (const int v : ends.variables) masks.push_back(level_of(v, package));
    return masks;
  };
  if (!f.too_large.empty()) {
    if (f.by_limits && f.by_limits->excluded()) {
      ends.sure = {0};
      return;
    }
    put_in(ends.may, ends.add(end(nullptr)));
    return;
  }
  ends.answer = &table.answer;
  const bool excluded = table.answer.proved && !table.answer.possible;
  for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x) {
    const int at = ends.add(end(&f.ensemble.packages[x]));
    ends.end_of.push_back(at);
    const Known known = known_of(table, x);
    if (known.may && !excluded) put_in(ends.may, at);
    if (known.sure && !excluded) put_in(ends.sure, at);
  }
  if (excluded) ends.sure = {0};
}

/// What a claim says of ways to end, one index for each table.
class Verdicts {
 public:
  Verdicts(const Situation& s, const std::vector<TableEnds>& tables, const Formula& said,
           const Formula& given, bool may)
      : s_(s), tables_(tables), said_(said), given_(given), may_(may) {}

  /// `all`: the ends that there may be, per table; `certain`: those that are there.
  [[nodiscard]] Status of(const std::vector<std::vector<int>>& all,
                          const std::vector<std::vector<int>>& certain) const {
    bool every = true, none = true, some = false, met = false;
    if (!each(all, [&](Truth said, Truth given) {
          if (given.impossible()) return;
          some = true;
          every = every && said.sure();
          none = none && said.impossible();
        }))
      return Status::open;
    if (!some) return Status::untestable;
    if (none) return Status::no;
    if (!may_) return every ? Status::yes : Status::open;
    if (!each(certain, [&](Truth said, Truth given) { met = met || (said.sure() && given.sure()); }))
      return Status::open;
    return met ? Status::yes : Status::open;
  }

 private:
  template <typename See>
  [[nodiscard]] bool each(const std::vector<std::vector<int>>& sets, const See& see) const {
    std::size_t ways = 1;
    for (const auto& set : sets) {
      ways *= set.size();
      if (ways > kMostTogether) return false;
    }
    for (std::size_t way = 0; way < ways; ++way) {
      Masks masks, fresh(s_.variables.size(), 0);
      for (const auto& v : s_.variables)
        masks.push_back(framing::mask_of(expression::LevelSet(v.size(), true)));
      std::size_t rest = way;
      for (std::size_t t = 0; t < sets.size(); ++t) {
        const auto& end = tables_[t].ends[static_cast<std::size_t>(sets[t][rest % sets[t].size()])];
        rest /= sets[t].size();
        // What stands on several tables may come out as any of them leaves it.
        for (std::size_t i = 0; i < end.size(); ++i)
          fresh[static_cast<std::size_t>(tables_[t].variables[i])] |= end[i];
      }
      for (std::size_t v = 0; v < masks.size(); ++v)
        if (fresh[v] != 0) masks[v] = fresh[v];
      see(framing::evaluate(said_, masks), framing::evaluate(given_, masks));
    }
    return true;
  }

  const Situation& s_;
  const std::vector<TableEnds>& tables_;
  const Formula &said_, &given_;
  bool may_;
};

/// World by world, where all the tables were drawn.
void count_ends(const std::vector<TableEnds>& tables, const Verdicts& verdicts, Tested& tested) {
  worlds::Share yes{0, 0}, no{0, 0};
  if (std::any_of(tables.begin(), tables.end(), [](const TableEnds& t) { return t.answer == nullptr; }))
    return;
  std::map<std::vector<std::vector<int>>, Status> known;
  for (const auto& first : tables.front().answer->by_world) {
    std::vector<std::vector<int>> zones;
    for (const TableEnds& table : tables) {
      const auto& worlds = table.answer->by_world;
      const auto world = std::lower_bound(
          worlds.begin(), worlds.end(), first.world,
          [](const deals::WorldRecord& record, std::uint64_t number) { return record.world < number; });
      if (world == worlds.end() || world->world != first.world) break;
      zones.emplace_back();
      for (const int x : world->zone) put_in(zones.back(), table.end_of[static_cast<std::size_t>(x)]);
    }
    if (zones.size() != tables.size()) continue;
    auto found = known.find(zones);
    if (found == known.end()) {
      auto all = zones, certain = zones;
      for (std::size_t t = 0; t < zones.size(); ++t) {
        put_in(all[t], 0);
        if (certain[t].empty()) certain[t] = {0};
      }
      found = known.emplace(zones, verdicts.of(all, certain)).first;
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

std::string why_of(Status status, bool may) {
  if (status == Status::yes)
    return may ? "in every world a way for the talks to end has it"
               : "however the talks may end by what rows say, it is so";
  if (status == Status::no)
    return may ? "no package that has it can be acceptable to all who must agree"
               : "however the talks may end by what rows say, it is not so";
  return may ? "worlds differ in whether a package that has it is acceptable to all"
             : "the talks may end with it, and without it";
}

}  // namespace

std::string ClaimTester::end_field(const Row& claim) const {
  for (const char* field : kAboutEnds)
    if (claim.value(field) != nullptr) return field;
  return "";
}

bool ClaimTester::about_ends(const Row& claim) const {
  const std::string field = end_field(claim);
  const expression::Tree* tree = field.empty() ? nullptr : claim.condition(field);
  const auto formula = tree == nullptr ? std::nullopt : framing::bind(situation_, *tree);
  if (!formula) return false;
  const auto touched = expression::touched(*formula);
  const auto talks = talks_rows(situation_);
  return std::any_of(talks.begin(), talks.end(), [&](const TalksRow& each) {
    return lists(touched, each.variable) ||
           std::any_of(each.joint.begin(), each.joint.end(), [&](int v) { return lists(touched, v); });
  });
}

Tested ClaimTester::at_the_end(const Row& claim, const RowSet& without, bool may) const {
  std::string why;
  const auto said = bound(claim, end_field(claim).c_str(), &why);
  if (!said) return Tested::untestable(why);
  if (said->left_out(without)) return Tested::open("no row says what it means");
  Formula given = Formula::constant(true);
  if (claim.value("given") != nullptr) {
    const auto condition = bound(claim, "given", &why);
    if (!condition) return Tested::untestable(why);
    given = condition->formula;
  }
  auto touched = expression::touched(said->formula);
  for (const int v : expression::touched(given)) touched.push_back(v);
  const auto answer = solved(without, {});
  // Where things stand, once the rows that are left out are gone.
  const Situation changed =
      without.empty() ? Situation{}
                      : framing::make_situation(without_rows(column_.rows, without), column_.options);
  const Situation& present = without.empty() ? situation_ : changed;
  std::vector<TableEnds> tables;
  for (const TalksRow& talks : talks_rows(situation_)) {
    TableEnds ends;
    for (std::size_t v = 0; v < situation_.variables.size(); ++v)
      if (const int at = static_cast<int>(v);
          lists(touched, at) && (at == talks.variable || lists(talks.open, at)))
        ends.variables.push_back(at);
    if (ends.variables.empty()) continue;
    const auto table = std::find_if(answer->tables.begin(), answer->tables.end(),
                                    [&](const TableAnswer& each) { return each.framed.table == talks.id; });
    if (table == answer->tables.end()) return Tested::open("its table is not worked out");
    if (!table->answer.inconsistent.empty())
      return Tested::open("rows of a party at its table contradict each other");
    std::vector<LevelMask> no_deal;
    for (const int v : ends.variables) {
      const auto& variable = situation_.variables[static_cast<std::size_t>(v)];
      const int now = present.variable(variable.id);
      const bool moves = v != talks.variable &&
                         (!lists(talks.joint, v) || now < 0 || !course_->reaching(v, without).empty());
      no_deal.push_back(v == talks.variable ? LevelMask{1} << framing::kFailed
                        : moves             ? framing::mask_of(expression::LevelSet(variable.size(), true))
                                : framing::mask_of(present.variables[static_cast<std::size_t>(now)].now));
    }
    ends.add(std::move(no_deal));
    ends.may = {0};
    add_packages(*table, talks, situation_, ends);
    tables.push_back(std::move(ends));
  }
  if (tables.empty()) return Tested::open("its table is not worked out");
  const Verdicts verdicts(situation_, tables, said->formula, given, may);
  std::vector<std::vector<int>> all, certain;
  for (const TableEnds& table : tables) {
    all.push_back(table.may);
    certain.push_back(table.sure);
  }
  const Status status = verdicts.of(all, certain);
  if (status == Status::untestable) return Tested::open("what is given cannot be where the talks end");
  Tested tested = status == Status::open ? Tested::open(why_of(status, may))
                                         : Tested::decided(status == Status::yes, why_of(status, may));
  count_ends(tables, verdicts, tested);
  return tested;
}

}  // namespace parley::questions
