// SPDX-License-Identifier: MIT
#include "language/patches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "account/concepts.hpp"
#include "account/implied.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using account::ConceptSpec;
using account::Edit;
using account::FieldSpec;
using account::Row;
using account::Value;

std::vector<std::string> some_ids(const account::Account& account) {
  constexpr std::size_t kMost = 5'000;
  std::vector<std::string> ids;
  for (const Row& row : account.rows) {
    if (ids.size() >= kMost) break;
    ids.push_back(row.id);
  }
  return ids;
}

void unknown_row(const std::string& id, Place place, const account::Account& account, Report& report) {
  if (report.full()) return;
  report.add(code::unknown_row, place, fmt::format("there is no row `{}` to change", id),
             did_you_mean(id, some_ids(account), "name a row by its id"));
}

void take_away(const Row& row, std::string_view field, Place place, std::vector<Edit>& edits) {
  if (row.field(field) == nullptr) return;
  Edit edit;
  edit.kind = Edit::Kind::remove_field;
  edit.row = row.id;
  edit.field = std::string(field);
  edit.place = place;
  edits.push_back(std::move(edit));
}

/// Takes away the fields that cannot stand beside `field`, and the row's `verb`: it tells in words what the
/// row said before.
void clear_rivals(const Row& row, const FieldSpec& field, Place place, std::vector<Edit>& edits) {
  if (!account::is_naming_field(field.name)) take_away(row, account::kVerb, place, edits);
  for (const auto& group : account::field_groups(row.concept_name)) {
    if (group.rule == account::FieldGroup::Rule::at_least_one) continue;
    if (std::find(group.fields.begin(), group.fields.end(), field.name) == group.fields.end()) continue;
    for (const std::string_view other : group.fields) {
      if (other != field.name) take_away(row, other, place, edits);
    }
  }
}

}  // namespace

std::vector<Edit> edits_of(const Setting& setting, const account::Account& account, const Names& names,
                           Report& report, Value* shown) {
  std::vector<Edit> edits;
  const auto dot = setting.key.rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == setting.key.size()) {
    report.add(code::bad_setting, setting.key_place,
               fmt::format("`{}` does not say which field to set", setting.key),
               "write `row.field: value`, for example `saudi_bar.only_if: statehood is established`");
    return edits;
  }
  const std::string id = setting.key.substr(0, dot);
  const std::string name = setting.key.substr(dot + 1);
  const Row* row = names.find(id);
  if (row == nullptr) {
    unknown_row(id, setting.key_place, account, report);
    return edits;
  }
  const ConceptSpec* spec = account::concept_of(row->concept_name);
  const FieldSpec* field = nullptr;
  std::vector<std::string> fields;
  for (const FieldSpec& candidate : spec->fields) {
    fields.emplace_back(candidate.name);
    if (candidate.name == name) field = &candidate;
  }
  if (field == nullptr || spec->key == "alternatives") {
    Place place = setting.key_place;
    place.column += static_cast<std::uint32_t>(dot + 1);
    place.length = static_cast<std::uint32_t>(name.size());
    report.add(code::unknown_field, place,
               fmt::format("`{}` is in `{}`, which has no field `{}` to set", id, spec->key, name),
               did_you_mean(name, fields, "its fields are " + word_list(fields, "and")));
    return edits;
  }
  auto value = value_of(*field, setting.value, report);
  if (!value) return edits;
  if (shown != nullptr) *shown = *value;
  clear_rivals(*row, *field, setting.key_place, edits);
  Edit edit;
  edit.kind = Edit::Kind::set_field;
  edit.row = id;
  edit.field = name;
  edit.place = setting.key_place;
  edit.value = std::move(*value);
  edits.push_back(std::move(edit));
  return edits;
}

account::Patch patch_of(Row& alternative, const std::vector<Setting>& settings,
                        const account::Account& account, const Names& names, Report& report) {
  account::Patch patch;
  patch.id = alternative.id;
  patch.because = alternative.text("reading");
  if (patch.because.empty()) patch.because = alternative.origin.because;
  Value set;
  std::vector<Edit> names_given;  // last: a new name stands, whatever else of its row is set
  bool changes = alternative.field("without") != nullptr || settings.empty();
  for (const Setting& setting : settings) {
    Value shown;
    auto edits = edits_of(setting, account, names, report, &shown);
    if (edits.empty()) continue;
    const Row* row = names.find(edits.back().row);
    const Value* before = row == nullptr ? nullptr : row->value(edits.back().field);
    changes = changes || before == nullptr || !same(*before, shown);
    set.keys.push_back(setting.key);
    set.key_places.push_back(setting.key_place);
    set.items.push_back(std::move(shown));
    const bool naming = account::is_naming_field(edits.back().field);
    for (Edit& edit : edits) (naming ? names_given : patch.edits).push_back(std::move(edit));
  }
  for (Edit& edit : names_given) patch.edits.push_back(std::move(edit));
  for (account::Field& field : alternative.fields) {
    if (field.name == "set") {
      field.value.keys = std::move(set.keys);
      field.value.key_places = std::move(set.key_places);
      field.value.items = std::move(set.items);
    }
    if (field.name != "without") continue;
    for (const Value& item : field.value.items) {
      if (names.find(item.text) == nullptr) {
        unknown_row(item.text, item.place, account, report);
        continue;
      }
      Edit edit;
      edit.kind = Edit::Kind::remove_row;
      edit.row = item.text;
      edit.place = item.place;
      patch.edits.push_back(std::move(edit));
    }
  }
  if (!changes && !patch.edits.empty())
    report.add(code::nothing_changes, alternative.place,
               fmt::format("the alternative `{}` sets only what already stands there", alternative.id),
               "change the value, or delete the alternative");
  return patch;
}

namespace {

/// A rival's row about an actor, a variable or talks is called as the row that it replaces, unless it says
/// itself: it is another statement about the same thing. Words for levels hold while the levels are the same.
/// (Of other concepts the row is the statement, and its name may no longer fit.)
void keep_names(const Row& replaced, Row& row) {
  constexpr unsigned kThings =
      account::to_actor | account::to_group | account::to_variable | account::to_talks;
  if (replaced.concept_name != row.concept_name || (Names::kind(row) & kThings) == 0) return;
  const bool same_levels = Names::domain(replaced).levels == Names::domain(row).levels;
  for (const account::Field& field : replaced.fields) {
    const bool of_levels = field.name == account::kLabels || field.name == account::kVerbs;
    if (!account::is_naming_field(field.name) || row.field(field.name) != nullptr) continue;
    if (same_levels || !of_levels) row.fields.push_back(field);
  }
}

}  // namespace

account::Patch rival_of(const FileDraft& rival, const account::Account& base, const Names& names,
                        Report& report) {
  account::Patch patch;
  patch.id = rival.name ? rival.name->text : "rival";
  patch.because = rival.title ? rival.title->text : "";
  if (rival.without) {
    for (const Value& item : rival.without->items) {
      if (names.find(item.text) == nullptr) {
        unknown_row(item.text, item.place, base, report);
        continue;
      }
      Edit edit;
      edit.kind = Edit::Kind::remove_row;
      edit.row = item.text;
      edit.place = item.place;
      patch.edits.push_back(std::move(edit));
    }
  }
  std::unordered_set<std::string> seen;
  for (const Row& row : rival.rows) {
    if (row.concept_name == "alternatives") {
      report.add(code::rival_alternatives, row.place, "alternatives in a rival account are not read",
                 "a rival account is itself one other reading; make the alternative a rival of its own");
      continue;
    }
    if (!seen.insert(row.id).second) {
      report.add(code::duplicate_id, row.place,
                 fmt::format("the id `{}` stands twice in this account", row.id),
                 "delete or rename one of them");
      continue;
    }
    Edit edit;
    edit.kind = Edit::Kind::add_row;
    edit.row = row.id;
    edit.added = row;
    if (const Row* replaced = names.find(row.id)) keep_names(*replaced, edit.added);
    edit.place = row.place;
    patch.edits.push_back(std::move(edit));
  }
  const account::Account patched = account::apply(base, patch);
  for (Row& implied : account::implied_rows(patched)) {
    Edit edit;
    edit.kind = Edit::Kind::add_row;
    edit.row = implied.id;
    edit.place = implied.place;
    edit.added = std::move(implied);
    patch.edits.push_back(std::move(edit));
  }
  return patch;
}

}  // namespace parley::language
