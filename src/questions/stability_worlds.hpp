// SPDX-License-Identifier: MIT
// World by world: what holds in a game, private to this room. Steps: stability_worlds.cpp (the loop),
// stability_present.cpp (who would leave the present, what pulls against deals), stability_views.cpp (each
// side's own graph).
#pragma once
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "questions/stability_parts.hpp"
#include "questions/stability_views.hpp"
#include "stability/coalition.hpp"

namespace parley::questions {

using Counts = std::vector<int>;

/// What a block of worlds adds up to.
struct WorldTally {
  explicit WorldTally(const GameAnswer& a) {
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
    perception = empty_perception(a.game);
  }
  int worlds = 0;
  std::array<ConceptCount, kGameConcepts> concepts;
  Present present;
  AgainstDeals against;
  std::map<std::pair<std::size_t, std::vector<std::pair<int, int>>>, int> leavings;
  Counts refused;
  PerceptionCount perception;
};

/// Everything about a game that does not change from world to world.
class GameWorlds {
 public:
  GameWorlds(GameAnswer& answer, const stability::Graph& graph, const StabilityAsk& ask,
             const ZoneStates* zone, const FramedGame& framed);

  void run();

 private:
  void block(std::int64_t number, std::int64_t worlds, WorldTally& tally) const;
  /// stable[concept][decision maker]: of individual concepts for every mover that it belongs to; empty where
  /// a concept is not answered.
  using Verdicts = std::array<std::vector<stability::Bits>, kGameConcepts>;
  [[nodiscard]] Verdicts verdicts(const stability::Individual& found, const stability::Rankings& ranks) const;
  void count(const Verdicts& verdicts, WorldTally& tally) const;
  void present(const stability::Individual& found, const Verdicts& verdicts, const stability::Rankings& ranks,
               stability::State now, WorldTally& tally) const;
  void against(const stability::Individual& found, std::size_t settlement, std::uint64_t world,
               WorldTally& tally) const;
  [[nodiscard]] bool gains(const stability::Rankings& ranks, stability::Members who, stability::State from,
                           stability::State to) const;
  void merge(const WorldTally& tally);

  GameAnswer& a_;
  const stability::Graph& graph_;
  const StabilityAsk& ask_;
  const ZoneStates* zone_;
  const FramedGame& framed_;
  GameUtilities utilities_;
  std::optional<stability::CoalitionSolver> coalitions_;
  GameViews views_;
  bool replies_ = false;  ///< are cgmr, csmr and cseq worked out?
  std::mutex lock_;
  std::map<std::pair<std::size_t, std::vector<std::pair<int, int>>>, int> leavings_;
  Counts refused_;
};

}  // namespace parley::questions
