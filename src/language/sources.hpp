// SPDX-License-Identifier: MIT
// Quotes against the text of their source.
#pragma once
#include <string>
#include <string_view>

#include "account/account.hpp"
#include "language/codes.hpp"

namespace parley::language {

/// Typographic quotation marks, apostrophes, dashes and kinds of blank put into one form; white space folded.
[[nodiscard]] std::string normalised(std::string_view text);

/// Every quote of the source `row` must stand verbatim (normalised) in `text`; where `text` is an index of
/// sentences (each line `S12 ...`, optionally `S12 [P3] ...`), in the sentence under whose number it is
/// filed.
void check_quotes(const account::Row& row, std::string_view text, Report& report);

}  // namespace parley::language
