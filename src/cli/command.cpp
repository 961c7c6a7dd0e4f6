// SPDX-License-Identifier: MIT
#include "cli/command.hpp"

#include <algorithm>

namespace parley::cli {

std::optional<std::string> Request::option(const std::string& name) const {
  const auto found =
      std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == name; });
  if (found == options.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> Request::values(const std::string& flag) const {
  const auto found = flags.find(flag);
  return found == flags.end() ? std::vector<std::string>() : found->second;
}

Outcome failure(int exit, std::string code, std::string message, std::string hint, std::string file) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.file = std::move(file);
  Outcome outcome;
  outcome.exit = exit;
  outcome.diagnostics.push_back(std::move(diagnostic));
  return outcome;
}

}  // namespace parley::cli
