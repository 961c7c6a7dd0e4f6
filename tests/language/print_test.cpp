// SPDX-License-Identifier: MIT
#include "language/print.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace parley::language {
namespace {

using ::testing::HasSubstr;

TEST(Print, ShowsTheLineTheCaretAndTheHint) {
  const Reading reading = read_texts({{"t.yaml",
                                       "parley: 1\naccount: a\nfrom: art.1\nsources: {art: {title: T}}\n"
                                       "actors: [iran]\nissues:\n  x: {chosen_by: irn, levels: [a, b]}\n"}});
  EXPECT_EQ(diagnostics_text(reading),
            "t.yaml:7:18: error[unknown-name]: there is no `irn`\n"
            "    7 |   x: {chosen_by: irn, levels: [a, b]}\n"
            "      |                  ^^^\n"
            "      = did you mean `iran`?\n"
            "1 error, 0 warnings\n");
}

TEST(Print, SaysNothingWhenAllIsWell) { EXPECT_EQ(diagnostics_text({}, {}), ""); }

TEST(Print, SortsShowsTwoHundredAndCountsTheRest) {
  std::vector<Diagnostic> many;
  for (std::uint32_t i = 0; i < 250; ++i)
    many.push_back(
        {i == 0 ? Severity::warning : Severity::error, "unknown-name", "m", "", {0, 300 - i, 1, 1}, "f"});
  const std::string text = diagnostics_text(many, {});
  EXPECT_EQ(text.rfind("f:51:1: error", 0), 0U);
  EXPECT_THAT(text, HasSubstr("... and 50 more\n249 errors, 1 warning\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 202);
  EXPECT_EQ(diagnostics_json(many).size(), 250U);
  EXPECT_EQ(diagnostics_json(many)[0]["line"], 51);
}

TEST(Print, CutsLongLinesAroundThePlace) {
  const std::vector<std::string> texts = {std::string(5'000, 'x') + "Y" + std::string(5'000, 'x')};
  const std::vector<Diagnostic> one = {{Severity::error, "c", "m", "", {0, 1, 5'001, 40'000}, "f"}};
  const std::string text = diagnostics_text(one, texts);
  EXPECT_LT(text.size(), 400U);
  const auto y = text.find('Y'), caret = text.find('^');
  const auto line_of_y = text.rfind('\n', y), line_of_caret = text.rfind('\n', caret);
  EXPECT_EQ(y - line_of_y, caret - line_of_caret);
}

TEST(Print, CaretsCountCodePoints) {
  const std::vector<std::string> texts = {"\xC3\xA9\xE2\x82\xAC z\t\xFF\x01"};
  const std::vector<Diagnostic> one = {{Severity::note, "c", "m", "", {0, 1, 4, 1}, "f"}};
  EXPECT_EQ(diagnostics_text(one, texts),
            "f:1:4: note[c]: m\n    1 | \xC3\xA9\xE2\x82\xAC z ??\n      |    ^\n");
}

TEST(Print, JsonHasTheContractsKeys) {
  const std::vector<Diagnostic> one = {
      {Severity::warning, "near-duplicate", "m", "h", {0, 3, 4, 5}, "f.yaml"}};
  EXPECT_EQ(
      diagnostics_json(one).dump(),
      R"([{"code":"near-duplicate","column":4,"file":"f.yaml","hint":"h","line":3,"message":"m","severity":"warning"}])");
  EXPECT_EQ(diagnostics_json({}).dump(), "[]");
}

}  // namespace
}  // namespace parley::language
