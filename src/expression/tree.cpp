// SPDX-License-Identifier: MIT
#include "expression/tree.hpp"

#include <fmt/format.h>

namespace parley::expression {
namespace {

std::string argument_text(const Argument& argument) {
  switch (argument.quantifier) {
    case Quantifier::none:
      return argument.name;
    case Quantifier::every:
      return "every " + argument.name;
    case Quantifier::any:
      return "any " + argument.name;
    case Quantifier::at_least:
      return fmt::format("at least {} of {}", argument.count, argument.name);
  }
  return argument.name;
}

std::string values_text(const Tree& tree) {
  std::string text;
  for (const Operand& operand : tree.operands) text += (text.empty() ? "" : " or ") + operand.text;
  return text;
}

std::string comparison_text(const Tree& tree) {
  const bool phrase = tree.subject.name.empty();
  const std::string subject = to_text(tree.subject);
  const std::string before = phrase ? "" : subject + " ";
  switch (tree.verb) {
    case Verb::holds:
      return subject;
    case Verb::is:
      return before + (phrase ? "" : "is ") + values_text(tree);
    case Verb::is_not:
      return before + (phrase ? "not " : "is not ") + values_text(tree);
    case Verb::at_least:
      return before + "at least " + values_text(tree);
    case Verb::at_most:
      return before + "at most " + values_text(tree);
    case Verb::more_than:
      return before + "more than " + values_text(tree);
    case Verb::less_than:
      return before + "less than " + values_text(tree);
    case Verb::rises:
      return before + "rises";
    case Verb::falls:
      return before + "falls";
    case Verb::failed:
      return before + "failed";
    case Verb::agreed:
      return before + "agreed";
  }
  return subject;
}

bool compound(const Tree& tree) { return tree.node == Node::all || tree.node == Node::any; }

std::string bracketed(const Tree& tree) { return "(" + to_text(tree) + ")"; }

/// Does the text of the tree begin with a bare name, which after `is a or` would read as one more value?
bool begins_bare(const Tree& tree) {
  switch (tree.node) {
    case Node::comparison:
      return tree.verb == Verb::holds && tree.subject.arguments.empty();
    case Node::all:
      return !compound(tree.parts.front()) && begins_bare(tree.parts.front());
    case Node::lasting:
      return tree.parts.front().node == Node::comparison && begins_bare(tree.parts.front());
    default:
      return false;
  }
}

/// Does the text of the tree end in a list of values that a following `or` would lengthen?
bool ends_in_values(const Tree& tree) {
  switch (tree.node) {
    case Node::comparison:
      return tree.verb == Verb::is || tree.verb == Verb::is_not;
    case Node::all:
    case Node::negation:
    case Node::ever:
      return !compound(tree.parts.back()) && ends_in_values(tree.parts.back());
    default:
      return false;
  }
}

std::string joined_text(const Tree& tree) {
  std::string text;
  const bool any = tree.node == Node::any;
  for (std::size_t i = 0; i < tree.parts.size(); ++i) {
    const Tree& part = tree.parts[i];
    const bool brackets = part.node == tree.node || part.node == Node::any ||
                          (any && i > 0 && begins_bare(part) && ends_in_values(tree.parts[i - 1]));
    if (i > 0) text += any ? " or " : " and ";
    text += brackets ? bracketed(part) : to_text(part);
  }
  return text;
}

}  // namespace

std::string to_text(const Subject& subject) {
  if (subject.arguments.empty()) return subject.name;
  std::string text;
  for (const Argument& argument : subject.arguments)
    text += (text.empty() ? "" : ", ") + argument_text(argument);
  return subject.name + "(" + text + ")";
}

std::string to_text(const Tree& tree) {
  switch (tree.node) {
    case Node::comparison:
      return comparison_text(tree);
    case Node::all:
    case Node::any:
      return joined_text(tree);
    case Node::negation:
    case Node::ever: {
      const Tree& part = tree.parts.front();
      return (tree.node == Node::ever ? "ever " : "not ") +
             (compound(part) ? bracketed(part) : to_text(part));
    }
    case Node::lasting: {
      const Tree& part = tree.parts.front();
      return fmt::format("{} for {} {}{}", part.node == Node::comparison ? to_text(part) : bracketed(part),
                         tree.duration, tree.unit, tree.duration == 1 ? "" : "s");
    }
  }
  return {};
}

}  // namespace parley::expression
