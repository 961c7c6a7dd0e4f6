// SPDX-License-Identifier: MIT
// What lenses other than tables say before and after, and what `--then` may name besides conditions.
#include <algorithm>
#include <cmath>
#include <set>

#include "questions/explain_difference.hpp"
#include "questions/what_if_parts.hpp"

namespace parley::questions {
namespace {

double truth(const Answer& answer) {
  return answer.proved ? (answer.truth ? 1.0 : 0.0) : answer.share.value();
}

}  // namespace

void set_apart(Shift& shift) {
  shift.difference = truth(shift.after) - truth(shift.before);
  shift.low = shift.high = shift.difference;
  const auto &a = shift.before.share, &b = shift.after.share;
  if (shift.before.proved && shift.after.proved) return;
  // What is proved has no spread.
  const auto up = [](const Answer& answer) {
    return answer.proved ? 0.0 : answer.share.high() - answer.share.value();
  };
  const auto down = [](const Answer& answer) {
    return answer.proved ? 0.0 : answer.share.value() - answer.share.low();
  };
  if ((!shift.before.proved && a.of == 0) || (!shift.after.proved && b.of == 0)) return;
  shift.low = shift.difference - std::hypot(down(shift.after), up(shift.before));
  shift.high = shift.difference + std::hypot(up(shift.after), down(shift.before));
}

std::vector<Shift> shifts_between(const AnswerList& before, const AnswerList& after) {
  std::set<std::string> ids;
  for (const auto* list : {&before, &after})
    for (const Answer& answer : list->answers)
      if (before.asked(scope_of(answer.id)) && after.asked(scope_of(answer.id))) ids.insert(answer.id);
  std::vector<Shift> list;
  const auto there = [](const AnswerList& told, const std::string& id) {
    return std::any_of(told.answers.begin(), told.answers.end(), [&](const Answer& a) { return a.id == id; });
  };
  for (const auto& id : ids) {
    // Of a package that is acceptable in no world it cannot be asked whether it holds where it is.
    const bool conditional = id.find(".package:") != std::string::npos;
    if (conditional && (!there(before, id) || !there(after, id))) continue;
    Shift shift{answer_in(before, id, after), answer_in(after, id, before)};
    set_apart(shift);
    list.push_back(std::move(shift));
  }
  return list;
}

std::optional<Target> target_of(const framing::Situation& s, const std::string& words) {
  if (const account::Row* row = s.account.find(words); row != nullptr && row->concept_name == "claims") {
    const std::string scope = "claim:" + words;
    return Target{words, scope, "", [scope](const std::string& id) { return scope_of(id) == scope; }};
  }
  if (words == "the present holds")
    return Target{words, "", "", [](const std::string& id) {
                    return id.starts_with("stability:") && id.find(".now:") != std::string::npos;
                  }};
  if (const auto on = words.find(" on "); on != std::string::npos) {
    const std::string cause = words.substr(0, on), effect = words.substr(on + 4);
    if (s.variable(cause) >= 0 && s.variable(effect) >= 0)
      return Target{words, "consistency", effect,
                    [end = ":" + cause + " > " + effect](const std::string& id) {
                      return id.starts_with("consistency.") && id.ends_with(end);
                    }};
  }
  for (const char* prefix : {"stability:", "consistency.", "findings.", "claim:"})
    if (words.starts_with(prefix)) {
      // A scope by itself ends in the id of a row, which may hold a dot.
      const bool whole = s.account.find(words.substr(words.find(':') + 1)) != nullptr;
      return Target{words, whole ? words : scope_of(words), "",
                    [words](const std::string& id) { return id == words || scope_of(id) == words; }};
    }
  return std::nullopt;
}

}  // namespace parley::questions
