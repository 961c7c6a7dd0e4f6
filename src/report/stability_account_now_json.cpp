// SPDX-License-Identifier: MIT
// A game of an account as JSON: the present and who would leave it, against the zone, each side's own view.
#include <algorithm>

#include "expression/to_double.hpp"
#include "report/results_parts.hpp"
#include "report/stability_account_writer.hpp"

namespace parley::report {

using expression::to_double;
using nlohmann::ordered_json;

ordered_json GameWriter::now() const {
  ordered_json json = ordered_json::object();
  std::vector<int> states;
  for (const auto& settlement : game_.settlements)
    if (settlement.now >= 0 && std::find(states.begin(), states.end(), settlement.now) == states.end())
      states.push_back(settlement.now);
  json["worlds"] = a_.present.worlds;
  json["states"] = ordered_json::array();
  for (const int s : states) {
    const auto at = static_cast<std::size_t>(s);
    ordered_json one = {{"state", game_.graph.states[at].number}, {"levels", levels(at)}};
    ordered_json proved = ordered_json::object();
    for (std::size_t c = 0; c < stability::kConcepts; ++c)
      if (!a_.concepts[c].proved.empty())
        proved[questions::game_concept(c)] = proved_json(a_.concepts[c].proved[at]);
    one["proved"] = std::move(proved);
    json["states"].push_back(std::move(one));
  }
  const int of = a_.present.worlds;
  if (of == 0) return json;
  const questions::Present& p = a_.present;
  const auto note = [&](const char* key, const char* name, ordered_json open) {
    if (!open.empty()) json[key][name] = std::move(open);
  };
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
    if (!a_.concepts[c].answered) continue;
    const char* name = questions::game_concept(c);
    json["equilibrium"][name] = between(p.equilibrium[c], p.equilibrium_at_most[c], of);
    for (std::size_t i = 0; i < game_.players.size(); ++i)
      json["stable"][game_.players[i].id][name] =
          between(p.stable[c][i], p.stable_at_most[c][i], of)["share"];
    note("stable_bounds", name, bounds(game_.decision_makers, p.stable[c], p.stable_at_most[c], of));
    if (c >= stability::kConcepts) continue;
    json["left_by"][name] = per_mover(p.leaves[c], p.leaves_at_most[c], of);
    note("left_by_bounds", name, bounds(game_.mover_names, p.leaves[c], p.leaves_at_most[c], of));
  }
  json["could_gain"] = per_mover(p.tempted, p.tempted_at_most, of);
  if (ordered_json open = bounds(game_.mover_names, p.tempted, p.tempted_at_most, of); !open.empty())
    json["could_gain_bounds"] = std::move(open);
  json["moves"] = ordered_json::array();
  for (const auto& leaving : a_.present.leavings) {
    ordered_json changes = ordered_json::object();
    for (const auto& [k, level] : leaving.changes)
      changes[game_.focus[static_cast<std::size_t>(k)].id] =
          words_[static_cast<std::size_t>(k)][static_cast<std::size_t>(level)];
    json["moves"].push_back({{"mover", game_.mover_names[leaving.mover]},
                             {"changes", std::move(changes)},
                             {"share", share_json({leaving.worlds, of})["share"]}});
  }
  return json;
}

ordered_json GameWriter::against() const {
  const auto& against = a_.against;
  if (!against.compared) return {{"compared", false}, {"why", against.why_not}};
  ordered_json json = {{"compared", true}, {"worlds", against.worlds}};
  json["zone"] = between(against.zone, against.zone, against.worlds);
  json["zone_and_none_holds"] = between(against.all_left, against.all_left_at_most, against.zone);
  json["none_holds_because_of"] =
      of_those(against.by, against.by_at_most, against.all_left, against.all_left_at_most);
  json["zone_and_now_holds"] = between(against.now_holds, against.now_holds_at_most, against.zone);
  json["packages"] = ordered_json::object();
  for (const auto& package : against.packages) {
    ordered_json one = {{"in_zone", share_json({package.in_zone, against.worlds})["share"]}};
    one["left"] = between(package.left, package.left_at_most, package.in_zone);
    one["left_by"] = of_those(package.by, package.by_at_most, package.left, package.left_at_most);
    json["packages"][package.id] = std::move(one);
  }
  return json;
}

/// Each acting on its own view; `null` where no row gives anybody a view of its own.
ordered_json GameWriter::misperception() const {
  const questions::PerceptionCount& p = a_.perception;
  if (p.open) return {{"worlds", 0}, {"open", silent()}};
  if (!p.answered || p.worlds == 0) return nullptr;
  ordered_json json = {{"worlds", p.worlds}, {"views", ordered_json::object()}};
  for (std::size_t i = 0; i < p.views.size(); ++i) {
    ordered_json& own = json["views"][p.views[i].dm];
    own = {{"apart", share_json({p.apart[i], p.worlds})["share"]}, {"rows", ordered_json::array()}};
    for (const auto& reason : p.views[i].reasons)
      own["rows"].push_back(
          {{"row", reason.row},
           {"about", reason.about},
           {"believes", {to_double(reason.believes.first), to_double(reason.believes.second)}},
           {"is", {to_double(reason.is.first), to_double(reason.is.second)}}});
    own["unread"] = ordered_json::array();
    for (const auto& [row, why] : p.views[i].unread) own["unread"].push_back({{"row", row}, {"why", why}});
  }
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    const auto& of = p.of[c];
    if (!of.answered) continue;
    ordered_json one = {{"states", ordered_json::array()}};
    for (const std::size_t s : most(of.holds, of.holds)) {
      ordered_json state = {{"state", game_.graph.states[s].number}, {"levels", levels(s)}};
      state["holds"] = share_json({of.holds[s], p.worlds})["share"];
      state["informed"] = share_json({of.informed[s], p.worlds})["share"];
      for (std::size_t i = 0; i < p.views.size(); ++i) {
        state["looks"][p.views[i].dm] = share_json({of.looks[i][s], p.worlds})["share"];
        state["surprises"][p.views[i].dm] = share_json({of.surprising[i][s], p.worlds})["share"];
      }
      one["states"].push_back(std::move(state));
    }
    if (p.now_worlds > 0) {
      ordered_json now = {{"holds", between(of.now_holds, of.now_holds, p.now_worlds)},
                          {"informed", between(of.now_informed, of.now_informed, p.now_worlds)}};
      for (std::size_t i = 0; i < p.views.size(); ++i) {
        now["looks"][p.views[i].dm] = share_json({of.now_looks[i], p.now_worlds})["share"];
        now["surprises"][p.views[i].dm] = share_json({of.now_surprising[i], p.now_worlds})["share"];
      }
      now["left_by"] = per_mover(of.now_leaves, p.now_worlds);
      now["would_be_left_by"] = per_mover(of.now_should, p.now_worlds);
      now["rash"] = per_mover(of.now_rash, p.now_worlds);
      now["held_back"] = per_mover(of.now_held_back, p.now_worlds);
      one["now"] = std::move(now);
    }
    json["concepts"][questions::game_concept(c)] = std::move(one);
  }
  return json;
}

}  // namespace parley::report
