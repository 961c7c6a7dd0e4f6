// SPDX-License-Identifier: MIT
#include "expression/tokens.hpp"

#include <fmt/format.h>

#include <array>

namespace parley::expression {
namespace {

bool name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Bytes of the code point that begins at `at`; 1 where the bytes are not UTF-8.
std::size_t width_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t width = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (lead >= 0xF8 || at + width > text.size()) return 1;
  for (std::size_t i = 1; i < width; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) return 1;
  return width;
}

std::string shown(std::string_view piece) {
  if (piece.size() > 1) return std::string(piece);
  const auto byte = static_cast<unsigned char>(piece[0]);
  if (byte >= 0x20 && byte < 0x7F) return std::string(piece);
  return fmt::format("byte 0x{:02X}", byte);
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    tokens_.push_back({Token::Kind::end, "", "", point_, 0});
    return std::move(tokens_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (blank(c)) {
      ++at_;
      ++point_;
    } else if (name_byte(c)) {
      word();
    } else if (!sign()) {
      strange();
    }
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && name_byte(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] == '%') ++at_;
    Token token{Token::Kind::word, std::string(text_.substr(begin, at_ - begin)), "", point_, 0};
    token.length = static_cast<std::uint32_t>(at_ - begin);
    token.lower = token.text;
    for (char& c : token.lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    point_ += token.length;
    tokens_.push_back(std::move(token));
  }

  bool sign() {
    static constexpr std::array<std::string_view, 12> kSigns = {">=", "<=", "==", "!=", "&&", "||",
                                                                "(",  ")",  ",",  ">",  "<",  "="};
    for (const std::string_view sign : kSigns)
      if (text_.substr(at_, sign.size()) == sign) {
        const auto length = static_cast<std::uint32_t>(sign.size());
        tokens_.push_back({Token::Kind::sign, std::string(sign), std::string(sign), point_, length});
        at_ += sign.size();
        point_ += length;
        return true;
      }
    return false;
  }

  void strange() {
    const std::size_t width = width_at(text_, at_);
    const bool follows = !tokens_.empty() && tokens_.back().kind == Token::Kind::strange &&
                         tokens_.back().offset + tokens_.back().length == point_;
    if (follows) {
      ++tokens_.back().length;  // one message for a stretch, showing its first character
    } else {
      tokens_.push_back({Token::Kind::strange, shown(text_.substr(at_, width)), "", point_, 1});
    }
    at_ += width;
    ++point_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t point_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) { return Scanner(text).run(); }

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += width_at(text, at)) ++count;
  return count;
}

}  // namespace parley::expression
