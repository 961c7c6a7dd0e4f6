// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "account/naming.hpp"
#include "report/results_parts.hpp"
#include "report/stability_account.hpp"
#include "report/stability_account_writer.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::GameAnswer;

/// How many states hold in some world; null where that is open.
ordered_json holding(const questions::ConceptCount& count) {
  const auto some = [](const std::vector<int>& list) {
    return std::count_if(list.begin(), list.end(), [](int n) { return n > 0; });
  };
  const auto least = some(count.equilibrium);
  return least == some(count.equilibrium_at_most) ? ordered_json(least) : ordered_json(nullptr);
}

}  // namespace

ordered_json proved_json(int proved) {
  if (proved == 0) return nullptr;
  return proved > 0 ? "all" : "none";
}

ordered_json GameWriter::levels(std::size_t state) const {
  ordered_json levels = ordered_json::object();
  for (std::size_t k = 0; k < game_.focus.size(); ++k)
    levels[game_.focus[k].id] = words_[k][static_cast<std::size_t>(game_.graph.states[state].levels[k])];
  return levels;
}

ordered_json GameWriter::silent() const {
  ordered_json list = ordered_json::array();
  for (const auto& player : game_.players)
    if (player.silent) list.push_back(player.id);
  return list;
}

ordered_json GameWriter::open() const {
  ordered_json list = ordered_json::array();
  for (const auto& player : game_.players) {
    if (!player.silent) continue;
    ordered_json on = ordered_json::array();
    std::set<std::string> rows;
    std::size_t i = 0;
    for (const auto* stakes : {&player.core.stakes, &player.extra.stakes})
      for (const auto& stake : *stakes)
        if (!player.said[i++]) on.push_back(stake.id);
    for (const auto& silence : game_.silent)
      if (silence.party == player.id) rows.insert(silence.rows.begin(), silence.rows.end());
    list.push_back({{"actor", player.id}, {"on", std::move(on)}, {"rows", rows}});
  }
  return list;
}

ordered_json GameWriter::focus() const {
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

ordered_json GameWriter::between(int least, int most, int of) const {
  ordered_json json = share_json({least, of});
  if (least == most || of == 0) return json;
  json["share"] = nullptr;
  json["high"] = share_json({most, of})["high"];
  json["open"] = silent();
  return json;
}

std::vector<std::size_t> GameWriter::most(const std::vector<int>& least,
                                          const std::vector<int>& at_most) const {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < at_most.size(); ++s)
    if (at_most[s] > 0) order.push_back(s);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return std::pair(least[x], at_most[x]) > std::pair(least[y], at_most[y]);
  });
  if (order.size() > listed_) order.resize(listed_);
  return order;
}

/// What is frequent under one concept is listed under all.
std::vector<bool> GameWriter::worth_listing() const {
  std::vector<bool> listed(game_.graph.states.size(), false);
  for (const auto& count : a_.concepts)
    if (count.answered)
      for (const std::size_t s : most(count.equilibrium, count.equilibrium_at_most)) listed[s] = true;
  return listed;
}

ordered_json GameWriter::equilibria() const {
  ordered_json json = ordered_json::object();
  const auto worth = worth_listing();
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
    const auto& count = a_.concepts[c];
    if (!count.answered) continue;
    ordered_json list = ordered_json::array();
    std::vector<std::size_t> states;
    for (std::size_t s = 0; s < worth.size(); ++s)
      if (worth[s] && count.equilibrium_at_most[s] > 0) states.push_back(s);
    std::stable_sort(states.begin(), states.end(), [&](std::size_t x, std::size_t y) {
      return std::pair(count.equilibrium[x], count.equilibrium_at_most[x]) >
             std::pair(count.equilibrium[y], count.equilibrium_at_most[y]);
    });
    for (const std::size_t s : states) {
      ordered_json one = {{"state", game_.graph.states[s].number}, {"levels", levels(s)}};
      one.update(between(count.equilibrium[s], count.equilibrium_at_most[s], a_.worlds));
      one["proved"] = count.proved.empty() ? ordered_json(nullptr) : proved_json(count.proved[s]);
      one["reached"] = static_cast<bool>(a_.reached[s]);
      list.push_back(std::move(one));
    }
    json[questions::game_concept(c)] = std::move(list);
  }
  return json;
}

ordered_json GameWriter::stable() const {
  ordered_json json = ordered_json::object();
  for (std::size_t p = 0; p < game_.players.size(); ++p) {
    ordered_json& own = json[game_.players[p].id] = ordered_json::object();
    for (std::size_t c = 0; c < questions::kGameConcepts; ++c) {
      const auto& count = a_.concepts[c];
      if (!count.answered) continue;
      ordered_json list = ordered_json::array();
      for (const std::size_t s : most(count.stable[p], count.stable_at_most[p])) {
        ordered_json one = {{"state", game_.graph.states[s].number}};
        const ordered_json share = between(count.stable[p][s], count.stable_at_most[p][s], a_.worlds);
        one["share"] = share["share"];
        one["proved"] =
            count.proved_for.empty() ? ordered_json(nullptr) : proved_json(count.proved_for[p][s]);
        if (share.contains("open")) one.update(share);
        list.push_back(std::move(one));
      }
      own[questions::game_concept(c)] = std::move(list);
    }
  }
  return json;
}

ordered_json GameWriter::per_mover(const std::vector<int>& least, const std::vector<int>& most,
                                   int of) const {
  ordered_json json = ordered_json::object();
  for (std::size_t k = 0; k < least.size(); ++k)
    json[game_.mover_names[k]] = between(least[k], most[k], of)["share"];
  return json;
}

ordered_json GameWriter::of_those(const std::vector<int>& least, const std::vector<int>& most, int of,
                                  int of_at_most) const {
  if (of == of_at_most) return per_mover(least, most, of);
  ordered_json json = ordered_json::object();
  for (const auto& mover : game_.mover_names) json[mover] = nullptr;
  return json;
}

/// Of those whose share is open.
ordered_json GameWriter::bounds(const std::vector<std::string>& names, const std::vector<int>& least,
                                const std::vector<int>& most, int of) const {
  ordered_json json = ordered_json::object();
  for (std::size_t k = 0; k < least.size(); ++k)
    if (ordered_json one = between(least[k], most[k], of); one.contains("open"))
      json[names[k]] = {{"low", one["low"]}, {"high", one["high"]}};
  return json;
}

/// Who must agree to joint moves that change what, and what comes of it.
ordered_json GameWriter::ratification() const {
  ordered_json list = ordered_json::array();
  const auto issues = [&](const std::vector<int>& places) {
    ordered_json names = ordered_json::array();
    for (const int k : places) names.push_back(game_.focus[static_cast<std::size_t>(k)].id);
    return names;
  };
  for (const auto& who : game_.ratifiers) {
    const auto barred = std::find_if(game_.barred.begin(), game_.barred.end(),
                                     [&](const auto& each) { return each.row == who.id; });
    list.push_back({{"ratifier", who.id},
                    {"name", who.name},
                    {"of", who.of},
                    {"issues", issues(who.issues)},
                    {"limit", who.limits},
                    {"preference", who.voice >= 0},
                    {"open", issues(who.open)},
                    {"barred", barred == game_.barred.end() ? 0 : barred->moves},
                    {"undecided", who.undecided}});
  }
  return list;
}

ordered_json GameWriter::game() const {
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
  json["ratification"] = ratification();
  if (!a_.refused.empty()) json["refused"] = a_.refused;
  json["thinned"] = a_.thinned;
  json["proofs_complete"] = a_.proofs_complete;
  json["equilibria"] = equilibria();
  ordered_json counts = ordered_json::object();
  for (std::size_t c = 0; c < questions::kGameConcepts; ++c)
    if (a_.concepts[c].answered) counts[questions::game_concept(c)] = holding(a_.concepts[c]);
  json["equilibrium_counts"] = std::move(counts);
  json["stable"] = stable();
  json["now"] = now();
  json["against_deals"] = against();
  json["misperception"] = misperception();
  json["open"] = open();
  json["silent"] = ordered_json::array();
  for (const auto& silence : game_.silent)
    json["silent"].push_back({{"party", silence.party}, {"on", silence.variable}, {"rows", silence.rows}});
  json["defaults"] = ordered_json::array();
  for (const auto& row : game_.defaults)
    json["defaults"].push_back({{"id", row.id}, {"words", row.words}, {"about", row.about}});
  json["unread"] = ordered_json::array();
  for (const auto& unread : game_.unread)
    json["unread"].push_back({{"row", unread.row}, {"why", unread.why}});
  json["rows"] = game_.used_rows;
  return json;
}

ordered_json stability_column_json(const questions::StabilityAnswer& answer, std::size_t listed) {
  ordered_json json;
  json["reading"] = answer.column.reading;
  json["automatic"] = answer.column.automatic;
  ordered_json games = ordered_json::array();
  for (const auto& shared : answer.games) {
    const GameAnswer& game = *shared;
    games.push_back(GameWriter(game, listed).game());
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
