// SPDX-License-Identifier: MIT
// Two accounts side by side: which answers they give differently, and which of the rows that differ explain
// each. Mathematics: docs/methods/questions.md.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "questions/compare_rows.hpp"
#include "questions/lens_answers.hpp"

namespace parley::questions {

enum class Parting {
  none,      ///< the same, as far as sampling can tell
  apart,     ///< true in some worlds of both, and the sampling intervals lie apart
  word,      ///< all, some or no worlds: not the same word
  opposite,  ///< all against none
};
[[nodiscard]] std::string parting_word(Parting parting);

/// Words that differ only by draws count as the same: neither is proved, and the sampling intervals meet.
[[nodiscard]] Parting parting(const Answer& a, const Answer& b);

/// A smallest set of rows that, taken from B over A, gives B's answer.
struct Explanation {
  std::vector<std::string> rows;  ///< ids of rows that differ
  std::vector<std::string> with;  ///< rows of B alone that they name and that come along
  Answer after;                   ///< A's answer with these rows
};

struct AnswerDifference {
  Parting parting = Parting::none;
  Answer a, b;  ///< with the same id
  std::vector<Explanation> explanations;
  bool searched = false;  ///< explanations were looked for
  bool smallest = false;  ///< every smaller set of rows that can matter was tried, and none explains it
  bool minimal = false;   ///< no proper subset of any explanation explains it: every one was tried
};

struct Comparison {
  std::string a, b;  ///< names of the accounts
  std::string a_title, b_title;
  std::vector<RowDifference> rows;
  std::vector<RowDifference> support;     ///< assumptions, speakers, sources and notes that only one of them
                                          ///< has: they back rows, and come along with those that name them
  std::vector<AnswerDifference> answers;  ///< those that differ: opposite first, then word, apart; by id
  int same = 0;                           ///< answers that do not
  std::vector<AnswerScope> only_a, only_b;  ///< what only one of them is asked: talks the other has not
  /// Claims that each of them puts to another test: their answers are not compared.
  struct OtherTest {
    std::string claim, a, b;  ///< the tests in words
  };
  std::vector<OtherTest> other_tests;
  /// Rows that differ: those that move some answer, and the rest. A claim asks, so it is neither.
  std::vector<std::string> matter, idle;
  /// False: not every answer that differs was explained (too many, too much work, or stopped): a row may be
  /// part of a reason that was not looked for, and none is called idle.
  bool explained = true;
  bool complete = true;  ///< not stopped before its end
};

struct CompareOptions {
  framing::Options framing;
  SolveOptions solve;
  int most_explained = 30;  ///< answers, in the order of the list
  int most_tried = 3'000;   ///< sets of rows tried for one answer
  double most_work = 0;     ///< `AnswerList::work` times twice the rows that differ; beyond, nothing is
                            ///< explained (0: no limit)
  unsigned sources = kAsksAll;
  std::function<void(double)> progress;
};

/// A row matters where taking B's version of it alone over A, or A's version alone over B, changes an answer
/// (by its word, or by a share beyond the sampling intervals), or where it stands in an explanation.
[[nodiscard]] Comparison compare(const account::Account& a, const account::Account& b,
                                 const CompareOptions& options);

}  // namespace parley::questions
