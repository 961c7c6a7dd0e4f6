// SPDX-License-Identifier: MIT
#include "questions/stability.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>

#include "questions/stability_parts.hpp"
#include "stability/reach.hpp"
#include "worlds/parallel.hpp"

namespace parley::questions {
namespace {

using stability::Bits;
using stability::Members;
using stability::State;

constexpr std::int64_t kBlock = 32;                  // worlds that share their work space
constexpr std::size_t kMostCoalitionStates = 2'048;  // of an account's game
constexpr std::size_t kMostCoalitionDms = 6;
constexpr double kMostSteps = 4e9;  // visits of moves that one answer works out at most
constexpr std::size_t kMostLeavings = 12;

/// Coalitions whose members all take part in what they can reach, and what that is.
struct Coalition {
  Members members = 0;
  std::optional<stability::Reach> reach;
};

std::vector<Coalition> coalitions_of(const framing::AccountGame& game, const stability::Graph& graph) {
  std::vector<Coalition> list;
  if (graph.states > kMostCoalitionStates || game.players.size() > kMostCoalitionDms) return list;
  for (Members h = 1; h < (Members{1} << game.players.size()); ++h) {
    std::vector<const stability::Arcs*> arcs;
    Members moving = 0;
    for (std::size_t k = 0; k < game.movers.size(); ++k)
      if ((game.movers[k] & ~h) == 0) {
        arcs.push_back(&graph.out[k]);
        moving |= game.movers[k];
      }
    if (moving != h) continue;
    Coalition c{h, stability::Reach::make(graph.states, arcs)};
    if (!c.reach) return {};
    list.push_back(std::move(c));
  }
  return list;
}

using Counts = std::vector<int>;

/// What a block of worlds adds up to.
struct Tally {
  explicit Tally(const GameAnswer& a) {
    const std::size_t states = a.game.graph.states.size(), dms = a.game.players.size();
    for (auto& c : concepts) {
      c.equilibrium.assign(states, 0);
      c.stable.assign(dms, Counts(states, 0));
    }
    for (auto& c : present.stable) c.assign(dms, 0);
    for (auto& c : present.leaves) c.assign(a.game.movers.size(), 0);
    present.tempted.assign(a.game.movers.size(), 0);
    against.by.assign(a.game.movers.size(), 0);
    for (const auto& package : a.against.packages)
      against.packages.push_back({package.id, 0, 0, Counts(a.game.movers.size(), 0)});
    refused.assign(dms, 0);
  }
  int worlds = 0;
  std::array<ConceptCount, kGameConcepts> concepts;
  Present present;
  AgainstDeals against;
  std::map<std::pair<std::size_t, std::vector<std::pair<int, int>>>, int> leavings;
  Counts refused;
};

void add(Counts& to, const Counts& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

/// Everything about a game that does not change from world to world.
class Worlds {
 public:
  Worlds(GameAnswer& answer, const stability::Graph& graph, const StabilityAsk& ask, const ZoneStates* zone,
         const framing::Framed* framed)
      : a_(answer),
        graph_(graph),
        ask_(ask),
        zone_(zone),
        framed_(framed),
        utilities_(answer.game),
        coalitions_(coalitions_of(answer.game, graph)) {}

  void run();

 private:
  void block(std::int64_t number, std::int64_t worlds, Tally& tally) const;
  std::vector<Bits> coalition_nash(const stability::Rankings& ranks) const;
  void present(const stability::Individual& found, const std::vector<Bits>& cnash,
               const stability::Rankings& ranks, State now, Tally& tally) const;
  void against(const stability::Individual& found, std::size_t settlement, std::uint64_t world,
               Tally& tally) const;
  [[nodiscard]] bool gains(const stability::Rankings& ranks, Members who, State from, State to) const;
  void merge(const Tally& tally);

  GameAnswer& a_;
  const stability::Graph& graph_;
  const StabilityAsk& ask_;
  const ZoneStates* zone_;
  const framing::Framed* framed_;
  GameUtilities utilities_;
  std::vector<Coalition> coalitions_;
  std::mutex lock_;
  std::map<std::pair<std::size_t, std::vector<std::pair<int, int>>>, int> leavings_;
  Counts refused_;
};

bool Worlds::gains(const stability::Rankings& ranks, Members who, State from, State to) const {
  for (Members left = who; left != 0; left &= left - 1) {
    const auto& own = ranks[static_cast<std::size_t>(std::countr_zero(left))];
    if (own[to] >= own[from]) return false;
  }
  return true;
}

/// Per decision maker: states that no coalition with it leaves.
std::vector<Bits> Worlds::coalition_nash(const stability::Rankings& ranks) const {
  std::vector<Bits> stable(a_.game.players.size(), Bits(graph_.states, true));
  for (const Coalition& c : coalitions_)
    for (State s = 0; s < graph_.states; ++s) {
      const Bits& reach = c.reach->from(s);
      bool leaves = false;
      for (std::size_t w = 0; w < reach.words().size() && !leaves; ++w)
        for (std::uint64_t word = reach.words()[w]; word != 0 && !leaves; word &= word - 1)
          leaves = gains(ranks, c.members, s,
                         static_cast<State>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      if (!leaves) continue;
      for (Members left = c.members; left != 0; left &= left - 1)
        stable[static_cast<std::size_t>(std::countr_zero(left))].remove(s);
    }
  return stable;
}

void Worlds::present(const stability::Individual& found, const std::vector<Bits>& cnash,
                     const stability::Rankings& ranks, State now, Tally& tally) const {
  const auto& game = a_.game;
  ++tally.present.worlds;
  for (std::size_t c = 0; c < kGameConcepts; ++c) {
    bool all = true;
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      bool stable = true;
      if (c == kCoalitionNash)
        stable = !cnash.empty() && cnash[p].has(now);
      else
        for (std::size_t k = 0; k < game.movers.size(); ++k)
          stable = stable && ((game.movers[k] >> p & 1U) == 0 || found.stable[c][k].has(now));
      tally.present.stable[c][p] += stable ? 1 : 0;
      all = all && stable;
    }
    tally.present.equilibrium[c] += all ? 1 : 0;
  }
  for (std::size_t k = 0; k < game.movers.size(); ++k) {
    for (std::size_t c = 0; c < stability::kConcepts; ++c)
      tally.present.leaves[c][k] += found.stable[c][k].has(now) ? 0 : 1;
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

void Worlds::against(const stability::Individual& found, std::size_t settlement, std::uint64_t world,
                     Tally& tally) const {
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
    const auto& completions = framed_->packages[n].completions;
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

void Worlds::block(std::int64_t number, std::int64_t worlds, Tally& tally) const {
  const auto& game = a_.game;
  stability::ArcSolver solver(graph_, game.movers);
  stability::Individual found;
  stability::Rankings ranks(game.players.size());
  for (std::int64_t i = number * kBlock; i < std::min(worlds, (number + 1) * kBlock); ++i) {
    const auto world = static_cast<std::uint64_t>(i);
    const std::size_t settlement = utilities_.settlement(ask_.solve.seed, world);
    bool drawn = true;
    for (std::size_t p = 0; p < ranks.size() && drawn; ++p) {
      const auto values = utilities_.of(p, settlement, ask_.solve.seed, world);
      drawn = !values.empty();
      if (drawn) ranks[p] = ranks_of(values);
      if (!drawn) ++tally.refused[p];
    }
    if (!drawn) continue;
    ++tally.worlds;
    solver.solve(ranks, stability::kAllConcepts, found);
    std::vector<Bits> cnash;
    if (!coalitions_.empty()) cnash = coalition_nash(ranks);
    for (std::size_t c = 0; c < kGameConcepts; ++c) {
      if (c == kCoalitionNash && cnash.empty()) continue;
      Bits all(graph_.states, true);
      for (std::size_t p = 0; p < ranks.size(); ++p) {
        Bits own(graph_.states, true);
        if (c == kCoalitionNash) own = cnash[p];
        for (std::size_t k = 0; k < game.movers.size() && c != kCoalitionNash; ++k)
          if ((game.movers[k] >> p & 1U) != 0) own &= found.stable[c][k];
        own.for_each([&](State s) { ++tally.concepts[c].stable[p][s]; });
        all &= own;
      }
      all.for_each([&](State s) { ++tally.concepts[c].equilibrium[s]; });
    }
    const int now = game.settlements[settlement].now;
    if (now >= 0) present(found, cnash, ranks, static_cast<State>(now), tally);
    if (zone_ != nullptr) against(found, settlement, world, tally);
  }
}

void Worlds::merge(const Tally& t) {
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
}

void Worlds::run() {
  const auto& game = a_.game;
  const Tally empty(a_);
  a_.concepts = empty.concepts;
  a_.present = empty.present;
  a_.against.by = empty.against.by;
  a_.against.packages = empty.against.packages;
  refused_ = empty.refused;
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
                         Tally tally(a_);
                         block(number, worlds, tally);
                         merge(tally);
                       },
                       {ask_.solve.threads, ask_.solve.cancel, {}});
  for (std::size_t c = 0; c < kGameConcepts; ++c)
    a_.concepts[c].answered = a_.worlds > 0 && (c != kCoalitionNash || !coalitions_.empty());
  for (const auto& [key, count] : leavings_) a_.present.leavings.push_back({key.first, key.second, count});
  std::stable_sort(a_.present.leavings.begin(), a_.present.leavings.end(),
                   [](const Leaving& x, const Leaving& y) { return x.worlds > y.worlds; });
  if (a_.present.leavings.size() > kMostLeavings) a_.present.leavings.resize(kMostLeavings);
  for (std::size_t p = 0; p < refused_.size(); ++p)
    if (refused_[p] > 0 && a_.worlds == 0) a_.refused.push_back(game.players[p].id);
}

/// Where legal moves of all movers lead from any of the presents.
std::vector<bool> reached_from(const framing::AccountGame& game, const stability::Graph& graph) {
  std::vector<bool> reached(graph.states, false);
  std::vector<std::pair<State, std::size_t>> stack;
  std::vector<std::uint64_t> seen(graph.states, 0);
  const auto go = [&](State s, std::size_t last) {
    for (std::size_t k = 0; k < game.movers.size(); ++k)
      if (k != last)
        for (const State t : graph.out[k].of(s))
          if ((seen[t] >> k & 1U) == 0) {
            seen[t] |= std::uint64_t{1} << k;
            reached[t] = true;
            stack.emplace_back(t, k);
          }
  };
  for (const auto& settlement : game.settlements) {
    if (settlement.now < 0) continue;
    reached[static_cast<std::size_t>(settlement.now)] = true;
    go(static_cast<State>(settlement.now), SIZE_MAX);
  }
  while (!stack.empty()) {
    const auto [s, last] = stack.back();
    stack.pop_back();
    go(s, last);
  }
  return reached;
}

}  // namespace

std::shared_ptr<const GameAnswer> solve_game(const FramedGame& framed, const StabilityAsk& ask) {
  auto result = std::make_shared<GameAnswer>();
  GameAnswer& answer = *result;
  answer.game = framed.game;
  answer.level_words = framed.level_words;
  const framing::AccountGame& game = answer.game;
  if (!game.too_large.empty()) return result;
  const stability::Graph graph = stability::graph_of(game.graph.states.size(), game.graph.moves);
  for (const auto& arcs : graph.out) answer.moves += arcs.to.size();
  answer.reached = reached_from(game, graph);
  const ZoneStates zone(game, framed.talks);
  bool compare = zone.usable();
  answer.against.why_not = zone.why_not();
  if (compare) {
    const double work =
        static_cast<double>(framed.talks->ensemble.packages.size() * framed.talks->parties.size()) *
        std::max(ask.solve.draws, 1);
    compare = work <= static_cast<double>(deals::kMostUtilities);
    if (!compare) answer.against.why_not = "the table has too many packages for it";
  }
  if (compare)
    for (const auto& package : framed.talks->packages)
      answer.against.packages.push_back({package.id, 0, 0, {}});
  answer.against.compared = compare;
  Worlds(answer, graph, ask, compare ? &zone : nullptr, framed.talks).run();
  if (ask.solve.prove && answer.worlds > 0) prove_by_orders(answer, graph, ask.solve.cancel);
  // What the answer does not need again: kept for many readings it would fill the memory.
  for (auto& settlement : answer.game.settlements) settlement.states.clear();
  for (auto& moves : answer.game.graph.moves) moves.clear();
  return result;
}

const char* game_concept(std::size_t number) {
  static constexpr std::array<const char*, kGameConcepts> names = {"nash", "gmr",  "smr",
                                                                   "seq",  "ssym", "cnash"};
  return names[number];
}

FramedColumn frame_column(const Column& column, const StabilityAsk& ask, const ColumnAnswer* solved) {
  FramedColumn result;
  const framing::Situation situation = framing::make_situation(column.rows, column.options);
  result.wrong = framing::wrong_focus(situation, ask.framing);
  result.framed = true;
  if (!result.wrong.empty()) return result;
  std::vector<const framing::Framed*> tables;
  if (solved != nullptr) {
    for (const TableAnswer& table : solved->tables) tables.push_back(&table.framed);
  } else {
    for (const account::Row* row : situation.account.of("talks"))
      if (auto one = framing::frame_deals(situation, row->id))
        result.tables.push_back(std::make_unique<framing::Framed>(std::move(*one)));
    for (const auto& one : result.tables) tables.push_back(one.get());
  }
  for (auto& game : framing::frame_stability(situation, tables, ask.framing)) {
    FramedGame& one = result.games.emplace_back();
    one.game = std::move(game);
    for (const auto& issue : one.game.focus)
      one.level_words.push_back(situation.variables[static_cast<std::size_t>(issue.variable)].levels);
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const framing::Framed* f) { return f->table == one.game.talks; });
    if (found != tables.end()) one.talks = *found;
  }
  return result;
}

}  // namespace parley::questions
