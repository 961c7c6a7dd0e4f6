// SPDX-License-Identifier: MIT
// What must hold of every verdict, on random accounts that are edited by hand rather than by the tester's own
// way of leaving rows out.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "claim_account.hpp"
#include "questions/claim_test.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace claims;
using Set = std::set<std::string>;

constexpr int kQuantities = 5, kIssues = 3;

std::string level(std::mt19937& rng) { return fmt::format("x{} is l{}", rng() % kIssues, rng() % 2); }
std::string trend(std::mt19937& rng) {
  return fmt::format("q{} {}", rng() % kQuantities, rng() % 2 == 0 ? "rises" : "falls");
}
std::string sentence(std::mt19937& rng) { return fmt::format("ex.S{}", 1 + rng() % 5); }

/// Quantities of which some move by themselves, issues, mechanisms, conditions, and claims of every kind that
/// signs and logic decide.
std::string random_account(std::mt19937& rng) {
  std::string text =
      "parley: 1\naccount: small\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
      "actors: {from: ex.S0, a: one side}\nissues:\n  from: ex.S0\n";
  for (int i = 0; i < kIssues; ++i)
    text += fmt::format("  x{}: {{nature: yes, levels: [l0, l1]{}}}\n", i,
                        rng() % 2 == 0 ? fmt::format(", now: l{}", rng() % 2) : "");
  text += "quantities:\n";
  for (int q = 0; q < kQuantities; ++q)
    text += fmt::format("  q{}: {{is: a number{}, from: {}}}\n", q,
                        rng() % 3 == 0 ? fmt::format(", now: {}", rng() % 2 == 0 ? "rising" : "falling") : "",
                        sentence(rng));
  text += "mechanisms:\n";
  const int n = 4 + static_cast<int>(rng() % 6);
  for (int m = 0; m < n; ++m) {
    const auto from = rng() % kQuantities;
    const std::string cause = rng() % 3 == 0 ? level(rng) : fmt::format("q{}", from);
    const char* does[] = {"raises", "lowers", "raises", "lowers", "moves"};
    if (rng() % 6 == 0)
      text += fmt::format("  m{}: {{cause: {}, rules_out: {}, from: {}}}\n", m, level(rng), level(rng),
                          sentence(rng));
    else
      text += fmt::format("  m{}: {{cause: {}, {}: [q{}], from: {}}}\n", m, cause, does[rng() % 5],
                          (from + 1 + rng() % (kQuantities - 1)) % kQuantities, sentence(rng));
  }
  text += fmt::format("commitments:\n  k0: {{by: a, will: {}, only_if: {}, from: {}}}\n", level(rng),
                      level(rng), sentence(rng));
  text += "claims:\n";
  text += fmt::format("  c0: {{entails: {}, from: {}}}\n", trend(rng), sentence(rng));
  text += fmt::format("  c1: {{entails: {}, given: {}, from: {}}}\n", trend(rng), trend(rng), sentence(rng));
  text += fmt::format("  c2: {{sufficient: {}, for: {}, from: {}}}\n", level(rng), trend(rng), sentence(rng));
  text += fmt::format("  c3: {{necessary: {}, for: {}, from: {}}}\n", trend(rng), trend(rng), sentence(rng));
  text +=
      fmt::format("  c4: {{not_sufficient: {}, for: {}, from: {}}}\n", trend(rng), trend(rng), sentence(rng));
  text += fmt::format("  c5: {{necessary: {}, for: {}, from: {}}}\n", level(rng), level(rng), sentence(rng));
  return text;
}

/// Rows that say something: mechanisms, commitments, and where a variable stands.
bool says(const account::Row& row) {
  return row.concept_name == "mechanisms" || row.concept_name == "commitments" || row.value("now") != nullptr;
}

account::Account edited(const account::Account& account,
                        const std::function<bool(const account::Row&)>& gone) {
  account::Account copy = account;
  for (account::Row& row : copy.rows)
    if (says(row) && gone(row))
      std::erase_if(row.fields, [](const auto& field) { return field.name == "now"; });
  std::erase_if(copy.rows, [&](const account::Row& row) {
    return (row.concept_name == "mechanisms" || row.concept_name == "commitments") && gone(row);
  });
  return copy;
}

/// What logic and signs say of a claim in an account: yes, no or neither.
questions::Tested::Status status(const account::Account& account, const account::Row& claim) {
  questions::Column column;
  column.alternative = "base";
  column.rows = account;
  return questions::ClaimTester(column, {}).test(claim).status;
}
bool yes(const account::Account& account, const account::Row& claim) {
  return status(account, claim) == questions::Tested::Status::yes;
}
account::Account without(const account::Account& account, const Set& rows) {
  return edited(account, [&](const account::Row& row) { return rows.contains(row.id); });
}
account::Account only(const account::Account& account, const Set& rows) {
  return edited(account, [&](const account::Row& row) { return !rows.contains(row.id); });
}
Set set_of(const Rows& rows) { return {rows.begin(), rows.end()}; }

/// Rows of the claim's own sentence, and each that makes it so alone among those that are left: framing
/// rule 12, tried out.
Set says_the_same(const account::Account& account, const account::Row& claim) {
  Set own;
  for (const account::Row& row : account.rows)
    if (says(row))
      for (const auto& from : row.origin.from)
        if (std::count(claim.origin.from.begin(), claim.origin.from.end(), from) > 0) own.insert(row.id);
  for (const account::Row& row : account.rows) {
    // Where the act of a condition stands is no second thing that is said.
    Set start;
    if (row.value("only_if") != nullptr) start.insert(row.value("will")->text.substr(0, 2));
    Set with = start;
    with.insert(row.id);
    if (says(row) && yes(only(account, with), claim) && !yes(only(account, start), claim)) own.insert(row.id);
  }
  return own;
}

TEST(ClaimProperties, AssertedEntailedPremisesAndTheRest) {
  std::mt19937 rng(17);
  int entailed = 0, asserted = 0, guarded = 0, bystanders = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const std::string text = random_account(rng);
    const auto reading = language::read_texts({{"r.yaml", text}});
    ASSERT_TRUE(reading.ok()) << text << reading.diagnostics.front().message;
    const account::Account& account = reading.base;
    for (const auto& claim : asked(reading, 5)) {
      SCOPED_TRACE(fmt::format("trial {} claim {}\n{}", trial, claim.id, text));
      const account::Row& row = *account.find(claim.id);
      EXPECT_EQ(claim.base.verdict == V::entailed, yes(account, row));
      if (claim.base.verdict != V::entailed || claim.premises.empty()) continue;
      // Asserted and entailed exclude each other: what says the same is set aside, and it still follows or
      // it does not.
      const Set same = says_the_same(account, row);
      EXPECT_EQ(claim.verdict == V::entailed, yes(without(account, same), row));
      EXPECT_EQ(claim.verdict == V::asserted, !yes(without(account, same), row));
      (claim.verdict == V::entailed ? entailed : asserted)++;
      const Set set_aside = claim.verdict == V::entailed ? same : Set{};
      const Set premises = set_of(claim.premises), guards = set_of(claim.guards);
      // Premises are enough, none of them can go, and none says the same where it is entailed.
      EXPECT_TRUE(yes(only(account, premises), row));
      for (const auto& one : premises) {
        Set fewer = premises;
        fewer.erase(one);
        EXPECT_FALSE(yes(only(account, fewer), row)) << one;
        EXPECT_FALSE(set_aside.contains(one)) << one;
      }
      // What is neither premise nor guard can go; a guard cannot.
      for (const account::Row& other : account.rows) {
        if (!says(other) || premises.contains(other.id) || set_aside.contains(other.id)) continue;
        Set gone = set_aside;
        gone.insert(other.id);
        EXPECT_EQ(yes(without(account, gone), row), !guards.contains(other.id)) << other.id;
        (guards.contains(other.id) ? guarded : bystanders)++;
      }
    }
  }
  // The trials do reach all of it.
  EXPECT_GT(entailed, 10);
  EXPECT_GT(asserted, 20);
  EXPECT_GT(guarded, 0);
  EXPECT_GT(bystanders, 200);
}

TEST(ClaimProperties, TheOrderOfTheRowsChangesNothing) {
  std::mt19937 rng(19);
  for (int trial = 0; trial < 40; ++trial) {
    const auto reading = language::read_texts({{"r.yaml", random_account(rng)}});
    ASSERT_TRUE(reading.ok());
    auto moved = reading;
    moved.base = questions::permuted(reading.base, static_cast<std::uint64_t>(trial));
    auto before = asked(reading, 5), after = asked(moved, 5);
    const auto by_id = [](const auto& x, const auto& y) { return x.id < y.id; };
    std::sort(before.begin(), before.end(), by_id);
    std::sort(after.begin(), after.end(), by_id);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].verdict, after[i].verdict);
      EXPECT_EQ(before[i].premises, after[i].premises);
      EXPECT_EQ(before[i].guards, after[i].guards);
      EXPECT_EQ(before[i].settled_without, after[i].settled_without);
      EXPECT_EQ(before[i].own_rows, after[i].own_rows);
    }
  }
}

}  // namespace
