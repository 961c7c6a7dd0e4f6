// SPDX-License-Identifier: MIT
// A stretch of source text: where something was written, so that every message can point at it.
#pragma once
#include <cstdint>

namespace parley {

/// `file` indexes the list of files of the account that was read. `line` and `column` count from 1, columns
/// in Unicode code points; `line` 0 means "nowhere" (a row that the program made). `length` is in code
/// points.
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace parley
