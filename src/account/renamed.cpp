// SPDX-License-Identifier: MIT
#include "account/renamed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "account/concepts.hpp"

namespace parley::account {
namespace {

bool of_id(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Renamer {
 public:
  explicit Renamer(const Renaming& names) : names_(names) {}

  void row(Row& row) const {
    row.id = id(row.id);
    for (Field& field : row.fields) {
      const auto* concept_spec = concept_of(row.concept_name);
      const FieldSpec* spec = concept_spec == nullptr ? nullptr : concept_spec->field(field.name);
      // Free words for people stay, and so do words of a closed list and levels.
      value(field.value, spec != nullptr && spec->refers != to_nothing, field.name == "set");
      if (field.name == "opens")
        for (Value& item : field.value.items) value(item, true, false);
    }
    origin(row.origin);
    for (Field& field : row.origin_fields) value(field.value, true, false);
  }

 private:
  [[nodiscard]] std::string id(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? name : found->second;
  }

  /// "art.S19" is a sentence of `art`; "saudi_bar.only_if" is a field of a row: the longest id that it begins
  /// with.
  [[nodiscard]] std::string dotted(const std::string& name) const {
    for (auto dot = name.size(); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
      const auto found = names_.find(name.substr(0, dot));
      if (found != names_.end()) return found->second + name.substr(dot);
    }
    return name;
  }

  void tree(expression::Tree& tree) const {
    tree.subject.name = id(tree.subject.name);
    for (auto& argument : tree.subject.arguments) argument.name = id(argument.name);
    for (auto& part : tree.parts) this->tree(part);
  }

  void ids(std::vector<std::string>& list) const {
    for (auto& name : list) name = id(name);
  }

  void origin(Origin& origin) const {
    for (auto& from : origin.from) from = dotted(from);
    ids(origin.assumed);
    origin.says = id(origin.says);
    origin.via = id(origin.via);
  }

  void value(Value& value, bool refers, bool edits) const {
    if (value.tree != nullptr) {
      auto copy = std::make_shared<expression::Tree>(*value.tree);
      tree(*copy);
      if (value.shape == Shape::condition) value.text = expression::to_text(*copy);
      value.tree = std::move(copy);
    }
    const bool names = value.shape == Shape::name || value.shape == Shape::names;
    if ((names && refers) || (value.shape == Shape::estimate && !value.quantity))
      value.text = renamed_in(value.text, names_);
    if (value.shape == Shape::order && refers) order(value);
    for (auto& from : value.from) from = dotted(from);
    ids(value.assumed);
    const bool keyed = value.shape == Shape::options || value.shape == Shape::entries;
    if (keyed && refers)
      for (auto& key : value.keys) key = edits ? dotted(key) : renamed_in(key, names_);
    for (Value& item : value.items) this->value(item, refers && !keyed && value.shape != Shape::order, false);
  }

  void order(Value& value) const {
    std::vector<std::string> parts;
    for (auto& tier : value.tiers) {
      for (auto& name : tier) name = renamed_in(name, names_);
      parts.push_back(fmt::format("{}", fmt::join(tier, " = ")));
    }
    value.text = fmt::format("{}", fmt::join(parts, " > "));
    for (Value& item : value.items) item.text = renamed_in(item.text, names_);
  }

  const Renaming& names_;
};

void words_in(const std::string& text, std::set<std::string>& words) {
  std::string word;
  for (const char c : text + " ") {
    if (of_id(c)) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
}

void words_in(const Value& value, std::set<std::string>& words) {
  words_in(value.text, words);
  for (const auto& key : value.keys) words_in(key, words);
  for (const Value& item : value.items) words_in(item, words);
}

}  // namespace

Account renamed(const Account& account, const Renaming& names) {
  Account copy = account;
  const Renamer renamer(names);
  for (Row& row : copy.rows) renamer.row(row);
  return copy;
}

Renaming turned_round(const Account& account) {
  std::set<std::string> words, ids;
  for (const Row& row : account.rows) {
    ids.insert(row.id);
    words.insert(row.id);
    for (const Field& field : row.fields) words_in(field.value, words);
  }
  // A prefix with which no word begins: the new names are nobody's.
  std::string prefix = "t";
  while (std::any_of(words.begin(), words.end(), [&](const auto& word) { return word.starts_with(prefix); }))
    prefix += "t";
  Renaming names;
  std::size_t left = ids.size();
  for (const auto& id : ids) names.emplace(id, fmt::format("{}{:06}", prefix, left--));
  return names;
}

std::string renamed_in(const std::string& text, const Renaming& names) {
  std::string out, word;
  // A word before a colon says what the id behind it is of ("reservation:iran"), and is none.
  const auto end = [&](char sign) {
    const auto found = sign == ':' ? names.end() : names.find(word);
    out += found == names.end() ? word : found->second;
    word.clear();
  };
  for (const char c : text) {
    if (of_id(c)) {
      word += c;
      continue;
    }
    end(c);
    out += c;
  }
  end('\0');
  return out;
}

}  // namespace parley::account
