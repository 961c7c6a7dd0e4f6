// SPDX-License-Identifier: MIT
// Ctrl-C as a flag that long work looks at.
#pragma once
#include <atomic>

namespace parley::cli {

/// From now on the first Ctrl-C sets the flag, so that the command ends with its answer so far; a second one
/// ends the program at once. A broken pipe becomes a failed write instead of a signal. Call once, before any
/// thread starts.
void watch_interrupts();

/// The flag; lives as long as the program.
[[nodiscard]] const std::atomic<bool>& interrupted();

}  // namespace parley::cli
