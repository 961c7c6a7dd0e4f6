// SPDX-License-Identifier: MIT
// The one declarative table: which concepts an account has, which fields each takes. Parser, hints, writer,
// JSON Schema and the reference page are all made from it.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "account/row.hpp"

namespace parley::account {

/// What a name in a field may refer to; several may be or-ed.
enum Refers : unsigned {
  to_nothing = 0,  ///< new identifiers (levels, members of a list)
  to_actor = 1,    ///< an actor, a part of one, a public
  to_group = 2,
  to_issue = 4,
  to_quantity = 8,
  to_relation = 16,
  to_package = 32,
  to_commitment = 64,
  to_talks = 128,
  to_outcome = 256,  ///< outcomes and shocks: named conditions
  to_agreement = 512,
  to_assumption = 1024,
  to_claim = 2048,
  to_speaker = 4096,  ///< speakers, actors and the words author, analyst
  to_source = 8192,
  to_row = 16384,  ///< any row id
  to_objective = 32768,
  to_event = 65536,  ///< rows of the history
  to_variable =
      to_issue | to_quantity | to_relation | to_agreement,  ///< with to_relation: `recognises(saudi, israel)`
  to_condition = to_outcome | to_package | to_talks,
};

/// Which numbers a field can mean.
enum class Takes {
  anything,
  share,         ///< 0 to 100 %: a likelihood, a share of a whole, a value on the scale of 0 to 1
  not_negative,  ///< a time, a rate
  belief,        ///< a share, unless it is about a quantity: then whatever that may be
};

struct FieldSpec {
  std::string_view name;
  Shape shape;
  std::string_view doc;  ///< one sentence for hints and the reference page
  std::string_view example;
  bool required = false;
  unsigned refers = to_nothing;              ///< Refers, of name / names / keys of entries
  std::vector<std::string_view> words = {};  ///< of Shape::word
  Shape inner = Shape::text;                 ///< of Shape::entries
  Takes takes = Takes::anything;             ///< of numbers: quantity, estimate, entries of either
};

/// Fields that belong together: at most one of them, at least one, or exactly one. A patch that sets one
/// field of an `at_most_one` or `exactly_one` group takes the others of the group away.
struct FieldGroup {
  enum class Rule { at_most_one, at_least_one, exactly_one } rule = Rule::exactly_one;
  std::vector<std::string_view> fields;
};

struct ConceptSpec {
  std::string_view key;       ///< the block's key: "commitments"
  std::string_view singular;  ///< "commitment"
  std::string_view doc;
  std::string_view read_by;    ///< which lenses read it today: "deals", "deals, run"; empty = draft
  std::string_view shorthand;  ///< field that a scalar or list in place of a map fills ("" = none)
  std::vector<FieldSpec> fields;

  [[nodiscard]] const FieldSpec* field(std::string_view name) const;  ///< own or common field
};

[[nodiscard]] std::span<const ConceptSpec> concepts();
[[nodiscard]] const ConceptSpec* concept_of(std::string_view key);
[[nodiscard]] std::span<const FieldGroup> field_groups(std::string_view concept_key);
/// Fields that say only how readers call a thing: `label`, `labels`, `verb`, `verbs`. No analysis reads them.
inline constexpr std::string_view kLabel = "label", kLabels = "labels", kVerb = "verb", kVerbs = "verbs";
[[nodiscard]] bool is_naming_field(std::string_view name);
/// What reads a field that says something of the world, where no lens does yet: a short clause for `check`
/// and the reference page ("no lens runs through time"). Empty: some lens reads it, or it only says who, what
/// or where from.
[[nodiscard]] std::string_view not_read_because(std::string_view concept_key, std::string_view field);

/// Fields that every row may carry: from, assumed, says, via, status, departs, inventory, because, note.
[[nodiscard]] std::span<const FieldSpec> common_fields();
/// Those of them that hold for a whole block or a whole file when they stand at its head: from, assumed,
/// says, via, status. (A row that gives `from` or `assumed` has its own origin, and takes neither from the
/// head.)
[[nodiscard]] bool is_head_field(std::string_view name);
/// Keys that stand at the top of an account and are no concept: parley, account, title, revises, clock,
/// without.
[[nodiscard]] std::span<const FieldSpec> top_fields();

}  // namespace parley::account
