// SPDX-License-Identifier: MIT
#include "language/read.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "expression/tree.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

fs::path fixture(const std::string& name) {
  return fs::path(PARLEY_SOURCE_DIR) / "tests/language/fixtures" / name;
}

std::string shown(const Reading& reading) {
  std::string out;
  for (const Diagnostic& d : reading.diagnostics)
    out += d.file + ":" + std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.code +
           ": " + d.message + " (" + d.hint + ")\n";
  return out;
}

TEST(Read, TenLines) {
  const Reading reading = read_account(fixture("ten_lines.yaml"));
  EXPECT_EQ(shown(reading), "");
  EXPECT_EQ(reading.base.name, "ten-lines");
  EXPECT_EQ(reading.base.rows.size(), 7U);
  EXPECT_THAT(reading.base.find("north")->origin.from, ElementsAre("note.1"));
}

TEST(Read, SmallAccount) {
  const Reading reading = read_account(fixture("small.yaml"));
  EXPECT_TRUE(reading.ok()) << shown(reading);
  std::map<std::string, int> codes;
  for (const Diagnostic& d : reading.diagnostics) ++codes[d.code];
  EXPECT_THAT(codes, UnorderedElementsAre(Pair("implied-name", 2),  // drought, unrest
                                          Pair("not-read", 2)));    // for 4 weeks, ever
  const account::Account& base = reading.base;
  EXPECT_EQ(base.title, "Two neighbours and a river");
  ASSERT_EQ(base.clock.size(), 3U);
  EXPECT_EQ(base.clock[1].value.text, "1 week");

  const account::Row* south_agenda = base.find("south_agenda");
  ASSERT_NE(south_agenda, nullptr);
  EXPECT_EQ(south_agenda->origin.says, "south");  // its own, not the head's
  EXPECT_THAT(south_agenda->origin.from, ElementsAre("art.S2"));
  EXPECT_EQ(base.find("north_agenda")->origin.says, "north");
  EXPECT_EQ(to_text(*base.find("south_water")->condition("asks")), "shared or free");

  EXPECT_EQ(base.find("promise")->condition("will")->subject.arguments[1].quantifier,
            expression::Quantifier::any);
  EXPECT_EQ(base.find("threat_again")->text("if"), "unstated");
  EXPECT_EQ(base.find("threat_again")->condition("if"), nullptr);
  EXPECT_THAT(base.find("threat_again")->names("to"), ElementsAre("north"));
  EXPECT_EQ(base.find("exchange")->value("options")->keys, (std::vector<std::string>{"water", "border"}));
  EXPECT_THAT(base.find("north_water")->value("order")->tiers,
              ElementsAre(ElementsAre("blocked"), ElementsAre("shared", "free")));
  EXPECT_TRUE(base.find("border")->flag("never_falls"));
  EXPECT_EQ(base.find("north")->text("is"), "the northern neighbour");
  const account::Value* now = base.find("recognises")->value("now");
  EXPECT_EQ(now->items[0].text, "signed");
  EXPECT_THAT(now->items[0].from, ElementsAre("art.S2"));
  EXPECT_EQ(base.find("east_recognition")->value("on")->tree->subject.arguments.size(), 2U);
  EXPECT_TRUE(base.find("drought")->made);
  EXPECT_EQ(base.of("quantities").size(), 3U);
}

TEST(Read, AlternativesArePatches) {
  const Reading reading = read_account(fixture("small.yaml"));
  ASSERT_EQ(reading.alternatives.size(), 2U);
  const account::Patch& insists = reading.alternatives[0];
  EXPECT_EQ(insists.id, "south_insists");
  EXPECT_EQ(insists.because, "pressing means insisting");
  const account::Account patched = account::apply(reading.base, insists);
  EXPECT_EQ(patched.find("south_agenda")->field("presses"), nullptr);  // one stance a position
  EXPECT_EQ(to_text(*patched.find("south_agenda")->condition("insists")), "both-files");
  const account::Account wider = account::apply(reading.base, reading.alternatives[1]);
  EXPECT_EQ(wider.find("north_border"), nullptr);
  EXPECT_EQ(wider.find("agenda")->value("opens")->items[0].items.size(), 2U);
  EXPECT_EQ(reading.base.find("south_insists")->value("set")->keys[0], "south_agenda.insists");
}

TEST(Read, ARivalIsAPatchAndNeverMerged) {
  const Reading reading =
      read_texts({{"a.yaml",
                   "parley: 1\naccount: author\nfrom: art.1\nsources: {art: {title: T}}\n"
                   "actors: [us, iran]\nissues:\n  x: {settled_by: [us, iran], levels: [a, b]}\n"
                   "positions:\n  p: {by: us, on: x, insists: b}\n  q: {by: iran, on: x, insists: a}\n"},
                  {"b.yaml",
                   "parley: 1\naccount: hawk\nrevises: author\ntitle: Pressure\nwithout: [q]\n"
                   "assumptions: {H1: stated positions are opening bids}\npositions:\n"
                   "  p: {by: us, on: x, presses: b, assumed: H1}\n"}});
  EXPECT_EQ(shown(reading), "");
  ASSERT_EQ(reading.rivals.size(), 1U);
  EXPECT_EQ(reading.rivals[0].id, "hawk");
  EXPECT_NE(reading.base.find("p")->field("insists"), nullptr);
  EXPECT_EQ(reading.base.find("H1"), nullptr);
  const account::Account rival = account::apply(reading.base, reading.rivals[0]);
  EXPECT_EQ(rival.find("q"), nullptr);
  EXPECT_EQ(rival.find("p")->field("insists"), nullptr);
  EXPECT_NE(rival.find("H1"), nullptr);
}

}  // namespace
}  // namespace parley::language
