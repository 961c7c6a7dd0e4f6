// SPDX-License-Identifier: MIT
// The inner half of the parser: subjects, verbs, values, durations, phrases.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "expression/parser.hpp"

namespace parley::expression {
namespace {

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string singular_unit(const std::string& word) {
  for (const char* unit : {"day", "week", "month", "year"})
    if (word == unit || word == std::string(unit) + "s") return unit;
  return {};
}

}  // namespace

Subject Parser::subject() {
  const Token first = now();
  Subject result;
  result.name = first.text;
  step();
  if (is(now(), "(")) {
    const Token open = now();
    step();
    do {
      auto one = argument();
      if (!one) break;
      result.arguments.push_back(std::move(*one));
    } while (take(","));
    close_bracket(open);
  }
  result.place = span_from(first);
  return result;
}

std::optional<Argument> Parser::argument() {
  count();
  const Token first = now();
  Argument result;
  if (take("every") || take("any")) {
    result.quantifier = is(first, "every") ? Quantifier::every : Quantifier::any;
    take("of");
  } else if (take("at")) {
    result.quantifier = Quantifier::at_least;
    if (!take("least")) {
      expected("`least` after `at`", "write `at least 2 of GROUP`");
      return std::nullopt;
    }
    const auto number = now().kind == Token::Kind::word ? number_of(now().text) : std::nullopt;
    if (!number || *number < 1 || *number > 1000 || *number != std::floor(*number)) {
      expected("a whole number from 1 to 1000 after `at least`");
      return std::nullopt;
    }
    result.count = static_cast<int>(*number);
    step();
    if (!take("of")) {
      expected("`of` and a group", fmt::format("write `at least {} of GROUP`", result.count));
      return std::nullopt;
    }
  }
  if (!free_word(now()) || !is_name(now().text)) {
    expected(result.quantifier == Quantifier::none ? "a name" : "the name of a group");
    return std::nullopt;
  }
  result.name = now().text;
  step();
  result.place = span_from(first);
  return result;
}

std::optional<Verb> Parser::order_verb() {
  static constexpr std::pair<std::string_view, Verb> kSigns[] = {
      {">=", Verb::at_least}, {"<=", Verb::at_most}, {">", Verb::more_than}, {"<", Verb::less_than}};
  for (const auto& [sign, verb] : kSigns)
    if (take(sign)) return verb;
  if (take("at")) {
    if (take("least")) return Verb::at_least;
    if (take("most")) return Verb::at_most;
    expected("`least` or `most` after `at`", "write `at least` or `at most`");
    return Verb::at_least;
  }
  const bool more = is(now(), "more");
  if (more || is(now(), "less")) {
    step();
    if (!take("than")) expected("`than`", more ? "write `more than`" : "write `less than`");
    return more ? Verb::more_than : Verb::less_than;
  }
  return std::nullopt;
}

bool Parser::predicate(Tree& tree) {
  if (!begins_verb(now())) return false;
  // A phrase has no subject that could have agreed: there the word is a level.
  if (tree.subject.name.empty() && is(now(), "agreed")) return false;
  static constexpr std::pair<std::string_view, Verb> kBare[] = {
      {"rises", Verb::rises}, {"falls", Verb::falls}, {"failed", Verb::failed}, {"agreed", Verb::agreed}};
  for (const auto& [word, verb] : kBare)
    if (take(word)) {
      tree.verb = verb;
      return true;
    }
  const Token verb = now();
  if (const auto order = order_verb()) {
    tree.verb = *order;
    one_value(tree, fmt::format("{}", verb.text == "at" ? "`at least` or `at most`" : "the comparison"));
    return true;
  }
  if (is(verb, "==")) problem(verb, "`==` is no word of the language", "write `is`");
  if (is(verb, "!=")) problem(verb, "`!=` is no word of the language", "write `is not`");
  step();
  tree.verb = is(verb, "!=") ? Verb::is_not : Verb::is;
  predicate_after_is(tree);
  return true;
}

void Parser::predicate_after_is(Tree& tree) {
  if (const auto order = order_verb()) {  // "is at least" reads as "at least"
    tree.verb = *order;
    one_value(tree, "the comparison");
    return;
  }
  if (take("not")) tree.verb = Verb::is_not;
  values(tree);
}

/// value ("or" value)*; the word after an `or` is another value unless a verb or a bracket follows it.
void Parser::values(Tree& tree) {
  if (!one_value(tree, "`is`")) return;
  while (is(now(), "or") && free_word(ahead(1)) && !begins_verb(ahead(2)) && !is(ahead(2), "(")) {
    step();
    if (!one_value(tree, "`or`")) return;
  }
}

bool Parser::one_value(Tree& tree, std::string_view after) {
  if (stopped_) return false;
  if (!free_word(now())) {
    expected(fmt::format("a level, a choice or a number after {}", after));
    resync();
    return false;
  }
  count();
  if (stopped_) return false;
  tree.operands.push_back({now().text, place(now())});
  step();
  return true;
}

void Parser::duration(Tree& tree) {
  if (take("at")) take("least");  // "for at least 4 weeks" reads as "for 4 weeks"
  const auto number = now().kind == Token::Kind::word ? number_of(now().text) : std::nullopt;
  if (!number || *number <= 0 || *number > kLongestDuration) {
    expected("a number of days, weeks, months or years after `for`", "write, for example, `for 4 weeks`");
    resync();
    return;
  }
  tree.duration = *number;
  step();
  tree.unit = singular_unit(now().lower);
  if (tree.unit.empty()) {
    expected("`days`, `weeks`, `months` or `years`", "write, for example, `for 4 weeks`");
    resync();
    return;
  }
  step();
}

Tree Parser::phrase() {
  const Token first = now();
  Tree tree;
  count();
  if (take("not")) {
    tree.verb = Verb::is_not;
    values(tree);
  } else if (!predicate(tree)) {
    tree.verb = Verb::is;
    values(tree);
  }
  tree.place = span_from(first);
  return tree;
}

Parsed Parser::phrase_alone() {
  Tree tree = phrase();
  if (!at_end() && !stopped_ && problems_.empty()) {
    const std::string written = tree.operands.empty() ? "" : tree.operands.back().text;
    std::string hint =
        "the field takes one comparison without its subject, such as `a or b`, `not a` or `at least a`";
    if (is(now(), "is"))
      hint =
          fmt::format("leave the subject out: write `{}`", ahead(1).text.empty() ? "a level" : ahead(1).text);
    if (is(now(), "and")) hint = "write a second row, or list what is wanted: `a or b`";
    expected(fmt::format("the end after `{}`", written), std::move(hint));
  }
  return finish(std::move(tree));
}

ParsedSubject Parser::subject_alone() {
  ParsedSubject result;
  Subject read;
  if (!free_word(now()) || !is_name(now().text)) {
    expected("a name");
  } else {
    read = subject();
    if (!at_end() && !stopped_) expected(fmt::format("the end after `{}`", to_text(read)));
  }
  result.problems = std::move(problems_);
  if (result.problems.empty()) result.subject = std::move(read);
  return result;
}

}  // namespace parley::expression
