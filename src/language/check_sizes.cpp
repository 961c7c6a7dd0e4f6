// SPDX-License-Identifier: MIT
// How large a condition becomes once it is written out: groups member by member, `at least n of` way by way,
// names by what they stand for. Counted, not written.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "language/checks.hpp"
#include "language/limits.hpp"

namespace parley::language {
namespace {

using account::Row;
using account::Value;
using expression::Argument;
using expression::Node;
using expression::Quantifier;
using expression::Tree;

constexpr double kBeyond = 1e15;  ///< no need to know how much more
constexpr int kDeepest = 48;      ///< names within names: circles have messages of their own

/// Subsets of `count` out of `members`.
double ways(double members, int count) {
  double product = 1;
  for (int k = 0; k < count && product < kBeyond; ++k) product = product * (members - k) / (k + 1);
  return product;
}

class Sizes {
 public:
  explicit Sizes(const Names& names) : names_(names) {}

  double of(const Tree& tree, int depth = 0) {
    if (tree.node == Node::comparison) return comparison(tree, 0, depth);
    double size = 1;
    for (const Tree& part : tree.parts) size = std::min(kBeyond, size + of(part, depth));
    return size;
  }

 private:
  /// The arguments from `from` on; an actor is one, a group its members.
  double comparison(const Tree& tree, std::size_t from, int depth) {
    for (std::size_t a = from; a < tree.subject.arguments.size(); ++a) {
      const Argument& argument = tree.subject.arguments[a];
      const double members = members_of(argument);
      if (members < 0) continue;
      const double each = comparison(tree, a + 1, depth);
      const int count = argument.count;
      if (argument.quantifier == Quantifier::at_least && count > 1)
        return count > members ? 1 : std::min(kBeyond, 1 + ways(members, count) * (1 + count * each));
      return std::min(kBeyond, 1 + members * each);
    }
    const Row* row = names_.find(tree.subject.name);
    return row == nullptr ? 1 : named(*row, depth);
  }

  /// -1: it is no group.
  double members_of(const Argument& argument) {
    const Row* row = names_.find(argument.name);
    if (row == nullptr || row->concept_name != "groups") return -1;
    const auto [known, fresh] = members_.emplace(row, 1);
    if (fresh)
      if (const auto members = names_.members({argument.name}))
        known->second = static_cast<double>(members->size());
    return known->second;
  }

  /// Of an outcome, a package or an objective what it stands for.
  double named(const Row& row, int depth) {
    if (depth > kDeepest) return 1;
    const auto known = named_.find(&row);
    if (known != named_.end()) return known->second;
    named_[&row] = 1;  // a circle ends here
    double size = 1;
    if (const Tree* when = row.concept_name == "outcomes" ? row.condition("when") : nullptr)
      size = of(*when, depth + 1);
    if (const Value* options = row.concept_name == "packages" ? row.value("options") : nullptr)
      size += static_cast<double>(options->keys.size());
    if (const Value* needs = row.concept_name == "objectives" ? row.value("needs") : nullptr)
      for (const Value& need : needs->items)
        if (need.tree) size += of(*need.tree, depth + 1);
    // What is too large itself is said where it stands, and not again wherever it is named.
    return named_[&row] = size > static_cast<double>(kConditionParts) ? 1 : size;
  }

  const Names& names_;
  std::unordered_map<const Row*, double> members_, named_;
};

/// Every condition of a value and of what it holds.
template <class Visit>
void each_condition(const Value& value, const Visit& visit) {
  if (value.tree) visit(*value.tree);
  for (const Value& item : value.items) each_condition(item, visit);
}

}  // namespace

double parts_in(const account::Account& account, const Names& names) {
  Sizes sizes(names);
  double sum = 0;
  for (const Row& row : account.rows)
    for (const account::Field& field : row.fields)
      each_condition(field.value, [&](const Tree& tree) { sum += sizes.of(tree); });
  return sum;
}

void check_sizes(const account::Account& account, const Names& names, Report& report) {
  Sizes sizes(names);
  double sum = 0;
  constexpr const char* kHint =
      "groups are written out member by member, and `at least n of` way by way: a smaller group, or fewer "
      "such "
      "words in one condition";
  const auto look = [&](const Tree& tree) {
    const double size = sizes.of(tree);
    if (size > static_cast<double>(kConditionParts)) {
      report.add(code::condition_too_large, tree.place,
                 size >= kBeyond
                     ? fmt::format("written out, this condition is larger than the limit of {} parts",
                                   kConditionParts)
                     : fmt::format("written out, this condition has {:.0f} parts; the limit is {}", size,
                                   kConditionParts),
                 kHint);
      return;
    }
    if (sum <= static_cast<double>(kAccountParts) && sum + size > static_cast<double>(kAccountParts))
      report.add(code::condition_too_large, tree.place,
                 fmt::format("up to here the conditions of the account have more than {} parts, written out",
                             kAccountParts),
                 kHint);
    sum += size;
  };
  for (const Row& row : account.rows) {
    report.keep_going();
    for (const account::Field& field : row.fields) each_condition(field.value, look);
  }
}

}  // namespace parley::language
