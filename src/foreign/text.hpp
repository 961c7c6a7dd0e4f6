// SPDX-License-Identifier: MIT
// Bytes of a file as text: places for messages, and whether it is UTF-8 at all.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "expression/place.hpp"

namespace parley::foreign {

/// Lines and columns of a text that outlives this; any place in constant time, however long the lines.
class Places {
 public:
  explicit Places(std::string_view text);
  /// Line and column (from 1, columns in code points) of a byte; the end of the text for what lies behind it.
  [[nodiscard]] Place at(std::size_t offset) const;

 private:
  struct Mark {
    std::uint32_t line, column;
  };
  std::string_view text_;
  std::vector<Mark> marks_;  ///< of every kStride-th byte
};

/// The offset of the first byte that is no UTF-8 (overlong forms, surrogates and U+0000 included), or npos.
[[nodiscard]] std::size_t first_bad_byte(std::string_view text);

/// Does the text look like UTF-16 or UTF-32?
[[nodiscard]] bool is_wide_text(std::string_view text);

/// The text without a byte order mark.
[[nodiscard]] std::string_view without_mark(std::string_view text);

}  // namespace parley::foreign
