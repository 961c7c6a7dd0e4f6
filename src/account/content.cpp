// SPDX-License-Identifier: MIT
#include "account/content.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "account/concepts.hpp"

namespace parley::account {
namespace {

using Number = std::uint64_t;

constexpr int kRounds = 6;  ///< how far outwards; what is further away seldom tells rows apart

Number mixed(Number a, Number b) {
  Number z = a * 0x9E3779B97F4A7C15ULL + b + 0xD1B54A32D192ED03ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

Number number_of(std::string_view text) {
  Number n = 0xCBF29CE484222325ULL;
  for (const char c : text) n = (n ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return n;
}

bool of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Content {
 public:
  explicit Content(const Account& account) {
    for (const Row& row : account.rows) numbers_[row.id] = number_of(row.concept_name);
    for (int round = 0; round < kRounds; ++round) {
      std::map<std::string, Number> next;
      named_.clear();
      for (const Row& row : account.rows) next[row.id] = of(row);
      for (const auto& [id, by] : named_) next[id] = mixed(next[id], by);
      numbers_ = std::move(next);
    }
  }
  std::map<std::string, Number> take() { return std::move(numbers_); }

 private:
  /// A name: the number of its row, or the word itself. Whoever names a row is part of what that row is.
  Number name(const std::string& word, Number by) {
    const auto found = numbers_.find(word);
    if (found == numbers_.end()) return number_of(word);
    named_[word] += mixed(by, 1);  // a sum: no order
    return found->second;
  }

  /// Ids in a text made of ids and signs: `recognises(saudi, israel) is signed`, `art.S19`.
  Number words(const std::string& text, Number by) {
    Number n = 1;
    std::string word;
    for (const char c : text + " ") {
      if (of_word(c)) {
        word += c;
        continue;
      }
      if (!word.empty()) n = mixed(n, name(word, by));
      word.clear();
      if (c != ' ') n = mixed(n, static_cast<unsigned char>(c));
    }
    return n;
  }

  Number value(const Value& value, bool ordered, Number by) {
    Number n = static_cast<Number>(value.shape) + 7;
    switch (value.shape) {
      case Shape::order:
        for (const auto& tier : value.tiers) {
          Number sum = 0;
          for (const auto& word : tier) sum += mixed(3, words(word, by));
          n = mixed(n, sum);
        }
        return n;
      case Shape::names:
      case Shape::conditions:
      case Shape::options:
      case Shape::entries: {
        Number sum = 0;
        for (std::size_t i = 0; i < value.items.size(); ++i) {
          Number item = this->value(value.items[i], false, by);
          if (i < value.keys.size()) item = mixed(item, words(value.keys[i], by));
          sum = ordered ? mixed(sum, item) : sum + mixed(5, item);
        }
        return mixed(n, value.items.empty() ? words(value.text, by) : sum);
      }
      default:
        return mixed(n, words(value.text, by));
    }
  }

  /// Names for readers, sentences, quotes: how a row is put, and not what it says.
  static bool for_people(const Row& row, const Field& field) {
    const ConceptSpec* concept_spec = concept_of(row.concept_name);
    const FieldSpec* spec = concept_spec == nullptr ? nullptr : concept_spec->field(field.name);
    const bool texts = spec != nullptr && spec->shape == Shape::entries && spec->inner == Shape::text;
    return field.value.shape == Shape::text || (texts && field.name != "set");
  }

  Number of(const Row& row) {
    const Number own = numbers_[row.id];
    Number sum = number_of(row.concept_name);
    for (const Field& field : row.fields) {
      if (is_naming_field(field.name) || for_people(row, field))
        continue;  // what readers call it is not what it says
      const Number key = number_of(field.name);
      sum += mixed(key, value(field.value, field.name == "levels", mixed(own, key)));
    }
    const Number cites = mixed(own, number_of("from"));
    for (const auto& from : row.origin.from) {
      const auto dot = from.find('.');
      sum += mixed(name(from.substr(0, dot), cites),
                   number_of(dot == std::string::npos ? "" : from.substr(dot)));
    }
    for (const auto& assumed : row.origin.assumed) sum += mixed(11, name(assumed, cites));
    return mixed(own, sum);
  }

  std::map<std::string, Number> numbers_, named_;
};

}  // namespace

std::map<std::string, std::uint64_t> content_of(const Account& account) { return Content(account).take(); }

std::uint64_t content_in(const std::string& text, const std::map<std::string, std::uint64_t>& content) {
  Number n = 1;
  std::string word;
  for (const char c : text + " ") {
    if (of_word(c)) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      const auto found = content.find(word);
      n = mixed(n, found == content.end() ? number_of(word) : found->second);
    }
    word.clear();
    if (c != ' ') n = mixed(n, static_cast<unsigned char>(c));
  }
  return n;
}

void sort_by_content(std::vector<std::string>& ids, const std::map<std::string, std::uint64_t>& content) {
  const auto key = [&](const std::string& id) {
    const auto found = content.find(id);
    return std::pair<std::uint64_t, const std::string&>(found == content.end() ? 0 : found->second, id);
  };
  std::sort(ids.begin(), ids.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

}  // namespace parley::account
