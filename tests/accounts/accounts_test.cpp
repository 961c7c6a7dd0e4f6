// SPDX-License-Identifier: MIT
// A sample of the long run (./dev twins): random accounts through every lens, told twice.
#include "accounts/facts.hpp"

#include <gtest/gtest.h>

#include "account/content.hpp"
#include "language/read.hpp"
#include "language/write.hpp"
#include "questions/compare_rows.hpp"

namespace parley::testing {
namespace {

constexpr std::uint64_t kSample = 40 / parley_places::kFewer;

TEST(RandomAccounts, NothingContradictsItselfAndNoNameOrOrderCounts) {
  for (std::uint64_t seed = 1; seed <= kSample; ++seed) {
    Choices choices(seed);
    const auto dispute = random_dispute(choices);
    FactsOptions options;
    options.draws = 20;
    options.whole = seed % 20 == 0;
    for (const auto& found : put_through(dispute, seed, options))
      ADD_FAILURE() << "seed " << seed << ": " << found;
  }
}

TEST(RandomAccounts, OneSeedIsOneAccount) {
  Choices one(7), other(7);
  const auto a = random_dispute(one), b = random_dispute(other);
  EXPECT_EQ(told(a, as_it_is(a)), told(b, as_it_is(b)));
}

TEST(RandomAccounts, EveryOneReads) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Choices choices(seed);
    const auto dispute = random_dispute(choices);
    for (const auto& telling : {as_it_is(dispute), turned_round(dispute, seed), misnamed(dispute, seed)}) {
      const auto reading = language::read_texts(told(dispute, telling));
      for (const auto& d : reading.diagnostics)
        if (d.severity == Severity::error)
          ADD_FAILURE() << "seed " << seed << ": " << d.code << ": " << d.message;
    }
  }
}

/// The program's own renaming against names that were other from the start.
TEST(RandomAccounts, TheRenamingOfAnAccountIsTheAccountUnderOtherNames) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Choices choices(seed);
    const auto dispute = random_dispute(choices);
    Telling other = turned_round(dispute, seed);
    other.order = 0;
    other.files = 1;
    account::Renaming names;
    for (std::size_t i = 0; i < dispute.names.size(); ++i) names.emplace(dispute.names[i], other.names[i]);
    const auto base = language::read_texts(told(dispute, as_it_is(dispute))).base;
    const auto expected = language::read_texts(told(dispute, other)).base;
    EXPECT_EQ(language::account_text(account::renamed(base, names)), language::account_text(expected))
        << seed;
  }
}

/// What a row says is one number whatever things are called and in whatever order they stand.
TEST(RandomAccounts, ContentHangsOnNoNameAndOnNoOrder) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Choices choices(seed);
    const auto dispute = random_dispute(choices);
    const Telling other = turned_round(dispute, seed);
    const auto back = back_names(dispute, other);
    std::map<std::string, std::uint64_t> content;
    for (const auto& [id, number] : account::content_of(language::read_texts(told(dispute, other)).base))
      content[account::renamed_in(id, back)] = number;
    EXPECT_EQ(content, account::content_of(language::read_texts(told(dispute, as_it_is(dispute))).base))
        << seed;
  }
}

TEST(RandomAccounts, WhatIsSaidInAnotherOrderIsNoDifference) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Choices choices(seed);
    const auto dispute = random_dispute(choices);
    const Telling other{dispute.names, seed + 1, 2};
    const auto a = language::read_texts(told(dispute, as_it_is(dispute))).base,
               b = language::read_texts(told(dispute, other)).base;
    for (const auto& row : questions::row_differences(a, b))
      ADD_FAILURE() << "seed " << seed << ": " << row.id << " " << row.fields.front().field << ": "
                    << row.fields.front().a << " and " << row.fields.front().b;
  }
}

}  // namespace
}  // namespace parley::testing
