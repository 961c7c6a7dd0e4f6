// SPDX-License-Identifier: MIT
// Names of foreign files that cannot be printed or told apart as they are.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>

namespace parley::foreign {

/// A longer name is cut, in code points.
inline constexpr std::size_t kNameLength = 200;

/// Does nothing of it show: empty, blanks of any kind, characters that cannot be seen?
[[nodiscard]] bool is_blank_name(std::string_view name);

/// A name that shows, is not too long and is none of `taken`, to which it is added. `why` is empty where it
/// is the name as written; else what is wrong with that, for a sentence such as "the variant {why}".
struct MadeName {
  std::string name, why;
};
[[nodiscard]] MadeName made_name(const std::string& written, const std::string& otherwise,
                                 std::unordered_set<std::string>& taken);

}  // namespace parley::foreign
