// SPDX-License-Identifier: MIT
// The steps of framing for stability, private to this room. Each fills a part of AccountGame.
#pragma once
#include <string>
#include <vector>

#include "framing/causal.hpp"
#include "framing/stability.hpp"

namespace parley::framing {

inline constexpr const char* kNature = "nature";

/// What the steps share.
struct GameMaker {
  const Situation& s;
  const Rules& rules;
  const std::vector<const Framed*>& tables;
  std::vector<bool> in_focus;            ///< per variable
  std::vector<std::vector<int>> levels;  ///< of each state, of the focus
  std::vector<int> state_of;             ///< number -> state, -1 = cannot be
};

/// Groups of issues, each a focus; what is left out goes to the first of them.
struct Chosen {
  std::vector<std::vector<FocusIssue>> groups;
  std::vector<LeftOut> left_out;
};
[[nodiscard]] Chosen choose_focus(const Situation& s, const Rules& rules,
                                  const std::vector<const Framed*>& tables, const StabilityOptions& options);

/// Decision makers, movers, states that can be, and moves.
void make_game(GameMaker& m, AccountGame& g);
/// Stakes of every decision maker, and what each state leads to.
void make_players(const GameMaker& m, AccountGame& g);

}  // namespace parley::framing
