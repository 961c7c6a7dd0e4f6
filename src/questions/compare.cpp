// SPDX-License-Identifier: MIT
#include "questions/compare.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "questions/explain_difference.hpp"

namespace parley::questions {
namespace {

bool meet(const worlds::Share& a, const worlds::Share& b) {
  return a.low() <= b.high() && b.low() <= a.high();
}

std::vector<AnswerScope> only(const AnswerList& one, const AnswerList& other) {
  std::vector<AnswerScope> list;
  for (const auto& scope : one.scopes)
    if (!other.asked(scope)) list.push_back(scope);
  return list;
}

/// Another test gives an answer to another question.
bool asked_alike(const AnswerList& a, const AnswerList& b, const AnswerScope& scope) {
  if (!a.asked(scope) || !b.asked(scope)) return false;
  const auto one = a.tests.find(scope), other = b.tests.find(scope);
  return one == a.tests.end() || other == b.tests.end() || one->second == other->second;
}

std::vector<Comparison::OtherTest> other_tests(const AnswerList& a, const AnswerList& b) {
  std::vector<Comparison::OtherTest> list;
  for (const auto& [scope, words] : a.tests)
    if (const auto other = b.tests.find(scope); other != b.tests.end() && other->second != words)
      list.push_back({scope.name, words, other->second});
  return list;
}

std::vector<AnswerDifference> differences(const AnswerList& a, const AnswerList& b, int& same) {
  std::set<AnswerId> ids;
  for (const auto* list : {&a, &b})
    for (const Answer& answer : list->answers)
      if (asked_alike(a, b, answer.id.scope) && a.gives(answer.id) && b.gives(answer.id))
        ids.insert(answer.id);
  std::vector<AnswerDifference> found;
  for (const auto& id : ids) {
    AnswerDifference difference;
    difference.a = answer_in(a, id, b);
    difference.b = answer_in(b, id, a);
    difference.parting = parting(difference.a, difference.b);
    if (difference.parting == Parting::none)
      ++same;
    else
      found.push_back(std::move(difference));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& x, const auto& y) { return x.parting > y.parting; });
  return found;
}

/// Does some answer part between two lists?
bool moves(const AnswerList& before, const AnswerList& after) {
  int same = 0;
  return !only(before, after).empty() || !only(after, before).empty() ||
         !differences(before, after, same).empty();
}

/// Rows that only back others are no premises: they come along with whoever names them.
void set_support_apart(Comparison& result) {
  const auto backs = [](const RowDifference& difference) {
    const auto& c = difference.concept_name;
    return (c == "assumptions" || c == "speakers" || c == "sources" || c == "notes") &&
           (difference.kind == RowDifference::Kind::added || difference.kind == RowDifference::Kind::dropped);
  };
  const auto first = std::stable_partition(result.rows.begin(), result.rows.end(),
                                           [&](const auto& difference) { return !backs(difference); });
  result.support.assign(std::make_move_iterator(first), std::make_move_iterator(result.rows.end()));
  result.rows.erase(first, result.rows.end());
}

}  // namespace

std::string parting_word(Parting parting) {
  switch (parting) {
    case Parting::none:
      return "none";
    case Parting::apart:
      return "apart";
    case Parting::word:
      return "word";
    case Parting::opposite:
      return "opposite";
  }
  return "none";
}

Parting parting(const Answer& a, const Answer& b) {
  const std::string one = a.in_worlds(), other = b.in_worlds();
  if (one == other) return one == "some" && !meet(a.share, b.share) ? Parting::apart : Parting::none;
  if (!a.proved && !b.proved && meet(a.share, b.share)) return Parting::none;
  return one != "some" && other != "some" ? Parting::opposite : Parting::word;
}

Answer answer_in(const AnswerList& list, const AnswerId& id, const AnswerList& other) {
  if (const Answer* found = list.find(id); found != nullptr) return *found;
  Answer none;
  const Answer* there = other.find(id);
  if (there != nullptr) none.proposition = there->proposition;
  none.id = id;
  // Logic lists all that it proves; of drawn worlds, what is not listed was seen in none of them.
  none.proved = there != nullptr && there->proved && there->share.of == 0;
  for (const Answer& answer : list.answers)
    if (answer.id.scope == id.scope) none.share.of = std::max(none.share.of, answer.share.of);
  return none;
}

namespace {

void compare_into(const account::Account& a, const account::Account& b, const CompareOptions& options,
                  Comparison& result) {
  result.a = a.name;
  result.b = b.name == a.name ? b.name + " (second)" : b.name;
  result.a_title = a.title;
  result.b_title = b.title;
  result.rows = row_differences(a, b);
  set_support_apart(result);
  LensOptions lens_options{options.solve, true, ends_of(framing::make_situation(a, options.framing))};
  lens_options.ends.merge(ends_of(framing::make_situation(b, options.framing)));
  lens_options.sources = options.sources;
  const LensAnswers lens(std::move(lens_options));
  const auto part = [&](double from, double to) {
    return [&options, from, to](double done) {
      if (options.progress) options.progress(from + (to - from) * done);
    };
  };
  const auto both = lens.of_all({{a, options.framing}, {b, options.framing}}, {}, part(0, 0.1));
  const auto stopped_early = [&] {
    if (lens.stopped()) result.explained = result.complete = false;
    return lens.stopped();
  };
  result.answers = differences(both[0], both[1], result.same);
  if (stopped_early()) return;  // what is not asked was perhaps only not reached
  result.only_a = only(both[0], both[1]);
  result.only_b = only(both[1], both[0]);
  result.other_tests = other_tests(both[0], both[1]);
  if (options.most_work > 0 &&
      both[0].work * 2 * static_cast<double>(result.rows.size()) > options.most_work) {
    result.explained = false;
    return;
  }
  // A claim is put to the test by the account, and is no ground of anything that the account says.
  std::vector<RowDifference> rows = result.rows;
  std::erase_if(rows, [](const RowDifference& row) { return row.concept_name == "claims"; });
  const Blend blend(a, b, rows);
  const auto n = static_cast<int>(rows.size());
  std::vector<Variant> variants;
  for (int r = 0; r < n; ++r) variants.push_back({blend.take({r}), options.framing});
  for (int r = 0; r < n; ++r) variants.push_back({blend.take(all_but(n, r)), options.framing});
  const auto lists = lens.of_all(variants, {}, part(0.1, 0.6));
  variants.clear();
  if (stopped_early()) return;
  Explainer explainer(lens, options, blend, rows, both[0], both[1], lists);
  explainer.explain(result.answers, part(0.6, 1));
  if (stopped_early()) return;  // a row that seems idle may stand in an explanation not reached
  result.explained = std::all_of(result.answers.begin(), result.answers.end(),
                                 [](const AnswerDifference& answer) { return answer.searched; });
  std::set<std::string> explaining;
  for (const auto& answer : result.answers)
    for (const auto& explanation : answer.explanations)
      explaining.insert(explanation.rows.begin(), explanation.rows.end());
  for (int r = 0; r < n; ++r) {
    const auto at = static_cast<std::size_t>(r);
    const bool moved = moves(both[0], lists[at]) || moves(both[1], lists[at + static_cast<std::size_t>(n)]);
    if (moved || explaining.contains(rows[at].id))
      result.matter.push_back(rows[at].id);
    else if (result.explained)
      result.idle.push_back(rows[at].id);
  }
}

}  // namespace

Comparison compare(const account::Account& a, const account::Account& b, const CompareOptions& options) {
  Comparison result;
  try {
    compare_into(a, b, options, result);
  } catch (const Stopped&) {
    result.complete = result.explained = false;
  }
  return result;
}

}  // namespace parley::questions
