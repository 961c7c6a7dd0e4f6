// SPDX-License-Identifier: MIT
#include "expression/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/characters.hpp"
#include "expression/nearest.hpp"

namespace parley::expression {
namespace {

Tree joined(Node node, std::vector<Tree> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Tree tree;
  tree.node = node;
  tree.parts = std::move(parts);
  return tree;
}

std::string found_text(const Token& token) {
  return token.kind == Token::Kind::end ? std::string("the end") : fmt::format("`{}`", token.text);
}

/// What a word says of talks: that they failed, or that they agreed; empty of other words.
std::string_view end_of_talks(std::string_view word) {
  for (const auto& [begins, end] : {std::pair<std::string_view, std::string_view>{"fail", "failed"},
                                    {"collaps", "failed"},
                                    {"succe", "agreed"},
                                    {"reached", "agreed"},
                                    {"concluded", "agreed"},
                                    {"agree", "agreed"}})
    if (word.starts_with(begins)) return end;
  return "";
}

}  // namespace

Parser::Parser(std::string_view text, Place start) : start_(start) {
  if (code_points(text) > kLongestExpression) {
    tokens_.push_back({});
    stop(fmt::format("the expression is longer than {} characters", kLongestExpression),
         "name parts of it under `outcomes:` and use the names here");
    return;
  }
  tokens_ = tokens_of(text);
}

// --- tokens

const Token& Parser::ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }

bool Parser::free_word(const Token& token) {
  return token.kind == Token::Kind::word && !is_reserved(token.text);
}

bool Parser::begins_verb(const Token& token) {
  static constexpr std::string_view kVerbs[] = {
      "is", "at", "more", "less", "rises", "falls", "failed", "agreed",
      ">=", "<=", ">",    "<",    "=",     "==",    "!="};
  return std::find(std::begin(kVerbs), std::end(kVerbs), token.lower) != std::end(kVerbs);
}

bool Parser::at_any(std::initializer_list<std::string_view> texts) const {
  return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) { return is(now(), text); });
}

bool Parser::take(std::string_view text) {
  if (!is(now(), text)) return false;
  step();
  return true;
}

void Parser::step() {
  if (!at_end()) ++at_;
}

/// After an error: on to the next place where something new may begin, past whole brackets.
void Parser::resync() {
  int open = 0;
  while (!at_end()) {
    if (open == 0 && at_any({"and", "or", "unless", ")"})) return;
    if (is(now(), "(")) ++open;
    if (is(now(), ")")) --open;
    step();
  }
}

// --- places and errors

Place Parser::place(const Token& token) const {
  Place result = start_;
  result.column += token.offset;
  result.length = token.length;
  return result;
}

Place Parser::span_from(const Token& first) const {
  Place result = place(first);
  const Token& last = tokens_[at_ == 0 ? 0 : at_ - 1];
  result.length = std::max(last.offset + last.length, first.offset) - first.offset;
  return result;
}

void Parser::count() {
  if (++nodes_ > kMostNodes)
    stop(fmt::format("the expression has more than {} parts", kMostNodes),
         "name parts of it under `outcomes:` and use the names here");
}

/// A limit is passed: report that alone and read no further.
void Parser::stop(std::string message, std::string hint) {
  if (!stopped_) {
    Token at = now();
    problems_.push_back({Problem::Kind::limit, std::move(message), std::move(hint), at.offset, at.length});
  }
  stopped_ = true;
  at_ = tokens_.size() - 1;
}

void Parser::problem(const Token& at, std::string message, std::string hint, Problem::Kind kind) {
  if (stopped_ || problems_.size() >= kMostProblems) return;
  if (!problems_.empty() && problems_.back().offset == at.offset) return;
  problems_.push_back({kind, std::move(message), std::move(hint), at.offset, std::max(at.length, 1U)});
}

void Parser::expected(std::string_view what, std::string hint) {
  const Token& token = now();
  if (hint.empty() && at_ > 0 && is(tokens_[at_ - 1], "is") && (is(token, "failed") || is(token, "agreed")))
    hint = fmt::format("of talks write `{}` without `is`", token.text);
  auto kind = Problem::Kind::syntax;
  if (token.kind == Token::Kind::word && is_reserved(token.text) && hint.empty()) {
    kind = Problem::Kind::reserved;
    hint = fmt::format(
        "`{}` is a word of the language and cannot be a name; a name may contain it, as in `{}-x`",
        token.text, token.text);
  }
  if (token.kind == Token::Kind::strange && hint.empty()) hint = strange_words(token.text);
  if (token.kind == Token::Kind::strange && hint.empty()) hint = std::string(kNameRule);
  problem(token, fmt::format("expected {}, found {}", what, found_text(token)), std::move(hint), kind);
}

Parsed Parser::finish(Tree tree) {
  Parsed parsed;
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.offset < b.offset; });
  parsed.problems = std::move(problems_);
  if (parsed.problems.empty()) parsed.tree = std::move(tree);
  return parsed;
}

// --- grammar

Parsed Parser::condition_alone() {
  Tree tree = condition(0);
  while (!at_end() && !stopped_) {
    if (is(now(), ")")) {
      problem(now(), "this bracket closes nothing", "take it away, or open a bracket before it");
    } else if (is(now(), "unless")) {
      problem(now(), "a condition has one `unless`", "put brackets around one of the two");
    } else {
      expected("`and`, `or`, `unless` or the end");
    }
    step();
    resync();
    if (at_any({"and", "or", "unless"})) {
      step();
      condition(0);
    }
  }
  return finish(std::move(tree));
}

Tree Parser::condition(int depth) {
  const Token first = now();
  Tree left = any_of(depth);
  if (!take("unless")) return left;
  Tree right = any_of(depth);
  count();
  Tree negation;
  negation.node = Node::negation;
  negation.place = right.place;
  negation.parts.push_back(std::move(right));
  std::vector<Tree> parts;
  parts.push_back(std::move(left));
  parts.push_back(std::move(negation));
  Tree tree = joined(Node::all, std::move(parts));
  tree.place = span_from(first);
  return tree;
}

Tree Parser::any_of(int depth) {
  const Token first = now();
  std::vector<Tree> parts;
  parts.push_back(all_of(depth));
  while (take("or")) parts.push_back(all_of(depth));
  if (parts.size() > 1) count();
  Tree tree = joined(Node::any, std::move(parts));
  tree.place = span_from(first);
  return tree;
}

Tree Parser::all_of(int depth) {
  const Token first = now();
  std::vector<Tree> parts;
  parts.push_back(unary(depth));
  while (take("and")) parts.push_back(unary(depth));
  if (parts.size() > 1) count();
  Tree tree = joined(Node::all, std::move(parts));
  tree.place = span_from(first);
  return tree;
}

Tree Parser::unary(int depth) {
  if (depth >= kDeepestExpression) {
    stop(fmt::format("brackets, `not` and `ever` lie more than {} deep", kDeepestExpression),
         "name parts of it under `outcomes:` and use the names here");
    return {};
  }
  const Token first = now();
  const bool negated = is(first, "not");
  if (!negated && !is(first, "ever")) return lasting(depth);
  step();
  count();
  Tree tree;
  tree.node = negated ? Node::negation : Node::ever;
  tree.parts.push_back(unary(depth + 1));
  tree.place = span_from(first);
  return tree;
}

Tree Parser::lasting(int depth) {
  const Token first = now();
  Tree inner = primary(depth);
  if (!take("for")) return inner;
  count();
  Tree tree;
  tree.node = Node::lasting;
  tree.parts.push_back(std::move(inner));
  duration(tree);
  tree.place = span_from(first);
  return tree;
}

Tree Parser::primary(int depth) {
  if (!is(now(), "(")) return comparison();
  const Token open = now();
  step();
  Tree tree = condition(depth + 1);
  close_bracket(open);
  return tree;
}

void Parser::close_bracket(const Token& open) {
  if (take(")")) return;
  if (at_end()) {
    problem(open, "this bracket is never closed", "write `)` where the part that it holds ends");
    return;
  }
  expected("`)`");
  int depth = 0;  // on to the bracket that closes this one
  while (!at_end() && !(depth == 0 && is(now(), ")"))) {
    if (is(now(), "(")) ++depth;
    if (is(now(), ")")) --depth;
    step();
  }
  take(")");
}

Tree Parser::comparison() {
  count();
  const Token first = now();
  Tree tree;
  if (!free_word(first) || !is_name(first.text)) {
    expected("a name");
    if (!at_any({"and", "or", "unless", ")"})) step();
    resync();
    return tree;
  }
  tree.subject = subject();
  if (!predicate(tree)) missing_verb(tree.subject);
  tree.place = span_from(first);
  return tree;
}

/// ", or `gate rises`": the verb that a word is nearly, or that is written as one word; or nothing.
std::string Parser::near_verb(const std::string& subject, const std::string& word) {
  static const std::vector<std::string> kVerbs = {"rises",   "falls",  "failed",   "agreed",
                                                  "atleast", "atmost", "morethan", "lessthan"};
  auto near = nearest(word, kVerbs);
  if (!near) return "";
  if (near->starts_with("at")) near->insert(2, " ");
  if (near->ends_with("than")) near->insert(4, " ");
  const bool bare = near->find(' ') == std::string::npos;
  return fmt::format(", or `{} {}{}`", subject, *near, bare ? "" : " ...");
}

/// A bare subject must end there: `programme ended` lacks its verb.
void Parser::missing_verb(const Subject& before) {
  if (at_end() || at_any({"and", "or", "unless", ")", "for"})) return;
  const std::string name = to_text(before);
  std::string hint;
  if (free_word(now()))
    hint = fmt::format("write `{} is {}`", name, now().text) + near_verb(name, now().lower);
  const auto after = at_any({"has", "have", "had", "are", "were"}) ? end_of_talks(ahead(1).lower) : "";
  if (!after.empty()) hint = fmt::format("of talks write `{} {}`", name, after);
  if (const auto end = end_of_talks(now().lower); !hint.empty() && !end.empty())
    hint = fmt::format("write `{0} {1}` of talks, and `{0} is {2}` where `{2}` is a level", name, end,
                       now().text);
  if (is(now(), "&&")) hint = "write `and`";
  if (is(now(), "||")) hint = "write `or`";
  if (is(now(), ",")) hint = "write `and` or `or` between conditions";
  if (is(now(), "not")) hint = fmt::format("write `{} is not ...` or `not {}`", name, name);
  expected(fmt::format("`is`, `at least`, `at most`, `more than`, `less than`, `rises`, `falls`, `failed`, "
                       "`agreed`, `and` or `or` after `{}`",
                       name),
           std::move(hint));
  resync();
}

}  // namespace parley::expression
