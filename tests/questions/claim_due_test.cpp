// SPDX-License-Identifier: MIT
// What somebody will do comes due as talks end, also where its condition held before; and what is so where
// something is given may be so.
#include <gtest/gtest.h>

#include "claim_account.hpp"
#include "questions/claim_test.hpp"

namespace {

using namespace claims;

/// The promise stands since the road is shut, and nobody has kept it yet: no deal, as the table of the deals
/// lens takes it (framing rule 8), has the aid given.
constexpr const char* kPromise = R"(parley: 1
account: pass
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {north: the north, south: the south, patron: the patron}
issues:
  road: {settled_by: [north, south], levels: [shut, open], now: shut}
  aid: {chosen_by: patron, levels: [cut, given], now: cut}
  post: {chosen_by: patron, levels: [closed, staffed], now: closed}
talks: {spring: {parties: [north, south], issues: [road]}}
preferences:
  n: {by: north, on: road, order: open > shut}
  s: {by: south, on: road, order: shut > open}
commitments:
  promise: {by: patron, to: north, kind: promise, if: road is shut, will: aid is given, carried_out: 100%}
)";

V verdict_on(const std::string& claim) {
  const auto reading =
      language::read_texts({{"pass.yaml", std::string(kPromise) + "claims: {c: {" + claim + "}}\n"}});
  EXPECT_TRUE(reading.ok());
  return asked(reading, 50).front().verdict;
}

TEST(ClaimDue, APromiseThatStandsIsNoReasonThatItIsNotKept) {
  EXPECT_EQ(verdict_on("entails: aid is given, given: spring failed"), V::undetermined);
  EXPECT_EQ(verdict_on("entails: aid is cut, given: spring failed"), V::undetermined);
  EXPECT_EQ(verdict_on("entails: aid is cut"), V::asserted) << "the present is what it is";
  EXPECT_EQ(verdict_on("entails: aid is cut, given: post is staffed"), V::asserted)
      << "nothing ends that would make it due";
}

TEST(ClaimDue, WhatIsSoMayBeSo) {
  EXPECT_EQ(verdict_on("entails: post is closed, given: spring failed"), V::asserted);
  EXPECT_EQ(verdict_on("possible: post is closed, given: spring failed"), V::asserted);
  EXPECT_EQ(verdict_on("possible: post is staffed, given: spring failed"), V::undetermined);
}

}  // namespace
