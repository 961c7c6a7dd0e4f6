// SPDX-License-Identifier: MIT
// Diagnostics as people read them and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "expression/diagnostic.hpp"

namespace parley::report {

/// Text that is safe on a terminal: control characters become spaces or question marks.
[[nodiscard]] std::string printable(const std::string& text);
/// A text for the terminal, of several lines: what cannot be seen, or turns the direction of the text, is
/// `?`.
[[nodiscard]] std::string visible(const std::string& text);
/// JSON for the terminal: the same characters as escapes of JSON, which mean the same.
[[nodiscard]] std::string visible_json(const std::string& json);

/// `file:line:column: error: message [code]`, and the hint on a line of its own. Ends with a newline.
[[nodiscard]] std::string diagnostic_text(const Diagnostic& diagnostic);

/// [{file, line, column, severity, code, message, hint}] as DESIGN.md's JSON contract has it; line and column
/// are 0 where there is no place.
[[nodiscard]] nlohmann::ordered_json diagnostics_json(const std::vector<Diagnostic>& diagnostics);

}  // namespace parley::report
