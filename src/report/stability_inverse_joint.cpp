// SPDX-License-Identifier: MIT
// Inverse analysis of everybody at once (a foreign format): which preferences together make a state hold.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/stability_foreign.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using stability::Demand;
using stability::GraphGame;
using stability::JointInverse;
using stability::Space;
using stability::State;

constexpr std::size_t kListedJointConditions = 4;

/// Best first, ties in one list.
ordered_json ranking_json(const Space& space, const std::vector<stability::Rank>& ranks) {
  ordered_json list = ordered_json::array();
  if (!ranks.empty())
    list =
        std::vector<ordered_json>(*std::max_element(ranks.begin(), ranks.end()) + 1U, ordered_json::array());
  for (State s = 0; s < ranks.size(); ++s) list[ranks[s]].push_back(space.number(s));
  return list;
}

std::string words(const GraphGame& game, const Space& space, const Demand& demand) {
  const std::string who = inert_name(game.decision_makers[demand.dm]);
  return demand.prefers
             ? fmt::format("{} prefers {} to {}", who, space.number(demand.to), space.number(demand.from))
             : fmt::format("{} does not prefer {}", who, space.number(demand.to));
}

}  // namespace

ordered_json joint_inverse_json(const GraphGame& game, const Space& space,
                                const StabilityFindings& findings) {
  ordered_json object = ordered_json::object();
  for (const auto& [name, answer] : findings.joint) {
    if (!answer) {
      object[name] = nullptr;
      continue;
    }
    ordered_json one = {{"conditions", ordered_json::array()}, {"complete", answer->complete}};
    for (const auto& condition : answer->conditions) {
      ordered_json list = ordered_json::array();
      for (const Demand& d : condition)
        list.push_back({{"dm", game.decision_makers[d.dm]},
                        {"prefers", d.prefers},
                        {"state", space.number(d.to)},
                        {"to", space.number(d.from)}});
      one["conditions"].push_back(std::move(list));
    }
    one["closest"] = nullptr;
    one["distance"] = nullptr;
    if (answer->closest) {
      one["distance"] = answer->distance;
      one["closest"] = ordered_json::object();
      for (std::size_t i = 0; i < answer->closest->size(); ++i)
        one["closest"][game.decision_makers[i]] = ranking_json(space, (*answer->closest)[i]);
    }
    object[name] = std::move(one);
  }
  return object;
}

std::string joint_inverse_text(const GraphGame& game, const Space& space, const StabilityFindings& findings) {
  std::string text;
  for (const auto& [name, answer] : findings.joint) {
    if (!answer) {
      text +=
          bullet(fmt::format("{}, for everybody at once: not worked out (more than {} things may be asked "
                             "of preferences, or stopped).",
                             name, stability::kMostDemands));
      continue;
    }
    if (answer->closest && answer->distance == 0) {
      text += bullet(fmt::format("{}: it holds for everybody as things are.", name));
      continue;
    }
    std::vector<std::string> sets;
    for (std::size_t c = 0; c < answer->conditions.size() && c < kListedJointConditions; ++c) {
      std::vector<std::string> demands;
      for (const Demand& d : answer->conditions[c]) demands.push_back(words(game, space, d));
      sets.push_back(listed(demands));
    }
    if (answer->conditions.empty()) {
      text += bullet(fmt::format("{}, for everybody at once: no preferences {}.", name,
                                 answer->complete ? "would do" : "were found before the limit"));
      continue;
    }
    text += bullet(fmt::format(
        "{}, for everybody at once: as far as {} goes it is enough that {}{}.{}", name,
        space.number(*findings.wish), fmt::join(sets, "; or that "),
        answer->conditions.size() > kListedJointConditions
            ? fmt::format("; or {} other sets", answer->conditions.size() - kListedJointConditions)
            : "",
        answer->closest
            ? fmt::format(
                  " The closest to what they prefer now changes {} (a tie counts one, a reversal two).",
                  answer->distance)
            : " None was found near what they prefer now."));
  }
  return text;
}

}  // namespace parley::report
