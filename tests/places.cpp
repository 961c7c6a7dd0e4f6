// SPDX-License-Identifier: MIT
#include "places.hpp"

namespace parley_places {

const char* source_dir() { return SOURCE_DIR; }
const char* binary() { return BINARY; }

}  // namespace parley_places
