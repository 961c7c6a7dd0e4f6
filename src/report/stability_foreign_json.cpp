// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "report/stability_foreign.hpp"
#include "stability/evolution.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using stability::Answer;
using stability::Bits;
using stability::GraphGame;
using stability::Space;
using stability::State;

ordered_json numbers(const Space& space, const Bits& states) {
  ordered_json list = ordered_json::array();
  states.for_each([&](State s) { list.push_back(space.number(s)); });
  return list;
}

ordered_json names(const GraphGame& game, stability::Coalition group) {
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i)
    if ((group >> i & 1U) != 0) list.push_back(game.decision_makers[i]);
  return list;
}

ordered_json reached(const Space& space, const stability::Evolution& evolution) {
  ordered_json object = ordered_json::object();
  for (State s = 0; s < space.count(); ++s)
    if (evolution.moves(s) != stability::Evolution::kNever)
      object[std::to_string(space.number(s))] = evolution.moves(s);
  return object;
}

ordered_json inverse_json(const Space& space, const stability::InverseAnswer& answer) {
  ordered_json object = {{"conditions", ordered_json::array()}, {"complete", answer.complete}};
  for (const auto& condition : answer.conditions) {
    ordered_json list = ordered_json::array();
    for (const State s : condition) list.push_back(space.number(s));
    object["conditions"].push_back(std::move(list));
  }
  object["closest"] = answer.conditions.empty() ? ordered_json() : object["conditions"][answer.closest];
  object["places"] = answer.places;
  return object;
}

void add_findings(ordered_json& object, const GraphGame& game, const Space& space, const Answer& answer,
                  const StabilityFindings& findings) {
  if (findings.graph != nullptr && findings.status_quo && space.count() <= kListedStates) {
    const State start = *findings.status_quo;
    object["reached"] = {
        {"from", space.number(start)},
        {"by_moves", reached(space, stability::Evolution(*findings.graph, start))},
        {"by_improvements", reached(space, stability::Evolution(*findings.graph, start, &answer.ranks))}};
  }
  if (!findings.jumps.empty()) object["jumps"] = ordered_json::object();
  for (const auto& [concept_name, jumps] : findings.jumps) {
    ordered_json list = ordered_json::array();
    for (const stability::Jump& jump : jumps)
      list.push_back({{"from", space.number(jump.from)},
                      {"to", space.number(jump.to)},
                      {"coalition", names(game, jump.coalition)}});
    object["jumps"][concept_name] = std::move(list);
  }
  if (findings.perception && space.count() <= kListedStates)
    object["misperception"] = misperception_json(game, space, findings);
  if (!findings.wish) return;
  object["wish"] = space.number(*findings.wish);
  object["inverse"] = ordered_json::object();
  for (const auto& inverse : findings.inverse) {
    ordered_json by_dm = ordered_json::object();
    for (std::size_t i = 0; i < inverse.by_dm.size(); ++i)
      by_dm[game.decision_makers[i]] =
          inverse.by_dm[i] ? inverse_json(space, *inverse.by_dm[i]) : ordered_json();
    object["inverse"][inverse.name] = std::move(by_dm);
  }
  if (!findings.joint.empty()) object["inverse_joint"] = joint_inverse_json(game, space, findings);
}

void append_list(std::string& text, const Space& space, const Bits& states) {
  text += '[';
  bool first = true;
  states.for_each([&](State s) {
    fmt::format_to(std::back_inserter(text), "{}{}", first ? "" : ",", space.number(s));
    first = false;
  });
  text += ']';
}

std::string quoted(const std::string& name) {
  return ordered_json(name).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

ordered_json stability_json(const GraphGame& game, const Space& space, const Answer& answer,
                            const StabilityFindings& findings) {
  ordered_json object = ordered_json::object();
  object["states"] = space.count();
  object["decision_makers"] = game.decision_makers;
  object["concepts"] = ordered_json::array();
  for (const auto& verdict : answer.verdicts) object["concepts"].push_back(verdict.name);
  const bool listed = space.count() <= kListedStates;
  ordered_json stable = ordered_json::object(), counts = ordered_json::object();
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    const std::string& dm = game.decision_makers[i];
    stable[dm] = counts[dm] = ordered_json::object();
    for (const auto& verdict : answer.verdicts) {
      if (listed) stable[dm][verdict.name] = numbers(space, verdict.stable[i]);
      counts[dm][verdict.name] = verdict.stable[i].count();
    }
  }
  ordered_json equilibria = ordered_json::object(), equilibrium_counts = ordered_json::object();
  for (const auto& verdict : answer.verdicts) {
    if (listed) equilibria[verdict.name] = numbers(space, verdict.equilibria);
    equilibrium_counts[verdict.name] = verdict.equilibria.count();
  }
  if (listed) object["stable"] = std::move(stable);
  if (listed) object["equilibria"] = std::move(equilibria);
  object["stable_counts"] = std::move(counts);
  object["equilibrium_counts"] = std::move(equilibrium_counts);
  object["preferences_known"] = std::all_of(game.preferences.begin(), game.preferences.end(),
                                            [](const auto& p) { return p.complete(); });
  object["complete"] = answer.complete;
  object["unanswered"] = ordered_json::array();
  for (const auto& [name, why] : answer.unanswered)
    object["unanswered"].push_back({{"concept", name}, {"why", why}});
  add_findings(object, game, space, answer, findings);
  return object;
}

std::string stability_lists(const GraphGame& game, const Space& space, const Answer& answer) {
  std::string text = "  \"stable\": {";
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    text += (i == 0 ? "" : ",") + std::string("\n    ") + quoted(game.decision_makers[i]) + ": {";
    for (std::size_t c = 0; c < answer.verdicts.size(); ++c) {
      text += (c == 0 ? "" : ",") + std::string("\n      ") + quoted(answer.verdicts[c].name) + ": ";
      append_list(text, space, answer.verdicts[c].stable[i]);
    }
    text += "}";
  }
  text += "},\n  \"equilibria\": {";
  for (std::size_t c = 0; c < answer.verdicts.size(); ++c) {
    text += (c == 0 ? "" : ",") + std::string("\n    ") + quoted(answer.verdicts[c].name) + ": ";
    append_list(text, space, answer.verdicts[c].equilibria);
  }
  return text + "},\n";
}

}  // namespace parley::report
