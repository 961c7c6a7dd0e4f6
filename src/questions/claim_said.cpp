// SPDX-License-Identifier: MIT
// What a row says outright: that something brings, or makes likely, what a claim says that it suffices for.
#include <fmt/format.h>

#include <algorithm>

#include "questions/claim_test.hpp"
#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using framing::Formula;
using framing::Masks;
using framing::RowSet;

/// Rows that name both ends: where the cause holds their own cause does, and what they bring is all of the
/// goal.
std::vector<std::string> ClaimTester::said_outright(const Formula& cause, const Formula& goal,
                                                    const RowSet& without) const {
  std::vector<std::string> rows;
  const auto forced = forced_by(situation_, cause, false, nullptr);
  if (!forced) return rows;
  Masks set = course_->anything();
  for (const auto& [v, levels] : *forced) set[static_cast<std::size_t>(v)] = levels;
  for (const framing::TriggeredAction& action : course_->model().chances) {
    // Lower odds than those of the word do not make it likely.
    if (action.never ||
        (action.mechanism && odds_of(situation_, *situation_.account.find(action.id)).first < kLikelyFrom))
      continue;
    Masks brought = course_->anything();
    for (const auto& [v, levels] : action.act)
      brought[static_cast<std::size_t>(v)] = framing::mask_of(levels);
    if (!framing::evaluate(goal, brought).sure()) continue;
    for (std::size_t t = 0; t < action.triggers.size(); ++t)
      if (!without.contains(action.occasions[t]) && framing::evaluate(action.triggers[t], set).sure())
        rows.push_back(action.occasions[t]);
  }
  return rows;
}

/// A claim that says what a row says is that row's: it is so where the row is, and in its wording, which may
/// be weaker.
std::optional<Tested> ClaimTester::as_said(const Formula& cause, const Formula& goal, const RowSet& without,
                                           bool negated) const {
  const auto rows = said_outright(cause, goal, without);
  if (rows.empty()) return std::nullopt;
  if (!course_->possible(Formula::all({cause, goal}), course_->anything(), without)) return std::nullopt;
  const Row* row = situation_.row(rows.front());
  const bool pledged = row != nullptr && row->concept_name == "commitments";
  const std::string wording = pledged ? "somebody says that it will do so then" : "it makes it likely";
  if (negated) return Tested::open("a row says otherwise, in a weaker wording: " + wording);
  return Tested::decided(true, "a row says so, in a weaker wording: " + wording);
}

}  // namespace parley::questions
