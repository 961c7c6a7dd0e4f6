// SPDX-License-Identifier: MIT
// Genius folders as they are found: half-filled profiles, names with commas, several domains.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "foreign/folder.hpp"

namespace parley::foreign {
namespace {

using parley::testing::heads;
using parley::testing::read_texts;
using parley::testing::replaced;
using parley::testing::small_domain;
using parley::testing::small_profile;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// `null` is what Genius writes where nobody has filled a number in: one message, and how to go on.
TEST(GeniusFolder, AHalfFilledProfileSaysWhichAndHowToLeaveItOut) {
  std::string empty = small_profile();
  for (const char* value : {"\"1\"/>", "\"4\"/>", "\"3\"/>", "\"2\"/>"})
    empty = replaced(empty, std::string("evaluation=") + value, "evaluation=\"null\"/>");
  const parley::testing::Texts texts = {{"d.xml", small_domain()},
                                        {"east.xml", small_profile()},
                                        {"North, East.xml", small_profile()},
                                        {"open.xml", empty}};
  const GeniusReading reading = read_texts(texts);
  EXPECT_THAT(heads(reading),
              ElementsAre("error bad-number talks/open.xml:4:1", "note party-unreadable talks/open.xml:0:0"));
  EXPECT_THAT(reading.diagnostics[0].message, HasSubstr("is `null`, which is no number, and 3 more"));
  EXPECT_THAT(reading.diagnostics[0].hint,
              HasSubstr("--option 'parties=\"North, East\",east' leaves the party `open` out"));
  foreign::GeniusOptions without;
  without.parties = {"\"North, East\",east"};  // what the hint says
  const GeniusReading rest = read_texts(texts, without);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(rest.problem.parties.size(), 2U);
  const GeniusReading half =
      read_texts({{"d.xml", small_domain()},
                  {"a.xml", small_profile()},
                  {"b.xml", replaced(small_profile(), "<weight index=\"2\" value=\"0.3\"/>", "")}});
  EXPECT_THAT(heads(half), Contains("note party-unreadable talks/b.xml:0:0"));
  EXPECT_THAT(half.diagnostics.back().hint, HasSubstr("--option parties=a leaves the party `b` out"));
}

/// One cause, one message: what follows from it is not said beside it.
TEST(GeniusFolder, WhatAProfileLacksIsOneMessage) {
  const auto said = [](std::string profile) {
    return read_texts({{"d.xml", small_domain()}, {"a.xml", small_profile()}, {"b.xml", std::move(profile)}});
  };
  std::string bare = small_profile();
  for (const char* value : {"1", "4", "3", "2"})
    bare = replaced(bare, std::string(" evaluation=\"") + value + "\"", "");
  const GeniusReading items = said(bare);
  EXPECT_THAT(heads(items), ElementsAre("error missing-attribute talks/b.xml:4:1",
                                        "note party-unreadable talks/b.xml:0:0"));
  EXPECT_THAT(items.diagnostics[0].message, HasSubstr("`red` has no `evaluation`, and 3 more"));
  EXPECT_THAT(items.diagnostics[0].hint, HasSubstr("--option parties=a leaves the party `b` out"));
  const GeniusReading issues = said("<utility_space></utility_space>");
  EXPECT_THAT(heads(issues),
              ElementsAre("error missing-issue talks/b.xml:1:1", "note party-unreadable talks/b.xml:0:0"));
  EXPECT_THAT(issues.diagnostics[0].message, HasSubstr("issues 1 (`colour`), 2 (`size`), 3 (`price`)"));
  std::string weightless = small_profile();
  for (const char* weight : {"1\" value=\"0.5", "2\" value=\"0.3", "3\" value=\"0.2"})
    weightless = replaced(weightless, std::string("<weight index=\"") + weight + "\"/>", "");
  const GeniusReading weights = said(weightless);
  EXPECT_THAT(heads(weights),
              ElementsAre("error missing-weight talks/b.xml:3:1", "note party-unreadable talks/b.xml:0:0"));
  EXPECT_THAT(weights.diagnostics[0].message, HasSubstr("and 2 more of this profile have none"));
  const GeniusReading empty = said(" \n");
  EXPECT_THAT(heads(empty), ElementsAre("warning file-ignored talks/b.xml:0:0"));
  EXPECT_TRUE(empty.ok());
}

TEST(GeniusFolder, NamesWithCommasCanBeListed) {
  const parley::testing::Texts texts = {{"d.xml", small_domain()},
                                        {"West.xml", small_profile()},
                                        {"North, East.xml", small_profile()},
                                        {"North.xml", small_profile()}};
  const auto chosen = [&](std::vector<std::string> parties) {
    foreign::GeniusOptions options;
    options.parties = std::move(parties);
    const GeniusReading reading = read_texts(texts, options);
    std::string names;
    for (const deals::Party& party : reading.problem.parties) names += party.id + ";";
    return reading.ok() ? names : reading.diagnostics.at(0).message + " " + reading.diagnostics.at(0).hint;
  };
  EXPECT_EQ(chosen({"North, East,West"}), "North, East;West;");  // the longest name that is known
  EXPECT_EQ(chosen({"\"North, East\", West"}), "North, East;West;");
  EXPECT_EQ(chosen({"'North, East'"}), "North, East;");
  EXPECT_EQ(chosen({"North, East.xml", "West"}), "North, East;West;");
  EXPECT_EQ(chosen({"West,North"}), "North;West;");
  EXPECT_EQ(chosen({"North,West"}), "North;West;");
  EXPECT_EQ(chosen({"West", "West"}), "West;");
  EXPECT_THAT(chosen({"North, Eat"}), HasSubstr("there is no party `Eat`"));
  EXPECT_THAT(chosen({"x, y"}), HasSubstr("known: \"North, East\", North, West"));
  EXPECT_THAT(chosen({""}), HasSubstr("names no party"));
  EXPECT_THAT(chosen({"\"West"}), HasSubstr("there is no party `\"West`"));
}

TEST(GeniusFolder, AFolderOfSeveralDomainsTakesOneByName) {
  const std::string other = replaced(small_domain(), "name=\"colour\"", "name=\"shade\"");
  const std::string of_other =
      replaced(replaced(small_profile(), "index=\"3\" name=\"price\"", "index=\"4\" name=\"price\""),
               "<weight index=\"3\"", "<weight index=\"4\"");
  const parley::testing::Texts texts = {
      {"sale.xml", small_domain()},
      {"lease.xml", replaced(other, "index=\"3\" name=\"price\"", "index=\"4\" name=\"price\"")},
      {"a.xml", small_profile()},
      {"b.xml", small_profile()},
      {"c.xml", of_other}};
  const GeniusReading open = read_texts(texts);
  ASSERT_THAT(heads(open), ElementsAre("error two-domains talks:0:0"));
  EXPECT_THAT(open.diagnostics[0].message, HasSubstr("2 domains: lease, sale"));
  EXPECT_THAT(open.diagnostics[0].hint, HasSubstr("--option domain=lease"));
  const auto with = [&](const std::string& name) {
    foreign::GeniusOptions options;
    options.domain = name;
    return read_texts(texts, options);
  };
  const GeniusReading sale = with("sale");
  EXPECT_THAT(heads(sale), ElementsAre("note other-domain talks/c.xml:0:0"));
  EXPECT_EQ(sale.problem.parties.size(), 2U);
  EXPECT_EQ(sale.problem.issues.at(0).name, "colour");
  const GeniusReading lease = with("lease.xml");
  EXPECT_TRUE(lease.ok());
  EXPECT_EQ(lease.problem.parties.size(), 1U);
  const GeniusReading none = with("sael");
  EXPECT_TRUE(none.unknown_choice);
  EXPECT_THAT(none.diagnostics.at(0).hint, HasSubstr("did you mean `sale`?"));
}

}  // namespace
}  // namespace parley::foreign
