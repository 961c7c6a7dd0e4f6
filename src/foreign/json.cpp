// SPDX-License-Identifier: MIT
#include "foreign/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "foreign/limits.hpp"
#include "foreign/text.hpp"

namespace parley::foreign {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Signs of a bare word: what is shown when a word stands where a value is expected.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         c == '+' || c == '.';
}

void append_utf8(std::string& text, unsigned code) {
  const auto add = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0U | code >> 6U);
    add(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    add(0xE0U | code >> 12U);
    add(0x80U | (code >> 6U & 0x3FU));
    add(0x80U | (code & 0x3FU));
  } else {
    add(0xF0U | code >> 18U);
    add(0x80U | (code >> 12U & 0x3FU));
    add(0x80U | (code >> 6U & 0x3FU));
    add(0x80U | (code & 0x3FU));
  }
}

/// Reads one value after the other; the first error ends the reading. Recursion is bounded by kDepth.
class Reader {
 public:
  explicit Reader(std::string_view text, std::span<const std::string_view> packed = {})
      : text_(text), packed_(packed) {}

  bool document(Json& value) {
    blanks();
    if (at_ == text_.size()) return wrong("empty-file", "the file is empty; a JSON value was expected");
    if (!read(value, 0)) return false;
    blanks();
    return at_ == text_.size() || wrong("bad-json", "text behind the end of the JSON value",
                                        "one value, and nothing but blanks behind it");
  }

  /// The items of a list that was checked before.
  void items(std::size_t at, const std::function<bool(const Json&)>& visit) {
    at_ = at + 1;
    for (blanks(); here() != ']'; blanks()) {
      Json item;
      if (!read(item, 0) || !visit(item)) return;
      values_ = 0;
      blanks();
      if (here() == ',') ++at_;
    }
  }

  std::size_t error_at = 0;
  std::string code, message, hint;

 private:
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  bool wrong(std::string kind, std::string what, std::string advice = "") {
    error_at = at_;
    code = std::move(kind);
    message = std::move(what);
    hint = std::move(advice);
    return false;
  }
  /// What stands here, for a message.
  [[nodiscard]] std::string found() const {
    if (at_ >= text_.size()) return "the end of the file";
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    if (end == at_) ++end;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    return "`" + shown(text_.substr(at_, end - at_)) + "`";
  }
  bool expected(const std::string& what, std::string advice = "") {
    return wrong("bad-json", fmt::format("{} was expected here, not {}", what, found()), std::move(advice));
  }

  bool read(Json& value, int depth);
  bool list(Json& value, int depth, bool keep = true);
  bool object(Json& value, int depth);
  bool member(Json& value, int depth);
  bool string(std::string& text);
  bool escape(std::string& text);
  bool hex(unsigned& code);
  bool number(Json& value);
  bool digits();
  bool word(std::string_view name);
  bool no_value();

  std::string_view text_;
  std::span<const std::string_view> packed_;
  std::size_t at_ = 0, values_ = 0;
};

bool Reader::word(std::string_view name) {
  if (text_.substr(at_, name.size()) != name) return false;
  const std::size_t end = at_ + name.size();
  if (end < text_.size() && is_word(text_[end])) return false;
  at_ = end;
  return true;
}

bool Reader::no_value() {
  const std::string what = found();
  if (what == "`NaN`" || what == "`nan`" || what == "`Infinity`" || what == "`inf`")
    return wrong("bad-json", fmt::format("{} is no JSON number", what),
                 "numbers are finite: 0.5, -1, 2.5e-3");
  if (here() == '\'') return expected("a value", "texts stand in double quotes");
  if (here() == '/' || here() == '#') return expected("a value", "JSON has no comments");
  if (what == "`True`" || what == "`False`" || what == "`None`")
    return expected("a value", "JSON writes true, false, null");
  return expected("a value");
}

bool Reader::read(Json& value, int depth) {
  if (++values_ > kJsonValues)
    return wrong("too-large", fmt::format("the file holds more than {} values", kJsonValues));
  value.at = at_;
  const char c = here();
  if ((c == '[' || c == '{') && depth >= kDepth)
    return wrong("too-deep", fmt::format("more than {} brackets stand within each other", kDepth));
  if (c == '[') return list(value, depth + 1);
  if (c == '{') return object(value, depth + 1);
  if (c == '"') {
    value.kind = Json::Kind::string;
    return string(value.text);
  }
  if (is_digit(c) || c == '-') return number(value);
  if (word("null")) return true;
  value.kind = Json::Kind::boolean;
  if (word("true")) return value.truth = true;
  return word("false") || no_value();
}

bool Reader::list(Json& value, int depth, bool keep) {
  value.kind = Json::Kind::array;
  value.packed = !keep;
  const std::size_t values = values_;
  ++at_;
  blanks();
  if (here() == ']') return ++at_, true;
  for (;;) {
    if (!read(value.items.emplace_back(), depth)) return false;
    if (!keep) {
      value.items.clear();
      values_ = values;
    }
    blanks();
    if (here() == ']') return ++at_, true;
    if (here() != ',') return expected("a comma or `]`");
    ++at_;
    blanks();
    if (here() == ']') return wrong("bad-json", "a comma in front of `]`", "leave it out");
  }
}

bool Reader::object(Json& value, int depth) {
  value.kind = Json::Kind::object;
  std::unordered_set<std::string> keys;
  ++at_;
  blanks();
  if (here() == '}') return ++at_, true;
  for (;;) {
    Json& item = value.items.emplace_back();
    if (!member(item, depth)) return false;
    if (!keys.insert(item.key).second) {
      at_ = item.key_at;
      return wrong("duplicate-key", fmt::format("the key `{}` stands twice in this object", shown(item.key)));
    }
    blanks();
    if (here() == '}') return ++at_, true;
    if (here() != ',') return expected("a comma or `}`");
    ++at_;
    blanks();
    if (here() == '}') return wrong("bad-json", "a comma in front of `}`", "leave it out");
  }
}

bool Reader::member(Json& item, int depth) {
  item.key_at = at_;
  if (here() != '"') return expected("a key in double quotes");
  if (!string(item.key)) return false;
  blanks();
  if (here() != ':') return expected("a colon behind the key");
  ++at_;
  blanks();
  if (here() == '[' && depth < kDepth &&
      std::find(packed_.begin(), packed_.end(), std::string_view(item.key)) != packed_.end()) {
    item.at = at_;
    return list(item, depth + 1, false);
  }
  return read(item, depth);
}

bool Reader::string(std::string& text) {
  const std::size_t start = at_++;
  for (;;) {
    if (at_ >= text_.size()) {
      at_ = start;
      return wrong("bad-json", "this quotation mark is never closed");
    }
    const char c = text_[at_];
    if (c == '"') return ++at_, true;
    if (static_cast<unsigned char>(c) < 0x20)
      return wrong("bad-json",
                   c == '\n' ? "a text ends at the end of its line" : "a control character within a text",
                   c == '\n' ? "close the quotation mark, or write \\n" : "write it as \\t, \\n or \\u0000");
    if (c != '\\') {
      text += c;
      ++at_;
    } else if (!escape(text)) {
      return false;
    }
  }
}

bool Reader::hex(unsigned& value) {
  value = 0;
  for (std::size_t i = at_ + 2; i < at_ + 6; ++i) {
    const char c = i < text_.size() ? text_[i] : '\0';
    const bool small = c >= 'a' && c <= 'f', large = c >= 'A' && c <= 'F';
    if (!is_digit(c) && !small && !large)
      return wrong("bad-json", "four hexadecimal digits were expected behind \\u");
    value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : small ? c - 'a' + 10 : c - 'A' + 10);
  }
  return true;
}

bool Reader::escape(std::string& text) {
  static constexpr std::string_view signs = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
  const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (c != 'u') {
    const std::size_t which = c == '\0' ? std::string_view::npos : signs.find(c);
    if (which == std::string_view::npos)
      return wrong("bad-json", "this backslash begins nothing that JSON knows",
                   "a backslash is written \\\\");
    text += meant[which];
    at_ += 2;
    return true;
  }
  unsigned letter = 0, low = 0;
  if (!hex(letter)) return false;
  const std::size_t start = at_;
  at_ += 6;
  if (letter >= 0xD800 && letter < 0xDC00 && text_.substr(at_, 2) == "\\u") {
    if (!hex(low)) return false;
    at_ += 6;
    if (low >= 0xDC00 && low < 0xE000) letter = 0x10000 + ((letter - 0xD800) << 10U) + (low - 0xDC00);
  }
  if (letter == 0 || (letter >= 0xD800 && letter < 0xE000)) {
    at_ = start;
    return wrong("bad-json", letter == 0 ? "a text cannot hold the character zero"
                                         : "half a pair of \\u escapes: it stands for no character");
  }
  append_utf8(text, letter);
  return true;
}

bool Reader::digits() {
  if (!is_digit(here())) return false;
  while (is_digit(here())) ++at_;
  return true;
}

bool Reader::number(Json& value) {
  value.kind = Json::Kind::number;
  const std::size_t start = at_;
  if (here() == '-') ++at_;
  const bool zero = here() == '0';
  const std::size_t whole = at_;
  bool good = digits() && (!zero || at_ == whole + 1);
  if (good && here() == '.') good = (++at_, digits());
  if (good && (here() == 'e' || here() == 'E')) {
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    good = digits();
  }
  if (good && (at_ >= text_.size() || !is_word(text_[at_]))) {
    value.text = text_.substr(start, at_ - start);
    return true;
  }
  at_ = start;
  return wrong("bad-json", fmt::format("{} is no JSON number", found()),
               "numbers are written 0.5, -1, 2.5e-3: no zeros in front, digits on both sides of the point");
}

}  // namespace

const Json* Json::member(std::string_view name) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Json& i) { return i.key == name; });
  return found == items.end() ? nullptr : &*found;
}

const char* kind_name(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::null:
      return "null";
    case Json::Kind::boolean:
      return "boolean";
    case Json::Kind::number:
      return "number";
    case Json::Kind::string:
      return "string";
    case Json::Kind::array:
      return "list";
    case Json::Kind::object:
      return "object";
  }
  return "value";
}

std::optional<Json> read_json(const std::string& path, std::string_view text, Messages& messages) {
  return read_json(path, text, messages, {}, kFileBytes);
}

std::string own_schema(std::string_view start) {
  start = without_mark(start);
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  const auto skip = [&](std::size_t at) {
    while (at < start.size() && blank(start[at])) ++at;
    return at;
  };
  int depth = 0;
  for (std::size_t at = skip(0); at < start.size(); ++at) {
    const char c = start[at];
    if (c == '{' || c == '[') {
      if (depth++ == 0 && c == '[') return "";
    } else if (c == '}' || c == ']') {
      if (--depth <= 0) return "";
    } else if (c == '"') {
      std::size_t end = at + 1;
      while (end < start.size() && start[end] != '"') end += start[end] == '\\' ? 2 : 1;
      const std::size_t colon = skip(std::min(end + 1, start.size()));
      if (depth == 1 && start.substr(at, end + 1 - at) == "\"schema\"" && colon < start.size() &&
          start[colon] == ':') {
        const std::string_view value = start.substr(skip(colon + 1));
        if (!value.starts_with("\"parley.") && !value.starts_with("\"parley/")) return "";
        return std::string(value.substr(1, value.find('"', 1) - 1));
      }
      at = end;
    } else if (depth == 0) {
      return "";
    }
  }
  return "";
}

void each_item(std::string_view text, const Json& list, const std::function<bool(const Json&)>& visit) {
  if (list.packed) return Reader(without_mark(text)).items(list.at, visit);
  for (const Json& item : list.items)
    if (!visit(item)) return;
}

std::optional<Json> read_json(const std::string& path, std::string_view text, Messages& messages,
                              std::span<const std::string_view> packed, std::size_t most_bytes) {
  const auto error = [&](Place place, std::string code, std::string message, std::string hint = "") {
    messages.error({path, place}, std::move(code), std::move(message), std::move(hint));
    return std::nullopt;
  };
  const Place top = Places("").at(0);
  if (text.size() > most_bytes)
    return error(top, "too-large", fmt::format("the file is larger than {} MiB", most_bytes >> 20U));
  if (is_wide_text(text))
    return error(top, "wrong-encoding", "the file is in UTF-16 or UTF-32", "save the file as UTF-8");
  text = without_mark(text);
  if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos)
    return error(Places(text).at(bad), "wrong-encoding",
                 text[bad] == '\0' ? "the file holds a zero byte" : "here is a byte that is no UTF-8",
                 "save the file as UTF-8");
  Json value;
  Reader reader(text, packed);
  if (reader.document(value)) return value;
  return error(Places(text).at(reader.error_at), reader.code, reader.message, reader.hint);
}

}  // namespace parley::foreign
