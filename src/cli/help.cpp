// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"

namespace parley::cli {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string table(const Rows& rows) {
  std::size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, std::min<std::size_t>(left.size(), 30));
  std::string text;
  for (const auto& [left, right] : rows) text += fmt::format("  {:<{}}  {}\n", left, width, right);
  return text;
}

constexpr const char* kExitCodes =
    "Exit codes: 0 all is well; 1 the input is wrong; 2 the command line is wrong; 3 the machine failed "
    "(cannot\n"
    "write, out of memory); 130 stopped by Ctrl-C, with the answer so far; 141 nobody reads the\n"
    "answer any more.\n";

Rows flag_rows(const Command& command) {
  Rows rows;
  for (const Flag& flag : flags_of(command)) {
    const std::string name = flag.name == "output" ? "-o" : "--" + flag.name;
    rows.emplace_back(name + (flag.value.empty() ? "" : " " + flag.value), flag.help);
  }
  return rows;
}

}  // namespace

std::string program_help() {
  Rows rows;
  for (const Command& command : commands()) rows.emplace_back(command.name, command.summary);
  Command any;
  return fmt::format(
      "parley - turn a written account of a political crisis into a model, and question it\n\n"
      "Usage: parley COMMAND FILE [flags]\n\n"
      "A first time:\n"
      "  parley new crisis        writes crisis.yaml, a small account with comments, ready to run\n"
      "  parley check crisis.yaml what is wrong in it, what is silent, which input is worth having next\n"
      "  parley run crisis.yaml   the page: who could agree on what, and what stands in the way\n\n"
      "Commands:\n{}\n"
      "Flags that every command takes which solves something:\n{}\n"
      "FILE is an account (a file or a folder) or a foreign problem, recognised by its content.\n"
      "`parley COMMAND --help` says more, with examples; docs/tutorial.md is a first quarter of an "
      "hour.\n\n{}",
      table(rows), table(flag_rows(any)), kExitCodes);
}

std::string command_help(const Command& command) {
  std::string text = fmt::format("parley {} - {}\n\nUsage: parley {} {} [flags]\n\n{}\n", command.name,
                                 command.summary, command.name, command.usage, command.details);
  text += "\nExamples:\n";
  for (const auto& [line, what] : command.examples) text += fmt::format("  {}\n      {}\n", line, what);
  text += "\nFlags:\n" + table(flag_rows(command));
  if (!command.options.empty()) {
    Rows options;
    for (const NamedOption& option : command.options)
      options.emplace_back(fmt::format("{}={}", option.name, option.values), option.help);
    text += "\nNames for --option:\n" + table(options);
  }
  return text + "\n" + kExitCodes;
}

}  // namespace parley::cli
