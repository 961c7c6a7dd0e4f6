// SPDX-License-Identifier: MIT
#include "account/row.hpp"

namespace parley::account {

bool same(const Value& a, const Value& b) {
  if (a.shape != b.shape || a.text != b.text || a.keys != b.keys || a.items.size() != b.items.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  return true;
}

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
