// SPDX-License-Identifier: MIT
// Block style: maps and lists by indentation.
#include "language/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "expression/characters.hpp"
#include "language/codes.hpp"
#include "language/limits.hpp"
#include "language/yaml_reader.hpp"

namespace parley::language {
namespace {
constexpr std::size_t kMostYamlErrors = 100;
}  // namespace

Place YamlNode::at(std::uint32_t offset, std::uint32_t length) const {
  Place result = place;
  result.length = length;
  result.column += offset;
  for (const Stretch& stretch : stretches) {
    if (stretch.offset > offset) break;
    result.line = stretch.line;
    result.column = stretch.column + (offset - stretch.offset);
  }
  return result;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i].text == key) return &items[i];
  return nullptr;
}

YamlText read_yaml(std::string_view text, std::uint32_t file) {
  YamlLines lines = lines_of(text, file);
  if (!lines.diagnostics.empty()) return {{}, std::move(lines.diagnostics)};
  return YamlReader(text, file, std::move(lines.lines)).run();
}

YamlReader::YamlReader(std::string_view text, std::uint32_t file, std::vector<YamlLine> lines)
    : text_(text), file_(file), lines_(std::move(lines)) {}

YamlText YamlReader::run() {
  YamlText result;
  cut_at_markers();
  row_ = static_cast<std::size_t>(-1);  // so that next_line() begins with the first
  next_line();
  if (!end()) {
    result.root = block(-1, 0);
    if (!end()) {
      report(code::bad_indent, place(at_), "this line stands further left than the first one",
             "give all top-level keys the same indentation");
    }
  }
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  result.diagnostics = std::move(diagnostics_);
  return result;
}

/// One document: a first `---` is passed over, any later marker ends the text.
void YamlReader::cut_at_markers() {
  bool content = false, started = false;
  for (std::size_t row = 0; row < lines_.size(); ++row) {
    YamlLine& line = lines_[row];
    const std::string_view whole = text_.substr(line.begin, line.end - line.begin);
    const std::string_view mark = whole.substr(0, 3);
    const bool marks = (mark == "---" || mark == "...") && (whole.size() == 3 || is_blank(whole[3]));
    if (!content && !started && !whole.empty() && whole[0] == '%') {
      row_ = row;
      report(code::yaml_feature, place(line.begin), "directives (`%`) are not used in accounts",
             "delete the line");
      line.blank = true;
    } else if (marks) {
      const bool alone = whole.find_first_not_of(" \t", 3) == std::string_view::npos;
      const bool begins = mark == "---" && !content && !started && alone;
      if (!begins) {
        row_ = row;
        report(code::several_documents, {file_, static_cast<std::uint32_t>(row + 1), 1, 3},
               fmt::format("`{}` ends the document, and an account is one document", mark),
               "delete the line, or put what follows into a file of its own");
        lines_.resize(row);
        return;
      }
      started = true;
      line.blank = true;
    } else if (!line.blank) {
      content = true;
    }
  }
}

YamlNode YamlReader::block(int parent, int depth) {
  if (!count(depth)) return broken();
  if (at_dash()) return block_list(indent(), depth);
  if (key_end() != std::string_view::npos || (here() == '?' && is_blank(here(1))))
    return block_map(indent(), depth);
  return inline_value(parent, depth);
}

YamlNode YamlReader::block_list(int indent_of_list, int depth) {
  YamlNode list;
  list.kind = YamlNode::Kind::list;
  list.place = place(at_);
  while (!end() && indent() == indent_of_list && at_dash()) {
    list.items.push_back(after_dash(indent_of_list, depth));
    if (end() || indent() <= indent_of_list) continue;
    report(code::bad_indent, place(at_), "this line is indented deeper than the list item before it",
           "align it with the item, or with the `-`");
    skip_deeper(indent_of_list);
  }
  return list;
}

YamlNode YamlReader::after_dash(int indent_of_list, int depth) {
  ++at_;
  if (!rest_blank()) return block(indent_of_list, depth + 1);
  const Place dash = place(at_);
  next_line();
  if (!end() && indent() > indent_of_list) return block(indent_of_list, depth + 1);
  YamlNode nothing;
  nothing.place = dash;
  return nothing;
}

YamlNode YamlReader::block_map(int indent_of_map, int depth) {
  YamlNode map;
  map.kind = YamlNode::Kind::map;
  map.place = place(at_);
  while (!end() && indent() == indent_of_map) {
    if (!block_entry(map, indent_of_map, depth)) continue;
    if (end() || indent() <= indent_of_map) continue;
    report(code::bad_indent, place(at_), "this line is indented deeper than the keys around it",
           "align it with them, or put it below a key that ends in `:`");
    skip_deeper(indent_of_map);
  }
  drop_duplicates(map);
  return map;
}

bool YamlReader::block_entry(YamlNode& map, int indent_of_map, int depth) {
  YamlNode name;
  if (!key(name)) {
    skip_line_and_deeper(indent_of_map);
    return false;
  }
  YamlNode value = after_key(indent_of_map, depth);
  map.keys.push_back(std::move(name));
  map.items.push_back(std::move(value));
  return true;
}

void YamlReader::drop_duplicates(YamlNode& map) {
  std::unordered_map<std::string_view, std::size_t> seen;
  std::vector<std::size_t> repeated;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const auto [first, fresh] = seen.emplace(map.keys[i].text, i);
    if (fresh) continue;
    repeated.push_back(i);
    report(code::duplicate_key, map.keys[i].place,
           fmt::format("the key `{}` stands here twice", map.keys[i].text),
           fmt::format("the first one is in line {}; delete or rename one of them",
                       map.keys[first->second].place.line));
  }
  if (repeated.empty()) return;
  YamlNode kept = map;
  kept.keys.clear();
  kept.items.clear();
  for (std::size_t i = 0, next = 0; i < map.keys.size(); ++i) {
    if (next < repeated.size() && repeated[next] == i) {
      ++next;
      continue;
    }
    kept.keys.push_back(std::move(map.keys[i]));
    kept.items.push_back(std::move(map.items[i]));
  }
  map = std::move(kept);
}

YamlNode YamlReader::after_key(int indent_of_map, int depth) {
  if (!rest_blank()) {
    if (!count(depth + 1)) return broken();
    return inline_value(indent_of_map, depth + 1);
  }
  YamlNode nothing;
  nothing.place = place(at_);
  next_line();
  if (end()) return nothing;
  if (indent() > indent_of_map) return block(indent_of_map, depth + 1);
  if (indent() == indent_of_map && at_dash()) {
    if (!count(depth + 1)) return broken();
    return block_list(indent_of_map, depth + 1);
  }
  return nothing;
}

/// A value that begins on the line of its key or dash, or alone on a line.
YamlNode YamlReader::inline_value(int parent, int depth) {
  const char c = here();
  if (c == '|' || c == '>') return block_text(parent);
  if (c == '{' || c == '[') {
    YamlNode node = flow(parent, depth);
    if (node.kind != YamlNode::Kind::broken) finish_line();
    return node;
  }
  if (c == '"' || c == '\'') {
    YamlNode node = quoted(parent);
    if (node.kind != YamlNode::Kind::broken) finish_line();
    return node;
  }
  if (refuse_start(false)) {
    skip_line_and_deeper(parent);
    return broken();
  }
  return plain(parent);
}

std::size_t YamlReader::key_end(bool inside_text) const {
  const char c = here();
  if (!inside_text && (c == '{' || c == '[')) return std::string_view::npos;
  std::size_t at = at_;
  if (!inside_text && (c == '"' || c == '\'')) {
    for (++at; at < line().end; ++at) {
      if (c == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == c) {
        if (c == '"' || at + 1 >= line().end || text_[at + 1] != '\'') break;
        ++at;
      }
    }
    for (++at; at < line().end && (text_[at] == ' ' || text_[at] == '\t'); ++at) {
    }
    const bool colon =
        at < line().end && text_[at] == ':' && (at + 1 == line().end || is_blank(text_[at + 1]));
    return colon ? at : std::string_view::npos;
  }
  for (; at < line().end; ++at) {
    if (text_[at] == ':' && (at + 1 == line().end || is_blank(text_[at + 1]))) return at;
    if (text_[at] == '#' && at > at_ && is_blank(text_[at - 1])) break;
  }
  return std::string_view::npos;
}

bool YamlReader::key(YamlNode& key) {
  if (here() == '?' && is_blank(here(1))) {
    report(code::yaml_feature, place(at_), "keys that begin with `? ` are not used in accounts",
           "write `key: value`");
    return false;
  }
  const std::size_t colon = key_end();
  if (colon == std::string_view::npos) {
    report(
        code::expected_key, place(at_),
        at_dash() ? "expected `key: value`, found a list item" : "expected `key: value`",
        at_dash()
            ? "a list stands alone below its key, without other keys beside it"
            : "write a colon and a blank after the key; a text of several lines is indented below its key");
    return false;
  }
  if (here() == '"' || here() == '\'') {
    key = quoted(-1);
    if (key.kind == YamlNode::Kind::broken) return false;
  } else {
    if (colon == at_) {
      report(code::expected_key, place(at_), "nothing stands before the colon", "write `key: value`");
      return false;
    }
    if (refuse_start(true)) return false;
    TextBuilder builder;
    key.kind = YamlNode::Kind::scalar;
    key.place = place(at_);
    while (at_ < colon) take(builder);
    builder.trim();
    std::move(builder).into(key);
    if (key.text == "<<") {
      report(code::yaml_feature, key.place, "the merge key `<<` is not used in accounts",
             "write the rows out");
      return false;
    }
  }
  at_ = colon + 1;
  return true;
}

// --- cursor

bool YamlReader::rest_blank() {
  while (!line_end() && is_blank(here())) ++at_;
  return line_end() || (here() == '#' && (at_ == line().begin || is_blank(text_[at_ - 1])));
}

void YamlReader::next_line() {
  for (++row_; row_ < lines_.size(); ++row_) {
    if (lines_[row_].blank) continue;
    at_ = lines_[row_].content;
    if (text_[at_] != '\t') return;
    report(code::tab_indent, place(at_), "a tab stands in the indentation", "indent with blanks");
  }
}

void YamlReader::finish_line() {
  if (end()) return;
  if (!rest_blank())
    report(code::text_after_value, place(at_), "nothing may follow the value on this line",
           "put the whole value in quotes, or begin a new line");
  next_line();
}

void YamlReader::skip_deeper(int limit) {
  while (!end() && indent() > limit) next_line();
}

void YamlReader::skip_line_and_deeper(int limit) {
  next_line();
  skip_deeper(limit);
}

std::size_t YamlReader::width(std::size_t at) const {
  const auto lead = static_cast<unsigned char>(text_[at]);
  return lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

// --- places and errors

std::uint32_t YamlReader::column(std::size_t row, std::size_t at) const {
  const YamlLine& where = lines_[row];
  if (where.ascii) return static_cast<std::uint32_t>(at - where.begin) + 1;
  if (known_row_ != row || known_at_ > at) {
    known_row_ = row;
    known_at_ = where.begin;
    known_column_ = 1;
  }
  for (; known_at_ < at; known_at_ += width(known_at_)) ++known_column_;
  return known_column_;
}

Place YamlReader::place(std::size_t at, std::uint32_t length) const {
  if (end()) return {file_, static_cast<std::uint32_t>(lines_.size()), 1, length};
  return {file_, static_cast<std::uint32_t>(row_ + 1), column(row_, at), length};
}

void YamlReader::take(TextBuilder& builder) {
  const std::size_t bytes = width(at_);
  builder.add(text_.substr(at_, bytes), static_cast<std::uint32_t>(row_ + 1), column(row_, at_));
  at_ += bytes;
}

/// In a line that is no YAML: the first character that looks like a sign of YAML and is none.
std::string YamlReader::look_alike(std::uint32_t number) const {
  if (number == 0 || number > lines_.size() || lines_[number - 1].ascii) return "";
  const YamlLine& where = lines_[number - 1];
  for (std::size_t at = where.begin; at < where.end; at += width(at)) {
    const char32_t point = expression::decode(text_, at).point;
    const auto meant = point < 0x80 ? std::nullopt : expression::plain(point);
    if (meant && meant->size() == 1 &&
        std::string_view(" :,\"'-#").find((*meant)[0]) != std::string_view::npos)
      return fmt::format("; in column {} stands {}", column(number - 1, at),
                         expression::character_words(point));
  }
  return "";
}

void YamlReader::report(const Code& code, Place place, std::string message, std::string hint) {
  if (code.name != code::duplicate_key.name) hint += look_alike(place.line);
  diagnostics_.push_back({code.severity, code.text(), std::move(message), std::move(hint), place, {}});
  if (diagnostics_.size() >= kMostYamlErrors) stop();
}

/// Counts one node at a depth; false when a limit is passed, and then nothing more is read.
bool YamlReader::count(int depth) {
  const bool deep = depth > kYamlDepth;
  if (!deep && ++nodes_ <= kYamlNodes) return true;
  if (!end())
    report(deep ? code::too_deep : code::too_many_nodes, place(at_),
           deep ? fmt::format("maps and lists lie more than {} deep", kYamlDepth)
                : fmt::format("the file has more than {} values", kYamlNodes),
           deep ? "an account needs no more than six" : "split the account into several files");
  stop();
  return false;
}

YamlNode YamlReader::broken() const {
  YamlNode node;
  node.kind = YamlNode::Kind::broken;
  if (!end()) node.place = place(at_);
  return node;
}

}  // namespace parley::language
