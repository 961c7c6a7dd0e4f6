// SPDX-License-Identifier: MIT
// Counting the rows of the block for one outer package, one row after another. Where many terms are read on
// both sides, hardly two outer packages leave them alike, and columns merged for a class would serve once.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "deals/count_block.hpp"

namespace parley::deals::counting {

template <class Number>
class Scan {
 public:
  Scan(const Setting<Number>& setting, const Block<Number>& block)
      : s_(setting), block_(block), columns_(setting.parties.size()), few_(setting.few), paid_(columns_) {
    for (std::size_t t = 0; t < block.tracks().size(); ++t)
      if (block.tracks()[t].crossing) crossing_.push_back(t);
    if (!worth_it()) return;
    words_ = (crossing_.size() + 63) / 64;
    demands_.resize(words_);
    pays_.resize(words_);
    ends_true_.assign(block.groups() * words_, 0);
    for (std::size_t g = 0; g < block.groups(); ++g)
      for (std::size_t j = 0; j < crossing_.size(); ++j)
        if (block.outcome(g, crossing_[j])) ends_true_[g * words_ + j / 64] |= std::uint64_t{1} << (j % 64);
  }

  /// Are there so many crossing rules that a class is seldom met twice?
  [[nodiscard]] bool worth_it() const { return crossing_.size() > few_; }

  /// What `count` takes, in the steps of counting; a little more than is usual.
  [[nodiscard]] double steps() const {
    return static_cast<double>(crossing_.size() + block_.groups() * (20 + 8 * words_) +
                               2 * block_.n_rows() * columns_);
  }
  /// What making the columns of a class takes.
  [[nodiscard]] double batch_steps() const {
    return static_cast<double>(block_.groups() * (50 + crossing_.size()) +
                               block_.n_rows() * (100 + 10 * columns_));
  }

  /// The rows that complete an outer package worth `sum` that leaves the rules `outer` at `nodes`.
  std::uint64_t count(const std::vector<std::size_t>& outer, const std::vector<int>& nodes,
                      const std::vector<Number>& sum) {
    split(outer, nodes);
    std::uint64_t counted = 0;
    for (std::size_t g = 0; g < block_.groups(); ++g) {
      const std::uint64_t* mine = ends_true_.data() + g * words_;
      bool open = true;
      for (std::size_t w = 0; w < words_ && open; ++w) open = (demands_[w] & ~mine[w]) == 0;
      if (!open) continue;
      for (std::size_t c = 0; c < columns_; ++c) paid_[c] = sum[c];
      for (std::size_t w = 0; w < words_; ++w)
        for (std::uint64_t rest = mine[w] & pays_[w]; rest != 0; rest &= rest - 1) {
          const auto& track =
              block_.tracks()[crossing_[w * 64 + static_cast<std::size_t>(std::countr_zero(rest))]];
          const Rule& rule = s_.rules[static_cast<std::size_t>(track.rule)];
          paid_[static_cast<std::size_t>(rule.column)] +=
              s_.tables->term[static_cast<std::size_t>(rule.term)];
        }
      for (const std::uint32_t row : block_.rows(g)) {
        bool inside = true;
        for (std::size_t c = 0; c < columns_ && inside; ++c)
          inside = !(paid_[c] + block_.value_of(row, c) < s_.floor[c]);
        counted += inside ? 1 : 0;
      }
    }
    return counted;
  }

 private:
  /// Which tracks the outer package is on: constraints that must end true, and terms that pay if they do.
  void split(const std::vector<std::size_t>& outer, const std::vector<int>& nodes) {
    std::vector<int> node_of(s_.rules.size(), -1);
    for (std::size_t i = 0; i < nodes.size(); ++i) node_of[outer[i]] = nodes[i];
    demands_.assign(words_, 0);
    pays_.assign(words_, 0);
    for (std::size_t j = 0; j < crossing_.size(); ++j) {
      const auto& track = block_.tracks()[crossing_[j]];
      const auto rule = static_cast<std::size_t>(track.rule);
      if (node_of[rule] != track.node) continue;
      (s_.rules[rule].column < 0 ? demands_ : pays_)[j / 64] |= std::uint64_t{1} << (j % 64);
    }
  }

  const Setting<Number>& s_;
  const Block<Number>& block_;
  std::size_t columns_, few_, words_ = 0;
  std::vector<std::size_t> crossing_;     ///< tracks that begin in the outer issues
  std::vector<std::uint64_t> ends_true_;  ///< [group * words + w]: bit per crossing track
  std::vector<std::uint64_t> demands_, pays_;
  std::vector<Number> paid_;
};

}  // namespace parley::deals::counting
