// SPDX-License-Identifier: MIT
#include "foreign/xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

void skip_blanks(std::string_view& text) {
  const std::size_t next = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(next == std::string_view::npos ? text.size() : next);
}

/// Skips to behind `close`; false when it never comes.
bool skip_behind(std::string_view& text, std::string_view close) {
  const std::size_t end = text.find(close);
  if (end == std::string_view::npos) return false;
  text.remove_prefix(end + close.size());
  return true;
}

bool skip_doctype(std::string_view& text) {
  const std::size_t end = text.find_first_of("[>");
  if (end == std::string_view::npos) return false;
  const bool internal = text[end] == '[';
  text.remove_prefix(end + 1);
  return !internal || (skip_behind(text, "]") && skip_behind(text, ">"));
}

/// The offset of the first byte that is no UTF-8 (overlong forms, surrogates and U+0000 included), or npos.
std::size_t first_bad_byte(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i), next = byte(i + 1);
    std::size_t length = 1;
    unsigned low = 0x80, high = 0xBF;
    if (lead == 0) return i;
    if (lead >= 0x80) {
      if (lead < 0xC2 || lead > 0xF4) return i;
      length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
      if (next < low || next > high) return i;
      for (std::size_t k = 2; k < length; ++k)
        if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

/// The encoding that the XML declaration names, in small letters; empty when there is none.
std::string declared_encoding(std::string_view text) {
  if (!starts(text, "<?xml")) return "";
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
  if (starts(text, kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  const std::string encoding = declared_encoding(text);
  std::string result =
      encoding == "iso-8859-1" || encoding == "latin1" ? latin1_to_utf8(text) : std::string(text);
  const std::size_t bad = first_bad_byte(result);
  if (bad == std::string_view::npos) return result;
  messages.error({path, place_at(result, bad)}, "wrong-encoding",
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

/// The first element that is nested deeper than kDepth, or nothing. Walks without recursion.
pugi::xml_node too_deep(const pugi::xml_node& root) {
  int depth = 1;
  for (pugi::xml_node node = root; node;) {
    if (depth > kDepth) return node;
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) break;
    node = node.next_sibling();
  }
  return {};
}

}  // namespace

bool is_wide_text(std::string_view text) {
  return starts(text, "\xFF\xFE") || starts(text, "\xFE\xFF") || starts(text, std::string_view("\0<", 2)) ||
         starts(text, std::string_view("<\0", 2)) || starts(text, std::string_view("\0\0", 2));
}

std::string_view root_element(std::string_view text) {
  if (starts(text, kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  for (;;) {
    skip_blanks(text);
    if (starts(text, "<?")) {
      if (!skip_behind(text, "?>")) return {};
    } else if (starts(text, "<!--")) {
      if (!skip_behind(text, "-->")) return {};
    } else if (starts(text, "<!")) {
      if (!skip_doctype(text)) return {};
    } else {
      break;
    }
  }
  if (!starts(text, "<")) return {};
  text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" \t\r\n/>"));
}

std::optional<XmlFile> XmlFile::read(std::string path, std::string_view text, Messages& messages) {
  if (!within_limits(path, text, messages)) return std::nullopt;
  auto converted = as_utf8(path, text, messages);
  if (!converted) return std::nullopt;
  XmlFile file;
  file.path_ = std::move(path);
  file.text_ = std::move(*converted);
  file.document_ = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed = file.document_->load_buffer(file.text_.data(), file.text_.size(),
                                                                    pugi::parse_default, pugi::encoding_utf8);
  if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!parsed) {
    const Place place =
        place_at(file.text_, static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)));
    messages.error({file.path_, place}, "bad-xml", fmt::format("this is no XML: {}", parsed.description()));
    return std::nullopt;
  }
  file.line_starts_.push_back(0);
  for (std::size_t i = 0; i < file.text_.size(); ++i)
    if (file.text_[i] == '\n') file.line_starts_.push_back(i + 1);
  if (const pugi::xml_node deep = too_deep(file.root())) {
    messages.error(file.at(deep), "too-deep",
                   fmt::format("more than {} elements stand within each other", kDepth));
    return std::nullopt;
  }
  return file;
}

Spot XmlFile::at(const pugi::xml_node& element) const {
  const std::ptrdiff_t offset = element.offset_debug();
  if (offset < 1) return {path_, {}};
  const auto start = static_cast<std::size_t>(offset - 1);  // the bracket in front of the name
  const auto line = std::prev(std::upper_bound(line_starts_.begin(), line_starts_.end(), start));
  Place place = place_at(std::string_view(text_).substr(*line), start - *line);
  place.line = static_cast<std::uint32_t>(line - line_starts_.begin() + 1);
  return {path_, place};
}

std::vector<pugi::xml_node> children(const pugi::xml_node& element, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_element && name == child.name()) found.push_back(child);
  return found;
}

}  // namespace parley::foreign
