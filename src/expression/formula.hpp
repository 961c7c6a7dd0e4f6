// SPDX-License-Identifier: MIT
// A condition bound to finite variables: what logic and the lenses see. Variables are numbered by whoever
// owns the problem; the levels of variable v are 0 .. size(v)-1.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace parley::expression {

/// A set of levels of one variable, of any size.
class LevelSet {
 public:
  LevelSet() = default;
  explicit LevelSet(int size, bool full = false);
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] bool has(int level) const {
    return level >= 0 && level < size_ &&
           ((words_[static_cast<std::size_t>(level) / 64] >> (level % 64)) & 1U);
  }
  void add(int level);
  void remove(int level);
  [[nodiscard]] int count() const;
  [[nodiscard]] LevelSet complement() const;
  friend bool operator==(const LevelSet&, const LevelSet&) = default;

 private:
  int size_ = 0;
  std::vector<std::uint64_t> words_;
};

struct Formula {
  enum class Kind : std::uint8_t { constant, atom, all, any, negation };
  Kind kind = Kind::constant;
  bool value = true;  ///< of constant
  int variable = -1;  ///< of atom: true iff the variable's level is in `levels`
  LevelSet levels;    ///< of atom
  std::vector<Formula>
      parts;  ///< of all, any (any number; empty all = true, empty any = false), negation (1)

  static Formula constant(bool value);
  static Formula atom(int variable, LevelSet levels);
  static Formula all(std::vector<Formula> parts);
  static Formula any(std::vector<Formula> parts);
  static Formula negation(Formula part);
  static Formula implies(Formula condition, Formula consequence);
  friend bool operator==(const Formula&, const Formula&) = default;
};

/// The slow interpreter: the meaning of a formula, and the oracle of every lowering.
/// Precondition: levels[v] is a level of v for every variable that the formula names.
[[nodiscard]] bool holds(const Formula& formula, std::span<const int> levels);

/// The variables that the formula names, ascending, each once.
[[nodiscard]] std::vector<int> touched(const Formula& formula);

}  // namespace parley::expression
