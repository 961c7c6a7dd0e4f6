// SPDX-License-Identifier: MIT
// The parts of the one declarative table (concepts.hpp), a file each, in the order of the reference page.
#pragma once
#include <vector>

#include "account/concepts.hpp"

namespace parley::account {

/// What readers see in place of an id. Every concept whose rows a sentence may name has it.
[[nodiscard]] FieldSpec label_field(std::string_view example);
/// What readers see in place of levels, and what those who bring a level about do.
[[nodiscard]] FieldSpec labels_field(std::string_view example);
[[nodiscard]] FieldSpec verbs_field(std::string_view doc, std::string_view example);

[[nodiscard]] std::vector<ConceptSpec> concepts_who();
[[nodiscard]] std::vector<ConceptSpec> concepts_table();
[[nodiscard]] std::vector<ConceptSpec> concepts_course();
[[nodiscard]] std::vector<ConceptSpec> concepts_asked();

}  // namespace parley::account
