// SPDX-License-Identifier: MIT
#include "cli/account_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "foreign/genius.hpp"
#include "foreign/recognise.hpp"
#include "language/codes.hpp"
#include "language/read.hpp"
#include "report/own_file.hpp"

#ifndef PARLEY_VERSION
#define PARLEY_VERSION "unknown"
#endif

namespace parley::cli {
namespace {

std::map<std::string, std::filesystem::path> source_texts(const Request& request, Outcome& outcome) {
  std::map<std::string, std::filesystem::path> texts;
  for (const auto& pair : request.values("source")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      outcome = failure(kBadUsage, "bad-source", fmt::format("--source takes ID=PATH, not '{}'", pair));
    else
      texts[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return texts;
}

/// The readings of a rival are those of the base account, as far as their rows still stand.
std::vector<questions::AccountInput> inputs_of(const language::Reading& reading) {
  std::vector<questions::AccountInput> list = {{reading.base, reading.alternatives}};
  for (const account::Patch& rival : reading.rivals) {
    questions::AccountInput input{account::apply(reading.base, rival), reading.alternatives};
    input.account.name = rival.id;
    input.account.revises = reading.base.name;
    input.account.title = rival.because;
    list.push_back(std::move(input));
  }
  return list;
}

/// Several paths as if their files stood in one folder.
language::Reading read_together(const std::vector<std::string>& paths, const language::ReadOptions& options) {
  if (paths.size() == 1) return language::read_account(paths.front(), options);
  std::vector<std::pair<std::string, std::string>> texts;
  std::vector<Diagnostic> unread;
  for (const auto& path : paths) {
    language::Reading one = language::read_account(path, options);
    const auto stops = [&](const Diagnostic& d) {
      return d.code == language::code::cannot_read.text() || d.code == language::code::file_too_large.text();
    };
    if (std::any_of(one.diagnostics.begin(), one.diagnostics.end(), stops)) return one;
    for (Diagnostic& d : one.diagnostics)
      if (d.code == language::code::file_not_read.text()) unread.push_back(std::move(d));
    for (std::size_t i = 0; i < one.files.size(); ++i)
      texts.emplace_back(one.files[i], i < one.texts.size() ? one.texts[i] : "");
  }
  language::Reading reading = language::read_texts(texts, options);
  reading.diagnostics.insert(reading.diagnostics.begin(), unread.begin(), unread.end());
  return reading;
}

/// The folder and file that a command reads, in quotation marks where the shell needs them.
std::string command_line(const std::string& command, const std::string& path) {
  const bool plain = path.find_first_of(" \t\"'&;()<>|$`*?#!\\") == std::string::npos;
  return plain ? fmt::format("`parley {} {}`", command, path)
               : fmt::format("`parley {} '{}'`", command, path);
}

/// Files of a folder that have an account's ending and are something else: the folder is no account, or they
/// are no part of it.
Outcome refused_parts(const std::string& folder) {
  constexpr std::size_t kNamedParts = 5;
  const foreign::ForeignParts parts = foreign::foreign_parts(folder);
  if (parts.files.empty()) return {};
  std::vector<std::string> names;
  Outcome outcome;
  for (const auto& [path, kind] : parts.files) {
    names.push_back(path.filename().string());
    Outcome one =
        failure(kBadInput, "foreign-problem", fmt::format("this is {} and no part of an account", kind.what),
                "move it out of the folder of the account", path.string());
    if (names.size() <= kNamedParts) outcome.diagnostics.push_back(std::move(one.diagnostics.front()));
  }
  outcome.exit = kBadInput;
  if (parts.others > 0) return outcome;
  if (names.size() > kNamedParts) names.resize(kNamedParts);
  const auto& kind = parts.files.front().kind;
  return failure(
      kBadInput, "foreign-problem",
      fmt::format("the folder holds no account: {} is {}{}", names.front(), kind.what,
                  parts.files.size() > 1
                      ? fmt::format(", and {} more of its files are none either", parts.files.size() - 1)
                      : ""),
      kind.hint.empty() ? "no command of Parley reads it" : kind.hint, folder);
}

/// What is no account, and which command reads it; kOk where it may be one.
Outcome refused_kind(const std::string& path) {
  std::error_code error;
  const auto kind = foreign::recognise_foreign(path);
  if (!kind) return std::filesystem::is_directory(path, error) ? refused_parts(path) : Outcome{};
  std::string hint = kind->hint;
  if (hint.empty() && kind->command.empty()) hint = "no command of Parley reads it";
  if (hint.empty()) {
    std::string target = path;
    // One file of a Genius problem: the folder that holds the others is what is read.
    const bool lone = kind->command == "deals" && !std::filesystem::is_directory(path, error);
    if (lone) target = std::filesystem::path(path).parent_path().string();
    hint = command_line(kind->command, target.empty() ? "." : target) + " reads it";
  }
  return failure(kBadInput, "foreign-problem", fmt::format("this is {} and no account", kind->what),
                 std::move(hint), path);
}

/// An account's folder may hold a Genius problem, too.
void note_genius_beside(const std::string& path, Outcome& outcome) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error) ||
      foreign::recognise_genius(path) != foreign::Genius::folder)
    return;
  Diagnostic note;
  note.severity = Severity::note;
  note.code = "file-ignored";
  note.file = path;
  note.message = "the folder also holds a Genius problem, which is not read here";
  note.hint = command_line("deals", path) + " reads it";
  outcome.diagnostics.push_back(std::move(note));
}

/// A folder without an account that holds something else.
void hint_at_inside(const std::string& path, language::Reading& reading) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return;
  for (Diagnostic& d : reading.diagnostics) {
    if (d.code != language::code::cannot_read.text() || d.file != path) continue;
    const auto inside = foreign::foreign_inside(path);
    if (!inside) return;
    const std::string name = inside->path.filename().string();
    d.hint += !inside->kind.hint.empty()
                  ? fmt::format("; {} is {}; {}", name, inside->kind.what, inside->kind.hint)
              : inside->kind.command.empty()
                  ? fmt::format("; {} is {}, which no command reads", name, inside->kind.what)
                  : fmt::format("; {} is {}, and {} reads it", name, inside->kind.what,
                                command_line(inside->kind.command, inside->path.string()));
    return;
  }
}

bool of_foreign_problems(const std::string& option) { return option == "parties" || option == "domain"; }

/// Options that only foreign problems read.
std::vector<Diagnostic> unused_options(const Request& request) {
  std::vector<Diagnostic> list;
  for (const auto& [name, value] : request.options) {
    if (!of_foreign_problems(name)) continue;
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "option-unused";
    warning.message = fmt::format("option `{}` has no effect on an account", name);
    list.push_back(std::move(warning));
  }
  return list;
}

}  // namespace

AccountFile read_account_file(const Request& request, const Session& session) {
  AccountFile file;
  file.framing.control = session.control;
  for (const auto& [name, value] : request.options) {
    if (of_foreign_problems(name)) continue;
    const std::string wrong = framing::set_option(file.framing, name, value);
    if (!wrong.empty()) {
      file.outcome = failure(kBadUsage, "bad-option", wrong);
      return file;
    }
  }
  language::ReadOptions options;
  options.control = session.control;
  options.source_texts = source_texts(request, file.outcome);
  if (!file.usable()) return file;
  for (const std::string& path : request.files) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
      file.outcome = failure(kBadInput, "no-file", "there is no such file or folder", "", path);
      return file;
    }
    if (Outcome refused = refused_kind(path); refused.exit != kOk) {
      file.outcome = std::move(refused);
      return file;
    }
  }
  language::Reading reading = read_together(request.files, options);
  for (const std::string& path : request.files) note_genius_beside(path, file.outcome);
  if (request.files.size() == 1) hint_at_inside(request.files.front(), reading);
  for (Diagnostic& unused : unused_options(request)) file.outcome.diagnostics.push_back(std::move(unused));
  file.outcome.diagnostics.insert(file.outcome.diagnostics.end(), reading.diagnostics.begin(),
                                  reading.diagnostics.end());
  if (!reading.ok()) {
    file.outcome.exit = kBadInput;
    file.rival_alone =
        std::any_of(reading.diagnostics.begin(), reading.diagnostics.end(),
                    [](const Diagnostic& d) { return d.code == language::code::unknown_account.text(); });
    return file;
  }
  file.accounts = inputs_of(reading);
  file.manifest.version = PARLEY_VERSION;
  file.manifest.input = std::filesystem::path(request.files.front()).filename().string();
  for (std::size_t i = 0; i < reading.files.size() && i < reading.texts.size(); ++i)
    file.manifest.files.push_back({std::filesystem::path(reading.files[i]).filename().string(),
                                   report::content_hash(reading.texts[i])});
  return file;
}

questions::SolveOptions solve_options(const Request& request, const Session& session) {
  questions::SolveOptions options;
  options.seed = request.seed;
  options.draws = request.draws;
  options.threads = request.threads;
  options.cancel = session.control.token();
  return options;
}

Diagnostic time_is_up() {
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = "time-limit";
  warning.message = "the time limit ended the work: what is here is complete, the rest is missing";
  return warning;
}

std::vector<NamedOption> framing_options() {
  std::vector<NamedOption> list;
  for (const auto& spec : framing::option_specs())
    list.push_back({std::string(spec.name), std::string(spec.values), std::string(spec.doc)});
  return list;
}

}  // namespace parley::cli
