// SPDX-License-Identifier: MIT
// Absence is not denial: no page turns the absence of a row into something that an actor or the text does not
// say or want. It says that the account holds no row on it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

/// What no page may say of its own accord. An account that says so itself may be quoted.
constexpr const char* kForbidden[] = {
    "said to want",    "not said",          "nothing is said", "nobody is said", "nobody else is said",
    "nobody says",     "no one says",       "does not say",    "says nothing",   "without any condition",
    "unconditionally", "does not want",     "do not want",     "wants nothing",  "want nothing",
    "touches nothing", "does not touch",    "not sought by",   "nobody wants",   "nobody asks",
    "does not care",   "do not care",       "are indifferent", "is indifferent", "no interest in",
    "if unstated",     "who else pays: no", "nothing follows", "not wanted",     "would not mind",
};

/// One line, in small letters.
std::string plain(const std::string& text) {
  std::istringstream words(text);
  std::string line, word;
  while (words >> word) line += " " + word;
  std::transform(line.begin(), line.end(), line.begin(), [](unsigned char c) { return std::tolower(c); });
  return line;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

std::string text_of(const fs::path& account) {
  if (!fs::is_directory(account)) return plain(read(account));
  std::string text;
  for (const auto& entry : fs::recursive_directory_iterator(account))
    if (entry.is_regular_file()) text += plain(read(entry.path()));
  return text;
}

void expect_no_denial(const std::string& what, const std::string& page, const std::string& own) {
  const std::string said = plain(page);
  for (const char* phrase : kForbidden) {
    if (own.find(phrase) != std::string::npos) continue;
    // Of this Parley may speak: it is about itself.
    std::string text = said;
    for (const char* heading : {"this version does not say"})
      for (auto at = text.find(heading); at != std::string::npos; at = text.find(heading))
        text.erase(at, std::string(heading).size());
    const auto at = text.find(phrase);
    EXPECT_EQ(at, std::string::npos) << what << ": \"" << phrase << "\" in ... "
                                     << (at == std::string::npos ? ""
                                                                 : text.substr(at < 120 ? 0 : at - 120, 260));
  }
}

/// `brief`: of a large account the page alone, which has what the commands say.
void expect_no_denial(const std::string& account, bool brief = false) {
  const std::string own = text_of(account);
  const TemporaryFolder folder;
  const Said run = run_parley({"run", account, "-o", folder.path() + "/out", "--draws", brief ? "2" : "5"});
  ASSERT_EQ(run.exit, 0) << account << run.err;
  expect_no_denial("run " + account, read(folder.path() + "/out/report.md"), own);
  if (brief) return;
  for (const char* command : {"check", "ask", "stability", "consistency"}) {
    const Said said = run_parley({command, account, "--draws", "5"});
    expect_no_denial(command + (" " + account), said.out, own);
  }
}

TEST(Absence, IsNotDenialInTheScenarios) {
  const fs::path folder = fs::path(PARLEY_SOURCE_DIR) / "scenarios";
  int seen = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    expect_no_denial(entry.path().string(), entry.is_directory());
    ++seen;
  }
  EXPECT_GE(seen, 5);
}

constexpr const char* kHead = R"(parley: 1
account: dam
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {north: the north, south: the south, coast: the coast}
issues:
  dam: {chosen_by: north, levels: [absent, built], now: absent}
  water: {chosen_by: north, levels: [little, much], now: little}
  fees: {chosen_by: south, levels: [unpaid, paid], now: unpaid}
  patrols: {chosen_by: south, levels: [home, sent], now: home}
  calm: {nature: yes, levels: [lost, kept], now: kept}
talks: {river: {parties: [north, south], issues: [dam, water, fees]}}
)";

TEST(Absence, IsNotDenialWhereNobodySpeaks) {
  const std::vector<std::string> bodies = {
      "",
      "positions: {dam_n: {by: north, on: dam, insists: built}}\n",
      "commitments: {threat: {by: south, kind: threat, if: unstated, will: patrols is sent}}\n",
      R"(positions: {fees_s: {by: south, on: dam, presses: absent}}
commitments:
  threat: {by: south, kind: threat, if: dam is built, will: patrols is sent}
  again: {by: south, kind: threat, if: unstated, will: patrols is sent}
  promise: {by: north, kind: promise, if: fees is paid, will: water is much}
objectives: {rest: {by: south, is: quiet, needs: [dam is absent, calm is kept]}}
)",
      R"(preferences:
  dam_s: {by: south, on: dam, order: absent > built}
mechanisms: {drain: {cause: dam is built, makes_likely: calm is lost}}
commitments: {threat: {by: south, kind: threat, if: dam is built, will: patrols is sent}}
claims: {c1: {quote: "fees suffice", sufficient: fees is paid, for: calm is kept}}
)",
  };
  for (const auto& body : bodies) {
    const TemporaryFolder folder;
    const std::string account = folder.write("dam.yaml", kHead + body);
    expect_no_denial(account);
    if (HasFatalFailure()) return;
  }
}

TEST(Absence, AnIssueWithoutAWishIsLeftOutOfNamedPackages) {
  const TemporaryFolder folder;
  const std::string account = folder.write("dam.yaml", std::string(kHead) + R"(preferences:
  dam_n: {by: north, on: dam, order: built > absent}
  dam_s: {by: south, on: dam, order: built > absent}
  fees_n: {by: north, on: fees, order: paid > unpaid}
  fees_s: {by: south, on: fees, order: unpaid > paid}
packages: {deal: {options: {dam: built, fees: unpaid}}, named: {options: {dam: built, water: much}}}
)");
  const Said run = run_parley({"run", account, "-o", folder.path() + "/out", "--draws", "40"});
  ASSERT_EQ(run.exit, 0) << run.err;
  const auto results = nlohmann::json::parse(read(folder.path() + "/out/results.json"));
  const auto& base = results["by_account"]["dam"]["by_alternative"]["base"];
  EXPECT_EQ(base["left_open"], nlohmann::json({"water"}));
  ASSERT_FALSE(base["best"].empty());
  std::set<std::string> seen;
  for (const auto& one : base["best"]) {
    EXPECT_FALSE(one["options"].contains("water"));
    EXPECT_TRUE(one["options"].contains("dam") && one["options"].contains("fees"));
    EXPECT_EQ(one["left_open"], nlohmann::json({"water"}));
    EXPECT_TRUE(seen.insert(one["options"].dump()).second) << "one package twice";
    EXPECT_LE(one["nash"]["share"].get<double>(), 1.0);
  }
  // Where the account names a level itself, it is named.
  EXPECT_EQ(base["packages"]["deal"]["left_open"], nlohmann::json({"water"}));
  EXPECT_TRUE(base["packages"]["named"]["left_open"].empty());
  const std::string page = plain(read(folder.path() + "/out/report.md"));
  EXPECT_NE(page.find("left open: water. the account holds no wish of a party on it"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
