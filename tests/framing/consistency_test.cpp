// SPDX-License-Identifier: MIT
// From an account to signed arcs, constraints and a cross-impact matrix.
#include "framing/consistency.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "language/read.hpp"
#include "questions/consistency.hpp"

namespace {

using parley::framing::ConsistencyFrame;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const char* const kAccount = R"(parley: 1
account: river
from: t
sources: {t: {title: A text, standpoint: exercise}}
actors: {north: the north, south: the south}
issues:
  dam: {chosen_by: north, levels: [absent, planned, built], now: planned, never_falls: yes}
  treaty: {settled_by: [north, south], levels: [absent, signed], now: absent}
  capital: {chosen_by: south, choices: [old, new], now: old}
  flow: {settled_by: [north, south], levels: [low, high], now: high}
quantities: {harvest: {unit: tonnes}, anger: {unit: level}}
mechanisms:
  dam_flow: {cause: dam is built, rules_out: flow is high}
  flow_harvest: {cause: flow, raises: [harvest]}
  harvest_anger: {cause: harvest, lowers: [anger]}
  move_anger: {cause: capital is new, moves: [anger]}
commitments:
  south_signs: {by: south, will: treaty is signed, only_if: flow is high}
)";

parley::account::Account account() {
  const auto reading = parley::language::read_texts({{"river.yaml", kAccount}});
  EXPECT_TRUE(reading.ok());
  return reading.base;
}

std::vector<std::string> arcs_of(const ConsistencyFrame& frame) {
  std::vector<std::string> list;
  for (const auto& arc : frame.graph.graph.arcs) {
    const char* sign = arc.sign == parley::logic::Sign::plus    ? "+"
                       : arc.sign == parley::logic::Sign::minus ? "-"
                                                                : "?";
    list.push_back(fmt::format("{} {} {} ({})", frame.graph.nodes[static_cast<std::size_t>(arc.from)], sign,
                               frame.graph.nodes[static_cast<std::size_t>(arc.to)],
                               frame.graph.rows[static_cast<std::size_t>(arc.row)]));
  }
  return list;
}

parley::questions::ConsistencyAnswer answer(std::vector<std::string> given = {}) {
  parley::questions::ConsistencyOptions options;
  options.given = std::move(given);
  std::vector<std::string> problems;
  const auto columns = parley::questions::columns_of(account(), {}, {});
  auto result = parley::questions::solve_consistency(columns.front(), options, &problems);
  EXPECT_THAT(problems, ElementsAre());
  return result;
}

std::vector<std::string> levels_of(const parley::questions::ConsistencyAnswer& a,
                                   parley::consistency::Reach which) {
  std::vector<std::string> list;
  for (const auto& level : a.reach.levels)
    if (level.reach == which)
      list.push_back(a.frame.conditions.variables[static_cast<std::size_t>(level.variable)] + " is " +
                     a.frame.conditions.levels[static_cast<std::size_t>(level.variable)]
                                              [static_cast<std::size_t>(level.level)]);
  return list;
}

TEST(ConsistencyFrame, RowsBecomeSignedArcs) {
  const auto frame = parley::framing::frame_consistency(parley::framing::make_situation(account(), {}));
  EXPECT_THAT(arcs_of(frame),
              UnorderedElementsAre("flow + harvest (flow_harvest)", "harvest - anger (harvest_anger)",
                                   "capital is new ? anger (move_anger)"));
  // What is ruled out, or done only under a condition, is kept as logic and pushes nothing.
  std::vector<std::string> logic;
  for (const auto& c : frame.conditions.problem.constraints) logic.push_back(c.id);
  EXPECT_THAT(logic, testing::IsSupersetOf({"dam_flow", "south_signs"}));
}

TEST(ConsistencyFrame, WhatMakesOneChoiceLikelierTakesFromTheOthers) {
  const auto arcs = [](const char* choices) {
    const auto reading = parley::language::read_texts({{"c.yaml", fmt::format(R"(parley: 1
account: choice
from: t
sources: {{t: {{title: A text, standpoint: exercise}}}}
actors: {{a: one}}
quantities: {{push: {{unit: level}}, end: {{unit: level}}}}
issues: {{way: {{chosen_by: a, choices: [{}], now: old}}}}
mechanisms:
  to_new: {{cause: push rises, makes_likely: way is new}}
  from_old: {{cause: way is old, raises: [end]}}
)",
                                                                              choices)}});
    EXPECT_TRUE(reading.ok());
    return arcs_of(parley::framing::frame_consistency(parley::framing::make_situation(reading.base, {})));
  };
  EXPECT_THAT(arcs("old, new"), Contains("push - way is old (to_new)"));
  EXPECT_THAT(arcs("old, new, none_of_both"), Contains("push ? way is old (to_new)"));
}

TEST(ConsistencyFrame, WhatNeverFallsIsExcludedBelow) {
  EXPECT_THAT(levels_of(answer(), parley::consistency::Reach::excluded), ElementsAre("dam is absent"));
}

TEST(ConsistencyFrame, RowsThatJoinShutOutWhatNeitherDoesAlone) {
  const auto found = answer().exclusions;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found.front().rows, UnorderedElementsAre("dam_flow", "south_signs"));
}

TEST(ConsistencyFrame, WhatIsGivenExcludesAndForces) {
  const auto a = answer({"dam is built"});
  EXPECT_THAT(levels_of(a, parley::consistency::Reach::excluded), Contains("flow is high"));
  EXPECT_THAT(levels_of(a, parley::consistency::Reach::excluded), Contains("treaty is signed"));
  EXPECT_THAT(levels_of(a, parley::consistency::Reach::forced), Contains("flow is low"));
}

TEST(ConsistencyFrame, ContradictionsNameTheRows) {
  const auto a = answer({"dam is built", "treaty is signed"});
  EXPECT_FALSE(a.reach.consistent);
  ASSERT_EQ(a.reach.clashes.size(), 1U);
  EXPECT_THAT(a.reach.clashes.front(), UnorderedElementsAre("dam_flow", "south_signs"));
}

TEST(ConsistencyFrame, AConditionThatCannotBeReadIsASentence) {
  for (const char* words : {"dam is", "dam is huge", "lake is full"}) {
    parley::questions::ConsistencyOptions options;
    options.given = {words};
    std::vector<std::string> problems;
    (void)parley::questions::solve_consistency(parley::questions::columns_of(account(), {}, {}).front(),
                                               options, &problems);
    EXPECT_EQ(problems.size(), 1U) << words;
  }
}

TEST(ConsistencyFrame, TheMatrixFollowsTheSignsEvenlyOverTheLevels) {
  const auto situation = parley::framing::make_situation(account(), {});
  const auto frame = parley::framing::frame_consistency(situation);
  const auto problem = parley::framing::balances_of(situation, frame, 2);
  std::vector<std::string> names;
  for (const auto& d : problem.descriptors) names.push_back(d.name);
  EXPECT_THAT(names, UnorderedElementsAre("flow", "harvest", "anger"));
  // Unknown signs judge nothing: the capital is no descriptor. From the harvest's rise to the anger's: -2.
  std::size_t harvest = 0, anger = 0;
  for (std::size_t d = 0; d < names.size(); ++d) {
    if (names[d] == "harvest") harvest = d;
    if (names[d] == "anger") anger = d;
  }
  const auto judged = [&](std::size_t w, std::size_t v) {
    return problem.scores[(problem.first(harvest) + w) * problem.variants() + problem.first(anger) + v];
  };
  EXPECT_EQ(judged(2, 2), -2 * problem.scale);
  EXPECT_EQ(judged(1, 2), 0);
  EXPECT_EQ(judged(0, 2), 2 * problem.scale);
  EXPECT_EQ(judged(2, 0), 2 * problem.scale);
}

}  // namespace
