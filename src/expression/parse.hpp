// SPDX-License-Identifier: MIT
// Text -> tree, for conditions and for phrases (the grammar stands in tree.hpp). Errors are plain data: the
// language turns them into diagnostics with a place in a file.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/tree.hpp"

namespace parley::expression {

inline constexpr std::size_t kLongestExpression = 4'000;  ///< code points
inline constexpr int kDeepestExpression = 64;             ///< brackets, `not` and `ever` inside each other
inline constexpr int kMostNodes = 500;                    ///< nodes, operands and arguments of one tree
inline constexpr std::size_t kMostProblems = 20;          ///< reported for one expression
inline constexpr double kLongestDuration = 1e6;           ///< of `for N weeks`

/// What is wrong with a stretch of the text: `offset` and `length` in code points from its beginning.
struct Problem {
  enum class Kind { syntax, reserved, limit } kind = Kind::syntax;
  std::string message;  ///< one sentence: what was expected, what was found
  std::string hint;     ///< what to write instead; may be empty
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

/// `tree` is there iff `problems` is empty.
struct Parsed {
  std::optional<Tree> tree;
  std::vector<Problem> problems;
};

/// `recognises(saudi, israel) at least signed and not deal`. Every Place in the tree has line and file of
/// `start` and the column start.column + offset.
[[nodiscard]] Parsed parse_condition(std::string_view text, Place start = {0, 1, 1, 0});

/// A comparison without its subject: `nuclear-only`, `a or b`, `not disbanded`, `at least partial`, `whole`,
/// `rises`. The tree is one comparison whose subject has no name.
[[nodiscard]] Parsed parse_phrase(std::string_view text, Place start = {0, 1, 1, 0});

/// A variable or named condition alone: `recognises(saudi, israel)`, `programme`.
struct ParsedSubject {
  std::optional<Subject> subject;
  std::vector<Problem> problems;
};
[[nodiscard]] ParsedSubject parse_subject(std::string_view text, Place start = {0, 1, 1, 0});

/// Words of the grammar, lower case: they cannot be names, in any case of letters.
[[nodiscard]] const std::vector<std::string>& reserved_words();
[[nodiscard]] bool is_reserved(std::string_view word);

/// ASCII letters, digits, `-`, `_`, `.`; at least one.
[[nodiscard]] bool is_name(std::string_view word);

/// Applies `change` to every place of the tree.
void each_place(Tree& tree, const std::function<void(Place&)>& change);

}  // namespace parley::expression
