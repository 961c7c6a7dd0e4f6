// SPDX-License-Identifier: MIT
// The recursive descent behind parse.hpp. Private to the room.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/parse.hpp"
#include "expression/tokens.hpp"

namespace parley::expression {

/// One parse of one text. After an error it skips to the next `and`, `or`, `unless` or closing bracket and
/// goes on, so that several errors are found in one run; a tree with errors in it is never handed out.
class Parser {
 public:
  Parser(std::string_view text, Place start);

  Parsed condition_alone();
  Parsed phrase_alone();
  ParsedSubject subject_alone();

 private:
  // grammar, from the outside in
  Tree condition(int depth);
  Tree any_of(int depth);
  Tree all_of(int depth);
  Tree unary(int depth);
  Tree lasting(int depth);
  Tree primary(int depth);
  Tree comparison();
  Subject subject();
  std::optional<Argument> argument();
  bool predicate(Tree& tree);  ///< verb and operands; false when no verb follows
  void predicate_after_is(Tree& tree);
  std::optional<Verb> order_verb();
  void values(Tree& tree);
  bool one_value(Tree& tree, std::string_view after);
  void duration(Tree& tree);
  void missing_verb(const Subject& before);
  static std::string near_verb(const std::string& subject, const std::string& word);
  Tree phrase();
  void close_bracket(const Token& open);

  // tokens
  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] const Token& ahead(std::size_t n) const;
  [[nodiscard]] bool at_end() const { return now().kind == Token::Kind::end; }
  [[nodiscard]] static bool is(const Token& token, std::string_view text) { return token.lower == text; }
  [[nodiscard]] static bool free_word(const Token& token);
  [[nodiscard]] static bool begins_verb(const Token& token);
  [[nodiscard]] bool at_any(std::initializer_list<std::string_view> texts) const;
  bool take(std::string_view text);
  void step();
  void resync();

  // places and errors
  [[nodiscard]] Place place(const Token& token) const;
  [[nodiscard]] Place span_from(const Token& first) const;
  void count();
  void stop(std::string message, std::string hint);
  void problem(const Token& at, std::string message, std::string hint = "",
               Problem::Kind kind = Problem::Kind::syntax);
  void expected(std::string_view what, std::string hint = "");
  Parsed finish(Tree tree);

  std::vector<Token> tokens_;
  Place start_;
  std::size_t at_ = 0;
  int nodes_ = 0;
  bool stopped_ = false;
  std::vector<Problem> problems_;
};

}  // namespace parley::expression
