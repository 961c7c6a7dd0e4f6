// SPDX-License-Identifier: MIT
#include "language/yaml_lines.hpp"

#include <fmt/format.h>

#include "expression/characters.hpp"
#include "language/codes.hpp"
#include "language/limits.hpp"

namespace parley::language {
namespace {

constexpr std::size_t kMostBadCharacters = 20;

class Splitter {
 public:
  Splitter(std::string_view text, std::uint32_t file) : text_(text), file_(file) {}

  YamlLines run() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;  // a byte order mark at the very beginning
    if (expression::has_utf32_mark(text_)) {
      report(code::bad_utf8, 1, "the file is in UTF-32", "save the file with the encoding UTF-8");
      return std::move(result_);
    }
    while (at_ < text_.size()) line();
    tell_repeated(first_wrong_, wrong_bytes_, "such bytes");
    tell_repeated(first_zero_, zeros_, "such characters: this is no text");
    return std::move(result_);
  }

 private:
  void line() {
    YamlLine line;
    line.begin = at_;
    std::uint32_t column = 0;
    char32_t before = 0;
    while (at_ < text_.size() && !at_break()) {
      ++column;
      const auto [point, width] = expression::decode(text_, at_);
      if (width == 0) {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (first_of_its_kind(first_wrong_, wrong_bytes_))
          report(code::bad_utf8, column, fmt::format("the byte 0x{:02X} is not UTF-8", byte),
                 "save the file with the encoding UTF-8 (it may be in Latin-1 or Windows-1252)");
      } else if (expression::unseen(point, before)) {
        if (point != 0 || first_of_its_kind(first_zero_, zeros_))
          report(code::control_character, column,
                 fmt::format("the character {} cannot be seen and is not allowed",
                             expression::character_words(point)),
                 "delete it");
      } else if (expression::strange_blank(point) && only_blanks(line.begin)) {
        report(code::control_character, column,
               fmt::format("the character {} stands in the indentation, where a plain blank was meant",
                           expression::character_words(point)),
               "write plain blanks");
      }
      before = point;
      line.ascii = line.ascii && width == 1 && point < 0x80;
      at_ += width == 0 ? 1 : width;
    }
    line.end = at_;
    if (column > kLineLength)
      report(code::line_too_long, 1, fmt::format("the line has more than {} characters", kLineLength),
             "break it into several lines");
    finish(line);
    if (at_ < text_.size()) at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    ++number_;
  }

  /// Does nothing but plain blanks stand in front of the cursor?
  [[nodiscard]] bool only_blanks(std::size_t begin) const {
    return text_.substr(begin, at_ - begin).find_first_not_of(" \t") == std::string_view::npos;
  }
  /// LF, CR LF, or a CR alone.
  [[nodiscard]] bool at_break() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

  /// Bytes of another encoding come by the hundred and have one cause: the first is said, the rest counted.
  bool first_of_its_kind(std::size_t& first, std::size_t& count) {
    if (count++ == 0) first = result_.diagnostics.size();
    return count == 1;
  }
  void tell_repeated(std::size_t first, std::size_t count, const char* what) {
    if (count > 1 && first < result_.diagnostics.size())
      result_.diagnostics[first].message += fmt::format(", and {} more {}", count - 1, what);
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
  std::size_t first_wrong_ = 0, wrong_bytes_ = 0;  ///< the message about the first, and how many there are
  std::size_t first_zero_ = 0, zeros_ = 0;
  YamlLines result_;
};

}  // namespace

YamlLines lines_of(std::string_view text, std::uint32_t file) { return Splitter(text, file).run(); }

}  // namespace parley::language
