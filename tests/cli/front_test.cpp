// SPDX-License-Identifier: MIT
// The contract of the command line: exit codes, one JSON object, messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

nlohmann::json object_of(const Said& said) {
  nlohmann::json object = nlohmann::json::parse(said.out, nullptr, false);
  EXPECT_TRUE(object.is_object()) << said.out << said.err;
  return object;
}

TEST(Front, HelpListsWhatIsBuiltAndExitsZero) {
  for (const char* word : {"--help", "-h", "help"}) {
    const Said said = run_parley({word});
    EXPECT_EQ(said.exit, 0);
    EXPECT_THAT(said.out, HasSubstr("parley COMMAND FILE"));
    EXPECT_THAT(said.out, HasSubstr("\n  deals "));
    EXPECT_THAT(said.out, HasSubstr("Exit codes"));
    EXPECT_THAT(said.err, IsEmpty());
  }
}

TEST(Front, NoWordsAreAUsageErrorWithTheHelp) {
  const Said said = run_parley({});
  EXPECT_EQ(said.exit, 2);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, HasSubstr("Usage: parley COMMAND"));
}

TEST(Front, HelpOfACommandHasExamplesFlagsAndOptions) {
  for (const auto& words :
       {std::vector<std::string>{"deals", "--help"}, {"help", "deals"}, {"deals", "x", "-h"}}) {
    const Said said = run_parley(words);
    EXPECT_EQ(said.exit, 0);
    EXPECT_THAT(said.out, HasSubstr("Usage: parley deals FILE"));
    EXPECT_THAT(said.out, HasSubstr("Examples:"));
    EXPECT_THAT(said.out, HasSubstr("--time-limit S"));
    EXPECT_THAT(said.out, HasSubstr("parties=a,b,..."));
  }
}

TEST(Front, VersionIsANumber) {
  const Said said = run_parley({"--version"});
  EXPECT_EQ(said.exit, 0);
  EXPECT_THAT(said.out, ::testing::MatchesRegex("parley [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Front, AnUnknownCommandGetsTheNearestName) {
  const Said said = run_parley({"deels", "x"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, HasSubstr("there is no command `deels`"));
  EXPECT_THAT(said.err, HasSubstr("did you mean `parley deals`?"));
}

TEST(Front, APlannedCommandSaysSo) {
  const Said said = run_parley({"serve", "x"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_THAT(said.err, HasSubstr("`parley serve` is not built yet"));
  EXPECT_THAT(run_parley({"--help"}).out, Not(HasSubstr("serve")));
  const Said json = run_parley({"serve", "x", "--json"});
  EXPECT_EQ(json.exit, 2);
  EXPECT_EQ(object_of(json)["schema"], "parley.serve/1");
  EXPECT_EQ(object_of(run_parley({"serf", "x", "--json"}))["schema"], "parley/1");
}

TEST(Front, FlagsBeforeTheCommandAreExplained) {
  const Said said = run_parley({"--json", "deals", "x"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_THAT(said.err, HasSubstr("the command comes first"));
  EXPECT_EQ(object_of(said)["schema"], "parley/1");
}

TEST(Front, UsageErrorsExitTwoAndNameTheNearestFlag) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"deals"}, "needs a FILE"},
      {{"deals", "a", "b"}, "takes one FILE, not also `b`"},
      {{"deals", ""}, "a FILE is empty"},
      {{"deals", "a", "--jsn"}, "did you mean --json?"},
      {{"deals", "a", "--seed", "x"}, "--seed takes a whole number"},
      {{"deals", "a", "--seed", "-1"}, "--seed takes a whole number"},
      {{"deals", "a", "--seed", "18446744073709551616"}, "--seed takes a whole number"},
      {{"deals", "a", "--draws", "0"}, "--draws takes a whole number from 1"},
      {{"deals", "a", "--draws", "100001"}, "--draws takes a whole number from 1 to 100000"},
      {{"deals", "a", "--draws", "1e3"}, "--draws takes a whole number"},
      {{"deals", "a", "--threads", "0"}, "--threads takes a whole number"},
      {{"deals", "a", "--time-limit", "0"}, "--time-limit takes a number of seconds above 0"},
      {{"deals", "a", "--time-limit", "nan"}, "--time-limit takes"},
      {{"deals", "a", "--time-limit", "inf"}, "--time-limit takes"},
      {{"deals", "a", "--time-limit"}, "--time-limit needs a value: --time-limit S"},
      {{"deals", "a", "-o"}, "-o needs a value: -o PATH"},
      {{"deals", "a", "-o="}, "nothing stands behind the equals sign"},
      {{"deals", "a", "-o", ""}, "check for a variable that is not set"},
      {{"deals", "a", "--output="}, "--output needs a value: --output PATH"},
      {{"deals", "a", "-o", "--seed"}, "`--seed` behind it is a flag"},
      {{"deals", "a", "--seed", "--", "b"}, "--seed needs a value"},
      {{"deals", "a", "--seed", "1", "--seed", "2"}, "--seed is given twice: `1` and `2`"},
      {{"deals", "a", "-o", "x", "--output", "y"}, "given twice"},
      {{"deals", "a", "--json=yes"}, "--json takes no value"},
      {{"deals", "a", "--sed=1"}, "did you mean --seed?"},
      {{"deals", "a", "-j"}, "parley deals knows no flag `-j`"},
      {{"deals", "a", "-x"}, "`parley deals --help` lists them"},
      {{"check", "a", "--source"}, "--source needs a value: --source ID=PATH"},
      {{"check", "a", "--source", "art"}, "--source takes ID=PATH"},
      {{"show", "a", "--framed"}, "--framed needs a value: --framed LENS"},
      {{"deals", "a", "--option", "parties"}, "--option takes NAME=VALUE"},
      {{"deals", "a", "--option", "=x"}, "--option takes NAME=VALUE"},
      {{"deals", "a", "--option", "partys=x"}, "did you mean parties?"},
      {{"deals", "a", "--option", "zzz=x"}, "known: "},
      {{"deals", "a", "--option", "domain=x", "--option", "domain=y"}, "given twice"},
  };
  for (const auto& [words, message] : cases) {
    const Said said = run_parley(words);
    EXPECT_EQ(said.exit, 2) << message << said.err;
    EXPECT_THAT(said.out, IsEmpty());
    EXPECT_THAT(said.err, HasSubstr(message));
  }
}

TEST(Front, UsageErrorsUnderJsonAreOneObjectToo) {
  const Said said = run_parley({"deals", "a", "--json", "--seed", "x"});
  EXPECT_EQ(said.exit, 2);
  const auto object = object_of(said);
  EXPECT_EQ(object["schema"], "parley.deals/1");
  ASSERT_EQ(object["diagnostics"].size(), 1U);
  EXPECT_EQ(object["diagnostics"][0]["severity"], "error");
}

TEST(Front, AMissingFileIsOneDiagnosticAndExitOne) {
  const Said said = run_parley({"deals", "/nowhere/at/all", "--json"});
  EXPECT_EQ(said.exit, 1);
  const auto object = object_of(said);
  EXPECT_EQ(object["schema"], "parley.deals/1");
  const auto& diagnostic = object["diagnostics"].at(0);
  for (const char* key : {"file", "line", "column", "severity", "code", "message", "hint"})
    EXPECT_TRUE(diagnostic.contains(key)) << key;
  EXPECT_EQ(diagnostic["file"], "/nowhere/at/all");
  EXPECT_EQ(diagnostic["code"], "no-file");
  EXPECT_EQ(diagnostic["line"], 1);
  EXPECT_THAT(said.err, HasSubstr("/nowhere/at/all:1:1: error: "));
}

TEST(Front, AFileNamedLikeAFlagNeedsTwoDashes) {
  const Said said = run_parley({"deals", "--json", "--", "--json"});
  EXPECT_EQ(said.exit, 1);
  EXPECT_EQ(object_of(said)["diagnostics"].at(0)["file"], "--json");
  EXPECT_EQ(run_parley({"deals", "--", "--help"}).exit, 1);
}

TEST(Front, ControlCharactersInNamesReachNoTerminal) {
  const Said said = run_parley({"deals", "x\x1b[31my\nz"});
  EXPECT_EQ(said.exit, 1);
  EXPECT_THAT(said.err, Not(HasSubstr("\x1b")));
}

TEST(Front, NamesThatAreNoTextStillGiveJson) {
  const Said said = run_parley({"deals", "\xff\xfe", "--json"});
  EXPECT_EQ(said.exit, 1);
  EXPECT_TRUE(object_of(said).contains("diagnostics"));
}

TEST(Front, AReaderThatGoesAwayHasACodeOfItsOwn) {
  const Said said = run_parley({"--help"}, {.close_stdout = true});
  EXPECT_EQ(said.exit, 141);
  EXPECT_THAT(said.err, IsEmpty());
}

TEST(Front, AFullDiskIsExitThree) {
  const Said said = run_parley({"deals", "/nowhere", "--json"}, {.stdout_to = "/dev/full"});
  EXPECT_EQ(said.exit, 3);
  EXPECT_THAT(said.err, HasSubstr("cannot write to standard output"));
}

}  // namespace
}  // namespace parley::testing
