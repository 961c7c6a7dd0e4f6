// SPDX-License-Identifier: MIT
#include "questions/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "expression/nearest.hpp"
#include "expression/parse.hpp"
#include "questions/consistency.hpp"
#include "questions/intervene.hpp"
#include "questions/what_if_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::Course;
using framing::Forced;
using framing::Formula;
using framing::Situation;

constexpr int kFewWorlds = 200;           ///< of the games of a what-if
constexpr double kZ = 1.959963984540054;  // 95 %

/// One reading of the question: conditions in words.
struct Reading {
  std::string name;
  std::vector<std::string> conditions;
};

std::vector<Reading> readings_of(const account::Account& account, const std::vector<std::string>& conditions,
                                 std::vector<std::string>* problems) {
  std::vector<Reading> list = {{}};
  bool several = false;
  for (const std::string& condition : conditions) {
    const Row* row = account.find(condition);
    const account::Value* readings =
        row != nullptr && row->concept_name == "interventions" ? row->value("readings") : nullptr;
    if (readings == nullptr) {
      for (Reading& each : list) each.conditions.push_back(condition);
      continue;
    }
    if (several) {
      problems->push_back(fmt::format("'{}': one intervention with readings at a time", condition));
      return {};
    }
    several = true;
    std::vector<Reading> next;
    for (std::size_t i = 0; i < readings->keys.size(); ++i)
      for (Reading each : list) {
        each.name = readings->keys[i];
        each.conditions.push_back(readings->items[i].text);
        next.push_back(std::move(each));
      }
    list = std::move(next);
  }
  return list;
}

std::optional<Forced> forced_of(const Situation& s, const std::vector<std::string>& conditions,
                                std::string* why) {
  std::vector<Formula> all;
  for (const std::string& words : conditions) {
    const auto formula = condition_of(s, words, why);
    if (!formula) return std::nullopt;
    all.push_back(*formula);
  }
  return forced_by(s, Formula::all(std::move(all)), true, why);
}

std::vector<std::string> levels_in(const framing::Variable& v, framing::LevelMask mask) {
  std::vector<std::string> list;
  for (int l = 0; l < v.size(); ++l)
    if (mask >> l & 1U) list.push_back(v.levels[static_cast<std::size_t>(l)]);
  return list;
}

ThenAnswer::State state_of(const Course& course, const Formula& formula, const framing::View& view,
                           const Forced& forced) {
  framing::Masks anything = course.anything();
  for (const auto& [v, mask] : forced) anything[static_cast<std::size_t>(v)] = mask;
  if (!course.possible(formula, anything, {}, forced)) return ThenAnswer::State::excluded;
  if (!course.possible(Formula::negation(formula), view.masks, {}, forced)) return ThenAnswer::State::holds;
  return course.possible(formula, view.masks, {}, forced) ? ThenAnswer::State::open
                                                          : ThenAnswer::State::not_now;
}

ThenAnswer then_of(const Course& course, const Forced& forced, const std::string& words,
                   const Formula& formula) {
  const Situation& s = course.situation();
  const framing::View before = course.view(), after = course.view({forced, {}, {}});
  ThenAnswer answer;
  answer.condition = words;
  answer.before = state_of(course, formula, before, {});
  answer.after = state_of(course, formula, after, forced);
  std::vector<int> from;
  for (const auto& [v, mask] : forced) from.push_back(v);
  const auto touched = expression::touched(formula);
  for (const int v : touched) {
    const auto& variable = s.variables[static_cast<std::size_t>(v)];
    answer.levels[variable.id] = {levels_in(variable, before.masks[static_cast<std::size_t>(v)]),
                                  levels_in(variable, after.masks[static_cast<std::size_t>(v)])};
    if (after.still.contains(variable.id)) answer.defaults.push_back("default:still:" + variable.id);
    if (after.alone.contains(variable.id)) answer.defaults.push_back("default:alone:" + variable.id);
  }
  // What shuts something out are also the conditions that somebody makes: guards, which lead nowhere else.
  const bool excluded = answer.after == ThenAnswer::State::excluded;
  answer.way =
      course.way(from, touched, {}, excluded ? framing::Step::Kind::guard : framing::Step::Kind::may);
  return answer;
}

/// Worlds of a table in which an answer is true, where that can be told world by world: its zone.
std::optional<std::map<std::uint64_t, bool>> true_in(const ColumnAnswer& column, const Answer& answer) {
  for (const TableAnswer& table : column.tables) {
    if (answer.id != table_id(table.framed.table, "zone")) continue;
    std::map<std::uint64_t, bool> worlds;
    for (const auto& world : table.answer.by_world) worlds.emplace(world.world, !world.zone.empty());
    return worlds;
  }
  return std::nullopt;
}

}  // namespace

void pair_up(Shift& shift, const std::map<std::uint64_t, bool>& before,
             const std::map<std::uint64_t, bool>& after) {
  double size = 0, more = 0, less = 0;
  for (const auto& [world, was] : before) {
    const auto found = after.find(world);
    if (found == after.end()) continue;
    ++size;
    more += !was && found->second;
    less += was && !found->second;
  }
  if (size == 0) {
    set_apart(shift);
    return;
  }
  const double difference = (more - less) / size;
  // One world each way is added, so that no difference seen is not yet certainty.
  const double spread = std::sqrt(more + less + 2 - size * difference * difference) / size;
  shift.paired = true;
  shift.difference = difference;
  shift.low = std::max(-1.0, difference - kZ * spread);
  shift.high = std::min(1.0, difference + kZ * spread);
}

namespace {

/// The answers of both about one table; a table that is gone, or that no world agrees with, answers nothing.
void compare_tables(const ColumnAnswer& one, const ColumnAnswer& other, const TableAnswer& x,
                    const TableAnswer& y, std::vector<Shift>& list) {
  const auto before = answers_of(x), after = answers_of(y);
  const auto find = [](const std::vector<Answer>& answers, const AnswerId& id) {
    return std::find_if(answers.begin(), answers.end(), [&](const Answer& a) { return a.id == id; });
  };
  const auto add = [&](Answer a, Answer b) {
    Shift shift{std::move(a), std::move(b)};
    const auto in_one = true_in(one, shift.before), in_other = true_in(other, shift.after);
    if (in_one && in_other)
      pair_up(shift, *in_one, *in_other);
    else
      set_apart(shift);
    list.push_back(std::move(shift));
  };
  const auto none_of = [](const Answer& answer, int worlds) {
    Answer none = answer;
    none.share = {0, worlds};
    none.proved = none.truth = false;
    return none;
  };
  // A package that cannot be placed is not one that nobody accepts.
  const auto placed = [](const Answer& answer) { return about_package(answer.id); };
  for (const Answer& answer : before) {
    const auto found = find(after, answer.id);
    if (found == after.end() && placed(answer)) continue;
    add(answer, found == after.end() ? none_of(answer, y.answer.worlds) : *found);
  }
  for (const Answer& answer : after)
    if (find(before, answer.id) == before.end() && !placed(answer))
      add(none_of(answer, x.answer.worlds), answer);
}

std::vector<Shift> shifts_of(const ColumnAnswer& one, const ColumnAnswer& other) {
  std::vector<Shift> list;
  for (const TableAnswer& x : one.tables)
    for (const TableAnswer& y : other.tables)
      if (x.framed.table == y.framed.table && x.answer.worlds > 0 && y.answer.worlds > 0)
        compare_tables(one, other, x, y, list);
  return list;
}

class Questioner {
 public:
  Questioner(const WhatIfQuestion& question, const SolveOptions& options)
      : question_(question), options_(options) {
    options_.by_world = true;
    lens_.solve = options;
    lens_.solve.draws = std::min(options.draws, kFewWorlds);
    lens_.solve.threads = 1;
    lens_.solve.prove = false;
    lens_.lines = false;
  }
  /// Nothing where the column lacks what the question names.
  std::optional<WhatIfColumn> column(const Column& column, const Reading& reading, std::string* why) {
    const Situation situation = framing::make_situation(column.rows, column.options);
    const auto forced = forced_of(situation, reading.conditions, why);
    if (!forced) return std::nullopt;
    const Course course(situation);
    WhatIfColumn result;
    result.alternative = column.alternative;
    std::vector<Target> targets;
    for (const std::string& words : question_.then) {
      if (auto target = target_of(situation, words)) {
        targets.push_back(std::move(*target));
        continue;
      }
      const auto formula = condition_of(situation, words, why);
      if (!formula) return std::nullopt;
      result.then.push_back(then_of(course, *forced, words, *formula));
    }
    Column changed = column;
    changed.rows = intervene(situation, *forced);
    const std::string key = column.account + "/" + column.alternative;
    if (!before_.contains(key)) before_[key] = solve(column, options_);
    result.shifts = shifts_of(before_[key], solve(changed, options_));
    add_others(column, changed, situation, *forced, targets, result);
    return result;
  }

 private:
  /// Tables at another line of `binding`, where `--then` names one.
  std::vector<Shift> at_line(const Column& column, const Column& changed, const std::string& line) {
    Column one = column, other = changed;
    one.options.binding = other.options.binding = line;
    const std::string key = column.account + "/" + column.alternative + "@" + line;
    if (!before_.contains(key)) before_[key] = solve(one, options_);
    auto list = shifts_of(before_[key], solve(other, options_));
    for (Shift& shift : list) shift.before.id.scope.binding = shift.after.id.scope.binding = line;
    return list;
  }

  /// Why there is no answer to what `--then` names.
  static std::string why_none(const Target& target, const AnswerList& before, const AnswerList& after) {
    for (const AnswerScope& scope : before.scopes)
      if (scope.lens == Lens::claims && target.is({scope, "entailed", {}}) && !after.asked(scope))
        return "the claim itself supposes, or asks about, what is set here, and is not asked again";
    for (const AnswerList* list : {&before, &after})
      for (const auto& [id, on] : list->open)
        if (target.is(id))
          return fmt::format("it is open: it hangs on what {} wants, and the account holds no row on that",
                             fmt::join(on, " and "));
    return "not so, or open, before and after";
  }

  /// What the other lenses say: of the account as written everything, of a reading what `--then` names.
  void add_others(const Column& column, const Column& changed, const Situation& situation,
                  const Forced& forced, const std::vector<Target>& targets, WhatIfColumn& result) {
    const bool base = column.alternative == "base";
    if (!base && targets.empty()) return;
    LensOptions options = lens_;
    options.sources = kAsksConsistency | kAsksFindings | kAsksClaims | kAsksStability;
    options.ends = ends_of(situation);
    for (const Target& target : targets) {
      if (!target.end.empty()) options.ends.insert(target.end);
      if (target.counts) options.sources |= kAsksCounts;
    }
    // Games cost most, and every reading would have two.
    if (!base) options.sources &= ~kAsksStability;
    const LensAnswers lens(options);
    AnswerList& before = lists_[column.account + "/" + column.alternative];
    if (before.scopes.empty()) before = lens.of(column.rows, column.options);
    AnswerList after = lens.of(changed.rows, changed.options);
    suppose_in_claims(situation, forced, options.solve, after);
    const auto shifts = shifts_between(before, after);
    for (const Target& target : targets) {
      ThenShifts& then = result.then_answers.emplace_back(ThenShifts{target.words, {}});
      const auto elsewhere =
          target.line.empty() ? std::vector<Shift>{} : at_line(column, changed, target.line);
      // Of tables, of the others, and of tables at another line.
      const std::vector<Shift>* const lists[] = {&result.shifts, &shifts, &elsewhere};
      for (const auto* list : lists)
        for (const Shift& shift : *list)
          if (target.is(shift.before.id)) then.shifts.push_back(shift);
      if (then.shifts.empty()) then.why = why_none(target, before, after);
    }
    if (base) result.shifts.insert(result.shifts.end(), shifts.begin(), shifts.end());
  }

  const WhatIfQuestion& question_;
  SolveOptions options_;
  LensOptions lens_;
  std::map<std::string, AnswerList> lists_;  ///< of the other lenses, before
  std::map<std::string, ColumnAnswer> before_;
};

}  // namespace

bool Shift::changed() const {
  if (before.proved && after.proved) return before.truth != after.truth;
  return low > 0 || high < 0;
}

std::vector<WhatIf> what_if(const std::vector<AccountInput>& accounts, const WhatIfQuestion& question,
                            const framing::Options& framing, const SolveOptions& options,
                            std::vector<std::string>* problems) {
  std::vector<WhatIf> list;
  if (accounts.empty()) return list;
  const auto readings = readings_of(accounts.front().account, question.conditions, problems);
  if (!problems->empty()) return list;
  Questioner questioner(question, options);
  const auto asked = [&](const Column& column, const Reading& reading, std::string* why, bool& cut) {
    try {
      return questioner.column(column, reading, why);
    } catch (const Stopped&) {
      cut = true;
      return std::optional<WhatIfColumn>();
    }
  };
  const auto stopped = [&] { return options.cancel != nullptr && options.cancel->load(); };
  for (const Reading& reading : readings)
    for (const AccountInput& input : accounts) {
      WhatIf answer{reading.conditions, reading.name, input.account.name, {}};
      for (const Column& column : columns_of(input.account, input.alternatives, framing)) {
        if (stopped() && !answer.columns.empty()) break;
        std::string why;
        bool cut = false;
        auto result = asked(column, reading, &why, cut);
        if (cut) break;
        if (result) {
          answer.columns.push_back(std::move(*result));
        } else if (column.alternative == "base") {
          // A rival account may have dropped what is asked about; the account as it is written may not.
          if (&input == &accounts.front()) {
            problems->push_back(why);
            return {};
          }
          break;
        }
      }
      if (!answer.columns.empty()) list.push_back(std::move(answer));
    }
  return list;
}

}  // namespace parley::questions
