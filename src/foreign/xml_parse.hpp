// SPDX-License-Identifier: MIT
// A text and what expat makes of it: a tree, or what is wrong and what would repair it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "foreign/xml.hpp"

namespace parley::foreign {

/// The first thing that is wrong, and where. A slip that other programs read past names its repair: the bytes
/// from `cut` on, `removed` of them, give way to `inserted`.
struct XmlFault {
  std::size_t at = 0;  ///< offset
  std::string code{}, message{}, hint{};
  bool repairable = false;
  std::size_t cut = 0, removed = 0;
  std::string inserted{};
};

/// Refused: what expat refuses (XML 1.0), a document type (and with it every declaration of an entity), more
/// than kDepth elements within each other, more than kAttributes attributes of one tag (limits.hpp). Nothing
/// when all is well: `tree` is then filled. `text` is UTF-8 without a byte order mark.
[[nodiscard]] std::optional<XmlFault> parse_xml(std::string_view text, XmlTree& tree);

}  // namespace parley::foreign
