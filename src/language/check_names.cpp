// SPDX-License-Identifier: MIT
// Names in fields and in origins.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "expression/nearest.hpp"
#include "language/checks.hpp"

namespace parley::language {

using account::FieldSpec;
using account::Row;
using account::Shape;
using account::Value;

const Row* look_up(const std::string& name, Place place, unsigned refers, const Names& names,
                   Report& report) {
  const Row* row = names.find(name);
  if (row != nullptr && (Names::kind(*row) & refers) != 0) return row;
  if (report.full() || (row == nullptr && !report.first("name:" + name))) return nullptr;
  const auto& likely = names.candidates(refers);
  std::string hint = report.suggests() ? did_you_mean(name, likely) : "";
  if (hint.empty() && !likely.empty() && likely.size() <= 12) hint = "known are " + word_list(likely, "and");
  if (hint.empty())
    hint = fmt::format("{} with this id must stand in the account", Names::refers_words(refers));
  if (row != nullptr) {
    report.add(code::wrong_kind, place,
               fmt::format("`{}` is {}, and {} is expected here", name, Names::kind_words(*row),
                           Names::refers_words(refers)),
               std::move(hint));
  } else {
    report.add(code::unknown_name, place, fmt::format("there is no `{}`", name), std::move(hint));
  }
  return nullptr;
}

namespace {

/// `art.S19`: the source is what stands before a dot; ids may hold dots themselves.
bool known_source(const std::string& sentence, const Names& names) {
  for (std::size_t dot = sentence.size(); dot != std::string::npos && dot > 0;
       dot = sentence.rfind('.', dot - 1)) {
    const Row* row = names.find(sentence.substr(0, dot));
    if (row != nullptr && row->concept_name == "sources") return true;
  }
  return false;
}

void check_sentence(const std::string& text, Place place, const Names& names, Report& report) {
  if (known_source(text, names) || report.full()) return;
  const std::string source = text.substr(0, text.find('.'));
  if (!report.first("source:" + source)) return;
  const auto& sources = names.candidates(account::to_source);
  report.add(
      code::unknown_source, place, fmt::format("there is no source `{}`", source),
      did_you_mean(source, sources,
                   sources.empty() ? "list it under `sources:`" : "known are " + word_list(sources, "and")));
}

void check_speaker(const std::string& name, Place place, const Names& names, Report& report) {
  if (name == "author" || name == "analyst") return;
  look_up(name, place, account::to_speaker, names, report);
}

void check_origin_field(const account::Field& field, const Names& names, Report& report) {
  if (field.name == "from")
    for (const Value& item : field.value.items) check_sentence(item.text, item.place, names, report);
  if (field.name == "assumed")
    for (const Value& item : field.value.items)
      look_up(item.text, item.place, account::to_assumption, names, report);
  if (field.name == "says" || field.name == "via")
    check_speaker(field.value.text, field.value.place, names, report);
}

/// An estimate that is no quantity names an assumption with a range.
void check_estimate(const Value& value, const Names& names, Report& report) {
  if (value.quantity) return;
  const Row* row = look_up(value.text, value.place, account::to_assumption, names, report);
  if (row != nullptr && row->field("range") == nullptr && !report.is_quiet(failed_field(row->id, "range")))
    report.add(code::assumption_without_range, value.place,
               fmt::format("the assumption `{}` has no range, and a number is needed here", value.text),
               fmt::format("give `{}` a range, such as `range: 0% to 100%`", value.text));
}

void check_repeats(const std::vector<Value>& items, const FieldSpec& spec, Report& report) {
  std::unordered_set<std::string> seen;
  for (const Value& item : items)
    if (!seen.insert(item.text).second)
      report.add(spec.refers == account::to_nothing ? code::repeated_level : code::repeated_name, item.place,
                 fmt::format("`{}` stands twice in `{}`", item.text, spec.name), "delete one of them");
}

void check_name(const FieldSpec& spec, const Value& item, const Names& names, Report& report) {
  if ((spec.refers & account::to_relation) != 0) {
    const Row* row = item.tree ? nullptr : names.find(item.text);
    const bool other =
        row != nullptr && row->concept_name != "relations" && (Names::kind(*row) & spec.refers) != 0;
    if (other) return;
    if (item.tree || (row != nullptr && row->concept_name == "relations")) {
      check_variable(item, names, report);
      return;
    }
  }
  if ((spec.refers & account::to_speaker) != 0 && (item.text == "author" || item.text == "analyst")) return;
  look_up(item.text, item.place, spec.refers, names, report);
}

void check_entries(const Row& row, const FieldSpec& spec, const Value& value, const Names& names,
                   Report& report) {
  if (spec.inner == Shape::estimate)
    for (const Value& item : value.items) check_estimate(item, names, report);
  if (spec.inner == Shape::condition)
    for (const Value& item : value.items)
      if (item.tree) check_condition(*item.tree, false, names, report);
  for (const Value& item : value.items) {
    for (const std::string& sentence : item.from) check_sentence(sentence, item.place, names, report);
    for (const std::string& assumption : item.assumed)
      look_up(assumption, item.place, account::to_assumption, names, report);
  }
  if (spec.refers == account::to_nothing || row.concept_name == "relations" ||
      row.concept_name == "alternatives")
    return;
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    Value key;
    key.text = value.keys[i];
    key.place = value.key_places[i];
    check_name(spec, key, names, report);
  }
}

void check_field(const Row& row, const FieldSpec& spec, const Value& value, const Names& names,
                 Report& report) {
  switch (spec.shape) {
    case Shape::name:
      if (spec.refers != account::to_nothing) check_name(spec, value, names, report);
      break;
    case Shape::names:
      check_repeats(value.items, spec, report);
      if (spec.refers != account::to_nothing && row.concept_name != "alternatives")
        for (const Value& item : value.items) check_name(spec, item, names, report);
      break;
    case Shape::estimate:
      check_estimate(value, names, report);
      break;
    case Shape::condition:
      if (value.tree)
        check_condition(*value.tree, row.concept_name == "mechanisms" && spec.name == "cause", names, report);
      break;
    case Shape::conditions:
      for (const Value& item : value.items)
        if (item.tree) check_condition(*item.tree, false, names, report);
      break;
    case Shape::entries:
      check_entries(row, spec, value, names, report);
      break;
    case Shape::order:
      if (spec.refers != account::to_nothing)
        for (const Value& item : value.items) check_name(spec, item, names, report);
      break;
    default:
      break;
  }
}

}  // namespace

void check_origins(const account::Account& account, const Names& names, std::span<const account::Field> heads,
                   Report& report) {
  for (const account::Field& head : heads) check_origin_field(head, names, report);
  for (const Row& row : account.rows) {
    if (row.made) continue;
    report.keep_going();
    for (const account::Field& field : row.origin_fields) check_origin_field(field, names, report);
    const bool free =
        row.concept_name == "sources" || row.concept_name == "assumptions" || row.concept_name == "speakers";
    if (!free && row.origin.from.empty() && row.origin.assumed.empty())
      report.add(code::no_origin, row.place, fmt::format("`{}` does not say where it comes from", row.id),
                 "add `from: SOURCE.SENTENCE` or `assumed: ASSUMPTION`, here, at the head of the block, or "
                 "of the file");
  }
}

void check_references(const account::Account& account, const Names& names, Report& report) {
  for (const Row& row : account.rows) {
    const auto* spec = account::concept_of(row.concept_name);
    if (spec == nullptr) continue;
    report.keep_going();
    for (const account::Field& field : row.fields)
      if (const FieldSpec* known = spec->field(field.name))
        check_field(row, *known, field.value, names, report);
  }
}

void check_implied(const account::Account& account, Report& report) {
  std::vector<std::string> declared;
  for (const Row& row : account.rows)
    if (!row.made && (Names::kind(row) & account::to_variable) != 0) declared.push_back(row.id);
  for (const Row& row : account.rows) {
    if (report.full_of_notes()) break;
    if (!row.made) continue;
    report.keep_going();
    const auto near = expression::nearest(row.id, declared);
    if (near && expression::edit_distance(row.id, *near, 2) <= 2) {
      report.add(code::near_duplicate, row.place,
                 fmt::format("`{}` is declared nowhere and nearly the same as `{}`", row.id, *near),
                 fmt::format("if they are two things, declare `{}` under `quantities:`", row.id));
    } else {
      report.add(
          code::implied_name, row.place,
          fmt::format("`{}` is declared nowhere; it is taken as a quantity without unit or range", row.id),
          "declare it under `quantities:` to say what it is");
    }
  }
}

void check_account(const account::Account& account, std::span<const account::Field> heads, Report& report) {
  const Names names(account);
  check_origins(account, names, heads, report);
  check_references(account, names, report);
  check_rows(account, names, report);
  check_naming(account, report);
  check_numbers(account, names, report);
  check_cycles(account, names, report);
  check_sizes(account, names, report);
  check_implied(account, report);
}

}  // namespace parley::language
