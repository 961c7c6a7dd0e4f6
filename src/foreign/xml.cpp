// SPDX-License-Identifier: MIT
#include "foreign/xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "foreign/limits.hpp"
#include "foreign/xml_text.hpp"

namespace parley::foreign {
namespace {

void skip_blanks(std::string_view& text) {
  const std::size_t next = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(next == std::string_view::npos ? text.size() : next);
}

/// Skips what starts with `open` to behind `close`, which must not overlap (`<!-->` closes no comment); false
/// when it never comes.
bool skip_behind(std::string_view& text, std::string_view open, std::string_view close) {
  const std::size_t end = text.find(close, open.size());
  if (end == std::string_view::npos) return false;
  text.remove_prefix(end + close.size());
  return true;
}

bool skip_doctype(std::string_view& text) {
  const std::size_t end = text.find_first_of("[>");
  if (end == std::string_view::npos) return false;
  const bool internal = text[end] == '[';
  text.remove_prefix(end + 1);
  return !internal || (skip_behind(text, "", "]") && skip_behind(text, "", ">"));
}

/// The encoding that the XML declaration names, in small letters; empty when there is none.
std::string declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return "";
  const std::string_view declaration = text.substr(0, text.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return "";
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return "";
  std::string name(declaration.substr(at + 1, declaration.find(declaration[at], at + 1) - at - 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

std::string latin1_to_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else {
      result += static_cast<char>(0xC0U | (byte >> 6U));
      result += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return result;
}

std::optional<std::string> as_utf8(const std::string& path, std::string_view text, Messages& messages) {
  const std::string hint = "save the file as UTF-8";
  if (is_wide_text(text)) {
    messages.error({path, {}}, "wrong-encoding", "the file is in UTF-16 or UTF-32", hint);
    return std::nullopt;
  }
  text = without_mark(text);
  const std::string encoding = declared_encoding(text);
  std::string result =
      encoding == "iso-8859-1" || encoding == "latin1" ? latin1_to_utf8(text) : std::string(text);
  const std::size_t bad = first_bad_byte(result);
  if (bad == std::string_view::npos) return result;
  messages.error({path, Places(result).at(bad)}, "wrong-encoding",
                 result[bad] == '\0' ? "the file holds a zero byte" : "here is a byte that is no UTF-8",
                 hint);
  return std::nullopt;
}

bool within_limits(const std::string& path, std::string_view text, Messages& messages) {
  if (text.size() > kFileBytes) {
    messages.error({path, {}}, "too-large", fmt::format("the file is larger than {} MiB", kFileBytes >> 20U));
    return false;
  }
  const auto marks = std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; });
  if (static_cast<std::size_t>(marks) <= kMarks) return true;
  messages.error({path, {}}, "too-large",
                 fmt::format("the file holds more than {} tags and attributes", kMarks));
  return false;
}

}  // namespace

std::string_view root_element(std::string_view text) {
  text = without_mark(text);
  for (;;) {
    skip_blanks(text);
    if (text.starts_with("<?")) {
      if (!skip_behind(text, "<?", "?>")) return {};
    } else if (text.starts_with("<!--")) {
      if (!skip_behind(text, "<!--", "-->")) return {};
    } else if (text.starts_with("<!")) {
      if (!skip_doctype(text)) return {};
    } else {
      break;
    }
  }
  if (!text.starts_with("<")) return {};
  text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" \t\r\n/>"));
}

std::optional<XmlFile> XmlFile::read(std::string path, std::string_view text, Messages& messages) {
  if (!within_limits(path, text, messages)) return std::nullopt;
  auto converted = as_utf8(path, text, messages);
  if (!converted) return std::nullopt;
  XmlFile file;
  file.path_ = std::move(path);
  file.text_ = std::make_unique<std::string>(std::move(*converted));
  file.places_ = std::make_unique<Places>(*file.text_);
  if (auto fault = xml_fault(*file.text_)) {
    messages.error({file.path_, file.places_->at(fault->at)}, std::move(fault->code),
                   std::move(fault->message), std::move(fault->hint));
    return std::nullopt;
  }
  file.document_ = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed = file.document_->load_buffer(file.text_->data(), file.text_->size(),
                                                                    pugi::parse_default, pugi::encoding_utf8);
  if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (parsed) return file;
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
  messages.error({file.path_, file.places_->at(offset)}, "bad-xml", "this is no well-formed XML");
  return std::nullopt;
}

Spot XmlFile::at(const pugi::xml_node& element) const {
  const std::ptrdiff_t offset = element.offset_debug();
  if (offset < 1) return {path_, {}};
  return {path_, places_->at(static_cast<std::size_t>(offset - 1))};  // the bracket in front of the name
}

std::vector<pugi::xml_node> children(const pugi::xml_node& element, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_element && name == child.name()) found.push_back(child);
  return found;
}

}  // namespace parley::foreign
