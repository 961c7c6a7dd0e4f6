// SPDX-License-Identifier: MIT
// Which rows a claim that is proved rests on: sets that are enough, and rows that are enough alone.
#include <algorithm>

#include "logic/minimal_sets.hpp"
#include "questions/claim_test.hpp"

namespace parley::questions {

using account::Row;
using framing::RowSet;

std::vector<std::string> minimal_premises(const ClaimTester& tester, const Row& claim,
                                          const RowSet& left_out) {
  std::vector<std::string> rows;
  for (const auto& row : tester.contestable(claim))
    if (!left_out.contains(row)) rows.push_back(row);
  const auto enough = [&](const logic::IndexSet& kept) {
    RowSet without = left_out;
    without.insert(rows.begin(), rows.end());
    for (const int i : kept) without.erase(rows[static_cast<std::size_t>(i)]);
    return tester.test(claim, without).yes();
  };
  logic::IndexSet all;
  for (std::size_t i = 0; i < rows.size(); ++i) all.push_back(static_cast<int>(i));
  if (!enough(all)) return {};
  logic::IndexSet kept = logic::one_minimal_set(static_cast<int>(rows.size()), enough);
  // Where signs oppose each other the property is not monotone: a row that could not go may go later.
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      logic::IndexSet fewer = kept;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!enough(fewer)) continue;
      kept = std::move(fewer);
      dropped = true;
      break;
    }
  }
  std::vector<std::string> premises;
  for (const int i : kept) premises.push_back(rows[static_cast<std::size_t>(i)]);
  return premises;
}

RowSet says_the_same(const ClaimTester& tester, const Row& claim) {
  RowSet same;
  const auto rows = tester.contestable(claim);
  RowSet others(rows.begin(), rows.end());
  // What is so without any row is said by none of them.
  if (tester.test(claim, others).yes()) return same;
  for (const auto& row : rows) {
    others.erase(row);
    if (tester.test(claim, others).yes()) same.insert(row);
    others.insert(row);
  }
  return same;
}

}  // namespace parley::questions
