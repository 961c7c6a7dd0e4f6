// SPDX-License-Identifier: MIT
// A message to the analyst: where, what, why, and the nearest thing that would have been right.
#pragma once
#include <string>
#include <vector>

#include "expression/place.hpp"

namespace parley {

enum class Severity { error, warning, note };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;     ///< stable, kebab-case: "unknown-name", "unordered-comparison"; one text test each
  std::string message;  ///< what is wrong, one sentence
  std::string hint;     ///< what was expected, the nearest name; may be empty
  Place place;
  std::string file;  ///< path as given
};

}  // namespace parley
