// SPDX-License-Identifier: MIT
#include "account/implied.hpp"

#include <string>
#include <unordered_set>
#include <utility>

namespace parley::account {
namespace {

class Implied {
 public:
  explicit Implied(const Account& account) {
    for (const Row& row : account.rows) known_.insert(row.id);
    for (const Row& row : account.rows)
      if (row.concept_name == "mechanisms") mechanism(row);
  }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  void mechanism(const Row& row) {
    if (const expression::Tree* cause = row.condition("cause")) condition(row, *cause);
    for (const char* effect : {"raises", "lowers", "moves"})
      if (const Value* value = row.value(effect))
        for (const Value& item : value->items)
          if (!item.tree) add(row, item.text, item.place);  // `name(who, whom)` is a relation, never implied
  }

  void condition(const Row& row, const expression::Tree& tree) {
    using expression::Verb;
    for (const expression::Tree& part : tree.parts) condition(row, part);
    if (tree.node != expression::Node::comparison || !tree.subject.arguments.empty()) return;
    if (tree.verb == Verb::holds || tree.verb == Verb::rises || tree.verb == Verb::falls)
      add(row, tree.subject.name, tree.subject.place);
  }

  void add(const Row& user, const std::string& name, Place place) {
    if (!known_.insert(name).second) return;
    Row row;
    row.concept_name = "quantities";
    row.id = name;
    row.origin = user.origin;
    row.place = place;
    row.made = true;
    rows_.push_back(std::move(row));
  }

  std::unordered_set<std::string> known_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<Row> implied_rows(const Account& account) { return Implied(account).take(); }

}  // namespace parley::account
