// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"
#include "report/sensitivity.hpp"
#include "report/words.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::Factor;
using questions::Sensitivity;

const char* kind_word(Factor::Kind kind) {
  switch (kind) {
    case Factor::Kind::range:
      return "range";
    case Factor::Kind::backing:
      return "backing";
    case Factor::Kind::choice:
      return "choice";
  }
  return "range";
}

ordered_json estimate_json(const worlds::Estimate& estimate) {
  return {
      {"value", rounded(estimate.value)}, {"low", rounded(estimate.low)}, {"high", rounded(estimate.high)}};
}

ordered_json factor_json(const Sensitivity& s, const questions::Swing& swing) {
  const Factor& factor = s.factors[static_cast<std::size_t>(swing.factor)];
  ordered_json json = {{"id", factor.id},       {"kind", kind_word(factor.kind)},  {"is", factor.words},
                       {"owner", factor.owner}, {"would_know", factor.would_know}, {"rows", factor.rows}};
  if (factor.kind == Factor::Kind::range) {
    json["range"] = {questions::value_words(factor, factor.low), questions::value_words(factor, factor.high)};
    json["at_low"] = worlds_json(swing.low);
    json["at_high"] = worlds_json(swing.high);
  } else {
    json["flipped"] = worlds_json(swing.low);
  }
  json["swing"] = rounded(swing.size);
  for (std::size_t i = 0; i < s.effects.size(); ++i)
    if (s.screened[i] == swing.factor)
      json["morris"] = {{"mean", rounded(s.effects[i].mean)},
                        {"absolute", rounded(s.effects[i].absolute)},
                        {"spread", rounded(s.effects[i].spread)}};
  for (std::size_t i = 0; i < s.indices.first.size(); ++i)
    if (s.moved[i] == swing.factor) {
      json["first"] = estimate_json(s.indices.first[i]);
      json["total"] = estimate_json(s.indices.total[i]);
    }
  return json;
}

ordered_json flips_json(const Sensitivity& s, const questions::FlipSearch& search) {
  const auto list = [&](const std::vector<questions::Flip>& flips) {
    ordered_json all = ordered_json::array();
    for (const auto& flip : flips) {
      ordered_json ids = ordered_json::array(), words = ordered_json::array();
      for (const int m : flip.moves) {
        ids.push_back(s.moves[static_cast<std::size_t>(m)].id);
        words.push_back(s.moves[static_cast<std::size_t>(m)].words);
      }
      all.push_back({{"ids", ids}, {"moves", words}, {"gives", worlds_json(flip.after)}});
    }
    return all;
  };
  return {{"loosened", list(search.loosened)},
          {"reversed", list(search.reversed)},
          {"tried_up_to", search.tried_up_to}};
}

ordered_json rests_json(const questions::Rests& rests) {
  const double all = rests.by_evidence + rests.by_assumption + rests.by_both;
  ordered_json json = {{"evidence", {{"rows", rests.evidence}, {"moves", rounded(rests.by_evidence)}}},
                       {"both", {{"rows", rests.both}, {"moves", rounded(rests.by_both)}}},
                       {"assumption", {{"rows", rests.assumption}, {"moves", rounded(rests.by_assumption)}}}};
  json["share_on_assumption"] = all > 0 ? ordered_json(rounded(rests.by_assumption / all)) : ordered_json();
  json["share_on_assumption_or_both"] =
      all > 0 ? ordered_json(rounded((rests.by_assumption + rests.by_both) / all)) : ordered_json();
  return json;
}

}  // namespace

ordered_json sensitivity_json(const Sensitivity& s, const account::Account& account) {
  ordered_json answer = {{"id", s.answer.id.text()}, {"proposition", s.answer.proposition}};
  answer.update(worlds_json(s.answer));
  ordered_json factors = ordered_json::array(), groups = ordered_json::array(), next = ordered_json::array();
  for (const auto& swing : s.swings) factors.push_back(factor_json(s, swing));
  for (const auto& group : s.groups) {
    ordered_json ids = ordered_json::array();
    for (const int member : group.factors)
      ids.push_back(s.factors[static_cast<std::size_t>(s.moved[static_cast<std::size_t>(member)])].id);
    groups.push_back({{"factors", ids},
                      {"row", group.row},
                      {"first", estimate_json(group.first)},
                      {"total", estimate_json(group.total)},
                      {"together", rounded(group.together)},
                      {"opposed", rounded(group.opposed)}});
  }
  for (const auto& each : s.next)
    next.push_back({{"input", each.words},
                    {"ask", each.ask},
                    {"factor", each.factor},
                    {"narrows", rounded(each.narrows)}});
  return {{"account", account.name},
          {"answer", answer},
          {"factors", factors},
          {"idle", s.idle},
          {"mean", rounded(s.indices.mean)},
          {"variance", rounded(s.indices.variance)},
          {"groups", groups},
          {"flips", {{"assumptions", flips_json(s, s.by_assumptions)}, {"rows", flips_json(s, s.by_rows)}}},
          {"rests_on", rests_json(s.rests)},
          {"next", next},
          {"held", s.left_out},
          {"samples", s.samples},
          {"evaluations", s.evaluations},
          {"worlds", s.worlds},
          {"complete", s.complete}};
}

ordered_json answer_list_json(const questions::AnswerList& list) {
  ordered_json answers = ordered_json::array();
  for (const auto& answer : list.answers) {
    ordered_json one = {{"id", answer.id.text()}, {"proposition", answer.proposition}};
    one.update(worlds_json(answer));
    answers.push_back(std::move(one));
  }
  return {{"answers", answers}};
}

}  // namespace parley::report
