// SPDX-License-Identifier: MIT
// Rows in words: one short sentence each, for people.
#pragma once
#include <string>

#include "account/account.hpp"
#include "questions/answer_id.hpp"

namespace parley::report {

/// "iran insists on agenda: nuclear-only". Falls back to the row's own text, then its id.
[[nodiscard]] std::string words_of(const account::Account& account, const account::Row& row);

/// A finding in a few words, by its id: "findings.own-goal:us_threat:spillover" -> "works against its maker's
/// own goal (us threat, spillover)". The id itself where its kind is unknown.
[[nodiscard]] std::string finding_title(const questions::AnswerId& finding);

}  // namespace parley::report
