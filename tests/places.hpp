// SPDX-License-Identifier: MIT
// Where the source tree and the program under test are; every test file includes this without saying so.
#pragma once

namespace parley_places {

/// Absolute paths.
const char* source_dir();
const char* binary();

/// Random cases are so many times fewer under the sanitizers, where each takes several times as long and
/// where memory is what is looked at; the full number runs without them.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr int kFewer = 4;
#else
inline constexpr int kFewer = 1;
#endif

}  // namespace parley_places

#define PARLEY_SOURCE_DIR (::parley_places::source_dir())
#define PARLEY_BINARY (::parley_places::binary())
