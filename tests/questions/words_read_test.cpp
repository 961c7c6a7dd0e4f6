// SPDX-License-Identifier: MIT
// Words of the language and what reads them: `refuses`, `agreed`, words that no lens reads, and rows and
// fields that nothing reads.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>

#include "language/read.hpp"
#include "questions/check.hpp"
#include "questions/compare.hpp"
#include "report/check_page.hpp"
#include "report/results.hpp"

namespace {

using namespace parley;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kTwo = R"(parley: 1
account: two
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {east: the eastern bank, west: the western bank}
issues:
  ferry: {settled_by: [east, west], levels: [closed, daily, free], now: closed}
  toll: {settled_by: [east, west], levels: [low, high], now: low}
  gate: {chosen_by: east, levels: [shut, open], now: shut}
talks: {spring: {parties: [east, west], issues: [ferry, toll]}}
preferences:
  e1: {by: east, on: ferry, order: free > daily > closed}
  w1: {by: west, on: toll, order: high > low}
  w2: {by: west, on: gate, order: shut > open}
packages: {both: {options: {ferry: free, toll: high}}}
)";

language::Reading read(const std::string& rest) {
  auto reading = language::read_texts({{"two.yaml", kTwo + rest}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << rest;
  return reading;
}

questions::ColumnAnswer solved(const std::string& rest) {
  questions::SolveOptions options;
  options.draws = 40;
  return questions::solve(questions::columns_of(read(rest).base, {}, {}).front(), options);
}

TEST(WordsRead, RefusesIsInsistsOnTheOpposite) {
  for (const auto& [refused, wanted] :
       {std::pair{"free", "not free"}, std::pair{"at least daily", "closed"},
        std::pair{"closed or free", "daily"}, std::pair{"not daily", "daily"}}) {
    const auto one = solved(fmt::format("positions: {{p: {{by: west, on: ferry, refuses: {}}}}}\n", refused));
    const auto other =
        solved(fmt::format("positions: {{p: {{by: west, on: ferry, insists: {}}}}}\n", wanted));
    EXPECT_EQ(report::framed_text(one), report::framed_text(other)) << refused;
    EXPECT_EQ(one.tables.at(0).framed.ensemble.limits.size(), 1U);
    EXPECT_EQ(one.tables.at(0).answer.zone.yes, other.tables.at(0).answer.zone.yes);
  }
}

TEST(WordsRead, APackageIsRefusedAsAWhole) {
  const auto column = solved("positions: {p: {by: west, on: both, refuses: whole}}\n");
  const auto& f = column.tables.at(0).framed;
  ASSERT_EQ(f.ensemble.limits.size(), 1U);
  for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x)
    EXPECT_EQ(f.ensemble.resolutions[0].broken[x] != 0, f.ensemble.packages[x] == deals::Package({2, 1}));
}

TEST(WordsRead, AgreedIsTheOtherEndOfTalks) {
  const auto chances = [](const std::string& when) {
    const auto column = solved(fmt::format(
        "commitments: {{c: {{by: east, to: west, kind: promise, if: spring {}, will: gate is open}}}}\n",
        when));
    const auto& r = column.tables.at(0).framed.ensemble.resolutions.at(0);
    return std::pair{r.no_deal.chances.size(), r.packages.at(0).chances.size()};
  };
  EXPECT_EQ(chances("agreed"), std::pair(std::size_t{0}, std::size_t{1}));
  EXPECT_EQ(chances("failed"), std::pair(std::size_t{1}, std::size_t{0}));
  EXPECT_EQ(chances("agreed and not spring failed"), std::pair(std::size_t{0}, std::size_t{1}));
}

TEST(WordsRead, WhatNoLensReadsIsLeftOutAndNamed) {
  for (const char* when : {"ferry is closed for 4 weeks", "ever ferry is closed", "not ever ferry is free"}) {
    const std::string rest =
        fmt::format("commitments: {{c: {{by: east, to: west, if: {}, will: gate is open}}}}\n", when);
    const auto reading = read(rest);
    EXPECT_TRUE(std::any_of(reading.diagnostics.begin(), reading.diagnostics.end(), [](const auto& d) {
      return d.code == "not-read" && d.severity == language::Severity::warning && d.place.line == 16;
    })) << when;
    const auto column = solved(rest);
    const auto& f = column.tables.at(0).framed;
    EXPECT_TRUE(f.ensemble.chances.empty()) << when;
    EXPECT_TRUE(std::any_of(f.unread.begin(), f.unread.end(), [](const auto& u) { return u.row == "c"; }));
  }
}

questions::Check checked(const language::Reading& reading, const std::atomic<bool>* cancel = nullptr) {
  questions::RunOptions options;
  options.solve.draws = 20;
  options.solve.cancel = cancel;
  return questions::check({reading.base, reading.alternatives}, options);
}

const questions::NotRead* named(const questions::Check& check, const std::string& row,
                                const std::string& field = "") {
  const auto found = std::find_if(check.not_read.begin(), check.not_read.end(),
                                  [&](const auto& one) { return one.row == row && one.field == field; });
  return found == check.not_read.end() ? nullptr : &*found;
}

std::string page_of(const nlohmann::ordered_json& json) {
  nlohmann::ordered_json answer;
  answer["by_account"]["two"] = json;
  return report::check_page(answer);
}

TEST(WordsRead, CheckNamesWhatNothingReadsAtItsPlace) {
  const auto reading = read(R"(assumptions:
  A1: {is: used by a row, owner: analyst}
  A2: {is: used by nothing, owner: analyst}
  A3: {is: used where no lens looks, owner: analyst, range: 1 to 2 weeks}
groups: {banks: [east, west], others: [east]}
speakers: {paper: a newspaper, radio: a station}
outcomes: {crossing: {when: ferry is free}, idle: {when: ferry is daily}}
quantities: {traffic: {is: traffic, now: more than 70%}, haste: {is: haste, now: falling}}
mechanisms: {m: {cause: ferry is free, raises: [traffic, haste], within: A3, strength: 10% to 20%, says: paper, assumed: A1}}
objectives: {o: {by: east, needs: [crossing]}}
commitments: {q: {by: banks, may: gate is open, if: traffic more than 5}}
alternatives:
  late: {set: {m.within: 1 to 3 weeks}, because: it may take longer}
  open: {set: {e1.order: daily > free > closed}, because: it may be otherwise}
)");
  const auto check = checked(reading);
  EXPECT_EQ(named(check, "A1"), nullptr);
  ASSERT_NE(named(check, "A2"), nullptr);
  EXPECT_EQ(named(check, "A2")->place.line, 18U);
  ASSERT_NE(named(check, "A3"), nullptr);
  EXPECT_THAT(named(check, "A3")->why, HasSubstr("only fields"));
  EXPECT_EQ(named(check, "banks"), nullptr);
  EXPECT_NE(named(check, "others"), nullptr);
  EXPECT_EQ(named(check, "paper"), nullptr);
  EXPECT_NE(named(check, "radio"), nullptr);
  EXPECT_EQ(named(check, "crossing"), nullptr);
  EXPECT_NE(named(check, "idle"), nullptr);
  ASSERT_NE(named(check, "m", "within"), nullptr);
  EXPECT_EQ(named(check, "m", "within")->place.line, 24U);
  EXPECT_NE(named(check, "m", "strength"), nullptr);
  EXPECT_NE(named(check, "traffic", "now"), nullptr);
  EXPECT_EQ(named(check, "haste", "now"), nullptr);
  ASSERT_NE(named(check, "q", "if"), nullptr);
  EXPECT_NE(named(check, "late"), nullptr);
  EXPECT_EQ(named(check, "open"), nullptr);
  EXPECT_EQ(named(check, "both"), nullptr);
  const auto json = report::check_json(check);
  EXPECT_EQ(json["not_read"].size(), check.not_read.size());
  EXPECT_EQ(json["not_read"][0]["file"], "two.yaml");
  const std::string page = page_of(json);
  EXPECT_THAT(page, HasSubstr("read by nothing"));
  EXPECT_THAT(page, HasSubstr("A2 (two.yaml:18)"));
}

TEST(WordsRead, AFileOfWhoseRowsNoneIsReadIsNamed) {
  auto reading = language::read_texts(
      {{"a.yaml", kTwo}, {"b.yaml", "assumptions: {A9: {is: used by nothing, owner: analyst}}\n"}});
  ASSERT_TRUE(reading.ok());
  const auto check = checked(reading);
  EXPECT_NE(named(check, "b.yaml"), nullptr);
  EXPECT_EQ(named(check, "a.yaml"), nullptr);
}

TEST(WordsRead, WhatTimeCutShortIsNotSaidToBeAbsent) {
  const std::atomic<bool> stop = true;
  const auto check = checked(read("assumptions: {A2: {is: used by nothing, owner: analyst}}\n"), &stop);
  EXPECT_FALSE(check.solved);
  const auto json = report::check_json(check);
  EXPECT_TRUE(json["not_read"].is_null());
  EXPECT_TRUE(json["reach"]["none"].is_null());
  EXPECT_TRUE(json["no_consistent_world"].is_null());
  EXPECT_FALSE(json["looked_at"]["tables"].get<bool>());
  const std::string page = page_of(json);
  EXPECT_THAT(page, HasSubstr("Not looked at"));
  for (const char* absent :
       {"No table", "reach no", "nothing that", "0 rows", "contradict", "read by nothing"})
    EXPECT_THAT(page, Not(HasSubstr(absent))) << absent;
  const auto whole = checked(read(""));
  EXPECT_TRUE(whole.solved && whole.probed);
}

TEST(WordsRead, AClaimExplainsNoDifference) {
  const auto with = [](const std::string& claim, const std::string& toll) {
    auto text = std::string(kTwo);
    text.replace(text.find("order: high > low"), 17, toll);
    auto reading = language::read_texts({{"two.yaml", text + claim}});
    EXPECT_TRUE(reading.ok());
    return reading.base;
  };
  const auto a =
      with("claims: {c: {entails: not ferry is free, because: one reason}}\n", "order: high > low");
  const auto b = with("claims: {c: {entails: not ferry is free, by: east}}\n", "order: low > high");
  questions::CompareOptions options;
  options.solve.draws = 60;
  const auto comparison = questions::compare(a, b, options);
  EXPECT_FALSE(comparison.answers.empty());
  for (const auto& answer : comparison.answers)
    for (const auto& explanation : answer.explanations) {
      EXPECT_THAT(explanation.rows, Not(::testing::Contains("c")));
      EXPECT_THAT(explanation.with, Not(::testing::Contains("c")));
    }
  EXPECT_THAT(comparison.idle, Not(::testing::Contains("c")));
  EXPECT_THAT(comparison.matter, Not(::testing::Contains("c")));
}

}  // namespace
