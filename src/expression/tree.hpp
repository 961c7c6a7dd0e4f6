// SPDX-License-Identifier: MIT
// The surface tree of a condition as an analyst writes it: names and words, not yet bound to variables.
//
//   condition  := any-of [ "unless" any-of ]                  X unless Y  =  X and not Y
//   any-of     := all-of ( "or" all-of )*
//   all-of     := unary ( "and" unary )*
//   unary      := "not" unary | "ever" unary | primary [ "for" N unit ]
//   primary    := "(" condition ")" | comparison
//   comparison := subject [ verb ]                            a bare subject is a named condition
//   verb       := "is" ["not"] value ("or" value)* | "at least" value | "at most" value | "more than" value
//               | "less than" value | ">=" | "<=" | ">" | "<" | "=" value | "rises" | "falls" | "failed"
//               | "agreed"
//                 ("is at least" reads as "at least"; a word after "or" is one more value unless a verb or a
//                 bracket follows it, so a named condition there stands in brackets: `a is x or (deal)`)
//   subject    := name [ "(" argument ("," argument)* ")" ]
//   argument   := [ "every" | "any" | "at least" N "of" ] name
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "expression/place.hpp"

namespace parley::expression {

enum class Quantifier { none, every, any, at_least };

struct Argument {
  Quantifier quantifier = Quantifier::none;
  int count = 0;  ///< for at_least: "at least 2 of GROUP"
  std::string name;
  Place place;
};

/// A variable or a named condition: `recognises(saudi, israel)`, `programme`, `deal`.
struct Subject {
  std::string name;
  std::vector<Argument> arguments;
  Place place;
};

enum class Verb { holds, is, is_not, at_least, at_most, more_than, less_than, rises, falls, failed, agreed };

/// A level, a choice or a number, as written.
struct Operand {
  std::string text;
  Place place;
};

enum class Node { comparison, all, any, negation, ever, lasting };

struct Tree {
  Node node = Node::comparison;
  std::vector<Tree> parts;  ///< of all, any (2 or more), negation, ever, lasting (1)
  Subject subject;          ///< of comparison
  Verb verb = Verb::holds;  ///< of comparison; `holds` = bare subject
  std::vector<Operand>
      operands;  ///< of comparison: 0 (holds, rises, falls, failed, agreed), 1, or several for is / is_not
  double duration = 0;  ///< of lasting, in `unit`
  std::string unit;     ///< of lasting: day, week, month, year (singular)
  Place place;
};

/// The tree as text that parses back to the same tree (places apart).
std::string to_text(const Tree& tree);
std::string to_text(const Subject& subject);

}  // namespace parley::expression
