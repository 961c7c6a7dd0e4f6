// SPDX-License-Identifier: MIT
// docs/language-reference.md, from the tables of concepts and of messages.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "account/concepts.hpp"
#include "expression/parse.hpp"
#include "language/codes.hpp"
#include "language/limits.hpp"
#include "language/schema.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using account::ConceptSpec;
using account::FieldSpec;
using account::Shape;

constexpr std::string_view kHeadText = R"(# Language reference

Generated from the tables in `src/account/concepts*.cpp` and `src/language/codes.def`: do not edit. `PARLEY_UPDATE=1
./dev test language` writes it anew. A concept that is marked *draft* is parsed, checked, shown and written back, and no
analysis reads it yet. A field that is marked *not read* is kept and shown, and changes no answer; `parley check` names every
place where an account uses one.

## A file

An account is YAML: one file, or a folder whose `.yaml` files are one account together. A file that says `revises:` is a
rival account: it is never merged; its rows are added to those of the account that it revises, or replace the rows with
the same id, and `without:` drops rows.

Every scalar is text, and is read by the field that it stands in: there are no YAML booleans, dates or numbers. Anchors,
aliases, tags, merge keys and several documents in one file are refused. Inside `[ ]` and `{ }` a comma ends a value, so an
expression with a comma stands in quotes there.
)";

constexpr std::string_view kRowsText = R"(
## Rows

Everything is a row with an id, in the block of its concept:

```yaml
positions:
  from: art.S19                  # at the head of a block: holds for its rows
  iran_agenda:
    by: iran
    on: agenda
    insists: nuclear-only
```

Ids are made of the letters a to z and A to Z (without accents), digits, `-`, `_` and `.`, and are unique over all blocks.
Not used as ids, levels or choices: words that mean something to YAML (`yes`, `no`, `on`, `off`, `true`, `false`, `null`, `none`; write `absent` or `present`), words of the
expression language (below), and `unknown`, `unstated`, `whole`.

Every row (sources, assumptions and speakers apart) says where it comes from: `from` or `assumed`. `from`, `assumed`, `says`,
`via` and `status` at the head of a block, or at the top of a file, hold for the rows below that do not say their own; a
row that gives `from` or `assumed` has its own origin and takes neither from the head. A row may be written short, as
`id: value`, where the block below names a field for it; `block: [a, b]` lists rows without fields.

What readers see in place of an id is the row's `label`; without one, the first words of its `is`, or the id. `labels` says
how its levels are called, `verbs` what those do who bring a level about, in the third person, so that a page can say "Iran
gives up its missiles":

```yaml
issues:
  missiles:
    label: Iran's ballistic missiles
    chosen_by: iran
    levels: [relinquished, kept]
    labels:
      relinquished: given up
    verbs:
      relinquished: gives up its missiles
```

A row about the same actor, variable or talks in a rival account is called as in the account that it revises, unless it says
otherwise. A `verb` goes where an alternative sets another field of its row.

Where a row says less than the sentences that it cites, more, or something narrower, it says so, and why:

```yaml
mechanisms:
  breakdown:
    cause: indirect failed
    makes_likely: spillover is spread
    from: art.S23
    departs: stronger
    because: the sentence reports a concern; the row makes it likely
```

Fields that every row may carry:
)";

constexpr std::string_view kExpressionsText = R"(
## Expressions

Conditions are read aloud: `recognises(saudi, israel) at least signed and not deal`.

| form | meaning |
| --- | --- |
| `x is a`, `x is a or b`, `x is not a` | the variable has (one of) these levels or choices, or none of them |
| `x at least a`, `x at most a`, `x more than a`, `x less than a` | by the order of the levels, or of numbers; also `>=`, `<=`, `>`, `<`; an error on choices, which have no order |
| `x rises`, `x falls` | the variable moves |
| `t failed`, `t agreed` | the talks have failed; they have ended in an agreement |
| `o` | an outcome, a package, a shock or an objective (met: all that it needs holds) stands alone; so does a relation (above its lowest level) and, as a cause, any variable |
| `f(a, b)` | a relation between two actors; `every`, `any` or `at least 2 of` before a group |
| `not c`, `c and d`, `c or d`, `c unless d`, `( )` | `not` binds closest, then `and`, then `or`; `c unless d` is `c and not d` |
| `ever c` | at some time up to then; no lens reads it yet (`not-read`): the condition is left out of what is worked out |
| `c for 4 weeks` | for so long without a break (days, weeks, months, years); not read yet either |

After `is a or` a word is one more level, unless a verb or a bracket follows it: a named condition stands in brackets
there, `x is a or (deal)`. A *phrase* is a comparison whose subject is clear from the row: `nuclear-only`, `a or b`, `not a`,
`at least a`; of a package, `whole`.

)";

constexpr std::string_view kQuantitiesText = R"(
## Quantities

`5`, `5%`, `1/3`, `30% to 40%`, `between 1 and 2`, `more than 70%`, `at least 2`, `less than 3 weeks`, `at most 5`, `1 to 12 months`,
`6 months to 3 years`;
`rising`, `falling`, `steady`; `unknown`; and the words of US ICD 203 (2015): almost no chance (1 to 5 %), very unlikely
(5 to 20 %), unlikely (20 to 45 %), roughly even chance (45 to 55 %), likely (55 to 80 %), very likely (80 to 95 %), almost
certain (95 to 99 %), their synonyms there, and `unlikely to likely`.

## Blocks
)";

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string takes(const FieldSpec& field) {
  std::string text = shape_words(field.shape);
  if (field.shape == Shape::word) {
    text.clear();
    for (const std::string_view word : field.words)
      text += (text.empty() ? "`" : ", `") + std::string(word) + "`";
  }
  if (field.shape == Shape::entries) text = "a map; each value is " + shape_words(field.inner);
  return text + bounds_words(field.takes);
}

/// `of`: the concept's key; of a field that no lens reads yet its meaning says so.
std::string field_table(std::span<const FieldSpec> fields, std::string_view of = "") {
  std::string out = "\n| field | takes | meaning | example |\n| --- | --- | --- | --- |\n";
  for (const FieldSpec& field : fields) {
    const std::string_view why = account::not_read_because(of, field.name);
    out += fmt::format("| `{}`{} | {} | {}{} | `{}` |\n", field.name, field.required ? " (needed)" : "",
                       cell(takes(field)), cell(field.doc),
                       why.empty() ? "" : fmt::format(" *Not read: {}.*", why), cell(field.example));
  }
  return out;
}

std::string group_sentence(const account::FieldGroup& group) {
  using Rule = account::FieldGroup::Rule;
  std::vector<std::string> names(group.fields.begin(), group.fields.end());
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i)
    list += (i == 0 ? "`" : i + 1 == names.size() ? " or `" : ", `") + names[i] + "`";
  const char* rule = group.rule == Rule::exactly_one    ? "Exactly one of"
                     : group.rule == Rule::at_least_one ? "At least one of"
                                                        : "At most one of";
  return fmt::format("\n{} {}.\n", rule, list);
}

std::string concept_section(const ConceptSpec& spec) {
  std::string out =
      fmt::format("\n### {}{}\n\n{}", spec.key, spec.read_by.empty() ? " (draft)" : "", spec.doc);
  if (!spec.read_by.empty() && spec.read_by != "all") out += fmt::format(" Read by: {}.", spec.read_by);
  if (!spec.shorthand.empty())
    out += fmt::format(" Short form: `id: {}`.", spec.field(spec.shorthand)->example);
  out += "\n" + field_table(spec.fields, spec.key);
  for (const account::FieldGroup& group : account::field_groups(spec.key)) out += group_sentence(group);
  return out;
}

std::string limits_text() {
  return fmt::format(
      "\n## Limits\n\nA file has at most {} MiB, an account {} MiB in {} files and {} rows; a line {} "
      "characters; an "
      "expression {} characters,\n{} parts, and brackets {} deep. There are at most {} alternatives.\n",
      kFileBytes >> 20, kAccountBytes >> 20, kAccountFiles, kRows, kLineLength,
      expression::kLongestExpression, expression::kMostNodes, expression::kDeepestExpression, kAlternatives);
}

std::string codes_table() {
  std::string out = "\n## Messages\n\n| code | | meaning |\n| --- | --- | --- |\n";
  for (const Code& code : all_codes()) {
    const char* severity = code.severity == Severity::error     ? "error"
                           : code.severity == Severity::warning ? "warning"
                                                                : "note";
    out += fmt::format("| `{}` | {} | {} |\n", code.text(), severity, cell(code.doc));
  }
  return out;
}

}  // namespace

std::string reference_page() {
  std::string out(kHeadText);
  out += field_table(account::top_fields());
  out += kRowsText;
  out += field_table(account::common_fields());
  out += kExpressionsText;
  out += "Words of the expression language, which cannot be names: ";
  const auto& words = expression::reserved_words();
  for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "`" : ", `") + words[i] + "`";
  out += ".\n";
  out += kQuantitiesText;
  for (const ConceptSpec& spec : account::concepts()) out += concept_section(spec);
  out += limits_text();
  out += codes_table();
  return out;
}

}  // namespace parley::language
