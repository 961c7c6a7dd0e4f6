// SPDX-License-Identifier: MIT
#include "questions/names_in.hpp"

#include "account/concepts.hpp"

namespace parley::questions {

using account::Shape;
using account::Value;

void names_in(const expression::Tree& tree, std::set<std::string>& names) {
  if (!tree.subject.name.empty()) names.insert(tree.subject.name);
  for (const auto& argument : tree.subject.arguments) names.insert(argument.name);
  for (const auto& part : tree.parts) names_in(part, names);
}

void names_in(const Value& value, std::set<std::string>& names) {
  if (value.tree != nullptr) names_in(*value.tree, names);
  if (value.shape == Shape::name || value.shape == Shape::names ||
      (value.shape == Shape::estimate && !value.quantity))
    names.insert(value.text);
  if (value.shape == Shape::options || value.shape == Shape::entries)
    names.insert(value.keys.begin(), value.keys.end());
  for (const Value& item : value.items) names_in(item, names);
}

std::set<std::string> names_of(const account::Row& row) {
  std::set<std::string> names(row.origin.assumed.begin(), row.origin.assumed.end());
  for (const auto& field : row.fields)
    if (!account::is_naming_field(field.name)) names_in(field.value, names);
  if (!row.origin.says.empty()) names.insert(row.origin.says);
  if (!row.origin.via.empty()) names.insert(row.origin.via);
  for (const auto& from : row.origin.from) names.insert(from.substr(0, from.find('.')));
  names.erase(row.id);
  return names;
}

}  // namespace parley::questions
