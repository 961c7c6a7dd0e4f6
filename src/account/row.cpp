// SPDX-License-Identifier: MIT
#include "account/row.hpp"

namespace parley::account {

const Field* Row::field(std::string_view name) const {
  for (const Field& candidate : fields)
    if (candidate.name == name) return &candidate;
  return nullptr;
}

const Value* Row::value(std::string_view name) const {
  const Field* found = field(name);
  return found == nullptr ? nullptr : &found->value;
}

std::string Row::text(std::string_view name) const {
  const Value* found = value(name);
  return found == nullptr ? std::string() : found->text;
}

std::vector<std::string> Row::names(std::string_view name) const {
  std::vector<std::string> result;
  const Value* found = value(name);
  if (found == nullptr) return result;
  if (found->shape == Shape::name) {
    result.push_back(found->text);
  } else {
    for (const Value& item : found->items) result.push_back(item.text);
  }
  return result;
}

bool Row::flag(std::string_view name, bool otherwise) const {
  const Value* found = value(name);
  return found == nullptr ? otherwise : found->text == "yes";
}

const expression::Tree* Row::condition(std::string_view name) const {
  const Value* found = value(name);
  return found == nullptr ? nullptr : found->tree.get();
}

}  // namespace parley::account
