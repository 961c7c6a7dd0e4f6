// SPDX-License-Identifier: MIT
// What a command is: one row of the table in commands.cpp and one function in a file of its own.
//
// To add a command: write src/cli/<name>.cpp with `Outcome run_<name>(const Request&, const Session&)`,
// declare it in commands.hpp and add its row to commands.cpp. The front does the rest: parsing, help, common
// flags, diagnostics, JSON, -o, exit codes, Ctrl-C.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "expression/control.hpp"
#include "expression/diagnostic.hpp"

namespace parley::cli {

/// Exit codes (DESIGN.md, "Command line"): stable.
inline constexpr int kOk = 0;
inline constexpr int kBadInput = 1;
inline constexpr int kBadUsage = 2;
inline constexpr int kEnvironment = 3;
inline constexpr int kStopped = 130;
inline constexpr int kReaderGone = 141;  ///< the reader of standard output went away

/// What the user asked for, already checked against the command's row: numbers in range, names known.
struct Request {
  std::string command;
  std::vector<std::string> files;
  bool json = false;
  std::uint64_t seed = 1;
  int draws = 1000;
  bool draws_given =
      false;              ///< a command may have another default (200 worlds for each patch of a self-test)
  int threads = 0;        ///< 0 = all cores
  double time_limit = 0;  ///< seconds; 0 = none
  std::uint64_t memory_limit = 0;                            ///< bytes; 0 = the default
  std::vector<std::pair<std::string, std::string>> options;  ///< --option NAME=VALUE, each name once
  std::map<std::string, std::vector<std::string>> flags;     ///< the command's own flags, without dashes
  std::string output;                                        ///< -o PATH; empty = not given

  [[nodiscard]] std::optional<std::string> option(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& flag) const { return flags.contains(flag); }
  [[nodiscard]] std::vector<std::string> values(const std::string& flag) const;
};

/// What runs around a command.
struct Session {
  const std::atomic<bool>* cancel =
      nullptr;                           ///< set by Ctrl-C; long work looks at it and gives its answer so far
  std::function<void(double)> progress;  ///< 0..1; shown on standard error where that is a terminal
  Control control;                       ///< says stop after Ctrl-C and after the time limit
  std::function<void()> answer_goes_out = [] {};  ///< a command that writes files itself calls it before

  [[nodiscard]] bool interrupted() const { return cancel != nullptr && cancel->load(); }
  /// The time limit ended the work, and not Ctrl-C.
  [[nodiscard]] bool time_is_over() const { return control.stopped() && !interrupted(); }
};

/// What a command answers. The front prints `text` (for people) or the JSON object {schema, ...answer,
/// diagnostics}, writes that object to -o PATH, and prints the diagnostics.
struct Outcome {
  int exit = kOk;
  std::string text;
  std::shared_ptr<nlohmann::ordered_json>
      answer;  ///< an object without `schema` and `diagnostics`; may be null
  std::vector<Diagnostic> diagnostics;
  /// JSON members, each ending in ",\n", that only -o PATH gets: lists too long for standard output.
  std::string file_members = {};
  bool nothing_finished = false;  ///< a stop came first: nothing goes to a file
};

/// An outcome that is one error: `exit` kBadInput (about `file`), kBadUsage or kEnvironment.
[[nodiscard]] Outcome failure(int exit, std::string code, std::string message, std::string hint = "",
                              std::string file = "");

/// A flag of one command. `value` is what its help shows (`ID=PATH`); empty = a switch.
struct Flag {
  std::string name;  ///< without dashes
  std::string value;
  std::string help;
  bool repeatable = false;
  std::vector<std::string> words = {};  ///< where it takes one of a few words
};

/// A name that `--option NAME=VALUE` takes for one command.
struct NamedOption {
  std::string name;
  std::string values;
  std::string help;
  bool repeatable = false;
};

struct Command {
  std::string name;
  std::string summary;                                        ///< one line
  std::string usage;                                          ///< what follows the name: `FILE`
  std::string details;                                        ///< paragraphs
  std::vector<std::pair<std::string, std::string>> examples;  ///< command line, what it shows
  std::size_t min_files = 1;
  std::size_t max_files = 1;
  bool writes_output =
      false;  ///< the command itself writes to -o PATH; otherwise the front writes the JSON object
  std::string file_word = "FILE";  ///< what its words are called in messages
  std::string default_output;      ///< where a command that writes itself does so without -o
  std::string output_help;         ///< of -o; empty = it writes the JSON object
  bool solves = true;              ///< it takes --seed, --draws, --threads, --option and the limits
  bool limited = true;             ///< it takes --time-limit and --memory-limit
  std::vector<Flag> flags;
  std::vector<NamedOption> options;
  std::function<Outcome(const Request&, const Session&)> run;
};

}  // namespace parley::cli
