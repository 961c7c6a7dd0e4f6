// SPDX-License-Identifier: MIT
// What is remembered is what would be worked out again: also where the questions differ in one option, or the
// accounts in one row.
#include "questions/solved.hpp"

#include <gtest/gtest.h>

#include "questions/columns.hpp"
#include "questions/random_account.hpp"

namespace {

using namespace parley;

std::string told(const questions::ColumnAnswer& answer) {
  std::string text;
  for (const auto& table : answer.tables) {
    const auto& a = table.answer;
    text += table.framed.table + " " + std::to_string(a.worlds) + " " + std::to_string(a.zone.yes) + " " +
            std::to_string(a.possible) + std::to_string(a.necessary) + std::to_string(a.proved);
    for (const auto& package : a.packages) {
      text += " " + std::to_string(package.in_zone.yes) + "/" + std::to_string(package.is_nash.yes) + ":";
      for (const auto standing : package.standing) text += std::to_string(static_cast<int>(standing));
    }
    for (const auto& set : a.conflicts) {
      text += "|";
      for (const int limit : set.limits) text += questions::id_of(table, limit) + ",";
      text += std::to_string(set.share.yes);
    }
    text += "\n";
  }
  return text;
}

TEST(Solved, WhatIsRememberedIsWhatWouldBeWorkedOut) {
  const auto memory = std::make_shared<questions::Solved>();
  int compared = 0;
  for (unsigned seed = 0; seed < 120 / parley_places::kFewer; ++seed) {
    parley::testing::RandomAccount first(seed);
    for (const auto& account : {first.account(), first.account(), first.changed().account()})
      for (const int draws : {20, 30})
        for (const bool prove : {true, false})
          for (const std::uint64_t key : {1U, 2U}) {
            const questions::Column column{account.name, "base", "", false, {}, account};
            questions::SolveOptions options;
            options.draws = draws;
            options.prove = prove;
            options.seed = key;
            options.threads = 1;
            const std::string afresh = told(questions::solve(column, options));
            options.solved = memory;
            ASSERT_EQ(told(questions::solve(column, options)), afresh) << seed;
            compared += afresh.empty() ? 0 : 1;
          }
  }
  EXPECT_GT(compared, 1000 / parley_places::kFewer);
  EXPECT_GT(memory->met(), compared / 4);  // each account is asked about twice
}

}  // namespace
