// SPDX-License-Identifier: MIT
#include "language/schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "account/concepts.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using account::ConceptSpec;
using account::FieldSpec;
using account::Shape;
using Json = nlohmann::ordered_json;

Json reference(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }

Json words_of(const FieldSpec& field) {
  Json words = Json::array();
  for (const std::string_view word : field.words) words.push_back(std::string(word));
  return {{"enum", words}};
}

Json shape_of(const FieldSpec& field, Shape shape) {
  switch (shape) {
    case Shape::word:
      return words_of(field);
    case Shape::flag:
      return reference("flag");
    case Shape::number:
      return reference("number");
    case Shape::name:
      return reference("name");
    case Shape::names:
    case Shape::conditions:
      return reference("list");
    case Shape::options:
      return {{"type", "object"}, {"additionalProperties", reference("text")}};
    case Shape::entries: {
      Json inner = shape_of(field, field.inner);
      if (field.name == "set") inner = Json::object();  // each value has the shape of the field that it sets
      const Json dressed = {
          {"type", "object"},
          {"required", {"is"}},
          {"properties", {{"is", inner}, {"from", reference("list")}, {"assumed", reference("list")}}},
          {"additionalProperties", false}};
      return {{"type", "object"}, {"additionalProperties", {{"anyOf", {inner, dressed}}}}};
    }
    default:
      return reference("text");
  }
}

Json field_of(const FieldSpec& field) {
  Json json = shape_of(field, field.shape);
  if (json.contains("$ref")) json = {{"allOf", {json}}};  // beside $ref draft-07 reads nothing
  json["description"] = fmt::format("{} Takes {}{}. For example: {}: {}", field.doc, shape_words(field.shape),
                                    bounds_words(field.takes), field.name, field.example);
  return json;
}

/// The fields of every row stand once, under `definitions`.
void add_common(Json& properties, bool heads_only) {
  for (const FieldSpec& field : account::common_fields())
    if (!heads_only || account::is_head_field(field.name))
      properties[std::string(field.name)] = reference("common_" + std::string(field.name));
}

/// A group of fields as JSON Schema conditions.
Json group_of(const account::FieldGroup& group) {
  using Rule = account::FieldGroup::Rule;
  Json any = Json::array();
  for (const std::string_view field : group.fields) any.push_back({{"required", {std::string(field)}}});
  if (group.rule == Rule::at_least_one) return {{"anyOf", any}};
  if (group.rule == Rule::exactly_one) return {{"oneOf", any}};
  any.push_back({{"not", {{"anyOf", any}}}});
  return {{"oneOf", any}};
}

Json row_of(const ConceptSpec& spec) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const FieldSpec& field : spec.fields) {
    properties[std::string(field.name)] = field_of(field);
    if (field.required) required.push_back(std::string(field.name));
  }
  add_common(properties, false);
  Json row = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) row["required"] = required;
  Json groups = Json::array();
  for (const account::FieldGroup& group : account::field_groups(spec.key)) groups.push_back(group_of(group));
  if (!groups.empty()) row["allOf"] = groups;

  Json forms = Json::array({row});
  const FieldSpec* short_field = spec.shorthand.empty() ? nullptr : spec.field(spec.shorthand);
  if (short_field != nullptr) forms.push_back(shape_of(*short_field, short_field->shape));
  if (required.empty()) forms.push_back({{"type", "null"}});
  return {{"anyOf", forms}};
}

Json block_of(const ConceptSpec& spec) {
  Json heads = Json::object();
  if (spec.key != "sources" && spec.key != "assumptions") add_common(heads, true);
  const Json rows = {{"type", "object"}, {"properties", heads}, {"additionalProperties", row_of(spec)}};
  const Json ids = {{"type", "array"}, {"items", reference("name")}};
  return {{"description", std::string(spec.doc)}, {"anyOf", {rows, ids, {{"type", "null"}}}}};
}

}  // namespace

std::string json_schema() {
  Json properties = Json::object();
  for (const FieldSpec& field : account::top_fields()) properties[std::string(field.name)] = field_of(field);
  add_common(properties, true);
  for (const ConceptSpec& spec : account::concepts()) properties[std::string(spec.key)] = block_of(spec);
  const Json scalar = {{"type", {"string", "number", "boolean"}}};  // Parley reads every scalar as text
  Json definitions = {{"text", scalar},
                      {"name", {{"type", {"string", "number"}}}},
                      {"number", {{"type", {"string", "number"}}}},
                      {"flag", {{"enum", {"yes", "no", true, false}}}},
                      {"list", {{"anyOf", {scalar, {{"type", "array"}, {"items", scalar}}}}}}};
  for (const FieldSpec& field : account::common_fields())
    definitions["common_" + std::string(field.name)] = field_of(field);
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "A file of a Parley account, version 1"},
                       {"type", "object"},
                       {"properties", properties},
                       {"additionalProperties", false},
                       {"definitions", definitions}};
  return schema.dump(1) + "\n";
}

}  // namespace parley::language
