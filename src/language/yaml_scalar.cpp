// SPDX-License-Identifier: MIT
// Texts: plain, quoted, and block texts behind | and >.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/characters.hpp"
#include "language/codes.hpp"
#include "language/yaml_reader.hpp"

namespace parley::language {

// --- TextBuilder

void TextBuilder::add(std::string_view bytes, std::uint32_t line, std::uint32_t column) {
  const bool follows = !stretches_.empty() && stretches_.back().line == line &&
                       stretches_.back().column + (points_ - stretches_.back().offset) == column;
  if (!follows) stretches_.push_back({points_, line, column});
  text_ += bytes;
  ++points_;
}

void TextBuilder::trim(std::size_t keep) {
  while (text_.size() > keep && (text_.back() == ' ' || text_.back() == '\t')) {
    text_.pop_back();
    --points_;
  }
  while (!stretches_.empty() && stretches_.back().offset >= points_ && points_ > 0) stretches_.pop_back();
}

void TextBuilder::into(YamlNode& node) && {
  node.text = std::move(text_);
  if (stretches_.size() <= 1) node.place.length = points_;
  const bool plain_run =
      stretches_.empty() || (stretches_.size() == 1 && stretches_[0].line == node.place.line &&
                             stretches_[0].column == node.place.column);
  if (!plain_run) node.stretches = std::move(stretches_);
}

// --- plain

/// Reports and returns true where a value cannot begin with what stands here.
bool YamlReader::refuse_start(bool in_flow) {
  const char c = here();
  const auto refuse = [&](const Code& code, std::string message, std::string hint) {
    report(code, place(at_), std::move(message), std::move(hint));
    return true;
  };
  const std::string quote = "put the text in quotes";
  switch (c) {
    case '&':
      return refuse(code::yaml_feature, "anchors (`&`) are not used in accounts",
                    "write the value out; " + quote);
    case '*':
      return refuse(code::yaml_feature, "aliases (`*`) are not used in accounts",
                    "write the value out; " + quote);
    case '!':
      return refuse(code::yaml_feature, "tags (`!`) are not used in accounts", "delete the tag, or " + quote);
    case '%':
    case '@':
    case '`':
      return refuse(code::bad_start, fmt::format("a text cannot begin with `{}`", c), quote);
    case ']':
    case '}':
    case ',':
      return refuse(code::bad_start, fmt::format("`{}` closes or separates nothing here", c),
                    "delete it, or " + quote);
    case '|':
    case '>':
      return in_flow &&
             refuse(code::bad_start,
                    fmt::format("a key, or a text inside [ ] or {{ }}, cannot begin with `{}`", c), quote);
    case '-':
    case '?':
    case ':':
      if (!is_blank(here(1))) return false;
      return refuse(code::bad_start, fmt::format("a value cannot begin with `{} `", c),
                    c == '-' ? "begin the list in a line of its own, or write [a, b]" : quote);
    default:
      return false;
  }
}

/// The rest of the line, up to a comment.
void YamlReader::plain_line(TextBuilder& builder) {
  while (!line_end() && !(here() == '#' && is_blank(text_[at_ - 1]))) take(builder);
  builder.trim();
}

YamlNode YamlReader::plain(int parent) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.place = place(at_);
  if (const std::size_t colon = key_end(true); colon != std::string_view::npos) {
    report(code::colon_in_text, place(colon),
           "a second `: ` stands in this line, which YAML reads as another key",
           "put the text in quotes, or begin a new line");
    skip_line_and_deeper(parent);
    return broken();
  }
  TextBuilder builder;
  plain_line(builder);
  bool comment = !line_end();
  std::size_t next = 0;
  while (!comment) {
    const Next what = plain_continues(parent, next);
    if (what == Next::end) break;
    if (what == Next::broken) {
      skip_deeper(parent);
      return broken();
    }
    const std::size_t empty = next - row_ - 1;
    const auto here_line = static_cast<std::uint32_t>(row_ + 1);
    const std::uint32_t here_column = column(row_, line().end);
    for (std::size_t i = 0; i < std::max<std::size_t>(empty, 1); ++i)
      builder.add(empty == 0 ? " " : "\n", here_line, here_column);
    row_ = next;
    at_ = line().content;
    (void)rest_blank();
    plain_line(builder);
    comment = !line_end();
  }
  std::move(builder).into(node);
  next_line();
  return node;
}

/// Does the text go on in a deeper line? Lines that look like keys or list items are reported instead of
/// swallowed.
YamlReader::Next YamlReader::plain_continues(int parent, std::size_t& row) {
  for (row = row_ + 1; row < lines_.size(); ++row) {
    const YamlLine& next = lines_[row];
    std::size_t at = next.content;
    while (at < next.end && is_blank(text_[at])) ++at;
    if (at == next.end) continue;
    if (text_[at] == '#' || next.indent() <= parent) return Next::end;
    const std::size_t old_row = std::exchange(row_, row);
    const std::size_t old_at = std::exchange(at_, at);
    const bool item = at_dash();
    if (item || key_end(true) != std::string_view::npos) {
      report(code::bad_indent, place(at),
             item ? "a list item stands below a key that already has a text"
                  : "a key stands below a key that already has a text",
             item ? "put the list below a key that ends in `:`"
                  : "align it with the keys around it, or put the whole text in quotes");
      return Next::broken;  // the cursor stays there, to go on from
    }
    row_ = old_row;
    at_ = old_at;
    return Next::text;
  }
  return Next::end;
}

// --- quoted

YamlNode YamlReader::quoted(int parent) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.plain = false;
  node.place = place(at_);
  const char quote = here();
  ++at_;
  TextBuilder builder;
  std::size_t keep = 0;  // blanks that an escape made are not trimmed at the end of a line
  while (true) {
    if (line_end()) {
      builder.trim(keep);
      if (!next_quoted_line(parent, builder, false)) break;
      keep = builder.text().size();
    } else if (here() == quote && quote == '\'' && here(1) == '\'') {
      ++at_;
      take(builder);
    } else if (here() == quote) {
      ++at_;
      std::move(builder).into(node);
      return node;
    } else if (here() == '\\' && quote == '"') {
      if (at_ + 1 >= line().end) {
        if (!next_quoted_line(parent, builder, true)) break;
      } else {
        escape(builder);
      }
      keep = builder.text().size();
    } else {
      take(builder);
    }
  }
  report(code::unclosed_quote, node.place, "this quotation mark is never closed",
         "close it where the text ends; its lines are indented deeper than the key");
  YamlNode result = broken();
  result.place = node.place;
  return result;
}

/// On to the next line of a quoted text; `joined`: a backslash ended the line, so nothing is put between the
/// two.
bool YamlReader::next_quoted_line(int parent, TextBuilder& builder, bool joined) {
  const auto from_line = static_cast<std::uint32_t>(row_ + 1);
  const std::uint32_t from_column = column(row_, line().end);
  std::size_t empty = 0;
  for (++row_; row_ < lines_.size(); ++row_, ++empty) {
    at_ = line().content;
    while (!line_end() && is_blank(here())) ++at_;
    if (!line_end()) break;
  }
  if (end()) return false;
  if (line().indent() <= parent) {
    at_ = line().content;
    if (line().blank) next_line();  // a comment
    return false;
  }
  for (std::size_t i = 0; i < empty; ++i) builder.add("\n", from_line, from_column);
  if (empty == 0 && !joined) builder.add(" ", from_line, from_column);
  return true;
}

namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

/// One escape of a double-quoted text; those that make characters nobody can see are refused, blanks and
/// breaks apart.
bool YamlReader::escape(TextBuilder& builder) {
  const std::size_t begin = at_;
  const char c = here(1);
  at_ += 2;
  const int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  char32_t point = 0;
  bool good = true;
  if (digits > 0) {
    for (int i = 0; i < digits && good; ++i) {
      const int value = line_end() ? -1 : hex(here());
      good = value >= 0;
      if (good) {
        point = (point << 4) | static_cast<char32_t>(value);
        ++at_;
      }
    }
    // What could stand in front of a joiner is not looked at: a letter that uses it is taken to be there.
    constexpr char32_t kLetter = 0x627;
    good = good && point >= 0x20 && !(point >= 0xD800 && point <= 0xDFFF) && point <= 0x10FFFF &&
           !expression::unseen(point, kLetter);
  } else {
    static constexpr std::string_view kFrom = "nt\"\\/ \t_";
    static constexpr char32_t kTo[] = {'\n', '\t', '"', '\\', '/', ' ', '\t', 0xA0};
    const auto found = kFrom.find(c);
    good = found != std::string_view::npos;
    if (good) point = kTo[found];
    if (!good) at_ = begin + 1 + width(begin + 1);
  }
  if (good) {
    builder.add(expression::utf8_of(point), static_cast<std::uint32_t>(row_ + 1), column(row_, begin));
    return true;
  }
  report(code::bad_escape, place(begin, 2),
         "this escape is not understood, or makes a character that cannot be seen",
         "write the character itself; a backslash is written `\\\\`, or use single quotes");
  return false;
}

// --- block texts

bool YamlReader::block_header(char& chomp, int& explicit_indent) {
  ++at_;
  while (!line_end() && !is_blank(here())) {
    const char c = here();
    if ((c == '+' || c == '-') && chomp == ' ') {
      chomp = c;
    } else if (c >= '1' && c <= '9' && explicit_indent == 0) {
      explicit_indent = c - '0';
    } else {
      report(code::bad_start, place(at_),
             fmt::format("`|` and `>` are followed by the end of the line, not by a text"),
             "begin the text in the next line, or put it in quotes");
      return false;
    }
    ++at_;
  }
  if (rest_blank()) return true;
  report(code::bad_start, place(at_), "`|` and `>` are followed by the end of the line, not by a text",
         "begin the text in the next line, or put it in quotes");
  return false;
}

YamlNode YamlReader::block_text(int parent) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.plain = false;
  node.place = place(at_);
  const bool folded = here() == '>';
  char chomp = ' ';
  int explicit_indent = 0;
  if (!block_header(chomp, explicit_indent)) {
    skip_line_and_deeper(parent);
    return broken();
  }
  int wanted = explicit_indent > 0 ? std::max(parent, 0) + explicit_indent : 0;
  const auto empty = [&](const YamlLine& l) { return l.content == l.end; };
  TextBuilder builder;
  std::size_t breaks = 0;  // line breaks that wait for the next line with text
  bool first = true, deep_before = false;
  int widest_empty = 0;
  for (++row_; row_ < lines_.size(); ++row_) {
    const YamlLine& l = line();
    if (empty(l) && (wanted == 0 || l.indent() <= wanted)) {
      ++breaks;
      widest_empty = std::max(widest_empty, l.indent());
      continue;
    }
    if (wanted == 0 && l.indent() > parent) {
      wanted = l.indent();
      if (widest_empty > wanted)
        report(code::bad_indent, place(l.content), "an empty line above has more blanks than the text",
               "delete the blanks of the empty line");
    }
    if (wanted == 0 || l.indent() < wanted) break;
    at_ = l.begin + static_cast<std::size_t>(wanted);
    const bool deep = !line_end() && is_blank(here());
    const auto number = static_cast<std::uint32_t>(row_ + 1);
    if (!first && folded && !deep && !deep_before) {
      if (breaks == 1) builder.add(" ", number, 1);
      for (std::size_t i = 1; i < breaks; ++i) builder.add("\n", number, 1);
    } else {
      for (std::size_t i = 0; i < breaks; ++i) builder.add("\n", number, 1);
    }
    while (!line_end()) take(builder);
    breaks = 1;
    first = false;
    deep_before = deep;
  }
  const auto last = static_cast<std::uint32_t>(std::min(row_, lines_.size()));
  if (breaks > 0 && end() && lines_.back().end == text_.size())
    --breaks;  // the text ends without a line break
  if (chomp == '-' || (first && chomp == ' ')) breaks = 0;
  if (chomp == ' ') breaks = std::min<std::size_t>(breaks, 1);
  for (std::size_t i = 0; i < breaks; ++i) builder.add("\n", last, 1);
  std::move(builder).into(node);
  --row_;
  next_line();
  return node;
}

}  // namespace parley::language
