// SPDX-License-Identifier: MIT
#include "questions/stability_worlds.hpp"

#include <algorithm>

#include "worlds/parallel.hpp"

namespace parley::questions {

using stability::Bits;
using stability::State;

namespace {

constexpr std::int64_t kBlock = 32;  // worlds that share their work space
constexpr std::size_t kMostGameCoalitionStates = 2'048;
constexpr std::size_t kMostCoalitionDms = 6;
constexpr double kMostCoalitionWork = 1 << 26;  // pairs of states times coalitions, of cgmr, csmr and cseq
constexpr double kMostSteps = 4e9;              // visits of moves that one answer works out at most
constexpr std::size_t kMostLeavings = 12;
constexpr std::int64_t kViewedWorlds = 250;  // in which each side's own view is solved, too

void add(Counts& to, const Counts& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

std::optional<stability::CoalitionSolver> coalitions_of(const framing::AccountGame& game,
                                                        const stability::Graph& graph) {
  if (graph.states > kMostGameCoalitionStates || game.players.size() > kMostCoalitionDms) return std::nullopt;
  return stability::CoalitionSolver::make(graph, game.movers, game.players.size());
}

}  // namespace

GameWorlds::GameWorlds(GameAnswer& answer, const stability::Graph& graph, const StabilityAsk& ask,
                       const ZoneStates* zone, const FramedGame& framed)
    : a_(answer),
      graph_(graph),
      ask_(ask),
      zone_(zone),
      framed_(framed),
      utilities_(answer.game),
      coalitions_(coalitions_of(answer.game, graph)),
      views_(answer.game, graph, framed.views, ask.whole) {
  const auto states = static_cast<double>(graph.states);
  replies_ =
      ask.whole && states * states * static_cast<double>(std::size_t{1} << answer.game.players.size()) <=
                       kMostCoalitionWork;
}

GameWorlds::Verdicts GameWorlds::verdicts(const stability::Individual& found,
                                          const stability::Rankings& ranks) const {
  const auto& game = a_.game;
  Verdicts stable;
  for (std::size_t c = 0; c < stability::kConcepts; ++c)
    for (std::size_t p = 0; p < ranks.size() && ask_.concepts[c]; ++p) {
      Bits own(graph_.states, true);
      for (std::size_t k = 0; k < game.movers.size(); ++k)
        if ((game.movers[k] >> p & 1U) != 0) own &= found.stable[c][k];
      stable[c].push_back(std::move(own));
    }
  if (!coalitions_) return stable;
  std::vector<std::vector<Bits>> better;
  for (const auto& own : ranks) better.push_back(stability::better_than(own));
  const bool all = replies_;
  if (auto together = coalitions_->solve(better, {true, all, all, all}))  // always: no limit is near
    for (std::size_t c = 0; c < stability::kCoalitionConcepts; ++c)
      if (all || c == 0) stable[kCoalitionNash + c] = std::move(together->stable[c]);
  return stable;
}

void GameWorlds::count(const Verdicts& stable, WorldTally& tally) const {
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    if (stable[c].empty()) continue;
    Bits all(graph_.states, true);
    for (std::size_t p = 0; p < stable[c].size(); ++p) {
      stable[c][p].for_each([&](State s) { ++tally.concepts[c].stable[p][s]; });
      all &= stable[c][p];
    }
    all.for_each([&](State s) { ++tally.concepts[c].equilibrium[s]; });
  }
}

void GameWorlds::block(std::int64_t number, std::int64_t worlds, WorldTally& tally) const {
  const auto& game = a_.game;
  stability::ArcSolver solver(graph_, game.movers);
  stability::Individual found;
  stability::Rankings ranks(game.players.size());
  for (std::int64_t i = number * kBlock; i < std::min(worlds, (number + 1) * kBlock); ++i) {
    const auto world = static_cast<std::uint64_t>(i);
    const std::size_t settlement = utilities_.settlement(ask_.solve.seed, world);
    bool drawn = true;
    for (std::size_t p = 0; p < ranks.size() && drawn; ++p) {
      ranks[p] = utilities_.ranks(p, settlement, ask_.solve.seed, world);
      drawn = !ranks[p].empty();
      if (!drawn) ++tally.refused[p];
    }
    if (!drawn) continue;
    ++tally.worlds;
    solver.solve(ranks, ask_.concepts, found);
    const Verdicts stable = verdicts(found, ranks);
    count(stable, tally);
    const int now = game.settlements[settlement].now;
    if (now >= 0) present(found, stable, ranks, static_cast<State>(now), tally);
    if (zone_ != nullptr) against(found, settlement, world, tally);
    if (views_.any() && i < kViewedWorlds)
      views_.count(ask_.solve.seed, world, settlement, ranks, found, tally.perception);
  }
}

void GameWorlds::merge(const WorldTally& t) {
  const std::lock_guard guard(lock_);
  a_.worlds += t.worlds;
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    add(a_.concepts[c].equilibrium, t.concepts[c].equilibrium);
    for (std::size_t p = 0; p < t.refused.size(); ++p) {
      add(a_.concepts[c].stable[p], t.concepts[c].stable[p]);
    }
    a_.present.equilibrium[c] += t.present.equilibrium[c];
    add(a_.present.stable[c], t.present.stable[c]);
    if (c < stability::kConcepts) add(a_.present.leaves[c], t.present.leaves[c]);
  }
  a_.present.worlds += t.present.worlds;
  add(a_.present.tempted, t.present.tempted);
  for (const auto& [key, count] : t.leavings) leavings_[key] += count;
  a_.against.worlds += t.against.worlds;
  a_.against.zone += t.against.zone;
  a_.against.all_left += t.against.all_left;
  a_.against.now_holds += t.against.now_holds;
  add(a_.against.by, t.against.by);
  for (std::size_t n = 0; n < t.against.packages.size(); ++n) {
    a_.against.packages[n].in_zone += t.against.packages[n].in_zone;
    a_.against.packages[n].left += t.against.packages[n].left;
    add(a_.against.packages[n].by, t.against.packages[n].by);
  }
  add(refused_, t.refused);
  if (views_.any()) add_perception(a_.perception, t.perception);
}

void GameWorlds::run() {
  const auto& game = a_.game;
  const WorldTally empty(a_);
  a_.concepts = empty.concepts;
  a_.present = empty.present;
  a_.against.by = empty.against.by;
  a_.against.packages = empty.against.packages;
  refused_ = empty.refused;
  if (views_.any()) {
    a_.perception = empty.perception;
    a_.perception.answered = true;
    a_.perception.views = views_.words();
  }
  const double cells = static_cast<double>(graph_.states * game.players.size());
  const double steps = 2.0 * stability::kConcepts *
                       static_cast<double>(std::max<std::size_t>(a_.moves, graph_.states)) *
                       static_cast<double>(game.movers.size());
  const auto affordable = std::max<std::int64_t>(
      deals::kFewestWorlds, static_cast<std::int64_t>(std::min(
                                static_cast<double>(deals::kMostUtilities) / cells, kMostSteps / steps)));
  const std::int64_t worlds = std::min<std::int64_t>(std::max(ask_.solve.draws, 0), affordable);
  a_.thinned = worlds < std::max(ask_.solve.draws, 0);
  for (std::size_t p = 0; p < game.players.size(); ++p)
    if (utilities_.contradictory(p)) a_.refused.push_back(game.players[p].id);
  if (!a_.refused.empty()) return;
  worlds::parallel_for((worlds + kBlock - 1) / kBlock,
                       [&](std::int64_t number) {
                         WorldTally tally(a_);
                         block(number, worlds, tally);
                         merge(tally);
                       },
                       {ask_.solve.threads, ask_.solve.cancel, {}});
  for (std::size_t c = 0; c < kGameConcepts; ++c)
    a_.concepts[c].answered =
        a_.worlds > 0 &&
        (c < kCoalitionNash ? ask_.concepts[c] : coalitions_ && (c == kCoalitionNash || replies_));
  for (const auto& [key, count] : leavings_) a_.present.leavings.push_back({key.first, key.second, count});
  std::stable_sort(a_.present.leavings.begin(), a_.present.leavings.end(),
                   [](const Leaving& x, const Leaving& y) { return x.worlds > y.worlds; });
  if (a_.present.leavings.size() > kMostLeavings) a_.present.leavings.resize(kMostLeavings);
  for (std::size_t p = 0; p < refused_.size(); ++p)
    if (refused_[p] > 0 && a_.worlds == 0) a_.refused.push_back(game.players[p].id);
}

}  // namespace parley::questions
