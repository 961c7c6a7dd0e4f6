// SPDX-License-Identifier: MIT
#include "expression/parse.hpp"

#include <algorithm>

#include "expression/parser.hpp"

namespace parley::expression {

Parsed parse_condition(std::string_view text, Place start) { return Parser(text, start).condition_alone(); }
Parsed parse_phrase(std::string_view text, Place start) { return Parser(text, start).phrase_alone(); }
ParsedSubject parse_subject(std::string_view text, Place start) {
  return Parser(text, start).subject_alone();
}

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> kWords = {
      "and",  "or",   "not",  "unless", "ever",  "for",    "is",    "at",  "least", "most",
      "more", "less", "than", "rises",  "falls", "failed", "every", "any", "of"};
  return kWords;
}

bool is_reserved(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto& words = reserved_words();
  return std::find(words.begin(), words.end(), lower) != words.end();
}

bool is_name(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

void each_place(Tree& tree, const std::function<void(Place&)>& change) {
  change(tree.place);
  change(tree.subject.place);
  for (Argument& argument : tree.subject.arguments) change(argument.place);
  for (Operand& operand : tree.operands) change(operand.place);
  for (Tree& part : tree.parts) each_place(part, change);
}

}  // namespace parley::expression
