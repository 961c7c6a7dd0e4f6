// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "report/compare.hpp"
#include "report/results_parts.hpp"
#include "report/words.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::RowDifference;

const char* kind_word(RowDifference::Kind kind) {
  switch (kind) {
    case RowDifference::Kind::added:
      return "added";
    case RowDifference::Kind::dropped:
      return "dropped";
    case RowDifference::Kind::changed:
      return "changed";
    case RowDifference::Kind::origin:
      return "origin";
  }
  return "changed";
}

ordered_json row_difference_json(const RowDifference& difference, const account::Account& a,
                                 const account::Account& b) {
  ordered_json json = {{"id", difference.id},
                       {"concept", difference.concept_name},
                       {"difference", kind_word(difference.kind)}};
  if (const auto* row = a.find(difference.id); row != nullptr) json["a"] = words_of(a, *row);
  if (const auto* row = b.find(difference.id); row != nullptr) json["b"] = words_of(b, *row);
  ordered_json fields = ordered_json::array();
  for (const auto& field : difference.fields)
    fields.push_back({{"field", field.field}, {"a", field.a}, {"b", field.b}});
  json["fields"] = std::move(fields);
  return json;
}

ordered_json explanations_json(const questions::AnswerDifference& answer) {
  ordered_json list = ordered_json::array();
  for (const auto& explanation : answer.explanations)
    list.push_back(
        {{"rows", explanation.rows}, {"with", explanation.with}, {"gives", worlds_json(explanation.after)}});
  return list;
}

}  // namespace

ordered_json worlds_json(const questions::Answer& answer) {
  ordered_json json = {{"in", answer.in_worlds()}, {"proved", answer.proved}};
  json.update(share_json(answer.share));
  return json;
}

ordered_json comparison_json(const questions::Comparison& comparison, const account::Account& a,
                             const account::Account& b) {
  ordered_json rows = ordered_json::array(), support = ordered_json::array();
  ordered_json answers = ordered_json::array();
  ordered_json other_tests = ordered_json::array();
  for (const auto& test : comparison.other_tests)
    other_tests.push_back({{"claim", test.claim}, {"a", test.a}, {"b", test.b}});
  for (const auto& row : comparison.rows) rows.push_back(row_difference_json(row, a, b));
  for (const auto& row : comparison.support) support.push_back(row_difference_json(row, a, b));
  for (const auto& answer : comparison.answers)
    answers.push_back(
        {{"id", answer.a.id.text()},
         {"proposition", answer.b.proposition.empty() ? answer.a.proposition : answer.b.proposition},
         {"difference", questions::parting_word(answer.parting)},
         {"a", worlds_json(answer.a)},
         {"b", worlds_json(answer.b)},
         {"explained_by", explanations_json(answer)},
         {"searched", answer.searched},
         {"smallest", answer.smallest},
         {"minimal", answer.minimal}});
  return {{"a", {{"account", comparison.a}, {"title", comparison.a_title}}},
          {"b", {{"account", comparison.b}, {"title", comparison.b_title}}},
          {"rows", std::move(rows)},
          {"support", std::move(support)},
          {"answers", std::move(answers)},
          {"same", comparison.same},
          {"only_a", texts(comparison.only_a)},
          {"only_b", texts(comparison.only_b)},
          {"other_tests", std::move(other_tests)},
          {"matter", comparison.matter},
          {"idle", comparison.idle},
          {"explained", comparison.explained},
          {"complete", comparison.complete}};
}

}  // namespace parley::report
