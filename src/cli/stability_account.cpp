// SPDX-License-Identifier: MIT
// The half of `stability` that reads an account.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "report/stability_account.hpp"

namespace parley::cli {
namespace {

constexpr int kReadingDraws = 200;

/// "a, recognises(b, c)": commas within brackets part nothing.
std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names(1);
  int depth = 0;
  for (const char c : list) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth <= 0) {
      names.emplace_back();
      continue;
    }
    if (c == ' ' && names.back().empty()) continue;
    names.back() += c;
  }
  for (auto& name : names)
    while (!name.empty() && name.back() == ' ') name.pop_back();
  std::erase_if(names, [](const std::string& name) { return name.empty(); });
  return names;
}

}  // namespace

Outcome run_account_stability(const Request& request, const Session& session) {
  Request rest = request;
  questions::StabilityAsk ask;
  rest.options.clear();
  for (const auto& [name, value] : request.options) {
    if (name != "nature") {
      rest.options.emplace_back(name, value);
      continue;
    }
    if (value != "held" && value != "mover")
      return failure(kBadUsage, "bad-option",
                     fmt::format("option nature takes held or mover, not '{}'", value));
    ask.framing.nature_moves = value == "mover";
  }
  for (const auto& list : request.values("focus"))
    for (auto& name : names_in(list)) ask.framing.focus.push_back(std::move(name));
  if (request.has("focus") && ask.framing.focus.empty())
    return failure(kBadUsage, "bad-focus", "--focus names no issue",
                   "for example --focus \"sanctions, force\"");
  AccountFile file = read_account_file(rest, session);
  if (!file.usable()) return std::move(file.outcome);
  ask.solve = solve_options(request, session);
  Outcome outcome = std::move(file.outcome);
  auto by_account = nlohmann::ordered_json::object();
  for (const auto& input : file.accounts) {
    // Of rivals a stop leaves those that were reached.
    if (session.control.stopped() && &input != &file.accounts.front()) break;
    std::string wrong;
    const auto answers =
        questions::stability_of(questions::columns_of(input.account, input.alternatives, file.framing), {},
                                ask, kReadingDraws, session.progress, &wrong);
    // A rival may lack what a focus names; the account as written may not.
    if (!wrong.empty() && &input == &file.accounts.front())
      return failure(kBadUsage, "bad-focus", wrong, "`parley show FILE` lists issues and relations");
    if (answers.empty() || answers.front().column.alternative != "base") continue;
    by_account[input.account.name] =
        report::stability_account_json(answers, request.json ? report::kListedInFull : report::kListedOnPage);
    for (auto& warning : report::stability_warnings(answers.front()))
      outcome.diagnostics.push_back(std::move(warning));
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["by_account"] = std::move(by_account);
  outcome.text = report::stability_page(*outcome.answer);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
