// SPDX-License-Identifier: MIT
// The messages of the language: the shape lives on the ground floor, so that foreign formats report alike.
#pragma once
#include "expression/diagnostic.hpp"

namespace parley::language {

using parley::Diagnostic;
using parley::Severity;

}  // namespace parley::language
