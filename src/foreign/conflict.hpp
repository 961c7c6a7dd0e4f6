// SPDX-License-Identifier: MIT
// Conflicts in JSON: the option-form file of gmcr-py (`.gmcr`) and the conflict-case file (option form or an
// explicit graph). Semantics: docs/foreign-formats.md.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "expression/diagnostic.hpp"
#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::foreign {

struct ConflictReading {
  stability::GraphGame game;
  std::optional<stability::Space> space;  ///< there when the file can be used
  std::vector<Diagnostic> diagnostics;

  [[nodiscard]] bool ok() const { return space.has_value(); }
};

/// Is it a conflict, by content: a JSON object with a key `decisionMakers` or `decision_makers` in its first
/// 64 KiB, or any JSON object in a file called .gmcr?
[[nodiscard]] bool recognise_conflict(const std::filesystem::path& path);

[[nodiscard]] ConflictReading read_conflict(const std::filesystem::path& path);

/// The same from a text. `path` is how messages name it.
[[nodiscard]] ConflictReading read_conflict_text(const std::string& path, const std::string& text);

}  // namespace parley::foreign
