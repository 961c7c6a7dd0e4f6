// SPDX-License-Identifier: MIT
// Messages for people and for programs.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "language/diagnostic.hpp"
#include "language/read.hpp"

namespace parley::language {

/// Like a good compiler's, by file and place:
///
///     positions.yaml:12:9: error[unknown-name]: there is no `irn`
///       12 |     by: irn
///          |         ^^^
///          = did you mean `iran`?
///
/// `texts[i]` is the text of the file with Place::file i; without it the source line is left out. At most
/// kDiagnosticsPrinted messages are shown and the rest is counted; ends with a line that counts errors and
/// warnings. Empty when there is nothing to say.
[[nodiscard]] std::string diagnostics_text(std::span<const Diagnostic> diagnostics,
                                           std::span<const std::string> texts);
[[nodiscard]] std::string diagnostics_text(const Reading& reading);

/// [{`file`, `line`, `column`, `severity`, `code`, `message`, `hint`}], in the same order, all of them.
[[nodiscard]] nlohmann::json diagnostics_json(std::span<const Diagnostic> diagnostics);

}  // namespace parley::language
