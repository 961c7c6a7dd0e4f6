// SPDX-License-Identifier: MIT
// How readers call a thing changes no answer: not without the names, and not with names that mislead.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "account/concepts.hpp"
#include "language/read.hpp"
#include "questions/compare_rows.hpp"
#include "questions/lens_answers.hpp"
#include "questions/names_in.hpp"

namespace parley {
namespace {

account::Account nameless(account::Account account) {
  for (account::Row& row : account.rows) {
    std::erase_if(row.fields,
                  [](const account::Field& field) { return account::is_naming_field(field.name); });
    row.origin.departs.clear();
  }
  return account;
}

account::Value text_of(const std::string& words) {
  account::Value value;
  value.text = words;
  return value;
}

/// Every row is called by the id of the next one, and every level by the name of the level at the other end.
account::Account misnamed(account::Account account) {
  account = nameless(std::move(account));
  for (std::size_t i = 0; i < account.rows.size(); ++i) {
    account::Row& row = account.rows[i];
    const account::ConceptSpec* spec = account::concept_of(row.concept_name);
    if (spec->field(account::kLabel) != nullptr)
      row.fields.push_back(
          {std::string(account::kLabel), text_of(account.rows[(i + 1) % account.rows.size()].id), {}});
    if (spec->field(account::kLabels) == nullptr) continue;
    account::Value labels;
    labels.shape = account::Shape::entries;
    labels.keys = row.names(row.value("levels") != nullptr ? "levels" : "choices");
    for (auto level = labels.keys.rbegin(); level != labels.keys.rend(); ++level)
      labels.items.push_back(text_of(*level));
    labels.key_places.resize(labels.keys.size());
    for (const std::string_view field : {account::kLabels, account::kVerbs})
      row.fields.push_back({std::string(field), labels, {}});
  }
  return account;
}

void expect_same(const account::Account& one, const account::Account& other, const std::string& what) {
  questions::LensOptions options;
  options.solve.draws = 20;
  options.solve.threads = 1;
  options.sources =
      questions::kAsksDeals | questions::kAsksConsistency | questions::kAsksFindings | questions::kAsksClaims;
  const auto a = questions::LensAnswers(options).of(one, {}),
             b = questions::LensAnswers(options).of(other, {});
  EXPECT_EQ(a.scopes, b.scopes) << what;
  ASSERT_EQ(a.answers.size(), b.answers.size()) << what;
  for (std::size_t i = 0; i < a.answers.size(); ++i) {
    EXPECT_EQ(a.answers[i].id, b.answers[i].id) << what;
    EXPECT_EQ(a.answers[i].in_worlds(), b.answers[i].in_worlds()) << what << " " << a.answers[i].id.text();
    EXPECT_EQ(a.answers[i].proved, b.answers[i].proved) << what << " " << a.answers[i].id.text();
    EXPECT_EQ(a.answers[i].share.yes, b.answers[i].share.yes) << what << " " << a.answers[i].id.text();
    EXPECT_EQ(a.answers[i].rows, b.answers[i].rows) << what << " " << a.answers[i].id.text();
  }
}

TEST(Naming, ChangesNoAnswer) {
  for (const char* name : {"us-iran-2026", "camp-david-1978.yaml", "indus-1960.yaml", "first-account.yaml"}) {
    const auto reading = language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/" + name);
    ASSERT_TRUE(reading.ok()) << name;
    expect_same(reading.base, nameless(reading.base), name);
    expect_same(reading.base, misnamed(reading.base), name);
  }
}

TEST(Naming, IsNoDifferenceBetweenAccounts) {
  const auto reading =
      language::read_account(std::string(PARLEY_SOURCE_DIR) + "/scenarios/camp-david-1978.yaml");
  ASSERT_TRUE(reading.ok());
  EXPECT_TRUE(questions::row_differences(reading.base, nameless(reading.base)).empty());
  EXPECT_TRUE(questions::row_differences(reading.base, misnamed(reading.base)).empty());
}

/// `rises` says which way a quantity moves, and is the name of nothing.
TEST(Naming, NamesNoRow) {
  const auto reading = language::read_texts({{"a.yaml", R"(parley: 1
account: a
from: art.1
sources: {art: {title: T}}
actors: [us]
quantities: {unrest: {of: us, verbs: {falls: unrest calms down}}, up: {verbs: {rises: it rises}}}
)"}});
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(questions::names_of(*reading.base.find("unrest")), (std::set<std::string>{"art", "us"}));
  EXPECT_EQ(questions::names_of(*reading.base.find("up")), std::set<std::string>{"art"});
}

}  // namespace
}  // namespace parley
