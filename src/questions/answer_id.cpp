// SPDX-License-Identifier: MIT
#include "questions/answer_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace parley::questions {
namespace {

using Words = std::string_view;

constexpr std::array<Words, 3> kBindingWords = {"insists", "presses", "none"};

/// A question and what stands between the things that it is about.
struct AskedWord {
  Lens lens;
  Words word, between;
};
constexpr std::array<AskedWord, 20> kAskedWords = {{
    {Lens::deals, "zone", ""},
    {Lens::deals, "opens", "+"},
    {Lens::deals, "blocked", "+"},
    {Lens::deals, "package", ""},
    {Lens::consistency, "clash", ""},
    {Lens::consistency, "excluded", ""},
    {Lens::consistency, "forced", ""},
    {Lens::consistency, "never", " with "},
    {Lens::consistency, "raises", " > "},
    {Lens::consistency, "lowers", " > "},
    {Lens::consistency, "moves", " > "},
    {Lens::claims, "entailed", ""},
    {Lens::claims, "fails", ""},
    {Lens::claims, "true", ""},
    {Lens::stability, "now", ""},
    {Lens::stability, "leaves", "+"},
    {Lens::stability, "zone_left", ""},
    {Lens::stability, "now_against_zone", ""},
    {Lens::stability, "package", ""},
    {Lens::stability, "holds", " and "},
}};

const AskedWord* asked_word(Lens lens, Words word) {
  const auto found = std::find_if(kAskedWords.begin(), kAskedWords.end(), [&](const AskedWord& each) {
    return each.lens == lens && each.word == word;
  });
  return found == kAskedWords.end() ? nullptr : &*found;
}

Words between(const AnswerId& id) {
  if (id.scope.lens == Lens::findings) return ":";
  const AskedWord* asked = asked_word(id.scope.lens, id.question);
  return asked == nullptr ? "" : asked->between;
}

std::vector<std::string> cut(Words text, Words by) {
  std::vector<std::string> parts;
  while (!by.empty())
    if (const auto at = text.find(by); at == Words::npos) {
      break;
    } else {
      parts.emplace_back(text.substr(0, at));
      text.remove_prefix(at + by.size());
    }
  parts.emplace_back(text);
  return parts;
}

/// Takes "@presses" off the end; of other words behind an @ nothing.
std::string take_binding(Words& text) {
  const auto at = text.rfind('@');
  if (at == Words::npos) return "";
  const Words word = text.substr(at + 1);
  if (std::find(kBindingWords.begin(), kBindingWords.end(), word) == kBindingWords.end()) return "";
  text = text.substr(0, at);
  return std::string(word);
}

bool take_prefix(Words& text, Words prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

constexpr Words kClaim = "claim:", kGame = "stability:", kConsistency = "consistency", kFindings = "findings";

/// The lens whose answer it is: by its prefix, else by the question, which no two lenses share.
std::optional<Lens> lens_of(Words name, Words question, bool claim, bool game) {
  if (claim) return Lens::claims;
  if (game) return Lens::stability;
  if (asked_word(Lens::deals, question) != nullptr) return Lens::deals;
  if (name == kConsistency && asked_word(Lens::consistency, question) != nullptr) return Lens::consistency;
  if (name == kFindings) return Lens::findings;
  return std::nullopt;
}

}  // namespace

std::string AnswerScope::text() const {
  switch (lens) {
    case Lens::consistency:
      return std::string(kConsistency);
    case Lens::findings:
      return std::string(kFindings);
    case Lens::claims:
      return fmt::format("{}{}", kClaim, name);
    case Lens::stability:
      return fmt::format("{}{}", kGame, name);
    case Lens::deals:
      break;
  }
  return binding.empty() ? name : fmt::format("{}@{}", name, binding);
}

std::optional<AnswerScope> AnswerScope::parse(Words text) {
  if (text == kConsistency) return AnswerScope{Lens::consistency, "", ""};
  if (text == kFindings) return AnswerScope{Lens::findings, "", ""};
  if (take_prefix(text, kClaim)) return claim_scope(std::string(text));
  if (take_prefix(text, kGame)) return game_scope(std::string(text));
  std::string binding = take_binding(text);
  if (text.empty()) return std::nullopt;
  return AnswerScope{Lens::deals, std::string(text), std::move(binding)};
}

bool AnswerScope::operator<(const AnswerScope& other) const {
  return std::tuple(text(), lens) < std::tuple(other.text(), other.lens);
}

std::string AnswerId::text() const {
  AnswerScope whole = scope;
  whole.binding.clear();
  std::string text = fmt::format("{}.{}", whole.text(), question);
  if (!about.empty()) text += fmt::format(":{}", fmt::join(about, between(*this)));
  if (!scope.binding.empty()) text += "@" + scope.binding;
  return text;
}

std::optional<AnswerId> AnswerId::parse(Words text) {
  const bool claim = take_prefix(text, kClaim), game = !claim && take_prefix(text, kGame);
  std::string binding = claim || game ? "" : take_binding(text);
  const auto colon = std::min(text.find(':'), text.size());
  const auto dot = text.substr(0, colon).rfind('.');
  if (dot == Words::npos) return std::nullopt;
  const Words name = text.substr(0, dot), question = text.substr(dot + 1, colon - dot - 1);
  const auto lens = lens_of(name, question, claim, game);
  if (!lens || name.empty() || question.empty()) return std::nullopt;
  if (*lens != Lens::findings && asked_word(*lens, question) == nullptr) return std::nullopt;
  if (!binding.empty() && *lens != Lens::deals) return std::nullopt;
  AnswerId id;
  const bool one = *lens == Lens::consistency || *lens == Lens::findings;
  id.scope = {*lens, one ? "" : std::string(name), std::move(binding)};
  id.question = question;
  if (colon < text.size()) id.about = cut(text.substr(colon + 1), between(id));
  return id;
}

bool AnswerId::operator<(const AnswerId& other) const {
  const int order = text().compare(other.text());
  return order != 0 ? order < 0 : scope.lens < other.scope.lens;
}

bool about_package(const AnswerId& id) { return id.question == "package"; }

bool decided_by_rows(const AnswerId& id) {
  return id.scope.lens == Lens::findings || id.scope.lens == Lens::consistency ||
         id.is(Lens::claims, "entailed") || id.is(Lens::claims, "fails");
}

AnswerId table_id(const std::string& talks, std::string question, std::vector<std::string> about) {
  return {{Lens::deals, talks, ""}, std::move(question), std::move(about)};
}

AnswerId consistency_id(std::string question, std::vector<std::string> about) {
  return {{Lens::consistency, "", ""}, std::move(question), std::move(about)};
}

AnswerId finding_answer_id(Words finding) {
  auto parts = cut(finding, ":");
  AnswerId id{{Lens::findings, "", ""}, std::move(parts.front()), {}};
  id.about.assign(std::make_move_iterator(parts.begin() + 1), std::make_move_iterator(parts.end()));
  return id;
}

AnswerScope claim_scope(const std::string& claim) { return {Lens::claims, claim, ""}; }

AnswerScope game_scope(const std::string& game) { return {Lens::stability, game, ""}; }

AnswerScope renamed(AnswerScope scope, const account::Renaming& names) {
  scope.name = account::renamed_in(scope.name, names);
  return scope;
}

AnswerId renamed(AnswerId id, const account::Renaming& names) {
  id.scope = renamed(std::move(id.scope), names);
  for (auto& about : id.about) about = account::renamed_in(about, names);
  // Owners, rows, movers, the levels of a state: sets, whose members stand in an order of their own.
  if (id.question == "opens" || id.question == "blocked" || id.question == "never" ||
      id.question == "leaves" || id.question == "holds")
    std::sort(id.about.begin(), id.about.end());
  return id;
}

}  // namespace parley::questions
