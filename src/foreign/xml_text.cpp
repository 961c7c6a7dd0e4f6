// SPDX-License-Identifier: MIT
#include "foreign/xml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "foreign/limits.hpp"
#include "foreign/messages.hpp"

namespace parley::foreign {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && !is_blank(c); }

/// Letters, digits and signs of a name; of other scripts everything (what XML allows there has no bearing).
bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
         c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool begins_name(char c) { return in_name(c) && c != '-' && c != '.' && !(c >= '0' && c <= '9'); }

/// Does XML know the entity, given without `&` and `;`?
bool is_known_entity(std::string_view name) {
  if (name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos") return true;
  if (name.size() < 2 || name[0] != '#') return false;
  const bool hex = name[1] == 'x';
  name.remove_prefix(hex ? 2 : 1);
  unsigned code = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size()) return false;
  if (code < 0x20) return code == '\t' || code == '\r' || code == '\n';
  return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<XmlFault> scan() {
    while (!fault_ && at_ < text_.size()) {
      if (text_[at_] == '<')
        markup();
      else
        characters();
    }
    if (!fault_ && !open_.empty())
      wrong(open_.back().at, "bad-xml", fmt::format("<{}> is never closed", shown(open_.back().name)));
    if (!fault_ && !seen_root_) wrong(0, "bad-xml", "the file holds no element");
    return std::move(fault_);
  }

 private:
  struct Element {
    std::string_view name;
    std::size_t at;
  };

  void wrong(std::size_t at, std::string code, std::string message, std::string hint = "") {
    if (!fault_) fault_ = XmlFault{at, std::move(code), std::move(message), std::move(hint)};
  }
  [[nodiscard]] bool starts(std::string_view with) const { return text_.substr(at_, with.size()) == with; }
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  std::string_view name() {
    const std::size_t start = at_;
    if (at_ < text_.size() && begins_name(text_[at_]))
      while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  void markup();
  void skip(std::string_view what, std::string_view open, std::string_view close);
  void open_tag();
  bool attributes(std::vector<std::string_view>& names);
  bool attribute(std::vector<std::string_view>& names);
  void close_tag();
  void characters();
  void entity();

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Element> open_;
  bool seen_root_ = false;
  std::optional<XmlFault> fault_;
};

void Scanner::skip(std::string_view what, std::string_view open, std::string_view close) {
  const std::size_t end = text_.find(close, at_ + open.size());
  if (end == std::string_view::npos)
    return wrong(at_, "bad-xml", fmt::format("a {} that is never closed by `{}`", what, close));
  const auto inside = text_.substr(at_, end - at_);
  const auto control = std::find_if(inside.begin(), inside.end(), is_control);
  if (control != inside.end())
    return wrong(at_ + static_cast<std::size_t>(control - inside.begin()), "bad-xml", "a control character");
  at_ = end + close.size();
}

void Scanner::markup() {
  if (starts("<!--")) {
    skip("comment", "<!--", "-->");
  } else if (starts("<?")) {
    if (at_ + 2 >= text_.size() || !begins_name(text_[at_ + 2]))
      return wrong(at_, "bad-xml", "a processing instruction without a name");
    skip("processing instruction", "<?", "?>");
  } else if (starts("<![CDATA[") && !open_.empty()) {
    skip("CDATA section", "<![CDATA[", "]]>");
  } else if (starts("<!DOCTYPE")) {
    wrong(at_, "document-type", "document types and the entities that they declare are not read",
          "take the <!DOCTYPE ...> out, and write what its entities stand for");
  } else if (starts("<!")) {
    wrong(at_, "bad-xml", "a declaration stands where none can stand");
  } else if (starts("</")) {
    close_tag();
  } else {
    open_tag();
  }
}

void Scanner::open_tag() {
  const std::size_t start = at_++;
  const std::string_view tag = name();
  if (tag.empty())
    return wrong(start, "bad-xml", "`<` begins no tag here", "the sign itself is written &lt;");
  if (open_.empty() && seen_root_)
    return wrong(start, "bad-xml", fmt::format("<{}> stands behind the end of the root element", shown(tag)),
                 "a file has one root element, and nothing behind it");
  if (open_.size() >= static_cast<std::size_t>(kDepth))
    return wrong(start, "too-deep", fmt::format("more than {} elements stand within each other", kDepth));
  seen_root_ = true;
  std::vector<std::string_view> names;
  if (!attributes(names)) return;
  if (here() == '/') {
    ++at_;
    if (here() != '>') return wrong(at_, "bad-xml", fmt::format("`>` was expected behind <{}/", shown(tag)));
  } else {
    open_.push_back({tag, start});
  }
  if (here() != '>') return wrong(start, "bad-xml", fmt::format("the tag <{}> never ends", shown(tag)));
  ++at_;
}

/// Up to `>` or `/`.
bool Scanner::attributes(std::vector<std::string_view>& names) {
  for (;;) {
    const bool apart = is_blank(here());
    blanks();
    const char c = here();
    if (at_ >= text_.size() || c == '>' || c == '/') return true;
    if (!apart) return wrong(at_, "bad-xml", "a blank was expected here"), false;
    if (!attribute(names)) return false;
  }
}

bool Scanner::attribute(std::vector<std::string_view>& names) {
  const std::size_t start = at_;
  const std::string_view key = name();
  if (key.empty()) return wrong(start, "bad-xml", "the name of an attribute was expected here"), false;
  const auto bad = [&](std::size_t at, std::string message, std::string hint = "") {
    wrong(at, "bad-xml", std::move(message), std::move(hint));
    return false;
  };
  if (std::find(names.begin(), names.end(), key) != names.end()) {
    wrong(start, "duplicate-attribute",
          fmt::format("the attribute `{}` stands twice in this tag", shown(key)));
    return false;
  }
  names.push_back(key);
  if (names.size() > kAttributes) {
    wrong(start, "too-large", fmt::format("a tag has more than {} attributes", kAttributes));
    return false;
  }
  blanks();
  if (here() != '=') return bad(at_, fmt::format("`=` was expected behind `{}`", shown(key)));
  ++at_;
  blanks();
  const char quote = here();
  if (quote != '"' && quote != '\'')
    return bad(at_, fmt::format("the value of `{}` stands in no quotation marks", shown(key)));
  const std::size_t opening = at_++;
  while (!fault_ && at_ < text_.size() && text_[at_] != quote) {
    if (text_[at_] == '&')
      entity();
    else if (text_[at_] == '<')
      return bad(opening, "this quotation mark is not closed before the next `<`",
                 "the sign itself is written &lt;");
    else if (is_control(text_[at_]))
      return bad(at_, "a control character");
    else
      ++at_;
  }
  if (fault_) return false;
  if (at_ >= text_.size()) return bad(opening, "this quotation mark is never closed");
  ++at_;
  return true;
}

void Scanner::close_tag() {
  const std::size_t start = at_;
  at_ += 2;
  const std::string_view tag = name();
  blanks();
  if (tag.empty() || here() != '>') return wrong(start, "bad-xml", "this closing tag has no end or no name");
  ++at_;
  if (open_.empty()) return wrong(start, "bad-xml", fmt::format("</{}> closes nothing", shown(tag)));
  if (open_.back().name != tag)
    return wrong(start, "bad-xml",
                 fmt::format("</{}> stands where </{}> was expected", shown(tag), shown(open_.back().name)));
  open_.pop_back();
}

void Scanner::characters() {
  while (!fault_ && at_ < text_.size() && text_[at_] != '<') {
    const char c = text_[at_];
    if (open_.empty() && !is_blank(c))
      return wrong(
          at_, "bad-xml",
          seen_root_ ? "text behind the end of the root element" : "text in front of the first element");
    if (is_control(c)) return wrong(at_, "bad-xml", "a control character");
    if (c == '&')
      entity();
    else
      ++at_;
  }
}

void Scanner::entity() {
  constexpr std::size_t longest = 64;
  const std::string_view rest = text_.substr(at_ + 1, longest);
  const std::size_t end = rest.find(';');
  const bool bare = end == std::string_view::npos ||
                    rest.substr(0, end).find_first_of(" \t\r\n<\"'&") != std::string_view::npos;
  if (bare) return wrong(at_, "bad-xml", "a lone `&`", "the sign itself is written &amp;");
  if (!is_known_entity(rest.substr(0, end)))
    return wrong(at_, "unknown-entity",
                 fmt::format("`&{};` is no entity that XML knows", rest.substr(0, end)),
                 "write the character itself; the sign & is written &amp;");
  at_ += end + 2;
}

}  // namespace

std::optional<XmlFault> xml_fault(std::string_view text) { return Scanner(text).scan(); }

}  // namespace parley::foreign
