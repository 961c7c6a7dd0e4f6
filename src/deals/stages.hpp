// SPDX-License-Identifier: MIT
// Dominance dynamic programming over the issues. A partial package is what has been chosen so far; its state
// is what the rest must know of it: the node that each half-read rule is at, and which marked constraints it
// broke. Within a state only undominated utilities are kept, since the same continuation is open to all
// (Nemhauser and Ullmann 1969). Where that is still too much, a beam of them is followed and the run says
// that it is not exact. Told to stop, a run drops the stage at hand, and a few of the partial packages of the
// stage before are followed to the end.
#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "deals/beam.hpp"
#include "deals/bounds.hpp"
#include "deals/directions.hpp"
#include "deals/known.hpp"
#include "deals/pareto.hpp"
#include "deals/paths.hpp"
#include "deals/reader.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

/// Partial packages of one stage: so many at most, and so many bytes.
inline constexpr std::size_t kMostEntries = 3'000'000;
inline constexpr std::size_t kMostBytes = 400'000'000;
/// Vector instructions that finding the undominated partial packages may take in one run: about half a
/// minute.
inline constexpr double kDominanceSteps = 3e10;

/// Up to so many packages, joint bounds cost more than they save.
inline constexpr unsigned long kSmall = 20'000;

template <class Number>
struct Effort {
  std::size_t width =
      kMostEntries;  ///< entries of one stage; where there are more, a beam of so many goes on
  const Known<Number>* known =
      nullptr;                     ///< what cannot reach beyond these points is let go; ties with them stay
  Bounds* lost = nullptr;          ///< takes in what the beam left out
  double steps = kDominanceSteps;  ///< vector instructions that comparing may take
  bool beam = true;                ///< false: where a beam would be needed the run ends instead
  unsigned long small = kSmall;    ///< packages up to which joint bounds are not used
  /// Instead of the floors of the tables, where it is given; per column.
  const std::vector<std::optional<Number>>* floor = nullptr;
};

/// With tables of no column, every state has one entry, and `paths` counts the packages that satisfy the
/// rules.
template <class Number>
class Stages {
 public:
  /// One undominated utility vector of a final state.
  struct End {
    std::vector<int> broken;  ///< marked constraints, ascending
    const Number* utility;    ///< capped, parties in order
    std::uint32_t entry;      ///< for `paths`
  };

  Stages(const Plan& plan, const Tables<Number>& tables, const Ask& ask, const Watch& watch,
         const Effort<Number>& effort = {})
      : plan_(plan),
        tables_(tables),
        watch_(watch),
        effort_(effort),
        n_(tables.parties),
        reader_(plan, tables, ask),
        paths_(plan),
        most_(n_),
        least_(n_),
        ticker_(&watch) {
    budget_ = {effort.steps, &watch};
    for (std::size_t i = 0; i < n_; ++i) {
      const auto& floor = effort.floor != nullptr ? (*effort.floor)[i] : tables.floor[i];
      const bool hard = ask.reservations[static_cast<std::size_t>(tables.party[i])] == Use::hard;
      floor_.push_back(hard ? floor : std::nullopt);
    }
    if (plan.packages > effort.small) directions_ = Directions<Number>(plan, tables, floor_);
    for (const auto& cap : tables.cap) strict_.push_back(!cap);
    if (std::find(strict_.begin(), strict_.end(), false) == strict_.end()) strict_.clear();
    const std::size_t bytes = n_ * (sizeof(Number) + 4) + 24;
    width_ = std::max<std::size_t>(1, std::min({effort.width, kMostEntries, kMostBytes / bytes}));
    crowd_ = std::min({8 * width_ + 100'000, kMostEntries, 3 * kMostBytes / bytes});
  }

  /// True where every undominated package that the rules leave is among the ends; false where a beam was
  /// followed.
  bool run() {
    Key key;
    std::vector<Number> utility;
    if (!reader_.start(key, utility)) return true;
    rest(key, 0);
    for (std::size_t i = 0; i < n_; ++i)
      range_.push_back(std::max(1.0, as_double(most_[i]) - as_double(least_[i])));
    if (settle(utility.data())) {
      layer_.keys.push_back(key);
      layer_.first = {0, 1};
      layer_.utilities = std::move(utility);
    }
    for (std::size_t p = 0; p < plan_.sizes.size() && (exact_ || effort_.beam); ++p) {
      try {
        advance(p);
      } catch (const Stopped&) {
        exact_ = exact_ && effort_.beam;
        if (!effort_.beam) return false;
        hurry(p);
        advance(p);
      }
    }
    return exact_;
  }

  /// Undominated within their own set of broken constraints only.
  [[nodiscard]] std::vector<End> ends() const {
    std::vector<End> result;
    for (std::size_t s = 0; s < layer_.keys.size(); ++s) {
      const std::vector<int> broken = reader_.broken(layer_.keys[s]);
      for (std::uint32_t e = layer_.first[s]; e < layer_.first[s + 1]; ++e)
        result.push_back({broken, layer_.utilities.data() + static_cast<std::size_t>(e) * n_, e});
    }
    return result;
  }

  [[nodiscard]] const Paths& paths() const { return paths_; }

  /// What the run cost: partial packages made, and vector instructions spent on comparing them.
  [[nodiscard]] double work() const { return work_ + effort_.steps - budget_.steps; }

 private:
  /// The entries of a stage, state by state.
  struct Layer {
    std::vector<Key> keys;
    std::vector<std::uint32_t> first{0};  ///< per state, its first entry; one more at the end
    std::vector<Number> utilities;
    [[nodiscard]] std::uint32_t size() const { return first.back(); }
  };
  struct Source {
    std::uint32_t state;
    std::uint32_t option;
    std::vector<int> gained;  ///< terms that came true
  };

  /// Sets what may still come in state `key` before `position` is read.
  void rest(const Key& key, std::size_t position) {
    reader_.rest(key, position, most_.data(), least_.data());
    if (!directions_.empty()) directions_.enter(position, most_, reader_.most(position));
  }

  /// Cuts what is sure to pass the cap; false where a hard reservation is out of reach or a known point beats
  /// all that can come. Uses most_ and least_ of the state.
  bool settle(Number* utility) {
    for (std::size_t i = 0; i < n_; ++i) {
      if (tables_.cap[i] && utility[i] > *tables_.cap[i] - least_[i])
        utility[i] = *tables_.cap[i] - least_[i];
      if (floor_[i] && utility[i] + most_[i] < *floor_[i]) return false;
    }
    if (!directions_.empty() && directions_.hopeless(utility)) return false;
    if (effort_.known == nullptr || effort_.known->empty()) return true;
    reach(utility, bound_);
    return !effort_.known->beats(bound_.data());
  }

  /// The most that an entry of the state of most_ can become.
  void reach(const Number* utility, std::vector<Number>& bound) const {
    bound.assign(utility, utility + n_);
    for (std::size_t i = 0; i < n_; ++i) {
      bound[i] += most_[i];
      if (tables_.cap[i] && *tables_.cap[i] < bound[i]) bound[i] = *tables_.cap[i];
    }
  }

  void advance(std::size_t position) {
    std::unordered_map<Key, std::uint32_t, HashKey> index;
    std::vector<Key> targets;
    std::vector<std::vector<Source>> sources;
    Key next;
    std::vector<int> gained;
    for (std::uint32_t s = 0; s < layer_.keys.size(); ++s)
      for (std::uint32_t o = 0; o < static_cast<std::uint32_t>(plan_.sizes[position]); ++o) {
        ticker_.tick(20);
        if (!reader_.read(layer_.keys[s], position, o, next, gained)) continue;
        const auto [entry, is_new] = index.try_emplace(next, static_cast<std::uint32_t>(targets.size()));
        if (is_new) {
          targets.push_back(next);
          sources.emplace_back();
        }
        sources[entry->second].push_back({s, o, gained});
      }
    paths_.begin_stage();
    Layer kept;
    for (std::size_t t = 0; t < targets.size() && (exact_ || effort_.beam); ++t) {
      fill(targets[t], sources[t], position, kept);
      if (kept.size() > 4 * width_ + 100'000 || paths_.size() > 16 * kMostEntries)
        narrow(kept, position + 1, width_);
    }
    if (kept.size() > width_) narrow(kept, position + 1, width_);
    layer_ = std::move(kept);
  }

  /// There is no time left: a few of the partial packages before `position` go on, in little more time, and
  /// the watch is not asked any more. What they leave out is bounded in blocks.
  void hurry(std::size_t position) {
    paths_.cut(position);
    ticker_ = Ticker();
    double cost = 0;
    const auto n = static_cast<double>(n_), rules = static_cast<double>(reader_.rules());
    for (std::size_t p = position; p < plan_.sizes.size(); ++p)
      cost += plan_.sizes[p] * (50 + rules + n * n / 2 + (effort_.known != nullptr ? 50 * n : 0));
    width_ = static_cast<std::size_t>(std::clamp(watch_.late_work() / (cost + 1), 1.0, 1e3));
    crowd_ = 16 * width_ + 1'000;
    work_ += effort_.steps - budget_.steps;
    budget_ = {effort_.steps / 1'000, nullptr};
    if (layer_.size() <= width_ || position == 0) return;
    const std::size_t block = 1 + layer_.size() / kLateSample;
    std::vector<std::uint32_t> sample;
    std::vector<float> estimates;
    const auto take = [&](std::uint32_t begin, std::uint32_t end) {
      for (std::size_t e = begin; e < end; e += block) {
        sample.push_back(static_cast<std::uint32_t>(e));
        estimate(entry(layer_, e), estimates);
        if (block > 1) lose_block(e, std::min<std::size_t>(end, e + block));
      }
    };
    const bool few = layer_.keys.size() <= kLateSample;
    if (!few) {
      reader_.rest_of_any(position, most_.data(), least_.data());
      take(0, layer_.size());
    }
    for (std::size_t s = 0; few && s < layer_.keys.size(); ++s) {
      rest(layer_.keys[s], position);
      take(layer_.first[s], layer_.first[s + 1]);
    }
    const std::vector<bool> best = choose_beam(estimates, n_, sample.size(), width_);
    std::vector<bool> chosen(layer_.size(), false);
    for (std::size_t j = 0; j < sample.size(); ++j) chosen[sample[j]] = best[j];
    follow(layer_, position, chosen, block == 1);
  }

  [[nodiscard]] const Number* entry(const Layer& layer, std::size_t e) const {
    return layer.utilities.data() + e * n_;
  }

  /// The undominated partial packages of one target state, appended to `kept`.
  void fill(const Key& key, const std::vector<Source>& sources, std::size_t position, Layer& kept) {
    for (const Source& source : sources)
      work_ += 1 + layer_.first[source.state + 1] - layer_.first[source.state];
    rest(key, position + 1);
    candidates_.clear();
    origins_.clear();
    std::vector<Number> shift(n_);
    const bool last = position + 1 == plan_.sizes.size();
    for (const Source& source : sources) {
      std::copy_n(tables_.worth[position].begin() + static_cast<std::ptrdiff_t>(source.option * n_), n_,
                  shift.begin());
      for (const int term : source.gained) reader_.pay(term, shift.data());
      const std::uint32_t begin = layer_.first[source.state], end = layer_.first[source.state + 1];
      for (std::uint32_t e = begin; e < end; ++e) {
        ticker_.tick(8);
        const std::size_t at = candidates_.size();
        const Number* from = layer_.utilities.data() + static_cast<std::size_t>(e) * n_;
        for (std::size_t c = 0; c < n_; ++c) candidates_.push_back(from[c] + shift[c]);
        if (settle(candidates_.data() + at))
          origins_.push_back({e, source.option});
        else
          candidates_.resize(at);
      }
      if (origins_.size() > crowd_) thin(last);
    }
    const Undominated front = undominated(candidates_, n_, origins_.size(), last ? none_ : strict_, budget_);
    check_budget();
    if (front.size() == 0) return;
    for (std::size_t s = 0; s < front.size(); ++s) {
      const Number* v = candidates_.data() + static_cast<std::size_t>(front.order[front.first[s]]) * n_;
      kept.utilities.insert(kept.utilities.end(), v, v + n_);
      for (std::uint32_t j = front.first[s]; j < front.first[s + 1]; ++j)
        paths_.add(origins_[front.order[j]]);
      paths_.end_entry();
    }
    kept.keys.push_back(key);
    kept.first.push_back(kept.size() + static_cast<std::uint32_t>(front.size()));
  }

  /// The budget of comparisons ran out: from here on the beam is narrow enough to need few of them.
  void check_budget() {
    if (!budget_.spent()) return;
    exact_ = false;
    width_ = std::min<std::size_t>(width_, kTiredWidth);
    crowd_ = std::min(crowd_, 8 * kTiredWidth + 100'000);
    work_ += effort_.steps;
    budget_ = {effort_.steps / 100, budget_.watch};
  }

  /// Too many candidates for one state: keeps the undominated ones, and of those a beam if need be.
  void thin(bool last) {
    const Undominated front = undominated(candidates_, n_, origins_.size(), last ? none_ : strict_, budget_);
    check_budget();
    std::vector<std::uint32_t> rows = front.order;
    if (rows.size() > crowd_ / 2) {
      std::vector<float> estimates;
      for (const std::uint32_t r : rows)
        estimate(candidates_.data() + static_cast<std::size_t>(r) * n_, estimates);
      const std::vector<bool> chosen =
          choose_beam(estimates, n_, rows.size(), std::min(width_, crowd_ / 4), budget_.watch);
      std::vector<std::uint32_t> some;
      for (std::size_t j = 0; j < rows.size(); ++j) {
        if (chosen[j])
          some.push_back(rows[j]);
        else
          lose(candidates_.data() + static_cast<std::size_t>(rows[j]) * n_);
      }
      rows = std::move(some);
    }
    std::vector<Number> candidates;
    std::vector<Paths::Edge> origins;
    for (const std::uint32_t r : rows) {
      const Number* v = candidates_.data() + static_cast<std::size_t>(r) * n_;
      candidates.insert(candidates.end(), v, v + n_);
      origins.push_back(origins_[r]);
    }
    candidates_ = std::move(candidates);
    origins_ = std::move(origins);
  }

  /// Follows a beam of the entries of a stage; `position` is the next to be read.
  void narrow(Layer& layer, std::size_t position, std::size_t width) {
    std::vector<float> estimates;
    for (std::size_t s = 0; s < layer.keys.size(); ++s) {
      rest(layer.keys[s], position);
      for (std::uint32_t e = layer.first[s]; e < layer.first[s + 1]; ++e) {
        ticker_.tick(8);
        estimate(entry(layer, e), estimates);
      }
    }
    follow(layer, position, choose_beam(estimates, n_, layer.size(), width, budget_.watch), true);
  }

  /// Keeps the chosen entries; the others are counted as lost, unless they are already.
  void follow(Layer& layer, std::size_t position, const std::vector<bool>& chosen, bool count_lost) {
    Layer kept;
    for (std::size_t s = 0; s < layer.keys.size(); ++s) {
      if (count_lost) rest(layer.keys[s], position);
      std::uint32_t count = 0;
      for (std::uint32_t e = layer.first[s]; e < layer.first[s + 1]; ++e) {
        const Number* v = entry(layer, e);
        if (!chosen[e]) {
          if (count_lost) lose(v);
          continue;
        }
        ++count;
        kept.utilities.insert(kept.utilities.end(), v, v + n_);
      }
      if (count == 0) continue;
      kept.keys.push_back(layer.keys[s]);
      kept.first.push_back(kept.size() + count);
    }
    paths_.keep(chosen);
    layer = std::move(kept);
  }

  /// Half way between what an entry has and what it can reach, above the reservation, in units of the party's
  /// range.
  void estimate(const Number* utility, std::vector<float>& estimates) {
    for (std::size_t i = 0; i < n_; ++i) {
      const double has = as_double(utility[i]), more = as_double(most_[i]);
      const double floor = tables_.floor[i] ? as_double(*tables_.floor[i]) : 0;
      estimates.push_back(static_cast<float>((has + more / 2 - floor) / range_[i]));
    }
  }

  void lose(const Number* utility) {
    exact_ = false;
    if (effort_.lost == nullptr) return;
    ticker_.tick(8);
    reach(utility, bound_);
    values_.clear();
    for (std::size_t i = 0; i < n_; ++i) values_.push_back(tables_.upper(i, bound_[i]));
    effort_.lost->include(values_.data());
  }

  /// Entries begin .. end-1 of the layer, as if one had the best of them all.
  void lose_block(std::size_t begin, std::size_t end) {
    std::vector<Number> best(entry(layer_, begin), entry(layer_, begin) + n_);
    for (std::size_t e = begin + 1; e < end; ++e)
      for (std::size_t i = 0; i < n_; ++i)
        if (best[i] < entry(layer_, e)[i]) best[i] = entry(layer_, e)[i];
    lose(best.data());
  }

  static constexpr std::size_t kTiredWidth = 1'000;   ///< of the beam once the budget is spent
  static constexpr std::size_t kLateSample = 20'000;  ///< entries that a beam is chosen from in a hurry

  const Plan& plan_;
  const Tables<Number>& tables_;
  const Watch& watch_;
  Effort<Number> effort_;
  std::size_t n_, width_ = 0;
  std::size_t crowd_ = 0;      ///< candidates for one state; where there are more, they are thinned out
  std::vector<double> range_;  ///< per party, between the least and the most that any package could give
  Reader<Number> reader_;
  Directions<Number> directions_;
  std::vector<std::optional<Number>> floor_;  ///< of hard reservations
  std::vector<bool> strict_, none_;
  bool exact_ = true;
  Budget budget_;
  double work_ = 0;
  Layer layer_;
  Paths paths_;
  std::vector<Number> most_, least_, bound_;  ///< of the state at hand
  std::vector<double> values_;
  Ticker ticker_;
  std::vector<Number> candidates_;
  std::vector<Paths::Edge> origins_;
};

}  // namespace parley::deals
