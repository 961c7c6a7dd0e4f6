// SPDX-License-Identifier: MIT
// What lenses other than tables say before and after, and what `--then` may name besides conditions.
#include <algorithm>
#include <cmath>
#include <set>

#include "questions/explain_difference.hpp"
#include "questions/flips.hpp"
#include "questions/what_if_parts.hpp"

namespace parley::questions {

void set_apart(Shift& shift) {
  shift.difference = truth_of(shift.after) - truth_of(shift.before);
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
  std::set<AnswerId> ids;
  for (const auto* list : {&before, &after})
    for (const Answer& answer : list->answers)
      if (before.gives(answer.id) && after.gives(answer.id)) ids.insert(answer.id);
  std::vector<Shift> list;
  const auto there = [](const AnswerList& told, const AnswerId& id) {
    return std::any_of(told.answers.begin(), told.answers.end(), [&](const Answer& a) { return a.id == id; });
  };
  for (const auto& id : ids) {
    // Of a package that is acceptable in no world it cannot be asked whether it holds where it is.
    if (about_package(id) && (!there(before, id) || !there(after, id))) continue;
    Shift shift{answer_in(before, id, after), answer_in(after, id, before)};
    set_apart(shift);
    list.push_back(std::move(shift));
  }
  return list;
}

namespace {

/// "sanctions on unrest": the sign of the one on the other.
std::optional<Target> sign_target(const framing::Situation& s, const std::string& words) {
  const auto on = words.find(" on ");
  if (on == std::string::npos) return std::nullopt;
  const std::string cause = words.substr(0, on), effect = words.substr(on + 4);
  if (s.variable(cause) < 0 || s.variable(effect) < 0) return std::nullopt;
  return Target{words, false, effect, "",
                [about = std::vector<std::string>{cause, effect}](const AnswerId& id) {
                  return id.scope.lens == Lens::consistency && id.about == about && id.question != "never";
                }};
}

}  // namespace

std::optional<Target> target_of(const framing::Situation& s, const std::string& words) {
  if (const account::Row* row = s.account.find(words); row != nullptr && row->concept_name == "claims")
    return Target{words, true, "", "",
                  [scope = claim_scope(words)](const AnswerId& id) { return id.scope == scope; }};
  if (words == "the present holds")
    return Target{words, false, "", "", [](const AnswerId& id) { return id.is(Lens::stability, "now"); }};
  if (auto sign = sign_target(s, words)) return sign;
  // A named condition may be called like an answer; it is asked about as what it is.
  if (s.account.find(words) != nullptr) return std::nullopt;
  auto id = AnswerId::parse(words);
  auto scope = AnswerScope::parse(words);
  const bool named_scope = scope && (scope->lens != Lens::deals);
  if (!id && !named_scope) return std::nullopt;
  // The line that is asked at is named by no word.
  for (std::string* binding : {id ? &id->scope.binding : nullptr, scope ? &scope->binding : nullptr})
    if (binding != nullptr && *binding == s.options.binding) binding->clear();
  const bool sign =
      id && id->scope.lens == Lens::consistency && id->about.size() == 2 && id->question != "never";
  const std::string end = sign ? id->about[1].substr(0, id->about[1].find(" is ")) : "";
  return Target{words, scope && scope->lens == Lens::claims, end, id ? id->scope.binding : "",
                [id, scope](const AnswerId& answer) {
                  return (id && answer == *id) || (scope && answer.scope == *scope);
                }};
}

}  // namespace parley::questions
