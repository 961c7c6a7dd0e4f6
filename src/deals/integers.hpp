// SPDX-License-Identifier: MIT
// The exact integers that a run computes in: the narrowest kind that no sum of the problem can overflow.
#pragma once
#include <gmpxx.h>

#include <cstdint>

namespace parley::deals {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

/// Largest magnitude, in bits, that sums may reach in each kind; above the second only mpz_class will do.
inline constexpr int kBits64 = 61;
inline constexpr int kBits128 = 125;

template <class Number>
Number to_number(const mpz_class& z);

template <>
inline std::int64_t to_number<std::int64_t>(const mpz_class& z) {
  return z.get_si();
}

template <>
inline Int128 to_number<Int128>(const mpz_class& z) {
  const mpz_class magnitude = abs(z);
  const mpz_class high = magnitude >> 64;
  const auto low = static_cast<UInt128>(mpz_class(magnitude - (high << 64)).get_ui());
  const auto value = static_cast<Int128>((static_cast<UInt128>(high.get_ui()) << 64) | low);
  return z < 0 ? -value : value;
}

template <>
inline mpz_class to_number<mpz_class>(const mpz_class& z) {
  return z;
}

inline mpz_class to_mpz(std::int64_t value) { return {static_cast<long>(value)}; }
inline mpz_class to_mpz(const mpz_class& value) { return value; }
inline mpz_class to_mpz(Int128 value) {
  const UInt128 magnitude = value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
  mpz_class z = static_cast<unsigned long>(magnitude >> 64);
  z <<= 64;
  z += static_cast<unsigned long>(magnitude);
  return value < 0 ? mpz_class(-z) : z;
}

inline double as_double(std::int64_t value) { return static_cast<double>(value); }
inline double as_double(Int128 value) { return static_cast<double>(value); }
inline double as_double(const mpz_class& value) { return value.get_d(); }

}  // namespace parley::deals
