// SPDX-License-Identifier: MIT
// Two accounts side by side: two files, or a base account and the rivals in its folder.
#include "report/compare.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"

namespace parley::cli {
namespace {

struct Pair {
  account::Account a, b;
};

/// What is compared with what; `outcome` tells when that cannot be.
struct Pairs {
  std::vector<Pair> list;
  framing::Options framing;
  Outcome outcome;
  std::string base_name = {};
};

/// `path`: as it was given, for messages.
Pairs base_and_rivals(AccountFile file, const std::string& path) {
  Pairs pairs{{}, file.framing, std::move(file.outcome), file.accounts.front().account.name};
  for (std::size_t i = 1; i < file.accounts.size(); ++i)
    pairs.list.push_back({file.accounts[0].account, file.accounts[i].account});
  if (!pairs.list.empty()) return pairs;
  const std::string& name = pairs.base_name;
  Outcome none =
      failure(kBadInput, "no-rival",
              fmt::format("there is no rival of the account `{}` here to compare it with", name),
              fmt::format("name a second account, `parley compare {} OTHER`, or put a file that says "
                          "`revises: {}` beside it and name the folder",
                          path, name),
              path);
  pairs.outcome.exit = none.exit;
  pairs.outcome.diagnostics.insert(pairs.outcome.diagnostics.begin(), std::move(none.diagnostics.front()));
  return pairs;
}

Pairs pairs_of(const Request& request, const Session& session) {
  Request one = request;
  one.files = {request.files.front()};
  AccountFile first = read_account_file(one, session);
  if (!first.usable() || request.files.size() == 1) {
    if (!first.usable()) return {{}, {}, std::move(first.outcome)};
    return base_and_rivals(std::move(first), request.files.front());
  }
  Request two = request;
  two.files = {request.files.back()};
  AccountFile second = read_account_file(two, session);
  // A file that only revises the first account is laid over it.
  if (second.rival_alone) return base_and_rivals(read_account_file(request, session), request.files.front());
  if (!second.usable()) return {{}, {}, std::move(second.outcome)};
  Pairs pairs{
      {{first.accounts[0].account, second.accounts[0].account}}, first.framing, std::move(first.outcome)};
  for (auto& diagnostic : second.outcome.diagnostics)
    pairs.outcome.diagnostics.push_back(std::move(diagnostic));
  return pairs;
}

}  // namespace

Outcome run_compare(const Request& request, const Session& session) {
  Pairs pairs = pairs_of(request, session);
  Outcome outcome = std::move(pairs.outcome);
  if (outcome.exit != kOk) return outcome;
  questions::CompareOptions options;
  options.framing = pairs.framing;
  options.solve = solve_options(request, session);
  auto list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < pairs.list.size(); ++i) {
    const auto& [a, b] = pairs.list[i];
    options.progress = [&](double done) {
      if (session.progress)
        session.progress((static_cast<double>(i) + done) / static_cast<double>(pairs.list.size()));
    };
    const auto comparison = questions::compare(a, b, options);
    list.push_back(report::comparison_json(comparison, a, b));
    if (!comparison.complete) break;
  }
  outcome.text = report::compare_page(list);
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  (*outcome.answer)["comparisons"] = std::move(list);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
