// SPDX-License-Identifier: MIT
// What readers see in place of ids, and where a row says that it departs from its sentences.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "account/concepts.hpp"
#include "expression/nearest.hpp"
#include "language/checks.hpp"

namespace parley::language {
namespace {

using account::Row;
using account::Value;

/// More questions than this are not compared with each other: that is pairs.
constexpr std::size_t kMostQuestions = 200;
/// Two questions that differ in so few letters are one question, mistyped: two, and of short ones fewer.
constexpr int kMistyped = 2, kLettersToAMistake = 8;

/// Keys of `labels` and `verbs` are levels of the row; those of a quantity's `verbs` say which way it moves.
void keys_of(const Row& row, Report& report) {
  for (const std::string_view name : {account::kLabels, account::kVerbs}) {
    const Value* value = row.value(name);
    if (value == nullptr || value->shape != account::Shape::entries) continue;
    for (std::size_t i = 0; i < value->keys.size(); ++i) {
      const std::string& key = value->keys[i];
      if (row.concept_name != "quantities")
        check_level(row, key, value->key_places[i], report);
      else if (key != "rises" && key != "falls")
        report.add(code::bad_entry, value->key_places[i],
                   fmt::format("a quantity rises or falls, and `{}` is neither", key),
                   "write `rises: ...` or `falls: ...`");
    }
  }
}

Place origin_place(const Row& row, std::string_view name) {
  for (const account::Field& field : row.origin_fields)
    if (field.name == name) return field.key_place;
  return row.place;
}

void departure(const Row& row, Report& report) {
  if (row.origin.departs.empty()) return;
  const Place place = origin_place(row, "departs");
  if (row.origin.from.empty())
    report.add(code::departs_from_nothing, place,
               fmt::format("`{}` departs from no sentence: it cites none", row.id),
               "add `from: SOURCE.SENTENCE`, or leave `departs` out: what no sentence says is an assumption");
  if (row.origin.because.empty())
    report.add(code::departs_without_reason, place,
               fmt::format("`{}` is {} than its sentences, and does not say why", row.id, row.origin.departs),
               "add `because:` what the sentence says, and what the row makes of it");
}

/// A question without signs and capitals.
std::string letters(const std::string& question) {
  std::string out;
  for (const char c : question)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

void check_naming(const account::Account& account, Report& report) {
  for (const Row& row : account.rows) {
    if (row.made || report.full()) continue;
    keys_of(row, report);
    departure(row, report);
  }
}

void check_questions(const account::Account& account, Report& report) {
  std::map<std::string, const Value*> first;  // each wording once, where it first stands
  std::vector<const Value*> questions;
  for (const Row* row : account.of("alternatives")) {
    const Value* about = row->value("about");
    if (about == nullptr || questions.size() >= kMostQuestions) continue;
    if (first.emplace(about->text, about).second) questions.push_back(about);
  }
  for (std::size_t i = 0; i < questions.size(); ++i)
    for (std::size_t j = (report.keep_going(), 0); j < i && !report.full_of_notes(); ++j) {
      const std::string one = letters(questions[i]->text), other = letters(questions[j]->text);
      const int allowed = std::min(kMistyped, static_cast<int>(one.size()) / kLettersToAMistake);
      if (expression::edit_distance(one, other, allowed) > allowed) continue;
      report.add(code::similar_question, questions[i]->place,
                 fmt::format("the question `{}` is nearly the same as another one", questions[i]->text),
                 fmt::format("readings of one question write it the same way: `{}`", questions[j]->text));
      break;
    }
}

}  // namespace parley::language
