// SPDX-License-Identifier: MIT
#include "expression/table.hpp"

#include <algorithm>

namespace parley::expression {
namespace {

using Bits = std::vector<std::uint64_t>;

/// Sets the bits begin .. end-1, a word at a time.
void set_range(Bits& bits, std::uint64_t begin, std::uint64_t end) {
  while (begin < end) {
    const std::uint64_t offset = begin % 64;
    const std::uint64_t width = std::min<std::uint64_t>(64 - offset, end - begin);
    const std::uint64_t ones = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    bits[begin / 64] |= ones << offset;
    begin += width;
  }
}

/// Evaluates a formula for every cell at once: one bit vector per subformula, joined word by word.
class Lowering {
 public:
  Lowering(const Table& table, std::span<const int> sizes) : table_(table), sizes_(sizes) {}

  [[nodiscard]] Bits cells(const Formula& formula) const {
    switch (formula.kind) {
      case Formula::Kind::constant:
        return filled(formula.value);
      case Formula::Kind::atom:
        return atom(formula);
      case Formula::Kind::all: {
        Bits result = filled(true);
        for (const Formula& part : formula.parts) {
          const Bits other = cells(part);
          for (std::size_t i = 0; i < result.size(); ++i) result[i] &= other[i];
        }
        return result;
      }
      case Formula::Kind::any: {
        Bits result = filled(false);
        for (const Formula& part : formula.parts) {
          const Bits other = cells(part);
          for (std::size_t i = 0; i < result.size(); ++i) result[i] |= other[i];
        }
        return result;
      }
      case Formula::Kind::negation: {
        Bits result = cells(formula.parts.front());
        for (std::uint64_t& word : result) word = ~word;
        trim(result);
        return result;
      }
    }
    return filled(false);
  }

 private:
  [[nodiscard]] Bits filled(bool value) const {
    Bits result((table_.cells + 63) / 64, value ? ~std::uint64_t{0} : 0);
    trim(result);
    return result;
  }

  void trim(Bits& bits) const {
    if (table_.cells % 64 != 0) bits.back() &= (std::uint64_t{1} << (table_.cells % 64)) - 1;
  }

  [[nodiscard]] Bits atom(const Formula& formula) const {
    const auto at = std::lower_bound(table_.variables.begin(), table_.variables.end(), formula.variable);
    const std::uint64_t stride = table_.strides[static_cast<std::size_t>(at - table_.variables.begin())];
    const int size = sizes_[static_cast<std::size_t>(formula.variable)];
    const std::uint64_t period = stride * static_cast<std::uint64_t>(size);
    Bits result = filled(false);
    for (std::uint64_t base = 0; base < table_.cells; base += period)
      for (int level = 0; level < size; ++level)
        if (formula.levels.has(level)) {
          const std::uint64_t begin = base + stride * static_cast<std::uint64_t>(level);
          set_range(result, begin, begin + stride);
        }
    return result;
  }

  const Table& table_;
  std::span<const int> sizes_;
};

}  // namespace

bool Table::holds(std::span<const int> levels) const {
  std::uint64_t cell = 0;
  for (std::size_t i = 0; i < variables.size(); ++i)
    cell += strides[i] * static_cast<std::uint64_t>(levels[static_cast<std::size_t>(variables[i])]);
  return (bits[cell / 64] >> (cell % 64)) & 1U;
}

std::optional<Table> lower(const Formula& formula, std::span<const int> sizes) {
  Table table;
  table.variables = touched(formula);
  for (const int variable : table.variables) {
    if (variable < 0 || static_cast<std::size_t>(variable) >= sizes.size()) return std::nullopt;
    const int size = sizes[static_cast<std::size_t>(variable)];
    if (size < 1) return std::nullopt;
    table.strides.push_back(table.cells);
    table.cells *= static_cast<std::uint64_t>(size);
    if (table.cells > kTableCells) return std::nullopt;
  }
  table.bits = Lowering(table, sizes).cells(formula);
  return table;
}

}  // namespace parley::expression
