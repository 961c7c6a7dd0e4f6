// SPDX-License-Identifier: MIT
// A first account to write over.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/templates.hpp"
#include "expression/nearest.hpp"
#include "language/read.hpp"
#include "report/markdown.hpp"
#include "report/whole_file.hpp"

namespace parley::cli {
namespace {

namespace fs = std::filesystem;

/// NAME, folder/NAME or NAME.yaml: where the file goes.
fs::path place_of(const Request& request) {
  fs::path path = request.output.empty() ? request.files.front() : request.output;
  const std::string ending = path.extension().string();
  if (request.output.empty() && ending != ".yaml" && ending != ".yml") path += ".yaml";
  return path;
}

/// The account's name: NAME without folders and ending.
std::string name_of(const Request& request) {
  const fs::path path = fs::path(request.files.front()).filename();
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" ? path.stem().string() : path.string();
}

const Template* find_template(const std::string& name) {
  for (const Template& form : templates())
    if (form.name == name) return &form;
  return nullptr;
}

Outcome unknown_template(const std::string& name) {
  std::vector<std::string> known;
  for (const Template& form : templates()) known.push_back(form.name);
  const auto near = expression::nearest(name, known);
  return failure(
      kBadUsage, "unknown-template", fmt::format("there is no template `{}`", name),
      near ? fmt::format("did you mean {}?", *near) : fmt::format("known: {}", fmt::join(known, ", ")));
}

}  // namespace

Outcome run_new(const Request& request, const Session&) {
  const auto wanted = request.values("template");
  const Template* form = find_template(wanted.empty() ? templates().front().name : wanted.front());
  if (form == nullptr) return unknown_template(wanted.front());
  const std::string name = name_of(request), text = filled(*form, name);
  // The language itself says whether NAME can be one.
  if (!language::read_texts({{"new.yaml", text}}).ok())
    return failure(kBadUsage, "bad-name", fmt::format("an account cannot be called `{}`", name),
                   "a name has the letters a to z, digits, -, _ and ., and is no word of the language such "
                   "as `yes` or `and`");
  const std::string path = place_of(request).string();
  std::error_code error;
  if (fs::exists(fs::symlink_status(path, error)))
    return failure(kEnvironment, "cannot-write",
                   "something of that name is there already; it is left as it is",
                   request.output.empty() ? "take another NAME, or write it elsewhere with -o PATH"
                                          : "give another path with -o PATH",
                   path);
  if (const auto written = report::write_file(path, text); !written)
    return failure(kEnvironment, "cannot-write", written.error(), "", path);
  Outcome outcome;
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  *outcome.answer = {{"written", path}, {"account", name}, {"template", form->name}};
  outcome.text = fmt::format(
      "Written: {0}\n\nIt is an account of an invented dispute, ready to run. Next:\n\n"
      "  parley check {0}     what is wrong, what is silent, which input is worth having\n"
      "  parley run {0}       the page\n\n"
      "Then put your own actors, issues and sentences in its place. docs/tutorial.md goes through it.\n",
      report::as_text(path));
  return outcome;
}

}  // namespace parley::cli
