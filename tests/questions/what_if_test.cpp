// SPDX-License-Identifier: MIT
// What-ifs: interventions cut what would move their variable, answers before and after share their draws.
#include <gtest/gtest.h>

#include <algorithm>

#include "language/read.hpp"
#include "questions/what_if.hpp"
#include "questions/what_if_parts.hpp"

namespace {

using namespace parley;
using State = questions::ThenAnswer::State;

constexpr const char* kAccount = R"(parley: 1
account: small
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  patrols: {chosen_by: a, levels: [withheld, sent], now: withheld}
  state: {nature: yes, levels: [absent, full], now: absent}
  treaty: {nature: yes, levels: [absent, signed], now: absent}
quantities: {fear: fear, trade: trade}
talks: {t: {parties: [a, b], issues: [water]}}
positions:
  a_water: {by: a, on: water, insists: much}
  b_water: {by: b, on: water, insists: little}
preferences:
  a_more: {by: a, on: water, order: much > half > little}
  b_less: {by: b, on: water, order: little > half > much}
mechanisms:
  scare: {cause: patrols is sent, raises: [fear]}
  cost: {cause: fear, lowers: [trade]}
  shut: {cause: patrols is sent, rules_out: state is full}
commitments:
  bar: {by: b, will: treaty is signed, only_if: state is full}
interventions:
  more_patrols: {is: patrols in either way, readings: {sent: patrols is sent, kept: patrols is withheld}}
)";

std::vector<questions::WhatIf> asked(const std::vector<std::string>& conditions,
                                     const std::vector<std::string>& then,
                                     std::vector<std::string>* problems) {
  const auto reading = language::read_texts({{"small.yaml", kAccount}});
  EXPECT_TRUE(reading.ok());
  questions::SolveOptions options;
  options.draws = 100;
  return questions::what_if({{reading.base, reading.alternatives}}, {conditions, then}, {}, options,
                            problems);
}

const questions::ThenAnswer& then(const std::vector<questions::WhatIf>& list) {
  return list.at(0).columns.at(0).then.at(0);
}

TEST(WhatIf, WhatFollowsAlongMechanisms) {
  std::vector<std::string> problems;
  const auto list = asked({"patrols is sent"}, {"trade falls"}, &problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_EQ(then(list).before, State::open);  // nothing is said of trade at present
  EXPECT_EQ(then(list).after, State::holds);
  EXPECT_EQ(then(list).way, (std::vector<std::string>{"scare", "cost"}));
}

TEST(WhatIf, ClaimsAreAskedWhereWhatFollowsHasFollowed) {
  const std::string text = std::string(kAccount) + R"(claims:
  grows: {entails: trade rises}
  enough: {sufficient: patrols is sent, for: trade falls}
)";
  std::string known = text;
  known.replace(known.find("trade: trade}"), 13, "trade: {is: trade, now: rising}}");
  const auto reading = language::read_texts({{"small.yaml", known}});
  ASSERT_TRUE(reading.ok());
  std::vector<std::string> problems;
  questions::SolveOptions options;
  options.draws = 20;
  const auto list =
      questions::what_if({{reading.base, {}}}, {{"patrols is sent"}, {"grows"}}, {}, options, &problems);
  ASSERT_TRUE(problems.empty());
  const auto& shifts = list.at(0).columns.at(0).shifts;
  const auto find = [&](const std::string& id) {
    return std::find_if(shifts.begin(), shifts.end(),
                        [&](const auto& s) { return s.before.id.text() == id; });
  };
  ASSERT_NE(find("claim:grows.entailed"), shifts.end());
  EXPECT_EQ(find("claim:grows.entailed")->before.in_worlds(), "all") << "it is said to rise";
  EXPECT_EQ(find("claim:grows.entailed")->after.in_worlds(), "no") << "patrols lower it";
  for (const auto& shift : shifts)
    EXPECT_NE(shift.before.id.scope, questions::claim_scope("enough")) << "it supposes itself what is set";
}

TEST(WhatIf, AnActShutsOutWhatNeedsWhatItRulesOut) {
  std::vector<std::string> problems;
  const auto list = asked({"patrols is sent"}, {"treaty is signed"}, &problems);
  EXPECT_EQ(then(list).before, State::not_now);
  EXPECT_EQ(then(list).after, State::excluded);
}

TEST(WhatIf, ItsOwnRulesAreCut) {
  std::vector<std::string> problems;
  // The treaty is there, whatever its condition says: that the state is full does not follow from it.
  const auto list = asked({"treaty is signed"}, {"state is full"}, &problems);
  EXPECT_EQ(then(list).after, State::not_now);
  const auto fear = asked({"fear falls", "patrols is sent"}, {"trade falls"}, &problems);
  EXPECT_EQ(then(fear).after, State::not_now);
}

TEST(WhatIf, WhatIsOnATableIsNoLongerNegotiated) {
  std::vector<std::string> problems;
  const auto list = asked({"water is half"}, {}, &problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_TRUE(list.at(0).columns.at(0).shifts.empty() ||
              std::none_of(list[0].columns[0].shifts.begin(), list[0].columns[0].shifts.end(),
                           [](const auto& s) { return s.after.share.yes > 0; }));
}

TEST(WhatIf, ReadingsOfAnInterventionStandSideBySide) {
  std::vector<std::string> problems;
  const auto list = asked({"more_patrols"}, {"fear rises"}, &problems);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].reading, "sent");
  EXPECT_EQ(list[0].columns[0].then[0].after, State::holds);
  EXPECT_EQ(list[1].reading, "kept");
  EXPECT_NE(list[1].columns[0].then[0].after, State::holds);
}

TEST(WhatIf, NothingChangesWhereNothingIsChanged) {
  std::vector<std::string> problems;
  const auto list = asked({"state is absent"}, {}, &problems);
  ASSERT_EQ(list.size(), 1U);
  ASSERT_FALSE(list[0].columns[0].shifts.empty());
  for (const auto& shift : list[0].columns[0].shifts) {
    // What would move the variable is cut all the same, and with it what that rules out.
    if (shift.before.id.scope.lens == questions::Lens::consistency) continue;
    EXPECT_FALSE(shift.changed()) << shift.before.id.text();
    EXPECT_EQ(shift.before.share.yes, shift.after.share.yes);
  }
}

TEST(WhatIf, WorldsArePairedByTheirNumbersNotByTheirPlaces) {
  const auto paired = [](std::map<std::uint64_t, bool> before, std::map<std::uint64_t, bool> after) {
    const auto zone = questions::table_id("t", "zone");
    questions::Shift shift{{zone, "", {0, 8}, false, false, {}}, {zone, "", {0, 8}, false, false, {}}};
    for (const auto& [world, is] : before) shift.before.share.yes += is;
    for (const auto& [world, is] : after) shift.after.share.yes += is;
    shift.before.share.of = static_cast<int>(before.size());
    shift.after.share.of = static_cast<int>(after.size());
    questions::pair_up(shift, before, after);
    return shift;
  };
  // True in every other world, before and after alike; the numbers of the account refused world 0 afterwards.
  const auto same = paired({{0, true}, {1, false}, {2, true}, {3, false}, {4, true}},
                           {{1, false}, {2, true}, {3, false}, {4, true}});
  EXPECT_TRUE(same.paired);
  EXPECT_EQ(same.difference, 0);
  const auto more = paired({{0, true}, {1, false}, {2, false}}, {{1, true}, {2, false}, {7, true}});
  EXPECT_TRUE(more.paired);
  EXPECT_EQ(more.difference, 0.5);  // of worlds 1 and 2, one became true
  const auto apart = paired({{0, true}, {1, true}}, {{2, false}, {3, true}});
  EXPECT_FALSE(apart.paired);
  EXPECT_EQ(apart.difference, -0.5);
}

const questions::ThenShifts& named(const std::vector<questions::WhatIf>& list) {
  return list.at(0).columns.at(0).then_answers.at(0);
}

TEST(WhatIf, ThenNamesASignASituationOrAnAnswer) {
  std::vector<std::string> problems;
  // The level of the treaty is set: nothing that moved it does so any more.
  const auto sign = asked({"fear falls"}, {"patrols on fear"}, &problems);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(named(sign).shifts.size(), 1U);
  EXPECT_EQ(named(sign).shifts[0].before.in_worlds(), "all");
  EXPECT_EQ(named(sign).shifts[0].after.in_worlds(), "no");
  EXPECT_TRUE(named(sign).shifts[0].changed());
  EXPECT_EQ(named(sign).shifts[0].difference, -1);
  const auto present = asked({"state is absent"}, {"the present holds"}, &problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_FALSE(named(present).shifts.empty());
  for (const auto& shift : named(present).shifts) EXPECT_FALSE(shift.changed()) << shift.before.id.text();
  const auto shut =
      asked({"patrols is withheld"}, {"consistency.never:patrols is sent with treaty is signed"}, &problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_EQ(named(shut).shifts.size(), 1U);
}

TEST(WhatIf, EveryLensIsComparedForTheAccountAsWritten) {
  std::vector<std::string> problems;
  const auto list = asked({"patrols is sent"}, {}, &problems);
  for (const char* lens : {"t.", "consistency.", "stability:"})
    EXPECT_TRUE(std::any_of(list[0].columns[0].shifts.begin(), list[0].columns[0].shifts.end(),
                            [&](const auto& s) { return s.before.id.text().starts_with(lens); }))
        << lens;
}

TEST(WhatIf, WhatCannotBeSetIsSaid) {
  for (const char* words : {"water at least half", "patrols is sent or state is full", "nobody is here",
                            "water is", "not (water is half)"}) {
    std::vector<std::string> problems;
    EXPECT_TRUE(asked({words}, {}, &problems).empty()) << words;
    ASSERT_EQ(problems.size(), 1U) << words;
    EXPECT_FALSE(problems[0].empty());
  }
}

}  // namespace
