// SPDX-License-Identifier: MIT
// Where the source tree and the program under test are; every test file includes this without saying so.
#pragma once

namespace parley_places {

/// Absolute paths.
const char* source_dir();
const char* binary();

}  // namespace parley_places

#define PARLEY_SOURCE_DIR (::parley_places::source_dir())
#define PARLEY_BINARY (::parley_places::binary())
