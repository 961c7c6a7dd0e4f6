// SPDX-License-Identifier: MIT
// Contested words: a source's loaded words stay inside its quotes, and rows say the same thing neutrally.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "language/checks.hpp"

namespace parley::language {
namespace {

using account::Row;
using account::Shape;
using account::Value;

/// More words than this are not looked for: a hostile list would make every text slow to check.
constexpr std::size_t kMostContested = 200;

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

/// A word of `text` that begins with one of `words`; empty where none does.
std::string found(const std::string& text, const std::vector<std::string>& words) {
  const std::string small = lowered(text);
  for (const std::string& word : words)
    for (auto at = small.find(word); at != std::string::npos; at = small.find(word, at + 1))
      if (at == 0 || !letter(small[at - 1])) return word;
  return "";
}

class Words {
 public:
  Words(std::vector<std::string> words, Report& report) : words_(std::move(words)), report_(report) {}

  void row(const Row& row) {
    report_.keep_going();
    look(row.id, row.place);
    const bool source = row.concept_name == "sources";
    for (const account::Field& field : row.fields)
      if (field.name != "quote" && !(source && (field.name == "quotes" || field.name == "contested")))
        value(field.value);
    for (const account::Field& field : row.origin_fields)
      if (field.name == "because" || field.name == "note") value(field.value);
  }

 private:
  void value(const Value& v) {
    if (v.shape == Shape::text || v.shape == Shape::name) look(v.text, v.place);
    for (const Value& item : v.items) value(item);
  }

  void look(const std::string& text, Place place) {
    const std::string word = found(text, words_);
    if (word.empty()) return;
    report_.add(code::contested_word, place, fmt::format("`{}` is a contested word, outside a quote", word),
                "say the same thing in neutral words, and keep the word in the source's quote");
  }

  std::vector<std::string> words_;
  Report& report_;
};

}  // namespace

void check_words(const account::Account& account, const account::Patch* patch, Report& report) {
  std::vector<std::string> words;
  for (const Row* source : account.of("sources"))
    for (const std::string& word : source->names("contested"))
      if (!word.empty() && words.size() < kMostContested) words.push_back(lowered(word));
  if (words.empty()) return;
  Words check(std::move(words), report);
  if (patch != nullptr) {
    for (const account::Edit& edit : patch->edits)
      if (edit.kind == account::Edit::Kind::add_row && !edit.added.made && !report.full())
        check.row(edit.added);
    return;
  }
  for (const Row& row : account.rows)
    if (!row.made && !report.full()) check.row(row);
}

}  // namespace parley::language
