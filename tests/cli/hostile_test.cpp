// SPDX-License-Identifier: MIT
// Broken and hostile input, through the real binary, under a limit of memory: diagnostics that name the file
// and a line, exit code 1, under every command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Far more than any of these needs; the sanitizers reserve too much address space for a limit.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kMemory = 0;
#else
constexpr std::size_t kMemory = std::size_t{1} << 30U;
#endif

const std::string kHead =
    "parley: 1\naccount: x\nsources: {ex: {title: t, standpoint: exercise}}\nfrom: ex\n";
const std::string kGood = kHead +
                          "actors: {a: one, b: two}\n"
                          "issues: {w: {settled_by: [a, b], levels: [low, high], now: low}}\n"
                          "talks: {t: {parties: [a, b], issues: [w]}}\n";

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

struct Case {
  std::string name, text;
  int line;          ///< of the first error
  std::string code;  ///< of the first error
};

void expect_refused(const std::string& path, const std::string& file, int line, const std::string& code,
                    const std::vector<std::string>& commands = {"check", "deals", "run", "show"}) {
  for (const std::string& command : commands) {
    const Said said = run_parley({command, path, "--json"}, {.memory_bytes = kMemory});
    EXPECT_EQ(said.exit, 1) << command << " " << path << said.err.substr(0, 500);
    const json object = json::parse(said.out, nullptr, false);
    ASSERT_TRUE(object.is_object()) << command << " " << path << said.out.substr(0, 200);
    EXPECT_EQ(object["schema"], "parley." + command + "/1");
    json first;
    for (const json& d : object["diagnostics"])
      if (first.is_null() && d["severity"] == "error") first = d;
    ASSERT_FALSE(first.is_null()) << command << " " << path;
    EXPECT_EQ(first["file"], file) << command;
    EXPECT_EQ(first["code"], code) << command << " " << path << first.dump();
    if (line > 0)
      EXPECT_EQ(first["line"], line) << command << " " << path << first.dump();
    else
      EXPECT_GE(first["line"], 1) << command << " " << path;
    EXPECT_LE(object["diagnostics"].size(), 1'001U);
    EXPECT_LE(said.out.size(), 2'000'000U);
  }
}

TEST(Hostile, Accounts) {
  const std::vector<Case> cases = {
      {"empty", "", 1, "empty-file"},
      {"blank", "  \n\n", 1, "empty-file"},
      {"comments alone", "# x\n", 1, "empty-file"},
      {"zero byte", kGood + std::string("title: a\0b\n", 11), 8, "control-character"},
      {"escape sequence", kGood + "title: \x1b[31m\n", 8, "control-character"},
      {"right to left", kGood + "title: a\xE2\x80\xAEx\n", 8, "control-character"},
      {"no UTF-8", kGood + "title: \xFF\n", 8, "bad-utf8"},
      {"UTF-16 of no account", std::string("\xFF\xFEp\0a\0", 6), 1, "not-an-account"},
      {"UTF-16 that breaks off", std::string("\xFF\xFEp\0a", 5), 1, "cannot-read"},
      {"UTF-32", std::string("\xFF\xFE\0\0p\0\0\0", 8), 1, "bad-utf8"},
      {"a line of two megabytes", kGood + "title: " + std::string(2'000'000, 'x') + "\n", 8, "line-too-long"},
      {"deep maps",
       kGood + "claims:\n" +
           [] {
             std::string text;
             for (int i = 1; i < 2'000; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "k:\n";
             return text;
           }(),
       0, "unknown-field"},
      {"deep brackets", kGood + "claims: " + repeated("[", 90'000), 8, "too-deep"},
      {"an alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 0, "unknown-key"},
      {"an alias of itself", kGood + "claims: &a [*a]\n", 8, "yaml-feature"},
      {"merge keys", kGood + "claims: {<<: *x}\n", 8, "yaml-feature"},
      {"a tag", kGood + "title: !!python/object x\n", 8, "yaml-feature"},
      {"several documents", kGood + "---\n" + kGood, 8, "several-documents"},
      {"tabs", kGood + "claims:\n\tc: {by: a}\n", 9, "tab-indent"},
      {"a block twice", kGood + "actors: {c: three}\n", 8, "duplicate-key"},
      {"an actor twice", kHead + "actors: {a: one, a: two}\n", 5, "duplicate-key"},
      {"an unknown block", kGood + "actorz: {c: three}\n", 8, "unknown-key"},
      {"an issue with two owners",
       kHead + "actors: {a: one, b: two}\n"
               "issues: {w: {chosen_by: a, settled_by: [a, b], levels: [low, high]}}\n",
       6, "conflicting-fields"},
      {"a reversed range", kGood + "assumptions: {A: {is: x, range: 60% to 1%, owner: me}}\n", 8,
       "bad-quantity"},
      {"NaN", kGood + "assumptions: {A: {is: x, range: nan to 1, owner: me}}\n", 8, "bad-quantity"},
      {"infinity", kGood + "assumptions: {A: {is: x, range: 1 to inf, owner: me}}\n", 8, "bad-quantity"},
      {"a huge exponent", kGood + "assumptions: {A: {is: x, range: 1 to 1e999, owner: me}}\n", 8,
       "bad-quantity"},
      {"many digits",
       kGood + "assumptions: {A: {is: x, range: 1 to " + std::string(5'000, '9') + ", owner: me}}\n", 8,
       "bad-quantity"},
      {"deep conditions",
       kGood + "claims: {c: {by: a, given: \"" + repeated("(", 3'000) +
           "\", likelier: w is low, than: w is high}}\n",
       8, "expression-limit"},
      {"a long condition",
       kGood + "claims: {c: {by: a, given: \"" + repeated("w is low and ", 6'000) +
           "w is low\", likelier: w is low, than: w is high}}\n",
       8, "expression-limit"},
      {"groups in a circle", kGood + "groups: {g: {surely: [h]}, h: {surely: [g]}}\n", 8, "cycle"},
      {"claims in a circle",
       kGood + "claims: {c: {by: a, says: x, rests_on: [d]}, d: {by: a, says: x, rests_on: [c]}}\n", 8,
       "cycle"},
      {"XML", "<a/>\n", 1, "foreign-problem"},
      {"thousands of errors", kHead + "actors:\n" + repeated("  a: {parts: b}\n", 6'000), 7, "duplicate-key"},
      {"five megabytes", kGood + repeated("# " + std::string(98, 'x') + "\n", 60'000), 1, "file-too-large"},
  };
  const TemporaryFolder folder;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(cases[i].name);
    const std::string file = folder.write("case-" + std::to_string(i) + ".yaml", cases[i].text);
    expect_refused(file, file, cases[i].line, cases[i].code,
                   {"check", i % 3 == 0   ? "deals"
                             : i % 3 == 1 ? "run"
                                          : "show"});
  }
}

TEST(Hostile, FilesThatAreNone) {
  const TemporaryFolder folder;
  const auto in = [&](const std::string& name) { return folder.path() + "/" + name; };
  expect_refused(in("missing.yaml"), in("missing.yaml"), 1, "no-file");
  ASSERT_EQ(::mkfifo(in("pipe.yaml").c_str(), 0600), 0);
  expect_refused(in("pipe.yaml"), in("pipe.yaml"), 1, "cannot-read");
  expect_refused("/dev/zero", "/dev/zero", 1, "cannot-read");
  fs::create_symlink("loop.yaml", in("loop.yaml"));
  expect_refused(in("loop.yaml"), in("loop.yaml"), 1, "cannot-read", {"check", "run", "show"});
  fs::create_directory(in("empty"));
  expect_refused(in("empty"), in("empty"), 1, "cannot-read");
  for (const std::string kind : {"pipe", "folder", "loop", "empty", "dangling"}) {
    const std::string account = in("with-" + kind), odd = account + "/odd.yaml";
    folder.write("with-" + kind + "/good.yaml", kGood);
    if (kind == "pipe") {
      ASSERT_EQ(::mkfifo(odd.c_str(), 0600), 0);
    }
    if (kind == "folder") fs::create_directory(odd);
    if (kind == "loop") fs::create_symlink("odd.yaml", odd);
    if (kind == "dangling") fs::create_symlink("nowhere", odd);
    if (kind == "empty") folder.write("with-empty/odd.yaml", "");
    expect_refused(account, odd, 1, kind == "empty" ? "empty-file" : "cannot-read", {"check", "run"});
  }
  for (int i = 0; i < 1'100; ++i)
    folder.write("thousands/" + std::to_string(i) + ".yaml", "parley: 1\naccount: x\n");
  expect_refused(in("thousands"), in("thousands"), 1, "file-too-large", {"check", "deals"});
}

TEST(Hostile, RivalAccounts) {
  const TemporaryFolder folder;
  const auto in = [&](const std::string& name) { return folder.path() + "/" + name; };
  const auto rival = [](const std::string& name, const std::string& of) {
    return "parley: 1\naccount: " + name + "\nrevises: " + of + "\n";
  };
  folder.write("each-other/base.yaml", kGood);
  folder.write("each-other/r1.yaml", rival("r1", "r2"));
  folder.write("each-other/r2.yaml", rival("r2", "r1"));
  expect_refused(in("each-other"), in("each-other/r1.yaml"), 3, "unknown-account", {"check", "run"});
  folder.write("itself/base.yaml", kGood);
  folder.write("itself/r.yaml", rival("r", "r"));
  expect_refused(in("itself"), in("itself/r.yaml"), 3, "unknown-account", {"check"});
  folder.write("alone/r.yaml", rival("r", "x"));
  expect_refused(in("alone"), in("alone/r.yaml"), 3, "unknown-account", {"check"});
  folder.write("twice/base.yaml", kGood);
  folder.write("twice/r1.yaml", rival("r", "x"));
  folder.write("twice/r2.yaml", rival("r", "x"));
  expect_refused(in("twice"), in("twice/r2.yaml"), 2, "account-twice", {"check"});
  folder.write("actor/one.yaml", kGood);
  folder.write("actor/two.yaml", "parley: 1\naccount: x\nactors: {a: another}\n");
  expect_refused(in("actor"), in("actor/two.yaml"), 3, "duplicate-id", {"check"});
}

TEST(Hostile, GeniusFolders) {
  const std::string domain =
      "<negotiation_template><utility_space><objective><issue index=\"1\" name=\"a\" vtype=\"discrete\">"
      "<item value=\"x\"/><item value=\"y\"/></issue></objective></utility_space></negotiation_template>";
  const std::string profile =
      "<utility_space><objective><issue index=\"1\" name=\"a\" vtype=\"discrete\"><item value=\"x\" "
      "evaluation=\"1\"/><item value=\"y\" evaluation=\"2\"/></issue><weight index=\"1\" value=\"1\"/>"
      "</objective></utility_space>";
  const std::vector<std::array<std::string, 3>> cases = {
      {"d.xml", "", "empty-file"},
      {"p.xml", "", "empty-file"},
      {"p.xml", "<utility_space>" + repeated("<o>", 200'000), "too-deep"},
      {"p.xml", "<utility_space a='1' a='2'/>", "duplicate-attribute"},
      {"p.xml", "<!DOCTYPE x>" + profile, "document-type"},
      {"p.xml", profile + "<x/>", "bad-xml"},
      {"p.xml", "<utility_space>\x01</utility_space>", "bad-xml"},
      {"p.xml", "<utility_space>" + repeated("<a b='1'/>", 100'000) + "</utility_space>", "missing-issue"},
      {"constraints.json", "", "empty-file"},
      {"constraints.json", repeated("[", 1'000'000), "too-deep"},
      {"constraints.json", "{\"constraints\": [NaN]}", "bad-json"},
      {"constraints.json", "{\"constraints\": [], \"constraints\": []}", "duplicate-key"},
      {"constraints.json", "{\"constraints\": []} x", "bad-json"},
  };
  for (const auto& [name, text, code] : cases) {
    SCOPED_TRACE(name + ": " + text.substr(0, 60));
    const TemporaryFolder folder;
    folder.write("d.xml", domain);
    folder.write("p.xml", profile);
    const std::string file = folder.write(name, text);
    expect_refused(folder.path(), file, 1, code, {"deals"});
    expect_refused(folder.path(), folder.path(), 1, "foreign-problem", {"check"});
  }
  // Names by the thousand that nobody knows: hints are looked for only as long as they are read.
  std::string items, wrong;
  for (int i = 0; i < 9'000; ++i) {
    items += "<item value=\"x" + std::to_string(i) + "\"/>";
    wrong += "<item value=\"z" + std::to_string(i) + "\" evaluation=\"1\"/>";
  }
  const TemporaryFolder folder;
  folder.write(
      "d.xml",
      "<negotiation_template><utility_space><objective><issue index=\"1\" name=\"a\" vtype=\"discrete\">" +
          items + "</issue></objective></utility_space></negotiation_template>");
  const std::string file = folder.write(
      "p.xml", "<utility_space><objective><issue index=\"1\" name=\"a\" vtype=\"discrete\">" + wrong +
                   "</issue><weight index=\"1\" value=\"1\"/></objective></utility_space>");
  expect_refused(folder.path(), file, 1, "unknown-item", {"deals"});
}

}  // namespace
}  // namespace parley::testing
