// SPDX-License-Identifier: MIT
#include "expression/formula.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace parley::expression {

LevelSet::LevelSet(int size, bool full) : size_(std::max(size, 0)) {
  words_.assign((static_cast<std::size_t>(size_) + 63) / 64, full ? ~std::uint64_t{0} : 0);
  if (full && size_ % 64 != 0) words_.back() = (std::uint64_t{1} << (size_ % 64)) - 1;
}

void LevelSet::add(int level) {
  if (level < 0 || level >= size_) return;
  words_[static_cast<std::size_t>(level) / 64] |= std::uint64_t{1} << (level % 64);
}

void LevelSet::remove(int level) {
  if (level < 0 || level >= size_) return;
  words_[static_cast<std::size_t>(level) / 64] &= ~(std::uint64_t{1} << (level % 64));
}

int LevelSet::count() const {
  int sum = 0;
  for (const std::uint64_t word : words_) sum += std::popcount(word);
  return sum;
}

LevelSet LevelSet::complement() const {
  LevelSet result(size_, true);
  for (std::size_t i = 0; i < words_.size(); ++i) result.words_[i] &= ~words_[i];
  return result;
}

Formula Formula::constant(bool value) {
  Formula formula;
  formula.value = value;
  return formula;
}

Formula Formula::atom(int variable, LevelSet levels) {
  Formula formula;
  formula.kind = Kind::atom;
  formula.variable = variable;
  formula.levels = std::move(levels);
  return formula;
}

Formula Formula::all(std::vector<Formula> parts) {
  Formula formula;
  formula.kind = Kind::all;
  formula.parts = std::move(parts);
  return formula;
}

Formula Formula::any(std::vector<Formula> parts) {
  Formula formula;
  formula.kind = Kind::any;
  formula.parts = std::move(parts);
  return formula;
}

Formula Formula::negation(Formula part) {
  Formula formula;
  formula.kind = Kind::negation;
  formula.parts.push_back(std::move(part));
  return formula;
}

Formula Formula::implies(Formula condition, Formula consequence) {
  std::vector<Formula> parts;
  parts.push_back(negation(std::move(condition)));
  parts.push_back(std::move(consequence));
  return any(std::move(parts));
}

bool holds(const Formula& formula, std::span<const int> levels) {
  switch (formula.kind) {
    case Formula::Kind::constant:
      return formula.value;
    case Formula::Kind::atom:
      return formula.levels.has(levels[static_cast<std::size_t>(formula.variable)]);
    case Formula::Kind::all:
      return std::all_of(formula.parts.begin(), formula.parts.end(),
                         [&](const Formula& part) { return holds(part, levels); });
    case Formula::Kind::any:
      return std::any_of(formula.parts.begin(), formula.parts.end(),
                         [&](const Formula& part) { return holds(part, levels); });
    case Formula::Kind::negation:
      return !holds(formula.parts.front(), levels);
  }
  return false;
}

namespace {
void collect(const Formula& formula, std::vector<int>& found) {
  if (formula.kind == Formula::Kind::atom) found.push_back(formula.variable);
  for (const Formula& part : formula.parts) collect(part, found);
}
}  // namespace

std::vector<int> touched(const Formula& formula) {
  std::vector<int> found;
  collect(formula, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace parley::expression
