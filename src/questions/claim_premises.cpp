// SPDX-License-Identifier: MIT
// Which rows a claim that is proved rests on: sets that are enough, and rows that are enough alone.
#include <algorithm>

#include "account/content.hpp"
#include "logic/minimal_sets.hpp"
#include "questions/claim_test.hpp"

namespace parley::questions {

using account::Row;
using framing::RowSet;

namespace {

/// Of the rows those that may bar a package: positions, conditions of commitments, what mechanisms rule out.
logic::IndexSet limits_alone(const ClaimTester& tester, const std::vector<std::string>& rows) {
  logic::IndexSet list;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row* row = tester.situation().row(rows[i]);
    if (row == nullptr) continue;
    if (row->concept_name == "positions" || row->value("only_if") != nullptr ||
        row->value("rules_out") != nullptr)
      list.push_back(static_cast<int>(i));
  }
  return list;
}

}  // namespace

std::vector<std::string> minimal_premises(const ClaimTester& tester, const Row& claim, const RowSet& left_out,
                                          bool refuted) {
  std::vector<std::string> rows;
  for (const auto& row : tester.contestable(claim))
    if (!left_out.contains(row)) rows.push_back(row);
  // Of several minimal sets the one that is found hangs on this order: by what rows say, not by their names.
  account::sort_by_content(rows, account::content_of(tester.situation().account));
  const auto enough = [&](const logic::IndexSet& kept) {
    RowSet without = left_out;
    without.insert(rows.begin(), rows.end());
    for (const int i : kept) without.erase(rows[static_cast<std::size_t>(i)]);
    const Tested tested = tester.test(claim, without);
    return refuted ? tested.status == Tested::Status::no : tested.yes();
  };
  logic::IndexSet all;
  for (std::size_t i = 0; i < rows.size(); ++i) all.push_back(static_cast<int>(i));
  if (!enough(all)) return {};
  logic::IndexSet kept;
  if (tester.about_ends(claim)) {
    // Limits are few, and mostly enough: then no other row need be tried.
    const logic::IndexSet limits = limits_alone(tester, rows);
    const logic::IndexSet& among = enough(limits) ? limits : all;
    const auto chosen = [&](const logic::IndexSet& places) {
      logic::IndexSet list;
      for (const int i : places) list.push_back(among[static_cast<std::size_t>(i)]);
      return list;
    };
    kept = chosen(logic::one_minimal_set(static_cast<int>(among.size()),
                                         [&](const logic::IndexSet& set) { return enough(chosen(set)); }));
  } else {
    kept = logic::one_minimal_set(static_cast<int>(rows.size()), enough);
  }
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
  std::sort(premises.begin(), premises.end());
  return premises;
}

RowSet says_the_same(const ClaimTester& tester, const Row& claim) {
  RowSet same;
  const auto rows = tester.contestable(claim);
  RowSet others(rows.begin(), rows.end());
  // What is so without any row is said by none of them.
  if (tester.test(claim, others).yes()) return same;
  for (const auto& row : rows) {
    RowSet left = others;
    left.erase(row);
    // A condition that somebody makes speaks of bringing something about: that this does not stand already is
    // no second thing that is said.
    for (const auto& start : tester.course().starts_of(row)) left.erase(start);
    RowSet without_it = left;
    without_it.insert(row);
    if (tester.test(claim, left).yes() && !tester.test(claim, without_it).yes()) same.insert(row);
  }
  return same;
}

}  // namespace parley::questions
