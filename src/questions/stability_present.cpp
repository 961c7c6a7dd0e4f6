// SPDX-License-Identifier: MIT
// Who would leave the present and for what, and where a game pulls against the zone of the deals lens.
#include <algorithm>
#include <bit>

#include "questions/stability_worlds.hpp"

namespace parley::questions {

using stability::Bits;
using stability::Members;
using stability::State;

bool GameWorlds::gains(const stability::Rankings& ranks, Members who, State from, State to) const {
  for (Members left = who; left != 0; left &= left - 1) {
    const auto& own = ranks[static_cast<std::size_t>(std::countr_zero(left))];
    if (own[to] >= own[from]) return false;
  }
  return true;
}

void GameWorlds::present(const stability::Individual& found, const Verdicts& verdicts,
                         const stability::Rankings& ranks, State now, WorldTally& tally) const {
  const auto& game = a_.game;
  ++tally.present.worlds;
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    bool all = true;
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      const bool stable = !verdicts[c].empty() && verdicts[c][p].has(now);
      tally.present.stable[c][p] += stable ? 1 : 0;
      all = all && stable;
    }
    tally.present.equilibrium[c] += all ? 1 : 0;
  }
  for (std::size_t k = 0; k < game.movers.size(); ++k) {
    for (std::size_t c = 0; c < stability::kConcepts; ++c)
      if (ask_.concepts[c]) tally.present.leaves[c][k] += found.stable[c][k].has(now) ? 0 : 1;
    // Of several gains the one whose least gainer ranks it best; then the first state.
    std::optional<State> best;
    stability::Rank value = 0;
    for (const State t : graph_.out[k].of(now)) {
      if (!gains(ranks, game.movers[k], now, t)) continue;
      stability::Rank worst = 0;
      for (Members left = game.movers[k]; left != 0; left &= left - 1)
        worst = std::max(worst, ranks[static_cast<std::size_t>(std::countr_zero(left))][t]);
      if (!best || worst < value) {
        best = t;
        value = worst;
      }
    }
    if (!best) continue;
    tally.present.tempted[k] += 1;
    std::vector<std::pair<int, int>> changes;
    for (std::size_t i = 0; i < game.focus.size(); ++i)
      if (game.graph.states[now].levels[i] != game.graph.states[*best].levels[i])
        changes.emplace_back(static_cast<int>(i), game.graph.states[*best].levels[i]);
    ++tally.leavings[{k, std::move(changes)}];
  }
}

void GameWorlds::against(const stability::Individual& found, std::size_t settlement, std::uint64_t world,
                         WorldTally& tally) const {
  const auto& game = a_.game;
  const auto seq = static_cast<std::size_t>(stability::Concept::seq);
  const auto zone = zone_->zone(ask_.solve.seed, world);
  ++tally.against.worlds;
  if (zone.empty()) return;
  ++tally.against.zone;
  /// Who leaves all of these packages; nobody where one of them holds.
  const auto look = [&](const std::vector<int>& packages, Counts& by) {
    Members leave_all = ~Members{0};
    bool held = false;
    for (const int x : packages) {
      const int s = zone_->state(settlement, static_cast<std::size_t>(x));
      if (s < 0) continue;
      Members leave = 0;
      for (std::size_t k = 0; k < game.movers.size(); ++k)
        if (!found.stable[seq][k].has(static_cast<State>(s))) leave |= Members{1} << k;
      held = held || leave == 0;
      leave_all &= leave;
    }
    if (held) return false;
    for (std::size_t k = 0; k < game.movers.size(); ++k) by[k] += (leave_all >> k & 1U) != 0 ? 1 : 0;
    return true;
  };
  std::vector<int> placed;
  for (const int x : zone)
    if (zone_->state(settlement, static_cast<std::size_t>(x)) >= 0) placed.push_back(x);
  if (placed.size() == zone.size() && look(zone, tally.against.by)) ++tally.against.all_left;
  for (std::size_t n = 0; n < tally.against.packages.size(); ++n) {
    const auto& completions = framed_.talks->packages[n].completions;
    std::vector<int> inside;
    std::set_intersection(placed.begin(), placed.end(), completions.begin(), completions.end(),
                          std::back_inserter(inside));
    if (inside.empty()) continue;
    PackageHolds& package = tally.against.packages[n];
    ++package.in_zone;
    package.left += look(inside, package.by) ? 1 : 0;
  }
  const int now = game.settlements[settlement].now;
  bool holds = now >= 0;
  for (std::size_t k = 0; k < game.movers.size() && holds; ++k)
    holds = found.stable[seq][k].has(static_cast<State>(now));
  tally.against.now_holds += holds ? 1 : 0;
}

}  // namespace parley::questions
