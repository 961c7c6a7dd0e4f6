// SPDX-License-Identifier: MIT
#include "report/layout.hpp"

#include <algorithm>
#include <sstream>

#include "report/markdown.hpp"

namespace parley::report {
namespace {

std::string cell(std::string text, std::size_t width) {
  std::replace(text.begin(), text.end(), '|', '/');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text + std::string(width - std::min(width, shown_width(text)), ' ');
}

}  // namespace

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t shown_width(const std::string& text) {
  return text.find('\xEF') == std::string::npos ? width_of(text) : width_of(markdown(text));
}

std::string table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& h : head) widths.push_back(std::max<std::size_t>(3, shown_width(h)));
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size() && c < widths.size(); ++c)
      widths[c] = std::max(widths[c], shown_width(row[c]));
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text = "|";
    for (std::size_t c = 0; c < widths.size(); ++c)
      text += " " + cell(c < cells.size() ? cells[c] : "", widths[c]) + " |";
    return text + "\n";
  };
  std::string text = line(head) + "|";
  for (const std::size_t w : widths) text += std::string(w + 2, '-') + "|";
  text += "\n";
  for (const auto& row : rows) text += line(row);
  return text + "\n";
}

std::string wrapped(const std::string& text, std::size_t width, std::size_t indent) {
  std::istringstream words(text);
  std::string result, word;
  std::size_t column = 0;
  bool begins = true;  // a line
  while (words >> word) {
    if (column > 0 && column + 1 + width_of(word) > width) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
      begins = true;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    if (begins) word = at_line_start(std::move(word), !result.empty());
    begins = false;
    result += word;
    column += width_of(word);
  }
  return result + "\n";
}

std::string bullet(const std::string& text) { return "- " + wrapped(text, 108, 2); }

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

}  // namespace parley::report
