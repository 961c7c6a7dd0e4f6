// SPDX-License-Identifier: MIT
// A conflict as a Parley account in text, where the language has words for it: `parley import`.
#pragma once
#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::foreign {

/// Above so many states whole rankings are not said one outcome each.
inline constexpr std::size_t kMostImportedStates = 150;
/// Rows that say which combinations of levels cannot be.
inline constexpr std::size_t kMostImportedBans = 500;
/// Combinations of levels, feasible or not: what a game of an account takes (framing/stability.hpp).
inline constexpr std::size_t kMostImportedVectors = 16'384;
/// What a game of an account takes without being told its issues.
inline constexpr std::size_t kMostUnnamedIssues = 12;
inline constexpr std::size_t kMostUnnamedVectors = 1'024;

struct ImportedAccount {
  /// A situation of the account, and the number that the file gives this state; several situations have one
  /// number where the file leaves options of a state open.
  struct Situation {
    std::vector<std::string> levels;  ///< one word for each issue
    long long number = 0;
  };
  std::string text;  ///< YAML; every decision maker's whole order, by outcomes that hold one another
  std::vector<std::string> actors, issues;
  std::vector<Situation> situations;
  std::vector<std::string> left_out;  ///< one sentence each: of the file, what the account does not say
  bool has_present = false;           ///< the file named a status quo
  bool needs_focus = false;           ///< too many issues for a game whose issues are not named in --focus
};

/// May a word be an id, by the language's own judgement? Empty: every word that is made of the right signs.
using UsableId = std::function<bool(const std::string&)>;

/// `account`: its name. `title`: where it comes from, in words. The error is one sentence: what of the
/// conflict cannot be said - unknown or strong preferences, one side only, moves that are no change of what
/// their maker decides - or too many states. What is stable in the account is what is stable in the conflict.
[[nodiscard]] tl::expected<ImportedAccount, std::string> conflict_account(const stability::GraphGame& game,
                                                                          const stability::Space& space,
                                                                          const std::string& account,
                                                                          const std::string& title,
                                                                          const UsableId& usable = {});

/// A word that can be an id: small letters, without their marks, digits and `_`, beginning with a letter.
[[nodiscard]] std::string id_of(const std::string& words, const std::string& otherwise,
                                const UsableId& usable = {});

}  // namespace parley::foreign
