// SPDX-License-Identifier: MIT
// Characters that deceive: those that cannot be seen, and those that look like a sign of the language and are
// none. For messages that name them, and for what is printed.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::expression {

/// The rule for ids, levels and choices, for the hints of messages.
inline constexpr std::string_view kNameRule =
    "names are made of the letters a to z and A to Z, digits, `-`, `_` and `.`";

/// The code point at `at` and its width in bytes; width 0 where the bytes are not UTF-8.
struct Decoded {
  char32_t point = 0;
  std::size_t width = 0;
};
[[nodiscard]] Decoded decode(std::string_view text, std::size_t at);
[[nodiscard]] std::string utf8_of(char32_t point);

/// Characters that are not seen, or that change how the text around them is seen: controls, marks of
/// direction, zero-width characters, tags, fillers, separators of lines; blanks and line feeds are none. The
/// joiners and variation selectors are none behind `before`, the character in front of them, of a script or a
/// sign that uses them.
[[nodiscard]] bool unseen(char32_t point, char32_t before = 0);

/// A blank that is not the plain one: a no-break space, a thin space, an ideographic space, ...
[[nodiscard]] bool strange_blank(char32_t point);

/// `U+00A0 (a no-break space)`; the number alone where the character has no name here.
[[nodiscard]] std::string character_words(char32_t point);

/// What was probably meant, in ASCII: quotation marks, dashes, blanks, full-width signs, letters without
/// their marks. Nothing where there is no such thing.
[[nodiscard]] std::optional<std::string> plain(char32_t point);

/// The same for a text; characters without such a thing stay.
[[nodiscard]] std::string plain_text(std::string_view text);

/// The first character that is not printable ASCII; `offset` in code points.
struct StrangeCharacter {
  std::size_t offset = 0;
  char32_t point = 0;
};
[[nodiscard]] std::optional<StrangeCharacter> strange_character(std::string_view text);

/// What to say of the first strange character of a text: which one it is, and what to write instead. Empty
/// where there is none.
[[nodiscard]] std::string strange_words(std::string_view text);

/// Without what cannot be seen; bytes that are not UTF-8 become `?`.
[[nodiscard]] std::string without_unseen(std::string_view text);

/// A text in UTF-16 with a byte order mark as UTF-8; `wrong` where it breaks off or holds half a pair.
struct FromUtf16 {
  std::string text;
  bool wrong = false;
};
[[nodiscard]] bool has_utf16_mark(std::string_view bytes);
[[nodiscard]] FromUtf16 from_utf16(std::string_view bytes);
/// The mark that bytes in UTF-16 lack: half of the first of them are zero, and always the same half. Empty
/// where there is one, and of anything else.
[[nodiscard]] std::string_view missing_utf16_mark(std::string_view bytes);
[[nodiscard]] bool has_utf32_mark(std::string_view bytes);
/// The bytes of a file as UTF-8: from UTF-16 with its mark or without; everything else as it is. `wrong`
/// where UTF-16 breaks off.
[[nodiscard]] FromUtf16 from_file(std::string bytes);
/// With LF where a line ends in a CR alone, as old programs write it.
[[nodiscard]] std::string plain_line_ends(std::string text);

}  // namespace parley::expression
