// SPDX-License-Identifier: MIT
// Counting, the inner issues: their packages as a block of rows whose utilities are ranks.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "deals/kernels.hpp"
#include "deals/plan.hpp"
#include "deals/tables.hpp"
#include "deals/watch.hpp"

namespace parley::deals::counting {

/// A hard constraint or a term of a party whose reservation can bind.
struct Rule {
  const Diagram* diagram = nullptr;
  int column = -1;  ///< of the party that a term pays; -1 = a constraint
  int term = -1;
};

/// What counting needs of the problem, the same for all workers.
template <class Number>
struct Setting {
  const Plan* plan = nullptr;
  const Tables<Number>* tables = nullptr;
  std::vector<int> parties;   ///< whose reservation can bind, one column each
  std::vector<Number> floor;  ///< per column
  std::vector<Number> base;   ///< per column: terms that hold whatever is chosen
  std::vector<Rule> rules;    ///< that the choice decides
  std::size_t cut = 0;        ///< the inner issues are those from this position on
  std::size_t few = 0;        ///< rules read on both sides; where there are more, rows are scanned
  /// [position * columns + c]: the most and the least that the issues from there on, and all terms, can add.
  std::vector<Number> most, least;
};

template <class Number>
Number worth(const Setting<Number>& s, std::size_t position, std::size_t option, std::size_t column) {
  return s.tables->worth[position][option * s.tables->parties + static_cast<std::size_t>(s.parties[column])];
}

/// The packages of the inner issues. A rule that both sides read is followed from every node at which the
/// outer issues may leave it; rows that end alike in all of them form a group. Where the watch says stop
/// while it is built, Stopped is thrown.
template <class Number>
class Block {
 public:
  Block(const Setting<Number>& setting, const Watch& watch)
      : s_(setting), columns_(setting.parties.size()), ticker_(&watch) {
    for (std::size_t r = 0; r < s_.rules.size(); ++r) {
      const Diagram& d = *s_.rules[r].diagram;
      const auto cut = static_cast<int>(s_.cut);
      if (d.last < cut) continue;
      for (const int node : d.first >= cut ? std::vector<int>{d.root} : nodes_at_cut(d)) {
        tracks_.push_back({static_cast<int>(r), node, d.first < cut});
        start_.push_back(node);
      }
    }
    std::vector<Number> sum(columns_, Number(0));
    walk(s_.cut, start_, sum);
    rank();
  }

  struct Track {
    int rule, node;
    bool crossing;
  };

  [[nodiscard]] const std::vector<Track>& tracks() const { return tracks_; }
  [[nodiscard]] std::size_t groups() const { return rows_.size(); }
  [[nodiscard]] const std::vector<std::uint32_t>& rows(std::size_t group) const { return rows_[group]; }
  /// Does track t end true in the rows of `group`?
  [[nodiscard]] bool outcome(std::size_t group, std::size_t track) const { return outcomes_[group][track]; }
  [[nodiscard]] Rank rank_of(std::uint32_t row, std::size_t column) const {
    return ranks_[row * columns_ + column];
  }
  /// The distinct sums of a column, ascending.
  [[nodiscard]] const std::vector<Number>& values(std::size_t column) const { return values_[column]; }
  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
  [[nodiscard]] const Number& value_of(std::uint32_t row, std::size_t column) const {
    return values_[column][static_cast<std::size_t>(rank_of(row, column))];
  }

 private:
  /// Nodes not yet at an end at which the outer issues can leave a rule.
  [[nodiscard]] std::vector<int> nodes_at_cut(const Diagram& d) const {
    std::vector<int> found, stack{d.root};
    std::vector<bool> seen(d.nodes.size(), false);
    while (!stack.empty()) {
      const int n = stack.back();
      stack.pop_back();
      if (n <= Diagram::kTrue || seen[static_cast<std::size_t>(n)]) continue;
      seen[static_cast<std::size_t>(n)] = true;
      const Diagram::Node& node = d.nodes[static_cast<std::size_t>(n)];
      if (node.position >= static_cast<int>(s_.cut))
        found.push_back(n);
      else
        stack.insert(stack.end(), node.next.begin(), node.next.end());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  void walk(std::size_t position, const std::vector<int>& nodes, const std::vector<Number>& sum) {
    if (position == s_.plan->sizes.size()) return add_row(nodes, sum);
    std::vector<int> next(nodes.size());
    std::vector<Number> total(columns_);
    for (int o = 0; o < s_.plan->sizes[position]; ++o) {
      ticker_.tick(static_cast<std::uint32_t>(1 + nodes.size() + columns_));
      bool possible = true;
      for (std::size_t t = 0; t < nodes.size() && possible; ++t) {
        const Rule& rule = s_.rules[static_cast<std::size_t>(tracks_[t].rule)];
        next[t] = rule.diagram->step(nodes[t], static_cast<int>(position), o);
        possible = tracks_[t].crossing || rule.column >= 0 || next[t] != Diagram::kFalse;
      }
      if (!possible) continue;
      for (std::size_t c = 0; c < columns_; ++c)
        total[c] = sum[c] + worth(s_, position, static_cast<std::size_t>(o), c);
      walk(position + 1, next, total);
    }
  }

  void add_row(const std::vector<int>& nodes, std::vector<Number> sum) {
    std::vector<bool> outcome(nodes.size());
    for (std::size_t t = 0; t < nodes.size(); ++t) {
      outcome[t] = nodes[t] == Diagram::kTrue;
      const Rule& rule = s_.rules[static_cast<std::size_t>(tracks_[t].rule)];
      if (tracks_[t].crossing || rule.column < 0) continue;
      // A term that only the inner issues decide belongs to the row's sum.
      if (outcome[t])
        sum[static_cast<std::size_t>(rule.column)] += s_.tables->term[static_cast<std::size_t>(rule.term)];
      outcome[t] = true;
    }
    const auto [entry, is_new] = group_of_.try_emplace(outcome, rows_.size());
    if (is_new) {
      rows_.emplace_back();
      outcomes_.push_back(outcome);
    }
    rows_[entry->second].push_back(n_rows_++);
    sums_.insert(sums_.end(), sum.begin(), sum.end());
  }

  void rank() {
    ranks_.resize(sums_.size());
    for (std::size_t c = 0; c < columns_; ++c) {
      std::vector<std::uint32_t> order(n_rows_);
      for (std::uint32_t r = 0; r < n_rows_; ++r) order[r] = r;
      std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        ticker_.tick();
        return sums_[a * columns_ + c] < sums_[b * columns_ + c];
      });
      values_.emplace_back();
      for (const std::uint32_t r : order) {
        const Number& sum = sums_[r * columns_ + c];
        if (values_[c].empty() || values_[c].back() < sum) values_[c].push_back(sum);
        ranks_[r * columns_ + c] = static_cast<Rank>(values_[c].size() - 1);
      }
    }
    sums_.clear();
  }

  const Setting<Number>& s_;
  std::size_t columns_;
  Ticker ticker_;
  std::vector<Track> tracks_;
  std::vector<int> start_;
  std::map<std::vector<bool>, std::size_t> group_of_;
  std::vector<std::vector<bool>> outcomes_;       ///< per group
  std::vector<std::vector<std::uint32_t>> rows_;  ///< per group
  std::uint32_t n_rows_ = 0;
  std::vector<Number> sums_;
  std::vector<Rank> ranks_;
  std::vector<std::vector<Number>> values_;
};

}  // namespace parley::deals::counting
