// SPDX-License-Identifier: MIT
// Golden texts of the framing rules: tests/framing/rules/rule-NN-*.txt. Each file holds an account, the
// options it is framed with, and what comes of it: the framed problem (as `parley show --framed deals` prints
// it) and the answers. To write the expected part anew after a deliberate change: PARLEY_UPDATE_GOLDEN=1,
// then read every difference.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "language/read.hpp"
#include "questions/columns.hpp"
#include "report/results.hpp"

namespace {

namespace fs = std::filesystem;
using parley::questions::Answer;

constexpr int kDraws = 64;

struct Case {
  std::string head, account, expected;
  parley::framing::Options options;
};

/// Sections: free text, `=== account`, `=== options` (one NAME=VALUE a line), `=== expect`.
Case read_case(const fs::path& path) {
  std::ifstream file(path);
  Case c;
  std::string* into = &c.head;
  std::string options;
  for (std::string line; std::getline(file, line);) {
    if (line == "=== account")
      into = &c.account;
    else if (line == "=== options")
      into = &options;
    else if (line == "=== expect")
      into = &c.expected;
    else
      *into += line + "\n";
  }
  std::istringstream lines(options);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    EXPECT_EQ(parley::framing::set_option(c.options, line.substr(0, equals), line.substr(equals + 1)), "")
        << path;
  }
  return c;
}

std::string answers_text(const parley::questions::ColumnAnswer& column) {
  std::string text;
  for (const auto& table : column.tables) {
    const auto& a = table.answer;
    text += fmt::format("zone by orders: {}{}{}\n", a.possible ? "possible" : "excluded",
                        a.necessary ? ", certain" : "", a.proved ? ", proved" : "");
    for (const Answer& answer : parley::questions::answers_of(table))
      text += fmt::format("{}: in {} worlds ({} of {})\n", answer.id.text(), answer.in_worlds(),
                          answer.share.yes, answer.share.of);
    for (const auto& set : a.conflicts) {
      std::vector<std::string> ids;
      for (const int i : set.limits) ids.push_back(parley::questions::id_of(table, i));
      text += fmt::format("conflict {}: {}", fmt::join(ids, " + "),
                          parley::questions::conflict_kind(table, set.limits));
      const auto held = parley::framing::held_in(table.framed, set.limits);
      text += held.empty() ? "\n" : fmt::format(", with {}\n", fmt::join(held, ", "));
    }
  }
  return text;
}

std::string what_comes_of(const Case& c, const std::string& name) {
  const auto reading = parley::language::read_texts({{name, c.account}});
  std::string text;
  for (const auto& d : reading.diagnostics)
    text += fmt::format("{}:{} {}\n", d.place.line, d.place.column, d.code);
  if (!reading.ok()) return text;
  parley::questions::SolveOptions solve;
  solve.draws = kDraws;
  solve.threads = 1;
  const auto columns = parley::questions::columns_of(reading.base, reading.alternatives, c.options);
  for (const auto& column : columns) {
    const auto answer = parley::questions::solve(column, solve);
    text += fmt::format("--- {}{}\n", column.alternative, column.automatic ? " (automatic)" : "");
    if (column.alternative == "base") text += parley::report::framed_text(answer);
    text += answers_text(answer);
  }
  return text;
}

TEST(FramingRules, GoldenTexts) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(PARLEY_SOURCE_DIR) / "tests/framing/rules"))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_FALSE(files.empty());
  for (const auto& path : files) {
    SCOPED_TRACE(path.filename().string());
    const Case c = read_case(path);
    const std::string got = what_comes_of(c, path.stem().string() + ".yaml");
    if (std::getenv("PARLEY_UPDATE_GOLDEN") != nullptr) {
      std::string options;
      for (const auto& [name, value] : parley::framing::option_values(c.options))
        if (const auto standard = parley::framing::option_values({});
            std::find(standard.begin(), standard.end(), std::pair{name, value}) == standard.end())
          options += name + "=" + value + "\n";
      std::ofstream(path) << c.head << "=== account\n"
                          << c.account << (options.empty() ? "" : "=== options\n" + options) << "=== expect\n"
                          << got;
      continue;
    }
    EXPECT_EQ(got, c.expected);
  }
}

}  // namespace
