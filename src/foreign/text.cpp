// SPDX-License-Identifier: MIT
#include "foreign/text.hpp"

#include <algorithm>

namespace parley::foreign {
namespace {

constexpr std::size_t kStride = 1024;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Goes over the byte at `i`: `line` and `column` become those of the byte behind it. A line ends in LF, CR
/// LF or CR.
void pass(std::string_view text, std::size_t i, std::uint32_t& line, std::uint32_t& column) {
  const char c = text[i];
  if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
    ++line;
    column = 1;
  } else if (!is_continuation(c)) {
    ++column;
  }
}

}  // namespace

Places::Places(std::string_view text) : text_(text) {
  marks_.reserve(text.size() / kStride + 1);
  Mark mark{1, 1};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) marks_.push_back(mark);
    pass(text, i, mark.line, mark.column);
  }
  if (text.size() % kStride == 0) marks_.push_back(mark);
}

Place Places::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  Mark mark = marks_[offset / kStride];
  for (std::size_t i = offset / kStride * kStride; i < offset; ++i) pass(text_, i, mark.line, mark.column);
  Place place;
  place.line = mark.line;
  place.column = mark.column;
  return place;
}

std::size_t first_bad_byte(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i), next = byte(i + 1);
    std::size_t length = 1;
    unsigned low = 0x80, high = 0xBF;
    if (lead == 0) return i;
    if (lead >= 0x80) {
      if (lead < 0xC2 || lead > 0xF4) return i;
      length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
      if (next < low || next > high) return i;
      for (std::size_t k = 2; k < length; ++k)
        if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

bool is_wide_text(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         text.starts_with(std::string_view("\0<", 2)) || text.starts_with(std::string_view("<\0", 2)) ||
         text.starts_with(std::string_view("{\0", 2)) || text.starts_with(std::string_view("\0\0", 2)) ||
         text.starts_with(std::string_view("\0{", 2));
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

}  // namespace parley::foreign
