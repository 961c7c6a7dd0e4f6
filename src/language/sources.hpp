// SPDX-License-Identifier: MIT
// Quotes against the text of their source.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "account/account.hpp"
#include "language/codes.hpp"

namespace parley::language {

/// Typographic quotation marks, apostrophes, dashes and kinds of blank put into one form; white space folded.
[[nodiscard]] std::string normalised(std::string_view text);

/// Every quote of `source` must stand verbatim (normalised) in `text`; where `text` is an index of sentences
/// (each line `S12 ...`, optionally `S12 [P3] ...`), in the sentence under whose number it is filed, and
/// every one of `origins` (`from:` of rows and heads) must cite a sentence that the index has. A quote that
/// is nowhere comes with the nearest words of the text and their line.
void check_quotes(const account::Row& source, std::string_view text,
                  std::span<const account::Field* const> origins, Report& report);

}  // namespace parley::language
