// SPDX-License-Identifier: MIT
// What an account writes and nothing reads: fields that no lens reads yet, and rows that only say who, what
// or where from, and that no other row names. `check` names each at its place.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "account/concepts.hpp"
#include "framing/situation.hpp"
#include "questions/check.hpp"
#include "questions/names_in.hpp"

namespace parley::questions {
namespace {

using account::Account;
using account::Row;
using account::Value;

/// Assumptions and sources that entries of a field give for themselves.
void origins_in(const Value& value, std::set<std::string>& names) {
  names.insert(value.assumed.begin(), value.assumed.end());
  for (const auto& from : value.from) names.insert(from.substr(0, from.find('.')));
  for (const Value& item : value.items) origins_in(item, names);
}

/// What rows name, and which of these names stand in fields that something reads.
struct Named {
  std::set<std::string> anywhere, read;

  void add(const std::set<std::string>& names, bool is_read) {
    anywhere.insert(names.begin(), names.end());
    if (is_read) read.insert(names.begin(), names.end());
  }
};

/// `from` and `says` of a row as well as its fields; a package is named by a position on it, a group by a
/// condition over it, and so on.
Named named_by(const std::vector<const Row*>& rows) {
  Named named;
  for (const Row* row : rows) {
    std::set<std::string> origin(row->origin.assumed.begin(), row->origin.assumed.end());
    if (!row->origin.says.empty()) origin.insert(row->origin.says);
    if (!row->origin.via.empty()) origin.insert(row->origin.via);
    for (const auto& from : row->origin.from) origin.insert(from.substr(0, from.find('.')));
    origin.erase(row->id);
    named.add(origin, true);
    for (const auto& field : row->fields) {
      std::set<std::string> names;
      names_in(field.value, names);
      for (const auto& tier : field.value.tiers) names.insert(tier.begin(), tier.end());
      origins_in(field.value, names);
      names.erase(row->id);
      named.add(names, account::not_read_because(row->concept_name, field.name).empty());
    }
  }
  return named;
}

std::vector<const Row*> rows_written(const AccountInput& input) {
  std::vector<const Row*> rows;
  for (const Row& row : input.account.rows)
    if (!row.made) rows.push_back(&row);
  return rows;
}

void unread_fields(const AccountInput& input, std::vector<NotRead>& list) {
  for (const Row* row : rows_written(input))
    for (const auto& field : row->fields)
      if (const auto why = account::not_read_because(row->concept_name, field.name); !why.empty())
        list.push_back({row->id, row->concept_name, field.name, std::string(why), field.key_place});
}

/// Numbers in fields of which lenses read only something else.
void unread_numbers(const AccountInput& input, std::vector<NotRead>& list) {
  const auto number = [](const Value* value) {
    return value != nullptr && value->quantity && !value->quantity->unknown &&
           value->quantity->trend == expression::Quantity::Trend::none;
  };
  for (const Row* row : rows_written(input)) {
    const Value *now = row->value("now"), *strength = row->value("strength");
    if (row->concept_name == "quantities" && number(now))
      list.push_back({row->id, row->concept_name, "now",
                      "a number, and lenses read only which way a quantity moves", now->place});
    if (row->concept_name == "mechanisms" && number(strength) && row->value("makes_likely") == nullptr &&
        row->value("makes_unlikely") == nullptr)
      list.push_back({row->id, row->concept_name, "strength",
                      "no lens reads how strong a push is, only how likely what it makes likely is",
                      strength->place});
  }
}

/// Conditions and phrases that cannot be put to the variables of the account, each with the reason.
void unread_conditions(const AccountInput& input, const framing::Situation& s, std::vector<NotRead>& list) {
  const auto add = [&](const Row& row, const std::string& field, const Value& value, const std::string& why) {
    list.push_back({row.id, row.concept_name, field, why, value.place});
  };
  const auto look = [&](auto&& self, const Row& row, const std::string& field, const Value& value) -> void {
    std::string why;
    if (value.shape == account::Shape::condition && value.tree) {
      // A variable alone is a cause as it moves.
      const bool bare = value.tree->node == expression::Node::comparison &&
                        value.tree->verb == expression::Verb::holds && field == "cause";
      if (!bare && !framing::bind(s, *value.tree, &why)) add(row, field, value, why);
    }
    if (value.shape == account::Shape::phrase && value.tree)
      if (const int v = s.variable(row.text("on"));
          v >= 0 && !framing::bind_phrase(s.variables[static_cast<std::size_t>(v)], *value.tree, &why))
        add(row, field, value, why);
    for (const Value& item : value.items) self(self, row, field, item);
  };
  for (const Row* row : rows_written(input))
    for (const auto& field : row->fields)
      if (account::not_read_because(row->concept_name, field.name).empty())
        look(look, *row, field.name, field.value);
}

void unnamed_rows(const AccountInput& input, const std::vector<const ColumnAnswer*>& columns,
                  std::vector<NotRead>& list) {
  Named named = named_by(rows_written(input));
  for (const auto& patch : input.alternatives)
    for (const auto& edit : patch.edits) {
      std::set<std::string> names = {edit.row};
      names_in(edit.value, names);
      if (edit.kind == account::Edit::Kind::add_row) names.merge(names_of(edit.added));
      named.add(names, true);
    }
  std::set<std::string> placed;
  for (const ColumnAnswer* column : columns)
    for (const TableAnswer& table : column->tables)
      for (const auto& package : table.framed.packages)
        if (!package.completions.empty()) placed.insert(package.id);
  static const std::map<std::string, std::string> kWhy = {
      {"assumptions", "no row rests on it"},
      {"groups", "no row names it"},
      {"speakers", "no row says that it comes from it"},
      {"sources", "no row cites it"},
      {"outcomes", "no row and no claim names it"},
      {"packages", "it fits no table, and no row names it"},
      {"parts", "no row names it, and it ratifies nothing"},
      {"actors", "no row names it"},
  };
  for (const Row* row : rows_written(input)) {
    const auto why = kWhy.find(row->concept_name);
    if (why == kWhy.end() || named.read.contains(row->id)) continue;
    if (row->concept_name == "packages" && placed.contains(row->id)) continue;
    if (row->concept_name == "parts" && row->value("ratifies") != nullptr) continue;  // below
    list.push_back(
        {row->id, row->concept_name, "",
         named.anywhere.contains(row->id) ? "only fields that no lens reads yet name it" : why->second,
         row->place});
  }
}

/// A part that ratifies nothing that any table settles is asked nowhere.
void idle_ratifiers(const AccountInput& input, const std::vector<const ColumnAnswer*>& columns,
                    std::vector<NotRead>& list) {
  std::set<std::string> asked;
  for (const ColumnAnswer* column : columns)
    for (const TableAnswer& table : column->tables)
      for (const auto& ratifier : table.framed.ratifiers) asked.insert(ratifier.id);
  for (const Row* row : rows_written(input))
    if (const account::Field* field = row->field("ratifies");
        row->concept_name == "parts" && field != nullptr && !asked.contains(row->id))
      list.push_back(
          {row->id, row->concept_name, "ratifies", "no table settles what it must ratify", field->key_place});
}

/// A reading that touches only what nothing reads changes no answer.
void idle_alternatives(const AccountInput& input, const std::set<std::string>& none,
                       std::vector<NotRead>& list) {
  for (const auto& patch : input.alternatives) {
    const bool reaches = std::any_of(patch.edits.begin(), patch.edits.end(), [&](const account::Edit& edit) {
      const Row* row = input.account.find(edit.row);
      if (row == nullptr) return true;
      if (edit.kind == account::Edit::Kind::set_field || edit.kind == account::Edit::Kind::remove_field)
        if (!account::not_read_because(row->concept_name, edit.field).empty()) return false;
      return !none.contains(edit.row);
    });
    const Row* row = input.account.find(patch.id);
    if (!reaches && !patch.edits.empty())
      list.push_back({patch.id, "alternatives", "", "it changes nothing that any lens reads",
                      row == nullptr ? patch.edits.front().place : row->place});
  }
}

/// A file of whose rows none is read by anything: neither a lens nor a row that one reads.
void idle_files(const AccountInput& input, const std::set<std::string>& idle, std::vector<NotRead>& list) {
  std::map<std::uint32_t, bool> read;
  for (const Row* row : rows_written(input)) {
    bool& here = read[row->place.file];
    here = here || !idle.contains(row->id);
  }
  for (std::uint32_t file = 0; file < input.account.files.size(); ++file)
    if (input.account.files.size() > 1 && read.contains(file) && !read.at(file))
      list.push_back({input.account.files[file], "files", "", "none of its rows is read", {file, 1, 1, 0}});
}

}  // namespace

std::vector<NotRead> not_read_of(const AccountInput& input, const std::vector<const ColumnAnswer*>& columns,
                                 const Reach& reach) {
  std::vector<NotRead> list;
  unread_fields(input, list);
  unread_numbers(input, list);
  unread_conditions(
      input, framing::make_situation(columns.front()->column.rows, columns.front()->column.options), list);
  idle_ratifiers(input, columns, list);
  const std::size_t fields = list.size();
  unnamed_rows(input, columns, list);
  const std::set<std::string> none(reach.none.begin(), reach.none.end());
  std::set<std::string> idle = none;
  for (std::size_t i = fields; i < list.size(); ++i) idle.insert(list[i].row);
  idle_alternatives(input, none, list);
  idle_files(input, idle, list);
  std::stable_sort(list.begin(), list.end(), [](const NotRead& a, const NotRead& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) <
           std::tie(b.place.file, b.place.line, b.place.column);
  });
  return list;
}

}  // namespace parley::questions
