// SPDX-License-Identifier: MIT
// What rows say to be likely: only where their cause holds, only at the odds that the word stands for, and
// never by what they do not say.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "claim_account.hpp"

namespace {

using namespace claims;

std::string row(const std::string& cause, const std::string& says) {
  return fmt::format("mechanisms: {{m: {{cause: {}, {}, from: ex.S2}}}}\n", cause, says);
}
V likely(const std::string& rows, const std::string& given = "") {
  return base_of(rows, "likely: state is full" + (given.empty() ? "" : ", given: " + given));
}
V unlikely(const std::string& rows, const std::string& given = "") {
  return base_of(rows, "unlikely: state is full" + (given.empty() ? "" : ", given: " + given));
}
std::string why(const std::string& rows, const std::string& claim) {
  return one(rows + "claims: {c: {" + claim + ", from: ex.S1}}\n").base.why;
}

TEST(ClaimLikely, ARowSaysNothingWhereItsCauseFails) {
  const std::string up = row("patrols is sent", "makes_likely: state is full"),
                    down = row("patrols is sent", "makes_unlikely: state is full");
  EXPECT_EQ(likely(up, "patrols is sent"), V::entailed);
  EXPECT_EQ(unlikely(up, "patrols is sent"), V::fails);
  EXPECT_EQ(likely(down, "patrols is sent"), V::fails);
  EXPECT_EQ(unlikely(down, "patrols is sent"), V::entailed);
  // Neither where it is given that the cause fails, nor where it fails at present.
  for (const auto& rows : {up, down})
    for (const char* given : {"patrols is withheld", ""}) {
      const V neither = *given == 0 ? V::not_testable : V::undetermined;
      EXPECT_EQ(likely(rows, given), neither) << rows << given;
      EXPECT_EQ(unlikely(rows, given), neither) << rows << given;
    }
  EXPECT_NE(
      why(up, "unlikely: state is full, given: patrols is withheld").find("neither likely nor unlikely"),
      std::string::npos);
  // Not through what keeps still either, nor through a thing between.
  const std::string through = R"(mechanisms:
  m: {cause: patrols is sent, makes_likely: state is full, from: ex.S2}
  n: {cause: state is full, raises: [fear], from: ex.S3}
  o: {cause: treaty is signed, makes_likely: patrols is sent, from: ex.S4}
)";
  for (const char* claim :
       {"unlikely: fear rises, given: patrols is withheld", "likely: fear rises, given: patrols is withheld",
        "unlikely: state is full, given: treaty is absent",
        "likely: state is absent, given: treaty is absent"})
    EXPECT_NE(base_of(through, claim), V::entailed) << claim;
}

TEST(ClaimLikely, WhatFollowsFromWhatIsGivenStillDecides) {
  EXPECT_EQ(base_of(row("patrols is sent", "raises: [fear]"), "likely: fear rises, given: patrols is sent"),
            V::entailed);
  EXPECT_EQ(base_of(row("patrols is sent", "raises: [fear]"), "unlikely: fear falls, given: patrols is sent"),
            V::entailed);
  EXPECT_EQ(unlikely(row("patrols is sent", "rules_out: state is full"), "patrols is sent"), V::entailed);
  EXPECT_EQ(likely(row("patrols is sent", "makes_likely: state is full, strength: 100%"), "patrols is sent"),
            V::entailed);
  EXPECT_EQ(
      unlikely(row("patrols is sent", "makes_unlikely: state is full, strength: 100%"), "patrols is sent"),
      V::entailed);
  EXPECT_EQ(likely(row("patrols is sent", "makes_likely: state is full") +
                       "commitments: {k: {by: a, will: patrols is sent, if: water is much, from: ex.S3}}\n",
                   "patrols is sent and state is absent"),
            V::fails)
      << "it is given that it is not so";
}

TEST(ClaimLikely, WhatMayBeRuledOutIsNotSurelyLikely) {
  const auto both = [](const char* cause) {
    return fmt::format(
        "mechanisms:\n  m: {{cause: patrols is sent, makes_likely: state is full, from: ex.S2}}\n"
        "  n: {{cause: {}, rules_out: state is full, from: ex.S3}}\n",
        cause);
  };
  EXPECT_EQ(likely(both("fear rises"), "patrols is sent"), V::undetermined) << "whether fear rises is open";
  EXPECT_EQ(likely(both("calm is absent"), "patrols is sent"), V::entailed) << "it is present";
  EXPECT_EQ(unlikely(both("calm is present"), "patrols is sent"), V::entailed);
  // What never falls does not come down, wherever it may stand.
  for (const char* latch : {"", ", never_falls: yes"}) {
    std::string text = kHead;
    text.insert(text.find("  treaty:"),
                fmt::format("  land: {{nature: yes, levels: [keep, gone]{}}}\n", latch));
    const auto reading = language::read_texts(
        {{"land.yaml",
          text + "mechanisms: {m: {cause: calm is present, makes_likely: land is keep, from: ex.S2}}\n"
                 "claims: {c: {likely: land is keep, from: ex.S1}}\n"}});
    EXPECT_EQ(asked(reading, 5).at(0).base.verdict, *latch == 0 ? V::entailed : V::undetermined);
  }
}

TEST(ClaimLikely, OddsAreReadAndSaid) {
  const auto with = [](const char* odds) {
    return row("patrols is sent", std::string("makes_likely: state is full, strength: ") + odds);
  };
  for (const char* odds : {"55%", "60% to 90%", "100%", "unknown", "more than 70%"})
    EXPECT_EQ(likely(with(odds), "patrols is sent"), V::entailed) << odds;
  for (const char* odds : {"54%", "10%", "30% to 80%", "0% to 40%", "1%"}) {
    EXPECT_EQ(likely(with(odds), "patrols is sent"), V::undetermined) << odds;
    EXPECT_EQ(unlikely(with(odds), "patrols is sent"), V::undetermined) << odds;
  }
  const auto said = [&](const char* odds) {
    return why(with(odds), "likely: state is full, given: patrols is sent");
  };
  EXPECT_NE(said("10%").find("10 %"), std::string::npos) << said("10%");
  EXPECT_NE(said("30% to 80%").find("30 to 80 %"), std::string::npos) << said("30% to 80%");
  EXPECT_NE(said("30% to 80%").find("where they lie is open"), std::string::npos);
  EXPECT_NE(said("0% to 40%").find("0 to 40 %"), std::string::npos);
  EXPECT_NE(why(row("patrols is sent", "makes_unlikely: state is full, strength: 12.5%"),
                "likely: state is full, given: patrols is sent")
                .find("the opposite odds of 12.5 %"),
            std::string::npos);
}

TEST(ClaimLikely, OddsOfNothingAreAsIfTheRowWereNotThere) {
  for (const char* says : {"makes_likely", "makes_unlikely"}) {
    const std::string rows = row("patrols is sent", fmt::format("{}: state is full, strength: 0%", says));
    EXPECT_EQ(likely(rows, "patrols is sent"), V::not_testable);
    EXPECT_EQ(unlikely(rows, "patrols is sent"), V::not_testable);
    EXPECT_NE(why(rows, "likely: state is full, given: patrols is sent").find("0 %"), std::string::npos);
  }
  const std::string never = row("calm is present", "makes_likely: state is full, strength: 0%");
  EXPECT_EQ(base_of(never, "possible: state is full"), V::undetermined);
  EXPECT_EQ(base_of(never, "sufficient: calm is present, for: state is full"), V::undetermined);
  // Odds that may be 0 % are perhaps no occasion; any above it are one.
  const std::string perhaps = row("calm is present", "makes_likely: state is full, strength: 0% to 40%");
  EXPECT_EQ(base_of(perhaps, "possible: state is full"), V::undetermined);
  EXPECT_NE(why(perhaps, "possible: state is full").find("may be 0 %"), std::string::npos);
  EXPECT_EQ(base_of(row("calm is present", "makes_likely: state is full, strength: 1% to 40%"),
                    "possible: state is full"),
            V::entailed);
}

TEST(ClaimLikely, SeveralRowsForAndAgainst) {
  const auto both = [](const char* one, const char* other) {
    return fmt::format("mechanisms:\n  m: {{cause: {}, from: ex.S2}}\n  n: {{cause: {}, from: ex.S3}}\n", one,
                       other);
  };
  const char* sent = "patrols is sent";
  EXPECT_EQ(likely(both("patrols is sent, makes_likely: state is full",
                        "calm is present, makes_unlikely: state is full"),
                   sent),
            V::undetermined);
  EXPECT_EQ(likely(both("patrols is sent, makes_likely: state is full",
                        "calm is absent, makes_unlikely: state is full"),
                   sent),
            V::entailed)
      << "the row against says nothing here";
  EXPECT_EQ(likely(both("patrols is sent, makes_likely: state is full",
                        "calm is present, makes_likely: state is full, strength: 10%"),
                   sent),
            V::entailed)
      << "a further chance takes nothing away";
  EXPECT_EQ(
      likely(both("fear rises, makes_likely: state is full", "not fear rises, makes_likely: state is full")),
      V::entailed)
      << "one of the two holds";
  EXPECT_EQ(
      likely(both("fear rises, makes_likely: state is full", "trade rises, makes_likely: state is full")),
      V::undetermined);
}

/// Two causes and what they bear on, each at present known or not; rows of every kind and odds: what follows
/// in every way in which the causes may stand.
TEST(ClaimLikely, AgreesWithGoingThroughEveryWayInWhichCausesMayStand) {
  struct Row {
    int one, level, other, other_level;  ///< other: -1, or a second part of the cause
    bool unlikely;
    int effect, low, high;  ///< of 100
  };
  std::mt19937 rng(29);
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<unsigned>(n)); };
  const std::vector<std::pair<int, int>> odds = {{55, 95}, {0, 0},  {20, 20}, {30, 80},
                                                 {60, 60}, {0, 40}, {55, 60}};
  int seen[4] = {0, 0, 0, 0};
  for (int trial = 0; trial < 1'500; ++trial) {
    int now[3];
    std::string text =
        "parley: 1\naccount: small\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
        "actors: {from: ex.S0, a: one side}\nissues:\n  from: ex.S0\n";
    for (int i = 0; i < 3; ++i) {
      now[i] = below(3) - 1;
      text += fmt::format("  x{}: {{nature: yes, levels: [l0, l1]{}}}\n", i,
                          now[i] < 0 ? "" : fmt::format(", now: l{}", now[i]));
    }
    text += "mechanisms:\n";
    std::vector<Row> rows;
    for (int m = 1 + below(4); m > 0; --m) {
      const auto [low, high] = odds[static_cast<std::size_t>(below(static_cast<int>(odds.size())))];
      Row r{below(2), below(2), below(3) == 0 ? 1 : -1, below(2), below(2) == 0, below(2), low, high};
      if (r.other >= 0) r.one = 0;
      rows.push_back(r);
      const std::string cause = fmt::format("x{} is l{}", r.one, r.level) +
                                (r.other < 0 ? "" : fmt::format(" and x{} is l{}", r.other, r.other_level));
      text += fmt::format("  m{}: {{cause: {}, {}: x2 is l{}{}, from: ex.S2}}\n", rows.size(), cause,
                          r.unlikely ? "makes_unlikely" : "makes_likely", r.effect,
                          low == 55 && high == 95 ? "" : fmt::format(", strength: {}% to {}%", low, high));
    }
    const int given = below(3) - 1, level = below(2);
    const bool unlikely_one = below(2) == 0;
    text +=
        fmt::format("claims: {{c: {{{}: x2 is l1{}, from: ex.S1}}}}\n", unlikely_one ? "unlikely" : "likely",
                    given < 0 ? "" : fmt::format(", given: x{} is l{}", given, level));
    bool all_yes = true, all_no = true, spoken = false, acting = false;
    for (const Row& r : rows) spoken = spoken || r.high > 0;
    for (int world = 0; world < 4; ++world) {
      bool fits = true;
      for (int i = 0; i < 2; ++i) {
        const int at = world >> i & 1;
        fits = fits && (i == given ? at == level : now[i] < 0 || now[i] == at);
      }
      if (!fits) continue;
      bool strong[2] = {false, false}, any[2] = {false, false};
      for (const Row& r : rows) {
        const bool holds =
            (world >> r.one & 1) == r.level && (r.other < 0 || (world >> r.other & 1) == r.other_level);
        if (!holds || r.high == 0) continue;
        const bool way = (r.effect == 1) != r.unlikely;
        any[way] = acting = true;
        strong[way] = strong[way] || r.low >= 55;
      }
      all_yes = all_yes && strong[1] && !any[0];
      all_no = all_no && strong[0] && !any[1];
    }
    V expected = all_yes                            ? V::entailed
                 : all_no                           ? V::fails
                 : acting || (spoken && given >= 0) ? V::undetermined
                                                    : V::not_testable;
    if (unlikely_one && (all_yes || all_no)) expected = all_yes ? V::fails : V::entailed;
    const auto reading = language::read_texts({{"l.yaml", text}});
    ASSERT_TRUE(reading.ok()) << text;
    EXPECT_EQ(asked(reading, 5).at(0).base.verdict, expected) << trial << "\n" << text;
    ++seen[expected == V::entailed ? 0 : expected == V::fails ? 1 : expected == V::undetermined ? 2 : 3];
  }
  EXPECT_GT(std::min({seen[0], seen[1], seen[2], seen[3]}), 30);
}

}  // namespace
