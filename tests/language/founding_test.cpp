// SPDX-License-Identifier: MIT
// The founding scenario: it reads without a word of complaint, its quotes are the source's, every row says
// where it comes from, and our own words stay neutral.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "account/concepts.hpp"
#include "account/naming.hpp"
#include "language/read.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = PARLEY_SOURCE_DIR;
const fs::path kScenario = kSource / "scenarios" / "us-iran-2026";

fs::path shared() {
  const char* folder = std::getenv("PARLEY_SHARED");
  return folder != nullptr && *folder != '\0' ? fs::path(folder) : kSource / ".." / "shared";
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string told(const Reading& reading) {
  std::ostringstream out;
  for (const Diagnostic& d : reading.diagnostics)
    out << d.file << ':' << d.place.line << ':' << d.place.column << ": " << d.code << ": " << d.message
        << " (" << d.hint << ")\n";
  return out.str();
}

/// Read once; the tests only look.
const Reading& founding() {
  static const Reading reading = read_account(kScenario);
  return reading;
}

/// The inventory ids that rows of the author's account express.
std::set<std::string> expressed() {
  std::set<std::string> ids;
  for (const account::Row& row : founding().base.rows)
    ids.insert(row.origin.inventory.begin(), row.origin.inventory.end());
  return ids;
}

/// Sentence number -> sentence.
std::map<std::string, std::string> sentences() {
  std::map<std::string, std::string> found;
  static const std::regex kLine(R"(^(S[0-9]+) \[P[0-9]+\] (.*)$)");
  for (const std::string& line : lines_of(shared() / "founding" / "sentences.txt"))
    if (std::smatch match; std::regex_match(line, match, kLine)) found[match[1]] = match[2];
  return found;
}

/// Ids at the head of a table's row: `| IS-01 | ...`.
std::set<std::string> table_ids(const fs::path& path) {
  std::set<std::string> ids;
  static const std::regex kRow(R"(^\| ((?:AC|RL|IS|AG|EV|TH|CP|LK|CM|CL|NO)-[0-9]+) \|.*)");
  for (const std::string& line : lines_of(path))
    if (std::smatch match; std::regex_match(line, match, kRow)) ids.insert(match[1]);
  return ids;
}

TEST(Founding, ReadsWithoutDiagnostics) {
  EXPECT_TRUE(founding().ok());
  EXPECT_TRUE(founding().diagnostics.empty()) << told(founding());
  EXPECT_EQ(founding().base.name, "author");
  ASSERT_EQ(founding().rivals.size(), 1U);
  EXPECT_EQ(founding().rivals[0].id, "pressure");
  EXPECT_GE(founding().alternatives.size(), 15U);
}

TEST(Founding, FirstAccountReadsWithoutDiagnostics) {
  const Reading reading = read_account(kSource / "scenarios" / "first-account.yaml");
  EXPECT_TRUE(reading.ok());
  EXPECT_TRUE(reading.diagnostics.empty()) << told(reading);
}

TEST(Founding, EveryQuoteIsVerbatim) {
  const std::map<std::string, std::string> text = sentences();
  if (text.empty()) GTEST_SKIP() << "no founding/sentences.txt under PARLEY_SHARED (" << shared() << ")";
  const account::Row* source = founding().base.find("art");
  ASSERT_NE(source, nullptr);
  const account::Value* quotes = source->value("quotes");
  ASSERT_NE(quotes, nullptr);
  ASSERT_EQ(quotes->keys.size(), quotes->items.size());
  EXPECT_GE(quotes->keys.size(), 30U);
  for (std::size_t i = 0; i < quotes->keys.size(); ++i) {
    const auto sentence = text.find(quotes->keys[i]);
    ASSERT_NE(sentence, text.end()) << quotes->keys[i];
    EXPECT_NE(sentence->second.find(quotes->items[i].text), std::string::npos)
        << quotes->keys[i] << ": " << quotes->items[i].text;
  }
}

TEST(Founding, EverySentenceThatARowRestsOnIsQuotedAndEveryQuoteIsUsed) {
  const account::Row* source = founding().base.find("art");
  ASSERT_NE(source, nullptr);
  std::set<std::string> quoted, used;
  for (const std::string& key : source->value("quotes")->keys) quoted.insert("art." + key);
  for (const account::Row& row : founding().base.rows)
    used.insert(row.origin.from.begin(), row.origin.from.end());
  EXPECT_EQ(quoted, used);
}

/// What the inventory numbers, in the repository: its ids without its text.
std::set<std::string> listed_ids() {
  std::set<std::string> ids;
  for (const std::string& line : lines_of(kSource / "tests" / "language" / "inventory.txt"))
    if (!line.empty() && line.front() != '#') ids.insert(line);
  return ids;
}

std::set<std::string> starting(const std::set<std::string>& ids, const std::set<std::string>& kinds) {
  std::set<std::string> some;
  for (const std::string& id : ids)
    if (kinds.contains(id.substr(0, id.find('-')))) some.insert(id);
  return some;
}

const std::set<std::string> kContent = {"AC", "RL", "IS", "AG", "EV", "TH", "CP", "LK", "CM", "CL", "NO"};

TEST(Founding, TheListInTheRepositoryIsTheInventorys) {
  const std::set<std::string> known = table_ids(shared() / "founding" / "INVENTORY.md");
  if (known.empty()) GTEST_SKIP() << "no founding/INVENTORY.md under PARLEY_SHARED (" << shared() << ")";
  EXPECT_EQ(starting(listed_ids(), kContent), known);
}

TEST(Founding, EveryInventoryRowIsExpressed) {
  const std::set<std::string> listed = listed_ids();
  EXPECT_EQ(starting(listed, kContent).size(), 233U);
  EXPECT_EQ(starting(listed, {"AS"}).size(), 32U);
  EXPECT_EQ(starting(listed, {"AMB"}).size(), 9U);
  EXPECT_EQ(starting(listed, {"TN"}).size(), 5U);
  EXPECT_EQ(expressed(), listed);
}

TEST(Founding, OnlyWhatTheInventoryCallsNoStatementIsANote) {
  // Labels, lead-ins, exhortations, history notes, calendar, no active actors.
  const std::set<std::string> allowed = {"NO-01", "NO-02", "NO-03", "NO-04", "NO-05", "NO-06",
                                         "NO-07", "AC-03", "AC-09", "AC-16", "AC-49", "EV-11"};
  std::set<std::string> elsewhere, noted;
  for (const account::Row& row : founding().base.rows) {
    auto& set = row.concept_name == "notes" ? noted : elsewhere;
    set.insert(row.origin.inventory.begin(), row.origin.inventory.end());
  }
  for (const std::string& id : noted) EXPECT_TRUE(elsewhere.contains(id) || allowed.contains(id)) << id;
  EXPECT_LE(noted.size(), 9U);
}

/// Rows of one concept that carry each inventory id that begins so.
std::map<std::string, std::vector<const account::Row*>> carriers(const std::string& concept_name,
                                                                 const std::string& prefix) {
  std::map<std::string, std::vector<const account::Row*>> found;
  for (const account::Row& row : founding().base.rows)
    if (row.concept_name == concept_name)
      for (const std::string& id : row.origin.inventory)
        if (id.rfind(prefix, 0) == 0) found[id].push_back(&row);
  return found;
}

TEST(Founding, EveryMissingQuantityIsAnAssumptionWithRangeOwnerAndWhoWouldKnow) {
  const auto missing = carriers("assumptions", "AS-");
  EXPECT_EQ(missing.size(), 32U);
  for (const auto& [id, rows] : missing) {
    bool ranged = false;
    for (const account::Row* row : rows) {
      ranged = ranged || row->field("range") != nullptr || row->field("one_of") != nullptr;
      EXPECT_FALSE(row->text("owner").empty()) << row->id;
      EXPECT_FALSE(row->text("would_know").empty()) << row->id;
    }
    EXPECT_TRUE(ranged) << id;
  }
}

TEST(Founding, EveryAmbiguityIsAnAlternativeAndEveryTensionARow) {
  EXPECT_EQ(carriers("alternatives", "AMB-").size(), 9U);
  EXPECT_EQ(carriers("tensions", "TN-").size(), 5U);
}

TEST(Founding, EveryClaimIsARowWithATestOrAReasonWhyNot) {
  const auto claims = carriers("claims", "CL-");
  EXPECT_EQ(claims.size(), 26U);
  int tested = 0;
  for (const auto& [id, rows] : claims)
    for (const account::Row* row : rows) {
      int tests = 0;
      for (const account::FieldGroup& group : account::field_groups("claims"))
        for (const std::string_view field : group.fields) tests += row->field(field) != nullptr ? 1 : 0;
      EXPECT_EQ(tests, 1) << row->id;
      tested += row->field("not_testable") == nullptr ? 1 : 0;
    }
  EXPECT_EQ(tested, 24);
}

TEST(Founding, FactsClaimsOpinionsAndAssumptionsStayApart) {
  const std::set<std::string> free = {"sources", "assumptions", "alternatives"};
  for (const account::Row& row : founding().base.rows) {
    if (free.contains(row.concept_name)) continue;
    const account::Origin& o = row.origin;
    EXPECT_FALSE(o.status.empty()) << row.id;
    EXPECT_FALSE(o.status != "assumption" && o.from.empty()) << row.id << " cites no sentence";
    const bool may_be_nameless =
        row.concept_name == "issues" || row.concept_name == "relations" || row.concept_name == "agreements";
    EXPECT_FALSE(o.status == "claim" && !may_be_nameless && o.says.empty())
        << row.id << " is a claim, and nobody makes it";
    EXPECT_TRUE(o.status != "opinion" || o.says == "author" || o.says.empty()) << row.id << " " << o.says;
  }
}

TEST(Founding, WhatNoSentenceSaysIsANamedAssumption) {
  for (const account::Row& row : founding().base.rows) {
    if (row.concept_name == "sources" || row.concept_name == "assumptions") continue;
    EXPECT_FALSE(row.origin.from.empty() && row.origin.assumed.empty()) << row.id;
    const bool ours = row.origin.status == "assumption" || row.origin.says == "analyst";
    EXPECT_FALSE(ours && row.origin.assumed.empty()) << row.id;
  }
}

TEST(Founding, EveryRowOfTheRivalIsTheOpponents) {
  ASSERT_EQ(founding().rivals.size(), 1U);
  std::set<std::string> opponents;
  for (const account::Edit& edit : founding().rivals[0].edits)
    if (edit.kind == account::Edit::Kind::add_row && edit.added.concept_name == "assumptions") {
      EXPECT_EQ(edit.added.text("owner"), "an imagined opponent") << edit.added.id;
      opponents.insert(edit.added.id);
    }
  EXPECT_GE(opponents.size(), 5U);
  for (const account::Edit& edit : founding().rivals[0].edits) {
    if (edit.kind != account::Edit::Kind::add_row || edit.added.concept_name == "assumptions") continue;
    EXPECT_EQ(edit.added.origin.status, "assumption") << edit.added.id;
    EXPECT_TRUE(edit.added.origin.from.empty()) << edit.added.id;
    EXPECT_FALSE(edit.added.origin.assumed.empty()) << edit.added.id;
    for (const std::string& assumed : edit.added.origin.assumed)
      EXPECT_TRUE(opponents.count(assumed)) << edit.added.id;
  }
}

TEST(Founding, TheRivalTakesAStandOnTheWholeAndNotOnlyAtTheTable) {
  std::map<std::string, int> changed;
  for (const account::Edit& edit : founding().rivals[0].edits)
    if (edit.kind == account::Edit::Kind::add_row) ++changed[edit.added.concept_name];
  for (const char* block : {"positions", "saliences", "commitments", "mechanisms", "relations", "issues",
                            "orderings", "beliefs", "objectives", "claims"})
    EXPECT_GE(changed[block], 1) << block;
  EXPECT_GE(changed["claims"], 9);
}

TEST(Founding, EverythingThatSentencesNameHasALabel) {
  const auto missing = account::unlabelled(founding().base);
  for (const auto& [kind, n] : missing) ADD_FAILURE() << n << " " << kind << " have no label";
  for (const account::Row& row : founding().base.rows) {
    if (row.concept_name != "issues") continue;
    for (const char* field : {"levels", "choices"})
      for (const std::string& level : row.names(field))
        EXPECT_FALSE(account::level_verb(row, level).empty()) << row.id << " " << level;
  }
  const account::Account rival = account::apply(founding().base, founding().rivals[0]);
  EXPECT_TRUE(account::unlabelled(rival).empty());
}

/// Question -> the readings that answer it.
std::map<std::string, std::set<std::string>> questions_of_readings() {
  std::map<std::string, std::set<std::string>> questions;
  for (const account::Row& row : founding().base.rows)
    if (row.concept_name == "alternatives") questions[row.text("about")].insert(row.id);
  return questions;
}

TEST(Founding, EveryReadingAnswersAQuestion) {
  const auto questions = questions_of_readings();
  for (const auto& [question, readings] : questions)
    EXPECT_TRUE(!question.empty() && question.back() == '?') << *readings.begin() << ": " << question;
  const std::set<std::string> removal = {"removal_by_attack", "removal_by_deal", "removal_by_lost_influence",
                                         "removal_by_overthrow"};
  EXPECT_EQ(questions.at("What is removing Iran from the equation?"), removal);
  EXPECT_GE(questions.at("How firm are the US demands?").size(), 7U);
  // Both sides are asked how firm they are.
  EXPECT_TRUE(questions.contains("How firm is Iran's limit?"));
}

/// What a reading means of one row it means of the others that rest on the same words.
TEST(Founding, ReadingsChangeAllThatTheyMean) {
  std::map<std::string, std::set<std::string>> touched;
  for (const account::Patch& patch : founding().alternatives)
    for (const account::Edit& edit : patch.edits) touched[patch.id].insert(edit.row);
  for (const char* id : {"removal_by_deal", "removal_by_lost_influence", "removal_by_overthrow"})
    for (const char* row : {"attack_spillover", "removal_not_enough", "spread_likelier"})
      EXPECT_TRUE(touched[id].contains(row)) << id << " leaves " << row;
  for (const char* id : {"demands_dropped", "agenda_dropped", "demands_restrict"})
    EXPECT_TRUE(touched[id].contains("us_threat")) << id << " leaves the threat over what it drops";
  EXPECT_TRUE(touched["agenda_dropped"].contains("us_agenda"));
  EXPECT_NE(founding().base.find("demands_dropped")->text("reading").find("still presses for (S19)"),
            std::string::npos);
}

TEST(Founding, WhereTheModelDepartsFromTheTextItSaysSo) {
  const std::map<std::string, std::pair<std::string, std::string>> known = {
      {"us_threat", {"S09", "weaker"}},          {"ready_to_use_force", {"S45", "weaker"}},
      {"acquiescence", {"S42", "weaker"}},       {"annexation_splits", {"S72", "stronger"}},
      {"us_threat_open", {"S24", "stronger"}},   {"breakdown_spillover", {"S23", "stronger"}},
      {"attack_spillover", {"S76", "narrower"}}, {"removal_not_enough", {"S75", "narrower"}},
      {"us_order", {"S55", "stronger"}},         {"israel_annexation", {"S71", "stronger"}},
      {"attack_position", {"S05", "stronger"}}};
  for (const auto& [id, expected] : known) {
    const account::Row* row = founding().base.find(id);
    ASSERT_NE(row, nullptr) << id;
    EXPECT_EQ(row->origin.departs, expected.second) << id;
    EXPECT_FALSE(row->origin.because.empty()) << id;
    const auto& from = row->origin.from;
    EXPECT_NE(std::find(from.begin(), from.end(), "art." + expected.first), from.end()) << id;
  }
}

void names_in(const account::Value& value, std::set<std::string>& names) {
  names.insert(value.text);
  names.insert(value.assumed.begin(), value.assumed.end());
  for (const account::Value& item : value.items) names_in(item, names);
}

TEST(Founding, EveryAssumptionIsTiedToARow) {
  std::set<std::string> named;
  for (const account::Row& row : founding().base.rows) {
    for (const account::Field& field : row.fields) names_in(field.value, named);
    named.insert(row.origin.assumed.begin(), row.origin.assumed.end());
  }
  for (const account::Row& row : founding().base.rows) {
    if (row.concept_name == "assumptions") {
      EXPECT_TRUE(named.contains(row.id)) << row.id << " is assumed for nothing";
    }
  }
}

TEST(Founding, ContestedTermsStandOnlyInsideQuotes) {
  // The language checks rows; here comments, file names and the page about the scenario.
  std::string words;
  for (const std::string& word : founding().base.find("art")->names("contested"))
    words += (words.empty() ? "" : "|") + word;
  ASSERT_FALSE(words.empty());
  const std::regex contested(words, std::regex::icase | std::regex::ECMAScript);
  static const std::regex kQuote(R"(^\s+(S[0-9]+|quote|contested): .*)");
  for (const auto& entry : fs::directory_iterator(kScenario)) {
    EXPECT_FALSE(std::regex_search(entry.path().filename().string(), contested));
    for (const std::string& line : lines_of(entry.path()))
      EXPECT_TRUE(std::regex_match(line, kQuote) || !std::regex_search(line, contested))
          << entry.path() << line;
  }
  for (const std::string& line : lines_of(kSource / "docs" / "scenarios" / "us-iran-2026.md"))
    EXPECT_FALSE(std::regex_search(line, contested)) << line;
}

}  // namespace
}  // namespace parley::language
