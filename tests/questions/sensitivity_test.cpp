// SPDX-License-Identifier: MIT
// What an answer hangs on, over small accounts whose sensitivity is known.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "language/read.hpp"
#include "questions/compare.hpp"
#include "questions/random_account.hpp"
#include "questions/self_tests.hpp"
#include "questions/sensitivity.hpp"

namespace {

using namespace parley;
using questions::Answer;
using questions::Sensitivity;

account::Account read(const std::string& body) {
  auto reading = language::read_texts({{"small.yaml", body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message;
  return reading.base;
}

questions::SensitivityOptions quick(int draws = 60) {
  questions::SensitivityOptions options;
  options.solve.draws = draws;
  options.solve.threads = 1;
  options.samples = 32;
  options.trajectories = 4;
  return options;
}

/// Only `half` can be signed; a takes it where it is worth more than no deal.
constexpr const char* kFragile = R"(parley: 1
account: fragile
sources: {ex: {title: an exercise, standpoint: exercise}}
assumptions:
  scale: {is: how a compares levels, owner: analyst, would_know: a}
  unused: {is: nothing that a row reads, range: 0% to 100%, owner: analyst}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
talks: {t: {parties: [a, b], issues: [water], from: ex}}
positions: {from: ex, b_water: {by: b, on: water, insists: half}}
preferences:
  a_water: {by: a, on: water, order: much > half > little, worth: {little: 0%, half: 20% to 80%, much: 100%}, assumed: scale}
reservations: {a_floor: {by: a, is: 45% to 55%, assumed: scale}}
)";

/// b gains by the package whatever a does with the dam: no range moves that.
TEST(Sensitivity, AnAnswerThatNothingMovesHasItsShareForAMeanAndNoVariance) {
  const auto account = read(R"(parley: 1
account: constant
sources: {ex: {title: an exercise, standpoint: exercise}}
assumptions: {odds: {is: how likely a shuts the dam, range: 20% to 60%, owner: analyst}}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, much], now: little}
  dam: {chosen_by: a, levels: [open, shut], now: open}
talks: {t: {parties: [a, b], issues: [water], from: ex}}
preferences:
  from: ex
  pa: {by: a, on: water, order: much > little}
  pb: {by: b, on: water, order: much > little}
  pd: {by: b, on: dam, order: open > shut}
commitments: {from: ex, shut: {by: a, if: t failed, will: dam is shut, carried_out: odds}}
)");
  const Sensitivity s = questions::sensitivity(account, questions::table_id("t", "zone"), quick());
  EXPECT_EQ(s.answer.share.value(), 1);
  EXPECT_EQ(s.indices.mean, 1);
  EXPECT_EQ(s.indices.variance, 0);
}

const questions::Factor& factor_of(const Sensitivity& s, const questions::Swing& swing) {
  return s.factors[static_cast<std::size_t>(swing.factor)];
}

TEST(Sensitivity, TheAssumptionThatCarriesTheAnswerComesFirst) {
  auto options = quick(30);
  options.samples = 256;
  options.trajectories = 20;
  const auto s = questions::sensitivity(read(kFragile), questions::table_id("t", "zone"), options);
  EXPECT_TRUE(s.complete);
  EXPECT_EQ(s.answer.in_worlds(), "some");
  ASSERT_GE(s.swings.size(), 2U);
  EXPECT_EQ(factor_of(s, s.swings[0]).id, "a_water.worth.half");
  EXPECT_EQ(s.swings[0].low.in_worlds(), "no");
  EXPECT_EQ(s.swings[0].high.in_worlds(), "all");
  EXPECT_EQ(s.swings[0].size, 1);
  ASSERT_EQ(s.moved.size(), 2U);
  EXPECT_GT(s.indices.first[0].value, 0.8);
  EXPECT_LT(s.indices.first[1].value, 0.15);
  EXPECT_GT(s.effects[0].absolute, s.effects[1].absolute);
  EXPECT_TRUE(std::count(s.idle.begin(), s.idle.end(), "unused") == 0);  // no row reads it: no factor
}

TEST(Sensitivity, FlipsAreSmallestAndReverse) {
  const auto s = questions::sensitivity(read(kFragile), questions::table_id("t", "zone"), quick());
  const bool mostly = s.answer.share.value() > 0.5;
  const auto& found = s.by_assumptions;
  ASSERT_FALSE(found.loosened.empty());
  EXPECT_EQ(found.loosened.front().moves.size(), 1U);
  std::set<std::string> words;
  for (const auto& flip : found.loosened)
    words.insert(s.moves[static_cast<std::size_t>(flip.moves[0])].words);
  EXPECT_TRUE(words.contains("a_water.worth.half at 20 %"));
  EXPECT_TRUE(words.contains("a_water.worth.half at 80 %"));
  for (const auto& flip : found.reversed)
    EXPECT_EQ(s.moves[static_cast<std::size_t>(flip.moves[0])].words,
              mostly ? "a_water.worth.half at 20 %" : "a_water.worth.half at 80 %");
}

TEST(Sensitivity, AnswersRestOnAssumptionWhereTheirRowsDo) {
  const auto s = questions::sensitivity(read(kFragile), questions::table_id("t", "zone"), quick());
  EXPECT_GT(s.rests.assumption, 0);
  EXPECT_GT(s.rests.by_assumption, 0);
  EXPECT_EQ(s.rests.both, 0);
  ASSERT_FALSE(s.next.empty());
  EXPECT_EQ(s.next.front().factor, "a_water.worth.half");
  EXPECT_EQ(s.next.front().narrows, 1);
}

TEST(Sensitivity, NeitherThreadsNorTheOrderOfTheFileChangeAnything) {
  const auto account = read(kFragile);
  const auto told = [](const Sensitivity& s) {
    std::string text;
    for (const auto& swing : s.swings)
      text += s.factors[static_cast<std::size_t>(swing.factor)].id + " " + std::to_string(swing.size) + "\n";
    for (const auto& estimate : s.indices.total) text += std::to_string(estimate.value) + "\n";
    for (const auto& effect : s.effects) text += std::to_string(effect.mean) + "\n";
    for (const auto& flip : s.by_rows.loosened)
      for (const int m : flip.moves) text += s.moves[static_cast<std::size_t>(m)].id + "\n";
    return text;
  };
  auto two = quick();
  two.solve.threads = 2;
  const std::string one = told(questions::sensitivity(account, questions::table_id("t", "zone"), quick()));
  EXPECT_EQ(one, told(questions::sensitivity(account, questions::table_id("t", "zone"), two)));
  EXPECT_EQ(one, told(questions::sensitivity(questions::permuted(account, 5),
                                             questions::table_id("t", "zone"), quick())));
}

/// The oracle: rows left out by hand, solved afresh.
Answer answered(account::Account account, const std::set<std::string>& gone, const questions::AnswerId& id,
                int draws) {
  std::erase_if(account.rows, [&](const account::Row& row) { return gone.contains(row.id); });
  questions::SolveOptions options;
  options.draws = draws;
  options.threads = 1;
  const auto solved = questions::solve({"", "base", "", false, {}, account}, options);
  for (const auto& table : solved.tables)
    for (Answer& each : questions::answers_of(table))
      if (each.id == id) return each;
  Answer none;
  for (const auto& table : solved.tables) none.share.of = table.answer.worlds;
  return none;
}

bool another_word(const Answer& before, const Answer& after) {
  const auto parted = questions::parting(before, after);
  return parted == questions::Parting::word || parted == questions::Parting::opposite;
}

TEST(Flips, RowsLeftOutAreSmallestByBruteForce) {
  int found = 0, together = 0;
  for (unsigned seed = 0; seed < 120; ++seed) {
    const auto account = parley::testing::RandomAccount(seed).account();
    questions::LensOptions options;
    options.solve.draws = 25;
    options.solve.threads = 1;
    options.lines = false;
    options.sources = questions::kAsksDeals;
    const questions::LensAnswers lens(options);
    const questions::Variant base{account, {}};
    const auto list = lens.of(account, {});
    for (const Answer& answer : list.answers) {
      questions::Flips flips(lens, base, answer.id, questions::moves_of(base, {}));
      ASSERT_TRUE(flips.try_each({}));
      const auto search = flips.search(true);
      std::vector<std::string> rows;
      for (const auto& move : flips.moves()) rows.push_back(move.id);
      std::size_t smallest = 99;
      std::set<std::set<std::string>> sets;
      for (unsigned bits = 1; bits < (1U << rows.size()); ++bits) {
        std::set<std::string> gone;
        for (std::size_t i = 0; i < rows.size(); ++i)
          if ((bits >> i) & 1U) gone.insert(rows[i]);
        if (gone.size() > std::min<std::size_t>(smallest, 3)) continue;
        const Answer after = answered(account, gone, answer.id, 25);
        if (after.share.of == 0 && !after.proved) continue;
        if (!another_word(answer, after)) continue;
        if (gone.size() < smallest) sets.clear();
        smallest = gone.size();
        sets.insert(gone);
      }
      if (search.loosened.empty()) {
        EXPECT_TRUE(sets.empty()) << answer.id.text() << " seed " << seed;
        continue;
      }
      ++found;
      together += smallest > 1 ? 1 : 0;
      for (const auto& flip : search.loosened) {
        std::set<std::string> gone;
        for (const int m : flip.moves) gone.insert(rows[static_cast<std::size_t>(m)]);
        EXPECT_EQ(gone.size(), smallest) << answer.id.text() << " seed " << seed;
        EXPECT_TRUE(sets.contains(gone)) << answer.id.text() << " seed " << seed;
      }
    }
  }
  EXPECT_GT(found, 30);
  EXPECT_GT(together, 3);
}

TEST(Flips, ReversedMeansFromMostToFewBeyondSampling) {
  const auto answer = [](int yes, bool proved) {
    Answer a;
    a.share = {yes, 200};
    a.proved = proved;
    a.truth = proved && yes == 200;
    return a;
  };
  EXPECT_TRUE(questions::reversed(answer(180, false), answer(20, false)));
  EXPECT_TRUE(questions::reversed(answer(200, true), answer(0, true)));
  EXPECT_FALSE(questions::reversed(answer(180, false), answer(95, false)));  // within sampling of a half
  EXPECT_FALSE(questions::reversed(answer(180, false), answer(110, false)));
  EXPECT_TRUE(questions::reversed(answer(0, true), answer(150, false)));
  EXPECT_FALSE(questions::reversed(answer(0, true), answer(60, false)));
}

TEST(Factors, RangesDefaultsAndChoicesAreFound) {
  const auto account = read(R"(parley: 1
account: many
sources: {ex: {title: an exercise, standpoint: exercise}}
assumptions:
  cost: {is: what the act costs, range: 1% to 60%, owner: analyst, would_know: b}
  kind: {is: that a wants more, owner: analyst, would_know: a}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  dam: {chosen_by: a, levels: [closed, raised], now: closed}
  flood: {nature: yes, levels: [dry, flooded], now: dry}
talks: {t: {parties: [a, b], issues: [water], from: ex}}
preferences: {a_water: {by: a, on: water, order: much > half > little, assumed: kind}}
commitments:
  from: ex
  threat: {by: a, to: [b], if: t failed, will: dam is raised, carried_out: cost, believed: {b: 20% to 30%}}
mechanisms: {from: ex, spill: {cause: dam is raised, makes_likely: flood is flooded}}
)");
  const auto factors = questions::factors_of({account, {}});
  std::set<std::string> ids;
  for (const auto& factor : factors) ids.insert(factor.id);
  for (const char* id : {"cost", "kind", "threat.believed.b", "default:likely:spill", "default:consequences",
                         "option:no_deal=status_quo"})
    EXPECT_TRUE(ids.contains(id)) << id;
  EXPECT_FALSE(ids.contains("default:carried_out:threat"));
  for (const auto& factor : factors) {
    if (factor.id == "cost") {
      questions::Variant variant{account, {}};
      factor.set(variant, 0.25);
      const auto situation = framing::make_situation(variant.rows, {});
      const auto interval = situation.interval(variant.rows.find("threat")->value("carried_out"), {0.0, 1.0});
      EXPECT_EQ(interval, (expression::Interval{mpq_class(1, 4), mpq_class(1, 4)}));
      EXPECT_EQ(questions::value_words(factor, factor.high), "60 %");
    }
    if (factor.id == "kind") {
      questions::Variant variant{account, {}};
      factor.set(variant, 0);
      EXPECT_EQ(variant.rows.find("a_water"), nullptr);
    }
  }
}

}  // namespace
