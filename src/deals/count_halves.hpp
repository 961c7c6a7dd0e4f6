// SPDX-License-Identifier: MIT
// Counting, by halves: the issues fall into two parts of about as many packages each (Horowitz and Sahni
// 1974), and what is counted are the pairs that reach all reservations together. Outer packages that leave
// the rules at the same nodes are one class; for each class the inner packages are listed once.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

#include "deals/count_block.hpp"
#include "deals/count_pairs.hpp"

namespace parley::deals::counting {

inline constexpr std::size_t kHalf = std::size_t{1} << 22;         ///< most packages of one half
inline constexpr std::size_t kClassedRows = std::size_t{1} << 26;  ///< most inner packages listed in all

/// The position at which both parts have at most kHalf packages, and the larger has fewest; nothing where
/// there is none.
inline std::optional<std::size_t> half_cut(const Plan& plan) {
  std::optional<std::size_t> best;
  std::size_t least = kHalf + 1;
  for (std::size_t cut = 1; cut < plan.sizes.size(); ++cut) {
    std::size_t parts[2] = {1, 1};
    for (std::size_t p = 0; p < plan.sizes.size(); ++p) {
      std::size_t& part = parts[p < cut ? 0 : 1];
      part = std::min(part * static_cast<std::size_t>(plan.sizes[p]), kHalf + 1);
    }
    if (const std::size_t larger = std::max(parts[0], parts[1]); larger < least) {
      least = larger;
      best = cut;
    }
  }
  return best;
}

struct NodesHash {
  std::size_t operator()(const std::vector<int>& nodes) const {
    std::size_t seed = 0;
    for (const int n : nodes)
      seed = (seed ^ static_cast<std::size_t>(n)) * 0x9e3779b97f4a7c15ULL + (seed >> 29);
    return seed;
  }
};

template <class Number>
class Halves {
 public:
  Halves(const Setting<Number>& setting, std::size_t cut, const Watch& watch)
      : s_(setting), cut_(cut), columns_(setting.parties.size()), watch_(watch), ticker_(&watch) {}

  /// Nothing where the rules leave too many classes. Where the watch says stop, Stopped is thrown.
  std::optional<mpz_class> count() {
    std::vector<int> nodes;
    for (const Rule& rule : s_.rules) nodes.push_back(rule.diagram->root);
    std::array<Number, kMostPairColumns> base{}, floor{};
    for (std::size_t c = 0; c < columns_; ++c) {
      base[c] = s_.base[c];
      floor[c] = s_.floor[c];
    }
    std::size_t inner = 1;
    for (std::size_t p = cut_; p < s_.plan->sizes.size(); ++p)
      inner *= static_cast<std::size_t>(s_.plan->sizes[p]);
    const std::size_t most = std::max<std::size_t>(1, kClassedRows / inner);
    std::unordered_map<std::vector<int>, PairRows<Number>, NodesHash> classes;
    // Told as soon as there are too many: each takes memory.
    const bool few = list(0, cut_, nodes, base, [&](const std::vector<int>& left_at, const auto& sum) {
      classes[left_at].push_back(sum);
      return classes.size() <= most;
    });
    if (!few) return std::nullopt;
    mpz_class total = 0;
    PairRows<Number> right;
    for (auto& [left_at, left] : classes) {
      right.clear();
      list(cut_, s_.plan->sizes.size(), left_at, {}, [&](const std::vector<int>&, const auto& sum) {
        right.push_back(sum);
        return true;
      });
      total += static_cast<unsigned long>(count_pairs_of(left, right, floor, columns_, watch_));
    }
    return total;
  }

 private:
  /// Calls `see(nodes, sum)` for each package of the issues [from, to) that no rule excludes, until it says
  /// false; returns what it said last, true where it was not called.
  template <typename See>
  bool list(std::size_t from, std::size_t to, const std::vector<int>& nodes,
            const std::array<Number, kMostPairColumns>& sum, const See& see) {
    if (from == to) return see(nodes, sum);
    std::vector<int> next(nodes.size());
    for (int o = 0; o < s_.plan->sizes[from]; ++o) {
      ticker_.tick(static_cast<std::uint32_t>(1 + nodes.size()));
      std::array<Number, kMostPairColumns> total = sum;
      for (std::size_t c = 0; c < columns_; ++c) total[c] += worth(s_, from, static_cast<std::size_t>(o), c);
      bool possible = true;
      for (std::size_t r = 0; r < nodes.size() && possible; ++r) {
        const Rule& rule = s_.rules[r];
        next[r] = rule.diagram->step(nodes[r], static_cast<int>(from), o);
        if (rule.column < 0) {
          possible = next[r] != Diagram::kFalse;
        } else if (next[r] == Diagram::kTrue) {  // paid now; nothing more to know of it
          total[static_cast<std::size_t>(rule.column)] +=
              s_.tables->term[static_cast<std::size_t>(rule.term)];
          next[r] = Diagram::kFalse;
        }
      }
      if (possible && !list(from + 1, to, next, total, see)) return false;
    }
    return true;
  }

  const Setting<Number>& s_;
  std::size_t cut_, columns_;
  const Watch& watch_;
  Ticker ticker_;
};

}  // namespace parley::deals::counting
