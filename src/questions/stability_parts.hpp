// SPDX-License-Identifier: MIT
// The steps of the stability lens over an account, private to this room.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "deals/ensemble_draws.hpp"
#include "questions/digest.hpp"
#include "questions/stability.hpp"

namespace parley::questions {

/// What a decision maker may take to be so: the account with the rows of a reading, or without a row.
struct Twist {
  std::string row, about;
  expression::Interval believes;
};
/// What one decision maker believes besides commitments, and the game under every set of these beliefs.
struct FramedView {
  std::vector<Twist> twists;
  std::vector<framing::AccountGame> games;  ///< [bits: which of them it takes to be so]; 0 is left empty
  std::vector<std::pair<std::string, std::string>> unread;
};
inline constexpr std::size_t kMostTwists = 3;  ///< of one decision maker

/// A game with what its answer needs besides.
struct FramedGame {
  framing::AccountGame game;
  std::vector<std::vector<std::string>> level_words;
  const framing::Framed* talks = nullptr;  ///< whose zone it is held against
  std::vector<FramedView> views;           ///< of each decision maker; empty: not asked for
};
/// What rows of `beliefs` make of a game for each decision maker.
[[nodiscard]] std::vector<FramedView> frame_views(const Column& column, const framing::Situation& situation,
                                                  const framing::AccountGame& game);
struct FramedColumn {
  bool framed = false;
  std::string wrong;                                     ///< the focus does not fit
  std::vector<std::unique_ptr<framing::Framed>> tables;  ///< framed here, where the column was not solved
  std::vector<FramedGame> games;
};
/// Of everything that the answer about a game depends on or repeats.
[[nodiscard]] Fingerprint fingerprint(const FramedGame& framed);
[[nodiscard]] FramedColumn frame_column(const Column& column, const StabilityAsk& ask,
                                        const ColumnAnswer* solved);
[[nodiscard]] std::shared_ptr<const GameAnswer> solve_game(const FramedGame& framed, const StabilityAsk& ask);

/// Takes away joint moves that a ratifier surely refuses, and marks as open those that it may refuse.
void ratify(framing::AccountGame& game, const std::atomic<bool>* cancel);

/// Fills the `proved` of every concept but cnash: comparisons of states by exact linear programmes.
void prove_by_orders(GameAnswer& answer, const stability::Graph& graph, const std::atomic<bool>* cancel);

/// The zone of the talks in one world, as states of the game.
class ZoneStates {
 public:
  ZoneStates(const framing::AccountGame& game, const framing::Framed* framed);
  [[nodiscard]] bool usable() const { return why_not_.empty(); }
  [[nodiscard]] const std::string& why_not() const { return why_not_; }
  /// Per package of the framed problem: its state under a settlement, -1 where it is none.
  [[nodiscard]] int state(std::size_t settlement, std::size_t package) const {
    return states_[settlement][package];
  }
  /// Packages in the zone of a world; nothing where a party has no utility.
  [[nodiscard]] std::vector<int> zone(std::uint64_t seed, std::uint64_t world) const;

 private:
  const framing::Framed* framed_;
  std::string why_not_;
  std::vector<std::vector<int>> states_;
  std::vector<std::shared_ptr<const deals::UtilityDraw>> draws_;
};

}  // namespace parley::questions
