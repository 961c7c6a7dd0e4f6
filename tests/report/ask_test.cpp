// SPDX-License-Identifier: MIT
// What the page of claims says of its words, of readings that cannot test a claim, and of what a test leaves
// out.
#include "report/ask.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace {

using namespace parley;
using testing::HasSubstr;
using testing::Not;
using V = questions::ClaimVerdict;

questions::ClaimAnswer claim(const char* id, V verdict) {
  questions::ClaimAnswer answer;
  answer.id = id;
  answer.test = "fear rises";
  answer.verdict = answer.alone = answer.base.verdict = answer.without = verdict;
  answer.base.proved = verdict == V::entailed;
  answer.base.why = "it follows from the rows";
  answer.by_alternative["base"] = answer.base;
  answer.by_account["author"] = verdict;
  return answer;
}

TEST(AskPage, DefinesTheWordsThatItUsesAndNoOthers) {
  const auto json = report::claims_json({claim("one", V::contested), claim("two", V::asserted)});
  for (const bool brief : {true, false}) {
    const std::string text = report::claims_text(json, brief);
    EXPECT_THAT(text, HasSubstr("*contested*: readings of the account"));
    EXPECT_THAT(text, HasSubstr("*asserted*: the account says it, and nothing else"));
    EXPECT_THAT(text, Not(HasSubstr("*entailed*:")));
  }
  EXPECT_EQ(report::claim_counts(json, false), "1 contested and 1 asserted");
  EXPECT_EQ(report::claim_counts(json, true),
            "1 contested (readings of the account differ) and 1 asserted (said, and not argued for)");
}

TEST(AskPage, ListsReadingsThatCannotTestAClaimAndWhatIsNotTested) {
  for (const V verdict : {V::entailed, V::asserted}) {
    auto answer = claim("one", verdict);
    answer.by_alternative["elsewhere"] = {V::not_testable, false, {}, "no table has it"};
    answer.not_tested = {"by how much"};
    const auto json = report::claims_json({answer});
    EXPECT_EQ(json["one"]["by_alternative"]["elsewhere"], "not_testable");
    EXPECT_EQ(json["one"]["not_testable_under"]["elsewhere"], "no table has it");
    for (const bool brief : {true, false}) {
      const std::string text = report::claims_text(json, brief);
      EXPECT_THAT(text, HasSubstr("elsewhere (no table has it)"));
      EXPECT_THAT(text, testing::ContainsRegex("[Nn]ot tested: by how much"));
    }
  }
  EXPECT_FALSE(report::claims_json({claim("one", V::not_testable)})["one"].contains("not_testable_under"));
}

}  // namespace
