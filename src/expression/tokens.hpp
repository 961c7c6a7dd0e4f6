// SPDX-License-Identifier: MIT
// The words and signs of an expression. Private to the parser.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::expression {

struct Token {
  enum class Kind { word, sign, strange, end } kind = Kind::end;
  std::string text;                      ///< as written; of `strange`: how to show it in a message
  std::string lower;                     ///< of word: in lower case
  std::uint32_t offset = 0, length = 0;  ///< in code points
};

/// Signs are ( ) , >= <= > < = == != && ||; anything else that is no word and no blank is one `strange` token
/// a stretch. The last token is `end`. Any bytes are taken; those that are not UTF-8 count as one code point
/// each.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text);

/// Number of code points (bytes that are not UTF-8 count as one each).
[[nodiscard]] std::size_t code_points(std::string_view text);

}  // namespace parley::expression
