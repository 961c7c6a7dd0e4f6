// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <algorithm>

namespace parley::cli {
namespace {

Command deals() {
  Command command;
  command.name = "deals";
  command.summary = "which packages are possible, fair and stable - and why none is";
  command.usage = "FILE";
  command.details =
      "Finds every package that all parties prefer to no deal and no rule forbids (the zone of possible "
      "agreement),\n"
      "its Pareto frontier and the Nash, Kalai-Smorodinsky, egalitarian and welfare solutions. Where no "
      "package is\n"
      "left it says why: all minimal conflicts, all minimal relaxations, and the smallest equal "
      "concession.\n\n"
      "FILE is an account (a file or a folder), or a folder that holds a negotiation domain in Genius XML: "
      "a\n"
      "negotiation_template, one utility_space per party, and perhaps constraints.json "
      "(docs/foreign-formats.md).\n"
      "With --time-limit the answer may be the best so far; it then says `certified` or `complete` false.";
  command.examples = {
      {"parley deals talks/", "tables and sentences about a Genius folder"},
      {"parley deals talks/ --option parties=buyer,seller --json", "two of its parties, as JSON"},
      {"parley deals huge/ --time-limit 10 -o answer.json", "the best answer of ten seconds, kept in a file"},
  };
  command.options = {{"parties", "a,b,...", "foreign problems: only these parties take part"}};
  command.run = run_deals;
  return command;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {deals()};
  return table;
}

const Command* find_command(const std::string& name) {
  const auto& table = commands();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Command& c) { return c.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const std::vector<std::string>& planned_commands() {
  static const std::vector<std::string> names = {
      "check",       "show",    "run",      "deals",  "consistency", "stability", "forecast", "ask",
      "sensitivity", "compare", "simulate", "import", "backtest",    "serve",     "new"};
  return names;
}

}  // namespace parley::cli
