// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "expression/exact.hpp"
#include "foreign/scenario_wizard.hpp"
#include "report/consistency.hpp"
#include "report/findings.hpp"

namespace parley::cli {
namespace {

constexpr int kMostTolerance = 1'000;
constexpr std::size_t kLongestNumber = 40;

struct Settings {
  mpq_class tolerance = 0;
  int spread = 0, strength = 2;
  consistency::Succession succession = consistency::Succession::global;
};

/// Options of this command alone; the others are framing's. A sentence where one is wrong.
std::string take(Settings& settings, const std::string& name, const std::string& value, bool& known) {
  known = true;
  if (name == "succession") {
    if (value != "global" && value != "local") return "option succession takes global or local";
    settings.succession = value == "local" ? consistency::Succession::local : consistency::Succession::global;
    return "";
  }
  if (name == "tolerance") {
    const auto number = value.size() > kLongestNumber ? std::nullopt : expression::exact_number(value);
    if (!number || *number < 0 || *number > kMostTolerance)
      return fmt::format("option tolerance takes a number from 0 to {}, such as 0.5, not '{}'",
                         kMostTolerance, value);
    settings.tolerance = *number;
    return "";
  }
  int* number = name == "spread" ? &settings.spread : name == "strength" ? &settings.strength : nullptr;
  if (number == nullptr) {
    known = false;
    return "";
  }
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *number);
  if (error != std::errc() || end != value.data() + value.size() || *number < 0 || *number > kMostTolerance)
    return fmt::format("option {} takes a whole number from 0 to {}, not '{}'", name, kMostTolerance, value);
  return "";
}

Outcome run_matrix(const Request& request, const Session& session, const Settings& settings) {
  const std::string& path = request.files.front();
  auto reading = foreign::read_scenario_wizard(path);
  Outcome outcome;
  const bool ok = reading.ok();
  outcome.diagnostics = std::move(reading.diagnostics);
  if (!ok) {
    outcome.exit = kBadInput;
    return outcome;
  }
  if (!request.values("if").empty()) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "if-not-read";
    warning.message = "--if sets nothing in a matrix of judgements: it was not read";
    warning.hint = "--if sets conditions of an account";
    outcome.diagnostics.push_back(std::move(warning));
  }
  report::MatrixAnswer answer;
  answer.problem = std::move(reading.problem);
  answer.tolerance = settings.tolerance;
  consistency::SearchOptions search;
  search.tolerance = consistency::in_units(settings.tolerance, answer.problem.scale);
  search.cancel = session.control.token();
  answer.consistent = consistency::consistent_scenarios(answer.problem, search);
  consistency::AttractorOptions walk;
  walk.rule = settings.succession;
  walk.seed = request.seed;
  walk.draws = request.draws_given ? request.draws : walk.draws;
  walk.cancel = session.control.token();
  answer.attractors = consistency::attractors(answer.problem, walk);
  answer.spread = settings.spread;
  if (settings.spread > 0)
    answer.robustness =
        consistency::robustness(answer.problem, settings.spread, request.draws, request.seed, search);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::matrix_json(answer));
  outcome.text = report::matrix_text(path, *outcome.answer);
  if (!answer.consistent.complete || !answer.attractors.complete) {
    Diagnostic warning = time_is_up();
    if (!session.time_is_over()) {
      warning.code = "work-limit";
      warning.message =
          "the search was stopped by its limit of steps: what is listed is right, more may be missing";
      warning.hint = "docs/methods/consistency.md names the limits";
    }
    outcome.diagnostics.push_back(std::move(warning));
  }
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

Outcome run_account(const Request& request, const Session& session, const Settings& settings) {
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  questions::ConsistencyOptions options;
  options.seed = request.seed;
  options.strength = settings.strength;
  options.tolerance = settings.tolerance;
  options.given = request.values("if");
  options.cancel = session.control.token();
  Outcome outcome = std::move(file.outcome);
  auto by_account = nlohmann::ordered_json::object();
  report::ConsistencyListing listing;
  for (const auto& input : file.accounts) {
    // Of rivals a stop leaves those that were reached.
    if (session.control.stopped() && &input != &file.accounts.front()) break;
    auto columns = nlohmann::ordered_json::object();
    for (const auto& column : questions::columns_of(input.account, input.alternatives, file.framing)) {
      if (options.cancel != nullptr && options.cancel->load() && !columns.empty()) break;
      std::vector<std::string> problems;
      const auto answer = questions::solve_consistency(column, options, &problems);
      // A reading may lack what a question names; the account as written may not.
      if (!problems.empty() && column.alternative == "base" && &input == &file.accounts.front())
        return failure(kBadUsage, "bad-condition", problems.front(),
                       "--if takes a condition of the language");
      // Little time is left to write: the rest is counted.
      if (session.control.stopped())
        listing = {std::min<std::size_t>(listing.signs, 50'000), std::min<std::size_t>(listing.pairs, 500),
                   std::min<std::size_t>(listing.steps, 10'000)};
      if (problems.empty()) columns[column.alternative] = report::consistency_json(answer, listing);
    }
    if (!columns.contains("base")) continue;
    auto& account = by_account[input.account.name] = {{"by_alternative", std::move(columns)}};
    const auto all = questions::columns_of(input.account, input.alternatives, file.framing);
    const auto findings =
        questions::findings_of(all.front(), {all.begin() + 1, all.end()}, {true, options.cancel});
    account["findings"] = report::findings_json(findings);
    account["audits"] = report::audits_json(findings);
    account["rows"] = report::rows_json(input.account);
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["by_account"] = std::move(by_account);
  outcome.text = report::consistency_page(*outcome.answer);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace

Outcome run_consistency(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return failure(kBadInput, "no-file", "there is no such file or folder", "", path);
  Settings settings;
  Request rest = request;
  rest.options.clear();
  for (const auto& [name, value] : request.options) {
    bool known = false;
    const std::string wrong = take(settings, name, value, known);
    if (!wrong.empty()) return failure(kBadUsage, "bad-option", wrong);
    if (!known) rest.options.emplace_back(name, value);
  }
  if (foreign::recognise_scenario_wizard(path)) return run_matrix(rest, session, settings);
  return run_account(rest, session, settings);
}

}  // namespace parley::cli
