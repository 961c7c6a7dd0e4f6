// SPDX-License-Identifier: MIT
// The same account under other names: what it says must not hang on how its rows are called.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "account/account.hpp"

namespace parley::account {

/// Old id -> new id. Words that are not in it (levels, unnamed variables, words of the language) stay.
using Renaming = std::map<std::string, std::string>;

/// Every row's id and every place that names it: fields, conditions, keys, orders, origins, the account's
/// clock. Texts for people stay. Names of variables such as `recognises(saudi, israel)` are renamed in their
/// parts.
[[nodiscard]] Account renamed(const Account& account, const Renaming& names);

/// Ids whose alphabetical order is that of the account's own ids turned round; none of them is any word of
/// the account.
[[nodiscard]] Renaming turned_round(const Account& account);

/// In a text made of ids and signs ("us+iran", "recognises(saudi, israel) is signed", "iran_agenda#qatar")
/// every id that the renaming holds.
[[nodiscard]] std::string renamed_in(const std::string& text, const Renaming& names);

}  // namespace parley::account
