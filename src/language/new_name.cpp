// SPDX-License-Identifier: MIT
// Which words can be ids, levels and choices, and what to write instead of those that cannot.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "account/concepts.hpp"
#include "expression/characters.hpp"
#include "expression/parse.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

/// What to write instead of a name with signs that names cannot have: the same without them, or empty.
std::string name_without_signs(const std::string& name) {
  std::string fixed;
  const bool list = expression::plain_text(name).find(',') != std::string::npos;
  if (list && name.find(',') == std::string::npos) return "";  // a list with commas of another kind
  for (const char c : expression::plain_text(name)) {
    if (expression::is_name(std::string_view(&c, 1)))
      fixed += c;
    else if (static_cast<unsigned char>(c) >= 0x80)
      return "";  // a letter of another script is left out by nobody
    else if (!fixed.empty() && fixed.back() != '-')
      fixed += '-';
  }
  while (!fixed.empty() && (fixed.back() == '-' || fixed.back() == '.')) fixed.pop_back();
  while (!fixed.empty() && (fixed.front() == '-' || fixed.front() == '.')) fixed.erase(fixed.begin());
  return fixed;
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// A word in place of one that YAML reads in its own way. A level `off` becomes `absent`, unless another
/// level has that name: two that YAML tells apart must not become one.
std::string hint_for_yaml_word(const std::string& name, const std::string& lower, bool row_id,
                               std::vector<std::string>& beside) {
  if (row_id && lower == "no") return fmt::format("choose another id, such as `norway` or `{}_`", name);
  if (row_id) return fmt::format("choose another id, such as `{}_`", name);
  const bool present = lower == "yes" || lower == "on" || lower == "true";
  const std::string word = present ? "present" : "absent";
  if (std::find(beside.begin(), beside.end(), word) != beside.end())
    return fmt::format("choose another word, such as `{}_`", name);
  beside.push_back(word);
  return fmt::format("write `{}`", word);
}

}  // namespace

std::string name_hint(const std::string& name) {
  const std::string strange = expression::strange_words(name);
  return strange.empty() ? std::string(expression::kNameRule)
                         : fmt::format("{}; {}", expression::kNameRule, strange);
}

bool check_new_name(const YamlNode& node, bool row_id, Report& report, std::vector<std::string>& beside) {
  static constexpr std::array<std::string_view, 8> kYamlWords = {"yes",  "no",    "on",   "off",
                                                                 "true", "false", "null", "none"};
  static constexpr std::array<std::string_view, 3> kOwnWords = {"unstated", "unknown", "whole"};
  const auto yaml_word = [](const std::string& word) {
    return std::find(kYamlWords.begin(), kYamlWords.end(), lower_case(word)) != kYamlWords.end();
  };
  const std::string name = folded(node.text);
  const std::string lower = lower_case(name);
  if (!expression::is_name(name) || name.front() == '.' || name.back() == '.' || name.front() == '-') {
    std::string fixed = name_without_signs(name);
    if (yaml_word(fixed) || expression::is_reserved(fixed)) fixed += '_';
    const bool strange = expression::strange_character(name).has_value();
    report.add(code::bad_name, node.place, fmt::format("`{}` cannot be a name", name),
               fixed.empty() ? name_hint(name)
               : strange     ? fmt::format("write `{}`; {}", fixed, name_hint(name))
                             : fmt::format("write `{}`", fixed));
    return false;
  }
  const bool number = row_id && name.find_first_not_of("0123456789.-_") == std::string::npos;
  const bool of_yaml = yaml_word(name);
  const bool own = expression::is_reserved(lower) ||
                   std::find(kOwnWords.begin(), kOwnWords.end(), lower) != kOwnWords.end() ||
                   (row_id && account::is_head_field(lower));
  if (!number && !of_yaml && !own) return true;
  std::string hint = fmt::format("choose another word, for example `{}-x`", name);
  if (of_yaml) hint = hint_for_yaml_word(name, lower, row_id, beside);
  if (number) hint = "begin it with a letter";
  report.add(code::forbidden_name, node.place,
             number    ? fmt::format("`{}` is a number, not a name", name)
             : of_yaml ? fmt::format("`{}` means something else to YAML and cannot be a name", name)
                       : fmt::format("`{}` is a word of the language and cannot be a name", name),
             std::move(hint));
  return false;
}

bool check_new_name(const YamlNode& node, bool row_id, Report& report) {
  std::vector<std::string> beside;
  return check_new_name(node, row_id, report, beside);
}

bool is_free_id(const std::string& id) {
  std::vector<Diagnostic> ignored;
  Report report(ignored);
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.text = id;
  if (!check_new_name(node, true, report)) return false;
  const auto named = [&](const account::FieldSpec& field) { return field.name == id; };
  const auto& common = account::common_fields();
  if (std::any_of(common.begin(), common.end(), named)) return false;
  const auto& concepts = account::concepts();
  return std::none_of(concepts.begin(), concepts.end(), [&](const account::ConceptSpec& spec) {
    return std::any_of(spec.fields.begin(), spec.fields.end(), named);
  });
}

}  // namespace parley::language
