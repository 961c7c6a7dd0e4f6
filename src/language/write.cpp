// SPDX-License-Identifier: MIT
#include "language/write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "account/concepts.hpp"

namespace parley::language {
namespace {

using account::Shape;
using account::Value;

bool plain_is_safe(const std::string& text, bool in_flow) {
  static constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`";
  if (text.empty() || kIndicators.find(text.front()) != std::string_view::npos) return false;
  if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos) return false;
  if (text.find_first_of("\n\t\"\\") != std::string::npos) return false;
  return !in_flow || text.find_first_of(",[]{}:") == std::string::npos;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string scalar(const std::string& text, bool in_flow = false) {
  return plain_is_safe(text, in_flow) ? text : quoted(text);
}

std::string list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + scalar(text, true);
  return "[" + out + "]";
}

/// One text stands alone, several in a list.
std::string one_or_list(const std::vector<std::string>& texts) {
  return texts.size() == 1 ? scalar(texts[0]) : list(texts);
}

std::vector<std::string> item_texts(const Value& value) {
  std::vector<std::string> result;
  for (const Value& item : value.items) result.push_back(item.text);
  return result;
}

/// What follows `key:`: " value\n", or a deeper block.
std::string value_text(const Value& value, std::size_t indent);

std::string entries_text(const Value& value, std::size_t indent) {
  const std::string blanks(indent, ' ');
  if (value.keys.empty()) return " {}\n";
  std::string out = "\n";
  for (std::size_t i = 0; i < value.keys.size() && i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    out += blanks + scalar(value.keys[i]) + ":";
    if (item.from.empty() && item.assumed.empty()) {
      out += value_text(item, indent + 2);
      continue;
    }
    out += "\n" + blanks + "  is:" + value_text(item, indent + 4);
    if (!item.from.empty()) out += blanks + "  from: " + one_or_list(item.from) + "\n";
    if (!item.assumed.empty()) out += blanks + "  assumed: " + one_or_list(item.assumed) + "\n";
  }
  return out;
}

std::string value_text(const Value& value, std::size_t indent) {
  switch (value.shape) {
    case Shape::names:
    case Shape::conditions:
      return " " + list(item_texts(value)) + "\n";
    case Shape::options:
    case Shape::entries:
      return entries_text(value, indent);
    default:
      return " " + scalar(value.text) + "\n";
  }
}

std::string origin_text(const account::Origin& origin) {
  std::string out;
  const auto lists = [&](const char* name, const std::vector<std::string>& values) {
    if (!values.empty()) out += fmt::format("    {}: {}\n", name, one_or_list(values));
  };
  const auto one = [&](const char* name, const std::string& text) {
    if (!text.empty()) out += fmt::format("    {}: {}\n", name, scalar(text));
  };
  lists("from", origin.from);
  lists("assumed", origin.assumed);
  one("says", origin.says);
  one("via", origin.via);
  one("status", origin.status);
  one("departs", origin.departs);
  lists("inventory", origin.inventory);
  one("because", origin.because);
  one("note", origin.note);
  return out;
}

}  // namespace

std::string row_text(const account::Row& row) {
  std::string out = fmt::format("  {}:\n", scalar(row.id));
  for (const account::Field& field : row.fields)
    out += fmt::format("    {}:{}", field.name, value_text(field.value, 6));
  return out + origin_text(row.origin);
}

std::string account_text(const account::Account& account) {
  std::string out = "parley: 1\n";
  if (!account.name.empty()) out += fmt::format("account: {}\n", scalar(account.name));
  if (!account.title.empty()) out += fmt::format("title: {}\n", scalar(account.title));
  if (!account.clock.empty()) {
    out += "clock:\n";
    for (const account::Field& field : account.clock)
      out += fmt::format("  {}:{}", field.name, value_text(field.value, 4));
  }
  std::vector<std::string> blocks;
  for (const account::Row& row : account.rows)
    if (!row.made && std::find(blocks.begin(), blocks.end(), row.concept_name) == blocks.end())
      blocks.push_back(row.concept_name);
  for (const std::string& block : blocks) {
    out += fmt::format("\n{}:\n", block);
    for (const account::Row& row : account.rows)
      if (!row.made && row.concept_name == block) out += row_text(row);
  }
  return out;
}

}  // namespace parley::language
