// SPDX-License-Identifier: MIT
// Each side's own view of one conflict (a foreign format): what looks stable to whom, and what holds.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/stability_foreign.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using stability::Bits;
using stability::Concept;
using stability::GraphGame;
using stability::Space;
using stability::State;

constexpr std::size_t kListedViews = 12;  // states of one list in a text
constexpr std::pair<const char*, Concept> kNames[] = {{"nash", Concept::nash},
                                                      {"gmr", Concept::gmr},
                                                      {"smr", Concept::smr},
                                                      {"seq", Concept::seq},
                                                      {"ssym", Concept::ssym}};

ordered_json state_numbers(const Space& space, const Bits& states) {
  ordered_json list = ordered_json::array();
  states.for_each([&](State s) { list.push_back(space.number(s)); });
  return list;
}

std::string listed_states(const Space& space, const Bits& states) {
  std::vector<std::string> list;
  states.for_each([&](State s) {
    if (list.size() < kListedViews) list.push_back(std::to_string(space.number(s)));
  });
  if (list.empty()) return "none";
  return fmt::format("{}{}", fmt::join(list, " "), states.count() > kListedViews ? " .." : "");
}

}  // namespace

ordered_json misperception_json(const GraphGame& game, const Space& space,
                                const StabilityFindings& findings) {
  const stability::Perception& p = *findings.perception;
  ordered_json object = {{"perceives", ordered_json::object()}, {"concepts", ordered_json::object()}};
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i)
    object["perceives"][game.decision_makers[i]] = findings.perceived[i];
  for (const auto& [name, named] : kNames) {
    const auto c = static_cast<std::size_t>(named);
    ordered_json one = {{"holds", state_numbers(space, p.holds[c])},
                        {"informed", state_numbers(space, p.informed[c])}};
    for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
      const std::string& dm = game.decision_makers[i];
      one["looks"][dm] = state_numbers(space, p.looks[c][i]);
      one["surprises"][dm] = state_numbers(space, p.surprises(named, i));
      one["rash"][dm] = state_numbers(space, p.rash(named, i));
      one["held_back"][dm] = state_numbers(space, p.held_back(named, i));
    }
    object["concepts"][name] = std::move(one);
  }
  return object;
}

std::string misperception_text(const GraphGame& game, const Space& space, const StabilityFindings& findings) {
  const stability::Perception& p = *findings.perception;
  std::string text = "## What each side takes to hold, and what does\n\n";
  std::vector<std::string> head{"against credible replies (seq)", "states"};
  std::vector<std::vector<std::string>> rows;
  const auto c = static_cast<std::size_t>(Concept::seq);
  const auto who = [&](std::size_t i) { return inert_name(game.decision_makers[i]); };
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i)
    rows.push_back({fmt::format("{} takes to hold", who(i)), listed_states(space, p.looks[c][i])});
  rows.push_back({"holds, each acting on its own view", listed_states(space, p.holds[c])});
  rows.push_back({"would hold, if everybody knew the truth", listed_states(space, p.informed[c])});
  text += table(head, rows) + "\n";
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    const Bits surprises = p.surprises(Concept::seq, i), rash = p.rash(Concept::seq, i),
               held = p.held_back(Concept::seq, i);
    if (findings.perceived[i] < space.count())
      text +=
          bullet(fmt::format("{} perceives {} of {} states.", who(i), findings.perceived[i], space.count()));
    if (surprises.any())
      text += bullet(fmt::format("A surprise for {}: {} would be left by somebody who sees it otherwise.",
                                 who(i), listed_states(space, surprises)));
    if (rash.any())
      text += bullet(fmt::format("{} leaves {}, and would not if everybody knew the truth.", who(i),
                                 listed_states(space, rash)));
    if (held.any())
      text += bullet(fmt::format("{} stays in {}, and would leave if everybody knew the truth.", who(i),
                                 listed_states(space, held)));
  }
  return text + "\n";
}

}  // namespace parley::report
