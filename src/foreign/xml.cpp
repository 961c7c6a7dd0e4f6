// SPDX-License-Identifier: MIT
#include "foreign/xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "expression/characters.hpp"
#include "foreign/limits.hpp"
#include "foreign/xml_parse.hpp"

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

/// What the bytes 0x80 to 0x9F are in the pages of Windows, which files that say ISO-8859-1 mean; 0 is none.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string latin1_to_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t windows = byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80U] : 0;
    result += expression::utf8_of(windows != 0 ? windows : byte);
  }
  return result;
}

std::optional<std::string> as_utf8(const std::string& path, std::string_view text, Messages& messages) {
  const std::string hint = "save the file as UTF-8";
  if (is_wide_text(text)) {
    messages.error({path, {}}, "wrong-encoding", "the file is in UTF-16 or UTF-32 and cannot be converted",
                   hint);
    return std::nullopt;
  }
  text = without_mark(text);
  const std::string encoding = declared_encoding(text);
  const bool latin1 = encoding == "iso-8859-1" || encoding == "latin1" || encoding == "windows-1252";
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    messages.error({path, Places(text).at(zero)}, "wrong-encoding", "the file holds a zero byte", hint);
    return std::nullopt;
  }
  if (latin1) return latin1_to_utf8(text);
  const std::size_t bad = first_bad_byte(text);
  if (bad == std::string_view::npos) return std::string(text);
  messages.warning({path, Places(text).at(bad)}, "repaired",
                   "here is a byte that is no UTF-8, and the file declares no other encoding: it was read as "
                   "ISO-8859-1",
                   hint);
  return latin1_to_utf8(text);
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

/// Slips of one kind come by the hundred, from one program: the first are named, the others counted.
class RepairWarnings {
 public:
  explicit RepairWarnings(Messages& messages) : messages_(messages) {}

  void add(const Spot& spot, const std::string& message, const std::string& hint) {
    if (++kind_of(message).count <= kNamed) named_.push_back({spot, message, hint});
  }

  void tell() {
    for (const auto& [spot, message, hint] : named_) {
      Kind& kind = kind_of(message);
      const std::size_t more = ++kind.said == kNamed ? kind.count - kNamed : 0;
      messages_.warning(spot, "repaired",
                        fmt::format("{}, which was mended while the file was read{}", message,
                                    more > 0 ? fmt::format("; and {} more such slips behind it", more) : ""),
                        hint);
    }
  }

 private:
  static constexpr std::size_t kNamed = 5;
  struct Kind {
    std::string message;
    std::size_t count = 0, said = 0;
  };
  struct Slip {
    Spot spot;
    std::string message, hint;
  };
  Kind& kind_of(const std::string& message) {
    for (Kind& kind : kinds_)
      if (kind.message == message) return kind;
    return kinds_.emplace_back(Kind{message});
  }

  Messages& messages_;
  std::vector<Kind> kinds_;
  std::vector<Slip> named_;
};

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
  file.tree_ = std::make_unique<XmlTree>();
  // Places are those of the text as it was: what repairs put in moves the offsets behind it.
  file.places_ = std::make_unique<Places>(*file.text_);
  std::string repaired = *file.text_;
  RepairWarnings warnings(messages);
  std::size_t work = 0;
  for (std::size_t repairs = 0;; ++repairs) {
    const auto fault = parse_xml(repaired, *file.tree_);
    if (!fault) {
      warnings.tell();
      return file;
    }
    const Spot spot{file.path_, file.places_->at(file.offset_of(fault->at))};
    work += repaired.size();
    if (!fault->repairable || repairs >= kRepairs || work > kRepairBytes) {
      warnings.tell();
      messages.error(spot, fault->code, fault->message, fault->hint);
      return std::nullopt;
    }
    warnings.add(spot, fault->message, fault->hint);
    file.repairs_.push_back({fault->cut, fault->removed, fault->inserted.size()});
    repaired.replace(fault->cut, fault->removed, fault->inserted);
  }
}

/// Repairs are undone from the last to the first.
std::size_t XmlFile::offset_of(std::size_t offset) const {
  for (auto repair = repairs_.rbegin(); repair != repairs_.rend(); ++repair)
    if (offset >= repair->at + repair->inserted)
      offset = offset - repair->inserted + repair->removed;
    else if (offset > repair->at)
      offset = repair->at;
  return offset;
}

Spot XmlFile::at(const XmlNode& element) const { return {path_, places_->at(offset_of(element.offset()))}; }

XmlAttribute XmlNode::attribute(std::string_view name) const {
  if (!*this) return XmlAttribute(nullptr);
  const XmlTree::Element& found = element();
  for (std::uint32_t i = 0; i < found.attribute_count; ++i) {
    const XmlTree::Attribute& each = tree_->attributes[found.attributes + i];
    if (each.name == name) return XmlAttribute(&each);
  }
  return XmlAttribute(nullptr);
}

XmlNode XmlNode::child(std::string_view name) const {
  if (!*this) return {};
  for (std::uint32_t i = element().first_child; i != XmlTree::kNone; i = tree_->elements[i].next)
    if (tree_->elements[i].name == name) return {tree_, i};
  return {};
}

std::vector<XmlNode> XmlNode::children() const {
  std::vector<XmlNode> found;
  if (!*this) return found;
  for (std::uint32_t i = element().first_child; i != XmlTree::kNone; i = tree_->elements[i].next)
    found.emplace_back(tree_, i);
  return found;
}

std::vector<XmlNode> children(const XmlNode& element, std::string_view name) {
  std::vector<XmlNode> found = element.children();
  std::erase_if(found, [&](const XmlNode& child) { return child.name() != name; });
  return found;
}

}  // namespace parley::foreign
