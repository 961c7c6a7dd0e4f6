// SPDX-License-Identifier: MIT
// What actors want: orders over the levels of a variable (rules 2, 4) and limits that bind (rule 3).
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "framing/situation.hpp"

namespace parley::framing {

enum class Stance { prefers, asks, presses, insists };

/// What one row says of the levels of a variable.
struct Said {
  std::string row;
  std::vector<std::pair<int, int>> better, same;
};

/// Everything that one actor's rows say about one variable.
struct Taste {
  std::vector<std::pair<int, int>> better, same;  ///< level a over level b
  std::vector<expression::Interval> worth;        ///< numbers where given, per level; empty = orders only
  std::vector<Said> said;                         ///< orders, row by row
  std::vector<std::string> worth_rows;            ///< the rows that give the numbers
  std::vector<std::string> rows;                  ///< the rows that say it
  std::vector<DefaultRow> defaults;
  bool silent = true;  ///< nothing is said: unknown, not indifferent
  bool indifferent = false;
};
/// In an order that hangs on no name, unless two rows say the same.
[[nodiscard]] std::vector<Said> by_what_they_say(std::vector<Said> said);
/// The rows of a taste that contradict each other: a minimal set, empty when there is none.
[[nodiscard]] std::vector<std::string> clash(const Taste& taste, int levels);
/// above[a][b]: level a is strictly better than b; level[a][b]: at least as good, by what is stated (closed
/// under transitivity).
struct Closure {
  std::vector<std::vector<bool>> above, at_least;
};
[[nodiscard]] Closure closure_of(const Taste& taste, int levels);
[[nodiscard]] Taste taste_of(const Situation& situation, const std::string& actor, int variable);

/// A position with its levels: what it asks of one variable, or of a whole package.
struct Wish {
  std::string row;  ///< id; `id#member` where the row speaks for a group
  std::string by;
  Stance stance = Stance::prefers;
  std::vector<std::pair<int, LevelSet>> levels;  ///< variable, wanted levels; several for a package
  std::string package;                           ///< the package, where it is on one
  bool refused = false;  ///< of a package: it is refused as a whole; on one issue the levels say so
};
[[nodiscard]] std::vector<Wish> wishes_of(const Situation& situation, const std::string& actor);

/// The weakest stance that binds under the option `binding`; nothing when none does.
[[nodiscard]] std::optional<Stance> binding_stance(const Options& options);

[[nodiscard]] Formula wanted(const Wish& wish);

}  // namespace parley::framing
