// SPDX-License-Identifier: MIT
// Conditions against the variables that they name.
#include <fmt/format.h>

#include <charconv>

#include "language/checks.hpp"

namespace parley::language {
namespace {

using account::Row;
using account::Value;
using expression::Subject;
using expression::Tree;
using expression::Verb;

bool orders(Verb verb) {
  return verb == Verb::at_least || verb == Verb::at_most || verb == Verb::more_than ||
         verb == Verb::less_than;
}

const char* verb_words(Verb verb) {
  switch (verb) {
    case Verb::at_least:
      return "at least";
    case Verb::at_most:
      return "at most";
    case Verb::more_than:
      return "more than";
    case Verb::less_than:
      return "less than";
    case Verb::rises:
      return "rises";
    case Verb::falls:
      return "falls";
    case Verb::failed:
      return "failed";
    case Verb::agreed:
      return "agreed";
    case Verb::is_not:
      return "is not";
    default:
      return "is";
  }
}

bool is_number(std::string_view text) {
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

Place name_place(const Subject& subject) {
  Place place = subject.place;
  place.length = static_cast<std::uint32_t>(subject.name.size());
  return place;
}

void check_argument(const expression::Argument& argument, const Names& names, Report& report) {
  using expression::Quantifier;
  const bool quantified = argument.quantifier != Quantifier::none;
  const Row* row =
      look_up(argument.name, argument.place,
              quantified ? account::to_group : account::to_actor | account::to_group, names, report);
  if (row != nullptr && !quantified && row->concept_name == "groups")
    report.add(code::bare_group, argument.place,
               fmt::format("`{}` is a group: all of it, or any of it?", argument.name),
               fmt::format("write `every {0}`, `any {0}` or `at least 2 of {0}`", argument.name));
}

/// The two actors of a relation: known, and among those that the relation lists.
void check_pair(const Subject& subject, const Row& relation, const Names& names, Report& report) {
  if (subject.arguments.size() != 2) {
    report.add(code::wrong_arity, subject.place,
               fmt::format("the relation `{}` stands between two actors, found {}", subject.name,
                           subject.arguments.size()),
               fmt::format("write `{}(who, whom)`", subject.name));
    return;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& argument = subject.arguments[i];
    check_argument(argument, names, report);
    if (names.find(argument.name) == nullptr) continue;
    const char* side = i == 0 ? "who" : "whom";
    if (const auto actor = names.outsider({argument.name}, relation.names(side)))
      report.add(
          code::not_in_relation, argument.place,
          fmt::format("`{}` is not listed under `{}` of the relation `{}`", *actor, side, subject.name),
          fmt::format("add it to `{}` of `{}`", side, subject.name));
  }
}

void check_comparison(const Tree& tree, bool bare, const Names& names, Report& report) {
  const Subject& subject = tree.subject;
  const unsigned wanted = account::to_variable | account::to_condition | account::to_objective;
  const Row* row = look_up(subject.name, name_place(subject), wanted, names, report);
  if (row == nullptr) return;
  const bool condition = (Names::kind(*row) & (account::to_condition | account::to_objective)) != 0;
  if (!condition) {
    if (check_variable(subject, names, report) == nullptr) return;
    if (tree.verb != Verb::holds) {
      check_predicate(tree, *row, report);
    } else if (!bare && row->concept_name != "relations") {
      const Domain domain = Names::domain(*row);
      const std::string example = domain.levels.empty() ? "more than 5" : "is " + domain.levels.back();
      report.add(code::bare_variable, tree.place,
                 fmt::format("`{}` is {}: what about it?", subject.name, Names::kind_words(*row)),
                 fmt::format("write, for example, `{} {}`", subject.name, example));
    }
    return;
  }
  if (!subject.arguments.empty())
    report.add(code::wrong_arity, subject.place, fmt::format("`{}` takes no brackets", subject.name),
               fmt::format("write `{}`", subject.name));
  const bool talks = row->concept_name == "talks";
  if (talks ? tree.verb != Verb::failed && tree.verb != Verb::agreed : tree.verb != Verb::holds)
    report.add(
        code::wrong_verb, tree.place,
        talks ? fmt::format("talks can have failed or agreed, and nothing else is said of `{}`", subject.name)
              : fmt::format("`{}` is {} and stands alone, without `{}`", subject.name,
                            Names::kind_words(*row), verb_words(tree.verb)),
        talks ? fmt::format("write `{0} failed` or `{0} agreed`", subject.name)
              : fmt::format("write `{0}` or `not {0}`", subject.name));
}

}  // namespace

const Row* check_variable(const Subject& subject, const Names& names, Report& report) {
  const Row* row = look_up(subject.name, name_place(subject), account::to_variable, names, report);
  if (row == nullptr) return nullptr;
  if (row->concept_name == "relations") {
    check_pair(subject, *row, names, report);
  } else if (!subject.arguments.empty()) {
    report.add(code::wrong_arity, subject.place,
               fmt::format("`{}` is {} and takes no brackets", subject.name, Names::kind_words(*row)),
               fmt::format("write `{}`", subject.name));
    return nullptr;
  }
  return row;
}

const Row* check_variable(const Value& name, const Names& names, Report& report) {
  if (name.tree) return check_variable(name.tree->subject, names, report);
  Subject subject;
  subject.name = name.text;
  subject.place = name.place;
  return check_variable(subject, names, report);
}

void check_level(const Row& variable, const std::string& level, Place place, Report& report) {
  // Where its levels could not be read, what is no level follows from that.
  for (const char* field : {"levels", "choices"})
    if (report.is_quiet(failed_field(variable.id, field))) return;
  const Domain domain = Names::domain(variable);
  if (domain.kind == Domain::Kind::number) {
    if (!is_number(level) && report.first("level:" + variable.id + "\n" + level))
      report.add(code::unknown_level, place,
                 fmt::format("`{}` is {} and takes numbers, found `{}`", variable.id,
                             Names::kind_words(variable), level),
                 "write a number, or `rises` or `falls`; what has named levels is an issue");
    return;
  }
  if (domain.has(level) || domain.levels.empty()) return;  // without levels, that has been reported
  if (!report.first("level:" + variable.id + "\n" + level)) return;
  report.add(code::unknown_level, place, fmt::format("`{}` has no level `{}`", variable.id, level),
             did_you_mean(level, domain.levels, "its levels are " + word_list(domain.levels, "and")));
}

void check_predicate(const Tree& tree, const Row& variable, Report& report) {
  const Domain domain = Names::domain(variable);
  if (tree.verb == Verb::failed || tree.verb == Verb::agreed) {
    report.add(
        code::wrong_verb, tree.place,
        fmt::format("only talks can have {}, and `{}` is {}", verb_words(tree.verb), variable.id,
                    Names::kind_words(variable)),
        domain.levels.empty() ? "" : fmt::format("its levels are {}", word_list(domain.levels, "and")));
    return;
  }
  const bool moves = tree.verb == Verb::rises || tree.verb == Verb::falls;
  if (domain.kind == Domain::Kind::choices && (orders(tree.verb) || moves)) {
    report.add(code::unordered_comparison, tree.place,
               fmt::format("`{}` has choices without an order, so `{}` says nothing of it", variable.id,
                           verb_words(tree.verb)),
               fmt::format("write `is` and one of {}, or list them as `levels:`", word_list(domain.levels)));
    return;
  }
  for (const expression::Operand& operand : tree.operands)
    check_level(variable, operand.text, operand.place, report);
}

void check_condition(const Tree& tree, bool bare, const Names& names, Report& report) {
  if (report.full()) return;
  if (tree.node == expression::Node::comparison) {
    check_comparison(tree, bare, names, report);
    return;
  }
  if (tree.node == expression::Node::ever || tree.node == expression::Node::lasting)
    report.add(code::not_read, tree.place,
               fmt::format(
                   "no lens reads `{}` yet: nothing here runs through time, and the row is left out of "
                   "what is worked out",
                   tree.node == expression::Node::ever
                       ? "ever"
                       : fmt::format("for {} {}{}", tree.duration, tree.unit, tree.duration == 1 ? "" : "s")),
               "leave the words out to have the condition read as it stands at one moment");
  for (const Tree& part : tree.parts) check_condition(part, bare, names, report);
}

}  // namespace parley::language
