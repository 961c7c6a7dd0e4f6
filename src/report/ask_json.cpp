// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "report/ask.hpp"
#include "report/results_parts.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::ClaimResult;
using questions::ThenAnswer;

ordered_json result_json(const ClaimResult& result) {
  ordered_json json = {{"verdict", questions::verdict_word(result.verdict)}, {"proved", result.proved}};
  if (result.share)
    json.update(share_json(*result.share));
  else
    json.update({{"share", nullptr}, {"low", nullptr}, {"high", nullptr}});
  json["why"] = result.why;
  return json;
}

ordered_json verdicts(const std::map<std::string, ClaimResult>& results) {
  ordered_json json = ordered_json::object();
  json["base"] = questions::verdict_word(results.at("base").verdict);
  for (const auto& [id, result] : results) json[id] = questions::verdict_word(result.verdict);
  return json;
}

ordered_json claim_json(const questions::ClaimAnswer& claim) {
  ordered_json json = {{"verdict", questions::verdict_word(claim.verdict)}};
  ordered_json base = result_json(claim.base);
  for (const char* key : {"share", "low", "high", "proved", "why"}) json[key] = base[key];
  json["of"] = base.contains("of") ? base["of"] : ordered_json();
  json["about_ends"] = claim.about_ends;
  json["premises"] = claim.premises;
  json["guards"] = claim.guards;
  json["flips"] = claim.flips;
  json["flips_at_end"] = claim.flips_at_end.empty() ? ordered_json() : ordered_json(claim.flips_at_end);
  json["by_alternative"] = verdicts(claim.by_alternative);
  ordered_json untestable = ordered_json::object();
  for (const auto& [id, result] : claim.by_alternative)
    if (result.verdict == questions::ClaimVerdict::not_testable && claim.base.verdict != result.verdict)
      untestable[id] = result.why;
  if (!untestable.empty()) json["not_testable_under"] = std::move(untestable);
  ordered_json by_account = ordered_json::object();
  for (const auto& [id, verdict] : claim.by_account) by_account[id] = questions::verdict_word(verdict);
  json["by_account"] = std::move(by_account);
  if (!claim.test_in.empty()) json["test_in"] = claim.test_in;
  json["by"] = claim.by;
  json["quote"] = claim.quote;
  json["test"] = claim.test;
  json["with_own_rows"] = questions::verdict_word(claim.base.verdict);
  json["without_own_rows"] = questions::verdict_word(claim.without);
  json["own_rows"] = claim.own_rows;
  json["defaults"] = claim.defaults;
  ordered_json settled = ordered_json::array();
  for (const auto& [row, verdict] : claim.settled_without)
    settled.push_back({{"row", row}, {"verdict", questions::verdict_word(verdict)}});
  json["settled_without"] = std::move(settled);
  json["not_tested"] = claim.not_tested;
  json["placebo"] = claim.placebo;
  ordered_json tests = ordered_json::object();
  for (const auto& [id, verdict] : claim.self_tests) tests[id] = questions::verdict_word(verdict);
  json["self_tests"] = std::move(tests);
  json["rests_on"] = claim.rests_on;
  json["inherited_from"] = claim.inherited_from;
  json["alone"] = questions::verdict_word(claim.alone);
  return json;
}

std::string word(ThenAnswer::State state) {
  switch (state) {
    case ThenAnswer::State::holds:
      return "holds";
    case ThenAnswer::State::excluded:
      return "excluded";
    case ThenAnswer::State::not_now:
      return "not_now";
    case ThenAnswer::State::open:
      break;
  }
  return "open";
}

ordered_json then_json(const ThenAnswer& then) {
  ordered_json levels = ordered_json::object();
  for (const auto& [id, both] : then.levels) levels[id] = {{"before", both.first}, {"after", both.second}};
  return {{"condition", then.condition},
          {"before", word(then.before)},
          {"after", word(then.after)},
          {"levels", levels},
          {"way", then.way},
          {"defaults", then.defaults}};
}

ordered_json side_json(const questions::Answer& answer) {
  ordered_json json = {{"in_worlds", answer.in_worlds()}, {"proved", answer.proved}};
  json.update(share_json(answer.share));
  return json;
}

ordered_json shift_json(const questions::Shift& shift) {
  return {{"id", shift.before.id.text()},
          {"proposition", shift.before.proposition},
          {"before", side_json(shift.before)},
          {"after", side_json(shift.after)},
          {"difference", rounded(shift.difference)},
          {"low", rounded(shift.low)},
          {"high", rounded(shift.high)},
          {"paired", shift.paired},
          {"changed", shift.changed()}};
}

}  // namespace

ordered_json claims_json(const std::vector<questions::ClaimAnswer>& claims) {
  ordered_json json = ordered_json::object();
  for (const auto& claim : claims) json[claim.id] = claim_json(claim);
  return json;
}

ordered_json what_if_json(const std::vector<questions::WhatIf>& answers) {
  ordered_json list = ordered_json::array();
  for (const auto& answer : answers) {
    ordered_json columns = ordered_json::object();
    for (const auto& column : answer.columns) {
      ordered_json then = ordered_json::array(), shifts = ordered_json::array();
      for (const auto& each : column.then) then.push_back(then_json(each));
      for (const auto& each : column.shifts) shifts.push_back(shift_json(each));
      ordered_json named = ordered_json::array();
      for (const auto& each : column.then_answers) {
        ordered_json said = ordered_json::array();
        for (const auto& shift : each.shifts) said.push_back(shift_json(shift));
        named.push_back({{"asked", each.asked}, {"answers", said}, {"why", each.why}});
      }
      columns[column.alternative] = {{"then", then}, {"then_answers", named}, {"answers", shifts}};
    }
    list.push_back({{"if", answer.sets},
                    {"reading", answer.reading},
                    {"account", answer.account},
                    {"by_alternative", columns}});
  }
  return list;
}

}  // namespace parley::report
