// SPDX-License-Identifier: MIT
// What a row says, apart from how it and others are called: where one of several rows is chosen, the choice
// is made by this, so that it does not hang on names or on the order of the file.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "account/account.hpp"

namespace parley::account {

/// Row -> a number from what it says, from the rows that it names and from those that name it, and so on
/// outwards (colour refinement; Weisfeiler and Leman 1968). Ids, labels, texts for readers, the order of rows
/// and of lists that are sets do not enter. Rows that say the same of things that are alike in turn have one
/// number.
[[nodiscard]] std::map<std::string, std::uint64_t> content_of(const Account& account);

/// What a name that is made of ids says: that of "recognises(saudi, israel)", from its relation and both
/// ends. A word that is no id of a row is itself.
[[nodiscard]] std::uint64_t content_in(const std::string& text,
                                       const std::map<std::string, std::uint64_t>& content);

/// Ids in the order of their content; rows of one number by id.
void sort_by_content(std::vector<std::string>& ids, const std::map<std::string, std::uint64_t>& content);

}  // namespace parley::account
