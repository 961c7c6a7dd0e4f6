// SPDX-License-Identifier: MIT
// What one answer of an account hangs on.
#include "report/sensitivity.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "expression/nearest.hpp"

namespace parley::cli {
namespace {

constexpr int kLeastSamples = 16, kMostSamples = 4096;
constexpr int kFewWorlds = 200;  ///< of each of many accounts, where --draws does not say

/// The answers that can be asked about, and why that list comes instead of an answer.
Outcome list_answers(const questions::AnswerList& list, const std::string& asked) {
  std::vector<std::string> ids;
  for (const auto& answer : list.answers) ids.push_back(answer.id.text());
  const auto near = expression::nearest(asked, ids);
  const auto open = std::find_if(list.open.begin(), list.open.end(),
                                 [&](const auto& one) { return one.first.text() == asked; });
  Outcome outcome =
      open != list.open.end()
          ? failure(
                kBadUsage, "open-answer",
                fmt::format("`{}` is open: it hangs on what {} wants, and the account puts that in no order",
                            asked, fmt::join(open->second, " and ")),
                "a row of `preferences` or `positions` would let it be answered")
      : asked.empty()
          ? failure(kBadUsage, "no-answer", "--of names no answer",
                    "name one of those listed with --of ANSWER")
          : failure(kBadUsage, "unknown-answer", fmt::format("this account has no answer `{}`", asked),
                    near ? fmt::format("did you mean `{}`?", *near) : "name one of those listed");
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::answer_list_json(list));
  outcome.text = report::answer_list_page(*outcome.answer);
  return outcome;
}

std::string read_samples(const Request& request, int& samples) {
  const auto given = request.values("samples");
  if (given.empty()) return "";
  const std::string& text = given.front();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), samples);
  if (error != std::errc() || end != text.data() + text.size() || samples < kLeastSamples ||
      samples > kMostSamples || !std::has_single_bit(static_cast<unsigned>(samples)))
    return fmt::format("--samples takes a power of two from {} to {}, not '{}'", kLeastSamples, kMostSamples,
                       text);
  return "";
}

}  // namespace

Outcome run_sensitivity(const Request& request, const Session& session) {
  questions::SensitivityOptions options;
  if (const std::string wrong = read_samples(request, options.samples); !wrong.empty())
    return failure(kBadUsage, "bad-samples", wrong);
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  options.framing = file.framing;
  options.solve = solve_options(request, session);
  if (!request.draws_given) options.solve.draws = kFewWorlds;
  options.progress = session.progress;
  options.alternatives = file.accounts.front().alternatives;
  for (std::size_t a = 1; a < file.accounts.size(); ++a) options.rivals.push_back(file.accounts[a].account);
  const auto& account = file.accounts.front().account;
  const questions::LensAnswers lens({options.solve, true});
  const auto of = request.values("of");
  const std::string asked = of.empty() ? "" : of.front();
  const auto id = questions::AnswerId::parse(asked);
  const bool known = id && lens.of(account, file.framing, id->scope).find(*id) != nullptr;
  if (!known && !lens.stopped())
    if (const auto list = lens.of(account, file.framing); !lens.stopped()) return list_answers(list, asked);
  Outcome outcome = std::move(file.outcome);
  const auto sensitivity = questions::sensitivity(account, id.value_or(questions::AnswerId{}), options);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::sensitivity_json(sensitivity, account));
  outcome.text = report::sensitivity_page(*outcome.answer);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
