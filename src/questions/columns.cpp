// SPDX-License-Identifier: MIT
#include "questions/columns.hpp"

#include <algorithm>
#include <mutex>

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
  std::vector<Column> list = {{account.name, "base", "as it is written", false, options, account, {}}};
  for (const account::Row* row : account.of("beliefs"))
    for (const account::Patch& patch : alternatives)
      if (patch.id == row->text("about")) list.front().readings.push_back(patch);
  for (const account::Patch& patch : alternatives) {
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
  const framing::Situation situation = framing::make_situation(column.rows, column.options);
  for (const account::Row* row : situation.account.of("talks"))
    if (auto framed = framing::frame_deals(situation, row->id); framed)
      result.tables.push_back(solve_table(std::move(*framed), options));
  return result;
}

std::vector<ColumnAnswer> solve_all(const std::vector<Column>& columns, const SolveOptions& options,
                                    const std::function<void(std::size_t, std::size_t)>& progress) {
  std::vector<ColumnAnswer> answers(columns.size());
  SolveOptions each = options;
  each.threads = 1;
  std::mutex lock;
  std::size_t done = 0;
  worlds::parallel_for(static_cast<std::int64_t>(columns.size()),
                       [&](std::int64_t i) {
                         answers[static_cast<std::size_t>(i)] =
                             solve(columns[static_cast<std::size_t>(i)], each);
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
