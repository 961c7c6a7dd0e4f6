// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "language/write.hpp"
#include "report/ledger.hpp"

namespace parley::cli {
namespace {

constexpr int kLedgerWorlds = 200;  ///< of each of many accounts, where --draws does not say

}  // namespace

Outcome run_show(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  Outcome outcome = std::move(file.outcome);
  const auto lens = request.values("framed");
  const bool ledger = request.has("ledger");
  if (!lens.empty() && lens.front() != "deals")
    return failure(kBadUsage, "bad-lens",
                   "--framed takes deals, the lens that is built, not '" + lens.front() + "'");
  auto by_account = nlohmann::ordered_json::object();
  for (const auto& input : file.accounts) {
    // Of rivals a stop leaves those that were reached.
    if (session.control.stopped() && &input != &file.accounts.front()) break;
    std::string text;
    if (ledger) {
      questions::LedgerOptions options{file.framing, solve_options(request, session), session.progress};
      if (!request.draws_given) options.solve.draws = kLedgerWorlds;
      auto json = report::ledger_json(questions::ledger_of(input.account, options));
      outcome.text +=
          fmt::format("# Ledger of account {}\n\n{}", input.account.name, report::ledger_page(json));
      by_account[input.account.name] = {{"ledger", std::move(json)}};
      continue;
    }
    if (lens.empty()) {
      text = language::account_text(input.account);
    } else {
      questions::SolveOptions options = solve_options(request, session);
      options.draws = 0;
      options.prove = false;
      const questions::Column column{input.account.name, "base", "", false, file.framing, input.account};
      text = report::framed_text(questions::solve(column, options));
    }
    if (file.accounts.size() > 1) outcome.text += "# account " + input.account.name + "\n";
    outcome.text += text;
    by_account[input.account.name] = {{lens.empty() ? "text" : "framed", text}};
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["by_account"] = std::move(by_account);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (ledger && session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
