// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/memory.hpp"
#include "expression/nearest.hpp"

namespace parley::cli {
namespace {

constexpr std::uint64_t kMostDraws = 100'000;  // about 1 KB a world on the founding account
constexpr std::uint64_t kMostThreads = 1024;
constexpr double kLongestLimit = 1e9;  // seconds

/// The words of the command line, sorted: what each flag was given, and the rest.
struct Words {
  std::vector<std::string> files;
  std::map<std::string, std::vector<std::string>> given;  ///< by the flag's long name; a switch gives ""
  [[nodiscard]] bool has(const std::string& flag) const { return given.contains(flag); }
  [[nodiscard]] const std::string* value(const std::string& flag) const {
    const auto found = given.find(flag);
    return found == given.end() ? nullptr : &found->second.back();
  }
};

using Checked = tl::expected<void, UsageError>;

tl::unexpected<UsageError> wrong(std::string message, std::string hint = "") {
  return tl::make_unexpected(UsageError{std::move(message), std::move(hint)});
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known) {
  const auto near = expression::nearest(name, known);
  return near ? fmt::format("did you mean {}?", *near) : std::string();
}

std::vector<std::string> flag_names(const std::vector<Flag>& flags) {
  std::vector<std::string> names = {"-o"};
  for (const Flag& flag : flags) names.push_back("--" + flag.name);
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
  if (const std::string* text = words.value("seed")) {
    const auto value = whole_number("--seed", *text, 0, UINT64_MAX);
    if (!value) return tl::make_unexpected(value.error());
    request.seed = *value;
  }
  if (const std::string* text = words.value("draws")) {
    const auto value = whole_number("--draws", *text, 1, kMostDraws);
    if (!value) return tl::make_unexpected(value.error());
    request.draws = static_cast<int>(*value);
    request.draws_given = true;
  }
  if (const std::string* text = words.value("threads")) {
    const auto value = whole_number("--threads", *text, 1, kMostThreads);
    if (!value) return tl::make_unexpected(value.error());
    request.threads = static_cast<int>(*value);
  }
  if (const std::string* text = words.value("time-limit")) {
    const auto value = seconds(*text);
    if (!value) return tl::make_unexpected(value.error());
    request.time_limit = *value;
  }
  if (const std::string* text = words.value("memory-limit")) {
    const auto value = read_size(*text);
    if (!value)
      return wrong(fmt::format("--memory-limit takes a size from 64M, such as 800M or 2G, not `{}`", *text));
    request.memory_limit = *value;
  }
  return {};
}

Checked read_options(const Command& command, const Words& words, Request& request) {
  std::vector<std::string> known;
  for (const NamedOption& option : command.options) known.push_back(option.name);
  const auto given = words.given.find("option");
  if (given == words.given.end()) return {};
  for (const std::string& word : given->second) {
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
    const auto option = std::find_if(command.options.begin(), command.options.end(),
                                     [&](const NamedOption& each) { return each.name == name; });
    if (!option->repeatable && request.option(name))
      return wrong(fmt::format("option `{}` is given twice", name));
    request.options.emplace_back(name, word.substr(equals + 1));
  }
  return {};
}

Checked read_files(const Command& command, const Words& words, Request& request) {
  for (const std::string& word : words.files)
    if (word.empty())
      return wrong(fmt::format("a {} is empty", command.file_word), "check for a variable that is not set");
  if (words.files.size() < command.min_files)
    return wrong(
        fmt::format("parley {} needs {}", command.name,
                    command.min_files == 1 ? "a " + command.file_word
                                           : fmt::format("{} {}s", command.min_files, command.file_word)),
        fmt::format("usage: parley {} {}", command.name, command.usage));
  if (words.files.size() > command.max_files)
    return wrong(
        fmt::format("parley {} takes {}, not also `{}`", command.name,
                    command.max_files == 1 ? "one " + command.file_word
                                           : fmt::format("{} {}s", command.max_files, command.file_word),
                    words.files[command.max_files]),
        fmt::format("usage: parley {} {}", command.name, command.usage));
  request.files = words.files;
  return {};
}

std::string unknown_flag_hint(const Command& command, const std::string& name,
                              const std::vector<std::string>& names) {
  const std::string near = name.size() > 2 ? did_you_mean(name, names) : "";  // one letter is near to all
  return near.empty() ? fmt::format("`parley {} --help` lists them", command.name) : near;
}

/// A word that is a flag: its name as written (`--seed`, `-o`), and the value that stands in the same word.
struct FlagWord {
  std::string name;
  std::optional<std::string> value;
};

FlagWord flag_word(const std::string& word) {
  const bool brief = word.rfind("--", 0) != 0;
  if (brief && word.rfind("-o", 0) == 0 && word.size() > 2)
    return {"-o", word.substr(word[2] == '=' ? 3 : 2)};
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return {word, std::nullopt};
  return {word.substr(0, equals), word.substr(equals + 1)};
}

/// Sorts the words one after the other.
class Sorter {
 public:
  Sorter(const Command& command, const std::vector<std::string>& arguments)
      : command_(command), arguments_(arguments), flags_(flags_of(command)), names_(flag_names(flags_)) {}

  tl::expected<Words, UsageError> sort() {
    for (; at_ < arguments_.size(); ++at_) {
      const std::string& word = arguments_[at_];
      if (word == "--") {
        words_.files.insert(words_.files.end(), arguments_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                            arguments_.end());
        break;
      }
      if (word.size() < 2 || word[0] != '-')
        words_.files.push_back(word);
      else if (const Checked taken = take(flag_word(word)); !taken)
        return tl::make_unexpected(taken.error());
    }
    return std::move(words_);
  }

 private:
  Checked take(const FlagWord& word);
  tl::expected<std::string, UsageError> value(const Flag& flag, const FlagWord& word);

  [[nodiscard]] std::string as_written(const Flag& flag, const std::string& name) const {
    return flag.value.empty() ? name : fmt::format("{} {}", name, flag.value);
  }

  const Command& command_;
  const std::vector<std::string>& arguments_;
  std::vector<Flag> flags_;
  std::vector<std::string> names_;
  std::size_t at_ = 0;
  Words words_;
};

/// The value of a flag that takes one: in its word, or the next word, which must be none of the flags.
tl::expected<std::string, UsageError> Sorter::value(const Flag& flag, const FlagWord& word) {
  const std::string needed = fmt::format("{} needs a value: {}", word.name, as_written(flag, word.name));
  if (word.value) {
    if (word.value->empty()) return wrong(needed, "nothing stands behind the equals sign");
    return *word.value;
  }
  if (at_ + 1 >= arguments_.size() || arguments_[at_ + 1].empty())
    return wrong(needed, at_ + 1 < arguments_.size()
                             ? "it is empty here: check for a variable that is not set"
                             : "nothing stands behind it");
  const std::string& next = arguments_[at_ + 1];
  if (next == "--" || std::find(names_.begin(), names_.end(), flag_word(next).name) != names_.end())
    return wrong(needed, fmt::format("`{}` behind it is a flag; a value that looks so is written {}={}", next,
                                     flag.name == "output" ? "--output" : word.name, next));
  ++at_;
  return next;
}

Checked Sorter::take(const FlagWord& word) {
  const std::string name = word.name == "-o" ? "--output" : word.name == "-h" ? "--help" : word.name;
  const auto flag =
      std::find_if(flags_.begin(), flags_.end(), [&](const Flag& f) { return "--" + f.name == name; });
  if (flag == flags_.end())
    return wrong(fmt::format("parley {} knows no flag `{}`", command_.name, word.name),
                 unknown_flag_hint(command_, word.name, names_));
  std::vector<std::string>& given = words_.given[flag->name];
  if (flag->value.empty()) {
    if (word.value) return wrong(fmt::format("{} takes no value, not `{}`", word.name, *word.value));
    given.emplace_back();
    return {};
  }
  const auto text = value(*flag, word);
  if (!text) return tl::make_unexpected(text.error());
  given.push_back(*text);
  if (given.size() > 1 && !flag->repeatable)
    return wrong(fmt::format("{} is given twice: `{}` and `{}`", word.name, given[0], given[1]));
  return {};
}

}  // namespace

tl::expected<Request, UsageError> read_arguments(const Command& command,
                                                 const std::vector<std::string>& arguments) {
  const auto words = Sorter(command, arguments).sort();
  if (!words) return tl::make_unexpected(words.error());
  Request request;
  request.command = command.name;
  request.json = words->has("json");
  if (const std::string* output = words->value("output")) request.output = *output;
  Checked checked = read_numbers(*words, request);
  if (checked) checked = read_options(command, *words, request);
  if (checked) checked = read_files(command, *words, request);
  if (!checked) return tl::make_unexpected(checked.error());
  for (const Flag& flag : command.flags)
    if (const auto found = words->given.find(flag.name); found != words->given.end())
      request.flags[flag.name] = flag.value.empty() ? std::vector<std::string>() : found->second;
  return request;
}

std::vector<Flag> flags_of(const Command& command) {
  static const std::vector<Flag> solving = {
      {"seed", "N", "start of the random numbers (default 1); the same seed gives the same answer"},
      {"draws", "N", "worlds that are drawn (default 1000)"},
      {"threads", "N", "threads to use (default: all cores); never changes an answer"}};
  static const std::vector<Flag> limits = {
      {"time-limit", "S", "stop after S seconds with the best answer so far"},
      {"memory-limit", "SIZE",
       "memory to use, such as 800M or 2G (default: three quarters of the machine's)"}};
  std::vector<Flag> flags = command.flags;
  if (command.solves) flags.insert(flags.end(), solving.begin(), solving.end());
  if (command.solves || command.limited) flags.insert(flags.end(), limits.begin(), limits.end());
  if (command.solves)
    flags.push_back({"option", "NAME=VALUE", "a modelling choice by name; may be repeated", true});
  flags.push_back({"json", "", "print one JSON object, also when the input is wrong"});
  flags.push_back({"output", "PATH",
                   command.output_help.empty()
                       ? "also write the answer, as JSON, to PATH (whole or not at all)"
                       : command.output_help});
  flags.push_back({"help", "", "this text"});
  return flags;
}

}  // namespace parley::cli
