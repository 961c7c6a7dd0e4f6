// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "expression/exact.hpp"
#include "expression/nearest.hpp"
#include "report/ask.hpp"

namespace parley::cli {
namespace {

/// `--option holds=0.95`: a share above one half.
std::string take_holds(const std::string& value, mpq_class& holds) {
  const auto number = value.size() > 40 ? std::nullopt : expression::exact_number(value);
  if (!number || 2 * *number <= 1 || *number > 1)
    return fmt::format("option holds takes a number above 0.5 and at most 1, not '{}'", value);
  holds = *number;
  return "";
}

/// The first name that is no claim of the account, as an error with the nearest one.
std::optional<Outcome> unknown_claim(const std::vector<std::string>& asked, const account::Account& account) {
  std::vector<std::string> known;
  for (const account::Row* row : account.of("claims")) known.push_back(row->id);
  for (const std::string& name : asked) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = expression::nearest(name, known);
    return failure(kBadUsage, "unknown-claim", fmt::format("'{}' is no claim of this account", name),
                   near            ? fmt::format("did you mean '{}'?", *near)
                   : known.empty() ? "the account makes no claims"
                                   : fmt::format("its claims: {}", fmt::join(known, ", ")));
  }
  return std::nullopt;
}

}  // namespace

Outcome run_ask(const Request& given, const Session& session) {
  Request request = given;
  questions::ClaimOptions options;
  for (auto at = request.options.begin(); at != request.options.end(); ++at) {
    if (at->first != "holds") continue;
    if (const std::string wrong = take_holds(at->second, options.holds); !wrong.empty())
      return failure(kBadUsage, "bad-option", wrong);
    request.options.erase(at);
    break;
  }
  options.only.assign(request.files.begin() + 1, request.files.end());
  request.files.resize(1);
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  if (auto wrong = unknown_claim(options.only, file.accounts.front().account)) return std::move(*wrong);
  const questions::WhatIfQuestion question{request.values("if"), request.values("then")};
  if (question.conditions.empty() && !question.then.empty())
    return failure(kBadUsage, "then-without-if", "--then asks what follows, and no --if says from what",
                   "add --if \"X is v\"; what holds at present `parley consistency` says");
  options.framing = file.framing;
  options.solve = solve_options(request, session);
  options.progress = session.progress;
  Outcome outcome = std::move(file.outcome);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(nlohmann::ordered_json::object());
  auto& answer = *outcome.answer;
  // A what-if alone asks for no claims; named ones are answered beside it.
  const bool claims = question.conditions.empty() || !options.only.empty();
  answer["claims"] = claims ? report::claims_json(questions::ask(file.accounts, options))
                            : nlohmann::ordered_json(nlohmann::ordered_json::object());
  answer["own_claims"] = nlohmann::ordered_json::object();
  if (question.conditions.empty() && options.only.empty())
    for (const auto& [account, own] : questions::own_claims(file.accounts, options))
      answer["own_claims"][account] = report::claims_json(own);
  answer["what_if"] = nlohmann::ordered_json::array();
  if (!question.conditions.empty()) {
    if (const auto none = questions::no_such_answer(file.accounts.front().account, file.framing,
                                                    question.then, options.solve))
      return failure(kBadInput, "unknown-answer", none->why, none->hint);
    std::vector<std::string> problems;
    const auto answers = questions::what_if(file.accounts, question, file.framing, options.solve, &problems);
    if (!problems.empty())
      return failure(
          kBadUsage, "bad-condition", problems.front(),
          "--if takes conditions of the language, with one level for each issue, or an intervention of "
          "the account");
    answer["what_if"] = report::what_if_json(answers);
  }
  outcome.text = report::ask_text(answer);
  // Of a stop it is said elsewhere that nothing was finished.
  if (outcome.text.empty() && !session.control.stopped()) outcome.text = "The account makes no claims.\n";
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
