// SPDX-License-Identifier: MIT
// What readers see in place of ids, where the model departs from its sentences, and that neither touches
// accounts written before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/naming.hpp"
#include "language/print.hpp"
#include "language/read.hpp"
#include "language/write.hpp"

namespace parley::language {
namespace {

const std::string kHead = "parley: 1\naccount: a\nfrom: art.1\nsources: {art: {title: T}}\n";

TEST(Naming, LabelsVerbsQuestionsAndDeparturesAreReadAndWrittenBack) {
  const Reading reading = read_texts({{"a.yaml", kHead + R"(
actors:
  iran: {label: Iran}
  us: {label: the United States}
issues:
  missiles:
    label: Iran's missiles
    chosen_by: iran
    levels: [gone, kept]
    labels: {gone: given up, kept: kept as they are}
    verbs: {gone: gives up its missiles, kept: keeps its missiles}
positions:
  demand:
    by: us
    on: missiles
    presses: gone
    verb: "presses Iran to give up its missiles"
    departs: stronger
    because: the sentence says seeks
alternatives:
  milder:
    label: a request and no demand
    about: How firm is the demand?
    set: {demand.asks: gone}
)"}});
  ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
  EXPECT_TRUE(reading.diagnostics.empty()) << diagnostics_text(reading);
  const account::Row* demand = reading.base.find("demand");
  EXPECT_EQ(demand->origin.departs, "stronger");
  EXPECT_EQ(demand->origin.because, "the sentence says seeks");
  EXPECT_EQ(account::level_verb(*reading.base.find("missiles"), "gone"), "gives up its missiles");
  EXPECT_EQ(reading.base.find("milder")->text("about"), "How firm is the demand?");
  EXPECT_TRUE(account::unlabelled(reading.base).empty());
  const Reading again = read_texts({{"b.yaml", account_text(reading.base)}});
  ASSERT_TRUE(again.ok()) << diagnostics_text(again);
  EXPECT_EQ(again.base.find("demand")->origin.departs, "stronger");
  EXPECT_EQ(account_text(again.base), account_text(reading.base));
}

/// Ids and issues that are called as the new fields are: such accounts were valid before there were any.
TEST(Naming, WordsOfTheNewFieldsStayFreeAsNames) {
  const Reading reading = read_texts({{"a.yaml", kHead + R"(
actors:
  label: {kind: state}
  departs: {kind: state}
  about: {kind: state}
issues:
  labels: {chosen_by: label, levels: [low, high]}
  verb: {chosen_by: departs, levels: [low, high]}
  verbs: {chosen_by: about, levels: [low, high]}
packages:
  one: {labels: high, verb: low}
  two: {verbs: high}
)"}});
  ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
  EXPECT_TRUE(reading.diagnostics.empty()) << diagnostics_text(reading);
  EXPECT_EQ(reading.base.find("one")->value("options")->keys.size(), 2U);
}

/// "insists that ..." is no longer true where a reading has the same actor ask.
TEST(Naming, AReadingThatChangesARowTakesItsVerbAway) {
  const Reading reading = read_texts({{"a.yaml", kHead + R"(
actors: [us, iran]
issues:
  missiles: {chosen_by: iran, levels: [gone, kept]}
positions:
  demand: {by: us, on: missiles, presses: gone, label: the demand, verb: presses for an end}
alternatives:
  milder: {set: {demand.asks: gone}}
  renamed: {set: {demand.verb: asks for an end, demand.asks: gone}}
  only_named: {set: {demand.label: the US demand}}
)"}});
  ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
  const auto under = [&](std::size_t i) { return account::apply(reading.base, reading.alternatives[i]); };
  EXPECT_EQ(under(0).find("demand")->text("verb"), "");
  EXPECT_EQ(under(0).find("demand")->text("label"), "the demand");
  EXPECT_EQ(under(1).find("demand")->text("verb"), "asks for an end");
  EXPECT_EQ(under(1).find("demand")->text("asks"), "gone");
  EXPECT_EQ(under(2).find("demand")->text("verb"), "presses for an end");
}

TEST(Naming, ARivalsRowIsCalledAsTheThingThatItSpeaksOf) {
  const Reading reading = read_texts({{"a.yaml", kHead + R"(
actors: {iran: {label: Iran}}
issues:
  missiles:
    label: its missiles
    chosen_by: iran
    levels: [gone, kept]
    labels: {gone: given up}
  network:
    label: its allies
    chosen_by: iran
    levels: [gone, kept]
    labels: {gone: disbanded}
mechanisms:
  drive: {cause: missiles is gone, raises: [calm], label: giving up missiles calms}
quantities: {calm: {label: calm}}
)"},
                                      {"r.yaml", R"(parley: 1
account: r
revises: a
from: art.1
issues:
  missiles: {chosen_by: iran, levels: [gone, kept], now: kept}
  network: {label: its friends, chosen_by: iran, levels: [gone, weak, kept]}
mechanisms:
  drive: {cause: missiles is gone, lowers: [calm]}
)"}});
  ASSERT_TRUE(reading.ok()) << diagnostics_text(reading);
  ASSERT_EQ(reading.rivals.size(), 1U);
  const account::Account rival = account::apply(reading.base, reading.rivals[0]);
  EXPECT_EQ(account::name_of(rival, "missiles"), "its missiles");
  EXPECT_EQ(account::level_label(*rival.find("missiles"), "gone"), "given up");
  EXPECT_EQ(account::name_of(rival, "network"), "its friends");
  EXPECT_EQ(account::level_label(*rival.find("network"), "gone"), "gone");  // the scale is another one
  EXPECT_EQ(rival.find("drive")->text("label"), "");  // another statement, to which the name need not fit
}

}  // namespace
}  // namespace parley::language
