// SPDX-License-Identifier: MIT
// Words to variables: the surface tree of a condition becomes a formula over the situation's variables.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "framing/limits.hpp"
#include "framing/situation.hpp"

namespace parley::framing {
namespace {

using expression::Argument;
using expression::Node;
using expression::Quantifier;
using expression::Tree;
using expression::Verb;

constexpr int kDeepestName = 16;     ///< named conditions within named conditions
constexpr int kMostQuantified = 16;  ///< members in "at least n of"

std::size_t size_of(const Formula& formula) {
  std::size_t size = 1;
  for (const Formula& part : formula.parts) size += size_of(part);
  return size;
}

/// Parts that a list may have and still be written out.
class Budget {
 public:
  /// False: too many.
  bool take(const Formula& formula) { return (used_ += size_of(formula)) <= kMostParts; }

 private:
  std::size_t used_ = 1;
};

class Binder {
 public:
  Binder(const Situation& s, std::string* why) : s_(s), why_(why) {}
  std::optional<Formula> tree(const Tree& t, int depth);

 private:
  std::optional<Formula> fail(std::string reason) {
    if (why_ != nullptr && why_->empty()) *why_ = std::move(reason);
    return std::nullopt;
  }
  /// Whatever else was said before: this is why.
  std::optional<Formula> too_large() {
    beyond_ = true;
    if (why_ != nullptr)
      *why_ = fmt::format("it has more than {} parts once groups and names are written out", kMostParts);
    return std::nullopt;
  }
  std::optional<Formula> parts(const Tree& t, int depth, bool all);
  std::optional<Formula> comparison(const Tree& t, int depth);
  std::optional<Formula> quantified(const Tree& t, std::size_t argument, int depth);
  std::optional<Formula> named(const Tree& t, int depth);
  std::optional<Formula> needs(const account::Value& conditions, int depth);

  const Situation& s_;
  std::string* why_;
  bool beyond_ = false;  ///< some part was too large: no other way to read it is looked for
};

std::optional<Formula> Binder::tree(const Tree& t, int depth) {
  if (depth > kDeepestName) return fail("named conditions that name each other");
  switch (t.node) {
    case Node::all:
      return parts(t, depth, true);
    case Node::any:
      return parts(t, depth, false);
    case Node::ever:
      return fail("`ever` is not read: nothing here runs through time");
    case Node::lasting:
      return fail(fmt::format("`for {} {}{}` is not read: nothing here runs through time", t.duration, t.unit,
                              t.duration == 1 ? "" : "s"));
    case Node::negation: {
      auto inner = tree(t.parts.at(0), depth);
      if (!inner) return inner;
      return Formula::negation(std::move(*inner));
    }
    case Node::comparison:
      return comparison(t, depth);
  }
  return fail("an unknown kind of condition");
}

std::optional<Formula> Binder::parts(const Tree& t, int depth, bool all) {
  std::vector<Formula> list;
  Budget budget;
  for (const Tree& part : t.parts) {
    auto bound = tree(part, depth);
    if (!bound) return bound;
    if (!budget.take(*bound)) return too_large();
    list.push_back(std::move(*bound));
  }
  return all ? Formula::all(std::move(list)) : Formula::any(std::move(list));
}

/// How many parts `at_least` makes of them, as a floating-point number: it may be very many.
double at_least_size(const std::vector<Formula>& each, int count) {
  const auto n = static_cast<double>(each.size());
  double ways = 1, inner = 0;
  for (int k = 0; k < count; ++k) ways = ways * (n - k) / (k + 1);
  for (const Formula& formula : each) inner += static_cast<double>(size_of(formula));
  return 1 + ways * (1 + inner * count / n);
}

/// Exactly those ways in which `count` of the conditions hold together; with more holding, one of the ways
/// does too.
Formula at_least(const std::vector<Formula>& each, int count) {
  std::vector<Formula> ways;
  for (unsigned subset = 0; subset < (1U << each.size()); ++subset) {
    if (std::popcount(subset) != count) continue;
    std::vector<Formula> together;
    for (std::size_t i = 0; i < each.size(); ++i)
      if (subset >> i & 1U) together.push_back(each[i]);
    ways.push_back(Formula::all(std::move(together)));
  }
  return Formula::any(std::move(ways));
}

std::optional<Formula> Binder::quantified(const Tree& t, std::size_t argument, int depth) {
  const Argument& a = t.subject.arguments[argument];
  std::vector<Formula> each;
  Budget budget;
  for (const auto& member : s_.members(a.name)) {
    Tree copy = t;
    copy.subject.arguments[argument] = Argument{Quantifier::none, 0, member, a.place};
    auto bound = comparison(copy, depth + 1);
    if (beyond_ || (bound && !budget.take(*bound))) return too_large();
    if (bound)
      each.push_back(std::move(*bound));  // a pair that is no variable (itself with itself) drops out
  }
  if (each.empty()) return fail(fmt::format("'{}' has no member here", a.name));
  const Quantifier q = a.quantifier == Quantifier::none ? Quantifier::every : a.quantifier;
  if (q == Quantifier::every) {
    // Members that the account cannot name: `every` is never proved.
    if (s_.open_group(a.name))
      return fail(fmt::format("'every {}' cannot be decided: the group is open", a.name));
    return Formula::all(std::move(each));
  }
  if (q == Quantifier::any || a.count <= 1) return Formula::any(std::move(each));
  if (a.count > static_cast<int>(each.size())) return Formula::constant(false);
  if (each.size() > kMostQuantified) return fail("'at least n of' over too many members");
  if (at_least_size(each, a.count) > static_cast<double>(kMostParts)) return too_large();
  return at_least(each, a.count);
}

/// An objective is met where all that it needs holds.
std::optional<Formula> Binder::needs(const account::Value& conditions, int depth) {
  std::vector<Formula> list;
  Budget budget;
  for (const account::Value& item : conditions.items) {
    auto bound = item.tree ? tree(*item.tree, depth + 1) : std::nullopt;
    if (!bound) return bound;
    if (!budget.take(*bound)) return too_large();
    list.push_back(std::move(*bound));
  }
  return Formula::all(std::move(list));
}

std::optional<Formula> Binder::named(const Tree& t, int depth) {
  const account::Row* row = s_.row(t.subject.name);
  if (row == nullptr) return fail(fmt::format("'{}' is not a variable or a named condition", t.subject.name));
  std::optional<Formula> bound;
  if (row->concept_name == "outcomes" && row->condition("when") != nullptr)
    bound = tree(*row->condition("when"), depth + 1);
  else if (row->concept_name == "packages" && row->value("options") != nullptr)
    bound = bind_options(s_, *row->value("options"), why_);
  else if (row->concept_name == "objectives" && row->value("needs") != nullptr)
    bound = needs(*row->value("needs"), depth);
  else
    return fail(fmt::format("'{}' is no condition that this lens can read", t.subject.name));
  if (bound && t.verb == Verb::is_not) return Formula::negation(std::move(*bound));
  return bound;
}

std::optional<Formula> Binder::comparison(const Tree& t, int depth) {
  if (depth > 2 * kDeepestName) return fail("groups within groups too deep");
  for (std::size_t a = 0; a < t.subject.arguments.size(); ++a) {
    const Argument& argument = t.subject.arguments[a];
    const account::Row* row = s_.row(argument.name);
    if (argument.quantifier != Quantifier::none || (row != nullptr && row->concept_name == "groups"))
      return quantified(t, a, depth);
  }
  std::string id = t.subject.name;
  for (std::size_t a = 0; a < t.subject.arguments.size(); ++a)
    id += (a == 0 ? "(" : ", ") + t.subject.arguments[a].name;
  if (!t.subject.arguments.empty()) id += ")";
  const int v = s_.variable(id);
  if (v < 0) return named(t, depth);
  auto levels = bind_phrase(s_.variables[static_cast<std::size_t>(v)], t, why_);
  if (!levels) return std::nullopt;
  return Formula::atom(v, std::move(*levels));
}

/// Levels on one side of the named ones. Where a scale is split, "at least" starts at the lower half and "at
/// most" ends at the upper one.
LevelSet side(const Variable& v, const LevelSet& named, Verb verb) {
  int low = v.size(), high = -1;
  for (int l = 0; l < v.size(); ++l)
    if (named.has(l)) {
      low = std::min(low, l);
      high = std::max(high, l);
    }
  LevelSet set(v.size());
  for (int l = 0; l < v.size(); ++l) {
    const bool in = verb == Verb::at_least    ? l >= low
                    : verb == Verb::at_most   ? l <= high
                    : verb == Verb::more_than ? l > high
                                              : l < low;
    if (in) set.add(l);
  }
  return set;
}

LevelSet single(const Variable& v, int level) {
  LevelSet set(v.size());
  set.add(level);
  return set;
}

/// What quantities and talks mean by a bare name, `rises`, `falls` and `failed`; nothing for every other
/// phrase.
std::optional<LevelSet> special(const Variable& v, Verb verb) {
  if (v.kind == VariableKind::talks && verb == Verb::failed) return single(v, kFailed);
  if (v.kind == VariableKind::talks && (verb == Verb::holds || verb == Verb::agreed))
    return single(v, kAgreed);
  if (v.kind == VariableKind::quantity && (verb == Verb::rises || verb == Verb::holds))
    return single(v, kRises);
  if (v.kind == VariableKind::quantity && verb == Verb::falls) return single(v, kFalls);
  return std::nullopt;
}

}  // namespace

std::optional<LevelSet> bind_phrase(const Variable& v, const expression::Tree& t, std::string* why) {
  const auto fail = [&](std::string reason) -> std::optional<LevelSet> {
    if (why != nullptr && why->empty()) *why = std::move(reason);
    return std::nullopt;
  };
  if (t.node != Node::comparison) {
    LevelSet set(v.size(), t.node != Node::any);
    for (const Tree& part : t.parts) {
      auto inner = bind_phrase(v, part, why);
      if (!inner) return inner;
      if (t.node == Node::negation) inner = inner->complement();
      for (int l = 0; l < v.size(); ++l) {
        if (t.node == Node::any && inner->has(l)) set.add(l);
        if (t.node != Node::any && !inner->has(l)) set.remove(l);
      }
    }
    return set;
  }
  if (auto meant = special(v, t.verb)) return meant;
  if (t.verb == Verb::failed || t.verb == Verb::agreed)
    return fail(fmt::format("only talks fail or agree, and {} is none", v.id));
  if (t.verb == Verb::rises || t.verb == Verb::falls || t.verb == Verb::holds) {
    if (!v.ordered || !v.known()) return fail(fmt::format("'{}' has no stated start to move from", v.id));
    return side(v, v.now, t.verb == Verb::falls ? Verb::less_than : Verb::more_than);
  }
  LevelSet named(v.size());
  for (const auto& operand : t.operands) {
    const LevelSet each = levels_named(v, operand.text);
    if (each.count() == 0)
      return fail(fmt::format("'{}' is not a level of {} that this lens knows", operand.text, v.id));
    for (int l = 0; l < v.size(); ++l)
      if (each.has(l)) named.add(l);
  }
  if (named.count() == 0) return fail(fmt::format("no level of {} is named", v.id));
  if (t.verb == Verb::is) return named;
  if (t.verb == Verb::is_not) return named.complement();
  if (!v.ordered) return fail(fmt::format("the choices of {} have no order", v.id));
  return side(v, named, t.verb);
}

std::optional<Formula> bind(const Situation& situation, const expression::Tree& tree, std::string* why) {
  return Binder(situation, why).tree(tree, 0);
}

std::optional<Formula> bind_options(const Situation& s, const account::Value& options, std::string* why) {
  std::vector<Formula> list;
  for (std::size_t i = 0; i < options.keys.size(); ++i) {
    const int v = s.variable(options.keys[i]);
    const LevelSet named =
        v < 0 ? LevelSet() : levels_named(s.variables[static_cast<std::size_t>(v)], options.items[i].text);
    if (named.count() == 0) {
      if (why != nullptr)
        *why = fmt::format("'{}: {}' is not an option", options.keys[i], options.items[i].text);
      return std::nullopt;
    }
    list.push_back(Formula::atom(v, named));
  }
  return Formula::all(std::move(list));
}

}  // namespace parley::framing
