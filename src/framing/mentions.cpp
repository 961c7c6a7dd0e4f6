// SPDX-License-Identifier: MIT
#include "framing/mentions.hpp"

#include <algorithm>

namespace parley::framing {
namespace {

using account::Row;

/// Does a condition bear on the variable, by name or through an outcome?
bool bears_on(const Situation& s, const expression::Tree* tree, int variable) {
  const auto bound = tree == nullptr ? std::nullopt : bind(s, *tree);
  if (!bound) return false;
  const auto touches = [variable](const Formula& formula) {
    const auto touched = expression::touched(formula);
    return std::find(touched.begin(), touched.end(), variable) != touched.end();
  };
  if (touches(*bound)) return true;
  const auto direct = expression::touched(*bound);
  return std::any_of(s.outcomes.begin(), s.outcomes.end(), [&](const auto& outcome) {
    return std::find(direct.begin(), direct.end(), outcome.first) != direct.end() && touches(outcome.second);
  });
}

class Mention {
 public:
  Mention(const Situation& s, int variable)
      : s_(s), variable_(variable), id_(s.variables[static_cast<std::size_t>(variable)].id) {}

  [[nodiscard]] bool in(const Row& row) const {
    const auto& c = row.concept_name;
    if (c == "objectives") {
      const account::Value* needs = row.value("needs");
      return needs != nullptr && std::any_of(needs->items.begin(), needs->items.end(), [&](const auto& need) {
               return bears_on(s_, need.tree.get(), variable_);
             });
    }
    if (c == "commitments")
      return std::any_of(std::begin(kConditions), std::end(kConditions),
                         [&](const char* field) { return bears_on(s_, row.condition(field), variable_); });
    if (c == "saliences") return weighed(row);
    if (c == "positions") return packaged(row.text("on"));
    return c == "orderings" && (is(row.text("more")) || is(row.text("less")));
  }

 private:
  static constexpr const char* kConditions[] = {"will", "may", "if", "only_if"};

  /// Rows name an outcome without the word before the colon.
  [[nodiscard]] bool is(const std::string& name) const { return name == id_ || "outcome:" + name == id_; }
  [[nodiscard]] bool weighed(const Row& row) const {
    if (const account::Value* weights = row.value("weights"))
      if (std::any_of(weights->keys.begin(), weights->keys.end(), [&](const auto& key) { return is(key); }))
        return true;
    const account::Value* order = row.value("order");
    return order != nullptr && std::any_of(order->tiers.begin(), order->tiers.end(), [&](const auto& tier) {
             return std::any_of(tier.begin(), tier.end(), [&](const auto& name) { return is(name); });
           });
  }
  [[nodiscard]] bool packaged(const std::string& on) const {
    const Row* package = s_.row(on);
    const account::Value* options = package == nullptr ? nullptr : package->value("options");
    return options != nullptr &&
           std::any_of(options->keys.begin(), options->keys.end(), [&](const auto& key) { return is(key); });
  }

  const Situation& s_;
  int variable_;
  const std::string& id_;
};

}  // namespace

std::vector<std::string> rows_naming(const Situation& s, const std::string& actor, int variable) {
  std::vector<std::string> rows;
  const Mention mention(s, variable);
  for (const Row& row : s.account.rows) {
    const auto who = s.members(row.text(row.concept_name == "orderings" ? "seen_by" : "by"));
    if (std::find(who.begin(), who.end(), actor) != who.end() && mention.in(row)) rows.push_back(row.id);
  }
  return rows;
}

}  // namespace parley::framing
