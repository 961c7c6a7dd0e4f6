// SPDX-License-Identifier: MIT
// The half of `deals` that reads an account.
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "report/page.hpp"

namespace parley::cli {

Outcome run_account_deals(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  questions::SolveOptions options = solve_options(request, session);
  std::vector<std::vector<questions::ColumnAnswer>> accounts;
  for (const auto& input : file.accounts) {
    // Of rivals a stop leaves those that were reached.
    if (session.control.stopped() && &input != &file.accounts.front()) break;
    accounts.push_back(questions::solve_all(
        questions::columns_of(input.account, input.alternatives, file.framing), options));
    questions::drop_unsolved(accounts.back());
  }
  Outcome outcome = std::move(file.outcome);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::deals_results(accounts));
  outcome.text = report::deals_page(*outcome.answer);
  const bool stopped = session.control.stopped();
  for (const auto& columns : accounts)
    for (auto& warning : report::not_answered(columns, stopped))
      outcome.diagnostics.push_back(std::move(warning));
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
