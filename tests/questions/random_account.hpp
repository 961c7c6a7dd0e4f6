// SPDX-License-Identifier: MIT
// Small random accounts: two parties, three issues, positions, preferences, a mechanism and a condition.
#pragma once
#include <random>
#include <string>
#include <vector>

#include "language/read.hpp"

namespace parley::testing {

class RandomAccount {
 public:
  explicit RandomAccount(unsigned seed) : random_(seed) {
    for (int i = 0; i < 5; ++i) rows_.push_back(row(i));
  }

  /// The same account with up to four rows said otherwise, left out or added.
  [[nodiscard]] RandomAccount changed() {
    RandomAccount other = *this;
    other.random_.seed(static_cast<unsigned>(random_()));
    const int changes = 1 + other.below(4);
    for (int i = 0; i < changes; ++i) {
      const auto at = static_cast<std::size_t>(other.below(static_cast<int>(other.rows_.size())));
      const int how = other.below(4);
      if (how == 0)
        other.rows_.push_back(other.row(static_cast<int>(other.next_++)));
      else if (how == 1 && other.rows_.size() > 1)
        other.rows_.erase(other.rows_.begin() + static_cast<std::ptrdiff_t>(at));
      else
        other.rows_[at].second = other.row(0).second;
    }
    return other;
  }

  [[nodiscard]] std::string text() const {
    std::string text = R"(parley: 1
account: random
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  border: {settled_by: [a, b], levels: [shut, open], now: shut}
  dam: {chosen_by: a, levels: [closed, raised], now: closed}
talks: {t: {parties: [a, b], issues: [water, border], from: ex}}
)";
    for (const char* block : {"positions", "preferences", "mechanisms"}) {
      std::string rows;
      for (const auto& [id, row] : rows_)
        if (row.first == block) rows += "  r" + id + ": {" + row.second + "}\n";
      if (!rows.empty()) text += std::string(block) + ":\n  from: ex\n" + rows;
    }
    return text;
  }

  [[nodiscard]] account::Account account() const {
    return language::read_texts({{"random.yaml", text()}}).base;
  }

 private:
  using Said = std::pair<std::string, std::string>;  ///< block, fields

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  std::pair<std::string, Said> row(int id) {
    const std::string by = below(2) == 0 ? "a" : "b";
    const bool water = below(2) == 0;
    const std::string on = water ? "water" : "border";
    const std::string level =
        water ? std::vector<std::string>{"little", "half", "much"}[static_cast<std::size_t>(below(3))]
              : (below(2) == 0 ? "shut" : "open");
    static const std::vector<std::string> stances = {"insists", "presses", "asks", "prefers"};
    const int what = below(8);
    Said said;
    if (what < 5) {
      said = {"positions", "by: " + by + ", on: " + on + ", " + stances[static_cast<std::size_t>(below(4))] +
                               ": " + level};
    } else if (what < 7) {
      const std::string up = water ? "much > half > little" : "open > shut";
      const std::string down = water ? "little > half > much" : "shut > open";
      said = {"preferences", "by: " + by + ", on: " + on + ", order: " + (below(2) == 0 ? up : down)};
    } else {
      said = {"mechanisms", "cause: dam is raised, rules_out: " + on + " is " + level};
    }
    return {std::to_string(id), said};
  }

  std::mt19937 random_;
  std::vector<std::pair<std::string, Said>> rows_;
  unsigned next_ = 5;
};

}  // namespace parley::testing
