// SPDX-License-Identifier: MIT
// The published cases: they read without a word of complaint, and the page that the docs describe is what
// comes.
#include <gtest/gtest.h>

#include <algorithm>

#include "language/read.hpp"
#include "questions/check.hpp"

namespace {

using namespace parley;

language::Reading read(const std::string& name) {
  const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/" + name);
  EXPECT_TRUE(reading.diagnostics.empty()) << reading.diagnostics.front().message;
  return reading;
}

const deals::EnsembleAnswer& answer(const std::vector<questions::ColumnAnswer>& answers,
                                    const std::string& id) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const auto& each) { return each.column.alternative == id; });
  EXPECT_NE(found, answers.end()) << id;
  return found->tables.at(0).answer;
}

std::vector<questions::ColumnAnswer> solved(const language::Reading& reading, const std::string& binding) {
  framing::Options framing;
  framing.binding = binding;
  questions::SolveOptions options;
  options.draws = 200;
  return questions::solve_all(questions::columns_of(reading.base, reading.alternatives, framing), options);
}

TEST(Catalogue, CampDavidLinesExcludeEachOtherAndInterestsDoNot) {
  const auto answers = solved(read("camp-david-1978.yaml"), "insists");
  EXPECT_FALSE(answer(answers, "base").possible);
  EXPECT_TRUE(answer(answers, "base").proved);
  EXPECT_TRUE(answer(answers, "interests_not_lines").possible);
  EXPECT_GT(answer(answers, "interests_not_lines").zone.value(), 0.6);
}

TEST(Catalogue, IndusBidsExcludeEachOtherAndLimitsDoNot) {
  const auto reading = read("indus-1960.yaml");
  const auto limits = solved(reading, "insists"), bids = solved(reading, "presses");
  EXPECT_TRUE(answer(limits, "base").possible);
  EXPECT_GT(answer(limits, "base").zone.value(), 0.6);
  EXPECT_FALSE(answer(bids, "base").possible);
  EXPECT_LT(answer(limits, "rivers_or_nothing").zone.value(), answer(limits, "base").zone.value());
}

}  // namespace
