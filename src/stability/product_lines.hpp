// SPDX-License-Identifier: MIT
// How states of an option-form game stand in codes: each decision maker's choices in bits of their own, so
// that its moves from a state run along one line of the code, and one-way options split a line into sublines.
// Private to product.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "stability/product.hpp"

namespace parley::stability {

using Code = std::uint32_t;

/// Where the issues of a game stand in an internal code: grouped by owner, a whole number of bits each. Those
/// that nobody moves come last (most significant).
struct Fields {
  std::vector<int> shift, width;  // of each issue
  std::vector<int> owner_shift, owner_width;
  int bits = 0;
  bool in_file_order = true;  // an internal code is the number of the state
};

[[nodiscard]] Fields fields_of(const GraphGame& game);

/// The lines of one decision maker.
struct Mover {
  int shift = 0, width = 0;
  std::uint32_t sublines = 1;                    // of each line
  std::uint32_t room = 1;                        // states of a subline, at most
  std::vector<std::uint32_t> subline;            // of each choice
  std::vector<std::vector<std::uint32_t>> from;  // sublines that reach a subline, itself included
  std::vector<std::vector<std::uint32_t>> to;    // and those that it reaches

  [[nodiscard]] Code choice(Code s) const { return s >> shift & ((Code{1} << width) - 1); }
  [[nodiscard]] Code with(Code s, Code choice) const {
    return (s & ~(((Code{1} << width) - 1) << shift)) | choice << shift;
  }
  [[nodiscard]] Code line(Code s) const {
    return (s >> (shift + width)) << shift | (s & ((Code{1} << shift) - 1));
  }
  [[nodiscard]] Code some_state(Code line) const {
    return (line >> shift) << (shift + width) | (line & ((Code{1} << shift) - 1));
  }
};

/// Nothing: more than 2^20 pairs of sublines, of which one reaches the other.
[[nodiscard]] std::optional<Mover> mover_of(const GraphGame& game, const Fields& fields, std::size_t dm);

}  // namespace parley::stability
