// SPDX-License-Identifier: MIT
#include "language/sources.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "language/value.hpp"

namespace parley::language {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;
constexpr std::array<Replacement, 40> kSame = {{
    {"\xE2\x80\x98", "'"},
    {"\xE2\x80\x99", "'"},
    {"\xE2\x80\x9A", "'"},
    {"\xE2\x80\x9B", "'"},
    {"\xCA\xBC", "'"},
    {"\xE2\x80\xB2", "'"},
    {"\xE2\x80\x9C", "\""},
    {"\xE2\x80\x9D", "\""},
    {"\xE2\x80\x9E", "\""},
    {"\xE2\x80\x9F", "\""},
    {"\xC2\xAB", "\""},
    {"\xC2\xBB", "\""},
    {"\xE2\x80\xB3", "\""},
    {"\xE2\x80\x90", "-"},
    {"\xE2\x80\x91", "-"},
    {"\xC2\xA0", " "},
    {"\xE2\x80\xAF", " "},
    {"\xE2\x80\x89", " "},
    {"\xE2\x80\x8B", ""},
    {"\xC2\xAD", ""},
    {"\xE2\x80\xA6", "..."},
    {"\xE2\x80\xB9", "'"},
    {"\xE2\x80\xBA", "'"},
    {"\xC2\xB4", "'"},
    {"`", "'"},
    {"\xEF\xBB\xBF", ""},
    {"\xE2\x81\xA0", ""},
    {"\xE2\x80\x80", " "},
    {"\xE2\x80\x81", " "},
    {"\xE2\x80\x82", " "},
    {"\xE2\x80\x83", " "},
    {"\xE2\x80\x84", " "},
    {"\xE2\x80\x85", " "},
    {"\xE2\x80\x86", " "},
    {"\xE2\x80\x87", " "},
    {"\xE2\x80\x88", " "},
    {"\xE2\x80\x8A", " "},
    {"\xE3\x80\x80", " "},
    {"\xE2\x81\x9F", " "},
    {"\xC2\x85", " "},
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

std::map<std::string, std::string> sentences_of(std::string_view text, const Report& report) {
  std::map<std::string, std::string> sentences;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    report.keep_going();
    const std::string number = sentence_number(line);
    if (!number.empty()) sentences.emplace(number, normalised(line.substr(number.size())));
  }
  return sentences;
}

/// Where the words of a quote are best matched in a text.
struct Near {
  std::size_t line = 0;  ///< of the source's text, from 1; 0 = nothing like it
  std::string words;
};

struct Word {
  std::string text;  ///< lower case, without marks
  std::string shown;
  std::size_t line;
};

std::string bare(std::string_view word) {
  std::string out;
  for (const char c : word)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::vector<Word> words_of(std::string_view text, const Report& report) {
  std::vector<Word> words;
  std::size_t line = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::istringstream stream(normalised(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    ++line;
    report.keep_going();
    for (std::string word; stream >> word;)
      if (std::string plain = bare(word); !plain.empty()) words.push_back({std::move(plain), word, line});
  }
  return words;
}

/// The window of as many words as the quote has that shares most words with it; nothing unless it shares
/// half.
Near nearest_text(const std::vector<Word>& text, const std::string& quote, const Report& report) {
  std::map<std::string, int> missing;  // words of the quote that the window does not have yet
  std::istringstream stream(quote);
  std::size_t size = 0;
  for (std::string word; stream >> word;)
    if (const std::string plain = bare(word); !plain.empty()) ++missing[plain], ++size;
  if (size == 0 || text.empty()) return {};
  int shared = 0, best = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 4096 == 0) report.keep_going();
    if (const auto in = missing.find(text[i].text); in != missing.end() && in->second-- > 0) ++shared;
    if (i >= size)
      if (const auto out = missing.find(text[i - size].text); out != missing.end() && ++out->second > 0)
        --shared;
    if (shared > best) {
      best = shared;
      at = i + 1 >= size ? i + 1 - size : 0;
    }
  }
  if (2 * static_cast<std::size_t>(best) < size) return {};
  Near near{text[at].line, ""};
  for (std::size_t i = at; i < text.size() && i < at + size; ++i)
    near.words += (i > at ? " " : "") + text[i].shown;
  return near;
}

class Quotes {
 public:
  Quotes(const account::Row& source, std::string_view text, Report& report)
      : source_(source),
        text_(text),
        sentences_(sentences_of(text, report)),
        whole_(normalised(text)),
        report_(report) {}

  void quote(const std::string& number, Place number_place, const account::Value& quoted) {
    report_.keep_going();
    sentence(number, number_place);
    if (report_.full()) return;
    const std::string quote = normalised(quoted.text);
    const auto filed = sentences_.find(number);
    if (filed != sentences_.end() && filed->second.find(quote) != std::string::npos) return;
    if (sentences_.empty() && whole_.find(quote) != std::string::npos) return;
    for (const auto& [other, sentence] : sentences_)
      if (sentence.find(quote) != std::string::npos) {
        report_.add(code::quote_elsewhere, quoted.place,
                    fmt::format("the quote filed under {} stands in {}", number, other),
                    fmt::format("file it under {}", other));
        return;
      }
    report_.add(code::quote_not_found, quoted.place,
                fmt::format("the text of `{}` does not have this quote", source_.id), nearest(number, quote));
  }

  /// Does the source's index have a sentence of this number? A text without an index is not asked.
  bool sentence(const std::string& number, Place place) {
    if (sentences_.empty() || sentences_.contains(number)) return true;
    report_.add(code::sentence_not_found, place,
                fmt::format("the index of `{}` has no sentence {}", source_.id, number),
                fmt::format("it numbers {} sentences", sentences_.size()));
    return false;
  }

 private:
  std::string nearest(const std::string& number, const std::string& quote) {
    constexpr int kMostSearches = 20;  // a long text is searched for the first faults only
    if (++searches_ <= kMostSearches) {
      if (words_.empty()) words_ = words_of(text_, report_);
      if (const Near near = nearest_text(words_, quote, report_); near.line > 0)
        return fmt::format("the nearest is in line {}: {}", near.line, near.words);
    }
    return sentences_.contains(number) ? fmt::format("{} reads differently", number)
                                       : "quote the source verbatim";
  }

  const account::Row& source_;
  std::string_view text_;
  std::map<std::string, std::string> sentences_;
  std::string whole_;
  std::vector<Word> words_;
  int searches_ = 0;
  Report& report_;
};

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

namespace {

void compare_quotes(const account::Row& source, std::string_view text,
                    std::span<const account::Field* const> origins, Report& report) {
  Quotes check(source, text, report);
  if (const account::Value* quotes = source.value("quotes"))
    for (std::size_t i = 0; i < quotes->keys.size() && i < quotes->items.size(); ++i)
      check.quote(quotes->keys[i], quotes->key_places[i], quotes->items[i]);
  const std::string prefix = source.id + ".";
  for (const account::Field* field : origins)
    if (field->name == "from")
      for (const account::Value& item : field->value.items)
        if (item.text.rfind(prefix, 0) == 0 && !report.full())
          check.sentence(item.text.substr(prefix.size()), item.place);
}

}  // namespace

void check_quotes(const account::Row& source, std::string_view text,
                  std::span<const account::Field* const> origins, Report& report) {
  try {
    compare_quotes(source, text, origins, report);
  } catch (const Stopped&) {
    report.add(
        code::quotes_not_compared, source.place,
        fmt::format("the quotes of `{}` were not all compared: the reading was stopped before", source.id),
        "a longer --time-limit");
  }
}

}  // namespace parley::language
