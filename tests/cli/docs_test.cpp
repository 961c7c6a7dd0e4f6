// SPDX-License-Identifier: MIT
// What the documents show is what the program says: every command and every output in them is run here.
//
// In a document: ```yaml whose first line is `# NAME` writes that file, `# NAME (at the end)` adds to it;
// ```console holds commands behind `$ ` and what they print (`...` = lines left out). PARLEY_UPDATE=1 writes
// the outputs of blocks without `...` anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/program.hpp"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Lines = std::vector<std::string>;

std::string source(const std::string& name) { return std::string(PARLEY_SOURCE_DIR) + "/" + name; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    line.erase(line.find_last_not_of(" \r") + 1);
    lines.push_back(line);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

/// Output and errors of a shell command, run in `folder` with parley on the path.
std::string shell(const std::string& folder, const std::string& command, int* exit = nullptr) {
  const std::string bin = fs::path(PARLEY_BINARY).parent_path().string();
  const std::string line =
      "cd " + quoted(folder) + " && PATH=" + quoted(bin) + ":$PATH && { " + command + "\n} 2>&1";
  std::string text;
  FILE* pipe = ::popen(("bash -c " + quoted(line)).c_str(), "r");
  if (pipe == nullptr) return "no shell";
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  const int status = ::pclose(pipe);
  if (exit != nullptr) *exit = status / 256;
  return text;
}

/// Do the lines fit, `...` standing for any number of them?
bool fits(const Lines& pattern, std::size_t p, const Lines& lines, std::size_t l) {
  for (; p < pattern.size(); ++p, ++l) {
    if (pattern[p] == "...") {
      for (std::size_t skip = l; skip <= lines.size(); ++skip)
        if (fits(pattern, p + 1, lines, skip)) return true;
      return false;
    }
    if (l >= lines.size() || lines[l] != pattern[p]) return false;
  }
  return l == lines.size();
}

struct Block {
  std::string kind;
  std::size_t first = 0, last = 0;  ///< lines of the document, without the fences
};

std::vector<Block> blocks_of(const Lines& document) {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < document.size(); ++i) {
    if (document[i].rfind("```", 0) != 0) continue;
    Block block{document[i].substr(3), i + 1, i + 1};
    while (block.last < document.size() && document[block.last] != "```") ++block.last;
    i = block.last;
    blocks.push_back(block);
  }
  return blocks;
}

/// Writes or lengthens the file of a yaml block, if its first line names one.
void write_block(const std::string& folder, const Lines& document, const Block& block) {
  if (block.first == block.last || document[block.first].rfind("# ", 0) != 0) return;
  std::string name = document[block.first].substr(2);
  const std::size_t end = name.find(" (at the end)");
  const bool more = end != std::string::npos;
  name = name.substr(0, end);
  if (name.find(' ') != std::string::npos || name.find(".yaml") == std::string::npos) return;
  const fs::path path = fs::path(folder) / name;
  fs::create_directories(path.parent_path());
  std::ofstream file(path, more ? std::ios::app : std::ios::trunc);
  for (std::size_t i = block.first + (more ? 1 : 0); i < block.last; ++i) file << document[i] << "\n";
}

/// The commands of a console block, each compared with what stands under it.
Lines run_block(const std::string& folder, const Lines& document, const Block& block) {
  Lines anew;
  for (std::size_t i = block.first; i < block.last;) {
    const std::string command = document[i];
    EXPECT_EQ(command.rfind("$ ", 0), 0U) << "a console block begins with a command: " << command;
    std::size_t end = i + 1;
    while (end < block.last && document[end].rfind("$ ", 0) != 0) ++end;
    const Lines shown(document.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      document.begin() + static_cast<std::ptrdiff_t>(end));
    const std::string said = shell(folder, command.substr(2));
    const bool cut = std::find(shown.begin(), shown.end(), "...") != shown.end();
    anew.push_back(command);
    const Lines& kept = cut || std::getenv("PARLEY_UPDATE") == nullptr ? shown : lines_of(said);
    anew.insert(anew.end(), kept.begin(), kept.end());
    EXPECT_TRUE(fits(kept, 0, lines_of(said), 0)) << command << "\n" << said;
    i = end;
  }
  return anew;
}

void run_document(const std::string& path) {
  const TemporaryFolder folder;
  const Lines document = lines_of(read(path));
  ASSERT_FALSE(document.empty()) << path;
  Lines anew;
  std::size_t done = 0, commands = 0;
  for (const Block& block : blocks_of(document)) {
    anew.insert(anew.end(), document.begin() + static_cast<std::ptrdiff_t>(done),
                document.begin() + static_cast<std::ptrdiff_t>(block.first));
    done = block.last;
    if (block.kind == "console") {
      const Lines lines = run_block(folder.path(), document, block);
      commands += 1;
      anew.insert(anew.end(), lines.begin(), lines.end());
      continue;
    }
    if (block.kind == "yaml") write_block(folder.path(), document, block);
    anew.insert(anew.end(), document.begin() + static_cast<std::ptrdiff_t>(block.first),
                document.begin() + static_cast<std::ptrdiff_t>(block.last));
  }
  EXPECT_GT(commands, 0U);
  anew.insert(anew.end(), document.begin() + static_cast<std::ptrdiff_t>(done), document.end());
  if (std::getenv("PARLEY_UPDATE") == nullptr || anew == document) return;
  std::ofstream file(path);
  for (const std::string& line : anew) file << line << "\n";
}

TEST(Documents, TheTutorialShowsWhatTheProgramSays) { run_document(source("docs/tutorial.md")); }

/// The commands of the README on an account of one's own, from the top of the repository as it says.
TEST(Documents, TheCommandsOfTheReadmeRun) {
  const TemporaryFolder folder;
  fs::create_directory_symlink(source("scenarios"), folder.path() + "/scenarios");
  const Lines readme = lines_of(read(source("README.md")));
  const auto section = std::find(readme.begin(), readme.end(), "## Your own account");
  ASSERT_NE(section, readme.end());
  int commands = 0;
  for (auto line = section + 1; line != readme.end() && line->rfind("## ", 0) != 0; ++line) {
    if (line->rfind("    ", 0) != 0) continue;
    std::string command = line->substr(4);
    if (command.rfind("./dev run ", 0) == 0) command = "parley " + command.substr(10);
    int exit = -1;
    const std::string said = shell(folder.path(), command, &exit);
    EXPECT_EQ(exit, 0) << command << "\n" << said;
    ++commands;
  }
  EXPECT_GE(commands, 3);
}

/// Every example of the help is a right command line for a file that is there.
TEST(Documents, TheExamplesOfTheHelpAreRightCommandLines) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_parley({"new", folder.path() + "/crisis"}).exit, 0);
  fs::create_directory_symlink(source("scenarios"), folder.path() + "/scenarios");
  int examples = 0;
  for (const char* command : {"new", "check", "run", "show", "deals", "completion"}) {
    bool in = false;
    for (const std::string& line : lines_of(run_parley({command, "--help"}).out)) {
      if (line.empty()) in = false;
      if (in && line.rfind("  ", 0) == 0 && line[2] != ' ') {
        // What the command would work on is looked at elsewhere: here only the words.
        int exit = -1;
        const std::string there = line.find("crisis.yaml") != std::string::npos ? "" : " --help";
        const std::string said =
            shell(folder.path(), line.find("source <(") != std::string::npos ? line : line + there, &exit);
        EXPECT_NE(exit, 2) << line << "\n" << said;
        ++examples;
      }
      in = in || line == "Examples:";
    }
  }
  EXPECT_GE(examples, 12);
}

TEST(New, EveryTemplateChecksCleanAndRuns) {
  const TemporaryFolder folder;
  for (const std::string form : {"dispute", "minimal"}) {
    const std::string file = folder.path() + "/" + form + ".yaml";
    ASSERT_EQ(run_parley({"new", folder.path() + "/" + form, "--template", form}).exit, 0);
    const Said check = run_parley({"check", file, "--strict"});
    EXPECT_EQ(check.exit, 0) << check.err;
    EXPECT_EQ(check.err, "");
    EXPECT_THAT(check.out, HasSubstr("The next input worth having"));
    const Said run = run_parley({"run", file, "-o", folder.path() + "/out", "--draws", "100"});
    EXPECT_EQ(run.exit, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("## 1. What follows"));
  }
}

TEST(New, WritesOverNothingAndTakesOnlyNames) {
  const TemporaryFolder folder;
  const std::string mine = folder.write("mine.yaml", "precious");
  EXPECT_EQ(run_parley({"new", folder.path() + "/mine"}).exit, 3);
  EXPECT_EQ(run_parley({"new", mine}).exit, 3);
  EXPECT_EQ(run_parley({"new", "x", "-o", mine}).exit, 3);
  EXPECT_THAT(run_parley({"new", "x", "-o", mine}).err, testing::HasSubstr("give another path with -o PATH"));
  EXPECT_EQ(read(mine), "precious");
  fs::create_symlink("nowhere", folder.path() + "/link.yaml");
  EXPECT_EQ(run_parley({"new", folder.path() + "/link"}).exit, 3);
  EXPECT_EQ(run_parley({"new", folder.path() + "/no/such/place"}).exit, 3);
  for (const char* name : {"yes", "a b", "and", "a: b", "{", ".yaml", "-x"})
    EXPECT_EQ(run_parley({"new", "--", folder.path() + "/" + name}).exit, 2) << name;
  EXPECT_EQ(run_parley({"new", folder.path() + "/x", "--template", "minmal"}).exit, 2);
  EXPECT_EQ(run_parley({"new", folder.path() + "/x", "--seed", "1"}).exit, 2);
}

/// Bash itself is asked what it would complete; the other shells read their script where they are installed.
TEST(Completion, CompletesCommandsFlagsAndNames) {
  const TemporaryFolder folder;
  const std::string ask =
      "source <(parley completion bash); t() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); _parley; "
      "echo \"${COMPREPLY[@]}\"; }; ";
  EXPECT_THAT(shell(folder.path(), ask + "t parley ''"),
              HasSubstr("new check run show deals consistency stability "));
  EXPECT_EQ(shell(folder.path(), ask + "t parley de"), "deals\n");
  EXPECT_EQ(shell(folder.path(), ask + "t parley run x --dr"), "--draws\n");
  EXPECT_THAT(shell(folder.path(), ask + "t parley run x --option bin"), HasSubstr("binding="));
  EXPECT_EQ(shell(folder.path(), ask + "t parley show x --framed ''"), "deals\n");
  EXPECT_EQ(shell(folder.path(), ask + "t parley completion z"), "zsh\n");
  EXPECT_EQ(shell(folder.path(), ask + "t parley new --s"), "\n");
  for (const std::string name : {"bash", "zsh", "fish"}) {
    const Said said = run_parley({"completion", name});
    EXPECT_EQ(said.exit, 0);
    const std::string file = folder.write(name, said.out);
    int exit = -1;
    shell(folder.path(), "command -v " + name + " >/dev/null || exit 0; " + name + " -n " + file, &exit);
    EXPECT_EQ(exit, 0) << name;
    for (const char* command : {"new", "check", "run", "show", "deals", "completion"})
      EXPECT_THAT(said.out, HasSubstr(command));
  }
  EXPECT_EQ(run_parley({"completion", "ksh"}).exit, 2);
}

}  // namespace
}  // namespace parley::testing
