// SPDX-License-Identifier: MIT
// Text of the input in Markdown. Pages are Markdown, and what they are made of comes from accounts, foreign
// files and names of files, which may hold anything. Nothing of it is ever markup: a page takes it through
// inert(), which puts stand-ins (characters that no text holds) in the place of what would be read as markup,
// and ends in markdown(), which writes them as they are shown: `\*`, `&lt;`, in code the character itself.
// Characters that mark nothing where they stand (`_` inside a word, a lone `&`) stay as they are.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace parley::report {

/// One line of text of the input. Words in single backticks stay code where they are letters, digits and
/// signs of ids; everything else that Markdown or HTML would read as markup becomes a stand-in. Done twice it
/// changes nothing more.
[[nodiscard]] std::string inert(std::string_view text);
/// Every key and every text of it.
[[nodiscard]] nlohmann::ordered_json inert_json(const nlohmann::ordered_json& json);

/// A name of a foreign file, or of a file: inert, also at the beginning of a line, and `?` for every
/// character that cannot be seen.
[[nodiscard]] std::string inert_name(const std::string& name);
/// The same, written out: for a line beside a page.
[[nodiscard]] std::string as_text(const std::string& name);

/// The word as it may stand at the beginning of a line: what would begin a list, a heading, a quotation, a
/// table or a rule there gets a stand-in. `within`: the line goes on with a paragraph.
[[nodiscard]] std::string at_line_start(std::string word, bool within);

/// The page with its stand-ins written out. Links, images and HTML are never written by pages themselves:
/// what looks like one is made inert here, too. Done twice it changes nothing more.
[[nodiscard]] std::string markdown(std::string_view page);

/// The character behind a stand-in; 0 of every other character.
[[nodiscard]] char stands_for(char32_t point);

}  // namespace parley::report
