// SPDX-License-Identifier: MIT
// Who would leave the present and for what, and where a game pulls against the zone of the deals lens.
#include <algorithm>
#include <bit>

#include "questions/stability_worlds.hpp"

namespace parley::questions {

using stability::Bits;
using stability::Members;
using stability::State;

bool GameWorlds::gains(const World& world, Members who, State from, State to, bool perhaps) const {
  for (Members left = who; left != 0; left &= left - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(left));
    if (open_.silent(p)) {
      if (!perhaps || !open_.may_part(world.settlement, p, from, to)) return false;
    } else if (world.ranks[p][to] >= world.ranks[p][from]) {
      return false;
    }
  }
  return true;
}

void GameWorlds::present(const World& world, const Verdicts& always, const Verdicts& possibly, State now,
                         WorldTally& tally) const {
  const auto& game = a_.game;
  Present& t = tally.present;
  ++t.worlds;
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    const auto add_up = [&](const std::vector<Bits>& stable, Counts& each, int& equilibrium) {
      bool all = true;
      for (std::size_t p = 0; p < game.players.size(); ++p) {
        const bool own = !stable.empty() && stable[p].has(now);
        each[p] += own ? 1 : 0;
        all = all && own;
      }
      equilibrium += all ? 1 : 0;
    };
    add_up(always[c], t.stable[c], t.equilibrium[c]);
    add_up(possibly[c], t.stable_at_most[c], t.equilibrium_at_most[c]);
  }
  for (std::size_t k = 0; k < game.movers.size(); ++k) {
    for (std::size_t c = 0; c < stability::kConcepts; ++c) {
      if (!ask_.concepts[c]) continue;
      t.leaves[c][k] += world.possibly.stable[c][k].has(now) ? 0 : 1;
      t.leaves_at_most[c][k] += world.always.stable[c][k].has(now) ? 0 : 1;
    }
    leaving(world, k, now, tally);
  }
}

void GameWorlds::leaving(const World& world, std::size_t k, State now, WorldTally& tally) const {
  const auto& game = a_.game;
  const Members who = game.movers[k];
  const auto moves = graph_.out[k].of(now);
  tally.present.tempted_at_most[k] +=
      std::any_of(moves.begin(), moves.end(), [&](State t) { return gains(world, who, now, t, true); }) ? 1
                                                                                                        : 0;
  if ((who & open_.members()) != 0) return;  // what would suit it best is open
  // Of several gains the one whose least gainer ranks it best; then the first state.
  std::optional<State> best;
  stability::Rank value = 0;
  for (const State t : moves) {
    if (!gains(world, who, now, t, false)) continue;
    stability::Rank worst = 0;
    for (Members left = who; left != 0; left &= left - 1)
      worst = std::max(worst, world.ranks[static_cast<std::size_t>(std::countr_zero(left))][t]);
    if (!best || worst < value) {
      best = t;
      value = worst;
    }
  }
  if (!best) return;
  tally.present.tempted[k] += 1;
  std::vector<std::pair<int, int>> changes;
  for (std::size_t i = 0; i < game.focus.size(); ++i)
    if (game.graph.states[now].levels[i] != game.graph.states[*best].levels[i])
      changes.emplace_back(static_cast<int>(i), game.graph.states[*best].levels[i]);
  ++tally.leavings[{k, std::move(changes)}];
}

void GameWorlds::against(const World& world, WorldTally& tally) const {
  const auto& game = a_.game;
  const auto seq = static_cast<std::size_t>(stability::Concept::seq);
  const auto zone = zone_->zone(ask_.solve.seed, world.number);
  ++tally.against.worlds;
  if (zone.empty()) return;
  ++tally.against.zone;
  const auto leave = [&](const stability::Individual& found, State s) {
    Members who = 0;
    for (std::size_t k = 0; k < game.movers.size(); ++k)
      if (!found.stable[seq][k].has(s)) who |= Members{1} << k;
    return who;
  };
  /// Who leaves all of these packages; nobody where one of them holds.
  const auto look = [&](const stability::Individual& found, const std::vector<int>& packages, Counts& by) {
    Members leave_all = ~Members{0};
    bool held = false;
    for (const int x : packages) {
      const int s = zone_->state(world.settlement, static_cast<std::size_t>(x));
      if (s < 0) continue;
      const Members who = leave(found, static_cast<State>(s));
      held = held || who == 0;
      leave_all &= who;
    }
    if (held) return 0;
    for (std::size_t k = 0; k < game.movers.size(); ++k) by[k] += (leave_all >> k & 1U) != 0 ? 1 : 0;
    return 1;
  };
  std::vector<int> placed;
  for (const int x : zone)
    if (zone_->state(world.settlement, static_cast<std::size_t>(x)) >= 0) placed.push_back(x);
  if (placed.size() == zone.size()) {
    tally.against.all_left += look(world.possibly, zone, tally.against.by);
    tally.against.all_left_at_most += look(world.always, zone, tally.against.by_at_most);
  }
  for (std::size_t n = 0; n < tally.against.packages.size(); ++n) {
    const auto& completions = framed_.talks->packages[n].completions;
    std::vector<int> inside;
    std::set_intersection(placed.begin(), placed.end(), completions.begin(), completions.end(),
                          std::back_inserter(inside));
    if (inside.empty()) continue;
    PackageHolds& package = tally.against.packages[n];
    ++package.in_zone;
    package.left += look(world.possibly, inside, package.by);
    package.left_at_most += look(world.always, inside, package.by_at_most);
  }
  const int now = game.settlements[world.settlement].now;
  if (now < 0) return;
  tally.against.now_holds += leave(world.always, static_cast<State>(now)) == 0 ? 1 : 0;
  tally.against.now_holds_at_most += leave(world.possibly, static_cast<State>(now)) == 0 ? 1 : 0;
}

}  // namespace parley::questions
