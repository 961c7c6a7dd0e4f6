// SPDX-License-Identifier: MIT
// Rows in words: one short sentence each, for people.
#pragma once
#include <string>

#include "account/account.hpp"

namespace parley::report {

/// "iran insists on agenda: nuclear-only". Falls back to the row's own text, then its id.
[[nodiscard]] std::string words_of(const account::Account& account, const account::Row& row);

}  // namespace parley::report
