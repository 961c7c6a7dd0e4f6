// SPDX-License-Identifier: MIT
#include "questions/compare_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <map>
#include <set>
#include <tuple>

#include "account/concepts.hpp"
#include "account/content.hpp"
#include "questions/names_in.hpp"

namespace parley::questions {
namespace {

using account::Account;
using account::Row;
using account::Shape;
using account::Value;

std::map<std::string, const Row*> by_id(const Account& account) {
  std::map<std::string, const Row*> rows;
  for (const Row& row : account.rows)
    if (!row.made) rows.emplace(row.id, &row);
  return rows;
}

std::string list_words(const std::vector<std::string>& list) {
  return fmt::format("{}", fmt::join(list, ", "));
}

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return list;
}

/// Levels are listed lowest first; every other list of names or conditions is a set.
bool ordered_list(const std::string& field) { return field == "levels"; }

/// What a value says, in words that do not hang on the order of sets, maps and equals.
std::string canonical(const Value& value, bool ordered) {
  std::vector<std::string> parts;
  switch (value.shape) {
    case Shape::options:
    case Shape::entries:
      for (std::size_t i = 0; i < value.items.size(); ++i)
        parts.push_back((i < value.keys.size() ? value.keys[i] : "") + ": " +
                        canonical(value.items[i], false));
      return "{" + list_words(sorted(std::move(parts))) + "}";
    case Shape::names:
    case Shape::conditions:
      for (const Value& item : value.items) parts.push_back(canonical(item, false));
      if (parts.empty()) parts.push_back(value.text);
      return list_words(ordered ? parts : sorted(std::move(parts)));
    case Shape::order:
      for (const auto& tier : value.tiers) parts.push_back(fmt::format("{}", fmt::join(sorted(tier), " = ")));
      return fmt::format("{}", fmt::join(parts, " > "));
    default:
      return value.text;
  }
}

bool says_the_same(const std::string& field, const Value& a, const Value& b) {
  return a.shape == b.shape && canonical(a, ordered_list(field)) == canonical(b, ordered_list(field));
}

/// Fields of the row, then those of where it comes from.
std::map<std::string, std::string> origin_fields(const Row& row) {
  std::map<std::string, std::string> fields = {{"from", list_words(sorted(row.origin.from))},
                                               {"assumed", list_words(sorted(row.origin.assumed))},
                                               {"says", row.origin.says},
                                               {"via", row.origin.via},
                                               {"status", row.origin.status}};
  std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
  return fields;
}

void compare_fields(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b,
                    std::vector<FieldDifference>& list) {
  std::set<std::string> names;
  for (const auto& side : {a, b})
    for (const auto& [name, words] : side) names.insert(name);
  for (const auto& name : names) {
    const auto one = a.find(name), other = b.find(name);
    const std::string before = one == a.end() ? "" : one->second;
    const std::string after = other == b.end() ? "" : other->second;
    if (before != after) list.push_back({name, before, after});
  }
}

std::map<std::string, std::string> content(const Row& row, const Row& other) {
  std::map<std::string, std::string> fields;
  for (const auto& field : row.fields) {
    if (account::is_naming_field(field.name)) continue;  // another name is no other statement
    const Value* there = other.value(field.name);
    if (there == nullptr || !says_the_same(field.name, field.value, *there))
      fields[field.name] = value_words(field.value);
  }
  return fields;
}

RowDifference compare_rows(const Row& a, const Row& b) {
  RowDifference difference{RowDifference::Kind::changed, a.id, b.concept_name, {}};
  compare_fields(content(a, b), content(b, a), difference.fields);
  const bool as_before = difference.fields.empty() && a.concept_name == b.concept_name;
  if (a.concept_name != b.concept_name)
    difference.fields.push_back({"concept", a.concept_name, b.concept_name});
  compare_fields(origin_fields(a), origin_fields(b), difference.fields);
  if (as_before) difference.kind = RowDifference::Kind::origin;
  return difference;
}

}  // namespace

std::string value_words(const Value& value) {
  std::vector<std::string> parts;
  if (value.shape == Shape::options || value.shape == Shape::entries) {
    for (std::size_t i = 0; i < value.items.size(); ++i)
      parts.push_back((i < value.keys.size() ? value.keys[i] + ": " : "") + value_words(value.items[i]));
    return "{" + list_words(parts) + "}";
  }
  if (!value.text.empty() || value.items.empty()) return value.text;
  for (const Value& item : value.items) parts.push_back(value_words(item));
  return list_words(parts);
}

std::vector<RowDifference> row_differences(const Account& a, const Account& b) {
  std::vector<RowDifference> list;
  const auto one = by_id(a), other = by_id(b);
  for (const auto& [id, row] : one) {
    const auto there = other.find(id);
    if (there == other.end())
      list.push_back({RowDifference::Kind::dropped, id, row->concept_name, {}});
    else if (auto difference = compare_rows(*row, *there->second); !difference.fields.empty())
      list.push_back(std::move(difference));
  }
  for (const auto& [id, row] : other)
    if (!one.contains(id)) list.push_back({RowDifference::Kind::added, id, row->concept_name, {}});
  std::sort(list.begin(), list.end(), [](const auto& x, const auto& y) { return x.id < y.id; });
  return list;
}

Blend::Blend(const Account& a, const Account& b, const std::vector<RowDifference>& differences)
    : a_(a), b_(b), differences_(differences) {}

std::vector<const Row*> Blend::needed(const std::vector<int>& taken) const {
  std::set<std::string> mine;
  for (const Row& row : a_.rows) mine.insert(row.id);
  std::map<std::string, const Row*> theirs;
  for (const Row& row : b_.rows) theirs.emplace(row.id, &row);
  std::set<std::string> seen;
  std::vector<const Row*> list;
  std::vector<std::string> open;
  for (const int i : taken) open.push_back(differences_[static_cast<std::size_t>(i)].id);
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    const auto found = theirs.find(id);
    if (found == theirs.end() || !seen.insert(id).second) continue;
    list.push_back(found->second);
    for (const auto& name : names_of(*found->second))
      if (!mine.contains(name)) open.push_back(name);
  }
  return list;
}

Account Blend::take(const std::vector<int>& taken) const {
  account::Patch patch;
  for (const int i : taken) {
    const RowDifference& difference = differences_[static_cast<std::size_t>(i)];
    if (difference.kind != RowDifference::Kind::dropped) continue;
    account::Edit edit;
    edit.kind = account::Edit::Kind::remove_row;
    edit.row = difference.id;
    patch.edits.push_back(std::move(edit));
  }
  for (const Row* row : needed(taken)) {
    account::Edit edit;
    edit.kind = account::Edit::Kind::add_row;
    edit.row = row->id;
    edit.added = *row;
    patch.edits.push_back(std::move(edit));
  }
  return account::apply(a_, patch);
}

std::vector<int> Blend::by_content() const {
  const auto in_a = account::content_of(a_), in_b = account::content_of(b_);
  const auto number = [](const std::map<std::string, std::uint64_t>& content, const std::string& id) {
    const auto found = content.find(id);
    return found == content.end() ? std::uint64_t{0} : found->second;
  };
  using Key = std::tuple<std::uint64_t, std::uint64_t, int>;
  std::vector<Key> keys;
  for (std::size_t i = 0; i < differences_.size(); ++i)
    keys.emplace_back(number(in_a, differences_[i].id), number(in_b, differences_[i].id),
                      static_cast<int>(i));
  std::sort(keys.begin(), keys.end());
  std::vector<int> order;
  for (const auto& key : keys) order.push_back(std::get<2>(key));
  return order;
}

std::vector<std::string> Blend::with(const std::vector<int>& taken) const {
  std::set<std::string> ids;
  for (const Row* row : needed(taken))
    if (!row->made && row->concept_name != "assumptions" && row->concept_name != "speakers" &&
        row->concept_name != "sources" && row->concept_name != "claims")
      ids.insert(row->id);
  for (const int i : taken) ids.erase(differences_[static_cast<std::size_t>(i)].id);
  return {ids.begin(), ids.end()};
}

}  // namespace parley::questions
