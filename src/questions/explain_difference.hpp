// SPDX-License-Identifier: MIT
// Which rows explain an answer that two accounts give differently: the search behind `compare`, private to
// this room.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "questions/compare.hpp"

namespace parley::questions {

/// The list's answer with that id, or "in no world": as `other` puts it.
[[nodiscard]] Answer answer_in(const AnswerList& list, const AnswerId& id, const AnswerList& other);

/// 0 .. n-1 without one of them.
[[nodiscard]] std::vector<int> all_but(int n, int one);

/// The next choice of ascending numbers out of 0 .. n-1 in lexicographic order; false at the end.
bool next_choice(std::vector<int>& chosen, int n);

/// How many choices of k out of n there are.
[[nodiscard]] double ways(std::size_t n, std::size_t k);

class Explainer {
 public:
  /// `lists`: A with each row alone, then B without each row alone.
  Explainer(const LensAnswers& lens, const CompareOptions& options, const Blend& blend,
            const std::vector<RowDifference>& rows, const AnswerList& a, const AnswerList& b,
            const std::vector<AnswerList>& lists)
      : lens_(lens), options_(options), blend_(blend), rows_(rows), a_(a), b_(b), lists_(lists) {}

  void explain(std::vector<AnswerDifference>& answers, const std::function<void(double)>& progress);

 private:
  using Set = std::vector<int>;  ///< ascending indices of rows that differ

  void explain(AnswerDifference& answer);
  /// Every explaining set of `size` rows among the candidates; false where that is too many to try.
  bool of_size(const AnswerDifference& answer, const Set& candidates, std::size_t size,
               std::vector<Set>& found);
  /// By deletion, then every proper subset of what is left, where there are not too many.
  Set by_deletion(AnswerDifference& answer, const Set& candidates);
  [[nodiscard]] Set candidates(const AnswerScope& scope) const;
  [[nodiscard]] bool explains(const AnswerDifference& answer, const AnswerList& after) const;
  bool explains(const AnswerDifference& answer, const Set& set);
  void work_out(const std::vector<Set>& sets, const AnswerScope& scope);
  [[nodiscard]] const AnswerList& with(const Set& set, const AnswerScope& scope);
  void add(AnswerDifference& answer, const Set& set);

  const LensAnswers& lens_;
  const CompareOptions& options_;
  const Blend& blend_;
  const std::vector<RowDifference>& rows_;
  const AnswerList &a_, &b_;
  const std::vector<AnswerList>& lists_;
  std::map<std::pair<AnswerScope, Set>, AnswerList> known_;  ///< scope and rows taken -> answers
};

}  // namespace parley::questions
