// SPDX-License-Identifier: MIT
// Hostile text in every free text of an account and of foreign files, through the real binary: what is
// printed has the blocks that the same input with plain words has, and nothing in it lives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "cli/program.hpp"
#include "foreign/folder.hpp"
#include "report/commonmark.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;

const std::vector<std::string> kHostile = {"<script>alert(1)</script>",
                                           "<img src=x onerror=alert(1)>",
                                           "![p](https://e.org/p.png)",
                                           "[l](https://e.org)",
                                           "<https://e.org>",
                                           "https://e.org/x",
                                           "www.e.org",
                                           "# head",
                                           "## x",
                                           "- item",
                                           "+ item",
                                           "* item",
                                           "1. one",
                                           "1) one",
                                           "> quote",
                                           "a | b | c",
                                           "| x |",
                                           "|---|---|",
                                           "```",
                                           "~~~",
                                           "`code`",
                                           "``x``",
                                           "`",
                                           "*em*",
                                           "**b**",
                                           "_em_",
                                           "__b__",
                                           "---",
                                           "===",
                                           "***",
                                           "\\",
                                           "\\<b>",
                                           "&lt;b&gt;",
                                           "&#60;script&#62;",
                                           "[a]: https://e.org",
                                           "[a]",
                                           "[^1]",
                                           "<!-- c",
                                           "-->",
                                           "<?php ?>",
                                           "<![CDATA[x]]>",
                                           "</div>",
                                           "- [ ] t",
                                           "~~s~~",
                                           "x\n# h",
                                           "x\n\n- y",
                                           "<b\n>",
                                           "\t- tab",
                                           "    four",
                                           "](",
                                           "![",
                                           "\"q\"",
                                           "'",
                                           ":-",
                                           "=",
                                           "#"};

using Words = std::function<std::string()>;

Words hostile(unsigned seed) {
  return [random = std::mt19937(seed)]() mutable {
    const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::string text;
    for (std::size_t left = 1 + pick(4); left > 0; --left)
      text += (text.empty() ? "" : " ") + (pick(4) == 0 ? "the road" : kHostile[pick(kHostile.size())]);
    return text;
  };
}
Words plain() {
  return [] { return std::string("plain words"); };
}

/// `@` in a form stands for one text in quotation marks.
std::string filled(const std::string& form, Words words) {
  std::string text;
  for (const char c : form) text += c == '@' ? json(words()).dump() : std::string(1, c);
  return text;
}

const std::string kAccount = R"(parley: 1
account: acc
title: @
from: s.S1
sources: {s: {title: @, author: @, published: @, standpoint: exercise, quotes: {S1: @, S2: @}}}
assumptions: {A1: {is: @, range: 10% to 60%, owner: @, would_know: @}, A2: {is: @, owner: @}}
actors: {a: {label: @, is: @}, b: {is: @}, c: {label: @}}
groups: {g: {surely: [a], perhaps: [b], label: @, assumed: A2}}
issues:
  w: {label: @, settled_by: [a, b], levels: [low, mid, high], now: low, labels: {low: @, high: @}, verbs: {high: @}}
  v: {label: @, chosen_by: c, levels: [off_x, some], now: off_x, verbs: {some: @}}
quantities: {q: {label: @, verbs: {rises: @, falls: @}}}
talks: {t: {parties: [a, b], issues: [w], label: @, note: @}}
positions: {pa: {by: a, on: w, insists: high, because: @}, pb: {by: b, on: w, presses: low, verb: @, from: s.S2}}
preferences: {fa: {by: a, on: w, order: high > mid > low}, fb: {by: b, on: q, wants: less}}
packages: {deal: {options: {w: mid}, label: @, is: @, verb: @}}
commitments: {th: {by: c, to: b, if: t failed, will: v is some, label: @, carried_out: A1}}
mechanisms: {m1: {cause: v is some, raises: q, label: @, strength: unknown}}
outcomes: {war: {when: v is some, label: @, is: @, verb: @}}
alternatives: {alt: {set: {pa.insists: mid}, label: @, because: @, reading: @, about: @}}
notes: {n1: {kind: heading, is: @}}
tensions: {t1: {between: [pa, pb], is: @}}
claims:
  c1: {by: author, quote: @, likely: w is high, not_tested: @}
  c2: {by: author, quote: @, possible: w is mid}
  c3: {by: author, quote: @, not_testable: @}
)";
const std::string kRival = R"(parley: 1
account: other
revises: acc
title: @
from: s.S2
positions: {pa: {by: a, on: w, insists: mid, because: @}}
)";
const std::string kConflict = R"({"options": [{"name": @}, {"name": @}, {"name": @}], "decisionMakers": [
{"name": @, "options": [0, 1], "preferenceRanking": [4, 3, [1, 2], 5, 6, 7, 8]},
{"name": @, "options": [2], "preferenceRanking": [1, [2, 3], 4, 8, 7, 6, 5]}],
"useManualPreferenceRanking": true})";

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// What the commands print, and the report that `run` writes.
std::vector<std::string> pages(const TemporaryFolder& folder, const std::string& path,
                               const std::vector<std::vector<std::string>>& commands) {
  std::vector<std::string> list;
  for (const auto& command : commands) {
    std::vector<std::string> words = {command[0], path};
    words.insert(words.end(), command.begin() + 1, command.end());
    const std::string out = folder.path() + "/out";
    if (command[0] == "run") words.insert(words.end(), {"-o", out});
    const Said said = run_parley(words);
    EXPECT_EQ(said.exit, 0) << command[0] << said.err.substr(0, 600);
    list.push_back(said.out);
    if (command[0] == "run") list.push_back(content(out + "/report.md"));
  }
  return list;
}

void expect_inert(const std::vector<std::string>& pages, const std::vector<std::string>& plain_pages) {
  ASSERT_EQ(pages.size(), plain_pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_THAT(live_markup(pages[i]), ::testing::IsEmpty());
    EXPECT_EQ(table_cells(pages[i]), table_cells(plain_pages[i])) << pages[i];
    if (!has_cmark()) continue;
    const Blocks blocks = cmark_blocks(pages[i]);
    EXPECT_THAT(blocks.live, ::testing::IsEmpty());
    EXPECT_EQ(blocks.blocks, cmark_blocks(plain_pages[i]).blocks) << pages[i];
  }
}

TEST(Inert, HostileTextInEveryFieldOfAnAccount) {
  const std::vector<std::vector<std::string>> commands = {{"run", "--draws", "40"},
                                                          {"deals", "--draws", "40"},
                                                          {"stability", "--draws", "40"},
                                                          {"ask", "--draws", "40"},
                                                          {"consistency"},
                                                          {"check"},
                                                          {"show", "--ledger", "--draws", "20"},
                                                          {"sensitivity", "--of", "t.zone", "--draws", "10"},
                                                          {"compare", "--draws", "20"}};
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() + "/in");
  std::vector<std::string> right;
  for (unsigned seed = 0; seed <= 6; ++seed) {
    const Words words = seed == 0 ? plain() : hostile(seed);
    folder.write("in/a.yaml", filled(kAccount, words));
    folder.write("in/b.yaml", filled(kRival, words));
    const auto list = pages(folder, folder.path() + "/in", commands);
    if (seed == 0) right = list;
    expect_inert(list, right);
  }
}

TEST(Inert, HostileNamesInForeignFiles) {
  const TemporaryFolder folder;
  std::vector<std::vector<std::string>> right;
  for (unsigned seed = 0; seed <= 6; ++seed) {
    int n = 0;
    const Words any = hostile(seed);
    // Names differ, whatever they hold.
    const Words words = [&] {
      return (seed == 0 ? std::string("plain words") : any()) + " " + std::to_string(++n);
    };
    const std::string conflict = folder.write("c.gmcr", filled(kConflict, words));
    const auto line = [&] {
      std::string text = words();
      std::replace(text.begin(), text.end(), '\n', ' ');
      std::replace(text.begin(), text.end(), '\t', ' ');
      return text;
    };
    std::string matrix = "$ ScenarioWizard 4.0\n" + line() + "\n";
    for (int d = 0; d < 2; ++d) matrix += "&" + line() + "\n -" + line() + "\n -" + line() + "\n";
    const std::string scw =
        folder.write("m.scw", matrix + "#\n#\n0,0,1,-1\n0,0,-1,1\n1,-1,0,0\n-1,1,0,0\n#\n");
    const auto xml = [&](std::string text) {
      for (const auto& [from, to] :
           {std::pair{"&", "&amp;"}, std::pair{"<", "&lt;"}, std::pair{"\"", "&quot;"}})
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
             at += std::string(to).size())
          text.replace(at, 1, to);
      return text;
    };
    const std::string genius = folder.path() + "/g";
    std::filesystem::remove_all(genius);
    std::filesystem::create_directory(genius);
    std::string domain = small_domain(), profile = small_profile();
    for (const std::string name : {"red", "green", "small", "large", "colour", "size", "price"}) {
      const std::string other = xml(line());
      domain = replaced(domain, '"' + name + '"', '"' + other + '"');
      profile = replaced(profile, '"' + name + '"', '"' + other + '"');
    }
    folder.write("g/domain.xml", domain);
    std::string party = seed == 0 ? "plain words" : line();
    std::replace(party.begin(), party.end(), '/', '!');
    folder.write("g/" + party + " 1.xml", profile);
    folder.write("g/" + party + " 2.xml",
                 replaced(profile, "reservation value=\"0.25\"", "reservation value=\"0.99\""));
    const std::vector<std::vector<std::string>> lists = {
        pages(folder, conflict, {{"stability"}, {"stability", "--option", "wish=3"}}),
        pages(folder, scw, {{"consistency"}, {"consistency", "--option", "spread=1"}}),
        pages(folder, genius, {{"deals"}})};
    if (seed == 0) right = lists;
    for (std::size_t i = 0; i < lists.size(); ++i) expect_inert(lists[i], right[i]);
  }
}

TEST(Inert, NamesOfFilesAndOptions) {
  const TemporaryFolder folder;
  const std::string path = folder.write("<img src=x> # [a](b).gmcr", filled(kConflict, plain()));
  expect_inert({run_parley({"stability", path}).out},
               {run_parley({"stability", folder.write("plain.gmcr", filled(kConflict, plain()))}).out});
  const Said made = run_parley({"new", "crisis", "-o", folder.path() + "/<b> [x](y).yaml"});
  EXPECT_EQ(made.exit, 0);
  EXPECT_THAT(live_markup(made.out), ::testing::IsEmpty());
}

}  // namespace
}  // namespace parley::testing
