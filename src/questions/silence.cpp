// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "questions/probes.hpp"

namespace parley::questions {
namespace {

account::Row wish_row(const std::string& party, const std::string& variable, const std::string& wants) {
  account::Row row;
  row.concept_name = "preferences";
  row.id = fmt::format("probe:{}:{}", party, variable);
  row.made = true;
  const auto add = [&](const char* name, const std::string& text) {
    account::Field field;
    field.name = name;
    field.value.text = text;
    row.fields.push_back(std::move(field));
  };
  add("by", party);
  add("on", variable.starts_with("outcome:") ? variable.substr(8) : variable);
  add("wants", wants);
  return row;
}

Column with_row(const Column& base, account::Row row) {
  account::Patch patch;
  patch.id = row.id;
  account::Edit edit;
  edit.kind = account::Edit::Kind::add_row;
  edit.row = row.id;
  edit.added = std::move(row);
  patch.edits.push_back(std::move(edit));
  Column column = base;
  column.rows = account::apply(base.rows, patch);
  return column;
}

}  // namespace

std::vector<SilenceProbe> probe_silence(const ColumnAnswer& base, const SolveOptions& options) {
  std::vector<SilenceProbe> probes;
  std::vector<Column> columns;
  const framing::Situation situation = framing::make_situation(base.column.rows, base.column.options);
  for (const TableAnswer& table : base.tables)
    for (const framing::Silence& silence : table.framed.silent) {
      const int v = situation.variable(silence.variable);
      if (v < 0 || !situation.variables[static_cast<std::size_t>(v)].ordered) continue;
      probes.push_back(
          {table.framed.table, silence.party, silence.variable, silence.consequence, silence.rows, {}, 0});
      for (const char* wants : {"more", "less"})
        columns.push_back(with_row(base.column, wish_row(silence.party, silence.variable, wants)));
    }
  SolveOptions quick = options;
  quick.prove = false;
  const auto answers = solve_all(columns, quick);
  for (std::size_t i = 0; i < probes.size(); ++i) {
    SilenceProbe& probe = probes[i];
    const auto& levels =
        situation.variables[static_cast<std::size_t>(situation.variable(probe.variable))].levels;
    double low = 2, high = -1;
    for (std::size_t k = 0; k < 2; ++k)
      for (const TableAnswer& table : answers[2 * i + k].tables) {
        if (table.framed.table != probe.table) continue;
        probe.zone.emplace_back(fmt::format("would rather have {}", k == 0 ? levels.back() : levels.front()),
                                table.answer.zone);
        low = std::min(low, table.answer.zone.value());
        high = std::max(high, table.answer.zone.value());
      }
    probe.matters = high < low ? 0 : high - low;
  }
  std::stable_sort(probes.begin(), probes.end(),
                   [](const auto& a, const auto& b) { return a.matters > b.matters; });
  return probes;
}

}  // namespace parley::questions
