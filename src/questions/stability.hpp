// SPDX-License-Identifier: MIT
// The stability lens over an account: in which share of worlds each state holds, where the present stands,
// what is proved by orders alone, and where the answer contradicts that of the deals lens on the same worlds.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "framing/stability.hpp"
#include "questions/columns.hpp"
#include "stability/certain.hpp"
#include "stability/graph.hpp"

namespace parley::questions {

/// The five individual concepts, then those of coalitions: cnash, cgmr, csmr, cseq.
inline constexpr std::size_t kGameConcepts = stability::kConcepts + 4;
inline constexpr std::size_t kCoalitionNash = stability::kConcepts;
[[nodiscard]] const char* game_concept(std::size_t number);  ///< "nash", ..., "cseq"

struct StabilityAsk {
  framing::StabilityOptions framing;
  SolveOptions solve;
  /// Also cgmr, csmr and cseq, and each side's own graph: of the account as written, not of its readings.
  bool whole = true;
  stability::ConceptSet concepts = stability::kAllConcepts;  ///< individual ones; the others are not answered
  stability::ConceptSet reading_concepts = stability::kAllConcepts;  ///< the same, of readings
};

/// Counts over worlds of one concept. Where a decision maker is silent (framing::Player::silent), a count is
/// of the worlds in which it is so whatever the silent prefer, and its `_at_most` of those in which they may
/// prefer something with which it is so; otherwise the two are the same.
struct ConceptCount {
  bool answered = false;
  std::vector<int> equilibrium;          ///< per state
  std::vector<std::vector<int>> stable;  ///< [decision maker][state]: for every mover that it belongs to
  std::vector<int> equilibrium_at_most;
  std::vector<std::vector<int>> stable_at_most;
  /// By orders alone, per state: 1 in every world, -1 in none, 0 not decided. Empty: not worked out.
  std::vector<int> proved;
  std::vector<std::vector<int>> proved_for;  ///< [decision maker][state]
};

/// How the present would be left: what a mover would change, and in how many worlds it is what suits it best.
struct Leaving {
  std::size_t mover = 0;
  std::vector<std::pair<int, int>> changes;  ///< issue of the focus, level
  int worlds = 0;
};

struct Present {
  int worlds = 0;  ///< in which the present is among the states
  std::array<int, kGameConcepts> equilibrium{};
  std::array<std::vector<int>, kGameConcepts> stable;         ///< [concept][decision maker]
  std::vector<int> tempted;                                   ///< per mover: it could gain by moving
  std::array<std::vector<int>, stability::kConcepts> leaves;  ///< [concept][mover]: and is not deterred
  std::array<int, kGameConcepts> equilibrium_at_most{};
  std::array<std::vector<int>, kGameConcepts> stable_at_most;
  std::vector<int> tempted_at_most;
  std::array<std::vector<int>, stability::kConcepts> leaves_at_most;
  std::vector<Leaving> leavings;  ///< most frequent first; of movers without a silent member
};

/// A named package as a situation.
struct PackageHolds {
  std::string id;
  int in_zone = 0;      ///< worlds in which some completion is in the zone
  int left = 0;         ///< of these: worlds in which no completion that is in the zone holds
  std::vector<int> by;  ///< per mover: of these, worlds in which it would leave every one of them
  int left_at_most = 0;
  std::vector<int> by_at_most;
};

/// Where the two lenses pull apart, on the same worlds. A state *holds* where it is an equilibrium of
/// sequential stability.
struct AgainstDeals {
  bool compared = false;
  std::string why_not;
  int worlds = 0;
  int zone = 0;         ///< worlds with a zone
  int all_left = 0;     ///< of these: no package of the zone holds
  std::vector<int> by;  ///< per mover: of these, worlds in which it would leave every package of the zone
  int now_holds = 0;    ///< worlds with a zone in which the present holds all the same
  int all_left_at_most = 0, now_holds_at_most = 0;
  std::vector<int> by_at_most;
  std::vector<PackageHolds> packages;
};

/// What one decision maker takes the conflict to be, where rows say that it is not what others take it for.
struct ViewWords {
  struct Reason {
    std::string row;                ///< the row that says so
    std::string about;              ///< what it is about
    expression::Interval believes;  ///< how likely it takes that to be
    expression::Interval is;        ///< how likely the account takes it to be
  };
  std::string dm;
  std::vector<Reason> reasons;
  std::vector<std::pair<std::string, std::string>> unread;  ///< rows that make no graph of their own, and why
};

/// Each acting on its own view (stability/perception.hpp), counted over worlds: [concept] ...
struct PerceptionCount {
  bool answered = false;
  bool open = false;  ///< rows give somebody a view of its own, and a silent decision maker leaves it open
  std::vector<ViewWords> views;  ///< of each decision maker
  int worlds = 0;
  std::vector<int> apart;  ///< [decision maker]: worlds in which its view is not the truth
  struct Of {
    bool answered = false;
    std::vector<int> holds, informed;                 ///< [state]
    std::vector<std::vector<int>> looks, surprising;  ///< [decision maker][state]
    int now_holds = 0, now_informed = 0;
    std::vector<int> now_looks, now_surprising;  ///< [decision maker]
    std::vector<int> now_leaves, now_should;     ///< [mover]: leaves by its own view; would if it knew
    std::vector<int> now_rash, now_held_back;    ///< [mover]
  };
  std::array<Of, stability::kConcepts> of;
  int now_worlds = 0;
};

struct GameAnswer {
  framing::AccountGame game;
  std::vector<std::vector<std::string>> level_words;  ///< per issue of the focus
  std::size_t moves = 0;
  int worlds = 0;        ///< 0: none is consistent, or the game is too large
  bool thinned = false;  ///< fewer than asked for
  std::array<ConceptCount, kGameConcepts> concepts;
  std::vector<bool> reached;  ///< per state: legal moves lead there from some present
  Present present;
  AgainstDeals against;
  PerceptionCount perception;
  bool proofs_complete = false;      ///< every comparison was worked out
  std::vector<std::string> refused;  ///< decision makers whose rows leave no utility
};

struct StabilityAnswer {
  Column column;
  /// Shared between readings that leave a game as it is. Without the cases and moves that it was made from.
  std::vector<std::shared_ptr<const GameAnswer>> games;
};

/// `solved`: the same column, solved by the deals lens, or null; then talks are framed here.
/// `wrong`: a sentence where the focus does not fit the column; the answer is then not to be used.
[[nodiscard]] StabilityAnswer solve_stability(const Column& column, const StabilityAsk& ask,
                                              const ColumnAnswer* solved = nullptr,
                                              std::string* wrong = nullptr);

/// The same for an account and its readings. `columns`: the account as written first, with all of `ask`'s
/// draws and proofs; readings have at most `patch_draws` and no proofs - or the answer about the account as
/// written, where they leave a game as it is. `solved`: parallel to `columns`, or empty. Readings that were
/// not reached before a stop, or that lack an issue of the focus, are left out.
[[nodiscard]] std::vector<StabilityAnswer> stability_of(const std::vector<Column>& columns,
                                                        const std::vector<const ColumnAnswer*>& solved,
                                                        const StabilityAsk& ask, int patch_draws,
                                                        const std::function<void(double)>& progress = {},
                                                        std::string* wrong = nullptr);

/// Utilities of one decision maker in one world: of every state. Empty where its rows leave none.
class GameUtilities {
 public:
  explicit GameUtilities(const framing::AccountGame& game);
  ~GameUtilities();
  GameUtilities(const GameUtilities&) = delete;
  GameUtilities& operator=(const GameUtilities&) = delete;
  [[nodiscard]] bool contradictory(std::size_t player) const;
  [[nodiscard]] std::vector<double> of(std::size_t player, std::size_t settlement, std::uint64_t seed,
                                       std::uint64_t world) const;
  /// The order of the states, without rounding: 0 for the best, equals alike. Empty where its rows leave no
  /// utility.
  [[nodiscard]] std::vector<stability::Rank> ranks(std::size_t player, std::size_t settlement,
                                                   std::uint64_t seed, std::uint64_t world) const;
  /// Which settlement holds in a world.
  [[nodiscard]] std::size_t settlement(std::uint64_t seed, std::uint64_t world) const;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

}  // namespace parley::questions
