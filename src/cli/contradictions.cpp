// SPDX-License-Identifier: MIT
#include "cli/contradictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "report/contradictions.hpp"
#include "report/markdown.hpp"
#include "worlds/random.hpp"

#ifndef PARLEY_VERSION
#define PARLEY_VERSION "unknown"
#endif

namespace parley::cli {
namespace {

constexpr std::size_t kContradictionsSaid = 10;

/// Of the files of the input, in the order of their names: so that whoever gets the report knows that it has
/// the same.
std::string hash_of_input(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& path : paths)
    if (std::filesystem::is_directory(path, error)) {
      for (const auto& entry : std::filesystem::directory_iterator(path, error))
        if (entry.is_regular_file(error)) files.push_back(entry.path());
    } else {
      files.emplace_back(path);
    }
  std::sort(files.begin(), files.end());
  std::stringstream text;
  for (const auto& file : files) text << std::ifstream(file, std::ios::binary).rdbuf();
  return fmt::format("{:016x}", worlds::key_of(text.str()));
}

std::string report_of(const Request& request, const std::vector<report::Contradiction>& found) {
  std::string text = "# Internal contradiction: this answer is withdrawn\n\n";
  text +=
      "Two parts of the answer deny each other. That is a fault of Parley and not of the input. Nothing of "
      "the "
      "answer should be relied on.\n\n";
  for (std::size_t i = 0; i < std::min(found.size(), kContradictionsSaid); ++i)
    text += fmt::format("- {} [{}] at {}\n", report::as_text(found[i].words), found[i].rule,
                        report::as_text(fmt::format("{}", fmt::join(found[i].where, " and "))));
  if (found.size() > kContradictionsSaid)
    text += fmt::format("- and {} more\n", found.size() - kContradictionsSaid);
  text += fmt::format(
      "\nPlease report it with the input and these lines.\n\n"
      "- version: {}\n- command: {}\n- input: hash {}\n- seed: {}\n- draws: {}\n",
      PARLEY_VERSION, request.command, hash_of_input(request.files), request.seed, request.draws);
  for (const auto& [name, value] : request.options)
    text += fmt::format("- option: {}={}\n", report::as_text(name), report::as_text(value));
  return text;
}

bool contradictions_fail() {
  const char* word = std::getenv("PARLEY_CONTRADICTIONS");
  return word != nullptr && std::string_view(word) == "fail";
}

}  // namespace

void look_for_contradictions(const Request& request, Outcome& outcome) {
  if (!outcome.answer || !outcome.answer->is_object() || outcome.answer->contains("contradictions")) return;
  const auto found = report::contradictions_in(*outcome.answer);
  (*outcome.answer)["contradictions"] = report::contradictions_json(found);
  if (found.empty()) return;
  report::withdraw(*outcome.answer, found);
  outcome.text = report_of(request, found);
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = "internal-contradiction";
  warning.message = fmt::format("this answer contradicts itself and is withdrawn: {}", found.front().words);
  warning.hint = "this is a fault of parley: please report it with the input";
  outcome.diagnostics.push_back(std::move(warning));
  if (contradictions_fail()) outcome.exit = kEnvironment;
}

}  // namespace parley::cli
