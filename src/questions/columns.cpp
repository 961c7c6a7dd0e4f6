// SPDX-License-Identifier: MIT
#include "questions/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "questions/limits.hpp"
#include "questions/solved.hpp"
#include "worlds/parallel.hpp"

namespace parley::questions {
namespace {

bool has_perhaps(const account::Account& account) {
  const auto groups = account.of("groups");
  return std::any_of(groups.begin(), groups.end(),
                     [](const account::Row* row) { return !row->names("perhaps").empty(); });
}

bool has_conditional_threat(const account::Account& account) {
  const auto rows = account.of("commitments");
  return std::any_of(rows.begin(), rows.end(), [](const account::Row* row) {
    return row->condition("if") != nullptr && row->condition("will") != nullptr;
  });
}

/// Why nothing is said of a table that was not framed before a stop.
constexpr const char* kNotReached = "the work was stopped before its packages were worked out";

/// A table that is only named, by its row.
TableAnswer not_reached(const account::Row& row) {
  TableAnswer table;
  table.framed.table = row.id;
  table.framed.parties = row.names("parties");
  std::sort(table.framed.parties.begin(), table.framed.parties.end());
  table.framed.too_large = kNotReached;
  table.answer.complete = false;
  return table;
}

/// Nothing where the work was stopped first.
std::optional<framing::Situation> situation_of(const Column& column) {
  try {
    return framing::make_situation(column.rows, column.options);
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

std::vector<const account::Row*> talks_by_id(const account::Account& account) {
  auto talks = account.of("talks");
  std::stable_sort(talks.begin(), talks.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  return talks;
}

/// Packages whose place on the map is asked for.
std::vector<int> tracked(const framing::Framed& framed) {
  std::vector<int> list;
  for (const auto& named : framed.packages)
    list.insert(list.end(), named.completions.begin(), named.completions.end());
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

/// What the answer of the lens depends on; not the number of threads.
Fingerprint key_of(const framing::Framed& framed, const deals::EnsembleOptions& lens) {
  Digest digest;
  digest.add(fingerprint(framed));
  digest.add(lens.seed);
  digest.add(lens.worlds);
  digest.add(lens.prove);
  digest.add(lens.by_world);
  return digest.value();
}

deals::EnsembleAnswer answered(const framing::Framed& framed, deals::EnsembleOptions lens, Solved* solved) {
  if (solved == nullptr) return deals::solve(framed.ensemble, lens);
  lens.by_world = true;  // so that those who want each world and those who do not share one answer
  const Fingerprint key = key_of(framed, lens);
  if (const auto kept = solved->find(key); kept != nullptr) return *kept;
  deals::EnsembleAnswer answer = deals::solve(framed.ensemble, lens);
  const bool stopped = lens.cancel != nullptr && lens.cancel->load();
  if (!stopped) solved->keep(key, answer);
  return answer;
}

}  // namespace

std::vector<Column> columns_of(const account::Account& account,
                               const std::vector<account::Patch>& alternatives,
                               const framing::Options& options) {
  std::vector<Column> list;
  list.reserve(alternatives.size() + 3);  // the base and two automatic ones: none is copied again
  list.push_back({account.name, "base", "as it is written", false, options, account, {}});
  for (const account::Row* row : account.of("beliefs"))
    for (const account::Patch& patch : alternatives)
      if (patch.id == row->text("about")) list.front().readings.push_back(patch);
  for (const account::Patch& patch : alternatives) {
    if (options.control.stopped()) break;  // each is the whole account once more
    std::vector<std::string> missing;
    Column column{
        account.name, patch.id, patch.because, false, options, account::apply(account, patch, &missing), {}};
    // A rival account may have dropped the rows that this reading is about: then there is nothing to try.
    if (missing.empty()) list.push_back(std::move(column));
  }
  if (options.threats == "lifted" && has_conditional_threat(account)) {
    Column column{account.name,
                  "literal_threats",
                  "a threat about demands stays even under an agreement that its maker signs",
                  true,
                  options,
                  account,
                  {}};
    column.options.threats = "literal";
    list.push_back(std::move(column));
  }
  if (options.groups == "surely" && has_perhaps(account)) {
    Column column{
        account.name, "groups_perhaps", "groups include their possible members", true, options, account, {}};
    column.options.groups = "perhaps";
    list.push_back(std::move(column));
  }
  std::stable_sort(list.begin() + 1, list.end(),
                   [](const Column& a, const Column& b) { return a.alternative < b.alternative; });
  return list;
}

TableAnswer solve_table(framing::Framed framed, const SolveOptions& options) {
  deals::EnsembleOptions lens;
  lens.seed = options.seed;
  lens.worlds = options.draws;
  lens.threads = options.threads;
  lens.prove = options.prove;
  lens.by_world = options.by_world;
  lens.track = tracked(framed);
  lens.cancel = options.cancel;
  TableAnswer table;
  if (framed.too_large.empty()) table.answer = answered(framed, lens, options.solved.get());
  if (!framed.only_within_limits.empty()) table.answer.complete = false;
  if (framed.by_limits && framed.by_limits->excluded()) table.answer.proved = true;  // and not possible
  table.framed = std::move(framed);
  return table;
}

ColumnAnswer solve(const Column& column, const SolveOptions& options) {
  ColumnAnswer result{column, {}};
  const auto situation = situation_of(column);
  for (const account::Row* row : talks_by_id(column.rows)) {
    result.cut_short = result.cut_short || !situation;
    try {
      if (!situation) {
        result.tables.push_back(not_reached(*row));
        continue;
      }
      if (auto framed = framing::frame_deals(*situation, row->id); framed)
        result.tables.push_back(solve_table(std::move(*framed), options));
    } catch (const Stopped&) {
      result.tables.push_back(not_reached(*row));
      result.cut_short = true;
    }
  }
  return result;
}

namespace {

/// How much an answered column keeps: levels of all branches of all cases, the cases themselves included.
std::size_t kept_of(const ColumnAnswer& answer) {
  constexpr std::size_t kCaseItself = 40;
  std::size_t sum = 0;
  for (const TableAnswer& table : answer.tables) {
    std::size_t stakes = 0;
    for (const auto& party : table.framed.ensemble.parties) stakes += party.order.stakes.size();
    for (const auto& resolution : table.framed.ensemble.resolutions)
      for (const auto& one : resolution.packages) sum += one.branches.size() * (stakes + kCaseItself);
  }
  return sum;
}

/// A reading that is not worked out, since so many tables of this size are not kept.
ColumnAnswer left_out(const Column& column, std::size_t most) {
  ColumnAnswer answer{column, {}};
  for (const account::Row* row : talks_by_id(column.rows)) {
    answer.tables.push_back(not_reached(*row));
    answer.tables.back().framed.too_large =
        fmt::format("of a table of this size at most {} readings are worked out", most);
  }
  return answer;
}

}  // namespace

std::vector<ColumnAnswer> solve_all(const std::vector<Column>& columns, const SolveOptions& options,
                                    const std::function<void(std::size_t, std::size_t)>& progress) {
  std::vector<ColumnAnswer> answers(columns.size());
  if (columns.empty()) return answers;
  SolveOptions each = options;
  each.threads = 1;
  answers.front() = solve(columns.front(), options);
  const std::size_t most = kMostKeptLevels / std::max<std::size_t>(1, kept_of(answers.front()));
  std::mutex lock;
  std::size_t done = 1;
  worlds::parallel_for(static_cast<std::int64_t>(columns.size()) - 1,
                       [&](std::int64_t i) {
                         const std::size_t at = static_cast<std::size_t>(i) + 1;
                         answers[at] = at > most ? left_out(columns[at], most) : solve(columns[at], each);
                         // Of a reading a half is no answer; of the account as written every table is one.
                         if (answers[at].cut_short) answers[at] = {};
                         if (!progress) return;
                         const std::lock_guard guard(lock);
                         progress(++done, columns.size());
                       },
                       {options.threads, options.cancel, {}});
  return answers;
}

void drop_unsolved(std::vector<ColumnAnswer>& answers) {
  std::erase_if(answers, [](const ColumnAnswer& answer) { return answer.column.alternative.empty(); });
}

}  // namespace parley::questions
