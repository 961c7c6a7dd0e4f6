// SPDX-License-Identifier: MIT
#include "account/naming.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "account/concepts.hpp"

namespace parley::account {
namespace {

constexpr std::size_t kLongestName = 80;

/// What sentences name by an id of their own. Mechanisms, commitments and the like are told in full instead.
constexpr std::array<std::string_view, 10> kNamed = {"actors",     "groups",      "issues",     "relations",
                                                     "packages",   "talks",       "quantities", "outcomes",
                                                     "objectives", "alternatives"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kStances = {
    {{"insists", "insists on"},
     {"refuses", "refuses"},
     {"presses", "presses for"},
     {"asks", "asks for"},
     {"prefers", "would rather have"}}};

std::string entry(const Row& row, std::string_view field, const std::string& key) {
  const Value* value = row.value(field);
  for (std::size_t i = 0; value != nullptr && i < value->keys.size() && i < value->items.size(); ++i)
    if (value->keys[i] == key) return value->items[i].text;
  return "";
}

bool ends(const std::string& word, std::string_view end) {
  return word.size() > end.size() + 1 && std::string_view(word).ends_with(end);
}

/// "gives" -> "give", "presses" -> "press", "carries" -> "carry", "goes" -> "go".
std::string base_word(const std::string& word) {
  static const std::map<std::string, std::string> kOwnForms = {
      {"is", "be"}, {"has", "have"}, {"does", "do"}, {"goes", "go"}, {"was", "be"}};
  if (const auto own = kOwnForms.find(word); own != kOwnForms.end()) return own->second;
  if (ends(word, "ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view end : {"sses", "shes", "ches", "xes", "zzes", "oes"})
    if (ends(word, end)) return word.substr(0, word.size() - 2);
  if (ends(word, "s") && !ends(word, "ss")) return word.substr(0, word.size() - 1);
  return word;
}

}  // namespace

std::string plain(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

std::string name_of(const Account& account, const std::string& id) {
  const Row* row = account.find(id);
  if (row == nullptr) return plain(id);
  if (std::string label = row->text(kLabel); !label.empty()) return label;
  std::string is = row->text("is");
  is = is.substr(0, is.find_first_of(",;("));
  while (!is.empty() && is.back() == ' ') is.pop_back();
  return is.empty() || is.size() > kLongestName ? plain(id) : is;
}

std::string label_of(const Account& account, const std::string& id) {
  const Row* row = account.find(id);
  const std::string label = row == nullptr ? "" : row->text(kLabel);
  return label.empty() ? id : label;
}

std::string level_label(const Row& variable, const std::string& level) {
  const std::string label = entry(variable, kLabels, level);
  return label.empty() ? level : label;
}

std::string level_verb(const Row& variable, const std::string& level) {
  return entry(variable, kVerbs, level);
}

std::string phrase_label(const Row& variable, const std::string& phrase) {
  std::string out;
  for (std::size_t at = 0; at <= phrase.size();) {
    const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
    if (at > 0) out += ' ';
    out += level_label(variable, phrase.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string base_form(const std::string& verb_phrase) {
  const std::size_t end = std::min(verb_phrase.find(' '), verb_phrase.size());
  return base_word(verb_phrase.substr(0, end)) + verb_phrase.substr(end);
}

std::string_view stance_of(const Row& position) {
  for (const auto& [field, words] : kStances)
    if (position.value(field) != nullptr) return field;
  return "";
}

std::string_view stance_verb(const Row& position) {
  const std::string_view stance = stance_of(position);
  for (const auto& [field, words] : kStances)
    if (field == stance) return words;
  return "";
}

std::map<std::string, int> unlabelled(const Account& account) {
  std::map<std::string, int> missing;
  for (const Row& row : account.rows) {
    if (row.made || std::find(kNamed.begin(), kNamed.end(), row.concept_name) == kNamed.end()) continue;
    if (row.text(kLabel).empty())
      ++missing[row.concept_name == "alternatives" ? "readings" : row.concept_name];
    if (row.concept_name != "issues" && row.concept_name != "relations") continue;
    for (const char* field : {"levels", "choices"})
      for (const std::string& level : row.names(field))
        if (entry(row, kLabels, level).empty()) ++missing["levels"];
  }
  return missing;
}

std::string called(const Names& names, const std::string& id) {
  const auto found = names.find(id);
  return found == names.end() ? id : found->second;
}

std::string capital(std::string sentence) {
  if (!sentence.empty())
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  return sentence;
}

}  // namespace parley::account
