// SPDX-License-Identifier: MIT
#include "questions/flips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "questions/explain_difference.hpp"

namespace parley::questions {
namespace {

constexpr std::size_t kMostTogether = 3;  ///< moves of a set
constexpr double kMostSetsTried = 600;    ///< sets of one size
constexpr std::size_t kMostListed = 600;  ///< flips of one kind: every set of one size that is tried
constexpr std::size_t kFlipBatch = 64;    ///< accounts in memory at a time

bool same_answers(const AnswerList& one, const AnswerList& other) {
  return std::equal(one.answers.begin(), one.answers.end(), other.answers.begin(), other.answers.end(),
                    [](const Answer& x, const Answer& y) {
                      return x.id == y.id && x.share.yes == y.share.yes && x.share.of == y.share.of &&
                             x.in_worlds() == y.in_worlds();
                    });
}

}  // namespace

double truth_of(const Answer& answer) {
  return answer.proved ? (answer.truth ? 1.0 : 0.0) : answer.share.value();
}

bool reversed(const Answer& before, const Answer& after) {
  const double from = truth_of(before), to = truth_of(after);
  if ((from > 0.5) == (to > 0.5) || to == 0.5) return false;
  const bool below = after.proved || after.share.high() < 0.5,
             above = after.proved || after.share.low() > 0.5;
  return to < 0.5 ? below : above;
}

std::vector<Move> moves_of(const Variant& base, const std::vector<Factor>& factors) {
  std::vector<Move> moves;
  for (const Factor& factor : factors) {
    if (factor.kind == Factor::Kind::range) {
      for (const mpq_class& end : {factor.low, factor.high})
        moves.push_back({factor.id, factor.id + " at " + value_words(factor, end), false,
                         [set = factor.set, end](Variant& variant) { set(variant, end); }});
      continue;
    }
    moves.push_back({factor.id,
                     factor.kind == Factor::Kind::backing
                         ? fmt::format("{} given up ({} left out)", factor.id, fmt::join(factor.rows, ", "))
                         : factor.id,
                     false, [set = factor.set](Variant& variant) { set(variant, 0); }, factor.alone});
  }
  for (const account::Row& row : base.rows.rows)
    if (contestable(row))
      moves.push_back({row.id, "without " + row.id, true,
                       [id = row.id](Variant& variant) { leave_out(variant.rows, {id}); }});
  return moves;
}

Flips::Flips(const LensAnswers& lens, const Variant& base, AnswerId id, std::vector<Move> moves)
    : lens_(lens),
      base_(base),
      id_(std::move(id)),
      moves_(std::move(moves)),
      list_(lens.of(base.rows, base.framing, id_.scope)),
      before_(answer_in(list_, id_, list_)) {}

std::vector<Flips::Tried> Flips::try_sets(const std::vector<std::vector<int>>& sets,
                                          const std::function<void(double)>& progress) const {
  std::vector<Tried> tried;
  for (std::size_t from = 0; from < sets.size() && !lens_.stopped(); from += kFlipBatch) {
    std::vector<Variant> variants;
    for (std::size_t i = from; i < std::min(sets.size(), from + kFlipBatch); ++i) {
      Variant variant = base_;
      for (const int m : sets[i]) moves_[static_cast<std::size_t>(m)].apply(variant);
      variants.push_back(std::move(variant));
    }
    for (const AnswerList& list : lens_.of_all(variants, id_.scope))
      tried.push_back({answer_in(list, id_, list_), list.gives(id_), same_answers(list, list_),
                       list.problems == list_.problems});
    if (progress) progress(static_cast<double>(tried.size()) / static_cast<double>(sets.size()));
  }
  return tried;
}

bool Flips::try_each(const std::function<void(double)>& progress) {
  std::vector<std::vector<int>> sets;
  for (std::size_t m = 0; m < moves_.size(); ++m) sets.push_back({static_cast<int>(m)});
  singles_ = try_sets(sets, progress);
  singles_.resize(moves_.size());
  return !lens_.stopped();
}

void Flips::keep(const std::vector<std::vector<int>>& sets, const std::vector<Tried>& tried,
                 FlipSearch& found) const {
  const auto add = [&](std::vector<Flip>& list, std::size_t i) {
    const bool smaller = !list.empty() && list.front().moves.size() < sets[i].size();
    if (!smaller && list.size() < kMostListed) list.push_back({sets[i], tried[i].answer});
  };
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (!tried[i].asked) continue;
    const Parting parted = parting(before_, tried[i].answer);
    if (parted == Parting::word || parted == Parting::opposite) add(found.loosened, i);
    if (reversed(before_, tried[i].answer)) add(found.reversed, i);
  }
}

FlipSearch Flips::search(bool rows) {
  FlipSearch found;
  std::vector<std::vector<int>> sets;
  std::vector<Tried> tried;
  std::vector<int> able;
  for (std::size_t m = 0; m < moves_.size(); ++m) {
    if (moves_[m].row != rows) continue;
    sets.push_back({static_cast<int>(m)});
    tried.push_back(singles_[m]);
    if (!singles_[m].same_problem && !moves_[m].alone) able.push_back(static_cast<int>(m));
  }
  keep(sets, tried, found);
  found.tried_up_to = 1;
  for (std::size_t size = 2; size <= kMostTogether && (found.reversed.empty() || found.loosened.empty());
       ++size) {
    if (able.size() < size || ways(able.size(), size) * cost_of(id_.scope) > kMostSetsTried) break;
    sets.clear();
    std::vector<int> chosen(size);
    std::iota(chosen.begin(), chosen.end(), 0);
    do {
      std::vector<int> set;
      for (const int c : chosen) set.push_back(able[static_cast<std::size_t>(c)]);
      // Both ends of one range are no set.
      const bool twice =
          std::adjacent_find(set.begin(), set.end(), [&](int x, int y) {
            return moves_[static_cast<std::size_t>(x)].id == moves_[static_cast<std::size_t>(y)].id;
          }) != set.end();
      if (!twice) sets.push_back(std::move(set));
    } while (next_choice(chosen, static_cast<int>(able.size())));
    tried = try_sets(sets);
    if (lens_.stopped()) break;
    keep(sets, tried, found);
    found.tried_up_to = size;
  }
  return found;
}

}  // namespace parley::questions
