// SPDX-License-Identifier: MIT
#include "expression/quantity.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "expression/nearest.hpp"
#include "expression/to_double.hpp"
#include "property.hpp"

namespace parley::expression {
namespace {

Quantity read(const std::string& text) {
  std::string why;
  const auto quantity = read_quantity(text, &why);
  EXPECT_TRUE(quantity.has_value()) << text << ": " << why;
  return quantity.value_or(Quantity{});
}

std::string refused(const std::string& text) {
  std::string why;
  EXPECT_FALSE(read_quantity(text, &why).has_value()) << text;
  return why;
}

TEST(Quantity, NumbersAndUnits) {
  EXPECT_EQ(read("5").low, 5);
  EXPECT_EQ(read("5").high, 5);
  EXPECT_EQ(read("5%").low, mpq_class(1, 20));
  EXPECT_EQ(read("5 %").unit, "%");
  EXPECT_EQ(read("5 per cent").low, mpq_class(1, 20));
  EXPECT_EQ(read("3 weeks").unit, "week");
  EXPECT_EQ(read("1,250,000 barrels a day").low, 1250000);
  EXPECT_EQ(read("1,250,000 barrels a day").unit, "barrels a day");
  EXPECT_EQ(read("-2.5").low, -2.5);
  EXPECT_EQ(read(" 5 ").text, " 5 ");
}

/// 0.1 + 0.2 is 0.3, and three thirds are 1: nothing passes through binary fractions.
TEST(Quantity, NumbersAreExact) {
  EXPECT_EQ(read("0.1").low + read("20%").low, read("30%").low);
  EXPECT_EQ(3 * read("1/3").low, 1);
  EXPECT_EQ(read("100/3%").low, mpq_class(1, 3));
  EXPECT_EQ(read("6 days to 2 weeks").low, mpq_class(6, 7));
  const std::string digits(60, '3');
  EXPECT_EQ(read("0." + digits).low * mpz_class("1" + std::string(60, '0')), mpz_class(digits));
  for (const char* text : {"1/0", "1/", "/3", "1/2/3", "1/-2", "1/0.0", "1//2"}) refused(text);
}

TEST(Exact, NumbersArePrintedWholeWhereTheyAreShort) {
  const auto text = [](const char* words) {
    return expression::number_text(*expression::exact_number(words));
  };
  EXPECT_EQ(text("0.30"), "0.3");
  EXPECT_EQ(text("-0.05"), "-0.05");
  EXPECT_EQ(text("1200"), "1200");
  EXPECT_EQ(text("2/6"), "1/3");
  EXPECT_EQ(text("0"), "0");
  EXPECT_EQ(expression::number_text(mpq_class(0.1)), "0.1");
  for (const double each : {0.1, 0.3, 0.95, 1e-3, -0.7})
    EXPECT_EQ(expression::to_double(*expression::exact_number(fmt::format("{}", each))), each);
  EXPECT_EQ(expression::to_double(mpq_class(1, 3)), 1.0 / 3);
  EXPECT_EQ(expression::exact_number("1e5"), std::nullopt);
  EXPECT_EQ(expression::exact_number("nan"), std::nullopt);
  EXPECT_EQ(expression::exact_number("."), std::nullopt);
  EXPECT_EQ(expression::exact_number(""), std::nullopt);
}

TEST(Quantity, Ranges) {
  const Quantity range = read("30% to 40%");
  EXPECT_EQ(range.low, mpq_class(3, 10));
  EXPECT_EQ(range.high, mpq_class(2, 5));
  EXPECT_EQ(read("30 to 40%").low, mpq_class(3, 10));
  EXPECT_EQ(read("1 to 12 months").high, 12);
  EXPECT_EQ(read("between 1 and 2 years").unit, "year");
  EXPECT_EQ(read("6 months to 3 years").low, mpq_class(1, 2));
  EXPECT_EQ(read("6 months to 3 years").high, 3);
  EXPECT_EQ(read("6 months to 3 years").unit, "year");
  EXPECT_EQ(read("between 4 weeks and 6 weeks").low, 4);
  EXPECT_NE(refused("6 months to 3 tons").find("the second is not"), std::string::npos);
  EXPECT_NE(refused("6 years to 3 weeks").find("reversed"), std::string::npos);
  EXPECT_FALSE(range.no_low || range.no_high || range.low_open || range.high_open);
}

TEST(Quantity, OneSided) {
  const Quantity more = read("more than 70%");
  EXPECT_EQ(more.low, mpq_class(7, 10));
  EXPECT_TRUE(more.low_open && more.no_high && !more.no_low);
  const Quantity less = read("less than 3 weeks");
  EXPECT_EQ(less.high, 3);
  EXPECT_TRUE(less.high_open && less.no_low && !less.no_high);
  EXPECT_TRUE(read("at least 2").no_high && !read("at least 2").low_open);
  EXPECT_TRUE(read("at most 5").no_low);
  EXPECT_TRUE(read("up to 5").no_low);
}

TEST(Quantity, Words) {
  EXPECT_EQ(read("Likely").low, mpq_class(11, 20));
  EXPECT_EQ(read("Likely").high, mpq_class(4, 5));
  EXPECT_EQ(read("roughly even odds").words, "roughly even chance");
  EXPECT_EQ(read("unlikely to very likely").words, "unlikely to very likely");
  EXPECT_EQ(read("unlikely to very likely").high, mpq_class(19, 20));
  EXPECT_EQ(read("falling").trend, Quantity::Trend::falling);
  EXPECT_TRUE(read("unknown").unknown);
}

TEST(Quantity, WhatIsNoneOfTheseIsRefusedWithAReason) {
  EXPECT_THAT(refused(""), ::testing::HasSubstr("a quantity is expected"));
  EXPECT_THAT(refused("40% to 30%"), ::testing::HasSubstr("reversed"));
  EXPECT_THAT(refused("30%-40%"), ::testing::HasSubstr("write a range as `30% to 40%`"));
  EXPECT_THAT(refused("1e999"), ::testing::HasSubstr("no number"));
  EXPECT_THAT(refused("nan"), ::testing::HasSubstr("no number"));
  EXPECT_THAT(refused("inf"), ::testing::HasSubstr("no number"));
  EXPECT_THAT(refused("about 5"), ::testing::HasSubstr("`about`"));
  EXPECT_THAT(refused("30% to"), ::testing::HasSubstr("at the end"));
  EXPECT_THAT(refused("30% to 40"), ::testing::HasSubstr("in %"));
  EXPECT_THAT(refused("5 6"), ::testing::HasSubstr("not understood"));
  EXPECT_THAT(refused("5% of all"), ::testing::HasSubstr("not understood"));
  EXPECT_THAT(refused("very likely to unlikely"), ::testing::HasSubstr("reversed"));
  EXPECT_THAT(refused("between likely and remote"), ::testing::HasSubstr("reversed"));
  EXPECT_THAT(refused("likely to 80%"),
              ::testing::HasSubstr("`likely` is a likelihood word and `80%` is none"));
  EXPECT_THAT(refused("likely to verry likely"), ::testing::HasSubstr("did you mean `very likely`?"));
  for (const char* cut :
       {"between", "between ", "to", "between to", "between and", "and", "%", " %", "percent", "per cent"})
    EXPECT_NE(refused(cut), "") << cut;
  EXPECT_THAT(refused("unlikly"), ::testing::HasSubstr("did you mean `unlikely`?"));
  EXPECT_THAT(refused("5\xE2\x80\x93"
                      "6 %"),
              ::testing::HasSubstr("U+2013 (an en dash); a range is written with `to`"));
  EXPECT_THAT(refused("\xE2\x89\xA5 5%"), ::testing::HasSubstr("write `at least ...`"));
  EXPECT_THAT(refused("<= 5%"), ::testing::HasSubstr("write `at most ...`"));
  EXPECT_THAT(refused("5 - 6%"), ::testing::HasSubstr("written with `to`"));
  EXPECT_THAT(refused("\xEF\xBC\x95%"), ::testing::HasSubstr("U+FF15 (a full-width `5`); write `5`"));
  EXPECT_THAT(refused("\xE2\x88\x92"
                      "5"),
              ::testing::HasSubstr("U+2212 (a minus sign); write `-`"));
  EXPECT_THAT(refused("1,00"), ::testing::HasSubstr("no number"));
  EXPECT_THAT(refused("between 5"), ::testing::HasSubstr("two numbers"));
  EXPECT_THAT(refused(std::string(201, '1')), ::testing::HasSubstr("at most 200"));
}

TEST(Quantity, BlanksInFrontOfPercentAndItsWordsChangeNothing) {
  for (const char* text :
       {"5 % to 6 %", "5\xC2\xA0% to 6\xE2\x80\xAF%", "5 percent to 6 per cent", "between 5 % and 6 %"}) {
    const auto read = read_quantity(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->low, mpq_class(1, 20)) << text;
    EXPECT_EQ(read->high, mpq_class(3, 50)) << text;
    EXPECT_EQ(read->unit, "%") << text;
  }
  const auto words = read_quantity("between unlikely and likely");
  ASSERT_TRUE(words);
  EXPECT_EQ(words->low, mpq_class(1, 5));
  EXPECT_EQ(words->high, mpq_class(4, 5));
  EXPECT_TRUE(read_quantity("3 km\xC2\xB2"));  // letters and signs of units pass
}

TEST(Quantity, AnyTextIsReadOrRefusedWithAReason) {
  ASSERT_TRUE(parley::testing::holds_for(2000, [](const std::string& text) {
    std::string why;
    const auto quantity = read_quantity(text, &why);
    RC_ASSERT(quantity.has_value() != !why.empty());
  }));
}

TEST(Nearest, CountsInsertDeleteReplaceAndSwap) {
  EXPECT_EQ(edit_distance("abc", "abc", 3), 0);
  EXPECT_EQ(edit_distance("abc", "acb", 3), 1);
  EXPECT_EQ(edit_distance("abc", "ac", 3), 1);
  EXPECT_EQ(edit_distance("", "abcd", 3), 4);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3);
}

/// The textbook table, whole.
int slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(Nearest, EqualsTheWholeTableUpToTheCap) {
  ASSERT_TRUE(parley::testing::holds_for(20'000, [] {
    const auto word = [] {
      return *rc::gen::resize(12, rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc"))));
    };
    const std::string a = word(), b = word();
    const int cap = *rc::gen::inRange(0, 6);
    RC_ASSERT(edit_distance(a, b, cap) == std::min(slow_distance(a, b), cap + 1));
  }));
}

TEST(Nearest, FindsTheNameThatWasMeant) {
  const std::vector<std::string> names = {"israel", "iran", "arab_states", "us"};
  EXPECT_EQ(nearest("isreal", names), "israel");
  EXPECT_EQ(nearest("Arab-States", names), "arab_states");
  EXPECT_EQ(nearest("iraq", names), "iran");
  EXPECT_EQ(nearest("pakistan", names), std::nullopt);
  EXPECT_EQ(nearest("x", names), std::nullopt);
}

}  // namespace
}  // namespace parley::expression
