// SPDX-License-Identifier: MIT
// How much memory there is, and a limit for this program.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace parley::cli {

/// What the machine has, or its cgroup (versions 1 and 2) allows, in bytes; 0 where neither can be told.
[[nodiscard]] std::uint64_t machine_memory();

/// Three quarters of that.
[[nodiscard]] std::uint64_t default_memory_limit();

/// `800M`, `2G`, `1.5GB`, `4000000000`: bytes; K, M, G and T are powers of 1024. At least 64 MB. Nothing
/// where the text is no such size.
[[nodiscard]] std::optional<std::uint64_t> read_size(const std::string& text);

/// The least that the system allows the program by limits of its own (`ulimit -v`, `ulimit -d`) before
/// limit_memory() sets one, in bytes; 0 where there is none.
[[nodiscard]] std::uint64_t system_memory_limit();

/// Is there less room left under `ulimit -v` than under the limit on what is allocated? For the moment in
/// which memory has run out: nothing is allocated.
[[nodiscard]] bool address_space_is_short();

/// "1.5 GB"
[[nodiscard]] std::string size_words(std::uint64_t bytes);

/// From now on memory beyond `bytes` is refused by the system (RLIMIT_DATA: what a process allocates, its
/// threads' stacks included). A lower limit that is there already stays. False where nothing could be set.
bool limit_memory(std::uint64_t bytes);

}  // namespace parley::cli
