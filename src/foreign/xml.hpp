// SPDX-License-Identifier: MIT
// One XML file in memory: well-formed by the judgement of expat, UTF-8, of bounded size and depth, with
// places for messages. Document types, and with them the entities that they declare, are refused, so that no
// file grows while it is read and none reads another. Slips that other programs read past are repaired one by
// one, each with a warning at its place: docs/foreign-formats.md, "XML".
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/messages.hpp"
#include "foreign/text.hpp"

namespace parley::foreign {

/// The name of the first element, without parsing the rest: what a file is, even if it is broken further
/// down. Empty when the text does not start like XML.
[[nodiscard]] std::string_view root_element(std::string_view text);

/// The elements of a file and their attributes, in file order. Texts between the tags are not kept: no format
/// that is read has any.
class XmlTree {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Element {
    std::string_view name;
    std::uint32_t attributes = 0, attribute_count = 0;
    std::uint32_t parent = kNone, first_child = kNone, last_child = kNone, next = kNone;
    std::uint32_t offset = 0;  ///< of its `<`, in the text that was parsed
  };
  struct Attribute {
    std::string_view name, value;
  };
  std::vector<Element> elements;  ///< the root first
  std::vector<Attribute> attributes;
  std::string characters;  ///< what the views look at; reserved once
};

/// An attribute, or none.
class XmlAttribute {
 public:
  explicit XmlAttribute(const XmlTree::Attribute* attribute) : attribute_(attribute) {}
  explicit operator bool() const { return attribute_ != nullptr; }
  [[nodiscard]] std::string value() const {
    return attribute_ == nullptr ? std::string() : std::string(attribute_->value);
  }

 private:
  const XmlTree::Attribute* attribute_;
};

/// An element of a tree that outlives this, or none.
class XmlNode {
 public:
  XmlNode() = default;
  XmlNode(const XmlTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const { return index_ != XmlTree::kNone; }
  bool operator==(const XmlNode&) const = default;
  [[nodiscard]] std::string_view name() const { return element().name; }
  [[nodiscard]] std::uint32_t offset() const { return element().offset; }
  [[nodiscard]] XmlAttribute attribute(std::string_view name) const;
  [[nodiscard]] XmlNode parent() const { return {tree_, element().parent}; }
  [[nodiscard]] XmlNode child(std::string_view name) const;
  [[nodiscard]] std::vector<XmlNode> children() const;

 private:
  [[nodiscard]] const XmlTree::Element& element() const { return tree_->elements[index_]; }
  const XmlTree* tree_ = nullptr;
  std::uint32_t index_ = XmlTree::kNone;
};

class XmlFile {
 public:
  /// Nothing when the text cannot be used; `messages` then says why. `path` is how messages name the file.
  /// Encodings: UTF-8 (with or without a byte order mark), ISO-8859-1 where the declaration says so or bytes
  /// are no UTF-8 (with a warning then).
  [[nodiscard]] static std::optional<XmlFile> read(std::string path, std::string_view text,
                                                   Messages& messages);

  [[nodiscard]] XmlNode root() const { return {tree_.get(), 0}; }
  /// Where an element begins.
  [[nodiscard]] Spot at(const XmlNode& element) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  XmlFile() = default;
  struct Repair {
    std::size_t at, removed, inserted;
  };
  /// Where an offset of the repaired text was before the repairs.
  [[nodiscard]] std::size_t offset_of(std::size_t offset) const;

  std::string path_;
  std::vector<Repair> repairs_;
  std::unique_ptr<std::string> text_;  // on the heap: places_ looks at it wherever this object moves
  std::unique_ptr<Places> places_;
  std::unique_ptr<XmlTree> tree_;
};

/// Child elements with one of the names, in file order.
[[nodiscard]] std::vector<XmlNode> children(const XmlNode& element, std::string_view name);

}  // namespace parley::foreign
