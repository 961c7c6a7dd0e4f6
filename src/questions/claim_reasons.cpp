// SPDX-License-Identifier: MIT
// Why a claim gets its verdict: the rows that say it themselves, those that it rests on, and what would turn
// it.
#include <algorithm>

#include "questions/claims_parts.hpp"
#include "worlds/parallel.hpp"

namespace parley::questions {

using account::Row;
using framing::RowSet;
using V = ClaimVerdict;

namespace {

/// Rows whose sentence is the claim's own.
RowSet own_sentence(const Row& claim, const account::Account& account) {
  std::set<std::string> from;
  for (const auto& reference : claim.origin.from)
    if (reference.find('.') != std::string::npos)
      from.insert(reference);  // a source as a whole is no sentence
  RowSet rows;
  for (const Row& row : account.rows)
    if (row.id != claim.id)
      for (const auto& sentence : row.origin.from)
        if (from.contains(sentence)) rows.insert(row.id);
  return rows;
}

}  // namespace

/// Rows of the claim's own sentence, and those that say the same, whatever sentence they come from; only what
/// the test reads at all.
RowSet Asker::own_of(const ClaimTester& tester, const Row& claim) const {
  RowSet own = own_sentence(claim, tester.column().rows);
  const auto read = tester.contestable(claim);
  std::erase_if(own, [&](const auto& row) { return !std::binary_search(read.begin(), read.end(), row); });
  // What a side will sign is no statement of how talks end: that follows, be it from one row.
  if (!tester.about_ends(claim) && tester.test(claim, own).yes())
    for (const auto& row : says_the_same(tester, claim)) own.insert(row);
  return own;
}

/// Where worlds are counted there is no proof to take apart: rows that change the verdict when they go.
void Asker::find_decisive_rows(const Row& claim, ClaimAnswer& answer) const {
  const V before = verdict_of(quick_->test(claim), options_.holds);
  const auto rows = quick_->contestable(claim);
  std::vector<V> after(rows.size(), before);
  worlds::parallel_for(static_cast<std::int64_t>(rows.size()),
                       [&](std::int64_t i) {
                         const auto at = static_cast<std::size_t>(i);
                         after[at] = verdict_of(quick_->test(claim, {rows[at]}), options_.holds);
                       },
                       {options_.solve.threads, options_.solve.cancel, {}});
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (after[i] != before) answer.premises.push_back(rows[i]);
}

/// What is proved of how talks end, either way, rests on a minimal set of rows; it is looked for without
/// draws. Limits are few and decide most, so they are tried alone first.
void Asker::find_end_premises(const Row& claim, const RowSet& left_out, const Tested& tested,
                              ClaimAnswer& answer) const {
  answer.premises = minimal_premises(*exact_, claim, left_out, !tested.yes());
}

/// Premises are enough by themselves, and not always beside everything else that the account says: signs that
/// oppose each other make it open, and a row may be what keeps them from it.
void Asker::find_guards(const Row& claim, const RowSet& left_out, ClaimAnswer& answer) const {
  for (const auto& row : base().contestable(claim)) {
    if (left_out.contains(row) ||
        std::find(answer.premises.begin(), answer.premises.end(), row) != answer.premises.end())
      continue;
    RowSet without = left_out;
    without.insert(row);
    if (!base().test(claim, without).yes()) answer.guards.push_back(row);
  }
}

/// What is open for signs that disagree or are unknown: single rows without which it would be settled.
void Asker::find_settling(const Row& claim, ClaimAnswer& answer) const {
  for (const auto& row : base().contestable(claim)) {
    const V after = verdict_of(base().test(claim, {row}), options_.holds);
    if (after == V::entailed || after == V::fails) answer.settled_without.emplace_back(row, after);
  }
}

/// Assumptions that the verdict hangs on: all rows that rest on one go, or the claim's own number takes an
/// end of its range.
void Asker::find_flips(const Row& claim, ClaimAnswer& answer) const {
  const account::Account& account = base().column().rows;
  std::map<std::string, RowSet> rests;
  const auto read = base().contestable(claim);
  for (const Row& row : account.rows)
    if (std::binary_search(read.begin(), read.end(), row.id))
      for (const auto& assumption : row.origin.assumed) rests[assumption].insert(row.id);
  const bool counts = base().counts_worlds(claim);
  const ClaimTester& tester = counts ? *quick_ : base();
  const V before = verdict_of(tester.test(claim), options_.holds);
  for (const auto& [assumption, rows] : rests) {
    if (stopped()) return;
    if (verdict_of(tester.test(claim, rows), options_.holds) != before) answer.flips.push_back(assumption);
  }
  if (!counts || claim.value("share") == nullptr) return;
  const auto turns = [&](int end) {
    return verdict_of(tester.test(claim, {}, end), options_.holds) != before;
  };
  if (!turns(-1) && !turns(1)) return;
  const std::string share = claim.text("share");
  const Row* row = account.find(share);
  if (row == nullptr || row->concept_name != "assumptions")
    answer.flips_at_end = share;
  else if (std::find(answer.flips.begin(), answer.flips.end(), share) == answer.flips.end())
    answer.flips.push_back(share);
}

}  // namespace parley::questions
