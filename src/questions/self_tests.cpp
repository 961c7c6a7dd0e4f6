// SPDX-License-Identifier: MIT
#include "questions/self_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "account/renamed.hpp"
#include "questions/lens_answers.hpp"
#include "worlds/random.hpp"

namespace parley::questions {
namespace {

using account::Row;
using account::Value;

constexpr const char* kWeakened[] = {"positions",   "preferences", "saliences", "reservations",
                                     "commitments", "mechanisms",  "orderings", "warnings",
                                     "beliefs",     "objectives",  "outcomes"};

/// Widens about the middle, cut at declared hard bounds; shares and likelihoods are cut at 0 and 1.
void widen(Value& value, int factor, const Value* hard) {
  if (value.quantity && !value.quantity->unknown && !value.quantity->no_low && !value.quantity->no_high) {
    auto& q = *value.quantity;
    const bool share = q.unit == "%" || !q.words.empty() || (q.low >= 0 && q.high <= 1 && q.unit.empty());
    std::optional<mpq_class> low, high;
    if (share) {
      low = 0;
      high = 1;
    }
    if (hard != nullptr && hard->quantity) {
      if (!hard->quantity->no_low) low = hard->quantity->low;
      if (!hard->quantity->no_high) high = hard->quantity->high;
    }
    const mpq_class middle = (q.low + q.high) / 2, half = (q.high - q.low) / 2 * factor;
    q.low = low ? std::max<mpq_class>(middle - half, *low) : mpq_class(middle - half);
    q.high = high ? std::min<mpq_class>(middle + half, *high) : mpq_class(middle + half);
  }
  for (Value& item : value.items) widen(item, factor, hard);
}

bool is_range(const account::Field& field) {
  static const std::set<std::string> names = {"range",    "carried_out", "intended", "believed",
                                              "strength", "weights",     "worth",    "is"};
  return names.contains(field.name);
}

Column variant(const Column& base, const std::string& id, account::Account rows) {
  Column column = base;
  column.alternative = id;
  column.rows = std::move(rows);
  return column;
}

worlds::Share share_of(const std::vector<Answer>& answers, const AnswerId& id, const ColumnAnswer& column,
                       const Answer*& found) {
  found = nullptr;
  for (const Answer& answer : answers)
    if (answer.id == id) found = &answer;
  if (found != nullptr) return found->share;
  return {0, column.tables.empty() ? 0 : column.tables.front().answer.worlds};
}

std::vector<Answer> all_answers(const ColumnAnswer& column, const account::Renaming& back = {}) {
  std::vector<Answer> list;
  for (const TableAnswer& table : column.tables)
    for (Answer& answer : answers_of(table)) {
      if (!back.empty()) answer.id = renamed(std::move(answer.id), back);
      list.push_back(std::move(answer));
    }
  return list;
}

account::Renaming turned(const account::Renaming& names) {
  account::Renaming back;
  for (const auto& [one, other] : names) back.emplace(other, one);
  return back;
}

/// Under other names only draws may fall otherwise: what is proved is proved, with the same truth.
bool same_proof(const Answer& before, const Answer* after) {
  const bool proved = after != nullptr && after->proved;
  if (before.proved != proved) return after == nullptr && !before.proved;
  return !proved || before.truth == after->truth;
}

/// Two samples of one share: never so far apart but by chance of one in ten thousand.
bool within_drawing(const worlds::Share& one, const worlds::Share& other) {
  if (one.of == 0 || other.of == 0) return (one.of == 0) == (other.of == 0);
  const auto n = static_cast<double>(one.of), m = static_cast<double>(other.of);
  const double pooled = static_cast<double>(one.yes + other.yes) / (n + m);
  const double error = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return std::abs(one.value() - other.value()) <= 4 * error + 1 / std::min(n, m);
}

bool same_under_other_names(const Answer& before, const Answer* after, const worlds::Share& share) {
  if (!same_proof(before, after)) return false;
  return before.proved || within_drawing(before.share, share);
}

Verdict verdict_on(const Answer& answer, const Answer* found, const worlds::Share& share) {
  Verdict verdict{answer.id,
                  answer.proposition,
                  answer.in_worlds(),
                  found == nullptr ? "no" : found->in_worlds(),
                  answer.share,
                  share,
                  false};
  verdict.survives = survives(answer, found, share);
  return verdict;
}

/// What other lenses say, under the same patch.
void add_others(SelfTest& test, const AnswerList& before, const AnswerList& found_after,
                const account::Renaming& back) {
  if (found_after.scopes.empty()) return;
  const AnswerList after = back.empty() ? found_after : renamed(found_after, back);
  for (const Answer& answer : before.answers) {
    const AnswerId id = back.empty() ? answer.id : renamed(answer.id, {});
    const Answer* found = after.find(id);
    if (after.open.contains(id)) continue;  // on whose wishes it hangs, that is open: nothing fell
    const worlds::Share share = found == nullptr ? worlds::Share{0, answer.share.of} : found->share;
    if (!after.gives(id) && back.empty()) continue;
    test.verdicts.push_back(verdict_on(answer, found, share));
    // What is asked hangs on no name, either.
    if (!back.empty())
      test.verdicts.back().survives = after.gives(id) && same_under_other_names(answer, found, share);
  }
}

SelfTest compare(const std::string& id, const std::string& says, const ColumnAnswer& base,
                 const ColumnAnswer& other, const account::Renaming& back) {
  SelfTest test{id, says, other.tables.empty() ? 0 : other.tables.front().answer.worlds, {}};
  const auto before = all_answers(base), after = all_answers(other, back);
  for (const Answer& answer : before) {
    // A conflict of one world in a hundred is no answer that anybody leans on.
    if (!answer.proved && answer.share.of > 0 && answer.share.value() < 0.05 && answer.share.yes > 0)
      continue;
    const Answer* found = nullptr;
    const worlds::Share share =
        share_of(after, back.empty() ? answer.id : renamed(answer.id, {}), other, found);
    test.verdicts.push_back(verdict_on(answer, found, share));
    if (!back.empty()) test.verdicts.back().survives = same_under_other_names(answer, found, share);
  }
  return test;
}

}  // namespace

bool survives(const Answer& before, const Answer* after, const worlds::Share& share) {
  const std::string one = before.in_worlds(), other = after == nullptr ? "no" : after->in_worlds();
  const bool near = std::abs(share.value() - before.share.value()) <= kTolerance;
  if (one == other) return one != "some" || near;
  // Between "all" and "some" of drawn worlds sampling may lie; between a proof and a world against it,
  // nothing.
  const bool drawn = !before.proved && (after == nullptr || !after->proved);
  const bool overlap = share.low() <= before.share.high() && before.share.low() <= share.high();
  return drawn && near && overlap;
}

int SelfTest::fallen() const {
  return static_cast<int>(
      std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return !v.survives; }));
}

account::Account widened(const account::Account& account, int factor) {
  account::Account copy = account;
  for (Row& row : copy.rows) {
    const Value* hard = row.value("hard");
    const std::optional<Value> bound = hard == nullptr ? std::nullopt : std::optional<Value>(*hard);
    for (auto& field : row.fields)
      if (is_range(field) && row.concept_name != "quantities")
        widen(field.value, factor, bound ? &*bound : nullptr);
  }
  return copy;
}

account::Account placebo(const account::Account& account) {
  account::Account copy = account;
  std::erase_if(copy.rows, [](const Row& row) {
    return std::find(std::begin(kWeakened), std::end(kWeakened), row.concept_name) != std::end(kWeakened);
  });
  for (Row& row : copy.rows)
    if (row.concept_name == "talks")
      std::erase_if(row.fields, [](const auto& field) { return field.name == "aim"; });
  return copy;
}

account::Account rewritten(const account::Account& account) {
  account::Account copy = account;
  for (const Row& row : account.rows) {
    if (row.concept_name != "positions") continue;
    Row again = row;
    again.id += "~again";
    copy.rows.push_back(std::move(again));
  }
  return copy;
}

account::Account permuted(const account::Account& account, std::uint64_t seed) {
  account::Account copy = account;
  worlds::Stream stream(seed, "permutation", 0);
  for (std::size_t i = copy.rows.size(); i > 1; --i) std::swap(copy.rows[i - 1], copy.rows[stream.below(i)]);
  return copy;
}

std::vector<SelfTest> self_tests(const ColumnAnswer& base, const SolveOptions& options,
                                 const std::function<void(std::size_t, std::size_t)>& progress) {
  struct Planned {
    std::string id, says;
    Column column;
    account::Renaming back = {};  ///< what its rows are called -> what they were called before
  };
  std::vector<Planned> plan;
  const auto& rows = base.column.rows;
  const auto widen_options = [&](Column column, int factor) {
    mpq_class &low = column.options.consequences_low, &high = column.options.consequences_high;
    const mpq_class middle = (low + high) / 2, half = (high - low) / 2 * factor;
    low = std::max<mpq_class>(0, middle - half);
    high = std::min<mpq_class>(1, middle + half);
    return column;
  };
  plan.push_back({"widening:x2", "all ranges twice as wide about their middle",
                  widen_options(variant(base.column, "widening:x2", widened(rows, 2)), 2)});
  plan.push_back({"widening:x4", "all ranges four times as wide about their middle",
                  widen_options(variant(base.column, "widening:x4", widened(rows, 4)), 4)});
  plan.push_back({"placebo", "every preference, commitment, mechanism and ordering unknown",
                  variant(base.column, "placebo", placebo(rows))});
  plan.push_back({"rewriting", "every position written as two rows",
                  variant(base.column, "rewriting", rewritten(rows))});
  const account::Renaming names = account::turned_round(rows);
  plan.push_back({"permutation", "the rows in another order and under other names",
                  variant(base.column, "permutation", permuted(account::renamed(rows, names), options.seed)),
                  turned(names)});
  std::set<std::string> issues;
  const framing::Situation situation = framing::make_situation(rows, base.column.options);
  for (const TableAnswer& table : base.tables)
    for (const int v : table.framed.issues)
      issues.insert(situation.variables[static_cast<std::size_t>(v)].id);
  for (const auto& issue : issues) {
    Column column = variant(base.column, "split:" + issue, rows);
    column.options.split = issue;
    plan.push_back({"split:" + issue, fmt::format("the scale of {} cut in two", issue), std::move(column)});
  }
  std::vector<Column> columns;
  for (const Planned& p : plan) columns.push_back(p.column);
  const auto answers = solve_all(columns, options, progress);
  // The same number of worlds for both sides, so that a difference is never one of sample size.
  ColumnAnswer same = solve(base.column, options);
  LensOptions lens_options{options, false, ends_of(situation), kAsksConsistency | kAsksFindings};
  const LensAnswers lens(lens_options);
  std::vector<Variant> variants = {{rows, base.column.options}};
  for (const Planned& p : plan) variants.push_back({p.column.rows, p.column.options});
  const auto logic = lens.of_all(variants);
  // A scale is cut for the tables: what situations are worth stays as it is.
  std::erase_if(variants, [](const Variant& variant) { return !variant.framing.split.empty(); });
  lens_options.sources = kAsksStability;
  lens_options.solve.prove = false;
  const auto games = LensAnswers(lens_options).of_all(variants);
  std::vector<SelfTest> tests;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    tests.push_back(compare(plan[i].id, plan[i].says, same, answers[i], plan[i].back));
    add_others(tests.back(), logic.front(), logic[i + 1], plan[i].back);
    if (i + 1 < games.size()) add_others(tests.back(), games.front(), games[i + 1], plan[i].back);
  }
  return tests;
}

}  // namespace parley::questions
