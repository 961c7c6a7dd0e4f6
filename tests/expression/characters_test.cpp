// SPDX-License-Identifier: MIT
// Characters that deceive, and names that say the contrary.
#include "expression/characters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "expression/nearest.hpp"

namespace parley::expression {
namespace {

using ::testing::HasSubstr;

TEST(Characters, LookAlikesAreNamed) {
  EXPECT_EQ(character_words(0xA0), "U+00A0 (a no-break space)");
  EXPECT_EQ(character_words(0xFF0C), "U+FF0C (a full-width `,`)");
  EXPECT_EQ(character_words(0x202E), "U+202E (a mark that turns the direction of the text)");
  EXPECT_EQ(plain_text("caf\xC3\xA9 \xE2\x80\x9Copen\xE2\x80\x9D"), "cafe \"open\"");
  EXPECT_EQ(plain_text("cafe\xCC\x81"), "cafe");  // a letter and its mark apart
  EXPECT_EQ(plain_text("\xC3\x86r\xC3\xB8 \xE1\xBA\xBF \xC5\x82"), "AEro e l");
  EXPECT_EQ(plain_text("\xD0\xB4"), "\xD0\xB4");  // of another script: stays
  EXPECT_THAT(strange_words("a\xE2\x80\x93"
                            "b"),
              HasSubstr("U+2013 (an en dash); write `-`"));
  EXPECT_EQ(strange_words("plain"), "");
}

TEST(Characters, Utf16IsRecognisedWithoutItsMark) {
  const std::string text = "parley: 1\naccount: caf\xC3\xA9\n";
  for (const bool little : {true, false}) {
    std::string bytes;
    for (const char c : std::string("parley: 1\naccount: caf\xE9\n")) {
      bytes += little ? c : '\0';
      bytes += little ? '\0' : c;
    }
    EXPECT_EQ(missing_utf16_mark(bytes), little ? "\xFF\xFE" : "\xFE\xFF");
    EXPECT_EQ(from_file(bytes).text, text);
    EXPECT_EQ(from_file((little ? "\xFF\xFE" : "\xFE\xFF") + bytes).text, text);
    EXPECT_TRUE(from_file(bytes + "x").wrong);
  }
  for (const std::string& other : {text, std::string("a\0b", 3), std::string("\0\0\0\0", 4), std::string(),
                                   std::string("a\0\0\0b\0\0\0", 8), std::string("\xFF\xFE\0\0a\0\0\0", 8)}) {
    EXPECT_EQ(missing_utf16_mark(other), "");
    EXPECT_EQ(from_file(other).text, other);
  }
}

TEST(Characters, LineEndsOfOldPrograms) {
  EXPECT_EQ(plain_line_ends("a\rb\r\nc\nd\r"), "a\nb\r\nc\nd\n");
  EXPECT_EQ(plain_line_ends("\r\r\n"), "\n\r\n");
}

TEST(Characters, WhatCannotBeSeenIsLeftOut) {
  for (const char32_t point :
       {0x1B,    0x7,     0x7F,   0x9B,   0xAD,   0x61C,  0x200B, 0x2800, 0xFDD0, 0xFDEF, 0x1D173,
        0x13430, 0x1BCA0, 0x200E, 0x2028, 0x202E, 0x2060, 0x2066, 0x3164, 0xFEFF, 0xE0041}) {
    EXPECT_TRUE(unseen(point)) << std::hex << static_cast<unsigned>(point);
    EXPECT_EQ(without_unseen("a" + utf8_of(point) + "b"), "ab") << std::hex << static_cast<unsigned>(point);
  }
  for (const char32_t point : {0x20, 0xA0, 0xE9, 0x627, 0x4E2D, 0x1F600})
    EXPECT_FALSE(unseen(point)) << std::hex << static_cast<unsigned>(point);
  // Joiners are part of Persian words and of nothing in Latin letters.
  EXPECT_TRUE(unseen(0x200C, 'a'));
  EXPECT_FALSE(unseen(0x200C, 0x645));
  EXPECT_EQ(without_unseen("a\xFF"), "a?");
}

RC_GTEST_PROP(Characters, Utf16ComesBack, (const std::u16string& any, bool little)) {
  std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF", wanted;
  for (const char16_t c : any) {
    const unsigned unit = c >= 0xD800 && c < 0xE000 ? 0x20ACU : c;
    bytes += static_cast<char>(little ? unit & 0xFFU : unit >> 8U);
    bytes += static_cast<char>(little ? unit >> 8U : unit & 0xFFU);
    wanted += utf8_of(unit);
  }
  RC_PRE(!bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)));
  RC_ASSERT(has_utf16_mark(bytes));
  const auto read = from_utf16(bytes);
  RC_ASSERT(!read.wrong);
  RC_ASSERT(read.text == wanted);
  RC_ASSERT(from_utf16(bytes + "x").wrong);
}

TEST(Characters, PairsOfUtf16) {
  EXPECT_EQ(from_utf16(std::string_view("\xFF\xFE\x3D\xD8\x00\xDE", 6)).text, "\xF0\x9F\x98\x80");
  EXPECT_TRUE(from_utf16(std::string_view("\xFF\xFE\x3D\xD8", 4)).wrong);
  EXPECT_TRUE(from_utf16(std::string_view("\xFF\xFE\x00\xDE", 4)).wrong);
}

std::string offered(const std::string& name, std::vector<std::string> known) {
  return nearest(name, known).value_or("");
}

TEST(Nearest, NeverOffersTheContrary) {
  EXPECT_EQ(offered("unlikely", {"likely"}), "");
  EXPECT_EQ(offered("likely", {"unlikely"}), "");
  EXPECT_EQ(offered("makes_unlikely", {"makes_likely", "raises"}), "");
  EXPECT_EQ(offered("makes_unlikley", {"makes_likely"}), "");
  EXPECT_EQ(offered("not_sufficient", {"sufficient"}), "");
  EXPECT_EQ(offered("only-if", {"if"}), "");
  EXPECT_EQ(offered("if", {"only_if"}), "");
  EXPECT_EQ(offered("at_most", {"at_least"}), "");
  EXPECT_EQ(offered("north_road", {"south_road"}), "");
  EXPECT_EQ(offered("imports", {"exports"}), "");
  EXPECT_EQ(offered("oil-imports", {"oil_exports"}), "");
  EXPECT_EQ(offered("disarmed", {"armed"}), "");
  EXPECT_EQ(offered("impossible", {"possible"}), "");
  EXPECT_EQ(offered("majority", {"minority"}), "");
}

TEST(Nearest, StillFindsWhatWasMeant) {
  EXPECT_EQ(offered("unlikly", {"likely", "unlikely"}), "unlikely");
  EXPECT_EQ(offered("likly", {"unlikely", "likely"}), "likely");
  EXPECT_EQ(offered("makes_likly", {"makes_likely"}), "makes_likely");
  EXPECT_EQ(offered("onlyif", {"if", "only_if"}), "only_if");
  EXPECT_EQ(offered("nort_road", {"north_road"}), "north_road");
  EXPECT_EQ(offered("Unlikely", {"unlikely"}), "unlikely");
  EXPECT_EQ(offered("inspecton", {"inspection"}), "inspection");
}

}  // namespace
}  // namespace parley::expression
