// SPDX-License-Identifier: MIT
// The texts of --help.
#pragma once
#include <string>

#include "cli/command.hpp"

namespace parley::cli {

[[nodiscard]] std::string program_help();
[[nodiscard]] std::string command_help(const Command& command);

}  // namespace parley::cli
