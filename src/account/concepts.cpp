// SPDX-License-Identifier: MIT
#include "account/concepts.hpp"

#include <utility>

#include "account/concept_tables.hpp"

namespace parley::account {
namespace {

using S = Shape;

const std::vector<FieldSpec> kCommon = {
    {"from", S::names, "The sentences that say it.", "[art.S19, art.S33]", false, to_source},
    {"assumed", S::names, "The named assumptions that it rests on.", "A4", false, to_assumption},
    {"says", S::name, "Who says it: an actor, a speaker, `author` or `analyst`.", "iran", false, to_speaker},
    {"via", S::name, "A second speaker who relays it.", "author", false, to_speaker},
    {"status",
     S::word,
     "What kind of statement it is.",
     "claim",
     false,
     0,
     {"fact", "claim", "opinion", "assumption"}},
    {"departs",
     S::word,
     "Where the row says less than its sentences, more, or something narrower; `because` says why.",
     "weaker",
     false,
     0,
     {"weaker", "stronger", "narrower"}},
    {"inventory", S::names, "Ids of the source's inventory rows that this row expresses.", "[IS-01, IS-02]"},
    {"because", S::text, "Why the row is there, or, beside `departs`, why it departs from the text.",
     "the condition may be softer than stated"},
    {"note", S::text, "Anything a reader should know.", "the article names no figure"},
};

const std::vector<FieldSpec> kTop = {
    {"parley", S::number, "The version of the language: 1.", "1", true},
    {"account", S::name, "The account's name.", "author", true},
    {"title", S::text, "The account's title.", "The author's account of the talks"},
    {"revises", S::name, "A rival account: the account whose rows it changes.", "author"},
    {"clock", S::entries, "Start, step and horizon.", "{start: 2026-02-11, step: 1 week, horizon: 52}"},
    {"without", S::names, "A rival account: rows of the revised account that it drops.", "[iran_agenda]",
     false, to_row},
};

std::vector<ConceptSpec> all_concepts() {
  std::vector<ConceptSpec> all;
  for (auto part : {concepts_who(), concepts_table(), concepts_course(), concepts_asked()})
    for (ConceptSpec& spec : part) all.push_back(std::move(spec));
  return all;
}

/// Made on first use: nothing here may hang on the order in which files are initialised.
const std::vector<ConceptSpec>& table() {
  static const std::vector<ConceptSpec> concepts = all_concepts();
  return concepts;
}

struct ConceptGroups {
  std::string_view key;
  std::vector<FieldGroup> groups;
};

using R = FieldGroup::Rule;

const std::vector<ConceptGroups> kGroups = {
    {"issues",
     {{R::exactly_one, {"levels", "choices"}}, {R::at_most_one, {"settled_by", "chosen_by", "nature"}}}},
    {"positions",
     {{R::exactly_one, {"insists", "refuses", "presses", "asks", "prefers", "unspecified", "indifferent"}}}},
    {"preferences", {{R::at_least_one, {"order", "wants", "worth", "indifferent"}}}},
    {"saliences", {{R::at_least_one, {"order", "weights"}}}},
    {"commitments", {{R::exactly_one, {"will", "may"}}}},
    {"assumptions", {{R::at_most_one, {"range", "one_of"}}}},
    {"mechanisms",
     {{R::exactly_one, {"cause", "event"}},
      {R::at_most_one, {"makes_likely", "makes_unlikely"}},
      {R::at_least_one, {"raises", "lowers", "moves", "makes_likely", "makes_unlikely", "rules_out"}}}},
    {"groups", {{R::at_least_one, {"surely", "perhaps", "open"}}}},
    {"alternatives", {{R::at_least_one, {"set", "without"}}}},
    {"claims",
     {{R::at_most_one,
       {"entails", "possible", "likely", "unlikely", "sufficient", "not_sufficient", "necessary", "likelier",
        "asks_more", "takes", "more", "matters", "not_testable"}}}},
};

}  // namespace

FieldSpec label_field(std::string_view example) {
  return {kLabel, S::text, "In plain words: what readers see in place of the id.", example};
}

FieldSpec labels_field(std::string_view example) {
  return {kLabels, S::entries, "Level -> the level in plain words.", example};
}

FieldSpec verbs_field(std::string_view doc, std::string_view example) {
  return {kVerbs, S::entries, doc, example};
}

bool is_naming_field(std::string_view name) {
  return name == kLabel || name == kLabels || name == kVerb || name == kVerbs;
}

std::span<const FieldGroup> field_groups(std::string_view concept_key) {
  for (const ConceptGroups& entry : kGroups)
    if (entry.key == concept_key) return entry.groups;
  return {};
}

std::span<const ConceptSpec> concepts() { return table(); }

const ConceptSpec* concept_of(std::string_view key) {
  for (const ConceptSpec& spec : table())
    if (spec.key == key) return &spec;
  return nullptr;
}

const FieldSpec* ConceptSpec::field(std::string_view name) const {
  for (const FieldSpec& spec : fields)
    if (spec.name == name) return &spec;
  for (const FieldSpec& spec : kCommon)
    if (spec.name == name) return &spec;
  return nullptr;
}

bool is_head_field(std::string_view name) {
  return name == "from" || name == "assumed" || name == "says" || name == "via" || name == "status";
}

std::string_view not_read_because(std::string_view concept_key, std::string_view field) {
  struct NotRead {
    std::string_view concept_key, field, why;
  };
  static constexpr std::string_view kNoTime = "no lens runs through time yet";
  static constexpr std::string_view kNoNumber = "no lens reads it yet";
  static constexpr NotRead kList[] = {
      {"mechanisms", "within", kNoTime},
      {"history", "lasted", kNoTime},
      {"orderings", "trend", kNoTime},
      {"beliefs", "trend", kNoTime},
      {"relations", "trend", kNoTime},
      {"shocks", "rate", kNoTime},
      {"shocks", "sets", kNoTime},
      {"claims", "lasts", kNoTime},
      {"talks", "fails_when", kNoTime},
      {"beliefs", "states", kNoNumber},
      {"beliefs", "truth", kNoNumber},
      {"interventions", "feasible", kNoNumber},
      {"warnings", "then", kNoNumber},
      {"warnings", "if", kNoNumber},
      {"agreements", "offered_by", kNoNumber},
      {"agreements", "unratified_by", kNoNumber},
      {"agreements", "verified_by", kNoNumber},
      {"talks", "mediators", "who mediates signs nothing"},
      {"talks", "facilitators", "who offers support signs nothing"},
      {"quantities", "range", kNoNumber},
      {"assumptions", "one_of",
       "what it may be, no lens tries out by itself: name the readings as alternatives"},
  };
  for (const NotRead& each : kList)
    if (each.concept_key == concept_key && each.field == field) return each.why;
  return "";
}

std::span<const FieldSpec> common_fields() { return kCommon; }
std::span<const FieldSpec> top_fields() { return kTop; }

}  // namespace parley::account
