// SPDX-License-Identifier: MIT
// World by world: what holds in a game, private to this room. Steps: stability_worlds.cpp (the loop),
// stability_present.cpp (who would leave the present, what pulls against deals), stability_open.cpp (what is
// known where somebody is silent), stability_views.cpp (each side's own graph).
#pragma once
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "questions/stability_open.hpp"
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
      c.equilibrium_at_most = c.equilibrium;
      c.stable_at_most = c.stable;
    }
    const Counts none(a.game.movers.size(), 0);
    present.stable.fill(Counts(dms, 0));
    present.leaves.fill(none);
    present.stable_at_most = present.stable;
    present.leaves_at_most = present.leaves;
    present.tempted = present.tempted_at_most = against.by = against.by_at_most = none;
    for (const auto& package : a.against.packages)
      against.packages.push_back({package.id, 0, 0, none, 0, none});
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
  /// What is stable for each mover in a world: whatever the silent prefer, and with something that they may
  /// prefer. `ranks` of the silent are empty.
  struct World {
    std::uint64_t number = 0;
    std::size_t settlement = 0;
    stability::Rankings ranks;
    std::vector<stability::Comparisons> known;  ///< where somebody is silent
    stability::Individual always, possibly;
  };
  void block(std::int64_t number, std::int64_t worlds, WorldTally& tally) const;
  [[nodiscard]] bool draw(World& world, WorldTally& tally) const;
  /// With a silent player; false: stopped.
  [[nodiscard]] bool solve_open(World& world) const;
  [[nodiscard]] std::int64_t affordable() const;
  /// stable[concept][decision maker]: of individual concepts for every mover that it belongs to; empty where
  /// a concept is not answered.
  using Verdicts = std::array<std::vector<stability::Bits>, kGameConcepts>;
  [[nodiscard]] Verdicts verdicts(const World& world, bool perhaps) const;
  void count(const Verdicts& always, const Verdicts& possibly, WorldTally& tally) const;
  void present(const World& world, const Verdicts& always, const Verdicts& possibly, stability::State now,
               WorldTally& tally) const;
  void leaving(const World& world, std::size_t mover, stability::State now, WorldTally& tally) const;
  void against(const World& world, WorldTally& tally) const;
  /// Do all members prefer it; `perhaps`: may they?
  [[nodiscard]] bool gains(const World& world, stability::Members who, stability::State from,
                           stability::State to, bool perhaps) const;
  void merge(const WorldTally& tally);

  GameAnswer& a_;
  const stability::Graph& graph_;
  const StabilityAsk& ask_;
  const ZoneStates* zone_;
  const FramedGame& framed_;
  GameUtilities utilities_;
  OpenPlayers open_;
  std::optional<stability::BoundSolver> bounds_;  ///< where somebody is silent
  std::optional<stability::CoalitionSolver> coalitions_;
  GameViews views_;
  bool replies_ = false;  ///< are cgmr, csmr and cseq worked out?
  std::mutex lock_;
  std::map<std::pair<std::size_t, std::vector<std::pair<int, int>>>, int> leavings_;
  Counts refused_;
};

}  // namespace parley::questions
