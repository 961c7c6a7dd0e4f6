// SPDX-License-Identifier: MIT
// The lines of a YAML text, checked character by character before anything is parsed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "expression/diagnostic.hpp"

namespace parley::language {

struct YamlLine {
  std::size_t begin = 0, end = 0;  ///< bytes, without the line break
  std::size_t content = 0;         ///< first byte that is no space
  bool blank = false;              ///< nothing but white space, or a comment
  bool ascii = true;
  [[nodiscard]] int indent() const { return static_cast<int>(content - begin); }
};

struct YamlLines {
  std::vector<YamlLine> lines;
  std::vector<Diagnostic> diagnostics;  ///< any: the text must not be parsed
};

/// Refuses what is not UTF-8, control and direction characters, and lines that are too long.
[[nodiscard]] YamlLines lines_of(std::string_view text, std::uint32_t file);

}  // namespace parley::language
