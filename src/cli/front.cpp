// SPDX-License-Identifier: MIT
#include "cli/front.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/contradictions.hpp"
#include "cli/deadline.hpp"
#include "cli/help.hpp"
#include "cli/interrupt.hpp"
#include "cli/last_words.hpp"
#include "cli/memory.hpp"
#include "cli/output.hpp"
#include "expression/nearest.hpp"
#include "report/diagnostics.hpp"
#include "report/whole_file.hpp"

#ifndef PARLEY_VERSION
#define PARLEY_VERSION "unknown"
#endif

namespace parley::cli {
namespace {

bool contains(const std::vector<std::string>& words, const char* word) {
  return std::find(words.begin(), std::find(words.begin(), words.end(), "--"), word) !=
         std::find(words.begin(), words.end(), "--");
}

/// Prints an outcome and returns the exit code, which is 3 when printing itself fails.
int finish(const std::string& command, const Outcome& outcome, bool json) {
  for (const Diagnostic& diagnostic : outcome.diagnostics)
    if (!json || diagnostic.severity == Severity::error) complain(report::diagnostic_text(diagnostic));
  const std::string text = json ? json_object(command, outcome) : report::visible(outcome.text);
  LastWords::answer_goes_out();
  const Printed printed = print(text);
  if (printed == Printed::failed) complain("parley: error: cannot write to standard output\n");
  return exit_after(printed, outcome.exit);
}

/// What is wrong with a whole file or folder is said at its first line, so that every message about the input
/// has a line to go to.
void give_lines(Outcome& outcome) {
  if (outcome.exit == kEnvironment || outcome.exit == kBadUsage) return;
  for (Diagnostic& diagnostic : outcome.diagnostics)
    if (!diagnostic.file.empty() && diagnostic.place.line == 0)
      diagnostic.place.line = diagnostic.place.column = 1;
}

int usage_error(const std::string& command, const UsageError& error, bool json) {
  return finish(command, failure(kBadUsage, "usage", error.message, error.hint), json);
}

int unknown_command(const std::string& name, bool json) {
  const auto& planned = planned_commands();
  if (std::find(planned.begin(), planned.end(), name) != planned.end())
    return usage_error(
        name, {fmt::format("`parley {}` is not built yet", name), "`parley --help` lists what is"}, json);
  std::vector<std::string> known;
  for (const Command& command : commands()) known.push_back(command.name);
  const auto near = expression::nearest(name, known);
  const std::string hint =
      near ? fmt::format("did you mean `parley {}`?", *near) : "`parley --help` lists them";
  return usage_error("", {fmt::format("there is no command `{}`", name), hint}, json);
}

/// Where a stop came before any part of an answer.
Outcome nothing_finished() {
  Outcome outcome;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = interrupted().load() ? "stopped" : "time-limit";
  warning.message = fmt::format("{} before any part of the answer was finished",
                                interrupted().load() ? "stopped by Ctrl-C" : "the time limit ended the work");
  warning.hint = "a longer --time-limit, fewer --draws, or a smaller input; nothing was written to a file";
  outcome.diagnostics.push_back(std::move(warning));
  outcome.answer = std::make_shared<nlohmann::ordered_json>(nlohmann::ordered_json{{"complete", false}});
  outcome.nothing_finished = true;
  outcome.text = fmt::format("Nothing was finished: {}.\n", outcome.diagnostics.front().message);
  return outcome;
}

/// An answer that a stop cut short says so, in JSON by `complete` where it has no such key of its own.
void say_that_it_is_a_part(const Session& session, Outcome& outcome) {
  if (!session.control.stopped() || (outcome.exit != kOk && outcome.exit != kStopped)) return;
  if (outcome.answer && outcome.answer->is_object() && !outcome.answer->contains("complete"))
    (*outcome.answer)["complete"] = false;
  if (outcome.text.empty())
    outcome.text = "The work was stopped before any part of the answer was finished.\n";
}

Outcome run_guarded(const Command& command, const Request& request) {
  Progress progress;
  Session session;
  session.cancel = &interrupted();
  session.progress = [&progress](double share) { progress.show(share); };
  session.answer_goes_out = LastWords::answer_goes_out;
  Outcome outcome;
  try {
    const Deadline deadline(&interrupted(), request.time_limit);
    session.control = Control(deadline.token(), &session.progress);
    outcome = command.run(request, session);
    if (command.solves) look_for_contradictions(request, outcome);
    say_that_it_is_a_part(session, outcome);
  } catch (const Stopped&) {
    outcome = nothing_finished();
  } catch (const std::system_error& error) {
    outcome = failure(kEnvironment, "machine", fmt::format("the machine failed: {}", error.what()),
                      "fewer --threads, or a machine that is less busy");
  } catch (const std::exception& error) {
    outcome = failure(kEnvironment, "internal-error", fmt::format("internal error: {}", error.what()),
                      "this is a fault of parley: please report it with the input");
  }
  progress.done();
  if (interrupted().load() && outcome.exit == kOk) outcome.exit = kStopped;
  return outcome;
}

/// -o PATH that cannot be written, found before the work.
Outcome refused_output(const Command& command, const Request& request) {
  if (command.writes_output || request.output.empty()) return {};
  const auto ready = report::prepare_file(request.output);
  if (ready) return {};
  return failure(kEnvironment, "cannot-write", ready.error(), "name another file with -o", request.output);
}

/// What Ctrl-C left half done never replaces an answer.
bool holds_an_answer(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) > 0;
}

void write_answer(const Command& command, const Request& request, Outcome& outcome) {
  if (command.writes_output || request.output.empty() || !outcome.answer || outcome.nothing_finished) return;
  if (outcome.exit == kStopped && holds_an_answer(request.output)) {
    Diagnostic note;
    note.severity = Severity::warning;
    note.code = "stopped";
    note.file = request.output;
    note.message = "stopped by Ctrl-C: the answer that stands there is left as it was";
    outcome.diagnostics.push_back(std::move(note));
    return;
  }
  std::string text = json_object(command.name, outcome);
  text.insert(text.find('\n', 2) + 1, outcome.file_members);  // behind the line of the schema
  LastWords::answer_goes_out();
  const auto written = report::write_file(request.output, text);
  if (written) return;  // the answer is printed all the same
  const Outcome failed = failure(kEnvironment, "cannot-write", written.error(), "", request.output);
  outcome.diagnostics.insert(outcome.diagnostics.end(), failed.diagnostics.begin(), failed.diagnostics.end());
  outcome.exit = kEnvironment;
}

int run_command(const Command& command, const std::vector<std::string>& arguments) {
  const bool json = contains(arguments, "--json");
  if (contains(arguments, "--help") || contains(arguments, "-h"))
    return exit_after(print(command_help(command)), kOk);
  const auto request = read_arguments(command, arguments);
  if (!request) return usage_error(command.name, request.error(), json);
  const std::uint64_t memory = request->memory_limit > 0 ? request->memory_limit : default_memory_limit();
  const std::uint64_t system_limit = system_memory_limit();
  LastWords last_words({command.name, request->json, limit_memory(memory) ? memory : 0, system_limit,
                        request->output.empty() ? command.default_output : request->output});
  last_words.watch(interrupted(), request->time_limit);
  if (const Outcome refused = refused_output(command, *request); refused.exit != kOk)
    return finish(command.name, refused, request->json);
  Outcome outcome = run_guarded(command, *request);
  give_lines(outcome);
  write_answer(command, *request, outcome);
  return finish(command.name, outcome, request->json);
}

int dispatch(const std::vector<std::string>& words) {
  watch_interrupts();
  if (words.empty()) {
    complain(program_help());
    return kBadUsage;
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h" || first == "help") {
    const Command* command = words.size() > 1 ? find_command(words[1]) : nullptr;
    return exit_after(print(command ? command_help(*command) : program_help()), kOk);
  }
  if (first == "--version") return exit_after(print("parley " PARLEY_VERSION "\n"), kOk);
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  const bool json = contains(words, "--json");
  if (first.empty() || first[0] == '-')
    return usage_error(
        "", {fmt::format("the command comes first, not `{}`", first), "parley COMMAND FILE [flags]"}, json);
  const Command* command = find_command(first);
  return command ? run_command(*command, rest) : unknown_command(first, json);
}

}  // namespace

int run(const std::vector<std::string>& words) {
  try {
    return dispatch(words);
  } catch (const std::bad_alloc&) {
    complain("parley: error: there is not enough memory for this [out-of-memory]\n");
  } catch (const std::exception& error) {
    complain(fmt::format("parley: error: internal error: {}\n", error.what()));
  }
  return kEnvironment;
}

}  // namespace parley::cli
