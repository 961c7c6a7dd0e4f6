// SPDX-License-Identifier: MIT
// docs/limits.md against the constants: every number is the program's, and every constant is on the page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "foreign/limits.hpp"
#include "framing/limits.hpp"
#include "language/limits.hpp"
#include "questions/limits.hpp"

namespace parley::testing {
namespace {

std::string text_of(const std::string& name) {
  std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// 200000 -> "200,000"
std::string with_commas(unsigned long long number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string mebibytes(std::size_t bytes) { return with_commas(bytes >> 20U) + " MiB"; }

/// Of one heading: what -> number, by the first two columns of its tables.
std::map<std::string, std::string> table_under(const std::string& page, const std::string& heading) {
  std::map<std::string, std::string> rows;
  const std::size_t from = page.find("\n## " + heading + "\n");
  std::istringstream lines(page.substr(from + 1, page.find("\n## ", from + 4) - from));
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    static const std::regex row(R"(\| (.+?) \| (.+?) \|.*)");
    if (std::regex_match(line, found, row) && found[1] != "what" && found[1] != "---")
      rows[found[1]] = found[2];
  }
  return rows;
}

std::size_t constants_in(const std::string& header) {
  const std::string text = text_of(header);
  static const std::regex constant("inline constexpr [a-z:_0-9 ]+ k[A-Za-z]+");
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(text.begin(), text.end(), constant), std::sregex_iterator()));
}

using Rows = std::map<std::string, std::string>;

TEST(Documents, TheLimitsOfAccountsAreThoseOfTheProgram) {
  namespace l = language;
  const Rows expected = {
      {"one file", mebibytes(l::kFileBytes)},
      {"all files of an account, and the text of a source (`--source`)", mebibytes(l::kAccountBytes)},
      {"files of an account", with_commas(l::kAccountFiles)},
      {"characters of a line", with_commas(l::kLineLength)},
      {"maps and lists within each other", with_commas(l::kYamlDepth)},
      {"maps, lists and texts of one file", with_commas(l::kYamlNodes)},
      {"rows of an account", with_commas(l::kRows)},
      {"readings; rivals", with_commas(l::kAlternatives)},
      {"rows, once for each reading of each rival", with_commas(l::kPatchedRows)},
      {"parts of one condition, written out", with_commas(l::kConditionParts)},
      {"parts of all conditions of an account, written out", with_commas(l::kAccountParts)},
      {"the same, once for each reading of each rival", with_commas(l::kPatchedParts)},
      {"messages that are kept", with_commas(l::kDiagnosticsKept)},
      {"messages that are printed", with_commas(l::kDiagnosticsPrinted)},
      {"nearest names that are looked for", with_commas(l::kSuggestions)}};
  EXPECT_EQ(table_under(text_of("docs/limits.md"), "Accounts"), expected);
  EXPECT_EQ(expected.size(), constants_in("src/language/limits.hpp"));
}

TEST(Documents, TheLimitsOfTablesAndGamesAreThoseOfTheProgram) {
  namespace f = framing;
  const Rows expected = {
      {"parts of one condition, as it is bound", with_commas(f::kMostParts)},
      {"pairs of actors in all relations", with_commas(f::kMostPairs)},
      {"packages of a table", with_commas(f::kMostPackages)},
      {"packages within all limits, of a larger table", with_commas(f::kMostWithin)},
      {"ways to settle what is unknown at a table", with_commas(f::kMostResolutions)},
      {"who sign at one table", with_commas(f::kMostParties)},
      {"packages times ways to settle what is unknown", with_commas(f::kMostCases)},
      {"levels after every branch of every case of a table", with_commas(f::kMostCaseLevels)},
      {"packages of a table that named packages fit, in all", with_commas(f::kMostPlaced)},
      {"issues of a focus that is chosen", with_commas(f::kMostFocus)},
      {"situations of a game whose focus is chosen", with_commas(f::kDefaultStates)},
      {"situations of a game whose focus is named", with_commas(f::kMostGameStates)},
      {"moves of a game", with_commas(f::kMostGameMoves)},
      {"ways to settle what is unknown in a game", with_commas(f::kMostSettlements)},
      {"levels kept while a game is made", with_commas(f::kMostGameLevels)},
      {"levels that the tables of all readings keep", with_commas(questions::kMostKeptLevels)}};
  EXPECT_EQ(table_under(text_of("docs/limits.md"), "Tables and games"), expected);
  EXPECT_EQ(expected.size(),
            constants_in("src/framing/limits.hpp") + constants_in("src/questions/limits.hpp"));
}

TEST(Documents, TheLimitsOfForeignFilesAreThoseOfTheProgram) {
  namespace f = foreign;
  const Rows expected = {
      {"one file", mebibytes(f::kFileBytes)},
      {"all files of a folder", mebibytes(f::kFolderBytes)},
      {"names in a folder", with_commas(f::kFolderEntries)},
      {"tags and attributes of one XML file", with_commas(f::kMarks)},
      {"attributes of one tag", with_commas(f::kAttributes)},
      {"slips of one XML file that are repaired", with_commas(f::kRepairs)},
      {"bytes of one XML file that are read again for its slips", mebibytes(f::kRepairBytes)},
      {"values of one JSON file", with_commas(f::kJsonValues)},
      {"elements or brackets within each other", with_commas(f::kDepth)},
      {"issues", with_commas(f::kIssues)},
      {"options of one issue", with_commas(f::kOptions)},
      {"parties", with_commas(f::kParties)},
      {"rectangles of one party", with_commas(f::kRectangles)},
      {"constraints", with_commas(f::kConstraints)},
      {"values that all parties give to options", with_commas(f::kTableValues)},
      {"digits of a number", with_commas(f::kDigits)},
      {"exponent of a number, either sign", with_commas(f::kExponent)},
      {"a conflict file", mebibytes(f::kConflictBytes)},
      {"conditions in patterns and statements of a conflict", with_commas(f::kConflictLiterals)},
      {"messages that are kept of each severity", with_commas(f::kErrors)}};
  EXPECT_EQ(table_under(text_of("docs/limits.md"), "Foreign files"), expected);
  EXPECT_EQ(expected.size(), constants_in("src/foreign/limits.hpp"));
}

}  // namespace
}  // namespace parley::testing
