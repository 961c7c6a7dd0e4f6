// SPDX-License-Identifier: MIT
// How sentences call what an account names by an id: by `label` where a row has one, else by its own `is`,
// else by the id.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "account/account.hpp"

namespace parley::account {

/// "iran_influence" -> "iran influence"
[[nodiscard]] std::string plain(std::string id);

/// The row's label. Without one its own `is` up to the first comma, semicolon or bracket ("Iran, as a state"
/// -> "Iran"); the id in plain words where there is none, or where it is longer than a name (80 bytes).
[[nodiscard]] std::string name_of(const Account& account, const std::string& id);

/// The row's label, and the id as it stands where it has none.
[[nodiscard]] std::string label_of(const Account& account, const std::string& id);
/// What readers see in place of a level of an issue or a relation; the level itself where nothing is said.
[[nodiscard]] std::string level_label(const Row& variable, const std::string& level);
/// What whoever brings the level about does ("gives up its missiles"); "" where nothing is said.
[[nodiscard]] std::string level_verb(const Row& variable, const std::string& level);
/// A phrase about a variable with its levels as readers see them: "at least partly-lifted" -> "at least
/// partly lifted".
[[nodiscard]] std::string phrase_label(const Row& variable, const std::string& phrase);

/// The form after "to" and of several: "gives up its missiles" -> "give up its missiles", "is" -> "be". Words
/// that are no third person stay.
[[nodiscard]] std::string base_form(const std::string& verb_phrase);

/// Of a position: "insists on", "presses for", "asks for", "would rather have"; "" where it has no stance.
[[nodiscard]] std::string_view stance_verb(const Row& position);
/// The field that holds its stance: "insists", ...; "" where it has none.
[[nodiscard]] std::string_view stance_of(const Row& position);

/// How many things that sentences may name have no label, by kind: {"actors": 2, "levels": 7}.
[[nodiscard]] std::map<std::string, int> unlabelled(const Account& account);

/// Ids that a result speaks of, with their names: what outlives the account that it was made from.
using Names = std::map<std::string, std::string>;
/// The id itself where it has no name.
[[nodiscard]] std::string called(const Names& names, const std::string& id);

/// With a capital letter, to begin a sentence.
[[nodiscard]] std::string capital(std::string sentence);

}  // namespace parley::account
