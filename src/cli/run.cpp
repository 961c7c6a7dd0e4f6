// SPDX-License-Identifier: MIT
// The main job: an account in, one page and its results out.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "report/page.hpp"
#include "report/whole_file.hpp"

namespace parley::cli {
namespace {

constexpr const char* kDefaultFolder = "parley-out";

Outcome cannot_write(const std::string& folder, const std::string& why) {
  return failure(kEnvironment, "cannot-write", why, "name another folder with -o", folder);
}

}  // namespace

Outcome run_run(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request);
  if (!file.usable()) return std::move(file.outcome);
  const std::string folder = request.output.empty() ? kDefaultFolder : request.output;
  if (const auto ready = report::prepare_folder(folder); !ready) return cannot_write(folder, ready.error());
  questions::RunOptions options;
  options.framing = file.framing;
  options.solve = solve_options(request, session);
  options.progress = session.progress;
  const Deadline deadline(session.cancel, request.time_limit);
  options.solve.cancel = deadline.token();
  const questions::Run run = questions::run(file.accounts, options);
  Outcome outcome = std::move(file.outcome);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::run_results(run, file.manifest));
  nlohmann::ordered_json whole = {{"schema", "parley.run/1"}};
  whole.update(*outcome.answer);
  const std::string page = report::page(whole);
  const bool interrupted = run.stopped && !deadline.expired();
  for (const auto& account : run.accounts)
    for (auto& warning : report::not_answered(account.columns, run.stopped))
      outcome.diagnostics.push_back(std::move(warning));
  // What Ctrl-C left half done never replaces a report that is whole.
  if (interrupted && std::filesystem::exists(folder)) {
    outcome.text = page + fmt::format("\nStopped: not written, {} stays as it was\n", folder);
  } else {
    const auto written =
        report::write_folder(folder, {{"results.json", whole.dump(1) + "\n"}, {"report.md", page}});
    if (!written) return cannot_write(folder, written.error());
    outcome.text = page + fmt::format("\nWritten: {}/report.md and {}/results.json\n", folder, folder);
  }
  if (run.stopped && deadline.expired()) outcome.diagnostics.push_back(time_is_up());
  if (interrupted) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
