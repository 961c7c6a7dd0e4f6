// SPDX-License-Identifier: MIT
// The part of YAML that accounts are written in, read strictly: maps, lists, plain, quoted and block texts,
// comments. Every scalar stays text. Anchors, aliases, tags, directives, merge keys, `?` keys and several
// documents are refused. Unlike a general YAML library it keeps the place of every character, goes on after
// an error, and has no state that hostile input can break; whatever it accepts is YAML 1.2 and means the same
// there (tests compare it with yaml-cpp).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expression/diagnostic.hpp"

namespace parley::language {

struct YamlNode {
  /// `broken`: something stood there and could not be read; it has been reported, and nobody need report it
  /// again.
  enum class Kind { nothing, scalar, list, map, broken };
  /// From code point `offset` of the text on, characters stand one after the other from this place.
  struct Stretch {
    std::uint32_t offset, line, column;
  };

  Kind kind = Kind::nothing;
  std::string text;                ///< of scalar
  bool plain = true;               ///< of scalar: not in quotes, no block text
  Place place;                     ///< of the first character; `length` of a scalar that stands on one line
  std::vector<Stretch> stretches;  ///< of scalar; empty: one stretch from `place`
  std::vector<YamlNode> keys;      ///< of map: scalars, same length as items
  std::vector<YamlNode> items;     ///< of list, map

  /// The place of `length` code points from code point `offset` of a scalar's text.
  [[nodiscard]] Place at(std::uint32_t offset, std::uint32_t length) const;
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// The root, and what is wrong. After an error the root holds what could be read. `file` goes into every
/// Place.
struct YamlText {
  YamlNode root;
  std::vector<Diagnostic> diagnostics;
};
[[nodiscard]] YamlText read_yaml(std::string_view text, std::uint32_t file);

}  // namespace parley::language
