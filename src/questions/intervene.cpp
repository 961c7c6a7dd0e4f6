// SPDX-License-Identifier: MIT
#include "questions/intervene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

namespace parley::questions {
namespace {

using account::Field;
using account::Row;
using account::Value;
using framing::Forced;
using framing::LevelMask;
using framing::Situation;
using framing::Variable;
using framing::VariableKind;

LevelMask full(const Variable& v) { return static_cast<LevelMask>((std::uint64_t{1} << v.size()) - 1); }

void set_text(Row& row, const char* name, const std::string& text) {
  for (Field& field : row.fields)
    if (field.name == name) {
      field.value = Value{};
      field.value.text = text;
      return;
    }
  Field field;
  field.name = name;
  field.value.text = text;
  row.fields.push_back(std::move(field));
}

void drop_field(Row& row, std::string_view name) {
  std::erase_if(row.fields, [&](const Field& field) { return field.name == name; });
}

void drop_item(Row& row, const char* name, const std::string& item) {
  for (Field& field : row.fields)
    if (field.name == name) {
      std::erase_if(field.value.items, [&](const Value& v) { return v.text == item; });
      if (field.value.items.empty() && field.value.text == item) field.value.text.clear();
    }
}

/// A relation's level between two actors, in front of what its `now` says already.
void set_relation(Row& row, const Variable& v, const std::string& level) {
  const auto open = v.id.find('('), close = v.id.rfind(')');
  Value entry;
  entry.text = level;
  const std::string key = v.id.substr(open + 1, close - open - 1);
  for (Field& field : row.fields)
    if (field.name == "now") {
      field.value.keys.insert(field.value.keys.begin(), key);
      field.value.items.insert(field.value.items.begin(), entry);
      return;
    }
  Field field;
  field.name = "now";
  field.value.keys = {key};
  field.value.items = {entry};
  row.fields.push_back(std::move(field));
}

/// A quantity starts as it is made to move.
void set_trend(Row& row, int level) {
  using Trend = expression::Quantity::Trend;
  if (row.concept_name != "quantities") return;
  drop_field(row, "now");
  Field field;
  field.name = "now";
  field.value.shape = account::Shape::quantity;
  field.value.quantity.emplace();
  field.value.quantity->trend = level == framing::kFalls   ? Trend::falling
                                : level == framing::kRises ? Trend::rising
                                                           : Trend::steady;
  field.value.text = level == framing::kFalls ? "falling" : level == framing::kRises ? "rising" : "steady";
  row.fields.push_back(std::move(field));
}

class Patcher {
 public:
  Patcher(const Situation& s, const Forced& forced) : s_(s), account_(s.account) {
    for (const auto& [v, levels] : forced) {
      const Variable& variable = s.variables[static_cast<std::size_t>(v)];
      ids_.insert(variable.id);
      force(variable, levels);
    }
    for (Row& row : account_.rows) cut(row);
  }
  account::Account account_of() && { return std::move(account_); }

 private:
  void force(const Variable& variable, LevelMask levels);
  void cut(Row& row);
  /// Is every variable of the condition forced?
  [[nodiscard]] bool about_forced(const expression::Tree* tree) const {
    if (tree == nullptr) return false;
    const auto formula = framing::bind(s_, *tree);
    if (!formula) return false;
    const auto touched = expression::touched(*formula);
    return std::any_of(touched.begin(), touched.end(),
                       [&](int v) { return ids_.contains(s_.variables[static_cast<std::size_t>(v)].id); });
  }

  const Situation& s_;
  account::Account account_;
  std::set<std::string> ids_;
};

void Patcher::force(const Variable& variable, LevelMask levels) {
  Row* row = nullptr;
  for (Row& each : account_.rows)
    if (each.id == variable.row) row = &each;
  if (row == nullptr || std::popcount(levels) != 1) return;
  const std::string level = variable.levels[static_cast<std::size_t>(std::countr_zero(levels))];
  if (variable.kind == VariableKind::relation) {
    set_relation(*row, variable, level);
  } else if (variable.kind == VariableKind::quantity) {
    set_trend(*row, std::countr_zero(levels));
  } else if (variable.kind == VariableKind::issue || variable.kind == VariableKind::agreement) {
    set_text(*row, "now", level);
  }
}

void Patcher::cut(Row& row) {
  if (row.concept_name == "talks")
    for (const auto& id : ids_) drop_item(row, "issues", id);
  if (row.concept_name == "mechanisms") {
    for (const auto& id : ids_)
      for (const char* field : {"raises", "lowers", "moves"}) drop_item(row, field, id);
    for (const char* field : {"makes_likely", "makes_unlikely", "rules_out"})
      if (about_forced(row.condition(field))) drop_field(row, field);
  }
  if (row.concept_name == "commitments")
    for (const char* field : {"will", "may"})
      if (about_forced(row.condition(field))) drop_field(row, field);
}

}  // namespace

std::optional<Forced> forced_by(const Situation& s, const framing::Formula& formula, bool one_level,
                                std::string* why) {
  using Kind = framing::Formula::Kind;
  std::map<int, LevelMask> levels;
  std::vector<framing::Formula> open = {formula};
  while (!open.empty()) {
    const framing::Formula f = std::move(open.back());
    open.pop_back();
    if (f.kind == Kind::all) {
      open.insert(open.end(), f.parts.begin(), f.parts.end());
      continue;
    }
    const bool negated = f.kind == Kind::negation && f.parts.front().kind == Kind::atom;
    if (f.kind != Kind::atom && !negated) {
      if (why != nullptr) *why = "an intervention sets something: `or` and `not (...)` leave it open what";
      return std::nullopt;
    }
    const framing::Formula& atom = negated ? f.parts.front() : f;
    const Variable& v = s.variables[static_cast<std::size_t>(atom.variable)];
    const LevelMask named = framing::mask_of(atom.levels) & full(v);
    auto [at, fresh] = levels.emplace(atom.variable, full(v));
    at->second &= negated ? full(v) & ~named : named;
  }
  Forced forced;
  for (const auto& [v, mask] : levels) {
    const Variable& variable = s.variables[static_cast<std::size_t>(v)];
    if (mask == 0 || (one_level && std::popcount(mask) != 1)) {
      if (why != nullptr)
        *why = fmt::format("{} is left at {} levels; name one: {}", variable.id, std::popcount(mask),
                           fmt::join(variable.levels, ", "));
      return std::nullopt;
    }
    if (variable.kind == VariableKind::outcome) {
      if (why != nullptr) *why = fmt::format("{} follows from other things; set those", variable.row);
      return std::nullopt;
    }
    forced.emplace_back(v, mask);
  }
  return forced;
}

account::Account intervene(const Situation& situation, const Forced& forced) {
  return Patcher(situation, forced).account_of();
}

}  // namespace parley::questions
