// SPDX-License-Identifier: MIT
// The half of `stability` that reads an account.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "report/stability_account.hpp"

namespace parley::cli {
namespace {

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
  AccountFile file = read_account_file(rest);
  if (!file.usable()) return std::move(file.outcome);
  const Deadline deadline(session.cancel, request.time_limit);
  ask.solve = solve_options(request, session);
  ask.solve.cancel = deadline.token();
  const std::size_t listed = request.json ? report::kListedInFull : report::kListedOnPage;
  Outcome outcome = std::move(file.outcome);
  auto by_account = nlohmann::ordered_json::object();
  for (const auto& input : file.accounts) {
    auto columns = nlohmann::ordered_json::object();
    for (const auto& column : questions::columns_of(input.account, input.alternatives, file.framing)) {
      if (ask.solve.cancel != nullptr && ask.solve.cancel->load() && !columns.empty()) break;
      std::string wrong;
      questions::StabilityAsk own = ask;
      own.solve.prove = column.alternative == "base";
      const auto answer = questions::solve_stability(column, own, nullptr, &wrong);
      // A reading may lack what a focus names; the account as written may not.
      if (!wrong.empty() && column.alternative == "base" && &input == &file.accounts.front())
        return failure(kBadUsage, "bad-focus", wrong, "`parley show FILE` lists issues and relations");
      if (!wrong.empty()) continue;
      columns[column.alternative] = report::stability_column_json(answer, listed);
      if (column.alternative == "base")
        for (auto& warning : report::stability_warnings(answer))
          outcome.diagnostics.push_back(std::move(warning));
    }
    if (columns.contains("base")) by_account[input.account.name] = {{"by_alternative", std::move(columns)}};
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["by_account"] = std::move(by_account);
  outcome.text = report::stability_page(*outcome.answer);
  if (deadline.expired()) outcome.diagnostics.push_back(time_is_up());
  if (session.cancel != nullptr && session.cancel->load()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
