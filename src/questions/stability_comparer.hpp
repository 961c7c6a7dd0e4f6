// SPDX-License-Identifier: MIT
// States of a game compared by orders alone, for one decision maker or ratifier: exact linear programmes,
// each worked out once. Private to this room.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <vector>

#include "deals/ensemble_proof.hpp"
#include "framing/stability.hpp"

namespace parley::questions {

inline constexpr std::size_t kMostProgrammes = 6'000;  ///< of one game; what is not compared stays unknown

enum class Compared : std::uint8_t { unknown, better, not_better };  ///< of t, seen from s

class Comparer {
 public:
  /// The game, with its settlements and their cases, must outlive it.
  Comparer(const framing::AccountGame& game, const std::atomic<bool>* cancel);

  /// Seen from s: is t better, or not better, in every world? `voice`: a player, or behind the players one of
  /// the game's `voices`. Rows that contradict each other compare nothing.
  [[nodiscard]] Compared compare(std::size_t voice, stability::State s, stability::State t);
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  [[nodiscard]] std::vector<std::uint32_t> key(std::size_t w, std::size_t p, stability::State s,
                                               stability::State t) const;
  [[nodiscard]] Compared compare(std::size_t w, std::size_t p, stability::State s, stability::State t);

  const std::atomic<bool>* cancel_;
  deals::Ensemble ensemble_;
  std::vector<deals::CaseProver> provers_;
  std::vector<const std::vector<deals::Case>*> worlds_;  ///< states of each settlement
  std::map<std::vector<std::uint32_t>, Compared> known_;
  bool complete_ = true;
};

}  // namespace parley::questions
