// SPDX-License-Identifier: MIT
// From the words of the command line to the exit code.
#pragma once
#include <string>
#include <vector>

namespace parley::cli {

/// `words` = the arguments without the program's name. Never throws; returns one of the exit codes of
/// command.hpp.
[[nodiscard]] int run(const std::vector<std::string>& words);

}  // namespace parley::cli
