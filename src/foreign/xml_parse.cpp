// SPDX-License-Identifier: MIT
#include "foreign/xml_parse.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>

#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

bool xml_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool in_xml_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
         c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

/// What `new` does where there is no memory: expat is C and asks for its own.
[[noreturn]] void no_memory() {
  if (const std::new_handler handler = std::get_new_handler()) handler();
  throw std::bad_alloc();
}

/// The name that begins at an offset.
std::string_view name_at(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  std::size_t end = at;
  while (end < text.size() && in_xml_name(text[end])) ++end;
  return text.substr(at, end - at);
}

/// One run of expat over the text.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, XmlTree& tree)
      : text_(text), tree_(tree), parser_(XML_ParserCreate("UTF-8"), &XML_ParserFree) {
    if (!parser_) no_memory();
    tree_.characters.reserve(text.size());
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &start_of, &end_of);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &doctype_of);
  }

  std::optional<XmlFault> run() {
    const auto length = static_cast<int>(text_.size());  // kFileBytes is far below
    const bool good = XML_Parse(parser_.get(), text_.data(), length, XML_TRUE) == XML_STATUS_OK;
    if (thrown_) std::rethrow_exception(thrown_);
    if (fault_) return fault_;
    if (good) return std::nullopt;
    if (XML_GetErrorCode(parser_.get()) == XML_ERROR_NO_MEMORY) no_memory();
    return explained();
  }

 private:
  static TreeBuilder& self(void* data) { return *static_cast<TreeBuilder*>(data); }
  /// No exception may pass through the parser, which is C.
  template <class Work>
  void guarded(Work work) {
    if (thrown_ || fault_) return;
    try {
      work();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }
  static void start_of(void* data, const XML_Char* name, const XML_Char** attributes) {
    TreeBuilder& builder = self(data);
    builder.guarded([&] { builder.start(name, attributes); });
  }
  static void end_of(void* data, const XML_Char*) {
    TreeBuilder& builder = self(data);
    builder.guarded([&] { builder.open_.pop_back(); });
  }
  static void doctype_of(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    TreeBuilder& builder = self(data);
    builder.guarded([&] {
      const std::size_t at = builder.text_.rfind("<!DOCTYPE", builder.offset() + 1);
      builder.stop({at == std::string_view::npos ? builder.offset() : at, "document-type",
                    "document types and the entities that they declare are not read",
                    "take the <!DOCTYPE ...> out, and write what its entities stand for"});
    });
  }

  void start(const XML_Char* name, const XML_Char** attributes);
  void stop(XmlFault fault) {
    fault_ = std::move(fault);
    XML_StopParser(parser_.get(), XML_FALSE);
  }
  [[nodiscard]] std::size_t offset() const {
    const XML_Index at = XML_GetCurrentByteIndex(parser_.get());
    return at < 0 ? 0 : std::min(static_cast<std::size_t>(at), text_.size());
  }
  std::string_view kept(std::string_view characters) {
    const std::size_t begin = tree_.characters.size();
    // Names and values are never longer than what they are written as.
    if (begin + characters.size() > tree_.characters.capacity()) throw std::length_error("xml characters");
    tree_.characters += characters;
    return std::string_view(tree_.characters).substr(begin);
  }
  [[nodiscard]] char here(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] std::string open_name() const { return shown(tree_.elements[open_.back()].name); }

  XmlFault explained() const;
  XmlFault bad_token(std::size_t at) const;
  XmlFault bad_entity(std::size_t at) const;
  XmlFault at_the_end() const;

  std::string_view text_;
  XmlTree& tree_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::vector<std::uint32_t> open_;
  std::optional<XmlFault> fault_;
  std::exception_ptr thrown_;
};

void TreeBuilder::start(const XML_Char* name, const XML_Char** attributes) {
  if (open_.size() >= static_cast<std::size_t>(kDepth))
    return stop(
        {offset(), "too-deep", fmt::format("more than {} elements stand within each other", kDepth), ""});
  XmlTree::Element element;
  element.name = kept(name);
  element.offset = static_cast<std::uint32_t>(offset());
  element.attributes = static_cast<std::uint32_t>(tree_.attributes.size());
  for (; *attributes != nullptr; attributes += 2) {
    if (++element.attribute_count > kAttributes)
      return stop({offset(), "too-large", fmt::format("a tag has more than {} attributes", kAttributes), ""});
    const std::string_view key = kept(attributes[0]);
    tree_.attributes.push_back({key, kept(attributes[1])});
  }
  const auto index = static_cast<std::uint32_t>(tree_.elements.size());
  if (!open_.empty()) {
    element.parent = open_.back();
    XmlTree::Element& parent = tree_.elements[open_.back()];
    if (parent.last_child == XmlTree::kNone)
      parent.first_child = index;
    else
      tree_.elements[parent.last_child].next = index;
    parent.last_child = index;
  }
  tree_.elements.push_back(element);
  open_.push_back(index);
}

/// `&` that begins no entity, or one that XML does not know.
XmlFault TreeBuilder::bad_entity(std::size_t at) const {
  const std::string_view name = name_at(text_, at + 1);
  const bool reference = here(at + 1) == '#', closed = here(at + 1 + name.size()) == ';';
  if (reference || (closed && !name.empty())) {
    const std::string_view whole = text_.substr(at, std::min<std::size_t>(text_.find(';', at) - at, 40) + 1);
    return {at, "unknown-entity", fmt::format("`{}` is no entity that XML knows", shown(whole)),
            "write the character itself; the sign & is written &amp;"};
  }
  return {at, "bad-xml", "a lone `&`", "the sign itself is written &amp;", true, at + 1, 0, "amp;"};
}

XmlFault TreeBuilder::bad_token(std::size_t at) const {
  std::size_t before = at;
  while (before > 0 && (in_xml_name(text_[before - 1]) || text_[before - 1] == '#')) --before;
  if (before > 0 && text_[before - 1] == '&') return bad_entity(before - 1);
  const char c = here(at), last = at > 0 ? text_[at - 1] : '\0';
  if (c == '&') return bad_entity(at);
  if ((last == '"' || last == '\'') && in_xml_name(c))
    return {at, "bad-xml", "a blank was expected between two attributes", "write a blank", true, at, 0, " "};
  if (static_cast<unsigned char>(c) < 0x20 && !xml_blank(c) && at < text_.size())
    return {at, "bad-xml", "a control character", "delete it"};
  if (c == '<')
    return {at, "bad-xml", "`<` stands inside a tag or begins none", "the sign itself is written &lt;"};
  if (last == '=')
    return {at, "bad-xml", "the value of an attribute stands in no quotation marks", "write name=\"value\""};
  if (last == '<') return {at - 1, "bad-xml", "`<` begins no tag here", "the sign itself is written &lt;"};
  return {at, "bad-xml", "this is no well-formed XML: what stands here belongs into no tag and no text", ""};
}

XmlFault TreeBuilder::at_the_end() const {
  if (open_.empty()) return {0, "bad-xml", "the file holds no element", ""};
  return {tree_.elements[open_.back()].offset, "bad-xml", fmt::format("<{}> is never closed", open_name()),
          ""};
}

XmlFault TreeBuilder::explained() const {
  const XML_Error error = XML_GetErrorCode(parser_.get());
  const std::size_t at = offset();
  switch (error) {
    case XML_ERROR_NO_ELEMENTS:
      return at_the_end();
    case XML_ERROR_INVALID_TOKEN:
    case XML_ERROR_SYNTAX:
    case XML_ERROR_BAD_CHAR_REF: {
      const std::size_t first = std::min(text_.find_first_not_of(" \t\r\n"), text_.size());
      if (tree_.elements.empty() && here(first) != '<' && first < text_.size())
        return {first, "bad-xml", "text stands in front of the first element", ""};
      return bad_token(at);
    }
    case XML_ERROR_UNDEFINED_ENTITY:
      return bad_entity(std::min(text_.find('&', at), text_.size()));
    case XML_ERROR_TAG_MISMATCH: {
      const std::size_t begin = at >= 2 && text_[at - 1] == '/' ? at - 2 : at;
      const std::string name = shown(name_at(text_, begin + 2));
      if (open_.empty()) return {begin, "bad-xml", fmt::format("</{}> closes nothing", name), ""};
      return {begin, "bad-xml", fmt::format("</{}> stands where </{}> was expected", name, open_name()), ""};
    }
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return {at, "duplicate-attribute",
              fmt::format("the attribute `{}` stands twice in this tag", shown(name_at(text_, at))),
              "delete one of them"};
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return {at, "bad-xml", "this stands behind the end of the root element",
              "a file has one root element, and nothing behind it"};
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      return {std::min(text_.rfind("<![CDATA[", at), text_.size()), "bad-xml",
              "a CDATA section begins here and never ends", ""};
    case XML_ERROR_UNCLOSED_TOKEN:
      return {at, "bad-xml", "a tag or a comment begins here and never ends", ""};
    case XML_ERROR_MISPLACED_XML_PI:
      if (text_.substr(0, at).find_first_not_of(" \t\r\n") == std::string_view::npos)
        return {at,
                "bad-xml",
                "the XML declaration does not stand at the very beginning",
                "delete what stands in front of it",
                true,
                0,
                at,
                ""};
      return {at, "bad-xml", "an XML declaration stands in the middle of the file", "delete it"};
    default:
      return {at, "bad-xml", fmt::format("this is no well-formed XML: {}", XML_ErrorString(error)), ""};
  }
}

}  // namespace

std::optional<XmlFault> parse_xml(std::string_view text, XmlTree& tree) {
  tree = XmlTree();
  return TreeBuilder(text, tree).run();
}

}  // namespace parley::foreign
