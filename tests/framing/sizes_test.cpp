// SPDX-License-Identifier: MIT
// How large conditions are once they are written out: what the language counts is never less than what
// framing writes, and both refuse what is beyond the limit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "framing/limits.hpp"
#include "framing/situation.hpp"
#include "language/checks.hpp"
#include "language/limits.hpp"
#include "language/read.hpp"

namespace parley::framing {
namespace {

std::string account(int members, const std::string& outcome) {
  std::string names;
  for (int k = 0; k < members; ++k) names += (k == 0 ? "g" : ", g") + std::to_string(k);
  return "parley: 1\naccount: x\nfrom: ex\nsources: {ex: {title: t, standpoint: exercise}}\nactors: [a, b, " +
         names + "]\ngroups: {g: {surely: [" + names +
         "]}}\nrelations: {r: {who: g, whom: a, levels: [absent, signed]}, s: {who: g, whom: g, levels: "
         "[absent, "
         "signed]}}\nissues: {i: {settled_by: [a, b], levels: [low, high], now: low}}\n"
         "outcomes:\n  o: \"" +
         outcome + "\"\n";
}

std::size_t parts_of(const Formula& formula) {
  std::size_t sum = 1;
  for (const Formula& part : formula.parts) sum += parts_of(part);
  return sum;
}

/// Of the outcome `o`, as framing writes it out; 0 where it does not.
std::size_t written(const account::Account& rows) {
  const Situation s = make_situation(rows, {});
  for (const auto& [v, formula] : s.outcomes)
    if (s.variables[static_cast<std::size_t>(v)].row == "o") return parts_of(formula);
  return 0;
}

double counted(const account::Account& rows) { return language::parts_in(rows, language::Names(rows)); }

std::string code_of(const std::string& text) {
  const auto reading = language::read_texts({{"small.yaml", text}});
  for (const Diagnostic& d : reading.diagnostics)
    if (d.severity == Severity::error) return d.code + ":" + std::to_string(d.place.line);
  return "";
}

TEST(Sizes, AreWhatIsWrittenOut) {
  // 16 over 8 ways of 8 atoms each, under one head for each way, and one for all.
  const auto rows =
      language::read_texts({{"small.yaml", account(16, "r(at least 8 of g, a) is signed")}}).base;
  EXPECT_EQ(written(rows), 1U + 12'870U * 9U);
  EXPECT_EQ(counted(rows), 1 + 12'870 * 9);
}

TEST(Sizes, BeyondTheLimitAreAnErrorAtTheirPlace) {
  EXPECT_EQ(code_of(account(16, "r(at least 8 of g, a) is signed")), "");
  EXPECT_EQ(code_of(account(16, "r(at least 8 of g, a) is signed and not r(at least 8 of g, a) is signed")),
            "condition-too-large:10");
  EXPECT_EQ(code_of(account(16, "s(at least 8 of g, at least 8 of g) is signed")), "condition-too-large:10");
  EXPECT_EQ(code_of(account(450, "s(every g, every g) is signed")), "condition-too-large:10");
}

TEST(Sizes, OfNamesAreThoseOfWhatTheyStandFor) {
  std::string text = account(2, "i is high");
  for (int k = 1; k <= 15; ++k) {
    const std::string before = k == 1 ? "o" : "o" + std::to_string(k - 1);
    text += "  o" + std::to_string(k) + ": \"" + before + " and (" + before + " or i is low)\"\n";
  }
  EXPECT_EQ(code_of(text), "");
  std::string more = text;
  for (int k = 16; k <= 18; ++k) {
    const std::string before = "o" + std::to_string(k - 1);
    more += "  o" + std::to_string(k) + ": \"" + before + " and (" + before + " or i is low)\"\n";
  }
  EXPECT_EQ(code_of(more).substr(0, 20), "condition-too-large:");
}

TEST(Sizes, FramingLeavesOutWhatTheLanguageDidNotSee) {
  // Rows that never passed the reading: nothing is written out beyond the limit, and the row is named.
  auto rows = language::read_texts({{"small.yaml", account(16, "r(at least 8 of g, a) is signed")}}).base;
  const auto big =
      language::read_texts({{"small.yaml", account(16, "s(at least 8 of g, at least 8 of g) is signed")}})
          .base;
  ASSERT_NE(big.find("o"), nullptr);
  for (auto& row : rows.rows)
    if (row.id == "o") row = *big.find("o");
  EXPECT_EQ(written(rows), 0U);
  std::string why;
  const Situation s = make_situation(rows, {});
  EXPECT_FALSE(bind(s, *s.row("o")->condition("when"), &why));
  EXPECT_THAT(why, ::testing::HasSubstr("more than 200000 parts"));
}

TEST(Sizes, PairsOfActorsHaveALimit) {
  const auto rows = language::read_texts({{"small.yaml", account(150, "i is high")}}).base;
  const Situation s = make_situation(rows, {});
  ASSERT_EQ(s.unread.size(), 1U);  // 150 times 150; 150 times one is read
  EXPECT_EQ(s.unread[0].row, "s");
  EXPECT_GE(s.variable("r(g0, a)"), 0);
}

RC_GTEST_PROP(Sizes, AreNeverLessThanWhatIsWritten, ()) {
  const int members = *rc::gen::inRange(1, 8);
  const auto leaf = [&] {
    const int kind = *rc::gen::inRange(0, 4);
    const std::string n = std::to_string(*rc::gen::inRange(2, 6));
    return kind == 0   ? std::string("i is high")
           : kind == 1 ? std::string("r(any g, a) is signed")
           : kind == 2 ? "r(at least " + n + " of g, a) is signed"
                       : "s(at least " + n + " of g, every g) is signed";
  };
  std::string condition = leaf();
  const int more = *rc::gen::inRange(0, 4);
  for (int k = 0; k < more; ++k)
    condition = (*rc::gen::inRange(0, 2) == 0 ? "not (" : "(") + condition + ") and " + leaf();
  const auto reading = language::read_texts({{"small.yaml", account(members, condition)}});
  RC_PRE(reading.ok());
  RC_ASSERT(counted(reading.base) >= static_cast<double>(written(reading.base)));
}

}  // namespace
}  // namespace parley::framing
