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
      open_(answer.game),
      coalitions_(coalitions_of(answer.game, graph)),
      views_(answer.game, graph, framed.views, ask.whole) {
  const auto states = static_cast<double>(graph.states);
  replies_ =
      ask.whole && states * states * static_cast<double>(std::size_t{1} << answer.game.players.size()) <=
                       kMostCoalitionWork;
  if (open_.any())
    if (auto made =
            stability::BoundSolver::make(graph, answer.game.movers, ask.concepts, {ask.solve.cancel, {}}))
      bounds_.emplace(std::move(*made));
}

GameWorlds::Verdicts GameWorlds::verdicts(const World& world, bool perhaps) const {
  const auto& game = a_.game;
  const stability::Individual& found = perhaps ? world.possibly : world.always;
  Verdicts stable;
  for (std::size_t c = 0; c < stability::kConcepts; ++c)
    for (std::size_t p = 0; p < game.players.size() && ask_.concepts[c]; ++p) {
      Bits own(graph_.states, true);
      for (std::size_t k = 0; k < game.movers.size(); ++k)
        if ((game.movers[k] >> p & 1U) != 0) own &= found.stable[c][k];
      stable[c].push_back(std::move(own));
    }
  if (!coalitions_) return stable;
  const bool all = replies_;
  std::vector<std::vector<Bits>> own, others;
  if (open_.any()) {
    own = preferred(world.known, !perhaps);
    others = preferred(world.known, perhaps);
  } else {
    for (const auto& ranks : world.ranks) own.push_back(stability::better_than(ranks));
    others = own;
  }
  if (auto together = coalitions_->solve(own, others, {true, all, all, all}))  // always: no limit is near
    for (std::size_t c = 0; c < stability::kCoalitionConcepts; ++c)
      if (all || c == 0) stable[kCoalitionNash + c] = std::move(together->stable[c]);
  return stable;
}

void GameWorlds::count(const Verdicts& always, const Verdicts& possibly, WorldTally& tally) const {
  const auto add_up = [&](const std::vector<Bits>& stable, Counts& equilibrium, std::vector<Counts>& each) {
    if (stable.empty()) return;
    Bits all(graph_.states, true);
    for (std::size_t p = 0; p < stable.size(); ++p) {
      stable[p].for_each([&](State s) { ++each[p][s]; });
      all &= stable[p];
    }
    all.for_each([&](State s) { ++equilibrium[s]; });
  };
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    ConceptCount& own = tally.concepts[c];
    add_up(always[c], own.equilibrium, own.stable);
    if (open_.any()) add_up(possibly[c], own.equilibrium_at_most, own.stable_at_most);
  }
}

bool GameWorlds::draw(World& world, WorldTally& tally) const {
  world.settlement = utilities_.settlement(ask_.solve.seed, world.number);
  world.ranks.resize(a_.game.players.size());
  for (std::size_t p = 0; p < world.ranks.size(); ++p) {
    if (open_.silent(p)) continue;
    world.ranks[p] = utilities_.ranks(p, world.settlement, ask_.solve.seed, world.number);
    if (world.ranks[p].empty()) {
      ++tally.refused[p];
      return false;
    }
  }
  return true;
}

bool GameWorlds::solve_open(World& world) const {
  world.known = open_.known(world.settlement, world.ranks);
  auto bounds = bounds_ ? bounds_->solve(world.known, {ask_.solve.cancel, {}}) : std::nullopt;
  if (!bounds) return false;
  world.always.stable = std::move(bounds->always);
  world.possibly.stable = std::move(bounds->possibly);
  return true;
}

void GameWorlds::block(std::int64_t number, std::int64_t worlds, WorldTally& tally) const {
  stability::ArcSolver solver(graph_, a_.game.movers);
  World world;
  for (std::int64_t i = number * kBlock; i < std::min(worlds, (number + 1) * kBlock); ++i) {
    world.number = static_cast<std::uint64_t>(i);
    if (!draw(world, tally)) continue;
    if (open_.any()) {
      if (!solve_open(world)) return;
    } else {
      solver.solve(world.ranks, ask_.concepts, world.always);
      world.possibly = world.always;
    }
    ++tally.worlds;
    const Verdicts always = verdicts(world, false), possibly = open_.any() ? verdicts(world, true) : always;
    count(always, possibly, tally);
    const int now = a_.game.settlements[world.settlement].now;
    if (now >= 0) present(world, always, possibly, static_cast<State>(now), tally);
    if (zone_ != nullptr) against(world, tally);
    if (views_.any() && !open_.any() && i < kViewedWorlds)
      views_.count(ask_.solve.seed, world.number, world.settlement, world.ranks, world.always,
                   tally.perception);
  }
}

void GameWorlds::merge(const WorldTally& t) {
  const std::lock_guard guard(lock_);
  a_.worlds += t.worlds;
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    add(a_.concepts[c].equilibrium, t.concepts[c].equilibrium);
    add(a_.concepts[c].equilibrium_at_most, t.concepts[c].equilibrium_at_most);
    for (std::size_t p = 0; p < t.refused.size(); ++p) {
      add(a_.concepts[c].stable[p], t.concepts[c].stable[p]);
      add(a_.concepts[c].stable_at_most[p], t.concepts[c].stable_at_most[p]);
    }
    a_.present.equilibrium[c] += t.present.equilibrium[c];
    a_.present.equilibrium_at_most[c] += t.present.equilibrium_at_most[c];
    add(a_.present.stable[c], t.present.stable[c]);
    add(a_.present.stable_at_most[c], t.present.stable_at_most[c]);
    if (c >= stability::kConcepts) continue;
    add(a_.present.leaves[c], t.present.leaves[c]);
    add(a_.present.leaves_at_most[c], t.present.leaves_at_most[c]);
  }
  a_.present.worlds += t.present.worlds;
  add(a_.present.tempted, t.present.tempted);
  add(a_.present.tempted_at_most, t.present.tempted_at_most);
  for (const auto& [key, count] : t.leavings) leavings_[key] += count;
  a_.against.worlds += t.against.worlds;
  a_.against.zone += t.against.zone;
  a_.against.all_left += t.against.all_left;
  a_.against.now_holds += t.against.now_holds;
  a_.against.all_left_at_most += t.against.all_left_at_most;
  a_.against.now_holds_at_most += t.against.now_holds_at_most;
  add(a_.against.by, t.against.by);
  add(a_.against.by_at_most, t.against.by_at_most);
  for (std::size_t n = 0; n < t.against.packages.size(); ++n) {
    a_.against.packages[n].in_zone += t.against.packages[n].in_zone;
    a_.against.packages[n].left += t.against.packages[n].left;
    a_.against.packages[n].left_at_most += t.against.packages[n].left_at_most;
    add(a_.against.packages[n].by, t.against.packages[n].by);
    add(a_.against.packages[n].by_at_most, t.against.packages[n].by_at_most);
  }
  add(refused_, t.refused);
  if (views_.any()) add_perception(a_.perception, t.perception);
}

std::int64_t GameWorlds::affordable() const {
  const auto states = static_cast<double>(graph_.states), movers = static_cast<double>(a_.game.movers.size()),
             moves = static_cast<double>(std::max<std::size_t>(a_.moves, graph_.states)),
             words = states / 64 + 1;
  const double cells = states * static_cast<double>(a_.game.players.size());
  // With somebody silent, sets of states in place of ranks: what is reached, and what leads out of sanctions.
  const double steps = open_.any() ? 2 * movers * words * (moves * movers + 2 * states * states)
                                   : 2.0 * stability::kConcepts * moves * movers;
  return std::max<std::int64_t>(deals::kFewestWorlds,
                                static_cast<std::int64_t>(std::min(
                                    static_cast<double>(deals::kMostUtilities) / cells, kMostSteps / steps)));
}

void GameWorlds::run() {
  const auto& game = a_.game;
  const WorldTally empty(a_);
  a_.concepts = empty.concepts;
  a_.present = empty.present;
  a_.against.by = empty.against.by;
  a_.against.by_at_most = empty.against.by_at_most;
  a_.against.packages = empty.against.packages;
  refused_ = empty.refused;
  if (views_.any()) {
    a_.perception = empty.perception;
    a_.perception.answered = !open_.any();
    a_.perception.open = open_.any();
    a_.perception.views = views_.words();
  }
  const std::int64_t worlds = std::min<std::int64_t>(std::max(ask_.solve.draws, 0), affordable());
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
  if (!open_.any()) {
    for (ConceptCount& count : a_.concepts) {
      count.equilibrium_at_most = count.equilibrium;
      count.stable_at_most = count.stable;
    }
  }
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
