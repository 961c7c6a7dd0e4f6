// SPDX-License-Identifier: MIT
#include "questions/explain_difference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "logic/minimal_sets.hpp"

namespace parley::questions {
namespace {

constexpr std::size_t kMostRowsTogether = 3;      ///< rows of a set that is searched for by size
constexpr std::size_t kMostExplanations = 3'000;  ///< of one answer: every set of one size that is tried
constexpr int kMostSubsets = 12;                  ///< rows of a set all of whose subsets are tried
constexpr std::size_t kExplainBatch = 64;         ///< accounts in memory at a time

/// The same to the last world?
bool identical(const AnswerList& one, const AnswerList& other, const AnswerScope& scope) {
  const auto same = [](const Answer& x, const Answer& y) {
    return x.id == y.id && x.share.yes == y.share.yes && x.share.of == y.share.of && x.proved == y.proved &&
           x.truth == y.truth;
  };
  const auto in = [&](const AnswerList& list) {
    std::vector<const Answer*> answers;
    for (const Answer& answer : list.answers)
      if (answer.id.scope == scope) answers.push_back(&answer);
    return answers;
  };
  const auto x = in(one), y = in(other);
  return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                    [&](const Answer* p, const Answer* q) { return same(*p, *q); });
}

}  // namespace

bool next_choice(std::vector<int>& chosen, int n) {
  const auto k = static_cast<int>(chosen.size());
  for (int i = k - 1; i >= 0; --i) {
    int& at = chosen[static_cast<std::size_t>(i)];
    if (at >= n - k + i) continue;
    ++at;
    for (int j = i + 1; j < k; ++j)
      chosen[static_cast<std::size_t>(j)] = chosen[static_cast<std::size_t>(j - 1)] + 1;
    return true;
  }
  return false;
}

double ways(std::size_t n, std::size_t k) {
  double count = 1;
  for (std::size_t i = 0; i < k; ++i) count = count * static_cast<double>(n - i) / static_cast<double>(i + 1);
  return count;
}

std::vector<int> all_but(int n, int one) {
  std::vector<int> list;
  for (int i = 0; i < n; ++i)
    if (i != one) list.push_back(i);
  return list;
}

bool Explainer::explains(const AnswerDifference& answer, const AnswerList& after) const {
  if (!after.gives(answer.a.id)) return false;
  const Answer now = answer_in(after, answer.a.id, b_.find(answer.a.id) != nullptr ? b_ : a_);
  if (parting(answer.a, now) == Parting::none) return false;
  if (answer.parting == Parting::apart) return parting(now, answer.b) == Parting::none;
  return now.in_worlds() == answer.b.in_worlds();
}

void Explainer::work_out(const std::vector<Set>& sets, const AnswerScope& scope) {
  for (std::size_t from = 0; from < sets.size() && !lens_.stopped(); from += kExplainBatch) {
    std::vector<Variant> accounts;
    std::vector<const Set*> missing;
    for (std::size_t i = from; i < std::min(sets.size(), from + kExplainBatch); ++i) {
      if (known_.contains({scope, sets[i]})) continue;
      accounts.push_back({blend_.take(sets[i]), options_.framing});
      missing.push_back(&sets[i]);
    }
    auto lists = lens_.of_all(accounts, scope);
    for (std::size_t i = 0; i < missing.size(); ++i)
      known_.emplace(std::pair{scope, *missing[i]}, std::move(lists[i]));
  }
}

const AnswerList& Explainer::with(const Set& set, const AnswerScope& scope) {
  work_out({set}, scope);
  return known_[{scope, set}];
}

bool Explainer::explains(const AnswerDifference& answer, const Set& set) {
  return explains(answer, with(set, answer.a.id.scope));
}

/// Rows that change anything at all in this scope, alone over A or alone out of B.
Explainer::Set Explainer::candidates(const AnswerScope& scope) const {
  Set list;
  for (std::size_t r = 0; r < rows_.size(); ++r)
    if (!identical(a_, lists_[r], scope) || !identical(b_, lists_[r + rows_.size()], scope))
      list.push_back(static_cast<int>(r));
  return list;
}

void Explainer::add(AnswerDifference& answer, const Set& set) {
  Explanation explanation;
  for (const int r : set) explanation.rows.push_back(rows_[static_cast<std::size_t>(r)].id);
  explanation.with = blend_.with(set);
  const AnswerList& after =
      set.size() == 1 ? lists_[static_cast<std::size_t>(set[0])] : with(set, answer.a.id.scope);
  explanation.after = answer_in(after, answer.a.id, b_);
  answer.explanations.push_back(std::move(explanation));
}

bool Explainer::of_size(const AnswerDifference& answer, const Set& candidates, std::size_t size,
                        std::vector<Set>& found) {
  const double work = ways(candidates.size(), size) * cost_of(answer.a.id.scope);
  if (candidates.size() < size || work > options_.most_tried) return false;
  std::vector<int> chosen(size);
  std::iota(chosen.begin(), chosen.end(), 0);
  std::vector<Set> sets;
  do {
    Set set;
    for (const int c : chosen) set.push_back(candidates[static_cast<std::size_t>(c)]);
    sets.push_back(std::move(set));
  } while (next_choice(chosen, static_cast<int>(candidates.size())));
  work_out(sets, answer.a.id.scope);
  if (lens_.stopped()) return false;
  for (const Set& set : sets)
    if (found.size() < kMostExplanations && explains(answer, set)) found.push_back(set);
  return true;
}

Explainer::Set Explainer::by_deletion(AnswerDifference& answer, const Set& candidates) {
  // What deletion leaves hangs on the order in which rows are tried.
  Set tried = blend_.by_content();
  std::erase_if(tried, [&](int r) { return !std::binary_search(candidates.begin(), candidates.end(), r); });
  const auto chosen = [&](const logic::IndexSet& indices) {
    Set set;
    for (const int i : indices) set.push_back(tried[static_cast<std::size_t>(i)]);
    std::sort(set.begin(), set.end());
    return set;
  };
  Set best = chosen(logic::one_minimal_set(static_cast<int>(candidates.size()), [&](const auto& indices) {
    return lens_.stopped() || explains(answer, chosen(indices));
  }));
  // Taking more rows may undo what fewer do, so that deletion alone proves nothing.
  const double tries = std::ldexp(cost_of(answer.a.id.scope), static_cast<int>(best.size()));
  if (tries > std::ldexp(1.0, kMostSubsets) || lens_.stopped()) return best;
  std::vector<Set> subsets;
  for (std::uint32_t bits = 1; bits + 1 < (1U << best.size()); ++bits) {
    Set set;
    for (std::size_t i = 0; i < best.size(); ++i)
      if ((bits >> i) & 1U) set.push_back(best[i]);
    subsets.push_back(std::move(set));
  }
  std::stable_sort(subsets.begin(), subsets.end(),
                   [](const Set& x, const Set& y) { return x.size() < y.size(); });
  work_out(subsets, answer.a.id.scope);
  answer.minimal = !lens_.stopped();
  for (const Set& set : subsets)
    if (!lens_.stopped() && explains(answer, set)) return set;
  return best;
}

void Explainer::explain(AnswerDifference& answer) {
  const AnswerScope& scope = answer.a.id.scope;
  std::vector<Set> found;
  for (std::size_t r = 0; r < rows_.size(); ++r)
    if (explains(answer, lists_[r])) found.push_back({static_cast<int>(r)});
  Set able = candidates(scope);
  if (found.empty() && !explains(answer, able)) {
    able.resize(rows_.size());
    std::iota(able.begin(), able.end(), 0);
    // Differences that no row carries, such as the clock or an implied quantity.
    if (!explains(answer, able)) return;
  }
  bool all_smaller = true;
  for (std::size_t size = 2; found.empty() && all_smaller && size <= kMostRowsTogether; ++size)
    all_smaller = of_size(answer, able, size, found);
  if (lens_.stopped()) return;
  answer.searched = true;
  answer.smallest = answer.minimal = !found.empty();
  if (found.empty()) found.push_back(by_deletion(answer, able));
  if (found.size() > kMostExplanations) found.resize(kMostExplanations);
  if (lens_.stopped()) return;
  for (const Set& set : found) add(answer, set);
}

void Explainer::explain(std::vector<AnswerDifference>& answers, const std::function<void(double)>& progress) {
  int explained = 0;
  for (auto& answer : answers) {
    if (explained++ == options_.most_explained || lens_.stopped()) return;
    explain(answer);
    if (progress) progress(explained / static_cast<double>(answers.size()));
  }
}

}  // namespace parley::questions
