// SPDX-License-Identifier: MIT
// What a JSON text says about places, found by a scan: a parsed value has lost them.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace parley::foreign {

struct JsonScan {
  std::size_t deepest = 0;  ///< offset of the first bracket deeper than `depth`, or npos
  std::vector<std::size_t>
      elements;  ///< offsets of the objects in the array that is member `member` of the top object
};

/// Never fails; where the text is no JSON the result means nothing.
[[nodiscard]] JsonScan scan_json(std::string_view text, std::string_view member, int depth);

}  // namespace parley::foreign
