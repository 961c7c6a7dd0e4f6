// SPDX-License-Identifier: MIT
#include "language/yaml_lines.hpp"

#include <fmt/format.h>

#include "language/codes.hpp"
#include "language/limits.hpp"

namespace parley::language {
namespace {

constexpr std::size_t kMostBadCharacters = 20;

/// The code point at `at` and its width in bytes; width 0 where the bytes are not UTF-8.
struct Decoded {
  char32_t point = 0;
  std::size_t width = 0;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + width > text.size()) return {};
  char32_t point = lead & (0x7FU >> width);
  for (std::size_t i = 1; i < width; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (width == 3 && point < 0x800) || (width == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) return {};
  return {point, width};
}

/// Characters that are not seen, or that change how the text around them is seen.
bool refused(char32_t point) {
  return (point < 0x20 && point != '\t') || (point >= 0x7F && point < 0xA0) ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x2028 ||
         point == 0x2029 || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
}

class Splitter {
 public:
  Splitter(std::string_view text, std::uint32_t file) : text_(text), file_(file) {}

  YamlLines run() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;  // a byte order mark at the very beginning
    while (at_ < text_.size()) line();
    return std::move(result_);
  }

 private:
  void line() {
    YamlLine line;
    line.begin = at_;
    std::uint32_t column = 0;
    while (at_ < text_.size() && !at_break()) {
      ++column;
      const auto [point, width] = decode(text_, at_);
      if (width == 0) {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        report(code::bad_utf8, column, fmt::format("the byte 0x{:02X} is not UTF-8", byte),
               "save the file with the encoding UTF-8");
      } else if (refused(point)) {
        report(code::control_character, column,
               fmt::format("the character U+{:04X} cannot be seen and is not allowed",
                           static_cast<unsigned>(point)),
               "delete it");
      }
      line.ascii = line.ascii && width == 1 && point < 0x80;
      at_ += width == 0 ? 1 : width;
    }
    line.end = at_;
    if (column > kLineLength)
      report(code::line_too_long, 1, fmt::format("the line has more than {} characters", kLineLength),
             "break it into several lines");
    finish(line);
    if (at_ < text_.size()) at_ += text_[at_] == '\r' ? 2 : 1;
    ++number_;
  }

  [[nodiscard]] bool at_break() const {
    return text_[at_] == '\n' || (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  void finish(YamlLine& line) {
    line.content = line.begin;
    while (line.content < line.end && text_[line.content] == ' ') ++line.content;
    std::size_t seen = line.content;
    while (seen < line.end && (text_[seen] == ' ' || text_[seen] == '\t')) ++seen;
    line.blank = seen == line.end || text_[seen] == '#';
    result_.lines.push_back(line);
  }

  void report(const Code& code, std::uint32_t column, std::string message, std::string hint) {
    if (result_.diagnostics.size() >= kMostBadCharacters) return;
    result_.diagnostics.push_back(
        {code.severity, code.text(), std::move(message), std::move(hint), {file_, number_, column, 1}, {}});
  }

  std::string_view text_;
  std::uint32_t file_;
  std::size_t at_ = 0;
  std::uint32_t number_ = 1;
  YamlLines result_;
};

}  // namespace

YamlLines lines_of(std::string_view text, std::uint32_t file) { return Splitter(text, file).run(); }

}  // namespace parley::language
