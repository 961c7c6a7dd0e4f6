// SPDX-License-Identifier: MIT
// What rows exclude, force and leave open: logic alone, without any measure.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "logic/satisfy.hpp"

namespace parley::consistency {

/// Variables with their levels, and rows as constraints over them (`id` = the row's id). `given`, what a
/// question holds fixed, is structure.
struct Conditions {
  std::vector<std::string> variables;
  std::vector<std::vector<std::string>> levels;
  logic::FiniteProblem problem;
};

enum class Reach { open, excluded, forced };

struct LevelReach {
  int variable = 0, level = 0;
  Reach reach = Reach::open;
  std::vector<std::vector<std::string>> because;  ///< minimal sets of rows; empty set: structure alone
};

struct Reachable {
  bool consistent = true;
  std::vector<std::vector<std::string>> clashes;  ///< minimal sets of rows that leave no state at all
  std::vector<LevelReach> levels;                 ///< by variable, then level; none where not consistent
  bool complete = true;
};

/// `stop` is asked between questions.
[[nodiscard]] Reachable reachable(const Conditions& conditions, const std::function<bool()>& stop = {});

/// One level that shuts out another through rows that join: "annexation is done" excludes
/// "recognises(saudi, israel) is in force" by {split, saudi_bar}.
struct Exclusion {
  int variable = 0, level = 0;     ///< whoever is there ...
  int other = 0, other_level = 0;  ///< ... cannot have this
  std::vector<std::string> rows;
};

/// Every pair of levels, each possible by itself, that no state has together (none where no state is left at
/// all), with one minimal set of rows of at least `least_rows`.
[[nodiscard]] std::vector<Exclusion> exclusions(const Conditions& conditions, std::size_t least_rows = 2,
                                                const std::function<bool()>& stop = {});

}  // namespace parley::consistency
