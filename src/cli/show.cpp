// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "language/write.hpp"

namespace parley::cli {

Outcome run_show(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request);
  if (!file.usable()) return std::move(file.outcome);
  Outcome outcome = std::move(file.outcome);
  const auto lens = request.values("framed");
  if (!lens.empty() && lens.front() != "deals")
    return failure(kBadUsage, "bad-lens",
                   "--framed takes deals, the lens that is built, not '" + lens.front() + "'");
  auto by_account = nlohmann::ordered_json::object();
  for (const auto& input : file.accounts) {
    std::string text;
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
  return outcome;
}

}  // namespace parley::cli
