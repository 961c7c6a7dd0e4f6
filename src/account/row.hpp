// SPDX-License-Identifier: MIT
// Rows: an account as data. Which concepts there are and which fields they have is said once, in
// concepts.cpp.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/place.hpp"
#include "expression/quantity.hpp"
#include "expression/tree.hpp"

namespace parley::account {

/// The shape of a field's value: what its parser accepts.
enum class Shape {
  text,      ///< free words
  word,      ///< one of a closed list (FieldSpec::words)
  flag,      ///< yes | no
  number,    ///< a plain number
  quantity,  ///< "30% to 40%", "more than 70%", "likely", "1 to 12 months", "falling"
  name,      ///< one name (a reference or a new identifier, by FieldSpec::refers)
  names,     ///< a list of names
  estimate,  ///< a quantity, or the id of an assumption that has a range
  phrase,  ///< a condition without its subject: `nuclear-only`, `at least partial`, `not disbanded`, `whole`
  condition,   ///< an expression
  conditions,  ///< a list of expressions
  options,     ///< a map variable -> level: {programme: ended, missiles: given-up}
  order,       ///< "a > b = c > d", best first
  entries,     ///< a map name -> value of shape `inner` (or a map with `is`, `from`, ...)
};

struct Value {
  Shape shape = Shape::text;
  std::string text;  ///< scalars: as written, white space folded
  Place place;
  std::vector<Value>
      items;  ///< names, conditions; options, entries: the values; order: its names, best first
  std::vector<std::string> keys;  ///< options, entries: the keys, same length as items
  std::vector<Place> key_places;
  std::shared_ptr<const expression::Tree> tree;  ///< condition; phrase (subject name empty)
  std::optional<expression::Quantity> quantity;  ///< quantity, number, estimate (not of an assumption)
  std::vector<std::vector<std::string>> tiers;   ///< order: best tier first, equals in one tier
  std::vector<std::string> from,
      assumed;  ///< of an entry: its own sources and assumptions, where it gives them
};

struct Field {
  std::string name;
  Value value;
  Place key_place;
};

/// Do two values say the same? Places and quotes apart.
[[nodiscard]] bool same(const Value& a, const Value& b);

/// Where a row comes from and who says it. Every row has `from` or `assumed` (or both).
struct Origin {
  std::vector<std::string> from;     ///< "art.S19", ...
  std::vector<std::string> assumed;  ///< ids of assumptions
  std::string says;     ///< who says it: an actor, a speaker, `author`, `analyst`; empty = not said
  std::string via;      ///< a second speaker who relays it
  std::string status;   ///< fact | claim | opinion | assumption
  std::string departs;  ///< weaker | stronger | narrower than the sentences; empty = says what they say
  std::vector<std::string> inventory;  ///< ids of the source's inventory rows that this row expresses
  std::string because, note;
};

struct Row {
  std::string concept_name;  ///< the block's key in the file: "actors", "positions", ...
  std::string id;
  std::vector<Field> fields;  ///< in the order of the file
  Origin origin;
  std::vector<Field>
      origin_fields;  ///< what the row itself says of its origin (not its block's head), with places
  Place place;        ///< of the id
  bool made = false;  ///< a row that framing made: "default:..."

  [[nodiscard]] const Field* field(std::string_view name) const;
  [[nodiscard]] const Value* value(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name) const;  ///< "" when absent
  [[nodiscard]] std::vector<std::string> names(
      std::string_view name) const;  ///< name or names; empty when absent
  [[nodiscard]] bool flag(std::string_view name, bool otherwise = false) const;
  [[nodiscard]] const expression::Tree* condition(std::string_view name) const;
};

}  // namespace parley::account
