// SPDX-License-Identifier: MIT
// Every name of an account, and what it stands for.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "account/account.hpp"
#include "account/concepts.hpp"

namespace parley::language {

/// What a variable can be.
struct Domain {
  enum class Kind { levels, choices, number } kind = Kind::number;
  std::vector<std::string> levels;  ///< of levels (lowest first) and choices; empty for a number
  [[nodiscard]] bool has(std::string_view level) const;
};

inline constexpr std::size_t kMemberWork = 1'000'000;  ///< names met while expanding groups, in all

class Names {
 public:
  explicit Names(const account::Account& account);

  [[nodiscard]] const account::Row* find(const std::string& name) const;
  /// account::Refers bits of what the row is.
  [[nodiscard]] static unsigned kind(const account::Row& row);
  /// "an actor", "a commitment"
  [[nodiscard]] static std::string kind_words(const account::Row& row);
  /// "an actor or a group"
  [[nodiscard]] static std::string refers_words(unsigned refers);
  /// Names of rows that `refers` allows, in the order of the account (a hostile account's are not all
  /// listed).
  [[nodiscard]] const std::vector<std::string>& candidates(unsigned refers) const;
  /// What the variable's row can be: an issue's levels, a relation's (absent, present where it lists none),
  /// ...
  [[nodiscard]] static Domain domain(const account::Row& variable);
  /// Every member of a group under any reading, groups inside it expanded; an actor is its own member.
  /// Nothing once the groups of a hostile account have taken too long to expand.
  [[nodiscard]] std::optional<std::unordered_set<std::string>> members(
      const std::vector<std::string>& names) const;
  /// A member of `inner` that is none of `outer`; nothing when there is none.
  [[nodiscard]] std::optional<std::string> outsider(const std::vector<std::string>& inner,
                                                    const std::vector<std::string>& outer) const;

 private:
  const account::Account& account_;
  std::unordered_map<std::string, const account::Row*> rows_;
  mutable std::unordered_map<unsigned, std::vector<std::string>>
      candidates_;  // by `refers`, made when asked for
  mutable std::size_t work_left_ = kMemberWork;
};

}  // namespace parley::language
