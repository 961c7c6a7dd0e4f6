// SPDX-License-Identifier: MIT
// The command line as a request, or what is wrong with it.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "cli/command.hpp"

namespace parley::cli {

/// What is wrong, in one sentence, and what would have been right (may be empty).
struct UsageError {
  std::string message;
  std::string hint;
};

/// `arguments` = everything after the command's name, without --help.
[[nodiscard]] tl::expected<Request, UsageError> read_arguments(const Command& command,
                                                               const std::vector<std::string>& arguments);

/// The flags that a command takes: its own, then the common ones. `output` is also `-o`, `help` also `-h`.
[[nodiscard]] std::vector<Flag> flags_of(const Command& command);

}  // namespace parley::cli
