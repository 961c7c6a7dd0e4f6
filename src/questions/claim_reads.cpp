// SPDX-License-Identifier: MIT
// What the test of a claim reads: the variables that it is about, the rows that may bear on it, the tables.
#include <fmt/format.h>

#include <algorithm>

#include "questions/claim_ends_parts.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Forced;
using framing::RowSet;

namespace {

constexpr std::size_t kMostKept = 16;  ///< solved columns that one tester remembers

}  // namespace

std::vector<int> ClaimTester::about(const Row& claim) const {
  std::set<int> variables;
  const auto add = [&](const expression::Tree* tree) {
    if (tree == nullptr) return;
    if (const auto formula = framing::bind(situation_, *tree); formula)
      for (const int v : expression::touched(*formula)) variables.insert(v);
  };
  for (const char* field : kConditions) add(claim.condition(field));
  for (const auto& name : claim.names("matters"))
    for (std::size_t v = 0; v < situation_.variables.size(); ++v)
      if (situation_.variables[v].row == name) variables.insert(static_cast<int>(v));
  return {variables.begin(), variables.end()};
}

std::vector<std::string> ClaimTester::contestable(const Row& claim) const {
  const bool counts = counts_worlds(claim), led = !counts && led_by_ends(claim);
  std::set<std::string> rows;
  if (!counts) {
    rows = course_->behind(about(claim)).rows;
    if (claim.value("more") != nullptr)
      for (const Row* row : situation_.of("orderings")) rows.insert(row->id);
    for (const char* field : kConditions)
      if (const Row* row = situation_.row(claim.text(field)); row != nullptr && is_statement(*row))
        rows.insert(row->id);
    for (const auto& name : claim.names("matters"))
      if (const Row* row = situation_.row(name); row != nullptr && is_statement(*row)) rows.insert(name);
    if (!led) return {rows.begin(), rows.end()};
  }
  const bool ends = about_ends(claim);
  if (ends) rows = course_->behind(about(claim)).rows;
  if (ends || led) {
    // Where what is on a table stands today is not in question; where other things do may be.
    const auto talks = talks_rows(situation_);
    const auto on_a_table = [&](const std::string& id) {
      return std::any_of(talks.begin(), talks.end(), [&](const TalksRow& each) {
        return std::any_of(each.open.begin(), each.open.end(), [&](int v) {
          return situation_.variables[static_cast<std::size_t>(v)].row == id;
        });
      });
    };
    std::erase_if(rows, [&](const std::string& id) {
      const Row* row = situation_.row(id);
      return row == nullptr || (!is_statement(*row) && on_a_table(id));
    });
  }
  const auto answer = solved({}, {}, !led);
  for (const TableAnswer& table : answer->tables)
    for (const std::string& id : table.framed.used_rows)
      if (const Row* row = situation_.row(id); row != nullptr && is_statement(*row)) rows.insert(id);
  std::string why;
  for (const char* field : {"sufficient", "not_sufficient"}) {
    const auto cause = claim.value(field) == nullptr ? std::nullopt : bound(claim, field, &why);
    const auto goal = cause ? bound(claim, "for", &why) : std::nullopt;
    if (!goal) continue;
    for (const auto& id : said_outright(cause->formula, goal->formula, {})) rows.insert(id);
  }
  return {rows.begin(), rows.end()};
}

Fingerprint ClaimTester::table_problem(const Row& claim) const {
  Digest digest;
  digest.add(claim);
  const auto [low, high] = situation_.interval(claim.value("share"), {mpq_class(1, 2), 1});
  digest.add(low);
  digest.add(high);
  for (const int v : about(claim)) {
    const auto& variable = situation_.variables[static_cast<std::size_t>(v)];
    digest.add(variable.id);
    digest.add(variable.levels);
    digest.add(static_cast<std::uint64_t>(framing::mask_of(variable.now)));
    if (const Row* row = situation_.row(variable.row); row != nullptr) digest.add(*row);
  }
  if (about_ends(claim)) {
    const auto behind = course_->behind(about(claim));
    for (const std::string& id : behind.rows)
      if (const Row* row = situation_.row(id); row != nullptr) digest.add(*row);
    for (std::size_t v = 0; v < behind.variables.size(); ++v)
      if (behind.variables[v]) {
        digest.add(situation_.variables[v].id);
        digest.add(static_cast<std::uint64_t>(framing::mask_of(situation_.variables[v].now)));
      }
  }
  std::string why;
  std::optional<Forced> forced;
  for (const char* field : {"sufficient", "not_sufficient"})
    if (const auto cause = claim.value(field) == nullptr ? std::nullopt : bound(claim, field, &why); cause)
      forced = forced_by(situation_, cause->formula, true, &why);
  const bool changed = forced && !forced->empty();
  const framing::Situation other =
      changed ? framing::make_situation(intervene(situation_, *forced), column_.options)
              : framing::Situation{};
  const auto add_tables = [&](const framing::Situation& s) {
    for (const Row* talks : s.of("talks"))
      if (const auto framed = framing::frame_deals(s, talks->id); framed) {
        const Fingerprint one = fingerprint(*framed);
        digest.add(one.first);
        digest.add(one.second);
      }
  };
  add_tables(situation_);
  if (changed) add_tables(other);
  return digest.value();
}

std::shared_ptr<const ColumnAnswer> ClaimTester::solved(const RowSet& without, const Forced& forced,
                                                        bool drawn) const {
  drawn = drawn && options_.draws > 0;
  std::string key = drawn ? "" : "proofs:";
  for (const auto& row : without) key += row + ";";
  for (const auto& [v, levels] : forced) key += fmt::format("|{}={}", v, levels);
  {
    const std::lock_guard guard(lock_);
    if (const auto found = answers_.find(key); found != answers_.end()) return found->second;
  }
  Column column = column_;
  if (!forced.empty()) column.rows = intervene(situation_, forced);
  if (!without.empty()) column.rows = without_rows(column.rows, without);
  SolveOptions options = options_;
  if (!drawn) options.draws = 0;
  auto answer = std::make_shared<const ColumnAnswer>(solve(column, options));
  const std::lock_guard guard(lock_);
  // The answer without any change is asked for most.
  if (answers_.size() >= kMostKept)
    std::erase_if(answers_, [](const auto& each) { return !each.first.empty() && each.first != "proofs:"; });
  return answers_.emplace(key, std::move(answer)).first->second;
}

}  // namespace parley::questions
