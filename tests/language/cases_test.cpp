// SPDX-License-Identifier: MIT
// Every message of the language has a case in tests/language/cases/<code>[_words].txt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "language/case_file.hpp"
#include "language/codes.hpp"
#include "language/print.hpp"
#include "language/read.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;

class Cases : public ::testing::TestWithParam<fs::path> {};

std::string code_of(const fs::path& path) {
  const std::string stem = path.stem().string();
  return stem.substr(0, stem.find('_'));
}

Reading read_case_texts(const testing::Case& text, const fs::path& folder) {
  ReadOptions options;
  for (const auto& [id, words] : text.sources) {
    const fs::path file = folder / (id + ".source");
    std::ofstream(file) << words;
    options.source_texts[id] = file;
  }
  if (text.path.empty()) return read_texts(text.files, options);
  for (const auto& [name, words] : text.on_disk) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << words;
  }
  Reading reading = read_account(folder / text.path, options);
  for (Diagnostic& d : reading.diagnostics) d.file = fs::path(d.file).filename().string();
  return reading;
}

std::string line_of(const Diagnostic& d, const std::string& first_file) {
  const char* severity = d.severity == Severity::error     ? "error"
                         : d.severity == Severity::warning ? "warning"
                                                           : "note";
  return (d.file == first_file ? "" : d.file + ":") + std::to_string(d.place.line) + ":" +
         std::to_string(d.place.column) + " " + severity + " " + d.code;
}

TEST_P(Cases, GivesTheMessagesExpected) {
  const testing::Case text = testing::read_case(GetParam());
  const fs::path folder = fs::temp_directory_path() / ("parley-case-" + GetParam().stem().string());
  fs::create_directories(folder);
  const Reading reading = read_case_texts(text, folder);
  fs::remove_all(folder);
  std::vector<std::string> found;
  std::set<std::string> codes;
  for (const Diagnostic& d : reading.diagnostics) {
    found.push_back(line_of(d, text.files.empty() ? "" : text.files[0].first));
    codes.insert(d.code);
  }
  EXPECT_TRUE(codes.contains(code_of(GetParam())));
  if (text.expected != std::vector<std::string>{"*"}) {
    EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(text.expected)) << diagnostics_text(reading);
  }
  const bool error = std::any_of(reading.diagnostics.begin(), reading.diagnostics.end(),
                                 [](const Diagnostic& d) { return d.severity == Severity::error; });
  EXPECT_EQ(reading.ok(), !error);
}

INSTANTIATE_TEST_SUITE_P(Language, Cases, ::testing::ValuesIn(testing::case_files()), [](const auto& each) {
  std::string name = each.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Codes, EachHasACase) {
  std::set<std::string> cases;
  for (const fs::path& path : testing::case_files()) cases.insert(code_of(path));
  cases.insert("quotes-not-compared");  // of a reading that is stopped: sources_test.cpp
  for (const Code& code : all_codes()) {
    EXPECT_TRUE(cases.contains(code.text())) << "no case for " << code.text();
    cases.erase(code.text());
  }
  EXPECT_TRUE(cases.empty()) << "a case for a code that does not exist: " << *cases.begin();
}

TEST(Codes, MessagesAreSentencesWithHints) {
  for (const fs::path& path : testing::case_files()) {
    const testing::Case text = testing::read_case(path);
    if (!text.path.empty()) continue;
    for (const Diagnostic& d : read_texts(text.files).diagnostics) {
      EXPECT_FALSE(d.message.empty()) << path;
      EXPECT_NE(d.message.back(), '.') << d.message;
      EXPECT_FALSE(d.hint.empty() && d.code != "bad-expression") << d.code << ": " << d.message;
      EXPECT_GE(d.place.line, 1U) << d.code;
      EXPECT_GE(d.place.column, 1U) << d.code;
      EXPECT_FALSE(d.file.empty()) << d.code;
    }
  }
}

}  // namespace
}  // namespace parley::language
