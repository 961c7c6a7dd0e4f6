// SPDX-License-Identifier: MIT
#include "questions/check.hpp"

#include <fmt/format.h>

namespace parley::questions {
namespace {

/// Which rows reach a problem, and what nothing reads.
void look_at_rows(const AccountInput& input, const std::vector<const ColumnAnswer*>& columns, Check& check) {
  Reach reach = reach_of(columns);
  check.not_read = not_read_of(input, columns, reach);
  check.reach = std::move(reach);
}

}  // namespace

Check check(const AccountInput& input, const RunOptions& options) {
  Check result;
  result.account = input.account;
  const auto columns = columns_of(input.account, input.alternatives, options.framing);
  const auto answers = solve_all(columns, options.solve);
  const auto stopped = [&] { return options.solve.cancel != nullptr && options.solve.cancel->load(); };
  result.solved = !stopped();
  result.base = answers.front();
  result.base.column = columns.front();
  std::vector<const ColumnAnswer*> all;
  for (const auto& answer : answers) all.push_back(&answer);
  // Steps that a stop cuts off are not marked as done.
  try {
    result.tensions = tensions_of(framing::make_situation(input.account, options.framing));
    result.compared = true;
    if (result.solved) look_at_rows(input, all, result);
  } catch (const Stopped&) {
    result.solved = false;
  }
  if (!result.solved) return result;
  try {
    result.silence = probe_silence(result.base, options.solve);
    if (!stopped()) result.salience = probe_salience(result.base);
    result.probed = !stopped();
  } catch (const Stopped&) {
    result.silence.clear();
  }
  for (const TableAnswer& table : result.base.tables)
    result.no_consistent_world =
        result.no_consistent_world || (table.framed.too_large.empty() && table.answer.worlds == 0);
  return result;
}

std::string next_input(const Check& check) {
  if (!check.solved || !check.probed)
    return "not looked at: time was up before it was known what single answers would change";
  if (check.base.tables.empty())
    return "a `talks` row with at least two parties that sign and an issue that they decide: without it "
           "there is no table";
  for (const TableAnswer& table : check.base.tables)
    for (const auto& clash : table.framed.clashes)
      return clash.rows.size() == 1
                 ? fmt::format("what {} should say of {}: {}", clash.rows.front(), clash.party,
                               framing::clash_words(clash))
                 : fmt::format("which of {} is right: of {}, {}", fmt::join(clash.rows, ", "), clash.party,
                               framing::clash_words(clash));
  for (const SalienceProbe& probe : check.salience)
    if (probe.found && !probe.statements.empty()) {
      const auto& s = probe.statements.front();
      if (s.wish) return fmt::format("what {} wants of {}: {} or {}?", s.party, s.on, s.more, s.less);
      return fmt::format("whether {} matters at least as much to {} as {}", s.more, s.party, s.less);
    }
  if (!check.silence.empty() && check.silence.front().matters > 0)
    return fmt::format("what {} wants of {}", check.silence.front().party, check.silence.front().variable);
  return "nothing that this version can name";
}

}  // namespace parley::questions
