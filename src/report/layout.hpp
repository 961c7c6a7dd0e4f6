// SPDX-License-Identifier: MIT
// Text layout: Markdown that also reads well in a terminal.
#pragma once
#include <string>
#include <vector>

namespace parley::report {

/// Width in code points: enough for the scripts that accounts are written in so far.
[[nodiscard]] std::size_t width_of(const std::string& text);
/// The same of what is shown of a text with stand-ins (markdown.hpp).
[[nodiscard]] std::size_t shown_width(const std::string& text);
/// A table with aligned columns. Cells must hold no line breaks; a bar in a cell is printed as a slash.
[[nodiscard]] std::string table(const std::vector<std::string>& head,
                                const std::vector<std::vector<std::string>>& rows);
/// Paragraph broken at `width` columns; continuation lines start with `indent` spaces. No line of it begins
/// a list, a heading, a quotation, a table or a rule.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t width = 110, std::size_t indent = 0);
[[nodiscard]] std::string bullet(const std::string& text);
/// "a, b and c"
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace parley::report
