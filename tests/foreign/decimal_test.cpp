// SPDX-License-Identifier: MIT
#include "foreign/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace parley::foreign {
namespace {

TEST(Decimal, ReadsExactRationals) {
  EXPECT_EQ(read_decimal("0.1"), mpq_class(1, 10));
  EXPECT_EQ(read_decimal("0.85"), mpq_class(17, 20));
  EXPECT_EQ(read_decimal(" \t-3.50\n"), mpq_class(-7, 2));
  EXPECT_EQ(read_decimal("+12"), mpq_class(12));
  EXPECT_EQ(read_decimal("1."), mpq_class(1));
  EXPECT_EQ(read_decimal(".5"), mpq_class(1, 2));
  EXPECT_EQ(read_decimal("0"), mpq_class(0));
  EXPECT_EQ(read_decimal("-0.000"), mpq_class(0));
  EXPECT_EQ(read_decimal("0e9"), mpq_class(0));
  EXPECT_EQ(read_decimal("25e-1"), mpq_class(5, 2));
  EXPECT_EQ(read_decimal("2.5E+2"), mpq_class(250));
  EXPECT_EQ(read_decimal("1e60"), mpq_class(mpz_class("1" + std::string(60, '0'))));
  EXPECT_EQ(read_decimal("0000000000000000000000000000000000000000000000000001"), mpq_class(1));
}

TEST(Decimal, RefusesEverythingElse) {
  for (const char* text : {"",
                           " ",
                           ".",
                           "-",
                           "+",
                           "e5",
                           "-.e1",
                           "1e",
                           "1e+",
                           "1e-",
                           "1e--1",
                           "1e+-1",
                           "1e61",
                           "1e-61",
                           "1e999999999999",
                           "nan",
                           "NaN",
                           "inf",
                           "-Infinity",
                           "0x10",
                           "1_000",
                           "1,5",
                           "1 2",
                           "1d",
                           "1.2.3",
                           "--1",
                           "+-1",
                           "1e1.5",
                           "\xEF\xBC\x91",
                           "1\xC2\xA0"})
    EXPECT_FALSE(read_decimal(text)) << text;
  EXPECT_TRUE(read_decimal(std::string(40, '9')));
  EXPECT_FALSE(read_decimal(std::string(41, '9')));
  EXPECT_FALSE(read_decimal("0." + std::string(1'000'000, '0') + "1"));
  EXPECT_FALSE(read_decimal(std::string(1'000'000, '7')));
  EXPECT_FALSE(read_decimal(std::string("1\0", 2)));
}

TEST(Decimal, IntegersFit32Bits) {
  EXPECT_EQ(read_integer(" -5 "), -5);
  EXPECT_EQ(read_integer("+7"), 7);
  EXPECT_EQ(read_integer("2147483647"), 2147483647);
  for (const char* text : {"", "+", "-", "2147483648", "1.0", "1e3", "0x1", "++1", "+-1", "a"})
    EXPECT_FALSE(read_integer(text)) << text;
}

TEST(Decimal, DoublesComeBackAsWritten) {
  EXPECT_EQ(as_written(0.85), mpq_class(17, 20));
  EXPECT_EQ(as_written(1e-7), mpq_class(1, 10'000'000));
  EXPECT_EQ(as_written(-3), mpq_class(-3));
  EXPECT_FALSE(as_written(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(as_written(std::nan("")));
  EXPECT_FALSE(as_written(1e300));
}

RC_GTEST_PROP(Decimal, IsTheQuotientOfItsDigits, (int whole, unsigned fraction, bool negative)) {
  const unsigned part = fraction % 1'000'000;
  const long size = std::abs(static_cast<long>(whole));
  const std::string text = std::string(negative ? "-" : "") + std::to_string(size) + "." +
                           std::to_string(1'000'000 + part).substr(1);
  mpq_class expected(mpz_class(size) * 1'000'000 + part, 1'000'000);
  expected.canonicalize();
  RC_ASSERT(read_decimal(text) == (negative ? mpq_class(-expected) : expected));
}

}  // namespace
}  // namespace parley::foreign
