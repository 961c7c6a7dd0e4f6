// SPDX-License-Identifier: MIT
// Counting, the outer issues: for each of their packages, how many rows of the block complete it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "deals/count_block.hpp"
#include "deals/count_scan.hpp"
#include "deals/reader.hpp"
#include "deals/watch.hpp"

namespace parley::deals::counting {

inline constexpr std::size_t kCachedRows = 16'000'000;  ///< rows of merged columns that one worker keeps
inline constexpr std::size_t kPending = 65'536;         ///< queries that wait for a sweep

/// The rows that are open to outer packages of one class, with what crossing terms pay there.
template <class Number>
struct Batch {
  std::vector<Number> paid;                ///< per column
  std::vector<std::vector<Rank>> columns;  ///< sorted by the first, descending
  std::vector<std::uint32_t> at_least;     ///< [rank of the first column] = rows that have it or more
  std::vector<RankPair> pending;
};

/// Walks through the packages of the outer issues and asks the block how many rows complete each.
template <class Number>
class Worker {
 public:
  Worker(const Setting<Number>& setting, const Block<Number>& block, const Watch& watch)
      : s_(setting),
        block_(block),
        watch_(watch),
        columns_(setting.parties.size()),
        scan_(setting, block),
        thresholds_(columns_) {
    for (std::size_t r = 0; r < s_.rules.size(); ++r)
      if (s_.rules[r].diagram->first < static_cast<int>(s_.cut)) outer_.push_back(r);
    next_.assign(s_.cut, std::vector<int>(outer_.size()));
    total_.assign(s_.cut, std::vector<Number>(columns_));
    below_.assign(s_.cut + 1, static_cast<unsigned long>(block.n_rows()));
    for (std::size_t p = s_.cut; p-- > 0;)
      below_[p] = below_[p + 1] * static_cast<unsigned long>(s_.plan->sizes[p]);
  }

  /// Counts the packages whose leading outer options are `prefix`; false when told to stop or out of steps.
  bool count(const std::vector<int>& prefix, double steps) {
    steps_ = steps;
    seen_.clear();
    std::vector<int> nodes;
    for (const std::size_t r : outer_) nodes.push_back(s_.rules[r].diagram->root);
    walk(prefix, 0, nodes, s_.base);
    return steps_ > 0;
  }

  /// What was counted in all; without the queries that still wait where the watch says stop.
  mpz_class finish() {
    flush_all();
    return whole_ + static_cast<unsigned long>(counted_);
  }

 private:
  using Batches = std::vector<Batch<Number>>;

  void spend(double steps) {
    steps_ -= steps;
    spend_unlimited(steps);
  }

  /// Steps that the limit does not know of, since how many they are depends on the jobs that this worker had
  /// before. None are left once the watch says stop.
  void spend_unlimited(double steps) {
    unasked_ += steps;
    if (unasked_ < kUnasked) return;
    unasked_ = 0;
    if (watch_.stop()) steps_ = 0;
  }

  void flush_all() {
    for (auto& [key, batches] : classes_)
      for (Batch<Number>& batch : batches) {
        if (watch_.stop()) return;
        flush(batch);
      }
  }

  /// Does every package from here on satisfy, those apart that the rules of the inner issues alone exclude?
  [[nodiscard]] bool all_inside(std::size_t position, const std::vector<int>& nodes,
                                const std::vector<Number>& sum) const {
    for (std::size_t c = 0; c < columns_; ++c)
      if (sum[c] + s_.least[position * columns_ + c] < s_.floor[c]) return false;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (s_.rules[outer_[i]].column < 0 && nodes[i] != Diagram::kTrue) return false;
    return true;
  }

  void walk(const std::vector<int>& prefix, std::size_t position, const std::vector<int>& nodes,
            const std::vector<Number>& sum) {
    for (std::size_t c = 0; c < columns_; ++c)
      if (sum[c] + s_.most[position * columns_ + c] < s_.floor[c]) return;
    if (position >= prefix.size() && all_inside(position, nodes, sum)) {
      whole_ += below_[position];
      return;
    }
    if (position == s_.cut) return ask(nodes, sum);
    const bool fixed = position < prefix.size();
    const int begin = fixed ? prefix[position] : 0;
    const int end = fixed ? begin + 1 : s_.plan->sizes[position];
    std::vector<int>& next = next_[position];
    std::vector<Number>& total = total_[position];
    for (int o = begin; o < end && steps_ > 0; ++o) {
      bool possible = true;
      for (std::size_t c = 0; c < columns_; ++c)
        total[c] = sum[c] + worth(s_, position, static_cast<std::size_t>(o), c);
      for (std::size_t i = 0; i < nodes.size() && possible; ++i) {
        const Rule& rule = s_.rules[outer_[i]];
        next[i] = rule.diagram->step(nodes[i], static_cast<int>(position), o);
        if (rule.column < 0) {
          possible = next[i] != Diagram::kFalse;
        } else if (next[i] == Diagram::kTrue) {  // paid now; nothing more to know of it
          total[static_cast<std::size_t>(rule.column)] +=
              s_.tables->term[static_cast<std::size_t>(rule.term)];
          next[i] = Diagram::kFalse;
        }
      }
      if (possible) walk(prefix, position + 1, next, total);
    }
    spend(10);
  }

  void ask(const std::vector<int>& nodes, const std::vector<Number>& sum) {
    if (s_.cut == s_.plan->sizes.size()) {
      for (std::size_t c = 0; c < columns_; ++c)
        if (sum[c] < s_.floor[c]) return;
      ++counted_;
      return;
    }
    spend(50);
    if (scan_.worth_it() && first_visit(nodes)) {
      if (classes_.find(key_) == classes_.end()) {
        counted_ += scan_.count(outer_, nodes, sum);
        return;
      }
    }
    for (Batch<Number>& batch : batches_of(nodes)) {
      bool any = true;
      for (std::size_t c = 0; c < columns_ && any; ++c) {
        const std::vector<Number>& values = block_.values(c);
        const Number need = s_.floor[c] - sum[c] - batch.paid[c];
        const auto at = std::lower_bound(values.begin(), values.end(), need);
        any = at != values.end();
        thresholds_[c] = static_cast<Rank>(at - values.begin());
      }
      if (!any) continue;
      const std::size_t length = batch.at_least[static_cast<std::size_t>(thresholds_[0])];
      if (columns_ == 1) {
        counted_ += length;
      } else if (columns_ == 2) {
        batch.pending.push_back({thresholds_[0], thresholds_[1]});
        if (batch.pending.size() >= kPending) flush(batch);
      } else {
        counted_ += scan(batch, thresholds_.data() + 1, length);
        spend(static_cast<double>(length * (columns_ - 1)) / 16);
      }
    }
  }

  std::uint64_t scan(const Batch<Number>& batch, const Rank* thresholds, std::size_t length) {
    pointers_.clear();
    for (std::size_t c = 1; c < columns_; ++c) pointers_.push_back(batch.columns[c].data());
    return count_at_least(pointers_.data(), thresholds, columns_ - 1, length);
  }

  void flush(Batch<Number>& batch) {
    if (batch.pending.size() < 64) {
      for (const RankPair& query : batch.pending)
        counted_ += scan(batch, &query.b, batch.at_least[static_cast<std::size_t>(query.a)]);
    } else {
      counted_ += count_pairs(batch.columns[0], batch.columns[1], batch.pending, block_.values(1).size());
    }
    spend_unlimited(20.0 * static_cast<double>(batch.pending.size() + batch.columns[0].size()));
    batch.pending.clear();
  }

  void set_key(const std::vector<int>& nodes) {
    key_.clear();
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (s_.rules[outer_[i]].diagram->last >= static_cast<int>(s_.cut)) key_.push_back(nodes[i]);
  }

  /// Is this the first outer package of its class? Steps are spent as if no job before had met the class, so
  /// that the limit acts alike for any number of threads.
  bool first_visit(const std::vector<int>& nodes) {
    set_key(nodes);
    if (seen_.size() > kSeen) seen_.clear();
    const std::size_t visits = ++seen_[key_];
    if (visits == 1) spend(scan_.steps());
    if (visits == 2) spend(scan_.batch_steps());
    return visits == 1;
  }

  /// The rows open to outer packages that leave the rules at `nodes`.
  Batches& batches_of(const std::vector<int>& nodes) {
    set_key(nodes);
    if (last_ != nullptr && key_ == last_key_) return *last_;
    const auto known = classes_.find(key_);
    if (known != classes_.end()) {
      last_key_ = key_;
      return *(last_ = &known->second);
    }
    if (cached_ > kCachedRows) {
      flush_all();
      classes_.clear();
      cached_ = 0;
    }
    last_key_ = key_;
    return *(last_ = &(classes_[key_] = make_batches(nodes)));
  }

  Batches make_batches(const std::vector<int>& nodes) {
    std::vector<int> node_of(s_.rules.size(), -1);
    for (std::size_t i = 0; i < nodes.size(); ++i) node_of[outer_[i]] = nodes[i];
    std::map<std::vector<Number>, std::vector<std::uint32_t>> rows_by_paid;
    for (std::size_t g = 0; g < block_.groups(); ++g) {
      std::vector<Number> paid(columns_, Number(0));
      bool open = true;
      for (std::size_t t = 0; t < block_.tracks().size() && open; ++t) {
        const auto& track = block_.tracks()[t];
        if (!track.crossing || node_of[static_cast<std::size_t>(track.rule)] != track.node) continue;
        const Rule& rule = s_.rules[static_cast<std::size_t>(track.rule)];
        const bool outcome = block_.outcome(g, t);
        if (rule.column < 0)
          open = outcome;
        else if (outcome)
          paid[static_cast<std::size_t>(rule.column)] += s_.tables->term[static_cast<std::size_t>(rule.term)];
      }
      if (!open) continue;
      std::vector<std::uint32_t>& rows = rows_by_paid[paid];
      rows.insert(rows.end(), block_.rows(g).begin(), block_.rows(g).end());
    }
    Batches batches;
    for (auto& [paid, rows] : rows_by_paid) batches.push_back(merge(paid, rows));
    return batches;
  }

  Batch<Number> merge(const std::vector<Number>& paid, std::vector<std::uint32_t>& rows) {
    Batch<Number> batch;
    batch.paid = paid;
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Rank x = block_.rank_of(a, 0), y = block_.rank_of(b, 0);
      return x != y ? x > y : a < b;
    });
    for (std::size_t c = 0; c < columns_; ++c) {
      batch.columns.emplace_back();
      batch.columns.back().reserve(rows.size());
      for (const std::uint32_t r : rows) batch.columns.back().push_back(block_.rank_of(r, c));
    }
    batch.at_least.assign(block_.values(0).size() + 1, 0);
    for (const Rank rank : batch.columns[0]) ++batch.at_least[static_cast<std::size_t>(rank)];
    for (std::size_t rank = batch.at_least.size() - 1; rank-- > 0;)
      batch.at_least[rank] += batch.at_least[rank + 1];
    cached_ += rows.size() + batch.at_least.size();
    spend_unlimited(static_cast<double>(rows.size() * (columns_ + 10) + batch.at_least.size()));
    return batch;
  }

  struct HashKey {
    std::size_t operator()(const std::vector<int>& key) const {
      std::size_t seed = 0;
      for (const int k : key)
        seed = (seed ^ static_cast<std::size_t>(k)) * 0x9e3779b97f4a7c15ULL + (seed >> 29);
      return seed;
    }
  };

  const Setting<Number>& s_;
  const Block<Number>& block_;
  const Watch& watch_;
  std::size_t columns_;
  Scan<Number> scan_;
  std::vector<std::size_t> outer_;          ///< rules that the outer issues read
  std::vector<mpz_class> below_;            ///< per position, outer packages from there on times rows
  std::vector<std::vector<int>> next_;      ///< per position, the nodes after it
  std::vector<std::vector<Number>> total_;  ///< per position, the sums after it
  std::vector<Rank> thresholds_;
  std::vector<const Rank*> pointers_;
  std::unordered_map<std::vector<int>, Batches, HashKey> classes_;
  std::unordered_map<std::vector<int>, std::size_t, HashKey> seen_;  ///< visits of a class in this job
  std::vector<int> key_, last_key_;
  Batches* last_ = nullptr;
  std::size_t cached_ = 0;
  static constexpr double kUnasked = 1e6;        ///< steps between two questions to the watch
  static constexpr std::size_t kSeen = 100'000;  ///< classes whose visits are remembered
  std::uint64_t counted_ = 0;
  mpz_class whole_ = 0;  ///< packages that need not be looked at
  double steps_ = 0, unasked_ = 0;
};

}  // namespace parley::deals::counting
