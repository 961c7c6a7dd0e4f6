// SPDX-License-Identifier: MIT
// What each decision maker cares about (rules 2, 4).
#include <fmt/format.h>

#include <bit>

#include "framing/mentions.hpp"
#include "framing/stability_maker.hpp"

namespace parley::framing {

using account::Row;

/// Orders of weight among the further stakes, and between them and those of the talks. Numbers for weights
/// are shares of one whole: they are read where all stakes are of one kind.
void PlayerMaker::weights(Player& player) const {
  deals::OrdinalParty both = player.core;
  both.id = player.id;
  both.stakes.insert(both.stakes.end(), player.extra.stakes.begin(), player.extra.stakes.end());
  const int core = static_cast<int>(player.core.stakes.size());
  for (const SaidOfWeights& said : said_of_weights(m_.s, both)) {
    g_.used_rows.push_back(said.row);
    for (const auto& [a, b] : said.heavier) {
      if (a >= core && b >= core)
        player.extra.heavier.emplace_back(a - core, b - core);
      else if (a >= core || b >= core)
        player.heavier.emplace_back(a, b);
    }
    for (const auto& [a, b] : said.alike) {
      if (a >= core && b >= core)
        player.extra.alike.emplace_back(a - core, b - core);
      else if (a >= core || b >= core)
        g_.unread.push_back(
            {said.row, fmt::format("as much weight for {} as for {}, which are not both stakes at "
                                   "the talks",
                                   both.stakes[static_cast<std::size_t>(a)].id,
                                   both.stakes[static_cast<std::size_t>(b)].id)});
    }
    for (const auto& bound : said.bounds)
      if (core == 0)
        player.extra.weight_bounds.push_back(bound);
      else if (bound.first >= core)
        g_.unread.push_back(
            {said.row, fmt::format("a share of the whole for {}, which is no stake of {} at "
                                   "the talks",
                                   both.stakes[static_cast<std::size_t>(bound.first)].id, player.id)});
  }
}

void PlayerMaker::players() {
  std::vector<int> effects;
  for (const int v : derived_) {
    const auto kind = at(v).kind;
    if (kind == VariableKind::talks || kind == VariableKind::agreement) continue;
    m_.s.options.control.check();
    bool differs = false;
    for (std::size_t w = 0; w < after_.size() && !differs; ++w)
      for (std::size_t s = 1; s < after_[w].size() && !differs; ++s) differs = told_apart(w, s, v);
    if (differs) effects.push_back(v);
  }
  for (const auto& name : g_.decision_makers) {
    int party = -1;
    if (anchor_ != nullptr) {
      const auto found = std::find(anchor_->parties.begin(), anchor_->parties.end(), name);
      if (found != anchor_->parties.end()) party = static_cast<int>(found - anchor_->parties.begin());
    }
    g_.players.push_back(player_of(name, party, effects));
    const Player& player = g_.players.back();
    for (std::size_t i = 0; i < player.said.size(); ++i) {
      const bool core = i < player.core.stakes.size();
      const auto& stake = core ? player.core.stakes[i] : player.extra.stakes[i - player.core.stakes.size()];
      if (!player.said[i])
        g_.silent.push_back({name, at(player.variables[i]).id, stake.consequence,
                             rows_naming(m_.s, name, player.variables[i])});
    }
  }
  ratifiers(effects);
}

Player PlayerMaker::player_of(const std::string& name, int party, const std::vector<int>& effects) {
  Player player;
  player.id = name;
  player.party = party;
  if (party >= 0) {
    player.core = anchor_->ensemble.parties[static_cast<std::size_t>(party)].order;
    for (const auto& stake : player.core.stakes) {
      player.variables.push_back(m_.s.variable(stake.id));
      player.said.push_back(std::none_of(
          anchor_->silent.begin(), anchor_->silent.end(),
          [&](const Silence& silence) { return silence.party == name && silence.variable == stake.id; }));
    }
  }
  player.extra.id = player.core.stakes.empty() ? name : name + "~";
  const auto add = [&](int v, bool consequence) {
    if (name == kNature && !m_.s.row(name)) return;
    if (contains(player.variables, v)) return;
    m_.s.options.control.check();
    const Taste taste = taste_of(m_.s, name, v);
    for (const auto& row : taste.rows) g_.used_rows.push_back(row.substr(0, row.find('#')));
    if (!has_stake(at(v), taste)) return;
    g_.used_rows.push_back(at(v).row);
    const auto rows = clash(taste, at(v).size());
    if (!rows.empty()) g_.clashes.push_back({name, at(v).id, rows, ""});
    for (const DefaultRow& row : taste.defaults) g_.defaults.push_back(row);
    player.extra.stakes.push_back(stake_of(at(v), taste, consequence));
    player.variables.push_back(v);
    player.said.push_back(!taste.silent);
  };
  for (const FocusIssue& issue : g_.focus) add(issue.variable, false);
  for (const int v : effects) add(v, true);
  bool issue = false, consequence = false;
  for (const auto& stake : player.extra.stakes) (stake.consequence ? consequence : issue) = true;
  weights(player);
  if (issue && consequence && !weighs_across(player.extra))
    player.extra.consequence_block = {mpq_class(m_.s.options.consequences_low),
                                      mpq_class(m_.s.options.consequences_high)};
  return player;
}

/// Is it open what the player wants here: do states differ for it, and only in what no row speaks of?
bool PlayerMaker::is_silent(std::size_t p) const {
  const Player& player = g_.players[p];
  bool differ = false;
  for (std::size_t i = 0; i < player.said.size(); ++i) {
    LevelMask seen = 0;
    bool same = true;
    for (const GameSettlement& settlement : g_.settlements) {
      m_.s.options.control.check();
      seen = 0;
      for (const deals::Case& c : settlement.states)
        for (const deals::Branch& branch : c.branches) {
          const LevelMask level = branch.levels[p][i];
          same = same && (seen == 0 || level == seen) && std::has_single_bit(level);
          seen = level;
        }
    }
    if (same) continue;
    if (player.said[i]) return false;
    differ = true;
  }
  return differ;
}

/// Chances are few: only those that some state triggers are kept, and numbered anew.
void PlayerMaker::fill() {
  std::vector<int> number(m_.rules.chances.size(), -1);
  for (const int c : used_chances_) {
    const ChanceRule& rule = m_.rules.chances[static_cast<std::size_t>(c)];
    number[static_cast<std::size_t>(c)] = static_cast<int>(g_.chances.size());
    deals::Chance chance{rule.id, {}};
    for (const auto* voices : {&g_.players, &g_.voices})
      for (const Player& player : *voices) {
        std::optional<DefaultRow> row;
        chance.believed.push_back(believed(m_.s, rule, player.id, &row));
        if (row) g_.defaults.push_back(*row);
      }
    g_.chances.push_back(std::move(chance));
    g_.used_rows.insert(g_.used_rows.end(), rule.rows.begin(), rule.rows.end());
  }
  for (std::size_t w = 0; w < g_.settlements.size(); ++w)
    for (std::size_t s = 0; s < g_.settlements[w].states.size(); ++s) {
      m_.s.options.control.check();
      deals::Case& c = g_.settlements[w].states[s];
      for (int& chance : c.chances) chance = number[static_cast<std::size_t>(chance)];
      for (std::size_t b = 0; b < c.branches.size(); ++b)
        for (const auto* voices : {&g_.players, &g_.voices})
          for (const Player& player : *voices) {
            c.branches[b].levels.emplace_back();
            for (const int v : player.variables) c.branches[b].levels.back().push_back(level(w, s, b, v));
          }
    }
}

void PlayerMaker::make() {
  find_pledges();
  settle_unknowns();
  lead();
  if (!g_.too_large.empty()) {
    g_.settlements.clear();
    return;
  }
  players();
  fill();
  for (std::size_t p = 0; p < g_.players.size(); ++p) g_.players[p].silent = is_silent(p);
  const std::vector<std::string> rows = g_.used_rows;
  for (const auto& id : rows)
    if (const Row* row = m_.s.row(id))
      g_.used_rows.insert(g_.used_rows.end(), row->origin.assumed.begin(), row->origin.assumed.end());
  const auto by_id = [](const DefaultRow& a, const DefaultRow& b) { return a.id < b.id; };
  std::sort(g_.defaults.begin(), g_.defaults.end(), by_id);
  g_.defaults.erase(std::unique(g_.defaults.begin(), g_.defaults.end(),
                                [](const DefaultRow& a, const DefaultRow& b) { return a.id == b.id; }),
                    g_.defaults.end());
}

void make_players(const GameMaker& m, AccountGame& g) { PlayerMaker(m, g).make(); }

}  // namespace parley::framing
