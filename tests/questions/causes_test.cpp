// SPDX-License-Identifier: MIT
// Chains of commitments, guards and occasions as lenses, claims and audits answer them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "claim_account.hpp"
#include "framing/stability.hpp"
#include "questions/columns.hpp"
#include "questions/findings_parts.hpp"
#include "questions/tensions.hpp"

namespace {

using namespace parley;
using claims::V;

/// Two sides over a river; what each does when the talks fail, or when the other acts.
std::string river(const std::string& rows) {
  return R"(parley: 1
account: river
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, high: the upper side, low: the lower side}
issues:
  from: ex
  flow: {settled_by: [high, low], levels: [scant, fair, full], now: scant}
  toll: {settled_by: [high, low], levels: [scant, fair, full], now: scant}
  weir: {chosen_by: high, levels: [absent, raised], now: absent}
  raid: {chosen_by: low, levels: [absent, begun], now: absent}
talks: {t: {parties: [high, low], issues: [flow, toll], from: ex}}
preferences:
  from: ex
  p1: {by: high, on: flow, order: scant > fair > full}
  p2: {by: high, on: toll, order: full > fair > scant}
  p3: {by: low, on: flow, order: full > fair > scant}
  p4: {by: low, on: toll, order: scant > fair > full}
  p5: {by: high, on: raid, order: absent > begun}
  p6: {by: low, on: raid, order: absent > begun}
  p7: {by: high, on: weir, order: raised > absent}
  p8: {by: low, on: weir, order: absent > raised}
)" + rows;
}

questions::TableAnswer table(const std::string& rows, int draws = 400) {
  const auto reading = language::read_texts({{"river.yaml", river(rows)}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << rows;
  questions::SolveOptions options;
  options.draws = draws;
  options.by_world = true;
  questions::Column column{"river", "base", "", false, {}, reading.base};
  const auto answer = questions::solve(column, options);
  EXPECT_EQ(answer.tables.size(), 1U);
  return answer.tables.at(0);
}

std::string chain(const std::string& first, const std::string& odds, const std::string& second) {
  return fmt::format(
      "commitments:\n  from: ex\n  {}: {{by: high, to: low, kind: threat, if: t failed, "
      "will: weir is raised, carried_out: {}}}\n{}",
      first, odds, second);
}
std::string raid(const std::string& id) {
  return fmt::format(
      "  {}: {{by: low, to: high, kind: threat, if: weir is raised, will: raid is begun, carried_out: "
      "100%}}\n",
      id);
}

double share(const questions::TableAnswer& t) {
  std::size_t with = 0;
  for (const auto& world : t.answer.by_world) with += world.zone.empty() ? 0 : 1;
  return static_cast<double>(with) / static_cast<double>(t.answer.by_world.size());
}

void expect_alike(const questions::TableAnswer& a, const questions::TableAnswer& b, const char* what) {
  EXPECT_EQ(a.answer.possible, b.answer.possible) << what;
  EXPECT_EQ(a.answer.necessary, b.answer.necessary) << what;
  EXPECT_EQ(a.answer.proved, b.answer.proved) << what;
  EXPECT_NEAR(share(a), share(b), 0.11) << what;
}

TEST(Chains, AThreatActsWhereItsConditionComesToHold) {
  const auto before = table(chain("m", "100%", raid("a"))), after = table(chain("m", "100%", raid("z"))),
             mechanism = table(chain("m", "100%",
                                     "mechanisms:\n  from: ex\n  w: {cause: weir is raised, "
                                     "makes_likely: raid is begun, strength: 100%}\n"));
  expect_alike(before, after, "the raid is named before or after the weir");
  expect_alike(before, mechanism, "a certain threat is a mechanism");
  const auto never = table(chain("m", "0%", raid("z"))), without = table(chain("m", "0%", ""));
  expect_alike(never, without, "a raid that answers a weir that is never raised");
  EXPECT_GT(std::abs(share(before) - share(without)), 0.15);  // the chain makes a difference
}

TEST(Chains, GoAsDeepAsTheyGo) {
  const std::string issues = R"(
  x1: {nature: yes, levels: [l0, l1], now: l0}
  x2: {nature: yes, levels: [l0, l1], now: l0}
  x3: {nature: yes, levels: [l0, l1], now: l0}
)";
  for (const char* ids : {"abcd", "dcba", "bdac"}) {
    std::string text = river("");
    text.insert(text.find("talks:"), issues.substr(1));
    text += fmt::format(
        "commitments:\n  from: ex\n"
        "  {}: {{by: high, if: t failed, will: x1 is l1, carried_out: 100%}}\n"
        "  {}: {{by: low, if: x1 is l1, will: x2 is l1, carried_out: 100%}}\n"
        "  {}: {{by: high, if: x2 is l1, will: x3 is l1, carried_out: 100%}}\n"
        "  {}: {{by: low, if: x3 is l1, will: raid is begun, carried_out: 100%}}\n",
        ids[0], ids[1], ids[2], ids[3]);
    const auto s = framing::make_situation(language::read_texts({{"river.yaml", text}}).base, {});
    const auto framed = framing::frame_deals(s, "t");
    ASSERT_TRUE(framed);
    const auto& no_deal = framed->ensemble.resolutions.at(0).no_deal;
    ASSERT_EQ(no_deal.chances.size(), 4U) << ids;
    const auto& stakes = framed->ensemble.parties.at(0).order.stakes;
    std::size_t k = 0;
    while (k < stakes.size() && stakes[k].id != "raid") ++k;
    ASSERT_LT(k, stakes.size());
    std::size_t begun = 0;
    for (const auto& branch : no_deal.branches) begun += branch.levels[0][k] == 2U ? 1 : 0;
    EXPECT_EQ(begun, 1U) << ids;  // only where all four are carried out
  }
}

/// Where what a commitment sets stands now is not said, every level is tried: it may make things better or
/// worse.
TEST(Chains, WhatTheyLeadToMayStandAnywhere) {
  std::string text = river(
      "commitments: {m: {by: high, to: low, kind: threat, if: t failed, will: weir is begun, carried_out: "
      "100%, "
      "from: ex}}\n");
  const std::string was = "levels: [absent, raised], now: absent}";
  text.replace(text.find(was), was.size(), "levels: [absent, begun, raised]}");
  const auto s = framing::make_situation(language::read_texts({{"river.yaml", text}}).base, {});
  const auto framed = framing::frame_deals(s, "t");
  ASSERT_TRUE(framed);
  EXPECT_EQ(framed->ensemble.resolutions.size(), 3U);
}

TEST(Guards, BarWhatIsNotMetAndPledgeNothing) {
  // The raid is carried out only under a condition that nothing meets: it never is.
  const auto barred =
      table(chain("m", "100%",
                  raid("z") + "  g: {by: low, kind: condition, will: raid is begun, only_if: toll "
                              "is full}\n"));
  const auto without = table(chain("m", "100%", ""));
  expect_alike(barred, without, "a raid that its maker's own condition bars");
  const auto reading = language::read_texts(
      {{"river.yaml",
        river("objectives: {goal: {by: high, needs: [raid is absent], from: ex}}\n"
              "commitments: {g: {by: high, kind: condition, will: weir is raised, only_if: toll is full, "
              "from: ex}}\n"
              "mechanisms: {m: {cause: weir is raised, makes_likely: raid is begun, from: ex}}\n")}});
  const auto s = framing::make_situation(reading.base, {});
  for (const auto& tension : questions::tensions_of(s))
    EXPECT_NE(tension.kind, questions::Tension::Kind::own_goal) << tension.words;
  for (const auto& measure : questions::measures_of(s)) EXPECT_NE(measure.row, "g") << measure.text;
}

TEST(Guards, PledgesStillWorkAgainstGoals) {
  const auto s = framing::make_situation(
      language::read_texts(
          {{"river.yaml",
            river("objectives: {goal: {by: high, needs: [raid is absent], from: ex}}\n"
                  "commitments: {g: {by: high, if: t failed, will: weir is raised, from: ex}}\n"
                  "mechanisms: {m: {cause: weir is raised, makes_likely: raid is begun, from: ex}}\n")}})
          .base,
      {});
  std::size_t own = 0;
  for (const auto& tension : questions::tensions_of(s))
    own += tension.kind == questions::Tension::Kind::own_goal ? 1 : 0;
  EXPECT_EQ(own, 2U);  // the goal, and the order in which it puts a raid last
}

TEST(Occasions, MakesUnlikelyKeepsAway) {
  const auto guarded = [&](const std::string& strength) {
    return table(chain("m", "100%",
                       raid("z") +
                           "mechanisms:\n  from: ex\n  u: {cause: weir is raised, makes_unlikely: raid is "
                           "begun, strength: " +
                           strength + "}\n"));
  };
  expect_alike(guarded("100%"), table(chain("m", "100%", "")), "surely kept away");
  expect_alike(guarded("0%"), table(chain("m", "100%", raid("z"))), "never kept away");
  const auto both = language::read_texts(
      {{"river.yaml",
        river("mechanisms: {u: {cause: weir is raised, makes_unlikely: raid is begun, makes_likely: "
              "raid is begun, from: ex}}\n")}});
  EXPECT_TRUE(std::any_of(both.diagnostics.begin(), both.diagnostics.end(),
                          [](const auto& d) { return d.severity == language::Severity::error; }));
  const auto s = framing::make_situation(
      language::read_texts(
          {{"river.yaml", river("mechanisms: {u: {cause: weir is raised, makes_unlikely: raid is "
                                "begun, from: ex}}\n")}})
          .base,
      {});
  const auto frame = framing::frame_consistency(s);
  ASSERT_EQ(frame.graph.graph.arcs.size(), 1U);
  EXPECT_EQ(frame.graph.graph.arcs[0].sign, logic::Sign::minus);
}

TEST(Claims, AWeakerPremiseProvesNoMore) {
  const std::string rows = R"(mechanisms: {m: {cause: state, raises: [fear], from: ex.S2}}
)";
  // From planned down to nothing: fear may fall. So it may where the state may also be full.
  const std::string head(claims::kHead);
  const auto ask = [&](const std::string& given) {
    std::string text =
        head + rows + "claims: {c: {entails: not (fear falls), given: " + given + ", from: ex.S1}}\n";
    const std::string from = "state: {nature: yes, levels: [absent, full], now: absent}";
    text.replace(text.find(from), from.size(),
                 "state: {nature: yes, levels: [absent, planned, full], now: planned}");
    return claims::asked(language::read_texts({{"small.yaml", text}})).at(0).verdict;
  };
  EXPECT_EQ(ask("state is absent"), V::undetermined);
  EXPECT_EQ(ask("state is absent or full"), V::undetermined);
  EXPECT_EQ(ask("state is full"), V::asserted);  // by the mechanism alone
}

TEST(Claims, WhatARowSaysOutrightIsAsserted) {
  const auto ask = [](const std::string& mechanism, const std::string& claim) {
    return claims::one(
        fmt::format("mechanisms: {{m: {{cause: patrols is sent, {}, from: ex.S2}}}}\n"
                    "claims: {{c: {{{}, from: ex.S1}}}}\n",
                    mechanism, claim));
  };
  const auto said =
      ask("makes_likely: water is not much", "sufficient: patrols is sent, for: water is not much");
  EXPECT_EQ(said.verdict, V::asserted);
  EXPECT_EQ(said.own_rows, claims::Rows{"m"});
  EXPECT_NE(said.base.why.find("weaker wording"), std::string::npos) << said.base.why;
  EXPECT_EQ(
      ask("makes_unlikely: water is much", "sufficient: patrols is sent, for: water is not much").verdict,
      V::asserted);
  EXPECT_NE(ask("makes_likely: water is half", "sufficient: patrols is sent, for: water is much").verdict,
            V::asserted);
}

std::pair<std::string, std::string> lifted(const std::string& rows) {
  std::string text = river(rows);
  text.insert(text.find("talks:"), "  aid: {chosen_by: friend, levels: [cut, given], now: given}\n");
  text.replace(text.find("low: the lower side"), 19, "low: the lower side, friend: the friend");
  const auto reading = language::read_texts({{"river.yaml", text}});
  const questions::Ground ground(reading.base, {});
  for (const auto& audit : questions::audit_of(ground).audits)
    for (const auto& item : audit.items)
      if (item.question == "lifted") return {item.verdict, item.words};
  return {};
}

TEST(Audits, AThreatIsMadeOnTheConditionsThatAreStated) {
  const std::string threat =
      "commitments:\n  from: ex\n  x: {by: friend, to: high, kind: threat, if: weir is raised, will: aid is "
      "cut}\n";
  EXPECT_EQ(lifted(threat), std::pair(std::string("yes"), std::string("it is lifted")));
  const auto twice = lifted(
      threat + "  y: {by: friend, to: high, restates: x, kind: threat, if: unstated, will: aid is cut}\n");
  EXPECT_EQ(twice.first, "partly");
  EXPECT_NE(twice.second.find("with no stated condition"), std::string::npos) << twice.second;
  const auto other =
      lifted(threat +
             "  y: {by: friend, to: high, restates: x, kind: threat, if: raid is begun, will: aid is cut}\n");
  EXPECT_EQ(other.first, "partly");
  EXPECT_NE(other.second.find("another condition"), std::string::npos) << other.second;
  // The same condition by another name: giving way ends it, too.
  EXPECT_EQ(lifted(threat + "  y: {by: friend, to: high, restates: x, kind: threat, if: weir is raised and "
                            "raid is begun, will: aid is cut}\n")
                .first,
            "yes");
}

}  // namespace
