// SPDX-License-Identifier: MIT
// The table of commands.
#pragma once
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace parley::cli {

/// The commands that are built, in the order of the help.
[[nodiscard]] const std::vector<Command>& commands();
[[nodiscard]] const Command* find_command(const std::string& name);

/// The folder of `run` without -o.
inline constexpr const char* kRunFolder = "parley-out";

/// Names that the command line keeps for later: calling one says so, and the help does not list it.
[[nodiscard]] const std::vector<std::string>& planned_commands();

// One function a command, each in its own file.
Outcome run_run(const Request& request, const Session& session);
Outcome run_check(const Request& request, const Session& session);
Outcome run_show(const Request& request, const Session& session);
Outcome run_deals(const Request& request, const Session& session);
Outcome run_new(const Request& request, const Session& session);
Outcome run_completion(const Request& request, const Session& session);
Outcome run_consistency(const Request& request, const Session& session);
Outcome run_compare(const Request& request, const Session& session);
Outcome run_ask(const Request& request, const Session& session);
Outcome run_sensitivity(const Request& request, const Session& session);
Outcome run_import(const Request& request, const Session& session);
Outcome run_stability(const Request& request, const Session& session);

/// The halves of `deals` and `stability` that read an account (a file or folder in Parley's own language).
Outcome run_account_deals(const Request& request, const Session& session);
Outcome run_account_stability(const Request& request, const Session& session);

}  // namespace parley::cli
