// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "account/naming.hpp"
#include "expression/to_double.hpp"
#include "report/results_parts.hpp"
#include "report/stability_account.hpp"

namespace parley::report {
namespace {

using expression::to_double;
using nlohmann::ordered_json;
using questions::GameAnswer;

ordered_json proved_json(int proved) {
  if (proved == 0) return nullptr;
  return proved > 0 ? "all" : "none";
}

ordered_json count_json(int yes, int of) { return share_json({yes, of}); }

ordered_json levels_json(const framing::AccountGame& game, std::size_t state,
                         const std::vector<std::vector<std::string>>& words) {
  ordered_json levels = ordered_json::object();
  for (std::size_t k = 0; k < game.focus.size(); ++k)
    levels[game.focus[k].id] = words[k][static_cast<std::size_t>(game.graph.states[state].levels[k])];
  return levels;
}

class Writer {
 public:
  Writer(const GameAnswer& answer, const std::vector<std::vector<std::string>>& words, std::size_t listed)
      : a_(answer), game_(answer.game), words_(words), listed_(listed) {}

  ordered_json game() const;

 private:
  ordered_json focus() const;
  ordered_json equilibria() const;
  ordered_json stable() const;
  ordered_json now() const;
  ordered_json against() const;
  ordered_json misperception() const;
  ordered_json per_mover(const std::vector<int>& counts, int of) const;
  std::vector<std::size_t> most(const std::vector<int>& counts) const;
  [[nodiscard]] std::vector<bool> worth_listing() const;

  const GameAnswer& a_;
  const framing::AccountGame& game_;
  const std::vector<std::vector<std::string>>& words_;
  std::size_t listed_;
};

ordered_json Writer::focus() const {
  ordered_json list = ordered_json::array();
  for (std::size_t k = 0; k < game_.focus.size(); ++k) {
    const auto& issue = game_.focus[k];
    list.push_back({{"issue", issue.id},
                    {"levels", words_[k]},
                    {"movers", issue.movers},
                    {"why", issue.why},
                    {"rows", issue.rows}});
  }
  return list;
}

/// States with the largest counts, none without any, the first of equals first.
std::vector<std::size_t> Writer::most(const std::vector<int>& counts) const {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < counts.size(); ++s)
    if (counts[s] > 0) order.push_back(s);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return counts[x] > counts[y]; });
  if (order.size() > listed_) order.resize(listed_);
  return order;
}

/// What is frequent under one concept is listed under all.
std::vector<bool> Writer::worth_listing() const {
  std::vector<bool> listed(game_.graph.states.size(), false);
  for (const auto& count : a_.concepts)
    if (count.answered)
      for (const std::size_t s : most(count.equilibrium)) listed[s] = true;
  return listed;
}

ordered_json Writer::equilibria() const {
  ordered_json json = ordered_json::object();
  const auto worth = worth_listing();
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
    const auto& count = a_.concepts[c];
    if (!count.answered) continue;
    ordered_json list = ordered_json::array();
    std::vector<std::size_t> states;
    for (std::size_t s = 0; s < worth.size(); ++s)
      if (worth[s] && count.equilibrium[s] > 0) states.push_back(s);
    std::stable_sort(states.begin(), states.end(), [&](std::size_t x, std::size_t y) {
      return count.equilibrium[x] > count.equilibrium[y];
    });
    for (const std::size_t s : states) {
      ordered_json one = {{"state", game_.graph.states[s].number}, {"levels", levels_json(game_, s, words_)}};
      one.update(count_json(count.equilibrium[s], a_.worlds));
      one["proved"] = count.proved.empty() ? ordered_json(nullptr) : proved_json(count.proved[s]);
      one["reached"] = static_cast<bool>(a_.reached[s]);
      list.push_back(std::move(one));
    }
    json[questions::game_concept(c)] = std::move(list);
  }
  return json;
}

ordered_json Writer::stable() const {
  ordered_json json = ordered_json::object();
  for (std::size_t p = 0; p < game_.players.size(); ++p) {
    ordered_json& own = json[game_.players[p].id] = ordered_json::object();
    for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
      const auto& count = a_.concepts[c];
      if (!count.answered) continue;
      ordered_json list = ordered_json::array();
      for (const std::size_t s : most(count.stable[p]))
        list.push_back({{"state", game_.graph.states[s].number},
                        {"share", share_json({count.stable[p][s], a_.worlds})["share"]},
                        {"proved", count.proved_for.empty() ? ordered_json(nullptr)
                                                            : proved_json(count.proved_for[p][s])}});
      own[questions::game_concept(c)] = std::move(list);
    }
  }
  return json;
}

ordered_json Writer::per_mover(const std::vector<int>& counts, int of) const {
  ordered_json json = ordered_json::object();
  for (std::size_t k = 0; k < counts.size(); ++k)
    json[game_.mover_names[k]] = share_json({counts[k], of})["share"];
  return json;
}

ordered_json Writer::now() const {
  ordered_json json = ordered_json::object();
  std::vector<int> states;
  for (const auto& settlement : game_.settlements)
    if (settlement.now >= 0 && std::find(states.begin(), states.end(), settlement.now) == states.end())
      states.push_back(settlement.now);
  json["worlds"] = a_.present.worlds;
  json["states"] = ordered_json::array();
  for (const int s : states) {
    const auto at = static_cast<std::size_t>(s);
    ordered_json one = {{"state", game_.graph.states[at].number}, {"levels", levels_json(game_, at, words_)}};
    ordered_json proved = ordered_json::object();
    for (std::size_t c = 0; c < stability::kConcepts; ++c)
      if (!a_.concepts[c].proved.empty())
        proved[questions::game_concept(c)] = proved_json(a_.concepts[c].proved[at]);
    one["proved"] = std::move(proved);
    json["states"].push_back(std::move(one));
  }
  const int of = a_.present.worlds;
  if (of == 0) return json;
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
    if (!a_.concepts[c].answered) continue;
    const char* name = questions::game_concept(c);
    json["equilibrium"][name] = count_json(a_.present.equilibrium[c], of);
    for (std::size_t p = 0; p < game_.players.size(); ++p)
      json["stable"][game_.players[p].id][name] = share_json({a_.present.stable[c][p], of})["share"];
    if (c < stability::kConcepts) json["left_by"][name] = per_mover(a_.present.leaves[c], of);
  }
  json["could_gain"] = per_mover(a_.present.tempted, of);
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

ordered_json Writer::against() const {
  const auto& against = a_.against;
  if (!against.compared) return {{"compared", false}, {"why", against.why_not}};
  ordered_json json = {{"compared", true}, {"worlds", against.worlds}};
  json["zone"] = count_json(against.zone, against.worlds);
  json["zone_and_none_holds"] = count_json(against.all_left, against.zone);
  json["none_holds_because_of"] = per_mover(against.by, against.all_left);
  json["zone_and_now_holds"] = count_json(against.now_holds, against.zone);
  json["packages"] = ordered_json::object();
  for (const auto& package : against.packages) {
    ordered_json one = {{"in_zone", share_json({package.in_zone, against.worlds})["share"]}};
    one["left"] = count_json(package.left, package.in_zone);
    one["left_by"] = per_mover(package.by, package.left);
    json["packages"][package.id] = std::move(one);
  }
  return json;
}

/// Each acting on its own view; `null` where no row gives anybody a view of its own.
ordered_json Writer::misperception() const {
  const questions::PerceptionCount& p = a_.perception;
  if (!p.answered || p.worlds == 0) return nullptr;
  ordered_json json = {{"worlds", p.worlds}, {"views", ordered_json::object()}};
  for (std::size_t i = 0; i < p.views.size(); ++i) {
    ordered_json& own = json["views"][p.views[i].dm];
    own = {{"apart", share_json({p.apart[i], p.worlds})["share"]}, {"rows", ordered_json::array()}};
    for (const auto& reason : p.views[i].reasons)
      own["rows"].push_back({{"row", reason.row},
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
    for (const std::size_t s : most(of.holds)) {
      ordered_json state = {{"state", game_.graph.states[s].number},
                            {"levels", levels_json(game_, s, words_)}};
      state["holds"] = share_json({of.holds[s], p.worlds})["share"];
      state["informed"] = share_json({of.informed[s], p.worlds})["share"];
      for (std::size_t i = 0; i < p.views.size(); ++i) {
        state["looks"][p.views[i].dm] = share_json({of.looks[i][s], p.worlds})["share"];
        state["surprises"][p.views[i].dm] = share_json({of.surprising[i][s], p.worlds})["share"];
      }
      one["states"].push_back(std::move(state));
    }
    if (p.now_worlds > 0) {
      ordered_json now = {{"holds", count_json(of.now_holds, p.now_worlds)},
                          {"informed", count_json(of.now_informed, p.now_worlds)}};
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

ordered_json Writer::game() const {
  ordered_json json;
  json["worlds"] = a_.worlds;
  json["talks"] = game_.talks.empty() ? ordered_json(nullptr) : ordered_json(game_.talks);
  json["focus"] = focus();
  json["left_out"] = ordered_json::array();
  for (const auto& out : game_.left_out) json["left_out"].push_back({{"issue", out.id}, {"why", out.why}});
  json["decision_makers"] = game_.decision_makers;
  json["movers"] = ordered_json::array();
  for (std::size_t k = 0; k < game_.movers.size(); ++k) {
    ordered_json members = ordered_json::array();
    for (std::size_t i = 0; i < game_.decision_makers.size(); ++i)
      if ((game_.movers[k] >> i & 1U) != 0) members.push_back(game_.decision_makers[i]);
    json["movers"].push_back({{"id", game_.mover_names[k]}, {"members", std::move(members)}});
  }
  if (!game_.too_large.empty()) {
    json["not_answered"] = game_.too_large;
    return json;
  }
  json["states"] = game_.graph.states.size();
  json["moves"] = a_.moves;
  json["barred"] = ordered_json::array();
  for (const auto& barred : game_.barred)
    json["barred"].push_back({{"row", barred.row}, {"states", barred.states}, {"moves", barred.moves}});
  if (!a_.refused.empty()) json["refused"] = a_.refused;
  json["thinned"] = a_.thinned;
  json["proofs_complete"] = a_.proofs_complete;
  json["equilibria"] = equilibria();
  ordered_json counts = ordered_json::object();
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c)
    if (a_.concepts[c].answered)
      counts[questions::game_concept(c)] = std::count_if(
          a_.concepts[c].equilibrium.begin(), a_.concepts[c].equilibrium.end(), [](int n) { return n > 0; });
  json["equilibrium_counts"] = std::move(counts);
  json["stable"] = stable();
  json["now"] = now();
  json["against_deals"] = against();
  json["misperception"] = misperception();
  json["silent"] = ordered_json::array();
  for (const auto& silence : game_.silent)
    json["silent"].push_back({{"party", silence.party}, {"on", silence.variable}});
  json["defaults"] = ordered_json::array();
  for (const auto& row : game_.defaults)
    json["defaults"].push_back({{"id", row.id}, {"words", row.words}, {"about", row.about}});
  json["unread"] = ordered_json::array();
  for (const auto& unread : game_.unread)
    json["unread"].push_back({{"row", unread.row}, {"why", unread.why}});
  json["rows"] = game_.used_rows;
  return json;
}

}  // namespace

ordered_json stability_column_json(const questions::StabilityAnswer& answer, std::size_t listed) {
  ordered_json json;
  json["reading"] = answer.column.reading;
  json["automatic"] = answer.column.automatic;
  ordered_json games = ordered_json::array();
  for (const auto& shared : answer.games) {
    const GameAnswer& game = *shared;
    games.push_back(Writer(game, game.level_words, listed).game());
    ordered_json names = ordered_json::object();
    for (const auto& [dm, name] : game.game.names) names[dm] = name;
    games.back()["names"] = std::move(names);
  }
  if (games.empty()) {
    json["worlds"] = 0;
    json["no_game"] = "nothing here is decided by two sides whose choices hang together";
    return json;
  }
  json.update(games.front());
  if (games.size() > 1) json["games"] = std::move(games);
  return json;
}

ordered_json stability_account_json(const std::vector<questions::StabilityAnswer>& answers,
                                    std::size_t listed) {
  ordered_json columns = ordered_json::object();
  for (const auto& answer : answers) {
    const bool base = &answer == &answers.front();
    columns[answer.column.alternative] =
        stability_column_json(answer, base ? listed : std::min(listed, kListedOfReading));
    if (base || answer.games.empty()) continue;
    // Which games the reading leaves as they are.
    bool all = answer.games.size() == answers.front().games.size();
    for (const auto& game : answer.games) {
      const auto& same = answers.front().games;
      all = all && std::find(same.begin(), same.end(), game) != same.end();
    }
    columns[answer.column.alternative]["same_games"] = all;
  }
  return {{"by_alternative", std::move(columns)}};
}

std::vector<Diagnostic> stability_warnings(const questions::StabilityAnswer& answer) {
  std::vector<Diagnostic> list;
  const auto warn = [&](const char* code, std::string message, std::string hint) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = code;
    warning.message = fmt::format("stability, reading {}: {}", answer.column.alternative, message);
    warning.hint = std::move(hint);
    list.push_back(std::move(warning));
  };
  for (const auto& shared : answer.games) {
    const GameAnswer& game = *shared;
    if (!game.game.too_large.empty())
      warn("not-answered", game.game.too_large, "a smaller --focus; limits: docs/methods/stability.md");
    for (const auto& clash : game.game.clashes)
      warn("no-world",
           fmt::format("no world agrees with {}: {}: {}", clash.party, framing::clash_words(clash),
                       fmt::join(clash.rows, ", ")),
           "take one of these rows back, or make one of them an alternative");
    if (game.game.clashes.empty() && !game.refused.empty())
      warn("no-world", fmt::format("no drawn world agrees with {}", fmt::join(game.refused, ", ")),
           "its orders or numbers leave no room");
    if (game.thinned && game.worlds > 0)
      warn("fewer-worlds",
           fmt::format("{} states, so that only {} worlds were drawn", game.game.graph.states.size(),
                       game.worlds),
           "a smaller --focus");
  }
  return list;
}

}  // namespace parley::report
