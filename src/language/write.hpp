// SPDX-License-Identifier: MIT
// Account -> text.
#pragma once
#include <string>

#include "account/account.hpp"

namespace parley::language {

/// YAML that reads back to the same account: the same rows in each block, in the same order, with the same
/// fields and origins. Heads are written out row by row, rows that the program made are left out, comments
/// are lost.
[[nodiscard]] std::string account_text(const account::Account& account);

/// One row, as it stands in its block (two blanks deep).
[[nodiscard]] std::string row_text(const account::Row& row);

}  // namespace parley::language
