// SPDX-License-Identifier: MIT
#include "deals/count.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <unordered_map>

namespace parley::deals {
namespace {

constexpr std::size_t kJobs = 64;                ///< the outer packages are cut into about so many jobs
constexpr std::size_t kCachedRows = 16'000'000;  ///< rows of merged columns that one worker keeps
constexpr std::size_t kPending = 65'536;         ///< queries that wait for a sweep

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
  std::vector<Number>
      most;  ///< [position * columns + c]: what the issues from there on, and all terms, can add
};

template <class Number>
Number worth(const Setting<Number>& s, std::size_t position, std::size_t option, std::size_t column) {
  return s.tables->worth[position][option * s.tables->parties + static_cast<std::size_t>(s.parties[column])];
}

// ---------------------------------------------------------------------------------------------------- inner
// block

/// The packages of the inner issues. A rule that both sides read is followed from every node at which the
/// outer issues may leave it; rows that end alike in all of them form a group.
template <class Number>
class Block {
 public:
  explicit Block(const Setting<Number>& setting) : s_(setting), columns_(setting.parties.size()) {
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

// -------------------------------------------------------------------------------------------------- outer
// packages

/// The rows that are open to outer packages of one class, with what crossing terms pay there.
template <class Number>
struct Batch {
  std::vector<Number> paid;                ///< per column
  std::vector<std::vector<Rank>> columns;  ///< sorted by the first, descending
  std::vector<std::uint32_t> at_least;     ///< [rank of the first column] = rows that have it or more
  std::vector<RankPair> pending;
};

template <class Number>
class Worker {
 public:
  Worker(const Setting<Number>& setting, const Block<Number>& block, const Watch& watch)
      : s_(setting), block_(block), watch_(watch), columns_(setting.parties.size()), thresholds_(columns_) {
    for (std::size_t r = 0; r < s_.rules.size(); ++r)
      if (s_.rules[r].diagram->first < static_cast<int>(s_.cut)) outer_.push_back(r);
    next_.assign(s_.cut, std::vector<int>(outer_.size()));
    total_.assign(s_.cut, std::vector<Number>(columns_));
  }

  /// Counts the packages whose leading outer options are `prefix`; false when told to stop or out of steps.
  bool count(const std::vector<int>& prefix, double steps) {
    steps_ = steps;
    std::vector<int> nodes;
    for (const std::size_t r : outer_) nodes.push_back(s_.rules[r].diagram->root);
    walk(prefix, 0, nodes, s_.base);
    return steps_ > 0;
  }

  std::uint64_t finish() {
    for (auto& [key, batches] : classes_)
      for (Batch<Number>& batch : batches) flush(batch);
    return counted_;
  }

 private:
  using Batches = std::vector<Batch<Number>>;

  void walk(const std::vector<int>& prefix, std::size_t position, const std::vector<int>& nodes,
            const std::vector<Number>& sum) {
    for (std::size_t c = 0; c < columns_; ++c)
      if (sum[c] + s_.most[position * columns_ + c] < s_.floor[c]) return;
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
    steps_ -= 10;
    if (++walked_ % 1024 == 0 && watch_.stop()) steps_ = 0;
  }

  void ask(const std::vector<int>& nodes, const std::vector<Number>& sum) {
    if (s_.cut == s_.plan->sizes.size()) {
      for (std::size_t c = 0; c < columns_; ++c)
        if (sum[c] < s_.floor[c]) return;
      ++counted_;
      return;
    }
    steps_ -= 50;
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
        steps_ -= static_cast<double>(length * (columns_ - 1)) / 16;
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
    batch.pending.clear();
  }

  /// The rows open to outer packages that leave the rules at `nodes`.
  Batches& batches_of(const std::vector<int>& nodes) {
    key_.clear();
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (s_.rules[outer_[i]].diagram->last >= static_cast<int>(s_.cut)) key_.push_back(nodes[i]);
    if (last_ != nullptr && key_ == last_key_) return *last_;
    const auto known = classes_.find(key_);
    if (known != classes_.end()) {
      last_key_ = key_;
      return *(last_ = &known->second);
    }
    if (cached_ > kCachedRows) {
      finish();
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
  std::vector<std::size_t> outer_;          ///< rules that the outer issues read
  std::vector<std::vector<int>> next_;      ///< per position, the nodes after it
  std::vector<std::vector<Number>> total_;  ///< per position, the sums after it
  std::vector<Rank> thresholds_;
  std::vector<const Rank*> pointers_;
  std::unordered_map<std::vector<int>, Batches, HashKey> classes_;
  std::vector<int> key_, last_key_;
  Batches* last_ = nullptr;
  std::size_t cached_ = 0;
  std::uint64_t counted_ = 0, walked_ = 0;
  double steps_ = 0;
};

// -------------------------------------------------------------------------------------------------------
// together

/// The parties whose reservation decides anything, and the rules that count for them. Nothing: no package can
/// satisfy.
template <class Number>
std::optional<Setting<Number>> make_setting(const Plan& plan, const Tables<Number>& tables, const Ask& ask,
                                            std::size_t block) {
  Setting<Number> s;
  s.plan = &plan;
  s.tables = &tables;
  const std::size_t n = tables.parties, stages = plan.sizes.size();
  std::vector<int> column(n, -1);
  std::vector<std::vector<Number>> most;
  for (std::size_t i = 0; i < n; ++i) {
    if (ask.reservations[i] != Use::hard || !tables.floor[i]) continue;
    std::vector<Number> high(stages + 1, Number(0)), base(1, Number(0));
    Number low(0);
    for (std::size_t t = 0; t < plan.terms.size(); ++t) {
      if (plan.terms[t].party != static_cast<int>(i)) continue;
      const Number& value = tables.term[t];
      const int root = plan.terms[t].diagram.root;
      if (root == Diagram::kTrue) base[0] += value;
      if (root <= Diagram::kTrue) continue;
      (value > 0 ? high[stages] : low) += value;
    }
    for (std::size_t p = stages; p-- > 0;) {
      Number best = tables.worth[p][i], worst = best;
      for (std::size_t o = i; o < tables.worth[p].size(); o += n) {
        best = std::max(best, tables.worth[p][o]);
        worst = std::min(worst, tables.worth[p][o]);
      }
      high[p] = high[p + 1] + best;
      low += worst;
    }
    if (tables.cap[i] && *tables.cap[i] < *tables.floor[i]) return std::nullopt;
    if (base[0] + high[0] < *tables.floor[i]) return std::nullopt;
    if (!(base[0] + low < *tables.floor[i])) continue;
    column[i] = static_cast<int>(s.parties.size());
    s.parties.push_back(static_cast<int>(i));
    s.floor.push_back(*tables.floor[i]);
    s.base.push_back(base[0]);
    most.push_back(std::move(high));
  }
  for (std::size_t p = 0; p <= stages; ++p)
    for (const auto& high : most) s.most.push_back(high[p]);
  for (std::size_t c = 0; c < plan.constraints.size(); ++c) {
    if (ask.constraints[c] != Use::hard || plan.constraints[c].root == Diagram::kTrue) continue;
    if (plan.constraints[c].root == Diagram::kFalse) return std::nullopt;
    s.rules.push_back({&plan.constraints[c], -1, -1});
  }
  for (std::size_t t = 0; t < plan.terms.size(); ++t) {
    const int c = column[static_cast<std::size_t>(plan.terms[t].party)];
    if (c >= 0 && plan.terms[t].diagram.root > Diagram::kTrue)
      s.rules.push_back({&plan.terms[t].diagram, c, static_cast<int>(t)});
  }
  // The inner issues: as many as make a block. Where that would be all of them, there is nothing to gain by
  // one.
  s.cut = stages;
  if (plan.packages <= block) return s;
  for (std::size_t rows = 1; s.cut > 0; --s.cut) {
    rows *= static_cast<std::size_t>(plan.sizes[s.cut - 1]);
    if (rows > block) break;
  }
  return s;
}

/// The leading outer options, in about kJobs combinations.
std::vector<std::vector<int>> make_jobs(const Plan& plan, std::size_t cut) {
  std::vector<std::vector<int>> jobs{{}};
  for (std::size_t p = 0; p < cut && jobs.size() < kJobs; ++p) {
    std::vector<std::vector<int>> longer;
    for (const std::vector<int>& job : jobs)
      for (int o = 0; o < plan.sizes[p]; ++o) {
        longer.push_back(job);
        longer.back().push_back(o);
      }
    jobs = std::move(longer);
  }
  return jobs;
}

template <class Number>
Count count_split(const Setting<Number>& setting, const Watch& watch, int threads) {
  const Block<Number> block(setting);
  const std::vector<std::vector<int>> jobs = make_jobs(*setting.plan, setting.cut);
  const double steps = kCountingSteps / static_cast<double>(jobs.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> exact{true};
  const auto work = [&](mpz_class& total) {
    Worker<Number> worker(setting, block, watch);
    for (std::size_t job = next++; job < jobs.size(); job = next++)
      if (!worker.count(jobs[job], steps)) exact = false;
    total = static_cast<unsigned long>(worker.finish());
  };
  std::size_t n_threads =
      threads > 0 ? static_cast<std::size_t>(threads) : std::thread::hardware_concurrency();
  n_threads = std::clamp<std::size_t>(n_threads, 1, jobs.size());
  std::vector<mpz_class> totals(n_threads);
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < n_threads; ++t) others.emplace_back(work, std::ref(totals[t]));
  work(totals[0]);
  for (std::thread& other : others) other.join();
  Count count;
  for (const mpz_class& total : totals) count.packages += total;
  count.exact = exact;
  return count;
}

/// No reservation binds: what is left to count are assignments of the rules.
template <class Number>
Count count_rules(const Plan& plan, const Ask& ask, const Watch& watch) {
  Tables<Number> none;
  none.worth.resize(plan.sizes.size());
  none.term.resize(plan.terms.size());
  none.column.assign(plan.problem->parties.size(), -1);
  Ask only_hard = ask;
  for (Use& use : only_hard.constraints)
    if (use == Use::marked) use = Use::ignored;
  only_hard.reservations.clear();
  Stages<Number> stages(plan, none, only_hard, watch);
  if (!stages.run()) return {0, false};
  const auto ends = stages.ends();
  return {ends.empty() ? mpz_class(0) : stages.paths().count({ends.front().entry}).front(), true};
}

}  // namespace

template <class Number>
Count count_packages(const Plan& plan, const Tables<Number>& tables, const Ask& ask, const Watch& watch,
                     int threads, std::size_t block) {
  if (plan.packages == 0) return {};
  const std::optional<Setting<Number>> setting = make_setting(plan, tables, ask, std::min(block, kBlock));
  if (!setting) return {};
  if (setting->parties.empty()) return count_rules<Number>(plan, ask, watch);
  return count_split(*setting, watch, threads);
}

template Count count_packages(const Plan&, const Tables<std::int64_t>&, const Ask&, const Watch&, int,
                              std::size_t);
template Count count_packages(const Plan&, const Tables<Int128>&, const Ask&, const Watch&, int, std::size_t);
template Count count_packages(const Plan&, const Tables<mpz_class>&, const Ask&, const Watch&, int,
                              std::size_t);

}  // namespace parley::deals
