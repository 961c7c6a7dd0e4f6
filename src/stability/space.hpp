// SPDX-License-Identifier: MIT
// The states of a game: which exist, what they are called, and which levels they have.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

#include "stability/problem.hpp"

namespace parley::stability {

class Space {
 public:
  /// The error is one sentence: something does not fit together, or a limit of problem.hpp was passed.
  [[nodiscard]] static tl::expected<Space, std::string> make(const GraphGame& game);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] long long number(State state) const {
    return numbers_.empty() ? static_cast<long long>(state) : numbers_[state];
  }
  [[nodiscard]] std::optional<State> find(long long number) const;
  /// Level of an issue; -1 where it is not defined (explicit states without levels, states merged over it).
  [[nodiscard]] int level(State state, std::size_t issue) const;
  [[nodiscard]] bool has_levels() const { return has_levels_; }

  /// Option form: no state was merged, every state is one vector of levels.
  [[nodiscard]] bool plain() const { return plain_; }
  /// Option form: every vector of levels is a state (number(s) == s).
  [[nodiscard]] bool whole() const { return plain_ && numbers_.empty(); }
  /// Option form: feasible vectors, ascending, and the state of each (empty where it is the position).
  [[nodiscard]] std::size_t vectors() const { return raws_.empty() ? count_ : raws_.size(); }
  [[nodiscard]] std::uint64_t vector_at(std::size_t i) const {
    return !raws_.empty() ? raws_[i] : static_cast<std::uint64_t>(number(static_cast<State>(i)));
  }
  [[nodiscard]] State state_of_vector(std::size_t i) const {
    return classes_.empty() ? static_cast<State>(i) : classes_[i];
  }
  [[nodiscard]] std::uint64_t stride(std::size_t issue) const { return strides_[issue]; }

 private:
  static tl::expected<Space, std::string> explicit_form(const GraphGame& game);
  void merge(const GraphGame& game);
  [[nodiscard]] int digit(std::uint64_t code, std::size_t issue) const {
    if (shifts_[issue] >= 0) return static_cast<int>(code >> shifts_[issue] & (sizes_[issue] - 1));
    return static_cast<int>(code / strides_[issue] % sizes_[issue]);
  }

  std::size_t count_ = 0;
  bool plain_ = false, has_levels_ = false;
  std::vector<std::uint64_t> strides_, sizes_;
  std::vector<int> shifts_;           ///< log2 of the stride where it and the size are powers of two, else -1
  std::vector<long long> numbers_;    ///< empty: number == position
  std::vector<std::uint64_t> raws_;   ///< merged spaces: every feasible vector
  std::vector<State> classes_;        ///< merged spaces: its state
  std::vector<std::int16_t> levels_;  ///< explicit and merged: states x issues
  std::unordered_map<long long, State> find_;
};

/// Does a vector of levels match every literal?
[[nodiscard]] bool matches(const Pattern& pattern, std::span<const int> levels);

}  // namespace parley::stability
