// SPDX-License-Identifier: MIT
// How sentences call what an account names by an id.
#pragma once
#include <map>
#include <string>

#include "account/account.hpp"

namespace parley::account {

/// "iran_influence" -> "iran influence"
[[nodiscard]] std::string plain(std::string id);

/// The row's own `is` up to its first comma, semicolon or bracket ("Iran, as a state" -> "Iran"); the id in
/// plain words where there is none, or where it is longer than a name (80 bytes).
[[nodiscard]] std::string name_of(const Account& account, const std::string& id);

/// Ids that a result speaks of, with their names: what outlives the account that it was made from.
using Names = std::map<std::string, std::string>;
/// The id itself where it has no name.
[[nodiscard]] std::string called(const Names& names, const std::string& id);

/// With a capital letter, to begin a sentence.
[[nodiscard]] std::string capital(std::string sentence);

}  // namespace parley::account
