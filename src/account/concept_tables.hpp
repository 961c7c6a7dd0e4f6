// SPDX-License-Identifier: MIT
// The parts of the one declarative table (concepts.hpp), a file each, in the order of the reference page.
#pragma once
#include <vector>

#include "account/concepts.hpp"

namespace parley::account {

[[nodiscard]] std::vector<ConceptSpec> concepts_who();
[[nodiscard]] std::vector<ConceptSpec> concepts_table();
[[nodiscard]] std::vector<ConceptSpec> concepts_course();
[[nodiscard]] std::vector<ConceptSpec> concepts_asked();

}  // namespace parley::account
