// SPDX-License-Identifier: MIT
// The only file that sees CLI11: it splits the words, everything else is checked here for messages of our
// own.
#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

#include "expression/nearest.hpp"

namespace parley::cli {
namespace {

constexpr std::uint64_t kMostDraws = 10'000'000;
constexpr std::uint64_t kMostThreads = 1024;
constexpr double kLongestLimit = 1e9;  // seconds

struct Words {
  std::vector<std::string> files, options;
  std::string seed, draws, threads, time_limit, output;
  bool json = false;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, int> switches;
};

using Checked = tl::expected<void, UsageError>;

tl::unexpected<UsageError> wrong(std::string message, std::string hint = "") {
  return tl::make_unexpected(UsageError{std::move(message), std::move(hint)});
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known) {
  const auto near = expression::nearest(name, known);
  return near ? fmt::format("did you mean {}?", *near) : std::string();
}

std::vector<std::string> flag_names(const Command& command) {
  std::vector<std::string> names = {"--json",       "--seed",   "--draws",  "--threads",
                                    "--time-limit", "--option", "--output", "--help"};
  for (const Flag& flag : command.flags) names.push_back("--" + flag.name);
  return names;
}

tl::expected<std::uint64_t, UsageError> whole_number(const std::string& flag, const std::string& text,
                                                     std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    return wrong(fmt::format("{} takes a whole number from {} to {}, not `{}`", flag, least, most, text));
  return value;
}

tl::expected<double, UsageError> seconds(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  if (!number || value <= 0 || value > kLongestLimit)
    return wrong(fmt::format("--time-limit takes a number of seconds above 0, not `{}`", text));
  return value;
}

Checked read_numbers(const Words& words, Request& request) {
  if (!words.seed.empty()) {
    const auto value = whole_number("--seed", words.seed, 0, UINT64_MAX);
    if (!value) return tl::make_unexpected(value.error());
    request.seed = *value;
  }
  if (!words.draws.empty()) {
    const auto value = whole_number("--draws", words.draws, 1, kMostDraws);
    if (!value) return tl::make_unexpected(value.error());
    request.draws = static_cast<int>(*value);
    request.draws_given = true;
  }
  if (!words.threads.empty()) {
    const auto value = whole_number("--threads", words.threads, 1, kMostThreads);
    if (!value) return tl::make_unexpected(value.error());
    request.threads = static_cast<int>(*value);
  }
  if (!words.time_limit.empty()) {
    const auto value = seconds(words.time_limit);
    if (!value) return tl::make_unexpected(value.error());
    request.time_limit = *value;
  }
  return {};
}

Checked read_options(const Command& command, const Words& words, Request& request) {
  std::vector<std::string> known;
  for (const NamedOption& option : command.options) known.push_back(option.name);
  for (const std::string& word : words.options) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return wrong(fmt::format("--option takes NAME=VALUE, not `{}`", word));
    const std::string name = word.substr(0, equals);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string list =
          known.empty() ? "it takes none" : fmt::format("known: {}", fmt::join(known, ", "));
      const std::string near = did_you_mean(name, known);
      return wrong(fmt::format("`{}` is no option of parley {}", name, command.name),
                   near.empty() ? list : near + " " + list);
    }
    if (request.option(name)) return wrong(fmt::format("option `{}` is given twice", name));
    request.options.emplace_back(name, word.substr(equals + 1));
  }
  return {};
}

Checked read_files(const Command& command, const Words& words, Request& request) {
  for (const std::string& word : words.files)
    if (word.empty()) return wrong("a FILE is empty", "check for a variable that is not set");
  if (words.files.size() < command.min_files)
    return wrong(fmt::format("parley {} needs {}", command.name,
                             command.min_files == 1 ? "a FILE" : fmt::format("{} FILEs", command.min_files)),
                 fmt::format("usage: parley {} {}", command.name, command.usage));
  if (words.files.size() > command.max_files)
    return wrong(fmt::format("parley {} takes {}, not also `{}`", command.name,
                             command.max_files == 1 ? "one FILE" : fmt::format("{} FILEs", command.max_files),
                             words.files[command.max_files]),
                 fmt::format("usage: parley {} {}", command.name, command.usage));
  request.files = words.files;
  return {};
}

void declare(CLI::App& app, const Command& command, Words& words) {
  app.set_help_flag();
  app.allow_extras();
  app.add_flag("--json", words.json);
  app.add_option("--seed", words.seed);
  app.add_option("--draws", words.draws);
  app.add_option("--threads", words.threads);
  app.add_option("--time-limit", words.time_limit);
  app.add_option("--option", words.options)->expected(1)->take_all()->allow_extra_args(false);
  app.add_option("-o,--output", words.output);
  for (const Flag& flag : command.flags) {
    if (flag.value.empty()) {
      app.add_flag("--" + flag.name, words.switches[flag.name]);
    } else {
      app.add_option("--" + flag.name, words.values[flag.name])
          ->expected(1)
          ->take_all()
          ->allow_extra_args(false);
    }
  }
}

/// Words that no flag took: files, or flags that do not exist. After `--` everything is a file.
Checked sort_extras(const Command& command, const std::vector<std::string>& extras, Words& words) {
  bool only_files = false;
  for (const std::string& word : extras) {
    if (!only_files && word == "--") {
      only_files = true;
    } else if (!only_files && word.size() > 1 && word[0] == '-') {
      return wrong(fmt::format("parley {} knows no flag `{}`", command.name, word.substr(0, word.find('='))),
                   did_you_mean(word.substr(0, word.find('=')), flag_names(command)));
    } else {
      words.files.push_back(word);
    }
  }
  return {};
}

}  // namespace

tl::expected<Request, UsageError> read_arguments(const Command& command,
                                                 const std::vector<std::string>& arguments) {
  Words words;
  // Only what stands before `--` is CLI11's business.
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  CLI::App app;
  declare(app, command, words);
  try {
    std::vector<std::string> reversed(std::make_reverse_iterator(dashes), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return wrong(error.what());
  }
  std::vector<std::string> extras = app.remaining();
  extras.insert(extras.end(), dashes, arguments.end());

  Request request;
  request.command = command.name;
  request.json = words.json;
  request.output = words.output;
  Checked checked = sort_extras(command, extras, words);
  if (checked) checked = read_numbers(words, request);
  if (checked) checked = read_options(command, words, request);
  if (checked) checked = read_files(command, words, request);
  if (!checked) return tl::make_unexpected(checked.error());
  for (const Flag& flag : command.flags) {
    if (flag.value.empty() && words.switches[flag.name] > 0) request.flags[flag.name] = {};
    const auto& given = words.values[flag.name];
    if (given.size() > 1 && !flag.repeatable) return wrong(fmt::format("--{} is given twice", flag.name));
    if (!flag.value.empty() && !given.empty()) request.flags[flag.name] = given;
  }
  return request;
}

const std::vector<std::pair<std::string, std::string>>& common_flags() {
  static const std::vector<std::pair<std::string, std::string>> flags = {
      {"--json", "print one JSON object, also when the input is wrong"},
      {"--seed N", "start of the random numbers (default 1); the same seed gives the same answer"},
      {"--draws N", "worlds that are drawn (default 1000)"},
      {"--threads N", "threads to use (default: all cores); never changes an answer"},
      {"--time-limit S", "stop after S seconds with the best answer so far"},
      {"--option NAME=VALUE", "a modelling choice by name; may be repeated"},
      {"-o PATH", "also write the answer, as JSON, to PATH (whole or not at all)"},
      {"--help", "this text"},
  };
  return flags;
}

}  // namespace parley::cli
