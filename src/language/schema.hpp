// SPDX-License-Identifier: MIT
// What is generated from the table of concepts for others: the JSON Schema for editors, and the reference
// page.
#pragma once
#include <string>

namespace parley::language {

/// JSON Schema (draft-07, which YAML editors read) of one file of an account: completes and checks keys,
/// words and shapes. Names and expressions are left to `parley check`. Ends with a line break.
[[nodiscard]] std::string json_schema();

/// docs/language-reference.md.
[[nodiscard]] std::string reference_page();

}  // namespace parley::language
