// SPDX-License-Identifier: MIT
#include "language/sources.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "language/value.hpp"

namespace parley::language {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;
constexpr std::array<Replacement, 21> kSame = {{
    {"\xE2\x80\x98", "'"},   {"\xE2\x80\x99", "'"},  {"\xE2\x80\x9A", "'"},  {"\xE2\x80\x9B", "'"},
    {"\xCA\xBC", "'"},       {"\xE2\x80\xB2", "'"},  {"\xE2\x80\x9C", "\""}, {"\xE2\x80\x9D", "\""},
    {"\xE2\x80\x9E", "\""},  {"\xE2\x80\x9F", "\""}, {"\xC2\xAB", "\""},     {"\xC2\xBB", "\""},
    {"\xE2\x80\xB3", "\""},  {"\xE2\x80\x90", "-"},  {"\xE2\x80\x91", "-"},  {"\xC2\xA0", " "},
    {"\xE2\x80\xAF", " "},   {"\xE2\x80\x89", " "},  {"\xE2\x80\x8B", ""},   {"\xC2\xAD", ""},
    {"\xE2\x80\xA6", "..."},
}};

/// "S12" of a line "S12 [P3] Text"; empty where the line is none of an index.
std::string sentence_number(std::string_view line) {
  if (line.size() < 2 || line[0] != 'S') return {};
  std::size_t end = 1;
  while (end < line.size() && line[end] >= '0' && line[end] <= '9') ++end;
  return end > 1 && end < line.size() && (line[end] == ' ' || line[end] == '\t')
             ? std::string(line.substr(0, end))
             : "";
}

std::map<std::string, std::string> sentences_of(std::string_view text) {
  std::map<std::string, std::string> sentences;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    const std::string number = sentence_number(line);
    if (!number.empty()) sentences.emplace(number, normalised(line.substr(number.size())));
  }
  return sentences;
}

}  // namespace

std::string normalised(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    bool replaced = false;
    for (const auto& [from, to] : kSame)
      if (text.substr(at, from.size()) == from) {
        result += to;
        at += from.size();
        replaced = true;
        break;
      }
    if (!replaced) result += text[at++];
  }
  return folded(result);
}

void check_quotes(const account::Row& row, std::string_view text, Report& report) {
  const account::Value* quotes = row.value("quotes");
  if (quotes == nullptr) return;
  const auto sentences = sentences_of(text);
  const std::string whole = normalised(text);
  for (std::size_t i = 0; i < quotes->keys.size() && i < quotes->items.size(); ++i) {
    const std::string& number = quotes->keys[i];
    const std::string quote = normalised(quotes->items[i].text);
    const auto filed = sentences.find(number);
    if (filed != sentences.end() && filed->second.find(quote) != std::string::npos) continue;
    if (sentences.empty() && whole.find(quote) != std::string::npos) continue;
    std::string elsewhere;
    for (const auto& [other, sentence] : sentences)
      if (elsewhere.empty() && sentence.find(quote) != std::string::npos) elsewhere = other;
    if (!elsewhere.empty()) {
      report.add(code::quote_elsewhere, quotes->items[i].place,
                 fmt::format("the quote filed under {} stands in {}", number, elsewhere),
                 fmt::format("file it under {}", elsewhere));
    } else {
      report.add(code::quote_not_found, quotes->items[i].place,
                 fmt::format("the text of `{}` does not have this quote", row.id),
                 sentences.contains(number) ? fmt::format("{} reads differently", number)
                                            : "quote the source verbatim");
    }
  }
}

}  // namespace parley::language
