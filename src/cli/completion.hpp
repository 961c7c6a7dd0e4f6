// SPDX-License-Identifier: MIT
// Completion scripts for shells, made from the table of commands.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace parley::cli {

[[nodiscard]] const std::vector<std::string>& completion_shells();

/// The script for one of completion_shells(), or nothing.
[[nodiscard]] std::optional<std::string> completion_script(const std::string& shell);

}  // namespace parley::cli
