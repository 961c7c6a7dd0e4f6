// SPDX-License-Identifier: MIT
// A foreign problem as an account of one's own to go on with.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "foreign/conflict.hpp"
#include "foreign/genius.hpp"
#include "foreign/import_conflict.hpp"
#include "foreign/recognise.hpp"
#include "foreign/scenario_wizard.hpp"
#include "language/read.hpp"
#include "language/value.hpp"
#include "report/markdown.hpp"
#include "report/whole_file.hpp"

namespace parley::cli {
namespace {

namespace fs = std::filesystem;

Outcome no_words(const std::string& path, std::string why, std::string hint) {
  return failure(kBadInput, "no-words", std::move(why), std::move(hint), path);
}

Outcome written(const Request& request, const Session& session, Outcome outcome,
                const foreign::ImportedAccount& imported) {
  if (!request.output.empty()) {
    session.answer_goes_out();
    std::error_code error;
    if (fs::exists(fs::symlink_status(request.output, error)))
      return failure(kEnvironment, "cannot-write",
                     "something of that name is there already; it is left as it is", "take another PATH",
                     request.output);
    if (const auto done = report::write_file(request.output, imported.text); !done)
      return failure(kEnvironment, "cannot-write", done.error(), "", request.output);
    (*outcome.answer)["written"] = request.output;
    const std::string focus =
        imported.needs_focus ? fmt::format(" --focus {}", fmt::join(imported.issues, ",")) : "";
    outcome.text = fmt::format("Written: {0}\n\n  parley check {0}\n  parley stability {0}{1}\n",
                               report::as_text(request.output), focus);
  } else {
    (*outcome.answer)["text"] = imported.text;
    outcome.text = imported.text;
  }
  return outcome;
}

Outcome import_conflict(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  foreign::ConflictReading reading = foreign::read_conflict(path);
  Outcome outcome;
  outcome.diagnostics = std::move(reading.diagnostics);
  if (!reading.ok()) {
    outcome.exit = kBadInput;
    return outcome;
  }
  const std::string name = foreign::id_of(fs::path(path).stem().string(), "imported", &language::is_free_id);
  auto imported = foreign::conflict_account(reading.game, *reading.space, name,
                                            fs::path(path).filename().string(), &language::is_free_id);
  if (!imported)
    return no_words(path, imported.error(),
                    fmt::format("`parley stability {}` works on the file as it is", path));
  // What is handed on is an account, by the judgement of the language itself.
  const auto read = language::read_texts({{name + ".yaml", imported->text}});
  if (!read.ok())  // its places would be those of a file that is never written
    return no_words(
        path,
        fmt::format("the account that was made of it is not accepted: {}", read.diagnostics.front().message),
        fmt::format("`parley stability {}` works on the file as it is; please report this file", path));
  for (const std::string& what : imported->left_out) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "left-out";
    warning.file = path;
    warning.message = "the account does not say " + what;
    outcome.diagnostics.push_back(std::move(warning));
  }
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  *outcome.answer = {{"kind", "conflict"},
                     {"account", name},
                     {"decision_makers", imported->actors},
                     {"issues", imported->issues},
                     {"states", reading.space->count()},
                     {"situations", imported->situations.size()},
                     {"focus", imported->needs_focus ? imported->issues : std::vector<std::string>()},
                     {"rows", read.base.rows.size()},
                     {"has_present", imported->has_present}};
  return written(request, session, std::move(outcome), *imported);
}

}  // namespace

Outcome run_import(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  std::error_code error;
  if (!fs::exists(path, error))
    return failure(kBadInput, "no-file", "there is no such file or folder", "", path);
  if (foreign::recognise_conflict(path)) return import_conflict(request, session);
  if (foreign::recognise_genius(path) != foreign::Genius::none) {
    const std::string missing = foreign::missing_of_genius(path);
    return no_words(
        path,
        "a Genius problem has no present: an account's packages are agreements against one, and what "
        "everybody gets without an agreement follows from it",
        missing.empty() ? fmt::format("`parley deals {}` works on the folder as it is", path) : missing);
  }
  const auto kind = foreign::recognise_foreign(path);
  if (kind && kind->command == "consistency")
    return no_words(
        path, "an account has signs and no judgements of strength between variants, which is what this is",
        fmt::format("`parley consistency {}` works on the file as it is", path));
  if (!kind && foreign::holds_account(path))
    return no_words(path, "this is an account already", fmt::format("`parley check {}` reads it", path));
  return no_words(path,
                  kind ? fmt::format("this is {}, which cannot be imported", kind->what)
                       : "this is nothing that can be imported",
                  kind && !kind->hint.empty() ? kind->hint
                                              : "what can be imported is a conflict in JSON: an option-form "
                                                "file (.gmcr) or a conflict case, docs/foreign-formats.md");
}

}  // namespace parley::cli
