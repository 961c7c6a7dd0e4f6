// SPDX-License-Identifier: MIT
// One field's value from a YAML node, by the field's shape.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/concepts.hpp"
#include "language/codes.hpp"
#include "language/yaml.hpp"

namespace parley::language {

/// Nothing when the value is wrong; that has then been reported. Names are not looked up here.
[[nodiscard]] std::optional<account::Value> value_of(const account::FieldSpec& field, const YamlNode& node,
                                                     Report& report);

/// "a text", "a list of names", ... with the field's example: what messages say was expected.
[[nodiscard]] std::string shape_words(account::Shape shape);

/// Which numbers it takes: ", 0 to 100 %"; "" where any.
[[nodiscard]] std::string bounds_words(account::Takes takes);

/// Is `text` fit to be a row's id, a level or a choice? If not: reports why, and what would be.
bool check_new_name(const YamlNode& node, bool row_id, Report& report);
/// The same for a member of a list: hints offer none of the names `beside` it, and add those that they offer.
bool check_new_name(const YamlNode& node, bool row_id, Report& report, std::vector<std::string>& beside);

/// May `id` be the id of any row: a name, and no word that YAML, the language or the head of a block keeps?
[[nodiscard]] bool is_free_id(const std::string& id);

/// What names are made of, and which character of this one is not of that kind.
[[nodiscard]] std::string name_hint(const std::string& name);

/// White space folded to single blanks, none at the ends.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace parley::language
