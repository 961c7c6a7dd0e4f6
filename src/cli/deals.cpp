// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "deals/solve.hpp"
#include "foreign/genius.hpp"
#include "report/deals_foreign.hpp"

namespace parley::cli {
namespace {

void warn_unused_options(const Request& request, Outcome& outcome) {
  for (const auto& [name, value] : request.options) {
    if (name == "parties" || name == "domain") continue;
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "option-unused";
    warning.message = fmt::format("option `{}` has no effect on a foreign problem", name);
    outcome.diagnostics.push_back(std::move(warning));
  }
}

deals::Options lens_options(const Request& request, const Session& session) {
  deals::Options options;
  options.time_limit = request.time_limit;
  options.threads = request.threads;
  options.cancel = session.control.token();  // the limit counts from the start, reading included
  options.progress = session.progress;
  return options;
}

Outcome run_foreign_deals(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  foreign::GeniusOptions selection;
  for (const auto& [name, value] : request.options)
    if (name == "parties") {
      if (!selection.parties) selection.parties.emplace();
      selection.parties->push_back(value);
    }
  selection.domain = request.option("domain");
  foreign::GeniusReading reading = foreign::read_genius(path, selection);
  Outcome outcome;
  outcome.diagnostics = std::move(reading.diagnostics);
  for (const Diagnostic& diagnostic : outcome.diagnostics)
    if (diagnostic.severity == Severity::error) outcome.exit = reading.unknown_choice ? kBadUsage : kBadInput;
  if (outcome.exit != kOk) return outcome;
  warn_unused_options(request, outcome);
  if (foreign::holds_account(path)) {
    Diagnostic note;
    note.severity = Severity::note;
    note.code = "file-ignored";
    note.file = path;
    note.message =
        "the folder also holds an account, which is not read here: a folder with a Genius domain is one";
    note.hint = "give the account's own file";
    outcome.diagnostics.push_back(std::move(note));
  }
  const deals::Answer answer = deals::solve(reading.problem, lens_options(request, session));
  for (const std::string& text : answer.warnings) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "deals";
    warning.message = text;
    warning.file = path;
    outcome.diagnostics.push_back(std::move(warning));
  }
  if (request.json || !request.output.empty())
    outcome.answer = std::make_shared<nlohmann::ordered_json>(report::deals_json(reading.problem, answer));
  if (!request.json) outcome.text = report::deals_text(path, reading.problem, answer);
  return outcome;
}

}  // namespace

Outcome run_deals(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return failure(kBadInput, "no-file", "there is no such file or folder", "", path);
  if (foreign::recognise_genius(path) == foreign::Genius::none) return run_account_deals(request, session);
  return run_foreign_deals(request, session);
}

}  // namespace parley::cli
