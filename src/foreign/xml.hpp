// SPDX-License-Identifier: MIT
// One XML file in memory: well-formed, UTF-8, of bounded size and depth, with places for messages. Document
// types, and with them the entities that they declare, are refused, so that no file grows while it is read.
#pragma once
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/messages.hpp"
#include "foreign/text.hpp"

namespace parley::foreign {

/// The name of the first element, without parsing the rest: what a file is, even if it is broken further
/// down. Empty when the text does not start like XML.
[[nodiscard]] std::string_view root_element(std::string_view text);

class XmlFile {
 public:
  /// Nothing when the text cannot be used; `messages` then says why. `path` is how messages name the file.
  /// Encodings: UTF-8 (with or without a byte order mark), and ISO-8859-1 where the declaration says so.
  [[nodiscard]] static std::optional<XmlFile> read(std::string path, std::string_view text,
                                                   Messages& messages);

  [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }
  /// Where an element begins.
  [[nodiscard]] Spot at(const pugi::xml_node& element) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  XmlFile() = default;

  std::string path_;
  std::unique_ptr<std::string> text_;  // on the heap: places_ looks at it wherever this object moves
  std::unique_ptr<Places> places_;
  std::unique_ptr<pugi::xml_document> document_;
};

/// Child elements with one of the names, in file order.
[[nodiscard]] std::vector<pugi::xml_node> children(const pugi::xml_node& element, std::string_view name);

}  // namespace parley::foreign
