// SPDX-License-Identifier: MIT
#include "stability/ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace parley::stability {
namespace {

using expression::Formula;

constexpr std::size_t kBlock = 4096;                                // states at a time
constexpr std::size_t kDigitBits = 16;                              // statements of one pass
constexpr std::size_t kMostStatementStates = std::size_t{1} << 33;  // statements looked at, times states
using Words = std::vector<std::uint64_t>;

/// The truth of formulas on a block of states, 64 states a word.
class Block {
 public:
  Block(const GraphGame& game, const Space& space, std::size_t first, std::size_t size)
      : game_(game), space_(space), first_(first), size_(size), words_((size + 63) / 64) {}

  Words truth(const Formula& formula) {
    switch (formula.kind) {
      case Formula::Kind::constant:
        return Words(words_, formula.value ? ~std::uint64_t{0} : 0);
      case Formula::Kind::atom:
        return atom(formula);
      case Formula::Kind::negation: {
        Words words = truth(formula.parts.front());
        for (std::uint64_t& word : words) word = ~word;
        return words;
      }
      case Formula::Kind::all:
      case Formula::Kind::any:
        break;
    }
    const bool all = formula.kind == Formula::Kind::all;
    Words words(words_, all ? ~std::uint64_t{0} : 0);
    for (const Formula& part : formula.parts) {
      const Words other = truth(part);
      for (std::size_t w = 0; w < words_; ++w) words[w] = all ? words[w] & other[w] : words[w] | other[w];
    }
    return words;
  }

 private:
  /// Where an issue has a level.
  const Words& column(int issue, int level) {
    const auto [found, fresh] = columns_.try_emplace({issue, level});
    if (fresh) {
      for (int l = 0; l < game_.issues[static_cast<std::size_t>(issue)].levels; ++l)
        columns_[{issue, l}].assign(words_, 0);
      if (space_.whole() && periodic(issue)) return columns_[{issue, level}];
      std::vector<Words*> by_level;
      for (int l = 0; l < game_.issues[static_cast<std::size_t>(issue)].levels; ++l)
        by_level.push_back(&columns_[{issue, l}]);
      for (std::size_t i = 0; i < size_; ++i) {
        const int at = space_.level(static_cast<State>(first_ + i), static_cast<std::size_t>(issue));
        if (at >= 0 && at < static_cast<int>(by_level.size()))
          (*by_level[static_cast<std::size_t>(at)])[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
    return columns_[{issue, level}];
  }

  /// All vectors exist and the issue is a bit of their number: its columns are known without looking.
  bool periodic(int issue) {
    const std::uint64_t stride = space_.stride(static_cast<std::size_t>(issue));
    if (game_.issues[static_cast<std::size_t>(issue)].levels != 2 || !std::has_single_bit(stride))
      return false;
    std::uint64_t pattern = 0;
    for (std::uint64_t i = 0; i < 64; ++i) pattern |= (i / stride & 1U) << i;
    Words& zero = columns_[{issue, 0}];
    Words& one = columns_[{issue, 1}];
    for (std::size_t w = 0; w < words_; ++w) {
      one[w] = stride < 64 ? pattern : ((first_ + 64 * w) / stride & 1U) != 0 ? ~std::uint64_t{0} : 0;
      zero[w] = ~one[w];
    }
    return true;
  }

  Words atom(const Formula& formula) {
    Words words(words_, 0);
    const int levels = game_.issues[static_cast<std::size_t>(formula.variable)].levels;
    for (int level = 0; level < levels; ++level) {
      if (!formula.levels.has(level)) continue;
      const Words& at = column(formula.variable, level);
      for (std::size_t w = 0; w < words_; ++w) words[w] |= at[w];
    }
    return words;
  }

  const GraphGame& game_;
  const Space& space_;
  std::size_t first_, size_, words_;
  std::map<std::pair<int, int>, Words> columns_;
};

/// A refinement of a ranking: within equal ranks, digits order the states (0 first). Two stable counting
/// sorts, so linear in states. How many ranks there are then.
std::size_t refine(std::vector<Rank>& ranks, const std::vector<std::uint16_t>& digits) {
  const std::size_t n = ranks.size();
  std::vector<State> by_digit(n), order(n);
  std::vector<std::size_t> at(std::max(n, std::size_t{1} << kDigitBits) + 1, 0);
  for (const std::uint16_t digit : digits) ++at[digit + std::size_t{1}];
  for (std::size_t d = 1; d <= std::size_t{1} << kDigitBits; ++d) at[d] += at[d - 1];
  for (std::size_t s = 0; s < n; ++s) by_digit[at[digits[s]]++] = static_cast<State>(s);
  std::fill(at.begin(), at.end(), 0);
  for (const Rank rank : ranks) ++at[rank + std::size_t{1}];
  for (std::size_t r = 1; r <= n; ++r) at[r] += at[r - 1];
  for (const State s : by_digit) order[at[ranks[s]]++] = s;
  Rank next = 0, last = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const State s = order[i];
    if (i > 0 && (ranks[s] != last || digits[s] != digits[order[i - 1]])) ++next;
    last = ranks[s];
    ranks[s] = next;
  }
  return std::size_t{next} + 1;
}

bool names_known(const Formula& formula, std::size_t issues) {
  if (formula.kind == Formula::Kind::atom)
    return formula.variable >= 0 && static_cast<std::size_t>(formula.variable) < issues;
  return std::all_of(formula.parts.begin(), formula.parts.end(),
                     [&](const Formula& part) { return names_known(part, issues); });
}

/// A text that two formulas share only where they are the same.
void spell(const Formula& formula, std::string& text) {
  text += static_cast<char>('a' + static_cast<int>(formula.kind));
  if (formula.kind == Formula::Kind::constant) text += formula.value ? '1' : '0';
  if (formula.kind == Formula::Kind::atom) {
    text += fmt::format("{}:", formula.variable);
    for (int level = 0; level < formula.levels.size(); ++level) text += formula.levels.has(level) ? '1' : '0';
  }
  for (const Formula& part : formula.parts) spell(part, text);
  text += ';';
}

/// A statement that stood before decides nothing.
std::vector<const Formula*> distinct(const std::vector<Formula>& statements) {
  std::set<std::string> seen;
  std::vector<const Formula*> list;
  for (const Formula& statement : statements) {
    std::string text;
    spell(statement, text);
    if (seen.insert(std::move(text)).second) list.push_back(&statement);
  }
  return list;
}

/// Digits of one block from the truth of up to kDigitBits statements, the first the most significant; a
/// statement that fails is a one: worse. Most words say the same of all their states.
void put_digits(const std::vector<Words>& truths, std::size_t size, std::uint16_t* digits) {
  for (std::size_t w = 0; w * 64 < size; ++w) {
    std::uint32_t common = 0;
    std::array<std::pair<std::uint64_t, std::size_t>, kDigitBits> mixed;
    std::size_t count = 0;
    for (std::size_t k = 0; k < truths.size(); ++k) {
      const std::uint64_t fails = ~truths[k][w];
      const std::size_t shift = truths.size() - 1 - k;
      if (fails != 0 && fails != ~std::uint64_t{0})
        mixed[count++] = {fails, shift};
      else if (fails != 0)
        common |= 1U << shift;
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(64, size - w * 64); ++i) {
      std::uint32_t digit = common;
      for (std::size_t m = 0; m < count; ++m)
        digit |= static_cast<std::uint32_t>(mixed[m].first >> i & 1U) << mixed[m].second;
      digits[w * 64 + i] = static_cast<std::uint16_t>(digit);
    }
  }
}

/// Nothing where it would take too long.
std::optional<std::vector<Rank>> by_statements(const GraphGame& game, const Space& space,
                                               const std::vector<Formula>& all) {
  const std::vector<const Formula*> statements = distinct(all);
  const std::size_t n = space.count();
  std::vector<Rank> ranks(n, 0);
  std::vector<std::uint16_t> digits(n);
  std::vector<Words> truths;
  for (std::size_t from = 0; from < statements.size(); from += kDigitBits) {
    if (from * n > kMostStatementStates) return std::nullopt;
    const std::size_t to = std::min(statements.size(), from + kDigitBits);
    for (std::size_t first = 0; first < n; first += kBlock) {
      const std::size_t size = std::min(kBlock, n - first);
      Block block(game, space, first, size);
      truths.clear();
      for (std::size_t k = from; k < to; ++k) truths.push_back(block.truth(*statements[k]));
      put_digits(truths, size, digits.data() + first);
    }
    if (refine(ranks, digits) == n) break;  // no two states tie any more
  }
  return ranks;
}

}  // namespace

std::vector<Rank> dense(const std::vector<Rank>& values) {
  const std::size_t n = values.size();
  Rank most = 0;
  for (const Rank value : values) most = std::max(most, value);
  std::vector<Rank> ranks(n);
  if (most < 4 * n + 64) {  // small enough to mark the values that occur
    std::vector<Rank> place(static_cast<std::size_t>(most) + 1, 0);
    for (const Rank value : values) place[value] = 1;
    Rank next = 0;
    for (Rank& p : place) next += std::exchange(p, next);
    for (std::size_t s = 0; s < n; ++s) ranks[s] = place[values[s]];
    return ranks;
  }
  std::vector<Rank> sorted(values);
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (std::size_t s = 0; s < n; ++s)
    ranks[s] = static_cast<Rank>(std::lower_bound(sorted.begin(), sorted.end(), values[s]) - sorted.begin());
  return ranks;
}

std::vector<Rank> ranks_of_utilities(const std::vector<double>& utilities) {
  std::vector<State> order(utilities.size());
  for (std::size_t s = 0; s < order.size(); ++s) order[s] = static_cast<State>(s);
  std::sort(order.begin(), order.end(), [&](State a, State b) { return utilities[a] > utilities[b]; });
  std::vector<Rank> ranks(utilities.size(), 0);
  for (std::size_t i = 1; i < order.size(); ++i)
    ranks[order[i]] = ranks[order[i - 1]] + (utilities[order[i]] < utilities[order[i - 1]] ? 1U : 0U);
  return ranks;
}

tl::expected<std::vector<Rank>, std::string> ranks_of(const GraphGame& game, const Space& space,
                                                      std::size_t dm) {
  const Preference& preference = game.preferences[dm];
  const auto wrong = [&](const char* what) {
    return tl::make_unexpected(fmt::format("the preference of `{}` {}", game.decision_makers[dm], what));
  };
  if (!preference.ranks.empty()) {
    if (preference.ranks.size() != space.count()) return wrong("has not one rank for each state");
    return dense(preference.ranks);
  }
  for (const Formula& statement : preference.statements)
    if (!names_known(statement, game.issues.size())) return wrong("names an issue that is not there");
  if (!preference.statements.empty() && !space.has_levels())
    return wrong("has statements, but the states have no options");
  auto ranks = by_statements(game, space, preference.statements);
  if (!ranks)
    return wrong(fmt::format("has too many statements for {} states that still tie", space.count()).c_str());
  return std::move(*ranks);
}

}  // namespace parley::stability
