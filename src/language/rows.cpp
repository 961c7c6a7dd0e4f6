// SPDX-License-Identifier: MIT
#include "language/rows.hpp"
#include "language/clock.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "account/concepts.hpp"
#include "expression/characters.hpp"
#include "expression/nearest.hpp"
#include "language/clock.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using account::ConceptSpec;
using account::FieldSpec;
using account::Origin;
using account::Row;
using account::Shape;
using account::Value;

const FieldSpec* top_field(std::string_view name) {
  for (const FieldSpec& spec : account::top_fields())
    if (spec.name == name) return &spec;
  return nullptr;
}

const FieldSpec* common_field(std::string_view name) {
  for (const FieldSpec& spec : account::common_fields())
    if (spec.name == name) return &spec;
  return nullptr;
}

std::vector<std::string> texts_in(const Value& value) {
  std::vector<std::string> result;
  for (const Value& item : value.items) result.push_back(item.text);
  return result;
}

void put(Origin& origin, std::string_view name, const Value& value) {
  if (name == "from") origin.from = texts_in(value);
  if (name == "assumed") origin.assumed = texts_in(value);
  if (name == "inventory") origin.inventory = texts_in(value);
  if (name == "says") origin.says = value.text;
  if (name == "via") origin.via = value.text;
  if (name == "status") origin.status = value.text;
  if (name == "departs") origin.departs = value.text;
  if (name == "because") origin.because = value.text;
  if (name == "note") origin.note = value.text;
}

/// What a row does not say itself it takes from the head of its block, and the block from the head of its
/// file.
void inherit(Origin& own, const Origin& head) {
  if (own.from.empty() && own.assumed.empty()) {
    own.from = head.from;
    own.assumed = head.assumed;
  }
  if (own.says.empty()) own.says = head.says;
  if (own.via.empty()) own.via = head.via;
  if (own.status.empty()) own.status = head.status;
}

std::vector<std::string> field_names(const ConceptSpec& spec) {
  std::vector<std::string> names;
  for (const FieldSpec& field : spec.fields) names.emplace_back(field.name);
  for (const FieldSpec& field : account::common_fields()) names.emplace_back(field.name);
  return names;
}

std::string with_article(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

class FileReader {
 public:
  FileReader(std::uint32_t file, Report& report) : report_(report) { draft_.file = file; }

  FileDraft run(const YamlNode& root) {
    draft_.empty = root.kind == YamlNode::Kind::nothing;
    if (root.kind == YamlNode::Kind::map) {
      for (std::size_t i = 0; i < root.keys.size(); ++i)  // the head first: it holds for all blocks
        if (top_field(root.keys[i].text) != nullptr || account::is_head_field(root.keys[i].text))
          head(root.keys[i], root.items[i]);
      for (std::size_t i = 0; i < root.keys.size(); ++i) top(root.keys[i], root.items[i]);
    } else if (root.kind == YamlNode::Kind::nothing) {
      report_.add(code::empty_file, {draft_.file, 1, 1, 1}, "the file holds nothing",
                  "an account begins with `parley: 1` and `account: NAME`");
    } else if (root.kind != YamlNode::Kind::broken) {
      report_.add(code::not_an_account, root.place, "the file is not an account",
                  "an account is a map of blocks: `parley: 1`, `account: NAME`, `actors:`, `issues:`, ...");
    }
    return std::move(draft_);
  }

 private:
  void head(const YamlNode& key, const YamlNode& node) {
    const FieldSpec* spec = top_field(key.text);
    if (spec == nullptr) spec = common_field(key.text);
    draft_.versioned = draft_.versioned || key.text == "parley";
    draft_.named = draft_.named || key.text == "account";
    const auto value = value_of(*spec, node, report_);
    if (!value) return;
    if (account::is_head_field(key.text)) {
      put(head_, key.text, *value);
      draft_.heads.push_back({key.text, *value, key.place});
    }
    if (key.text == "parley") draft_.version = value;
    if (key.text == "account") draft_.name = value;
    if (key.text == "title") draft_.title = value;
    if (key.text == "revises") draft_.revises = value;
    if (key.text == "without") draft_.without = value;
    if (key.text == "clock") clock(*value);
  }

  void clock(const Value& value) {
    static const std::vector<std::string> kKeys = {"start", "step", "horizon"};
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      if (std::find(kKeys.begin(), kKeys.end(), value.keys[i]) == kKeys.end())
        report_.add(code::bad_entry, value.key_places[i], fmt::format("the clock has no `{}`", value.keys[i]),
                    did_you_mean(value.keys[i], kKeys, "it has " + word_list(kKeys, "and")));
      if (const std::string wrong = wrong_in_clock(value.keys[i], value.items[i].text); !wrong.empty())
        report_.add(code::bad_clock, value.items[i].place, wrong, clock_hint(value.keys[i]));
      draft_.clock.push_back({value.keys[i], value.items[i], value.key_places[i]});
    }
  }

  void top(const YamlNode& key, const YamlNode& node) {
    if (top_field(key.text) != nullptr || account::is_head_field(key.text)) return;
    if (const ConceptSpec* spec = account::concept_of(key.text)) {
      block(*spec, node);
      return;
    }
    std::vector<std::string> known;
    for (const ConceptSpec& spec : account::concepts()) known.emplace_back(spec.key);
    for (const FieldSpec& spec : account::top_fields()) known.emplace_back(spec.name);
    std::string hint = did_you_mean(key.text, known);
    for (const ConceptSpec& spec : account::concepts())
      if (spec.singular == key.text) hint = fmt::format("did you mean `{}`?", spec.key);
    if (hint.empty()) hint = "known are " + word_list(known, "and");
    report_.add(code::unknown_key, key.place, fmt::format("`{}` is no block of an account", key.text),
                std::move(hint));
    // That nobody has the names of its rows follows from that, and is not said.
    for (const YamlNode& id : node.kind == YamlNode::Kind::list ? node.items : node.keys)
      if (id.kind == YamlNode::Kind::scalar) report_.quiet("name:" + folded(id.text));
  }

  void block(const ConceptSpec& spec, const YamlNode& node) {
    switch (node.kind) {
      case YamlNode::Kind::broken:
      case YamlNode::Kind::nothing:
        return;
      case YamlNode::Kind::map:
        return rows(spec, node);
      case YamlNode::Kind::list:
        return list_of_ids(spec, node);
      case YamlNode::Kind::scalar: {
        const std::string strange = expression::strange_words(node.text);
        report_.add(
            code::wrong_shape, node.place, fmt::format("`{}` takes rows, found a text", spec.key),
            "write one row a line, `id:` and its fields below it" + (strange.empty() ? "" : "; " + strange));
      }
    }
  }

  void rows(const ConceptSpec& spec, const YamlNode& node) {
    const bool takes_head = spec.key != "sources" && spec.key != "assumptions";
    Origin block_head;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (!takes_head || !account::is_head_field(node.keys[i].text)) continue;
      if (const auto value = value_of(*common_field(node.keys[i].text), node.items[i], report_)) {
        put(block_head, node.keys[i].text, *value);
        draft_.heads.push_back({node.keys[i].text, *value, node.keys[i].place});
      }
    }
    if (takes_head) inherit(block_head, head_);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (takes_head && account::is_head_field(node.keys[i].text)) continue;
      if (takes_head && node.keys[i].plain && common_field(node.keys[i].text) != nullptr &&
          (node.keys[i].text != "departs" || node.items[i].kind == YamlNode::Kind::scalar)) {
        report_.add(code::forbidden_name, node.keys[i].place,
                    fmt::format("`{}` cannot stand at the head of `{}`", node.keys[i].text, spec.key),
                    "only `from`, `assumed`, `says`, `via` and `status` hold for a whole block");
        continue;
      }
      if (node.keys[i].plain && node.items[i].kind == YamlNode::Kind::scalar &&
          spec.field(node.keys[i].text) != nullptr)
        report_.add(
            code::field_as_row, node.keys[i].place,
            fmt::format("`{}` is a field of {}, and stands here as the id of a row", node.keys[i].text,
                        with_article(spec.singular)),
            "put it into each row; only `from`, `assumed`, `says`, `via` and `status` hold for a block");
      if (usable_id(node.keys[i])) row(spec, node.keys[i], node.items[i], block_head);
    }
  }

  /// `actors: [us, iran]`: rows without fields.
  void list_of_ids(const ConceptSpec& spec, const YamlNode& node) {
    for (const YamlNode& item : node.items) {
      if (item.kind == YamlNode::Kind::broken) continue;
      if (item.kind != YamlNode::Kind::scalar) {
        report_.add(code::wrong_shape, item.place,
                    fmt::format("`{}` takes rows with ids, found a list", spec.key),
                    "write `id:` and the row's fields below it, without `-`");
        continue;
      }
      if (usable_id(item)) row(spec, item, YamlNode{}, head_);
    }
  }

  /// That nobody has the name follows where it has been refused, and is not said.
  bool usable_id(const YamlNode& id) {
    if (check_new_name(id, true, report_)) return true;
    report_.quiet("name:" + folded(id.text));
    return false;
  }

  void row(const ConceptSpec& spec, const YamlNode& id, const YamlNode& node, const Origin& head) {
    if (node.kind == YamlNode::Kind::broken) return;
    Row row;
    row.concept_name = std::string(spec.key);
    row.id = folded(id.text);
    row.place = id.place;
    if (node.kind != YamlNode::Kind::nothing) {
      const FieldSpec* short_field = spec.shorthand.empty() ? nullptr : spec.field(spec.shorthand);
      if (node.kind == YamlNode::Kind::map &&
          !(short_field != nullptr && is_shorthand_map(spec, *short_field, node))) {
        for (std::size_t i = 0; i < node.keys.size(); ++i) field(spec, row, node.keys[i], node.items[i]);
      } else if (short_field != nullptr) {
        add_value(row, *short_field, node.place, node);
      } else {
        report_.add(code::wrong_shape, node.place,
                    fmt::format("`{}` is {} and needs fields", row.id, with_article(spec.singular)),
                    fmt::format("for example: `{}: {{{}: {}}}`", row.id, spec.fields[0].name,
                                spec.fields[0].example));
      }
    }
    const bool own_origin = spec.key == "sources" || spec.key == "assumptions";
    if (!own_origin) inherit(row.origin, head);
    complete(spec, row);
    draft_.rows.push_back(std::move(row));
    if (spec.key == "alternatives" &&
        (draft_.alternatives.empty() || draft_.alternatives.back().row + 1 != draft_.rows.size()))
      draft_.alternatives.push_back({draft_.rows.size() - 1, {}});
  }

  /// `us_demands: {programme: ended}`: none of the keys is a field, so the map is the shorthand's value.
  /// (Names for readers do not count: an account may have an issue that is called `label`.)
  static bool is_shorthand_map(const ConceptSpec& spec, const FieldSpec& short_field, const YamlNode& node) {
    if (short_field.shape != Shape::options && short_field.shape != Shape::entries) return false;
    return !node.keys.empty() && std::none_of(node.keys.begin(), node.keys.end(), [&](const YamlNode& key) {
      return spec.field(key.text) != nullptr && !account::is_naming_field(key.text);
    });
  }

  void field(const ConceptSpec& spec, Row& row, const YamlNode& key, const YamlNode& node) {
    const FieldSpec* known = spec.field(key.text);
    if (known == nullptr) {
      const auto names = field_names(spec);
      // The field that was meant is not missing as well.
      if (const auto meant = expression::nearest(expression::plain_text(key.text), names)) {
        tried_.push_back(*meant);
        report_.quiet(failed_field(row.id, *meant));
      }
      report_.add(code::unknown_field, key.place,
                  fmt::format("{} has no field `{}`", with_article(spec.singular), key.text),
                  did_you_mean(key.text, names, "its fields are " + word_list(names, "and")));
      return;
    }
    if (spec.key == "alternatives" && known->name == "set") {
      settings(row, key, node);
      return;
    }
    if (common_field(key.text) == nullptr) {
      add_value(row, *known, key.place, node);
    } else if (const auto value = value_of(*known, node, report_)) {
      put(row.origin, key.text, *value);
      origin_places(row, key, *value);
    }
  }

  /// Names in `from`, `assumed`, `says` and `via` are looked up later, so their places stay with the row.
  static void origin_places(Row& row, const YamlNode& key, const Value& value) {
    row.origin_fields.push_back({key.text, value, key.place});
  }

  void add_value(Row& row, const FieldSpec& spec, Place key_place, const YamlNode& node) {
    if (auto value = value_of(spec, node, report_)) {
      row.fields.push_back({std::string(spec.name), std::move(*value), key_place});
    } else {
      tried_.emplace_back(spec.name);
      report_.quiet(failed_field(row.id, spec.name));
    }
  }

  void settings(Row& row, const YamlNode& key, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      if (node.kind != YamlNode::Kind::broken)
        report_.add(code::wrong_shape, node.place, "`set` takes a map of `row.field: value`",
                    "for example: `set: {saudi_bar.only_if: statehood at least pathway}`");
      return;
    }
    AlternativeDraft draft;
    draft.row = draft_.rows.size();
    for (std::size_t i = 0; i < node.keys.size(); ++i)
      draft.settings.push_back({folded(node.keys[i].text), node.keys[i].place, node.items[i]});
    draft_.alternatives.push_back(std::move(draft));
    Value value;
    value.shape = Shape::entries;
    value.place = node.place;
    row.fields.push_back({"set", std::move(value), key.place});
  }

  /// Required fields and fields that exclude each other.
  void complete(const ConceptSpec& spec, const Row& row) {
    for (const FieldSpec& field : spec.fields)
      if (field.required && row.field(field.name) == nullptr && !tried(field.name))
        report_.add(code::missing_field, row.place,
                    fmt::format("{} needs `{}`", with_article(spec.singular), field.name),
                    fmt::format("{} For example: `{}: {}`", field.doc, field.name, field.example));
    for (const auto& group : account::field_groups(spec.key)) group_rule(spec, group, row);
    tried_.clear();
  }

  [[nodiscard]] bool tried(std::string_view name) const {
    return std::find(tried_.begin(), tried_.end(), name) != tried_.end();
  }

  void group_rule(const ConceptSpec& spec, const account::FieldGroup& group, const Row& row) {
    using Rule = account::FieldGroup::Rule;
    std::vector<std::string> names;
    const account::Field* first = nullptr;
    const account::Field* second = nullptr;
    bool attempted = false;
    for (const std::string_view name : group.fields) {
      names.emplace_back(name);
      attempted = attempted || tried(name);
      const account::Field* field = row.field(name);
      if (field == nullptr || field->value.text == "no") continue;
      if (first == nullptr) {
        first = field;
      } else if (second == nullptr) {
        second = field;
      }
    }
    if (second != nullptr && group.rule != Rule::at_least_one) {
      const auto place_of = [](const account::Field& field) {
        return std::pair(field.key_place.line, field.key_place.column);
      };
      const bool swap = place_of(*second) < place_of(*first);
      report_.add(code::conflicting_fields, swap ? first->key_place : second->key_place,
                  fmt::format("`{}` and `{}` cannot stand in one row", swap ? second->name : first->name,
                              swap ? first->name : second->name),
                  fmt::format("{} takes one of {}; write two rows if both hold", with_article(spec.singular),
                              word_list(names)));
    }
    if (first == nullptr && !attempted && group.rule != Rule::at_most_one)
      report_.add(
          code::missing_field, row.place,
          fmt::format("{} needs one of {}", with_article(spec.singular), word_list(names)),
          fmt::format("for example: `{}: {}`", group.fields[0], spec.field(group.fields[0])->example));
  }

  Report& report_;
  FileDraft draft_;
  Origin head_;
  std::vector<std::string> tried_;  // fields of the row that were there and wrong: not missing
};

}  // namespace

FileDraft rows_of(const YamlNode& root, std::uint32_t file, Report& report) {
  return FileReader(file, report).run(root);
}

}  // namespace parley::language
