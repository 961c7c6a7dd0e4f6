// SPDX-License-Identifier: MIT
// The reader behind yaml.hpp. Private to the room.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/codes.hpp"
#include "language/yaml.hpp"
#include "language/yaml_lines.hpp"

namespace parley::language {

/// A text that grows character by character, each with its place.
class TextBuilder {
 public:
  /// `bytes` is one code point, written at line:column.
  void add(std::string_view bytes, std::uint32_t line, std::uint32_t column);
  /// Drops blanks at the end, but nothing before byte `keep`.
  void trim(std::size_t keep = 0);
  [[nodiscard]] const std::string& text() const { return text_; }
  void into(YamlNode& node) &&;

 private:
  std::string text_;
  std::uint32_t points_ = 0;
  std::vector<YamlNode::Stretch> stretches_;
};

/// A cursor (row, byte) over the lines. Functions that read a value in block style leave the cursor at the
/// content of the next line that is not blank; those in flow style just behind the value. A `false` or a
/// broken node means that the error has been reported and that the cursor stands at the content of a later
/// line, ready to go on.
class YamlReader {
 public:
  YamlReader(std::string_view text, std::uint32_t file, std::vector<YamlLine> lines);
  YamlText run();

 private:
  // block style (yaml.cpp)
  YamlNode block(int parent, int depth);
  YamlNode block_list(int indent, int depth);
  YamlNode block_map(int indent, int depth);
  bool block_entry(YamlNode& map, int indent, int depth);
  YamlNode after_key(int indent, int depth);
  YamlNode after_dash(int indent, int depth);
  YamlNode inline_value(int parent, int depth);
  bool key(YamlNode& key);
  void drop_duplicates(YamlNode& map);
  [[nodiscard]] std::size_t key_end(
      bool inside_text = false) const;  ///< the byte of the colon, npos where the line has no key
  void cut_at_markers();

  // flow style (yaml_flow.cpp)
  YamlNode flow(int parent, int depth);
  bool flow_items(YamlNode& list, int parent, int depth);
  bool flow_entries(YamlNode& map, int parent, int depth);
  YamlNode flow_value(int parent, int depth);
  YamlNode flow_plain(int parent);
  bool flow_space(int parent);
  bool flow_continues(int parent, std::size_t& row) const;
  bool flow_fail(int parent, const Code& code, Place place, std::string message, std::string hint);

  // scalars (yaml_scalar.cpp)
  YamlNode plain(int parent);
  enum class Next { text, end, broken };
  Next plain_continues(int parent, std::size_t& row);
  void plain_line(TextBuilder& builder);
  YamlNode quoted(int parent);
  bool escape(TextBuilder& builder);
  bool next_quoted_line(int parent, TextBuilder& builder, bool joined);
  YamlNode block_text(int parent);
  bool block_header(char& chomp, int& explicit_indent);
  bool refuse_start(bool in_flow);

  // cursor
  [[nodiscard]] const YamlLine& line() const { return lines_[row_]; }
  [[nodiscard]] bool end() const { return row_ >= lines_.size(); }
  [[nodiscard]] bool line_end() const { return at_ >= line().end; }
  [[nodiscard]] char here(std::size_t ahead = 0) const {
    return at_ + ahead < line().end ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] int indent() const { return static_cast<int>(at_ - line().begin); }
  [[nodiscard]] static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
  [[nodiscard]] bool at_dash() const { return here() == '-' && is_blank(here(1)); }
  [[nodiscard]] bool rest_blank();  ///< moves over blanks; true at the end of the line or before a comment
  void next_line();
  void finish_line();
  void skip_deeper(int indent);
  void skip_line_and_deeper(int indent);
  [[nodiscard]] std::size_t width(std::size_t at) const;  ///< bytes of the code point at `at`

  // places and errors
  [[nodiscard]] std::uint32_t column(std::size_t row, std::size_t at) const;
  [[nodiscard]] Place place(std::size_t at, std::uint32_t length = 1) const;
  void take(TextBuilder& builder);  ///< one code point from the cursor
  void report(const Code& code, Place place, std::string message, std::string hint);
  [[nodiscard]] std::string look_alike(std::uint32_t number) const;
  void stop() { row_ = lines_.size(); }
  bool count(int depth);
  [[nodiscard]] YamlNode broken() const;

  std::string_view text_;
  std::uint32_t file_;
  std::vector<YamlLine> lines_;
  std::size_t row_ = 0, at_ = 0;
  std::size_t nodes_ = 0;
  std::vector<Diagnostic> diagnostics_;
  // the last column that was asked for in a line that is not ASCII: asking goes forward, so counting stays
  // linear
  mutable std::size_t known_row_ = static_cast<std::size_t>(-1), known_at_ = 0;
  mutable std::uint32_t known_column_ = 0;
};

}  // namespace parley::language
