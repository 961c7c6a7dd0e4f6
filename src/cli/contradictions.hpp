// SPDX-License-Identifier: MIT
// What the front does with an answer that contradicts itself, whichever command gave it.
#pragma once
#include "cli/command.hpp"

namespace parley::cli {

/// Adds the key `contradictions` to the answer. Where there is one: what clashes is withdrawn, the text
/// becomes a report of the fault, and a warning says so. The exit code stays, unless the environment variable
/// PARLEY_CONTRADICTIONS is `fail` (tests, fuzzing): then it is kEnvironment. Looks once at each outcome.
void look_for_contradictions(const Request& request, Outcome& outcome);

}  // namespace parley::cli
