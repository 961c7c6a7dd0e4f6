// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "report/check_page.hpp"

namespace parley::cli {
namespace {

/// `--strict`: what is only a warning otherwise ends with exit code 1.
bool strict_finds(const Outcome& outcome) {
  for (const Diagnostic& d : outcome.diagnostics)
    if (d.severity != Severity::note) return true;
  return false;
}

}  // namespace

Outcome run_check(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  questions::RunOptions options;
  options.framing = file.framing;
  options.solve = solve_options(request, session);
  if (!request.draws_given) options.solve.draws = options.patch_draws;
  Outcome outcome = std::move(file.outcome);
  auto by_account = nlohmann::ordered_json::object();
  bool inconsistent = false;
  for (const auto& input : file.accounts) {
    // Of rivals a stop leaves those that were reached.
    if (session.control.stopped() && &input != &file.accounts.front()) break;
    const questions::Check check = questions::check(input, options);
    by_account[input.account.name] = report::check_json(check);
    // What was cut short says nothing about consistency.
    inconsistent = inconsistent || (check.no_consistent_world && !session.time_is_over());
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["by_account"] = std::move(by_account);
  outcome.text = report::check_page(*outcome.answer);
  if (request.has("strict") && (strict_finds(outcome) || inconsistent)) outcome.exit = kBadInput;
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
