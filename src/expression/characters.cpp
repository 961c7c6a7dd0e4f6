// SPDX-License-Identifier: MIT
#include "expression/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace parley::expression {
namespace {

struct Range {
  char32_t first, last;
};
constexpr std::array<Range, 20> kUnseen = {
    {{0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},
     {0x17B4, 0x17B5}, {0x180E, 0x180E}, {0x200B, 0x200B},   {0x200E, 0x200F},   {0x2028, 0x202E},
     {0x2060, 0x206F}, {0x2800, 0x2800}, {0x3164, 0x3164},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},
     {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}}};

struct Named {
  char32_t point;
  std::string_view words, plain;
};
/// Those that editors, word processors and keyboards put in place of a sign.
constexpr std::array<Named, 63> kNamed = {{{0x9, "a tab", " "},
                                           {0xA0, "a no-break space", " "},
                                           {0xAB, "a quotation mark", "\""},
                                           {0xAC, "a sign for `not`", "not"},
                                           {0xAD, "a soft hyphen", ""},
                                           {0xB4, "an acute accent", "'"},
                                           {0xB7, "a middle dot", "."},
                                           {0xBB, "a quotation mark", "\""},
                                           {0x61C, "a mark that turns the direction of the text", ""},
                                           {0x1680, "a strange space", " "},
                                           {0x2000, "an en quad", " "},
                                           {0x2001, "an em quad", " "},
                                           {0x2002, "an en space", " "},
                                           {0x2003, "an em space", " "},
                                           {0x2004, "a strange space", " "},
                                           {0x2005, "a strange space", " "},
                                           {0x2006, "a strange space", " "},
                                           {0x2007, "a figure space", " "},
                                           {0x2008, "a punctuation space", " "},
                                           {0x2009, "a thin space", " "},
                                           {0x200A, "a hair space", " "},
                                           {0x200B, "a zero-width space", ""},
                                           {0x200C, "a zero-width non-joiner", ""},
                                           {0x200D, "a zero-width joiner", ""},
                                           {0x200E, "a mark that turns the direction of the text", ""},
                                           {0x200F, "a mark that turns the direction of the text", ""},
                                           {0x2010, "a hyphen that is not the plain one", "-"},
                                           {0x2011, "a no-break hyphen", "-"},
                                           {0x2012, "a figure dash", "-"},
                                           {0x2013, "an en dash", "-"},
                                           {0x2014, "an em dash", "-"},
                                           {0x2015, "a long dash", "-"},
                                           {0x2018, "a curly quotation mark", "'"},
                                           {0x2019, "a curly quotation mark", "'"},
                                           {0x201A, "a curly quotation mark", "'"},
                                           {0x201C, "a curly quotation mark", "\""},
                                           {0x201D, "a curly quotation mark", "\""},
                                           {0x201E, "a curly quotation mark", "\""},
                                           {0x2024, "a dot that is not the plain one", "."},
                                           {0x2026, "three dots in one character", "..."},
                                           {0x2028, "a line separator", " "},
                                           {0x2029, "a paragraph separator", " "},
                                           {0x202F, "a narrow no-break space", " "},
                                           {0x203A, "a quotation mark like `>`", ">"},
                                           {0x205F, "a mathematical space", " "},
                                           {0x2060, "a word joiner", ""},
                                           {0x2192, "an arrow", ">"},
                                           {0x2212, "a minus sign", "-"},
                                           {0x2227, "a sign for `and`", "and"},
                                           {0x2228, "a sign for `or`", "or"},
                                           {0x223C, "a sign like `=`", "="},
                                           {0x2260, "a sign for `is not`", "is not"},
                                           {0x2264, "a sign for `at most`", "<="},
                                           {0x2265, "a sign for `at least`", ">="},
                                           {0x227B, "a sign for `is better than`", ">"},
                                           {0x227D, "a sign for `is at least as good as`", ">="},
                                           {0x2A7D, "a sign for `at most`", "<="},
                                           {0x2A7E, "a sign for `at least`", ">="},
                                           {0x3000, "an ideographic space", " "},
                                           {0x3001, "an ideographic comma", ","},
                                           {0x3002, "an ideographic full stop", "."},
                                           {0xFEFF, "a byte order mark", ""}}};

const Named* named(char32_t point) {
  const auto found = std::lower_bound(kNamed.begin(), kNamed.end(), point,
                                      [](const Named& entry, char32_t p) { return entry.point < p; });
  return found != kNamed.end() && found->point == point ? &*found : nullptr;
}

/// Letters without their marks, `-` for none: the Unicode blocks from this code point on.
constexpr char32_t kLatin = 0xC0, kMoreLatin = 0x1CD, kAdditional = 0x1E00;
constexpr std::string_view kLatinLetters =
    "A A A A A A AE C E E E E I I I I D N O O O O O - O U U U U Y Th ss a a a a a a ae c e e e e i i "
    "i i d n o o o o o - o u u u u y th y A a A a A a C c C c C c C c D d D d E e E e E e E e E e G "
    "g G g G g G g H h H h I i I i I i I i I i IJ ij J j K k k L l L l L l L l L l N n N n N n n N n "
    "O o O o O o OE oe R r R r R r S s S s S s S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z "
    "Z z Z z s ";
constexpr std::string_view kMoreLatinLetters =
    "A a I i O o U u U u U u U u U u - A a A a - - - - G g K k O o O o - - j DZ Dz dz G g - - N n A "
    "a - - - - A a A a E e E e I i I i O o O o R r R r U u U u S s T t - - H h ";
constexpr std::string_view kAdditionalLetters =
    "A a B b B b B b C c D d D d D d D d D d E e E e E e E e E e F f G g H h H h H h H h H h I i I i "
    "K k K k K k L l L l L l L l M m M m M m N n N n N n N n O o O o O o O o P p P p R r R r R r R r "
    "S s S s S s S s S s T t T t T t T t U u U u U u U u U u V v V v W w W w W w W w W w X x X x Y y "
    "Z z Z z Z z h t w y a s - - SS - A a A a A a A a A a A a A a A a A a A a A a A a E e E e E e E "
    "e E e E e E e E e I i I i O o O o O o O o O o O o O o O o O o O o O o O o U u U u U u U u U u U "
    "u U u Y y Y y Y y Y y - - - - - - ";

/// The n-th word of a list with blanks between them; empty behind its end and for `-`.
std::string_view word_at(std::string_view list, std::size_t n) {
  for (; n > 0; --n) {
    const std::size_t blank = list.find(' ');
    if (blank == std::string_view::npos) return "";
    list.remove_prefix(blank + 1);
  }
  list = list.substr(0, list.find(' '));
  return list == "-" ? "" : list;
}

std::string_view letters_of(char32_t point) {
  if (point >= kAdditional && point < 0x1F00) return word_at(kAdditionalLetters, point - kAdditional);
  if (point >= kMoreLatin && point < 0x220) return word_at(kMoreLatinLetters, point - kMoreLatin);
  if (point >= kLatin && point < 0x180) return word_at(kLatinLetters, point - kLatin);
  return "";
}

bool combining(char32_t point) { return point >= 0x300 && point < 0x370; }

std::uint32_t unit_at(std::string_view bytes, std::size_t at, bool little) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  return little ? byte(at) | (byte(at + 1) << 8U) : (byte(at) << 8U) | byte(at + 1);
}

}  // namespace

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + width > text.size()) return {};
  char32_t point = lead & (0x7FU >> width);
  for (std::size_t i = 1; i < width; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (width == 3 && point < 0x800) || (width == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) return {};
  return {point, width};
}

std::string utf8_of(char32_t point) {
  std::string out;
  const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12));
    byte(0x80U | ((point >> 6) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18));
    byte(0x80U | ((point >> 12) & 0x3FU));
    byte(0x80U | ((point >> 6) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
  return out;
}

bool unseen(char32_t point, char32_t before) {
  if (point < 0x20) return point != '\t' && point != '\n';
  const bool joins = point == 0x200C || point == 0x200D, selects = point >= 0xFE00 && point <= 0xFE0F;
  if (joins || selects) return before < 0x600 && !(selects && before > 0xA0);
  if ((point & 0xFFFE) == 0xFFFE) return true;
  if (point >= 0xE0000 && point <= 0xE0FFF) return true;
  return std::any_of(kUnseen.begin(), kUnseen.end(),
                     [&](const Range& range) { return point >= range.first && point <= range.last; });
}

bool strange_blank(char32_t point) {
  const Named* entry = named(point);
  return entry != nullptr && point != '\t' && entry->plain == " " && !unseen(point);
}

std::string character_words(char32_t point) {
  const std::string number = fmt::format("U+{:04X}", static_cast<unsigned>(point));
  if (const Named* entry = named(point)) return fmt::format("{} ({})", number, entry->words);
  if (point >= 0xFF01 && point <= 0xFF5E)
    return fmt::format("{} (a full-width `{}`)", number, static_cast<char>(point - 0xFF01 + '!'));
  if (const auto letters = letters_of(point); !letters.empty())
    return fmt::format("{} (`{}`)", number, utf8_of(point));
  if (combining(point)) return fmt::format("{} (a mark over the letter in front of it)", number);
  if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069))
    return fmt::format("{} (a mark that turns the direction of the text)", number);
  return number;
}

std::optional<std::string> plain(char32_t point) {
  if (point < 0x80 && point >= 0x20) return std::string(1, static_cast<char>(point));
  if (const Named* entry = named(point)) return std::string(entry->plain);
  if (point >= 0xFF01 && point <= 0xFF5E) return std::string(1, static_cast<char>(point - 0xFF01 + '!'));
  if (const auto letters = letters_of(point); !letters.empty()) return std::string(letters);
  if (combining(point) || unseen(point)) return "";
  return std::nullopt;
}

std::string plain_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, width] = decode(text, at);
    const auto meant = width == 0 ? std::nullopt : plain(point);
    result += meant ? *meant : std::string(text.substr(at, std::max<std::size_t>(width, 1)));
    at += std::max<std::size_t>(width, 1);
  }
  return result;
}

std::optional<StrangeCharacter> strange_character(std::string_view text) {
  std::size_t offset = 0;
  for (std::size_t at = 0; at < text.size(); ++offset) {
    const auto [point, width] = decode(text, at);
    if (width != 1 || point < 0x20 || point >= 0x7F) return StrangeCharacter{offset, point};
    at += width;
  }
  return std::nullopt;
}

std::string strange_words(std::string_view text) {
  const auto strange = strange_character(text);
  if (!strange) return "";
  const std::string words = character_words(strange->point);
  const auto meant = plain(strange->point);
  if (!meant) return fmt::format("here stands {}", words);
  if (*meant == " ") return fmt::format("here stands {}; write a plain blank", words);
  if (meant->empty()) return fmt::format("here stands {}; delete it", words);
  return fmt::format("here stands {}; write `{}`", words, *meant);
}

std::string without_unseen(std::string_view text) {
  std::string result;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, width] = decode(text, at);
    if (width == 0) {
      result += '?';
      ++at;
      continue;
    }
    if (!unseen(point, before)) {
      result += text.substr(at, width);
      before = point;
    }
    at += width;
  }
  return result;
}

bool has_utf32_mark(std::string_view bytes) {
  return bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) ||
         bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

std::string_view missing_utf16_mark(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  if (bytes.size() < 4 || has_utf16_mark(bytes) || has_utf32_mark(bytes)) return "";
  const std::size_t units = std::min(bytes.size(), kLooked) / 2;
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < units; ++i) {
    even += bytes[2 * i] == '\0' ? 1 : 0;
    odd += bytes[2 * i + 1] == '\0' ? 1 : 0;
  }
  if (even == 0 && 2 * odd >= units && bytes[1] == '\0') return "\xFF\xFE";
  if (odd == 0 && 2 * even >= units && bytes[0] == '\0') return "\xFE\xFF";
  return "";
}

FromUtf16 from_file(std::string bytes) {
  bytes.insert(0, missing_utf16_mark(bytes));
  if (!has_utf16_mark(bytes)) return {std::move(bytes), false};
  return from_utf16(bytes);
}

std::string plain_line_ends(std::string text) {
  for (std::size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') text[at] = '\n';
  return text;
}

bool has_utf16_mark(std::string_view bytes) {
  return !has_utf32_mark(bytes) && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"));
}

FromUtf16 from_utf16(std::string_view bytes) {
  FromUtf16 result;
  const bool little = bytes.starts_with("\xFF\xFE");
  result.text.reserve(bytes.size());
  std::size_t at = 2;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit_at(bytes, at, little);
    if (point >= 0xD800 && point < 0xE000) {
      const char32_t second = at + 3 < bytes.size() ? unit_at(bytes, at + 2, little) : 0;
      if (point >= 0xDC00 || second < 0xDC00 || second > 0xDFFF) {
        result.wrong = true;
        point = 0xFFFD;
      } else {
        point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
        at += 2;
      }
    }
    result.text += utf8_of(point);
  }
  result.wrong = result.wrong || at < bytes.size();
  return result;
}

}  // namespace parley::expression
