// SPDX-License-Identifier: MIT
// Where one of several minimal sets of rows is given, it is chosen by what the rows say: under other names
// and in another order of the file it is the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "account/renamed.hpp"
#include "framing/deals.hpp"
#include "language/read.hpp"
#include "questions/lens_answers.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace parley;

account::Account account_of(const std::string& text) {
  const auto reading = language::read_texts({{"small.yaml",
                                              "parley: 1\naccount: small\nfrom: s\nsources: {s: {title: t}}\n"
                                              "actors: {a: A, b: B}\n" +
                                                  text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  return reading.base;
}

using Sets = std::map<std::string, std::set<std::string>>;

/// `said` of the account, and of the account under other names and in other orders of its rows.
template <class Said>
void same_under_other_names(const account::Account& account, Said said) {
  const Sets right = said(account, account::Renaming());
  EXPECT_FALSE(right.empty());
  const auto names = account::turned_round(account);
  account::Renaming back;
  for (const auto& [one, other] : names) back.emplace(other, one);
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    EXPECT_EQ(said(questions::permuted(account, seed), account::Renaming()), right) << seed;
    EXPECT_EQ(said(questions::permuted(account::renamed(account, names), seed), back), right) << seed;
  }
}

std::set<std::string> called_back(const std::vector<std::string>& rows, const account::Renaming& back) {
  std::set<std::string> set;
  for (const auto& row : rows) set.insert(account::renamed_in(row, back));
  return set;
}

/// The rows of every answer of some lenses.
Sets rows_of(const account::Account& account, const account::Renaming& back, unsigned sources) {
  questions::LensOptions options;
  options.solve.threads = 1;
  options.sources = sources;
  const auto list = questions::renamed(questions::LensAnswers(options).of(account, {}), back);
  Sets sets;
  for (const auto& answer : list.answers)
    sets[questions::renamed(answer.id, {}).text()] = called_back(answer.rows, back);
  return sets;
}

Sets exclusions(const account::Account& account, const account::Renaming& back) {
  return rows_of(account, back, questions::kAsksConsistency);
}

Sets premises(const account::Account& account, const account::Renaming& back) {
  return rows_of(account, back, questions::kAsksClaims);
}

TEST(Choice, PremisesOfAClaim) {
  // Either mechanism is enough.
  same_under_other_names(account_of(R"(issues: {x: {chosen_by: a, levels: [low, high], now: low}}
quantities: {q: a number, r: another number}
mechanisms:
  m1: {cause: x is high, lowers: [q]}
  m2: {cause: x is high, lowers: [q, r]}
claims: {c: {entails: q falls, given: x is high}}
)"),
                         premises);
}

TEST(Choice, ReasonsForAnExclusion) {
  // To bring x low while y is low the mechanism and either commitment leave no way.
  same_under_other_names(account_of(R"(issues:
  x: {settled_by: [a, b], levels: [low, high], now: high}
  y: {settled_by: [a, b], levels: [low, high], now: low}
talks: {t: {parties: [a, b], issues: [x, y]}}
commitments:
  c1: {by: a, to: b, kind: threat, will: x is low, only_if: t failed, carried_out: 60% to 75%}
  c2: {by: b, to: a, kind: threat, will: x is low, only_if: t failed, carried_out: unlikely}
mechanisms: {m: {cause: t failed, rules_out: y is low}}
)"),
                         exclusions);
}

Sets clashes(const account::Account& account, const account::Renaming& back) {
  Sets sets;
  const auto situation = framing::make_situation(account, {});
  for (const auto* row : situation.account.of("talks")) {
    const auto framed = framing::frame_deals(situation, row->id);
    if (!framed) continue;
    for (const auto& clash : framed->clashes)
      sets[account::renamed_in(clash.party + " " + clash.variable, back)] = called_back(clash.rows, back);
  }
  return sets;
}

constexpr const char* kTable = R"(issues:
  x: {settled_by: [a, b], levels: [low, middle, high], now: low}
  y: {settled_by: [a, b], levels: [low, high], now: low}
talks: {t: {parties: [a, b], issues: [x, y]}}
)";

TEST(Choice, OrdersOfLevelsThatContradictEachOther) {
  same_under_other_names(account_of(std::string(kTable) + R"(preferences:
  p1: {by: a, on: x, order: low > middle > high}
  p2: {by: a, on: x, order: high > low}
  p3: {by: a, on: x, order: middle > low}
)"),
                         clashes);
}

TEST(Choice, WeightsThatContradictEachOther) {
  same_under_other_names(account_of(std::string(kTable) + R"(saliences:
  s1: {by: a, order: x > y}
  s2: {by: a, weights: {x: 10%}}
  s3: {by: a, weights: {y: 60% to 90%}}
)"),
                         clashes);
}

}  // namespace
