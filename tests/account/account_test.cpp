// SPDX-License-Identifier: MIT
#include "account/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/concepts.hpp"
#include "account/implied.hpp"
#include "account/naming.hpp"

namespace parley::account {
namespace {

using ::testing::ElementsAre;

Row row(const std::string& id, const std::string& concept_name = "actors") {
  Row result;
  result.id = id;
  result.concept_name = concept_name;
  return result;
}

Value text(const std::string& words) {
  Value value;
  value.text = words;
  return value;
}

Edit edit(Edit::Kind kind, const std::string& id, const std::string& field = "",
          const std::string& words = "") {
  Edit result;
  result.kind = kind;
  result.row = id;
  result.field = field;
  result.value = text(words);
  return result;
}

TEST(Apply, EditsInOrderAndListsMissingRows) {
  Account account;
  account.rows = {row("a"), row("b"), row("c")};
  account.rows[0].fields.push_back({"is", text("one"), {}});
  Patch patch;
  patch.edits = {edit(Edit::Kind::set_field, "a", "is", "two"),
                 edit(Edit::Kind::set_field, "a", "kind", "state"),
                 edit(Edit::Kind::remove_row, "b"),
                 edit(Edit::Kind::set_field, "b", "is", "gone"),
                 edit(Edit::Kind::remove_field, "c", "nothing"),
                 edit(Edit::Kind::remove_row, "x")};
  Edit added = edit(Edit::Kind::add_row, "");
  added.added = row("d");
  patch.edits.push_back(added);
  added.added = row("c");
  added.added.fields.push_back({"is", text("new"), {}});
  patch.edits.push_back(added);
  std::vector<std::string> missing;
  const Account patched = apply(account, patch, &missing);
  EXPECT_THAT(missing, ElementsAre("b", "x"));
  ASSERT_EQ(patched.rows.size(), 3U);
  EXPECT_EQ(patched.rows[0].text("is"), "two");
  EXPECT_EQ(patched.rows[0].text("kind"), "state");
  EXPECT_EQ(patched.rows[1].id, "c");  // replaced in its place
  EXPECT_EQ(patched.rows[1].text("is"), "new");
  EXPECT_EQ(patched.rows[2].id, "d");
  EXPECT_EQ(account.rows.size(), 3U);
  EXPECT_EQ(account.find("a")->text("is"), "one");
}

TEST(Apply, ARowThatWasRemovedCanBeAddedAgain) {
  Account account;
  account.rows = {row("a"), row("b")};
  Patch patch;
  patch.edits = {edit(Edit::Kind::remove_row, "a")};
  Edit added;
  added.kind = Edit::Kind::add_row;
  added.added = row("a", "parts");
  patch.edits.push_back(added);
  const Account patched = apply(account, patch);
  ASSERT_EQ(patched.rows.size(), 2U);
  EXPECT_EQ(patched.find("a")->concept_name, "parts");
}

TEST(Rows, AccessorsAreEmptyForAbsentFields) {
  const Row empty = row("a");
  EXPECT_EQ(empty.field("x"), nullptr);
  EXPECT_EQ(empty.text("x"), "");
  EXPECT_TRUE(empty.names("x").empty());
  EXPECT_TRUE(empty.flag("x", true));
  EXPECT_EQ(empty.condition("x"), nullptr);
}

TEST(Implied, NamesThatMechanismsUseAndNobodyDeclares) {
  Account account;
  account.rows = {row("declared", "quantities"), row("m", "mechanisms")};
  Value raises;
  raises.shape = Shape::names;
  for (const char* name : {"declared", "new", "new"}) {
    raises.items.push_back(text(name));
    raises.items.back().shape = Shape::name;
  }
  account.rows[1].fields.push_back({"raises", raises, {}});
  account.rows[1].origin.from = {"art.1"};
  const auto implied = implied_rows(account);
  ASSERT_EQ(implied.size(), 1U);
  EXPECT_EQ(implied[0].id, "new");
  EXPECT_TRUE(implied[0].made);
  EXPECT_THAT(implied[0].origin.from, ElementsAre("art.1"));
}

Field field(const std::string& name, const std::string& words) { return {name, text(words), {}}; }

Field entries(const std::string& name, const std::vector<std::pair<std::string, std::string>>& pairs) {
  Value value;
  value.shape = Shape::entries;
  for (const auto& [key, words] : pairs) {
    value.keys.push_back(key);
    value.items.push_back(text(words));
  }
  return {name, value, {}};
}

Field levels(const std::vector<std::string>& names) {
  Value value;
  value.shape = Shape::names;
  for (const auto& name : names) value.items.push_back(text(name));
  return {"levels", value, {}};
}

TEST(Naming, PrefersTheLabelThenTheRowsOwnWordsThenTheId) {
  Account account;
  account.rows = {row("iran"), row("us_side"), row("bare_one")};
  account.rows[0].fields = {field("is", "Iran, as a state"), field("label", "Tehran")};
  account.rows[1].fields = {field("is", "the United States (both houses)")};
  EXPECT_EQ(name_of(account, "iran"), "Tehran");
  EXPECT_EQ(name_of(account, "us_side"), "the United States");
  EXPECT_EQ(name_of(account, "bare_one"), "bare one");
  EXPECT_EQ(name_of(account, "not_there"), "not there");
  EXPECT_EQ(label_of(account, "iran"), "Tehran");
  EXPECT_EQ(label_of(account, "us_side"), "us_side");
  EXPECT_EQ(label_of(account, "not_there"), "not_there");
}

TEST(Naming, LevelsHaveALabelAndAVerb) {
  Row missiles = row("missiles", "issues");
  missiles.fields = {levels({"relinquished", "kept"}), entries("labels", {{"relinquished", "given up"}}),
                     entries("verbs", {{"relinquished", "gives up its missiles"}})};
  EXPECT_EQ(level_label(missiles, "relinquished"), "given up");
  EXPECT_EQ(level_label(missiles, "kept"), "kept");
  EXPECT_EQ(level_verb(missiles, "relinquished"), "gives up its missiles");
  EXPECT_EQ(level_verb(missiles, "kept"), "");
  EXPECT_EQ(phrase_label(missiles, "at most relinquished"), "at most given up");
  EXPECT_EQ(phrase_label(missiles, "kept > relinquished"), "kept > given up");
  EXPECT_EQ(phrase_label(missiles, ""), "");
}

TEST(Naming, TheBaseFormOfAThirdPerson) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"gives up its missiles", "give up its missiles"},
      {"presses for more", "press for more"},
      {"carries out an attack", "carry out an attack"},
      {"reaches a deal", "reach a deal"},
      {"goes ahead", "go ahead"},
      {"is ended", "be ended"},
      {"has left", "have left"},
      {"attacks Iran", "attack Iran"},
      {"confines the talks", "confine the talks"},
      {"sign a deal", "sign a deal"},
      {"press", "press"},
      {"fixes a date", "fix a date"},
      {"", ""}};
  for (const auto& [third, base] : cases) EXPECT_EQ(base_form(third), base);
}

TEST(Naming, StancesHaveVerbs) {
  Row position = row("p", "positions");
  EXPECT_EQ(stance_of(position), "");
  EXPECT_EQ(stance_verb(position), "");
  position.fields = {field("presses", "kept")};
  EXPECT_EQ(stance_of(position), "presses");
  EXPECT_EQ(stance_verb(position), "presses for");
}

TEST(Naming, CountsWhatHasNoLabelByKind) {
  Account account;
  account.rows = {row("a"), row("b"), row("i", "issues"), row("m", "mechanisms"), row("x", "alternatives")};
  account.rows[1].fields = {field("label", "B")};
  account.rows[2].fields = {field("label", "I"), levels({"low", "high"}),
                            entries("labels", {{"low", "little"}})};
  const std::map<std::string, int> expected = {{"actors", 1}, {"levels", 1}, {"readings", 1}};
  EXPECT_EQ(unlabelled(account), expected);
  account.rows[0].fields = {field("label", "A")};
  account.rows[2].fields[2] = entries("labels", {{"low", "little"}, {"high", "much"}});
  account.rows[4].fields = {field("label", "X")};
  EXPECT_TRUE(unlabelled(account).empty());
}

TEST(Concepts, TheTableIsConsistent) {
  for (const ConceptSpec& spec : concepts()) {
    EXPECT_TRUE(spec.shorthand.empty() || spec.field(spec.shorthand) != nullptr) << spec.key;
    for (const FieldGroup& group : field_groups(spec.key))
      for (const std::string_view name : group.fields)
        EXPECT_NE(spec.field(name), nullptr) << spec.key << " " << name;
    for (const FieldSpec& field : spec.fields) {
      EXPECT_FALSE(field.doc.empty()) << spec.key << " " << field.name;
      EXPECT_FALSE(field.example.empty()) << spec.key << " " << field.name;
      EXPECT_EQ(field.shape == Shape::word, !field.words.empty()) << spec.key << " " << field.name;
      for (const FieldSpec& common : common_fields()) EXPECT_NE(field.name, common.name) << spec.key;
    }
  }
}

}  // namespace
}  // namespace parley::account
