// SPDX-License-Identifier: MIT
#include "report/markdown.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "expression/characters.hpp"
#include "report/diagnostics.hpp"

namespace parley::report {
namespace {

/// Stand-ins are noncharacters of Unicode, which expression::unseen() keeps out of every input.
constexpr std::string_view kMarkup = "<>[]*_`|\\~#&-+.)=:(";
constexpr char32_t kStandIns = 0xFDD0;
static_assert(kMarkup.size() <= 32, "there are 32 such characters");

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool in_word(char c) { return is_letter(c) || is_digit(c); }
bool of_id(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == ' ';
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string stand_in(char c) {
  return expression::utf8_of(kStandIns + static_cast<char32_t>(kMarkup.find(c)));
}

/// The end of a word in backticks that begins at `at`, or `at` where none does: what is in them is an id, a
/// field or a flag.
std::size_t behind_code(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && of_id(text[end])) ++end;
  const bool closed = end > at + 1 && text[at + 1] != ' ' && text[end - 1] != ' ' && end < text.size() &&
                      text[end] == '`' && (end + 1 == text.size() || text[end + 1] != '`') &&
                      (at == 0 || text[at - 1] != '`');
  return closed ? end + 1 : at;
}

/// `&amp;` or `&#60;`
bool begins_entity(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '#')) ++end;
  return end > at + 1 && end < text.size() && text[end] == ';';
}

/// Do the characters from `first` up to `behind` stand inside a word? Underscores mark nothing there.
bool inside_word(std::string_view text, std::size_t first, std::size_t behind) {
  return first > 0 && behind < text.size() && in_word(text[first - 1]) && in_word(text[behind]);
}

/// Is the character at `at` markup where it stands, whatever is put around the text?
bool marks(std::string_view text, std::size_t at) {
  const bool begins = at == 0 || is_blank(text[at - 1]);
  const bool ends = at + 1 == text.size() || is_blank(text[at + 1]);
  switch (text[at]) {
    case '<':
      return ends ? at + 1 == text.size() : !is_digit(text[at + 1]) && text[at + 1] != '=';
    case '[':
    case ']':
    case '*':
    case '`':
    case '|':
    case '\\':
    case '~':
      return true;
    case '#':
      return begins || ends;
    case '&':
      return begins_entity(text, at);
    case ':':
      return text.substr(at, 3) == "://";
    case '.':
      return at >= 3 && text.substr(at - 3, 3) == "www" && (at == 3 || !in_word(text[at - 4]));
    case '(':
      return at > 0 && text[at - 1] == ']';
    default:
      return false;
  }
}

/// Behind the marker of a list, a quotation, a heading, a rule or a table at the beginning of `word`: the
/// offset of the character that makes it one; npos where there is none. `within` a paragraph only the number
/// 1 begins a list.
std::size_t marker(std::string_view word, bool within) {
  if (word.empty()) return std::string_view::npos;
  const char first = word[0];
  const bool same = word.find_first_not_of(first) == std::string_view::npos;
  if (first == '>' || first == '|' || word.starts_with("```") || word.starts_with("~~~")) return 0;
  if (same && (first == '=' || first == '_' || first == '*' || first == '+' || first == '#')) return 0;
  if (word.find_first_not_of(":-") == std::string_view::npos) return 0;
  const std::size_t digits = word.find_first_not_of("0123456789");
  if (within && word.substr(0, digits) != "1") return std::string_view::npos;
  if (digits > 0 && digits + 1 == word.size() && (word[digits] == '.' || word[digits] == ')')) return digits;
  return std::string_view::npos;
}

/// One pass over a page.
class Writer {
 public:
  explicit Writer(std::string_view page) : page_(page) { written_.reserve(page.size()); }

  std::string run() {
    while (at_ < page_.size()) next();
    return std::move(written_);
  }

 private:
  void next() {
    const char c = page_[at_];
    if (c == '`') return code();
    if (c == '\\' && at_ + 1 < page_.size() && kMarkup.find(page_[at_ + 1]) != std::string_view::npos) {
      put(page_.substr(at_, 2));
      at_ += 2;
      return;
    }
    if (static_cast<unsigned char>(c) == 0xEF)  // the lead byte of stand-ins
      if (const auto [point, width] = expression::decode(page_, at_); stands_for(point) != 0) {
        escape(stands_for(point));
        at_ += width;
        return;
      }
    if (c == '<' && at_ + 1 < page_.size() &&
        (is_letter(page_[at_ + 1]) || std::string_view("/!?").find(page_[at_ + 1]) != std::string_view::npos))
      put("&lt;");
    else if (!written_.empty() && written_.back() == ']' && (c == '(' || (c == ':' && line_begins('['))))
      escape(c);
    else
      put(page_.substr(at_, 1));
    ++at_;
  }

  void put(std::string_view text) {
    if (const std::size_t end = text.rfind('\n'); end != std::string_view::npos)
      line_ = written_.size() + end + 1;
    written_ += text;
  }

  void escape(char c) {
    if (c == '<')
      put("&lt;");
    else if (c == '>')
      put("&gt;");
    else if (c == '&')
      put("&amp;");
    else
      (written_ += '\\') += c;
  }

  /// A code span of the page, up to its end in the same paragraph; a backtick without an end is text.
  void code() {
    std::size_t begin = at_;
    while (begin < page_.size() && page_[begin] == '`') ++begin;
    const std::string_view fence = page_.substr(at_, begin - at_);
    const std::size_t paragraph = std::min(page_.find("\n\n", begin), page_.size());
    std::size_t end = page_.find(fence, begin);
    if (end == std::string_view::npos || end > paragraph) {
      for (std::size_t i = 0; i < fence.size(); ++i) escape('`');
      at_ = begin;
      return;
    }
    put(fence);
    for (at_ = begin; at_ < end;) {
      const auto [point, width] = expression::decode(page_, at_);
      const char shown = stands_for(point);
      if (shown == '|')
        put(line_begins('|') ? "\\|" : "|");
      else if (shown == '`')
        written_ += '\'';
      else if (shown != 0)
        written_ += shown;
      else
        put(page_.substr(at_, std::max<std::size_t>(width, 1)));
      at_ += std::max<std::size_t>(width, 1);
    }
    put(fence);
    at_ = end + fence.size();
  }

  [[nodiscard]] bool line_begins(char with) const {
    const std::size_t begin = written_.find_first_not_of(' ', line_);
    return begin < written_.size() && written_[begin] == with;
  }

  std::string_view page_;
  std::size_t at_ = 0;
  std::string written_;
  std::size_t line_ = 0;  ///< where the last line of what is written begins
};

}  // namespace

char stands_for(char32_t point) {
  return point >= kStandIns && point < kStandIns + kMarkup.size() ? kMarkup[point - kStandIns] : '\0';
}

std::string inert(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '`')
      if (const std::size_t end = behind_code(text, at); end > at) {
        result += text.substr(at, end - at);
        at = end - 1;
        continue;
      }
    if (c == '_') {
      const std::size_t behind = std::min(text.find_first_not_of('_', at), text.size());
      const std::string each = inside_word(text, at, behind) ? "_" : stand_in('_');
      for (; at < behind; ++at) result += each;
      --at;
      continue;
    }
    if (is_blank(c))
      result += ' ';
    else if (marks(text, at))
      result += stand_in(c);
    else
      result += c;
  }
  // A lone sign may be an answer; where it begins a line, at_line_start() sees to it.
  const std::size_t word = std::min(result.find_first_not_of(' '), result.size());
  const std::size_t blank = result.find(' ', word);
  if (blank == std::string::npos) return result;
  return result.substr(0, word) + at_line_start(result.substr(word, blank - word), false) +
         result.substr(blank);
}

nlohmann::ordered_json inert_json(const nlohmann::ordered_json& json) {
  if (json.is_string()) return inert(json.get_ref<const std::string&>());
  if (json.is_array()) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& value : json) list.push_back(inert_json(value));
    return list;
  }
  if (!json.is_object()) return json;
  nlohmann::ordered_json::object_t object;  // one behind the other: keys differ as they did
  for (const auto& [key, value] : json.items()) object.emplace_back(inert(key), inert_json(value));
  return object;
}

std::string inert_name(const std::string& name) {
  std::string text = inert(printable(name));
  // It may begin a line by itself.
  return text.find(' ') == std::string::npos ? at_line_start(std::move(text), false) : text;
}

std::string as_text(const std::string& name) { return markdown(inert_name(name)); }

std::string at_line_start(std::string word, bool within) {
  const std::size_t at = marker(word, within);
  return at == std::string::npos ? word : word.replace(at, 1, stand_in(word[at]));
}

std::string markdown(std::string_view page) { return Writer(page).run(); }

}  // namespace parley::report
