// SPDX-License-Identifier: MIT
// A conflict as a Parley account in text, where the language has words for it: `parley import`.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::foreign {

/// Above so many states whole rankings are not said one outcome each.
inline constexpr std::size_t kMostImportedStates = 150;
/// Vectors of levels that cannot be, one mechanism each, where no pattern says it shorter.
inline constexpr std::size_t kMostImportedBans = 500;

struct ImportedAccount {
  std::string text;  ///< YAML; every decision maker's whole order, by outcomes that hold one another
  std::vector<std::string> actors, issues;
  bool has_present = false;  ///< the file named a status quo
};

/// `account`: its name. `title`: where it comes from, in words. The error is one sentence: what of the
/// conflict cannot be said - unknown or strong preferences, states that are one or that nobody perceives,
/// moves that are no joint change of a decision maker's own options - or too many states.
[[nodiscard]] tl::expected<ImportedAccount, std::string> conflict_account(const stability::GraphGame& game,
                                                                          const stability::Space& space,
                                                                          const std::string& account,
                                                                          const std::string& title);

/// A word that can be an id: small letters, digits and `_`, beginning with a letter.
[[nodiscard]] std::string id_of(const std::string& words, const std::string& otherwise);

}  // namespace parley::foreign
