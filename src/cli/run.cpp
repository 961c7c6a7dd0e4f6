// SPDX-License-Identifier: MIT
// The main job: an account in, one page and its results out.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "cli/contradictions.hpp"
#include "report/diagnostics.hpp"
#include "report/markdown.hpp"
#include "report/own_file.hpp"
#include "report/page.hpp"
#include "report/whole_file.hpp"

namespace parley::cli {
namespace {

constexpr const char* kResults = "results.json";
constexpr const char* kReport = "report.md";

Outcome cannot_write(const std::string& folder, const std::string& why) {
  return failure(kEnvironment, "cannot-write", why, "name another folder with -o", folder);
}

/// The report first and the results last: they name the other files and their hashes.
report::FolderFiles files_of(const std::string& page, nlohmann::ordered_json& whole) {
  const std::string report = report::sealed(report::visible(page));
  whole["files"] =
      nlohmann::ordered_json::array({{{"name", kReport}, {"xxh128", report::content_hash(report)}}});
  return {{kReport, report},
          {kResults,
           report::visible_json(whole.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
               "\n"}};
}

}  // namespace

Outcome run_run(const Request& request, const Session& session) {
  AccountFile file = read_account_file(request, session);
  if (!file.usable()) return std::move(file.outcome);
  const std::string folder = request.output.empty() ? kRunFolder : request.output;
  if (const auto ready = report::prepare_folder(folder, {kReport, kResults}); !ready)
    return cannot_write(folder, ready.error());
  questions::RunOptions options;
  options.framing = file.framing;
  options.solve = solve_options(request, session);
  options.progress = session.progress;
  const questions::Run run = questions::run(file.accounts, options);
  Outcome outcome = std::move(file.outcome);
  outcome.answer = std::make_shared<nlohmann::ordered_json>(report::run_results(run, file.manifest));
  look_for_contradictions(request, outcome);  // before anything is written
  nlohmann::ordered_json whole = {{"schema", "parley.run/1"}};
  whole.update(*outcome.answer);
  const std::string page = outcome.text.empty() ? report::page(whole) : outcome.text;
  const bool interrupted = run.stopped && !session.time_is_over();
  for (const auto& account : run.accounts)
    for (auto& warning : report::not_answered(account.columns, run.stopped))
      outcome.diagnostics.push_back(std::move(warning));
  // What Ctrl-C left half done never replaces a report that is whole.
  if (interrupted && std::filesystem::exists(std::filesystem::path(folder) / kResults)) {
    outcome.text =
        page + fmt::format("\nStopped: not written, {} stays as it was\n", report::as_text(folder));
  } else {
    const report::FolderFiles files = files_of(page, whole);
    session.answer_goes_out();
    const auto written = report::write_folder(folder, files);
    outcome.text = page;
    if (written) {
      outcome.text +=
          fmt::format("\nWritten: {0}/{1} and {0}/{2}\n", report::as_text(folder), kReport, kResults);
    } else {  // the work is done: its answer is printed all the same
      const Outcome failed = cannot_write(folder, written.error());
      outcome.diagnostics.insert(outcome.diagnostics.end(), failed.diagnostics.begin(),
                                 failed.diagnostics.end());
      outcome.exit = kEnvironment;
    }
  }
  if (run.stopped && session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (interrupted && outcome.exit == kOk) outcome.exit = kStopped;
  return outcome;
}

}  // namespace parley::cli
