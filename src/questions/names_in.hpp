// SPDX-License-Identifier: MIT
// Which names a row mentions: variables, actors, conditions, assumptions.
#pragma once
#include <set>
#include <string>

#include "account/row.hpp"

namespace parley::questions {

void names_in(const expression::Tree& tree, std::set<std::string>& names);
void names_in(const account::Value& value, std::set<std::string>& names);

/// Everything that the row's fields mention, and the assumptions that it rests on; its own id is left out.
[[nodiscard]] std::set<std::string> names_of(const account::Row& row);

}  // namespace parley::questions
