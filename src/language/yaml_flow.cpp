// SPDX-License-Identifier: MIT
// Flow style: [a, b] and {a: b}, over several lines too.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "language/codes.hpp"
#include "language/yaml_reader.hpp"

namespace parley::language {
namespace {

bool flow_sign(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

}  // namespace

YamlNode YamlReader::flow(int parent, int depth) {
  YamlNode node;
  node.place = place(at_);
  const bool list = here() == '[';
  node.kind = list ? YamlNode::Kind::list : YamlNode::Kind::map;
  ++at_;
  const bool read = list ? flow_items(node, parent, depth) : flow_entries(node, parent, depth);
  if (read) {
    drop_duplicates(node);
    return node;
  }
  YamlNode result = broken();
  result.place = node.place;
  return result;
}

bool YamlReader::flow_items(YamlNode& list, int parent, int depth) {
  const auto unclosed = [&] {
    return flow_fail(parent, code::unclosed_bracket, list.place, "this `[` is never closed",
                     "write `]` where the list ends; its lines are indented deeper than the key");
  };
  while (true) {
    if (!flow_space(parent)) return unclosed();
    if (here() == ']') break;
    if (here() == ',')
      return flow_fail(parent, code::bad_flow, place(at_), "nothing stands before this comma",
                       "delete it, or write a value");
    list.items.push_back(flow_value(parent, depth + 1));
    if (list.items.back().kind == YamlNode::Kind::broken) return false;
    if (!flow_space(parent)) return unclosed();
    if (here() == ',') {
      ++at_;
      continue;
    }
    if (here() == ']') break;
    if (here() == ':')
      return flow_fail(parent, code::bad_flow, place(at_), "a `key: value` inside [ ] needs its own braces",
                       "write `[{key: value}]`, or quote the text");
    return flow_fail(parent, code::bad_flow, place(at_), "expected `,` or `]`",
                     "separate the values by commas");
  }
  ++at_;
  return true;
}

bool YamlReader::flow_entries(YamlNode& map, int parent, int depth) {
  const auto unclosed = [&] {
    return flow_fail(parent, code::unclosed_bracket, map.place, "this `{` is never closed",
                     "write `}` where the map ends; its lines are indented deeper than the key");
  };
  while (true) {
    if (!flow_space(parent)) return unclosed();
    if (here() == '}') break;
    if (flow_sign(here()) || here() == ':')
      return flow_fail(parent, code::bad_flow, place(at_), "expected `key: value`",
                       "write `{key: value, key: value}`");
    YamlNode key = flow_value(parent, depth + 1);
    if (key.kind == YamlNode::Kind::broken) return false;
    if (key.kind != YamlNode::Kind::scalar)
      return flow_fail(parent, code::yaml_feature, key.place, "a key is one word, not a list or a map",
                       "write `{key: value}`");
    if (!flow_space(parent)) return unclosed();
    if (here() != ':')
      return flow_fail(parent, code::bad_flow, place(at_), fmt::format("expected `:` after `{}`", key.text),
                       "write `{key: value}`, or [ ] for a list");
    if (key.text == "<<")
      return flow_fail(parent, code::yaml_feature, key.place, "the merge key `<<` is not used in accounts",
                       "write the rows out");
    ++at_;
    if (!flow_space(parent)) return unclosed();
    YamlNode value;
    value.place = place(at_);
    if (here() != ',' && here() != '}') value = flow_value(parent, depth + 1);
    if (value.kind == YamlNode::Kind::broken) return false;
    map.keys.push_back(std::move(key));
    map.items.push_back(std::move(value));
    if (!flow_space(parent)) return unclosed();
    if (here() == ',') {
      ++at_;
    } else if (here() != '}') {
      return flow_fail(parent, code::bad_flow, place(at_), "expected `,` or `}`",
                       "separate the entries by commas");
    }
  }
  ++at_;
  return true;
}

YamlNode YamlReader::flow_value(int parent, int depth) {
  if (!count(depth)) return broken();
  const char c = here();
  if (c == '[' || c == '{') return flow(parent, depth);
  if (c == '"' || c == '\'') return quoted(parent);
  if (refuse_start(true)) {
    skip_line_and_deeper(parent);
    return broken();
  }
  return flow_plain(parent);
}

YamlNode YamlReader::flow_plain(int parent) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.place = place(at_);
  TextBuilder builder;
  while (true) {
    while (!line_end()) {
      const char c = here();
      if (flow_sign(c) || (c == ':' && (is_blank(here(1)) || flow_sign(here(1)))) ||
          (c == '#' && is_blank(text_[at_ - 1])))
        break;
      take(builder);
    }
    builder.trim();
    std::size_t next = 0;
    if (!line_end() || !flow_continues(parent, next)) break;
    const std::size_t empty = next - row_ - 1;
    for (std::size_t i = 0; i < std::max<std::size_t>(empty, 1); ++i)
      builder.add(empty == 0 ? " " : "\n", static_cast<std::uint32_t>(row_ + 1), column(row_, line().end));
    row_ = next;
    at_ = line().content;
    while (!line_end() && is_blank(here())) ++at_;
  }
  std::move(builder).into(node);
  const auto opened = std::count(node.text.begin(), node.text.end(), '(');
  if (!end() && here() == ',' && opened > std::count(node.text.begin(), node.text.end(), ')')) {
    report(code::comma_in_flow, place(at_),
           "inside [ ] and { } this comma ends the value, in the middle of a bracket",
           "put the whole expression in quotes");
    skip_line_and_deeper(parent);
    return broken();
  }
  return node;
}

/// Does a plain text in flow style go on in the next line? `row` is then that line.
bool YamlReader::flow_continues(int parent, std::size_t& row) const {
  for (row = row_ + 1; row < lines_.size(); ++row) {
    const YamlLine& next = lines_[row];
    std::size_t at = next.content;
    while (at < next.end && is_blank(text_[at])) ++at;
    if (at == next.end) continue;
    const char c = text_[at];
    const bool colon =
        c == ':' && (at + 1 == next.end || is_blank(text_[at + 1]) || flow_sign(text_[at + 1]));
    return c != '#' && !flow_sign(c) && !colon && next.indent() > parent;
  }
  return false;
}

/// Over blanks, comments and line breaks; false where the lines of the flow end.
bool YamlReader::flow_space(int parent) {
  if (end()) return false;
  while (rest_blank()) {
    do {
      if (++row_ >= lines_.size()) return false;
    } while (lines_[row_].blank);
    at_ = line().content;
    const char c = here();
    if (line().indent() <= parent && c != ']' && c != '}') return false;
  }
  return true;
}

bool YamlReader::flow_fail(int parent, const Code& code, Place place, std::string message, std::string hint) {
  const bool closed = end() || (indent() <= parent && at_ == line().content);
  report(code, place, std::move(message), std::move(hint));
  if (!closed && !end()) skip_line_and_deeper(parent);
  return false;
}

}  // namespace parley::language
