// SPDX-License-Identifier: MIT
// The maker of players and settlements, private to framing for stability: its steps are in
// stability_leads.cpp, stability_pledges.cpp, stability_players.cpp and stability_settlements.cpp.
#pragma once
#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "framing/deals_parts.hpp"
#include "framing/stability_parts.hpp"

namespace parley::framing {

[[nodiscard]] inline bool contains(const std::vector<int>& list, int v) {
  return std::find(list.begin(), list.end(), v) != list.end();
}

/// Talks whose issues the game moves: agreed where the state is an agreement, and otherwise failed.
struct OnTable {
  const Framed* framed;
  Table table;
  int variable = -1;
  std::vector<int> place;  ///< per issue of the table: its place in the focus, -1 = held
};

/// What each decision maker cares about, and what every state leads to (rules 2, 4, 6, 8, 9).
class PlayerMaker {
 public:
  PlayerMaker(const GameMaker& m, AccountGame& g) : m_(m), g_(g) {
    for (const Framed* f : m.tables) {
      if (f->table == g.talks) anchor_ = f;
      add_table(*f);
    }
  }
  void make();

 private:
  void add_table(const Framed& f);
  [[nodiscard]] bool is_a_move(const ChanceRule& rule) const {
    return std::any_of(rule.act.begin(), rule.act.end(),
                       [&](const auto& part) { return m_.in_focus[static_cast<std::size_t>(part.first)]; });
  }
  void find_pledges();
  [[nodiscard]] std::vector<bool> broken_in(const Masks& start,
                                            const std::function<bool(const ChanceRule&)>& not_due) const;
  void settle_unknowns();
  [[nodiscard]] std::vector<int> further_starts() const;
  [[nodiscard]] std::vector<std::size_t> further_signs() const;
  void add_settlement(std::size_t resolution, std::uint64_t code, bool spread, const std::vector<int>& starts,
                      const std::vector<std::size_t>& signs);
  void lead();
  /// `broken`: which pledges the state breaks.
  Leads lead_from(const Settlement& settled, const Masks& base, std::size_t state, bool present,
                  std::vector<bool>& broken);
  void find_derived();
  [[nodiscard]] bool told_apart(std::size_t settlement, std::size_t state, int v) const;
  void players();
  /// `name`'s stakes: of the focus and of `effects`. `party`: its place among the parties of the talks'
  /// problem, -1 = none.
  [[nodiscard]] Player player_of(const std::string& name, int party, const std::vector<int>& effects);
  [[nodiscard]] bool speaks(const std::string& id, const std::vector<int>& effects) const;
  void ratifiers(const std::vector<int>& effects);
  void weights(Player& player) const;
  void fill();
  [[nodiscard]] bool is_silent(std::size_t player) const;
  [[nodiscard]] LevelMask level(std::size_t settlement, std::size_t state, std::size_t branch, int v) const;
  const Variable& at(int v) const { return m_.s.variables[static_cast<std::size_t>(v)]; }

  const GameMaker& m_;
  AccountGame& g_;
  const Framed* anchor_ = nullptr;
  std::vector<OnTable> tables_;
  std::vector<Settlement> settled_;
  std::vector<int> derived_;  ///< variables beside the focus that a state may change
  std::vector<int> place_;    ///< variable -> place in derived_, -1; focus: its place in the focus
  std::vector<Masks> base_;   ///< per settlement
  /// [settlement][state][branch]: masks of derived_
  std::vector<std::vector<std::vector<std::vector<LevelMask>>>> after_;
  std::set<int> used_chances_;
  std::vector<int> pledged_;  ///< of each pledge of the game its chance
};

}  // namespace parley::framing
