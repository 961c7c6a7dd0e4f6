// SPDX-License-Identifier: MIT
#include "language/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace parley::language {
namespace {

using account::Row;

constexpr std::size_t kMostCandidates = 2'000;

struct Kind {
  std::string_view concept_key;
  unsigned bits;
  std::string_view words;
};
constexpr std::array<Kind, 17> kKinds = {{
    {"actors", account::to_actor | account::to_speaker, "an actor"},
    {"parts", account::to_actor | account::to_speaker, "a part of an actor"},
    {"groups", account::to_group | account::to_speaker, "a group"},
    {"issues", account::to_issue, "an issue"},
    {"quantities", account::to_quantity, "a quantity"},
    {"relations", account::to_relation, "a relation"},
    {"packages", account::to_package, "a package"},
    {"commitments", account::to_commitment, "a commitment"},
    {"talks", account::to_talks, "talks"},
    {"outcomes", account::to_outcome, "an outcome"},
    {"agreements", account::to_agreement, "an agreement"},
    {"assumptions", account::to_assumption, "an assumption"},
    {"claims", account::to_claim, "a claim"},
    {"speakers", account::to_speaker, "a speaker"},
    {"sources", account::to_source, "a source"},
    {"objectives", account::to_objective, "an objective"},
    {"history", account::to_event, "a past event"},
}};

const Kind* kind_of(const Row& row) {
  if (row.concept_name == "shocks") return &kKinds[9];
  for (const Kind& kind : kKinds)
    if (kind.concept_key == row.concept_name) return &kind;
  return nullptr;
}

}  // namespace

bool Domain::has(std::string_view level) const {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

Names::Names(const account::Account& account) : account_(account) {
  for (const Row& row : account.rows) rows_.emplace(row.id, &row);
}

const Row* Names::find(const std::string& name) const {
  const auto found = rows_.find(name);
  return found == rows_.end() ? nullptr : found->second;
}

unsigned Names::kind(const Row& row) {
  const Kind* kind = kind_of(row);
  return (kind == nullptr ? 0U : kind->bits) | account::to_row;
}

std::string Names::kind_words(const Row& row) {
  if (row.concept_name == "shocks") return "a shock";
  if (const Kind* kind = kind_of(row)) return std::string(kind->words);
  const auto* spec = account::concept_of(row.concept_name);
  return spec == nullptr ? "a row" : "a row of `" + row.concept_name + "`";
}

std::string Names::refers_words(unsigned refers) {
  if ((refers & account::to_row) != 0) return "a row";
  if (refers == (account::to_actor | account::to_speaker | account::to_group)) refers = account::to_speaker;
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) {
    const bool speaker_only = kind.concept_key == "speakers";
    const unsigned own = speaker_only ? account::to_speaker : kind.bits & ~account::to_speaker;
    if ((refers & own) != 0 && kind.concept_key != "parts") words.emplace_back(kind.words);
  }
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

const std::vector<std::string>& Names::candidates(unsigned refers) const {
  const auto [found, fresh] = candidates_.try_emplace(refers);
  std::vector<std::string>& names = found->second;
  if (!fresh) return names;
  for (const Row& row : account_.rows) {
    if (names.size() >= kMostCandidates) break;
    if ((kind(row) & refers) != 0) names.push_back(row.id);
  }
  return names;
}

Domain Names::domain(const Row& variable) {
  Domain domain;
  if (variable.concept_name == "agreements") {
    domain.kind = Domain::Kind::choices;
    if (const auto* spec = account::concept_of("agreements"))
      if (const auto* field = spec->field("now"))
        domain.levels.assign(field->words.begin(), field->words.end());
    return domain;
  }
  if (variable.concept_name == "quantities") return domain;
  const bool choices = variable.field("choices") != nullptr;
  domain.kind = choices ? Domain::Kind::choices : Domain::Kind::levels;
  domain.levels = variable.names(choices ? "choices" : "levels");
  if (variable.concept_name == "relations" && domain.levels.empty()) domain.levels = {"absent", "present"};
  return domain;
}

std::optional<std::unordered_set<std::string>> Names::members(const std::vector<std::string>& names) const {
  std::unordered_set<std::string> found, seen;
  std::vector<std::string> open = names;
  while (!open.empty()) {
    if (work_left_ == 0) return std::nullopt;
    --work_left_;
    std::string name = std::move(open.back());
    open.pop_back();
    if (!seen.insert(name).second) continue;
    const Row* row = find(name);
    if (row == nullptr || row->concept_name != "groups") {
      found.insert(std::move(name));
      continue;
    }
    for (const char* field : {"surely", "perhaps"})
      for (std::string& member : row->names(field)) open.push_back(std::move(member));
  }
  return found;
}

std::optional<std::string> Names::outsider(const std::vector<std::string>& inner,
                                           const std::vector<std::string>& outer) const {
  const auto listed = members(outer);
  const auto asked = members(inner);
  if (!listed || !asked) return std::nullopt;
  std::optional<std::string> first;  // the least name, so that the message does not hang on a hash
  for (const std::string& name : *asked)
    if (!listed->contains(name) && (!first || name < *first)) first = name;
  return first;
}

}  // namespace parley::language
