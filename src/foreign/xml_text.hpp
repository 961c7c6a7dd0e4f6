// SPDX-License-Identifier: MIT
// Whether a text is XML as Parley takes it: well-formed (XML 1.0, Fourth Edition, without document types),
// checked before a tree is made of it, because the parser that makes the tree forgives too much.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::foreign {

/// The first thing that is wrong, and where.
struct XmlFault {
  std::size_t at = 0;  ///< offset
  std::string code, message, hint;
};

/// Refused: more than one root or text outside it, tags that do not match, an attribute twice or without
/// quotes, `<` in an attribute, a document type (and with it every declaration of an entity), entities that
/// XML itself does not know, control characters, and more than kDepth elements within each other
/// (limits.hpp). Nothing when all is well. `text` is UTF-8 without a byte order mark.
[[nodiscard]] std::optional<XmlFault> xml_fault(std::string_view text);

}  // namespace parley::foreign
